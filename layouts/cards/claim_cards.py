"""The cards of the claims: what the reader typed first, then what the article says."""

from typing import Any, Final

from dash import html

from analysis.claims import article as article_claims
from analysis.claims import reader_claim, verdicts
from analysis.dataset import Dataset
from analysis.points import POINT
from analysis.recomputations.figures import Recomputation
from analysis.selection import Selection
from layouts.cards import terms
from layouts.charts.claims import labels, wording
from layouts.charts.claims.words import SHAPES, article_text, figure_text
from layouts.charts.registry import CHARTS
from layouts.look import foreign_words
from layouts.look.html_attributes import aria, asked, data
from layouts.words.catalogue import say
from layouts.words.language import speaking

Link = tuple[str, str]
CLASSES: Final = {
    verdicts.HOLDS: "holds",
    verdicts.REVISED: "holds",
    verdicts.SPLIT: "otherwise",
    verdicts.OTHERWISE: "otherwise",
    verdicts.NOT: "fails",
    verdicts.UNTESTED: "untested",
    verdicts.OPEN: "untested",
    verdicts.UNREAD: "untested",
}
_HEADS: Final = (
    "claims.head.from",
    "claims.head.period",
    "claims.head.figure",
    "claims.head.version",
    "claims.head.steps",
)
_WHOLE: Final = {"whiteSpace": "nowrap"}
_FOUND: Final = 8  # of the windows that fit, as many as can be read


def claim_cards(dataset: Dataset, selection: Selection) -> list[Any]:
    """Return one card a claim, in the language of the selection: verdict, quotation, both figures, why, the working."""
    with speaking(selection.lang):
        return foreign_words.named_all(_cards(dataset, selection))


def _cards(dataset: Dataset, selection: Selection) -> list[Any]:
    own = (reader_claim.judge(dataset, selection.claim),) if selection.claim else ()
    quoted = article_claims.judge(dataset)
    links = _links(dataset, selection)
    cards: list[Any] = [_card(verdict, links.get(verdict.id, [])) for verdict in (*own, *quoted)]
    if not quoted:
        cards.append(html.P(say("claims.unreadable_restore")))
    return cards


def _links(dataset: Dataset, selection: Selection) -> dict[str, list[Link]]:
    """Return for each claim the names of its bases' points, with the addresses that open them, in their order."""
    rows = CHARTS["claims"].table(dataset, selection)
    links: dict[str, list[Link]] = {}
    for claim, point in zip(rows["id"], rows[POINT], strict=True):
        links.setdefault(str(claim), []).append((str(point), asked(selection, str(point))))
    return links


def _card(verdict: verdicts.Verdict, links: list[Link]) -> html.Article:
    own, outcome = verdict.id == reader_claim.ID, verdict.verdict
    seen = set[str]()
    first = (verdict.bases or verdict.elsewhere or (None,))[0]
    ours = figure_text(first.figure, first.unit) if first else "–"
    recomputed = (
        say("claims.card.recomputed_for", months=wording.months(first.span)) if first else say("claims.card.recomputed")
    )
    theirs = article_text(verdict.value, verdict.unit, str(verdict.row.get("kind") or ""))
    return html.Article(
        [
            html.P(
                [html.Span(SHAPES[outcome], **aria(hidden="true")), f" {wording.verdict_word(outcome)}"],
                className="verdict",
            ),
            _heading(verdict, own=own),
            html.P(terms.marked(wording.says(verdict), seen), className="subject"),
            html.Div(
                [
                    _figure(say("claims.card.yours" if own else "claims.card.article"), theirs, "theirs"),
                    _figure(recomputed, ours, "ours"),
                ],
                className="pair",
            ),
            html.P(terms.marked(wording.sentence(verdict), seen), className="sentence"),
            _working(verdict, links),
        ],
        className=f"claim {CLASSES[verdict.verdict]}",
        id=f"claim-{verdict.id}",
    )


def _heading(verdict: verdicts.Verdict, *, own: bool) -> html.H3:
    """Quote the claim; a reader's words may hold one very long word."""
    if not own:
        return html.H3(wording.quotation(verdict))
    label = html.Span(say("claims.card.typed"), className="meta", style={"display": "block"})
    return html.H3([label, wording.quotation(verdict)], style={"overflowWrap": "anywhere"})


def _figure(name: str, figure: str, kind: str) -> html.Div:
    return html.Div([html.P(name, className="meta"), html.P(figure, className=kind)])


def _working(verdict: verdicts.Verdict, links: list[Link]) -> html.Details:
    """Show every basis side by side, each with the way to its number, and how much was searched."""
    bases = (*verdict.bases, *verdict.elsewhere[:_FOUND])
    rows = [_row(one, link) for one, link in zip(bases, links, strict=False)]
    searched = html.P(wording.searched(verdict)) if verdict.searched else None
    if not rows:
        return html.Details([html.Summary(say("claims.card.how")), searched or html.P(wording.sentence(verdict))])
    head = html.Thead(html.Tr([html.Th(name, scope="col") for name in map(say, _HEADS)]))
    table = html.Div(
        html.Table([head, html.Tbody(rows)]),
        className="scroll",
        tabIndex="0",
        role="region",
        **aria(label=say("claims.card.working_of", claim=wording.quotation(verdict))),
    )
    return html.Details([html.Summary(say("claims.card.working")), table, searched])


def _row(one: Recomputation, link: Link) -> html.Tr:
    point, address = link
    return html.Tr(
        [
            html.Td(html.A(labels.label(one), href=address, title=say("claims.card.number"))),
            html.Td(wording.months(one.span), style=_WHOLE),
            html.Td(figure_text(one.figure, one.unit), className="figure-cell"),
            html.Td(labels.version(one.vintage), style=_WHOLE),
            html.Td(wording.text_of(one.steps)),
        ],
        tabIndex="-1",
        **data(point=point),
    )
