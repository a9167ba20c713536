"""Does it go round the back? China's exports to eight places and theirs to Russia, indexed to 2021."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

import pandas as pd

from analysis import windows
from analysis.basis import Basis
from analysis.measures.partners import rerouting
from analysis.measures.partners.rerouting import BASE, COUNTED, FROM_CHINA, TO_RUSSIA, YUAN
from analysis.trace import row_parts
from layouts.charts.rerouting import panels
from layouts.drawing import geometry
from layouts.figure import instead, source_line
from layouts.figure.chart import Chart, Stated, Words
from layouts.figure.frame import blank, framed
from layouts.look.theme import PRINT, Look
from layouts.words import text

if TYPE_CHECKING:
    from analysis.dataset import Dataset
    from analysis.selection import Selection
    from layouts.drawing.canvas import Canvas

_OWN: Final = str(Basis("OWN", "FOB", "HS"))


def rows(dataset: Dataset, selection: Selection) -> pd.DataFrame:
    """Return the series of each place by year, in yuan to the newest month; ``reason`` says what is missing."""
    table = rerouting.legs(dataset)
    return table[selection.covers(table)].reset_index(drop=True) if len(table) else table


def shows(rows: pd.DataFrame, selection: Selection) -> bool:
    """Return whether a place has an index; figures in yuan alone stand in no panel."""
    del selection
    return len(rows) > 0 and bool(rows["index"].notna().any())


@instead.said
def words(rows: pd.DataFrame, selection: Selection) -> Words:
    """Compute finding, subtitle and source line from the rows."""
    del selection
    held = rows.dropna(subset=["index"]) if len(rows) else rows
    if held.empty:
        lacking = f"Lacking: machines and electronics of a third place by year, and those of {BASE} as their base"
        return Words("No index of third places can be computed", lacking, "", "2021 = 100")
    drawn = rows[rows["leg"].ne(YUAN)]
    years = text.years(held["period_start"].min().year, held["period_end"].max().year)
    subtitle = (
        f"Machines and electronics (HS 84, 85) from China to each place and from there to Russia, each as its exporter "
        f"counts; thin: all goods, as Russia counted them. Index, {BASE} = 100, each rule four times the one below, "
        f"{years}"
    )
    finding, stated = _finding(drawn)
    return Words(finding, subtitle, source_line.line(rows), f"{BASE} = 100", _note(rows), stated)


def _finding(drawn: pd.DataFrame) -> tuple[str, tuple[Stated, ...]]:
    """Say in how many places both legs rose to one year, and that this proves nothing."""
    places = rerouting.judged(drawn)
    if places.empty:
        return "Trade of eight places between China and Russia", ()
    year = int(places["year"].iloc[0])
    risen = places[[FROM_CHINA, TO_RUSSIA]].gt(100).all(axis=1)
    said = f"Both legs rose in {int(risen.sum())} of {len(places)} places, {BASE}–{year}"
    start, end = pd.Timestamp(BASE, 1, 1), pd.Timestamp(year, 12, 1)
    figure = Stated(float(risen.sum()), _OWN, start, end, base=_OWN)
    return f"{said}: compatible with rerouting, not proof", (figure,)


def _note(rows: pd.DataFrame) -> str:
    """Say which year is judged and what speaks against, what is small, and where the yuan come from."""
    places = rerouting.judged(rows[rows["leg"].ne(YUAN)])
    said = [f"Under each name: sent to Russia in {BASE} and last, US$. Hatched: not reported, or a piece of the year."]
    if len(places):
        year = int(places["year"].iloc[0])
        least = rerouting.SMALL * places["value"].max()
        said.append(f"Judged in {year}, where both legs are held and at least US$ {least / 1e6:,.0f} m went to Russia.")
        fell = places[places[TO_RUSSIA].lt(100)]
        said += [f"{rerouting.PLACES[str(code)]} contradicts: {_fall(row, year)}." for code, row in fell.iterrows()]
    if rows.loc[rows["leg"].eq(COUNTED), "period_start"].dt.year.gt(BASE).any():
        said.append(f"Dotted rule: Russia’s count ends with {BASE}; no index crosses to the IMF’s estimates after it.")
    yuan = rows[rows["leg"].eq(YUAN)]
    if len(yuan):
        last = yuan.sort_values("period_end").iloc[-1]
        span = windows.period_name(last["period_start"], last["period_end"])
        said.append(
            f"Yuan: China’s exports of all goods to the place by customs’ table, a basis of its own, to {span}."
        )
    return " ".join(said)


def _fall(row: pd.Series, year: int) -> str:
    before, after = (text.money(float(row[name]), "USD", 2) for name in ("base_value", "value"))
    return f"its machines and electronics to Russia fell from {before} in {BASE} to {after} in {year}"


@instead.seen
def draw(rows: pd.DataFrame, selection: Selection, look: Look = PRINT) -> Canvas:
    """Draw a panel a place, all on one logarithmic scale, the steepest rise towards Russia first."""
    look = replace(look, height=930) if look.narrow else look if look.printed else replace(look, height=620)
    figure = blank(look, words(rows, selection), geometry.bare())
    room, deep = figure.frame.across, figure.frame.high
    figure.update_xaxes(range=[0, room], visible=False)
    figure.update_yaxes(range=[deep, 0], visible=False)
    figure.update_layout(barmode="overlay")
    if rows.empty or rows["index"].isna().all():
        return framed(figure)
    drawn, yuan = rows[rows["leg"].ne(YUAN)], rows[rows["leg"].eq(YUAN)]
    grid = panels.grid_of(drawn, look, room, deep)
    said_in_yuan = _by_place(yuan)
    for place, (code, part) in enumerate(_ordered(drawn)):
        panels.panel(figure, part, grid, place, look)
        panels.title(figure, part, rerouting.PLACES[code], grid.corner(place), look)
        panels.in_yuan(figure, said_in_yuan.get(code, []), grid.corner(place), grid.breadth(place), look)
        if place == 0:
            panels.name_lines(figure, grid, look)
    return framed(figure)


def _ordered(rows: pd.DataFrame) -> list[tuple[str, panels.Rows]]:
    newest = rerouting.newest(rows, TO_RUSSIA)["index"].sort_values(ascending=False)
    places = _by_place(rows)
    return [(code, places[code]) for code in dict.fromkeys([*map(str, newest.index), *places])]


def _by_place(rows: pd.DataFrame) -> dict[str, panels.Rows]:
    """Return the rows of each place in the order of time; one pass, which many small selections are not."""
    places: dict[str, panels.Rows] = {}
    for row in rows.to_dict("records"):
        places.setdefault(str(row["place"]), []).append(row)
    return {place: sorted(held, key=lambda row: row["period_end"]) for place, held in places.items()}


CHART: Final = Chart(
    "rerouting",
    rows,
    words,
    draw,
    marks=("place", "leg"),
    parts=row_parts.placed,
    shows=shows,
)
