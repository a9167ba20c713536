"""What a text's words take of its months: windows with their years, parts of a year, days, each where it stands."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from itertools import pairwise
from typing import Final

from analysis.claims.parser.words import regex, several, table

Range = tuple[int, int, int, int]  # year and month of the first and of the last month
_Months = Callable[[re.Match[str]], tuple[int, int]]
YEAR: Final = r"(?:19|20)[0-9]{2}"
TO: Final = r"\s*(?:-|\bto\b|\bthrough\b|\bthru\b|\buntil\b|\btill\b|/|\.\.+)\s*"
GONE: Final = "\N{NULL}"  # stands for a letter that was read: no blank, so that no pattern runs over it
_MONTH: Final = r"{month}\b\.?"
_MM: Final = r"(?:0[1-9]|1[0-2])"
_COUNT: Final = r"(?:{units}|ten|eleven|twelve|1[0-2]|[1-9])"
_DAY: Final = r"[0-3]?[0-9](?:st|nd|rd|th)?"
# days, which are no windows
DAYS: Final = (
    (
        rf"\b{_MONTH}\s*{_DAY}(?:-{_DAY})?(?![0-9])"
        r"(?!\s*(?:%|per|pct|bn|bln|b\b|m\b|mln|million|billion|trillion|trn|tn|months)|[.,][0-9])"
        rf"(?:,?\s*{YEAR}(?![0-9]))?"
    ),
    rf"(?<![0-9.,$])\b{_DAY}\s*(?:of\s+)?{_MONTH}(?:,?\s*{YEAR}(?![0-9]))?",
    rf"(?<![0-9-])(?:{YEAR}-{_MM}-[0-3][0-9]|[0-3]?[0-9][./][01]?[0-9][./]{YEAR})(?![0-9])",
)


@dataclass
class Text:
    """The words, with what was read blanked out; places stay."""

    left: str
    spans: list[tuple[int, Range]] = field(default_factory=list)
    ends: dict[int, int] = field(default_factory=dict)  # where what begins at a place ends
    parts: list[tuple[int, int, int, int]] = field(default_factory=list)  # from, to, first month, last month

    def take(self, pattern: str) -> list[re.Match[str]]:
        """Return all matches and blank them out, in one pass."""
        matches = list(regex(pattern).finditer(self.left))
        self.ends.update((match.start(), match.end()) for match in matches)
        self.left = regex(pattern).sub(lambda match: GONE * len(match[0]), self.left)
        return matches


def take_windows(text: Text) -> None:
    """Take windows that carry their years in themselves."""
    for pattern, months in _WINDOWS:
        text.spans += [(met.start(), months(met)) for met in text.take(pattern)]


def take_parts(text: Text) -> None:
    """Take parts of a year: half, quarter, first months, named months."""
    # two months that follow each other are one window, unless each has a figure of its own
    pairs = () if "respectively" in text.left else _next_to_each_other()
    for pattern, months in (*_PARTS, *pairs, *_MONTHS):
        for met in text.take(pattern):
            first, last = months(met)
            if first <= last:
                text.parts.append((met.start(), met.end(), first, last))


def _twelve_to(met: re.Match[str]) -> Range:
    year, month = int(met[2]), _month(met[1])
    first = (year - 1, month + 1) if month < 12 else (year, 1)
    return (*first, year, month)


def _month(word: str) -> int:
    return next(number for number, name in enumerate(several("months"), 1) if name.startswith(word[:3]))


def _count(word: str) -> int:
    return int(word) if word.isdigit() else [*several("units"), *several("teens")].index(word) + 1


def _half(number: str) -> tuple[int, int]:
    return (1, 6) if number in {"first", "1st", "1"} else (7, 12)


def _quarters(first: int, last: int) -> tuple[int, int]:
    return 3 * first - 2, 3 * last


def _quarter(number: int) -> tuple[int, int]:
    return _quarters(number, number)


def _next_to_each_other() -> list[tuple[str, _Months]]:
    named = pairwise(several("months"))
    return [(rf"\b{one}\.? (?:and|&|\+) {other}\b(?! \d)", partial(_both, one, other)) for one, other in named]


def _both(one: str, other: str, _: re.Match[str]) -> tuple[int, int]:
    return _month(one), _month(other)


# patterns, and what months each of their matches is
_WINDOWS: Final[tuple[tuple[str, Callable[[re.Match[str]], Range]], ...]] = (
    (
        rf"(?<![0-9])({YEAR})-({_MM})\s*(?:-|to|\.\.+|/)\s*({YEAR})-({_MM})(?![0-9])",
        lambda met: (int(met[1]), int(met[2]), int(met[3]), int(met[4])),
    ),
    (rf"(?<![0-9])({YEAR})-({_MM})(?![0-9-])", lambda met: (int(met[1]), int(met[2]), int(met[1]), int(met[2]))),
    (
        rf"\b({_MONTH})\s*({YEAR}){TO}({_MONTH})\s*({YEAR})\b",
        lambda met: (int(met[2]), _month(met[1]), int(met[4]), _month(met[3])),
    ),
    (
        rf"\b(?:12|twelve)\s+months\s+(?:to|ending|ended|through|until)(?:\s+in)?\s+({_MONTH})\s*({YEAR})\b",
        _twelve_to,
    ),
)
_PARTS: Final[tuple[tuple[str, _Months], ...]] = (
    (r"\b(first|1st|second|2nd|last)[\s-]+half(?:[\s-]year)?\b", lambda met: _half(met[1])),
    (r"\b(?:h([12])|([12])h)(?=\b|[12][0-9]\b)", lambda met: _half(met[1] or met[2])),
    (
        r"\bfirst\s+(two|three|2|3)\s+quarters\b|\b(two|three)\s+first\s+quarters\b",
        lambda met: _quarters(1, _count(met[1] or met[2])),
    ),
    (rf"\bq([1-4]){TO}q([1-4])\b", lambda met: _quarters(int(met[1]), max(int(met[1]), int(met[2])))),
    (r"\b({ordinals})[\s-]+quarter\b", lambda met: _quarter(table("ordinals")[met[1]])),
    (r"\b(?:q([1-4])|([1-4])q)(?=\b|[12][0-9]\b)", lambda met: _quarter(int(met[1] or met[2]))),
    (
        (
            rf"\b(?:first\s+|(?<=in )|(?<=in the ))({_COUNT})\s+months\b(?:\s+through\s+{_MONTH})?"
            rf"|\b({_COUNT})\s+months(?=\s+of\b)"
        ),
        lambda met: (1, _count(met[1] or met[2])),
    ),
    (rf"(?<![0-9.,$])\b([2-9]|1[01])m(?=\s*(?:of\s+)?(?:{YEAR})\b)", lambda met: (1, int(met[1]))),
    (
        rf"\bbetween\s+({_MONTH})\s+and\s+({_MONTH})|\b({_MONTH}){TO}({_MONTH})",
        lambda met: (_month(met[1] or met[3]), _month(met[2] or met[4])),
    ),
    (r"\bjan(?:uary)?\.?\s*(?:and|&|\+|,)\s*feb(?:ruary)?\b", lambda _: (1, 2)),
)
# ``may`` is a month only where a year or another month stands by it
_MONTHS: Final[tuple[tuple[str, _Months], ...]] = (
    (rf"\b(?!may\b(?!\s*(?:{YEAR})))({_MONTH})", lambda met: (_month(met[1]), _month(met[1]))),
    (
        r"(?:(?<=\bin )|(?<=\bend of )|(?<=\bfrom )|(?<=\bthan )|(?<=\bsince ))may\b|\bmay(?='s\b)",
        lambda _: (5, 5),
    ),
)
