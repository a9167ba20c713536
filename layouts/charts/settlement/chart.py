"""In whose money? Shares as stated, one dot a statement, beside the Bank of Russia's months for all partners."""

from dataclasses import replace
from typing import Any, Final

import pandas as pd

from analysis.dataset import Dataset
from analysis.measures.partners import settlement
from analysis.measures.partners.settlement import COUNTED, SAID
from analysis.selection import Selection
from analysis.trace import row_parts
from layouts.charts.settlement import dots, months
from layouts.charts.settlement.words import spoken, with_asia, words
from layouts.drawing import geometry
from layouts.drawing.canvas import Canvas
from layouts.drawing.sheet import Sheet
from layouts.figure import instead
from layouts.figure.chart import Chart
from layouts.figure.frame import blank, framed
from layouts.look.theme import PRINT, Look
from layouts.words import text

# on a phone: where the list, the months and the shares with Asia stand, from below
_STACKED: Final = ((0.5, 1.0), (0.2, 0.43), (0.0, 0.15))
_STACKED_WITHOUT_ASIA: Final = ((0.38, 1.0), (0.0, 0.29), (0.0, 0.15))


def rows(dataset: Dataset, selection: Selection) -> pd.DataFrame:
    """Return the stated shares and the Bank of Russia's months and regions, per cent, inside the months asked for."""
    read = (settlement.stated, settlement.counted, settlement.regions)
    parts = [part for part in (table(dataset) for table in read) if len(part)]
    if not parts:
        return pd.DataFrame(columns=list(settlement.COLUMNS))
    table = pd.concat(parts, ignore_index=True)
    return table[selection.covers(table)].reset_index(drop=True)


def shows(rows: pd.DataFrame, selection: Selection) -> bool:
    """Return whether there are statements, months or shares of Asia: other regions are in the rows alone."""
    del selection
    return bool(rows["series"].isin([SAID, COUNTED]).any()) or len(with_asia(rows)) > 0


@instead.seen
def draw(rows: pd.DataFrame, selection: Selection, look: Look = PRINT) -> Canvas:
    """Draw the statements as a list of dots by wording, and the months as lines of their own."""
    stated, counted, asia = rows[rows["series"].eq(SAID)], rows[rows["series"].eq(COUNTED)], with_asia(rows)
    look = replace(look, height=900 if len(asia) else 750) if look.narrow else look
    figure = blank(look, words(rows, selection), geometry.room(look, left=0, right=0))
    room = figure.frame.across
    if look.narrow:
        across, down = ((0.0, 1.0),) * 3, _STACKED if len(asia) else _STACKED_WITHOUT_ASIA
    else:
        lines = (0.42 if len(asia) else 0.1, 0.92)
        across, down = ((0.0, 0.53), (0.57, 1.0), (0.57, 1.0)), ((0.0, 1.0), lines, (0.0, 0.32))
    _axes(figure, across, down, look)
    wide = room * (across[0][1] - across[0][0])
    figure.update_layout(xaxis={"range": [0, wide]})
    if len(stated):
        dots.statements(figure, stated, wide, look)
    if len(counted):
        months.lines(figure, counted, look)
    if len(asia):
        dots.regions(figure, asia, room * (across[2][1] - across[2][0]), look)
    return framed(figure)


def _axes(
    figure: Sheet, across: tuple[tuple[float, float], ...], down: tuple[tuple[float, float], ...], look: Look
) -> None:
    """Give the list pixels without an axis, and the months a plain axis of per cent."""
    hidden: dict[str, Any] = {"visible": False, "fixedrange": True}
    plain: dict[str, Any] = {"fixedrange": True, "showgrid": False, "zeroline": False, "tickfont": {"size": look.axis}}
    room = figure.frame.across
    left, beside = geometry.scale(look, text.share(50.0, 0)), months.names_beside(look)
    right = (across[1][0] + left / room, across[1][1] - beside / room)
    figure.update_layout(
        xaxis={**hidden, "domain": across[0], "anchor": "y"},
        yaxis={**hidden, "domain": down[0], "anchor": "x"},
        xaxis2={**plain, "domain": right, "anchor": "y2"},
        yaxis2={
            **plain,
            "domain": down[1],
            "anchor": "x2",
            "dtick": 10,
            "showgrid": True,
            "gridcolor": look.palette.rule,
            "zeroline": True,
            "zerolinecolor": look.palette.ink,
            "ticksuffix": text.per_cent(""),
        },
        xaxis3={**hidden, "domain": across[2], "anchor": "y3"},
        yaxis3={**hidden, "domain": down[2], "anchor": "x3"},
    )


CHART: Final = Chart(
    "settlement",
    rows,
    words,
    draw,
    marks=("series", "speaker", "region", "flow", "settlement_currency"),
    parts=row_parts.none,
    shows=shows,
    spoken=spoken,
)
