"""A text checked, as rows: one a figure, with its sentence, how it was read, the verdict and the figure at hand."""

from typing import Final

import pandas as pd

from analysis.claims.parser.typed import SHARE
from analysis.claims.texts.check import Checked, Judged
from analysis.claims.verdicts import Outcome
from analysis.recomputations.figures import PartOfYear, Quoted, Recomputation, Trade, message
from layouts.charts.claims import labels, wording
from layouts.charts.claims.chart import COUNTED
from layouts.charts.claims.words import SHAPES, article_text, figure_text
from layouts.figure import source_line
from layouts.words import text
from layouts.words.catalogue import say, say_many
from loaders.core import schema

COLUMNS: Final = schema.columns_of("article_figures")


def rows(checked: Checked) -> list[dict[str, object]]:
    """Return a row a figure, by ``COLUMNS``, in the language that is spoken; what is not known is None."""
    return [_row(one) for one in checked.figures]


def _row(one: Judged) -> dict[str, object]:
    claim, verdict, nearest = one.claim, one.verdict, at_hand(one)
    start, end = claim.span or (None, None)
    cells: tuple[object, ...] = (
        one.number,
        one.sentence,
        wording.says(verdict) or None,
        verdict.value or None,
        verdict.unit or None,
        claim.side,
        claim.flow or None,
        " ".join(claim.codes) or "TOTAL",
        start,
        end,
        one.carried,
        verdict.verdict.value,
        wording.sentence(verdict),
        labels.label(nearest) if nearest else None,
        nearest.figure if nearest else None,
        nearest.unit if nearest else None,
        nearest.source if nearest else None,
        nearest.vintage if nearest else None,
    )
    return dict(zip(COLUMNS, cells, strict=True))


def at_hand(one: Judged) -> Recomputation | None:
    """Return the figure that a number was set against first; None where there is none for its months."""
    bases = one.verdict.bases if one.claim.span else ()
    return bases[0] if bases else None


def figure(one: Judged) -> str:
    """Write the number of a figure with its unit."""
    claim, verdict = one.claim, one.verdict
    if verdict.value:
        return article_text(verdict.value, verdict.unit)
    digits = Quoted(claim.number, claim.unit if not claim.unit.startswith("_") else "", claim.slack)
    return wording.quoted(digits) if claim.number else say("claims.in_words")


def what(one: Judged) -> str:
    """Say what a figure is of, and when: "China's exports to Russia, Jan-May 2023"."""
    claim = one.claim
    if claim.untold or (claim.measure == SHARE and not claim.flow):
        return months(one)
    trade = wording.text_of(message("claims.text.trade", trade=Trade(claim.flow or "total", claim.side, claim.codes)))
    return labels.listed([trade, months(one)])


def months(one: Judged) -> str:
    """Name the months of a figure, and where they were taken from; that they are not said."""
    claim = one.claim
    if claim.span:
        return say("claims.text.carried" if one.carried else "claims.text.months", months=wording.months(claim.span))
    if claim.months:
        return wording.text_of(message("claims.text.no_year", months=PartOfYear(*claim.months)))
    return say("claims.text.no_months")


def verdict(one: Judged) -> str:
    """Name what a figure comes out as, with its shape."""
    outcome = one.verdict.verdict
    return say("claims.text.verdict", shape=SHAPES[outcome], verdict=wording.verdict_word(outcome))


def source(one: Judged) -> str:
    """Name the figure at hand with its source and release."""
    nearest = at_hand(one)
    if nearest is None:
        return say("claims.text.nothing_at_hand")
    return say(
        "claims.text.at_hand",
        figure=figure_text(nearest.figure, nearest.unit),
        method=labels.label(nearest),
        source=source_line.short(nearest.source),
        version=labels.version(nearest.vintage),
    )


def counted(checked: Checked) -> str:
    """Count the figures by verdict, the numbers that were left alone, and what was not read."""
    outcomes = [one.verdict.verdict for one in checked.figures]
    whole = say_many("claims.text.sentences", checked.sentences)
    lines = [say("claims.text.nothing", sentences=whole)]
    if outcomes:
        kinds = [(key, sum(one in group for one in outcomes)) for key, group in _COUNTED]
        counts = labels.listed(say_many(key, many) for key, many in kinds if many)
        lines = [say_many("claims.text.counted", len(outcomes), sentences=whole, counted=counts)]
    if checked.left_alone:
        lines.append(say_many("claims.text.left_alone", checked.left_alone))
    if checked.unread:
        lines.append(say_many("claims.text.unread", checked.unread))
    if checked.dated:
        key = "claims.text.day.own" if checked.dated.own else "claims.text.day.asof"
        lines.append(say(key, day=text.day(pd.Timestamp(checked.dated.day))))
    return text.sentences(lines)


_COUNTED: Final = (
    *((key, {outcome}) for outcome, key in COUNTED.items()),
    ("claims.counted.open", {Outcome.OPEN, Outcome.UNREAD}),
)
