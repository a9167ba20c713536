"""What the parser is given of a figure: its words, its flow and whose that is, and its money."""

import re
from typing import Final

from analysis.claims.parser import vocabulary
from analysis.claims.parser.parse import FigureWords
from analysis.claims.parser.typed import GROWTH
from analysis.claims.parser.words import regex, table
from analysis.claims.texts import mentions, scopes
from analysis.claims.texts.carried_months import ReadFigure, base_of
from analysis.claims.texts.mentions import Mentions
from analysis.claims.texts.months import When
from analysis.claims.texts.scopes import Part
from analysis.claims.texts.topics import Context


def of(sentence: Mentions, part: Part, when: When, context: Context, read: list[ReadFigure]) -> FigureWords:
    """Return what the parser is given of a figure; ``read`` are those before it in its sentence."""
    scope = f"{part.scope} tonnes" if scopes.of_quantity(sentence, part) else part.scope
    flow, side = _in_order(sentence, part)
    if other := _led_to(sentence, part, read) or _russian_goods(part, read) or _other_way(sentence, part, context):
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
    # what another rate is set beside is no bound
    before = "" if part.figure.beside and number.unit == "percent" else part.before
    return FigureWords(sentence.words, scope, before, number, when.span, when.months, base_of(when), flow, side)


def _led_to(sentence: Mentions, part: Part, read: list[ReadFigure]) -> str:
    """Return the flow of the rate that an amount right behind it goes with, as China counts it; empty for none.

    "Russia raised them by 4.1%, to 20.75 billion".
    """
    if not read:
        return ""
    before, _, rate = read[-1]
    if part.figure.number.unit == "percent":  # "imported $16.8 bn of goods to Russia, a 12.5% increase in imports"
        turned = regex(table("flows")["carried_to_russia"]).search(sentence.text[: part.figure.start])
        return rate.flow if turned and part.figure.rightward and rate.flow == "export" else ""
    between = sentence.blank[before.figure.end : part.figure.start]
    if rate.measure != GROWTH or not re.fullmatch(_TO_AMOUNT, between):
        return ""
    return vocabulary.as_china_counts(rate.flow, rate.side)


_TO_AMOUNT: Final = r" ?,? ?(?:up |down )?to ?"


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
        return turned.get(vocabulary.as_china_counts(named, side), "")
    named, side = vocabulary.flow(part.phrase)
    seller = vocabulary.as_china_counts(named, side)
    subject = regex(r"(?:^|(?<!russia)(?<!china)[,;] ?|\band )(?:while |whereas )?(russia|china) {changes}\b").search(
        part.before
    )
    if seller not in turned or subject is None or re.search(r"(?:from|with) (?:russia|china)$", part.phrase):
        return ""
    return {("export", "russia"): "import", ("import", "china"): "export"}.get((seller, subject[1]), "")


def _russian_goods(part: Part, read: list[ReadFigure]) -> str:
    """Return the flow of "Russian imports" beside China's exports of the same sentence: of Russian goods into China."""
    beside = any(one.flow == "export" and one.side == "CHN" for _, _, one in read)
    return "import" if beside and re.search(r"(?:^|\bin |\bthe )russian imports?(?: to)?$", part.phrase) else ""


def _in_order(sentence: Mentions, part: Part) -> tuple[str, str]:
    """Return flow and side of a figure where two flows and two figures go "respectively"; empty elsewhere."""
    if part.flow is None or not mentions.has("respectively", sentence.words.lower()):
        return "", ""
    start, _ = mentions.around(sentence, part.flow.start, part.flow.end, sentence.hard)
    named = re.findall(r"\b(export|import)", sentence.blank[start : part.flow.end])
    starts = [
        one.start
        for one in sentence.figures
        if one.number.unit == part.figure.number.unit and one.start >= part.flow.end
    ]
    place = starts.index(part.figure.start) if part.figure.start in starts else len(starts)
    if place > 1:
        return "", ""
    phrases = [scopes.phrase(sentence, one) for one in sentence.flows if start <= one.start <= part.flow.start]
    if len(phrases) == 2 and all(mentions.russia(one) or mentions.china(one) for one in phrases):
        return vocabulary.as_china_counts(*vocabulary.flow(phrases[place])), "CHN"
    return (str(named[place]), "") if len(named) == 2 else ("", "")


def _side_before(sentence: Mentions, part: Part) -> str:
    """Return whose flows the flow before in the same sentence are of."""
    before = [flow for flow in sentence.flows if part.flow and flow.end <= part.flow.start]
    for flow in reversed(before):
        words = scopes.phrase(sentence, flow)
        if mentions.russia(words) or mentions.china(words):
            named, side = vocabulary.flow(words)
            return side if named in {"export", "import"} else ""
    return ""


def money_said(sentence: Mentions) -> str:
    """Return the one currency that a sentence says its rates are in: "in yuan terms"; empty for none, or for both."""
    named = {
        name
        for name, words in (("USD", "dollars?"), ("CNY", "(?:yuan|renminbi|rmb)"))
        if re.search(
            rf"\b(?:in|by) (?:us |u\.s\. )?{words}\b|\b{words}(?:[ -]terms|[ -]denominated| (?:exports?"
            rf"|imports?|trade|value))",
            sentence.text,
        )
    }
    return named.pop() if len(named) == 1 else ""


def _money_of(sentence: Mentions, part: Part, context: Context) -> str:
    """Return the currency that a rate is in: as the sentence says, else that of the amount beside it."""
    if said := money_said(sentence):
        return said
    if not re.search("[0-9]", sentence.text[part.figure.start : part.figure.end]):
        return ""  # a word such as "a third" is said of no currency
    money = [one for one in sentence.figures if one.number.unit != "percent" and one.number.currency]
    # an amount in brackets behind another is the newspaper's conversion of it
    money = [one for one in money if not re.search(r"_ ?\( ?(?:\w+ ){0,2}$", sentence.blank[: one.start])]
    start = part.flow.start if part.flow else 0
    _, end = mentions.around(sentence, part.figure.start, part.figure.end, sentence.flows)
    after = [one for one in money if part.figure.end <= one.start < end][:1]
    before = [one for one in money if start <= one.start < part.figure.start][-1:]
    within = [one for one in (*after, *before) if not scopes.apart(sentence, one, part.figure)]
    near = (*within, *before, *after)
    return near[0].number.currency if near else context.currency if part.flow is None else ""
