"""Periods as tables head their columns with them: a year, a quarter or a month, in figures or in English."""

import re
from functools import cache
from typing import Final

import pandas as pd

from loaders.core import schema
from loaders.tables import row_account

_MONTHS: Final = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_NAME: Final = rf"(?P<name>{'|'.join(_MONTHS)})[a-z]*\.?"
_YEAR: Final = r"(?P<year>(?:19|20)[0-9]{2})"
_SHAPES: Final = tuple(
    re.compile(shape, re.IGNORECASE)
    for shape in (
        rf"{_YEAR}(?:\.0)?",
        rf"{_YEAR}[\s-]?Q(?P<quarter>[1-4])",
        rf"Q(?P<quarter>[1-4])[\s/-]{_YEAR}",
        rf"{_YEAR}[\s-]?M(?P<month>0?[1-9]|1[0-2])",
        rf"{_YEAR}[-/](?P<month>0[1-9]|1[0-2])(?:-01(?:[ T]00:00:00)?)?",
        rf"(?P<month>0?[1-9]|1[0-2])/{_YEAR}",
        rf"{_NAME}[\s,-]*{_YEAR}",
        rf"{_NAME}\s*-\s*(?P<until>{'|'.join(_MONTHS)})[a-z]*\.?[\s,]*{_YEAR}",
        rf"{_YEAR}[\s,-]*{_NAME}",
    )
)


@cache
def read(text: str) -> tuple[pd.Timestamp, pd.Timestamp] | None:
    """Return the first days of the first and of the last month of a period; None where ``text`` names none."""
    match = next((hit for shape in _SHAPES if (hit := shape.fullmatch(text.strip()))), None)
    if match is None:
        return None
    cells = match.groupdict()
    first, last = 1, 12
    if cells.get("quarter"):
        first, last = int(cells["quarter"]) * 3 - 2, int(cells["quarter"]) * 3
    elif cells.get("month") or cells.get("name"):
        first = int(cells.get("month") or _MONTHS.index(str(cells["name"]).lower()) + 1)
        last = _MONTHS.index(str(cells["until"]).lower()) + 1 if cells.get("until") else first
    if last < first:
        return None
    year = int(cells["year"])
    return pd.Timestamp(year, first, 1), pd.Timestamp(year, last, 1)


def put(table: row_account.TableRows, column: str = "period") -> None:
    """Turn the texts of ``column`` into ``period_start`` and ``period_end``; what is no period is refused."""
    known = {text: read(text) for text in table.frame[column].unique()}
    table.refuse(table.frame[column].map(known).isna(), column, "is no year, quarter or month")
    periods = table.frame[column].map(known)
    table.frame = table.frame.assign(
        period_start=periods.str[0].astype(schema.UNIT), period_end=periods.str[1].astype(schema.UNIT)
    )
