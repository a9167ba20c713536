"""Numbers in words: spelled out, put into digits where a unit stands by them; multiples and parts of a whole.

Two ends of a range are put into digits together, a part of one unit is written as a fraction: "five to seven percent"
is "5 to 7 percent", "a quarter of one percent" is "1/4 percent". What is no plain number ("hundreds of billions", "two
or three billion", 数千亿, "two to three hundred billion") stays as it is, and is not read.
"""

import re
from decimal import Decimal
from functools import cache
from typing import Final, NamedTuple

from analysis.claims.parser import vocabulary
from analysis.claims.parser.words import regex, several, table

_SMALL: Final = r"(?:{tens}(?:[ -]{units})?|{teens}|{units})"
_HUNDREDS: Final = rf"(?:(?:(?:an?|{{units}}) hundred(?:(?: and)? {_SMALL})?)|{_SMALL})"
_WHOLE: Final = rf"(?:{_HUNDREDS} thousand(?:(?: and)? {_HUNDREDS})?|{_HUNDREDS})"
_POINT: Final = r"point(?: (?:zero|oh|{units})\b){1,4}"
_PART: Final = r"(?:(?:(?:an?|{units})[ -])?(?:{fractions})s?|[1-9]/[1-9][0-9]?)"
_PLAIN: Final = (
    rf"(?:{_WHOLE}(?: {_POINT}|[ -]and[ -]{_PART})?|(?:(?:zero|nought) )?{_POINT}"
    rf"|[0-9]{{1,3}}(?:[ -]and[ -]{_PART}| (?:and )?[1-9]/[1-9][0-9]?))"
)
# of one unit: half a percent, three quarters of a billion
_PART_OF_ONE: Final = (
    r"(?<!first )(?<!second )(?<!latter )(?:(?:an?|{units})[ -](?:{fractions})s?|half|[1-9]/[1-9][0-9]?)"
    r"(?: of (?:an?|one|1)| an?)?(?=[ %-])"
)
_IN_ENGLISH: Final = (
    rf"(?<![a-z0-9а-я_/.-])(?:(?:(?:between (?P<first>{_PLAIN}|{_PART}) and "
    rf"|(?P<low>{_PLAIN})(?P<to>-? to |-to-|(?<!ty)-|-(?={{tens}})))?(?P<high>{_PLAIN}))|(?P<part>{_PART_OF_ONE}))"
    r"(?:[ -](?=(?:billion|million|trillion|bn|mln|percent|per cent|pct)(?![a-z]))|[ -]?(?=%))"
)
# a second number right before: a rough count, or a part of a number that was not read
_UNSURE: Final = (
    r"\b(?:{units}|{teens}|{tens}|hundreds?|thousands?|several|few|dozens?)(?: ?- ?|-? (?:to|or|and|of|a) | )$"
    r"|[0-9](?: ?- ?| (?:to|or) )$|\b(?:{fractions})s?(?:-| (?:and|or) )$"
)
_PLAIN_RU: Final = (
    r"(?:(?:{numbers_ru}|тысяч[аи]?)(?: (?:{numbers_ru}|тысяч[аи]?)){0,7}(?: с (?:половиной|четвертью))?"
    r"|[0-9]{1,3} с (?:половиной|четвертью)|полтор[аы]|полутора)"
)
_PART_RU: Final = r"(?:{numbers_ru} )?(?:половин[аыуе]|четверт(?:[ьи]|ью|ей)|трет(?:[ьи]|ью|ей))"
_IN_RUSSIAN: Final = (
    r"(?<![а-я0-9/.,-])(?:"
    rf"(?:(?P<whole>{_PLAIN_RU}|ноль|нуля) цел(?:ых|ую|ая|ой)(?: и)? )?"
    r"(?P<tenths>{numbers_ru}) (?P<place>десят|сот)(?:ых|ую|ая|ой|ые)(?: дол[яиюей]{1,2})? (?:одного )?"
    rf"|(?P<part>{_PART_RU}) (?:одного )?|(?P<half>пол)"
    rf"|(?:(?P<low>{_PLAIN_RU})(?P<to> ?- ?| до ))?(?P<high>{_PLAIN_RU}) )"
    r"(?=миллиард|миллион|триллион|млрд|млн|трлн|процент|%|раза?(?![а-я]))"
)
_UNSURE_RU: Final = (
    r"(?<![а-я])(?:{numbers_ru}|сотн[яиь]\w*|десятк\w+|полтор[аы]|половиной|цел(?:ых|ую|ая|ой))"
    r"(?: ?- ?| (?:до|или|и|с) |,? )$"
    r"|[0-9](?: ?- ?| (?:до|или) )$"
)
_MORE_RU: Final = {"": "", "половиной": ".5", "четвертью": " 1/4"}
_PARTS_RU: Final = {"пол": 2, "чет": 4, "тре": 3}
_PLACES: Final = {"десят": -1, "сот": -2, "百": 0, "千": -1, "万": -2, "萬": -2}
_HAN: Final = {mark: size for size, mark in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2, "兩": 2}
_HAN_TENS: Final = {"十": 10, "百": 100, "千": 1000}
_HAN_MARK: Final = "[零〇一二两兩三四五六七八九十百千]"
_HAN_PLAIN: Final = rf"{_HAN_MARK}{{1,9}}(?:[点點][零〇一二三四五六七八九]{{1,4}})?"
_HAN_NUMBER: Final = rf"(?:{_HAN_PLAIN}|[0-9]{{1,6}}(?:\.[0-9]{{1,4}})?)"
_HAN_BEGINS: Final = rf"(?<![几幾数數多余上成\d.点點])(?<!{_HAN_MARK})"
_HAN_SCALE: Final = r"(?:(?:万|萬)?[亿億](?!分之|半)|[万萬](?=美|人民币|人民幣|元))"
_IN_CHINESE: Final = rf"{_HAN_BEGINS}(?<!近)(?P<about>近)?(?P<high>{_HAN_PLAIN})(?={_HAN_SCALE}|倍)"
# 二百至三百亿, 三到五倍: the unit of the second is the unit of the first
_HAN_RANGE: Final = (
    rf"{_HAN_BEGINS}(?P<low>{_HAN_NUMBER}) ?[到至-] ?(?P<high>{_HAN_NUMBER})"
    rf"(?P<unit>[千百]?{_HAN_SCALE}|倍|%)"
)
_HAN_SECOND: Final = rf"(?:{_HAN_MARK}|[0-9])[到至-]$"
_HAN_SHARE: Final = (
    rf"(?<!\d)(?<!{_HAN_MARK})(?P<place>[百千万萬])分之 ?(?P<low>{_HAN_NUMBER})(?!{_HAN_MARK}|[\d点點])"
    rf"(?:[到至-](?P<high>{_HAN_NUMBER})(?!{_HAN_MARK}|[\d.点點万萬亿億成倍年月个個分]))?"
)
_HAN_YEAR: Final = r"(?P<year>[一二][零〇一二三四五六七八九]{3})(?= ?年)"
_HAN_TENTHS_TO: Final = (
    rf"(?<!{_HAN_MARK})([一二两三四五六七八九])(?=[到至-]([一二两三四五六七八九])成(?![交为為立果员員本长長分功就]))"
)
_HAN_TENTHS: Final = rf"(?<!{_HAN_MARK})([一二三四五六七八九两])成([一二三四五六七八九半])(?!{_HAN_MARK})"
_MANY: Final = r"(?:(?!one\b(?![ -]and))(?:{units}|ten)(?:[ -]and[ -]a[ -]half)?|[0-9]{1,3}(?:\.[0-9]{1,3})?)"
MULTIPLE: Final = (
    r"\b(?P<word>doubl(?:ed?|es|ing)(?![ -]digit)|twice"
    r"|tripl(?:ed?|es|ing)|trebl(?:ed?|es|ing)|quadrupl(?:ed?|es|ing)|halv(?:ed?|es|ing))\b"
    rf"|(?P<plus>\bplus )?(?<![0-9.,/-])\b(?:(?P<least>{_MANY})(?P<to>-? to |-to-|-|-? or ))?"
    rf"(?P<most>{_MANY})(?:[ -]?fold\b| times\b|x\b)"
)
_AHEAD: Final = 40  # letters before a number in which what it belongs to stands
_LOOSE: Final = 0.025  # of a factor: doubled is 1.95 to 2.05 times
_LEAST: Final = 2.5  # points
_FRACTION: Final = (
    r"(?<!\band )(?<!\band-)\b(?:(?P<top>an?|one|two|three|four|five|seven|nine)[ -]"
    r"(?P<part>{fractions})s?"
    r"|(?P<half>half)(?= of\b))\b"
    r"(?!(?:-| to | and | or )(?:(?:an?|{units})[ -])?(?:{fractions})s?\b)"
    r"(?! (?:of )?(?:an? |[0-9.]+ ?)?(?:%|percent|per cent|pct|billion|million|trillion))"
    r"(?! (?:of )?(?:the )?(?:year\b(?!-)|[12][0-9]{3}|month|countr|part|highest|largest|biggest))"
)


class ReadNumber(NamedTuple):
    """A number with its printed digits and a point, its unit and currency, and where it stands in the text.

    ``slack`` is how far a word such as ``doubled`` or ``nearly`` reaches, in the number's unit; 0 for digits, which
    round. A ``multiple`` is growth, never a share.
    """

    digits: str
    unit: str
    currency: str
    place: int
    slack: float = 0.0
    multiple: bool = False


class PlacedNumber(NamedTuple):
    """A number in a longer text: what was read of it, where it stands, and whether its unit is said."""

    number: ReadNumber
    start: int
    end: int
    carries: bool
    in_words: bool = False


def every(text: str, money: str) -> list[PlacedNumber]:
    """Return the multiples and the parts of a whole that a text names; ``money`` is the currency of a rate."""
    multiples = [
        (met, _as_multiple(met, text, money))
        for met in regex(MULTIPLE).finditer(text)
        if met["word"] or not ("or" in (met["to"] or "") or regex(_UNSURE).search(ahead(text, met.start())))
    ]
    fractions = [(met, _as_fraction(met)) for met in regex(_FRACTION).finditer(text)]
    return [
        PlacedNumber(number, met.start(), met.end(), carries=True, in_words=True)
        for met, number in (*multiples, *fractions)
    ]


def ahead(text: str, place: int) -> str:
    """Return the words right before a place, of a bounded length."""
    return text[max(0, place - _AHEAD) : place]


def loose(size: float, least: float = _LEAST) -> float:
    """Return how far a round number reaches: a fortieth of it, of a rate of its growth factor in per cent."""
    return max(size * _LOOSE, least)


def falls(text: str) -> bool:
    """Return whether a text speaks of less, other than by "less than"."""
    return vocabulary.falls(re.sub(r"\b(?:less|lower|fewer) than\b", " ", text))


def _as_multiple(met: re.Match[str], text: str, money: str) -> ReadNumber:
    """Return a multiple in words as growth in per cent, within the rounding of a word; of two, all between them."""
    if met["word"]:
        factors = [table("multiples")[met["word"][:4]]]
    else:
        factors = [_factor(word) for word in (met["least"], met["most"]) if word]
    if met["plus"]:
        factors = [factor + 1 for factor in factors]  # times more, not times as much
    elif not met["word"] and min(factors) > 1 and falls(text):
        factors = [1 / factor for factor in factors]
    low, high = min(factors), max(factors)
    reach = 50 * (high - low) + loose(100 * high)
    return ReadNumber(f"{50 * (low + high) - 100:.4g}", "percent", money, met.start(), reach, multiple=True)


def _as_fraction(met: re.Match[str]) -> ReadNumber:
    top = 1.0 if met["half"] or met["top"] in {"a", "an"} else _factor(met["top"])
    share = 100 * top / table("fractions")[met["part"] or "half"]
    return ReadNumber(f"{share:.4g}", "percent", "", met.start(), _LEAST)


def _factor(word: str) -> float:
    whole, half, _ = re.sub("[ -]and[ -]a[ -]", " and a ", word).partition(" and a half")
    return float(_sizes().get(whole) or whole) + (0.5 if half else 0.0)


@cache
def _sizes() -> dict[str, int]:
    """Return what the words of one to nineteen, and of the tens, stand for."""
    counts = enumerate((*several("units"), *several("teens")), 1)
    return {word: size for size, word in counts} | {word: 10 * size for size, word in enumerate(several("tens"), 2)}


def digits(plain: str) -> str:
    """Return lower-case words with the numbers spelled out in them in digits, where they are plain ones."""
    if re.search("[а-я]", plain):
        plain = regex(_IN_RUSSIAN).sub(_russian, plain)
    if re.search("[\u3400-\u9fff]", plain):
        plain = regex(_HAN_YEAR).sub(lambda met: "".join(str(_HAN[mark]) for mark in met["year"]), plain)
        plain = regex(_HAN_TENTHS_TO).sub(lambda met: f"{met[1]}{'成' * (_HAN[met[1]] < _HAN[met[2]])}", plain)
        plain = regex(_HAN_TENTHS).sub(lambda met: f"{_HAN[met[1]]}{5 if met[2] == '半' else _HAN[met[2]]}%", plain)
        for pattern, written in ((_HAN_SHARE, _chinese_share), (_HAN_RANGE, _chinese_range), (_IN_CHINESE, _chinese)):
            plain = regex(pattern).sub(written, plain)
        plain = re.sub(r"(?<![.0-9])([0-9]{1,3})倍半", r"\1.5倍", plain)
    return regex(_IN_ENGLISH).sub(_english, plain)


def _is_range(low: str, high: str) -> bool:
    """Return whether two numbers are ends of a range; "two to three hundred" may be short for two hundred."""
    first, last = float(low), float(high)
    return first < last and not (first < 10 and last >= 100)


def _english(met: re.Match[str]) -> str:
    before = ahead(met.string, met.start())
    if regex(_UNSURE).search(before):
        return met[0]
    if met["part"]:
        return met[0] if regex(r"\b(?:{fractions})s? to $").search(before) else f"{_part(met['part'])} "
    high, first = _english_number(met["high"]), met["first"] or met["low"]
    if not first:
        return f"{high} "
    low = decimal(_english_number(first))
    if not _is_range(low, decimal(high)):
        return met[0]
    return f"between {low} and {high} " if met["first"] else f"{low}{' to ' if 'to' in met['to'] else '-'}{high} "


def _english_number(words: str) -> str:
    """Return a number in digits: a whole one, with decimals, or with a fraction."""
    if regex(_PART).fullmatch(words):
        return _part(words)
    before, point, after = words.partition("point ")
    if point:
        marks = "".join(str(_sizes().get(word, 0)) for word in after.split())
        return f"{_english_whole(before)}.{marks}"
    if mixed := regex(rf"(.+?)(?:[ -]and[ -]| (?=[1-9]/))({_PART})").fullmatch(words):
        return f"{_english_whole(mixed[1])} {_part(mixed[2])}"
    return str(_english_whole(words))


def _english_whole(words: str) -> int:
    whole, part, sizes = 0, 0, _sizes()
    for word in re.findall("[a-z]+|[0-9]+", words):
        if word == "thousand":
            whole, part = 1000 * part, 0
        elif word == "hundred":
            part *= 100
        else:
            part += int(word) if word.isdigit() else 1 if word in {"a", "an"} else sizes.get(word, 0)
    return whole + part


def _part(words: str) -> str:
    """Return a part of one as a fraction: three quarters is 3/4."""
    if "/" in words:
        return words.split(maxsplit=1)[0]
    first, *more = re.findall("[a-z]+", words)
    bottom = next(size for part, size in table("fractions").items() if re.search(rf"\b{part}s?\b", words))
    return f"{_sizes().get(first, 1) if more else 1}/{bottom}"


def decimal(number: str) -> str:
    """Return a number with a fraction, as ``2 1/4``, in decimals, to the tenth or hundredth; others as they are."""
    whole, _, part = number.rpartition(" ")
    top, _, bottom = part.partition("/")
    if not bottom:
        return number
    return f"{int(whole or 0) + int(top) / int(bottom):.{1 if reach(number) == 0 else 2}f}"


def reach(number: str) -> float:
    """Return how far a number with a fraction reaches: a tenth of the part; 0 where decimals say it, which round."""
    top, _, bottom = number.rpartition(" ")[2].partition("/")
    return 0.1 / int(bottom) if bottom and 10 * int(top) % int(bottom) else 0.0


def _russian(met: re.Match[str]) -> str:
    before = ahead(met.string, met.start())
    if regex(_UNSURE_RU).search(before):
        return met[0]
    if met["half"] or met["part"]:
        *top, part = (met["half"] or met["part"]).split()
        return f"{_russian_size(top[0]) if top else 1}/{_PARTS_RU[part[:3]]} "
    if met["tenths"]:
        whole = _russian_number(met["whole"]) if met["whole"] else "0"
        part = f"{Decimal(_russian_size(met['tenths'])).scaleb(_PLACES[met['place']]):f}"
        return f"{whole}{part.removeprefix('0')} " if whole and whole.isdigit() and part < "1" else met[0]
    low, high = _russian_number(met["low"] or "ноль"), _russian_number(met["high"])
    if low is None or high is None or (high == "1" and met.string.startswith("раз", met.end())):
        return met[0]
    if not met["low"]:
        return f"{high} "
    low = decimal(low)
    ends = _is_range(low, decimal(high)) and ("-" in met["to"] or re.search(r"(?<![а-я])(?:от|со?) $", before))
    return f"{low}{met['to']}{high} " if ends else met[0]


def _russian_number(words: str) -> str | None:
    """Return a number in digits; None where no number goes so."""
    if words.startswith("пол"):
        return "1.5"
    names, _, more = words.partition(" с ")
    whole, part, last = 0, 0, 10_000
    for word in names.split():
        if word.startswith("тысяч"):
            if whole:
                return None
            whole, part, last = 1000 * (part or 1), 0, 1000
            continue
        size = _russian_size(word)
        if size >= last or (last < 20) or (last < 100 and size > 9) or (last < 1000 and size >= 100):
            return None
        part, last = part + size, size
    return f"{whole + part}{_MORE_RU[more]}"


def _russian_size(word: str) -> int:
    if word.isdigit() or word.startswith(("ноль", "нуля")):
        return int(word) if word.isdigit() else 0
    return next(int(size) for stem, size in table("numbers_ru").items() if regex(stem).fullmatch(word))


def _chinese(met: re.Match[str]) -> str:
    number = _chinese_number(met["high"])
    once = (
        met["high"] == "一" and met.string.startswith("倍", met.end()) and not met.string.startswith("倍半", met.end())
    )
    if number is None or once or regex(_HAN_SECOND).search(ahead(met.string, met.start())):
        return met[0]
    return f"{met['about'] or ''}{number}"


def _chinese_share(met: re.Match[str]) -> str:
    """Write so many of a hundred, a thousand or ten thousand, or a range of it, in per cent."""
    numbers = [_chinese_number(words) for words in (met["low"], met["high"]) if words]
    shares = [f"{Decimal(number).scaleb(_PLACES[met['place']]):f}" for number in numbers if number]
    if len(shares) < len(numbers) or (len(shares) > 1 and not _is_range(*shares)):
        return met[0]
    return f"{'-'.join(shares)}%"


def _chinese_range(met: re.Match[str]) -> str:
    low, high, unit = _chinese_number(met["low"]), _chinese_number(met["high"]), met["unit"]
    alike = met["low"].isascii() == met["high"].isascii()
    if low is None or high is None or not (alike and _is_range(low, high)):
        return met[0]
    return f"{low}-{high}{unit}" if unit in {"倍", "%"} else f"{low}{unit}至{high}{unit}"


def _chinese_number(words: str) -> str | None:
    """Return a number in digits, which it may be in; None where it is no plain one."""
    if words[0].isascii():
        return words
    whole, _, part = words.replace("點", "点").partition("点")
    size = _han(whole)
    marks = "".join(str(_HAN[mark]) for mark in part)
    return None if size is None else f"{size}{'.' if marks else ''}{marks}"


def _han(marks: str) -> int | None:
    """Return what Chinese numerals come to: 两千四百 is 2400; None where they are no plain number."""
    total, one, last, before = 0, 0, 10_000, ""
    for mark in marks:
        if size := _HAN_TENS.get(mark):
            if size >= last or (not one and size > 10):
                return None
            total, one, last = total + max(one, 1) * size, 0, size
        elif one or (before in {"百", "千"} and _HAN[mark] and marks.endswith(before + mark)):
            return None  # two digits side by side are a range, a digit right behind a hundred is short for tens
        else:
            one = _HAN[mark]
        before = mark
    return total + one
