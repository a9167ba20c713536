"""Exchange rates are no trade: a side table of their own, as text, with vintages like the one table's."""

from dataclasses import dataclass
from typing import Final

import pandas as pd

from loaders.core import schema
from loaders.core.source import SourceError

NAME: Final = "rates"
COLUMNS: Final = schema.columns_of("rates")
KEY: Final = ("series", "pair", "freq", "period_start", "period_end")
_PRINTED: Final = [*KEY, "value", "unit"]
PLAIN: Final = r"[0-9]+(?:\.[0-9]+)?"
_MOMENT: Final = "%Y-%m-%dT%H:%M:%S"


@dataclass(frozen=True)
class RatesMerge:
    """The table after a merge, and how many rates were new, revised, unchanged."""

    table: pd.DataFrame
    new: pd.DataFrame
    revised: pd.DataFrame
    unchanged: int


def checked(frame: pd.DataFrame, name: str) -> pd.DataFrame:
    """Return rates as text in the columns of the table: positive values, each key once.

    Raises:
        SourceError: a value is not positive, or a key has two values; the line names it.
    """
    table = frame.reindex(columns=list(COLUMNS)).astype("str").drop_duplicates(_PRINTED, ignore_index=True)
    value = pd.to_numeric(table["value"])
    for wrong, why in ((~value.gt(0), "is no rate"), (table.duplicated(list(KEY)), "stands beside another value")):
        if wrong.any():
            row = table[wrong].iloc[0]
            raise SourceError(f"{name}: {row['series']} {row['period_start']}: {row['value']} {why}; not taken")
    return table


def merge(stored: pd.DataFrame, brought: pd.DataFrame, moment: pd.Timestamp) -> RatesMerge:
    """Lay new rates over those held: another value of a key is a new vintage, dated ``moment`` or soon after."""
    stored = stored.reindex(columns=list(COLUMNS)).astype("str")
    same = _keys(brought, _PRINTED).isin(_keys(newest(stored), _PRINTED))
    fresh = brought[~same].copy()
    revises = _keys(fresh, KEY).isin(_keys(stored, KEY))
    undated = fresh["released"].isna() | _taken(fresh, stored)
    fresh.loc[undated, "reference"] = fresh.loc[undated, "reference"] + f"{schema.DATED_HERE}retrieval"
    fresh["released"] = fresh["released"].mask(undated, moment.strftime(_MOMENT))
    while _taken(fresh, stored).any():
        moment += pd.Timedelta(seconds=1)
        fresh["released"] = fresh["released"].mask(undated, moment.strftime(_MOMENT))
    table = pd.concat([stored, fresh], ignore_index=True).sort_values([*KEY, "released"], na_position="first")
    return RatesMerge(table.reset_index(drop=True), fresh[~revises], fresh[revises], int(same.sum()))


def newest(table: pd.DataFrame) -> pd.DataFrame:
    """Return the latest vintage of each rate; without a release date it is the oldest."""
    ranked = table.sort_values("released", na_position="first", kind="stable")
    return ranked[~ranked.duplicated(list(KEY), keep="last")].sort_index()


def _taken(fresh: pd.DataFrame, stored: pd.DataFrame) -> pd.Series:
    """Return which rates have a release date that another value of theirs has already."""
    key = [*KEY, "released"]
    return pd.Series(_keys(fresh, key).isin(_keys(stored, key)), index=fresh.index)


def _keys(frame: pd.DataFrame, columns: list[str] | tuple[str, ...]) -> pd.MultiIndex:
    return pd.MultiIndex.from_frame(frame[list(columns)].fillna(""))
