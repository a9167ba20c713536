"""A number whose months, or whose year, were not named: the windows that it fits, and no verdict."""

from typing import Final

from analysis.claims import claim_figures, reading
from analysis.claims.figures import figure_search
from analysis.claims.parser import month_spans
from analysis.claims.parser.typed import Typed
from analysis.claims.verdicts import OPEN, UNREAD, Row, Verdict
from analysis.dataset import Dataset
from analysis.readings import Span
from analysis.recomputations.figures import How, Kind, Message, Months, PartOfYear, Recomputation, Value, message

_SHOWN: Final = 12
_NAMED: Final = 3  # of the windows that a number could be
_UNNAMED: Final = "claims.unnamed.{}"
_COULD_BE: Final = "claims.open.{}"
_OTHER_FLOW: Final = {
    "export": "claims.fits_exports",
    "import": "claims.fits_imports",
    "balance": "claims.fits_balance",
}


def judged(dataset: Dataset, claim: Typed, row: Row) -> Verdict:
    """List the windows that a number fits where no months, or no year, were named."""
    lacks = "nothing" if claim.bare else "year" if claim.months else "months"
    number = reading.number(claim)
    if claim.bound:
        unsaid = (message(_UNNAMED.format(lacks)), message("claims.of_which", number=number), message("claims.example"))
        return Verdict(row, UNREAD, unsaid)
    pool = claim_figures.pool_of(dataset, claim)
    flow = claim_figures.flow_of(claim)
    fits = [
        entry for entry in pool.fits(claim.number, claim.scale, claim.slack) if _in_months(entry.span, claim.months)
    ]
    fits = [entry for entry in fits if not claim.currency or entry.basis.currency == claim.currency]
    own = [entry for entry in fits if entry.flow == flow]
    own.sort(key=lambda entry: _likelihood(claim, entry))
    counted = figure_search.counted(pool, len(fits))
    if not own:
        sentences = [message(_UNNAMED.format(lacks)), _none_fits(claim)]
        other = (entry for entry in fits[:1] if entry.flow in _OTHER_FLOW)
        sentences += [message(_OTHER_FLOW[entry.flow], months=Months(*entry.span)) for entry in other]
        sentences += _nearest(claim, pool.entries, flow)
        return Verdict(row, OPEN, tuple(sentences), searched=counted)  # of some year at hand no longer, it may be true
    return Verdict(
        row, OPEN, _could_be(own, number, lacks), tuple(entry.basis for entry in own[:_SHOWN]), searched=counted
    )


def _none_fits(claim: Typed) -> Message:
    """Say that no window gives a number, or no such months of any year."""
    number, what = reading.number(claim), reading.trade(claim)
    if claim.months:
        return message("claims.none_fits_months", months=PartOfYear(*claim.months), number=number, what=what)
    return message("claims.none_fits", number=number, what=what)


def _nearest(claim: Typed, entries: tuple[figure_search.Entry, ...], flow: str) -> list[Message]:
    """Name, of the months of a year that were named, those whose figure comes nearest."""
    same = [one for one in entries if claim.months and one.flow == flow and _in_months(one.span, claim.months)]
    same = [one for one in same if one.basis.currency == (claim.currency or one.basis.currency)]
    if not same:
        return []
    near = min((one.basis for one in same), key=lambda one: abs(_off(claim, one)))
    return [message("claims.nearest", months=Months(*near.span), figures=(near,))]


def _could_be(own: list[figure_search.Entry], number: Value, lacks: str) -> tuple[Message, ...]:
    """Name the windows that a number fits, each basis once, and count the rest."""
    distinct = list({(one.span, one.code, one.vintage): one for one in (entry.basis for entry in own)}.values())
    named = tuple(message("claims.could_be", months=Months(*one.span), how=How(one)) for one in distinct[:_NAMED])
    more = (message("claims.could_be_more", len(distinct) - _NAMED),) if len(distinct) > _NAMED else ()
    return message(_COULD_BE.format(lacks), number=number, periods=named), *more


def _likelihood(claim: Typed, entry: figure_search.Entry) -> tuple[bool, float, int, int]:
    """Return by what windows are ordered: printed rates first, then the nearest figure, the newest, the longest."""
    off, end = abs(_off(claim, entry.basis)), int(entry.span[1].replace("-", ""))
    return entry.basis.kind is not Kind.RATE, off, -end, -month_spans.length(entry.span)


def _off(claim: Typed, basis: Recomputation) -> float:
    """Return how far a figure is from the number, in units of its last digit, to one decimal."""
    figure = basis.figure * 1e9 / claim.scale
    return round(abs(figure - float(claim.number)) * 10.0**claim.decimals, 1)


def _in_months(span: Span, months: tuple[int, int] | None) -> bool:
    return months is None or (span[0][:4] == span[1][:4] and (int(span[0][5:]), int(span[1][5:])) == months)
