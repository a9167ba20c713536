"""The checks that need no second opinion, run on what new figures touch before they are written.

A year to date never falls, two flows make their total, months make the window printed over them, and chapters
are never more than their total: new figures that break one of these are in another unit, of another period,
or of a part of the trade.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pandas as pd

from loaders.checking import checks
from loaders.core import schema

if TYPE_CHECKING:
    from collections.abc import Callable

    Check = Callable[[pd.DataFrame], pd.DataFrame]

_SIDES: Final = ["source", "reporter", "partner"]
_SAME: Final = ["check", "subject", "period"]
_BEYOND: Final = 5.0  # per cent: no revision of a part moves its whole by more
_RULES: Final[tuple[Check, ...]] = (
    checks.months_against_windows,
    checks.total_of_two_flows,
    checks.cumulative_increases,
    checks.parts_against_totals,
)


def broken(brought: pd.DataFrame, held: pd.DataFrame) -> str:
    """Return one identity that holds in ``held`` (as known now) and not with ``brought`` over it, empty for none."""
    if brought.empty:
        return ""
    sides = pd.MultiIndex.from_frame(brought[_SIDES].astype("str").drop_duplicates())
    before = held[pd.MultiIndex.from_frame(held[_SIDES].astype("str")).isin(sides)]
    today = max(day for day in (brought["period_end"].max(), before["released"].max()) if pd.notna(day))
    fresh = brought.assign(released=brought["released"].fillna(today + pd.DateOffset(days=1)).astype(schema.UNIT))
    found = _found(schema.concat([before, fresh]).drop_duplicates(list(schema.KEY), keep="last"))
    if found.empty:
        return ""
    old = _found(before)
    new = found[~pd.MultiIndex.from_frame(found[_SAME]).isin(pd.MultiIndex.from_frame(old[_SAME]))]
    return "" if new.empty else _told(new.iloc[0], len(new))


def fits(held: pd.DataFrame) -> bool:
    """Return whether no identity is broken in what is held (as known now)."""
    return _found(held).empty


def _found(table: pd.DataFrame) -> pd.DataFrame:
    """Return the broken identities of a table; parts below their total are no error: some goods are kept secret."""
    parts = [rule(table) for rule in _RULES] if len(table) else []
    found = pd.concat([part for part in parts if len(part)] or [pd.DataFrame(columns=list(checks.COLUMNS))])
    above = found["check"].ne("parts against the total") | found["difference_pct"].gt(_BEYOND)
    far = found["difference_pct"].abs().gt(_BEYOND) | found["check"].eq("year to date increases")
    return found[above & far]


def _told(row: pd.Series, count: int) -> str:
    more = f", and {count - 1:,} more" if count > 1 else ""
    return (
        f"{row['check']}: {row['subject']}, {row['period']}: {row['found']:.6g} against {row['expected']:.6g} "
        f"({row['difference_pct']:+.1f}%){more}"
    )
