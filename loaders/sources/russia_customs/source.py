"""Totals by partner from tables in Russian: of the Federal Customs Service of Russia, or of whom the reader names.

The form is the published one; wording may vary, but without a unit of money and a period there is no figure.
"""

import html
import re
from collections.abc import Sequence
from typing import Final

from loaders.core import flow_and_period
from loaders.core.schema import TOTAL
from loaders.core.source import Hints, Parsed, Source, SourceError
from loaders.sources.russia_customs import figures, russian_periods
from loaders.sources.russia_customs import header as fcs_columns
from loaders.sources.russia_customs import titles as fcs_titles
from loaders.sources.russia_customs.header import TableHeader
from loaders.tables import country_words, row_account, text_files, workbooks
from loaders.tables.parsing import decode
from loaders.tables.workbooks import TextGrid

_ENCODINGS: Final = ("utf-8", "windows-1251")
_PARTNERS: Final = re.compile(
    r"(?:^|[>;,\t\n\"|])\s*(?:наименовани[ея]\s+)?(?:стран[аы]|партн[её]р|государств[оа]|контрагент)", re.IGNORECASE
)
_TRADE: Final = re.compile(r"экспорт|импорт|товарооборот|внешн\w+ торговл", re.IGNORECASE)
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
        elif place := _figures_without(grid.rows):
            whole.refuse_row(place, f"the sheet {grid.place} holds figures and no column of countries (Страна)")
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
    figures.take(rows, header, table)
    columns = {column.index: column for column in header.figures}
    figures.units(table, columns, header)
    figures.flows(table, columns, header, hints)
    figures.periods(table, columns, header, hints)
    figures.numbers(table)
    partner = table.frame["partner"].map(country_words.russian)
    table.leave_out(partner.isna(), "partner " + table.frame["partner"])
    table.frame["partner"] = partner.loc[table.frame.index]
    table.frame["reporter"] = whose.reporter
    table.frame["released"] = russian_periods.released(header.above)
    table.frame["valuation"] = table.frame["flow"].map(_VALUATIONS)
    table.frame["reference"] = (
        f"{name}, row " + table.frame[row_account.ROW].astype("str") + ", " + table.frame["title"]
    )
    return table


def _lacks_too(header: TableHeader, name: str, hints: Hints) -> str:
    """Name the other flags that a table without a known title needs, so that one line tells all."""
    flow = header.direction is None and not fcs_columns.flow(header.above)
    flow = flow and any(not column.flow for column in header.figures)
    above = russian_periods.span(header.above)
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


SOURCE: Final = Source.of("fcs", parse=parse, recognises=recognises)

NATIONAL: Final = Source.of("national", parse=parse)
