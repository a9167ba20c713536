"""Periods in Russian words: what a title or a header tells of year and months, or that it is not clear."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from typing import Final, TypeAlias

import pandas as pd

_Months: TypeAlias = Callable[[re.Match[str]], tuple[int, int] | None]
_STEMS: Final = (
    ("январ[ьяе]", "янв"),
    ("феврал[ьяе]", "фев(?:р)?"),
    ("март[ае]?", "мар"),
    ("апрел[ьяе]", "апр"),
    ("ма[йяе]", "май"),
    ("июн[ьяе]", "июн"),
    ("июл[ьяе]", "июл"),
    ("август[ае]?", "авг"),
    ("сентябр[ьяе]", "сен(?:т)?"),
    ("октябр[ьяе]", "окт"),
    ("ноябр[ьяе]", "ноя(?:б)?"),
    ("декабр[ьяе]", "дек"),
)
_MONTHS: Final = "|".join(f"(?P<m{i}>{word}|{short}\\.?)" for i, (word, short) in enumerate(_STEMS, 1))
_MONTH: Final = re.compile(rf"(?<![а-я])(?:{_MONTHS})(?![а-я])")
_RANGE: Final = re.compile(r"\s*(?:\d{4}\s*(?:г\w*\.?|год\w*)?\s*)?(?:[-–—]|по)\s*")
_YEAR: Final = re.compile(r"(?<![0-9])(?<![0-9][.,])(?:19|20)[0-9]{2}(?![0-9]|[.,][0-9])")
_DAY: Final = re.compile(
    r"(?<![0-9])(?:(?:19|20)\d\d[-.]\d\d[-.]\d\d(?: \d\d:\d\d(?::\d\d)?)?|\d{1,2}[./]\d{1,2}[./](?:19|20)\d\d"
    rf"|\d{{1,2}}\s+(?:{'|'.join(word for word, _ in _STEMS)})\s+(?:19|20)\d\d)(?![0-9])(?:\s*г(?:ода|\.)?)?"
)
_NUMERIC: Final = (
    re.compile(r"(?P<year>(?:19|20)[0-9]{2})-?(?P<month>0[1-9]|1[0-2])(?:-01(?: 00:00:00)?)?"),
    re.compile(r"(?:01\.)?(?P<month>0?[1-9]|1[0-2])[./ ](?P<year>(?:19|20)[0-9]{2})"),
)
_WORDS: Final = (
    ("одиннадцат", 11),
    ("двенадцат", 12),
    ("десят", 10),
    ("девят", 9),
    ("восьм|восем", 8),
    ("седьм|семь|семи", 7),
    ("шест", 6),
    ("пят", 5),
    ("четверт|четыр", 4),
    ("трет|три(?![а-я])|трех", 3),
    ("втор|два(?![а-я])|две(?![а-я])|двух", 2),
    ("перв|один(?![а-я])|одно|одна(?![а-я])", 1),
)
_ROMAN: Final = {"i": 1, "ii": 2, "iii": 3, "iv": 4}
_ORDINAL: Final = (
    rf"(?:iv|i{{1,3}}|[1-4])(?:-?(?:ы[йе]|о[йем]|е|й|я|го|м))?|(?:{'|'.join(w for w, _ in _WORDS[8:])})[а-я]*"
)
_PART: Final = re.compile(
    rf"(?<![a-zа-я0-9])(?P<one>{_ORDINAL})(?:\s*(?:[-–—]|и|по)\s*(?P<two>{_ORDINAL}))?"
    r"\s*(?P<what>кварт|кв(?![а-я])|полугод|половин|п/г|п(?![а-я]))[а-я]*\.?"
)
_LATIN: Final = re.compile(
    r"(?:(?<![a-z0-9])|(?<=(?:19|20)[0-9]{2}))(?:(?P<what>h|q)\s?(?P<n>[1-4])|(?P<m>[1-4])\s?(?P<w>h|q))(?![a-z0-9])"
)
_ACROSS: Final = re.compile(
    rf"(?<![a-zа-я0-9])(?:(?:первы[ехй]|за)\s+)?(?P<n>1[0-2]|[1-9]|(?:{'|'.join(w for w, _ in _WORDS)})[а-я]*)"
    r"(?:-?(?:ти|и|х))?\s*(?:(?:мес|месяц)[а-я]*\.?|[мm](?![а-яa-z]))"
)
_QUARTERS: Final = re.compile(r"(?<![а-я0-9])(?P<n>два|двух|три|трех)\s+квартал(?:а|ов)(?![а-я])")
_RUN: Final = re.compile(
    r"(?<![0-9])(?P<one>0?[1-9]|1[0-2])\s*[-–—]\s*(?P<two>0?[1-9]|1[0-2])\s*(?:мес|месяц)[а-я]*\.?"
)
_LEFT: Final = re.compile(
    r"кварт|(?<![а-я])кв(?![а-я])|полугод|полгод|половин|п/г|(?<![а-я])мес(?![а-я])|месяц|(?<![a-z])(?:h[12]|q[1-4]|[12]h|[1-4]q)(?![a-z0-9])"
    r"|декад|недел|(?<![а-я])(?:дн[яей]{1,2}|день|сутк)|начал[аоу]? год|нарастающ|ytd|сезон"
    r"|(?<![a-zа-я])(?:i{1,3}|iv)(?![a-zа-я])|(?<![a-z])(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)"
    r"|(?<![0-9.])(?:0?[1-9]|1[0-2])\s*[-–—]\s*(?:0?[1-9]|1[0-2])(?![0-9])"
    r"|(?<![а-я])(?:зим|весн|лет(?:о|ом)(?![а-я])|осен)|(?<![а-я])(?:" + "|".join(w for w, _ in _WORDS) + ")"
)


@dataclass(frozen=True)
class Span:
    """A period as far as words tell it: a year, the first and the last month, or less.

    ``unclear`` says that words of a period remain that were not understood: no year counts as whole then.
    """

    year: int | None = None
    first: int | None = None
    last: int | None = None
    unclear: bool = field(default=False, compare=False)

    def __bool__(self) -> bool:
        """Return whether anything is told, if only unclearly."""
        return self.year is not None or self.first is not None or self.unclear

    def within(self, other: "Span") -> "Span":
        """Return this span with what it lacks taken from ``other``: the year, the months, or both."""
        if self.first is not None:
            return Span(self.year if self.year is not None else other.year, self.first, self.last, self.unclear)
        year = self.year if self.year is not None else other.year
        return Span(year, other.first, other.last, self.unclear or other.unclear)

    def dates(self) -> tuple[pd.Timestamp, pd.Timestamp] | None:
        """Return the first days of the first and of the last month; a year alone is all its months."""
        if self.year is None or self.unclear:
            return None
        return pd.Timestamp(self.year, self.first or 1, 1), pd.Timestamp(self.year, self.last or 12, 1)


def plain(text: str) -> str:
    """Return text in small letters with ё as е and single spaces."""
    return " ".join(text.casefold().replace("ё", "е").split())


def span(text: str) -> Span:
    """Return the period in ``text``: январь-март 2021, 2021 г., 9 месяцев 2021, первое полугодие 2021, 2021-03.

    Two different years tell none. Months that cannot be read leave the span unclear: a year beside
    them is not a whole year.
    """
    words = plain(text)
    for pattern in _NUMERIC:
        if match := pattern.fullmatch(words):
            month = int(match["month"])
            return Span(int(match["year"]), month, month)
    words = _DAY.sub(" ", words)
    years = {int(year) for year in _YEAR.findall(words)}
    year = years.pop() if len(years) == 1 else None
    runs, rest = _month_runs(words)
    unclear = len(runs) > 1 or bool(_MONTH.search(rest) or _LEFT.search(rest))
    first, last = runs[0] if len(runs) == 1 and not unclear else (None, None)
    return Span(year, first, last, unclear)


def without(text: str) -> str:
    """Return plain text less its periods, clear or not, years and days: what else a title says."""
    words = _DAY.sub(" ", plain(text))
    _, rest = _month_runs(words)
    rest = re.sub(rf"(?:{_LEFT.pattern})[а-яa-z]*", " ", _MONTH.sub(" ", rest))
    return " ".join(re.sub(r"(?<![а-я])(?:гг?\.?|год[ауы]?)(?![а-я])", " ", _YEAR.sub(" ", rest)).split())


def released(text: str) -> pd.Timestamp:
    """Return the one whole date that words over a table name, as 08.04.2018 or 8 апреля 2018; missing for none."""
    days = {day for match in _DAY.finditer(plain(text)) if (day := _date(match[0])) is not None}
    return days.pop() if len(days) == 1 else pd.Timestamp("NaT")


def _date(text: str) -> pd.Timestamp | None:
    month = _MONTH.search(text)
    numbers = [int(number) for number in re.findall(r"[0-9]+", text)[:3]]
    if month:
        numbers.insert(1, int(str(month.lastgroup)[1:]))
    year, middle, day = numbers[:3] if numbers[0] > 31 else numbers[2::-1]
    try:
        return pd.Timestamp(year, middle, day)
    except ValueError:
        return None


def _month_runs(words: str) -> tuple[list[tuple[int, int]], str]:
    """Return each run of months that words tell, once, and the words that are left."""
    runs: list[tuple[int, int]] = []
    for pattern, months in _READERS:
        for match in pattern.finditer(words):
            if (run := months(match)) is not None and run not in runs:
                runs.append(run)
        words = pattern.sub(partial(_cut, months), words)
    return _named(words, runs)


def _cut(months: _Months, match: re.Match[str]) -> str:
    return " " if months(match) else match[0]


def _named(words: str, runs: list[tuple[int, int]]) -> tuple[list[tuple[int, int]], str]:
    """Add the months that are named: one alone, or two as the ends of a run."""
    named = list(_MONTH.finditer(words))
    numbers = [int(str(month.lastgroup)[1:]) for month in named]
    if not named or re.search(r"(?<![0-9])\d{1,2}\s+$", words[: named[0].start()]):
        return runs, words  # a day before the month: part of a month
    run = None
    if len(named) == 1:
        run = (numbers[0], numbers[0])
    elif len(named) == 2 and _RANGE.fullmatch(words[named[0].end() : named[1].start()]) and numbers[0] < numbers[1]:
        run = (numbers[0], numbers[1])
    if run is None:
        return runs, words
    rest = words[: named[0].start()] + " " + words[named[-1].end() :]
    return [*runs, *([run] if run not in runs else [])], rest


def _number(word: str) -> int:
    """Return a number written as digits, in Roman letters or in words; zero for none."""
    bare = re.match(r"[0-9]+|[iv]+", word)
    if bare:
        return int(bare[0]) if bare[0].isdecimal() else _ROMAN.get(bare[0], 0)
    return next((number for stem, number in _WORDS if re.match(stem, word)), 0)


def _parts(one: int, two: int, length: int) -> tuple[int, int] | None:
    """Return the months from part ``one`` to part ``two`` of a year in parts of ``length`` months."""
    fits = 1 <= one <= two and two * length <= len(_STEMS)
    return ((one - 1) * length + 1, two * length) if fits else None


def _of_part(match: re.Match[str]) -> tuple[int, int] | None:
    one = _number(match["one"])
    two = _number(match["two"]) if match["two"] else one
    if match["one"].isdecimal() and re.search(r"квартал(?:а|ов)", match[0]):
        return None  # three quarters, or of the third: not told
    return _parts(one, two, 3 if match["what"].startswith("кв") else 6)


def _of_latin(match: re.Match[str]) -> tuple[int, int] | None:
    number = int(match["n"] or match["m"])
    return _parts(number, number, 3 if (match["what"] or match["w"]) == "q" else 6)


def _of_many(match: re.Match[str]) -> tuple[int, int] | None:
    number = _number(match["n"])
    return (1, number) if 1 <= number <= len(_STEMS) else None


def _of_quarters(match: re.Match[str]) -> tuple[int, int] | None:
    return _parts(1, _number(match["n"]), 3)  # so many quarters are those from the first on


def _of_run(match: re.Match[str]) -> tuple[int, int] | None:
    one, two = int(match["one"]), int(match["two"])
    return (one, two) if one <= two else None


_READERS: Final[tuple[tuple[re.Pattern[str], _Months], ...]] = (
    (_RUN, _of_run),
    (_QUARTERS, _of_quarters),
    (_PART, _of_part),
    (_LATIN, _of_latin),
    (_ACROSS, _of_many),
)
