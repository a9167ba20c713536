"""Vintages: what is known now, and what was known on a day."""

from collections.abc import Sequence

import pandas as pd

from loaders.core import schema


def as_known(table: pd.DataFrame, on: pd.Timestamp | None = None) -> pd.DataFrame:
    """Return one row a series key: reported beats ``derived``, then the newest release.

    An empty ``released`` is the oldest; of prints of one vintage that agree within the rounding of the
    coarser one the finest stands. With ``on``, only what was public by that day counts (``known_by``).
    Of a table in the order of :func:`known_last` they are a part, which takes no memory of its own.
    """
    rows = schema.as_known(table if on is None else table[table["known_by"].le(on)])
    last = table.iloc[len(table) - len(rows) :]
    return last if last.index.equals(rows.index) else rows


def known_last(table: pd.DataFrame) -> pd.DataFrame:
    """Return the rows in another order: those that no longer count, then those known now, each as they came."""
    known = table.index.isin(schema.as_known(table).index)
    return table.iloc[known.argsort(kind="stable")].reset_index(drop=True)


def finest(rows: pd.DataFrame, key: Sequence[str]) -> pd.DataFrame:
    """Return one row a key: the newest release, or a finer print that agrees with it within its rounding.

    3.36 trn stands before a later 3.4 trn, 3.5 trn does not.
    """
    ordered = rows.sort_values("released", na_position="first", kind="stable")
    place = schema.rounding(ordered["value"])
    keys = [ordered[name] for name in key]
    newest, rounding = ordered["value"].groupby(keys).transform("last"), place.groupby(keys).transform("last")
    agrees = (ordered["value"] - newest).abs().le(rounding / 2)
    ranked = ordered[agrees].assign(place=-place).sort_values("place", kind="stable")
    return ranked.drop_duplicates(list(key), keep="last").drop(columns="place").sort_index()
