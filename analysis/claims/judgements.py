"""The judgements of the rule, with what is said of each: what bears a number out, and how prints usually moved."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Final

from analysis.basis import Making
from analysis.claims.figures import known_revisions
from analysis.claims.figures.known_revisions import Revisions
from analysis.claims.quoted_number import QuotedNumber, bears, of_the_day
from analysis.claims.verdicts import HOLDS, REVISED, SPLIT, Outcome
from analysis.readings import Span
from analysis.recomputations.figures import PERCENT, Kind, Message, Months, PlainNumber, Quoted, Recomputation, message


@dataclass(frozen=True)
class Judgement:
    """A verdict with its sentences; ``figures`` are the recomputations, what the verdict rests on first."""

    verdict: Outcome
    sentences: tuple[Message, ...]
    figures: tuple[Recomputation, ...]


def holds(number: QuotedNumber, figures: list[Recomputation], span: Span) -> Judgement:
    """Say what bears the number out: what customs print before what is converted, then the rest."""
    fits = [one for one in figures if bears(number, one)]
    fits.sort(key=lambda one: one.kind is not Kind.RATE and _converted(one))
    rest = [one for one in figures if one not in fits]
    sentence = message("claims.holds", months=Months(*span), figures=tuple(fits[:2]))
    return Judgement(HOLDS, (sentence, *beside(rest[:3])), (*rounded(number, fits), *rounded(number, rest)))


def rounded(number: QuotedNumber, ones: Iterable[Recomputation]) -> tuple[Recomputation, ...]:
    """Return recomputations that a number was judged by, each with the rounding of the number as its tolerance."""
    half = number.half * number.scale / 1e9
    return tuple(replace(one, tolerance=half) for one in ones)


def beside(rest: list[Recomputation]) -> tuple[Message, ...]:
    """Name further recomputations; nothing where there are none."""
    return (message("claims.beside", figures=tuple(rest)),) if rest else ()


def _converted(one: Recomputation) -> bool:
    return one.basis is not None and one.basis.making is Making.CONVERTED


def revised(
    number: QuotedNumber,
    now: Recomputation,
    fits: list[Recomputation],
    figures: list[Recomputation],
    span: Span,
    known: Revisions | None,
) -> Judgement:
    """Say what was printed at the time, and what the figure is now."""
    rest = [one for one in figures if one not in fits and one is not now]
    sentence = message("claims.revised", months=Months(*span), then=tuple(fits[:1]), now=(now,))
    how = (usually(known, now),) if known else ()
    return Judgement(REVISED, (sentence, *how, *beside(rest[:2])), (now, *rounded(number, fits), *rest))


def split(
    number: QuotedNumber,
    lead: list[Recomputation],
    other: list[Recomputation],
    figures: list[Recomputation],
    span: Span,
) -> Judgement:
    """Say on which other basis a number holds, and what the words point to gives."""
    first = next((one for one in lead if not of_the_day(one)), lead[0] if lead else None)
    months, here = Months(*span), tuple(other[:1])
    sentence = (
        message("claims.split", months=months, figure=here, first=(first,))
        if first
        else message("claims.split_alone", months=months, figure=here)
    )
    rest = [one for one in figures if one not in other]
    return Judgement(SPLIT, (sentence,), (*rounded(number, other), *rest))


def within(
    number: QuotedNumber, known: Revisions, now: Recomputation, figures: list[Recomputation], span: Span
) -> Judgement:
    """Say that a number lies as far from the figure of now as its prints usually moved."""
    low, high = known.limits(now.figure, rate=now.unit == PERCENT)
    half = number.half * number.scale / 1e9
    quoted = float(number.digits) * number.scale / 1e9
    reach = (now.figure - low if quoted < now.figure else high - now.figure) + half
    rest = [one for one in figures if one is not now]
    key = "claims.within_converted" if _converted(now) else "claims.within"
    key = "claims.within_other" if now.kind is Kind.MIRROR else key
    sentence = message(key, months=Months(*span), now=(now,), number=Quoted(number.digits, number.unit))
    # a sum of several goods is nobody's print: what agrees with it within the revisions of its parts holds
    summed = now.rests is not None and len(now.rests.codes) > 1
    sentences = (sentence, usually(known, now), *beside(rest[:2]))
    return Judgement(HOLDS if summed else REVISED, sentences, (replace(now, tolerance=reach), *rest))


def between(
    number: QuotedNumber, prints: list[Recomputation], now: Recomputation, figures: list[Recomputation], span: Span
) -> Judgement:
    """Say that a number lies between what was printed and what is known now."""
    quoted = Quoted(number.digits, number.unit)
    sentence = message("claims.between", months=Months(*span), number=quoted, now=(now,))
    reach = max(abs(one.figure - now.figure) for one in prints) + number.half * number.scale / 1e9
    rest = [one for one in figures if one is not now]
    return Judgement(REVISED, (sentence, *beside(rest[:2])), (replace(now, tolerance=reach), *rest))


def usually(known: Revisions, now: Recomputation) -> Message:
    """Say how prints such as this one moved: in points where ``now`` is a rate, else in per cent."""
    rate = now.unit == PERCENT
    low, high = known.limits(now.figure, rate=rate)
    ends = (now.figure - high, now.figure - low) if rate else known.reach
    kind = message(_KINDS[known.of])
    if known.count < known_revisions.ENOUGH:
        key = "claims.usual.few_rates" if rate else "claims.usual.few_values"
        return message(key, known.count, kind=kind, most=PlainNumber(max(map(abs, ends)), 1))
    least, most = (PlainNumber(end, 1, signed=True) for end in ends)
    key = "claims.usual.rates" if rate else "claims.usual.values"
    within, count = PlainNumber(known.within), PlainNumber(known.count)
    return message(key, within=within, prints=count, kind=kind, least=least, most=most)


_KINDS: Final = {
    known_revisions.MONTH: "claims.kind.month",
    known_revisions.TO_DATE: "claims.kind.to_date",
    known_revisions.YEAR: "claims.kind.year",
    known_revisions.ALL: "claims.kind.all",
    known_revisions.GOODS: "claims.kind.goods",
}
