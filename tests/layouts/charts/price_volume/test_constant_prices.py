"""Growth at constant prices: chained indices, parted where who counts changes, and bars of a split. Made up here."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest

from analysis.measures.prices import price_volume
from analysis.selection import Selection
from layouts.charts.price_volume import chart, constant_prices
from layouts.look.theme import LIGHT, PRINT, on_page
from tests.layouts.charts.price_volume.test_chart import good

NAN = float("nan")
CODE = "CHN FOB HS2017 now printed"


def index(kind: str, year: int, value: float, base: int = 2018, **over: Any) -> dict[str, Any]:
    """Return one year of an index."""
    days = {"period_start": pd.Timestamp(year, 1, 1), "period_end": pd.Timestamp(year, 12, 1)}
    cells = {
        "kind": kind,
        "index": value,
        "base_start": pd.Timestamp(base, 1, 1),
        "change_pct": 10.0,
        "coverage_pct": 70.0,
    }
    cells |= {"refused": None, "check": "", "basis": CODE, "base_basis": CODE, "source": "baci", "released": pd.NaT}
    return {**days, **cells, "reference": "synthetic", "value": 1e9, **over}


def years(*which: int, base: int = 2018, **over: Any) -> list[dict[str, Any]]:
    """Return all three indices of some years: volume, price, value."""
    kinds = (("volume", 4.0), ("price", 2.0), ("value", 7.0))
    return [index(kind, year, 100 + step * (year - base), base, **over) for kind, step in kinds for year in which]


def drawn(rows: list[dict[str, Any]], width: int = 0) -> dict[str, Any]:
    """Return the picture in print or on a page."""
    table = pd.DataFrame(rows)
    return constant_prices.draw(table, constant_prices.words(table), on_page(width) if width else PRINT)


def test_volume_leads_and_each_index_has_its_stroke() -> None:
    """A solid thick line in Russia's colour; price dashed, value dotted; the hover has basis, rate and weight."""
    traces = {one["line"]["dash"]: one for one in drawn(years(2018, 2019, 2020))["data"]}
    assert traces["solid"]["line"]["color"] == LIGHT.russia
    assert traces["solid"]["line"]["width"] > traces["dash"]["line"]["width"]
    assert traces["dot"]["y"] == [100.0, 107.0, 114.0]
    assert "China’s customs" in traces["solid"]["customdata"][1]
    assert "+10.0%" in traces["solid"]["customdata"][1]
    assert "70%" in traces["solid"]["customdata"][1]
    first = drawn([index("volume", 2018, 100.0, change_pct=NAN)])["data"][0]["customdata"][0]
    assert "%" not in first


def test_two_runs_are_two_lines_with_a_rule_and_its_reason_between() -> None:
    """Where who counts changes the index begins anew at 100: nothing leads across."""
    again = years(2021, 2022, base=2021)
    again[0]["refused"] = "who counts changes"
    figure = drawn([*years(2018, 2019, 2020), *again], 1040)
    solid = [one for one in figure["data"] if one["line"]["dash"] == "solid"]
    assert [one["x"] for one in solid] == [[2018, 2019, 2020], [2021, 2022]]
    (rule,) = figure["layout"]["shapes"]
    assert rule["x0"] == 2020.5
    said = [one["text"].replace("<br>", " ") for one in figure["layout"]["annotations"]]
    assert "who counts changes" in said
    words = constant_prices.words(pd.DataFrame([*years(2018, 2019, 2020), *again]))
    assert "who counts changes" in words.note
    assert "2018" in words.subtitle
    assert "2021" in words.subtitle


@pytest.mark.parametrize("width", [0, 288, 390, 768])
def test_ends_of_the_last_run_are_named_and_lie_in_order(width: int) -> None:
    """Value above volume above price, as the indices; of an earlier run the figures alone, on a phone nothing."""
    figure = drawn([*years(2018, 2019), *years(2021, 2022, base=2021)], width)
    named = [
        one
        for one in figure["layout"]["annotations"]
        if any(word in one["text"] for word in ("volume", "price ", "value "))
    ]
    last = [one for one in named if one["x"] == 2022]
    assert [one["y"] for one in last] == sorted(one["y"] for one in last)
    assert len(last) == 3
    early = [one for one in figure["layout"]["annotations"] if one["x"] == 2019]
    assert bool(early) == (width in {0, 768})


def test_one_year_alone_is_a_point_without_an_end() -> None:
    """No line, no name; the sentence says that nothing is linked."""
    rows = years(2018, change_pct=NAN)
    assert not [one for one in drawn(rows)["layout"]["annotations"] if one["x"] == 2018]
    words = constant_prices.words(pd.DataFrame(rows))
    assert words.stated == ()
    linked = constant_prices.words(pd.DataFrame(years(2018, 2019)))
    assert [one.value for one in linked.stated] == [10.0, 10.0]
    assert constant_prices.words(pd.DataFrame()).source == ""


def test_what_customs_print_is_set_beside_the_weights() -> None:
    """By hand: crude up 15 per cent in BACI, 24 as customs print it."""
    said = constant_prices._check("crude:15:24 lng:1:2")
    assert "crude oil" in said
    assert "+15%" in said
    assert "+24%" in said
    assert said.index("crude oil") < said.index("LNG")
    assert constant_prices._check("") == ""
    assert constant_prices.checked(pd.DataFrame({"check": ["crude:15:24", ""]}))["check"].tolist()[1] == ""


def test_the_share_that_is_weighed_is_said() -> None:
    """The least and the greatest; where nothing is weighed that is said instead."""
    rows = pd.DataFrame([*years(2018, coverage_pct=61.0), *years(2019, coverage_pct=84.0)])
    assert "61–84%" in constant_prices.words(rows).subtitle
    nothing = constant_prices._coverage(rows.assign(coverage_pct=NAN))
    assert "%" not in nothing


def split(rows: list[dict[str, Any]], width: int = 0) -> dict[str, Any]:
    """Return the picture of a split."""
    table = pd.DataFrame(rows).assign(source="baci", released=None, reference="synthetic")
    return chart.draw(table, Selection(), on_page(width) if width else PRINT)


@pytest.mark.parametrize("width", [0, 288, 390, 768, 1040])
def test_price_stands_above_volume_and_figures_have_room(width: int) -> None:
    """Two bars a good, the figure outside the bar, inside the range at every width."""
    figure = split([good("crude", 5e9, -3e9), good("coal", -2e9, 1e9)], width)
    bars = [one for one in figure["data"] if one["type"] == "bar"]
    assert [one["x"] for one in bars] == [[5.0], [-3.0], [-2.0], [1.0]]
    assert bars[0]["y"][0] < bars[1]["y"][0]
    low, high = figure["layout"]["xaxis"]["range"]
    assert low < -3.0
    assert high > 5.0
    anchors = {one["x"]: one["xanchor"] for one in figure["layout"]["annotations"] if one["x"] in {5.0, -3.0}}
    assert anchors == {5.0: "left", -3.0: "right"}


def test_what_is_not_split_is_hatched_and_what_has_no_change_shows_both_levels() -> None:
    """A good without weights has its change, one of two counts its two values; neither has bars of price."""
    hatched = split([good("coal", NAN, NAN, change=4e9, refused="too little of it is weighed")])
    (bar,) = hatched["data"]
    assert bar["marker"]["pattern"]["shape"] == "/"
    assert "too little of it is weighed" in bar["hovertemplate"]
    levels = split([good("coal", NAN, NAN, change=NAN, refused="two counts")])
    assert levels["data"] == []
    said = [one["text"] for one in levels["layout"]["annotations"]]
    assert any("40.0" in one and "48.0" in one for one in said)


def test_customs_own_split_is_hollow() -> None:
    """On the ground with an outline, below BACI's of the same good."""
    filled, hollow = (
        split([good("crude", count=count)])["data"][0]["marker"] for count in (price_volume.BACI, price_volume.CUSTOMS)
    )
    assert filled["color"] == LIGHT.russia
    assert hollow["color"] == PRINT.palette.ground
    assert hollow["line"]["width"] == 1.5
