"""The quoted figures of one question side by side below a chart: each its number, list, base and speaker."""

from collections.abc import Hashable
from typing import Any, Final

import pandas as pd

from layouts.drawing import geometry
from layouts.drawing.canvas import Canvas
from layouts.drawing.sheet import Sheet
from layouts.figure.frame import note
from layouts.look.theme import Look
from layouts.words import text
from layouts.words.catalogue import say

_LINE: Final = 1.35
_GAP: Final = 14
_FREE: Final = 4  # pixels between the axis and the first cells
# by whether the figure is at least so much, and of a month
_AMOUNTS: Final = {
    (False, False): "figure.quoted.amount",
    (False, True): "figure.quoted.amount_month",
    (True, False): "figure.quoted.least",
    (True, True): "figure.quoted.least_month",
}
Cell = tuple[str, list[str]]


def quoted(row: dict[Hashable, Any]) -> Cell:
    """Return the number of a quoted figure and what stands behind it, a line each."""
    what = say(
        "figure.quoted.what", what=str(row["what"]), period=text.short_span(row["period_start"], row["period_end"])
    )
    source, day = str(row["source"]), row["released"]
    origin = source if pd.isna(day) else say("figure.quoted.said", source=source, day=text.day(day))
    return _number(row), [what, say("figure.quoted.base", base=str(row["base"])), origin]


def _number(row: dict[Hashable, Any]) -> str:
    if pd.notna(row["share_pct"]):
        return text.per_cent(text.as_typed(row["share_pct"]))
    least, monthly = row["precision"] == "at least", row["period_start"] == row["period_end"]
    return say(_AMOUNTS[least, monthly], amount=text.millions(row["value"], "USD"))


def columns(look: Look) -> int:
    """Return how many stand beside each other."""
    return 2 if look.narrow else 5


def wrapped(cells: list[Cell], look: Look) -> list[Cell]:
    """Break the lines of every cell to its width."""
    room = (look.width - 2 * look.margin) / columns(look) - _GAP
    return [
        (
            "<br>".join(text.wrap(head, look.label, room, bold=True)),
            [line for part in parts for line in text.wrap(part, look.source, room)],
        )
        for head, parts in cells
    ]


def depths(cells: list[Cell], look: Look) -> list[float]:
    """Return the height of each row of cells in pixels."""
    wide = columns(look)
    rows = [cells[start : start + wide] for start in range(0, len(cells), wide)]
    return [max(len(lines) for _, lines in row) * look.source * _LINE + _heads(row, look) + 12 for row in rows]


def _heads(row: list[Cell], look: Look) -> float:
    """Return the height of the numbers of a row."""
    return (max(head.count("<br>") for head, _ in row) * _LINE + 1.4) * look.label


def put(figure: Sheet, cells: list[Cell], look: Look) -> None:
    """Set wrapped cells below the time axis, from the picture's left edge on."""
    wide, deep = columns(look), depths(cells, look)
    step = (look.width - 2 * look.margin) / wide
    longest = geometry.longest([head for head, _ in cells], look.label, bold=True)
    size = look.label * min(1.0, (step - _GAP) / max(1, longest))  # no number reaches the next one
    for place, (head, lines) in enumerate(cells):
        across, down = place % wide * step - figure.frame.room.left, sum(deep[: place // wide]) + geometry.AXIS + _FREE
        colour = look.palette.china_text if place == 0 else look.palette.ink
        _say(figure, f"<b>{head}</b>", across, down, {"size": size, "color": colour}, look)
        small = {"size": look.source, "color": look.palette.ink2}
        row = cells[place // wide * wide :][:wide]
        _say(figure, "<br>".join(lines), across, down + _heads(row, look), small, look)


def _say(figure: Canvas, words: str, across: float, down: float, font: dict[str, Any], look: Look) -> None:
    place: dict[str, Any] = {"xref": "paper", "yref": "paper", "yanchor": "top", "xshift": across, "yshift": -down}
    note(figure, words, x=0, y=0, look=look, font=font, borderpad=0, **place)
