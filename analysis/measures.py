"""Measures of the monthly series: an index, and the share of China's trade with the world."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final

import pandas as pd

from analysis.growth import year_to_date
from analysis.points import lacks, own_parts
from analysis.series import (
    COLUMNS,
    SOURCES,
    charted,
    monthly,
    plus,
    provisional,
    put_together,
    weaker,
    world,
    world_totals,
)
from analysis.shares import share
from loaders import schema

if TYPE_CHECKING:
    from collections.abc import Mapping

    from analysis.book import Book
    from analysis.points import Part

BASE_YEAR: Final = 2021
WINDOWS: Final = ("comtrade", "gacc", "press")  # who prints China's world trade of longer windows, best first
_KEYS: Final = ["flow", "period_start", "period_end", "months", "currency"]
_SIDE: Final = ["value", "source", "status", "provisional", "released", "reference", "rate_source"]


def whole_year(rows: pd.DataFrame, year: int) -> bool:
    """Tell whether every flow of the rows has all twelve months of a year."""
    held = rows[rows["period_start"].dt.year.eq(year)].groupby("flow")["months"].sum()
    return bool(len(rows)) and all(held.get(flow, 0) == 12 for flow in rows["flow"].unique())


def base_year(rows: pd.DataFrame, view: pd.DataFrame) -> int | None:
    """Return the year set to 100: ``BASE_YEAR`` where it is whole, else the first whole year in view."""
    years = [BASE_YEAR, *sorted(view["period_start"].dt.year.unique().tolist())]
    return next((int(year) for year in years if whole_year(rows, int(year))), None)


def indexed(rows: pd.DataFrame, year: int) -> pd.DataFrame:
    """Add ``index`` and ``index_base``: 100 is the flow's average month of ``year`` (``index_base``, whole units).

    ``100 * (value / months) / (sum of the year / 12)``: January-February counts with its monthly average.
    """
    months = rows[rows["period_start"].dt.year.eq(year)]
    base = rows["flow"].map(months.groupby("flow")["value"].sum() / 12)
    return rows.assign(index=100 * rows["value"] / rows["months"] / base.where(base.gt(0)), index_base=base, base=year)


@lru_cache(maxsize=8)
def world_share(book: Book, currency: str) -> pd.DataFrame:
    """Return Russia's share of China's trade, ``share_pct`` in per cent, wherever the world total is printed.

    ``100 * value / world_value`` of one window and currency: months and January-February pairs, whole
    years, and the longest year to date of a year without a whole. ``source`` names the sources of both
    figures, ``pair_source`` that of trade with Russia, ``world_source`` that of the whole. Where one
    source prints both, it stands first.
    """
    months = [_shared(_alone(book, currency, name), _alone(book, currency, name, world=True)) for name in _both(book)]
    months.append(_shared(charted(monthly(book, currency)), charted(world(book, currency))))
    years = _shared(year_to_date(book, currency), _long_windows(book, currency))
    rows = pd.concat([*months, years], ignore_index=True).drop_duplicates(_KEYS)
    rows = rows.assign(share_pct=100 * share(rows["value"], rows["world_value"]))
    return rows[rows["share_pct"].notna()].sort_values(["flow", "period_end", "months"], ignore_index=True)


def parts(row: Mapping[str, Any]) -> list[Part]:
    """Trace a row of any measure: the figure and its base, or for a share both of its figures."""
    found = own_parts(row)
    if lacks(row, "world_value"):
        return found
    pair = replace(found[0], label="trade with Russia", source=str(row["pair_source"]))
    whole = replace(pair, label="trade with the world", partner="WLD", source=str(row["world_source"]))
    return [pair, replace(whole, value=float(row["world_value"]))]


def _both(book: Book) -> list[str]:
    """Return the sources that print months of both totals, best first."""
    whole = world_totals(book)
    held = set(whole.loc[schema.months(whole).le(2), "source"].astype("str"))
    return [name for name in SOURCES if name in held]


def _alone(book: Book, currency: str, source: str, *, world: bool = False) -> pd.DataFrame:
    """Return the charted months that one source prints of China's trade with Russia, or with the world."""
    held = world_totals(book) if world else book.pair_totals
    return charted(put_together(book, held, currency, (source,)))


def _long_windows(book: Book, currency: str) -> pd.DataFrame:
    """Return China's printed world totals from January on: the longest window of each year, above two months."""
    held = world_totals(book)
    chosen = held["currency"].eq(currency) & held["source"].isin(WINDOWS) & held["period_start"].dt.month.eq(1)
    rows = held[chosen].astype(dict.fromkeys(schema.CATEGORIES, "str"))
    rows = rows.assign(months=schema.months(rows), rank=rows["source"].map(WINDOWS.index))
    rows = rows[rows["months"].gt(2)].assign(provisional=provisional, rate_source=None)
    rows = rows.sort_values(["months", "rank"], ascending=[False, True], kind="stable")
    return pd.DataFrame(rows.drop_duplicates(["flow", "period_start"]))


def _shared(part: pd.DataFrame, whole: pd.DataFrame) -> pd.DataFrame:
    """Set trade with Russia beside trade with the world, of the same flow, window and currency."""
    both = part[list(COLUMNS)].merge(whole[[*_KEYS, *_SIDE]], on=_KEYS, suffixes=("", "_w"))
    newest = both["released"].where(both["released"].gt(both["released_w"]), both["released_w"])
    for column in ("source", "rate_source"):
        both[f"{column}_both"] = [plus((a, b)) for a, b in zip(both[column], both[f"{column}_w"], strict=True)]
    named = {"value_w": "world_value", "source_w": "world_source", "reference_w": "world_reference"}
    out = both.assign(
        pair_source=both["source"],
        source=both["source_both"],
        rate_source=both["rate_source_both"],
        status=weaker(both["status"], both["status_w"]),
        provisional=both["provisional"] | both["provisional_w"],
        released=newest,
    ).rename(columns=named)
    return out[[*COLUMNS, "pair_source", *named.values()]]
