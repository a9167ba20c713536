"""What stands above the figures of a customs table: title, unit, and which column is which.

Nothing here is assumed: a table whose words do not agree with each other is refused.
"""

import re
from dataclasses import dataclass
from typing import Final

import pandas as pd

from loaders.core import flow_and_period
from loaders.core.flow_and_period import Period
from loaders.core.source import Hints, SourceError
from loaders.sources.china_customs import pages as gacc_pages
from loaders.sources.china_customs import titles as gacc_titles
from loaders.sources.china_customs.pages import Page, clean
from loaders.sources.china_customs.titles import MONTHS, tight
from loaders.tables.grids import TextGrid

_HEAD_ROWS: Final = 15
_FEWEST: Final = 3
_FEBRUARY: Final = 2
_DECEMBER: Final = 12
_FLOWS: Final = {
    "total": ("export&import", "import&export", "exports&imports", "imports&exports", "total", "进出口"),
    "export": ("export", "exports", "出口"),
    "import": ("import", "imports", "进口"),
}
_FLOW_OF: Final = {word: flow for flow, words in _FLOWS.items() for word in words}
_VALUED: Final = re.compile(r"[（(]?(?:c\.?i\.?f\.?|f\.?o\.?b\.?|到岸价格?|离岸价格?)(?:value|price|价格?)?s?[)）]?$")
_RATE: Final = re.compile(
    r"[%％‰]|percent|change|growth|year-on-year|y-?o-?y|同比|环比|增长|比去年|比上年|增减|指数|比重|share"
)
_ONE_MONTH: Final = re.compile(rf"(?:([0-9]{{1,2}})月?|({MONTHS})[a-z]*\.?)")
_TO_DATE: Final = re.compile(rf"(?:1月?|jan[a-z]*\.?)(?:-?to-?|至|[-–—~])(?:([0-9]{{1,2}})月?|({MONTHS})[a-z]*\.?)")


@dataclass(frozen=True)
class Columns:
    """The heading of a table: its rows, the column of labels, and flow and month of each column of figures.

    A column to date has its last month; ``to_date`` tells it from a month's own.
    """

    above: int
    below: int
    label: int
    flows: dict[int, str]
    months: dict[int, int]
    to_date: frozenset[int]


@dataclass(frozen=True)
class ColumnHeads:
    """How to read the figures: from which row, flow and period by column, currency, scale and vintage."""

    below: int
    label: int
    columns: dict[int, tuple[str, Period]]
    currency: str
    scale: int
    status: str
    released: pd.Timestamp
    notes: list[str]


def columns(grid: TextGrid) -> Columns | None:
    """Find the heading; nothing where a grid has none of a table by country."""
    rows = [[clean(cell) for cell in cells] for cells in grid.rows[:_HEAD_ROWS]]
    flow_rows = [
        number for number, cells in enumerate(rows) if sum(_flow(cell) is not None for cell in cells) >= _FEWEST
    ]
    if not flow_rows:
        return None
    top, bottom = flow_rows[0], max(number for number in flow_rows if number <= flow_rows[0] + 1)
    if bottom + 1 < len(rows) and sum(bool(_TO_DATE.fullmatch(tight(cell))) for cell in rows[bottom + 1]) > 0:
        bottom += 1
    names = _filled(rows[top])
    # Months stand below the flows, or once above several of them.
    periods = [*rows[top + 1 : bottom + 1], _filled(rows[top - 1]) if top else []]
    flows: dict[int, str] = {}
    months: dict[int, int] = {}
    to_date = set()
    for column, name in enumerate(names):
        flow, month = _flow(name), _month(periods, column)
        if flow is None or month is None:
            continue
        flows[column], months[column] = flow, abs(month)
        if month < 0:
            to_date.add(column)
    if not flows or not min(flows):
        return None
    return Columns(top, bottom + 1, min(flows) - 1, flows, months, frozenset(to_date))


def _flow(text: str) -> str | None:
    """Return the flow that a heading names, with or without how it is valued: exports FOB, imports CIF."""
    return _FLOW_OF.get(_VALUED.sub("", tight(text).replace("and", "&")).rstrip(":：,，-–"))


def _filled(cells: list[str]) -> list[str]:
    """Repeat a heading over the empty cells to its right: sheets print a merged one once."""
    filled: list[str] = []
    for cell in cells:
        filled.append(cell or (filled[-1] if filled else ""))
    return filled


def _month(rows: list[list[str]], column: int) -> int | None:
    """Return the month that a column is headed with, negative where it is the last of a year to date."""
    for cells in rows:
        text = tight(cells[column]) if column < len(cells) else ""
        for pattern, sign in ((_TO_DATE, -1), (_ONE_MONTH, 1)):
            if match := pattern.fullmatch(text):
                month = int(match[1]) if match[1] else MONTHS.split("|").index(match[2]) + 1
                return sign * month if 1 <= month <= _DECEMBER else None
    return None


def read(grid: TextGrid, heads: Columns, page: Page, name: str, hints: Hints) -> ColumnHeads:
    """Read title, unit and date, and check them against each other and the heading.

    Raises:
        SourceError: one is missing, or two disagree.
    """
    above = [text for cells in grid.rows[: heads.above] for cell in cells if (text := clean(cell))]
    titles = list(dict.fromkeys(text for text in (*page.titles, *above) if gacc_titles.is_title(text)))
    if not titles:
        raise gacc_titles.no_table(page, name)
    gacc_titles.check_scope(titles, (*page.titles, *above), name)
    currency, scale = gacc_titles.unit(above, name)
    named = {gacc_pages.currency(title) for title in titles} - {""}
    if named - {currency}:
        raise SourceError(
            f"{name}: its title says {' and '.join(sorted(named))}, its unit {currency}; bring its sibling page"
        )
    if unread := _unread(grid, heads):
        raise SourceError(f"{name}: its column {unread!r} is no flow and no rate that is known here; report this table")
    notes: list[str] = []
    year, month, joint = _ends(titles, name, hints, notes)
    if any(other != month for other in heads.months.values()):
        raise SourceError(f"{name}: its title says month {month}, its columns {sorted(set(heads.months.values()))}")
    joint = joint or (month == _FEBRUARY and _same(grid, heads))
    spans = {
        column: flow_and_period.months((year, 1 if joint or column in heads.to_date else month), (year, month))
        for column in heads.flows
    }
    return ColumnHeads(
        heads.below,
        heads.label,
        {column: (flow, spans[column]) for column, flow in heads.flows.items()},
        currency,
        scale,
        gacc_titles.status(titles),
        gacc_titles.released(
            [*page.dates, *gacc_titles.dates_in((*page.titles, *above))],
            pd.Timestamp(year=year, month=month, day=1),
            notes,
        ),
        notes,
    )


def _unread(grid: TextGrid, heads: Columns) -> str:
    """Return the heading of a column that is passed over without being a rate: its figures would be lost."""
    rows = [[clean(cell) for cell in cells] for cells in grid.rows[heads.above : heads.below]]
    above = _filled([clean(cell) for cell in grid.rows[heads.above - 1]]) if heads.above else []
    filled = [_filled(row) for row in rows]
    figures = [cells for cells in grid.rows[heads.below :] if len({clean(cell) for cell in cells} - {""}) > 1]
    for column in range(heads.label + 1, max(map(len, rows))):
        if column in heads.flows or not any(len(cells) > column and clean(cells[column]) for cells in figures):
            continue
        words = " ".join(dict.fromkeys(row[column] for row in filled if column < len(row) and row[column]))
        if not _RATE.search(tight(" ".join([words, *above[column : column + 1]]))):
            return words or f"column {column + 1}"
    return ""


def _ends(titles: list[str], name: str, hints: Hints, notes: list[str]) -> tuple[int, int, bool]:
    """Return year and last month of a table, and whether January and February are printed together."""
    stated = {ends for title in titles if (ends := gacc_titles.dated(title))}
    if len(stated) > 1:
        raise SourceError(f"{name}: its titles name different months: {' and '.join(sorted(titles))}")
    if stated:
        if hints.period is not None:
            notes.append("--period is not used: the table has its own month")
        return stated.pop()
    (first, last), note = flow_and_period.period_of(name, hints)
    notes.append(note)
    return last.year, last.month, (first.month, last.month) == (1, 2)


def _same(grid: TextGrid, heads: Columns) -> bool:
    """Return whether the month's columns only repeat those to date: then February is not alone in them."""
    alone = [column for column in heads.flows if column not in heads.to_date]
    for column in alone:
        twin = next((other for other in heads.to_date if heads.flows[other] == heads.flows[column]), None)
        for cells in grid.rows[heads.below :]:
            if twin is None or (max(column, twin) < len(cells) and clean(cells[column]) != clean(cells[twin])):
                return False
    return bool(alone)
