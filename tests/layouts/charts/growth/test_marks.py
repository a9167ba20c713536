"""The marks of growth: bars, the line of a year, open marks of printed rates, the quoted rate. Figures are made up."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd
import pytest

from analysis.measures.monthly.yuan_and_dollars import DOLLARS, RATE, YUAN
from analysis.selection import Selection
from layouts.charts.growth import currencies, marks
from layouts.figure.chart import Words
from layouts.figure.frame import blank
from layouts.look.theme import DARK, LIGHT, PRINT, on_page

if TYPE_CHECKING:
    from layouts.drawing.sheet import Sheet

NAN = float("nan")
CODE = "CHN FOB+CIF none now printed"


def row(start: str, end: str, rate: float, series: str = "month", **over: Any) -> dict[str, Any]:
    """Return one rate of a window."""
    days = {"period_start": pd.Timestamp(f"{start}-01"), "period_end": pd.Timestamp(f"{end}-01")}
    months = (days["period_end"].year - days["period_start"].year) * 12 + days["period_end"].month + 1
    cells = {"series": series, "yoy_pct": rate, "months": months - days["period_start"].month, "currency": "USD"}
    cells |= {"value": 10e9, "base_value": 8e9, "provisional": False, "source": "comtrade", "point": f"p:{end}"}
    return {**days, **cells, "basis": CODE, "base_basis": CODE, **over}


def month(which: str, rate: float, **over: Any) -> dict[str, Any]:
    """Return the rate of one month."""
    return row(which, which, rate, **over)


def sheet(width: int = 1040, *, dark: bool = False) -> Sheet:
    """Return an empty picture."""
    return blank(on_page(width, dark=dark), Words("A", "b", "c", "%"))


def test_preliminary_months_are_faint_with_a_cap_in_full() -> None:
    """Colour follows the status, in light and in dark; the hover has period, rate and both figures."""
    rows = pd.DataFrame([month("2023-01", 20.0), month("2023-02", -5.0, provisional=True)])
    for dark, palette in ((False, LIGHT), (True, DARK)):
        figure = sheet(dark=dark)
        marks.bars(figure, rows, on_page(1040, dark=dark))
        bar, cap = figure["data"]
        assert bar["marker"]["color"] == [palette.rest, palette.rest_faint]
        assert cap["line"]["color"] == palette.rest
        assert cap["y"] == [-5.0, -5.0, None]
    assert bar["customdata"][0].startswith("<b>Jan 2023<br>+20.0%</b><br>")
    assert "10.0" in bar["customdata"][0]
    assert "8.0" in bar["customdata"][0]


def test_a_rate_without_a_base_tells_its_figure_alone() -> None:
    """As customs print it: no figure of ours is compared."""
    said = marks._compared({"series": "month", "value": 10e9, "base_value": NAN, "currency": "USD"})
    assert said == "US$\N{NO-BREAK SPACE}10.0\N{NO-BREAK SPACE}bn"
    both = marks._compared({"series": RATE, "value": 7.1, "base_value": 6.9, "currency": "CNY per USD"})
    assert "7.1000" in both
    assert "6.9000" in both


def test_each_january_begins_anew() -> None:
    """A year to date does not lead into the next; its last point has a dot, and a gap is no point."""
    rows = [row("2022-01", f"2022-{m:02d}", m, "year to date") for m in (10, 11, 12)]
    rows += [row("2023-01", f"2023-{m:02d}", -m, "year to date") for m in (2, 3)]
    figure = sheet()
    marks.line(figure, pd.DataFrame(rows), on_page(1040), by_year=True)
    *lines, dots = figure["data"]
    (solid,) = [one for one in lines if one.get("line", {}).get("dash") == "solid"]
    turn = solid["y"][solid["y"].index(12.0) : solid["y"].index(-2.0) + 1]
    assert turn[0] == 12.0
    assert None in turn, "a gap parts the two years"
    assert dots["y"] == [12.0, -3.0]
    points = next(one for one in lines if one.get("mode") == "markers")
    assert [name for name in points["ids"] if name] == [one["point"] for one in rows]


def test_sums_lead_over_the_turn_of_a_year_but_not_over_a_hole() -> None:
    """Twelve months are one line with a dot at its end; a hole of two years parts it."""
    rows = [
        row("2021-01", "2021-12", 5.0, "12 months", months=12),
        row("2021-02", "2022-01", 6.0, "12 months", months=12),
    ]
    figure = sheet()
    marks.line(figure, pd.DataFrame(rows), on_page(1040), by_year=False)
    assert figure["data"][-1]["y"] == [6.0]
    nothing = sheet()
    marks.line(nothing, pd.DataFrame(rows).iloc[:0], on_page(1040), by_year=False)
    assert nothing["data"] == []


def test_printed_rates_are_open_marks_that_tell_both() -> None:
    """Squares over months, circles beside the line; the hover says whose, when, in which currency, and ours."""
    released = pd.Timestamp("2023-07-13")
    rows = pd.DataFrame(
        [
            month("2023-01", 20.5, series="printed, month", computed_pct=19.9, released=released, source="gacc"),
            row(
                "2023-01", "2023-06", 40.6, "printed, year to date", computed_pct=39.0, released=pd.NaT, source="press"
            ),
        ]
    )
    figure = sheet()
    marks.printed(figure, rows, "USD", on_page(1040))
    (mark,) = figure["data"]
    assert mark["marker"]["symbol"] == ["square", "circle"]
    dated, undated = mark["customdata"]
    assert "13 Jul 2023" in dated
    assert "+19.9%" in dated
    assert "+39.0%" in undated
    assert "Jul" not in undated
    empty = sheet()
    marks.printed(empty, rows.iloc[:0], "USD", on_page(1040))
    assert empty["data"] == []


@pytest.mark.parametrize("width", [288, 390, 768, 1040])
def test_the_quoted_rate_covers_no_line_and_is_said_with_its_months(width: int) -> None:
    """Above all that is drawn beside it, at any width; the axis is raised where the words need it."""
    rows = pd.DataFrame([month(f"2023-{m:02d}", 10.0 + m) for m in range(1, 7)])
    quoted = row("2023-01", "2023-06", 40.7, "article", reference="It is the growth of five months.")
    figure, look = sheet(width), on_page(width)
    marks.article(figure, pd.DataFrame([*rows.to_dict("records"), quoted]), rows, look)
    (said,) = figure["layout"]["annotations"]
    assert "40.7%" in said["text"]
    assert "Jan–Jun 2023" in said["text"].replace("<br>", " ").replace("</b> <b>", " ")
    assert said["y"] >= 40.7
    low, high = figure["layout"]["yaxis"]["range"]
    assert low <= 0
    room = (high - said["y"]) / (high - low) * figure.frame.high
    assert room >= said["text"].count("<br>") * look.axis
    assert [one["y"] for one in figure["data"]] == [[40.7, 40.7]]
    none = sheet(width)
    marks.article(none, rows, rows, look)
    assert none["layout"]["annotations"] == []


def test_words_stand_above_what_is_near_and_not_above_what_is_far() -> None:
    """By hand: months 276 to 281 of 2023; 90 in March lies near a label over March, not over June."""
    rows = pd.DataFrame([month("2023-03", 90.0), month("2023-06", 5.0)])
    assert marks._above(rows, 278, 279, 40.7) == 90.0
    assert marks._above(rows, 281, 283, 40.7) == 40.7
    assert marks._above(rows, 300, 310, 40.7) == 40.7


def test_ends_are_named_by_their_windows() -> None:
    """The newest rate of both; a phone writes the rate alone; a sum is named by its last month."""
    bars = pd.DataFrame([month("2023-05", 1.0), month("2023-06", -2.5)])
    line = pd.DataFrame([row("2022-07", "2023-06", 9.0, "12 months")])
    (first, said, _), (second, other, _) = marks.named(bars, line, "12 months", PRINT)
    assert (first, second) == (9.0, -2.5)
    assert "Jun 2023" in said
    assert "Jul 2022" not in said
    assert "−2.5%" in other
    phone = marks.named(bars, line, "12 months", on_page(358))
    assert [label for _, label, _ in phone] == ["<b>+9.0%</b>", "<b>−2.5%</b>"]
    assert marks.named(bars.iloc[:0], line.iloc[:0], "12 months", PRINT) == []


def test_the_axis_begins_with_the_first_bar_or_the_end_of_the_first_sum() -> None:
    """A sum of twelve months reaches back to before the picture."""
    sums = pd.DataFrame([row("2022-07", "2023-06", 9.0, "12 months")])
    both = pd.concat([sums, pd.DataFrame([month("2023-02", 1.0)])])
    assert marks.edge(sums) == pd.Timestamp("2023-06-01")
    assert marks.edge(both) == pd.Timestamp("2023-02-01")


def _both(rate: float = -5.0) -> pd.DataFrame:
    """Return one year to date in both currencies, and the rate between them."""
    rows = [row("2023-01", "2023-06", value, name) for name, value in ((YUAN, 15.0), (DOLLARS, 9.0), (RATE, rate))]
    return pd.DataFrame(rows).assign(reference="synthetic", released=None)


def test_fewer_or_more_yuan_a_dollar_are_two_sentences() -> None:
    """Both growths and the change of the rate without its sign; each is declared."""
    dearer = currencies.words(_both(-5.0), Selection(), "trade")
    cheaper = currencies.words(_both(5.0), Selection(), "trade")
    for words in (dearer, cheaper):
        assert "+15.0%" in words.finding
        assert "+9.0%" in words.finding
        assert "5.0%" in words.finding
        assert "−5.0%" not in words.finding
    assert dearer.finding != cheaper.finding
    assert [one.value for one in dearer.stated] == [15.0, 9.0, -5.0]
    assert currencies.words(_both().iloc[:0], Selection(), "trade").source == ""


@pytest.mark.parametrize("width", [288, 768, 1040])
def test_both_currencies_are_lines_and_the_rate_is_bars(width: int) -> None:
    """Names at the ends do not touch; a phone writes the rates alone."""
    look = on_page(width)
    figure = currencies.draw(_both(), currencies.words(_both(), Selection(), "trade"), look)
    (bar,) = [one for one in figure["data"] if one["type"] == "bar"]
    assert bar["y"] == [-5.0]
    names = [one for one in figure["layout"]["annotations"] if "%</b>" in one["text"] and "of" not in one["text"]]
    assert {one["y"] for one in names} >= {15.0, 9.0}
    assert all(("<br>" in one["text"]) == (not look.narrow) for one in names if one["y"] in {15.0, 9.0})
    empty = currencies.draw(_both().iloc[:0], currencies.words(_both().iloc[:0], Selection(), "trade"), look)
    assert empty.empty
