"""The cards of the claims: what the reader typed first, then what the article says."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from dash import html

from analysis.claims import article as article_claims
from analysis.claims import reader_claim, verdicts
from analysis.points import POINT
from layouts.charts.claims.words import SHAPES, SHORT, article_text, figure_text, quotation
from layouts.charts.registry import CHARTS
from layouts.look.html_attributes import aria, asked, data

if TYPE_CHECKING:
    from analysis.dataset import Dataset
    from analysis.recomputations import Recomputation
    from analysis.selection import Selection

Link = tuple[str, str]
_CLASSES: Final = {
    verdicts.HOLDS: "holds",
    verdicts.REVISED: "holds",
    verdicts.SPLIT: "otherwise",
    verdicts.OTHERWISE: "otherwise",
    verdicts.NOT: "fails",
    verdicts.UNTESTED: "untested",
    verdicts.OPEN: "untested",
    verdicts.UNREAD: "untested",
}
_WHOLE: Final = {"whiteSpace": "nowrap"}
_FOUND: Final = 8  # of the windows that fit, as many as can be read


def claim_cards(dataset: Dataset, selection: Selection) -> list[Any]:
    """Return one card a claim: verdict, quotation, both figures, one sentence, the working."""
    own = (reader_claim.judge(dataset, selection.claim),) if selection.claim else ()
    held = article_claims.judge(dataset)
    links = _links(dataset, selection)
    cards: list[Any] = [_card(verdict, links.get(verdict.id, [])) for verdict in (*own, *held)]
    if not held:
        cards.append(html.P("The article’s figures could not be read; restore data/figures/ from the repository."))
    return cards


def _links(dataset: Dataset, selection: Selection) -> dict[str, list[Link]]:
    """Return for each claim the names of its bases' points, with the addresses that open them, in their order."""
    rows = CHARTS["claims"].table(dataset, selection)
    found: dict[str, list[Link]] = {}
    for claim, point in zip(rows["id"], rows[POINT], strict=True):
        found.setdefault(str(claim), []).append((str(point), asked(selection, str(point))))
    return found


def _card(verdict: verdicts.Verdict, links: list[Link]) -> html.Article:
    own = verdict.id == reader_claim.ID
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
            _working(verdict, links),
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


def _working(verdict: verdicts.Verdict, links: list[Link]) -> html.Details:
    """Show every basis side by side, each with the way to its number, and how much was searched."""
    bases = (*verdict.bases, *verdict.found[:_FOUND])
    rows = [_row(one, link) for one, link in zip(bases, links, strict=False)]
    searched = html.P(verdict.searched) if verdict.searched else None
    if not rows:
        return html.Details([html.Summary("How it could be tested"), searched or html.P(verdict.sentence)])
    head = html.Thead(
        html.Tr([html.Th(name, scope="col") for name in ("Recomputed from", "Window", "Figure", "Vintage", "Steps")])
    )
    table = html.Div(
        html.Table([head, html.Tbody(rows)]),
        className="scroll",
        tabIndex="0",
        role="region",
        **aria(label=f"Working of {verdict.id}"),
    )
    return html.Details([html.Summary("Show the working"), table, searched])


def _row(one: Recomputation, link: Link) -> html.Tr:
    point, address = link
    return html.Tr(
        [
            html.Td(html.A(one.label, href=address, title="What is this number?")),
            html.Td(one.window, style=_WHOLE),
            html.Td(figure_text(one.figure, one.unit), className="figure-cell"),
            html.Td(one.vintage, style=_WHOLE),
            html.Td(one.steps),
        ],
        tabIndex="-1",
        **data(point=point),
    )
