"""Who needs whom? Each side's trade with the other as a share of its own, one path a side."""

from typing import Final

import pandas as pd

from analysis.dataset import Dataset
from analysis.measures.partners import dependence
from analysis.selection import Selection
from analysis.trace import row_parts
from layouts.charts.dependence.paths import BASES, basis_of
from layouts.charts.dependence.plane import plane
from layouts.charts.dependence.words import words
from layouts.drawing import geometry
from layouts.drawing.canvas import Canvas
from layouts.figure import instead
from layouts.figure.chart import Chart, Choice
from layouts.figure.frame import blank, framed
from layouts.look.theme import PRINT, Look
from layouts.words import text
from layouts.words.catalogue import say


def rows(dataset: Dataset, selection: Selection) -> pd.DataFrame:
    """Return one row a side, year, flow and count; other counts only for years that the chosen one has."""
    table = dependence.dependence(dataset)
    table = table[selection.covers(table)]
    flows = table.groupby(["side", "count", "period_start"])["flow"].transform("nunique")
    table = table[flows.eq(2)]  # a point needs both shares
    chosen = table["count"].eq(basis_of(selection))  # without it nothing is drawn
    years = set(table.loc[chosen, "period_start"])
    beside = table["side"].eq("china") | table["period_start"].isin(years)
    kept = chosen | beside if years else chosen
    order = table.assign(other=~chosen, chinese=table["side"].eq("china"))[kept]
    order = order.sort_values(["chinese", "other", "count", "period_start", "flow"])
    apart = order["reason"].eq(dependence.APART)
    worded = order.assign(reason=order["reason"].mask(apart, say("charts.dependence.two_bases")))
    return worded[list(dependence.COLUMNS)].reset_index(drop=True)


def shows(rows: pd.DataFrame, selection: Selection) -> bool:
    """Return whether Russia's side has a point on the count asked for: the plane is set by it."""
    return bool((rows["side"].eq("russia") & rows["count"].eq(basis_of(selection))).any())


@instead.seen
def draw(rows: pd.DataFrame, selection: Selection, look: Look = PRINT) -> Canvas:
    """Draw both paths on one plane, hairs to the other sources, shares on both axes."""
    around = geometry.room(
        look,
        left=geometry.scale(look, f"{text.share(50.0, 0)} "),
        right=geometry.EDGE,
        below=geometry.AXIS + geometry.BELOW,
    )
    figure = blank(look, words(rows, selection), around)
    plane(figure, rows, basis_of(selection), look)
    return framed(figure)


CHART: Final = Chart(
    "dependence",
    rows,
    words,
    draw,
    choices=(Choice("basis", BASES),),
    reads=("basis",),
    marks=("side", "count", "flow"),
    parts=row_parts.share,
    shows=shows,
)
