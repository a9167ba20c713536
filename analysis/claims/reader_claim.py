"""A reader's own number, judged on every basis at hand."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from analysis.cache import per_dataset
from analysis.claims import claim_figures, figure_search, verdict_rule, wording
from analysis.claims.parser import parse as parser
from analysis.claims.verdicts import HOLDS, NOT, OPEN, OTHERWISE, UNREAD, UNTESTED, Row, Verdict
from analysis.recomputations import Kind, Recomputation, Span, span_name

if TYPE_CHECKING:
    from analysis.claims.parser.parse import Typed
    from analysis.dataset import Dataset

ID: Final = "typed"
_SHOWN: Final = 12


@per_dataset(128)
def judge(dataset: Dataset, words: str) -> Verdict:
    """Return the verdict on a statement as typed; what cannot be read or told is said, never guessed."""
    claim = parser.parse(words)
    row = _row(claim)
    if claim.untold:
        return Verdict(row, UNTESTED, f"{claim.untold}.")
    if missing := claim.missing or claim_figures.unknown_ware(dataset, claim):
        return Verdict(row, UNREAD, missing)
    if claim.span and figure_search.split(claim.span):
        return Verdict(row, UNTESTED, _joined(claim.span))
    if claim.span is None:
        return _anywhere(dataset, claim, row)
    verdict = _record(dataset, claim, row, claim.span) if claim.measure == parser.RECORD else None
    return verdict or _windowed(dataset, claim, row, claim.span)


def _row(claim: Typed) -> Row:
    """Return the claim as a row of the claims table."""
    start, end = claim.span or ("", "")
    sign = {">": "> ", "<": "< "}.get(claim.bound, "")
    value = f"{sign}{claim.number}" if claim.unit and not claim.untold else ""
    return {
        "id": ID,
        "says": wording.said(claim),
        "quoted": claim.words.strip(),
        "value": value,
        "unit": claim.unit if value else "",
        "period_start": start,
        "period_end": end,
        "flow": claim.flow,
        "scope": " ".join(claim.codes) or "TOTAL",
    }


def _joined(span: Span) -> str:
    year = span[0][:4] if span[0][5:] == "02" else span[1][:4]
    return (
        f"Chinese customs print January and February together since 2020; {span_name(span)} would split them. "
        f"Jan–Feb {year} can be tested."
    )


def _searched(claim: Typed, found: list[Recomputation]) -> list[Recomputation]:
    """Keep of what a search found the currency named; a value without one is searched in US$."""
    currency = claim.currency or ("USD" if claim.measure == parser.LEVEL else "")
    return [one for one in found if not currency or one.currency == currency]


def _windowed(dataset: Dataset, claim: Typed, row: Row, span: Span) -> Verdict:
    """Judge a number whose months are named."""
    held = claim_figures.held_of(dataset, claim, span)
    own = [one for one in held if not claim.currency or one.currency == claim.currency]
    if not held:
        return Verdict(row, UNTESTED, _beyond(dataset, claim, span))
    if not own:
        said = f"For {span_name(span)} the figures give {wording.listed(held[:3])}; none is in the currency named."
        return Verdict(row, NOT, said, tuple(held))
    number = verdict_rule.Number(claim.number, claim.scale, claim.bound, claim.slack, exact=claim.base is not None)
    lead = verdict_rule.leading(own, claim_figures.counter(claim), claim.currency)
    if found := verdict_rule.judge(dataset, number, own, lead, span, claim_figures.flow_of(claim)):
        also = [one for one in held if one not in own]
        beside = f" In the other currency: {wording.listed(also[:1])}." if also else ""
        beside += (
            claim_figures.recorded(dataset, claim, span)[1] if claim.record and claim.measure == parser.LEVEL else ""
        )
        return Verdict(row, found.verdict, found.sentence + beside, (*found.held, *also))
    ordered = [*lead, *(one for one in held if one not in lead)]
    said = f"For {span_name(span)} the figures give {wording.listed(ordered[:4])}."
    tested = list(verdict_rule.fails(number, ordered))
    if claim.bound or claim.base:
        return Verdict(row, NOT, said, tuple(tested))
    return _elsewhere(dataset, claim, row, tested, said)


def _record(dataset: Dataset, claim: Typed, row: Row, span: Span) -> Verdict:
    """Judge that a window is the highest of its kind so far."""
    record, said, held = claim_figures.recorded(dataset, claim, span)
    if record is None:
        return Verdict(row, UNTESTED, _beyond(dataset, claim, span))
    return Verdict(row, HOLDS if record else NOT, said.strip(), tuple(held))


def _elsewhere(dataset: Dataset, claim: Typed, row: Row, held: list[Recomputation], said: str) -> Verdict:
    """Search the window that a number fits where it does not fit its own."""
    span = claim.span or ("", "")
    found = figure_search.search(
        claim_figures.pool_of(dataset, claim),
        claim.number,
        span,
        claim_figures.flow_of(claim),
        claim.scale,
        claim.slack,
    )
    likely = _searched(claim, list(found.likely))
    if likely:
        hit = likely[0]
        sentence = f"{wording.number(claim)} is {hit.window}, {wording.how(hit)}. {said}"
        return Verdict(row, OTHERWISE, sentence, tuple(held), tuple(likely), found.said)
    far = _searched(claim, list(found.others))
    by_chance = (
        f" Only another year gives it: {far[0].window} ({wording.how(far[0])})."
        if far
        else " No other window gives it."
    )
    return Verdict(row, NOT, f"{said}{by_chance}", tuple(held), tuple(far), found.said)


def _anywhere(dataset: Dataset, claim: Typed, row: Row) -> Verdict:
    """List the windows that a number fits where no months, or no year, were named."""
    named = "You named nothing but a number" if claim.bare else f"You named no {'year' if claim.months else 'months'}"
    if claim.bound:
        return Verdict(
            row,
            UNREAD,
            f"{named}: more or less than {wording.number(claim)} of which window? Example: {parser.EXAMPLE}.",
        )
    held = claim_figures.pool_of(dataset, claim)
    flow = claim_figures.flow_of(claim)
    fits = [
        entry for entry in held.fits(claim.number, claim.scale, claim.slack) if _in_months(entry.span, claim.months)
    ]
    fits = [entry for entry in fits if not claim.currency or entry.basis.currency == claim.currency]
    own = [entry for entry in fits if entry.flow == flow]
    own.sort(
        key=lambda entry: (
            -int(entry.span[1].replace("-", "")),
            entry.basis.kind is not Kind.RATE,
            -figure_search.length(entry.span),
        )
    )
    own.sort(key=lambda entry: (entry.basis.kind is not Kind.RATE, abs(_off(claim, entry.basis))))
    counted = figure_search.counted(held, len(fits))
    if not own:
        what = claim.goods or wording.FLOWS[claim.flow, claim.side]
        beside = f" It fits {fits[0].flow}s of {fits[0].basis.window}." if fits and fits[0].flow != "total" else ""
        said = f"{named}; no window held gives {wording.number(claim)} for {what}.{beside}"
        return Verdict(row, OPEN if claim.bare else NOT, said, searched=counted)
    windows = list(dict.fromkeys(f"{entry.basis.window} ({wording.how(entry.basis)})" for entry in own))
    more = f" and {len(windows) - 3} more" if len(windows) > 3 else ""
    sentence = f"{named}, so there is no verdict; {wording.number(claim)} could be {', '.join(windows[:3])}{more}."
    return Verdict(row, OPEN, sentence, tuple(entry.basis for entry in own[:_SHOWN]), searched=counted)


def _off(claim: Typed, basis: Recomputation) -> float:
    """Return how far a figure is from the number, in units of its last digit, to one decimal."""
    figure = basis.figure * 1e9 / claim.scale
    return round(abs(figure - float(claim.number)) * 10.0**claim.decimals, 1)


def _in_months(span: Span, months: tuple[int, int] | None) -> bool:
    return months is None or (span[0][:4] == span[1][:4] and (int(span[0][5:]), int(span[1][5:])) == months)


def _beyond(dataset: Dataset, claim: Typed, span: Span) -> str:
    """Name the span that is held where a window lies outside it."""
    flow = claim_figures.flow_of(claim)
    held = [entry.span for entry in claim_figures.pool_of(dataset, claim).entries if entry.flow == flow]
    what = claim.goods or wording.FLOWS[claim.flow, claim.side]
    kind = "Growth" if claim.measure == parser.GROWTH else "Figures"
    what = "such a share" if claim.measure == parser.SHARE else what
    if not held:
        return (
            f"{kind} of {what} are not among the data."
            if kind == "Figures"
            else f"{kind} of {what} is not among the data."
        )
    start, end = min(one[0] for one in held), max(one[1] for one in held)
    gaps = "" if span[1] < start or span[0] > end else ", but not for these months"
    verb = "are" if kind == "Figures" else "is"
    ends = " to ".join(span_name((month, month)) for month in (start, end))
    return f"{kind} of {what} {verb} held from {ends}{gaps}; {span_name(span)} cannot be tested."
