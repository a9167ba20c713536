"""Totals by partner from tables in Russian: of the Federal Customs Service of Russia, or of whom the reader names.

The form is the published one; wording may vary, but without a unit of money and a period there is no figure.
"""

from __future__ import annotations

import html
import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

import pandas as pd

from loaders.core import flow_and_period
from loaders.core.schema import TOTAL
from loaders.core.source import Source, SourceError
from loaders.sources.russia_customs import header as fcs_columns
from loaders.sources.russia_customs import titles as fcs_titles
from loaders.tables import country_words, grouped_numbers, row_account, russian_money, text_files, workbooks
from loaders.tables.parsing import decode
from loaders.tables.workbooks import TextGrid

if TYPE_CHECKING:
    from collections.abc import Sequence

    from loaders.core.source import Hints, Parsed
    from loaders.sources.russia_customs.header import Column, TableHeader

_ENCODINGS: Final = ("utf-8", "windows-1251")
_PARTNERS: Final = re.compile(
    r"(?:^|[>;,\t\n\"|])\s*(?:наименовани[ея]\s+)?(?:стран[аы]|партн[её]р|государств[оа]|контрагент)", re.IGNORECASE
)
_TRADE: Final = re.compile(r"экспорт|импорт|товарооборот|внешн\w+ торговл", re.IGNORECASE)
_DIRECTIONS: Final = {"эк": "export", "им": "import", "экспорт": "export", "импорт": "import", "оборот": "total"}
_FIGURE: Final = (row_account.ROW, "column", "title", "value", "partner", "period", "direction")
_SHORT: Final = 8
_VALUATIONS: Final = {"export": "FOB", "import": "CIF", "total": "unknown"}
_HEAD: Final = 1 << 16  # bytes in which the header of a text file ends


def recognises(head: bytes) -> bool:
    """Tell a table of Russian customs by a column of partners and words of trade, both in Russian."""
    if workbooks.is_workbook(head):
        text = html.unescape(workbooks.peek(head))
    elif head.lstrip()[:1] in (b"<", b"{", b"["):
        return False
    else:
        head = head[:_HEAD]
        utf8 = head.decode("utf-16" if head[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig", errors="ignore")
        text = utf8 if _TRADE.search(utf8) else head.decode("windows-1251", errors="ignore")
    return bool(_PARTNERS.search(text) and _TRADE.search(text))


def parse(content: bytes, name: str, hints: Hints = row_account.NO_HINTS) -> Parsed:
    """Return a country's exports (FOB), imports (CIF) and turnover by partner, of an .xlsx, .xls or CSV.

    Whose they are is told by a known title of Russian customs, or taken from ``hints``, as are flow
    and period that neither header nor title tells.

    Raises:
        SourceError: no such table, or no reporter, unit, flow or period is told.
    """
    whole = row_account.TableRows(name, ())
    sources: set[str] = set()
    for grid in _grids(content, name):
        label = f"{name}, sheet {grid.place}" if grid.place else name
        header = fcs_columns.find(grid.rows, label)
        if header:
            whole.absorb(_table(grid.rows, header, label, hints, sources))
        elif figures := _figures_without(grid.rows):
            whole.refuse_row(figures, f"the sheet {grid.place} holds figures and no column of countries (Страна)")
            whole.rows_read += 1
    if not sources:
        raise SourceError(f"{name}: no table with a column of countries (Страна) and figures; check that it has them")
    if len(sources) > 1:
        raise SourceError(f"{name}: its sheets are of several countries; bring them one by one")
    return whole.settle(source=sources.pop(), classification="none", commodity_code=TOTAL, status="final")


def _figures_without(rows: Sequence[Sequence[str]]) -> int:
    """Return the first row with two figures of a sheet that has no header, zero for none."""
    for place, row in enumerate(rows, 1):
        if sum(re.fullmatch(r"[0-9][0-9 .,]*", cell.strip()) is not None for cell in row) > 1:
            return place
    return 0


def _grids(content: bytes, name: str) -> Sequence[TextGrid]:
    if workbooks.is_workbook(content):
        return workbooks.read_by_hand(content, name)
    text = decode(content, name, _ENCODINGS)
    text_files.refuse_answers(text, name)
    filled = [line for line in text.splitlines() if line.strip()]
    below = filled[len(filled) // 2 :]  # titles hold no delimiter
    delimiter = next((mark for mark in ";\t" if 2 * sum(mark in line for line in below) >= len(below)), ",")
    return [TextGrid(list(text_files.rows(text, name, delimiter, strict=True)))]


def _table(
    rows: Sequence[Sequence[str]], header: TableHeader, name: str, hints: Hints, sources: set[str]
) -> row_account.TableRows:
    """Turn the rows of one table into figures; note in ``sources`` whose they are."""
    table = row_account.TableRows(name, ())
    titles = [column.title for column in header.figures]
    try:
        whose = fcs_titles.reporter(header.lines, titles, _partners(rows, header), name, hints)
    except SourceError as error:
        raise SourceError(f"{error}{_lacks_too(header, name, hints) if '--reporter ' in str(error) else ''}") from error
    sources.add(whose.source)
    table.notes += [f"{name}: {whose.note}"] * bool(whose.note)
    figures = _figures(rows, header, table)
    table.frame = pd.DataFrame(figures, columns=list(_FIGURE)).astype(dict.fromkeys(_FIGURE[2:], "str"))
    table.frame = table.frame.astype(dict.fromkeys(_FIGURE[:2], "int64"))
    table.rows_read += len(figures)
    table.beside = "title"
    columns = {column.index: column for column in header.figures}
    _units(table, columns, header)
    _flows(table, columns, header, hints)
    _periods(table, columns, header, hints)
    _numbers(table)
    partner = table.frame["partner"].map(country_words.russian)
    table.leave_out(partner.isna(), "partner " + table.frame["partner"])
    table.frame["partner"] = partner.loc[table.frame.index]
    table.frame["reporter"] = whose.reporter
    table.frame["released"] = russian_money.released(header.above)
    table.frame["valuation"] = table.frame["flow"].map(_VALUATIONS)
    table.frame["reference"] = (
        f"{name}, row " + table.frame[row_account.ROW].astype("str") + ", " + table.frame["title"]
    )
    return table


def _lacks_too(header: TableHeader, name: str, hints: Hints) -> str:
    """Name the other flags that a table without a known title needs, so that one line tells all."""
    flow = header.direction is None and not fcs_columns.flow(header.above)
    flow = flow and any(not column.flow for column in header.figures)
    above = russian_money.span(header.above)
    period = not header.periods and any(column.span.within(above).dates() is None for column in header.figures)
    lacks: list[str] = []
    for flag, wanted in (("--flow", flow), ("--period", period)):
        try:
            flow_and_period.flow_and_period(
                name, hints, flow=wanted and flag == "--flow", period=wanted and flag == "--period"
            )
        except SourceError:
            lacks.append(flag)
    return f"; and give {' and '.join(lacks)}, which it does not say either" if lacks else ""


def _partners(rows: Sequence[Sequence[str]], header: TableHeader) -> list[str]:
    """Return the cells of the column of partners."""
    return [row[header.partner] for row in rows[header.below :] if len(row) > header.partner]


def _numbers(table: row_account.TableRows) -> None:
    """Read each column's numbers as that column, else the table, tells its groups and decimals."""
    frame = table.frame
    printed = frame["value"].tolist()
    read = pd.Series(frame["value"].array, frame.index)
    for _, own in frame.groupby("column", sort=False):
        read[own.index] = grouped_numbers.plain(own["value"].tolist(), printed)
    doubtful = read.str.endswith(grouped_numbers.DOUBTFUL) & read.ne(frame["value"])
    table.refuse(doubtful, "value", "could be read in two ways: groups of thousands or decimals")
    table.frame["value"] = read.loc[table.frame.index]
    table.number("value", power=table.frame["power"])


def _figures(
    rows: Sequence[Sequence[str]], header: TableHeader, table: row_account.TableRows
) -> list[tuple[int | str, ...]]:
    """Return each filled cell of a column of figures with what stands beside it; count the other rows."""
    figures: list[tuple[int | str, ...]] = []
    for place, cells in enumerate(rows[header.below :], header.below + 1):
        row = [" ".join(cell.split()) for cell in cells] + [""] * (header.width - len(cells))
        if not any(row):
            continue
        filled = [(column, value) for column in header.figures if (value := _filled(row[column.index]))]
        if wrong := _wrong(row, header, some=bool(filled)):
            table.refuse_row(place, wrong)
            table.rows_read += 1
        elif not filled:
            table.left_out["no figures"] += 1
            table.rows_read += 1
        else:
            period = " ".join(row[index] for index in header.periods)
            direction = "" if header.direction is None else row[header.direction]
            beside = (row[header.partner], period, direction)
            figures += [(place, column.index, column.title, value, *beside) for column, value in filled]
    return figures


def _filled(cell: str) -> str:
    """Return a cell that is no mark for nothing."""
    return "" if cell.casefold() in russian_money.NONE else cell


def _wrong(row: Sequence[str], header: TableHeader, *, some: bool) -> str:
    """Return why a row cannot be read, or nothing."""
    filled = max(i for i, cell in enumerate(row, 1) if cell)
    if row[header.partner] == header.repeated:
        return "repeats the header"
    if fcs_columns.is_partner(row[header.partner]):
        return f"begins another table ({text_files.shown(row[header.partner])}); keep one table a sheet"
    if filled > header.width:
        return f"holds {filled} cells where the header names {header.width}"
    if not some and (other := next((cell for cell in row if _begins(cell)), "")):
        return f"begins another table ({text_files.shown(other)}); keep one table a sheet"
    return "holds figures and no country" if some and not row[header.partner] else ""


def _begins(cell: str) -> bool:
    """Return whether a cell between rows of figures is the header or the short title of another table."""
    return fcs_columns.is_partner(cell) or bool(len(cell.split()) <= _SHORT and fcs_columns.flow(cell))


def _units(table: row_account.TableRows, columns: dict[int, Column], header: TableHeader) -> None:
    """Take the unit of money from the column's words, else from those above the table.

    Raises:
        SourceError: neither tells one, or they tell several.
    """
    above = russian_money.money(header.above)
    if loose := russian_money.loose_scale(header.above):
        raise SourceError(
            f"{table.name}: {loose!r} above the table belongs to no currency; write its unit, as млн долл."
        )
    fcs_columns.check_currencies((*header.lines, *(column.title for column in columns.values())), table.name)
    units = {index: column.units or above for index, column in columns.items()}
    unclear = next((index for index in table.frame["column"].unique() if len(units[index]) != 1), None)
    if unclear is not None:
        title = text_files.shown(columns[unclear].title)
        many = "several units" if units[unclear] else "no unit"
        raise SourceError(f"{table.name}: the column {title} tells {many} of money (as млн долл. США); write it above")
    power = {index: next(iter(unit)) for index, unit in units.items() if unit}
    if not all(power[index][1] for index in table.frame["column"].unique()):
        raise SourceError(f"{table.name}: is in a currency that is not kept; bring the table in US dollars")
    table.frame["power"] = pd.Series([power[index][0] for index in table.frame["column"]], dtype="int64")
    table.frame["currency"] = pd.Series([power[index][1] for index in table.frame["column"]], dtype="str")


def _flows(table: row_account.TableRows, columns: dict[int, Column], header: TableHeader, hints: Hints) -> None:
    """Take the flow from the column, the row, the words above the table, or the reader, in this order.

    Raises:
        SourceError: none tells it.
    """
    frame = table.frame
    column = frame["column"].map({index: column.flow for index, column in columns.items()}).astype("str")
    row = frame["direction"].map(lambda word: _DIRECTIONS.get(russian_money.plain(word), fcs_columns.flow(word)))
    flows = column.mask(column.eq(""), row.astype("str"))
    table.refuse(flows.eq("") & frame["direction"].ne(""), "direction", "is neither export nor import")
    flows = flows.loc[table.frame.index]
    flows = flows.mask(flows.eq(""), fcs_columns.flow(header.above))
    if flows.eq("").any():
        flow, note = flow_and_period.flow_of(table.name, hints)
        table.notes.append(f"{table.name}: {note}")
        flows = flows.mask(flows.eq(""), flow)
    table.frame["flow"] = flows


def _periods(table: row_account.TableRows, columns: dict[int, Column], header: TableHeader, hints: Hints) -> None:
    """Take the period from the row, the column, the words above the table, or the reader; each adds what lacks.

    Raises:
        SourceError: none tells a year.
    """
    rows = {text: russian_money.span(text) for text in table.frame["period"].unique()}
    table.refuse(
        table.frame["period"].ne("")
        & ~table.frame["period"].map(lambda text: bool(rows[text]) and not rows[text].unclear).astype("bool"),
        "period",
        "is no period",
    )
    above = russian_money.span(header.above)
    if above.first is None and any(map(russian_money.vague, header.lines)):
        above = replace(above, unclear=True)
    spans = [
        rows[text].within(columns[index].span).within(above)
        for text, index in zip(table.frame["period"], table.frame["column"], strict=True)
    ]
    if any(span.dates() is None for span in spans):
        _check_clear(spans, header, table.name, hints)
        (first, last), note = flow_and_period.period_of(table.name, hints)
        table.notes.append(f"{table.name}: {note}")
        given = russian_money.Span(first.year, first.month, last.month)
        spans = [(given if span.unclear else span.within(given)) if span.dates() is None else span for span in spans]
    dates = [span.dates() or (pd.NaT, pd.NaT) for span in spans]
    for column, side in (("period_start", 0), ("period_end", 1)):
        table.frame[column] = pd.Series([pair[side] for pair in dates], table.frame.index, dtype="datetime64[us]")


def _check_clear(spans: Sequence[russian_money.Span], header: TableHeader, name: str, hints: Hints) -> None:
    """Refuse words of a period that are not understood: the file's name may say less than they do."""
    if hints.period is None and any(span.unclear for span in spans):
        words = text_files.shown(" ".join((*header.lines, *(column.title for column in header.figures))))
        raise SourceError(f"{name}: its period is not clear from {words}; say it with --period 2024-01..2024-06")


SOURCE: Final = Source.of("fcs", parse=parse, recognises=recognises)

NATIONAL: Final = Source.of("national", parse=parse)
