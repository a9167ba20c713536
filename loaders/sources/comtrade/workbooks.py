"""UN Comtrade's files whose header does not stand in the first line of a text: workbooks, and translated headers."""

import csv
import io
import re
from collections.abc import Sequence
from typing import Final

from loaders.core.source import SourceError
from loaders.sources.comtrade import names
from loaders.tables import file_words, grids, text_files

_WORDS: Final = file_words.lists()["comtrade"]["layouts"]
_LAYOUTS: Final[tuple[list[str], ...]] = (_WORDS["new"], _WORDS["old"])
_CODES: Final[dict[str, str]] = _WORDS["codes"]  # what the codes of a column look like
_ROWS: Final = 20


def standard(header: Sequence[str], row: Sequence[str]) -> list[str] | None:
    """Return the service's own names for a translated header, told by the codes that stand in their places.

    A translation keeps the order of the columns; ``row`` is the first row below. None where the codes do not fit.
    """
    for layout in _LAYOUTS:
        checks = [(at, _CODES[name]) for at, name in enumerate(layout) if name in _CODES]
        fits = len(header) == len(row) == len(layout) and all(
            re.fullmatch(code, row[at].strip()) for at, code in checks
        )
        if fits and not names.ours(header):
            return layout
    return None


def translated(text: str) -> tuple[str, list[str]] | None:
    """Return the delimiter and the service's own names for a text whose header is translated; None for others."""
    lines = text.splitlines()[:2]
    mark = text_files.delimiter(lines[0]) if lines else ","
    if len(lines) < 2 or lines[0].count(mark) + 1 not in {len(layout) for layout in _LAYOUTS}:
        return None
    try:
        header, row = csv.reader(lines, delimiter=mark)
    except (csv.Error, ValueError):
        return None
    made = standard(header, row)
    return (mark, made) if made else None


def header(grid: grids.TextGrid) -> tuple[int, list[str]] | None:
    """Return where a sheet names UN Comtrade's columns, and the names; None where it does not."""
    for at, row in enumerate(grid.rows[:_ROWS]):
        if names.ours(row):
            return at, row
        made = standard(row, grid.rows[at + 1]) if at + 1 < len(grid.rows) else None
        if made:
            return at, made
    return None


def recognises(head: bytes) -> bool:
    """Return whether a workbook has a sheet of UN Comtrade."""
    return any(header(grid) is not None for grid in grids.tops(head))


def as_csv(content: bytes, name: str) -> tuple[bytes, int]:
    """Return the one sheet of a workbook that holds data as CSV in UTF-8, and the row of its header.

    Raises:
        SourceError: no sheet has UN Comtrade's columns, or several have.
    """
    sheets = [(grid, named) for grid in grids.read(content, name) if (named := header(grid))]
    if len(sheets) != 1:
        what = "no sheet has UN Comtrade's columns" if not sheets else "several sheets hold data; save each as a file"
        raise SourceError(f"{name}: {what}")
    grid, (at, columns) = sheets[0]
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows([*row, *[""] * (len(columns) - len(row))] for row in grid.rows[at + 1 :])
    return text.getvalue().encode(), at + 1
