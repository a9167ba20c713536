"""The energy bill by year: which year leads, where no rate goes, whose count begins, how an outline is said."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest

from analysis.measures.energy import years as fuel_years
from layouts.charts.energy import year_words, years
from layouts.charts.energy.year_words import Sum
from layouts.look.theme import PRINT, on_page

CHINA, BOTH = "CHN CIF HS now computed", "CHN+RUS CIF HS now merged"


def bill(year: int, value: float = 80e9, basis: str = CHINA) -> Sum:
    """Return the bill of a year."""
    return Sum(value, basis, pd.Timestamp(year, 1, 1), pd.Timestamp(year, 12, 1))


def row(year: int, role: str = fuel_years.BILL, **over: Any) -> dict[str, Any]:
    """Return one row of the chart."""
    days = {"period_start": pd.Timestamp(year, 1, 1), "period_end": pd.Timestamp(year, 12, 1)}
    cells = {"role": role, "fuel": "crude", "value": 50e9, "bill": 80e9, "bill_basis": CHINA, "count": "china"}
    return {**days, **cells, "break_reason": "", "lacking": "", "basis": CHINA, **over}


def test_a_rate_is_of_two_years_that_follow_each_other_on_one_basis() -> None:
    """A gap of a year, or another count, leaves a year without one."""
    sums = {2018: bill(2018), 2020: bill(2020), 2021: bill(2021, 100e9), 2022: bill(2022, 150e9, BOTH)}
    assert year_words.growth(sums) == pytest.approx({2021: 25.0})


def test_2022_leads_where_it_has_a_rate_and_else_the_last_year() -> None:
    """Later years are said beside it; a year without a rate has its amount alone; each figure is declared."""
    sums = {2021: bill(2021, 50e9), 2022: bill(2022, 80e9), 2023: bill(2023, 90e9)}
    leading, stated = year_words._finding(sums, "four", "china")
    assert "60.0%" in leading
    assert "2023" in leading
    assert [one.value for one in stated] == pytest.approx([60.0, 80e9, 90e9])
    alone, stated = year_words._finding({2023: bill(2023)}, "four", "china")
    assert "%" not in alone
    assert [one.base for one in stated] == [""]
    last, _ = year_words._finding({2023: bill(2023), 2024: bill(2024, 60e9)}, "four", "china")
    assert "−25.0%" in last


def test_rose_and_fell_are_two_sentences() -> None:
    """The rate has no sign in either."""
    after = bill(2023, 70e9)
    up, down = (
        year_words._finding({2021: bill(2021, first), 2022: bill(2022), 2023: after}, "four", "china")[0]
        for first in (50e9, 100e9)
    )
    assert "rose" in up
    assert "fell" in down
    assert "−" not in down


def test_a_break_is_drawn_only_between_two_bills_that_rest_apart() -> None:
    """A declared break with no bill before it, or with one basis on both sides, is no rule in the picture."""
    rows = pd.DataFrame([row(2021), row(2022, break_reason="x"), row(2023)])
    apart = {2021: bill(2021, basis=BOTH), 2022: bill(2022), 2023: bill(2023)}
    assert year_words.broken(rows, apart) == [2022]
    assert year_words.broken(rows, {2021: bill(2021), 2022: bill(2022)}) == []
    assert year_words.broken(rows, {2022: bill(2022)}) == []
    assert year_words.broken(rows.drop(columns="break_reason"), apart) == []


def test_bills_are_those_of_the_stack_once_a_year() -> None:
    """Several fuels of a year have one bill; an outline and a single fuel have none."""
    rows = pd.DataFrame([row(2021), row(2021, fuel="coal"), row(2022, fuel_years.FRAME), row(2023, fuel_years.ALONE)])
    assert list(year_words.bills(rows)) == [2021]
    assert year_words.bills(rows.iloc[:0]) == {}
    assert year_words.bills(rows.drop(columns="role")) == {}


def test_an_outline_names_the_years_that_lack_it() -> None:
    """None of them, some of them, all of them: three answers."""
    frames = pd.DataFrame([row(2021, fuel_years.FRAME), row(2022, fuel_years.FRAME)])
    whole = year_words._outline(frames, {2021: bill(2021), 2022: bill(2022)})
    part = year_words._outline(frames, {2021: bill(2021), 2023: bill(2023)})
    assert "2023" in part
    assert "2023" not in whole
    assert year_words._outline(pd.DataFrame([row(2021)]), {2021: bill(2021)}) == ""


def test_who_counts_is_said_in_short_on_a_phone() -> None:
    """A phone has no room for freight."""
    assert "CIF" in years._turn(CHINA, PRINT)
    assert "CIF" not in years._turn(CHINA, on_page(358))
