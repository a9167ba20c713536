"""Measures of the monthly series: an index, and the share of China's trade with the world."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final

import pandas as pd

from analysis.basis import BASE_BASIS, BASIS
from analysis.cache import per_dataset
from analysis.dataset import Dataset
from analysis.measures.monthly import by_basis
from analysis.measures.monthly.by_basis import KIND, ORDER
from analysis.measures.monthly.growth import to_date
from analysis.measures.monthly.series import COLUMNS, charted, plus, weaker, world_totals
from analysis.points import PartRole, PointPart, lacks, own_parts
from analysis.ratios import share
from loaders.core import schema
from loaders.core.source_records import SourceRole, serving

BASE_YEAR: Final = 2021
WINDOWS: Final = serving(SourceRole.CHINA_WORLD)  # who prints China's world trade of longer windows, best first
_KEYS: Final = ["flow", "period_start", "period_end", "months", "currency", BASIS]
_SIDE: Final = ["value", "source", "status", "provisional", "released", "reference", "rate_source"]


def whole_year(rows: pd.DataFrame, year: int) -> bool:
    """Tell whether every flow of the rows has all twelve months of a year."""
    months = rows[rows["period_start"].dt.year.eq(year)].groupby("flow")["months"].sum()
    return bool(len(rows)) and all(months.get(flow, 0) == 12 for flow in rows["flow"].unique())


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


def index_of(rows: pd.DataFrame, view: pd.Series) -> pd.DataFrame:
    """Return the rows in ``view`` of the one series that reaches its newest month, as an index; empty without a base.

    ``rows`` are months of every basis. An index joins no two bases: months of other series have none.
    """
    inside = rows[view]
    newest = inside[inside["period_end"].eq(inside["period_end"].max())]
    kinds = sorted(newest[KIND].unique(), key=lambda kind: (-len(newest[newest[KIND].eq(kind)]), ORDER.index(kind)))
    for kind in kinds:
        own, shown = (_one_source(part[part[KIND].eq(kind)], newest) for part in (rows, inside))
        base = base_year(own, shown)
        if base is not None:
            table = indexed(own, base).loc[shown.index].dropna(subset="index")
            return table.assign(**{BASE_BASIS: table[BASIS]}).reset_index(drop=True)
    return inside.iloc[:0]


def _one_source(rows: pd.DataFrame, newest: pd.DataFrame) -> pd.DataFrame:
    """Keep the bases, flow by flow, that the newest month has, one row a flow and period."""
    return rows[rows[BASIS].isin(newest[BASIS])].drop_duplicates(["flow", "period_start", "period_end"])


@per_dataset(8)
def world_share(dataset: Dataset, currency: str) -> pd.DataFrame:
    """Return Russia's share of China's trade, ``share_pct`` in per cent, wherever both are held on one basis.

    ``100 * value / world_value`` of one window, currency and basis: months and January-February pairs,
    whole years, and the longest year to date of a year without a whole. ``source`` names the sources of
    both figures, ``pair_source`` that of trade with Russia, ``world_source`` that of the whole.
    """
    months = _shared(charted(by_basis.months(dataset, currency)), charted(by_basis.world(dataset, currency)))
    years = _shared(to_date(dataset, currency), _long_windows(dataset, currency))
    years = years[years["months"].gt(2)]
    longest = years.groupby(["flow", "period_start"])["months"].transform("max")
    rows = schema.stacked(months, years[years["months"].eq(longest)])
    rows = rows.assign(share_pct=100 * share(rows["value"], rows["world_value"]))
    rows = by_basis.by_window(rows[rows["share_pct"].notna()].reset_index(drop=True))
    return rows.sort_values(["flow", "period_end", "months"], ignore_index=True)


def parts(row: Mapping[str, Any]) -> list[PointPart]:
    """Trace a row of any measure: the figure and its base, or for a share both of its figures."""
    own = own_parts(row)
    if lacks(row, "world_value"):
        return own
    pair = replace(own[0], role=PartRole.PAIR, source=str(row["pair_source"]))
    whole = replace(pair, role=PartRole.WORLD, partner="WLD", source=str(row["world_source"]))
    return [pair, replace(whole, value=float(row["world_value"]))]


def _long_windows(dataset: Dataset, currency: str) -> pd.DataFrame:
    """Return China's printed world totals from January on, above two months, every basis."""
    totals = world_totals(dataset)
    return by_basis.years_to_date(dataset, totals[totals["source"].isin(WINDOWS)], currency, WINDOWS)


def _shared(part: pd.DataFrame, whole: pd.DataFrame) -> pd.DataFrame:
    """Set trade with Russia beside trade with the world, of the same flow, window, currency and basis."""
    sides = part[[*COLUMNS, BASIS, KIND]], whole[[*_KEYS, *_SIDE]].drop_duplicates(_KEYS)
    both = sides[0].merge(sides[1], on=_KEYS, suffixes=("", "_w"))
    for column in ("source", "rate_source"):
        both[f"{column}_both"] = [plus((a, b)) for a, b in zip(both[column], both[f"{column}_w"], strict=True)]
    named = {"value_w": "world_value", "source_w": "world_source", "reference_w": "world_reference"}
    out = both.assign(
        pair_source=both["source"],
        source=both["source_both"],
        rate_source=both["rate_source_both"],
        status=weaker(both["status"], both["status_w"]),
        provisional=both["provisional"] | both["provisional_w"],
        released=both[["released", "released_w"]].max(axis=1),
        **{BASE_BASIS: both[BASIS]},
    ).rename(columns=named)
    return out[[*COLUMNS, BASIS, BASE_BASIS, KIND, "pair_source", *named.values()]]
