"""The records of a delimited file as text, and those whose cells do not fit the header."""

from __future__ import annotations

import csv
import io
import sys
from contextlib import suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

import pandas as pd
import pyarrow as pa
from pyarrow import compute
from pyarrow import csv as arrow

from loaders.core.source import SourceError
from loaders.tables.parsing import ROW

if TYPE_CHECKING:
    from collections.abc import Sequence

_QUICK: Final = 1 << 21  # bytes read at a time, which the caches hold
_BLOCK: Final = 1 << 28  # the same where a record is longer; a still longer one cannot be read


@dataclass
class DelimitedRecords:
    """Reads records, and keeps those whose number of cells is not the header's."""

    name: str
    delimiter: str
    width: int
    numbers: Sequence[int] = range(1, sys.maxsize)
    refused: list[str] = field(default_factory=list)
    repaired: list[tuple[int, list[str]]] = field(default_factory=list)
    odd: list[tuple[int, str]] = field(default_factory=list)

    def read(self, raw: bytes, places: dict[str, int]) -> pd.DataFrame:
        """Return the cells of ``places`` of every record, the header among them, with row numbers."""
        table = self._table(raw, sorted(places.values()))
        taken = {number for number, _ in self.odd}
        records = table.num_rows + len(taken)
        rows = [self.numbers[at] for at in range(records) if at + 1 not in taken]
        for number, record in self.odd:
            self._judge(self.numbers[number - 1], record)
        swallowed = self._swallowed(raw, rows)
        cells = table.select([str(place) for place in places.values()]).rename_columns(list(places)).to_pandas()
        cells[ROW] = rows
        cells = _with(cells, self.repaired, places)
        return cells[~cells[ROW].isin(swallowed)] if swallowed else cells

    def _table(self, raw: bytes, places: Sequence[int]) -> pa.Table:
        before = len(self.odd)
        with suppress(pa.ArrowInvalid):  # threads number no record, so that any odd one is read again in turn
            return self._read(raw, places, _QUICK, threads=True)
        try:
            return self._read(raw, places, _QUICK)
        except pa.ArrowInvalid:  # a record longer than the blocks, or what no block size helps
            del self.odd[before:]
        try:
            return self._read(raw, places, _BLOCK)
        except pa.ArrowInvalid as error:
            why = " ".join(str(error).split())[:160]
            raise SourceError(f"{self.name}: not readable as rows and columns ({why}); download it again") from error

    def _read(self, raw: bytes, places: Sequence[int], block: int, *, threads: bool = False) -> pa.Table:
        columns = [str(place) for place in range(self.width)]
        return arrow.read_csv(
            io.BytesIO(raw),
            arrow.ReadOptions(use_threads=threads, column_names=columns, block_size=max(1, min(len(raw), block))),
            arrow.ParseOptions(
                delimiter=self.delimiter,
                newlines_in_values=True,
                ignore_empty_lines=False,
                invalid_row_handler=None if threads else self._keep,
            ),
            arrow.ConvertOptions(
                column_types=dict.fromkeys(columns, pa.string()),
                strings_can_be_null=False,
                include_columns=[str(place) for place in places],
            ),
        )

    def _swallowed(self, raw: bytes, rows: Sequence[int]) -> set[int]:
        """Name and return the records in which a stray quotation mark made one cell of several rows."""
        odd, self.odd = self.odd, []
        lines = raw.count(b"\n") + (not raw.endswith(b"\n"))
        if lines <= len(rows) + len(odd):
            return set()
        found = set()
        for column in self._table(raw, range(self.width)).columns:
            marks = compute.count_substring(column, self.delimiter)
            whole = compute.and_(compute.match_substring(column, "\n"), compute.greater_equal(marks, self.width - 1))
            found |= {rows[place] for place in compute.indices_nonzero(whole).to_pylist()}
        why = "a quotation mark in the wrong place runs several rows into one; mend it"
        self.refused.extend(f"{self.name}, row {row}: {why}" for row in sorted(found))
        return found

    def _keep(self, record: arrow.InvalidRow) -> str:
        self.odd.append((record.number, record.text))
        return "skip"

    def _judge(self, number: int, record: str) -> None:
        """Name a record of another width; empty cells after the last column are no cells."""
        if record.count('"') % 2 and "\n" in record:
            why = "a quotation mark is opened and never closed, so nothing after it can be read"
            self.refused.append(f"{self.name}, row {number}: {why}")
            return
        try:
            cells = next(csv.reader(io.StringIO(record, newline=""), delimiter=self.delimiter), [])
        except csv.Error as error:
            self.refused.append(f"{self.name}, row {number}: {error}")
            return
        if len(cells) > self.width and not any(cell.strip() for cell in cells[self.width :]):
            self.repaired.append((number, cells[: self.width]))
        else:
            self.refused.append(f"{self.name}, row {number}: {len(cells)} cells under {self.width} column names")


def _with(cells: pd.DataFrame, repaired: list[tuple[int, list[str]]], places: dict[str, int]) -> pd.DataFrame:
    """Return ``cells`` with the repaired records at their places."""
    if not repaired:
        return cells
    more = pd.DataFrame([{item: record[place] for item, place in places.items()} for _, record in repaired])
    more[ROW] = [number for number, _ in repaired]
    return pd.concat([cells, more]).sort_values(ROW, ignore_index=True)
