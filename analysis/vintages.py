"""Vintages: what is known now, and what was known on a day."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from loaders import schema

if TYPE_CHECKING:
    from collections.abc import Sequence


def as_known(table: pd.DataFrame, on: pd.Timestamp | None = None) -> pd.DataFrame:
    """Return one row a series key: reported beats ``derived``, then the newest release.

    An empty ``released`` is the oldest. With ``on``, only what was public by that day counts
    (``known_by``).
    """
    if on is not None:
        table = table[table["known_by"].le(on)]
    derived = table["status"].astype("str").eq("derived")
    order = pd.DataFrame({"reported": ~derived, "released": table["released"]})
    order = order.sort_values(["reported", "released"], na_position="first", kind="stable")
    ranked = table.loc[order.index]
    return ranked[~ranked.duplicated(list(schema.SERIES_KEY), keep="last")].sort_index()


def last_place(values: pd.Series) -> pd.Series:
    """Return the last printed place of whole units: 10 bn for 3,360,000,000,000, one for 101."""
    place = pd.Series(1.0, index=values.index)
    for power in range(1, 13):
        place = place.mask(values.gt(0) & values.mod(10.0**power).eq(0), 10.0**power)
    return place


def finest(rows: pd.DataFrame, key: Sequence[str]) -> pd.DataFrame:
    """Return one row a key: the newest release, or a finer print that agrees with it within its rounding.

    3.36 trn stands before a later 3.4 trn, 3.5 trn does not.
    """
    ordered = rows.sort_values("released", na_position="first", kind="stable")
    place = last_place(ordered["value"])
    keys = [ordered[name] for name in key]
    newest, rounding = ordered["value"].groupby(keys).transform("last"), place.groupby(keys).transform("last")
    agrees = (ordered["value"] - newest).abs().le(rounding / 2)
    ranked = ordered[agrees].assign(place=-place).sort_values("place", kind="stable")
    return ranked.drop_duplicates(list(key), keep="last").drop(columns="place").sort_index()
