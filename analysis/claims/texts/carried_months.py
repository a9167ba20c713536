"""The months of a figure with what the sentences before said, and on the day of the text."""

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from analysis.claims.parser import month_spans
from analysis.claims.parser.periods import PlacedWindow
from analysis.claims.parser.typed import Typed
from analysis.claims.texts import brackets, dates, months, own_months, scopes
from analysis.claims.texts.mentions import Mentions
from analysis.claims.texts.months import When
from analysis.claims.texts.scopes import Part
from analysis.claims.texts.topics import PAIR, Context
from analysis.readings import Span
from analysis.recomputations.figures import year_before

ReadFigure = tuple[Part, When, Typed]
_MEMORY: Final = 3  # sentences for which a year is remembered


def when(sentence: Mentions, part: Part, context: Context, read: list[ReadFigure]) -> When:
    """Return the months of a figure, with what the text said before where it goes on plainly."""
    main = next((one.span for _, one, _ in reversed(read) if one.span), None)
    own = months.when(sentence, part, main or _carried(sentence, context))
    if own.months:
        return _in_year((sentence, part), own, own.months, context, read)
    if sentence.relative and own.base and own.base[0][5:] != own.base[1][5:] and not own.span:
        return replace(own, base=None, unsure=True)  # what it is compared with does not say which "last year" is
    if own.span or own.unsure or own.named:
        return own
    span = _carried(sentence, context)
    if (
        own.base and month_spans.is_year(own.base) and span is None and context.topic == PAIR
    ):  # over a year, of months that the text did not tell
        return replace(own, base=None, unsure=True)
    return replace(own, span=span)


def _in_year(
    of: tuple[Mentions, Part], own: When, named: tuple[int, int], context: Context, read: list[ReadFigure]
) -> When:
    """Return the months of a figure, ``named`` without a year, with the one that sentence, text or its day tells."""
    sentence, part = of
    if own.base and (int(own.base[0][5:]), int(own.base[1][5:])) == named:
        return months.resolved(own, int(own.base[0][:4]) + 1)  # "in November, compared to November 2023"
    if context.day and _after_a_year(sentence, part, read):
        return replace(own, months=None, unsure=True)
    years = {one.span[0][:4] for one in _of_one_year(sentence, part, context) if one.span}
    year = int(next(iter(years))) if len(years) == 1 else None if years else _year_said(context)
    if context.day and year is None and not years:
        return months.resolved(own, dates.year_of(named, context.day))
    own = months.resolved(own, None if sentence.relative else year or (None if years else _after_the_same(sentence)))
    return replace(own, months=None, unsure=True) if own.months and own.back else own


def _after_the_same(sentence: Mentions) -> int | None:
    """Return the year of months that are set beside "the same period of 2024"; none for the year before the pandemic.

    For years newspapers set those after it beside 2019.
    """
    bases = {one.same for one in sentence.windows if one.same}
    return bases.pop() + 1 if len(bases) == 1 and _BEFORE_PANDEMIC not in bases else None


_BEFORE_PANDEMIC: Final = 2019


def _of_one_year(sentence: Mentions, part: Part, context: Context) -> Iterator[PlacedWindow]:
    """Yield the windows of a sentence that give other months of it their year.

    On the day of the text a whole year of another thought gives none: "$177 bn last year, while the first half".
    """
    for one in own_months.own_windows(sentence):
        if one.span is None or one.span[0][:4] != one.span[1][:4] or brackets.holds(sentence, one, part.figure):
            continue
        if not (
            context.day and month_spans.is_year(one.span) and scopes.between(sentence.hard, one.end, part.figure.start)
        ):
            yield one


def _after_a_year(sentence: Mentions, part: Part, read: list[ReadFigure]) -> bool:
    """Return whether a figure before has a whole year of its own, and months without one follow in a thought behind."""
    before = [(one, when.span) for one, when, _ in read if when.named and when.span]
    if not before:
        return False
    last, span = before[-1]
    walls = (scopes.between(marks, last.figure.end, part.figure.start) for marks in (sentence.hard, sentence.soft))
    return month_spans.is_year(span) and [bool(wall) for wall in walls] == [False, True]


def _year_said(context: Context) -> int | None:
    """Return the year that the text is in; where its day is known, only the year of months that it named."""
    if context.age > _MEMORY:
        return None
    whole = context.span is None or month_spans.is_year(context.span)
    return None if context.day and whole else context.year


def _carried(sentence: Mentions, context: Context) -> Span | None:
    """Return the window of the sentences before where this one says so, or follows at once and names none."""
    if sentence.relative or context.span is None or context.age > _MEMORY:
        return None
    if sentence.carried:
        return context.span
    # "have faced a decline" is of now, of no year that ended
    now = month_spans.is_year(context.span) and re.search(_UNTIL_NOW, sentence.text)
    return context.span if context.age == 1 and not now else None


_UNTIL_NOW: Final = (
    r"\b(?:has|have) (?:\w+ )?(?:faced|seen|been|fallen|risen|grown|declined|dropped|decreased|increased)\b"
)


def base_of(when: When) -> Span | None:
    """Return the window that a rate is over, None for the year before; of a whole year it is over the same months."""
    if when.base is None or when.span is None:
        return when.base
    whole = month_spans.is_year(when.base)
    base = month_spans.ending_in(when.span, int(when.base[1][:4])) if whole else when.base
    return None if base == year_before(when.span) else base


def windows(sentence: Mentions, context: Context) -> list[PlacedWindow]:
    """Return the windows that figures may be of, those without a year in the last one before the day of the text."""
    own = own_months.own_windows(sentence)
    if context.day is None:
        return own
    placed = ((one, one.months, dates.year_of(one.months, context.day) if one.months else 0) for one in own)
    return [one._replace(span=month_spans.of(year, *months)) if months else one for one, months, year in placed]
