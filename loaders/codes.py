"""Code lists: constants of the nomenclatures, read once. Like the schema they may be asked from any room."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from loaders import store

if TYPE_CHECKING:
    import pandas as pd


@cache
def table(name: str) -> pd.DataFrame:
    """Return ``data/codes/<name>.csv`` as text; StoreError where it cannot be read."""
    return store.read_codes(name)
