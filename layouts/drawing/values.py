"""What a table holds, as the plain lists, numbers and text that a browser reads."""

import math
from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd


def records(rows: pd.DataFrame) -> list[dict[str, Any]]:
    """Return the rows of a table one by one, their cells by the names of their columns."""
    return [{str(name): cell for name, cell in row.items()} for row in rows.to_dict("records")]


def properties(given: Mapping[str, object]) -> dict[str, Any]:
    """Return properties of a figure with their values as JSON has them; one that is None is left out.

    Raises:
        TypeError: a value is no text, number, list, dict or part of a table.
    """
    return {key: plain(value) for key, value in given.items() if value is not None}


def plain(value: object) -> object:
    """Return one value as JSON has it: series as lists, frames as lists of rows, missing numbers as None.

    Raises:
        TypeError: it is no text, number, list, dict or part of a table.
    """
    if value is None or type(value) in (str, int, bool):
        return value
    if isinstance(value, float):
        return None if math.isnan(value) else float(value)
    if isinstance(value, dict):
        return properties(value)
    if isinstance(value, list | tuple):
        return [plain(one) for one in value]
    return _of_table(value)


def _of_table(value: object) -> object:
    if isinstance(value, pd.DataFrame):
        return [list(row) for row in zip(*(_cells(value[name]) for name in value), strict=True)]
    if isinstance(value, pd.Series | pd.Index | np.ndarray):
        return _cells(value)
    if isinstance(value, np.generic):
        return plain(value.item())
    if value is pd.NA or value is pd.NaT:
        return None
    raise TypeError(f"a figure cannot hold {type(value).__name__}: give it text, numbers, lists or a column")


def _cells(column: pd.Series | pd.Index | np.ndarray[Any, Any]) -> list[Any]:
    """Return the cells of one column; whole numbers need no second look."""
    cells: list[Any] = column.tolist()
    kind = getattr(column.dtype, "kind", "O")
    if kind in "iub":
        return cells
    if kind == "f":
        return [None if math.isnan(one) else one for one in cells]
    return [plain(one) for one in cells]
