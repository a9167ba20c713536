"""The words of a view that shows what was known on a day."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pandas as pd

if TYPE_CHECKING:
    from analysis.selection import Selection
    from layouts.drawing.canvas import Canvas

MARK: Final = "<b>Sino-Russian trade</b>"


def day(selection: Selection) -> str:
    """Name the day of a view: ``1 Mar 2023``; empty where it shows what is known now."""
    if selection.asof is None:
        return ""
    when = pd.Timestamp(selection.asof)
    return f"{when.day} {when:%b %Y}"


def otherwise(selection: Selection, words: str) -> str:
    """Return ``words``, and under a day why so little is shown."""
    if selection.asof is None:
        return words
    return f"As known on {day(selection)}; figures without a release day count from the day they were read. {words}"


def stamped(figure: Canvas, selection: Selection) -> Canvas:
    """Write the day of the view under the project's name in a printed picture."""
    if selection.asof is not None:
        said = f"{MARK}<br>as known on {day(selection)}"
        figure.reworded(MARK, align="right", text=said)
    return figure
