"""Bars back to back and panels of places: amounts, widths, who is the taller, what lies inside."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.measures.partners.rerouting import COUNTED, FROM_CHINA, TO_RUSSIA
from layouts.charts.dual_use import chart as dual_use
from layouts.charts.dual_use import words as dual_use_words
from layouts.charts.rerouting import panels
from layouts.figure import mirrored_bars
from layouts.look.theme import LIGHT, PRINT, on_page
from layouts.words import language, text

PHONE = on_page(358)


def goods(*values: tuple[str, float]) -> pd.DataFrame:
    """Return goods of both flows."""
    cells: dict[str, Any] = {"base_value": 1e9, "before_value": float("nan"), "contribution_pct": 1.0}
    table = pd.DataFrame({"flow": [flow for flow, _ in values], "value": [value for _, value in values]})
    return table.assign(**cells, code="84", name="Machines")


@pytest.mark.parametrize(
    ("value", "written"), [(2.5e9, "2.5"), (0.996e8, "0.1"), (12.4e6, "12"), (999.6e3, "1,000"), (4.2e3, "4")]
)
def test_small_amounts_have_a_unit_of_their_own(value: float, written: str) -> None:
    """Billions stand bare, millions and thousands name theirs."""
    shown = mirrored_bars.money(value)
    assert written in shown
    assert (shown == written) == (value >= 0.995e8)


def test_ten_thousands_hold_the_same_digits() -> None:
    """Where the large unit is a hundred million, 12 million are 1,200 ten thousands."""
    with language.speaking("zh"):
        assert "1,200" in mirrored_bars.money(12e6)


def test_a_tenfold_rise_is_a_multiple() -> None:
    """From a thousand per cent on."""
    assert mirrored_bars._rate(999.0) == "+999%"
    assert mirrored_bars._rate(1000.0) == "×11"


@given(st.floats(1e6, 1e11), st.floats(1e6, 1e11))
def test_both_sides_have_one_scale_and_keep_apart(bought: float, sold: float) -> None:
    """Bars grow away from each other, none leaves the picture, and a small side keeps a seventh of the room."""
    rows = goods(("import", bought), ("export", sold))
    left, right = mirrored_bars.beside(rows, 1000.0, PRINT)
    assert left.scale == right.scale
    assert (left.way, right.way) == (-1, 1)
    assert left.zero - max(bought, 1e9) * left.scale >= -1e-6
    assert right.zero + max(sold, 1e9) * right.scale <= 1000 + 1e-6
    assert left.zero < right.zero


def test_without_rates_no_columns_are_kept_and_on_a_phone_one_side_stands_below_the_other() -> None:
    """The room goes to the bars."""
    rows = goods(("import", 2e9), ("export", 3e9))
    wide, narrow = (
        mirrored_bars.beside(rows.assign(contribution_pct=float("nan")), 1000.0, PRINT)[0],
        mirrored_bars.beside(rows, 1000.0, PRINT)[0],
    )
    assert wide.columns is None
    assert wide.scale > narrow.scale
    upper, lower = mirrored_bars.below(rows, 358.0, 8)
    assert lower.top - upper.top > 8
    assert upper.way == lower.way == 1


@pytest.mark.parametrize("name", ["Tea", "Machines, mechanical appliances, boilers, parts of all of these and more"])
def test_a_name_is_cut_at_a_word_and_only_where_it_must(name: str) -> None:
    """What fits stays as it is."""
    fitted = mirrored_bars._fitted(name, PHONE)
    assert text.width(fitted, PHONE.label) <= mirrored_bars._NARROW_NAME + PHONE.label
    assert (fitted == name) == (name == "Tea")
    assert name.startswith(fitted.removesuffix(" …"))


def places(*cells: tuple[str, int, float]) -> pd.DataFrame:
    """Return indices of places."""
    table = pd.DataFrame([{"place": place, "year": year, "index": index} for place, year, index in cells])
    return table.assign(period_start=[pd.Timestamp(year, 1, 1) for year in table["year"]])


@given(
    st.lists(st.tuples(st.sampled_from("ABCDEFG"), st.integers(2018, 2025), st.floats(1, 5000)), min_size=1, max_size=9)
)
def test_every_index_lies_inside_its_panel(cells: list[tuple[str, int, float]]) -> None:
    """Whatever the values, with the base of a hundred between the edges; panels do not overlap."""
    rows = places(*cells)
    grid = panels.grid_of(rows, PRINT, 1120.0, 900.0)
    names = sorted(set(rows["place"]))
    for place, name in enumerate(names):
        left, upper = grid.corner(place)
        for row in rows[rows["place"].eq(name)].to_dict("records"):
            x, y = grid.at(place, row["year"], row["index"])
            assert left <= x <= left + grid.wide
            assert upper <= y <= upper + grid.high
        assert upper < grid.at(place, grid.first, 100)[1] < upper + grid.high
    for one, other in pairwise(range(len(names))):
        if grid.corner(other)[1] == grid.corner(one)[1]:
            assert grid.corner(other)[0] >= grid.corner(one)[0] + grid.breadth(one)


def test_twice_as_much_is_as_far_up_as_half_is_down() -> None:
    """The scale is logarithmic."""
    grid = panels.grid_of(places(("A", 2021, 50), ("A", 2022, 200)), PHONE, 358.0, 500.0)
    half, base, twice = (grid.at(0, 2021, index)[1] for index in (50, 100, 200))
    assert half - base == pytest.approx(base - twice)
    assert grid.columns == 2


def test_a_line_has_the_colour_of_who_counts() -> None:
    """China's count vermillion, Russia's blue, a third place's grey."""
    look = on_page(1040)
    assert panels._colour(FROM_CHINA, look) == LIGHT.china
    assert panels._colour(COUNTED, look) == LIGHT.russia
    assert panels._colour(TO_RUSSIA, look) == LIGHT.ink2


def test_an_index_that_is_missing_is_no_point() -> None:
    """Of one leg or of all."""
    own = [
        {"leg": TO_RUSSIA, "index": 5.0},
        {"leg": FROM_CHINA, "index": float("nan")},
        {"leg": FROM_CHINA, "index": 7.0},
    ]
    assert [row["index"] for row in panels.indexed(own)] == [5.0, 7.0]  # type: ignore[arg-type]
    assert [row["index"] for row in panels.indexed(own, FROM_CHINA)] == [7.0]  # type: ignore[arg-type]


def tier(year: int, value: float = 1e9, **over: Any) -> dict[str, Any]:
    """Return a tier of a year."""
    cells = {"series": "tier", "tier": "1", "value": value, "base_value": 0.8e9, "apart": None}
    days = {"period_start": pd.Timestamp(year, 1, 1), "period_end": pd.Timestamp(year, 12, 1)}
    return {**cells, **days, "basis": "CHN FOB HS2017 now printed", "codes": "854231 854232", **over}


def test_tiers_are_added_and_chips_are_not() -> None:
    """Chips overlap the list."""
    rows = pd.DataFrame([tier(2022), tier(2022, 2e9, tier="2"), tier(2022, 9e9, series="chips")])
    assert dual_use_words.totals(rows).to_dict() == {2022: 3e9}


def test_the_year_that_rests_on_another_basis_is_ruled_off() -> None:
    """The newest such year; none where all rest on one."""
    merged = "CHN+RUS FOB HS2017 now merged"
    assert dual_use_words.parted(pd.DataFrame([tier(2020, basis=merged), tier(2021, basis=merged), tier(2022)])) == 2022
    assert dual_use_words.parted(pd.DataFrame([tier(2021), tier(2022)])) is None


def test_a_rate_is_said_only_where_the_year_before_rests_on_the_same() -> None:
    """Else what the year came to; the rate declares its base."""
    rate, stated = dual_use_words._finding(pd.DataFrame([tier(2022)]), pd.Series({2022: 1e9}))
    assert "25" in rate
    assert stated[0].value == pytest.approx(25.0)
    assert stated[0].base == stated[0].basis
    for lost in ({"apart": "why"}, {"base_value": float("nan")}):
        came, stated = dual_use_words._finding(pd.DataFrame([tier(2022, **lost)]), pd.Series({2022: 1e9}))
        assert "%" not in came
        assert stated[0].base == ""


def test_each_code_is_counted_once() -> None:
    """Codes stand several to a cell, and one may stand in two cells."""
    rows = pd.DataFrame([tier(2021), tier(2022, codes="854232 854239")])
    assert dual_use_words.codes(rows, "tier") == ["854231", "854232", "854239"]


def test_a_colour_between_two_is_in_proportion() -> None:
    """Nothing of the other is the first, all of it the other."""
    assert dual_use.mixed("#000000", "#FFFFFF", 0.0).lower() == "#000000"
    assert dual_use.mixed("#000000", "#FFFFFF", 1.0).lower() == "#ffffff"
    assert len(set(dual_use.ramp(LIGHT).values())) == len(dual_use.ramp(LIGHT))
