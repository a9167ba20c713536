"""A whole text checked: every figure of the two countries' trade in it, read and judged."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final, NamedTuple

from analysis.claims import reader_claim
from analysis.claims.parser import parse as parser
from analysis.claims.parser import vocabulary
from analysis.claims.parser.parse import LONGEST, FigureWords, of_figure
from analysis.claims.texts import mentions, scopes, sentences
from analysis.claims.verdicts import NOT, OPEN, UNTESTED
from analysis.points import FLIPPED
from analysis.recomputations import message

if TYPE_CHECKING:
    from collections.abc import Iterator

    from analysis.claims.parser.parse import Typed
    from analysis.claims.texts.mentions import Mentions
    from analysis.claims.texts.scopes import Part, When
    from analysis.claims.verdicts import Verdict
    from analysis.dataset import Dataset
    from analysis.recomputations import Span

MOST_FIGURES: Final = 1000  # judged of one text
MOST_LETTERS: Final = 6_000_000
_MEMORY: Final = 3  # sentences for which a year is remembered
_ANY_NUMBER: Final = re.compile(r"\d|\b(?:half|halved|doubled|tripled|third|quarter|fifth)\b|成|倍|分之|вдвое|втрое|четверт|трет")
PAIR, OTHER, NONE = "pair", "other", ""


@dataclass(frozen=True)
class Context:
    """What the sentences before said: of what they spoke, in which months, of whose flow, in which money.

    ``counted`` is whether the whole text quotes China's customs, and Russia's nowhere. ``paired`` is whether the
    two were named before, ``abroad`` whether Russia was last named beside another country.
    """

    topic: str = NONE
    span: Span | None = None
    year: int | None = None
    age: int = 0
    flow: str = ""
    side: str = ""
    currency: str = ""
    counted: bool = False
    paired: bool = False
    abroad: bool = False


class Judged(NamedTuple):
    """A figure of a text: the number of its sentence, the sentence, how it was read, and the verdict.

    ``carried`` is whether its months stand in a sentence before.
    """

    number: int
    sentence: str
    claim: Typed
    verdict: Verdict
    carried: bool


@dataclass
class Checked:
    """A text checked: its figures in order; how many sentences it has, and how many of its numbers were left alone.

    ``unread`` counts figures beyond ``MOST_FIGURES`` and sentences too long to be read.
    """

    figures: list[Judged] = field(default_factory=list)
    sentences: int = 0
    left_alone: int = 0
    unread: int = 0


def check(dataset: Dataset, text: str, most: int = MOST_FIGURES) -> Checked:
    """Return every figure of the two countries' trade in a text, judged; work grows with its length alone."""
    out, context = Checked(), Context(counted=_counted_by_china(text))
    for number, sentence in enumerate(sentences.split(text), 1):
        out.sentences = number
        context = replace(context, age=context.age + 1)
        for piece in _pieces(sentence):
            if not _ANY_NUMBER.search(piece.lower()):
                context = _without_numbers(piece, context)
                continue
            context = _sentence(dataset, out, (number, piece), context, most)
    return out


_BY_CHINA: Final = (
    r"chin\w+(?:'s|’s)? (?:general administration of )?customs|\bgacc\b|general administration of (?:the )?customs"
    r"|customs (?:administration|office|service|authorit\w+) of (?:the )?(?:people|china|prc)|海关|海關|гту\b"
    r"|таможенн\w+ управлени\w+|таможн\w+ (?:китая|кнр)|китайск\w+ таможн\w+"
)
_BY_RUSSIA: Final = r"russia\w*(?:'s|’s)? (?:federal )?customs|федеральн\w+ таможенн\w+|\bфтс\b|俄罗斯海关|俄海关|rosstat"


def _counted_by_china(words: str) -> bool:
    """Return whether words quote China's customs alone."""
    small = words.lower()
    return bool(re.search(_BY_CHINA, small)) and not re.search(_BY_RUSSIA, small)


def _pieces(sentence: str) -> Iterator[str]:
    """Yield a sentence, cut where its thoughts end if it is longer than one that is read."""
    while len(sentence) > LONGEST - 20:
        cut = max(sentence.rfind(mark, 40, LONGEST - 20) for mark in (";", "；", ", ", "，", " "))
        cut = cut if cut > 0 else LONGEST - 20
        yield sentence[: cut + 1].strip()
        sentence = sentence[cut + 1 :].strip()
    yield sentence


def _without_numbers(piece: str, context: Context) -> Context:
    """Return what a sentence without numbers changes: it may turn to other countries, or back to the two."""
    words = mentions.normal(piece).lower()
    if mentions.pair(words) or (_names_russia(words) and _names_china(words)):
        return replace(context, topic=PAIR, paired=True, abroad=False)
    other = mentions.elsewhere(words) or mentions.world(words, words) or _names_china(words) or _names_russia(words)
    abroad = mentions.elsewhere(words) and _names_russia(words)
    return replace(context, topic=OTHER, flow="", side="", abroad=abroad) if other else context


def _names_russia(words: str) -> bool:
    return mentions.russia(words) or bool(re.search(r"俄|росси|рф\b|москв", words))


def _names_china(words: str) -> bool:
    return mentions.china(words) or bool(re.search(r"中国|中國|中方|кита|кнр\b|пекин", words))


def _sentence(dataset: Dataset, out: Checked, said: tuple[int, str], context: Context, most: int) -> Context:
    """Add the figures of one sentence; return what the next one may rest on."""
    number, piece = said
    sentence = mentions.read(piece)
    out.left_alone += sentence.others
    found: list[tuple[Part, When, Typed]] = []
    topics: list[str] = []
    for part in scopes.signed(scopes.parts(sentence)):
        topic = _topic(sentence, part, context)
        topics.append(topic)
        if topic != PAIR or _is_other(sentence, part):
            out.left_alone += 1
            continue
        when = _when(sentence, part, context, found)
        claim = of_figure(_words(sentence, part, when, context))
        if claim.side == "RUS" and claim.measure != parser.SHARE and (context.counted or _counted_by_china(piece)):
            claim = replace(claim, side="CHN", flow=FLIPPED.get(claim.flow, claim.flow))
        if _difference(part):
            claim = replace(claim, untold=message("claims.text.difference"))
        found.append((part, when, claim))
        if len(out.figures) >= most:
            out.unread += 1
            continue
        carried = not when.said and claim.span is not None
        out.figures.append(Judged(number, piece, claim, _judged(dataset, claim, when), carried))
    return _after(sentence, context, found, topics)


def _is_other(sentence: Mentions, part: Part) -> bool:
    """Return whether a number is a wish, a difference between two amounts, or a rate of a quantity."""
    if mentions.is_plan(part.cell) or mentions.is_plan(scopes.thought_before(sentence, part)):
        return True
    return vocabulary.aside(part.cell)


def _difference(part: Part) -> bool:
    """Return whether an amount is how much more or less, not how much."""
    money = part.figure.found.unit != "percent"
    return money and bool(re.search(_MORE_OR_LESS, part.before))


_MORE_OR_LESS: Final = (
    r"\b(?:by|up|down|(?:margin|gap|difference|increase|rise|growth|gain|drop|decline|fall|decrease) of|another|additional)"
    r"(?: an?| about| nearly| some| around| almost| more than| less than| over| roughly)*$"
)


def _topic(sentence: Mentions, part: Part, context: Context) -> str:
    """Return whether a figure is of the two countries' trade, of other things, or of nothing that is said."""
    words = scopes.subject_words(sentence, part)
    near = f"{part.phrase} {part.cell}"
    whole = sentence.text
    if part.flow is None:
        return PAIR if _goes_on(sentence, part, context) else OTHER
    if mentions.elsewhere(near) or (mentions.elsewhere(words) and not _both(near)):
        return OTHER
    if _shared(near) and scopes.parted(sentence, part):
        return OTHER
    if _both(near) or mentions.pair(near):
        return PAIR
    if mentions.world(near, near) and not _shared(near) and not mentions.russia(near):
        return OTHER
    if mentions.russia(near) and mentions.china(whole) and not _abroad(near):
        return PAIR
    russia, china = mentions.russia(near), mentions.china(near)
    here = mentions.pair(whole) or mentions.pair(sentence.words.lower()) or _names_both(sentence)
    if china and not russia:
        if mentions.elsewhere(whole) and not here:
            return OTHER
        return PAIR if (mentions.russia(whole) or mentions.pair(whole)) and not _foreign(sentence) else OTHER
    if russia:
        flows = re.search(r"\b(?:from|to|with) russia\b", near)
        near_by = context.topic != OTHER or (context.paired and not context.abroad)
        return PAIR if (flows and near_by and not mentions.elsewhere(whole)) or context.topic == PAIR else OTHER
    if here and not _foreign(sentence):
        return PAIR
    if mentions.elsewhere(whole) or mentions.world(whole, sentence.words):
        return OTHER
    return context.topic if context.topic == PAIR and not china else OTHER


def _both(words: str) -> bool:
    return mentions.russia(words) and mentions.china(words)


def _shared(words: str) -> bool:
    return bool(re.search(r"\bshares?\b|\baccount\w* for\b|% of\b|per ?cent of\b", words))


def _abroad(words: str) -> bool:
    """Return whether Russia's trade with all the world is meant."""
    return mentions.world(words, words) and not _shared(words) and not mentions.china(words)


def _foreign(sentence: Mentions) -> bool:
    """Return whether a sentence speaks of other countries before it names the two."""
    return mentions.elsewhere(sentence.text) and not _names_both(sentence)


def _names_both(sentence: Mentions) -> bool:
    words = sentence.words.lower()
    return _both(sentence.text) or (_names_russia(words) and _names_china(words))


_GOES_ON: Final = re.compile(
    r"^(?:and |but |this |that |it |the (?:growth|figure|increase|decline|rate|total|volume|value|number|drop|amount)|up |down "
    r"|growth|of (?:this|that)|its |their |these |which |in annual|year-on-year|compared)"
)


def _goes_on(sentence: Mentions, part: Part, context: Context) -> bool:
    """Return whether a sentence without a flow goes on with that of the sentence before."""
    text = re.sub(r"^[\s,\"'(]*(?:(?:in|for|over|during) (?:the )?)?[\s,_]*", "", sentence.blank)
    if context.topic != PAIR or context.age > 1 or not _GOES_ON.match(text):
        return False
    return not (mentions.elsewhere(sentence.text) or mentions.world(sentence.text, sentence.words)) and not re.search(
        r"\b(?:gdp|people|population|share price|tons?|tonnes?)\b", part.cell
    )


def _when(sentence: Mentions, part: Part, context: Context, found: list[tuple[Part, When, Typed]]) -> When:
    """Return the months of a figure, with what the text said before where it goes on plainly."""
    main = next((when.span for _, when, _ in reversed(found) if when.span), None)
    when = scopes.when(sentence, part, main or _carried(sentence, context))
    if when.months:
        spans = (one.span for one in scopes.own_windows(sentence) if one.span)
        years = {span[0][:4] for span in spans if span[0][:4] == span[1][:4]}
        year = int(next(iter(years))) if len(years) == 1 else None if years else context.year
        year = None if sentence.relative else year
        return scopes.resolved(when, year if year and context.age <= _MEMORY else None)
    if when.span or when.unsure or when.said:
        return when
    return replace(when, span=_carried(sentence, context))


def _carried(sentence: Mentions, context: Context) -> Span | None:
    """Return the window of the sentences before where this one says so, or follows at once and names none."""
    if sentence.relative or context.span is None or context.age > _MEMORY:
        return None
    return context.span if sentence.carried or context.age == 1 else None


def _words(sentence: Mentions, part: Part, when: When, context: Context) -> FigureWords:
    """Return what the parser is given of a figure."""
    scope = f"{part.scope} tonnes" if scopes.of_quantity(sentence, part) else part.scope
    flow, side = _in_order(sentence, part), ""
    if part.flow is None:
        flow, side = context.flow, context.side
    elif not (mentions.russia(scope) or mentions.china(scope)) and vocabulary.flow(scope)[0] in {"export", "import"}:
        side = _side_before(sentence, part) or (context.side if not mentions.pair(scope) else "")
    found = part.figure.found
    if found.unit == "percent":
        found = found._replace(currency=_money_of(sentence, part, context))
    base = when.base if when.base != (None if when.span is None else _before(when.span)) else None
    return FigureWords(sentence.words, scope, part.before, found, when.span, when.months, base, flow, side)


def _in_order(sentence: Mentions, part: Part) -> str:
    """Return the flow of a figure where two flows and two figures go "respectively"; empty elsewhere."""
    if part.flow is None or not re.search(_RESPECTIVELY, sentence.words.lower()):
        return ""
    start = max([0, *(mark.end for mark in sentence.hard if mark.end <= part.flow.start)])
    named = re.findall(r"\b(export|import)", sentence.blank[start : part.flow.end])
    starts = [
        one.start
        for one in sentence.figures
        if one.found.unit == part.figure.found.unit and one.start >= part.flow.end
    ]
    place = starts.index(part.figure.start) if part.figure.start in starts else len(starts)
    return str(named[place]) if len(named) == 2 and place < 2 else ""


_RESPECTIVELY: Final = r"\brespectively\b|分别|分別|соответственно"


def _before(span: Span) -> Span:
    start, end = (f"{int(month[:4]) - 1:04d}{month[4:]}" for month in span)
    return start, end


def _side_before(sentence: Mentions, part: Part) -> str:
    """Return whose flows the flow before in the same sentence are of."""
    before = [flow for flow in sentence.flows if part.flow and flow.end <= part.flow.start]
    for flow in reversed(before):
        words = scopes.phrase(sentence, flow)
        if mentions.russia(words) or mentions.china(words):
            named, side = vocabulary.flow(words)
            return side if named in {"export", "import"} else ""
    return ""


def _money_of(sentence: Mentions, part: Part, context: Context) -> str:
    """Return the currency that a rate is in: as the sentence says, else that of the amount beside it."""
    said = {
        name
        for name, words in (("USD", "dollars?"), ("CNY", "(?:yuan|renminbi|rmb)"))
        if re.search(rf"\b(?:in|by) (?:us |u\.s\. )?{words}\b|\b{words}(?:[ -]terms|[ -]denominated)", sentence.text)
    }
    if len(said) == 1:
        return said.pop()
    money = [one for one in sentence.figures if one.found.unit != "percent" and one.found.currency]
    ends = [flow.start for flow in sentence.flows if flow.start >= part.figure.end]
    start, end = part.flow.start if part.flow else 0, min([len(sentence.text), *ends])
    after = [one.found.currency for one in money if part.figure.end <= one.start < end]
    before = [one.found.currency for one in money if start <= one.start < part.figure.start]
    near = (*after[:1], *before[-1:])
    return near[0] if near else context.currency if part.flow is None else ""


def _judged(dataset: Dataset, claim: Typed, when: When) -> Verdict:
    """Judge a figure; where its months are not known without doubt, say so."""
    verdict = reader_claim.judged(dataset, claim)
    if claim.span is not None or claim.untold or claim.missing:
        return verdict
    if when.unsure:
        return replace(verdict, verdict=OPEN, said=(message("claims.text.unsure"),), bases=(), found=(), searched=())
    return replace(verdict, verdict=OPEN) if verdict.verdict in {NOT, UNTESTED} else verdict


def _after(
    sentence: Mentions, context: Context, found: list[tuple[Part, When, Typed]], topics: list[str]
) -> Context:
    """Return what the next sentence may rest on."""
    own = [one for one in scopes.own_windows(sentence) if one.span]
    topic = PAIR if found or PAIR in topics else OTHER if topics else _topic_of(sentence, context)
    spans = list(dict.fromkeys(when.span for part, when, _ in found if when.span and not part.figure.beside))
    years = {span[1][:4] for span in spans} or {one.span[1][:4] for one in own if one.span}
    flow, side, currency = "", "", ""
    if found:
        _, _, last = found[0]
        flow, side, currency = last.flow, last.side, last.currency
    elif topic == PAIR:
        flow, side, currency = context.flow, context.side, context.currency
    abroad = topic == OTHER and mentions.elsewhere(sentence.text) and _names_russia(sentence.words.lower())
    seen = {"paired": context.paired or topic == PAIR, "abroad": abroad}
    if not own and not spans:
        return replace(context, topic=topic, flow=flow, side=side, currency=currency, **seen)
    span = spans[0] if len(spans) == 1 else None
    year = int(next(iter(years))) if len(years) == 1 else None
    return Context(topic, span, year, 0, flow, side, currency, context.counted, **seen)


def _topic_of(sentence: Mentions, context: Context) -> str:
    """Return what a sentence without figures speaks of."""
    text = sentence.text
    if mentions.pair(text) or _names_both(sentence):
        return PAIR
    if mentions.elsewhere(text) or mentions.world(text, sentence.words) or mentions.china(text):
        return OTHER
    return context.topic


__all__ = ["Checked", "Judged", "check", "parser"]
