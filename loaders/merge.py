"""What a new print adds to what is held: vintages are kept, nothing is lost."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np
import pandas as pd

from loaders import schema

if TYPE_CHECKING:
    import numpy.typing as npt

MEASURED: Final = ("value", "net_weight_kg", "quantity", "quantity_unit", "valuation", "status")


@dataclass(frozen=True)
class Merge:
    """The table after a merge, and which of the brought rows were new, revised, unchanged."""

    table: pd.DataFrame
    new: pd.DataFrame
    revised: pd.DataFrame
    unchanged: int
    same: pd.Series


def merge(held: pd.DataFrame, brought: pd.DataFrame, moment: pd.Timestamp, by: str) -> Merge:
    """Lay ``brought`` over ``held`` (one source, both conforming) and lose nothing.

    A row equal to a held vintage of its series is unchanged. Another value is a new vintage: it
    keeps the publisher's release date where that is free, else it takes ``moment`` (the next free
    second), and its reference says so in the words of ``by``, such as ``"import"``.
    """
    brought = brought.reset_index(drop=True)
    hashes, ours = series(brought), series(held)
    known = pd.Series(pd.Index(hashes).isin(ours))
    near = held[pd.Index(ours).isin(hashes)]
    same = pd.Series(data=False, index=brought.index)
    same[known] = _already_held(near, brought[known])
    fresh = _dated(near, brought[~same], moment, by).reset_index(drop=True)
    is_revision = known[~same].to_numpy()
    table = schema.concat([held, fresh])
    schema.check_key(table)
    return Merge(table, fresh[~is_revision], fresh[is_revision], int(same.sum()), same)


def series(frame: pd.DataFrame) -> npt.NDArray[np.uint64]:
    """Return one number for each row's series key, the same in every frame."""
    return np.asarray(pd.util.hash_pandas_object(frame[list(schema.SERIES_KEY)], index=False), dtype="uint64")


def _text(frame: pd.DataFrame, columns: tuple[str, ...] | list[str]) -> pd.MultiIndex:
    """Return rows as comparable text; dates as numbers, since a date reads otherwise beside a time of day."""
    dates = {column: frame[column].to_numpy().view("int64") for column in columns if column in schema.DATES}
    return pd.MultiIndex.from_frame(frame[list(columns)].assign(**dates).astype("str"))


def _already_held(held: pd.DataFrame, brought: pd.DataFrame) -> pd.Series:
    """Which brought rows say nothing new.

    With a release date of their own: the same release holds the same figures, or a release that
    we had to date ourselves does. Without one: the vintage now known holds the same figures.
    """
    figures = [*schema.SERIES_KEY, *MEASURED]
    undated = brought["released"].isna()
    dated_same = _text(brought, [*figures, "released"]).isin(_text(held, [*figures, "released"]))
    now_same = _text(brought, figures).isin(_text(newest(held), figures))
    own_dates = held[held["reference"].str.contains("; released: the moment of ", regex=False)]
    own_same = _text(brought, figures).isin(_text(own_dates, figures))
    return pd.Series((undated & now_same) | dated_same | own_same, index=brought.index)


def newest(table: pd.DataFrame) -> pd.DataFrame:
    """Return the latest vintage of each series key, whatever its status."""
    ranked = table.sort_values("released", na_position="first", kind="stable")
    return ranked[~ranked.duplicated(list(schema.SERIES_KEY), keep="last")]


def _dated(held: pd.DataFrame, fresh: pd.DataFrame, moment: pd.Timestamp, by: str) -> pd.DataFrame:
    """Give ``moment`` to rows whose publisher named no release date, or one already taken."""
    undated = fresh["released"].isna() | _taken(held, fresh)
    fresh = fresh.copy()
    words = f"; released: the moment of {by}"
    fresh["reference"] = fresh["reference"].where(~undated, fresh["reference"] + words)
    fresh["released"] = fresh["released"].mask(undated, moment.floor("s"))
    while (clash := undated & _taken(held, fresh)).any():
        fresh.loc[clash, "released"] += pd.Timedelta(seconds=1)
    return fresh


def _taken(held: pd.DataFrame, fresh: pd.DataFrame) -> pd.Series:
    """Return which rows have a key that is held."""
    if not len(held):
        return pd.Series(data=False, index=fresh.index)
    return pd.Series(_text(fresh, schema.KEY).isin(_text(held, schema.KEY)), index=fresh.index)
