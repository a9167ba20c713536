"""A number in a reader's words: what is claimed, of which flow, goods and months."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Final

from analysis import typed_spans, typed_words
from analysis.bases import Span, span_name

EXAMPLE: Final = "trade grew by 40.7% in January-May 2023"
_FOR: Final = f", for example: {EXAMPLE}."
GROWTH: Final = "growth"
LEVEL: Final = "level"
_SCALES: Final = (
    (r"(?:tn|trn|trln|trillions?)\b", 1e12, "trn"),
    (r"(?:bn|bln|billions?|b|mrd|milliards?)\b", 1e9, "bn"),
    (r"(?:mn|mln|millions?|m)\b", 1e6, "mln"),
)
_SCALE: Final = "|".join(pattern for pattern, _, _ in _SCALES)
_DIGITS: Final = r"[0-9]{1,3}(?:[ ,.'’][0-9]{3})+(?:[.,][0-9]+)?(?![0-9])|[0-9]+(?:[.,][0-9]+)?"
_DOLLAR: Final = r"us ?\$|usd|\$|(?:us |u\.s\. )?dollars?\b"
_YUAN: Final = r"¥|￥|cny|rmb|yuan\b|renminbi\b|元"
_NUMBER: Final = re.compile(
    rf"(?P<sign>(?<![0-9a-z])[+-])?\s*(?P<before>us ?\$|usd|\$|¥|￥|cny|rmb)?\s*(?<![0-9a-z.,])(?P<digits>{_DIGITS})"
    rf"[\s-]*(?P<unit>%|per ?cent\b|pct\b|(?:{_SCALE}))?\s*(?:of )?(?P<after>{_DOLLAR}|{_YUAN})?"
)
_PERCENT: Final = ("%", "percent", "per cent", "pct")
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
    def scale(self) -> float:
        """Whole currency units in one unit of the number; a rate, which has none, is searched as it stands."""
        if self.measure == GROWTH:
            return 1e9
        return next((size for _, size, name in _SCALES if self.unit.startswith(name)), 1.0)

    @property
    def decimals(self) -> int:
        """How many decimals the number is printed with."""
        return len(self.number.partition(".")[2])


@lru_cache(maxsize=256)
def parse(words: str) -> Typed:
    """Read a reader's words; never fails: what cannot be read is said in ``missing`` or ``untold``."""
    plain = re.sub(r"\s+", " ", unicodedata.normalize("NFKC", words).translate(_DASHES).lower()).strip()
    if untold := typed_words.untold(plain):
        return Typed(words, untold=untold)
    goods, codes, left = typed_words.goods(plain)
    spans = typed_spans.read(left)
    found = _number(spans.rest)
    if found is None:
        return Typed(words, missing=_no_number(spans, goods))
    number, unit, currency, place = found
    flow, side = typed_words.flow(left)
    if codes and typed_words.sold_by_russia(codes, flow, side, left):
        flow = "import"
    read = Typed(
        words,
        number=number,
        measure=GROWTH if unit == "percent" else LEVEL,
        unit=unit,
        bound=typed_words.bound(spans.rest[:place]),
        currency=currency,
        flow=flow,
        side=side,
        span=_year_after(spans.base) if spans.span is None and unit == "percent" and spans.base else spans.span,
        months=spans.months,
        goods=goods,
        codes=codes,
        passed=(*_others(spans.rest, place), *typed_words.passed_over(_NUMBER.sub(" ", spans.rest))),
    )
    return _doubted(read, spans, plain)


def _number(text: str) -> tuple[str, str, str, int] | None:
    """Return digits, unit, currency and place of the first number that carries a unit, else of the first at all."""
    found = [m for m in _NUMBER.finditer(text) if m["digits"]]
    if not found:
        return None
    best = next((m for m in found if _carries(m)), None) or next((m for m in found if m["sign"]), found[0])
    number = canonical(best["digits"])
    currency = _currency(best["before"] or best["after"] or "")
    unit = (best["unit"] or "").replace("per cent", "percent")
    place = best.start("before") if best["before"] else best.start("digits")
    if unit in _PERCENT:
        unit, currency = "percent", _only_currency(text)
    elif unit:
        unit = f"{next(name for pattern, _, name in _SCALES if re.fullmatch(pattern, unit))}_{currency.lower()}"
    elif currency and float(number) >= 1e6:
        number, unit = _in_bn(number), f"bn_{currency.lower()}"
    elif currency:
        unit = f"_{currency.lower()}"
    sign = "-" if best["sign"] == "-" or (unit == "percent" and not best["sign"] and _down(text)) else ""
    return sign + number, unit, currency, place


def _carries(match: re.Match[str]) -> bool:
    return bool(match["unit"] or match["before"] or match["after"])


def _others(text: str, place: int) -> list[str]:
    """Return the numbers with a unit that are not the one tested."""
    found = [m for m in _NUMBER.finditer(text) if m["digits"] and _carries(m)]
    return [m[0].strip() for m in found if not m.start() <= place < m.end()]


def _down(text: str) -> bool:
    return typed_words.falls(re.sub(r"\b(?:less|lower|fewer) than\b", " ", text))


def canonical(digits: str) -> str:
    """Return a printed number with a decimal point and no grouping: ``1,690.5``, ``1.690,5`` and ``1690,5`` agree."""
    digits = digits.replace("'", "").replace(" ", "")
    last = max(digits.rfind(","), digits.rfind("."))
    if last < 0:
        return digits
    mark, other = digits[last], "." if digits[last] == "," else ","
    grouped = digits.count(mark) > 1 or (mark == "," and len(digits) - last == 4 and not digits.startswith("0"))
    if grouped and other not in digits:
        return digits.replace(mark, "")
    return digits.replace(other, "").replace(mark, ".")


def _in_bn(number: str) -> str:
    """Write whole units in billions; trailing zeros are taken for rounding."""
    whole = number.partition(".")[0].rstrip("0")
    zeros = len(number.partition(".")[0]) - len(whole)
    decimals = max(0, 9 - zeros)
    return f"{float(number) / 1e9:.{decimals}f}"


def _currency(word: str) -> str:
    if not word:
        return ""
    return "USD" if re.fullmatch(_DOLLAR, word) else "CNY"


def _only_currency(text: str) -> str:
    """Return the one currency that the words name, for a rate."""
    named = {name for name, pattern in (("USD", _DOLLAR), ("CNY", _YUAN)) if re.search(pattern, text)}
    return named.pop() if len(named) == 1 else ""


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
    if missing := _missing(read, spans, plain):
        return replace(read, missing=missing)
    if read.flow == "balance" and not read.number.startswith("-"):
        deficit = bool(re.search(r"\bdeficit\b", plain))
        surplus = bool(re.search(r"\bsurplus\b", plain))
        if (deficit and read.side == "CHN") or (surplus and read.side == "RUS"):
            return replace(read, number=f"-{read.number}")
    return read


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
        (_is_share(read, plain), f"Read a share of {number}%; only growth and values are tested{_FOR}"),
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


def _is_share(read: Typed, plain: str) -> bool:
    return read.measure == GROWTH and bool(re.search(r"\bshares?\b|(?:%|percent|per cent|pct) of (?!growth)", plain))


def _skewed(read: Typed, spans: typed_spans.Spans) -> bool:
    """Return whether growth is claimed over other months than those of a year before."""
    return bool(read.measure == GROWTH and spans.span and spans.base and _year_after(spans.base) != spans.span)


def _base_words(spans: typed_spans.Spans) -> str:
    over = f"{span_words(spans.span, None)} over {span_words(spans.base, None)}"
    return f"Read growth of {over}; only growth over the same months a year before is tested{_FOR}"
