"""A claim in words: its verdict's shape and colour, its quotation, its figures with their units."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pandas as pd

from analysis.claims import article as article_claims
from analysis.claims import verdicts
from analysis.recomputations import PERCENT
from layouts.words import text

if TYPE_CHECKING:
    from layouts.look.theme import Palette

SHAPES: Final = {
    article_claims.HOLDS: "●",
    article_claims.REVISED: "◉",
    article_claims.SPLIT: "◐",
    article_claims.OTHERWISE: "◆",
    article_claims.NOT: "■",
    article_claims.UNTESTED: "○",
    verdicts.OPEN: "…",
    verdicts.UNREAD: "?",
}
SHORT: Final = {
    article_claims.HOLDS: "Holds",
    article_claims.REVISED: "Held when printed",
    article_claims.SPLIT: "On one basis only",
    article_claims.OTHERWISE: "Holds otherwise",
    article_claims.NOT: "Does not follow",
    article_claims.UNTESTED: "Cannot be tested",
    verdicts.OPEN: "No verdict",
    verdicts.UNREAD: "Not understood",
}


def quotation(verdict: verdicts.Verdict) -> str:
    """Return the article's words in quotation marks, or that the figure only follows from them."""
    return f"“{verdict.quoted}”" if verdict.quoted else "Follows from the two sums"


def colour(verdict: str, palette: Palette) -> str:
    """Return the colour of a verdict; its shape and word always stand beside it."""
    colours = {
        article_claims.HOLDS: palette.holds,
        article_claims.REVISED: palette.holds,
        article_claims.SPLIT: palette.otherwise,
        article_claims.OTHERWISE: palette.otherwise,
        article_claims.NOT: palette.fails,
    }
    return colours.get(verdict, palette.untested)


def figure_text(figure: float, unit: str) -> str:
    """Write a recomputed figure with its unit."""
    if pd.isna(figure):
        return "–"
    if unit == PERCENT:
        return text.percent(figure)
    written = {
        "bn_usd": f"US$ {text.number(figure, 2 if abs(figure) >= 1 else 3)} bn",
        "bn_cny": f"{text.number(figure, 1)} bn yuan",
        "mln_usd": f"US$ {text.number(figure, 0)} m",
    }
    return written.get(unit, f"{text.number(figure)}%").replace(" ", text.NBSP)


def article_text(value: str, unit: str) -> str:
    """Write the article's figure, or the reader's, with its unit; a statement without one in a word."""
    written = {"percent": f"{value}%", "mln_usd": f"> US$ {value} m", "rank": "largest"}
    scale, _, currency = unit.partition("_")
    if scale in {"trn", "bn", "mln"} and unit not in written:
        bound, number = (value[:2], value[2:]) if value[:1] in {">", "<"} else ("", value)
        money = {"usd": f"US$ {number} {scale}", "cny": f"{number} {scale} yuan"}.get(currency, f"{number} {scale}")
        return f"{bound}{money}".replace("-", text.MINUS).replace(" ", text.NBSP)
    return written.get(unit, "in words").replace("-", text.MINUS).replace(" ", text.NBSP)
