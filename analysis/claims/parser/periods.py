"""Months in a reader's words: ``first half of 2023``, ``Jan–May 2023``, ``2023-06``, ``Q1``."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import Final, NamedTuple

from analysis.claims.parser.words import regex, several, table

_MONTH: Final = r"{month}\b\.?"
_YEAR: Final = r"(?:19|20)[0-9]{2}"
_TO: Final = r"\s*(?:-|\bto\b|\bthrough\b|\bthru\b|\buntil\b|\btill\b|/|\.\.+)\s*"
_OF: Final = r"(?:\s+(?:period|months?|term)\b)?(?:\s*,)?(?:\s+(?:of|in))?\s*'?"
_MM: Final = r"(?:0[1-9]|1[0-2])"
_COUNT: Final = r"(?:{units}|ten|eleven|twelve|1[0-2]|[1-9])"
_AFTER: Final = r"(?:{later}|\bover|\bfrom|\bthat\s+of|earlier|before)\s*(?:the\s+|in\s+|all\s+of\s+|same\s+|a\s+)*$"
_AGAINST: Final = r"{later}\s*(?:the\s+|in\s+|all\s+of\s+|same\s+)*$"
# a number that looks like a year but carries a unit is a number
_BARE_YEAR: Final = rf"(?<![0-9$€¥.,])({_YEAR})(?![0-9]|[.,][0-9]|\s*(?:%|percent|per cent|bn|billion|mln|million|trn))"
_GONE: Final = "\N{NULL}"  # stands for a letter that was read: no blank, so that no pattern runs over it
_FAR: Final = 60  # letters before or after a window in which its words stand
# days, which are no windows
_DAY: Final = r"[0-3]?[0-9](?:st|nd|rd|th)?"
_DATES: Final = (
    (
        rf"\b{_MONTH}\s*{_DAY}(?:-{_DAY})?(?![0-9])(?!\s*(?:%|per|pct|bn|bln|b\b|m\b|mln|million|billion|trillion|trn|tn|months)|[.,][0-9])"
        rf"(?:,?\s*{_YEAR}(?![0-9]))?"
    ),
    rf"(?<![0-9.,$])\b{_DAY}\s*(?:of\s+)?{_MONTH}(?:,?\s*{_YEAR}(?![0-9]))?",
    rf"(?<![0-9-])(?:{_YEAR}-{_MM}-[0-3][0-9]|[0-3]?[0-9][./][01]?[0-9][./]{_YEAR})(?![0-9])",
)
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


class PlacedWindow(NamedTuple):
    """A window in a longer text: ``span`` with its year, else only ``months``, and where it stands.

    ``same`` is the year of "the same period of 2022"; a ``date`` is a day. A window that is none (years, more than
    twelve months, half a month) has all empty.
    """

    start: int
    end: int
    span: tuple[str, str] | None = None
    months: tuple[int, int] | None = None
    same: int = 0
    date: bool = False


@dataclass
class _Text:
    """The words, with what was read blanked out; places stay."""

    left: str
    spans: list[tuple[int, Range]] = field(default_factory=list)
    ends: dict[int, int] = field(default_factory=dict)  # where what begins at a place ends
    shapes: list[tuple[int, int, int, int]] = field(default_factory=list)  # from, to, first month, last month

    def take(self, pattern: str) -> list[re.Match[str]]:
        """Return all matches and blank them out, in one pass."""
        matches = list(regex(pattern).finditer(self.left))
        self.ends.update((match.start(), match.end()) for match in matches)
        self.left = regex(pattern).sub(lambda match: _GONE * len(match[0]), self.left)
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


def windows(words: str) -> tuple[list[PlacedWindow], str]:
    """Return all windows of a longer text, in lower case with single blanks, and the text with them blanked out.

    A part of a year has the year that stands by it; one that stands further off is not taken for its own.
    """
    text = _Text(words)
    dates = [PlacedWindow(met.start(), met.end(), date=True) for pattern in _DATES for met in text.take(pattern)]
    same = [
        PlacedWindow(met.start(), met.end(), same=int(met[1]))
        for met in text.take(
            rf"\b(?:same|corresponding) (?:\w{{3,6}} )?(?:period|months?|time|quarter|half)(?: (?:of|in))? ({_YEAR})\b"
        )
    ]
    _whole(text)
    none = [PlacedWindow(met.start(), met.end()) for met in text.take(rf"({_YEAR}){_TO}({_YEAR})(?![0-9])")]
    none += [PlacedWindow(met.start(), met.end()) for met in text.take(rf"\bbetween ({_YEAR}) and ({_YEAR})(?![0-9])")]
    _shapes(text)
    named = [(at, text.ends[at], span) for at, span in text.spans]
    years = {met.start(): (met.end(), int(met[1])) for met in text.take(_BARE_YEAR)}
    loose = []
    for start, end, first, last in sorted(text.shapes):
        if re.search(_SUPERLATIVE, words[max(0, start - _FAR) : start]):
            continue
        near = _year_by(text.left, words, start, end, years)
        if near is None:
            loose.append(PlacedWindow(start, end, months=(first, last)))
            continue
        begin, stop, year = near
        years.pop(begin if begin < start else stop - 4, None)
        named.append((min(start, begin), max(end, stop), (year, first, year, last)))
    named += [(at, end, (year, 1, year, 12)) for at, (end, year) in years.items()]
    found = [*dates, *same, *none, *(_whole_months(one, words) for one in (*loose, *(_window(*one) for one in named)))]
    left = list(words)
    for one in found:
        left[one.start : one.end] = _GONE * (one.end - one.start)
    return sorted(found), "".join(left)


# "the largest rise in nine months" names no months
_SUPERLATIVE: Final = (
    r"\b(?:largest|biggest|highest|lowest|fastest|slowest|steepest|sharpest|weakest|strongest|first)\b"
    r"[^,;.0-9]{0,30}\bin (?:the )?$"
)


def _year_by(
    left: str, words: str, start: int, end: int, years: dict[int, tuple[int, int]]
) -> tuple[int, int, int] | None:
    """Return where the year stands that follows a part of a year, or goes right before it, and the year."""
    for at, (stop, year) in years.items():
        if 0 <= at - end <= _FAR and re.fullmatch(_OF, words[end:at]):
            return at, stop, year
    if short := re.match(
        r"\s*'([12][0-9])\b|(?<=[qh][1-4])\s?([12][0-9])\b(?!\s*(?:%|percent|bn|billion|months))", left[end : end + 8]
    ):
        return end, end + len(short[0]), 2000 + int(short[1] or short[2])
    for at, (stop, year) in years.items():
        if 0 <= start - stop <= _FAR and re.fullmatch(r"(?:'s)?,? ?(?:in )?(?:the )?", words[stop:start]):
            return at, stop, year
    return None


def _whole_months(window: PlacedWindow, words: str) -> PlacedWindow:
    """Return a window, empty where the words before it cut it: "by mid-December", "as of June"."""
    before = words[max(0, window.start - 18) : window.start]
    cut = re.search(
        r"(?:\b(?:mid|early|late)[ -]?|\bas of (?:the )?|\b(?:start|beginning|middle) of (?:the )?)$", before
    )
    month = window.months or (window.span and window.span[0] == window.span[1])
    if cut is None and month:
        cut = re.search(r"\bend of (?:the )?$", before)
    cut = None if cut and re.search(r"\b(?:since|from) the (?:start|beginning) of $", before) else cut
    return PlacedWindow(window.start, window.end) if cut else window


def _window(start: int, end: int, months: Range) -> PlacedWindow:
    a, b, c, d = months
    length = (c - a) * 12 + d - b + 1
    return PlacedWindow(start, end, (f"{a:04d}-{b:02d}", f"{c:04d}-{d:02d}") if 1 <= length <= 12 else None)


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
    return next(number for number, name in enumerate(several("months"), 1) if name.startswith(word[:3]))


def _count(word: str) -> int:
    return int(word) if word.isdigit() else [*several("units"), *several("teens")].index(word) + 1


def _shapes(text: _Text) -> None:
    """Take parts of a year: half, quarter, first months, named months."""

    def add(match: re.Match[str], first: int, last: int) -> None:
        text.shapes.append((match.start(), match.end(), first, last))

    for m in text.take(r"\b(first|1st|second|2nd|last)[\s-]+half(?:[\s-]year)?\b"):
        add(m, *((1, 6) if m[1] in {"first", "1st"} else (7, 12)))
    for m in text.take(r"\b(?:h([12])|([12])h)(?=\b|[12][0-9]\b)"):
        add(m, *((1, 6) if (m[1] or m[2]) == "1" else (7, 12)))
    for m in text.take(r"\bfirst\s+(two|three|2|3)\s+quarters\b|\b(two|three)\s+first\s+quarters\b"):
        add(m, 1, 3 * _count(m[1] or m[2]))
    for m in text.take(rf"\bq([1-4]){_TO}q([1-4])\b"):
        add(m, 3 * int(m[1]) - 2, 3 * max(int(m[1]), int(m[2])))
    for m in text.take(r"\b({ordinals})[\s-]+quarter\b"):
        add(m, 3 * table("ordinals")[m[1]] - 2, 3 * table("ordinals")[m[1]])
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
    # two months that follow each other are one window, unless each has a figure of its own
    if "respectively" not in text.left:
        for one, other in pairwise(several("months")):
            for m in text.take(rf"\b{one}\.? (?:and|&|\+) {other}\b(?! \d)"):
                add(m, _month(one), _month(other))
    for m in text.take(rf"\b(?!may\b(?!\s*(?:{_YEAR})))({_MONTH})"):
        add(m, _month(m[1]), _month(m[1]))
    for m in text.take(r"(?:(?<=\bin )|(?<=\bend of )|(?<=\bfrom )|(?<=\bthan )|(?<=\bsince ))may\b|\bmay(?='s\b)"):
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
    later = [bool(regex(_AGAINST).search(words[max(0, at - _FAR) : at])) for at, _, _ in named]
    if len(named) > 1 and later[0]:
        named = [*named[1:], named[0]]
        return Spans(span=named[0][1], base=named[-1][1], rest=rest)
    if len(named) == 1 and later[0]:
        return Spans(base=named[0][1], rest=rest)
    bases = [span for at, span, _ in named[1:] if regex(_AFTER).search(words[max(0, at - _FAR) : at])]
    others = [span for _, span, _ in named[1:] if span not in bases]
    return Spans(named[0][1], base=bases[0] if bases else None, rest=rest, others=tuple(others))
