"""A number in a reader's words: what is claimed, of which flow, goods and months."""

import re
import unicodedata
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Final

from analysis.claims.parser import goods as parser_goods
from analysis.claims.parser import letters, month_spans, number_words, periods, translation, vocabulary
from analysis.claims.parser import numbers as parser_numbers
from analysis.claims.parser.doubts import doubted
from analysis.claims.parser.number_words import ReadNumber
from analysis.claims.parser.periods import Spans
from analysis.claims.parser.typed import GROWTH, LEVEL, RECORD, SHARE, Typed, named_months
from analysis.claims.parser.words import regex, several
from analysis.readings import Span
from analysis.recomputations.figures import Goods, Message, message, year_before

LONGEST: Final = 600  # letters of one statement
# letters of scripts that none of the languages is written in
_FOREIGN: Final = r"[\u0370-\u03ff\u0530-\u1fff\u2c00-\u2dff\u3040-\u312f\ua000-\ud7ff]"
_MARKS: Final = str.maketrans(
    dict.fromkeys("‐‑‒–—―−－~", "-") | {"⁄": "/", "’": "'", "‘": "'", "\u00a0": " ", "\u202f": " "}
)


@lru_cache(maxsize=256)
def parse(words: str) -> Typed:
    """Read a reader's words; never fails: what cannot be read is said in ``missing`` or ``untold``.

    Work grows with the length: blanks are joined first, and one statement has ``LONGEST`` letters at most.
    """
    small = plain(words)
    if len(small) > LONGEST:
        return Typed(words, missing=message("claims.missing.long", letters=str(LONGEST)))
    if re.search(_FOREIGN, small):
        return Typed(words, missing=message("claims.missing.language"))
    english = translation.read(small)
    if untold := vocabulary.untold(english.text):
        return Typed(words, english.text, untold=message(untold))
    read = _parsed(words, english.text)
    return replace(read, passed=tuple(dict.fromkeys(english.original(word) for word in read.passed)))


def plain(words: str) -> str:
    """Return words in small letters with plain marks and single blanks, of a little more than ``LONGEST`` at most."""
    small = letters.cleaned(re.sub(r"\s+", " ", words)[: 2 * LONGEST])
    small = re.sub(r"(?<=[0-9])(?=[¼-¾⅐-⅞])", " ", small)  # 5½ is no 51/2
    small = unicodedata.normalize("NFKC", small).translate(_MARKS).lower()
    return number_words.digits(re.sub(r"\s+", " ", small).strip())


@dataclass(frozen=True)
class FigureWords:
    """One figure of a longer text, and the words that belong to it.

    ``words`` are the sentence as written. ``scope`` are the English words, in small letters, that say what the figure
    is of, ``before`` those right before it. ``flow`` and ``side`` are set where the text said before whose trade it
    speaks of; ``base`` is a window that growth is over where it is not a year before.
    """

    words: str
    scope: str
    before: str
    number: ReadNumber
    span: Span | None = None
    months: tuple[int, int] | None = None
    base: Span | None = None
    flow: str = ""
    side: str = ""


def of_figure(figure: FigureWords) -> Typed:
    """Read one figure of a longer text as a statement that was typed; never fails."""
    untold = vocabulary.untold(figure.scope)
    if untold and (figure.number.unit == "percent" or untold != "claims.untold.previous_month"):
        read = Typed(figure.words, figure.scope, span=figure.span, months=figure.months, untold=message(untold))
        return replace(read, number=figure.number.digits, unit=figure.number.unit, currency=figure.number.currency)
    codes, left = parser_goods.goods(figure.scope)
    flow, side = _flow(codes, left, figure.flow, figure.side)
    spans = Spans(span=figure.span, months=figure.months, base=figure.base, rest=figure.before)
    common = Typed(figure.words, figure.scope, flow=flow, side=side, span=spans.span, months=spans.months, codes=codes)
    number = figure.number._replace(place=len(figure.before))
    read = doubted(_numbered(common, number, spans, figure.scope), spans, figure.scope)
    return replace(read, passed=_wares(left))


def _wares(scope: str) -> tuple[str, ...]:
    """Return the words that mean nothing here and stand where goods are named."""
    flow, general = regex("(?:trade|{flow})").pattern, several("no_goods")
    passed = vocabulary.passed_over(parser_numbers.without(scope))
    return tuple(
        word
        for word in passed
        if word not in general
        and not re.match("[а-я]", word)
        and re.search(
            rf"(?<!\w){re.escape(word)} {flow}\b|\b{flow} (?:of|in) (?:\w+ ){{0,2}}{re.escape(word)}(?!\w)", scope
        )
    )


def _parsed(words: str, plain: str) -> Typed:
    codes, left = parser_goods.goods(plain)
    spans = periods.read(left)
    number = parser_numbers.read(spans.rest)
    record = bool(regex("{record}").search(plain))
    flow, side = _flow(codes, left)
    common = Typed(words, plain, flow=flow, side=side, span=spans.span, months=spans.months, codes=codes, record=record)
    if number is None:
        dated = record and spans.span is not None
        return replace(common, measure=RECORD) if dated else replace(common, missing=_no_number(spans, codes))
    return doubted(_numbered(common, number, spans, plain), spans, plain)


def _flow(codes: tuple[str, ...], left: str, flow: str = "", side: str = "") -> tuple[str, str]:
    """Return the flow and its side as words without their goods put them, unless the text said so before."""
    named, whose = vocabulary.flow(left)
    flow, side = flow or named, side or whose
    return ("import" if codes and vocabulary.sold_by_russia(codes, flow, side, left) else flow), side


def _numbered(common: Typed, number: ReadNumber, spans: Spans, plain: str) -> Typed:
    """Add the number, and what it measures, to what was read of the words."""
    rate = number.unit == "percent"
    share = rate and not number.multiple and parser_goods.is_share(plain)
    measure = SHARE if share else GROWTH if rate else LEVEL
    before = spans.rest[: number.place]
    bound = vocabulary.bound(before)
    if number.digits.startswith("-") and measure == GROWTH and not before.rstrip(" $").endswith("-"):
        bound = _TURNED[bound]  # "fell by more than 10 %"
    # growth over other months than those of a year before
    skewed = spans.span and spans.base and year_before(spans.span) != spans.base
    unjudged = ("record",) if common.record and measure != LEVEL else ()
    return replace(
        common,
        number=number.digits,
        slack=number.slack,
        measure=measure,
        unit=number.unit,
        bound=bound,
        currency=number.currency,
        span=_span(spans, rate=rate),
        base=spans.base if measure == GROWTH and skewed else None,
        bare=not (common.codes or spans.span or spans.months or vocabulary.named(plain)),
        passed=(
            *parser_numbers.others(spans.rest, number.place),
            *unjudged,
            *vocabulary.passed_over(parser_numbers.without(spans.rest)),
        ),
    )


def _span(spans: Spans, *, rate: bool) -> Span | None:
    """Return the window that a number is of; a rate over a window alone is of the year after it."""
    if rate and spans.base and not (spans.span or spans.months):
        return month_spans.ending_in(spans.base, int(spans.base[1][:4]) + 1)
    return spans.span


_TURNED: Final = {">": "<", "<": ">", "": ""}


def _no_number(spans: Spans, codes: tuple[str, ...]) -> Message:
    """Say what was read of words without a number."""
    months = named_months(spans.span, spans.months)
    if codes and months:
        return message("claims.missing.number_of_goods_in_months", goods=Goods(codes), months=months)
    if codes:
        return message("claims.missing.number_of_goods", goods=Goods(codes))
    if months:
        return message("claims.missing.number_in_months", months=months)
    return message("claims.missing.number")
