"""A reader's own number, judged on every basis at hand."""

from dataclasses import replace
from typing import Final

from analysis.cache import per_dataset
from analysis.claims import claim_figures, judgements, open_claims, quoted_number, reading, verdict_rule
from analysis.claims.figures import figure_search
from analysis.claims.parser import parse as parser
from analysis.claims.parser.typed import GROWTH, LEVEL, RECORD, SHARE, Typed
from analysis.claims.verdicts import HOLDS, NOT, OTHERWISE, SPLIT, UNREAD, UNTESTED, Row, Verdict
from analysis.dataset import Dataset
from analysis.readings import Span
from analysis.recomputations.figures import How, Message, Months, Recomputation, Value, message

ID: Final = "typed"


@per_dataset(128)
def judge(dataset: Dataset, words: str) -> Verdict:
    """Return the verdict on a statement as typed; what cannot be read or told is said, never guessed."""
    return judged(dataset, parser.parse(words))


@per_dataset(2048)
def judged(dataset: Dataset, claim: Typed) -> Verdict:
    """Return the verdict on a statement as it was read."""
    row = _row(claim)
    if claim.untold:
        return Verdict(row, UNTESTED, (claim.untold,))
    verdict = _read(dataset, claim, row)
    return verdict if claim.missing else replace(verdict, reading=reading.read_as(claim))


def _read(dataset: Dataset, claim: Typed, row: Row) -> Verdict:
    """Judge a statement that may be tested."""
    if missing := claim.missing:
        return Verdict(row, UNREAD, (missing, message("claims.example")))
    if unknown := claim_figures.unknown_ware(dataset, claim):
        return Verdict(row, UNREAD, (unknown,))
    if claim.span is None:
        return open_claims.judged(dataset, claim, row)
    if figure_search.split(claim.span):
        return Verdict(row, UNTESTED, (_joined(claim.span),))
    verdict = _record(dataset, claim, row, claim.span) if claim.measure == RECORD else None
    return verdict or _windowed(dataset, claim, row, claim.span)


def _row(claim: Typed) -> Row:
    """Return the claim as a row of the claims table."""
    start, end = claim.span or ("", "")
    sign = {">": "> ", "<": "< "}.get(claim.bound, "")
    value = f"{sign}{claim.number}" if claim.unit and not claim.untold else ""
    return {
        "id": ID,
        "says": "",
        "quoted": claim.words.strip(),
        "value": value,
        "unit": claim.unit if value else "",
        "period_start": start,
        "period_end": end,
        "flow": claim.flow,
        "scope": " ".join(claim.codes) or "TOTAL",
    }


def _joined(span: Span) -> Message:
    year = span[0][:4] if span[0][5:] == "02" else span[1][:4]
    return message("claims.joined_months", months=Months(*span), joined=Months(f"{year}-01", f"{year}-02"))


def _searched(claim: Typed, hits: list[Recomputation]) -> list[Recomputation]:
    """Keep of what a search found the currency named; a value without one is searched in US$."""
    currency = claim.currency or ("USD" if claim.measure == LEVEL else "")
    return [one for one in hits if not currency or one.currency == currency]


def _windowed(dataset: Dataset, claim: Typed, row: Row, span: Span) -> Verdict:
    """Judge a number whose months are named."""
    figures = claim_figures.figures_of(dataset, claim, span)
    own = [one for one in figures if not claim.currency or one.currency == claim.currency]
    if not figures:
        return Verdict(row, UNTESTED, (_beyond(dataset, claim, span),))
    months = Months(*span)
    if not own:
        sentence = message("claims.other_currency_alone", months=months, figures=tuple(figures[:3]))
        return Verdict(row, UNTESTED, (sentence,), tuple(figures))
    number = quoted_number.QuotedNumber(
        claim.number, claim.scale, claim.bound, claim.slack, over_earlier=claim.base is not None, unit=claim.unit
    )
    lead = quoted_number.leading(own, claim_figures.counter(claim), claim.currency)
    if judgement := verdict_rule.judge(dataset, number, own, lead, span, claim_figures.flow_of(claim)):
        also = [one for one in figures if one not in own]
        beside = (message("claims.other_currency", figures=tuple(also[:1])),) if also else ()
        if claim.record and claim.measure == LEVEL:
            beside = (*beside, claim_figures.recorded(dataset, claim, span)[1])
        return Verdict(row, judgement.verdict, (*judgement.sentences, *beside), (*judgement.figures, *also))
    if split := _revised_elsewhere(dataset, claim, number, own, lead):
        return Verdict(row, SPLIT, (*split.sentences,), split.figures)
    return _unfit(dataset, claim, row, (number, lead, figures))


def _unfit(
    dataset: Dataset,
    claim: Typed,
    row: Row,
    tested_on: tuple[quoted_number.QuotedNumber, list[Recomputation], list[Recomputation]],
) -> Verdict:
    """Say of a number that fits no basis of its months what they give, and which other months it fits."""
    number, lead, figures = tested_on
    months = Months(*(claim.span or ("", "")))
    if _is_other_count(claim, lead):
        sentence = message("claims.other_count_alone", months=months, figures=tuple(lead[:2]))
        return Verdict(row, UNTESTED, (sentence,), tuple(figures))
    ordered = [*lead, *(one for one in figures if one not in lead)]
    sentence = message("claims.figures", months=months, figures=tuple(ordered[:4]))
    tested = judgements.rounded(number, ordered)
    if claim.bound or claim.base:
        return Verdict(row, NOT, (sentence,), tested)
    return _elsewhere(dataset, claim, row, tested, sentence)


def _is_other_count(claim: Typed, lead: list[Recomputation]) -> bool:
    """Return whether a number of China's count could be set against Russia's alone, which refutes none."""
    who = lead[0].basis.counted_by if lead and lead[0].basis else ""
    return claim_figures.counter(claim) == "CHN" and claim.measure != SHARE and who == "RUS"


def _revised_elsewhere(
    dataset: Dataset,
    claim: Typed,
    number: quoted_number.QuotedNumber,
    own: list[Recomputation],
    lead: list[Recomputation],
) -> judgements.Judgement | None:
    """Return the judgement on China's count, or in yuan, of a number that words point elsewhere with; None for none."""
    if claim.bound or claim.span is None:
        return None
    others = (quoted_number.leading(own, "CHN", currency) for currency in ("USD", "CNY"))
    judged_ = (
        verdict_rule.judge(dataset, number, other, other, claim.span, claim_figures.flow_of(claim))
        for other in others
        if other and other[0] not in lead
    )
    return next((one for one in judged_ if one), None)


def _record(dataset: Dataset, claim: Typed, row: Row, span: Span) -> Verdict:
    """Judge that a window is the highest of its kind so far."""
    record, sentence, figures = claim_figures.recorded(dataset, claim, span)
    if record is None:
        return Verdict(row, UNTESTED, (_beyond(dataset, claim, span),))
    return Verdict(row, HOLDS if record else NOT, (sentence,), tuple(figures))


def _elsewhere(
    dataset: Dataset, claim: Typed, row: Row, tested: tuple[Recomputation, ...], sentence: Message
) -> Verdict:
    """Search the window that a number fits where it does not fit its own."""
    result = figure_search.search(
        claim_figures.pool_of(dataset, claim),
        claim.number,
        claim.span or ("", ""),
        claim_figures.flow_of(claim),
        claim.scale,
        claim.slack,
    )
    likely = _searched(claim, list(result.likely))
    if likely:
        hit = likely[0]
        is_of = message("claims.is_of", number=reading.number(claim), months=Months(*hit.span), how=How(hit))
        return Verdict(row, OTHERWISE, (is_of, sentence), tested, tuple(likely), result.sentences)
    far = _searched(claim, list(result.others))
    by_chance = (
        message("claims.another_year", months=Months(*far[0].span), how=How(far[0]))
        if far
        else message("claims.no_period")
    )
    return Verdict(row, NOT, (sentence, by_chance), tested, tuple(far), result.sentences)


def _beyond(dataset: Dataset, claim: Typed, span: Span) -> Message:
    """Name the span that is held where a window lies outside it."""
    flow = claim_figures.flow_of(claim)
    spans = [entry.span for entry in claim_figures.pool_of(dataset, claim).entries if entry.flow == flow]
    measure = claim.measure if claim.measure in {GROWTH, SHARE} else LEVEL
    what: dict[str, Value] = {} if measure == SHARE else {"what": reading.trade(claim)}
    if not spans:
        return message(_BEYOND[measure, "none"], **what)
    start, end = min(one[0] for one in spans), max(one[1] for one in spans)
    outside = span[1] < start or span[0] > end
    return message(
        _BEYOND[measure, "outside" if outside else "gap"],
        first=Months(start, start),
        last=Months(end, end),
        months=Months(*span),
        **what,
    )


_BEYOND: Final = {
    (LEVEL, "none"): "claims.beyond.values.none",
    (LEVEL, "outside"): "claims.beyond.values",
    (LEVEL, "gap"): "claims.beyond.values.gap",
    (GROWTH, "none"): "claims.beyond.rates.none",
    (GROWTH, "outside"): "claims.beyond.rates",
    (GROWTH, "gap"): "claims.beyond.rates.gap",
    (SHARE, "none"): "claims.beyond.shares.none",
    (SHARE, "outside"): "claims.beyond.shares",
    (SHARE, "gap"): "claims.beyond.shares.gap",
}
