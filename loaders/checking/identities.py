"""The checks that need no second opinion, run on what new figures touch before they are written.

A year to date never falls, two flows make their total, months make the window printed over them, and chapters
are never more than their total: new figures that break one of these are in another unit, of another period,
or of a part of the trade.
"""

from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from loaders.checking import checks
from loaders.checking.checks import Check
from loaders.core import schema
from loaders.core.columns.categories import coded
from loaders.core.columns.row_numbers import among, numbered, of_same_trade, repeated

_SIDES: Final = ["source", "reporter", "partner"]
_SERIES: Final = [*_SIDES, "flow", "classification", "commodity_code", "currency"]
_SAME: Final = ["check", "subject", "period"]
_BEYOND: Final = 5.0  # per cent: no revision of a part moves its whole by more
_NONE: Final = pd.DataFrame(columns=list(checks.COLUMNS))
_BROKEN: Final = {
    Check.MONTHS: "the months do not make the period printed over them",
    Check.TOTAL: "exports and imports do not make their total",
    Check.FALLS: "a year to date is less than the one before it",
    Check.PARTS: "the chapters are more than their total",
}


def broken(brought: pd.DataFrame, known: pd.DataFrame) -> str:
    """Return one identity that holds in ``known`` (as known now) and not with ``brought`` over it, empty for none."""
    if brought.empty:
        return ""
    sides = brought.iloc[np.unique(numbered(brought, _SIDES), return_index=True)[1]]
    before = known[_like(known, sides)]
    today = max(day for day in (brought["period_end"].max(), before["released"].max()) if pd.notna(day))
    fresh = brought[_in_question(brought, before)]
    fresh = fresh.assign(released=fresh["released"].fillna(today + pd.DateOffset(days=1)).astype(schema.UNIT))
    both = schema.concat([before, fresh])
    both = both[_tied(both, np.arange(len(both)) >= len(before))]
    breaks = _breaks(both[~repeated(both, schema.KEY, but="last")])
    if breaks.empty:
        return ""
    old = _breaks(before)
    new = breaks[~pd.MultiIndex.from_frame(breaks[_SAME]).isin(pd.MultiIndex.from_frame(old[_SAME]))]
    return "" if new.empty else _in_words(new.iloc[0], len(new))


def _like(known: pd.DataFrame, sides: pd.DataFrame) -> npt.NDArray[np.bool_]:
    """Return which rows have the source, reporter and partner of one of ``sides``."""
    listed = pd.MultiIndex.from_frame(sides[_SIDES].astype("str"))
    return np.asarray(pd.MultiIndex.from_frame(known[_SIDES].astype("str")).isin(listed))


def _in_question(brought: pd.DataFrame, before: pd.DataFrame) -> npt.NDArray[np.bool_]:
    """Return which rows brought :func:`_tied` may find, at a fraction of its cost.

    Where there is one length of periods and no total of two flows, they are those with a held row of the same trade.
    """
    length = schema.months(brought)
    if brought["flow"].eq("total").any() or length.min() < length.max():
        return np.ones(len(brought), dtype="bool")
    return _totals_and_chapters(brought) | of_same_trade(brought, [before])


def _totals_and_chapters(table: pd.DataFrame) -> npt.NDArray[np.bool_]:
    """Return which rows are totals or chapters."""
    goods = coded(table["commodity_code"])
    return np.asarray(goods.eq(schema.TOTAL) | goods.str.len().eq(2))


def _tied(table: pd.DataFrame, fresh: npt.NDArray[np.bool_]) -> npt.NDArray[np.bool_]:
    """Return which rows may take part in an identity with a fresh one; to leave out the others changes no verdict.

    Those are totals and chapters, where a fresh row is one; flows beside their total; and series of which
    there are periods of several lengths.
    """
    whole = _totals_and_chapters(table)
    tied = whole & bool((whole & fresh).any())
    total = table["flow"].eq("total").to_numpy()
    if total.any():
        flows = numbered(table, [column for column in schema.SERIES_KEY if column != "flow"])
        beside = among(flows, flows[total])
        tied |= beside & among(flows, flows[beside & fresh])
    length = schema.months(table).to_numpy()
    series = numbered(table, _SERIES)
    lengths = pd.DataFrame({"series": series, "length": length}).drop_duplicates()["series"]
    several = among(series, lengths[lengths.duplicated()].to_numpy())
    return tied | (several & among(series, series[several & fresh]))


def fits(known: pd.DataFrame) -> bool:
    """Return whether no identity is broken in what is held (as known now)."""
    return _breaks(known).empty


def _breaks(table: pd.DataFrame) -> pd.DataFrame:
    """Return the broken identities of a table; parts below their total are no error: some goods are kept secret."""
    if table.empty:
        return _NONE
    now = checks.known_now(table)
    listed = (
        checks.months_against_windows(now),
        checks.total_of_two_flows(table),
        checks.cumulative_increases(now),
        checks.parts_against_totals(now),
    )
    parts = [part for part in listed if len(part)]
    if not parts:
        return _NONE
    breaks = pd.concat(parts)
    above = breaks["check"].ne(Check.PARTS) | breaks["difference_pct"].gt(_BEYOND)
    far = breaks["difference_pct"].abs().gt(_BEYOND) | breaks["check"].eq(Check.FALLS)
    return breaks[above & far]


def _in_words(row: pd.Series, count: int) -> str:
    more = f", and {count - 1:,} more" if count > 1 else ""
    return (
        f"{_BROKEN[row['check']]}: {row['subject']}, {row['period']}: {row['found']:.6g} against {row['expected']:.6g} "
        f"({row['difference_pct']:+.1f}%){more}"
    )
