"""The day that a text is of, and what "last year" and months without a year mean on it."""

import re
from collections.abc import Iterator
from datetime import date
from typing import Final, NamedTuple

from analysis.claims.parser import month_spans
from analysis.claims.parser.words import regex, rows, several
from analysis.claims.texts import mentions, sentences

_HEAD: Final = 3000  # letters in which a text says its day
_LINES: Final = 15
_BESIDE: Final = 48  # letters that may stand on a line with the day: who published, at what hour
_LATER: Final = 3  # months after those that a text is of, in which it is printed
_MONTH: Final = r"(?P<month>(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}\.?)"
_MONTH_RU: Final = r"(?P<month>(?:янв|фев|мар|апр|ма[йя]|июн|июл|авг|сен|окт|ноя|дек)[а-я]{0,6}\.?)"
_DAY: Final = r"(?<![0-9])(?P<day>[0-3]?[0-9])(?:st|nd|rd|th)?"
_YEAR: Final = r"(?P<year>(?:19|20)[0-9]{2})(?![0-9])"
_DAYS: Final = (
    rf"(?<![0-9]){_YEAR}[-/.](?P<month>[01]?[0-9])[-/.](?P<day>[0-3]?[0-9])(?![0-9])",
    rf"(?<![0-9])(?P<day>[0-3]?[0-9])\.(?P<month>[01]?[0-9])\.{_YEAR}",
    rf"{_YEAR} ?年 ?(?P<month>[01]?[0-9]) ?月 ?(?P<day>[0-3]?[0-9]) ?日",
    rf"\b{_MONTH} {_DAY},? {_YEAR}",
    rf"{_DAY} (?:of )?{_MONTH},? {_YEAR}",
    rf"{_DAY} {_MONTH_RU} {_YEAR}",
)
# a place in capitals, the day, an agency: "MOSCOW, July 13 (Xinhua) --", "ПЕКИН, 8 фев - ПРАЙМ.", "新华社北京7月13日电"
_AGENCY: Final = r",?\.? {0,2}(?:\([^()\n]{2,40}\)|/[^/\n]{2,40}/)? {0,2}(?:--|[-—–/(]|\.|,)"
_DATELINES: Final = (
    rf"^(?-i:[A-Z][A-Z .'-]{{2,30}}),? {_MONTH} {_DAY}(?:,? {_YEAR})?{_AGENCY}",
    rf"^(?-i:[A-Z][A-Z .'-]{{2,30}}),? {_DAY} {_MONTH}(?:,? {_YEAR})?{_AGENCY}",
    rf"^(?-i:[А-Я][А-Я .'-]{{2,30}}),? {_DAY} {_MONTH_RU}(?: {_YEAR})?(?: г(?:ода|\.)?)?{_AGENCY}",
    r"^[^,。,0-9\n]{2,16}(?P<month>[01]?[0-9])月(?P<day>[0-3]?[0-9])日(?:电|電|讯|訊)",
)


class Dated(NamedTuple):
    """The day that a text is read on, and whether the text itself says it."""

    day: date
    own: bool


def settled(text: str, asof: str | None = None, own: date | None = None) -> Dated | None:
    """Return the day of a text: ``own`` where its page names one, else its dateline, else ``asof``, if there."""
    known = date.fromisoformat(asof) if asof else None
    day = own or of_text(text, known)
    if day:
        return Dated(day, own=True)
    return Dated(known, own=False) if known else None


def of_text(text: str, known: date | None = None) -> date | None:
    """Return the day that a text's head says it was printed; None where it says none without doubt.

    A dateline without a year has the one right after the months that the text is of, else the last before ``known``.
    """
    for line in _lines(text):
        if day := _alone(line):
            return day
        for pattern in _DATELINES:
            if met := re.search(pattern, line[:160], re.IGNORECASE):
                return _of_match(met) or _in_year(met, text, known)
    return None


def _lines(text: str) -> Iterator[str]:
    filled = (line.strip() for line in text[:_HEAD].splitlines())
    for number, line in enumerate(line for line in filled if line):
        if number == _LINES:
            return
        yield line


def _alone(line: str) -> date | None:
    """Return the day that a line is for, or begins with before a dash; None for a day in a sentence."""
    for pattern in _DAYS:
        met = re.search(pattern, line[:200], re.IGNORECASE)
        if met is None:
            continue
        rest = re.sub(r"^\s*г(?:ода|\.)?\s*$", "", f"{line[: met.start()]}{line[met.end() :]}")
        alone = len(rest) <= _BESIDE and not re.search(r"[%$¥€]|[.!?。]\s*$|\b(?:on|by|since|until) $", rest)
        opens = met.start() == 0 and re.match(r"\s*(?:г(?:ода|\.)\s*)?(?:--|[—–|-])\s", line[met.end() :])
        if alone or opens:
            return _of_match(met)
    return None


def _of_match(met: re.Match[str]) -> date | None:
    named = met.groupdict()
    return _day(int(named["year"]), _month(named["month"]), int(named["day"])) if named.get("year") else None


def _in_year(met: re.Match[str], text: str, known: date | None) -> date | None:
    """Return the day of a dateline that names no year."""
    month, number = _month(met["month"]), int(met["day"])
    ends = [span[1] for span in _parts_of_years(text)]
    if not ends:
        days = (_day(year, month, number) for year in (known.year, known.year - 1)) if known else ()
        return next((one for one in days if one and known and one <= known), None)
    year, last = (int(part) for part in max(ends).split("-"))
    later = year if month > last else year + 1
    near = 12 * (later - year) + month - last <= _LATER
    return _day(later, month, number) if near else None


def _parts_of_years(text: str) -> Iterator[tuple[str, str]]:
    """Yield the windows with a year, and no whole years, that the head of a text names."""
    for one in sentences.split(text[:_HEAD]):
        for window in mentions.read(one[:500]).windows:
            if window.span and not window.date and not month_spans.is_year(window.span):
                yield window.span


def _month(word: str) -> int:
    small = word.lower()
    if small[0].isdigit():
        return int(small)
    names = [name[:3] for name in several("months")] if small.isascii() else several("months_ru")
    # in Russian May is what begins as March does and does not go on so
    return next(number for number, name in sorted(enumerate(names, 1), key=lambda one: -len(one[1])) if name in small)


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def year_of(months: tuple[int, int], day: date) -> int:
    """Return the year of the last such months that had ended on a day."""
    return day.year if months[1] < day.month else day.year - 1


_PRINTED: Final = 7  # day of a month by which customs print the month before
_PAST: Final = 3  # in the first months of a year "the past year" is the one before


def after_year(words: str, year: int) -> str:
    """Return a sentence with the year that "in the previous year" at its head is behind one that the text told."""
    for pattern, put in rows("year_before_told"):
        words = regex(f"(?i:{pattern})").sub(put.format(before=year - 1), words)
    return words


def with_years(words: str, day: date) -> str:
    """Return a sentence with the years that "last year", "this year's" months and "last month" are on a day."""
    past, number = (day.year - 1, 12) if day.month == 1 else (day.year, day.month - 1)
    last = day.month - 1 if day.day >= _PRINTED else day.month - 2  # the last month that customs had printed
    first_ru, first = several("months_in_ru")[0], several("months")[0].capitalize()
    named = {
        "year": day.year,
        "before": day.year - 1,
        "two_before": day.year - 2,
        "past": past,
        "number": number,
        "month": several("months")[number - 1].capitalize(),
        "month_ru": several("months_in_ru")[number - 1],
        "last": last,
        "since": f"{first}-{several('months')[last - 1].capitalize()}" if last > 1 else first,
        "since_ru": f"{first_ru}-{several('months_in_ru')[last - 1]}" if last > 1 else first_ru,
    }
    for pattern, put in rows("since_named"):
        words = re.sub(pattern, lambda met, put=put: put if int(met[1]) == day.year else met[0], words)  # type: ignore[misc]
    since = rows("since_january") if last > 0 else ()
    year = rows("past_year") if day.month <= _PAST else ()
    for pattern, put in (*rows("relative_years"), *since, *year):
        words = regex(f"(?i:{pattern})").sub(put.format(**named), words)
    return words
