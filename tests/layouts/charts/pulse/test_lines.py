"""The months as lines: units, gaps, where a share's figure finds room, what the end of a line says. Made up here."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd
import pytest

from layouts.charts.pulse import lines
from layouts.figure.chart import Words
from layouts.figure.frame import blank
from layouts.figure.time_axis import month_axis
from layouts.look.theme import LIGHT, on_page
from layouts.words import language

if TYPE_CHECKING:
    from layouts.drawing.sheet import Sheet
    from layouts.look.theme import Look

LOOK = on_page(1040)


def row(start: str, end: str, flow: str = "export", **over: Any) -> dict[Any, Any]:
    """Return one figure of a window."""
    first, last = pd.Timestamp(f"{start}-01"), pd.Timestamp(f"{end}-01")
    months = (last.year - first.year) * 12 + last.month - first.month + 1
    cells = {"flow": flow, "value": 10e9, "yoy_pct": 5.0, "share_pct": 12.5, "index": 120.0, "world_value": 80e9}
    cells |= {"currency": "USD", "source": "comtrade", "provisional": False, "point": f"p:{flow}.{end}"}
    return {"period_start": first, "period_end": last, "months": months, **cells, **over}


def sheet(rows: pd.DataFrame, look: Look = LOOK) -> Sheet:
    """Return an empty picture over the months of the rows."""
    figure = blank(look, Words("A", "b", "c", "%"))
    month_axis(figure, rows["period_start"].min(), rows["period_end"].max(), look)
    return figure


def drawn(rows: list[dict[Any, Any]], measure: str, look: Look = LOOK) -> Sheet:
    """Return the picture of a measure."""
    table = pd.DataFrame(rows)
    figure = sheet(table, look)
    if measure == "share":
        lines.shares(figure, table, look)
    else:
        lines.lines(figure, table, look, measure)
    return figure


def test_a_sum_stands_in_the_large_unit_of_the_language() -> None:
    """10 billion are 10, in Chinese 100; rates, shares and an index have no unit."""
    rows = [row("2023-01", "2023-12"), row("2023-02", "2024-01")]
    assert drawn(rows, "sum12")["data"][0]["y"] == [10.0, 10.0]
    with language.speaking("zh"):
        assert drawn(rows, "sum12")["data"][0]["y"] == [100.0, 100.0]
        assert drawn(rows, "index")["data"][0]["y"] == [120.0, 120.0]
    assert drawn(rows, "yoy")["data"][0]["y"] == [5.0, 5.0]


def test_an_index_has_its_base_ruled_and_no_sign_of_per_cent() -> None:
    """100 is the base; a rate has a line at nought instead."""
    index, rate = (drawn([row("2023-01", "2023-01")], one)["layout"] for one in ("index", "yoy"))
    assert [one["y0"] for one in index["shapes"]] == [100]
    assert index["yaxis"]["ticksuffix"] == ""
    assert rate["yaxis"]["ticksuffix"] == "%"
    assert rate["yaxis"]["zeroline"]
    assert rate["shapes"] == []


def test_no_line_leads_over_a_month_without_a_sum_of_three() -> None:
    """Each run is a line of its own; a run of one month is a dot that is seen."""
    rows = [row("2023-01", "2023-03"), row("2023-02", "2023-04"), row("2023-05", "2023-07")]
    traces = drawn(rows, "sum3")["data"]
    lines_ = [one["y"] for one in traces if one["mode"] == "lines"]
    assert lines_ == [[10.0, 10.0], [10.0]]
    seen = [one for one in traces if one["mode"] == "markers" and one["marker"]["opacity"] == 1]
    assert [one["ids"] for one in seen] == [["p:export.2023-07"]]


def test_a_missing_rate_is_no_point() -> None:
    """It is left out of the line, never drawn at nought."""
    rows = [row("2023-01", "2023-01"), row("2023-02", "2023-02", yoy_pct=None), row("2023-03", "2023-03", yoy_pct=7.0)]
    traces = drawn(rows, "yoy")["data"]
    assert all(0.0 not in one["y"] for one in traces)
    assert traces[-1]["ids"] == ["p:export.2023-01", "p:export.2023-03"]


def test_january_and_february_are_one_wide_mark() -> None:
    """Two months in one figure have a bar as wide as they are; a year to date has none."""
    rows = [row("2023-01", "2023-02"), row("2023-03", "2023-03")]
    wide = [one for one in drawn(rows, "yoy")["data"] if one.get("line", {}).get("width") == 4]
    assert len(wide) == 1
    assert not [one for one in drawn(rows, "ytd_yoy")["data"] if one.get("line", {}).get("width") == 4]


@pytest.mark.parametrize("width", [288, 390, 768, 1040])
def test_names_at_the_ends_are_never_over_each_other(width: int) -> None:
    """Two lines that end at one place: the names are lifted apart, each in the colour of its flow."""
    look = on_page(width)
    rows = [row(m, m, flow, yoy_pct=5.0) for flow in ("export", "import") for m in ("2023-01", "2023-02")]
    figure = drawn(rows, "yoy", look)
    first, second = figure["layout"]["annotations"]
    tall = look.label * 1.32 * (1 if look.narrow else 3)
    assert abs(first["yshift"] - second["yshift"]) >= tall - 1e-6
    assert {first["font"]["color"], second["font"]["color"]} == {LIGHT.china_text, LIGHT.russia_text}
    assert all("+5.0%" in one["text"] for one in (first, second))


def test_a_year_is_a_long_line_and_a_month_a_dot() -> None:
    """Shares: hollow where preliminary, dashed where a window is; a month inside a year has its own dot."""
    rows = [row("2022-01", "2022-12"), row("2023-01", "2023-12", provisional=True), row("2024-01", "2024-01")]
    figure = drawn(rows, "share")
    spans = [one for one in figure["data"] if one["mode"] == "lines"]
    assert [one["line"]["dash"] for one in spans] == ["solid", "4px,3.5px"]
    (dots,) = [one for one in figure["data"] if one["mode"] == "markers"]
    assert dots["marker"]["color"] == [LIGHT.china, LIGHT.ground, LIGHT.china]
    assert dots["marker"]["opacity"] == [0.0, 0.0, 1.0]
    assert all("UN Comtrade" in one for one in dots["customdata"])
    assert "12.50%" in dots["customdata"][0]


def test_the_figure_of_a_long_window_is_written_where_it_is_free() -> None:
    """Above the line, else below; on one that dots cover all along it is not written."""
    long = [row("2021-01", "2021-12"), row("2023-01", "2023-12")]
    written = [one for one in drawn(long, "share")["layout"]["annotations"] if one["text"] == "<b>12.5</b>"]
    assert len(written) == 1, "the newest is named at its end"
    assert written[0]["yanchor"] in {"top", "bottom"}
    covered = [
        row(f"2021-{m:02d}", f"2021-{m:02d}", share_pct=12.5 + step)
        for m in range(1, 13)
        for step in (-0.9, -0.4, 0.4, 0.9)
    ]
    narrow = drawn([*long, *covered], "share", on_page(288))
    assert not [one for one in narrow["layout"]["annotations"] if one["text"] == "<b>12.5</b>"]


def test_part_of_a_year_says_until_when() -> None:
    """January to October is no year: its last month stands beside the share; on a phone the share alone."""
    assert "Oct" in lines._long({**row("2021-01", "2021-10"), "y": 12.5}, LOOK)
    assert lines._long({**row("2021-01", "2021-12"), "y": 12.5}, LOOK) == "<b>12.5</b>"
    assert lines._long({**row("2021-01", "2021-10"), "y": 12.5}, on_page(358)) == "<b>12.5</b>"


@pytest.mark.parametrize(
    ("measure", "written"),
    [
        ("yoy", ["<b>−3.0%</b>", "<b>+5.0%</b>"]),
        ("sum12", ["<b>9.0</b>", "<b>10.0</b>"]),
        ("index", ["<b>98</b>", "<b>120</b>"]),
        ("share", ["<b>12.5%  Feb 2023</b>"]),
    ],
)
def test_the_room_at_the_right_is_for_what_will_be_written(measure: str, written: list[str]) -> None:
    """The least and the greatest of a line, or each newest share; of no rows nothing."""
    rows = pd.DataFrame([row("2023-01", "2023-01", yoy_pct=-3.0, value=9e9, index=98.0), row("2023-02", "2023-02")])
    assert lines.ends_written(rows, measure, LOOK) == written
    assert lines.ends_written(rows.iloc[:0], measure, LOOK) == []
