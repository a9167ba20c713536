"""From the bytes of a delimited text to its records: the one way for every source that comes as text.

pyarrow splits what is even. A record of another width is looked at by itself, one in which a stray quotation mark
runs several rows together is refused, and cells stay bytes until somebody asks for text: of the names of goods in
a large file nobody does.
"""

import csv
import io
from collections.abc import Collection, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
from pyarrow import csv as arrow

from loaders.core.source import SourceError
from loaders.tables.parsing import ROW

_QUICK: Final = 1 << 21  # bytes read at a time, which the caches hold
_BLOCK: Final = 1 << 28  # the same where a record is longer; a still longer one cannot be read
_QUOTE: Final = ord('"')
_OPEN: Final = "a quotation mark is opened and never closed, so nothing after it can be read"
_STRAY: Final = "a quotation mark in the wrong place runs several rows into one; mend it"


@dataclass(frozen=True)
class Delimited:
    """The records below a header, in one piece; ``numbers`` are the row numbers that they have in the file."""

    name: str
    body: bytes
    delimiter: str
    header: Sequence[str]
    numbers: Sequence[int]
    encoding: str = "utf-8"


@dataclass(frozen=True)
class Records:
    """Records with each item as bytes and their row numbers in ``ROW``; ``refused`` names the others, with why."""

    table: pa.Table
    refused: list[tuple[int, str]]
    encoding: str

    def frame(self) -> pd.DataFrame:
        """Return the records as text; they are UTF-8."""
        kinds = [pa.int64() if name == ROW else pa.string() for name in self.table.column_names]
        return pd.DataFrame(self.table.cast(pa.schema(zip(self.table.column_names, kinds, strict=True))).to_pandas())

    def codes(self, item: str, codes: Mapping[str, str]) -> pd.Series:
        """Return what the cells of an item stand for, missing where they stand for nothing."""
        coded = self.table[item].combine_chunks().dictionary_encode()
        values = np.array([codes.get(cell.decode(self.encoding)) or None for cell in coded.dictionary.to_pylist()], "O")
        return pd.Series(values[coded.indices.to_numpy()], dtype="str")

    def without(self, rows: pd.Series) -> "Records":
        """Return the records less some."""
        return replace(self, table=self.table.filter(pa.array(~rows)))


def misfit(cells: Sequence[str], header: Sequence[str], *, short: bool = False) -> str:
    """Return why a record of another width is none of the table; empty where its surplus cells are empty.

    With ``short``, cells that are missing at its end count as empty.
    """
    named, filled = _filled(header), _filled(cells)
    if filled == named and [cell.strip() for cell in cells[:filled]] == [name.strip() for name in header[:named]]:
        return "repeats the header"
    if filled > named:
        return f"holds {filled} cells where the header names {named}"
    if filled and len(cells) < named and not short:
        return f"holds {len(cells)} cells where the header names {named}; the file may be cut off"
    return ""


def _filled(cells: Sequence[str]) -> int:
    """Return the place of the last cell that holds anything, counted from 1."""
    return max((place for place, cell in enumerate(cells, 1) if cell.strip()), default=0)


def read(text: Delimited, items: Mapping[str, int], *, short: bool = False) -> Records:
    """Return the cells of ``items``, each a place in the header, of the records that hold anything.

    What stands under no name of the header, and is not asked for, must be empty.

    Raises:
        SourceError: something stands between a quotation mark that closes a cell and the cell's end, or a record
            is longer than any table has.
        UnicodeDecodeError: a record of another width is not in the encoding of the text.
    """
    bad = _unclosed(text)
    reader = _Reader(text)
    bare = {at for at, cell in enumerate(text.header) if not cell.strip()} - {*items.values()}
    columns = reader.table({*items.values(), *bare})
    rows = _numbered(text.numbers, columns.num_rows, reader.odd)
    table = pa.table({item: columns[str(place)] for item, place in items.items()} | {ROW: pa.array(rows, pa.int64())})
    bad |= dict.fromkeys(reader.swallowed(rows), _STRAY)
    empty = _alike(table, dict.fromkeys(items, b""))
    if empty.any():  # in what is asked for, and perhaps in all
        empty &= _alike(reader.table(range(len(text.header))), {str(at): b"" for at in range(len(text.header))})
    header = {item: text.header[place].encode(reader.encoding) for item, place in items.items()}
    bad |= dict.fromkeys(rows[_alike(table, header)].tolist(), "repeats the header")
    for place in bare:
        filled = ~_alike(columns, {str(place): b""})
        bad |= dict.fromkeys(rows[filled & ~np.isin(rows, list(bad))].tolist(), "holds a cell under no column name")
    gone = empty | np.isin(rows, list(bad))
    table = table.filter(pa.array(~gone)) if gone.any() else table
    more: list[dict[str, object]] = []
    for number, record in reader.odd:
        row = int(text.numbers[number - 1])
        cells, why = _split(record, text.delimiter)
        if why := bad.get(row) or why or misfit(cells, text.header, short=short):
            bad[row] = why
        elif any(cell.strip() for cell in cells):
            cells += [""] * (len(text.header) - len(cells))
            more.append({item: cells[place].encode() for item, place in items.items()} | {ROW: row})
    if more:
        table = pa.concat_tables([table, pa.Table.from_pylist(more, table.schema)]).sort_by(ROW)
    return Records(table, sorted(bad.items()), reader.encoding)


class _Reader:
    """Lets pyarrow split a text, and keeps the records of another width than its header's, each with its number."""

    def __init__(self, text: Delimited) -> None:
        self._text, self._body, self.encoding = text, text.body, text.encoding
        self.odd: list[tuple[int, str]] = []

    def table(self, places: Collection[int]) -> pa.Table:
        """Return the cells at some places of every record of the header's width."""
        self.odd = []
        if not self._body:
            return pa.table({str(place): pa.array([], pa.binary()) for place in places})
        with suppress(pa.ArrowInvalid):  # threads number no record, so that any odd one is read again in turn
            return self._read(places, _QUICK, threads=True)
        if self.encoding != "utf-8":  # pyarrow gives an odd record as text of that encoding alone
            self._body, self.encoding = self._body.decode(self.encoding).encode(), "utf-8"
        try:
            return self._read(places, _QUICK)
        except pa.ArrowInvalid:  # a record longer than the blocks, or what no block size helps
            self.odd = []
        try:
            return self._read(places, _BLOCK)
        except pa.ArrowInvalid as error:
            why = " ".join(str(error).split())[:160]
            what = f"not readable as rows and columns ({why}); download it again"
            raise SourceError(f"{self._text.name}: {what}") from error

    def _read(self, places: Collection[int], block: int, *, threads: bool = False) -> pa.Table:
        columns = [str(place) for place in range(len(self._text.header))]
        return arrow.read_csv(
            pa.BufferReader(self._body),
            arrow.ReadOptions(use_threads=threads, block_size=min(len(self._body), block), column_names=columns),
            arrow.ParseOptions(
                delimiter=self._text.delimiter,
                newlines_in_values=True,
                ignore_empty_lines=False,
                invalid_row_handler=None if threads else self._keep,
            ),
            arrow.ConvertOptions(
                check_utf8=False,
                column_types=dict.fromkeys(columns, pa.binary()),
                strings_can_be_null=False,
                include_columns=[str(place) for place in sorted(set(places))],
            ),
        )

    def _keep(self, record: arrow.InvalidRow) -> str:
        self.odd.append((record.number, record.text))
        return "skip"

    def swallowed(self, rows: npt.NDArray[np.int64]) -> list[int]:
        """Return the rows of the records in which a stray quotation mark made one cell of several rows."""
        width = len(self._text.header)
        lines = self._body.count(b"\n") + (not self._body.endswith(b"\n"))
        if lines <= len(rows) + len(self.odd):
            return []
        whole = np.zeros(len(rows), dtype="bool")
        for column in self.table(range(width)).columns:
            marks = pc.greater_equal(pc.count_substring(column, self._text.delimiter), width - 1)
            whole |= np.asarray(pc.and_(pc.match_substring(column, "\n"), marks))
        return [int(row) for row in rows[whole]]


def _numbered(numbers: Sequence[int], even: int, odd: Sequence[tuple[int, str]]) -> npt.NDArray[np.int64]:
    """Return the row numbers of the even records."""
    rows = np.asarray(numbers[: even + len(odd)], dtype="int64")
    return np.delete(rows, [number - 1 for number, _ in odd]) if odd else rows


def _alike(table: pa.Table, cells: Mapping[str, bytes]) -> npt.NDArray[np.bool_]:
    """Return which records have just these cells."""
    alike = np.ones(table.num_rows, dtype="bool")
    for column, cell in cells.items():
        if alike.any():
            alike &= np.asarray(pc.equal(table[column], pa.scalar(cell, pa.binary())))
    return alike


def _split(record: str, delimiter: str) -> tuple[list[str], str]:
    """Return the cells of one record, or why it has none."""
    try:
        return next(csv.reader(io.StringIO(record, newline=""), delimiter=delimiter), []), ""
    except csv.Error as error:
        return [], str(error)


def _unclosed(text: Delimited) -> dict[int, str]:
    """Return the row of a quoted cell that never ends; refuse a text where one goes on behind its end.

    ``"5"7`` would read as 57. Where marks are even in number, and each touches the edge of a cell or another mark,
    there are no such cells.
    """
    signs = np.frombuffer(text.body, np.uint8)
    marks = np.flatnonzero(signs == _QUOTE)
    between = marks[(marks > 0) & (marks < len(signs) - 1)]
    edges = [_QUOTE, ord("\n"), ord("\r"), ord(text.delimiter)]
    inside = ~np.isin(signs[between - 1], edges) & ~np.isin(signs[between + 1], edges)
    if len(marks) % 2 == 0 and not inside.any():
        return {}
    lines = io.TextIOWrapper(io.BytesIO(text.body), encoding=text.encoding, errors="replace", newline="")
    place = 0
    try:
        for place, _ in enumerate(csv.reader(lines, delimiter=text.delimiter, strict=True), 1):  # noqa: B007
            pass
    except csv.Error as error:
        row = text.numbers[place]
        if "unexpected end" in str(error):
            return {row: _OPEN}
        if "expected after" in str(error):
            raise SourceError(f"{text.name}, row {row}: not readable as CSV ({error}); mend the mark") from error
    return {}
