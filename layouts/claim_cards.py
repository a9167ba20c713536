"""The cards of the claims: what the reader typed first, then what the article says."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from dash import html

from analysis import claims, tested, verdicts
from layouts.charts.claim_words import SHAPES, SHORT, article_text, figure_text, quotation
from layouts.tags import aria

if TYPE_CHECKING:
    from analysis.bases import Basis
    from analysis.book import Book
    from analysis.selection import Selection

_CLASSES: Final = {
    verdicts.HOLDS: "holds",
    verdicts.OTHERWISE: "otherwise",
    verdicts.NOT: "fails",
    verdicts.UNTESTED: "untested",
    verdicts.UNREAD: "untested",
}
_WHOLE: Final = {"whiteSpace": "nowrap"}
_FOUND: Final = 8  # of the windows that fit, as many as can be read


def claim_cards(book: Book, selection: Selection) -> list[Any]:
    """Return one card a claim: verdict, quotation, both figures, one sentence, the working."""
    held = claims.judge(book)
    own = [_card(tested.judge(book, selection.claim))] if selection.claim else []
    if not held:
        return [*own, html.P("The article’s figures could not be read; restore data/figures/ from the repository.")]
    return [*own, *map(_card, held)]


def _card(verdict: verdicts.Verdict) -> html.Article:
    own = verdict.id == tested.ID
    first = (verdict.bases or verdict.found or (None,))[0]
    ours = figure_text(first.figure, first.unit) if first else "–"
    return html.Article(
        [
            html.P(
                [html.Span(SHAPES[verdict.verdict], **aria(hidden="true")), f" {SHORT[verdict.verdict]}"],
                className="verdict",
            ),
            _heading(verdict, own=own),
            html.P(verdict.says, className="subject"),
            html.Div(
                [
                    _figure("You" if own else "Article", article_text(verdict.value, verdict.unit), "theirs"),
                    _figure(f"Recomputed{f', {first.window}' if first else ''}", ours, "ours"),
                ],
                className="pair",
            ),
            html.P(verdict.sentence, className="sentence"),
            _working(verdict),
        ],
        className=f"claim {_CLASSES[verdict.verdict]}",
        id=f"claim-{verdict.id}",
    )


def _heading(verdict: verdicts.Verdict, *, own: bool) -> html.H3:
    """Quote the claim; a reader's words may hold one very long word."""
    if not own:
        return html.H3(quotation(verdict))
    label = html.Span("What you typed", className="meta", style={"display": "block"})
    return html.H3([label, quotation(verdict)], style={"overflowWrap": "anywhere"})


def _figure(name: str, figure: str, kind: str) -> html.Div:
    return html.Div([html.P(name, className="meta"), html.P(figure, className=kind)])


def _working(verdict: verdicts.Verdict) -> html.Details:
    """Show every basis side by side, and how much was searched."""
    rows = [_row(basis) for basis in (*verdict.bases, *verdict.found[:_FOUND])]
    searched = html.P(verdict.searched) if verdict.searched else None
    if not rows:
        return html.Details([html.Summary("How it could be tested"), searched or html.P(verdict.sentence)])
    head = html.Thead(
        html.Tr([html.Th(name, scope="col") for name in ("Basis", "Window", "Figure", "Vintage", "Steps")])
    )
    table = html.Div(
        html.Table([head, html.Tbody(rows)]),
        className="scroll",
        tabIndex="0",
        role="region",
        **aria(label=f"Working of {verdict.id}"),
    )
    return html.Details([html.Summary("Show the working"), table, searched])


def _row(basis: Basis) -> html.Tr:
    return html.Tr(
        [
            html.Td(basis.label),
            html.Td(basis.window, style=_WHOLE),
            html.Td(figure_text(basis.figure, basis.unit), className="figure-cell"),
            html.Td(basis.vintage, style=_WHOLE),
            html.Td(basis.steps),
        ]
    )
