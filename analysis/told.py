"""Figures and claims in words: what was read, what a figure is and what it rests on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pandas as pd

from analysis import typed
from analysis.bases import BN_CNY, BN_USD, NOW, PERCENT, RATE, Basis, span_name

if TYPE_CHECKING:
    from analysis.typed import Typed

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


def said(claim: Typed) -> str:
    """Say how the words were read."""
    if claim.untold or claim.missing:
        return ""
    what = f"{claim.goods}, {FLOWS[claim.flow, claim.side]}" if claim.codes else FLOWS[claim.flow, claim.side]
    kind = "growth on the same months a year before" if claim.measure == typed.GROWTH else "value"
    if claim.measure == typed.SHARE:
        what, kind = _share(claim), "share"
    when = span_name(claim.span) if claim.span else typed.span_words(None, claim.months) or "no months named"
    money = {"USD": ", US$", "CNY": ", yuan"}.get(claim.currency, "")
    passed = f" Passed over: {', '.join(f'“{word}”' for word in claim.passed)}." if claim.passed else ""
    return f"Read as: {what}; {kind}, {when}{money}.{passed}"


def _share(claim: Typed) -> str:
    """Name the part and the whole of a share."""
    if claim.codes:
        return f"{claim.goods} in {FLOWS[claim.flow, claim.side]}"
    whose, other = ("China’s", "Russia") if claim.side == "CHN" else ("Russia’s", "China")
    return f"{other} in {whose} {claim.flow}s"


def number(claim: Typed) -> str:
    """Write the number claimed with its unit."""
    digits = claim.number.replace("-", _MINUS)
    if claim.rate:
        return f"{digits}%"
    name, _, currency = claim.unit.partition("_")
    return {"usd": f"US$ {digits} {name}", "cny": f"{digits} {name} yuan"}.get(currency, f"{digits} {name}")


def written(basis: Basis) -> str:
    """Write a figure with its unit."""
    if basis.unit.startswith("percent of"):
        return f"{basis.figure:.1f}%"
    if basis.unit == BN_USD and abs(basis.figure) < 1:
        return f"US$ {1000 * basis.figure:,.1f} mln".replace("-", _MINUS)
    text = f"{basis.figure:+.1f}%" if basis.unit == PERCENT else _MONEY[basis.unit].format(basis.figure)
    return text.replace("-", _MINUS)


def how(basis: Basis) -> str:
    """Say what a figure rests on."""
    day = _day(basis.vintage)
    if basis.label.startswith(RATE):
        return f"as printed{f' on {day}' if day else ''}{basis.label.removeprefix(RATE)}, in {_NAMES[basis.currency]}"
    if basis.label.startswith(NOW) and "yuan" not in basis.label and basis.unit == PERCENT:
        return f"{basis.label}, in US$"
    return f"{basis.label}{f', {day}' if day and 'print' in basis.label else ''}"


def _day(vintage: str) -> str:
    """Write a release ``YYYY-MM-DD`` as ``7 Jun 2023``; a month or a year as it stands, anything else as nothing."""
    if len(vintage) != 10 or not vintage[:1].isdigit():
        return vintage if vintage[:1].isdigit() else ""
    return f"{int(vintage[8:])} {pd.Timestamp(vintage):%b %Y}"


def listed(held: list[Basis]) -> str:
    """Write figures side by side, each with what it rests on."""
    return "; ".join(f"{written(basis)} ({how(basis)})" for basis in held)
