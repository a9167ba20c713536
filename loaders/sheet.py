"""A table of text cells on its way to the one table: every row is kept, refused or left out, and counted."""

from __future__ import annotations

import csv
import io
import json
import re
from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING, Final

import pandas as pd

from loaders import parsing, schema
from loaders.source import Hints, Parsed, SourceError

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

ROW: Final = parsing.ROW
NO_HINTS: Final = Hints()
_DELIMITERS: Final = (",", ";", "\t")
_PLAIN: Final = r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)"
_SHOWN: Final = 40


def shown(cell: object) -> str:
    """Return a cell as a message shows it: quoted, on one line, shortened."""
    text = str(cell)
    return repr(text if len(text) <= _SHOWN else text[:_SHOWN] + "...")


def _split(line: str) -> str:
    """Return the delimiter of a header line."""
    return max(_DELIMITERS, key=line.count)


def header(head: bytes, encodings: Sequence[str] = ("utf-8",)) -> tuple[str, ...]:
    """Return the column names in the first bytes of a file, as :func:`read` would name them, or nothing."""
    cut = head[: head.rfind(b"\n") + 1] or head
    try:
        text = parsing.decode(cut, "", encodings)
    except SourceError:
        return ()
    line = text.lstrip("\r\n").split("\n", 1)[0]
    try:
        cells = next(csv.reader([line.rstrip("\r")], delimiter=_split(line)), [])
    except csv.Error:
        return ()
    return tuple(cell.strip() for cell in cells)


def refuse_answers(text: str, name: str) -> None:
    """Raise :class:`SourceError` where the text is a web page, XML or JSON instead of a table."""
    start = text.lstrip()[:1]
    if start == "<":
        kind = "a web page" if re.match(r"\s*<(!doctype\s+html|html)", text, re.IGNORECASE) else "XML"
        raise SourceError(f"{name}: is {kind}, no CSV table; download the data again as CSV")
    if start in ("{", "["):
        raise SourceError(f"{name}: is a JSON answer, no CSV table{_said(text)}; download the data again as CSV")


def _said(text: str) -> str:
    """Return the message of a JSON error body, where there is one."""
    try:
        body = json.loads(text)
    except (ValueError, RecursionError):
        return ""
    body = body[0] if isinstance(body, list) and body else body
    found = [body.get(key) for key in ("message", "error", "errorMessage")] if isinstance(body, dict) else []
    said = next((item for item in found if isinstance(item, str) and item), "")
    return f' (it says "{" ".join(said.split())[:120]}")' if said else ""


def read(content: bytes, name: str, encodings: Sequence[str] = ("utf-8",)) -> Sheet:
    """Read CSV with commas, semicolons or tabs. The first row that is not blank names the columns.

    Raises:
        SourceError: the bytes are no such table.
    """
    text = parsing.decode(content, name, encodings)
    refuse_answers(text, name)
    start = len(text) - len(text.lstrip("\r\n"))
    delimiter = _split(text[start : start + 65_536].split("\n", 1)[0])
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        return from_rows(list(reader), name)
    except csv.Error as error:
        raise SourceError(
            f"{name}, line {reader.line_num}: not readable as CSV ({error}); download it again"
        ) from error


def from_rows(lines: Sequence[Sequence[str]], name: str, skip: int = 0) -> Sheet:
    """Return the sheet whose names stand in the first row that is not blank, after ``skip`` rows.

    Raises:
        SourceError: there is no header, no row below it, or a name stands twice.
    """
    top = next((i for i in range(skip, len(lines)) if any(cell.strip() for cell in lines[i])), None)
    if top is None:
        raise SourceError(f"{name}: is empty; download it again")
    names = [cell.strip() for cell in lines[top]]
    while not names[-1]:
        names.pop()
    twice = [column for column, times in Counter(names).items() if times > 1]
    if twice:
        raise SourceError(f"{name}, row {top + 1}: the column {shown(twice[0])} stands twice; keep one of them")
    sheet = Sheet(name, names)
    sheet.fill(lines, top)
    if not sheet.rows_read:
        raise SourceError(f"{name}: holds a header and no row; download it again")
    return sheet


class Sheet:
    """Rows of text, and what became of those that are gone."""

    def __init__(self, name: str, columns: Sequence[str]) -> None:
        """Start with no rows."""
        self.name = name
        self.columns = tuple(columns)
        self.frame = pd.DataFrame()
        self.rows_read = 0
        self.notes: list[str] = []
        self._refused: list[tuple[int, str]] = []
        self._left_out: Counter[str] = Counter()
        self._beside: str | None = None

    def fill(self, lines: Sequence[Sequence[str]], top: int) -> None:
        """Take the rows below row ``top``; those that do not fit the header are refused."""
        width = len(self.columns)
        kept, places = [], []
        names = list(self.columns)
        for place, cells in enumerate(lines[top + 1 :], top + 2):
            if len(cells) == width and cells != names:
                if any(cells):
                    kept.append(cells)
                    places.append(place)
            elif any(cell.strip() for cell in cells):
                self._odd(cells, place, kept, places)
        self.rows_read = len(kept) + len(self._refused)
        turned = list(zip(*kept, strict=True)) or [()] * width
        self.frame = pd.DataFrame({c: pd.Series(v, dtype="str") for c, v in zip(self.columns, turned, strict=True)})
        self.frame[ROW] = pd.Series(places, dtype="int64")

    def _odd(self, cells: Sequence[str], place: int, kept: list[Sequence[str]], places: list[int]) -> None:
        """Take a row whose surplus cells are empty; refuse any other that is not as wide as the header."""
        width = len(self.columns)
        filled = max(i for i, cell in enumerate(cells, 1) if cell.strip())
        if [cell.strip() for cell in cells[:filled]] == list(self.columns):
            self.refuse_row(place, "repeats the header")
        elif filled > width:
            self.refuse_row(place, f"holds {filled} cells where the header names {width}")
        elif len(cells) < width:
            self.refuse_row(place, f"holds {len(cells)} cells where the header names {width}; the file may be cut off")
        else:
            kept.append(cells[:width])
            places.append(place)

    def take(self, names: Mapping[str, str], what: str, optional: Mapping[str, str] | None = None) -> None:
        """Keep the columns that a parser works with, under its own names; ``what`` says which file has them.

        Names are compared without regard to case. A missing optional column is empty in every row.

        Raises:
            SourceError: a column is missing.
        """
        held = {column.casefold(): column for column in self.columns}
        missing = next((column for column in names if column.casefold() not in held), None)
        if missing:
            raise SourceError(f"{self.name}: no column {shown(missing)}; {what}")
        chosen = {ROW: self.frame[ROW]}
        for column, own in ({**names, **(optional or {})}).items():
            text = self.frame.get(held.get(column.casefold(), ""))
            chosen[own] = pd.Series("", self.frame.index, dtype="str") if text is None else text.str.strip()
        self.frame = pd.DataFrame(chosen)

    def unfold(self, columns: Sequence[str], period: str, value: str) -> None:
        """Make one row of each filled cell of ``columns``: their names go to ``period``, cells to ``value``.

        From then on a figure counts as a row, and a message names the column beside the row.
        """
        keys = [column for column in self.frame if column not in columns]
        long = self.frame.melt(keys, list(columns), period, value)
        long[period] = long[period].astype("str")
        self.frame = long[~parsing.blank(long[value])].sort_values(ROW, kind="stable", ignore_index=True)
        self.rows_read = len(self.frame) + len(self._refused)
        self._beside = period

    def refuse_row(self, place: int, why: str) -> None:
        """Name one bad row."""
        self._refused.append((place, f"{self.name}, row {place}: {why}"))

    def refuse(self, bad: pd.Series, column: str, why: str) -> None:
        """Name the rows where ``bad`` is true, each with its cell of ``column``, and drop them."""
        bad = bad.fillna(value=False).astype("bool")
        if bad.any():
            beside = self.frame.loc[bad, self._beside or ROW]
            for place, cell, at in zip(self.frame.loc[bad, ROW], self.frame.loc[bad, column], beside, strict=True):
                of = f" of {shown(at)}" if self._beside and self._beside != column else ""
                self.refuse_row(int(place), f"{column}{of} {shown('' if pd.isna(cell) else cell)} {why}")
            self.frame = self.frame[~bad]

    def leave_out(self, out: pd.Series, reason: str | pd.Series) -> None:
        """Count the rows where ``out`` is true by reason, and drop them."""
        if out.any():
            told = Counter({reason: int(out.sum())}) if isinstance(reason, str) else Counter(reason[out].tolist())
            self._left_out.update(told)
            self.frame = self.frame[~out]

    def match(self, column: str, pattern: str, why: str) -> None:
        """Refuse the rows whose cell of ``column`` does not match the whole ``pattern``."""
        self.refuse(~self.frame[column].str.fullmatch(pattern, na=False), column, why)

    def number(self, column: str, power: int | pd.Series = 0, empty: Collection[str] | None = None) -> None:
        """Turn ``column`` into floats times ten to the ``power``, exactly as the decimals are printed.

        A cell that is no plain finite number of zero or more is refused. ``empty`` lists the words
        that mean missing; where it is left out, a missing cell is refused too.
        """
        text = self.frame[column].str.strip()
        void = text.isin(["", *empty]) if empty is not None else pd.Series(data=False, index=text.index)
        parts = text.str.extract(rf"^({_PLAIN})(?:[eE]([+-]?[0-9]{{1,3}}))?$")
        exponent = pd.to_numeric(parts[1]).fillna(0).astype("int64") + power
        scaled = parts[0] + "e" + exponent.astype("str")
        found = pd.Series([float(cell) if isinstance(cell, str) else float("nan") for cell in scaled], text.index)
        wrong = ~void & ~(found.ge(0) & found.lt(float("inf")))
        self.refuse(wrong, column, "is not a number of zero or more")
        self.frame[column] = found.loc[self.frame.index]

    def keep_pair(self) -> None:
        """Leave out early what has neither China nor Russia on one side, so that the rest stays small."""
        reporter, partner = self.frame["reporter"], self.frame["partner"]
        neither = ~reporter.isin(schema.PAIR) & ~partner.isin(schema.PAIR)
        self.leave_out(neither, "reporter " + reporter)

    def settle(self, **constant: str | pd.Timestamp | None) -> Parsed:
        """Add the columns that are the same in every row, then hand over to :func:`parsing.settle`."""
        rows = self.frame.assign(**constant)
        for column in set(schema.COLUMNS) - set(rows.columns) - {"reference"}:
            rows[column] = None
        refused = [line for _, line in sorted(self._refused)]
        parsed = parsing.settle(rows, self.name, self.rows_read, refused, self.notes)
        left_out = Counter(parsed.left_out) + self._left_out
        return replace(parsed, left_out=dict(left_out.most_common()))
