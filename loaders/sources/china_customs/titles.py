"""What the words above a customs table say: whose table it is, its month, its unit, its date."""

import re
from collections.abc import Iterable, Sequence
from functools import cache
from typing import Final

import pandas as pd

from loaders.core import store
from loaders.core.source import SourceError
from loaders.sources.china_customs.pages import Page

_PRELIMINARY: Final = re.compile(
    r"total (?:export|import|value).{0,50} by (?:major )?country|进出口商品主要国别", re.IGNORECASE
)
_BULLETIN: Final = re.compile(r"imports? (?:and|&) exports? by country|进出口商品国别", re.IGNORECASE)
_OF_CUSTOMS: Final = re.compile(
    r"total (?:export|value).{0,50} by (?:major )?country|imports? and exports? by country \(region\)"
    r"|China.{1,6}s (?:total|major) (?:exports?|imports?|value)"
    r"|进出口商品(?:主要)?国别|(?:进|出)口(?:重点|主要)商品量值表",
    re.IGNORECASE,
)
MONTHS: Final = "jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec"
_YEAR: Final = "(?P<year>(?:19|20)[0-9]{2})"
_TITLES: Final = (
    re.compile(rf"\b(?:(?P<first>{MONTHS})[a-z]*\.? ?[-–—] ?)?(?P<last>{MONTHS})[a-z]*\.?,? ?{_YEAR}\b", re.IGNORECASE),
    re.compile(rf", ?(?:(?P<first>[0-9]{{1,2}}) ?[-–] ?)?(?P<last>[0-9]{{1,2}})\.{_YEAR}\b"),
    re.compile(rf"{_YEAR}年(?:(?P<first>[0-9]{{1,2}})月?[-–至])?(?P<last>[0-9]{{1,2}})月"),
)
_WHEN: Final = (
    rf"(?:(?:(?:{MONTHS})[a-z]*\.? ?[-–—] ?)?(?:{MONTHS})[a-z]*\.?,? ?(?:19|20)[0-9]{{2}}"
    rf"|(?:[0-9]{{1,2}} ?[-–] ?)?[0-9]{{1,2}}\.(?:19|20)[0-9]{{2}}|(?:19|20)[0-9]{{2}}(?:[-./][0-9]{{1,2}})?)"
)
_FLOW_WORDS: Final = (
    r"(?:total )?(?:values? of )?(?:exports?|imports?)(?: ?(?:&|and|/) ?(?:exports?|imports?))?(?: values?)?"
)
_WHOLE: Final = re.compile(
    rf"(?:\([0-9]{{1,2}}\) ?)?(?:preliminary[:,]? )?(?:china.s )?(?:{_FLOW_WORDS} by (?:major )?(?:country|countries)"
    rf"(?: ?/ ?regions?| ?\(regions?\)| and regions?)?(?: of origin/destination)?"
    r"|(?:total )?major (?:ex|im)ports by quantity and value)"
    rf"(?:,? ?{_WHEN})?(?: ?\((?:in )?(?:usd|cny|rmb)\))?(?:,? ?{_WHEN})?"
    r"(?: ?[(,]?[0-9]{4}[-/.][0-9]{1,2}[-/.][0-9]{1,2}\)?)?"
    r"(?: ?[-–_|] ?(?:general administration of customs.*|gacc|customs statistics|statistics|customs))?\.?",
    re.IGNORECASE,
)
_WHOLE_CHINESE: Final = re.compile(
    r"(?:[（(][0-9]{1,2}[)）]|[0-9]{1,2}[.、])?(?:中国|全国)?(?:(?:19|20)[0-9]{2}年(?:[0-9]{1,2}月?[-–至])?[0-9]{1,2}月(?:份)?)?(?:中国|全国|我国)?"
    r"(?:进出口商品(?:主要)?国别(?:[（(]地区[)）])?(?:总值表?)?|(?:进|出)口(?:重点|主要)商品量值表)"
    r"(?:[（(](?:(?:以)?(?:美元|人民币)(?:值|计价)?|按?美元计价|按?人民币计价)[)）])?(?:[（(]?[0-9]{4}-[0-9]{2}-[0-9]{2}[)）]?)?"
)
_LOCAL: Final = re.compile(
    r"[省市]|自治区|关区|(?<!共和国)(?<!中国)海关(?!总署|统计|进出口)|兵团|经济区|开发区|保税"
    r"|加工贸易|一般贸易|贸易方式|外商投资|外资企业|民营|国有企业|企业性质|边境小额"
    r"|processing|foreign[- ]invested|enterprises?\b|private|state[- ]owned|bonded|customs district|province|prefecture"
    r"|municipal|autonomous|trade mode|ordinary trade|border trade|high[- ]tech|mechanical|agricultural",
    re.IGNORECASE,
)
_UNIT: Final = re.compile(r"(?:unit|单位) ?[:∶] ?(.+)", re.IGNORECASE)
_MONEY: Final = re.compile(r"(us\$|usd(?:ollars?)?|美元)|cny|rmb(?:yuan)?|yuan|(?:人民币)?元(?:人民币)?")
_SCALE: Final = re.compile("([0-9][0-9,]{0,12})?(thousand|million|billion|千万|百万|千|万|亿)?")
_POWERS: Final = {"thousand": 3, "million": 6, "billion": 9, "千": 3, "万": 4, "百万": 6, "千万": 7, "亿": 8}
_DECEMBER: Final = 12
_ISO: Final = re.compile(r"(?<![0-9])(?:19|20)[0-9]{2}-[0-9]{2}-[0-9]{2}(?![0-9])")
_DATE: Final = re.compile(r"([0-9]{1,4})[-/.年]([0-9]{1,2})[-/.月]([0-9]{1,4})")


def is_title(text: str) -> bool:
    """Return whether a text is the title of a table by country."""
    return bool(_PRELIMINARY.search(text) or _BULLETIN.search(text))


def of_customs(text: str) -> bool:
    """Return whether a text holds the title of a table of Chinese customs, by country or not."""
    return bool(_OF_CUSTOMS.search(text))


def is_national(text: str) -> bool:
    """Return whether a text is, from its first word to its last, a title of customs' table of all China's trade."""
    plain = " ".join(text.replace("’", "'").split())
    return bool(_WHOLE.fullmatch(plain) or _WHOLE_CHINESE.fullmatch(tight(plain)))


def check_scope(titles: Sequence[str], others: Iterable[str], name: str) -> None:
    """Refuse a table whose title is not known whole, or beside whose title a part of the trade is named.

    Raises:
        SourceError: it may be of a province, a customs district, a mode of trade or a kind of firm.
    """
    odd = next((title for title in titles if not is_national(title)), "") or next(
        (text for text in others if not is_national(text) and (_LOCAL.search(text) or of_a_province(text))), ""
    )
    if odd:
        raise SourceError(
            f"{name}: {odd[:80]!r} is not of all China's trade as customs title it; bring the national table"
        )


def of_a_province(text: str) -> bool:
    """Return whether a text names a province or a place where customs register firms."""
    words = tight(text)
    return any(place in words for place in _places())


@cache
def _places() -> tuple[str, ...]:
    """Return the provinces in both languages, as texts without spaces."""
    listed = store.read_codes("provinces")
    return tuple(tight(name) for column in ("name_en", "name_zh") for name in listed[column].dropna())


def status(titles: list[str]) -> str:
    """Return what kind of figures a table prints: the monthly bulletin's are verified."""
    return "preliminary" if any(_PRELIMINARY.search(title) for title in titles) else "final"


def tight(text: str) -> str:
    """Return a text without spaces and differences of case."""
    return text.replace(" ", "").casefold()


def unit(above: list[str], name: str) -> tuple[str, int]:
    """Return currency and scale of the table's own unit row."""
    units = {tight(match[1]).rstrip(").") for text in above if (match := _UNIT.search(text))}
    if not units:
        raise SourceError(f"{name}: no unit above the table, so its figures cannot be read; save the whole page")
    printed = units.pop()
    money = _MONEY.findall(printed)
    scale = _SCALE.fullmatch(_MONEY.sub("", printed))
    if units or len(money) != 1 or scale is None:
        raise SourceError(f"{name}: its unit {printed!r} is not known, so its figures cannot be read")
    return "USD" if money[0] else "CNY", int((scale[1] or "1").replace(",", "")) * 10 ** _POWERS.get(scale[2] or "", 0)


def dated(title: str) -> tuple[int, int, bool] | None:
    """Return year and last month of a title, and whether it names January and February together."""
    for pattern in _TITLES:
        if match := pattern.search(title):
            first, last = (_number(part) for part in (match["first"], match["last"]))
            if 1 <= last <= _DECEMBER:
                return int(match["year"]), last, (first, last) == (1, 2)
    return None


def _number(month: str | None) -> int:
    """Return the number of a month, zero for none."""
    if month is None or month.isdecimal():
        return int(month or 0)
    return MONTHS.split("|").index(month.casefold()) + 1


def dates_in(texts: Iterable[str]) -> list[str]:
    """Return the whole dates, as 2018-04-08, that stand in titles."""
    return list(dict.fromkeys(day for text in texts for day in _ISO.findall(text)))


def released(dates: list[str], month: pd.Timestamp, notes: list[str]) -> pd.Timestamp:
    """Return the date on the page; where day and month could be either, or it cannot be, it is left empty."""
    for text in dates:
        match = _DATE.search(text)
        if match is None:
            continue
        first, second, third = (int(part) for part in match.groups())
        orders = [(first, second, third), (third, first, second), (third, second, first)]
        days = {
            day for order in orders if (day := _day(*order)) is not None and day >= month + pd.offsets.MonthBegin(1)
        }
        if len(days) == 1:
            return days.pop()
        notes.append(
            f"the page's date {text!r} is not taken: it could be read in two ways, or is before the month's end"
        )
    return pd.Timestamp("NaT")


def _day(year: int, month: int, day: int) -> pd.Timestamp | None:
    try:
        return pd.Timestamp(year=year, month=month, day=day)
    except ValueError:
        return None


def no_table(page: Page, name: str) -> SourceError:
    """Say what a page is that has no table by country."""
    titles = [title for title in page.titles if title]
    if any(map(is_title, titles)):
        what = f"a picture ({page.pictures[0]})" if page.pictures else "not in the page in a layout that is known here"
        return SourceError(f"{name}: its table is {what}; bring its spreadsheet (.xls)")
    shown = f" ({titles[0][:80]!r})" if titles else ""
    return SourceError(
        f"{name}: no table by country{shown}; bring preliminary table (4) or table (2) of the monthly bulletin"
    )
