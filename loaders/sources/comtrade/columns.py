"""What is read from a UN Comtrade file before anything is understood: text, one column an item."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

import pandas as pd

from loaders.core.source import SourceError
from loaders.sources.comtrade import names
from loaders.tables.parsing import ROW


@dataclass(frozen=True)
class ItemCells:
    """A file's cells as text: ``cells`` has one column an item and ``row``; absent items are empty.

    ``headers`` holds the file's own name of each item that it has, ``delimiter`` is empty for JSON.
    """

    name: str
    cells: pd.DataFrame
    headers: dict[str, str]
    rows_read: int
    delimiter: str = ""
    refused: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def places(headers: Sequence[str], name: str) -> dict[str, int]:
    """Return the one column of each item.

    Raises:
        SourceError: two columns carry the same item, or an item that is needed has none.
    """
    carried = names.positions(headers)
    for item, stated in _INSTEAD.items():
        if not any(one in carried for one in stated) and (columns := names.instead(headers, item)):
            carried[item] = columns
    for item, columns in carried.items():
        if len(columns) > 1:
            twice = " and ".join(headers[place] for place in columns)
            raise SourceError(f"{name}, row 1: columns {twice} both hold the {item}; keep one of them")
    _check(carried, name)
    return {item: columns[0] for item, columns in carried.items()}


_INSTEAD: Final = {
    "reporter_name": ("reporter", "reporter_iso"),
    "partner_name": ("partner", "partner_iso"),
    "commodity_name": ("classification", "family"),
    "customs": ("customs",),
    "transport": ("transport",),
    "partner2": ("partner2",),
}
_NEEDED: Final = (
    ("partner", ("partner", "partner_iso", "partner_name"), "partnerCode, partnerISO, partnerDesc or Partner Code"),
    ("reporter", ("reporter", "reporter_iso", "reporter_name"), "reporterCode, reporterISO or Reporter Code"),
    ("flow", ("flow", "flow_text"), "flowCode, Trade Flow Code or rgCode"),
    ("commodity code", ("commodity",), "cmdCode or Commodity Code"),
    ("period", ("period", "year"), "period"),
    ("value", ("value", "cif", "fob"), "primaryValue, Trade Value (US$) or TradeValue"),
)


def _check(carried: dict[str, list[int]], name: str) -> None:
    """Name every column that is missing, in one line."""
    lacks = [
        f"no {what} column ({shown})" for what, items, shown in _NEEDED if not any(one in carried for one in items)
    ]
    if lacks:
        it = "it" if len(lacks) == 1 else "them"
        raise SourceError(f"{name}, row 1: {' and '.join(lacks)}; download the file again with {it}")


def split_apart(cells: pd.DataFrame, strange: dict[str, str], name: str) -> tuple[pd.DataFrame, list[str]]:
    """Refuse rows that are told apart by a column which is not known alone: they may be parts of one figure.

    ``strange`` maps columns of ``cells`` to what the file calls them; they are gone from what is returned.
    """
    if not strange:
        return cells, []
    read = [str(column) for column in cells if column not in {*strange, ROW}]
    again = cells.duplicated(read, keep=False) & ~cells.duplicated([*read, *strange], keep=False)
    refused = []
    for _, rows in cells[again].groupby(read, sort=False, dropna=False):
        column = next((called for item, called in strange.items() if len(rows[item].unique()) > 1), "")
        if column:
            listed = " and ".join(rows[ROW].astype("str"))
            why = f"equal but for the column {column}, which is not known here and may split a figure"
            refused.append(f"{name}, rows {listed}: {why}; ask for the total")
            cells = cells.drop(index=rows.index)
    return cells.drop(columns=list(strange)), refused


def complete(cells: pd.DataFrame) -> pd.DataFrame:
    """Return ``cells`` with a column of empty text for each item that the file lacks."""
    cells = cells.reset_index(drop=True)
    for item in names.COLUMNS:
        if item not in cells:
            cells[item] = pd.Series("", index=cells.index, dtype="str")
    return cells
