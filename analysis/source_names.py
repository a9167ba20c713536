"""Which rows are meant: whose report, of which kind of source; and the sources of a figure that rests on several."""

from collections.abc import Iterable
from typing import Final

import pandas as pd

from loaders.core.source_records import SourceRole, serving

_BETWEEN: Final = " + "


def joined(*cells: str) -> str:
    """Return the names of all cells as one cell, each once, in order: ``comtrade + baci``."""
    return _BETWEEN.join(dict.fromkeys(name for cell in cells for name in names_of(cell)))


def names_of(cell: str) -> list[str]:
    """Return the names that a cell holds, in order; none of an empty one."""
    return cell.split(_BETWEEN) if cell else []


def first_of(cells: Iterable[str]) -> list[str]:
    """Return the first name of each cell."""
    return [cell.split(_BETWEEN, 1)[0] for cell in cells]


def serves(rows: pd.DataFrame, role: SourceRole) -> pd.Series:
    """Return which rows are of a source that serves something (column ``source``)."""
    return rows["source"].isin(serving(role))


def reports(rows: pd.DataFrame, reporter: str, partner: str) -> pd.Series:
    """Return which rows are a country's report of its trade with another, or with the world (``WLD``)."""
    return rows["reporter"].eq(reporter) & rows["partner"].eq(partner)


def between_the_two(rows: pd.DataFrame) -> pd.Series:
    """Return which rows are either country's report of its trade with the other."""
    return reports(rows, "CHN", "RUS") | reports(rows, "RUS", "CHN")


def harmonized(rows: pd.DataFrame) -> pd.Series:
    """Return which rows are of a code of an edition of the Harmonized System."""
    return rows["classification"].astype("str").str.startswith("HS")


def name_of(role: SourceRole) -> str:
    """Return the name of the source that serves something, the first one where several do."""
    return serving(role)[0]
