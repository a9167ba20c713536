"""Months and amounts in brackets, which go with what stands right before them."""

import re
from typing import Final

from analysis.claims.parser import month_spans
from analysis.claims.parser.periods import PlacedWindow
from analysis.claims.texts.mentions import Figure, Mentions
from analysis.readings import Span


def holds(sentence: Mentions, window: PlacedWindow, figure: Figure) -> bool:
    """Return whether brackets hold a window with an amount of its own, and not the figure."""
    return any(
        start < window.start < end and not start < figure.start < end
        for start, end in _places(sentence)
        if any(start < one.start < end and one.number.unit != "percent" for one in sentence.figures)
    )


def months_before(sentence: Mentions, figure: Figure, windows: list[PlacedWindow]) -> PlacedWindow | None:
    """Return the window that an amount in brackets stands right behind: "rose from last August ($6.3 bn)"."""
    behind = [one for one in windows if re.fullmatch(r" ?\( ?", sentence.blank[one.end : figure.start])]
    led = [one for one in behind if re.search(_LED, sentence.blank[: one.start])]
    return led[-1] if led and figure.number.unit != "percent" else None


_LED: Final = r"\b(?:from|than|than in|compared (?:with|to)|against|versus)(?: (?:the|last))* $"


def year_after(sentence: Mentions, figure: Figure, own: list[PlacedWindow]) -> Span | None:
    """Return the months of a rate in brackets whose months are those that it is over.

    "70 bn in June (in June 2023 it was 67 bn, growth of 5%)".
    """
    if figure.number.unit != "percent":
        return None
    for start, end in _places(sentence):
        within = [one.span for one in own if start < one.start and one.end <= figure.start < end and one.span]
        before = [one for one in own if one.end <= start]
        if within and before:
            after = month_spans.ending_in(within[0], int(within[0][1][:4]) + 1)
            if before[-1].span == after or before[-1].months == (int(after[0][5:]), int(after[1][5:])):
                return after
    return None


def _places(sentence: Mentions) -> list[tuple[int, int]]:
    return [met.span() for met in re.finditer(r"\([^()]{1,200}\)", sentence.blank)]
