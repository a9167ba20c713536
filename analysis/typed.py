"""A number in a reader's words: what is claimed, of which flow, goods and months."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Final

from analysis import typed_numbers, typed_spans, typed_words
from analysis.bases import Span, span_name
from analysis.typed_numbers import SCALES

EXAMPLE: Final = "trade grew by 40.7% in January-May 2023"
_FOR: Final = f", for example: {EXAMPLE}."
GROWTH: Final = "growth"
LEVEL: Final = "level"
SHARE: Final = "share"
# letters of other scripts; a yuan may be written with its own
_FOREIGN: Final = r"[\u0370-\u1fff\u2c00-\u2dff\u3040-\ud7ff](?<!元)"
_DASHES: Final = str.maketrans(dict.fromkeys("‐‑‒–—―−－~", "-") | {"’": "'", "‘": "'", "\u00a0": " ", "\u202f": " "})


@dataclass(frozen=True)
class Typed:
    """What was read of a reader's words.

    ``number`` keeps its printed digits with a point; ``unit`` is ``percent`` or scale and currency
    (``bn_usd``, ``bn_cny``, ``bn_`` where no currency was named). ``flow`` is seen from ``side``.
    ``span`` are months ``YYYY-MM``; ``months`` a part of a year without one. ``missing`` says what
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
    """Read a reader's words; never fails: what cannot be read is said in ``missing`` or ``untold``."""
    plain = re.sub(r"\s+", " ", unicodedata.normalize("NFKC", words).translate(_DASHES).lower()).strip()
    if re.search(_FOREIGN, plain):
        return Typed(words, missing=f"Only English is read{_FOR}")
    if untold := typed_words.untold(plain):
        return Typed(words, untold=untold)
    goods, codes, left = typed_words.goods(plain)
    spans = typed_spans.read(left)
    found = typed_numbers.read(spans.rest)
    if found is None:
        return Typed(words, missing=_no_number(spans, goods))
    number, unit, currency, place = found
    flow, side = typed_words.flow(left)
    if codes and typed_words.sold_by_russia(codes, flow, side, left):
        flow = "import"
    read = Typed(
        words,
        number=number,
        measure=LEVEL if unit != "percent" else SHARE if typed_words.is_share(plain) else GROWTH,
        unit=unit,
        bound=typed_words.bound(spans.rest[:place]),
        currency=currency,
        flow=flow,
        side=side,
        span=_year_after(spans.base) if spans.span is None and unit == "percent" and spans.base else spans.span,
        months=spans.months,
        goods=goods,
        codes=codes,
        passed=(
            *typed_numbers.others(spans.rest, place),
            *typed_words.passed_over(typed_numbers.without(spans.rest)),
        ),
    )
    return _doubted(read, spans, plain)


def _no_number(spans: typed_spans.Spans, goods: str) -> str:
    understood = [name for name in (goods, span_words(spans.span, spans.months)) if name]
    said = f"Read {' and '.join(understood)}, but no number" if understood else "No number was found in these words"
    return f"{said}. Name a rate or a value and its months, for example: {EXAMPLE}."


def span_words(span: Span | None, months: tuple[int, int] | None) -> str:
    """Name a window, or a part of a year without its year: ``Jan–Jun 2023``, ``Jan–Jun``; empty for neither."""
    if span:
        return span_name(span)
    if months:
        first, last = (typed_spans.MONTHS[month - 1].capitalize() for month in months)
        return first if first == last else f"{first}–{last}"
    return ""


def _year_after(span: Span) -> Span:
    start, end = (f"{int(month[:4]) + 1:04d}{month[4:]}" for month in span)
    return start, end


def _doubted(read: Typed, spans: typed_spans.Spans, plain: str) -> Typed:
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
    """Turn a share to its whole: whose exports or imports it is a part of; of goods, China's imports from Russia."""
    if read.measure != SHARE:
        return read
    side, flow = ("CHN", read.flow) if read.codes else typed_words.whole(plain)
    return replace(read, number=read.number.lstrip("-"), side=side or "CHN", flow=flow or "total")


def _missing(read: Typed, spans: typed_spans.Spans, plain: str) -> str:
    """Return what stands in the way, the first thing first."""
    number = read.number
    reasons = (
        (not read.unit, f"Read the number {number}, but not its unit: write {number}% or US$ {number} bn{_FOR}"),
        (
            read.unit.startswith("_"),
            f"Read {number} of a currency, but no scale: write {number} bn or {number} mln{_FOR}",
        ),
        (bool(spans.problem), f"Read {number}, but {spans.problem}{_FOR}"),
        (_skewed(read, spans), _base_words(spans)),
        (
            bool(typed_words.elsewhere(plain)),
            f"Read “{typed_words.elsewhere(plain)}”; only trade between China and Russia is tested{_FOR}",
        ),
        (
            read.measure == SHARE and read.flow not in {"export", "import"},
            f"Read a share of {number}%, but not of whose exports or of imports{_FOR}",
        ),
        (
            bool(read.goods) and not read.codes,
            f"Read {read.goods}, which the figures do not tell apart from crude oil{_FOR}",
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


def _skewed(read: Typed, spans: typed_spans.Spans) -> bool:
    """Return whether growth is claimed over other months than those of a year before."""
    return bool(read.measure == GROWTH and spans.span and spans.base and _year_after(spans.base) != spans.span)


def _base_words(spans: typed_spans.Spans) -> str:
    over = f"{span_words(spans.span, None)} over {span_words(spans.base, None)}"
    return f"Read growth of {over}; only growth over the same months a year before is tested{_FOR}"
