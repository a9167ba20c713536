"""Federal Customs Service of Russia: totals by partner, from its tables in Russian.

The form is the published one; wording may vary, but without a unit of money and a period there is no figure.
"""

from __future__ import annotations

import csv
import html
import re
from typing import TYPE_CHECKING, Final

import pandas as pd

from loaders import areas, fcs_columns, gacc_sheets, gacc_words, russian, sheet, textfile
from loaders.gacc_pages import Grid
from loaders.parsing import decode
from loaders.schema import TOTAL
from loaders.source import Source, SourceError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from loaders.fcs_columns import Column, Header
    from loaders.source import Hints, Parsed

_ENCODINGS: Final = ("utf-8", "windows-1251")
_PARTNERS: Final = re.compile(r"(?:^|[>;,\t\n\"|])\s*(?:наименовани[ея]\s+)?(?:стран[аы]|партн[её]р)", re.IGNORECASE)
_TRADE: Final = re.compile(r"экспорт|импорт|товарооборот|внешн\w+ торговл", re.IGNORECASE)
_DIRECTIONS: Final = {"эк": "export", "им": "import", "экспорт": "export", "импорт": "import", "оборот": "total"}
_FIGURE: Final = (sheet.ROW, "column", "title", "value", "partner", "period", "direction")
_VALUATIONS: Final = {"export": "FOB", "import": "CIF", "total": "unknown"}


def recognises(head: bytes) -> bool:
    """Tell a table of Russian customs by a column of partners and words of trade, both in Russian."""
    if gacc_sheets.is_workbook(head):
        text = html.unescape(gacc_sheets.peek(head))
    elif head.lstrip()[:1] in (b"<", b"{", b"["):
        return False
    else:
        utf8 = head.decode("utf-16" if head[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig", errors="ignore")
        text = utf8 if _TRADE.search(utf8) else head.decode("windows-1251", errors="ignore")
    return bool(_PARTNERS.search(text) and _TRADE.search(text))


def parse(content: bytes, name: str, hints: Hints = sheet.NO_HINTS) -> Parsed:
    """Return Russia's exports (FOB), imports (CIF) and turnover by partner, of an .xlsx, .xls or CSV.

    Flow and period that neither header nor title tells are taken from ``hints``.

    Raises:
        SourceError: no such table, or no unit, flow or period is told.
    """
    whole = sheet.Sheet(name, ())
    for grid in _grids(content, name):
        label = f"{name}, sheet {grid.place}" if grid.place else name
        header = fcs_columns.find(grid.rows, label)
        if header:
            whole.absorb(_table(grid.rows, header, label, hints))
    if not whole.rows_read:
        raise SourceError(f"{name}: no table with a column of countries (Страна) and figures; check that it has them")
    return whole.settle(
        source="fcs", reporter="RUS", classification="none", commodity_code=TOTAL, status="final", released=None
    )


def _grids(content: bytes, name: str) -> Sequence[Grid]:
    if gacc_sheets.is_workbook(content):
        return gacc_sheets.workbook(content, name).grids
    text = decode(content, name, _ENCODINGS)
    textfile.refuse_answers(text, name)
    filled = [line for line in text.splitlines() if line.strip()]
    delimiter = next((mark for mark in ";\t" if 2 * sum(mark in line for line in filled) >= len(filled)), ",")
    reader = csv.reader(textfile.lines(text), delimiter=delimiter, strict=True)
    try:
        return [Grid([list(row) for row in reader])]
    except csv.Error as error:
        raise SourceError(
            f"{name}, line {reader.line_num}: not readable as CSV ({error}); download it again"
        ) from error


def _table(rows: Sequence[Sequence[str]], header: Header, name: str, hints: Hints) -> sheet.Sheet:
    """Turn the rows of one table into figures."""
    table = sheet.Sheet(name, ())
    figures = _figures(rows, header, table)
    table.frame = pd.DataFrame(figures, columns=list(_FIGURE)).astype(dict.fromkeys(_FIGURE[2:], "str"))
    table.frame = table.frame.astype(dict.fromkeys(_FIGURE[:2], "int64"))
    table.rows_read += len(figures)
    table.beside = "title"
    columns = {column.index: column for column in header.figures}
    _units(table, columns, header)
    _flows(table, columns, header, hints)
    _periods(table, columns, header, hints)
    table.number("value", power=table.frame["power"])
    partner = table.frame["partner"].map(areas.russian)
    table.leave_out(partner.isna(), "partner " + table.frame["partner"])
    table.frame["partner"] = partner.loc[table.frame.index]
    table.frame["valuation"] = table.frame["flow"].map(_VALUATIONS)
    table.frame["reference"] = f"{name}, row " + table.frame[sheet.ROW].astype("str") + ", " + table.frame["title"]
    return table


def _figures(rows: Sequence[Sequence[str]], header: Header, table: sheet.Sheet) -> list[tuple[int | str, ...]]:
    """Return each filled cell of a column of figures with what stands beside it; count the other rows."""
    figures: list[tuple[int | str, ...]] = []
    for place, cells in enumerate(rows[header.below :], header.below + 1):
        row = [" ".join(cell.split()) for cell in cells] + [""] * (header.width - len(cells))
        if not any(row):
            continue
        told = [(column, value) for column in header.figures if (value := russian.number(row[column.index]))]
        if wrong := _wrong(row, header, some=bool(told)):
            table.refuse_row(place, wrong)
            table.rows_read += 1
        elif not told:
            table.count_out("no figures")
            table.rows_read += 1
        else:
            period = " ".join(row[index] for index in header.periods)
            direction = "" if header.direction is None else row[header.direction]
            beside = (row[header.partner], period, direction)
            figures += [(place, column.index, column.title, value, *beside) for column, value in told]
    return figures


def _wrong(row: Sequence[str], header: Header, *, some: bool) -> str:
    """Return why a row cannot be read, or nothing."""
    filled = max(i for i, cell in enumerate(row, 1) if cell)
    if row[header.partner] == header.repeated:
        return "repeats the header"
    if filled > header.width:
        return f"holds {filled} cells where the header names {header.width}"
    return "holds figures and no country" if some and not row[header.partner] else ""


def _units(table: sheet.Sheet, columns: dict[int, Column], header: Header) -> None:
    """Take the unit of money from the column's words, else from those above the table.

    Raises:
        SourceError: neither tells one, or they tell several.
    """
    above = russian.money(header.above)
    units = {index: column.units or above for index, column in columns.items()}
    unclear = next((index for index in table.frame["column"].unique() if len(units[index]) != 1), None)
    if unclear is not None:
        title = textfile.shown(columns[unclear].title)
        many = "several units" if units[unclear] else "no unit"
        raise SourceError(f"{table.name}: the column {title} tells {many} of money (as млн долл. США); write it above")
    power = {index: next(iter(unit)) for index, unit in units.items() if unit}
    table.frame["power"] = pd.Series([power[index][0] for index in table.frame["column"]], dtype="int64")
    table.frame["currency"] = pd.Series([power[index][1] for index in table.frame["column"]], dtype="str")


def _flows(table: sheet.Sheet, columns: dict[int, Column], header: Header, hints: Hints) -> None:
    """Take the flow from the column, the row, the words above the table, or the reader, in this order.

    Raises:
        SourceError: none tells it.
    """
    frame = table.frame
    column = frame["column"].map({index: column.flow for index, column in columns.items()}).astype("str")
    row = frame["direction"].map(lambda word: _DIRECTIONS.get(russian.plain(word), fcs_columns.flow(word)))
    told = column.mask(column.eq(""), row.astype("str"))
    table.refuse(told.eq("") & frame["direction"].ne(""), "direction", "is neither export nor import")
    told = told.loc[table.frame.index]
    told = told.mask(told.eq(""), fcs_columns.flow(header.above))
    if told.eq("").any():
        flow, note = gacc_words.flow_of(table.name, hints)
        table.notes.append(f"{table.name}: {note}")
        told = told.mask(told.eq(""), flow)
    table.frame["flow"] = told


def _periods(table: sheet.Sheet, columns: dict[int, Column], header: Header, hints: Hints) -> None:
    """Take the period from the row, the column, the words above the table, or the reader; each adds what lacks.

    Raises:
        SourceError: none tells a year.
    """
    rows = {text: russian.span(text) for text in table.frame["period"].unique()}
    table.refuse(
        table.frame["period"].ne("") & ~table.frame["period"].map(lambda text: bool(rows[text])).astype("bool"),
        "period",
        "is no period",
    )
    above = russian.span(header.above)
    spans = [
        rows[text].within(columns[index].span).within(above)
        for text, index in zip(table.frame["period"], table.frame["column"], strict=True)
    ]
    if any(span.dates() is None for span in spans):
        (first, last), note = gacc_words.period_of(table.name, hints)
        table.notes.append(f"{table.name}: {note}")
        given = russian.Span(first.year, first.month, last.month)
        spans = [span.within(given) if span.dates() is None else span for span in spans]
    dates = [span.dates() or (pd.NaT, pd.NaT) for span in spans]
    for column, side in (("period_start", 0), ("period_end", 1)):
        table.frame[column] = pd.Series([pair[side] for pair in dates], table.frame.index, dtype="datetime64[us]")


SOURCE: Final = Source(
    name="fcs",
    brief="Russian customs (FCS)",
    title="Customs statistics of foreign trade of the Russian Federation: trade by partner",
    publisher="Federal Customs Service of Russia",
    homepage="https://customs.gov.ru/statistic",
    licence="official statistics, free to use with attribution",
    cite="Federal Customs Service of Russia, customs statistics of foreign trade",
    coverage="totals by partner, monthly, year to date and yearly, US$; by month and partner not published since 2022",
    parse=parse,
    recognises=recognises,
)
