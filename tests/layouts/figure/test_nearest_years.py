"""The nearest held years: inside the window first, then the nearer of both sides."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from layouts.figure import nearest_years

YEARS = st.integers(1990, 2040)


def test_worked_examples() -> None:
    """Inside as a whole and then newest first; before and after by distance, the one before where equal."""
    years = [2017, 2018, 2023]
    assert list(nearest_years.windows(years, 2018, None)) == [(2018, 2023), (2023, 2023), (2018, 2018), (2017, 2017)]
    assert list(nearest_years.windows(years, 2025, None)) == [(2023, 2023), (2018, 2018), (2017, 2017)]
    assert list(nearest_years.windows(years, None, 2012)) == [(2017, 2017), (2018, 2018), (2023, 2023)]
    assert list(nearest_years.windows([2010, 2014], 2012, 2012)) == [(2010, 2010), (2014, 2014)]
    assert list(nearest_years.windows([], 2012, 2012)) == []


@given(st.sets(YEARS), st.none() | YEARS, st.none() | YEARS)
def test_every_held_year_is_offered_alone_and_no_other(years: set[int], first: int | None, last: int | None) -> None:
    """No year is made up, and none is left out."""
    offered = list(nearest_years.windows(years, first, last))
    assert sorted(start for start, end in offered if start == end) == sorted(years)
    assert all({start, end} <= years for start, end in offered)
