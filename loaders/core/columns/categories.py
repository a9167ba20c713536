"""Text of which few distinct ones stand in many rows, looked at once each."""

from collections.abc import Sequence
from typing import cast

import numpy as np
import numpy.typing as npt
import pandas as pd


def coded(cells: pd.Series) -> pd.Series:
    """Return cells as categories, so that each distinct text is looked at once."""
    return cells if isinstance(cells.dtype, pd.CategoricalDtype) else cells.astype("str").astype("category")


def parts(cells: pd.Series) -> tuple[npt.NDArray[np.signedinteger], pd.Index]:
    """Return the code of each cell of a column of categories, -1 where it is empty, and the categories."""
    array = cast("pd.Categorical", cells.array)  # ``cells.cat`` would make a column of each
    return array.codes, array.categories


def constant(value: str, rows: pd.DataFrame) -> pd.Series:
    """Return the same text for all ``rows``, as categories."""
    codes = np.zeros(len(rows), "int8")
    return pd.Series(pd.Categorical.from_codes(codes, pd.Index([value], dtype="str")), rows.index)


def mapped(cells: pd.Series, texts: Sequence[str]) -> pd.Series:
    """Return categories of text where each category of ``cells`` is replaced by the text at its place."""
    names, codes = np.unique(np.array([*texts, ""]), return_inverse=True)
    taken = pd.Categorical.from_codes(codes[parts(cells)[0]], pd.Index(names, dtype="str"))
    return pd.Series(taken, cells.index)
