"""UN Comtrade's files as text: one column an item, whatever the delimiter, the encoding or the layout."""

from __future__ import annotations

import codecs
import re
import sys
from typing import TYPE_CHECKING, Final

import pandas as pd

from loaders.core.source import SourceError
from loaders.sources.comtrade import names
from loaders.sources.comtrade import workbooks as comtrade_books
from loaders.sources.comtrade.columns import ItemCells, complete, places, split_apart
from loaders.sources.comtrade.delimited import DelimitedRecords
from loaders.sources.comtrade.json_answers import read_json
from loaders.tables import grids, text_files
from loaders.tables.parsing import ROW, decode, row_numbers

if TYPE_CHECKING:
    from collections.abc import Sequence

_HEADER: Final = 1 << 16
_UTF8_PAIR: Final = re.compile(rb"[\xc3-\xf4][\x80-\xbf]")


def read(content: bytes, name: str) -> ItemCells:
    """Return the cells of a delimited file or of a service's JSON answer.

    Raises:
        SourceError: the bytes are no UN Comtrade data, or lack a column that nothing else replaces.
    """
    if grids.is_workbook(content):
        made, header = comtrade_books.as_csv(content, name)
        return _delimited(made, name, range(header, sys.maxsize))
    raw = _utf8(content, name)
    start = raw[:4096].lstrip()[:1]
    if not start:
        raise SourceError(f"{name}: is empty; download it again")
    if start == b"<":
        raise SourceError(f"{name}: is a web page, not data; download it again")
    return read_json(raw, name) if start in b"{[" else _delimited(raw, name, row_numbers(content))


def _utf8(content: bytes, name: str) -> bytes:
    """Return the text as UTF-8: from UTF-8, UTF-16, or what Excel saves on Western machines."""
    try:
        text = decode(content, name)
    except SourceError:
        _check_one_byte(content, name)
        return decode(content, name, ("cp1252",)).encode()
    if content.startswith(codecs.BOM_UTF8):
        return content.removeprefix(codecs.BOM_UTF8)
    return text.encode() if text_files.is_utf16(content) else content


def _check_one_byte(content: bytes, name: str) -> None:
    """Raise unless ``content`` can be text of one byte a character throughout."""
    try:
        content.decode()
    except UnicodeDecodeError as error:
        row = content.count(b"\n", 0, error.start) + 1
        if _UTF8_PAIR.search(content):
            raise SourceError(f"{name}, row {row}: mixes encodings; save the whole file as UTF-8") from error


def split(line: str) -> tuple[str, list[str]]:
    """Return the delimiter that gives this header line the most known names, and its cells."""
    return text_files.split(line, lambda cells: len(names.positions(cells)))


def _delimited(raw: bytes, name: str, numbers: Sequence[int]) -> ItemCells:
    first = raw[:_HEADER].splitlines()[0].decode(errors="replace")
    delimiter, headers = split(first)
    if not names.ours(headers) and (made := comtrade_books.translated(raw[: _HEADER * 2].decode(errors="replace"))):
        delimiter, headers = made
    if not names.ours(headers):
        raise SourceError(f"{name}, row 1: no UN Comtrade column names in {first[:60]!r}; keep the header row")
    wanted = places(headers, name)
    lines = DelimitedRecords(name, delimiter, len(headers), numbers)
    strange = {f"strange {place}": headers[place] for place in names.strange(headers)}
    cells = lines.read(raw, {**wanted, **{item: int(item.split()[1]) for item in strange}})
    cells = cells[cells[ROW].gt(numbers[0])]
    filled, again = _kinds(cells, {item: headers[place] for item, place in wanted.items()})
    lines.refused.extend(f"{name}, row {row}: repeats the column names" for row in cells.loc[again, ROW])
    read = int(filled.sum()) + len(lines.refused) - int(again.sum())
    notes = [] if read else [f"{name}: holds column names and no rows"]
    found = {item: headers[place] for item, place in wanted.items()}
    cells, parts = split_apart(cells[filled & ~again], strange, name) if strange else (cells[filled & ~again], [])
    return ItemCells(name, complete(cells), found, read, delimiter, [*lines.refused, *parts], notes)


def _kinds(cells: pd.DataFrame, headers: dict[str, str]) -> tuple[pd.Series, pd.Series]:
    """Return which rows hold anything, and which only repeat the column names."""
    empty = pd.Series(data=True, index=cells.index)
    again = empty.copy()
    for item, header in headers.items():
        if empty.any():
            empty &= cells[item].eq("")
        if again.any():
            again &= cells[item].eq(header)
    return ~empty, again
