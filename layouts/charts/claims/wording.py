"""Verdicts in words: the sentences that a claim was judged with, in the language that is spoken."""

import re
from collections.abc import Callable, Iterable
from decimal import Decimal
from typing import Any, Final

import pandas as pd

from analysis.claims.verdicts import Outcome, Verdict
from analysis.readings import Span
from analysis.recomputations.figures import (
    BN_USD,
    PERCENT,
    SHARES,
    Amount,
    Goods,
    How,
    Message,
    Months,
    PartOfYear,
    PlainNumber,
    Quoted,
    Rate,
    Recomputation,
    Trade,
    Translated,
    Value,
)
from layouts.charts.claims import labels
from layouts.words import basis_words, language, text
from layouts.words.catalogue import say, say_many, say_or

_WORD: Final = "claims.verdict.{}"
_TRADES: Final = {
    ("total", "CHN"): "claims.trade.total_china",
    ("export", "CHN"): "claims.trade.export_china",
    ("import", "CHN"): "claims.trade.import_china",
    ("balance", "CHN"): "claims.trade.balance",
    ("export", "RUS"): "claims.trade.export_russia",
    ("import", "RUS"): "claims.trade.import_russia",
    ("total", "RUS"): "claims.trade.total_russia",
    ("balance", "RUS"): "claims.trade.balance",
}
_TWO_POINTS: Final = re.compile(r"(\w\.)\.(?=\s|$)")  # the point of an abbreviation ends the sentence too
_SMALLEST: Final = 100  # millions; Chinese has a hundred million for what is larger


def verdict_word(outcome: Outcome) -> str:
    """Name what a claim comes out as, in a word or a few."""
    return say(_WORD.format(outcome.name.lower()))


def sentence(verdict: Verdict) -> str:
    """Say why a claim comes out as it does."""
    return sentences(verdict.sentences)


def searched(verdict: Verdict) -> str:
    """Say how much was searched; empty where nothing was."""
    return sentences(verdict.searched)


def says(verdict: Verdict) -> str:
    """Say what a claim states, or how a reader's words were read."""
    if verdict.reading:
        return sentences(verdict.reading)
    return _translated(Translated("claims.says.{}", verdict.id, verdict.says)) if verdict.says else ""


def quotation(verdict: Verdict) -> str:
    """Return a claim's own words in quotation marks, with a translation; or that the figure follows from others."""
    if not verdict.quoted:
        return say("claims.follows_from_sums")
    translation = _translated(Translated("claims.article.{}", verdict.id, verdict.quoted))
    if translation == verdict.quoted:
        return say("claims.quotation", words=verdict.quoted)
    return say("claims.quotation_translated", words=verdict.quoted, translation=translation)


def sentences(messages: Iterable[Message]) -> str:
    """Write sentences one behind the other."""
    return text.sentences(text_of(one) for one in messages)


def text_of(message: Message) -> str:
    """Write one sentence."""
    places = {name: _NAMED.get(name, _written)(value) for name, value in message.places}
    made = say(message.key, **places) if message.count is None else say_many(message.key, message.count, **places)
    return _TWO_POINTS.sub(r"\1", made)


def _written(value: Value) -> str:
    """Write the value of a place."""
    if isinstance(value, str):
        return value
    if type(value) is tuple:
        return labels.side_by_side(_WRITERS[type(one)](one) for one in value)
    return _WRITERS[type(value)](value)


def basis(one: Recomputation) -> str:
    """Write a figure and what it rests on."""
    return say("claims.figure", figure=shown(one), how=labels.how(one))


def shown(one: Recomputation) -> str:
    """Write the figure of a recomputation as a sentence has it."""
    if one.unit in SHARES:
        return text.share(one.figure)
    if one.unit == PERCENT:
        return text.percent(one.figure)
    if one.unit == BN_USD and abs(one.figure) < 1:
        return text.millions(1e9 * one.figure, "USD", 1)
    return text.money(1e9 * one.figure, one.currency, 2 if one.unit == BN_USD else 1)


def months(span: Span) -> str:
    """Name a window in a few letters."""
    start, end = (pd.Timestamp(f"{month}-01") for month in span)
    if span[0][:4] == span[1][:4] and (start.month, end.month) == (1, 12):
        return say("claims.year", year=str(start.year))
    return text.short_span(start, end)


def _part_of_year(part: PartOfYear) -> str:
    first, last = (text.short_month_name(pd.Timestamp(2023, month, 1)) for month in part)
    return first if first == last else say("claims.months", first=first, last=last)


def _amount(amount: Amount) -> str:
    if amount.small:
        return text.millions(amount.value, amount.currency, amount.decimals)
    return text.money(amount.value, amount.currency, amount.decimals)


def _rate(rate: Rate) -> str:
    return text.percent(rate.percent, rate.decimals) if rate.signed else text.share(rate.percent, rate.decimals)


def _figure(figure: PlainNumber) -> str:
    return text.signed(figure.value, figure.decimals) if figure.signed else text.number(figure.value, figure.decimals)


def quoted(number: Quoted) -> str:
    """Write a number with the digits it was quoted with, and its unit."""
    if number.unit == "percent":
        digits = text.per_cent(_digits(Decimal(number.digits)))
        return say("claims.about", number=digits) if number.slack else digits
    scale, _, currency = number.unit.partition("_")
    if not scale:
        return _digits(Decimal(number.digits))
    if language.current() == "zh":
        return _in_chinese(Decimal(number.digits), scale, currency)
    return _money(_UNITS[scale], currency, _digits(Decimal(number.digits)))


_UNITS: Final = {
    "trn": {"usd": "claims.trillions.dollars", "cny": "claims.trillions.yuan", "": "claims.trillions"},
    "bn": {"usd": "claims.billions.dollars", "cny": "claims.billions.yuan", "": "claims.billions"},
    "mln": {"usd": "claims.millions.dollars", "cny": "claims.millions.yuan", "": "claims.millions"},
}


def _in_chinese(number: Decimal, scale: str, currency: str) -> str:
    """Write a number in the units that Chinese has: its digits stay, its point moves."""
    if scale == "mln":
        if abs(number) < _SMALLEST:
            return _money(_UNITS["mln"], currency, _digits(_trimmed(number.scaleb(2))))
        return _money(_UNITS["bn"], currency, _digits(_trimmed(number.scaleb(-2))))
    return _money(_UNITS[scale], currency, _digits(number.scaleb(1) if scale == "bn" else number))


def _trimmed(number: Decimal) -> Decimal:
    return number.normalize() if number == number.to_integral() else number


def _money(units: dict[str, str], currency: str, figure: str) -> str:
    return say(units[currency], figure=figure)


def _digits(number: Decimal) -> str:
    """Write a number with the decimals it has."""
    return text.number(float(number), max(-int(number.as_tuple().exponent), 0))


def _trade(trade: Trade) -> str:
    flow = say(_TRADES[trade.flow, trade.side])
    return say("claims.trade.of_goods", goods=labels.goods(trade.codes), trade=flow) if trade.codes else flow


def _translated(stated: Translated) -> str:
    return say_or(stated.pattern.format(stated.id), stated.original)


_WRITERS: Final[dict[type, Callable[[Any], str]]] = {
    Message: text_of,
    Months: lambda value: months(tuple(value)),
    PartOfYear: _part_of_year,
    Amount: _amount,
    Rate: _rate,
    PlainNumber: _figure,
    Quoted: quoted,
    Goods: lambda value: labels.goods(value.codes),
    Trade: _trade,
    Translated: _translated,
    How: lambda value: labels.how(value.one),
    Recomputation: basis,
}
# codes that come as they are, by the name of their place
_NAMED: Final[dict[str, Callable[[Any], str]]] = {
    "codes": lambda value: text.together(value.split(", ")),
    "valuation": basis_words.valued,
}
