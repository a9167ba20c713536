"""Words of the trade, explained where a reader meets them, and long texts in short."""

from __future__ import annotations

from typing import Final

from dash import html

from layouts.look.html_attributes import aria
from layouts.words.catalogue import say

TERMS: Final = ("fob", "cif", "hs", "mirror", "yoy")
_TERM, _MEANING = "page.term.{}", "page.term.{}.meaning"


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
