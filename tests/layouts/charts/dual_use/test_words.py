"""Tiers of high-priority goods: what is added, where a count changes, when a rate is said."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest

from layouts.charts.dual_use import chart as dual_use
from layouts.charts.dual_use import words as dual_use_words
from layouts.look.theme import LIGHT


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
