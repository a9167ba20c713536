"""Vintages: what is known now, and what was known on a day."""

from __future__ import annotations

import pandas as pd

from loaders import schema


def as_known(table: pd.DataFrame, on: pd.Timestamp | None = None) -> pd.DataFrame:
    """Return one row a series key: reported beats ``derived``, then the newest release.

    An empty ``released`` is the oldest; a reader's file that nobody dated stands below all others. With ``on``, only what was public by that day counts
    (``known_by``).
    """
    if on is not None:
        table = table[table["known_by"].le(on)]
    ranked = schema.by_vintage(table)
    return ranked[~ranked.duplicated(list(schema.SERIES_KEY), keep="last")].sort_index()
