"""Expected releases: worked examples by the rules that ship, and every rule has the page that says it."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pandas as pd
import pytest

from loaders.core import places, release_days
from loaders.core.source_records import records


@pytest.mark.parametrize(
    ("source", "newest", "today", "days"),
    [
        ("gacc", "2026-07", "2026-11-30", ("2026-12-07", "2026-12-14")),
        ("gacc", "2026-10", "2026-12-10", ("2026-12-07", "2026-12-14")),  # today may be the day
        ("gacc", "2026-11", "2026-12-10", ("2027-01-07", "2027-01-14")),  # November is known already
        ("gacc", "2026-11", "2026-12-14 18:00", ("2027-01-07", "2027-01-14")),
        ("gacc", "2026-12", "2027-01-20", ("2027-03-07", "2027-03-14")),  # nothing in February
        ("baci", "2023-12", "2026-11-30", ("2027-01-01", "2027-01-31")),
        ("baci", "2025-12", "2027-01-15", ("2028-01-01", "2028-01-31")),  # January's release is known already
    ],
)
def test_the_next_release(source: str, newest: str, today: str, days: tuple[str, str]) -> None:
    """The first window that is not over and brings a month that is not known yet."""
    found = release_days.expected(source, pd.Timestamp(f"{newest}-01"), pd.Timestamp(today))
    assert found is not None
    assert (f"{found.first:%Y-%m-%d}", f"{found.last:%Y-%m-%d}") == days
    assert found.reference.startswith("http")


def test_without_a_rule_nothing_is_expected() -> None:
    """A publisher that announces nothing is not guessed at."""
    assert release_days.expected("comtrade", pd.Timestamp("2026-01-01"), pd.Timestamp("2026-11-30")) is None


def test_rules_are_of_sources_with_a_page() -> None:
    """Each rule names a source of ours, days of a month in order, and the page that it was read on."""
    for name, rule in release_days._rules().items():
        assert name in records()
        assert rule.months <= set(range(1, 13))
        assert rule.months
        assert 1 <= rule.first_day <= rule.last_day <= 31
        assert rule.reference.startswith("http")


def test_the_time_of_a_day_tells_it_from_others() -> None:
    """From one day to the next no other release is expected unless ``places.of_day`` is another, or the month is."""
    days = [date(2026, 11, 1) + timedelta(days=ahead) for ahead in range(125)]
    asked = [(name, pd.Timestamp(newest)) for name in release_days._rules() for newest in ("2024-12-01", "2026-11-01")]
    for before, day in pairwise(days):
        then, now = ([release_days.expected(*one, pd.Timestamp(on)) for one in asked] for on in (before, day))
        assert then == now or places.of_day(before) != places.of_day(day), day
        assert (before.month == day.month) or places.of_day(before) != places.of_day(day)


def test_days_to_come_are_those_on_which_the_time_turns() -> None:
    """Each begins another time, and none is left out."""
    with places.on(date(2026, 11, 30)):
        coming = [f"{day:%m-%d}" for day in places.days_to_come(100)]
        assert places.today() == date(2026, 11, 30)
    assert coming == ["12-01", "12-15", "01-01", "01-15", "02-01", "03-01"]
