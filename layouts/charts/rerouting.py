"""Does it go round the back? China's exports to eight places and theirs to Russia, indexed to 2021."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from analysis import origins, rerouting
from analysis.rerouting import BASE, TO_RUSSIA
from layouts.charts import panels, sources
from layouts.charts.base import Chart, Words
from layouts.charts.frame import blank, framed
from layouts.theme import PRINT, Look

if TYPE_CHECKING:
    import pandas as pd
    import plotly.graph_objects as go

    from analysis.book import Book
    from analysis.selection import Selection


def rows(book: Book, selection: Selection) -> pd.DataFrame:
    """Return the three series of each place by year; what is missing or only a piece says so in ``reason``."""
    table = rerouting.legs(book)
    return table[selection.covers(table)].reset_index(drop=True) if len(table) else table


def words(rows: pd.DataFrame, selection: Selection) -> Words:
    """Compute finding, subtitle and source line from the rows."""
    del selection
    held = rows.dropna(subset=["index"]) if len(rows) else rows
    if held.empty:
        return Words("No trade of third places for these years", "Choose another period", "", "2021 = 100")
    years = f"{held['period_start'].min().year}–{held['period_end'].max().year}"
    subtitle = (
        f"Machines and electronics (HS 84, 85) from China to each place and from there to Russia; thin: all goods, as "
        f"Russia counts them. Index, {BASE} = 100, each rule four times the one below, {years}"
    )
    said = (
        f"Under each name: sent to Russia in {BASE} and last, US$. Hatched: not reported, or only a piece of the "
        f"year. Dashed: may be estimated. Risen: both legs above {BASE} in the newest year that both report."
    )
    return Words(_finding(held), subtitle, sources.line(held), f"{BASE} = 100", said)


def _finding(held: pd.DataFrame) -> str:
    """Say in how many places both legs rose, and that this proves nothing."""
    rose, places = rerouting.both_rose(held)
    if not places:
        return "Trade of eight places between China and Russia"
    return f"Both legs rose in {rose} of {places} places: compatible with rerouting, not proof of it"


def draw(rows: pd.DataFrame, selection: Selection, look: Look = PRINT) -> go.Figure:
    """Draw a panel a place, all on one logarithmic scale, the steepest rise towards Russia first."""
    look = replace(look, height=930) if look.narrow else look if look.printed else replace(look, height=620)
    figure = blank(look)
    said = words(rows, selection)
    framed(figure, said, look, below=0, left=0, gutter=0)
    room = look.width - 2 * look.margin
    deep = figure.layout.height - figure.layout.margin.t - figure.layout.margin.b
    figure.update_xaxes(range=[0, room], visible=False)
    figure.update_yaxes(range=[deep, 0], visible=False)
    figure.update_layout(barmode="overlay")
    if rows.empty or rows["index"].isna().all():
        return figure
    figure.gather()
    grid = panels.grid_of(rows, look, room, deep)
    for place, (code, part) in enumerate(_ordered(rows)):
        panels.panel(figure, part, grid, place, look)
        panels.title(figure, part, rerouting.PLACES[code], grid.corner(place), look)
        if place == 0:
            panels.name_lines(figure, grid, look)
    figure.settle()
    return figure


def _ordered(rows: pd.DataFrame) -> list[tuple[str, pd.DataFrame]]:
    newest = rerouting.newest(rows, TO_RUSSIA)["index"].sort_values(ascending=False)
    codes = [*newest.index, *[code for code in rows["place"].unique() if code not in newest.index]]
    return [(str(code), rows[rows["place"].eq(code)]) for code in codes]


CHART: Final = Chart(
    "rerouting",
    "Third places",
    "Does it go round the back?",
    rows,
    words,
    draw,
    caveat=(
        "A rise on both legs is compatible with goods going round, not proof of it: it can be transit, new demand or "
        "another way of counting. Russia counts by country of origin, so what only passes through stays with China."
    ),
    marks=("place", "leg"),
    parts=origins.placed,
)
