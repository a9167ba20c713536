"""Russian words of customs tables: periods, units of money, numbers."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

import pandas as pd

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
_MONTH: Final = re.compile(
    r"(?<![а-я])(?:"
    + "|".join(f"(?P<m{i}>{word}|{short})" for i, (word, short) in enumerate(_STEMS, 1))
    + r")(?![а-я])"
)
_RANGE: Final = re.compile(r"\s*(?:\d{4}\s*(?:г\w*\.?|год\w*)?\s*)?(?:[-–—]|по)\s*")
_YEAR: Final = re.compile(r"(?<![0-9])(?<![0-9][.,])(?:19|20)[0-9]{2}(?![0-9]|[.,][0-9])")
_NUMERIC: Final = (
    re.compile(r"(?P<year>(?:19|20)[0-9]{2})-?(?P<month>0[1-9]|1[0-2])(?:-01(?: 00:00:00)?)?"),
    re.compile(r"(?:01\.)?(?P<month>0?[1-9]|1[0-2])[./ ](?P<year>(?:19|20)[0-9]{2})"),
)
_SO_MANY: Final = re.compile(r"(?<![0-9])(1[0-2]|[1-9])\s*мес")
_PART: Final = re.compile(r"(?<![a-zа-я0-9])(iv|i{1,3}|[1-4])(?:-?[а-я]{1,3})?\s+(квартал|полугоди)")
_ROMAN: Final = {"i": 1, "ii": 2, "iii": 3, "iv": 4}
_MONEY: Final = re.compile(
    r"(?:(?P<scale>тыс|млн|миллион|млрд|миллиард)[а-я]*\.?\s*)?(?:(?P<usd>долл|\$|usd|us\$)|(?P<rub>руб))"
)
_POWERS: Final = {"": 0, "тыс": 3, "млн": 6, "миллион": 6, "млрд": 9, "миллиард": 9}
_GROUPED: Final = re.compile(r"([+-]?[0-9]{1,3})((?:[\s\u00a0\u202f][0-9]{3})+)([.,][0-9]+)?")
NONE: Final = frozenset({"", "-", "–", "—", "...", "…", "x", "х"})


@dataclass(frozen=True)
class Span:
    """A period as far as words tell it: a year, the first and the last month, or less."""

    year: int | None = None
    first: int | None = None
    last: int | None = None

    def __bool__(self) -> bool:
        """Return whether anything is told."""
        return self.year is not None or self.first is not None

    def within(self, other: Span) -> Span:
        """Return this span with what it lacks taken from ``other``: the year, the months, or both."""
        months = self if self.first is not None else other
        return Span(self.year if self.year is not None else other.year, months.first, months.last)

    def dates(self) -> tuple[pd.Timestamp, pd.Timestamp] | None:
        """Return the first days of the first and of the last month; a year alone is all its months."""
        if self.year is None:
            return None
        return pd.Timestamp(self.year, self.first or 1, 1), pd.Timestamp(self.year, self.last or 12, 1)


def plain(text: str) -> str:
    """Return text in small letters with ё as е and single spaces."""
    return " ".join(text.casefold().replace("ё", "е").split())


def span(text: str) -> Span:
    """Return the period in ``text``: январь-март 2021, 2021 г., 9 месяцев 2021, 03.2021, 2021-03.

    Two different years, or months that do not follow each other, tell nothing of that kind.
    """
    words = plain(text)
    for pattern in _NUMERIC:
        if found := pattern.fullmatch(words):
            month = int(found["month"])
            return Span(int(found["year"]), month, month)
    years = {int(year) for year in _YEAR.findall(words)}
    first, last = _months(words)
    return Span(years.pop() if len(years) == 1 else None, first, last)


def _months(words: str) -> tuple[int | None, int | None]:
    if part := _PART.search(words):
        number = _ROMAN[part[1]] if part[1] in _ROMAN else int(part[1])
        length = 3 if part[2] == "квартал" else 6
        return ((number - 1) * length + 1, number * length) if number * length <= len(_STEMS) else (None, None)
    if many := _SO_MANY.search(words):
        return 1, int(many[1])
    found = list(_MONTH.finditer(words))
    numbers = [int(str(month.lastgroup)[1:]) for month in found]
    if len(found) == 1:
        return numbers[0], numbers[0]
    one_range = len(found) == 2 and _RANGE.fullmatch(words[found[0].end() : found[1].start()])
    return (numbers[0], numbers[1]) if one_range and numbers[0] < numbers[1] else (None, None)


def money(text: str) -> set[tuple[int, str]]:
    """Return the units of money in ``text``, each as a power of ten and a currency."""
    found = _MONEY.finditer(plain(text))
    return {(_POWERS[unit["scale"] or ""], "USD" if unit["usd"] else "RUB") for unit in found}


def number(cell: str) -> str:
    """Return a printed number in plain form: groups closed up, a point for the comma; the rest unchanged."""
    text = cell.strip()
    if text.casefold() in NONE:
        return ""
    if grouped := _GROUPED.fullmatch(text):
        text = grouped[1] + re.sub(r"\D", "", grouped[2]) + (grouped[3] or "")
    return text.replace(",", ".", 1) if text.count(",") == 1 and "." not in text else text
