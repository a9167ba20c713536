"""A claim at a glance: its verdict's shape and colour, the figure that it states."""

from collections.abc import Hashable, Mapping
from typing import Any, Final

import pandas as pd

from analysis.claims.verdicts import Outcome
from analysis.recomputations.figures import Quoted
from layouts.charts.claims.labels import figure as figure_text
from layouts.charts.claims.wording import quoted
from layouts.look.theme import Palette
from layouts.words.catalogue import say

__all__ = ["figure_text"]
SHAPES: Final = {
    Outcome.HOLDS: "●",
    Outcome.REVISED: "◉",
    Outcome.SPLIT: "◐",
    Outcome.OTHERWISE: "◆",
    Outcome.NOT: "■",
    Outcome.UNTESTED: "○",
    Outcome.OPEN: "…",
    Outcome.UNREAD: "?",
}
_BOUNDS: Final = {">": "claims.more_than_number", "<": "claims.less_than_number"}


def colour(outcome: Outcome, palette: Palette) -> str:
    """Return the colour of a verdict; its shape and word always stand beside it."""
    colours = {
        Outcome.HOLDS: palette.holds,
        Outcome.REVISED: palette.holds,
        Outcome.SPLIT: palette.otherwise,
        Outcome.OTHERWISE: palette.otherwise,
        Outcome.NOT: palette.fails,
    }
    return colours.get(outcome, palette.untested)


def article_of(row: Mapping[Hashable, Any]) -> str:
    """Write the figure that the claim of a row states."""
    value, unit, kind = ("" if pd.isna(row[name]) else str(row[name]) for name in ("article", "article_unit", "kind"))
    return article_text(value, unit, kind)


def article_text(value: str, unit: str, kind: str = "") -> str:
    """Write the article's figure, or the reader's, with its unit; a statement without one in a word.

    ``kind`` is that of the claims table: of the kind ``bound`` a figure is exceeded.
    """
    if unit == "rank":
        return say("claims.largest_of_all")
    if not value or not unit:
        return say("claims.in_words")
    bound, number = (value[0], value[1:].strip()) if value[0] in _BOUNDS else (">" if kind == "bound" else "", value)
    figure = quoted(Quoted(number, unit))
    return say(_BOUNDS[bound], number=figure) if bound else figure
