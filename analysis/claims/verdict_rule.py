"""The rule that judges a number against the recomputations of its window: which basis first, how far off, how usual."""

import math
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Final

from analysis.basis import Making, Print
from analysis.claims.figures import known_revisions, levels
from analysis.claims.figures.known_revisions import Revisions, current
from analysis.claims.verdicts import HOLDS, REVISED, SPLIT, Outcome
from analysis.dataset import Dataset
from analysis.readings import Span
from analysis.recomputations import year_on_year
from analysis.recomputations.figures import (
    PERCENT,
    Kind,
    Message,
    Months,
    PlainNumber,
    Quoted,
    Recomputation,
    half_digit,
    message,
)
from loaders.core.source_records import SourceRole, serving

_CURRENCIES: Final = ("USD", "CNY")
_SAME: Final = 1e-9  # two prints of one rate
_SLIP: Final = 0.002  # of a value: how far the rates of the months may part dollars from yuan
# whose figures are one side's count: since 2022 the IMF estimates Russia's
_COUNTERS: Final = {"RUS": ("RUS", "IMF")}


@dataclass(frozen=True)
class QuotedNumber:
    """A number as quoted: digits, whole currency units in one of it, ``>`` or ``<`` where said, the reach of a word."""

    digits: str
    scale: float = 1e9
    bound: str = ""
    slack: float = 0.0
    over_earlier: bool = False  # a rate over an earlier year, which nobody prints
    unit: str = ""  # as a claim names it, for the sentence

    @property
    def half(self) -> float:
        """How far from the number a figure may lie that rounds to it: half its last digit, or the reach of a word."""
        return self.slack or half_digit(self.digits)

    def of(self, one: Recomputation) -> float:
        """Return a figure in the unit of the number."""
        return one.figure * 1e9 / self.scale

    def fits(self, one: Recomputation) -> bool:
        """Return whether a figure bears the number out: it rounds to it, or lies beyond it where that was said."""
        figure, number = self.of(one), float(self.digits)
        if self.bound:
            return figure > number if self.bound == ">" else figure < number
        return abs(figure - number) <= self.half + 1e-9

    def agrees(self, one: Recomputation) -> bool:
        """Return whether a print of the day is the number, at the digits of the rounder of the two.

        "More than 102.5" is what newspapers make of a print of 102.5.
        """
        if self.bound:
            return self.fits(one) or math.isclose(self.of(one), float(self.digits), rel_tol=1e-9)
        return self.fits(one) or (self._off(one) <= _unit(self.of(one)) / 2 * (1 + 1e-9))

    def between(self, ones: Iterable[Recomputation]) -> bool:
        """Return whether the number, rounded or cut off, may be one of the states between the least and the greatest.

        A print followed to its figure of now tells its own revision: no state lies outside the two.
        """
        figures, number = [self.of(one) for one in ones], float(self.digits)
        ends = sorted((number - math.copysign(self.half, number), number + math.copysign(2 * self.half, number)))
        return min(figures) <= ends[1] * (1 + 1e-9) and max(figures) >= ends[0] * (1 - 1e-9)

    def _off(self, one: Recomputation) -> float:
        return abs(self.of(one) - float(self.digits))


def _unit(figure: float) -> float:
    """Return the unit of the last digit of a figure as printed."""
    return 2 * half_digit(f"{figure:.10g}")


@dataclass(frozen=True)
class Judgement:
    """A verdict with its sentences; ``figures`` are the recomputations, what the verdict rests on first."""

    verdict: Outcome
    sentences: tuple[Message, ...]
    figures: tuple[Recomputation, ...]


def leading(figures: Iterable[Recomputation], counted: str, currency: str) -> list[Recomputation]:
    """Return the recomputations that the words point to first: of one counter, in one currency.

    Where the counter has none, of the first counter there is; without a currency dollars come first.
    """
    own, counters = [one for one in figures if not _difference(one)], _COUNTERS.get(counted, (counted,))
    own = own or list(figures)
    who = [one for one in own if one.basis and one.basis.counted_by in counters]
    who = who or [one for one in own if one.basis and own[0].basis and one.basis.counted_by == own[0].basis.counted_by]
    who = [one for one in who if one.unit == who[0].unit or one.currency != who[0].currency]
    who = [one for one in who if _same_goods(one, who[0])]
    for name in (currency,) if currency else _CURRENCIES:
        if named := [one for one in who if one.currency == name]:
            return named
    return who


def _difference(one: Recomputation) -> bool:
    """Return whether a figure is the difference of two years to date, which holds revisions of earlier months."""
    return one.kind is Kind.DIFFERENCE


def _same_goods(one: Recomputation, first: Recomputation) -> bool:
    """Return whether a figure is of the goods of the first one, and no sum that another source made of lines."""
    if one.rests is None or first.rests is None:
        return one is first or one.source not in serving(SourceRole.MERGED)
    return one.rests.codes == first.rests.codes


def of_the_day(one: Recomputation) -> bool:
    """Return whether a recomputation is a print of the day, not customs' own figure of now."""
    return one.kind is Kind.RATE or (one.basis is not None and one.basis.print is Print.FIRST and not current(one))


def judge(
    dataset: Dataset,
    number: QuotedNumber,
    figures: list[Recomputation],
    lead: list[Recomputation],
    span: Span,
    flow: str,
) -> Judgement | None:
    """Return the judgement where the number holds on some basis; None where it holds on none."""
    now = next((one for one in lead if not of_the_day(one)), None)
    fits = [one for one in lead if _bears(number, one)]
    if any(not of_the_day(one) for one in fits) or (fits and (number.bound or not _final(now))):
        return _holds(number, [*lead, *(one for one in figures if one not in lead)], span)
    if fits and now:
        return _revised(number, now, fits, figures, span, usual(dataset, now, span, flow))
    if other := [one for one in figures if one not in lead and number.fits(one)]:
        return _split(number, lead, other, figures, span)
    if number.bound or now is None or (not number.over_earlier and _elsewhere(dataset, number, lead, span, flow)):
        return None
    return _as_revised(dataset, number, now, (lead, figures), (span, flow))


def _as_revised(
    dataset: Dataset,
    number: QuotedNumber,
    now: Recomputation,
    given: tuple[list[Recomputation], list[Recomputation]],
    window: tuple[Span, str],
) -> Judgement | None:
    """Return the judgement where a number may be an earlier state of the figure of now; None where it may not."""
    (lead, figures), (span, flow) = given, window
    prints = [one for one in lead if of_the_day(one)]
    moved = prints or ([] if number.over_earlier else _as_in_dollars(dataset, now, span, flow))
    if moved and not number.between([*moved, now]):
        return None
    known = usual(dataset, now, span, flow)
    if known and _reached(number, known, now):
        return _within(number, known, now, figures, span)
    return _between(number, moved, now, figures, span) if moved else None


def _bears(number: QuotedNumber, one: Recomputation) -> bool:
    """Return whether a figure bears a number out: a print may be the rounder of the two."""
    return number.agrees(one) if of_the_day(one) else number.fits(one)


def _final(now: Recomputation | None) -> bool:
    """Return whether there is a figure of now that is a later state than the prints of the day."""
    return now is not None and known_revisions.age_of(now) == known_revisions.FINAL


def usual(dataset: Dataset, now: Recomputation, span: Span, flow: str) -> Revisions | None:
    """Return how prints of such windows moved; None where none can be followed to China's own figure of now."""
    if now.rests and now.rests.codes != ("TOTAL",):
        own = now.basis is not None and (now.basis.counted_by, now.basis.print) == ("CHN", Print.NOW)
        return known_revisions.goods(dataset, flow) if own else None
    if now.kind is Kind.MIRROR:  # nobody keeps its prints: as far as those of China's customs move
        read = known_revisions.rates if now.unit == PERCENT else known_revisions.levels
        return read(dataset, flow, span)
    if not current(now):
        return None
    read = known_revisions.rates if now.unit == PERCENT else known_revisions.levels
    return read(dataset, flow, span, known_revisions.age_of(now))


def _as_in_dollars(dataset: Dataset, now: Recomputation, span: Span, flow: str) -> list[Recomputation]:
    """Return the first print of a figure in yuan as its window was revised in dollars; none where that is not known.

    Nobody keeps what was printed in yuan, but both currencies tell of the same months: they were revised alike, but
    for the exchange rates of the months, a few thousandths.
    """
    if now.currency != "CNY" or not current(now) or (now.rests and now.rests.codes != ("TOTAL",)):
        return []
    rate, base = now.unit == PERCENT, 100.0 if now.unit == PERCENT else 0.0
    read = year_on_year.growth if rate else levels.levels
    dollars = [one for one in read(dataset, flow, span) if one.currency == "USD"]
    later = next(
        (one for one in dollars if current(one) and known_revisions.age_of(one) == known_revisions.age_of(now)), None
    )
    prints = [one for one in dollars if of_the_day(one) and (one.kind is Kind.RATE or not rate)]
    if later is None or not prints or flow == "balance":
        return []
    return [
        replace(one, figure=(base + now.figure) * (base + one.figure) / (base + later.figure) * (1 + slip) - base)
        for one in prints
        for slip in (-_SLIP, _SLIP)
    ]


def _reached(number: QuotedNumber, known: Revisions, now: Recomputation) -> bool:
    return known.holds(number.of(now), number.digits, rate=now.unit == PERCENT)


def _elsewhere(dataset: Dataset, number: QuotedNumber, lead: list[Recomputation], span: Span, flow: str) -> bool:
    """Return whether the very rate was printed for another window of the same kind and year."""
    if not lead or lead[0].unit != PERCENT:
        return False
    kind = known_revisions.kind_of(span)
    others = ((start, end) for which, start, end in year_on_year.printed(dataset) if which == flow)
    near = [one for one in others if one != span and one[1][:4] == span[1][:4] and known_revisions.kind_of(one) == kind]
    return any(
        abs(rate.figure - float(number.digits)) < _SAME and rate.currency == lead[0].currency
        for one in near
        for rate in year_on_year.rates(dataset, flow, one)
    )


def _rounded(number: QuotedNumber, ones: Iterable[Recomputation]) -> tuple[Recomputation, ...]:
    """Note the rounding of the number as the tolerance of what was judged by it."""
    half = number.half * number.scale / 1e9
    return tuple(replace(one, tolerance=half) for one in ones)


def _holds(number: QuotedNumber, figures: list[Recomputation], span: Span) -> Judgement:
    """Say what bears the number out: what customs print before what is converted, then the rest."""
    fits = [one for one in figures if _bears(number, one)]
    fits.sort(key=lambda one: one.kind is not Kind.RATE and _converted(one))
    rest = [one for one in figures if one not in fits]
    sentence = message("claims.holds", months=Months(*span), figures=tuple(fits[:2]))
    return Judgement(HOLDS, (sentence, *beside(rest[:3])), (*_rounded(number, fits), *_rounded(number, rest)))


def beside(rest: list[Recomputation]) -> tuple[Message, ...]:
    """Name further recomputations; nothing where there are none."""
    return (message("claims.beside", figures=tuple(rest)),) if rest else ()


def _converted(one: Recomputation) -> bool:
    return one.basis is not None and one.basis.making is Making.CONVERTED


def _revised(
    number: QuotedNumber,
    now: Recomputation,
    fits: list[Recomputation],
    figures: list[Recomputation],
    span: Span,
    known: Revisions | None,
) -> Judgement:
    rest = [one for one in figures if one not in fits and one is not now]
    sentence = message("claims.revised", months=Months(*span), then=tuple(fits[:1]), now=(now,))
    how = (usually(known, now),) if known else ()
    return Judgement(REVISED, (sentence, *how, *beside(rest[:2])), (now, *_rounded(number, fits), *rest))


def _split(
    number: QuotedNumber,
    lead: list[Recomputation],
    other: list[Recomputation],
    figures: list[Recomputation],
    span: Span,
) -> Judgement:
    first = next((one for one in lead if not of_the_day(one)), lead[0] if lead else None)
    months, here = Months(*span), tuple(other[:1])
    sentence = (
        message("claims.split", months=months, figure=here, first=(first,))
        if first
        else message("claims.split_alone", months=months, figure=here)
    )
    rest = [one for one in figures if one not in other]
    return Judgement(SPLIT, (sentence,), (*_rounded(number, other), *rest))


def _within(
    number: QuotedNumber, known: Revisions, now: Recomputation, figures: list[Recomputation], span: Span
) -> Judgement:
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


def _between(
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


def fails(number: QuotedNumber, figures: Iterable[Recomputation]) -> tuple[Recomputation, ...]:
    """Return the recomputations of a number that holds on none, each with the rounding it was judged by."""
    return _rounded(number, figures)
