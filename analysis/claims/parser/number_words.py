"""Numbers in words: spelled out, put into digits where a unit stands by them; multiples and parts of a whole.

What is no plain number ("hundreds of billions", "two or three billion", 数千亿) stays as it is, and is not read.
"""

import re
from functools import cache
from typing import Final, NamedTuple

from analysis.claims.parser import vocabulary
from analysis.claims.parser.words import regex, several, table

_SMALL: Final = r"(?:{tens}(?:[ -]{units})?|{teens}|{units})"
_HUNDREDS: Final = rf"(?:(?:(?:an?|{{units}}) hundred(?:(?: and)? {_SMALL})?)|{_SMALL})"
_IN_ENGLISH: Final = (
    rf"(?<![a-zа-я0-9_-])(?P<whole>{_HUNDREDS} thousand(?:(?: and)? {_HUNDREDS})?|{_HUNDREDS})"
    r"(?: point (?P<part>(?:(?:zero|{units}) ?){1,4}))?(?P<half> and a half)?"
    r"[ -](?=(?:billion|million|trillion|bn|mln|percent|per cent|pct)(?![a-z])|%)"
)
# a second number right before: a range, or a part of a number that was not read
_UNSURE: Final = (
    r"\b(?:{units}|{teens}|{tens}|hundreds?|thousands?|several|few|dozens?)(?: ?- ?| (?:to|or|and|of|a) | )$"
    r"|[0-9](?: ?- ?| (?:to|or) )$"
)
_IN_RUSSIAN: Final = (
    r"(?<![а-я0-9-])(?:(?P<whole>(?:(?:{numbers_ru}|тысяч[аи]?) ){1,8})(?P<half>с половиной )?|полтор[аы] |полутора )"
    r"(?=(?:миллиард|миллион|триллион|млрд|млн|трлн|процент))"
)
_UNSURE_RUSSIAN: Final = (
    r"(?<![а-я])(?:{numbers_ru}|сотн[яиь]\w*|десятк\w+|полтор[аы])(?: ?- ?| (?:до|или|и) |,? )$"
    r"|[0-9](?: ?- ?| (?:до|или) )$"
)
_HAN: Final = {mark: size for size, mark in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2, "兩": 2}
_HAN_TENS: Final = {"十": 10, "百": 100, "千": 1000}
_HAN_NUMBER: Final = "[零〇一二两兩三四五六七八九十百千]"
_HAN_DIGIT: Final = "[零〇一二三四五六七八九]"
_IN_CHINESE: Final = (
    rf"(?<![几幾数數多余上成近\d.点點])(?<!{_HAN_NUMBER})(?P<about>近)?(?P<whole>{_HAN_NUMBER}{{1,9}})"
    rf"(?:(?:[点點](?P<part>{_HAN_DIGIT}{{1,4}}))?(?=(?:万|萬)?[亿億](?!分之)|[万萬](?:美|人民币|人民幣|元))"
    rf"|[点點](?P<tenths>{_HAN_DIGIT}{{1,4}})(?=倍))"
)
_HAN_PERCENT: Final = (
    rf"百分之 ?(?P<whole>{_HAN_NUMBER}{{1,5}})(?:[点點](?P<part>{_HAN_DIGIT}{{1,4}}))?(?!{_HAN_NUMBER}|[点點])"
)
_HAN_YEAR: Final = r"(?P<year>[一二][零〇一二三四五六七八九]{3})(?= ?年)"
_HAN_TENTHS: Final = r"([一二三四五六七八九两])成([一二三四五六七八九半])(?![零〇一二两三四五六七八九十百千])"
_MANY: Final = r"(?:(?!one)(?:{units}|ten)(?: and a half)?|[0-9]{1,3}(?:\.[0-9]{1,3})?)"
MULTIPLE: Final = (
    r"\b(?P<word>doubl(?:ed?|es|ing)(?![ -]digit)|twice"
    r"|tripl(?:ed?|es|ing)|trebl(?:ed?|es|ing)|quadrupl(?:ed?|es|ing)|halv(?:ed?|es|ing))\b"
    rf"|(?<![0-9.,])(?P<fold>{_MANY})[ -]?fold\b|(?P<plus>\bplus )?(?<![0-9.,])(?P<times>{_MANY})(?: times\b|x\b)"
)
_LOOSE: Final = 0.025  # of a factor: doubled is 1.95 to 2.05 times
_LEAST: Final = 2.5  # points
_FRACTION: Final = (
    r"\b(?:(?P<top>an?|one|two|three|four|five|seven|nine)[ -]"
    r"(?P<part>{fractions})s?"
    r"|(?P<half>half)(?= of\b))\b"
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
    multiples = [(met, _as_multiple(met, text, money)) for met in regex(MULTIPLE).finditer(text)]
    fractions = [(met, _as_fraction(met)) for met in regex(_FRACTION).finditer(text)]
    return [
        PlacedNumber(number, met.start(), met.end(), carries=True, in_words=True)
        for met, number in (*multiples, *fractions)
    ]


def loose(size: float, least: float = _LEAST) -> float:
    """Return how far a round number reaches: a fortieth of it, of a rate of its growth factor in per cent."""
    return max(size * _LOOSE, least)


def falls(text: str) -> bool:
    """Return whether a text speaks of less, other than by "less than"."""
    return vocabulary.falls(re.sub(r"\b(?:less|lower|fewer) than\b", " ", text))


def _as_multiple(met: re.Match[str], text: str, money: str) -> ReadNumber:
    """Return a multiple in words as growth in per cent, within the rounding that a word has."""
    factor = table("multiples")[met["word"][:4]] if met["word"] else _factor(met["fold"] or met["times"])
    if met["plus"]:
        factor += 1  # times more, not times as much
    elif not met["word"] and factor > 1 and falls(text):
        factor = 1 / factor
    return ReadNumber(f"{100 * (factor - 1):.4g}", "percent", money, met.start(), loose(100 * factor), multiple=True)


def _as_fraction(met: re.Match[str]) -> ReadNumber:
    top = 1.0 if met["half"] or met["top"] in {"a", "an"} else _factor(met["top"])
    share = 100 * top / table("fractions")[met["part"] or "half"]
    return ReadNumber(f"{share:.4g}", "percent", "", met.start(), _LEAST)


def _factor(word: str) -> float:
    whole, half, _ = word.partition(" and a half")
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
        plain = regex(_HAN_TENTHS).sub(lambda met: f"{_HAN[met[1]]}{5 if met[2] == '半' else _HAN[met[2]]}%", plain)
        plain = regex(_HAN_PERCENT).sub(lambda met: _chinese(met, "%"), plain)
        plain = regex(_IN_CHINESE).sub(lambda met: _chinese(met, ""), plain)
    return regex(_IN_ENGLISH).sub(_english, plain)


def _english(met: re.Match[str]) -> str:
    if regex(_UNSURE).search(met.string[: met.start()]):
        return met[0]
    whole, part, sizes = 0, 0, _sizes()
    for word in re.findall("[a-z]+", met["whole"]):
        if word == "thousand":
            whole, part = 1000 * part, 0
        elif word == "hundred":
            part *= 100
        elif word != "and":
            part += 1 if word in {"a", "an"} else sizes[word]
    after = "".join(str(sizes.get(word, 0)) for word in (met["part"] or "").split())
    if met["half"]:
        after = "5"
    return f"{whole + part}{'.' if after else ''}{after} "


def _russian(met: re.Match[str]) -> str:
    if regex(_UNSURE_RUSSIAN).search(met.string[: met.start()]):
        return met[0]
    if met["whole"] is None:
        return "1.5 "
    sizes = [1000 if word.startswith("тысяч") else _russian_size(word) for word in met["whole"].split()]
    whole, part, last = 0, 0, 10_000
    for size in sizes:
        if size == 1000:
            if whole:
                return met[0]
            whole, part, last = 1000 * (part or 1), 0, 1000
        elif size >= last or (last < 20) or (last < 100 and size > 9) or (last < 1000 and size >= 100):
            return met[0]  # no number goes so
        else:
            part, last = part + size, size
    return f"{whole + part}{'.5' if met['half'] else ''} "


def _russian_size(word: str) -> int:
    return next(int(size) for stem, size in table("numbers_ru").items() if regex(stem).fullmatch(word))


def _chinese(met: re.Match[str], after: str) -> str:
    whole = _han(met["whole"])
    if whole is None:
        return met[0]
    named = met.groupdict()
    part = "".join(str(_HAN[mark]) for mark in named["part"] or named.get("tenths") or "")
    about = named.get("about") or ""
    return f"{about}{whole}{'.' if part else ''}{part}{after}"


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
