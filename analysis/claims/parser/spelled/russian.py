"""Russian numbers in words: «двести сорок», «от пяти до семи», «полтора», «три десятых»."""

import re
from decimal import Decimal
from typing import Final

from analysis.claims.parser.spelled.parts_and_ranges import ahead, decimal, is_range
from analysis.claims.parser.words import regex, table

_PLAIN: Final = (
    r"(?:(?:{numbers_ru}|тысяч[аи]?)(?: (?:{numbers_ru}|тысяч[аи]?)){0,7}(?: с (?:половиной|четвертью))?"
    r"|[0-9]{1,3} с (?:половиной|четвертью)|полтор[аы]|полутора)"
)
_PART: Final = r"(?:{numbers_ru} )?(?:половин[аыуе]|четверт(?:[ьи]|ью|ей)|трет(?:[ьи]|ью|ей))"
_IN_WORDS: Final = (
    r"(?<![а-я0-9/.,-])(?:"
    rf"(?:(?P<whole>{_PLAIN}|ноль|нуля) цел(?:ых|ую|ая|ой)(?: и)? )?"
    r"(?P<tenths>{numbers_ru}) (?P<place>десят|сот)(?:ых|ую|ая|ой|ые)(?: дол[яиюей]{1,2})? (?:одного )?"
    rf"|(?P<part>{_PART}) (?:одного )?|(?P<half>пол)"
    rf"|(?:(?P<low>{_PLAIN})(?P<to> ?- ?| до ))?(?P<high>{_PLAIN}) )"
    r"(?=миллиард|миллион|триллион|млрд|млн|трлн|процент|%|раза?(?![а-я]))"
)
_UNSURE: Final = (
    r"(?<![а-я])(?:{numbers_ru}|сотн[яиь]\w*|десятк\w+|полтор[аы]|половиной|цел(?:ых|ую|ая|ой))"
    r"(?: ?- ?| (?:до|или|и|с) |,? )$"
    r"|[0-9](?: ?- ?| (?:до|или) )$"
)
_MORE: Final = {"": "", "половиной": ".5", "четвертью": " 1/4"}
_PARTS: Final = {"пол": 2, "чет": 4, "тре": 3}
_PLACES: Final = {"десят": -1, "сот": -2}


def digits(plain: str) -> str:
    """Return lower-case words with Russian numbers in digits, where a unit stands by them."""
    return regex(_IN_WORDS).sub(_written, plain)


def _written(met: re.Match[str]) -> str:
    before = ahead(met.string, met.start())
    if regex(_UNSURE).search(before):
        return met[0]
    if met["half"] or met["part"]:
        *top, part = (met["half"] or met["part"]).split()
        return f"{_size(top[0]) if top else 1}/{_PARTS[part[:3]]} "
    if met["tenths"]:
        whole = _number(met["whole"]) if met["whole"] else "0"
        part = f"{Decimal(_size(met['tenths'])).scaleb(_PLACES[met['place']]):f}"
        return f"{whole}{part.removeprefix('0')} " if whole and whole.isdigit() and part < "1" else met[0]
    low, high = _number(met["low"] or "ноль"), _number(met["high"])
    if low is None or high is None or (high == "1" and met.string.startswith("раз", met.end())):
        return met[0]
    if not met["low"]:
        return f"{high} "
    low = decimal(low)
    ends = is_range(low, decimal(high)) and ("-" in met["to"] or re.search(r"(?<![а-я])(?:от|со?) $", before))
    return f"{low}{met['to']}{high} " if ends else met[0]


def _number(words: str) -> str | None:
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
        size = _size(word)
        if size >= last or (last < 20) or (last < 100 and size > 9) or (last < 1000 and size >= 100):
            return None
        part, last = part + size, size
    return f"{whole + part}{_MORE[more]}"


def _size(word: str) -> int:
    if word.isdigit() or word.startswith(("ноль", "нуля")):
        return int(word) if word.isdigit() else 0
    return next(int(size) for stem, size in table("numbers_ru").items() if regex(stem).fullmatch(word))
