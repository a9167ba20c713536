"""UN Comtrade's files as text: one column an item, whatever the delimiter, the encoding or the layout."""

import codecs
import re
import sys
from collections.abc import Sequence
from typing import Final

from loaders.core.source import SourceError
from loaders.sources.comtrade import names
from loaders.sources.comtrade import workbooks as comtrade_books
from loaders.sources.comtrade.columns import ItemCells, complete, places, split_apart
from loaders.sources.comtrade.json_answers import read_json
from loaders.tables import delimited, grids, text_files
from loaders.tables.parsing import decode, row_numbers

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
    line = raw[:_HEADER].splitlines(keepends=True)[0]
    first = line.decode(errors="replace").rstrip("\r\n")
    delimiter, headers = split(first)
    if not names.ours(headers) and (made := comtrade_books.translated(raw[: _HEADER * 2].decode(errors="replace"))):
        delimiter, headers = made
    if not names.ours(headers):
        raise SourceError(f"{name}, row 1: no UN Comtrade column names in {first[:60]!r}; keep the header row")
    items = places(headers, name)
    strange = {f"strange {place}": place for place in names.strange(headers)}
    text = delimited.Delimited(name, raw[len(line) :], delimiter, headers, numbers[1:])
    records = delimited.read(text, items | strange)
    cells, parts = split_apart(records.frame(), {item: headers[place] for item, place in strange.items()}, name)
    refused = [f"{name}, row {row}: {why}" for row, why in records.refused]
    rows = records.table.num_rows + len(refused)
    notes = [] if rows else [f"{name}: holds column names and no rows"]
    called = {item: headers[place] for item, place in items.items()}
    return ItemCells(name, complete(cells), called, rows, delimiter, [*refused, *parts], notes)
