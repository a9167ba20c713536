"""Words of the trade, explained where a reader meets them, and long texts in short."""

from __future__ import annotations

import re
from typing import Final

from dash import html

from layouts.look.html_attributes import aria
from layouts.words.catalogue import say

TERMS: Final = ("fob", "cif", "hs", "mirror", "yoy")
_TERM, _MEANING = "page.term.{}", "page.term.{}.meaning"
SHORT: Final = 170  # letters that two lines hold; a Chinese one is as wide as two
_SENTENCE: Final = re.compile(r"(?<=[.!?])\s+|(?<=[。！？])")


def section() -> html.Section:
    """Return all terms, each opened by a tap, by Enter, or by a link to it."""
    entries = [
        html.Details(
            [
                html.Summary(html.Dfn(say(_TERM.format(name)))),
                html.P(say(_MEANING.format(name))),
            ],
            id=f"term-{name}",
            className="term",
        )
        for name in TERMS
    ]
    head = html.H2(say("page.terms"), id="terms-name")
    return html.Section([head, *entries], className="terms", id="terms", **aria(labelledby="terms-name"))


def shortened(text: str) -> tuple[str, str]:
    """Return the sentences that fit two lines, at least one, and the others."""
    first, *rest = _SENTENCE.split(text)
    while rest and _wide(first) + _wide(rest[0]) < SHORT:
        first = f"{first}{'' if first.endswith('。') else ' '}{rest.pop(0)}"
    joint = "" if text.endswith("。") else " "
    return first, joint.join(rest)


def _wide(text: str) -> int:
    return sum(2 if letter > "⺀" else 1 for letter in text)
