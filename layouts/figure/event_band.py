"""The band of events above a chart: at most five, dated, never drawn as causes."""

from itertools import pairwise
from typing import Any, Final

import pandas as pd

from analysis import events
from analysis.cache import of_rows
from analysis.dataset import Dataset
from analysis.selection import Selection
from layouts.drawing import geometry
from layouts.drawing.canvas import Canvas
from layouts.drawing.values import records
from layouts.figure import frame, time_axis
from layouts.look.theme import Look
from layouts.words import text
from layouts.words.catalogue import say, say_or

FLOW: Final = "event"
_LINE: Final = 1.3
_WORDS: Final = 768  # pixels of a picture that has room for the words of five events side by side
_TEXTS: Final = {"label": "events.{}.label", "event": "events.{}.event"}


def added(dataset: Dataset, table: pd.DataFrame, selection: Selection) -> pd.DataFrame:
    """Return the rows with the events of their months behind them, where the reader asked for events."""
    if selection.events != "on" or table.empty:
        return table
    labelled = events.labelled(dataset, table["period_start"].min(), table["period_end"].max())
    month = labelled["day"].dt.to_period("M").dt.to_timestamp().astype(table["period_start"].dtype)
    texts = {
        column: [_worded(key, date, words) for date, words in zip(labelled["date"], labelled[column], strict=True)]
        for column, key in _TEXTS.items()
    }
    rows = labelled.assign(**texts, flow=FLOW, period_start=month, period_end=month, source="events")
    return pd.concat([table, rows.drop(columns=["day", "date"])], ignore_index=True) if len(rows) else table


def _worded(key: str, date: str, written: str) -> str:
    """Return a text of the event that a date names; as the table has it where the catalogue has none."""
    return say_or(key.format(date), written)


@of_rows
def apart(rows: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return figures and events of a chart's rows."""
    is_event = rows["flow"].eq(FLOW)
    figures = rows[~is_event].infer_objects()
    return figures.astype({"provisional": "bool"}) if len(figures) else figures, rows[is_event]


def numbered(rows: pd.DataFrame, figures: pd.DataFrame, look: Look) -> bool:
    """Return whether the words of the events have no room side by side above the months of the figures."""
    if look.width < _WORDS or rows.empty or figures.empty:
        return look.width < _WORDS
    months = time_axis.at(figures["period_end"].max()) + 1 - time_axis.at(figures["period_start"].min())
    month = (look.width - 2 * look.margin - look.gutter - geometry.scale(look)) / months
    places, ends = _places(rows), []
    for number, row in enumerate(records(rows)):
        wide = geometry.longest(_words(row, look).split("<br>"), look.axis)
        anchor, shift = _side(places, number)
        left = places[number] * month + shift - (wide if anchor == "right" else 0)
        ends.append((left, left + wide))
    return any(after[0] < before[1] for before, after in pairwise(ends))


def band(rows: pd.DataFrame, look: Look, *, numbered: bool) -> int:
    """Return the height that the band needs."""
    if rows.empty:
        return 0
    return 24 if numbered else round(3 * look.axis * _LINE) + 10


def note(rows: pd.DataFrame, *, numbered: bool) -> str:
    """Return the list of numbered events that stands below a picture without room for their words."""
    if rows.empty or not numbered:
        return ""
    sentences = [
        say("figure.event", number=str(place), month=_month(row), event=str(row["label"]))
        for place, row in enumerate(records(rows), 1)
    ]
    return text.sentences([say("figure.events"), *sentences])


def _month(row: dict[str, object]) -> str:
    return text.short_month(pd.Timestamp(str(row["period_start"])))


def _two_lines(label: str, size: int) -> str:
    """Break a label into two lines, the shorter the better."""
    room = text.width(label, size) / 2
    while len(lines := text.wrap(label, size, room)) > 2:
        room += size / 4
    return "<br>".join(lines)


def _words(row: dict[str, object], look: Look) -> str:
    return f"<b>{_month(row)}</b><br>{_two_lines(str(row['label']), look.axis)}"


def _places(rows: pd.DataFrame) -> list[float]:
    return [float(place) for place in time_axis.place(rows["period_start"]) + 0.5]


def draw(figure: Canvas, rows: pd.DataFrame, look: Look, *, numbered: bool) -> None:
    """Draw a line at each event's month and its words, or where they have no room its number, above the plot.

    A label opens to the side where its neighbour is farther away.
    """
    places = _places(rows)
    for number, (row, x) in enumerate(zip(records(rows), places, strict=True)):
        frame.rule(figure, x, look.palette.edge, layer="below", dash=None)
        if numbered:
            label, anchor, shift = f"<b>{number + 1}</b>", "center", 0
        else:
            label = _words(row, look)
            anchor, shift = _side(places, number)
        place: dict[str, Any] = {"yref": "paper", "xanchor": anchor, "yanchor": "bottom", "xshift": shift, "yshift": 2}
        place |= {"align": "right" if anchor == "right" else "left", "hovertext": str(row["event"]).strip()}
        frame.note(figure, label, x=x, y=1, look=look, font={"size": look.axis, "color": look.palette.ink2}, **place)


def _side(places: list[float], number: int) -> tuple[str, int]:
    """Open to the left where the next event is near and the one before is not."""
    before = places[number] - places[number - 1] if number else float("inf")
    after = places[number + 1] - places[number] if number + 1 < len(places) else float("inf")
    return ("right", -5) if after < before and number + 1 < len(places) else ("left", 5)
