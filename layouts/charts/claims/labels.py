"""What a recomputation is called: its source and print, its goods, its version, the steps to it."""

from collections.abc import Iterable
from typing import Final

import pandas as pd

from analysis import readings
from analysis.basis import Making, Print
from analysis.measures.energy.definitions import FUELS
from analysis.recomputations.figures import (
    BN_CNY,
    BN_USD,
    MLN_USD,
    NOW_PUBLISHED,
    PERCENT,
    SHARES,
    UNDATED,
    Kind,
    Recomputation,
)
from layouts.words import basis_words, text
from layouts.words.catalogue import has, say
from loaders.core.source_records import SourceRole, serving

_GOODS: Final = "claims.goods.{}"
_FUELS: Final = "claims.fuel.{}"
_ALL_FUELS: Final = tuple(code for codes in FUELS.values() for code in codes)
# customs' own figures, whose names say neither valuation nor currency
_CUSTOMS: Final = {
    Kind.NOW: "claims.from.now",
    Kind.TABLE: "claims.from.table",
    Kind.IMF: "claims.from.imf",
    Kind.FIRST: "claims.from.first",
    Kind.LATER: "claims.from.later",
    Kind.RATE: "claims.from.rate",
    Kind.DIFFERENCE: "claims.from.difference",
}
_VALUED: Final = (Kind.NOW, Kind.TABLE, Kind.IMF)
_CURRENCIES: Final = {"USD": "claims.in.dollars", "CNY": "claims.in.yuan"}
_FLOWS: Final = {
    "export": "claims.flow.exports",
    "import": "claims.flow.imports",
    "total": "claims.flow.both",
    "balance": "claims.flow.balance",
}
# Russia's side: who reports it, and which of its flows
_MIRRORS: Final = {
    ("fcs", "total"): "claims.from.fcs",
    ("fcs", "import"): "claims.from.fcs_imports",
    ("fcs", "export"): "claims.from.fcs_exports",
    ("comtrade", "total"): "claims.from.comtrade",
    ("comtrade", "import"): "claims.from.comtrade_imports",
    ("comtrade", "export"): "claims.from.comtrade_exports",
    ("imf", "total"): "claims.from.imf_russia",
    ("imf", "import"): "claims.from.imf_russia_imports",
    ("imf", "export"): "claims.from.imf_russia_exports",
}
_PARTS: Final = {
    "china": "claims.from.part_china",
    "national": "claims.from.part_russia",
    "imf": "claims.from.part_imf",
}


def label(one: Recomputation) -> str:
    """Name what a figure was recomputed from, with its currency where two go by one name."""
    if one.kind is Kind.NOW and one.currency == "CNY":
        return listed([_plain(one), say(_CURRENCIES["CNY"]), _flow(one)])
    if one.kind in {Kind.TABLE, Kind.DIFFERENCE}:
        return listed([_plain(one), say(_CURRENCIES[one.currency]), _flow(one)])
    return listed([_plain(one), _flow(one)])


def _flow(one: Recomputation) -> str:
    return say(_FLOWS[one.flow]) if one.flow else ""


def _plain(one: Recomputation) -> str:
    """Name what a figure was recomputed from, without its currency."""
    if one.kind in {Kind.FIRST, Kind.LATER} and _recalled(one):
        return say("claims.from.recalled")
    if one.kind is Kind.FIRST and one.vintage == UNDATED:  # nobody says that it was the first
        return say(_CUSTOMS[Kind.LATER])
    if one.kind in _CUSTOMS:
        return say(_CUSTOMS[one.kind])
    if one.kind is Kind.MIRROR:
        flow = one.rests.flow if one.rests else "total"
        return say(_MIRRORS[one.counter, flow])
    if one.kind is Kind.PART:
        return say(_PARTS[one.counter])
    return _of_goods(one)


def _recalled(one: Recomputation) -> bool:
    """Return whether a print is of a newspaper that looks back at an earlier release."""
    dated = len(one.vintage) == len("YYYY-MM-DD") and one.vintage[:1].isdigit()
    return dated and readings.looks_back(one.source, pd.Timestamp(one.span[1]), pd.Timestamp(one.vintage))


def _of_goods(one: Recomputation) -> str:
    valuation = basis_words.valued(one.basis.valuation) if one.basis else ""
    if one.kind is Kind.MERGED:
        merged = one.basis is not None and one.basis.making is Making.MERGED
        if not one.goods:
            return say("claims.from.baci_merged" if merged else "claims.from.baci_own", valuation=valuation)
        key = "claims.from.goods_merged" if merged else "claims.from.goods_own_report"
        return say(key, goods=goods(one.goods), valuation=valuation)
    keys = {Kind.OWN: "claims.from.goods", Kind.PRINT: "claims.from.goods_printed"}
    if one.kind in keys:
        return say(keys[one.kind], goods=goods(one.goods), valuation=valuation)
    return say("claims.from.origin" if one.unit == SHARES[1] else "claims.from.origin_weight", goods=goods(one.goods))


def how(one: Recomputation) -> str:
    """Say what a figure rests on: which source and print, and the currency of a rate."""
    if one.kind is Kind.RATE:
        return _rate(one)
    if one.kind is Kind.DIFFERENCE:
        return listed([_plain(one), say("claims.how.revised_earlier")])
    money = one.unit == PERCENT and one.kind in _VALUED
    dated = one.basis is not None and one.basis.print is Print.FIRST and one.kind is not Kind.TABLE
    valued = one.basis is not None and one.basis.valuation in {"FOB", "CIF"} and one.kind in _VALUED
    converted = one.basis is not None and one.basis.making is Making.CONVERTED
    return listed(
        [
            _plain(one),
            _flow(one),
            basis_words.valued(one.basis.valuation) if valued and one.basis else "",
            say(_CURRENCIES[one.currency]) if money else "",
            say("claims.how.converted") if converted else "",
            _day(one.vintage) if dated else "",
        ]
    )


def _rate(one: Recomputation) -> str:
    """Say who printed a rate, when, in which currency."""
    day, currency = _day(one.vintage), say(_CURRENCIES[one.currency])
    own = one.source in serving(SourceRole.TABLES)
    if not day:
        return listed([say("claims.how.own_rate" if own else "claims.how.printed", currency=currency), _flow(one)])
    quoted = "claims.how.quoted_on" if _recalled(one) else "claims.how.printed_on"
    key = "claims.how.own_rate_on" if own else quoted
    return listed([say(key, day=day, currency=currency), _flow(one)])


def listed(parts: Iterable[str]) -> str:
    """Put attributes side by side; empty ones are passed over."""
    first, *more = (part for part in parts if part)
    for one in more:
        first = say("claims.and_more", first=first, more=one)
    return first


def side_by_side(parts: Iterable[str]) -> str:
    """Put figures side by side."""
    first, *more = parts
    for one in more:
        first = say("claims.beside_each_other", first=first, more=one)
    return first


def version(vintage: str) -> str:
    """Name the version of a figure: the day of its release, or that it is the one published now."""
    if vintage == NOW_PUBLISHED:
        return say("claims.version.now")
    return say("claims.version.undated") if vintage == UNDATED else _day(vintage)


def _day(vintage: str) -> str:
    """Write a release ``YYYY-MM-DD`` as a day; a month or a year as it stands, anything else as nothing."""
    if len(vintage) != len("YYYY-MM-DD") or not vintage[:1].isdigit():
        return vintage if vintage[:1].isdigit() else ""
    return text.day(pd.Timestamp(vintage))


def figure(value: float, unit: str) -> str:
    """Write a recomputed figure with its unit; a value below a billion with one more decimal."""
    if pd.isna(value):
        return "–"
    if unit == PERCENT:
        return text.percent(value)
    if unit == MLN_USD:
        return text.millions(1e6 * value, "USD")
    if unit in {BN_USD, BN_CNY}:
        currency = "USD" if unit == BN_USD else "CNY"
        decimals = 1 if currency == "CNY" else 2 if abs(value) >= 1 else 3
        return text.money(1e9 * value, currency, decimals)
    return text.share(value)


def goods(codes: tuple[str, ...]) -> str:
    """Name goods by their codes: the four fuels, passenger cars (HS 8703), HS 2805."""
    if codes == _ALL_FUELS:
        return say("claims.goods.fuels")
    named, left = [], list(codes)
    for fuel, own in FUELS.items():
        if set(own) <= set(left):
            named.append(say(_FUELS.format(fuel)))
            left = [code for code in left if code not in own]
    return text.listed([*named, *map(_code, left)])


def _code(code: str) -> str:
    key = _GOODS.format(code)
    return say(key) if has(key) else say("claims.goods.code", code=code)
