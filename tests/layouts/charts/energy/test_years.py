"""How the energy bill by year is drawn: what stands on a column, which years stand apart, what a diamond says."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Any

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.measures.energy import definitions as energy
from analysis.measures.energy import years as fuel_years
from analysis.selection import Selection
from layouts.charts.energy import chart, year_words
from layouts.drawing import geometry
from layouts.look.theme import DARK, LIGHT, PRINT, on_page

if TYPE_CHECKING:
    from layouts.look.theme import Look

CHINA = "CHN CIF HS now computed"
FUELS = ("crude", "coal", "lng", "pipeline_gas")
SUMS = ("sum_four", "sum_four_all_coal", "sum_products", "sum_electricity", "sum_hs27")


def row(year: int, fuel: str, value: float, **over: Any) -> dict[str, Any]:
    """Return one synthetic figure of the chart, whole US$."""
    days = {"period_start": pd.Timestamp(year, 1, 1), "period_end": pd.Timestamp(year, 12, 1)}
    cells = {"fuel": fuel, "value": value, "role": fuel_years.BILL, "count": "china", "status": "final", "codes": fuel}
    cells |= {"valuation": "CIF", "source": "comtrade", "reference": "synthetic", "released": pd.NaT, "verdict": None}
    cells |= {
        "basis": CHINA,
        "bill_basis": CHINA,
        "bill": float("nan"),
        "lacking": "",
        "break_reason": "",
        "rounding": 0,
    }
    return {**days, **cells, **dict.fromkeys((*SUMS, "china_bill", "baci_bill"), float("nan")), **over}


def bill(year: int, *values: float, **over: Any) -> list[dict[str, Any]]:
    """Return the fuels of one year that make a bill."""
    own = {"bill": sum(values), "sum_four": sum(values), "sum_four_all_coal": sum(values), **over}
    return [row(year, fuel, value, **own) for fuel, value in zip(FUELS, values, strict=False)]


def article(year: int, value: float, verdict: str = energy.HOLDS) -> dict[str, Any]:
    """Return the article's sum of a year."""
    return row(year, "article", value, role="article", count="article", source="article", verdict=verdict)


def alone(year: int, fuel: str, value: float, **over: Any) -> dict[str, Any]:
    """Return a fuel of a year that has no bill."""
    return row(year, fuel, value, role=fuel_years.ALONE, lacking="coal", **over)


def drawn(rows: list[dict[str, Any]], look: Look = PRINT) -> dict[str, Any]:
    """Return the picture of rows."""
    return chart.draw(pd.DataFrame(rows), Selection(), look)


def notes(figure: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """Return the words of a picture by their text."""
    return {one["text"]: one for one in figure["layout"]["annotations"]}


def bars(figure: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the stacked parts, from below."""
    return [one for one in figure["data"] if one["type"] == "bar"]


NINE = [part for year in range(2016, 2025) for part in bill(year, 20e9, 2e9, 3e9, 4e9)]


def test_a_stack_adds_up_to_the_total_above_it() -> None:
    """By hand: 20 + 2 + 3 + 4 is 29 bn; the parts stand in billions, each in its own colour."""
    figure = drawn(bill(2022, 20e9, 2e9, 3e9, 4e9))
    parts = [part["y"] for part in bars(figure)]
    assert parts == [[20.0], [2.0], [3.0], [4.0]]
    assert notes(figure)["<b>29.0</b>"]["y"] == 29.0
    assert [part["marker"]["color"] for part in bars(figure)] == list(LIGHT.fuels)
    dark = drawn(bill(2022, 20e9, 2e9, 3e9, 4e9), on_page(1040, dark=True))
    assert [part["marker"]["color"] for part in bars(dark)] == list(DARK.fuels)


@pytest.mark.parametrize("width", [288, 358, 704, 1040])
def test_totals_never_stand_wider_than_their_columns(width: int) -> None:
    """Nine years at any width: two totals that are written have room side by side, and the newest is written."""
    look = on_page(width)
    figure = drawn(NINE, look)
    totals = [one for one in figure["layout"]["annotations"] if "29.0" in one["text"]]
    places = sorted(one["x"] for one in totals)
    low, high = figure["layout"]["xaxis"]["range"]
    margin = figure["layout"]["margin"]
    pitch = (look.width - margin["l"] - margin["r"]) / (high - low)
    size = totals[0]["font"]["size"]
    assert places[-1] == 2024
    assert geometry.longest(["<b>29.0</b>"], size) <= pitch * min((b - a for a, b in pairwise(places)), default=99)


@given(st.integers(2, 14), st.sampled_from([240, 288, 358, 512]), st.floats(1e9, 99e9))
@settings(max_examples=15)
def test_every_total_that_is_written_is_the_sum_of_its_stack(many: int, width: int, value: float) -> None:
    """Whatever is left out for want of room, no column bears another's total."""
    rows = [part for place in range(many) for part in bill(2010 + place, value * (1 + place / 10), value / 9)]
    written = {one["x"]: one["text"] for one in drawn(rows, on_page(width))["layout"]["annotations"] if one["x"] > 2000}
    for place in range(many):
        total = value * (1 + place / 10) + value / 9
        said = written.get(2010 + place, "")
        assert not said or f"{total / 1e9:.1f}" in said


def test_the_article_keeps_off_the_scale() -> None:
    """On the narrowest phone the words at an early sum begin right of the figures of the scale."""
    rows = [*bill(2017, 20e9, 2e9), *bill(2018, 35e9, 2e9), article(2018, 52.1e9, energy.NOT)]
    look = on_page(288)
    figure = drawn(rows, look)
    (said,) = [one for one in figure["layout"]["annotations"] if "52.1" in one["text"]]
    low, high = figure["layout"]["xaxis"]["range"]
    margin = figure["layout"]["margin"]
    wide = look.width - margin["l"] - margin["r"]
    end = (said["x"] - low) / (high - low) * wide + said["xshift"]
    assert end - geometry.longest([said["text"]], look.label) >= 4


def test_the_colour_of_the_quoted_sum_is_its_verdict() -> None:
    """Where it holds, and where the figures disagree, are two colours and two texts."""
    for verdict, ink, word in ((energy.HOLDS, LIGHT.holds, "holds"), (energy.NOT, LIGHT.fails, "disagree")):
        figure = drawn([*bill(2021, 40e9, 2e9), *bill(2022, 60e9, 2e9), article(2022, 81e9, verdict)])
        (said,) = [one for one in figure["layout"]["annotations"] if "article: 81" in one["text"].lower()]
        (line,) = [one for one in figure["data"] if one["y"] == [81.0, 81.0]]
        assert said["font"]["color"] == line["line"]["color"] == ink
        assert word in said["text"]


def test_a_year_without_a_bill_stands_apart_and_is_never_a_column() -> None:
    """A fuel alone is a diamond behind a gap, hollow where preliminary, and said with source and valuation."""
    rows = [*bill(2023, 60e9, 2e9), alone(2024, "crude", 62e9), alone(2024, "lng", 5e9, status="preliminary")]
    figure = drawn(rows)
    crude, lng = [one for one in figure["data"] if one.get("marker", {}).get("symbol") == "diamond"]
    assert crude["x"] == lng["x"]
    assert crude["x"][0] > 2024.5
    assert crude["marker"]["color"] == LIGHT.fuels[0]
    assert lng["marker"]["color"] == PRINT.palette.ground
    assert "UN Comtrade" in crude["hovertemplate"]
    assert all(max(part["x"]) == 2023 for part in bars(figure))
    assert figure["layout"]["xaxis"]["ticktext"] == ["2023", "2024"]


def test_two_diamonds_that_lie_close_have_one_name() -> None:
    """The larger of two like values is named, and a third far below as well."""
    rows = [*bill(2023, 60e9), alone(2024, "crude", 62e9), alone(2024, "coal", 61e9), alone(2024, "lng", 5e9)]
    named = " ".join(notes(drawn(rows)))
    assert "Crude oil 62.0" in named
    assert "61.0" not in named
    assert "LNG 5.0" in named


def test_the_outline_is_what_the_chapter_leaves() -> None:
    """All of HS 27 is drawn from the bill up, and said beside the total; without a bill it stands on nothing."""
    frame = row(2022, "hs27", 90e9, role=fuel_years.FRAME)
    figure = drawn([*bill(2022, 60e9, 2e9), frame])
    (outline,) = [one for one in figure["data"] if one["type"] == "scatter"]
    assert outline["y"] == [62.0, 90.0, 90.0, 62.0]
    assert "of 90.0" in next(text for text in notes(figure) if "62.0" in text and "<br>" in text)
    bare = drawn([*bill(2021, 60e9, 2e9), {**frame, "period_start": pd.Timestamp(2023, 1, 1)}])
    assert [one["y"] for one in bare["data"] if one["type"] == "scatter"] == [[0.0, 90.0, 90.0, 0.0]]
    assert "90.0" in notes(bare)


def test_a_thin_part_of_the_last_stack_has_no_name() -> None:
    """Below 0.3 bn a part is drawn and not named: its name would stand at another's."""
    figure = drawn(bill(2022, 20e9, 0.2e9, 3e9, 4e9))
    assert len(bars(figure)) == 4
    assert not [text for text in notes(figure) if text.startswith("<b>Coal")]
    assert [text for text in notes(figure) if "LNG" in text and "3.0" in text]


def test_a_phone_names_fuels_in_short_and_years_by_two_digits() -> None:
    """On a phone the names have no figures; elsewhere they have."""
    narrow, wide = drawn(NINE, on_page(358)), drawn(NINE)
    assert set(narrow["layout"]["xaxis"]["ticktext"]) <= {f"’{year}" for year in range(16, 25)}
    assert wide["layout"]["xaxis"]["ticktext"][-1] == "2024"
    assert "<b>oil</b>" in notes(narrow)
    assert "<b>Crude oil</b>  20.0" in notes(wide)


def test_the_model_is_rings_on_a_dashed_line_and_in_no_stack() -> None:
    """CREA's values lie beside the columns; the line is named at its end and says that it is modelled."""
    model = [row(year, "crea", 70e9 + year, role="model", count="crea", source="crea") for year in (2022, 2023)]
    figure = drawn([*bill(2022, 60e9), *bill(2023, 66e9), *model])
    (line,) = [one for one in figure["data"] if one.get("mode") == "lines+markers"]
    assert line["line"]["dash"] == "3px,3px"
    assert line["x"] == [2022, 2023]
    assert [part["y"] for part in bars(figure)] == [[60.0, 66.0]]
    assert any("CREA" in text for text in notes(figure))


@pytest.mark.parametrize("look", [PRINT, on_page(288), on_page(390), on_page(768), on_page(1040, dark=True)])
def test_no_bill_no_axis_of_nothing(look: Look) -> None:
    """An empty view says so and shows no scale."""
    figure = chart.draw(pd.DataFrame(columns=list(row(2022, "crude", 1.0))), Selection(), look)
    assert figure.empty
    assert figure["layout"]["xaxis"]["visible"] is False


def test_where_the_count_changes_there_is_a_rule() -> None:
    """A declared break between two bills of two bases is ruled off, and who counts from there on is said."""
    merged = "CHN+RUS FOB HS2017 now merged"
    before = bill(2021, 40e9, 2e9, basis=merged, bill_basis=merged)
    after = bill(2022, 60e9, 2e9, break_reason="who counts changes")
    figure = drawn([*before, *after])
    (rule,) = [one for one in figure["layout"]["shapes"] if one.get("line", {}).get("dash")]
    assert (rule["x0"], rule["x1"]) == (2021.5, 2021.5)
    assert any("China’s customs" in text and "→" in text for text in notes(figure))
    same = drawn([*bill(2021, 40e9, 2e9), *after])
    assert not [one for one in same["layout"]["shapes"] if one.get("line", {}).get("dash")]


def test_a_valuation_is_said_in_words() -> None:
    """Without freight, with it, both, or not known."""
    said = {code: year_words.valued(code) for code in ("FOB", "CIF", "FOB+CIF", "unknown")}
    assert len(set(said.values())) == 4
