"""A number in a reader's words: what is claimed, of which flow, goods and months."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Final

from analysis.claims.parser import goods as parser_goods
from analysis.claims.parser import numbers as parser_numbers
from analysis.claims.parser import periods as parser_periods
from analysis.claims.parser import vocabulary
from analysis.claims.parser.numbers import SCALES
from analysis.points import FLIPPED
from analysis.recomputations import Span, span_name

EXAMPLE: Final = "trade grew by 40.7% in January-May 2023"
_FOR: Final = f", for example: {EXAMPLE}."
GROWTH: Final = "growth"
LEVEL: Final = "level"
SHARE: Final = "share"
RECORD: Final = "record"
LONGEST: Final = 600  # letters of one statement
_RECORD: Final = r"\brecords?\b(?! of)|\ball-time (?:high|peak)\b|\bhighest (?:ever|on record|level ever)\b"
# letters of other scripts; a yuan may be written with its own
_FOREIGN: Final = r"[\u0370-\u1fff\u2c00-\u2dff\u3040-\ud7ff](?<!元)"
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
    could not be read, ``untold`` what customs data do not know.
    """

    words: str
    number: str = ""
    measure: str = ""
    unit: str = ""
    bound: str = ""
    currency: str = ""
    flow: str = "total"
    side: str = "CHN"
    span: Span | None = None
    months: tuple[int, int] | None = None
    goods: str = ""
    codes: tuple[str, ...] = ()
    passed: tuple[str, ...] = ()
    base: Span | None = None
    slack: float = 0.0
    whole: str = ""
    by_weight: bool = False
    record: bool = False
    bare: bool = False
    missing: str = ""
    untold: str = ""

    @property
    def rate(self) -> bool:
        """Whether the number is in per cent: growth, or a share."""
        return self.unit == "percent"

    @property
    def scale(self) -> float:
        """Whole currency units in one unit of the number; a rate, which has none, is searched as it stands."""
        if self.rate:
            return 1e9
        return next((size for _, size, name in SCALES if self.unit.startswith(name)), 1.0)

    @property
    def decimals(self) -> int:
        """How many decimals the number is printed with."""
        return len(self.number.partition(".")[2])


@lru_cache(maxsize=256)
def parse(words: str) -> Typed:
    """Read a reader's words; never fails: what cannot be read is said in ``missing`` or ``untold``.

    Work grows with the length: blanks are joined first, and one statement has ``LONGEST`` letters at most.
    """
    plain = re.sub(r"\s+", " ", words)
    plain = unicodedata.normalize("NFKC", plain[: 2 * LONGEST]).translate(_DASHES).lower()
    plain = re.sub(r"\s+", " ", plain).strip()
    if len(plain) > LONGEST:
        return Typed(words, missing=f"Only one statement of up to {LONGEST} letters is read{_FOR}")
    if re.search(_FOREIGN, plain):
        return Typed(words, missing=f"Only English is read{_FOR}")
    if untold := vocabulary.untold(plain):
        return Typed(words, untold=untold)
    return _parsed(words, plain)


def _parsed(words: str, plain: str) -> Typed:
    goods, codes, left = parser_goods.goods(plain)
    spans = parser_periods.read(left)
    found = parser_numbers.read(spans.rest)
    record = bool(re.search(_RECORD, plain))
    flow, side = vocabulary.flow(left)
    if codes and vocabulary.sold_by_russia(codes, flow, side, left):
        flow = "import"
    common = Typed(
        words, flow=flow, side=side, span=spans.span, months=spans.months, goods=goods, codes=codes, record=record
    )
    if found is None:
        told = record and spans.span is not None
        return replace(common, measure=RECORD) if told else replace(common, missing=_no_number(spans, goods))
    return _doubted(_numbered(common, found, spans, plain), spans, plain)


def _numbered(common: Typed, found: parser_numbers.Number, spans: parser_periods.Spans, plain: str) -> Typed:
    """Add the number, and what it measures, to what was read of the words."""
    rate = found.unit == "percent"
    share = rate and not found.slack and parser_goods.is_share(plain)
    measure = SHARE if share else GROWTH if rate else LEVEL
    bound = vocabulary.bound(spans.rest[: found.place])
    unjudged = ("record",) if common.record and measure != LEVEL else ()
    return replace(
        common,
        number=found.digits,
        slack=found.slack,
        measure=measure,
        unit=found.unit,
        bound=bound,
        currency=found.currency,
        span=_year_after(spans.base) if spans.span is None and rate and spans.base else spans.span,
        base=spans.base if measure == GROWTH and _skewed(spans) else None,
        bare=not (common.codes or spans.span or spans.months or vocabulary.named(plain)),
        passed=(
            *parser_numbers.others(spans.rest, found.place),
            *unjudged,
            *vocabulary.passed_over(parser_numbers.without(spans.rest)),
        ),
    )


def _no_number(spans: parser_periods.Spans, goods: str) -> str:
    understood = [name for name in (goods, span_words(spans.span, spans.months)) if name]
    said = f"Read {' and '.join(understood)}, but no number" if understood else "No number was found in these words"
    return f"{said}. Name a rate or a value and its months, for example: {EXAMPLE}."


def span_words(span: Span | None, months: tuple[int, int] | None) -> str:
    """Name a window, or a part of a year without its year: ``Jan–Jun 2023``, ``Jan–Jun``; empty for neither."""
    if span:
        return span_name(span)
    if months:
        first, last = (parser_periods.MONTHS[month - 1].capitalize() for month in months)
        return first if first == last else f"{first}–{last}"
    return ""


def _year_after(span: Span) -> Span:
    start, end = (f"{int(month[:4]) + 1:04d}{month[4:]}" for month in span)
    return start, end


def _doubted(read: Typed, spans: parser_periods.Spans, plain: str) -> Typed:
    """Say what stands in the way of a test, if anything; sign a balance."""
    read = _part(read, plain)
    if missing := _missing(read, spans, plain):
        return replace(read, missing=missing)
    if read.flow == "balance" and not read.number.startswith("-"):
        deficit = bool(re.search(r"\bdeficit\b", plain))
        surplus = bool(re.search(r"\bsurplus\b", plain))
        if (deficit and read.side == "CHN") or (surplus and read.side == "RUS"):
            return replace(read, number=f"-{read.number}")
    return read


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


def _missing(read: Typed, spans: parser_periods.Spans, plain: str) -> str:
    """Return what stands in the way, the first thing first."""
    number = read.number
    reasons = (
        (not read.unit, f"Read the number {number}, but not its unit: write {number}% or US$ {number} bn{_FOR}"),
        (
            read.unit.startswith("_"),
            f"Read {number} of a currency, but no scale: write {number} bn or {number} mln{_FOR}",
        ),
        (bool(spans.problem), f"Read {number}, but {spans.problem}{_FOR}"),
        (bool(read.base) and not _alike(spans), _base_words(spans)),
        (
            bool(vocabulary.elsewhere(plain)),
            f"Read “{vocabulary.elsewhere(plain)}”; only trade between China and Russia is tested{_FOR}",
        ),
        (
            read.measure == SHARE and not read.flow,
            f"Read a share of {number}%, but not of whose trade, exports or imports{_FOR}",
        ),
        (
            bool(read.codes) and read.flow not in {"export", "import"},
            f"Read {read.goods}, but not whether China buys or sells it: write imports or exports{_FOR}",
        ),
        (
            read.measure == GROWTH and read.flow == "balance",
            f"Read a growth rate of the balance, which changes its sign; its value can be tested{_FOR}",
        ),
    )
    return next((said for true, said in reasons if true), "")


def _skewed(spans: parser_periods.Spans) -> bool:
    """Return whether growth is claimed over other months than those of a year before."""
    return bool(spans.span and spans.base and _year_after(spans.base) != spans.span)


def _alike(spans: parser_periods.Spans) -> bool:
    """Return whether a window and its base are the same months, the base in an earlier year."""
    if spans.span is None or spans.base is None:
        return False
    same = all(one[5:] == other[5:] for one, other in zip(spans.span, spans.base, strict=True))
    return same and spans.base < spans.span


def _base_words(spans: parser_periods.Spans) -> str:
    over = f"{span_words(spans.span, None)} over {span_words(spans.base, None)}"
    return f"Read growth of {over}; only growth over the same months of an earlier year is tested{_FOR}"
