"""Is trade growing now? China's exports up, its imports down, the balance between them."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Final

import pandas as pd

from analysis.dataset import Dataset
from analysis.measures.monthly import growth, index_and_share
from analysis.measures.monthly.series import newest_month
from analysis.selection import EVENTS, Selection
from layouts.charts.pulse import bars as pulse_marks
from layouts.charts.pulse import lines as pulse_lines
from layouts.charts.pulse import words as pulse_words
from layouts.charts.pulse.words import SUMS
from layouts.drawing import geometry
from layouts.drawing.canvas import Canvas
from layouts.drawing.sheet import Sheet
from layouts.figure import event_band, instead, series_words, source_line, time_axis
from layouts.figure.chart import Chart, Choice, Words
from layouts.figure.frame import blank, framed
from layouts.look.theme import PRINT, Look
from layouts.words import text
from layouts.words.catalogue import say

SINCE: Final = "2019-01"
_SERIES: Final[dict[str, Callable[[Dataset, str], pd.DataFrame]]] = {
    "level": growth.levels,
    "yoy": growth.by_month,
    "ytd_yoy": growth.year_to_date,
    "sum3": partial(growth.sums, months=3),
    "sum12": partial(growth.sums, months=12),
    "index": growth.every_month,
    "share": index_and_share.world_share,
}
_FIGURE: Final = {"yoy": "yoy_pct", "ytd_yoy": "yoy_pct", "index": "index", "share": "share_pct"}
_SHOWN: Final = {"both": ("export", "import"), "export": ("export",), "import": ("import",), "total": ("total",)}


def currency_of(selection: Selection) -> str:
    """Return the currency of figures: the one asked for, else yuan, which alone runs to the newest month."""
    return selection.currency or "CNY"


def measure_of(selection: Selection) -> str:
    """Return the measure shown."""
    return selection.measure or "level"


def rows(dataset: Dataset, selection: Selection) -> pd.DataFrame:
    """Return what is plotted: one row a flow and period, values in whole units, rates and shares in per cent."""
    measure = measure_of(selection)
    table = _SERIES[measure](dataset, currency_of(selection))
    table = table[table["flow"].isin(_SHOWN[selection.flow or "both"])].assign(newest_month=newest_month(dataset))
    by_end = table.assign(period_start=table["period_end"]) if measure in SUMS else table
    view = selection.covers(by_end, SINCE)
    inside = index_and_share.index_of(table, view) if measure == "index" else table[view]
    worded = series_words.reasons(dataset, inside.reset_index(drop=True))
    return event_band.added(dataset, worded, selection)


def shows(rows: pd.DataFrame, selection: Selection) -> bool:
    """Return whether there is a figure of the measure: a rate may lack its base, and an event is none."""
    column = _FIGURE.get(measure_of(selection), "value")
    return len(rows) > 0 and bool(rows[column].notna().any())


@instead.worded
def words(rows: pd.DataFrame, selection: Selection) -> Words:
    """Compute finding, subtitle and source line from the rows."""
    rows, _ = event_band.apart(rows)
    shown = pulse_words.Shown(measure_of(selection), currency_of(selection), selection.flow or "both")
    if rows.empty:
        return Words(*pulse_words.nothing(shown), "", "")
    finding, stated = pulse_words.finding(rows, shown)
    subtitle, late = (
        pulse_words.subtitle(rows, shown),
        "" if selection.end or shown.measure == "share" else series_words.behind(rows, shown.currency),
    )
    note = text.sentences([pulse_words.note(rows, shown), late])
    return Words(finding, subtitle, source_line.line(rows), shown.unit, note, stated)


@instead.seen
def draw(rows: pd.DataFrame, selection: Selection, look: Look = PRINT) -> Canvas:
    """Draw the picture in the look."""
    figures, events = event_band.apart(rows)
    measure = measure_of(selection)
    edge = "period_end" if measure in {"ytd_yoy", *SUMS} else "period_start"
    weak = time_axis.weak_tail(figures, edge) if len(figures) and measure != "share" else None
    numbered = event_band.numbered(events, figures, look)
    framing = replace(words(rows, selection), key=event_band.note(events, numbered=numbered))
    band = event_band.band(events, look, numbered=numbered)
    figure = blank(look, framing, _room(figures, measure, look, weak=weak is not None, band=band))
    if len(figures):
        _figures(figure, figures, look, measure)
        end = figures["period_end"].max()
        time_axis.month_axis(figure, figures[edge].min(), end, look)
        if measure in {"level", "yoy"}:
            series_words.rules(figure, figures, look, named=events.empty)
        event_band.draw(figure, events, look, numbered=numbered)
        if weak is not None:
            word = say("charts.pulse.pale" if measure == "level" else "charts.pulse.dashed")
            time_axis.bracket(figure, time_axis.at(weak), time_axis.at(end) + 1, word, look)
    return framed(figure)


def _room(figures: pd.DataFrame, measure: str, look: Look, *, weak: bool, band: int) -> geometry.Room:
    """Return the room around the plot: the figures at its right end as long as they are."""
    below = geometry.AXIS + (geometry.BELOW if weak else 0)
    right = geometry.ends(look, pulse_lines.ends_written(figures, measure, look) if measure != "level" else ())
    return geometry.room(look, right=right, below=below, band=band)


def _figures(figure: Sheet, rows: pd.DataFrame, look: Look, measure: str) -> None:
    if measure == "level":
        pulse_marks.bars(figure, rows, look)
    elif measure == "share":
        pulse_lines.shares(figure, rows, look)
    else:
        pulse_lines.lines(figure, rows, look, measure)


CHART: Final = Chart(
    "pulse",
    rows,
    words,
    draw,
    choices=(Choice("events", EVENTS),),
    reads=("flow", "measure", "currency", "events"),
    marks=("flow",),
    parts=index_and_share.parts,
    shows=shows,
)
