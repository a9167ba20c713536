"""Which words of a sentence belong to which of its figures: whose flow, which months, what it is set beside."""

import re
from collections.abc import Iterable
from typing import Final, NamedTuple

from analysis.claims.parser import vocabulary
from analysis.claims.parser.goods import goods, is_share
from analysis.claims.parser.words import regex
from analysis.claims.texts import mentions
from analysis.claims.texts.mentions import Figure, Mentions, Stretch

_UP: Final = r"\b{up}\b"
NEAR: Final = 48  # letters before a window that say what it is


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


def parts(sentence: Mentions) -> list[Part]:
    """Return each figure with its words."""
    return [_part(sentence, place) for place in range(len(sentence.figures))]


def _part(sentence: Mentions, place: int) -> Part:
    figure = sentence.figures[place]
    flow = _flow_of(sentence, place)
    start, end = _cell(sentence, place)
    before, after = sentence.blank[start : figure.start], sentence.blank[figure.end : end]
    after = f"{_shown(sentence, figure)}{after}"
    if figure.number.unit == "percent" and (led_by := re.search(_COLON, sentence.blank[: figure.start])):
        before = f"{led_by[1]} {before}"
    words = sentence.blank[slice(*_phrase(sentence, flow))] if flow else ""
    led = figure.rightward and any(start <= one.start < figure.start for one in sentence.flows)
    own = (figure.start if led else start, end)
    scope = _joined(sentence, figure, own, _phrase(sentence, flow) if flow else own)
    if flow and not goods(scope)[0]:
        scope = f"{scope} {_object(sentence, flow, figure)}".strip()
    # a bracket is kept: what it holds goes with the amount before it
    opened = (
        "("
        if re.search(
            r"\( ?(?:(?:by|about|over|almost|nearly|(?:more|less) than) )*[\s+-]*$", sentence.blank[: figure.start]
        )
        else ""
    )
    return Part(figure, flow, _clean(words), f"{opened}{_clean(before)}", _clean(after), scope)


# words that a rate goes with: "the fall of supplies goes on: 8.6% in July", "figures were down year-on-year, by 2.8%"
_COLON: Final = r"([^:;.]{1,80})(?:: ?(?:in )?|, by )[_ ,]*$"


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
            led = figure.end <= flow.start < following and not between(sentence.hard, figure.end, flow.start)
            # "exported $11.3 bn in goods and imported ..." leads to no flow
            if led and not re.search(r"\b(?:goods|products) and\b", sentence.blank[figure.end : flow.start]):
                return flow
    before = [flow for flow in sentence.flows if flow.end <= figure.start]
    if before:
        return before[-1]
    after = [flow for flow in sentence.flows if flow.start >= figure.end]
    # "that was the lowest since March 2020, when global trade was hit" goes on with the sentence before
    if after and re.match(_THAT_IS, sentence.blank) and between(sentence.soft, figure.end, after[0].start):
        return None
    return after[0] if after and not between(sentence.hard, figure.end, after[0].start) else None


_THAT_IS: Final = r"[\s\"'(]*(?:that|this|it)(?:'s| (?:is|was|were|marks?|marked|represents?|represented))\b"


def between(marks: Iterable[Stretch], start: int, end: int) -> bool:
    """Return whether a mark stands from ``start`` on before ``end``."""
    return any(start <= mark.start < end for mark in marks)


def _cell(sentence: Mentions, place: int) -> tuple[int, int]:
    """Return from where to where the words are a figure's own: to the next figure, thought or flow on either side."""
    figure = sentence.figures[place]
    walls = (*sentence.hard, *sentence.soft, *sentence.quantities, *sentence.placed)
    flows = () if figure.rightward else sentence.flows
    start, _ = mentions.around(sentence, figure.start, figure.end, walls)
    _, end = mentions.around(sentence, figure.start, figure.end, (*walls, *flows))
    # what stands between a flow and its figure tells of the change
    return max([start, *(flow.start for flow in sentence.flows if flow.end <= figure.start)]), end


def phrase(sentence: Mentions, flow: Stretch) -> str:
    """Return the words around a flow."""
    return _clean(sentence.blank[slice(*_phrase(sentence, flow))])


def _phrase(sentence: Mentions, flow: Stretch) -> tuple[int, int]:
    """Return from where to where the words of a flow go: back and forth to a figure, a thought or another flow."""
    walls = (*sentence.hard, *sentence.soft, *sentence.placed, *sentence.quantities)
    others = (one for one in sentence.flows if one is not flow)
    start, end = mentions.around(sentence, flow.start, flow.end, (*walls, *others))
    # what belongs to the flow before: "exports to Russia and imports ..."
    if led := re.match(r"\s*(?:to|from|with|of|into) (?:russia|china)\b(?:'s)?", sentence.blank[start : flow.start]):
        start += led.end() if start else 0
    return start, end


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
        if len(between) < NEAR and regex(r"[\s,_(]*(?:{leads}[\s,_]*)*").fullmatch(between):
            return True
    amounts = [*((one.end, True) for one in sentence.quantities)]
    amounts += [(one.end, False) for one in sentence.figures if one.number.unit != "percent"]
    before = [one for one in amounts if part.flow and part.flow.start <= one[0] <= figure.start]
    if not before or not max(before)[1]:
        return False
    return bool(regex(r"[\s,_(]*(?:{tells}[\s,_]*)*").fullmatch(text[max(before)[0] : figure.start]))


def of_a_part(sentence: Mentions, part: Part) -> bool:
    """Return whether the trade of a figure is that of some firms, or of a part of a country."""
    return part.flow is not None and bool(regex(_OF_A_PART).search(sentence.blank[: part.flow.start]))


def within_that(sentence: Mentions, part: Part) -> bool:
    """Return whether a figure goes on with the goods or firms of the one before it: "of which imports $4.1 bn"."""
    named = mentions.has("of_which", sentence.words.lower())
    return named and not between(sentence.hard, 0, part.figure.start)


def of_a_province(sentence: Mentions) -> bool:
    """Return whether a sentence is of a province and names no China, or sets its rates beside the country's."""
    words = sentence.words.lower()
    china = mentions.china(words) or mentions.has("china_written", words)
    return bool(re.search(r"\bprovinc", sentence.blank) and not china) or mentions.has("above_country", words)


_OF_A_PART: Final = r"\b{of_a_part}\b(?:[^,;]|(?<=russia),|(?<=china),){0,48}$"


def thought_before(sentence: Mentions, part: Part) -> str:
    """Return the words before a figure from the last end of a thought on."""
    start, _ = mentions.around(sentence, part.figure.start, part.figure.end, sentence.hard)
    return _clean(sentence.blank[start : part.figure.start])


def subject_words(sentence: Mentions, part: Part) -> str:
    """Return all words from the flow of a figure to the figure, and its own: what the figure may be of."""
    if part.flow is None:
        return part.cell
    start, end = sorted((part.flow.start, part.figure.start))
    return f"{part.phrase} {_clean(sentence.blank[start:end])} {part.cell}"


def apart(sentence: Mentions, one: Figure, other: Figure) -> bool:
    """Return whether a thought ends between two figures."""
    first, last = sorted((one, other), key=lambda figure: figure.start)
    return between((*sentence.hard, *sentence.soft), first.end, last.start)


def parted(sentence: Mentions, part: Part) -> bool:
    """Return whether a thought ends between a figure and its flow."""
    if part.flow is None:
        return False
    start, end = sorted((part.flow.start, part.figure.start))
    return between(sentence.hard, start, end)


def direction(part: Part) -> str:
    """Return ``-`` where the words nearest to a rate speak of less; empty for more."""
    words = re.sub(r"\b(?:less|lower|fewer) than\b(?= [$0-9])", " ", part.cell)
    return "-" if vocabulary.falls(words) and _nearest_is_down(part) else ""


def _nearest_is_down(part: Part) -> bool:
    """Return whether less is said nearer to the figure than more, right after it first, then before it."""
    before, after = re.sub(r"\b(?:more|less|higher|lower|greater|fewer) than\s*$", "", part.before), part.after
    turned = regex(rf"\S+(?:(?:\s+\S+)?\s+{mentions.TURN}|\s+(?:fell|grew))\b").match(after)
    if turned:
        return vocabulary.falls(turned[0])
    ups = [met.start() for met in regex(_UP).finditer(before)]
    downs = [place for place, word in _words(before) if vocabulary.falls(word)]
    if ups or downs:
        return max(downs, default=-1) > max(ups, default=-1)
    return vocabulary.falls(after) and not regex(_UP).search(after)


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
    if part.before.startswith("(") and not before:  # "the decline of exports (more than 10 %)"
        return vocabulary.falls(part.phrase) and not regex(_UP).search(part.phrase)
    if part.before.startswith("("):  # "shrank to $41 bn (by 4.3 %)"
        last = before[-1]
        money = last.figure.number.unit != "percent" and last.flow == part.flow
        return money and vocabulary.falls(last.before) and "+" not in part.after[:2]
    if vocabulary.falls(part.scope) or regex(_UP).search(part.scope) or is_share(part.scope):
        return False
    rates = [one for one in before if one.figure.number.unit == "percent"]
    return bool(rates) and rates[-1].figure.number.digits.startswith("-")
