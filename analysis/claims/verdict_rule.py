"""The rule that judges a number against the recomputations of its window: which basis first, how far off, how usual."""

from dataclasses import replace
from typing import Final

from analysis.basis import Print
from analysis.claims import judgements
from analysis.claims.figures import known_revisions, levels
from analysis.claims.figures.known_revisions import Revisions, current
from analysis.claims.judgements import Judgement
from analysis.claims.quoted_number import QuotedNumber, bears, of_the_day
from analysis.dataset import Dataset
from analysis.readings import Span
from analysis.recomputations import year_on_year
from analysis.recomputations.figures import PERCENT, Kind, Recomputation

_SAME: Final = 1e-9  # two prints of one rate
# of a value: how far the rates of the months part dollars from yuan, by the yuan that customs print (0.52 % at most)
_SLIP: Final = 0.0055


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
    fits = [one for one in lead if bears(number, one)]
    if any(not of_the_day(one) for one in fits) or (fits and (number.bound or not _final(now))):
        return judgements.holds(number, [*lead, *(one for one in figures if one not in lead)], span)
    if fits and now:
        return judgements.revised(number, now, fits, figures, span, usual(dataset, now, span, flow))
    if other := [one for one in figures if one not in lead and number.fits(one)]:
        return judgements.split(number, lead, other, figures, span)
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
        return judgements.within(number, known, now, figures, span)
    return judgements.between(number, moved, now, figures, span) if moved else None


def _final(now: Recomputation | None) -> bool:
    """Return whether there is a figure of now that is a later state than the prints of the day."""
    return now is not None and known_revisions.age_of(now) == known_revisions.FINAL


def usual(dataset: Dataset, now: Recomputation, span: Span, flow: str) -> Revisions | None:
    """Return how prints of such windows moved; None where none can be followed to China's own figure of now."""
    if now.rests and now.rests.codes != ("TOTAL",):
        own = now.basis is not None and (now.basis.counted_by, now.basis.print) == ("CHN", Print.NOW)
        return known_revisions.goods(dataset, flow) if own else None
    read = known_revisions.rates if now.unit == PERCENT else known_revisions.levels
    if now.kind is Kind.MIRROR:  # nobody keeps its prints: as far as those of China's customs move
        return read(dataset, flow, span)
    if not current(now) and now.kind is not Kind.IMF:  # the fund carries what China's customs reported to it
        return None
    return read(dataset, flow, span, known_revisions.age_of(now))


def _as_in_dollars(dataset: Dataset, now: Recomputation, span: Span, flow: str) -> list[Recomputation]:
    """Return the first print of a figure in yuan as its window was revised in dollars; none where that is not known.

    Nobody keeps what was printed in yuan, but both currencies tell of the same months: they were revised alike, but
    for the exchange rates of the months, some thousandths.
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
