"""Which months a figure of a sentence is of, and over which a rate is."""

import re
from dataclasses import dataclass, replace
from typing import Final

from analysis.claims.parser import month_spans
from analysis.claims.parser.periods import PlacedWindow
from analysis.claims.parser.words import regex
from analysis.claims.texts import brackets, mentions, own_months
from analysis.claims.texts.mentions import Figure, Mentions
from analysis.claims.texts.own_months import CLOSE, ITS_OWN
from analysis.claims.texts.scopes import NEAR, Part
from analysis.readings import Span
from analysis.recomputations.figures import year_before

_LED: Final = 16  # letters between a window that sets a figure beside another and the figure


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
    windows, own = own_months.named_windows(sentence), own_months.own_windows(sentence)
    base = _base_of(sentence, figure, windows, own)
    if ends := _of_years(sentence, figure):
        return ends
    if figure.beside:
        return _beside(sentence, figure, own, windows, main)
    if told := _month_before(sentence, figure, own, main) or _in_brackets(sentence, figure, own, main):
        return told
    own = [one for one in own if not brackets.holds(sentence, one, figure)]
    base = base or _multiple_of(sentence, figure)
    chosen = own_months.in_turn(sentence, figure, own) or own_months.chosen(sentence, figure, own)
    if _over_event(sentence, figure):
        return When(named=True, unsure=True)
    if chosen is None:
        return When(base=base, unsure=sentence.relative)
    far = sentence.relative and not own_months.inside(sentence, figure, own)
    return When(named=True, unsure=True) if far else _as_said(chosen, base)


def _in_brackets(sentence: Mentions, figure: Figure, own: list[PlacedWindow], main: Span | None) -> When | None:
    """Return the months of a figure in brackets, where they are those of what stands before them."""
    if behind := brackets.months_before(sentence, figure, own_months.named_windows(sentence)):
        return _of_base(behind, main)
    after = brackets.year_after(sentence, figure, own)
    return When(after, named=True) if after else None


def _of_base(window: PlacedWindow, main: Span | None) -> When:
    """Return a window set beside another; the same month without a year is that of the year before."""
    alike = main and window.months == (int(main[0][5:]), int(main[1][5:]))
    return When(year_before(main), named=True) if main and alike and not window.span else _of_window(window, main)


def _over_event(sentence: Mentions, figure: Figure) -> bool:
    """Return whether a rate is over many years, or what was before a war: "two thirds more than before"."""
    if figure.number.unit != "percent":
        return False
    after = re.split(r"[,;:(]", sentence.blank[figure.end :])[0]
    before = re.split(r"[,;:(]", sentence.blank[: figure.start])[-1]
    since = regex("{since_event}")
    if re.search(_YEARS, re.split(r"[,;:(]", sentence.text[figure.end :])[0]):
        return True
    return bool(regex("{before_event}").search(after) or since.search(after) or since.search(before))


_YEARS: Final = r"\b(?:[1-9][0-9]?|two|three|four|five|six|seven|eight|nine|ten|twenty) years?\b|\bdecades?\b"


def _month_before(sentence: Mentions, figure: Figure, own: list[PlacedWindow], main: Span | None) -> When | None:
    """Return the month before that of the sentence, where words right behind a figure name it."""
    _, end = mentions.around(sentence, figure.start, figure.end, (*sentence.hard, *sentence.placed))
    if not mentions.month_before(sentence.text[figure.end : min(end, figure.end + NEAR)]):
        return None
    window = own_months.left_of(sentence, figure, own)
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


def _as_said(window: PlacedWindow, base: Span | None) -> When:
    empty = window.span is None and window.months is None
    return When(window.span, window.months, base, named=True, unsure=empty)


def _base_of(sentence: Mentions, figure: Figure, windows: list[PlacedWindow], own: list[PlacedWindow]) -> Span | None:
    """Return the earlier window that a rate is over, where it is named after the figure and before the next."""
    _, end = mentions.around(sentence, figure.start, figure.end, sentence.placed)
    start, _ = mentions.around(sentence, figure.start, figure.end, (*sentence.placed, *sentence.hard))
    # "the same period of 2019" is a base only of months that are named
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
    behind = [one.span for one in sentence.windows if one.span and 0 <= one.start - start <= CLOSE]
    return behind[0] if behind else None


def _beside(
    sentence: Mentions, figure: Figure, own: list[PlacedWindow], windows: list[PlacedWindow], main: Span | None
) -> When:
    """Return the months of a figure that another is compared with: its own, or a year before the other's."""
    walls = (*sentence.hard, *sentence.soft, *sentence.placed)
    _, end = mentions.around(sentence, figure.start, figure.end, walls)
    close = [one for one in windows if 0 < figure.start - one.end <= 2 and not one.same]
    if close and figure.number.unit != "percent":  # "from June's $20.8 bn"
        return _as_said(close[-1], None)
    following = [one for one in windows if figure.end <= one.start < end]
    following = following or [
        one
        for one in windows
        if 0 <= one.start - figure.end <= NEAR and regex(ITS_OWN).fullmatch(sentence.blank[figure.end : one.start])
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
    window = own_months.chosen(sentence, following[0], own)
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
