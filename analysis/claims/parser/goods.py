"""The goods and the whole that a reader's words name: codes of the Harmonized System, what a share is a part of."""

import re
from typing import Final

from analysis.claims.parser.vocabulary import ORIGIN, PAIR, TRADE
from analysis.claims.parser.words import regex, table
from analysis.measures.energy.definitions import FUELS

_GAS: Final = ("lng", "pipeline_gas")  # what gas may be where no kind is named
_PRODUCTS: Final = r"\b{products}\b"
_HS: Final = (
    r"\b(?:hs|chapter|heading|code) ?(?:code|chapter|heading)? ?(?:no\.? ?)?([0-9]{6}|[0-9]{4}|[0-9]{2})\b(?! ?%)"
)
_ALL: Final = r"\ball of (?=hs|chapter)"
# what follows is the whole of a share
_OF: Final = r"(?:%|percent|per cent|pct) of (?!growth)|\bshare(?: of [0-9.,]{1,9} ?(?:%|percent))? (?:of|in) (?![0-9])"
_ENDS: Final = r"[,;.]|\b(?:was|were|is|are|fell|rose|in|by|to|during|which|while)\b(?! china| russia)|[0-9]"
_FAR: Final = 80  # letters of a whole
# goods in general words, which no code of the Harmonized System stands for
_GENERAL_GOODS: Final = (
    r"\b({general_goods})(?: and \w{1,20})? (?:products?|goods|materials|commodities|trade|exports?|imports?)\b"
)


def goods(words: str) -> tuple[tuple[str, ...], str]:
    """Return the codes of the Harmonized System of the goods named, and the words left; no codes for all trade."""
    if coded := re.search(_HS, words):
        return (coded[1],), re.sub(_ALL, " ", words).replace(coded[0], " ")
    without = regex(_PRODUCTS).sub(" ", words)
    if without != words and not re.search(r"\b(?:with|and) (?:oil )?products\b", words):
        return ("2710",), without
    codes, left = _fuels(without)
    return (codes, left) if codes else _chapters(left)


def _fuels(words: str) -> tuple[tuple[str, ...], str]:
    met: list[str] = []
    left = words
    for name, pattern in table("fuels").items():
        if regex(pattern).search(left):
            met += [fuel for fuel in (_GAS if name == "gas" else (name,)) if fuel not in met]
            left = regex(pattern).sub(" ", left)
    left, everything = regex("{energy}").subn(" ", left)
    if len(met) > 3 or (everything and not met):
        return tuple(code for codes in FUELS.values() for code in codes), left
    return tuple(code for fuel in met for code in FUELS[fuel]), left


def _chapters(words: str) -> tuple[tuple[str, ...], str]:
    for code, pattern in table("chapters").items():
        if regex(pattern).search(words):
            return (code,), regex(pattern).sub(" ", words)
    return (), words


def ware(words: str, passed: tuple[str, ...]) -> str:
    """Return the word, of those that mean nothing here, that stands where goods are named; empty for none.

    Goods stand before a flow ("smartphone exports") or after one ("imports of soybeans"; in Chinese and
    Russian without the "of").
    """
    if made := regex(_GENERAL_GOODS).search(words):
        return made[1]
    flow = regex("{flow}").pattern
    for word in passed:
        named = re.escape(word)
        of = "of " if word.isascii() else "(?:of )?"
        if re.search(rf"\b{named} {flow}\b|\b{flow} {of}(?:\w+ )?{named}\b", words):
            return word
    return ""


def is_share(words: str) -> bool:
    """Return whether a percentage is a part of a whole, not a change."""
    return bool(re.search(rf"{_OF}|\bshares?\b|\baccount(?:s|ed|ing)? for\b", words))


def whole(words: str) -> str:
    """Return the words of the whole that a share is a part of, such as ``china's oil imports``; empty for none."""
    match = re.search(_OF, words)
    if match is None:
        return ""
    after = words[match.end() : match.end() + _FAR]
    end = re.search(_ENDS, after)
    return after[: end.start()].strip() if end else after.strip()


def kind(words: str, codes: tuple[str, ...]) -> str:
    """Return which whole a share names: a country's trade, the trade of the two, or imports of the goods themselves."""
    part = whole(words)
    if not codes:
        return TRADE
    if regex("{between_them}").search(part) or not goods(part)[0]:
        return PAIR
    return ORIGIN


def side(words: str) -> tuple[str, str]:
    """Return whose trade a share is of, and which flow of it; empty where the words do not say."""
    whose = r"\b(china(?:'s)?|chinese|russia(?:'s|n)?) (?:(?:total|overall|whole|foreign|external|international) ){0,2}"
    match = re.search(rf"{whose}(exports?|imports?|trade|turnover)\b", whole(words) or words)
    if match is None:
        return "", ""
    flows = {"e": "export", "i": "import"}
    return ("RUS" if "russia" in match[1] else "CHN"), flows.get(match[2][0], "total")


def by_weight(words: str) -> bool:
    """Return whether a share is of the weight, not of the value."""
    return bool(regex("{by_weight}").search(words))
