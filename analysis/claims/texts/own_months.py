"""The windows of a sentence that its figures may be of, and which of them a figure is of by its place."""

import re
from itertools import pairwise
from typing import Final

from analysis.claims.parser import month_spans
from analysis.claims.parser.periods import PlacedWindow
from analysis.claims.parser.words import regex
from analysis.claims.texts import mentions
from analysis.claims.texts.mentions import Figure, Mentions
from analysis.claims.texts.scopes import NEAR, Part, between

_BASE: Final = r"{over}(?:,? {over_between})*[, ]*$"
CLOSE: Final = 8  # letters between a figure and the window right behind it


def chosen(sentence: Mentions, figure: Figure, own: list[PlacedWindow]) -> PlacedWindow | None:
    """Return the window of a figure: that of its own thought, else the last before it, else the next."""
    return inside(sentence, figure, own) or left_of(sentence, figure, own) or _right(sentence, figure, own)


def in_turn(sentence: Mentions, figure: Figure, own: list[PlacedWindow]) -> PlacedWindow | None:
    """Return the window of one of two figures in the order of two windows: "in 2022 and 2023, respectively"."""
    if not mentions.has("respectively", sentence.words.lower()):
        return None
    alike = [one for one in sentence.figures if one.number.unit == figure.number.unit]
    for first, last in pairwise(own):
        near = re.fullmatch(r"[\s,_、]*(?:and)?[\s,_、]*", sentence.blank[first.end : last.start])
        after = [one for one in alike if one.start >= last.end]
        before = [one for one in alike if one.end <= first.start]
        two = after[:2] if figure in after[:2] else before[-2:]
        if near and len(two) == 2 and figure in two:
            return (first, last)[two.index(figure)]
    return None


def over_month(sentence: Mentions, part: Part) -> bool:
    """Return whether a rate is over another month, not over a year before: "down 5.8% from July"."""
    figure = part.figure
    if figure.number.unit != "percent":
        return False
    months = [one for one in sentence.windows if _one_month(one)]
    between = (sentence.blank[figure.end : one.start] for one in months if 0 <= one.start - figure.end <= NEAR)
    change = regex(mentions.TURN).pattern
    if not any(
        re.fullmatch(rf"[\s_,]*(?:{change} )?(?:{_MORE}(?: than)?[, ]*)?{_OVER_MONTH}[\s,]*", words)
        for words in between
    ):
        return False
    # the same month of an earlier year is no month before
    named = [one for one in own_windows(sentence) if one.start < figure.start and _one_month(one)]
    after = next(one for one in months if one.start >= figure.end)
    return after.span is None or (
        bool(named) and named[-1].span is not None and named[-1].span[0][5:] != after.span[0][5:]
    )


def _one_month(window: PlacedWindow) -> bool:
    first, last = window.months or ((window.span[0], window.span[1]) if window.span else (0, 1))
    return first == last


_MORE: Final = r"(?:more|less|higher|lower|above|below)"
_OVER_MONTH: Final = (
    r"(?:from|than(?: in)?|above|below|compared (?:with|to)|versus|over|on)(?: (?:that of|the level of))?(?: in)?"
    r"(?:[\s_]*in)?"
)


def begun(sentence: Mentions) -> int | None:
    """Return the year that a text says it goes over: "since the start of 2021"; None for none, or for several."""
    begun = [one for one in sentence.windows if re.search(_BEGUN, sentence.blank[max(0, one.start - NEAR) : one.start])]
    named = (re.match(r"(?:19|20)[0-9]{2}\b", sentence.text[one.start :]) for one in begun)
    years = {int(met[0]) for met in named if met}
    return years.pop() if len(years) == 1 else None


_BEGUN: Final = r"\b(?:since|from) (?:the )?(?:start|beginning|outset) of $"


def own_windows(sentence: Mentions) -> list[PlacedWindow]:
    """Return the windows that figures may be of: no days, no dates of events, none that others are compared with."""
    windows = named_windows(sentence)
    return [one for one in windows if not _is_base(sentence, one, windows)]


def named_windows(sentence: Mentions) -> list[PlacedWindow]:
    """Return the windows of a sentence that are no days and no dates of events."""
    return [one for one in sentence.windows if not one.date and not _of_event(sentence, one)]


def _of_event(sentence: Mentions, window: PlacedWindow) -> bool:
    """Return whether a window dates something else: "since the invasion in February 2022", "the target set in 2019"."""
    before = sentence.blank[max(0, window.start - NEAR) : window.start]
    return bool(regex("{event}").search(before) or re.match(r"_* ?(?:targets?|goals?)\b", sentence.blank[window.end :]))


def _is_base(sentence: Mentions, window: PlacedWindow, windows: list[PlacedWindow]) -> bool:
    """Return whether a window is only what another is compared with."""
    before, after = sentence.blank[max(0, window.start - NEAR) : window.start], sentence.blank[window.end :]
    of_level = re.search(_OF_LEVEL, before) and re.match(_LEVEL, after)
    if window.same or of_level or _behind_a_rate(sentence, window):
        return True
    met = regex(_BASE).search(before)
    goes_on = re.match(r" ?,? ?when\b", after)  # "than in May, when exports grew 1.8%"
    if met is None or goes_on or (window.months and met[0].strip() in {"from", "over", "on"}):
        return False
    first = met[0].split()[0]
    if first in {"compared", "comparison", "than", "relative", "against", "versus", "vs", "vs."}:
        own = any(one.number.unit == "percent" and 0 <= one.start - window.end <= 3 for one in sentence.figures)
        return not (own or _belongs_to_figure(sentence, window))
    # "over the first ten months of 2023 trade rose": what it is over stands behind a figure
    part = window.months or (window.span and not month_spans.is_year(window.span))
    if first == "over" and part and not any(one.end <= window.start for one in windows if one is not window):
        return False  # "fell 8.4% over the first half of 2025"
    if first in {"over", "on"} and not any(one.end <= window.start for one in sentence.figures):
        return False
    # "grew 2.9% in 2024 from 2023", "5% over 2022", "26.3% on 2022": a figure stands right before
    # "over the last year from 2023": its own months are said, though not which they are
    return first != "from" or sentence.relative or any(one.end <= window.start for one in windows if one is not window)


def _behind_a_rate(sentence: Mentions, window: PlacedWindow) -> bool:
    """Return whether a window is what a rate right before it is over."""
    if re.search(r"\b(?:to|through)\b", sentence.text[window.start : window.end]):
        return False  # "fell 9.6% from January to June"
    rates = [one for one in sentence.figures if one.number.unit == "percent"]
    pattern = _FROM_MONTH if window.months and _one_month(window) else _FROM
    return any(re.fullmatch(pattern, sentence.blank[one.end : window.start]) for one in rates)


# what a rate is over: "down 7.7% from 2021", "a 6.9% decrease from July", "13.3% above March"
_FROM: Final = r"(?: [a-z]+)? (?:from|above|below) (?:that of |the level of )?"
_FROM_MONTH: Final = rf"{_FROM}| (?:increase|rise|gain|decrease|drop|decline|fall) (?:over|on) "
# "more than double its 2020 level", "narrowly missing March's peak"
_OF_LEVEL: Final = (
    r"(?:\b(?:above|below|over|under|than|missing|topping|beating|passing|surpassing|exceeding|matching)|_)"
    r"(?: (?:its|their|the))? $"
)
_LEVEL: Final = r"(?:'s)? (?:levels?|figures?|totals?|volumes?|results?|peaks?|records?|tops?|highs?)\b"


def _belongs_to_figure(sentence: Mentions, window: PlacedWindow) -> bool:
    """Return whether what a window is compared with is a figure of its own: "compared with $240 bn in 2023"."""
    start = window.start
    return any(one.beside and 0 <= start - one.end <= NEAR for one in sentence.figures)


def inside(sentence: Mentions, figure: Figure, own: list[PlacedWindow]) -> PlacedWindow | None:
    """Return the window of a figure's own thought: right after it, else the nearest before, else the nearest after."""
    start, end = mentions.around(sentence, figure.start, figure.end, (*sentence.hard, *sentence.soft))
    inner = [one for one in own if start <= one.start and one.end <= end]
    tight = [one for one in inner if 0 <= one.start - figure.end <= CLOSE]
    earlier = [one for one in inner if one.end <= figure.start and not _taken(sentence, one, figure)]
    later = [one for one in inner if one.start >= figure.end and not _taken(sentence, one, figure)]
    return next(iter([*tight, *earlier[::-1], *later]), None)


def _taken(sentence: Mentions, window: PlacedWindow, figure: Figure) -> bool:
    """Return whether a window stands right behind a figure that is set beside this one."""
    return any(
        one.beside
        and one is not figure
        and 0 <= window.start - one.end <= NEAR
        and regex(ITS_OWN).fullmatch(sentence.blank[one.end : window.start])
        for one in sentence.figures
    )


# what may stand between a figure that another is set beside and its months: "the 1.1% decline in August"
ITS_OWN: Final = rf"[\s(,]*(?:(?:{mentions.TURN}|{{its_own}})\s*)*"


def left_of(sentence: Mentions, figure: Figure, own: list[PlacedWindow]) -> PlacedWindow | None:
    """Return the last window before a figure."""
    fitting = [one for one in own if one.end <= figure.start and not _taken(sentence, one, figure)]
    return fitting[-1] if fitting else None


def _right(sentence: Mentions, figure: Figure, own: list[PlacedWindow]) -> PlacedWindow | None:
    fitting = [one for one in own if one.start >= figure.end and not _taken(sentence, one, figure)]
    if not fitting:
        return None
    # the only months of a sentence, at its end, are those of all its figures
    last = len(own) == 1 and all(one.end <= fitting[0].start for one in sentence.figures)
    return None if between(sentence.hard, figure.end, fitting[0].start) and not last else fitting[0]
