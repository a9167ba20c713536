"""Workbooks, .xls through xlrd and .xlsx through openpyxl, as plain grids of text. Cells lose no digit."""

import datetime as dt
import io
import re
import struct
import warnings
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import islice
from typing import Any, Final

from loaders.core.source import SourceError

Shown = Callable[[object], str]

_OLE: Final = b"\xd0\xcf\x11\xe0"
_ZIP: Final = b"PK\x03\x04"
WIDEST: Final = 2048
_CELLS: Final = 20_000_000
_TOP: Final = 40
_TOP_SHEETS: Final = 12
LARGEST: Final = 8 << 20
_LONGEST_BY_HAND, WIDEST_BY_HAND = 5000, 64
_UNPACKED: Final = 64 << 20
_PEEK: Final = 1 << 20
_BARE: Final = re.compile(rb"<f[ >][^<]*</f>\s*(?:<v\s*/>|<v></v>)?\s*</c>|<f\s*/>\s*</c>")


@dataclass(frozen=True)
class TextGrid:
    """A table as rows of text; ``place`` names its sheet, ``cell_titles`` holds what a page says of single cells."""

    rows: list[list[str]]
    place: str = ""
    cell_titles: dict[tuple[int, int], str] = field(default_factory=dict)

    def name(self, file: str) -> str:
        """Return how messages call the table: the file, and the sheet where there are several."""
        return f"{file}, sheet {' '.join(self.place.split())}" if self.place else file

    def below(self, header: int) -> Iterator[tuple[int, list[str]]]:
        """Yield the rows below the row ``header`` (counted from 0) with their numbers in the file (from 1)."""
        return ((place, row) for place, row in enumerate(self.rows[header + 1 :], header + 2))


def is_workbook(content: bytes) -> bool:
    """Return whether the bytes begin like an .xls or an .xlsx."""
    return content.startswith((_OLE, _ZIP))


@lru_cache(maxsize=2)
def tops(head: bytes) -> tuple[TextGrid, ...]:
    """Return the first rows of the first sheets of a workbook, to tell whose it is; nothing where it is broken."""
    try:
        return tuple(read(head, "", _TOP, _TOP_SHEETS)) if is_workbook(head) else ()
    except SourceError:
        return ()


def peek(head: bytes) -> str:
    """Return the texts in the first bytes of a workbook whose end is not at hand, among other characters."""
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


def read(
    content: bytes, name: str, rows: int | None = None, sheets: int | None = None, shown: Shown | None = None
) -> list[TextGrid]:
    """Return the sheets of a workbook, or the first ``rows`` of the first ``sheets``, each cell as ``shown``.

    Raises:
        SourceError: it is broken, or has more cells than a table.
    """
    read_sheets = _xls if content.startswith(_OLE) else _xlsx
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # on styles and the like, which are not read
            return list(islice(read_sheets(content, rows, shown or _shown), sheets))
    except Exception as error:  # noqa: BLE001 - both libraries meet broken files with whatever they stumble over
        why = " ".join(f"{type(error).__name__}: {error}".split())[:120]
        raise SourceError(f"{name}: a workbook that cannot be read ({why}); download it again") from None


def read_by_hand(content: bytes, name: str) -> list[TextGrid]:
    """Return the sheets of a workbook that an office or a reader laid out by hand: small, and perhaps half saved.

    Raises:
        SourceError: it is broken, too large for such a table, or holds formulas whose results were never saved.
    """
    unpacked = 0
    if content.startswith(_ZIP):
        try:
            with zipfile.ZipFile(io.BytesIO(content)) as archive:
                unpacked = sum(member.file_size for member in archive.infolist())
        except (zipfile.BadZipFile, OSError, ValueError):
            pass  # told below
    if len(content) > LARGEST or unpacked > _UNPACKED:
        size = max(len(content), unpacked)
        raise SourceError(f"{name}: too large for such a table ({size:,} bytes unpacked); download it again")
    grids = read(content, name, _LONGEST_BY_HAND + 1, shown=_shown_by_hand)
    for grid in grids:
        _check_size(grid, name)
    if content.startswith(_ZIP):
        _check_formulas(content, name)
    return [TextGrid(_even(grid.rows), grid.place) for grid in grids]


def _even(rows: list[list[str]]) -> list[list[str]]:
    """Return rows of one width: a heading merged over the last columns reaches to their end."""
    wide = max(map(len, rows), default=0)
    return [[*row, *[""] * (wide - len(row))] for row in rows]


def _check_size(grid: TextGrid, name: str) -> None:
    """Refuse what would be cut: rows that vanish are no rows read."""
    high = max((place for place, row in enumerate(grid.rows, 1) if any(row)), default=0)
    wide = max((place for row in grid.rows for place, cell in enumerate(row, 1) if cell), default=0)
    if high > _LONGEST_BY_HAND or wide > WIDEST_BY_HAND:
        most = f"{_LONGEST_BY_HAND:,} rows or {WIDEST_BY_HAND} columns"
        raise SourceError(f"{name}: sheet {grid.place} has over {most}, too many; save its table as CSV")


def _check_formulas(content: bytes, name: str) -> None:
    """Refuse formulas whose results were never saved: their cells would read as empty."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        for member in archive.namelist():
            if re.fullmatch(r"xl/worksheets/[^/]+\.xml", member) and _BARE.search(archive.read(member)):
                why = "formulas without saved results; open it in a spreadsheet, save it and try again"
                raise SourceError(f"{name}: {why}")


def _xls(content: bytes, rows: int | None, shown: Shown) -> Iterator[TextGrid]:
    import xlrd  # noqa: PLC0415 (large, and only a reader of files needs it)

    book = xlrd.open_workbook(file_contents=content, logfile=io.StringIO(), on_demand=True)
    for one in book.sheets():
        lines = (one.row(row)[:WIDEST] for row in range(min(one.nrows, rows or one.nrows)))
        yield TextGrid([[_xls_cell(cell, book.datemode, shown) for cell in line] for line in lines], one.name)


def _xls_cell(cell: Any, datemode: int, shown: Shown) -> str:  # noqa: ANN401 - xlrd carries no types
    import xlrd  # noqa: PLC0415 (large, and only a reader of files needs it)

    if cell.ctype == xlrd.XL_CELL_ERROR:
        return "#"
    if cell.ctype == xlrd.XL_CELL_DATE:
        return shown(xlrd.xldate_as_datetime(cell.value, datemode))
    return shown(cell.value)


def _xlsx(content: bytes, rows: int | None, shown: Shown) -> Iterator[TextGrid]:
    import openpyxl  # noqa: PLC0415 (large, and only a reader of files needs it)

    book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True)
    left = _CELLS
    for one in book.worksheets:
        one.reset_dimensions()  # what a sheet says of its own size is often wrong
        lines: list[list[str]] = []
        for line in one.iter_rows(max_row=rows, values_only=True):
            lines.append([shown(cell) for cell in line[:WIDEST]])
            left -= len(line)
            if left < 0:
                raise ValueError(f"more than {_CELLS:,} cells")
        yield TextGrid(lines, one.title)


def _shown(cell: object) -> str:
    """Return a cell as text, with the 15 digits that a spreadsheet keeps: 3.0 is 3, 0.1 + 0.2 is 0.3."""
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() else f"{cell:.15g}"
    if isinstance(cell, dt.datetime) and cell.time() != dt.time():
        return f"{cell:%Y-%m-%d %H:%M:%S}"
    if isinstance(cell, dt.date):
        return f"{cell:%Y-%m-%d}"
    return "" if cell is None else str(cell).strip()


def _shown_by_hand(cell: object) -> str:
    """Return the same, where three decimals get a zero more: they could be taken for a group of thousands."""
    text = _shown(cell)
    return f"{text}0" if isinstance(cell, float) and re.fullmatch(r"-?[0-9]+\.[0-9]{3}", text) else text
