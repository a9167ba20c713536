"""Figures and claims in words: what was read, what a figure is and what it rests on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pandas as pd

from analysis.basis import Making, Print
from analysis.claims.known_revisions import ENOUGH, KINDS
from analysis.claims.parser import parse as parser
from analysis.claims.parser import vocabulary
from analysis.recomputations import (
    BN_CNY,
    BN_USD,
    CALLED,
    PERCENT,
    Kind,
    Recomputation,
    span_name,
)

if TYPE_CHECKING:
    from analysis.claims.known_revisions import Revisions
    from analysis.claims.parser.parse import Typed

_MINUS: Final = "\N{MINUS SIGN}"
_MONEY: Final = {BN_USD: "US$ {:,.2f} bn", BN_CNY: "{:,.1f} bn yuan"}
FLOWS: Final = {
    ("total", "CHN"): "China’s trade with Russia, both ways",
    ("export", "CHN"): "China’s exports to Russia",
    ("import", "CHN"): "China’s imports from Russia",
    ("balance", "CHN"): "China’s balance with Russia",
    ("export", "RUS"): "Russia’s exports to China",
    ("import", "RUS"): "Russia’s imports from China",
    ("total", "RUS"): "Russia’s trade with China, both ways",
    ("balance", "RUS"): "China’s balance with Russia",
}
_NAMES: Final = {"USD": "US$", "CNY": "yuan"}
_CUSTOMS: Final = {Kind.NOW, Kind.TABLE, Kind.IMF}  # whose names say neither valuation nor currency


def said(claim: Typed) -> str:
    """Say how the words were read."""
    if claim.untold or claim.missing:
        return ""
    what = f"{claim.goods}, {FLOWS[claim.flow, claim.side]}" if claim.codes else FLOWS[claim.flow, claim.side]
    kind = f"growth on {_base(claim)}" if claim.measure == parser.GROWTH else "value"
    if claim.measure == parser.RECORD:
        kind = "a record value"
    if claim.measure == parser.SHARE:
        what, kind = _share(claim), "share"
    when = span_name(claim.span) if claim.span else parser.span_words(None, claim.months) or "no months named"
    money = {"USD": ", US$", "CNY": ", yuan"}.get(claim.currency, "")
    passed = f" Passed over: {', '.join(f'“{word}”' for word in claim.passed)}." if claim.passed else ""
    return f"Read as: {what}; {kind}, {when}{money}.{passed}"


def _base(claim: Typed) -> str:
    return span_name(claim.base) if claim.base else "the same months a year before"


def _share(claim: Typed) -> str:
    """Name the part and the whole of a share."""
    if claim.whole == vocabulary.ORIGIN:
        measure = "weight" if claim.by_weight else "value"
        return f"Russia in all that China imports of {claim.goods}, by {measure}"
    if claim.codes:
        return f"{claim.goods} in {FLOWS[claim.flow, claim.side]}"
    whose, other = ("China’s", "Russia") if claim.side == "CHN" else ("Russia’s", "China")
    return f"{other} in {whose} {'trade' if claim.flow == 'total' else f'{claim.flow}s'}"


def number(claim: Typed) -> str:
    """Write the number claimed with its unit."""
    digits = claim.number.replace("-", _MINUS)
    if claim.rate:
        return f"about {digits}%" if claim.slack else f"{digits}%"
    name, _, currency = claim.unit.partition("_")
    return {"usd": f"US$ {digits} {name}", "cny": f"{digits} {name} yuan"}.get(currency, f"{digits} {name}")


def written(one: Recomputation) -> str:
    """Write a figure with its unit."""
    if one.unit.startswith("percent of"):
        return f"{one.figure:.1f}%"
    if one.unit == BN_USD and abs(one.figure) < 1:
        return f"US$ {1000 * one.figure:,.1f} mln".replace("-", _MINUS)
    text = f"{one.figure:+.1f}%" if one.unit == PERCENT else _MONEY[one.unit].format(one.figure)
    return text.replace("-", _MINUS)


def how(one: Recomputation) -> str:
    """Say what a figure rests on: which source and print, and the currency of a rate."""
    day = _day(one.vintage)
    if one.kind is Kind.RATE:
        who = "customs’ own rate, printed" if one.source == "gacc" else "as printed"
        return f"{who}{f' on {day}' if day else ''}, in {_NAMES[one.currency]}"
    label = ", ".join(filter(None, (CALLED.get(one.kind), one.flow))) if one.kind in CALLED else one.label
    if one.kind is Kind.DIFFERENCE:
        return f"{label}, which holds revisions of earlier months"
    made = ", converted" if one.basis is not None and one.basis.making is Making.CONVERTED else ""
    money = f", in {_NAMES[one.currency]}" if one.unit == PERCENT and one.kind in _CUSTOMS else ""
    dated = day and one.basis is not None and one.basis.print is Print.FIRST and one.kind is not Kind.TABLE
    return f"{label}{_at(one)}{money}{made}{f', {day}' if dated else ''}"


def _at(one: Recomputation) -> str:
    """Name the valuation where a label does not."""
    valued = one.basis is not None and one.basis.valuation in {"FOB", "CIF"} and one.kind in _CUSTOMS
    return f", {one.basis.valuation}" if valued and one.basis else ""


def usual(known: Revisions, now: Recomputation) -> str:
    """Say how prints such as this one moved: in points where ``now`` is a rate, else in per cent."""
    rate = now.unit == PERCENT
    low, high = known.limits(now.figure, rate=rate)
    ends = (now.figure - high, now.figure - low) if rate else known.reach
    unit = " points" if rate else "%"
    what = "rates printed" if rate else "values printed"
    if known.count < ENOUGH:
        most = max(map(abs, ends))
        return f"The {known.count} such {what} ({KINDS[known.of]}) moved by up to {most:.1f}{unit}."
    spread = f"{ends[0]:+.1f} and {ends[1]:+.1f}{unit}".replace("-", _MINUS)
    return f"{known.within} of {known.count} such {what} ({KINDS[known.of]}) moved by between {spread}."


def _day(vintage: str) -> str:
    """Write a release ``YYYY-MM-DD`` as ``7 Jun 2023``; a month or a year as it stands, anything else as nothing."""
    if len(vintage) != 10 or not vintage[:1].isdigit():
        return vintage if vintage[:1].isdigit() else ""
    return f"{int(vintage[8:])} {pd.Timestamp(vintage):%b %Y}"


def listed(held: list[Recomputation]) -> str:
    """Write figures side by side, each with what it rests on."""
    return "; ".join(f"{written(one)} ({how(one)})" for one in held)
