"""What a file must stand before its rows are stored: its dates, the past, its account, whole or nothing."""

import re
from dataclasses import dataclass, replace
from typing import Final

import pandas as pd

from loaders.checking import identities
from loaders.core import schema
from loaders.core.source import SourceError
from loaders.importing import plausibility
from loaders.importing.read_file import FilePart, Read

_AHEAD: Final = pd.Timedelta(hours=14)
_FRESH: Final = pd.Timedelta(days=2)
_SEVERAL: Final = re.compile(r", rows ([0-9]+(?:(?:, | and )[0-9]+(?: more)?)*)")


@dataclass(frozen=True)
class Options:
    """The reader's own words on an import.

    ``released`` is the day on which the publisher printed the files, for rows that do not say it;
    ``partial`` stores the good rows of a file with bad ones; ``force`` stores figures that are far
    from those held; ``dry_run`` shows what would be stored and writes nothing.
    """

    released: str | None = None
    partial: bool = False
    force: bool = False
    dry_run: bool = False

    def day(self, moment: pd.Timestamp) -> pd.Timestamp | None:
        """Return the day of ``released``; SourceError where it is none, or one to come."""
        if self.released is None:
            return None
        day = pd.to_datetime(self.released, format="%Y-%m-%d", errors="coerce")
        if pd.isna(day):
            raise SourceError(f"--released {self.released} is no day; write it as 2024-03-18")
        if day > moment + _AHEAD:
            raise SourceError(f"--released {self.released} lies in the future; correct it")
        return pd.Timestamp(day)


def checked(read: Read, day: pd.Timestamp | None, moment: pd.Timestamp) -> Read:
    """Return a file with its rows dated, and with those refused that lie in the future or lack an account."""
    parts = [_accounted(_of_the_past(_dated(part, day, moment), moment), read.name) for part in read.parts]
    return replace(read, parts=tuple(parts))


def refused(read: Read) -> int:
    """Return how many rows and members of a file could not be read."""
    return sum(len(part.parsed.refused) for part in read.parts) + len(read.unread)


def without_rows(read: Read) -> Read:
    """Return a file of which nothing is to be stored: counts stay, rows go."""
    parts = [replace(part, parsed=replace(part.parsed, table=schema.empty())) for part in read.parts]
    return replace(read, parts=tuple(parts))


def doubts(read: Read, known: pd.DataFrame) -> list[str]:
    """Return what speaks against a file's figures beside those held, a line each."""
    tables = [part.parsed.table for part in read.parts if len(part.parsed.table)]
    lines = [str(one) for table in tables if (one := plausibility.doubt(table, known)) is not None]
    return list(dict.fromkeys(lines or [line for table in tables if (line := identities.broken(table, known))]))


def undated(read: Read) -> int:
    """Return how many rows of a file nobody dated."""
    return sum(int(_without_day(part.parsed.table).sum()) for part in read.parts)


def _without_day(table: pd.DataFrame) -> pd.Series:
    """Return which rows say neither when they were released nor by which day they were public."""
    return table["released"].isna() & table["known_by"].isna()


def _dated(part: FilePart, day: pd.Timestamp | None, moment: pd.Timestamp) -> FilePart:
    """Date the rows that do not date themselves: by the reader's word, else by the archive's or the workbook's day."""
    table = part.parsed.table
    empty = _without_day(table)
    if not empty.any():
        return part
    given, by = day, f"released {day:%Y-%m-%d}: as given with --released" if day is not None else ""
    if given is None and part.dated:
        given, by = _own_day(part, moment)
    if given is None:
        return part
    filled = table["released"].mask(empty, given).astype(schema.UNIT)
    table = table.assign(released=filled, known_by=table["known_by"].fillna(filled).astype(schema.UNIT))
    return replace(part, parsed=replace(part.parsed, table=table, notes=(*part.parsed.notes, by)))


def _own_day(part: FilePart, moment: pd.Timestamp) -> tuple[pd.Timestamp | None, str]:
    """Return the day that an archive or a workbook bears, where it can be that of the figures.

    One of these days tells only when somebody packed it; one before the months were over is wrong.
    """
    day = pd.to_datetime(part.dated, format="%Y-%m-%d", errors="coerce")
    last = part.parsed.table["period_end"].max() + pd.offsets.MonthBegin(1)
    if pd.isna(day) or day < last or day > moment - _FRESH:
        return None, ""
    return pd.Timestamp(day), f"released {day:%Y-%m-%d}: the day that the archive or workbook bears"


def _of_the_past(part: FilePart, moment: pd.Timestamp) -> FilePart:
    """Refuse rows about months that are not over, prints of a day to come, and prints before the months were over."""
    table = part.parsed.table
    over = table["period_end"] + pd.offsets.MonthBegin(1)
    early = over > moment.normalize()
    ahead = table["released"] > moment + _AHEAD
    bad = table[early | ahead]
    if not len(bad):
        return part
    lines = [
        f"{reference}: period {end:%Y-%m} {'lies in the future' if end > moment else 'is not over'}; check it"
        if is_early
        else f"{reference}: release {day:%Y-%m-%d} lies in the future; check it"
        for reference, end, day, is_early in zip(
            bad["reference"], bad["period_end"], bad["released"], early[bad.index], strict=True
        )
    ]
    kept = table[~(early | ahead)].reset_index(drop=True)
    parsed = replace(part.parsed, table=kept, refused=(*part.parsed.refused, *lines))
    return replace(part, parsed=parsed)


def _accounted(part: FilePart, name: str) -> FilePart:
    """Refuse a file of which rows are neither stored, nor left out, nor refused: something passed over them."""
    parsed = part.parsed
    named = sum(map(_rows_named, parsed.refused))
    lost = parsed.rows_read - parsed.merged - len(parsed.table) - sum(parsed.left_out.values()) - named
    if lost <= 0:
        return part
    line = f"{name}: {lost} of {parsed.rows_read} rows are neither stored nor left out nor refused; report this file"
    return replace(part, parsed=replace(parsed, refused=(*parsed.refused, line)))


def _rows_named(line: str) -> int:
    """Return how many rows a refusal names: one, or as many as it lists together."""
    match = _SEVERAL.search(line)
    if match is None:
        return 1
    more = re.search(r"([0-9]+) more$", match[1])
    return len(re.findall(r"[0-9]+", match[1])) + (int(more[1]) - 1 if more else 0)
