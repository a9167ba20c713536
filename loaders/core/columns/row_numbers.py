"""Rows numbered by what they share: which are of one series, which say the same, which are of one trade.

Comparing whole numbers takes a fraction of the time of comparing columns of text.
"""

from collections.abc import Iterable, Sequence
from typing import Final, Literal

import numpy as np
import numpy.typing as npt
import pandas as pd

from loaders.core.columns.categories import coded, parts

Numbers = npt.NDArray[np.int64]

_MOST: Final = 1 << 62


def numbered(table: pd.DataFrame, columns: Iterable[str], within: Numbers | None = None) -> Numbers:
    """Return one number for each row: rows share it where they agree in all ``columns`` (and ``within``)."""
    numbers = np.zeros(len(table), dtype="int64") if within is None else within
    return _combined(numbers, (_codes(table[column]) for column in columns))


def numbered_together(tables: Sequence[pd.DataFrame], columns: Iterable[str]) -> list[Numbers]:
    """Return for each table one number a row: rows of any of them share it where they agree in all ``columns``."""
    ends = np.cumsum([len(table) for table in tables])
    cells = ([table[column] for table in tables] for column in columns)
    return np.split(_combined(np.zeros(ends[-1], dtype="int64"), map(_codes_together, cells)), ends[:-1])


def _combined(numbers: Numbers, columns: Iterable[tuple[Numbers, int]]) -> Numbers:
    """Tell rows of one number apart by the codes of each column."""
    size = int(numbers.max(initial=0)) + 1
    for codes, count in columns:
        if count == 1:
            continue
        if size * count > _MOST:
            numbers, distinct = pd.factorize(numbers)
            size = len(distinct)
        numbers, size = numbers * count + codes, size * count
    return numbers


def _codes_together(cells: list[pd.Series]) -> tuple[Numbers, int]:
    """Return a number below ``count`` for each cell of one column of several tables, and ``count``."""
    if not any(isinstance(part.dtype, pd.CategoricalDtype) for part in cells):
        return _codes(pd.concat(cells, ignore_index=True))
    cells = [coded(part) for part in cells]
    names = _names(cells)
    return np.concatenate([_places(part, names) for part in cells]), len(names) + 1


def _codes(cells: pd.Series) -> tuple[Numbers, int]:
    """Return a number below ``count`` for each cell, an empty one included, and ``count``."""
    if isinstance(cells.dtype, pd.CategoricalDtype):
        codes, names = parts(cells)
        if len(names) == 1 and not (codes < 0).any():
            return np.zeros(len(cells), dtype="int64"), 1
        return codes.astype("int64") + 1, len(names) + 1
    raw = cells.to_numpy() if cells.dtype.kind in "Mf" else cells
    if cells.dtype.kind == "M":
        raw = raw.view("int64")
    codes, distinct = pd.factorize(raw)
    return codes.astype("int64") + 1, len(distinct) + 1


def repeated(
    table: pd.DataFrame, columns: Iterable[str], but: Literal["first", "last"] | None = None
) -> npt.NDArray[np.bool_]:
    """Return which rows agree with another in all ``columns``, ``but`` the first or the last of those that do."""
    return np.asarray(pd.Series(numbered(table, columns)).duplicated(but or False))


def among(numbers: Numbers, wanted: Numbers) -> npt.NDArray[np.bool_]:
    """Return which of the numbers are among those wanted; quick where these are few."""
    return np.asarray(pd.Index(numbers).isin(wanted))


def of_same_trade(table: pd.DataFrame, others: Sequence[pd.DataFrame]) -> npt.NDArray[np.bool_]:
    """Return which rows of ``table`` have the two countries, in either order, and the goods of a row of ``others``.

    All need the columns reporter, partner and commodity_code.
    """
    countries = _names([coded(other[side]) for other in others for side in ("reporter", "partner")])
    goods = _names([coded(other["commodity_code"]) for other in others])
    wanted = [pd.unique(_trades(other, countries, goods)) for other in others]
    return among(_trades(table, countries, goods), np.concatenate([np.empty(0, "int64"), *wanted]))


def _names(columns: Sequence[pd.Series]) -> pd.Index:
    """Return each text once that is a category of some column; those that all share as they are."""
    first, *rest = (parts(cells)[1] for cells in columns)
    others = [more for more in rest if not first.equals(more)]
    return first.append(others).unique() if others else first


def _trades(table: pd.DataFrame, countries: pd.Index, goods: pd.Index) -> Numbers:
    """Return a number for two countries and goods; where one is not among those named, it is no number of them."""
    one, other = (_places(table[side], countries) for side in ("reporter", "partner"))
    pair = np.minimum(one, other) * (len(countries) + 1) + np.maximum(one, other)
    return pair * (len(goods) + 1) + _places(table["commodity_code"], goods)


def _places(cells: pd.Series, names: pd.Index) -> Numbers:
    """Return the place of each cell among ``names``, counted from 1; 0 where it is not there."""
    codes, own = parts(coded(cells))
    if own is names:
        return codes.astype("int64") + 1
    return np.asarray(np.append(names.get_indexer(own).astype("int64") + 1, 0)[codes])
