"""The figures of one table in Russian: each filled cell with its unit, flow, period and number, or a row refused."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

import pandas as pd

from loaders.core import flow_and_period
from loaders.core.source import Hints, SourceError
from loaders.sources.russia_customs import grouped_numbers, russian_money, russian_periods
from loaders.sources.russia_customs import header as fcs_columns
from loaders.sources.russia_customs.header import Column, TableHeader
from loaders.tables import row_account, text_files

_DIRECTIONS: Final = {"эк": "export", "им": "import", "экспорт": "export", "импорт": "import", "оборот": "total"}
_FIGURE: Final = (row_account.ROW, "column", "title", "value", "partner", "period", "direction")
_SHORT: Final = 8


def take(rows: Sequence[Sequence[str]], header: TableHeader, table: row_account.TableRows) -> None:
    """Take each filled cell of a column of figures with what stands beside it; count the other rows."""
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
    table.frame = pd.DataFrame(figures, columns=list(_FIGURE)).astype(dict.fromkeys(_FIGURE[2:], "str"))
    table.frame = table.frame.astype(dict.fromkeys(_FIGURE[:2], "int64"))
    table.rows_read += len(figures)
    table.beside = "title"


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


def units(table: row_account.TableRows, columns: dict[int, Column], header: TableHeader) -> None:
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
    units_of = {index: column.units or above for index, column in columns.items()}
    unclear = next((index for index in table.frame["column"].unique() if len(units_of[index]) != 1), None)
    if unclear is not None:
        title = text_files.shown(columns[unclear].title)
        many = "several units" if units_of[unclear] else "no unit"
        raise SourceError(f"{table.name}: the column {title} tells {many} of money (as млн долл. США); write it above")
    power = {index: next(iter(unit)) for index, unit in units_of.items() if unit}
    if not all(power[index][1] for index in table.frame["column"].unique()):
        raise SourceError(f"{table.name}: is in a currency that is not kept; bring the table in US dollars")
    table.frame["power"] = pd.Series([power[index][0] for index in table.frame["column"]], dtype="int64")
    table.frame["currency"] = pd.Series([power[index][1] for index in table.frame["column"]], dtype="str")


def flows(table: row_account.TableRows, columns: dict[int, Column], header: TableHeader, hints: Hints) -> None:
    """Take the flow from the column, the row, the words above the table, or the reader, in this order.

    Raises:
        SourceError: none tells it.
    """
    frame = table.frame
    column = frame["column"].map({index: column.flow for index, column in columns.items()}).astype("str")
    row = frame["direction"].map(lambda word: _DIRECTIONS.get(russian_periods.plain(word), fcs_columns.flow(word)))
    named = column.mask(column.eq(""), row.astype("str"))
    table.refuse(named.eq("") & frame["direction"].ne(""), "direction", "is neither export nor import")
    named = named.loc[table.frame.index]
    named = named.mask(named.eq(""), fcs_columns.flow(header.above))
    if named.eq("").any():
        flow, note = flow_and_period.flow_of(table.name, hints)
        table.notes.append(f"{table.name}: {note}")
        named = named.mask(named.eq(""), flow)
    table.frame["flow"] = named


def periods(table: row_account.TableRows, columns: dict[int, Column], header: TableHeader, hints: Hints) -> None:
    """Take the period from the row, the column, the words above the table, or the reader; each adds what lacks.

    Raises:
        SourceError: none tells a year.
    """
    rows = {text: russian_periods.span(text) for text in table.frame["period"].unique()}
    table.refuse(
        table.frame["period"].ne("")
        & ~table.frame["period"].map(lambda text: bool(rows[text]) and not rows[text].unclear).astype("bool"),
        "period",
        "is no period",
    )
    above = russian_periods.span(header.above)
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
        given = russian_periods.Span(first.year, first.month, last.month)
        spans = [(given if span.unclear else span.within(given)) if span.dates() is None else span for span in spans]
    dates = [span.dates() or (pd.NaT, pd.NaT) for span in spans]
    for column, side in (("period_start", 0), ("period_end", 1)):
        table.frame[column] = pd.Series([pair[side] for pair in dates], table.frame.index, dtype="datetime64[us]")


def _check_clear(spans: Sequence[russian_periods.Span], header: TableHeader, name: str, hints: Hints) -> None:
    """Refuse words of a period that are not understood: the file's name may say less than they do."""
    if hints.period is None and any(span.unclear for span in spans):
        words = text_files.shown(" ".join((*header.lines, *(column.title for column in header.figures))))
        raise SourceError(f"{name}: its period is not clear from {words}; say it with --period 2024-01..2024-06")


def numbers(table: row_account.TableRows) -> None:
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
