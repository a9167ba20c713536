"""What stands in the way of a test of a statement; a share turned to its whole, a balance to its sign."""

import re
from dataclasses import replace

from analysis.claims.parser import goods, vocabulary
from analysis.claims.parser.periods import Spans
from analysis.claims.parser.typed import GROWTH, SHARE, Typed
from analysis.recomputations.figures import Goods, Message, Months, Quoted, message


def doubted(read: Typed, spans: Spans, plain: str) -> Typed:
    """Say what stands in the way of a test, if anything; sign a balance."""
    read = _part(read, plain)
    if missing := _missing(read, spans, plain):
        return replace(read, missing=missing)
    return _signed(read, spans, plain) if read.flow == "balance" else read


def _signed(read: Typed, spans: Spans, plain: str) -> Typed:
    """Sign a balance as China sees it; without a sign, or surplus or deficit said, it cannot be tested."""
    deficit = bool(re.search(r"\bdeficit\b|\bnegative (?:trade )?balance\b", plain))
    surplus = bool(re.search(r"\bsurplus\b|\bpositive (?:trade )?balance\b", plain))
    size = read.number.lstrip("-")
    if not (deficit or surplus or size != read.number or "+" in spans.rest):
        return replace(read, missing=message("claims.missing.sign", number=Quoted(read.number, read.unit)))
    negative = deficit if deficit or surplus else size != read.number
    return replace(read, number=f"-{size}" if negative == (read.side != "RUS") else size)


def _part(read: Typed, plain: str) -> Typed:
    """Turn a share to its whole: whose trade it is a part of; of goods, the trade of the two, or China's imports."""
    if read.measure != SHARE:
        return read
    kind, number = goods.kind(plain, read.codes), read.number.lstrip("-")
    if kind == vocabulary.ORIGIN:
        weight = goods.by_weight(plain)
        return replace(read, number=number, whole=kind, side="CHN", flow="import", by_weight=weight)
    if kind == vocabulary.PAIR:
        flow = vocabulary.as_china_counts(read.flow, read.side)
        return replace(read, number=number, whole=kind, side="CHN", flow=flow)
    side, flow = goods.side(plain)
    return replace(read, number=number, whole=kind, side=side or "CHN", flow=flow or "")


def _missing(read: Typed, spans: Spans, plain: str) -> Message | None:
    """Return what stands in the way, the first thing first."""
    number, other = Quoted(read.number), vocabulary.elsewhere(plain)
    reasons = (
        (not read.unit, message("claims.missing.unit", number=number)),
        (read.unit.startswith("_"), message("claims.missing.scale", number=number)),
        (bool(spans.several), message("claims.missing.years", number=number, years=spans.several)),
        (spans.too_long, message("claims.missing.length", number=number)),
        (bool(read.base) and not _alike(spans), _base_words(spans)),
        (bool(other), message("claims.missing.elsewhere", country=other)),
        (
            read.measure == SHARE and not read.flow,
            message("claims.missing.whole", share=Quoted(read.number, "percent")),
        ),
        (
            bool(read.codes) and read.flow not in {"export", "import"},
            message("claims.missing.flow", goods=Goods(read.codes)),
        ),
        (read.measure == GROWTH and read.flow == "balance", message("claims.missing.balance")),
    )
    return next((key for true, key in reasons if true), None)


def _alike(spans: Spans) -> bool:
    """Return whether a window and its base are the same months, the base in an earlier year."""
    if spans.span is None or spans.base is None:
        return False
    same = all(one[5:] == other[5:] for one, other in zip(spans.span, spans.base, strict=True))
    return same and spans.base < spans.span


def _base_words(spans: Spans) -> Message | None:
    if spans.span is None or spans.base is None:
        return None
    return message("claims.missing.base", months=Months(*spans.span), base=Months(*spans.base))
