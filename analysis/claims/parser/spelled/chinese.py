"""Chinese numbers in words: 两千四百, 三到五倍, 百分之零点五, 两成六."""

import re
from decimal import Decimal
from typing import Final

from analysis.claims.parser.spelled.parts_and_ranges import ahead, is_range
from analysis.claims.parser.words import regex

_PLACES: Final = {"百": 0, "千": -1, "万": -2, "萬": -2}
_DIGITS: Final = {mark: size for size, mark in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2, "兩": 2}
_TENS: Final = {"十": 10, "百": 100, "千": 1000}
_MARK: Final = "[零〇一二两兩三四五六七八九十百千]"
_PLAIN: Final = rf"{_MARK}{{1,9}}(?:[点點][零〇一二三四五六七八九]{{1,4}})?"
_NUMBER: Final = rf"(?:{_PLAIN}|[0-9]{{1,6}}(?:\.[0-9]{{1,4}})?)"
_BEGINS: Final = rf"(?<![几幾数數多余上成\d.点點])(?<!{_MARK})"
_SCALE: Final = r"(?:(?:万|萬)?[亿億](?!分之|半)|[万萬](?=美|人民币|人民幣|元))"
_IN_WORDS: Final = rf"{_BEGINS}(?<!近)(?P<about>近)?(?P<high>{_PLAIN})(?={_SCALE}|倍)"
# 二百至三百亿, 三到五倍: the unit of the second is the unit of the first
_RANGE: Final = (
    rf"{_BEGINS}(?P<low>{_NUMBER}) ?[到至-] ?(?P<high>{_NUMBER})"
    rf"(?P<unit>[千百]?{_SCALE}|倍|%)"
)
_SECOND: Final = rf"(?:{_MARK}|[0-9])[到至-]$"
_SHARE: Final = (
    rf"(?<!\d)(?<!{_MARK})(?P<place>[百千万萬])分之 ?(?P<low>{_NUMBER})(?!{_MARK}|[\d点點])"
    rf"(?:[到至-](?P<high>{_NUMBER})(?!{_MARK}|[\d.点點万萬亿億成倍年月个個分]))?"
)
_YEAR: Final = r"(?P<year>[一二][零〇一二三四五六七八九]{3})(?= ?年)"
_TENTHS_TO: Final = (
    rf"(?<!{_MARK})([一二两三四五六七八九])(?=[到至-]([一二两三四五六七八九])成(?![交为為立果员員本长長分功就]))"
)
_TENTHS: Final = rf"(?<!{_MARK})([一二三四五六七八九两])成([一二三四五六七八九半])(?!{_MARK})"


def digits(plain: str) -> str:
    """Return words with Chinese numbers in digits, where a unit stands by them, and with years in digits."""
    plain = regex(_YEAR).sub(lambda met: "".join(str(_DIGITS[mark]) for mark in met["year"]), plain)
    plain = regex(_TENTHS_TO).sub(lambda met: f"{met[1]}{'成' * (_DIGITS[met[1]] < _DIGITS[met[2]])}", plain)
    plain = regex(_TENTHS).sub(lambda met: f"{_DIGITS[met[1]]}{5 if met[2] == '半' else _DIGITS[met[2]]}%", plain)
    for pattern, write in ((_SHARE, _share), (_RANGE, _range), (_IN_WORDS, _written)):
        plain = regex(pattern).sub(write, plain)
    return re.sub(r"(?<![.0-9])([0-9]{1,3})倍半", r"\1.5倍", plain)


def _written(met: re.Match[str]) -> str:
    number = _number(met["high"])
    once = (
        met["high"] == "一" and met.string.startswith("倍", met.end()) and not met.string.startswith("倍半", met.end())
    )
    if number is None or once or regex(_SECOND).search(ahead(met.string, met.start())):
        return met[0]
    return f"{met['about'] or ''}{number}"


def _share(met: re.Match[str]) -> str:
    """Write so many of a hundred, a thousand or ten thousand, or a range of it, in per cent."""
    numbers = [_number(words) for words in (met["low"], met["high"]) if words]
    shares = [f"{Decimal(number).scaleb(_PLACES[met['place']]):f}" for number in numbers if number]
    if len(shares) < len(numbers) or (len(shares) > 1 and not is_range(*shares)):
        return met[0]
    return f"{'-'.join(shares)}%"


def _range(met: re.Match[str]) -> str:
    low, high, unit = _number(met["low"]), _number(met["high"]), met["unit"]
    alike = met["low"].isascii() == met["high"].isascii()
    if low is None or high is None or not (alike and is_range(low, high)):
        return met[0]
    return f"{low}-{high}{unit}" if unit in {"倍", "%"} else f"{low}{unit}至{high}{unit}"


def _number(words: str) -> str | None:
    """Return a number in digits, which it may be in; None where it is no plain one."""
    if words[0].isascii():
        return words
    whole, _, part = words.replace("點", "点").partition("点")
    size = _size(whole)
    marks = "".join(str(_DIGITS[mark]) for mark in part)
    return None if size is None else f"{size}{'.' if marks else ''}{marks}"


def _size(marks: str) -> int | None:
    """Return what Chinese numerals come to: 两千四百 is 2400; None where they are no plain number."""
    total, one, last, before = 0, 0, 10_000, ""
    for mark in marks:
        if size := _TENS.get(mark):
            if size >= last or (not one and size > 10):
                return None
            total, one, last = total + max(one, 1) * size, 0, size
        elif one or (before in {"百", "千"} and _DIGITS[mark] and marks.endswith(before + mark)):
            return None  # two digits side by side are a range, a digit right behind a hundred is short for tens
        else:
            one = _DIGITS[mark]
        before = mark
    return total + one
