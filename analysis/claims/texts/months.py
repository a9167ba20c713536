"""Which months a figure of a sentence is of, and over which a rate is."""

import re
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Final

from analysis.claims.parser import month_spans
from analysis.claims.parser.periods import PlacedWindow
from analysis.claims.parser.words import regex
from analysis.claims.texts import mentions
from analysis.claims.texts.mentions import Figure, Mentions
from analysis.claims.texts.scopes import NEAR, Part, between
from analysis.readings import Span
from analysis.recomputations.figures import year_before

_BASE: Final = r"{over}(?:,? {over_between})*[, ]*$"
_CLOSE: Final = 8  # letters between a figure and the window right behind it
_LED: Final = 16  # letters between such a window and a figure


@dataclass(frozen=True)
class When:
    """The months of a figure: a window, or a part of a year, or what stands in the way.

    ``named`` is whether the sentence itself says them, ``unsure`` whether they are said in a way that tells no
    window ("last year", half a month), ``base`` what growth is over where that is no year before.
    """

    span: Span | None = None
    months: tuple[int, int] | None = None
    base: Span | None = None
    named: bool = False
    unsure: bool = False
    back: int = 0  # how many months before the named part of a year, once its year is known


def when(sentence: Mentions, part: Part, main: Span | None = None) -> When:
    """Return the months of a figure as its sentence says them.

    ``main`` is the window of what a figure is set beside: "up from $52 bn a year earlier" is of the year before it.
    """
    figure = part.figure
    windows = [one for one in sentence.windows if not one.date and not _of_event(sentence, one)]
    own = own_windows(sentence)
    base = _base_of(sentence, figure, windows, own)
    if ends := _of_years(sentence, figure):
        return ends
    if figure.beside:
        return _beside(sentence, figure, own, windows, main)
    if earlier := _month_before(sentence, figure, own, main):
        return earlier
    base = base or _multiple_of(sentence, figure)
    chosen = _in_turn(sentence, figure, own) or _chosen(sentence, figure, own)
    if _over_event(sentence, figure):
        return When(named=True, unsure=True)
    if chosen is None:
        return When(base=base, unsure=sentence.relative)
    far = sentence.relative and not _inside(sentence, figure, own)
    return When(named=True, unsure=True) if far else _as_said(chosen, base)


def _over_event(sentence: Mentions, figure: Figure) -> bool:
    """Return whether a rate is over what was before a war, not over a year before: "two thirds more than before"."""
    if figure.number.unit != "percent":
        return False
    after = re.split(r"[,;:(]", sentence.blank[figure.end :])[0]
    before = re.split(r"[,;:(]", sentence.blank[: figure.start])[-1]
    since = regex("{since_event}")
    return bool(regex("{before_event}").search(after) or since.search(after) or since.search(before))


def _chosen(sentence: Mentions, figure: Figure, own: list[PlacedWindow]) -> PlacedWindow | None:
    return _inside(sentence, figure, own) or _left(sentence, figure, own) or _right(sentence, figure, own)


def _in_turn(sentence: Mentions, figure: Figure, own: list[PlacedWindow]) -> PlacedWindow | None:
    """Return the window of one of two figures in the order of two windows: "in 2022 and 2023, respectively"."""
    if not re.search(RESPECTIVELY, sentence.words.lower()):
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


RESPECTIVELY: Final = r"\brespectively\b|分别|分別|соответственно"


def _month_before(sentence: Mentions, figure: Figure, own: list[PlacedWindow], main: Span | None) -> When | None:
    """Return the month before that of the sentence, where words right behind a figure name it."""
    walls = [mark.start for mark in sentence.hard if mark.start >= figure.end]
    after = [one.start for one in sentence.figures if one.start > figure.start]
    end = min([len(sentence.text), *after, *walls, figure.end + NEAR])
    if not mentions.month_before(sentence.text[figure.end : end]):
        return None
    window = _left(sentence, figure, own)
    if window and window.months and not window.span and window.months[0] == window.months[1]:
        return When(months=window.months, named=True, back=1)
    span = (window.span if window else None) or main
    if span and span[0] == span[1]:
        year, month = (int(part) for part in span[0].split("-"))
        year, month = (year, month - 1) if month > 1 else (year - 1, 12)
        return When((f"{year}-{month:02d}",) * 2, named=True)
    return When(named=True, unsure=True)


def _of_years(sentence: Mentions, figure: Figure) -> When | None:
    """Return the year of one of two amounts that go from the first of two years to the last; None for others."""
    texts = (sentence.text[one.start : one.end] for one in sentence.windows if not (one.span or one.months))
    ranges = [met for text in texts if (met := re.search(r"((?:19|20)[0-9]{2})\D{1,9}((?:19|20)[0-9]{2})$", text))]
    money = [one for one in sentence.figures if one.number.unit != "percent"]
    if len(ranges) != 1 or len(money) != 2 or figure.number.unit == "percent":
        return None
    first, last = money
    if not regex(r"[\s_]*(?:(?:to|{two_amounts})[\s_]*)*").fullmatch(sentence.blank[first.end : last.start]):
        return None
    year = ranges[0][1 if figure.start == first.start else 2]
    return When(month_spans.of(int(year)), named=True)


def over_month(sentence: Mentions, part: Part) -> bool:
    """Return whether a rate is over another month, not over a year before: "down 5.8% from July"."""
    figure = part.figure
    if figure.number.unit != "percent":
        return False
    months = [one for one in sentence.windows if _one_month(one)]
    between = (sentence.blank[figure.end : one.start] for one in months if 0 <= one.start - figure.end <= NEAR)
    if not any(re.fullmatch(rf"[\s_,]*(?:{_MORE}(?: than)?[, ]*)?{_OVER_MONTH}[\s,]*", words) for words in between):
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
    r"(?:from|than(?: in)?|compared (?:with|to)|versus|over|on)(?: (?:that of|the level of))?(?: in)?(?:[\s_]*in)?"
)


def begun(sentence: Mentions) -> int | None:
    """Return the year that a text says it goes over: "since the start of 2021"; None for none, or for several."""
    years = {
        int(one.span[0][:4])
        for one in sentence.windows
        if one.span and re.search(_BEGUN, sentence.blank[max(0, one.start - NEAR) : one.start])
    }
    return years.pop() if len(years) == 1 else None


_BEGUN: Final = r"\b(?:since|from) (?:the )?(?:start|beginning|outset) of $"


def _as_said(window: PlacedWindow, base: Span | None) -> When:
    empty = window.span is None and window.months is None
    return When(window.span, window.months, base, named=True, unsure=empty)


def own_windows(sentence: Mentions) -> list[PlacedWindow]:
    """Return the windows that figures may be of: no days, no dates of events, none that others are compared with."""
    windows = [one for one in sentence.windows if not one.date and not _of_event(sentence, one)]
    return [one for one in windows if not _is_base(sentence, one, windows)]


def _of_event(sentence: Mentions, window: PlacedWindow) -> bool:
    """Return whether a window dates something else: "since the invasion in February 2022", "the target set in 2019"."""
    before = sentence.blank[max(0, window.start - NEAR) : window.start]
    return bool(regex("{event}").search(before) or re.match(r"_* ?(?:targets?|goals?)\b", sentence.blank[window.end :]))


def _is_base(sentence: Mentions, window: PlacedWindow, windows: list[PlacedWindow]) -> bool:
    """Return whether a window is only what another is compared with."""
    if window.same:
        return True
    before = sentence.blank[max(0, window.start - NEAR) : window.start]
    met = regex(_BASE).search(before)
    if met is None or (window.months and met[0].strip() in {"from", "over", "on"}):
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


def _belongs_to_figure(sentence: Mentions, window: PlacedWindow) -> bool:
    """Return whether what a window is compared with is a figure of its own: "compared with $240 bn in 2023"."""
    start = window.start
    return any(one.beside and 0 <= start - one.end <= NEAR for one in sentence.figures)


def _base_of(sentence: Mentions, figure: Figure, windows: list[PlacedWindow], own: list[PlacedWindow]) -> Span | None:
    """Return the earlier window that a rate is over, where it is named after the figure and before the next."""
    after = [one.start for one in sentence.figures if one.start > figure.start]
    end = min([len(sentence.text), *after])
    # "the same period of 2019" is a base only of months that are named
    start = max([0, *(one.end for one in sentence.figures if one.end <= figure.start)])
    start = max([start, *(mark.end for mark in sentence.hard if mark.end <= figure.start)])
    for one in (one for one in windows if own or not one.same):
        behind, ahead = figure.end <= one.start < end, start <= one.start and one.end <= figure.start
        if one not in own and (behind or ahead) and (one.span or one.same):
            return one.span or month_spans.of(one.same)
    return None


def _multiple_of(sentence: Mentions, figure: Figure) -> Span | None:
    """Return the earlier window of "doubled from $107 bn in 2018 to $240 bn in 2023"."""
    following = [one for one in sentence.figures if one.start > figure.start][:1]
    if not figure.number.multiple or not following or not following[0].beside:
        return None
    start = following[0].end
    behind = [one.span for one in sentence.windows if one.span and 0 <= one.start - start <= _CLOSE]
    return behind[0] if behind else None


def _inside(sentence: Mentions, figure: Figure, own: list[PlacedWindow]) -> PlacedWindow | None:
    """Return the window of a figure's own thought: right after it, else the nearest before, else the nearest after."""
    walls = (*sentence.hard, *sentence.soft)
    start = max([0, *(mark.end for mark in walls if mark.end <= figure.start)])
    end = min([len(sentence.text), *(mark.start for mark in walls if mark.start >= figure.end)])
    inner = [one for one in own if start <= one.start and one.end <= end]
    tight = [one for one in inner if 0 <= one.start - figure.end <= _CLOSE]
    earlier = [one for one in inner if one.end <= figure.start and not _taken(sentence, one, figure)]
    later = [one for one in inner if one.start >= figure.end and not _taken(sentence, one, figure)]
    return next(iter([*tight, *earlier[::-1], *later]), None)


def _taken(sentence: Mentions, window: PlacedWindow, figure: Figure) -> bool:
    """Return whether a window stands right behind a figure that is set beside this one."""
    return any(
        one.beside
        and one is not figure
        and 0 <= window.start - one.end <= NEAR
        and regex(_ITS_OWN).fullmatch(sentence.blank[one.end : window.start])
        for one in sentence.figures
    )


# what may stand between a figure that another is set beside and its months: "the 1.1% decline in August"
_ITS_OWN: Final = rf"[\s(,]*(?:(?:{mentions.TURN}|{{its_own}})\s*)*"


def _left(sentence: Mentions, figure: Figure, own: list[PlacedWindow]) -> PlacedWindow | None:
    fitting = [one for one in own if one.end <= figure.start and not _taken(sentence, one, figure)]
    return fitting[-1] if fitting else None


def _right(sentence: Mentions, figure: Figure, own: list[PlacedWindow]) -> PlacedWindow | None:
    fitting = [one for one in own if one.start >= figure.end and not _taken(sentence, one, figure)]
    if not fitting:
        return None
    # the only months of a sentence, at its end, are those of all its figures
    last = len(own) == 1 and all(one.end <= fitting[0].start for one in sentence.figures)
    return None if between(sentence.hard, figure.end, fitting[0].start) and not last else fitting[0]


def _beside(
    sentence: Mentions, figure: Figure, own: list[PlacedWindow], windows: list[PlacedWindow], main: Span | None
) -> When:
    """Return the months of a figure that another is compared with: its own, or a year before the other's."""
    after = [one.start for one in sentence.figures if one.start > figure.start]
    walls = [mark.start for mark in (*sentence.hard, *sentence.soft) if mark.start >= figure.end]
    end = min([len(sentence.text), *after, *walls])
    close = [one for one in windows if 0 < figure.start - one.end <= 2 and not one.same]
    if close and figure.number.unit != "percent":  # "from June's $20.8 bn"
        return _as_said(close[-1], None)
    following = [one for one in windows if figure.end <= one.start < end]
    following = following or [
        one
        for one in windows
        if 0 <= one.start - figure.end <= NEAR and regex(_ITS_OWN).fullmatch(sentence.blank[figure.end : one.start])
    ]
    # "against 2022's record $190 bn": its months stand before it, behind the words that set it beside
    led = [one for one in windows if 0 <= figure.start - one.end <= _LED and one not in own]
    if following or led:
        return _of_window((*following[:1], *led[-1:])[0], main)
    if main and mentions.names_year_before(sentence.text[figure.end : end]):
        return When(year_before(main), named=True)
    earlier = _month_before(sentence, figure, own, main)
    return earlier or _changed_from(sentence, figure, own, main) or When(named=True, unsure=True)


def _of_window(window: PlacedWindow, main: Span | None) -> When:
    """Return a window; "the same period of 2022" is that of the figure beside, in its year."""
    if not (window.same and main):
        return _as_said(window, None)
    return When(month_spans.ending_in(main, window.same), named=True)


def _changed_from(sentence: Mentions, figure: Figure, own: list[PlacedWindow], main: Span | None) -> When | None:
    """Return the months of the first of two amounts, "from $190 bn to $240 bn in 2023": a year before the second's."""
    following = [one for one in sentence.figures if one.start > figure.start][:1]
    led = re.search(r"\bfrom (?:\w+ ){0,2}(?:us ?)?[$¥]?$", sentence.blank[: figure.start])
    if (
        not following
        or not led
        or not re.fullmatch(
            r"[\s_]*(?:(?:grew|fell) )?to(?: \w+){0,3}\s*", sentence.blank[figure.end : following[0].start]
        )
    ):
        return None
    window = _chosen(sentence, following[0], own)
    if window and window.months and not window.span:
        return When(months=window.months, named=True, back=12)
    span = (window.span if window else None) or (None if sentence.relative else main)
    return When(year_before(span), named=True) if span else None


def resolved(when_: When, year: int | None) -> When:
    """Return the months with the year that the text is in, where they lack one."""
    if when_.months is None or year is None:
        return when_
    first, last = (divmod(12 * year + month - 1 - when_.back, 12) for month in when_.months)
    start, end = (f"{at}-{month + 1:02d}" for at, month in (first, last))
    return replace(when_, span=(start, end), months=None)
