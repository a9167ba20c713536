"""What a figure of a text comes out as: left alone, beyond customs, doubted, or judged as a typed claim is."""

import re
from dataclasses import replace
from typing import Final

from analysis.claims import claim_figures, reader_claim, reading
from analysis.claims.parser import vocabulary
from analysis.claims.parser.typed import LEVEL, Typed
from analysis.claims.parser.words import regex
from analysis.claims.texts import mentions, scopes
from analysis.claims.texts.carried_months import ReadFigure
from analysis.claims.texts.mentions import Mentions
from analysis.claims.texts.months import When
from analysis.claims.texts.scopes import Part
from analysis.claims.verdicts import NOT, OPEN, OTHERWISE, UNTESTED, Verdict
from analysis.dataset import Dataset
from analysis.recomputations.figures import Message, message


def is_left_alone(sentence: Mentions, part: Part) -> bool:
    """Return whether a number is a wish, a difference between two amounts, or a rate of a quantity."""
    before = re.sub(r" - [^-]{2,90} - ", " , ", scopes.thought_before(sentence, part))  # what is put in
    cell = f"{part.before} {re.split(_NEXT, part.after)[0]}"
    if mentions.is_plan(cell) or mentions.is_plan(before):
        return True
    return vocabulary.aside(part.cell)


_NEXT: Final = r"\band (?:is|are|was|were|will|has|have|should|could|would)\b"  # another thought of the same subject


def is_difference(part: Part) -> bool:
    """Return whether an amount is how much more or less, not how much."""
    money = part.figure.number.unit != "percent"
    return money and bool(regex(_MORE_OR_LESS).search(part.before))


_MORE_OR_LESS: Final = (
    r"\b{more_or_less}(?: an?| about| nearly| some| around| almost| more than| less than| over| roughly)*$"
)


def judged(dataset: Dataset, claim: Typed, when: When) -> Verdict:
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


def converted(verdict: Verdict, sentence: Mentions, part: Part, read: list[ReadFigure]) -> Verdict:
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
