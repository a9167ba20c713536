"""Whatever holds a table, as plain grids of text: workbooks (.xls, .xlsx), saved pages, delimited text.

Titles above a table stay in the grid; the parser finds the header in it. Cells lose no digit.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
import warnings
from collections import Counter
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import islice
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from loaders.core.source import SourceError
from loaders.tables import parsing, row_account, text_files

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

Element: TypeAlias = Any  # lxml carries no types
_OLE: Final = b"\xd0\xcf\x11\xe0"
_ZIP: Final = b"PK\x03\x04"
_WIDEST: Final = 2048
_CELLS: Final = 20_000_000
_TOP: Final = 40
_TOP_SHEETS: Final = 12
_DEEPEST: Final = 200


@dataclass(frozen=True)
class Grid:
    """A table as rows of text; ``place`` names its sheet, ``told`` holds what a page says of single cells."""

    rows: list[list[str]]
    place: str = ""
    told: dict[tuple[int, int], str] = field(default_factory=dict)

    def name(self, file: str) -> str:
        """Return how messages call the table: the file, and the sheet where there are several."""
        return f"{file}, sheet {' '.join(self.place.split())}" if self.place else file

    def below(self, header: int) -> Iterator[tuple[int, list[str]]]:
        """Yield the rows below the row ``header`` (counted from 0) with their numbers in the file (from 1)."""
        return ((place, row) for place, row in enumerate(self.rows[header + 1 :], header + 2))


def is_workbook(content: bytes) -> bool:
    """Return whether the bytes begin like an .xls or an .xlsx."""
    return content.startswith((_OLE, _ZIP))


def is_page(content: bytes) -> bool:
    """Return whether the bytes begin like a page of the web, whatever the file is called."""
    return content[:64].removeprefix(b"\xef\xbb\xbf").lstrip()[:1] == b"<"


def read(content: bytes, name: str, encodings: Sequence[str] = ("utf-8", "cp1252")) -> list[Grid]:
    """Return the tables of a file that is read whole.

    Raises:
        SourceError: the bytes are broken, or no table.
    """
    if is_workbook(content):
        return _workbook(content, name)
    text = parsing.decode(content, name, encodings)
    return _page(text, name) if is_page(content) else [_delimited(text, name)]


@lru_cache(maxsize=2)
def tops(head: bytes) -> tuple[Grid, ...]:
    """Return the first rows of the first sheets of a workbook, to tell whose it is; nothing where it is broken."""
    try:
        return tuple(_workbook(head, "", _TOP, _TOP_SHEETS)) if is_workbook(head) else ()
    except SourceError:
        return ()


def _workbook(content: bytes, name: str, rows: int | None = None, sheets: int | None = None) -> list[Grid]:
    read_sheets = _xls if content.startswith(_OLE) else _xlsx
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # on styles and the like, which are not read
            return list(islice(read_sheets(content, rows), sheets))
    except Exception as error:  # noqa: BLE001 - both libraries meet broken files with whatever they stumble over
        why = " ".join(f"{type(error).__name__}: {error}".split())[:120]
        raise SourceError(f"{name}: a workbook that cannot be read ({why}); download it again") from None


def _xls(content: bytes, rows: int | None) -> Iterator[Grid]:
    import xlrd  # noqa: PLC0415 (large, and only a reader of files needs it)

    book = xlrd.open_workbook(file_contents=content, logfile=io.StringIO(), on_demand=True)
    for one in book.sheets():
        lines = (one.row(row)[:_WIDEST] for row in range(min(one.nrows, rows or one.nrows)))
        yield Grid([[_xls_cell(cell, book.datemode) for cell in line] for line in lines], one.name)


def _xls_cell(cell: Any, datemode: int) -> str:  # noqa: ANN401 - xlrd carries no types
    import xlrd  # noqa: PLC0415 (large, and only a reader of files needs it)

    if cell.ctype == xlrd.XL_CELL_ERROR:
        return "#"
    if cell.ctype == xlrd.XL_CELL_DATE:
        return _shown(xlrd.xldate_as_datetime(cell.value, datemode))
    return _shown(cell.value)


def _xlsx(content: bytes, rows: int | None) -> Iterator[Grid]:
    import openpyxl  # noqa: PLC0415 (large, and only a reader of files needs it)

    book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True)
    left = _CELLS
    for one in book.worksheets:
        one.reset_dimensions()  # what a sheet says of its own size is often wrong
        lines: list[list[str]] = []
        for line in one.iter_rows(max_row=rows, values_only=True):
            lines.append([_shown(cell) for cell in line[:_WIDEST]])
            left -= len(line)
            if left < 0:
                raise ValueError(f"more than {_CELLS:,} cells")
        yield Grid(lines, one.title)


def _shown(cell: object) -> str:
    """Return a cell as text, with the 15 digits that a spreadsheet keeps: 3.0 is 3, 0.1 + 0.2 is 0.3."""
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() else f"{cell:.15g}"
    if isinstance(cell, dt.datetime) and cell.time() != dt.time():
        return f"{cell:%Y-%m-%d %H:%M:%S}"
    if isinstance(cell, dt.date):
        return f"{cell:%Y-%m-%d}"
    return "" if cell is None else str(cell).strip()


def _delimited(text: str, name: str) -> Grid:
    lines = text.lstrip("\r\n").split("\n", _TOP)[:_TOP]
    mark = max((text_files.delimiter(line) for line in lines), key=lambda one: sum(line.count(one) for line in lines))
    try:
        return Grid(
            [[cell.strip() for cell in row] for row in csv.reader(io.StringIO(text, newline=""), delimiter=mark)]
        )
    except csv.Error as error:
        raise SourceError(f"{name}: not readable as CSV ({error}); download it again") from error


def _page(text: str, name: str) -> list[Grid]:
    """Return the innermost tables of a page, after a grid of one row with what stands outside of them."""
    from lxml import etree  # noqa: PLC0415 (large, and only a reader of files needs it)

    parser = etree.HTMLParser(encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True)
    try:
        tree = etree.fromstring(text.encode(), parser)
    except etree.XMLSyntaxError:
        tree = None
    if tree is None:
        raise SourceError(f"{name}: an empty page; save it again")
    outside = tree.xpath("//title | //h1 | //h2 | //h3 | //caption | //b")
    words = Grid([[_words(one) for one in outside]])
    return [words, *(_table(table) for table in tree.xpath("//table[not(.//table)]"))]


def _words(element: Element) -> str:
    return " ".join("".join(element.itertext()).split())


def _table(table: Element) -> Grid:
    """Lay out a table; a cell that spans columns or rows stands in each of them."""
    grid = Grid([])
    pending: dict[int, tuple[int, str]] = {}
    for line in table.xpath("./tr | ./*/tr"):
        cells: list[str] = []
        waiting, pending = pending, {}
        for cell in [*line.xpath("./td | ./th"), None]:
            while len(cells) in waiting:
                left, text = waiting.pop(len(cells))
                _span(cells, pending, text, 1, left)
            if cell is not None and len(cells) < _WIDEST:
                if told := str(cell.get("title") or ""):
                    grid.told[len(grid.rows), len(cells)] = " ".join(told.split())
                _span(cells, pending, _words(cell), _number(cell, "colspan"), _number(cell, "rowspan"))
        grid.rows.append(cells)
    return grid


def _span(cells: list[str], pending: dict[int, tuple[int, str]], text: str, wide: int, high: int) -> None:
    """Add a cell ``wide`` times and note where it hangs down into the next row."""
    for _ in range(wide):
        if high > 1:
            pending[len(cells)] = (high - 1, text)
        cells.append(text)


def _number(cell: Element, attribute: str) -> int:
    text = str(cell.get(attribute) or "").strip()
    return min(int(text), _WIDEST) if text.isascii() and text.isdigit() and len(text) <= 4 and int(text) else 1


def table(grid: Grid, name: str, header: int, columns: Iterable[str]) -> row_account.Sheet:
    """Return the rows below ``header`` as a sheet under the names ``columns``.

    Raises:
        SourceError: there is no row below the header.
    """
    names = [*columns]
    while names and not names[-1]:
        names.pop()
    filled = [column or f"column {place}" for place, column in enumerate(names, 1)]
    seen = Counter(column.casefold() for column in filled)
    filled = [
        f"{column} ({place})" if seen[column.casefold()] > 1 else column for place, column in enumerate(filled, 1)
    ]
    made = row_account.Sheet(grid.name(name), filled)
    made.fill((place, [*row, *[""] * (len(filled) - len(row))]) for place, row in grid.below(header))
    return made
