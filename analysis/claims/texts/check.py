"""A whole text checked: every figure of the two countries' trade in it, read and judged."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Final, NamedTuple

from analysis.claims.parser import letters, month_spans
from analysis.claims.parser.parse import LONGEST, of_figure
from analysis.claims.parser.typed import GROWTH, LEVEL, Typed
from analysis.claims.parser.vocabulary import as_china_counts
from analysis.claims.parser.words import regex
from analysis.claims.texts import (
    carried_months,
    dates,
    figure_verdicts,
    figure_words,
    mentions,
    own_months,
    scopes,
    sentences,
    topics,
)
from analysis.claims.texts.carried_months import ReadFigure
from analysis.claims.texts.dates import Dated
from analysis.claims.texts.mentions import Mentions
from analysis.claims.texts.topics import OTHER, PAIR, Context
from analysis.claims.verdicts import Verdict
from analysis.dataset import Dataset
from analysis.recomputations.figures import message

MOST_FIGURES: Final = 1000  # judged of one text
MOST_READ: Final = 10_000  # sentences with a number
_BY_CHINA, _BY_RUSSIA = "{counted_by_china}", "{counted_by_russia}"


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
        context = replace(context, age=context.age + 1, spoken=context.spoken + 1)
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
    read: list[ReadFigure] = []
    kinds: list[str] = []
    said = figure_words.money_said(sentence)
    province = scopes.of_a_province(sentence)
    of_part = False  # a figure before was that of a part of the trade
    for part in scopes.signed(scopes.parts(sentence)):
        topic = topics.of_figure(sentence, part, context, kinds[-1] if kinds else "")
        kinds.append(topic)
        if topic != PAIR or figure_verdicts.is_left_alone(sentence, part):
            out.left_alone += 1
            continue
        when = carried_months.when(sentence, part, context, read)
        claim = of_figure(figure_words.of(sentence, part, when, context, read))
        side = "RUS" if _counted_by_russia(piece, context) else "CHN"
        if claim.side != side and claim.measure in {GROWTH, LEVEL} and claim.flow != "balance":
            claim = replace(claim, side=side, flow=as_china_counts(claim.flow, "RUS"))
        if own_months.over_month(sentence, part) or figure_verdicts.over_month_too(sentence, part, read):
            claim = replace(claim, untold=message("claims.untold.previous_month"))
        if figure_verdicts.is_difference(part):
            claim = replace(claim, untold=message("claims.text.difference"))
        if province or scopes.of_a_part(sentence, part) or (of_part and scopes.within_that(sentence, part)):
            of_part = True
            claim = replace(claim, untold=message("claims.untold.part"))
        carried = not when.named and claim.span is not None
        verdict = figure_verdicts.converted(
            figure_verdicts.judged(dataset, claim, when, money_said=bool(said)), sentence, part, read
        )
        verdict = figure_verdicts.of_russia(verdict) if side == "RUS" else verdict
        verdict = figure_verdicts.of_two_flows(verdict, claim, [(one.claim, one.verdict) for one in out.figures])
        read.append((part, when, claim))
        out.figures.append(Judged(number, piece, claim, verdict, carried))
    return _after(sentence, context, read, kinds)


def _settled(piece: str, context: Context) -> str:
    """Return a sentence with its years where the day of the text is known, and without services that customs count."""
    words = dates.with_years(piece, context.day) if context.day else piece
    if context.span and month_spans.is_year(context.span):
        words = dates.after_year(words, int(context.span[0][:4]))
    if not _counted_by_russia(piece, context) and not regex("{balance_of_payments}").search(words.lower()):
        words = regex("(?i:{goods_and_services})").sub(lambda met: met[1] or met[2] or met[3], words)
    return words


def _after(sentence: Mentions, context: Context, read: list[ReadFigure], kinds: list[str]) -> Context:
    """Return what the next sentence may rest on."""
    own = [one for one in carried_months.windows(sentence, context) if one.span]
    topic = PAIR if read or PAIR in kinds else OTHER if kinds else topics.of_sentence(sentence, context)
    spans = list(dict.fromkeys(claim.span for part, _, claim in read if claim.span and not part.figure.beside))
    plain = topic == PAIR or topics.of_china_with_all(sentence)
    if not read and plain and (context.day or not mentions.has("last_year", sentence.words.lower())):
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
    after = replace(after, spoken=0 if topic == PAIR else after.spoken, of_china=topics.of_china_with_all(sentence))
    if not own and not spans:
        begun = own_months.begun(sentence)
        return replace(after, span=None, year=begun, age=0) if begun else after
    # what the first is compared with is earlier
    compared = len({month_spans.length(one) for one in spans}) == 1 and max(spans) == spans[0]
    span = spans[0] if compared else None
    year = int(next(iter(years))) if len(years) == 1 else int(span[1][:4]) if span else None
    return replace(after, span=span, year=year, age=0)
