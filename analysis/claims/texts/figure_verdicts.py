"""What a figure of a text comes out as: left alone, beyond customs, doubted, or judged as a typed claim is."""

import re
from dataclasses import replace
from typing import Final

from analysis.claims import claim_figures, reader_claim, reading
from analysis.claims.parser import vocabulary
from analysis.claims.parser.typed import GROWTH, LEVEL, Typed
from analysis.claims.parser.words import regex
from analysis.claims.texts import mentions, scopes
from analysis.claims.texts.carried_months import ReadFigure
from analysis.claims.texts.mentions import Mentions
from analysis.claims.texts.months import When
from analysis.claims.texts.scopes import Part
from analysis.claims.verdicts import HOLDS, NOT, OPEN, OTHERWISE, REVISED, SPLIT, UNTESTED, Verdict
from analysis.dataset import Dataset
from analysis.recomputations.figures import Message, half_digit, message


def is_left_alone(sentence: Mentions, part: Part) -> bool:
    """Return whether a number is a wish, a difference between two amounts, or a rate of a quantity."""
    before = re.sub(r" - [^-]{2,90} - ", " , ", scopes.thought_before(sentence, part))  # what is put in
    cell = f"{part.before} {re.split(_NEXT, part.after)[0]}"
    if (mentions.is_plan(cell) or mentions.is_plan(before)) and not _raised_from(sentence, part):
        return True
    return vocabulary.aside(part.cell)


def _raised_from(sentence: Mentions, part: Part) -> bool:
    """Return whether an amount is what a plan sets out from, of a year that it names: "from $107 bn in 2018 to ..."."""
    years = [one for one in sentence.windows if one.span and not one.date]
    near = (min(abs(one.start - part.figure.end), abs(part.figure.start - one.end)) for one in years)
    led = re.search(r"\bfrom(?: the)?[\s_]*$", sentence.blank[: part.figure.start])
    return led is not None and part.figure.number.unit != "percent" and any(far <= _CLOSE for far in near)


_CLOSE: Final = 8  # letters between a figure and its year
_NEXT: Final = r"\band (?:is|are|was|were|will|has|have|should|could|would)\b"  # another thought of the same subject


def is_difference(part: Part) -> bool:
    """Return whether an amount is how much more or less, not how much."""
    money = part.figure.number.unit != "percent"
    return money and bool(regex(_MORE_OR_LESS).search(part.before))


_MORE_OR_LESS: Final = (
    r"\b{more_or_less}(?: an?| about| nearly| some| around| almost| more than| less than| over| roughly)*$"
)


def judged(dataset: Dataset, claim: Typed, when: When, *, money_said: bool = True) -> Verdict:
    """Judge a figure; where its months are not known without doubt, say so.

    A rate that has its currency from the amount beside it alone may be in the other: newspapers set yuan rates
    beside dollars.
    """
    verdict = reader_claim.judged(dataset, claim)
    if verdict.verdict in {NOT, OTHERWISE} and claim.measure == GROWTH and claim.currency and not money_said:
        other = reader_claim.judged(dataset, replace(claim, currency=""))
        verdict = other if other.verdict == SPLIT else verdict
    if claim.bound and verdict.sentences[0].key.startswith("claims.unnamed."):
        verdict = replace(verdict, verdict=OPEN)
    if claim.span is not None or claim.untold or claim.missing:
        return verdict
    if when.unsure and not claim_figures.unknown_ware(dataset, claim):
        unsure = (message("claims.text.unsure"),)
        return replace(verdict, verdict=OPEN, sentences=unsure, bases=(), elsewhere=(), searched=())
    return replace(verdict, verdict=OPEN) if verdict.verdict in {NOT, UNTESTED} else verdict


def over_month_too(sentence: Mentions, part: Part, read: list[ReadFigure]) -> bool:
    """Return whether a rate that does not say what it is over follows one of the same months over the month before.

    "Trade rose by 7.1% month-on-month, with a 6.2% rise in imports".
    """
    rates = [one for before, _, one in read if before.figure.number.unit == "percent"]
    if part.figure.number.unit != "percent" or not rates or not rates[-1].untold:
        return False
    near = sentence.text[part.figure.start : part.figure.end + scopes.NEAR]
    over_year = mentions.names_year_before(near) or re.search(r"\b(?:year-on-year|annual|yearly|y/y)\b", near)
    return rates[-1].untold.key == "claims.untold.previous_month" and not over_year


def converted(verdict: Verdict, sentence: Mentions, part: Part, read: list[ReadFigure]) -> Verdict:
    """Return what is said of an amount in brackets behind one of another currency: it is no figure of its own."""
    near = verdict.verdict == REVISED and verdict.sentences[0].key.startswith("claims.within")
    if not read or (verdict.verdict not in {NOT, OTHERWISE} and not near):
        return verdict
    before, _, amount = read[-1]
    behind = sentence.blank[before.figure.end : part.figure.start]
    other = {amount.currency, part.figure.number.currency} == {"USD", "CNY"} and amount.measure == LEVEL
    if not (other and part.figure.number.unit != "percent" and re.fullmatch(_IN_BRACKETS, behind)):
        return verdict
    sentences = message("claims.text.converted", amount=reading.number(amount)), _figures_of(verdict)
    return replace(verdict, verdict=UNTESTED, sentences=sentences, elsewhere=(), searched=())


def of_two_flows(verdict: Verdict, claim: Typed, before: list[tuple[Typed, Verdict]]) -> Verdict:
    """Return what is said of a balance that the exports and imports of the text leave, where both hold."""
    if claim.flow != "balance" or claim.measure != LEVEL or verdict.verdict not in {NOT, OTHERWISE}:
        return verdict
    both = {
        claim_figures.flow_of(one): float(one.number)
        for one, what in before
        if (one.span, one.unit) == (claim.span, claim.unit) and what.verdict in {HOLDS, REVISED}
    }
    left = both["export"] - both["import"] if {"export", "import"} <= {*both} else None
    if left is None or abs(left - float(claim.number)) > 3 * half_digit(claim.number):
        return verdict
    sentences = message("claims.text.two_flows"), _figures_of(verdict)
    return replace(verdict, verdict=REVISED, sentences=sentences, elsewhere=(), searched=())


def of_russia(verdict: Verdict) -> Verdict:
    """Return what is said of a number of Russia's statistics: China's count alone refutes none."""
    counted = {one.basis.counted_by for one in verdict.bases if one.basis}
    if verdict.verdict not in {NOT, OTHERWISE} or not counted or counted & {"RUS", "IMF"}:
        return verdict
    return replace(verdict, verdict=UNTESTED, sentences=(_figures_of(verdict),), elsewhere=(), searched=())


def _figures_of(verdict: Verdict) -> Message:
    """Return the sentence that names the figures of the months themselves."""
    return verdict.sentences[1 if verdict.verdict == OTHERWISE else 0]


_IN_BRACKETS: Final = r" ?(?:\(|, or) ?(?:\w+ ){0,4}"
