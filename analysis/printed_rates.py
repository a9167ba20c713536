"""Growth as it was printed, set beside growth as computed from the figures of now."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Final

import pandas as pd

from analysis import growth
from analysis.bases import matches
from analysis.series import JOINED_SINCE
from loaders import schema

if TYPE_CHECKING:
    from analysis.book import Book

MONTH: Final = "printed, month"
TO_DATE: Final = "printed, year to date"
TOLERATED: Final = 0.1  # points: a smaller difference may be the rounding of either
COLUMNS: Final = (
    "series",
    "flow",
    "period_start",
    "period_end",
    "months",
    "yoy_pct",
    "printed",
    "currency",
    "status",
    "source",
    "released",
    "reference",
)


@lru_cache(maxsize=4)
def table(book: Book) -> pd.DataFrame:
    """Return every rate printed for China's trade with Russia by month or from January on; ``COLUMNS``.

    ``yoy_pct`` is in per cent as printed, ``printed`` the same with its digits, ``currency`` the one it
    was counted in, empty where the paper does not say. The same rate of the same window counts once,
    by its first print. January or February alone is left out where the two are printed together.
    """
    held = book.side("printed_rates")
    if held.empty:
        return pd.DataFrame(columns=list(COLUMNS))
    rows = held[held["reporter"].eq("CHN") & held["partner"].eq("RUS") & held["commodity_code"].eq("TOTAL")]
    rows = rows.sort_values("released", na_position="last", kind="stable")
    rows = rows.drop_duplicates(["flow", "period_start", "period_end", "yoy_pct", "currency"])
    rows = rows.assign(printed=rows["yoy_pct"], yoy_pct=pd.to_numeric(rows["yoy_pct"]), status="preliminary")
    for column in ("period_start", "period_end", "released"):
        rows[column] = pd.to_datetime(rows[column], format="ISO8601").astype(schema.UNIT)
    rows["months"] = schema.months(rows)
    january = rows["period_start"].dt.month.eq(1)
    single = rows["months"].eq(1) | (january & rows["months"].eq(2))
    rows["series"] = single.map({True: MONTH, False: TO_DATE})
    lone = rows["months"].eq(1) & rows["period_start"].dt.month.le(2) & rows["period_start"].dt.year.ge(JOINED_SINCE)
    kept = rows[(single | january) & ~lone]
    kept = pd.concat([kept, kept[kept["months"].eq(2)].assign(series=TO_DATE)])
    return pd.DataFrame(kept[list(COLUMNS)]).sort_values(["series", "period_end", "released"], ignore_index=True)


@lru_cache(maxsize=8)
def compared(book: Book, currency: str) -> pd.DataFrame:
    """Return all printed rates, each beside the rate computed in ``currency`` of now; see :func:`beside`."""
    held = table(book)
    if held.empty:
        return held
    computed = {MONTH: growth.by_month(book, currency), TO_DATE: growth.year_to_date(book, currency)}
    parts = [beside(held[held["series"].eq(name)], ours) for name, ours in computed.items()]
    return pd.concat(parts, ignore_index=True).assign(provisional=False)


def beside(printed: pd.DataFrame, computed: pd.DataFrame) -> pd.DataFrame:
    """Add what is computed for the same flow and months, ``computed_pct``, and the difference in points.

    ``differs`` marks a difference of more than ``TOLERATED`` that rounding does not explain; it is
    false where nothing is computed.
    """
    ours = computed[["flow", "period_start", "period_end", "yoy_pct"]].rename(columns={"yoy_pct": "computed_pct"})
    out = printed.merge(ours.drop_duplicates(["flow", "period_start", "period_end"]), how="left")
    out["difference_pp"] = out["yoy_pct"] - out["computed_pct"]
    apart = out["difference_pp"].abs().gt(TOLERATED)
    rounded = [
        pd.notna(rate) and matches(rate, text) for rate, text in zip(out["computed_pct"], out["printed"], strict=True)
    ]
    return out.assign(differs=apart & ~pd.Series(rounded, index=out.index, dtype="bool"))
