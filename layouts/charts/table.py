"""The tidy table itself, under the query."""

from typing import Final

import pandas as pd

from analysis.dataset import Dataset
from analysis.selection import Selection
from layouts.drawing import geometry
from layouts.drawing.canvas import Canvas
from layouts.figure import source_line
from layouts.figure.chart import Chart, Words
from layouts.figure.frame import blank, framed
from layouts.look.theme import PRINT, Look
from layouts.words import text
from layouts.words.catalogue import say, say_many


def rows(dataset: Dataset, selection: Selection) -> pd.DataFrame:
    """Return every row and vintage of the one table that the query asks for; all of them without one."""
    table = dataset.trade
    chosen = selection.covers(table)
    if selection.flow not in {None, "both"}:
        chosen &= table["flow"].eq(selection.flow)
    elif selection.flow == "both":
        chosen &= table["flow"].isin(["export", "import"])
    if selection.currency:
        chosen &= table["currency"].eq(selection.currency)
    return table[chosen].reset_index(drop=True)


def words(rows: pd.DataFrame, selection: Selection) -> Words:
    """Count the rows."""
    del selection
    return Words(
        say_many("charts.table.figures", len(rows), figures=text.number(len(rows), 0)),
        say("charts.table.subtitle"),
        "",
        say("charts.table.unit"),
    )


def draw(rows: pd.DataFrame, selection: Selection, look: Look = PRINT) -> Canvas:
    """Draw how many rows each source holds, largest first."""
    counts = rows["source"].value_counts()
    counts = counts[counts.gt(0)].sort_values()
    sources = [source_line.short(str(name)) for name in counts.index]
    names = geometry.longest(sources, look.axis) + geometry.EDGE
    figure = blank(look, words(rows, selection), geometry.room(look, left=names))
    if sources:
        figure.add_bar(
            x=counts.to_numpy(),
            y=sources,
            orientation="h",
            marker={"color": look.palette.rest},
            text=[text.number(n, 0) for n in counts],
            textposition="outside",
            cliponaxis=False,
        )
    figure.update_yaxes(showgrid=False)
    return framed(figure)


CHART: Final = Chart("table", rows, words, draw, page=False)
