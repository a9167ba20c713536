"""World Development Indicators as people download them: the CSV of one indicator, of all, and of DataBank."""

import csv
import re
from collections.abc import Iterator, Sequence
from typing import Final

import pandas as pd

from loaders.core.schema import TOTAL, WORLD
from loaders.core.source import Parsed, SourceError
from loaders.tables import header_periods, parsing, row_account, text_files

TOTALS: Final = {"TX.VAL.MRCH.CD.WT": ("export", "FOB"), "TM.VAL.MRCH.CD.WT": ("import", "CIF")}
_CODES: Final = ("Indicator Code", "Series Code")
_COUNTRY: Final = "Country Code"
_YEAR: Final = re.compile(r"((?:19|20)[0-9]{2})(?: \[YR\1\])?")
_TOP: Final = 12
_NONE: Final = frozenset({"", ".."})
_UPDATED: Final = re.compile(r"Last Updated(?: Date)?[\":, ]+(\d{4}-\d{2}-\d{2}|\d{2}/\d{2}/\d{4})")
_EDGE: Final = 4096


def recognises(head: bytes) -> bool:
    """Tell a file by a country's code, an indicator's code, and years across."""
    if _COUNTRY.encode() not in head[: 1 << 16]:
        return False
    lines = head[: 1 << 16].decode("utf-8-sig", "replace").splitlines()[:_TOP]
    return any(_names(line) for line in lines)


def _names(line: str) -> list[str]:
    """Return the column names that a line holds; nothing where it is no header of the bank's."""
    if _COUNTRY not in line or not any(code in line for code in _CODES) or "Counterpart" in line:
        return []
    try:
        names = [cell.strip() for cell in next(csv.reader([line], delimiter=text_files.delimiter(line)), [])]
    except csv.Error:
        return []
    coded = _COUNTRY in names and bool(set(_CODES) & set(names))
    return names if coded and any(_YEAR.fullmatch(name) for name in names) else []


def parse(content: bytes, name: str) -> Parsed:
    """Return merchandise exports and imports with the world, in US dollars; other indicators are counted and left out.

    Raises:
        SourceError: the bytes are no such file.
    """
    text = parsing.decode(content, name)
    lines = text[:_EDGE].splitlines()[:_TOP]
    at = next((at for at, line in enumerate(lines) if _names(line)), None)
    if at is None:
        raise SourceError(f"{name}: no header with Country Code, Indicator Code and years; download it again")
    names = _names(lines[at])
    while not names[-1]:
        names.pop()
    table = row_account.TableRows(name, names)
    code = next(column for column in _CODES if column in names)
    table.fill(_wanted(text, at, names.index(code), text_files.delimiter(lines[at]), table))
    years = [column for column in names if _YEAR.fullmatch(column)]
    table.take(
        {"reporter": _COUNTRY, "indicator": code} | {one: one for one in years}, "a file of the World Bank has it"
    )
    for year in years:
        table.frame[year] = table.frame[year].mask(table.frame[year].isin(_NONE), "")
    table.unfold(years, "period", "value")
    return _settle(table, _updated(text))


def _wanted(
    text: str, header: int, code: int, mark: str, table: row_account.TableRows
) -> Iterator[tuple[int, Sequence[str]]]:
    """Yield the rows about merchandise trade with their numbers; others are counted, titles and notes are no rows."""
    for place, row in enumerate(text_files.rows(text, table.name, mark), 1):
        if place <= header + 1 or len(row) <= code or not row[code].strip():
            continue
        if row[code].strip() in TOTALS:
            yield place, row
        else:
            table.left_out["another indicator"] += 1


def _updated(text: str) -> pd.Timestamp | None:
    """Return the day of the last update, which stands above or below the table."""
    match = _UPDATED.search(text[:_EDGE]) or _UPDATED.search(text[-_EDGE:])
    if match is None:
        return None
    day = pd.to_datetime(match[1], format="%Y-%m-%d" if "-" in match[1] else "%m/%d/%Y", errors="coerce")
    return None if pd.isna(day) else day


def _settle(table: row_account.TableRows, updated: pd.Timestamp | None) -> Parsed:
    table.match("reporter", "[A-Z]{3}", "is not a code of three letters")
    table.frame["period"] = table.frame["period"].str[:4]
    header_periods.put(table)
    table.number("value")
    kind = table.frame["indicator"].map(TOTALS)
    table.frame = table.frame.assign(flow=kind.str[0], valuation=kind.str[1], partner=WORLD)
    table.keep_pair()
    return table.settle(
        source="worldbank",
        classification="none",
        commodity_code=TOTAL,
        currency="USD",
        status="final",
        released=updated,
    )
