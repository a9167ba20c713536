"""Spreadsheets of Chinese customs, .xls through xlrd and .xlsx through openpyxl, as plain grids of text."""

from __future__ import annotations

import io
import re
import struct
import warnings
import zipfile
import zlib
from typing import TYPE_CHECKING, Final

from loaders.core.source import SourceError
from loaders.sources.china_customs.pages import LARGEST, LONGEST, WIDEST, Grid, Page, clean

if TYPE_CHECKING:
    from collections.abc import Iterator

_OLE: Final = bytes.fromhex("d0cf11e0a1b11ae1")
_ZIP: Final = b"PK\x03\x04"
_UNPACKED: Final = 64 << 20
_PEEK: Final = 1 << 20
_BARE: Final = re.compile(rb"<f[ >][^<]*</f>\s*(?:<v\s*/>|<v></v>)?\s*</c>|<f\s*/>\s*</c>")


def is_workbook(content: bytes) -> bool:
    """Return whether the bytes begin like an .xls, or are an .xlsx."""
    return content.startswith(_OLE) or (content.startswith(_ZIP) and b"xl/" in content[: 1 << 16])


def peek(head: bytes) -> str:
    """Return the texts in the first bytes of a spreadsheet, among other characters."""
    if head.startswith(_OLE):
        wide = (head[start:].decode("utf-16-le", errors="ignore") for start in (0, 1))
        return head.decode("latin-1") + "".join(wide)
    return "".join(member.decode("utf-8", errors="ignore") for member in _members(head))


def _members(head: bytes) -> Iterator[bytes]:
    """Unpack what there is of the members of a zip whose end is not at hand."""
    at = 0
    while at >= 0 and len(head) >= at + 30:
        method, packed, name, extra = struct.unpack_from("<8xH8xI4xHH", head, at)
        start = at + 30 + name + extra
        if method == zipfile.ZIP_DEFLATED:
            unpacker = zlib.decompressobj(-zlib.MAX_WBITS)
            try:
                yield unpacker.decompress(head[start:], _PEEK)
            except zlib.error:
                return
            packed = max(len(head) - start - len(unpacker.unused_data or unpacker.unconsumed_tail), 1)
        else:
            yield head[start : start + packed]
        at = head.find(_ZIP, start + packed)


def workbook(content: bytes, name: str) -> Page:
    """Read an .xls or .xlsx: each sheet a grid.

    Raises:
        SourceError: the file is broken, or too large for a table.
    """
    if len(content) > LARGEST:
        raise SourceError(f"{name}: too large for a customs table ({len(content):,} bytes); download it again")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # on styles and the like, which are not read
            return Page(_xls(content) if content.startswith(_OLE) else _xlsx(content))
    except Exception as error:  # noqa: BLE001 - both libraries meet broken files with whatever they stumble over
        raise SourceError(f"{name}: a spreadsheet that cannot be read ({_why(error)}); download it again") from None


def _why(error: Exception) -> str:
    return clean(f"{type(error).__name__}: {error}")[:120]


def _xls(content: bytes) -> list[Grid]:
    import xlrd  # noqa: PLC0415 (large, and only a reader of files needs it)

    book = xlrd.open_workbook(file_contents=content, logfile=io.StringIO(), on_demand=True)
    grids = []
    for sheet in book.sheets():
        _check_size(sheet.nrows, sheet.ncols, sheet.name)
        lines = (sheet.row(row) for row in range(sheet.nrows))
        # The value of an error is a small number.
        rows = [["#" if cell.ctype == xlrd.XL_CELL_ERROR else _shown(cell.value) for cell in line] for line in lines]
        grids.append(Grid(rows, sheet.name))
    return grids


def _xlsx(content: bytes) -> list[Grid]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        if sum(member.file_size for member in archive.infolist()) > _UNPACKED:
            raise ValueError("unpacks to more than a table can be")
    import openpyxl  # noqa: PLC0415 (large, and only a reader of files needs it)

    book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True)
    grids = []
    for sheet in book.worksheets:
        lines = sheet.iter_rows(max_row=LONGEST + 1, max_col=WIDEST + 1, values_only=True)
        rows = [[_shown(cell) for cell in line] for line in lines]
        high = max((place for place, row in enumerate(rows, 1) if any(row)), default=0)
        wide = max((place for row in rows for place, cell in enumerate(row, 1) if cell), default=0)
        _check_size(high, wide, sheet.title)
        grids.append(Grid(rows, sheet.title))
    _check_formulas(content)
    return grids


def _check_size(rows: int, columns: int, sheet: str) -> None:
    """Refuse what would be cut: rows that vanish are no rows read."""
    if rows > LONGEST or columns > WIDEST:
        raise ValueError(
            f"sheet {sheet} has over {LONGEST:,} rows or {WIDEST} columns, too many; save its table as CSV"
        )


def _check_formulas(content: bytes) -> None:
    """Refuse formulas whose results were never saved: their cells would read as empty."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        for member in archive.namelist():
            if re.fullmatch(r"xl/worksheets/[^/]+\.xml", member) and _BARE.search(archive.read(member)):
                raise ValueError("formulas without saved results; open it in a spreadsheet, save it and try again")


def _shown(cell: object) -> str:
    """Return a cell as text that loses no digit: 3.0 is 3, 649.8 stays 649.8."""
    if isinstance(cell, float):
        if cell.is_integer():
            return str(int(cell))
        text = repr(cell)
        # three decimals could be taken for a group of thousands: a zero more says what they are
        return f"{text}0" if re.fullmatch(r"-?[0-9]+\.[0-9]{3}", text) else text
    return "" if cell is None else str(cell)
