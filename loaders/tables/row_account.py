"""A table of text cells on its way to the one table: every row is kept, refused or left out, and counted."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

import pandas as pd

from loaders.core import schema
from loaders.core.columns import categories
from loaders.core.source import Hints, Parsed, SourceError
from loaders.tables import decimals, delimited, parsing, text_files

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

ROW: Final = parsing.ROW
NO_HINTS: Final = Hints()
Choice = str | tuple[str, ...]
_CLASSED: Final = re.compile("PRODUCT_[A-Z0-9]+|SUPPL_UNIT")  # Comext's further names of the same goods


@dataclass(frozen=True)
class Sides:
    """The two columns that name countries, and the ISO codes of what stands in them."""

    reporter: str
    partner: str
    codes: Mapping[str, str]


def read(content: bytes, name: str, encodings: Sequence[str] = ("utf-8",), sides: Sides | None = None) -> TableRows:
    """Read CSV with commas, semicolons or tabs. The first row that is not blank names the columns.

    With ``sides``, a row whose two countries are known and neither China nor Russia is counted and
    not held, so that a file of the whole world fits into memory.

    Raises:
        SourceError: the bytes are no such table.
    """
    text = parsing.decode(content, name, encodings)
    text_files.refuse_answers(text, name)
    below = text_files.below_header(text, name, parsing.row_numbers(content))
    named = [cell.strip() for cell in below.header]
    while named and not named[-1]:
        named.pop()
    if not named:
        raise SourceError(f"{name}: is empty; download it again")
    twice = [column for column, times in Counter(column.casefold() for column in named).items() if times > 1]
    if twice:
        shown = text_files.shown(twice[0])
        raise SourceError(f"{name}, row {below.numbers[0] - 1}: the column {shown} stands twice; keep one of them")
    del text
    table = TableRows(name, named)
    table.take_records(delimited.read(below, {column: place for place, column in enumerate(named)}), sides)
    if not table.rows_read:
        raise SourceError(f"{name}: holds a header and no row; download it again")
    return table


class Account:
    """What became of the rows of a file: read, left out by reason, refused by row, merged with others; and notes."""

    def __init__(self, name: str) -> None:
        """Begin with no row of the file ``name``."""
        self.name = name
        self.rows_read = 0
        self.merged = 0
        self.notes: list[str] = []
        self.left_out: Counter[str] = Counter()
        self._refused: list[tuple[int, str]] = []

    @property
    def refused(self) -> list[str]:
        """The lines that name refused rows, in the order of the rows."""
        return [line for _, line in sorted(self._refused, key=lambda one: one[0])]

    def refuse_row(self, place: int, why: str) -> None:
        """Name one bad row."""
        self.refuse_line(f"{self.name}, row {place}: {why}", place)

    def refuse_line(self, line: str, place: int = 0) -> None:
        """Take a line that names a bad row, or several; those of no one place come first, in their own order."""
        self._refused.append((place, line))

    def absorb(self, other: Account) -> None:
        """Take over the counts of another table of the same file."""
        self.rows_read += other.rows_read
        self.merged += other.merged
        self.notes += other.notes
        self._refused += other._refused
        self.left_out.update(other.left_out)

    def parsed(self, rows: pd.DataFrame) -> Parsed:
        """Settle the rows that are left, see :func:`parsing.settle`, and add what became of the others."""
        parsed = parsing.settle(rows, self.name, self.rows_read, self.refused, list(dict.fromkeys(self.notes)))
        left_out = Counter(parsed.left_out) + self.left_out
        return replace(parsed, left_out=dict(left_out.most_common()), merged=parsed.merged + self.merged)


class TableRows(Account):
    """Rows of text, and what became of those that are gone."""

    def __init__(self, name: str, columns: Sequence[str]) -> None:
        """Start with no rows."""
        super().__init__(name)
        self.columns = tuple(columns)
        self.frame = pd.DataFrame()
        self.beside: str | None = None

    def fill(self, rows: Iterable[tuple[int, Sequence[str]]]) -> None:
        """Take the numbered rows of a grid below the header; those that do not fit it are refused."""
        width = len(self.columns)
        kept: list[Sequence[str]] = []
        places: list[int] = []
        for place, cells in rows:
            if why := delimited.misfit(cells, self.columns):
                self.refuse_row(place, why)
            elif any(cells):
                kept.append(cells[:width])
                places.append(place)
        turned = list(zip(*kept, strict=True)) or [()] * width
        self.frame = pd.DataFrame({c: pd.Series(v, dtype="str") for c, v in zip(self.columns, turned, strict=True)})
        self.frame[ROW] = pd.Series(places, dtype="int64")
        self._count()

    def take_records(self, records: delimited.Records, sides: Sides | None = None) -> None:
        """Take the records of a text below its header."""
        for place, why in records.refused:
            self.refuse_row(place, why)
        names = {column.casefold(): column for column in self.columns}
        if sides is not None and {sides.reporter, sides.partner} <= set(names):
            far = self._bystanders(*(records.codes(names[one], sides.codes) for one in (sides.reporter, sides.partner)))
            records = records.without(far)
        self.frame = records.frame()
        self._count()

    def _count(self) -> None:
        """Count the rows read: those here, those refused and those left out."""
        self.rows_read = len(self.frame) + len(self._refused) + sum(self.left_out.values())

    def _bystanders(self, reporters: pd.Series, partners: pd.Series) -> pd.Series:
        """Count and return the rows between two known countries of no concern here."""
        pairs = pd.DataFrame({"reporter": reporters, "partner": partners})
        known = pairs.drop_duplicates().dropna()
        known["far"] = [
            one not in schema.PAIR and not schema.any_goods_kept(one, other)
            for one, other in known.itertuples(index=False, name=None)
        ]
        aside = pairs.merge(known, "left")["far"].eq(other=True)
        self.left_out.update(Counter(parsing.outside(reporters[aside], partners[aside])))
        return aside

    def take(self, names: Mapping[str, Choice], what: str, optional: Mapping[str, Choice] | None = None) -> None:
        """Keep the columns that a parser works with: its own name for each, and what files call it.

        Where files have several names for it, the first that is there counts. Names are compared
        without regard to case. A missing optional column is empty in every row; ``what`` says which
        file has the others.

        Raises:
            SourceError: a column is missing.
        """
        lost = [
            choices if isinstance(choices, str) else choices[0]
            for choices in names.values()
            if not self.column_named(choices)
        ]
        if lost:
            named = " and ".join(map(text_files.shown, lost))
            raise SourceError(f"{self.name}: no column {named}; {what}")
        columns = {own: self.column_named(choices) for own, choices in {**names, **(optional or {})}.items()}
        self._split_by({column for column in columns.values() if column is not None})
        chosen = {ROW: self.frame[ROW]}
        for own, choices in {**names, **(optional or {})}.items():
            column = self.column_named(choices)
            text = None if column is None else self.frame[column]
            chosen[own] = pd.Series("", self.frame.index, dtype="str") if text is None else text.str.strip()
        self.frame = pd.DataFrame(chosen)

    def _split_by(self, read: set[str]) -> None:
        """Refuse rows that are equal in what is read and differ in another column: they may be parts of one figure."""
        known = [column for column in self.columns if column in read]
        aside = {column for column in self.columns if column in read or _CLASSED.fullmatch(column)}
        if not known or len(aside) == len(self.columns):
            return
        again = self.frame.duplicated(known, keep=False)
        if not again.any():
            return
        apart = again & ~self.frame.duplicated(list(self.columns), keep=False)
        for _, rows in self.frame[apart].groupby(known, sort=False, dropna=False):
            column = next((one for one in self.columns if one not in aside and len(rows[one].unique()) > 1), "")
            if column:
                for place in rows[ROW]:
                    self.refuse_row(
                        int(place),
                        f"equal to another but for the column {text_files.shown(column)}, which "
                        "is not known here and may split a figure; ask for the total",
                    )
                self.frame = self.frame.drop(index=rows.index)

    def column_named(self, choices: Choice) -> str | None:
        """Return the first of ``choices`` that is a column of the file, as the file writes it."""
        names = {column.casefold(): column for column in self.columns}
        listed = (choices,) if isinstance(choices, str) else choices
        return next((names[choice.casefold()] for choice in listed if choice.casefold() in names), None)

    def unfold(self, columns: Sequence[str], period: str, value: str) -> None:
        """Make one row of each filled cell of ``columns``: their names go to ``period``, cells to ``value``.

        From then on a figure counts as a row, and a message names the column beside the row.
        """
        keys = [column for column in self.frame if column not in columns]
        long = self.frame.melt(keys, list(columns), period, value)
        long[[period, value]] = long[[period, value]].astype("str")  # of no column the cells would be numbers
        self.frame = long[~parsing.blank(long[value])].sort_values(ROW, kind="stable", ignore_index=True)
        self._count()
        self.beside = period

    def refuse(self, bad: pd.Series, column: str, why: str) -> None:
        """Name the rows where ``bad`` is true, each with its cell of ``column``, and drop them."""
        bad = bad.fillna(value=False).astype("bool")
        if bad.any():
            beside = self.frame.loc[bad, self.beside or ROW]
            for place, cell, at in zip(self.frame.loc[bad, ROW], self.frame.loc[bad, column], beside, strict=True):
                of = f" of {text_files.shown(at)}" if self.beside and self.beside != column else ""
                self.refuse_row(int(place), f"{column}{of} {text_files.shown('' if pd.isna(cell) else cell)} {why}")
            self.frame = self.frame[~bad]

    def absorb(self, other: Account) -> None:
        """Take over the counts of another sheet of the same file, and its rows."""
        super().absorb(other)
        if isinstance(other, TableRows):
            self.frame = pd.concat([self.frame, other.frame], ignore_index=True) if len(self.frame) else other.frame

    def leave_out(self, out: pd.Series, reason: str | pd.Series) -> None:
        """Count the rows where ``out`` is true by reason, and drop them."""
        if out.any():
            reasons = [reason] * int(out.sum()) if isinstance(reason, str) else reason[out].tolist()
            self.left_out.update(" ".join(text.split())[:60] for text in reasons)
            self.frame = self.frame[~out]

    def match(self, column: str, pattern: str, why: str) -> None:
        """Refuse the rows whose cell of ``column`` does not match the whole ``pattern``."""
        self.refuse(~self.frame[column].str.fullmatch(pattern, na=False), column, why)

    def number(self, column: str, power: int | pd.Series = 0, empty: Collection[str] | None = None) -> None:
        """Turn ``column`` into floats times ten to the ``power``, exactly as the decimals are printed.

        A cell that is no plain finite number of zero or more is refused. ``empty`` lists the words
        that mean missing; where it is left out, a missing cell is refused too.
        """
        why = "hides digits behind its exponent; save the file with all digits"
        self.refuse(decimals.rounded(self.frame[column]), column, why)
        text = self.frame[column].str.strip()
        power = power.loc[text.index] if isinstance(power, pd.Series) else power
        void = text.isin(["", *empty]) if empty is not None else pd.Series(data=False, index=text.index)
        values = decimals.figures(text, power)
        wrong = ~void & ~(values.ge(0) & values.lt(float("inf")))
        self.refuse(wrong, column, "is not a number of zero or more")
        self.frame[column] = values.loc[self.frame.index]

    def keep_pair(self) -> None:
        """Leave out early what has neither China nor Russia on one side, so that the rest stays small."""
        reporter, partner = self.frame["reporter"], self.frame["partner"]
        if (neither := ~reporter.isin(schema.PAIR) & ~partner.isin(schema.PAIR)).any():
            self.leave_out(neither, parsing.outside(reporter, partner))

    def settle(self, **constant: str | pd.Timestamp | None) -> Parsed:
        """Add the columns that are the same in every row, then hand over to :func:`parsing.settle`."""
        if self.frame.empty:
            return self.parsed(self.frame)
        rows = self.frame.copy()
        for column, value in constant.items():
            if value is not None:
                rows[column] = categories.constant(value, rows) if isinstance(value, str) else value
        for column in set(schema.COLUMNS) - set(rows.columns) - {"reference"}:
            rows[column] = schema.blank(column, rows.index)
        return self.parsed(rows)
