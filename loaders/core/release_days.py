"""When publishers release, by what they say of it: ``data/codes/release_days.csv``. Expected, never promised."""

import csv
from dataclasses import dataclass
from functools import cache
from typing import Final

import pandas as pd

from loaders.core.places import RELEASE_DAYS

_AHEAD: Final = 36  # months that are looked through


@dataclass(frozen=True)
class Expected:
    """The days between which the next release is expected, both included, and the page that says so."""

    first: pd.Timestamp
    last: pd.Timestamp
    reference: str


@dataclass(frozen=True, kw_only=True)
class _Rule:
    """In which months, between which days, and how many months after the last month of what is released."""

    months: frozenset[int]
    first_day: int
    last_day: int
    lag_months: int
    reference: str


@cache
def _rules() -> dict[str, _Rule]:
    with RELEASE_DAYS.open(encoding="utf-8", newline="") as lines:
        return {line["source"]: _rule(line) for line in csv.DictReader(lines)}


def _rule(line: dict[str, str]) -> _Rule:
    return _Rule(
        months=frozenset(map(int, line["months"].split())),
        first_day=int(line["first_day"]),
        last_day=int(line["last_day"]),
        lag_months=int(line["lag_months"]),
        reference=line["reference"],
    )


def expected(source: str, newest: pd.Timestamp, today: pd.Timestamp) -> Expected | None:
    """Return the next release of a source, None where its publisher announces none.

    ``newest`` is the last month that is known of it (its first day): what a release would bring must lie after it.
    """
    rule = _rules().get(source)
    if rule is None:
        return None
    month = pd.Timestamp(today.year, today.month, 1)
    for ahead in range(_AHEAD):
        start = month + pd.DateOffset(months=ahead)
        brought = start - pd.DateOffset(months=rule.lag_months)
        last = start + pd.Timedelta(days=rule.last_day - 1)
        if start.month in rule.months and last >= today.normalize() and brought > newest:
            return Expected(start + pd.Timedelta(days=rule.first_day - 1), last, rule.reference)
    return None
