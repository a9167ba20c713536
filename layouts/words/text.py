"""Numbers, money, months and lists for people, in the language that is spoken."""

from collections.abc import Iterable
from functools import cache, lru_cache
from typing import Final

import pandas as pd
from babel import Locale

from layouts.words import language
from layouts.words.catalogue import say
from layouts.words.forms import Forms
from layouts.words.widths import width, wrap

__all__ = ["width", "wrap"]

MINUS: Final = "\N{MINUS SIGN}"
NBSP: Final = "\N{NO-BREAK SPACE}"
# the months after a Russian preposition; the genitive and the nominative are CLDR's
_IN_RUSSIAN: Final = (
    *("январе", "феврале", "марте", "апреле", "мае", "июне"),
    *("июле", "августе", "сентябре", "октябре", "ноябре", "декабре"),
)
_BILLION, _HUNDRED_MILLION = 1e9, 1e8
_CURRENCIES: Final = {"CNY": "names.currency.yuan", "USD": "names.currency.dollars"}
_BILLIONS: Final = {"CNY": "names.billions.yuan", "USD": "names.billions.dollars"}
_EXACT: Final = {"CNY": "names.exact.yuan", "USD": "names.exact.dollars"}
_AMOUNTS: Final = {"CNY": "names.amount.yuan", "USD": "names.amount.dollars"}


def plain(typed: str) -> str:
    """Return what a reader typed with signs that a picture does not take for markup."""
    return " ".join(typed.split()).translate(str.maketrans("<>", "‹›"))


def _marks(figure: str) -> str:
    """Write a figure of Python's with the marks of the language: 1,099.9 is 1 099,9 in Russian."""
    symbols = _symbols(language.current())
    return figure.translate(symbols)


@cache
def _symbols(code: str) -> dict[int, str]:
    symbols = Locale.parse(code).number_symbols["latn"]
    return str.maketrans({",": symbols["group"], ".": symbols["decimal"], "-": MINUS})


def separators() -> str:
    """Return the decimal mark and the grouping mark that plotly writes the numbers of an axis with."""
    symbols = _symbols(language.current())
    return f"{symbols[ord('.')]}{symbols[ord(',')]}"


def number(value: float, decimals: int = 1) -> str:
    """Format with grouping marks and a true minus: 1,099.9 and −94.2."""
    written = f"{value:,.{decimals}f}"
    return _marks(written if float(written.replace(",", "")) else f"{0:.{decimals}f}")


def signed(value: float, decimals: int = 1) -> str:
    """Format with its sign, nothing before a zero: +21.7 and −3.5."""
    written = f"{value:+,.{decimals}f}"
    return _marks(written if float(written.replace(",", "")) else f"{0:.{decimals}f}")


def percent(value: float, decimals: int = 1) -> str:
    """Format a change in per cent with its sign; a missing one as an en dash."""
    return "–" if pd.isna(value) else per_cent(signed(value, decimals))


def share(value: float, decimals: int = 1) -> str:
    """Format a share in per cent, without a sign; a missing one as an en dash."""
    return "–" if pd.isna(value) else per_cent(number(value, decimals))


def shares(low: float, high: float) -> str:
    """Format a range of shares in whole per cent: 61–84%; in Chinese each has its sign."""
    first, last = number(low, 0), number(high, 0)
    if first == last:
        return per_cent(last)
    return f"{per_cent(first)}～{per_cent(last)}" if language.current() == "zh" else per_cent(f"{first}–{last}")


def per_cent(figure: str) -> str:
    """Put the sign of per cent behind a figure, with the space that Russian has there."""
    return f"{figure}{NBSP}%" if language.current() == "ru" else f"{figure}%"


def large_unit() -> float:
    """Return the large unit that figures are written and plotted in: a billion, in Chinese a hundred million (亿)."""
    return _HUNDRED_MILLION if language.current() == "zh" else _BILLION


def fewer(decimals: int) -> int:
    """Return the decimals that keep the precision of so many of a billion in the large unit of the language."""
    return max(decimals - 1, 0) if language.current() == "zh" else decimals


def bn(value: float, decimals: int = 1) -> str:
    """Format whole units in the large unit of the language, without naming it; ``decimals`` are those of billions."""
    return number(value / large_unit(), fewer(decimals))


def signed_bn(value: float, decimals: int = 1) -> str:
    """Format whole units in the large unit of the language with their sign; ``decimals`` are those of billions."""
    return signed(value / large_unit(), fewer(decimals))


def money(value: float, currency: str, decimals: int = 1) -> str:
    """Format whole units with the unit: 1,099.9 bn yuan, US$ 114.9 bn; ``decimals`` are those of billions."""
    figure = bn(value, decimals)
    if currency not in _AMOUNTS:
        return say("names.amount.other", figure=figure, currency=currency)
    return say(_AMOUNTS[currency], figure=figure)


def millions(value: float, currency: str, decimals: int = 0) -> str:
    """Format whole units as millions with the unit: US$ 276 m; Chinese takes 亿, 2.76 or a round 3."""
    if language.current() == "zh":
        large = value / _HUNDRED_MILLION
        exact_to = (places for places in range(decimals + 2) if round(large, places) == large)
        return say(_AMOUNTS[currency], figure=number(large, next(exact_to, decimals + 2)))
    key = "names.millions.dollars" if currency == "USD" else "names.millions.yuan"
    return say(key, figure=number(value / 1e6, decimals))


def exact(value: float, currency: str) -> str:
    """Write whole units in full: ``US$ 9,530,188,306``."""
    figure = number(value, 0 if abs(value) >= 1000 else 2)
    return say(_EXACT.get(currency, "names.exact.other"), figure=figure, currency=currency)


def as_typed(value: float, *, sign: bool = False) -> str:
    """Write a printed figure with the decimals that it has: 32.18, 30.7; with its sign where asked: +9.5."""
    decimals = len(f"{value:g}".partition(".")[2])
    return signed(value, decimals) if sign else number(value, decimals)


def unit_bn(currency: str) -> str:
    """Name the large unit of a currency: ``bn yuan``, ``US$ bn``, ``亿美元``."""
    return say(_BILLIONS[currency]) if currency in _BILLIONS else say("names.billions.other", currency=currency)


def currency_name(currency: str) -> Forms:
    """Write a currency out: yuan, US dollars; another by its code."""
    return Forms.read(say(_CURRENCIES[currency])) if currency in _CURRENCIES else Forms(currency)


def month(day: pd.Timestamp) -> Forms:
    """Name a month in full: July 2026."""
    return _dated(month_name(day), str(day.year))


def month_name(day: pd.Timestamp) -> Forms:
    """Name a month without its year: July; in Russian with its genitive and prepositional."""
    code = language.current()
    if code == "zh":
        return Forms(f"{day.month}月")
    months = Locale.parse(code).months
    name = str(months["stand-alone"]["wide"][day.month])
    if code != "ru":
        return Forms(name)
    return Forms(name, gen=str(months["format"]["wide"][day.month]), prep=_IN_RUSSIAN[day.month - 1])


def _dated(name: Forms, year: str) -> Forms:
    """Put a year to a month or a span of months, in each of its forms."""
    code = language.current()
    if code == "zh":
        return Forms(f"{year}年{name}")
    if code == "ru":
        return Forms(f"{name} {year}", gen=f"{name:gen} {year}", prep=f"{name:prep} {year}")
    return Forms(f"{name} {year}")


def short_month_name(day: pd.Timestamp) -> str:
    """Name a month in a few letters, without its year: Jul."""
    return str(Locale.parse(language.current()).months["stand-alone"]["abbreviated"][day.month])


def short_month(day: pd.Timestamp) -> str:
    """Name a month in a few letters: Jul 2026."""
    return str(_dated(Forms(short_month_name(day)), str(day.year)))


def span(start: pd.Timestamp, end: pd.Timestamp) -> Forms:
    """Name a span of months in full: January–July 2026, January 2019 to July 2026."""
    if (start.year, start.month) == (end.year, end.month):
        return month(start)
    if start.year == end.year:
        return _dated(_joined(month_name(start), month_name(end)), str(end.year))
    return _joined(month(start), month(end), apart=True)


def _joined(first: Forms, last: Forms, *, apart: bool = False) -> Forms:
    code = language.current()
    if code == "zh":
        return Forms(f"{first}至{last}" if apart else f"{first.removesuffix('月')}—{last}")
    dash = " to " if apart and code == "en" else " — " if apart else "–"
    return Forms(f"{first}{dash}{last}", gen=f"{first:gen}{dash}{last:gen}", prep=f"{first:prep}{dash}{last:prep}")


def short_span(start: pd.Timestamp, end: pd.Timestamp) -> str:
    """Name a span of months in a few letters: Jan–Jul 2026, a whole year by its number alone."""
    return _short_span(language.current(), start, end)


@lru_cache(maxsize=8192)  # hovers name hundreds of months a picture
def _short_span(code: str, start: pd.Timestamp, end: pd.Timestamp) -> str:
    """Name a span in the language that is spoken, whose ``code`` tells the kept ones apart."""
    del code
    if (start.year, start.month) == (end.year, end.month):
        return short_month(start)
    if start.year == end.year:
        if (start.month, end.month) == (1, 12):
            return year(end.year)
        return str(_dated(_joined(Forms(short_month_name(start)), Forms(short_month_name(end))), str(end.year)))
    return str(_joined(Forms(short_month(start)), Forms(short_month(end)), apart=language.current() != "en"))


def period(start: pd.Timestamp, end: pd.Timestamp) -> Forms:
    """Name a span of months in a few letters; a case of it is written out, with the word for the year."""
    if (start.year, (start.month, end.month)) == (end.year, (1, 12)):
        number_of = str(end.year)
        return Forms(year(end.year), gen=f"{number_of} года", acc=f"{number_of} год", prep=f"{number_of} году")
    whole = span(start, end)
    return Forms(short_span(start, end), gen=f"{whole:gen} года", acc=f"{whole} года", prep=f"{whole:prep} года")


def year(number_of: int) -> str:
    """Name a year: 2022, in Chinese 2022年."""
    return f"{number_of}年" if language.current() == "zh" else str(number_of)


def years(first: int, last: int) -> str:
    """Name a span of years: 2019–2026, or the one year."""
    dash = "—" if language.current() == "zh" else "–"
    return year(first) if first == last else f"{first}{dash}{year(last)}"


def day(moment: pd.Timestamp) -> str:
    """Write a day: 7 Jun 2023."""
    code = language.current()
    if code == "zh":
        return f"{moment.year}年{moment.month}月{moment.day}日"
    months = Locale.parse(code).months["format"]["abbreviated"]
    return f"{moment.day} {months[moment.month]} {moment.year}"


def release_day(moment: pd.Timestamp) -> str:
    """Write a day of release; the last of a month stands for a day in it that is not known: by 31 Aug 2026."""
    return say("names.by_day", day=day(moment)) if moment.is_month_end else day(moment)


def listed(parts: Iterable[str]) -> str:
    """Join words: a, b and c."""
    words = list(parts)
    if len(words) < 2:
        return "".join(words)
    return say("names.last_of_list", before=together(words[:-1]), last=words[-1])


def together(parts: Iterable[str]) -> str:
    """Put the members of a list one behind the other: a, b, c."""
    return ("、" if language.current() == "zh" else ", ").join(parts)


def sentences(parts: Iterable[str]) -> str:
    """Put whole sentences one behind the other; empty ones are passed over."""
    return gap().join(part for part in parts if part)


def gap() -> str:
    """Return what stands between two sentences: a space, in Chinese nothing."""
    return "" if language.current() == "zh" else " "


def stop() -> str:
    """Return what ends a sentence, with what stands between it and the next."""
    return "。" if language.current() == "zh" else ". "


def clauses(parts: Iterable[str]) -> str:
    """Put the members of a long list one behind the other, semicolons between them: they may hold commas."""
    return ("；" if language.current() == "zh" else "; ").join(part for part in parts if part)


def commas(parts: Iterable[str]) -> str:
    """Put the members of a label one behind the other, commas between them."""
    return ("，" if language.current() == "zh" else ", ").join(part for part in parts if part)
