"""Russian words of customs tables: units of money; periods are in ``russian_periods``."""

import re
from typing import Final

from loaders.sources.russia_customs.russian_periods import plain, span, without

_SCALES: Final = (
    ("трлн|триллион|trillion", 12),
    ("млрд|миллиард|bln|billion|bn", 9),
    ("млн|миллион|mln|mio|million|mn", 6),
    ("тыс|тысяч|thous|thousand|k", 3),
)
_SCALE: Final = re.compile(
    r"(?:(?<![а-яa-z0-9])|(?<=[0-9]\s)|(?<=[0-9]))(?:"
    + "|".join(
        f"(?P<s{power}>(?:{stems})(?![a-z])|(?:{stems})s(?![a-z])|(?:{stems})(?=[а-я]))" for stems, power in _SCALES
    )
    + r")[а-я]*\.?"
)
_CURRENCIES: Final = (
    (
        r"дол(?:л(?:ар)?[а-я]*)?(?![а-я])\.?(?:\s*сша|\s*ам\.)?|us\s?\$|\$(?:\s*сша)?|usd|(?:us|u\.s\.)?\s?dollars?",
        "USD",
    ),
    (r"руб(?:л[а-я]+)?\.?|₽|rub(?![a-z])", "RUB"),
    (r"евро(?![а-я])|€|eur(?![a-z])", "EUR"),
    (r"юан[а-я]*|cny(?![a-z])|rmb(?![a-z])|¥", "CNY"),
    (r"тенге|kzt|сом(?:ов|ах|ы)?(?![а-я])|драм[а-я]*|сум(?:ов|ах|ы)?(?![а-я])|гривен|грн|uah|byn|манат[а-я]*", ""),
)
_CURRENCY: Final = re.compile(
    "|".join(f"(?P<c{i}>(?<![а-яa-z])(?:{words}))" for i, (words, _) in enumerate(_CURRENCIES))
)
_BEFORE: Final = re.compile(r"[\s.,()|:–—-]*(?:(?:в|us|of|ам\w*\.?|американск\w+|текущих)[\s.]+)*[\s(]*")
_AFTER: Final = re.compile(r"[\s.,;()|:\[–—-]*(?:(?:в|in)\s+)?")
_COUNTED: Final = re.compile(
    r"\s*(?:метрическ\w+ |metric )?(?:т(?![а-я])|тонн|шт|кг|куб|м3|м³|барр|чел|единиц|литр|декалитр|квт|ton)"
)
_FACTOR: Final = re.compile(r"(?<![0-9])(?!(?:19|20)[0-9]{2}(?![0-9]))[0-9][0-9 ]{0,9}\s*$|['’‘`]0{3}")
_TENS: Final = re.compile(r"(?<![а-я])(?:сот(?:ни|ен|нях)|десятк)[а-я]*")
_SEPARATE: Final = re.compile(r"(?:^|[,:;(\[|\"«]|\s[–—-])\s*$")
_BESIDE: Final = re.compile(
    r"(?:в|за|и|по|из|с|со|на|in|us|измерения|изм|текущих|фактических|ценах|стоимость|сумма|всего|фоб|сиф|fob|cif|г|год[ау]?|годы"
    r"|(?:экспорт|импорт|оборот|товарооборот|сальдо)[аеу]?|товаров|торговл[яи]|росси[ия]|российской|федерации|рф|стран\w*)"
)
_BY_YEAR: Final = re.compile(
    rf"(?:{_BESIDE.pattern}|[–—-]|на|от|году|годам|период|отчетный|данные|предварительные|уточненные|итоги|итогам|мира"
    r"|(?:основны|отдельны|зарубежны|торговы)(?:м|ми|х)|партнер\w*|групп\w*|контрагент\w*|\w*стан[ауе]?|\w*(?:и[яи]|ией)"
    r"|внешн\w+|беларус\w+|республик\w+|внешнеторгов\w+|(?:19|20)[0-9]{2})"
)
NONE: Final = frozenset({"", "-", "–", "—", "...", "…", "x", "х"})


def money(text: str) -> set[tuple[int, str]]:
    """Return the units of money in ``text``, each as a power of ten and a currency (empty: one not kept here)."""
    return {unit for unit, _ in _units(plain(text))[0]}


def loose_scale(text: str) -> str:
    """Return a word of scale that belongs to no currency and counts no goods, else nothing.

    Beside it no figure can be read: it may be meant for the money.
    """
    return _units(plain(text))[1]


def unscaled(text: str) -> str:
    """Return what stands beside a currency without a scale and is no word known there, else nothing.

    It may be a scale in a wording that nobody listed: beside it no figure can be read.
    """
    words = plain(text)
    for (power, _), (start, end) in _units(words)[0]:
        if power:
            continue
        before, after = words[:start], words[end:]
        last = re.search(r"\S+\s*$", before)
        if last and not _SEPARATE.search(before) and not _beside(last[0]):
            return last[0].strip()
        rest = _units(after)
        for one, two in sorted((place for _, place in rest[0]), reverse=True):
            after = after[:one] + " " + after[two:]
        odd = [word for word in re.split(r"[\s,.;:()\[\]|«»\"–—]+", without(after)) if word.strip("-")]
        if odd and (unknown := next((word for word in odd if not _beside(word)), "")):
            return unknown
    return ""


def vague(text: str) -> bool:
    """Return whether a bare year stands beside a word that is not known there: the year may be a part of one."""
    period = span(text)
    if period.year is None or period.first is not None or period.unclear:
        return period.unclear
    words = without_money(text)
    for year in re.finditer(r"(?<![0-9])(?:19|20)[0-9]{2}(?![0-9])", words):
        before = re.findall(r"[^\s,.;:()\[\]|«»\"]+", words[: year.start()])[-1:]
        after = [word for word in re.split(r"[\s,.;:()\[\]|«»\"*]+", words[year.end() :]) if word.strip("-–—")]
        if not all(_BY_YEAR.fullmatch(word) for word in (*before, *after)):
            return True
    return False


def _beside(word: str) -> bool:
    """Return whether a word beside a currency is known to be no scale: a word of these tables, or a year."""
    bare = word.strip(" .,;:()[]")
    return not bare or _BESIDE.fullmatch(bare) is not None or re.fullmatch(r"(?:19|20)[0-9]{2}", bare) is not None


def without_money(text: str) -> str:
    """Return plain text less its units of money and a loose scale: what else a title says."""
    words = plain(text)
    units, loose = _units(words)
    for start, end in sorted((place for _, place in units), reverse=True):
        words = words[:start] + " " + words[end:]
    words = words.replace(loose, " ", 1) if loose else words
    return " ".join(words.split())


_Unit = tuple[tuple[int, str], tuple[int, int]]


def _units(words: str) -> tuple[list[_Unit], str]:
    """Return each currency with its scale and its place, and the first scale that none of them takes."""
    coins = [(match, _CURRENCIES[int(str(match.lastgroup)[1:])][1]) for match in _CURRENCY.finditer(words)]
    scales = [match for match in _SCALE.finditer(words) if not _COUNTED.match(words, match.end())]
    units: list[_Unit] = []
    late = []
    for coin, currency in coins:
        scale = next((one for one in scales if _BEFORE.fullmatch(words, one.end(), coin.start())), None)
        if scale is None:
            late.append((coin, currency))
        else:
            scales.remove(scale)
            units.append(((_power(scale), currency), (scale.start(), coin.end())))
    for coin, currency in late:
        scale = next((one for one in scales if _AFTER.fullmatch(words, coin.end(), one.start())), None)
        if scale is not None:
            scales.remove(scale)
        ends = (coin.start(), scale.end() if scale else coin.end())
        units.append(((_power(scale) if scale else 0, currency), ends))
    loose = next((one[0] for one in scales), "") or (_TENS.search(words) or [""])[0]
    factor = next((match[0].strip() for _, (start, _) in units if (match := _FACTOR.search(words[:start]))), "")
    return units, loose or factor or ("'000" if units and re.search(r"['’‘`]0{3}", words) else "")


def _power(scale: re.Match[str]) -> int:
    return int(str(scale.lastgroup)[1:])
