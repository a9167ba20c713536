"""Vintages: what is known now, and what was known on a day."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loaders import schema

if TYPE_CHECKING:
    import pandas as pd


def as_known(table: pd.DataFrame, on: pd.Timestamp | None = None) -> pd.DataFrame:
    """Return one row a series key: reported beats ``derived``, then the newest release.

    An empty ``released`` is the oldest; of prints of one vintage that agree within the rounding of the
    coarser one the finest stands. With ``on``, only what was public by that day counts (``known_by``).
    """
    return schema.as_known(table if on is None else table[table["known_by"].le(on)])
