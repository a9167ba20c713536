"""How a reader's words were read, as sentences in no language."""

from typing import Final

from analysis.claims.parser import vocabulary
from analysis.claims.parser.typed import LEVEL, RECORD, SHARE, Typed, named_months
from analysis.recomputations.figures import Goods, Message, Months, Quoted, Trade, Value, message

_PARTNERS: Final = {
    ("CHN", "export"): "claims.read.share.china_exports",
    ("CHN", "import"): "claims.read.share.china_imports",
    ("CHN", "total"): "claims.read.share.china_trade",
    ("RUS", "export"): "claims.read.share.russia_exports",
    ("RUS", "import"): "claims.read.share.russia_imports",
    ("RUS", "total"): "claims.read.share.russia_trade",
}
_MONEY: Final = {"": "claims.read", "USD": "claims.read.dollars", "CNY": "claims.read.yuan"}


def read_as(claim: Typed) -> tuple[Message, ...]:
    """Say how the words were read, and which were passed over."""
    what = _share(claim) if claim.measure == SHARE else trade(claim)
    read = message(_MONEY[claim.currency], what=what, kind=_kind(claim), months=_when(claim))
    if not claim.passed:
        return (read,)
    return read, message("claims.passed", words=tuple(message("claims.word", word=word) for word in claim.passed))


def number(claim: Typed) -> Quoted:
    """Return the number claimed with its unit."""
    return Quoted(claim.number, claim.unit, claim.slack)


def trade(claim: Typed) -> Trade:
    """Return the flow claimed, of which goods."""
    return Trade(claim.flow, claim.side, claim.codes)


def _kind(claim: Typed) -> Message:
    if claim.measure == SHARE:
        return message("claims.read.share")
    if claim.measure == RECORD:
        return message("claims.read.record")
    if claim.measure == LEVEL:
        return message("claims.read.value")
    if claim.base:
        return message("claims.read.growth_over", base=Months(*claim.base))
    return message("claims.read.growth")


def _when(claim: Typed) -> Value:
    return named_months(claim.span, claim.months) or message("claims.read.no_months")


def _share(claim: Typed) -> Message:
    """Name the part and the whole of a share."""
    if claim.whole == vocabulary.ORIGIN:
        key = "claims.read.share.origin_weight" if claim.by_weight else "claims.read.share.origin"
        return message(key, goods=Goods(claim.codes))
    if claim.codes:
        return message("claims.read.share.goods", goods=Goods(claim.codes), trade=Trade(claim.flow, claim.side))
    return message(_PARTNERS[claim.side, claim.flow])
