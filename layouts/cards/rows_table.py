"""The table of a chart: its rows to read, each with the way to what is known of its number."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import pandas as pd
from dash import html

from analysis.points import POINT
from layouts.cards.cells import cell_text
from layouts.figure.nearest_view import INSTEAD, VIEW
from layouts.look.html_attributes import aria, asked, data
from layouts.words import text
from layouts.words.catalogue import say, say_many
from layouts.words.column_dictionary import heading

if TYPE_CHECKING:
    from analysis.selection import Selection
    from layouts.figure.chart import Chart

MOST: Final = 600  # rows of one table; the CSV has them all
_LONG: Final = ("reference", "sentence", "note", "says", "steps", "codes")  # the panel and the CSV have them
# what the picture says above them is not said again in each row
_HIDDEN: Final = frozenset({"period_start", "period_end", "months", "method", POINT, VIEW, INSTEAD})


def table(chart: Chart, rows: pd.DataFrame, selection: Selection) -> list[Any]:
    """Return the rows as a table, newest first; the first cell of each opens its number."""
    if rows.empty:
        return [html.P(say("cards.twin.none"))]
    shown = rows.iloc[::-1].head(MOST)
    columns = [name for name in shown.columns if _short(name) and shown[name].notna().any()]
    period = "period_start" in shown
    heads = [*([say("cards.head.period")] if period else []), *(heading(name) for name in columns)]
    body = [_row(row, columns, selection, period=period) for row in shown.to_dict("records")]
    head = html.Thead(html.Tr([html.Th(name, scope="col") for name in heads]))
    grid = html.Table([html.Caption(say("cards.twin.caption", chart=chart.title)), head, html.Tbody(body)])
    left = len(rows) - len(shown)
    more = [html.P(say_many("cards.twin.older", left), className="meta")] if left > 0 else []
    region = aria(label=say("cards.twin.label", chart=chart.title))
    return [html.Div(grid, className="scroll twin", tabIndex="0", role="region", **region), *more]


def _short(name: str) -> bool:
    return name not in _HIDDEN and not any(name.endswith(word) for word in _LONG)


def _row(row: dict[Any, Any], columns: list[str], selection: Selection, *, period: bool) -> html.Tr:
    cells = [cell_text(name, row[name]) for name in columns]
    if period:
        known = not pd.isna(row["period_start"])
        cells.insert(0, text.short_span(row["period_start"], row["period_end"]) if known else "–")
    point, title = str(row[POINT]), say("cards.twin.open")
    first = html.Th(html.A(cells[0] or "–", href=asked(selection, point), title=title), scope="row")
    return html.Tr([first, *(html.Td(cell) for cell in cells[1:])], tabIndex="-1", **data(point=point))
