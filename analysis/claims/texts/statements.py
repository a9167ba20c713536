"""A figure of a text as one short statement in English, such as a reader types: the same figure, read alone."""

import math
from typing import Final

from analysis.claims.parser import month_spans, vocabulary
from analysis.claims.parser import parse as parser
from analysis.claims.parser.typed import GROWTH, SHARE, Typed
from analysis.measures.energy.definitions import FUELS
from analysis.readings import Span

_ALL_FUELS: Final = tuple(code for codes in FUELS.values() for code in codes)
_FUELS: Final = {"crude": "crude", "coal": "coal", "lng": "LNG", "pipeline_gas": "pipeline gas"}
_TRADES: Final = {
    ("total", "CHN"): "trade with Russia",
    ("export", "CHN"): "exports to Russia",
    ("import", "CHN"): "imports from Russia",
    ("export", "RUS"): "Russia's exports to China",
    ("import", "RUS"): "Russia's imports from China",
    ("total", "RUS"): "trade with Russia",
}
_WHOLES: Final = {"export": "exports", "import": "imports", "total": "trade"}
_OWNERS: Final = {"CHN": ("Russia's", "China's"), "RUS": ("China's", "Russia's")}
_MONEY: Final = {"USD": "in dollars", "CNY": "in yuan"}
_SCALES: Final = {"trn": "trillion", "bn": "bn", "mln": "mln"}


def statement(claim: Typed) -> str:
    """Return words that are read as the very same claim; empty where none are known."""
    if claim.span is None or claim.missing or claim.untold or not claim.number:
        return ""
    words = _share(claim) if claim.measure == SHARE else _trade(claim)
    again = parser.parse(words)
    return words if _same(again, claim) else ""


def _same(one: Typed, other: Typed) -> bool:
    def read(claim: Typed) -> tuple[object, ...]:
        whose = (claim.flow, claim.side, claim.codes, claim.span, claim.base, claim.whole, claim.by_weight)
        return (claim.measure, claim.unit, claim.bound, claim.currency, *whose)

    if one.missing or one.untold or not one.number or read(one) != read(other):
        return False
    near = math.isclose(float(one.number), float(other.number), rel_tol=1e-6)
    return near and math.isclose(one.slack, other.slack, rel_tol=0.02)


def _trade(claim: Typed) -> str:
    what = _TRADES.get((claim.flow, claim.side), "")
    if claim.flow == "balance":
        surplus = claim.number.startswith("-") == (claim.side == "RUS")
        what = f"{'Russia' if claim.side == 'RUS' else 'China'}'s {'surplus' if surplus else 'deficit'}"
    goods = _goods(claim.codes)
    base = f"compared with {_window(claim.base)}" if claim.base else ""
    return " ".join(filter(None, (goods, what, _number(claim), _window(claim.span), base)))


def _share(claim: Typed) -> str:
    """Say a share: of a country's trade, of the trade of the two, or of what China imports of goods."""
    owner, whole = _OWNERS[claim.side]
    goods, number, window = _goods(claim.codes), _number(claim), _window(claim.span)
    if claim.whole == vocabulary.TRADE:
        return f"{owner} share {number} of {whole} {_WHOLES.get(claim.flow, '')} {window}"
    if claim.whole == vocabulary.ORIGIN:
        return f"Russia {number} of China's {goods} imports {'by weight ' if claim.by_weight else ''}{window}"
    return f"{goods} {number} of {_TRADES[claim.flow, claim.side]} {window}"


def _number(claim: Typed) -> str:
    """Write the number with its bound and its unit; a round one as the range that it reaches over."""
    number, slack = float(claim.number), claim.slack
    reach = f"{number - slack:.4f} to {number + slack:.4f}" if slack else ""
    if claim.unit == "percent":
        money = _MONEY.get(claim.currency, "") if claim.measure == GROWTH else ""
        digits = f"{reach} percent" if reach else f"{_signed(claim)}%"
    else:
        scale, _, currency = claim.unit.partition("_")
        money = {"usd": "dollars", "cny": "yuan"}.get(currency, "")
        digits = f"{reach or claim.number.lstrip('-')} {_SCALES[scale]}"
    bound = {">": "more than ", "<": "less than "}.get(claim.bound, "")
    return f"{bound}{digits} {money}".strip()


def _signed(claim: Typed) -> str:
    if claim.measure == SHARE:
        return claim.number
    return claim.number if claim.number.startswith("-") else f"+{claim.number}"


def _goods(codes: tuple[str, ...]) -> str:
    if codes == _ALL_FUELS:
        return "energy"
    names = [_FUELS[fuel] for fuel, own in FUELS.items() if set(own) <= set(codes)]
    return " and ".join(names) if names else f"HS {codes[0]}" if codes else ""


def _window(span: Span | None) -> str:
    if span is None:
        return ""
    start, end = span
    if month_spans.is_year(span):
        return f"in {start[:4]}"
    return f"in {start}" if start == end else f"{start} to {end}"
