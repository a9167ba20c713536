"""Months in a reader's words: ``first half of 2023``, ``Jan–May 2023``, ``2023-06``, ``Q1``."""

import re
from dataclasses import dataclass, replace
from typing import Final, NamedTuple

from analysis.claims.parser import month_spans
from analysis.claims.parser.month_words import DAYS, GONE, TO, YEAR, Range, Text, take_parts, take_windows
from analysis.claims.parser.words import regex
from analysis.readings import Span

_OF: Final = r"(?:\s+(?:period|months?|term)\b)?(?:\s*,)?(?:\s+(?:of|in))?\s*'?"
_AFTER: Final = r"(?:{later}|\bover|\bfrom|\bthat\s+of|earlier|before)\s*(?:the\s+|in\s+|all\s+of\s+|same\s+|a\s+)*$"
_AGAINST: Final = r"{later}\s*(?:the\s+|in\s+|all\s+of\s+|same\s+)*$"
# a number that looks like a year but carries a unit is a number
_BARE_YEAR: Final = rf"(?<![0-9$€¥.,])({YEAR})(?![0-9]|[.,][0-9]|\s*(?:%|percent|per cent|bn|billion|mln|million|trn))"
_FAR: Final = 60  # letters before or after a window in which its words stand


@dataclass(frozen=True)
class Spans:
    """Windows placed: ``span`` as ``YYYY-MM`` pairs, or only ``months`` without a year; ``rest`` is the other text.

    ``base`` is the window that the words compare with. ``several`` are years named as one window, ``too_long`` is
    whether one is not one to twelve months long: neither can be used.
    """

    span: Span | None = None
    months: tuple[int, int] | None = None
    base: Span | None = None
    several: str = ""
    too_long: bool = False
    rest: str = ""


class PlacedWindow(NamedTuple):
    """A window in a longer text: ``span`` with its year, else only ``months``, and where it stands.

    ``same`` is the year of "the same period of 2022"; a ``date`` is a day. A window that is none (years, more than
    twelve months, half a month) has all empty.
    """

    start: int
    end: int
    span: Span | None = None
    months: tuple[int, int] | None = None
    same: int = 0
    date: bool = False


def read(words: str) -> Spans:
    """Read the windows in lower-case words with plain hyphens and single blanks; so is ``rest``."""
    text = Text(words)
    same = text.take(rf"\bsame (?:period|months?|time)(?: (?:of|in))? ({YEAR})\b")
    named = _named_spans(words, text)
    if same and named.span and not named.base:
        named = replace(named, base=month_spans.ending_in(named.span, int(same[0][1])))
    return replace(named, rest=re.sub(rf"[{GONE} ]+", " ", named.rest).strip())


def windows(words: str) -> tuple[list[PlacedWindow], str]:
    """Return all windows of a longer text, in lower case with single blanks, and the text with them blanked out.

    A part of a year has the year that stands by it; one that stands further off is not taken for its own.
    """
    text = Text(words)
    dates = [PlacedWindow(met.start(), met.end(), date=True) for pattern in DAYS for met in text.take(pattern)]
    same = [
        PlacedWindow(met.start(), met.end(), same=int(met[1]))
        for met in text.take(
            rf"\b(?:same|corresponding) (?:\w{{3,6}} )?(?:period|months?|time|quarter|half)(?: (?:of|in))? ({YEAR})\b"
        )
    ]
    take_windows(text)
    none = [PlacedWindow(met.start(), met.end()) for met in text.take(rf"({YEAR}){TO}({YEAR})(?![0-9])")]
    none += [PlacedWindow(met.start(), met.end()) for met in text.take(rf"\bbetween ({YEAR}) and ({YEAR})(?![0-9])")]
    take_parts(text)
    named = [(at, text.ends[at], span) for at, span in text.spans]
    years = {met.start(): (met.end(), int(met[1])) for met in text.take(_BARE_YEAR)}
    loose = []
    for start, end, first, last in sorted(text.parts):
        if regex(_SUPERLATIVE).search(words[max(0, start - _FAR) : start]):
            continue
        near = _year_by(text.left, words, start, end, years)
        if near is None:
            loose.append(PlacedWindow(start, end, months=(first, last)))
            continue
        begin, stop, year = near
        years.pop(begin if begin < start else stop - 4, None)
        named.append((min(start, begin), max(end, stop), (year, first, year, last)))
    named += [(at, end, (year, 1, year, 12)) for at, (end, year) in years.items()]
    placed = [*dates, *same, *none, *(_whole_months(one, words) for one in (*loose, *(_window(*one) for one in named)))]
    left = list(words)
    for one in placed:
        left[one.start : one.end] = GONE * (one.end - one.start)
    return sorted(placed), "".join(left)


# "the largest rise in nine months" names no months
_SUPERLATIVE: Final = r"\b{superlative}\b[^,;.0-9]{0,30}\bin (?:the )?$"


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
    span = _span(months)
    return PlacedWindow(start, end, span if 1 <= month_spans.length(span) <= 12 else None)


def _span(months: Range) -> Span:
    a, b, c, d = months
    return f"{a:04d}-{b:02d}", f"{c:04d}-{d:02d}"


def _named_spans(words: str, text: Text) -> Spans:
    """Read the windows that are not told by another."""
    take_windows(text)
    several = text.take(rf"({YEAR}){TO}({YEAR})(?![0-9])")
    take_parts(text)
    years = _paired(text)
    placed = sorted([*text.spans, *((at, (year, 1, year, 12)) for at, year in years)])
    if several and not placed:
        return Spans(several=several[0][0], rest=text.left)
    if not placed:
        months = text.parts[0][2:] if text.parts else None
        return Spans(months=months, rest=text.left)
    return _chosen(words, placed, text.left)


def _paired(text: Text) -> list[tuple[int, int]]:
    """Give each part of a year the year that follows it, else the one before; return the years left over."""
    text.parts.sort()
    years = [(m.start(), m.end(), int(m[1])) for m in text.take(_BARE_YEAR)]
    for start, end, first, last in text.parts:
        short = re.match(r"\s*'?([12][0-9])\b(?!\s*(?:%|percent|bn|billion|months))", text.left[end : end + _FAR])
        close = [one for one in years if 0 <= one[0] - end <= _FAR and re.fullmatch(_OF, text.left[end : one[0]])]
        if close:
            year = close[0]
        elif short:
            text.left = text.left[:end] + GONE * len(short[0]) + text.left[end + len(short[0]) :]
            text.spans.append((start, (2000 + int(short[1]), first, 2000 + int(short[1]), last)))
            continue
        elif years:
            year = min(years, key=lambda one: min(abs(one[0] - end), abs(start - one[1])))
        else:
            continue
        years = [one for one in years if one is not year]
        text.spans.append((start, (year[2], first, year[2], last)))
    return [(start, year) for start, _, year in years]


def _chosen(words: str, placed: list[tuple[int, Range]], rest: str) -> Spans:
    """Tell the window that is spoken of from the one that it is compared with."""
    named = [(at, _span(months)) for at, months in placed]
    if any(not 1 <= month_spans.length(span) <= 12 for _, span in named):
        return Spans(too_long=True, rest=rest)
    against_first = regex(_AGAINST).search(words[max(0, named[0][0] - _FAR) : named[0][0]])
    if len(named) > 1 and against_first:
        return Spans(span=named[1][1], base=named[0][1], rest=rest)
    if against_first:
        return Spans(base=named[0][1], rest=rest)
    bases = [span for at, span in named[1:] if regex(_AFTER).search(words[max(0, at - _FAR) : at])]
    return Spans(named[0][1], base=bases[0] if bases else None, rest=rest)
