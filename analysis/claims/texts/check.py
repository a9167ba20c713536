"""A whole text checked: every figure of the two countries' trade in it, read and judged."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from functools import partial
from typing import Final, NamedTuple

from analysis.claims import claim_figures, reader_claim, reading
from analysis.claims.parser import letters, month_spans, vocabulary
from analysis.claims.parser.parse import LONGEST, FigureWords, of_figure
from analysis.claims.parser.periods import PlacedWindow
from analysis.claims.parser.typed import GROWTH, LEVEL, Typed
from analysis.claims.parser.words import regex
from analysis.claims.texts import dates, mentions, months, scopes, sentences, topics
from analysis.claims.texts.dates import Dated
from analysis.claims.texts.mentions import Mentions
from analysis.claims.texts.months import When
from analysis.claims.texts.scopes import Part
from analysis.claims.texts.topics import OTHER, PAIR, Context
from analysis.claims.verdicts import NOT, OPEN, OTHERWISE, UNTESTED, Verdict
from analysis.dataset import Dataset
from analysis.points import FLIPPED
from analysis.readings import Span
from analysis.recomputations.figures import Message, message, year_before

MOST_FIGURES: Final = 1000  # judged of one text
MOST_READ: Final = 10_000  # sentences with a number
MOST_LETTERS: Final = 6_000_000
_BY_CHINA, _BY_RUSSIA = "{counted_by_china}", "{counted_by_russia}"
_MEMORY: Final = 3  # sentences for which a year is remembered


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

    ``unread`` counts the sentences with a number that come after ``MOST_FIGURES``, or ``MOST_READ``.
    ``dated`` is the day that "last year" was read on.
    """

    figures: list[Judged] = field(default_factory=list)
    sentences: int = 0
    left_alone: int = 0
    unread: int = 0
    dated: Dated | None = None


def check(dataset: Dataset, text: str, most: int = MOST_FIGURES, dated: Dated | None = None) -> Checked:
    """Return every figure of the two countries' trade in a text, judged; work grows with its length alone.

    ``dated`` is the day of the text, see ``dates.settled``; without it no "last year" is settled.
    """
    out, text = Checked(dated=dated), letters.cleaned(text)
    context = Context(counted=_counter(text), day=dated.day if dated else None)
    read = 0
    for number, sentence in enumerate(sentences.split(text), 1):
        out.sentences = number
        context = replace(context, age=context.age + 1)
        for piece in _pieces(sentence):
            small = piece.lower()
            if not (regex("{any_number}").search(small) or (dated and regex("{any_months}").search(small))):
                context = topics.without_numbers(piece, context)
                continue
            if read >= MOST_READ or len(out.figures) >= most:
                out.unread += 1
            elif _elsewhere(piece, context):
                out.left_alone += len(_NUMBER.findall(piece))
                context = replace(context, topic=OTHER, flow="", side="", span=None, year=None)
            else:
                read += 1
                context = _sentence(dataset, out, (number, piece), context)
    return out


_NUMBER: Final = re.compile(r"[0-9]+(?:[.,][0-9]+)*")


def _elsewhere(piece: str, context: Context) -> bool:
    """Return whether a sentence cannot be of the two countries: it names none, and none was spoken of before."""
    if context.topic == PAIR or context.paired:
        return False
    words = piece.lower()
    return not (topics.names_russia(words) or topics.names_china(words) or mentions.pair(words))


def _counter(words: str) -> str:
    """Return whose statistics alone words quote; empty for none, or for both."""
    named = [
        side for side, pattern in (("CHN", _BY_CHINA), ("RUS", _BY_RUSSIA)) if regex(pattern).search(words.lower())
    ]
    return named[0] if len(named) == 1 else ""


def _counted_by_russia(piece: str, context: Context) -> bool:
    """Return whether a sentence, or the text that it stands in, quotes Russia's statistics alone."""
    small = piece.lower()
    if regex(_BY_CHINA).search(small):
        return False
    return bool(regex(_BY_RUSSIA).search(small)) or context.counted == "RUS"


def _pieces(sentence: str) -> Iterator[str]:
    """Yield a sentence, cut where its thoughts end if it is longer than one that is read."""
    while len(sentence) > LONGEST - 20:
        cut = max(sentence.rfind(mark, 40, LONGEST - 20) for mark in (";", "；", ", ", "，", " "))
        cut = cut if cut > 0 else LONGEST - 20
        yield sentence[: cut + 1].strip()
        sentence = sentence[cut + 1 :].strip()
    yield sentence


def _sentence(dataset: Dataset, out: Checked, numbered: tuple[int, str], context: Context) -> Context:
    """Add the figures of one sentence; return what the next one may rest on."""
    number, piece = numbered
    sentence = mentions.read(_settled(piece, context))
    out.left_alone += sentence.others
    read: list[tuple[Part, When, Typed]] = []
    kinds: list[str] = []
    partial = False  # a figure before was that of a part of the trade
    for part in scopes.signed(scopes.parts(sentence)):
        topic = topics.of_figure(sentence, part, context)
        kinds.append(topic)
        if topic != PAIR or _is_other(sentence, part):
            out.left_alone += 1
            continue
        when = _when(sentence, part, context, read)
        claim = of_figure(_words(sentence, part, when, context, _led_to(sentence, part, read)))
        side = "RUS" if _counted_by_russia(piece, context) else "CHN"
        if claim.side != side and claim.measure in {GROWTH, LEVEL} and claim.flow != "balance":
            claim = replace(claim, side=side, flow=FLIPPED.get(claim.flow, claim.flow))
        if months.over_month(sentence, part):
            claim = replace(claim, untold=message("claims.untold.previous_month"))
        if _difference(part):
            claim = replace(claim, untold=message("claims.text.difference"))
        if scopes.of_a_part(sentence, part) or (partial and scopes.within_that(sentence, part)):
            partial = True
            claim = replace(claim, untold=message("claims.untold.part"))
        carried = not when.named and claim.span is not None
        verdict = _converted(_judged(dataset, claim, when), sentence, part, read)
        read.append((part, when, claim))
        out.figures.append(Judged(number, piece, claim, verdict, carried))
    return _after(sentence, context, read, kinds)


def _settled(piece: str, context: Context) -> str:
    """Return a sentence with its years where the day of the text is known, and without services that customs count."""
    words = dates.with_years(piece, context.day) if context.day else piece
    if not _counted_by_russia(piece, context) and not regex("{balance_of_payments}").search(words.lower()):
        words = _AND_SERVICES.sub(lambda met: met[1] or met[2] or met[3], words)
    return words


# customs count goods alone, whatever a newspaper adds
_AND_SERVICES: Final = re.compile(
    r"\b(goods) and services\b|(товар[а-я]{0,3}) и услуг[а-я]{0,3}|(货物|貨物|商品)[和及与與](?:服务|服務)",
    re.IGNORECASE,
)


def _is_other(sentence: Mentions, part: Part) -> bool:
    """Return whether a number is a wish, a difference between two amounts, or a rate of a quantity."""
    before = re.sub(r" - [^-]{2,90} - ", " , ", scopes.thought_before(sentence, part))  # what is put in
    cell = f"{part.before} {re.split(_NEXT, part.after)[0]}"
    if mentions.is_plan(cell) or mentions.is_plan(before):
        return True
    return vocabulary.aside(part.cell)


_NEXT: Final = r"\band (?:is|are|was|were|will|has|have|should|could|would)\b"  # another thought of the same subject


def _difference(part: Part) -> bool:
    """Return whether an amount is how much more or less, not how much."""
    money = part.figure.number.unit != "percent"
    return money and bool(regex(_MORE_OR_LESS).search(part.before))


_MORE_OR_LESS: Final = (
    r"\b{more_or_less}(?: an?| about| nearly| some| around| almost| more than| less than| over| roughly)*$"
)


def _when(sentence: Mentions, part: Part, context: Context, read: list[tuple[Part, When, Typed]]) -> When:
    """Return the months of a figure, with what the text said before where it goes on plainly."""
    main = next((when.span for _, when, _ in reversed(read) if when.span), None)
    when = months.when(sentence, part, main or _carried(sentence, context))
    if when.months:
        if context.day and _after_a_year(sentence, part, read):
            return replace(when, months=None, unsure=True)
        years = {one.span[0][:4] for one in _of_one_year(sentence, part, context) if one.span}
        year = int(next(iter(years))) if len(years) == 1 else None if years else _year_said(context)
        if context.day and year is None and not years:
            return months.resolved(when, dates.year_of(when.months, context.day))
        when = months.resolved(when, None if sentence.relative else year)
        return replace(when, months=None, unsure=True) if when.months and when.back else when
    if sentence.relative and when.base and when.base[0][5:] != when.base[1][5:] and not when.span:
        return replace(when, base=None, unsure=True)  # what it is compared with does not say which "last year" is
    if when.span or when.unsure or when.named:
        return when
    return replace(when, span=_carried(sentence, context))


def _of_one_year(sentence: Mentions, part: Part, context: Context) -> Iterator[PlacedWindow]:
    """Yield the windows of a sentence that give other months of it their year.

    On the day of the text a whole year of another thought gives none: "$177 bn last year, while the first half".
    """
    for one in months.own_windows(sentence):
        if one.span is None or one.span[0][:4] != one.span[1][:4]:
            continue
        if not (
            context.day and month_spans.is_year(one.span) and scopes.between(sentence.hard, one.end, part.figure.start)
        ):
            yield one


def _after_a_year(sentence: Mentions, part: Part, read: list[tuple[Part, When, Typed]]) -> bool:
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
    return context.span if sentence.carried or context.age == 1 else None


def _led_to(sentence: Mentions, part: Part, read: list[tuple[Part, When, Typed]]) -> str:
    """Return the flow of the rate that an amount right behind it goes with, as China counts it; empty for none.

    "Russia raised them by 4.1%, to 20.75 billion".
    """
    if not read or part.figure.number.unit == "percent":
        return ""
    before, _, rate = read[-1]
    between = sentence.blank[before.figure.end : part.figure.start]
    if rate.measure != GROWTH or not re.fullmatch(_TO_AMOUNT, between):
        return ""
    return FLIPPED.get(rate.flow, rate.flow) if rate.side == "RUS" else rate.flow


_TO_AMOUNT: Final = r" ?,? ?(?:up |down )?to ?"


def _words(sentence: Mentions, part: Part, when: When, context: Context, led: str) -> FigureWords:
    """Return what the parser is given of a figure; ``led`` is the flow of the rate that it goes with."""
    scope = f"{part.scope} tonnes" if scopes.of_quantity(sentence, part) else part.scope
    flow, side = _in_order(sentence, part), ""
    if other := led or _other_way(sentence, part, context):
        flow, side = other, "CHN"
    if part.flow is None:
        flow, side = context.flow, context.side
    elif (
        not flow
        and not (mentions.russia(scope) or mentions.china(scope))
        and vocabulary.flow(scope)[0] in {"export", "import"}
    ):
        side = _side_before(sentence, part) or (context.side if not mentions.pair(scope) else "")
    number = part.figure.number
    if number.unit == "percent":
        number = number._replace(currency=_money_of(sentence, part, context))
    return FigureWords(sentence.words, scope, part.before, number, when.span, when.months, _base(when), flow, side)


def _other_way(sentence: Mentions, part: Part, context: Context) -> str:
    """Return the flow of a figure that goes the other way than the one before it; empty where none is said to.

    "Supplies in the opposite direction", or a subject of its own: "China's exports rose 22.7%, and Russia raised
    them by 4.1%".
    """
    if part.flow is None:
        return ""
    turned = {"export": "import", "import": "export"}
    if "reverse supplies" in part.phrase:
        before = [flow for flow in sentence.flows if flow.end <= part.flow.start]
        named, side = vocabulary.flow(scopes.phrase(sentence, before[-1])) if before else (context.flow, context.side)
        return turned.get(FLIPPED.get(named, named) if side == "RUS" else named, "")
    named, side = vocabulary.flow(part.phrase)
    seller = named if side == "CHN" else FLIPPED.get(named, named)
    subject = regex(r"(?:^|(?<!russia)(?<!china)[,;] ?|\band )(?:while |whereas )?(russia|china) {changes}\b").search(
        part.before
    )
    if seller not in turned or subject is None or re.search(r"(?:from|with) (?:russia|china)$", part.phrase):
        return ""
    return {("export", "russia"): "import", ("import", "china"): "export"}.get((seller, subject[1]), "")


def _base(when: When) -> Span | None:
    """Return the window that a rate is over, None for the year before; of a whole year it is over the same months."""
    if when.base is None or when.span is None:
        return when.base
    whole = month_spans.is_year(when.base)
    base = month_spans.ending_in(when.span, int(when.base[1][:4])) if whole else when.base
    return None if base == year_before(when.span) else base


def _in_order(sentence: Mentions, part: Part) -> str:
    """Return the flow of a figure where two flows and two figures go "respectively"; empty elsewhere."""
    if part.flow is None or not re.search(months.RESPECTIVELY, sentence.words.lower()):
        return ""
    start = max([0, *(mark.end for mark in sentence.hard if mark.end <= part.flow.start)])
    named = re.findall(r"\b(export|import)", sentence.blank[start : part.flow.end])
    starts = [
        one.start
        for one in sentence.figures
        if one.number.unit == part.figure.number.unit and one.start >= part.flow.end
    ]
    place = starts.index(part.figure.start) if part.figure.start in starts else len(starts)
    return str(named[place]) if len(named) == 2 and place < 2 else ""


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
    named = {
        name
        for name, words in (("USD", "dollars?"), ("CNY", "(?:yuan|renminbi|rmb)"))
        if re.search(
            rf"\b(?:in|by) (?:us |u\.s\. )?{words}\b|\b{words}(?:[ -]terms|[ -]denominated| (?:exports?"
            rf"|imports?|trade|value))",
            sentence.text,
        )
    }
    if len(named) == 1:
        return named.pop()
    money = [one for one in sentence.figures if one.number.unit != "percent" and one.number.currency]
    # an amount in brackets behind another is the newspaper's conversion of it
    money = [one for one in money if not re.search(r"_ ?\((?:\w+ ){0,2}$", sentence.blank[: one.start])]
    ends = [flow.start for flow in sentence.flows if flow.start >= part.figure.end]
    start, end = part.flow.start if part.flow else 0, min([len(sentence.text), *ends])
    after = [one for one in money if part.figure.end <= one.start < end][:1]
    before = [one for one in money if start <= one.start < part.figure.start][-1:]
    within = [one for one in (*after, *before) if not scopes.apart(sentence, one, part.figure)]
    near = (*within, *before, *after)
    return near[0].number.currency if near else context.currency if part.flow is None else ""


def _judged(dataset: Dataset, claim: Typed, when: When) -> Verdict:
    """Judge a figure; where its months are not known without doubt, say so."""
    verdict = reader_claim.judged(dataset, claim)
    if claim.bound and verdict.sentences[0].key.startswith("claims.unnamed."):
        verdict = replace(verdict, verdict=OPEN)
    if claim.span is not None or claim.untold or claim.missing:
        return verdict
    if when.unsure and not claim_figures.unknown_ware(dataset, claim):
        unsure = (message("claims.text.unsure"),)
        return replace(verdict, verdict=OPEN, sentences=unsure, bases=(), elsewhere=(), searched=())
    return replace(verdict, verdict=OPEN) if verdict.verdict in {NOT, UNTESTED} else verdict


def _converted(verdict: Verdict, sentence: Mentions, part: Part, read: list[tuple[Part, When, Typed]]) -> Verdict:
    """Return what is said of an amount in brackets behind one of another currency: it is no figure of its own."""
    if not read or verdict.verdict not in {NOT, OTHERWISE}:
        return verdict
    before, _, amount = read[-1]
    behind = sentence.blank[before.figure.end : part.figure.start]
    other = {amount.currency, part.figure.number.currency} == {"USD", "CNY"} and amount.measure == LEVEL
    if not (other and part.figure.number.unit != "percent" and re.fullmatch(_IN_BRACKETS, behind)):
        return verdict
    sentences = message("claims.text.converted", amount=reading.number(amount)), _figures_of(verdict)
    return replace(verdict, verdict=UNTESTED, sentences=sentences, elsewhere=(), searched=())


def _figures_of(verdict: Verdict) -> Message:
    """Return the sentence that names the figures of the months themselves."""
    return verdict.sentences[1 if verdict.verdict == OTHERWISE else 0]


_IN_BRACKETS: Final = r" ?(?:\(|, or) ?(?:\w+ ){0,4}"


def _on_day(window: PlacedWindow, day: date | None) -> PlacedWindow:
    """Return a window with its year, where it names none and the day of the text is known."""
    if day is None or window.months is None:
        return window
    year, (first, last) = dates.year_of(window.months, day), window.months
    return window._replace(span=month_spans.of(year, first, last))


def _after(sentence: Mentions, context: Context, read: list[tuple[Part, When, Typed]], kinds: list[str]) -> Context:
    """Return what the next sentence may rest on."""
    own = [one for one in map(partial(_on_day, day=context.day), months.own_windows(sentence)) if one.span]
    topic = PAIR if read or PAIR in kinds else OTHER if kinds else topics.of_sentence(sentence, context)
    spans = list(dict.fromkeys(claim.span for part, _, claim in read if claim.span and not part.figure.beside))
    if not read and topic == PAIR:
        spans = list(dict.fromkeys(one.span for one in own if one.span))
    years = {span[1][:4] for span in spans} or {one.span[1][:4] for one in own if one.span}
    flow, side, currency = "", "", ""
    if read:
        _, _, last = read[0]
        flow, side, currency = last.flow, last.side, last.currency
        if {"export", "import"} <= {claim.flow for *_, claim in read}:
            flow, side = "total", "CHN"
    elif topic == PAIR:
        flow, side, currency = context.flow, context.side, context.currency
    abroad = topic == OTHER and mentions.elsewhere(sentence.text) and topics.names_russia(sentence.words.lower())
    paired = context.paired or topic == PAIR
    after = replace(context, topic=topic, flow=flow, side=side, currency=currency, paired=paired, abroad=abroad)
    if not own and not spans:
        begun = months.begun(sentence)
        return replace(after, span=None, year=begun, age=0) if begun else after
    # what the first is compared with is earlier
    compared = bool(spans) and all(
        one <= spans[0] and month_spans.length(one) == month_spans.length(spans[0]) for one in spans
    )
    span = spans[0] if compared else None
    year = int(next(iter(years))) if len(years) == 1 else int(span[1][:4]) if span else None
    return replace(after, span=span, year=year, age=0)
