"""The table of a chart: its rows to read, each with the way to what is known of its number."""

from dataclasses import dataclass
from typing import Any, Final

import pandas as pd
from dash import html

from analysis.points import POINT
from analysis.selection import Selection
from layouts.cards.cells import cell_text
from layouts.figure.chart import Chart
from layouts.figure.nearest_view import INSTEAD, VIEW
from layouts.look import foreign_words
from layouts.look.html_attributes import aria, asked, data
from layouts.words import text
from layouts.words.catalogue import say, say_many
from layouts.words.column_dictionary import heading

MOST: Final = 600  # rows of one table; the CSV has them all
_LONG: Final = ("reference", "sentence", "note", "says", "steps", "codes")  # the panel and the CSV have them
# what the picture says above them is not said again in each row
_HIDDEN: Final = frozenset({"period_start", "period_end", "months", "method", POINT, VIEW, INSTEAD})


@dataclass(frozen=True)
class TableTexts:
    """The rows of a table as a reader sees them: headings, the text of each column, the name of each row's point.

    ``older`` says how many rows are left out at the end; empty where none are.
    """

    heads: list[str]
    columns: list[list[str]]
    points: list[str]
    older: str


def texts(rows: pd.DataFrame) -> TableTexts:
    """Return the newest rows, first the newest; of each column that holds anything a reader looks for."""
    shown = rows.iloc[::-1].head(MOST)
    names = [name for name in shown.columns if _short(name) and shown[name].notna().any()]
    heads = [heading(name) for name in names]
    columns = [[cell_text(name, cell) for cell in shown[name].tolist()] for name in names]
    if "period_start" in shown:
        heads.insert(0, say("cards.head.period"))
        columns.insert(0, [_period(*ends) for ends in zip(shown["period_start"], shown["period_end"], strict=True)])
    left = len(rows) - len(shown)
    older = say_many("cards.twin.older", left) if left > 0 else ""
    return TableTexts(heads, columns, [str(point) for point in shown[POINT]], older)


def _period(start: pd.Timestamp, end: pd.Timestamp) -> str:
    return "–" if pd.isna(start) else text.short_span(start, end)


def table(chart: Chart, rows: pd.DataFrame, selection: Selection) -> list[Any]:
    """Return the rows as a table, newest first; the first cell of each opens its number."""
    if rows.empty:
        return [html.P(say("cards.twin.none"))]
    shown = texts(rows)
    lines = zip(*shown.columns, strict=True)
    body = [_row(list(cells), point, selection) for cells, point in zip(lines, shown.points, strict=True)]
    head = html.Thead(html.Tr([html.Th(name, scope="col") for name in shown.heads]))
    grid = html.Table([html.Caption(say("cards.twin.caption", chart=chart.title)), head, html.Tbody(body)])
    more = [html.P(shown.older, className="meta")] if shown.older else []
    region = aria(label=say("cards.twin.label", chart=chart.title))
    return foreign_words.named_all(
        [html.Div(grid, className="scroll twin", tabIndex="0", role="region", **region), *more]
    )


def _short(name: str) -> bool:
    return name not in _HIDDEN and not any(name.endswith(word) for word in _LONG)


def _row(cells: list[str], point: str, selection: Selection) -> html.Tr:
    first = html.Th(html.A(cells[0] or "–", href=asked(selection, point), title=say("cards.twin.open")), scope="row")
    return html.Tr([first, *(html.Td(cell) for cell in cells[1:])], tabIndex="-1", **data(point=point))
