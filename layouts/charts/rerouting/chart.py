"""Does it go through third countries? China's exports to eight places and theirs to Russia, indexed to 2021."""

from dataclasses import replace
from typing import Final

import pandas as pd

from analysis.basis import Basis
from analysis.dataset import Dataset
from analysis.measures.partners import rerouting
from analysis.measures.partners.rerouting import BASE, COUNTED, TO_RUSSIA, YUAN
from analysis.selection import Selection
from analysis.trace import row_parts
from layouts.charts.rerouting import panels
from layouts.drawing import geometry
from layouts.drawing.canvas import Canvas
from layouts.figure import instead, source_line
from layouts.figure.chart import Chart, Stated, Words
from layouts.figure.frame import blank, framed
from layouts.look.theme import PRINT, Look
from layouts.words import text
from layouts.words.catalogue import say, say_many

_REASONS: Final = {
    rerouting.MISSING: "charts.rerouting.reason.missing",
    rerouting.BREAK: "charts.rerouting.reason.estimate",
    rerouting.PIECE: "charts.rerouting.reason.piece",
}
_OWN: Final = str(Basis("OWN", "FOB", "HS"))


def rows(dataset: Dataset, selection: Selection) -> pd.DataFrame:
    """Return the series of each place by year, in yuan to the newest month; ``reason`` says what is missing."""
    table = rerouting.legs(dataset)
    if table.empty:
        return table
    shown = table[selection.covers(table)].reset_index(drop=True)
    reasons = {code: say(key) for code, key in _REASONS.items()}
    return shown.assign(name=shown["place"].map(panels.named), reason=shown["reason"].replace(reasons))


def shows(rows: pd.DataFrame, selection: Selection) -> bool:
    """Return whether a place has an index; figures in yuan alone stand in no panel."""
    del selection
    return len(rows) > 0 and bool(rows["index"].notna().any())


@instead.worded
def words(rows: pd.DataFrame, selection: Selection) -> Words:
    """Compute finding, subtitle and source line from the rows."""
    del selection
    indexed = rows.dropna(subset=["index"]) if len(rows) else rows
    unit = say("charts.rerouting.unit", base=str(BASE))
    if indexed.empty:
        return Words(say("charts.rerouting.empty"), say("charts.rerouting.lacking", base=str(BASE)), "", unit)
    drawn = rows[rows["leg"].ne(YUAN)]
    years = text.years(indexed["period_start"].min().year, indexed["period_end"].max().year)
    subtitle = say("charts.rerouting.subtitle", base=str(BASE), years=years)
    places = rerouting.judged(drawn)
    finding, stated = _finding(places)
    return Words(finding, subtitle, source_line.line(rows), unit, _note(rows, places), stated)


def _finding(places: pd.DataFrame) -> tuple[str, tuple[Stated, ...]]:
    """Say in how many places both legs rose to one year, and that this proves nothing."""
    if places.empty:
        return say("charts.rerouting.nothing_judged"), ()
    year = int(places["year"].iloc[0])
    risen, judged = rerouting.both_rose(places)
    start, end = pd.Timestamp(BASE, 1, 1), pd.Timestamp(year, 12, 1)
    figure = Stated(float(risen), _OWN, start, end, base=_OWN)
    years = text.years(BASE, year)
    return say_many("charts.rerouting.finding", judged, risen=str(risen), years=years), (figure,)


def _note(rows: pd.DataFrame, places: pd.DataFrame) -> str:
    """Say which year is judged and what speaks against, what is small, and where the yuan come from."""
    sentences = [say("charts.rerouting.legend", base=str(BASE))]
    if len(places):
        year = int(places["year"].iloc[0])
        least = text.millions(rerouting.SMALL * places["value"].max(), "USD")
        sentences.append(say("charts.rerouting.judged", year=str(year), least=least))
        fell = places[places[TO_RUSSIA].lt(100)]
        sentences += [_against(panels.named(str(code)), row, year) for code, row in fell.iterrows()]
    if rows.loc[rows["leg"].eq(COUNTED), "period_start"].dt.year.gt(BASE).any():
        sentences.append(say("charts.rerouting.count_ends", base=str(BASE)))
    yuan = rows[rows["leg"].eq(YUAN)]
    if len(yuan):
        last = yuan.sort_values("period_end").iloc[-1]
        sentences.append(say("charts.rerouting.yuan_note", month=text.month(last["period_end"])))
    return text.sentences(sentences)


def _against(place: str, row: pd.Series, year: int) -> str:
    """Say of a place whose sales to Russia fell how far they did."""
    before, after = (text.money(float(row[name]), "USD", 2) for name in ("base_value", "value"))
    figures = {"before": before, "after": after, "base": str(BASE), "year": str(year)}
    return say("charts.rerouting.contradicts", place=place, **figures)


@instead.seen
def draw(rows: pd.DataFrame, selection: Selection, look: Look = PRINT) -> Canvas:
    """Draw a panel a place, all on one logarithmic scale, the steepest rise towards Russia first."""
    look = replace(look, height=930) if look.narrow else look if look.printed else replace(look, height=620)
    figure = blank(look, words(rows, selection), geometry.bare(band=panels.BAND))
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
        panels.title(figure, part, panels.named(code), grid, place, look)
        panels.in_yuan(figure, said_in_yuan.get(code, []), grid.corner(place), grid.breadth(place), look)
    panels.name_lines(figure, look)
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
    return {place: sorted(own, key=lambda row: row["period_end"]) for place, own in places.items()}


CHART: Final = Chart(
    "rerouting",
    rows,
    words,
    draw,
    marks=("place", "leg"),
    parts=row_parts.placed,
    shows=shows,
)
