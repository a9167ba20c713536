"""Months in a reader's words: ``first half of 2023``, ``Jan–May 2023``, ``2023-06``, ``Q1``."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable

MONTHS: Final = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
COUNTS: Final = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
_MONTH: Final = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?)\b\.?"
)
_YEAR: Final = r"(?:19|20)[0-9]{2}"
_TO: Final = r"\s*(?:-|\bto\b|\bthrough\b|\bthru\b|\buntil\b|\btill\b|/|\.\.+)\s*"
_OF: Final = r"(?:\s*,)?(?:\s+(?:of|in))?\s*'?"
_MM: Final = r"(?:0[1-9]|1[0-2])"
_COUNT: Final = rf"(?:{'|'.join(COUNTS)}|1[0-2]|[1-9])"
_ORDINALS: Final = {"first": 1, "1st": 1, "second": 2, "2nd": 2, "third": 3, "3rd": 3, "fourth": 4, "4th": 4, "last": 4}
_QUARTER: Final = rf"(?:{'|'.join(_ORDINALS)})"
_LATER: Final = r"(?:\bon|\bthan(?:\s+in)?|compared\s+(?:with|to)|\bagainst|versus|\bvs\.?|relative\s+to)"
_AFTER: Final = rf"(?:{_LATER}|\bover|\bfrom|\bthat\s+of|earlier|before)\s*(?:the\s+|in\s+|all\s+of\s+|same\s+|a\s+)*$"
_AGAINST: Final = rf"{_LATER}\s*(?:the\s+|in\s+|all\s+of\s+|same\s+)*$"
# a number that looks like a year but carries a unit is a number
_BARE_YEAR: Final = rf"(?<![0-9$€¥.,])({_YEAR})(?![0-9]|[.,][0-9]|\s*(?:%|percent|per cent|bn|billion|mln|million|trn))"
_GONE: Final = "\N{NULL}"  # stands for a letter that was read: no blank, so that no pattern runs over it
_FAR: Final = 60  # letters before or after a window in which its words stand
Range = tuple[int, int, int, int]  # year and month of the first and of the last month


@dataclass(frozen=True)
class Spans:
    """Windows found: ``span`` as ``YYYY-MM`` pairs, or only ``months`` without a year; ``rest`` is the other text.

    ``base`` is the window that the words compare with. ``several`` are years named as one window, ``too_long`` is
    whether one is not one to twelve months long: neither can be used.
    """

    span: tuple[str, str] | None = None
    months: tuple[int, int] | None = None
    base: tuple[str, str] | None = None
    several: str = ""
    too_long: bool = False
    rest: str = ""
    others: tuple[tuple[str, str], ...] = ()


@dataclass
class _Text:
    """The words, with what was read blanked out; places stay."""

    left: str
    spans: list[tuple[int, Range]] = field(default_factory=list)
    shapes: list[tuple[int, int, int, int]] = field(default_factory=list)  # from, to, first month, last month

    def take(self, pattern: str) -> list[re.Match[str]]:
        """Return all matches and blank them out, in one pass."""
        matches = list(re.finditer(pattern, self.left))
        self.left = re.sub(pattern, lambda match: _GONE * len(match[0]), self.left)
        return matches


def read(words: str) -> Spans:
    """Read the windows in lower-case words with plain hyphens and single blanks; so is ``rest``."""
    spans = _read(words)
    return replace(spans, rest=re.sub(rf"[{_GONE} ]+", " ", spans.rest).strip())


def _read(words: str) -> Spans:
    text = _Text(words)
    same = text.take(rf"\bsame (?:period|months?|time)(?: (?:of|in))? ({_YEAR})\b")
    spans = _named_spans(words, text)
    if not (same and spans.span) or spans.base:
        return spans
    return replace(spans, base=_moved(spans.span, int(same[0][1])))


def _moved(span: tuple[str, str], year: int) -> tuple[str, str]:
    """Return the same months ending in another year."""
    shift = year - int(span[1][:4])
    start, end = (f"{int(month[:4]) + shift:04d}{month[4:]}" for month in span)
    return start, end


def _named_spans(words: str, text: _Text) -> Spans:
    """Read the windows that are not told by another."""
    _whole(text)
    several = text.take(rf"({_YEAR}){_TO}({_YEAR})(?![0-9])")
    _shapes(text)
    years = _paired(text)
    spans = sorted([*text.spans, *((at, (year, 1, year, 12)) for at, year in years)])
    if several and not spans:
        return Spans(several=several[0][0], rest=text.left)
    if not spans:
        months = text.shapes[0][2:] if text.shapes else None
        return Spans(months=months, rest=text.left)
    return _chosen(words, spans, text.left)


def _whole(text: _Text) -> None:
    """Take windows that carry their years in themselves."""
    for m in text.take(rf"(?<![0-9])({_YEAR})-({_MM})\s*(?:-|to|\.\.+|/)\s*({_YEAR})-({_MM})(?![0-9])"):
        text.spans.append((m.start(), (int(m[1]), int(m[2]), int(m[3]), int(m[4]))))
    for m in text.take(rf"(?<![0-9])({_YEAR})-({_MM})(?![0-9-])"):
        text.spans.append((m.start(), (int(m[1]), int(m[2]), int(m[1]), int(m[2]))))
    for m in text.take(rf"\b({_MONTH})\s*({_YEAR}){_TO}({_MONTH})\s*({_YEAR})\b"):
        text.spans.append((m.start(), (int(m[2]), _month(m[1]), int(m[4]), _month(m[3]))))
    for m in text.take(
        rf"\b(?:12|twelve)\s+months\s+(?:to|ending|ended|through|until)(?:\s+in)?\s+({_MONTH})\s*({_YEAR})\b"
    ):
        year, month = int(m[2]), _month(m[1])
        first = (year - 1, month + 1) if month < 12 else (year, 1)
        text.spans.append((m.start(), (*first, year, month)))


def _month(word: str) -> int:
    return MONTHS.index(word[:3]) + 1


def _count(word: str) -> int:
    return COUNTS.index(word) + 1 if word in COUNTS else int(word)


def _shapes(text: _Text) -> None:
    """Take parts of a year: half, quarter, first months, named months."""

    def add(match: re.Match[str], first: int, last: int) -> None:
        text.shapes.append((match.start(), match.end(), first, last))

    for m in text.take(r"\b(first|1st|second|2nd|last)[\s-]+half(?:[\s-]year)?\b"):
        add(m, *((1, 6) if m[1] in {"first", "1st"} else (7, 12)))
    for m in text.take(r"\b(?:h([12])|([12])h)(?=\b|[12][0-9]\b)"):
        add(m, *((1, 6) if (m[1] or m[2]) == "1" else (7, 12)))
    for m in text.take(rf"\bq([1-4]){_TO}q([1-4])\b"):
        add(m, 3 * int(m[1]) - 2, 3 * max(int(m[1]), int(m[2])))
    for m in text.take(rf"\b({_QUARTER})[\s-]+quarter\b"):
        add(m, 3 * _ORDINALS[m[1]] - 2, 3 * _ORDINALS[m[1]])
    for m in text.take(r"\b(?:q([1-4])|([1-4])q)(?=\b|[12][0-9]\b)"):
        add(m, 3 * int(m[1] or m[2]) - 2, 3 * int(m[1] or m[2]))
    for m in text.take(rf"\b(?:first\s+|(?<=in )|(?<=in the ))({_COUNT})\s+months\b|\b({_COUNT})\s+months(?=\s+of\b)"):
        add(m, 1, _count(m[1] or m[2]))
    for m in text.take(rf"(?<![0-9.,$])\b([2-9]|1[01])m(?=\s*(?:of\s+)?(?:{_YEAR})\b)"):
        add(m, 1, int(m[1]))
    _named(text, add)


def _named(text: _Text, add: Callable[[re.Match[str], int, int], None]) -> None:
    """Take named months; ``may`` is a month only where a year or another month stands by it."""
    for m in text.take(rf"\bbetween\s+({_MONTH})\s+and\s+({_MONTH})|\b({_MONTH}){_TO}({_MONTH})"):
        first, last = _month(m[1] or m[3]), _month(m[2] or m[4])
        if first <= last:
            add(m, first, last)
    for m in text.take(r"\b(jan(?:uary)?)\.?\s*(?:and|&|\+)\s*(feb(?:ruary)?)\b"):
        add(m, 1, 2)
    for m in text.take(rf"\b(?!may\b(?!\s*(?:{_YEAR})))({_MONTH})"):
        add(m, _month(m[1]), _month(m[1]))
    for m in text.take(r"(?<=\bin )may\b"):
        add(m, 5, 5)


def _paired(text: _Text) -> list[tuple[int, int]]:
    """Give each part of a year the year that follows it, else the one before; return the years left over."""
    text.shapes.sort()
    years = [(m.start(), m.end(), int(m[1])) for m in text.take(_BARE_YEAR)]
    for start, end, first, last in text.shapes:
        short = re.match(r"\s*'?([12][0-9])\b(?!\s*(?:%|percent|bn|billion|months))", text.left[end : end + _FAR])
        close = [one for one in years if 0 <= one[0] - end <= _FAR and re.fullmatch(_OF, text.left[end : one[0]])]
        if close:
            year = close[0]
        elif short:
            text.left = text.left[:end] + _GONE * len(short[0]) + text.left[end + len(short[0]) :]
            text.spans.append((start, (2000 + int(short[1]), first, 2000 + int(short[1]), last)))
            continue
        elif years:
            year = min(years, key=lambda one: min(abs(one[0] - end), abs(start - one[1])))
        else:
            continue
        years = [one for one in years if one is not year]
        text.spans.append((start, (year[2], first, year[2], last)))
    return [(start, year) for start, _, year in years]


def _chosen(words: str, spans: list[tuple[int, Range]], rest: str) -> Spans:
    """Tell the window that is spoken of from the one that it is compared with."""
    named = [(at, (f"{a:04d}-{b:02d}", f"{c:04d}-{d:02d}"), (c - a) * 12 + d - b + 1) for at, (a, b, c, d) in spans]
    wrong = next((length for _, _, length in named if not 1 <= length <= 12), None)
    if wrong is not None:
        return Spans(too_long=True, rest=rest)
    later = [bool(re.search(_AGAINST, words[max(0, at - _FAR) : at])) for at, _, _ in named]
    if len(named) > 1 and later[0]:
        named = [*named[1:], named[0]]
        return Spans(span=named[0][1], base=named[-1][1], rest=rest)
    if len(named) == 1 and later[0]:
        return Spans(base=named[0][1], rest=rest)
    bases = [span for at, span, _ in named[1:] if re.search(_AFTER, words[max(0, at - _FAR) : at])]
    others = [span for _, span, _ in named[1:] if span not in bases]
    return Spans(named[0][1], base=bases[0] if bases else None, rest=rest, others=tuple(others))
