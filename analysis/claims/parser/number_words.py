"""Numbers in words: spelled out, put into digits where a unit stands by them; multiples and parts of a whole.

Two ends of a range are put into digits together, a part of one unit is written as a fraction: "five to seven percent"
is "5 to 7 percent", "a quarter of one percent" is "1/4 percent". What is no plain number ("hundreds of billions", "two
or three billion", 数千亿, "two to three hundred billion") stays as it is, and is not read.
"""

import re
from typing import Final, NamedTuple

from analysis.claims.parser import vocabulary
from analysis.claims.parser.spelled import chinese, english, russian
from analysis.claims.parser.spelled.parts_and_ranges import ahead
from analysis.claims.parser.words import regex, table

_MANY: Final = r"(?:(?!one\b(?![ -]and))(?:{units}|ten)(?:[ -]and[ -]a[ -]half)?|[0-9]{1,3}(?:\.[0-9]{1,3})?)"
MULTIPLE: Final = (
    r"\b(?P<word>doubl(?:ed?|es|ing)(?![ -]digit)|twice"
    r"|tripl(?:ed?|es|ing)|trebl(?:ed?|es|ing)|quadrupl(?:ed?|es|ing)|halv(?:ed?|es|ing))\b"
    rf"|(?P<plus>\bplus )?(?<![0-9.,/-])\b(?:(?P<least>{_MANY})(?P<to>-? to |-to-|-|-? or ))?"
    rf"(?P<most>{_MANY})(?:[ -]?fold\b| times\b|x\b)"
)
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
        if met["word"] or not ("or" in (met["to"] or "") or regex(english.UNSURE).search(ahead(text, met.start())))
    ]
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
    return float(english.sizes().get(whole) or whole) + (0.5 if half else 0.0)


def digits(plain: str) -> str:
    """Return lower-case words with the numbers spelled out in them in digits, where they are plain ones."""
    if re.search("[а-я]", plain):
        plain = russian.digits(plain)
    if re.search("[\u3400-\u9fff]", plain):
        plain = chinese.digits(plain)
    return english.digits(plain)
