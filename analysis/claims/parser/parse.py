"""A number in a reader's words: what is claimed, of which flow, goods and months."""

import re
import unicodedata
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Final

from analysis.claims.parser import goods as parser_goods
from analysis.claims.parser import letters, number_words, translation, vocabulary
from analysis.claims.parser import numbers as parser_numbers
from analysis.claims.parser import periods as parser_periods
from analysis.claims.parser.numbers import SIZES
from analysis.claims.parser.words import regex, several
from analysis.points import FLIPPED
from analysis.readings import Span
from analysis.recomputations.figures import Goods, Message, Months, PartOfYear, Quoted, message

GROWTH: Final = "growth"
LEVEL: Final = "level"
SHARE: Final = "share"
RECORD: Final = "record"
LONGEST: Final = 600  # letters of one statement
# letters of scripts that none of the languages is written in
_FOREIGN: Final = r"[\u0370-\u03ff\u0530-\u1fff\u2c00-\u2dff\u3040-\u312f\ua000-\ud7ff]"
_DASHES: Final = str.maketrans(dict.fromkeys("‐‑‒–—―−－~", "-") | {"’": "'", "‘": "'", "\u00a0": " ", "\u202f": " "})


@dataclass(frozen=True)
class Typed:
    """What was read of a reader's words.

    ``number`` keeps its printed digits with a point; ``unit`` is ``percent`` or scale and currency
    (``bn_usd``, ``bn_cny``, ``bn_`` where no currency was named). ``flow`` is seen from ``side``.
    ``base`` is the window that growth is over where it is not a year before. ``span`` are months
    ``YYYY-MM``; ``months`` a part of a year without one. ``slack`` is how far a number in words
    reaches, in points. ``whole`` is what a share is a part of, see ``vocabulary``. ``record``
    says that a record is claimed, ``bare`` that the number stands alone. ``missing`` says what
    could not be read, ``untold`` what customs data do not know. ``plain`` are the words as they were
    read: small letters, plain marks, and what was not English put into it.
    """

    words: str
    plain: str = ""
    number: str = ""
    measure: str = ""
    unit: str = ""
    bound: str = ""
    currency: str = ""
    flow: str = "total"
    side: str = "CHN"
    span: Span | None = None
    months: tuple[int, int] | None = None
    codes: tuple[str, ...] = ()
    passed: tuple[str, ...] = ()
    base: Span | None = None
    slack: float = 0.0
    whole: str = ""
    by_weight: bool = False
    record: bool = False
    bare: bool = False
    missing: Message | None = None
    untold: Message | None = None

    @property
    def rate(self) -> bool:
        """Whether the number is in per cent: growth, or a share."""
        return self.unit == "percent"

    @property
    def scale(self) -> float:
        """Whole currency units in one unit of the number; a rate, which has none, is searched as it stands."""
        if self.rate:
            return 1e9
        return next((size for name, size in SIZES.items() if self.unit.startswith(name)), 1.0)

    @property
    def decimals(self) -> int:
        """How many decimals the number is printed with."""
        return len(self.number.partition(".")[2])


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
    small = unicodedata.normalize("NFKC", small).translate(_DASHES).lower()
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
    number: parser_numbers.ReadNumber
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
    flow, side = vocabulary.flow(left)
    flow, side = figure.flow or flow, figure.side or side
    if codes and vocabulary.sold_by_russia(codes, flow, side, left):
        flow = "import"
    spans = parser_periods.Spans(span=figure.span, months=figure.months, base=figure.base, rest=figure.before)
    common = Typed(figure.words, figure.scope, flow=flow, side=side, span=spans.span, months=spans.months, codes=codes)
    found = figure.number._replace(place=len(figure.before))
    read = _doubted(_numbered(common, found, spans, figure.scope), spans, figure.scope)
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
    spans = parser_periods.read(left)
    number = parser_numbers.read(spans.rest)
    record = bool(regex("{record}").search(plain))
    flow, side = vocabulary.flow(left)
    if codes and vocabulary.sold_by_russia(codes, flow, side, left):
        flow = "import"
    common = Typed(words, plain, flow=flow, side=side, span=spans.span, months=spans.months, codes=codes, record=record)
    if number is None:
        dated = record and spans.span is not None
        return replace(common, measure=RECORD) if dated else replace(common, missing=_no_number(spans, codes))
    return _doubted(_numbered(common, number, spans, plain), spans, plain)


def _numbered(common: Typed, number: parser_numbers.ReadNumber, spans: parser_periods.Spans, plain: str) -> Typed:
    """Add the number, and what it measures, to what was read of the words."""
    rate = number.unit == "percent"
    share = rate and not number.multiple and parser_goods.is_share(plain)
    measure = SHARE if share else GROWTH if rate else LEVEL
    before = spans.rest[: number.place]
    bound = vocabulary.bound(before)
    if number.digits.startswith("-") and measure == GROWTH and not before.rstrip(" $").endswith("-"):
        bound = _TURNED[bound]  # "fell by more than 10 %"
    unjudged = ("record",) if common.record and measure != LEVEL else ()
    return replace(
        common,
        number=number.digits,
        slack=number.slack,
        measure=measure,
        unit=number.unit,
        bound=bound,
        currency=number.currency,
        span=_year_after(spans.base) if rate and spans.base and not (spans.span or spans.months) else spans.span,
        base=spans.base if measure == GROWTH and _skewed(spans) else None,
        bare=not (common.codes or spans.span or spans.months or vocabulary.named(plain)),
        passed=(
            *parser_numbers.others(spans.rest, number.place),
            *unjudged,
            *vocabulary.passed_over(parser_numbers.without(spans.rest)),
        ),
    )


_TURNED: Final = {">": "<", "<": ">", "": ""}


def _no_number(spans: parser_periods.Spans, codes: tuple[str, ...]) -> Message:
    """Say what was read of words without a number."""
    months = named_months(spans.span, spans.months)
    if codes and months:
        return message("claims.missing.number_of_goods_in_months", goods=Goods(codes), months=months)
    if codes:
        return message("claims.missing.number_of_goods", goods=Goods(codes))
    if months:
        return message("claims.missing.number_in_months", months=months)
    return message("claims.missing.number")


def named_months(span: Span | None, months: tuple[int, int] | None) -> Months | PartOfYear | None:
    """Return a window to be named, or a part of a year without its year; None for neither."""
    if span:
        return Months(*span)
    return PartOfYear(*months) if months else None


def _year_after(span: Span) -> Span:
    start, end = (f"{int(month[:4]) + 1:04d}{month[4:]}" for month in span)
    return start, end


def _doubted(read: Typed, spans: parser_periods.Spans, plain: str) -> Typed:
    """Say what stands in the way of a test, if anything; sign a balance."""
    read = _part(read, plain)
    if missing := _missing(read, spans, plain):
        return replace(read, missing=missing)
    return _signed(read, spans, plain) if read.flow == "balance" else read


def _signed(read: Typed, spans: parser_periods.Spans, plain: str) -> Typed:
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
    kind, number = parser_goods.kind(plain, read.codes), read.number.lstrip("-")
    if kind == vocabulary.ORIGIN:
        weight = parser_goods.by_weight(plain)
        return replace(read, number=number, whole=kind, side="CHN", flow="import", by_weight=weight)
    if kind == vocabulary.PAIR:
        flow = FLIPPED.get(read.flow, read.flow) if read.side == "RUS" else read.flow
        return replace(read, number=number, whole=kind, side="CHN", flow=flow)
    side, flow = parser_goods.side(plain)
    return replace(read, number=number, whole=kind, side=side or "CHN", flow=flow or "")


def _missing(read: Typed, spans: parser_periods.Spans, plain: str) -> Message | None:
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


def _skewed(spans: parser_periods.Spans) -> bool:
    """Return whether growth is claimed over other months than those of a year before."""
    return bool(spans.span and spans.base and _year_after(spans.base) != spans.span)


def _alike(spans: parser_periods.Spans) -> bool:
    """Return whether a window and its base are the same months, the base in an earlier year."""
    if spans.span is None or spans.base is None:
        return False
    same = all(one[5:] == other[5:] for one, other in zip(spans.span, spans.base, strict=True))
    return same and spans.base < spans.span


def _base_words(spans: parser_periods.Spans) -> Message | None:
    if spans.span is None or spans.base is None:
        return None
    return message("claims.missing.base", months=Months(*spans.span), base=Months(*spans.base))
