"""Exchange rates are no trade: a side table of their own, as text, with vintages like the one table's."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from loaders.core import schema
from loaders.core.columns.row_numbers import among, numbered_together
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
    same = _among(brought, newest(stored), _PRINTED)
    fresh = brought[~same].copy()
    revises = _among(fresh, stored, KEY)
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
    return pd.Series(_among(fresh, stored, [*KEY, "released"]), index=fresh.index)


def _among(rows: pd.DataFrame, others: pd.DataFrame, columns: Iterable[str]) -> npt.NDArray[np.bool_]:
    """Return which rows have the cells of one of ``others`` in ``columns``; an empty one is like none."""
    ours, theirs = numbered_together([rows[list(columns)].fillna(""), others[list(columns)].fillna("")], columns)
    return among(ours, theirs)
