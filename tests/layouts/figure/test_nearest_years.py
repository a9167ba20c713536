"""The nearest held years: inside the window first, then the nearer of both sides."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from layouts.figure import nearest_years

YEARS = st.integers(1990, 2040)


def test_worked_examples() -> None:
    """Inside as a whole and then newest first; before and after by distance, the one before where equal."""
    held = [2017, 2018, 2023]
    assert list(nearest_years.windows(held, 2018, None)) == [(2018, 2023), (2023, 2023), (2018, 2018), (2017, 2017)]
    assert list(nearest_years.windows(held, 2025, None)) == [(2023, 2023), (2018, 2018), (2017, 2017)]
    assert list(nearest_years.windows(held, None, 2012)) == [(2017, 2017), (2018, 2018), (2023, 2023)]
    assert list(nearest_years.windows([2010, 2014], 2012, 2012)) == [(2010, 2010), (2014, 2014)]
    assert list(nearest_years.windows([], 2012, 2012)) == []


@given(st.sets(YEARS), st.none() | YEARS, st.none() | YEARS)
def test_every_held_year_is_offered_alone_and_no_other(held: set[int], first: int | None, last: int | None) -> None:
    """No year is made up, and none is left out."""
    found = list(nearest_years.windows(held, first, last))
    assert sorted(start for start, end in found if start == end) == sorted(held)
    assert all({start, end} <= held for start, end in found)
