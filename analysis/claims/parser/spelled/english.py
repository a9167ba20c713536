"""English numbers in words: "two hundred and forty", "five to seven", "a quarter of one"."""

import re
from functools import cache
from typing import Final

from analysis.claims.parser.spelled.parts_and_ranges import ahead, decimal, is_range
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
_IN_WORDS: Final = (
    rf"(?<![a-z0-9а-я_/.-])(?:(?:(?:between (?P<first>{_PLAIN}|{_PART}) and "
    rf"|(?P<low>{_PLAIN})(?P<to>-? to |-to-|(?<!ty)-|-(?={{tens}})))?(?P<high>{_PLAIN}))|(?P<part>{_PART_OF_ONE}))"
    r"(?:[ -](?=(?:billion|million|trillion|bn|mln|percent|per cent|pct)(?![a-z]))|[ -]?(?=%))"
)
# a second number right before: a rough count, or a part of a number that was not read
UNSURE: Final = (
    r"\b(?:{units}|{teens}|{tens}|hundreds?|thousands?|several|few|dozens?)(?: ?- ?|-? (?:to|or|and|of|a) | )$"
    r"|[0-9](?: ?- ?| (?:to|or) )$|\b(?:{fractions})s?(?:-| (?:and|or) )$"
)


def digits(plain: str) -> str:
    """Return lower-case words with English numbers in digits, where a unit stands by them."""
    return regex(_IN_WORDS).sub(_written, plain)


@cache
def sizes() -> dict[str, int]:
    """Return what the words of one to nineteen, and of the tens, stand for."""
    counts = enumerate((*several("units"), *several("teens")), 1)
    return {word: size for size, word in counts} | {word: 10 * size for size, word in enumerate(several("tens"), 2)}


def _written(met: re.Match[str]) -> str:
    before = ahead(met.string, met.start())
    if regex(UNSURE).search(before):
        return met[0]
    if met["part"]:
        return met[0] if regex(r"\b(?:{fractions})s? to $").search(before) else f"{_part(met['part'])} "
    high, first = _number(met["high"]), met["first"] or met["low"]
    if not first:
        return f"{high} "
    low = decimal(_number(first))
    if not is_range(low, decimal(high)):
        return met[0]
    return f"between {low} and {high} " if met["first"] else f"{low}{' to ' if 'to' in met['to'] else '-'}{high} "


def _number(words: str) -> str:
    """Return a number in digits: a whole one, with decimals, or with a fraction."""
    if regex(_PART).fullmatch(words):
        return _part(words)
    before, point, after = words.partition("point ")
    if point:
        marks = "".join(str(sizes().get(word, 0)) for word in after.split())
        return f"{_whole(before)}.{marks}"
    if mixed := regex(rf"(.+?)(?:[ -]and[ -]| (?=[1-9]/))({_PART})").fullmatch(words):
        return f"{_whole(mixed[1])} {_part(mixed[2])}"
    return str(_whole(words))


def _whole(words: str) -> int:
    whole, part, known = 0, 0, sizes()
    for word in re.findall("[a-z]+|[0-9]+", words):
        if word == "thousand":
            whole, part = 1000 * part, 0
        elif word == "hundred":
            part *= 100
        else:
            part += int(word) if word.isdigit() else 1 if word in {"a", "an"} else known.get(word, 0)
    return whole + part


def _part(words: str) -> str:
    """Return a part of one as a fraction: three quarters is 3/4."""
    if "/" in words:
        return words.split(maxsplit=1)[0]
    first, *more = re.findall("[a-z]+", words)
    bottom = next(size for part, size in table("fractions").items() if re.search(rf"\b{part}s?\b", words))
    return f"{sizes().get(first, 1) if more else 1}/{bottom}"
