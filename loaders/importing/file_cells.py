"""The file's own cells beside what is stored of them: the raw text of a figure, its place, and the factor between.

Nothing here asks a parser: the row that a reference names is read again, and the cell is the one that times a
power of ten gives the stored value. A wrong unit, column or row shows where a reader looks.
"""

import csv
import io
import json
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import chain, islice
from typing import IO, Final

import numpy as np
import pandas as pd

from loaders.core.source import SourceError
from loaders.importing.unpack import Piece
from loaders.sources.china_customs import pages as gacc_pages
from loaders.tables import grids, parsing, text_files

SHOWN: Final = 10
POWERS: Final = (0, 3, 4, 6, 7, 8, 9, 12)
_TOP: Final = 40
_PERIOD: Final = re.compile(r"(?:19|20)[0-9]{2}(?:[0-9]{2})?")
_ROW: Final = re.compile(r", rows? (\d+)\b")
_SHEET: Final = re.compile(r"(?:, sheet |, )([^,].*?), rows? \d+\b")
_ENCODINGS: Final = ("utf-8", "gb18030", "cp1251", "latin-1")
_MARKS: Final = ("\t", ";", ",", "|")
_BLANKS: Final = re.compile("[\\s'’\u00a0\u2009\u202f]")
_NUMBER: Final = re.compile(r"[+-]?[0-9][0-9.,]*(?:[eE][+-]?[0-9]{1,3})?")


@dataclass(frozen=True)
class Cell:
    """A cell of the file: its text, its column counted from 1 with the heading above it, and the power of ten."""

    text: str
    column: int
    heading: str
    power: int


@dataclass(frozen=True)
class Printed:
    """A stored row by its reference and value, and the cell it came from; none where a row sums several."""

    reference: str
    value: float
    cell: Cell | None

    def __str__(self) -> str:
        """Say what the file has, and times what it is stored."""
        if self.cell is None:
            return "raw: no single cell of the row makes it" if _number(self.reference) else "raw: in no row of its own"
        heading = f" {text_files.shown(self.cell.heading)}" if self.cell.heading else ""
        return (
            f"raw {text_files.shown(self.cell.text)} in column {self.cell.column}{heading}, times {factor(self.cell)}"
        )


def factor(cell: Cell) -> str:
    """Return the factor between a cell and what is stored: ``1``, ``1,000``, ``100,000,000``."""
    return f"{10**cell.power:,}"


def beside(piece: Piece, table: pd.DataFrame) -> tuple[Printed, ...]:
    """Return ten rows of ``table``, spread over it, each with the cell of the file that it was read from."""
    places = np.linspace(0, len(table) - 1, min(SHOWN, len(table))).astype("int64")
    chosen = table.iloc[places]
    wanted = {number for text in chosen["reference"] if (number := _number(text))}
    try:
        by_place = _rows(piece, wanted)
    except (SourceError, OSError, ValueError, csv.Error):
        by_place = {}
    matches = [
        (str(text), float(value), _candidates(str(text), float(value), by_place))
        for text, value in zip(chosen["reference"], chosen["value"], strict=True)
    ]
    powers = Counter(power for _, _, cells in matches for power in {cell.power for cell in cells})
    columns = Counter(column for _, _, cells in matches for column in {cell.column for cell in cells})

    def usual(cell: Cell) -> tuple[int, int, int]:
        return powers[cell.power], columns[cell.column], cell.column

    return tuple(Printed(text, value, max(cells, key=usual, default=None)) for text, value, cells in matches)


def _number(reference: str) -> int:
    match = _ROW.search(reference)
    return int(match[1]) if match else 0


@dataclass(frozen=True)
class _Row:
    """A row of the file, with the names above its columns."""

    cells: Sequence[str]
    names: Sequence[str]


def _candidates(reference: str, value: float, by_place: dict[tuple[str, int], list[_Row]]) -> list[Cell]:
    """Return the cells of the row named that, times a power of ten, are the value."""
    number, sheet = _number(reference), _SHEET.search(reference)
    place = sheet[1] if sheet else ""
    rows = by_place.get((place, number)) or [row for (_, at), some in by_place.items() if at == number for row in some]
    return [
        Cell(text.strip(), at, row.names[at - 1] if at <= len(row.names) else "", power)
        for row in rows
        for at, text in enumerate(row.cells, 1)
        for power in powers(text, value)
    ]


def powers(text: str, value: float) -> Iterator[int]:
    """Yield the powers of ten that lead from a printed number, in any writing of it, to a value."""
    bare = _BLANKS.sub("", text).rstrip("abcdefghijklmnopqrstuvwxyz:*")
    if not _NUMBER.fullmatch(bare):
        return
    readings = {bare.replace(",", ""), bare.replace(".", "").replace(",", "."), bare.replace(",", ".")}
    numbers = [Decimal(one) for one in readings if one.count(".") < 2]
    yield from (power for power in POWERS if any(float(one.scaleb(power)) == value for one in numbers))


def _rows(piece: Piece, wanted: set[int]) -> dict[tuple[str, int], list[_Row]]:
    """Return the rows wanted by sheet and number; several where tables of a page share a number."""
    with piece.open() as stream:
        head = stream.read(1 << 16)
    if head[:1024].lstrip(b"\xef\xbb\xbf \r\n\t")[:1] in {b"{", b"["}:
        return _records(piece.read(), wanted)
    if not grids.is_workbook(head) and not grids.is_page(head):
        with piece.open() as stream:
            return _lines(stream, head, wanted)
    content = piece.read()
    tables = [(one.place, one.rows) for one in grids.read(content, piece.name, _ENCODINGS)]
    if not grids.is_workbook(head):  # customs' pages count the rows of their own reading
        tables += [(one.place, one.rows) for one in gacc_pages.page(content, piece.name).grids]
    made: dict[tuple[str, int], list[_Row]] = {}
    for place, rows in tables:
        names = _heading(rows)
        for number in wanted:
            if number <= len(rows):
                made.setdefault((" ".join(place.split()), number), []).append(_Row(rows[number - 1], names))
    return made


def _heading(rows: Sequence[Sequence[str]]) -> Sequence[str]:
    """Return the first of the rows that name most columns; a year names one, another number does not."""
    return max(rows[:_TOP], key=lambda row: len({cell for cell in map(str.strip, row) if _names(cell)}), default=())


def _names(cell: str) -> bool:
    return bool(cell) and (_NUMBER.fullmatch(_BLANKS.sub("", cell)) is None or bool(_PERIOD.fullmatch(cell)))


def _lines(stream: IO[bytes], head: bytes, wanted: set[int]) -> dict[tuple[str, int], list[_Row]]:
    """Return the records wanted of a delimited text, read as a stream."""
    cut = head[: head.rfind(b"\n") + 1] or head
    wide = cut.startswith((b"\xff\xfe", b"\xfe\xff"))
    encoding = "utf-16" if wide else next(one for one in _ENCODINGS if _fits(cut, one))
    made: dict[tuple[str, int], list[_Row]] = {}
    with io.TextIOWrapper(stream, encoding.replace("utf-8", "utf-8-sig"), errors="replace", newline="") as text:
        top = list(islice(text, _TOP))
        mark = max(_MARKS, key=lambda one: _even(top, one))
        names = _heading(list(csv.reader(top, delimiter=mark)))
        records = csv.reader(chain(top, text), delimiter=mark)
        for number, row in islice(enumerate(records, 1), max(wanted, default=0)):
            if number in wanted:
                made["", number] = [_Row(row, names)]
    return made


def _even(lines: Sequence[str], mark: str) -> int:
    """Return how many lines a mark parts into one and the same number of cells, two or more."""
    widths = Counter(len(row) for row in csv.reader(lines, delimiter=mark))
    return max((count for width, count in widths.items() if width > 1), default=0)


def _fits(content: bytes, encoding: str) -> bool:
    try:
        parsing.decode(content, "", (encoding,))
    except SourceError:
        return False
    return True


def _records(content: bytes, wanted: set[int]) -> dict[tuple[str, int], list[_Row]]:
    """Return the records wanted of a service's answer, the first of them 1."""
    answer = json.loads(content.decode("utf-8-sig"), parse_float=str, parse_int=str)
    listed = answer if isinstance(answer, list) else answer.get("data", answer.get("dataset", []))
    return {
        ("", number): [_Row([str(cell) for cell in one.values()], list(one))]
        for number, one in enumerate(listed, 1)
        if number in wanted and isinstance(one, dict)
    }
