"""Amounts of a UN Comtrade file that somebody saved with groups of thousands or a comma for decimals, made plain."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from loaders.tables import amounts

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from loaders.sources.comtrade.columns import ItemCells

ITEMS: Final = ("value", "cif", "fob", "weight", "quantity")
# as RE2 writes it, whose \\s is a plain blank alone: a no-break and a narrow one part groups too
_ODD: Final = "[0-9](?:[,\\s\\x{a0}\\x{202f}'’]|\\.[0-9]*\\.)[0-9]|^\\s*,[0-9]"
_LONG: Final = re.compile(r"[+-]?([0-9]{4,})")


def plain(rows: pd.DataFrame, sheet: ItemCells) -> pd.DataFrame:
    """Return ``rows`` with plain decimals; what stays odd is no amount, and refused as such.

    All amounts of the file tell together which sign parts decimals. Groups of thousands are taken where a
    column is consistent: one that groups some numbers of four digits and others not is left as it is.
    """
    if not sheet.delimiter or not any(_is_odd(sheet.cells[item]) for item in ITEMS):
        return rows
    columns = {item: pd.unique(sheet.cells[item]) for item in ITEMS}
    printed = pd.Series(pd.unique(pd.concat(map(pd.Series, columns.values()))), dtype="str")
    text, unclear = amounts.plain(printed)
    known = dict(zip(printed[~unclear], text[~unclear], strict=True))
    read = {item: known for item, cells in columns.items() if _consistent(cells, known)}
    return rows.assign(**{item: rows[item].map(lambda cell, of=of: of.get(cell, cell)) for item, of in read.items()})


def _is_odd(cells: pd.Series) -> bool:
    """Return whether any cell has groups, or a comma for a point; asked of Arrow, since most files have neither."""
    return bool(pc.any(pc.match_substring_regex(pa.array(cells, pa.string()), _ODD)).as_py())


def _consistent(cells: Iterable[object], known: Mapping[str, str]) -> bool:
    """Return whether all numbers of four digits and more are grouped, or none is."""
    long = {str(cell): match[1] for cell in cells if (match := _LONG.match(known.get(str(cell), "")))}
    grouped = {digits not in cell for cell, digits in long.items()}
    return len(grouped) < 2
