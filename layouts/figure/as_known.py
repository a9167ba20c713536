"""The words of a view that shows what was known on a day."""

import pandas as pd

from analysis.selection import Selection
from layouts.drawing.canvas import Canvas
from layouts.words import text
from layouts.words.catalogue import say


def day(selection: Selection) -> str:
    """Name the day of a view: ``1 Mar 2023``; empty where it shows what is known now."""
    return "" if selection.asof is None else text.day(pd.Timestamp(selection.asof))


def otherwise(selection: Selection, words: str) -> str:
    """Return ``words``, and under a day why so little is shown."""
    if selection.asof is None:
        return words
    return text.sentences([say("cards.asof.empty", day=day(selection)), words])


def mark() -> str:
    """Return the project's name as a printed picture bears it."""
    return f"<b>{say('page.title')}</b>"


def stamped(figure: Canvas, selection: Selection) -> Canvas:
    """Write the day of the view, else its version of the data, under the project's name in a printed picture."""
    line = ""
    if selection.asof is not None:
        line = say("cards.asof.stamp", day=day(selection))
    elif selection.v is not None:
        line = say("takeaway.version.stamp", version=text.plain(selection.v))
    if line:
        figure.reworded(mark(), align="right", text=f"{mark()}<br>{line}")
    return figure
