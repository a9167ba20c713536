"""Which words of a sentence belong to which of its figures: whose flow, which months, what it is set beside."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING, Final, NamedTuple

from analysis.claims.parser import vocabulary
from analysis.claims.parser.goods import goods, is_share
from analysis.claims.texts import mentions
from analysis.recomputations import year_before

if TYPE_CHECKING:
    from collections.abc import Iterable

    from analysis.claims.parser.periods import PlacedWindow
    from analysis.claims.texts.mentions import Figure, Mentions, Stretch
    from analysis.recomputations import Span

_BASE: Final = re.compile(
    r"(?:compared (?:with|to)|\bcomparison (?:with|to)|\bfrom|\bthan|\bover|\bagainst|\bversus|\bvs\.?|\bon"
    r"|\brelative to)(?:,? (?:in|the|that|of|all|for|set|record|record-high|all-time|high|peak|results?|indicators?"
    r"|numbers?|values?|volumes?|reached|recorded|level|levels|figures?|same|those))*[, ]*$"
)
_CLOSE: Final = 8  # letters between a figure and the window right behind it
_LED: Final = 16  # letters between such a window and a figure
_NEAR: Final = 48  # letters before a window that say what it is


class Part(NamedTuple):
    """A figure with the words that belong to it: its own, ``before`` and ``after`` it, and those of its flow."""

    figure: Figure
    flow: Stretch | None
    phrase: str
    before: str
    after: str
    scope: str

    @property
    def cell(self) -> str:
        """Its own words."""
        return f"{self.before} {self.after}".strip()


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


def parts(sentence: Mentions) -> list[Part]:
    """Return each figure with its words."""
    return [_part(sentence, place) for place in range(len(sentence.figures))]


def _part(sentence: Mentions, place: int) -> Part:
    figure = sentence.figures[place]
    flow = _flow_of(sentence, place)
    start, end = _cell(sentence, place)
    before, after = sentence.blank[start : figure.start], sentence.blank[figure.end : end]
    after = f"{_shown(sentence, figure)}{after}"
    words = sentence.blank[slice(*_phrase(sentence, flow))] if flow else ""
    led = figure.rightward and any(start <= one.start < figure.start for one in sentence.flows)
    own = (figure.start if led else start, end)
    scope = _joined(sentence, figure, own, _phrase(sentence, flow) if flow else own)
    if flow and not goods(scope)[0]:
        scope = f"{scope} {_object(sentence, flow, figure)}".strip()
    # a bracket is kept: what it holds goes with the amount before it
    opened = "(" if re.search(r"\((?:by )?[\s+-]*$", sentence.blank[: figure.start]) else ""
    return Part(figure, flow, _clean(words), f"{_clean(before)}{opened}", _clean(after), scope)


def _object(sentence: Mentions, flow: Stretch, figure: Figure) -> str:
    """Return the goods that stand behind another figure of the same flow: "paid $81 bn for oil, up from $52 bn"."""
    others = [one for one in sentence.figures if flow.end <= one.start < figure.start]
    if not others or any(flow.end <= mark.start < figure.start for mark in (*sentence.hard, *sentence.flows)):
        return ""
    start, end = _cell(sentence, sentence.figures.index(others[0]))
    words = _clean(sentence.blank[max(start, others[0].end) : end])
    return words if goods(words)[0] else ""


def _joined(sentence: Mentions, figure: Figure, cell: tuple[int, int], words: tuple[int, int]) -> str:
    """Return the words of a figure and of its flow, each once: what lies between the two is neither's."""
    mark = "\N{SYMBOL FOR NULL}"
    shown = f"{sentence.blank[: figure.start]}{mark * (figure.end - figure.start)}{sentence.blank[figure.end :]}"
    (a, b), (c, d) = sorted((cell, words))
    words_ = shown[a : max(b, d)] if c <= b else f"{shown[a:b]} , {shown[c:d]}"
    return _clean(re.sub(f"{mark}+", _shown(sentence, figure), words_))


def _shown(sentence: Mentions, figure: Figure) -> str:
    """Return a figure as it stands; a part in words by its per cent."""
    words = sentence.text[figure.start : figure.end]
    in_words = figure.number.unit == "percent" and not figure.number.multiple and not re.search("[0-9]", words)
    return f"{figure.number.digits}%" if in_words else words


def _clean(words: str) -> str:
    return re.sub(r"[_\s]+", " ", words).strip()


def _flow_of(sentence: Mentions, place: int) -> Stretch | None:
    """Return the flow that a figure is of: what it leads to, else the nearest before, else the next after it."""
    figure = sentence.figures[place]
    following = sentence.figures[place + 1].start if place + 1 < len(sentence.figures) else len(sentence.text)
    if figure.rightward:
        for flow in sentence.flows:
            if figure.end <= flow.start < following and not _between(sentence.hard, figure.end, flow.start):
                return flow
    before = [flow for flow in sentence.flows if flow.end <= figure.start]
    if before:
        return before[-1]
    after = [flow for flow in sentence.flows if flow.start >= figure.end]
    return after[0] if after and not _between(sentence.hard, figure.end, after[0].start) else None


def _between(marks: Iterable[Stretch], start: int, end: int) -> bool:
    return any(start <= mark.start < end for mark in marks)


def _cell(sentence: Mentions, place: int) -> tuple[int, int]:
    """Return from where to where the words are a figure's own: to the next figure, thought or flow on either side."""
    figure = sentence.figures[place]
    walls = (*sentence.hard, *sentence.soft, *sentence.quantities)
    start = max([0, *(mark.end for mark in walls if mark.end <= figure.start)])
    end = min([len(sentence.text), *(mark.start for mark in walls if mark.start >= figure.end)])
    if place:
        start = max(start, sentence.figures[place - 1].end)
    if place + 1 < len(sentence.figures):
        end = min(end, sentence.figures[place + 1].start)
    # what stands between a flow and its figure tells of the change
    start = max([start, *(flow.start for flow in sentence.flows if flow.end <= figure.start)])
    if not figure.rightward:
        end = min([end, *(flow.start for flow in sentence.flows if flow.start >= figure.end)])
    return start, end


def phrase(sentence: Mentions, flow: Stretch) -> str:
    """Return the words around a flow."""
    return _clean(sentence.blank[slice(*_phrase(sentence, flow))])


def _phrase(sentence: Mentions, flow: Stretch) -> tuple[int, int]:
    """Return from where to where the words of a flow go: back and forth to a figure, a thought or another flow."""
    walls = [(mark.start, mark.end) for mark in (*sentence.hard, *sentence.soft)]
    walls += [(one.start, one.end) for one in sentence.figures]
    walls += [(mark.start, mark.end) for mark in sentence.quantities]
    walls += [(one.start, one.end) for one in sentence.flows if one is not flow]
    start = max([0, *(end for _, end in walls if end <= flow.start)])
    # what belongs to the flow before: "exports to Russia and imports ..."
    if led := re.match(r"\s*(?:to|from|with|of|into) (?:russia|china)\b(?:'s)?", sentence.blank[start : flow.start]):
        start += led.end() if start else 0
    return start, min([len(sentence.text), *(begin for begin, _ in walls if begin >= flow.end)])


def of_quantity(sentence: Mentions, part: Part) -> bool:
    """Return whether a rate is that of a quantity beside it: "rose 24% to 107 mln tonnes", "8 mln tonnes, up 23%"."""
    figure = part.figure
    if figure.number.unit != "percent" or re.search(
        r"\b(?:value|worth|money|monetary|dollar|стоимост\w*)\b", part.before
    ):
        return False
    if re.search(r"\bvolumes? of\b|\bvolumes?$", part.scope) and goods(part.scope)[0] and not is_share(part.scope):
        return True
    text = sentence.blank.replace("\N{SYMBOL FOR NULL}", "_")
    for one in sentence.quantities:
        between = text[figure.end : one.start] if one.start >= figure.end else "-"
        if len(between) < _NEAR and re.fullmatch(rf"[\s,_(]*(?:(?:{_LEADS})[\s,_]*)*", between):
            return True
    amounts = [*((one.end, True) for one in sentence.quantities)]
    amounts += [(one.end, False) for one in sentence.figures if one.number.unit != "percent"]
    before = [one for one in amounts if part.flow and part.flow.start <= one[0] <= figure.start]
    if not before or not max(before)[1]:
        return False
    return bool(re.fullmatch(rf"[\s,_(]*(?:(?:{_TELLS})[\s,_]*)*", text[max(before)[0] : figure.start]))


# what may stand between a rate and the quantity that it led to, and between a quantity and its rate
_LEADS: Final = (
    r"in|during|for|over|from|the|first|same|period|year-on-year|on|year|y/y|to|reach(?:ing|ed)?|hit(?:ting)?|totall?ing"
    r"|amount(?:ing|ed)?|stood|and|at|or"
    r"|about|nearly|some|almost"
)
_TELLS: Final = (
    r"up|down|an?|increase|rise|growth|gain|drop|fall|decline|of|by"
    r"|year-on-year|on|year|in|grew|rose|fell|more|less|which|is"
)


def of_a_part(sentence: Mentions, part: Part) -> bool:
    """Return whether the trade of a figure is that of some firms, or of a part of a country."""
    return part.flow is not None and bool(re.search(_OF_A_PART, sentence.blank[: part.flow.start]))


def within_that(sentence: Mentions, part: Part) -> bool:
    """Return whether a figure goes on with the goods or firms of the one before it: "of which imports $4.1 bn"."""
    named = re.search(r"其中|\bof which\b|\bof that\b|в том числе|из них", sentence.words.lower())
    return bool(named) and not _between(sentence.hard, 0, part.figure.start)


_OF_A_PART: Final = (
    r"\b(?:provinc\w+|e-commerce|border|private enterprises?|electromechanical products|high-tech products|agricultural products)\b"
    r"(?:[^,;]|(?<=russia),|(?<=china),){0,48}$"
)


def thought_before(sentence: Mentions, part: Part) -> str:
    """Return the words before a figure from the last end of a thought on."""
    start = max([0, *(mark.end for mark in sentence.hard if mark.end <= part.figure.start)])
    return _clean(sentence.blank[start : part.figure.start])


def subject_words(sentence: Mentions, part: Part) -> str:
    """Return all words from the flow of a figure to the figure, and its own: what the figure may be of."""
    if part.flow is None:
        return part.cell
    start, end = sorted((part.flow.start, part.figure.start))
    return f"{part.phrase} {_clean(sentence.blank[start:end])} {part.cell}"


def when(sentence: Mentions, part: Part, main: Span | None = None) -> When:
    """Return the months of a figure as its sentence says them.

    ``main`` is the window of what a figure is set beside: "up from $52 bn a year earlier" is of the year before it.
    """
    figure = part.figure
    if ends := _of_years(sentence, figure):
        return ends
    windows = [one for one in sentence.windows if not one.date and not _of_event(sentence, one)]
    own = own_windows(sentence)
    base = _base_of(sentence, figure, windows, own)
    if figure.beside:
        return _beside(sentence, figure, own, windows, main)
    base = base or _multiple_of(sentence, figure)
    if earlier := _month_before(sentence, figure, own, main):
        return earlier
    if _over_event(sentence, figure):
        return When(named=True, unsure=True)
    chosen = _in_turn(sentence, figure, own) or _chosen(sentence, figure, own)
    if chosen is None:
        return When(base=base, unsure=sentence.relative)
    if sentence.relative and not _inside(sentence, figure, own):
        return When(named=True, unsure=True)
    return _as_said(chosen, base)


def _over_event(sentence: Mentions, figure: Figure) -> bool:
    """Return whether a rate is over what was before a war, not over a year before: "two thirds more than before"."""
    if figure.number.unit != "percent":
        return False
    after = re.split(r"[,;:(]", sentence.blank[figure.end :])[0]
    before = re.split(r"[,;:(]", sentence.blank[: figure.start])[-1]
    return bool(re.search(_BEFORE_EVENT, after) or re.search(_SINCE_EVENT, after) or re.search(_SINCE_EVENT, before))


_BEFORE_EVENT: Final = r"\b(?:than|with|to|from|over|above|below)(?: (?:its|their|the|levels?|those|that|what|it|was))* (?:before|prior|pre)\b"
_SINCE_EVENT: Final = (
    r"(?<!highest )(?<!lowest )(?<!first )(?<!time )(?<!fastest )(?<!biggest )(?<!largest )(?<!steepest )(?<!sharpest )"
    r"(?<!weakest )(?<!strongest )(?<!most )(?<!level )(?<!decline )(?<!drop )(?<!fall )(?<!rise )(?<!growth )(?<!high )(?<!low )"
    r"\bsince (?!the (?:start|beginning|outset) of (?:the |this )?(?:year\b|_))(?!last month|the previous month)"
)


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
    end = min([len(sentence.text), *after, *walls, figure.end + _NEAR])
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
    if not re.fullmatch(rf"[\s_]*(?:(?:to|{_TURNS})[\s_]*)*", sentence.blank[first.end : last.start]):
        return None
    year = ranges[0][1 if figure.start == first.start else 2]
    return When((f"{year}-01", f"{year}-12"), named=True)


_TURNS: Final = r"grew|rose|fell|up|down|increased|jumped|dropped|surged|nearly|almost|about|over|more|than|a|record"


def over_month(sentence: Mentions, part: Part) -> bool:
    """Return whether a rate is over another month, not over a year before: "down 5.8% from July"."""
    figure = part.figure
    if figure.number.unit != "percent":
        return False
    months = [one for one in sentence.windows if _one_month(one)]
    between = (sentence.blank[figure.end : one.start] for one in months if 0 <= one.start - figure.end <= _NEAR)
    if not any(re.fullmatch(rf"[\s_,]*(?:{_MORE}(?: than)?[, ]*)?{_OVER_MONTH}[\s,]*", words) for words in between):
        return False
    # the same month of an earlier year is no month before
    named = [one for one in own_windows(sentence) if one.start < figure.start and _one_month(one)]
    after = next(one for one in months if one.start >= figure.end)
    return (
        after.span is None or bool(named) and named[-1].span is not None and named[-1].span[0][5:] != after.span[0][5:]
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
        if one.span and re.search(_BEGUN, sentence.blank[max(0, one.start - _NEAR) : one.start])
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
    before = sentence.blank[max(0, window.start - _NEAR) : window.start]
    return bool(re.search(_EVENT, before) or re.match(r"_* ?(?:targets?|goals?)\b", sentence.blank[window.end :]))


_EVENT: Final = (
    r"\b(?:since|invasion|invaded|war|signed|met|visit\w*|summit|set(?! (?:an?|new|another|the)\b(?: \w+){0,2} (?:records?|high))"
    r"|agreed|announced|launched|founded|joined|sanctions?"
    r"|declared|elected|talks|olympics|began(?! to\b)|started(?! to\b)|established)\b"
    r"(?: [^\s,;]+){0,5}? (?:(?:in|on|of|back in|since) )?$"
    r"|\bsince $"
)


def apart(sentence: Mentions, one: Figure, other: Figure) -> bool:
    """Return whether a thought ends between two figures."""
    first, last = sorted((one, other), key=lambda figure: figure.start)
    return _between((*sentence.hard, *sentence.soft), first.end, last.start)


def parted(sentence: Mentions, part: Part) -> bool:
    """Return whether a thought ends between a figure and its flow."""
    if part.flow is None:
        return False
    start, end = sorted((part.flow.start, part.figure.start))
    return _between(sentence.hard, start, end)


def _is_base(sentence: Mentions, window: PlacedWindow, windows: list[PlacedWindow]) -> bool:
    """Return whether a window is only what another is compared with."""
    if window.same:
        return True
    before = sentence.blank[max(0, window.start - _NEAR) : window.start]
    met = _BASE.search(before)
    if met is None or (window.months and met[0].strip() in {"from", "over", "on"}):
        return False
    first = met[0].split()[0]
    if first in {"compared", "comparison", "than", "relative", "against", "versus", "vs", "vs."}:
        own = any(one.number.unit == "percent" and 0 <= one.start - window.end <= 3 for one in sentence.figures)
        return not (own or _belongs_to_figure(sentence, window))
    # "over the first ten months of 2023 trade rose": what it is over stands behind a figure
    part = window.months or (window.span and (window.span[0][5:], window.span[1][5:]) != ("01", "12"))
    if first == "over" and part and not any(one.end <= window.start for one in windows if one is not window):
        return False  # "fell 8.4% over the first half of 2025"
    if first in {"over", "on"} and not any(one.end <= window.start for one in sentence.figures):
        return False
    # "grew 2.9% in 2024 from 2023", "5% over 2022", "26.3% on 2022": a figure stands right before
    return first != "from" or any(one.end <= window.start for one in windows if one is not window)


def _belongs_to_figure(sentence: Mentions, window: PlacedWindow) -> bool:
    """Return whether what a window is compared with is a figure of its own: "compared with $240 bn in 2023"."""
    start = window.start
    return any(one.beside and 0 <= start - one.end <= _NEAR for one in sentence.figures)


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
            return one.span or (f"{one.same}-01", f"{one.same}-12")
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
        and 0 <= window.start - one.end <= _NEAR
        and re.fullmatch(_ITS_OWN, sentence.blank[one.end : window.start])
        for one in sentence.figures
    )


# what may stand between a figure that another is set beside and its months: "the 1.1% decline in August"
_ITS_OWN: Final = (
    rf"[\s(,]*(?:(?:{mentions.TURN_WORDS}|year-on-year|pace|rate|gain|seen|recorded|registered|reported|posted|reached|in|for|of"
    r"|the|set|a|total|achieved|hit|came to)\s*)*"
)


def _left(sentence: Mentions, figure: Figure, own: list[PlacedWindow]) -> PlacedWindow | None:
    fitting = [one for one in own if one.end <= figure.start and not _taken(sentence, one, figure)]
    return fitting[-1] if fitting else None


def _right(sentence: Mentions, figure: Figure, own: list[PlacedWindow]) -> PlacedWindow | None:
    fitting = [one for one in own if one.start >= figure.end and not _taken(sentence, one, figure)]
    if not fitting:
        return None
    # the only months of a sentence, at its end, are those of all its figures
    last = len(own) == 1 and all(one.end <= fitting[0].start for one in sentence.figures)
    return None if _between(sentence.hard, figure.end, fitting[0].start) and not last else fitting[0]


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
        if 0 <= one.start - figure.end <= _NEAR and re.fullmatch(_ITS_OWN, sentence.blank[figure.end : one.start])
    ]
    if following:
        window = following[0]
        if window.same and main:
            shift = window.same - int(main[1][:4])
            start, last = (f"{int(month[:4]) + shift:04d}{month[4:]}" for month in main)
            return When((start, last), named=True)
        return _as_said(window, None)
    # "against 2022's record $190 bn": its months stand before it, behind the words that set it beside
    led = [one for one in windows if 0 <= figure.start - one.end <= _LED and one not in own]
    if led:
        return _as_said(led[-1], None)
    if main and mentions.names_year_before(sentence.text[figure.end : end]):
        return When(year_before(main), named=True)
    if earlier := _month_before(sentence, figure, own, main):
        return earlier
    return _changed_from(sentence, figure, own, main) or When(named=True, unsure=True)


def _changed_from(sentence: Mentions, figure: Figure, own: list[PlacedWindow], main: Span | None) -> When | None:
    """Return the months of the first of two amounts, "from $190 bn to $240 bn in 2023": a year before the second's."""
    following = [one for one in sentence.figures if one.start > figure.start][:1]
    led = re.search(r"\bfrom (?:\w+ ){0,2}(?:us ?)?[$¥]?$", sentence.blank[: figure.start])
    if (
        not following
        or not led
        or not re.fullmatch(r"[\s_]*(?:(?:grew|fell) )?to(?: \w+){0,3}\s*", sentence.blank[figure.end : following[0].start])
    ):
        return None
    window = _chosen(sentence, following[0], own)
    if window and window.months and not window.span:
        return When(months=window.months, named=True, back=12)
    span = (window.span if window else None) or (None if sentence.relative else main)
    return When(year_before(span), named=True) if span else None


def direction(part: Part) -> str:
    """Return ``-`` where the words nearest to a rate speak of less; empty for more."""
    words = re.sub(r"\b(?:less|lower|fewer) than\b(?= [$0-9])", " ", part.cell)
    return "-" if vocabulary.falls(words) and _nearest_is_down(part) else ""


_UP: Final = (
    r"\b(?:up|rose|ris(?:e|es|en|ing)|grew|grow(?:s|n|ing|th)?|increas\w+|jump\w*|surg\w+|soar\w*|gain\w*|climb\w*"
    r"|expan\w+|accelerat\w+|add(?:ed|ing)|higher|more|doubl\w+|spik\w+|rocket\w*|boost\w*)\b"
)


def _nearest_is_down(part: Part) -> bool:
    """Return whether less is said nearer to the figure than more, right after it first, then before it."""
    before, after = re.sub(r"\b(?:more|less|higher|lower|greater|fewer) than\s*$", "", part.before), part.after
    turned = re.match(rf"\S+(?:\s+\S+)?\s+(?:{mentions.TURN_WORDS})\b", after)
    if turned:
        return vocabulary.falls(turned[0])
    ups = [met.start() for met in re.finditer(_UP, before)]
    downs = [place for place, word in _words(before) if vocabulary.falls(word)]
    if ups or downs:
        return max(downs, default=-1) > max(ups, default=-1)
    return vocabulary.falls(after) and not re.search(_UP, after)


def _words(text: str) -> list[tuple[int, str]]:
    return [(met.start(), met[0]) for met in re.finditer(r"[a-z]+", text)]


def signed(made: list[Part]) -> list[Part]:
    """Return parts whose rates have the sign that their words give them, or the verb before: "fell 5% and ... 3%"."""
    out: list[Part] = []
    for part in made:
        number = part.figure.number
        digits = number.digits.lstrip("-")
        if number.unit == "percent":
            fell = not number.multiple and (direction(part) or _fell_before(part, out))
            digits = f"-{digits}" if fell else number.digits
        # a dash before an amount is no sign
        out.append(part._replace(figure=part.figure._replace(number=number._replace(digits=digits))))
    return out


def _fell_before(part: Part, before: list[Part]) -> bool:
    """Return whether a rate without a verb of its own follows one that fell."""
    if before and part.before.endswith("("):  # "shrank to $41 bn (by 4.3 %)"
        last = before[-1]
        money = last.figure.number.unit != "percent" and last.flow == part.flow
        return money and vocabulary.falls(last.before) and "+" not in part.after[:2]
    if vocabulary.falls(part.scope) or re.search(_UP, part.scope) or is_share(part.scope):
        return False
    rates = [one for one in before if one.figure.number.unit == "percent"]
    return bool(rates) and rates[-1].figure.number.digits.startswith("-")


def resolved(when_: When, year: int | None) -> When:
    """Return the months with the year that the text is in, where they lack one."""
    if when_.months is None or year is None:
        return when_
    first, last = (divmod(12 * year + month - 1 - when_.back, 12) for month in when_.months)
    start, end = (f"{at}-{month + 1:02d}" for at, month in (first, last))
    return replace(when_, span=(start, end), months=None)
