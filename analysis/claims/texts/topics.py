"""What a sentence and each of its figures speak of: the two countries' trade, or anything else."""

import re
from dataclasses import dataclass, replace
from datetime import date

from analysis.claims.parser import vocabulary
from analysis.claims.parser.words import regex
from analysis.claims.texts import mentions, scopes
from analysis.claims.texts.mentions import Mentions
from analysis.claims.texts.scopes import Part
from analysis.readings import Span

PAIR, OTHER, NONE = "pair", "other", ""


@dataclass(frozen=True)
class Context:
    """What the sentences before said: of what they spoke, in which months, of whose flow, in which money.

    ``spoken`` and ``age`` count the sentences since it named them, the topic and the months. ``counted`` is the side
    whose customs alone the whole text quotes. ``paired`` is whether the two were named before, ``of_china`` whether
    the last sentence was of China's trade with all, ``abroad`` whether Russia was last named beside another country.
    ``day`` is the text's.
    """

    topic: str = NONE
    spoken: int = 0
    span: Span | None = None
    year: int | None = None
    age: int = 0
    flow: str = ""
    side: str = ""
    currency: str = ""
    counted: str = ""
    of_china: bool = False
    paired: bool = False
    abroad: bool = False
    day: date | None = None


def of_figure(sentence: Mentions, part: Part, context: Context, before: str = NONE) -> str:
    """Return ``PAIR`` where a figure is of the two countries' trade, else ``OTHER``.

    ``before`` is what the figure before it is of.
    """
    if part.flow is None:
        return PAIR if _goes_on(sentence, part, context) else OTHER
    return _said_of(sentence, part) or _implied(sentence, part, context, before)


def _said_of(sentence: Mentions, part: Part) -> str:
    """Return what a figure's own words say that it is of; empty where they do not."""
    near = f"{part.phrase} {part.cell}"
    both = _both(near)
    abroad = mentions.elsewhere(near) or (mentions.elsewhere(scopes.subject_words(sentence, part)) and not both)
    again = re.search(r"\b(?:it|this|the (?:share|figure))\b", scopes.thought_before(sentence, part))
    if abroad or (_shared(near) and scopes.parted(sentence, part) and not again):
        return OTHER
    if both or mentions.pair(near):
        return PAIR
    if re.match(r"russia(?:n|'s)? (?:total |foreign |overall )?trade\b", part.phrase) and mentions.pair(sentence.text):
        return OTHER  # "Russia's trade was 710 bn, Sino-Russian trade 240 bn"
    if mentions.russia(near):
        china = mentions.china(sentence.text) or (mentions.pair(sentence.text) and _shared(near))
        return PAIR if china and not _abroad(near) else NONE
    return OTHER if mentions.world(near, near) and not _shared(near) else NONE


def _implied(sentence: Mentions, part: Part, context: Context, before: str) -> str:
    """Return what a figure is of where its own words name one country at most: as its sentence and the text have it."""
    near, whole = f"{part.phrase} {part.cell}", sentence.text
    foreign = mentions.elsewhere(whole)
    here = mentions.pair(whole) or mentions.pair(sentence.words.lower()) or names_both(sentence)
    if mentions.china(near):
        # "supplies from China" behind a sentence on the two
        goes_on = context.topic == PAIR and not foreign and re.search(r"\b(?:from|to) china\b", near)
        named = mentions.russia(whole) or mentions.pair(whole) or goes_on
        return PAIR if named and (here or not foreign) and not (foreign and not names_both(sentence)) else OTHER
    if mentions.russia(near):
        near_by = context.topic != OTHER or context.of_china or (context.paired and not context.abroad)
        flows = bool(re.search(r"\b(?:from|to|with) russia\b", near)) and near_by and not foreign
        return PAIR if flows or context.topic == PAIR else OTHER
    if before == OTHER and re.match(r"(?:and )?its (?:exports?|imports?)\b", part.phrase):
        return OTHER
    if here and (names_both(sentence) or not foreign):
        return PAIR
    away = foreign or mentions.world(whole, sentence.words)
    # the other flow of the same two: "exports to Russia dropped 8.8%, while imports were down 8.2%"
    goes_on = before == PAIR and re.search(r"\b(?:export|import)", part.phrase)
    return PAIR if (context.topic == PAIR or goes_on) and not away else OTHER


def _both(words: str) -> bool:
    return mentions.russia(words) and mentions.china(words)


def _shared(words: str) -> bool:
    return bool(re.search(r"\bshares?\b|\baccount\w* for\b|% of\b|per ?cent of\b", words))


def _abroad(words: str) -> bool:
    """Return whether Russia's trade with all the world is meant."""
    return mentions.world(words, words) and not _shared(words) and not mentions.china(words)


def names_both(sentence: Mentions) -> bool:
    """Return whether a sentence names both countries, in its own words or in English."""
    words = sentence.words.lower()
    return _both(sentence.text) or (names_russia(words) and names_china(words))


def _goes_on(sentence: Mentions, part: Part, context: Context) -> bool:
    """Return whether a sentence without a flow goes on with that of the sentence before."""
    text = re.sub(r"^(?:as|according to) [^,]{1,90},(?: citing [^,]{1,80},)? ?", "", sentence.blank)
    text = re.sub(r"^[\s,\"'(]*(?:(?:in|for|over|during) (?:the )?)?[\s,_]*", "", text)
    text = re.sub(
        r"^(?:(?:us )?(?:dollar|yuan)s?(?: terms)?|(?:annual|value|money) terms|year-on-year|however"
        r"|at the same time)[\s,_]*",
        "",
        text,
    )
    goes_on = regex("^{goes_on}").match(text) or regex("{goes_on_written}").match(sentence.words.lower())
    if context.topic != PAIR or context.spoken > 1 or not goes_on:
        return False
    subject = f"{sentence.text[: part.figure.end]} {part.cell}"
    return not (mentions.elsewhere(subject) or mentions.world(subject, subject)) and not re.search(
        r"\b(?:gdp|people|population|share price|tons?|tonnes?)\b", part.cell
    )


def without_numbers(piece: str, context: Context) -> Context:
    """Return what a sentence without numbers changes: it may turn to other countries, or back to the two."""
    words = mentions.normal(piece).lower()
    if mentions.pair(words) or (names_russia(words) and names_china(words)):
        flow, side = _one_flow(piece)
        return replace(context, topic=PAIR, spoken=0, paired=True, abroad=False, flow=flow, side=side)
    other = mentions.elsewhere(words) or mentions.world(words, words) or names_china(words) or names_russia(words)
    abroad = mentions.elsewhere(words) and names_russia(words)
    return replace(context, topic=OTHER, flow="", side="", abroad=abroad) if other else context


def _one_flow(piece: str) -> tuple[str, str]:
    """Return flow and side of a sentence that speaks of one flow: "Russia's exports to China are on the rise"."""
    sentence = mentions.read(piece)
    named = {vocabulary.flow(scopes.phrase(sentence, one)) for one in sentence.flows}
    return named.pop() if len(named) == 1 else ("", "")


def names_russia(words: str) -> bool:
    """Return whether words of any of the languages name Russia."""
    return mentions.russia(words) or mentions.has("russia_written", words)


def names_china(words: str) -> bool:
    """Return whether words of any of the languages name China."""
    return mentions.china(words) or mentions.has("china_written", words)


def of_china_with_all(sentence: Mentions) -> bool:
    """Return whether a sentence is of China's trade with all, whose months the next one goes on with."""
    words = sentence.words.lower()
    return names_china(words) and not mentions.elsewhere(sentence.text) and mentions.world(sentence.text, words)


def of_sentence(sentence: Mentions, context: Context) -> str:
    """Return what a sentence without figures speaks of."""
    text = sentence.text
    if mentions.pair(text) or mentions.pair(sentence.words.lower()) or names_both(sentence):
        return PAIR
    if mentions.elsewhere(text) or mentions.world(text, sentence.words) or mentions.china(text):
        return OTHER
    return context.topic
