"""What a sentence speaks of, each with its place: figures, windows, whose flows, and where a thought ends."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final, NamedTuple

from analysis.claims.parser import numbers, periods, translation, vocabulary
from analysis.claims.parser.number_words import PlacedNumber, ReadNumber
from analysis.claims.parser.parse import plain
from analysis.claims.parser.words import regex

_FLOW: Final = (
    r"\bexports? and imports?\b|\bimports? and exports?\b"
    r"|\b(?:trade )?(?:surplus|deficit|balance)\b(?: in (?:its |the |bilateral |mutual )?trade\b)?"
    r"|\btrade(?: turnover| volumes?| value| exchange)?\b(?! {no_trade})"
    r"|\b{flow_words}\b"
)
# a figure takes what follows it: "a 6.2% rise in imports", "$9.7 bn of Russia's exports"
TURN: Final = r"{turns}s?"
_RIGHTWARD: Final = (
    rf"\s*(?:(?:year-on-year|annual|yearly)\s+)?(?:(?:{TURN}|share|part|portion)\s+)?(?:in|of)\s+"
    r"(?!the \0|\0|\w+ \0)"
)
_BESIDE: Final = r"{beside}(?:[ \0]+{beside_between}){0,5}[ \0]*$"
# of a rate: "surpassing the 10.1% growth seen in August"
_PASSED: Final = r"\b(?:surpassing|exceeding|outpacing|beating|above|below|topping)(?: \w+){0,2} *$"
_NO_BASE: Final = r"\b(?:more|less|higher|lower|fewer|greater|other|rather) than(?: \w+){0,2} *$"
# "higher than the 34.3% increase seen in 2022" is no bound: another change, with months of its own
_THE_CHANGE: Final = r"than (?:the|its|their) *$"
_ITS_CHANGE: Final = rf" (?:year-on-year |annual )?{TURN}\b"
# an amount that a rate is below: "6.9% less than the record $244.8 bn"
_LESS_THAN_IT: Final = r" ?(?:more|less|higher|lower|smaller|greater)(?: than)?(?: [a-z-]+){0,3} ?"
_AND: Final = r"[ ,\0]*(?:in[ \0]+)?and (?:by )?"
_DOWN_TO: Final = 48  # letters before a number that say what it is beside
_MONTH_TO_IT: Final = r"\b({month}) to (\1 (?:19|20)[0-9]{2})\b"  # "in May to May 2023"
_OTHER_MONEY: Final = r"\s*{other_money}"
_QUANTITY: Final = r"\s*(?:metric |million |cubic |standard )*{quantity}"


class Figure(NamedTuple):
    """A number with a unit of money or per cent, and its place; ``beside`` is one that another is compared with."""

    number: ReadNumber
    start: int
    end: int
    beside: bool
    rightward: bool


class Stretch(NamedTuple):
    """A place that means something."""

    start: int
    end: int


@dataclass(frozen=True)
class Mentions:
    """A sentence with all that it mentions; ``text`` is its English in small letters, windows and all.

    ``blank`` is the same with windows and figures taken out, place by place. ``others`` counts numbers that are
    no figure: days, years and windows, amounts of other things.
    """

    words: str
    text: str
    blank: str
    figures: tuple[Figure, ...]
    windows: tuple[periods.PlacedWindow, ...]
    flows: tuple[Stretch, ...]
    hard: tuple[Stretch, ...]
    soft: tuple[Stretch, ...]
    quantities: tuple[Stretch, ...]
    others: int
    relative: bool
    carried: bool

    @property
    def placed(self) -> tuple[Stretch, ...]:
        """Where its figures stand."""
        return tuple(Stretch(one.start, one.end) for one in self.figures)


def read(words: str) -> Mentions:
    """Return what a sentence mentions."""
    text = translation.read(plain(words)).text
    text = re.sub(r"\b(?:the )?(?:world's )?second[- ](?:largest|biggest) economy('s)?", r"china\1", text)
    text = regex(_MONTH_TO_IT).sub(r"\1 compared with \2", text)
    text = re.sub(r"(?<=[\w%)]) - (?=[0-9$¥])|--+", " , ", text.replace("。", "."))  # a dash and no sign
    windows, left = periods.windows(_without_base(text))
    placed = numbers.every(left)
    figures = tuple(_figures(left, placed))
    quantities = tuple(
        Stretch(one.start, met.end())
        for one in placed
        if (met := regex(_QUANTITY).match(left, one.end)) and one.carries
    )
    blank = _blanked(left, [*((one.start, one.end) for one in placed), *quantities])
    others = len(placed) - len(figures) + len(windows)
    return Mentions(
        words,
        text,
        blank,
        figures,
        tuple(windows),
        _marks(_FLOW, blank),
        _marks("{thought_ends}", blank),
        _marks("{part_ends}", blank),
        quantities,
        others,
        has("relative", blank) or has("relative_written", words.lower()),
        has("carried", blank) or has("carried_written", words.lower().replace("ё", "е")),
    )


def _without_base(text: str) -> str:
    """Blank out "a year earlier" and the like, which name no window of their own."""
    return regex("{year_before}").sub(lambda met: "\N{SYMBOL FOR NULL}" * len(met[0]), text)


def _blanked(text: str, places: list[tuple[int, int]]) -> str:
    letters = list(text)
    for start, end in places:
        letters[start:end] = "_" * (end - start)
    return "".join(letters).replace("\N{NULL}", "_")


def _marks(pattern: str, text: str) -> tuple[Stretch, ...]:
    return tuple(Stretch(met.start(), met.end()) for met in regex(pattern).finditer(text))


def has(name: str, words: str) -> bool:
    """Return whether words have one of a list."""
    return bool(regex(f"{{{name}}}").search(words))


def _figures(left: str, placed: list[PlacedNumber]) -> list[Figure]:
    """Return the numbers that can be figures of trade: per cent, and money."""
    out: list[Figure] = []
    for one in placed:
        if not one.carries or one.number.unit.startswith("_") or regex(_QUANTITY).match(left, one.end):
            continue
        if one.number.unit == "mln_" or regex(_OTHER_MONEY).match(left, one.end):  # a million of what?
            continue
        before = left[max(0, one.start - _DOWN_TO) : one.start]
        met = regex(_BESIDE).search(before)
        # months between are those of an amount: "against 2022's $190 bn"; a rate follows what it is over
        of_months = met is not None and "\N{NULL}" in met[0] and one.number.unit == "percent"
        change = one.number.unit == "percent" and bool(regex(_ITS_CHANGE).match(left, one.end))
        bound = re.search(_NO_BASE, before) and not (change and re.search(_THE_CHANGE, before))
        beside = met is not None and not of_months and not bound
        beside = beside or (one.number.unit == "percent" and bool(re.search(_PASSED, before)))
        # the second of two: "after rising by 30.3% in January and February and by 40.05% in March"
        last = out[-1] if out and out[-1].number.unit == "percent" else None
        beside = beside or bool(last and _set_beside(last, one.number.unit, left[last.end : one.start]))
        out.append(Figure(one.number, one.start, one.end, beside, bool(regex(_RIGHTWARD).match(left, one.end))))
    return out


def _set_beside(rate: Figure, unit: str, between: str) -> bool:
    """Return whether a rate, and the words between, set the next figure beside another."""
    if unit == "percent":
        return rate.beside and bool(re.fullmatch(_AND, between))
    return bool(re.fullmatch(_LESS_THAN_IT, between))


def around(sentence: Mentions, start: int, end: int, walls: Iterable[Stretch]) -> tuple[int, int]:
    """Return from where to where a sentence goes on around a place: to the nearest of the walls on either side."""
    walls = [*walls]
    first = max((one.end for one in walls if one.end <= start), default=0)
    return first, min((one.start for one in walls if one.start >= end), default=len(sentence.text))


def is_plan(words: str) -> bool:
    """Return whether words speak of what is wished or foreseen."""
    return bool(regex(r"\b{plan}\b").search(regex("{kept}").sub(" ", words)))


def month_before(words: str) -> bool:
    """Return whether words name the month before, and no change over it."""
    return bool(regex("(?<!from )(?<!than )(?<!over )(?<!with )(?<!to ){month_before}").search(words))


def names_year_before(words: str) -> bool:
    """Return whether words compare with the year before without its number."""
    return has("year_before", words)


def elsewhere(words: str) -> bool:
    """Return whether words name another country or region."""
    own = regex(_OF_MONEY).sub(" ", words)
    return bool(vocabulary.elsewhere(own)) or has("places", own)


# the country of the dollar; what happened elsewhere is no trade of others
_OF_MONEY: Final = r"\bus ?\$|\bu\.s\. ?\$|\b(?:us|u\.s\.) dollars?\b|{events}"


def world(words: str, original: str) -> bool:
    """Return whether words speak of trade with all the world."""
    return has("world", words) or has("world_written", original.lower())


def pair(words: str) -> bool:
    """Return whether words speak of both countries as two."""
    return has("pair", words) or has("pair_written", words)


def russia(words: str) -> bool:
    """Return whether words name Russia."""
    return bool(re.search(r"\brussia(?:n|'s|ns)?\b|\bmoscow(?:'s)?\b", words))


def china(words: str) -> bool:
    """Return whether words name China."""
    return bool(regex(r"\b(?:{china}|prc)(?:'s)?\b|\bpeople's republic\b").search(words))


def normal(words: str) -> str:
    """Return words in one form of letters."""
    return unicodedata.normalize("NFKC", words)
