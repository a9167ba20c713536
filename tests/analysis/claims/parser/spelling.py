"""Numbers and months as writers of three languages spell them out."""

from __future__ import annotations

from typing import Final

_ENGLISH: Final = (
    *("", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"),
    *("thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"),
)
_TENS: Final = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_HAN: Final = "零一二三四五六七八九"
_RUSSIAN: Final = (
    *("", "один", "два", "три", "четыре", "пять", "шесть", "семь", "восемь", "девять", "десять", "одиннадцать"),
    *("двенадцать", "тринадцать", "четырнадцать", "пятнадцать", "шестнадцать", "семнадцать", "восемнадцать"),
    "девятнадцать",
)
_TENS_RU: Final = (
    *("двадцать", "тридцать", "сорок", "пятьдесят"),
    *("шестьдесят", "семьдесят", "восемьдесят", "девяносто"),
)
_HUNDREDS_RU: Final = (
    *("", "сто", "двести", "триста", "четыреста", "пятьсот"),
    *("шестьсот", "семьсот", "восемьсот", "девятьсот"),
)
_MONTHS: Final = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
_MONTHS_RU: Final = (
    *("январь", "февраль", "март", "апрель", "май", "июнь"),
    *("июль", "август", "сентябрь", "октябрь", "ноябрь", "декабрь"),
)
_ORDINALS: Final = ("first", "second", "third", "fourth")
_ORDINALS_RU: Final = ("первом", "втором", "третьем", "четвертом")


def english(number: int) -> str:
    """Spell a number out: two thousand three hundred and five."""
    thousands, rest = divmod(number, 1000)
    hundreds, small = divmod(rest, 100)
    parts = [f"{_ENGLISH[thousands]} thousand"] if thousands else []
    parts += [f"{_ENGLISH[hundreds]} hundred"] if hundreds else []
    ones = _ENGLISH[small] if small < 20 else f"{_TENS[small // 10 - 2]}-{_ENGLISH[small % 10]}".rstrip("-")
    return " ".join([*parts, *(["and"] if parts and small else []), *([ones] if small else [])])


def chinese(number: int) -> str:
    """Spell a number out: 二千三百零五."""
    out, gap = "", False
    for place, mark in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = number // place % 10
        if digit:
            out += f"{'零' if gap and out else ''}{_HAN[digit]}{mark}"
        gap = not digit
    return out.removeprefix("一") if 10 <= number < 20 else out


def russian(number: int) -> str:
    """Spell a number out: две тысячи триста пять."""
    thousands, rest = divmod(number, 1000)
    hundreds, small = divmod(rest, 100)
    named = {0: "", 1: "тысяча", 2: "две тысячи", 3: "три тысячи", 4: "четыре тысячи"}
    parts = [named.get(thousands, f"{_RUSSIAN[thousands]} тысяч"), _HUNDREDS_RU[hundreds]]
    parts += [_RUSSIAN[small]] if small < 20 else [_TENS_RU[small // 10 - 2], _RUSSIAN[small % 10]]
    return " ".join(filter(None, parts))


def months_said(year: int, first: int, last: int) -> tuple[str, str, str]:
    """Say months of a year in English, Chinese and Russian, parts of it by their names."""
    if (first, last) == (1, 12):
        return f"in {year}", f"{year}年", f"в {year} году"
    if first == last:
        return f"in {_MONTHS[first - 1]} {year}", f"{year}年{first}月", f"за {_MONTHS_RU[first - 1]} {year} года"
    if last - first == 5 and first in {1, 7}:
        half, half_zh, half_ru = ("first", "上", "первом") if first == 1 else ("second", "下", "втором")
        return f"in the {half} half of {year}", f"{year}年{half_zh}半年", f"в {half_ru} полугодии {year} года"
    if last - first == 2 and last % 3 == 0:
        quarter = last // 3
        named, named_ru = _ORDINALS[quarter - 1], _ORDINALS_RU[quarter - 1]
        return (
            f"in the {named} quarter of {year}",
            f"{year}年第{_HAN[quarter]}季度",
            f"в {named_ru} квартале {year} года",
        )
    if first == 1:
        count = _ENGLISH[last]
        return f"in the first {count} months of {year}", f"{year}年前{last}个月", f"за {last} месяцев {year} года"
    span = f"{_MONTHS[first - 1]}-{_MONTHS[last - 1]} {year}"
    return f"in {span}", f"{year}年{first}-{last}月", f"за {_MONTHS_RU[first - 1]}-{_MONTHS_RU[last - 1]} {year} года"
