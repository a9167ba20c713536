"""A paragraph that a reader pasted: the field for it, and each figure in it with its verdict."""

from collections.abc import Iterable
from dataclasses import replace
from itertools import groupby
from typing import Any, Final

from dash import html

from analysis.claims.texts.check import Judged, check
from analysis.claims.texts.dates import settled
from analysis.claims.texts.statements import statement
from analysis.dataset import Dataset
from analysis.selection import TYPED, Selection
from layouts.cards.claim_cards import CLASSES
from layouts.charts.claims import article_rows, wording
from layouts.charts.claims.chart import first_point
from layouts.look import foreign_words
from layouts.look.html_attributes import aria, asked, data
from layouts.look.ids import Id
from layouts.words import text as written
from layouts.words.catalogue import say

LETTERS: Final = 20_000  # of a text that the page takes: a long article, and in Chinese within what a request may hold
MOST: Final = 40  # figures judged of it


def form() -> html.Div:
    """Return the field with its button, and the place of the answer; the text stands in no address."""
    # no maxLength: a browser would cut off what is pasted, within a number even, and nobody would be told
    words: dict[str, Any] = {"rows": 3, "placeholder": say("claims.text.example"), **data(letters=str(LETTERS))}
    field = html.Textarea(id=Id.TEXT, className="typed", spellCheck="false", **words)
    button = html.Button(say("claims.text.check"), id=Id.TEXT_CHECK, className="button")
    return html.Div(
        [
            html.Label(say("claims.text.label"), htmlFor=Id.TEXT, className="control-name"),
            field,
            button,
            html.Div(id=Id.TEXT_SAID, className="text-figures", **aria(live="polite")),
        ],
        className="text-form",
    )


def answer(dataset: Dataset, selection: Selection, text: str) -> list[Any]:
    """Return what a text says of the two countries' trade and what of it holds, a sentence behind the other."""
    if len(text) > LETTERS:
        return [html.P(say("claims.text.long", letters=written.number(LETTERS, 0)))]
    checked = check(dataset, text, MOST, settled(text, selection.asof))
    shown = [html.H3(say("claims.text.result")), html.P(article_rows.counted(checked), className="sentence")]
    sentences = groupby(checked.figures, key=lambda one: (one.number, one.sentence))
    items = [html.Li([html.Blockquote(words), *_figures(ones, selection)]) for (_, words), ones in sentences]
    return foreign_words.named_all([*shown, html.Ol(items)] if items else shown)


def _figures(ones: Iterable[Judged], selection: Selection) -> list[Any]:
    return [_figure(one, selection) for one in ones]


def _figure(one: Judged, selection: Selection) -> html.Div:
    """Return a figure with its verdict, the figure at hand, why, and the way to both."""
    lines = [
        html.P(article_rows.verdict(one), className="verdict"),
        html.P([html.Strong(article_rows.figure(one)), " ", html.Span(article_rows.what(one), className="subject")]),
        html.P([article_rows.source(one), *_links(one, selection)], className="meta"),
        html.P(wording.sentence(one.verdict), className="sentence"),
    ]
    return html.Div(lines, className=f"text-figure {CLASSES[one.verdict.verdict]}")


def _links(one: Judged, selection: Selection) -> list[Any]:
    """Return links to the panel of the number at hand, and to the figure as a claim of its own."""
    words = statement(one.claim)
    if not words or len(words) > TYPED:
        return []
    alone = replace(selection, claim=words, point=None)
    links = [html.A(say("claims.text.open"), href=f"{alone.to_query()}#claims")]
    if article_rows.at_hand(one) and (point := first_point(one.verdict)):
        links.insert(0, html.A(say("claims.text.number"), href=f"{asked(alone, point)}#claims"))
    return [part for link in links for part in (" ", link)]
