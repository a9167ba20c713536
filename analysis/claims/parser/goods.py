"""The goods and the whole that a reader's words name: codes of the Harmonized System, what a share is a part of."""

import re
from typing import Final

from analysis.claims.parser.vocabulary import ORIGIN, PAIR, TRADE
from analysis.measures.energy.definitions import FUELS

_PRODUCTS: Final = r"\b(?:(?:oil|petroleum|refined|energy) products?|refined oil)\b"
_FUEL_WORDS: Final = (
    (r"\bcoal\b", ("coal",)),
    (r"\blng\b|\bliquefied (?:natural )?gas\b", ("lng",)),
    (r"\b(?:pipeline|piped) (?:natural )?gas\b", ("pipeline_gas",)),
    (r"\bcrude(?: oil)?\b|\boil\b|\bpetroleum\b", ("crude",)),
    (r"\b(?:natural )?gas\b", ("lng", "pipeline_gas")),
)
_ENERGY: Final = r"\benergy(?: bill)?\b|\b(?:four |fossil |mineral )?fuels?\b|\bhydrocarbons?\b|\bthe bill\b"
_CHAPTERS: Final = (
    (r"\bores?\b", "26"),
    (r"\b(?:wood|timber)\b", "44"),
    (r"\bmachinery\b", "84"),
    (r"\belectrical (?:goods|machinery|equipment)\b", "85"),
    (r"\b(?:passenger )?cars?\b|\bautomobiles?\b", "8703"),
    (r"\b(?:trucks?|lorr(?:y|ies))\b", "8704"),
    (r"\bvehicles?\b", "87"),
    (r"\b(?:grain|cereals)\b", "10"),
    (r"\bfertili[sz]ers?\b", "31"),
    (r"\b(?:fish|seafood)\b", "03"),
    (r"\bcopper\b", "74"),
    (r"\bnickel\b", "75"),
    (r"\balumini?um\b", "76"),
)
_HS: Final = (
    r"\b(?:hs|chapter|heading|code) ?(?:code|chapter|heading)? ?(?:no\.? ?)?([0-9]{6}|[0-9]{4}|[0-9]{2})\b(?! ?%)"
)
_ALL: Final = r"\ball of (?=hs|chapter)"
# what follows is the whole of a share
_OF: Final = r"(?:%|percent|per cent|pct) of (?!growth)|\bshare(?: of [0-9.,]{1,9} ?(?:%|percent))? (?:of|in) (?![0-9])"
_ENDS: Final = r"[,;.]|\b(?:was|were|is|are|fell|rose|in|by|to|during|which|while)\b(?! china| russia)|[0-9]"
_FAR: Final = 80  # letters of a whole
_BETWEEN_THEM: Final = (
    r"\bfrom russia\b|\brussia(?:n|'s) (?:\w{1,20} )?exports?\b|(?<!imports )\bto (?:china|russia)\b|\bbetween\b"
)
_BY_WEIGHT: Final = r"\b(?:volume|weight|tonnage) share\b|\bby (?:weight|volume|quantity|tonnage|mass)\b"


def goods(words: str) -> tuple[tuple[str, ...], str]:
    """Return the codes of the Harmonized System of the goods named, and the words left; no codes for all trade."""
    if coded := re.search(_HS, words):
        return (coded[1],), re.sub(_ALL, " ", words).replace(coded[0], " ")
    if re.search(_PRODUCTS, words) and not re.search(r"\b(?:with|and) (?:oil )?products\b", words):
        return ("2710",), re.sub(_PRODUCTS, " ", words)
    codes, left = _fuels(re.sub(_PRODUCTS, " ", words))
    return (codes, left) if codes else _chapters(left)


def _fuels(words: str) -> tuple[tuple[str, ...], str]:
    met: list[str] = []
    left = words
    for pattern, fuels in _FUEL_WORDS:
        if re.search(pattern, left):
            met += [fuel for fuel in fuels if fuel not in met]
            left = re.sub(pattern, " ", left)
    everything = bool(re.search(_ENERGY, left))
    left = re.sub(_ENERGY, " ", left)
    if len(met) > 3 or (everything and not met):
        return tuple(code for codes in FUELS.values() for code in codes), left
    return tuple(code for fuel in met for code in FUELS[fuel]), left


def _chapters(words: str) -> tuple[tuple[str, ...], str]:
    chapter = next((one for one in _CHAPTERS if re.search(one[0], words)), None)
    if chapter is None:
        return (), words
    pattern, code = chapter
    return (code,), re.sub(pattern, " ", words)


# goods in general words, which no code of the Harmonized System stands for
_GENERAL_GOODS: Final = (
    r"\b(agricultural|agri[- ]?food|farm|food|mechanical|electromechanical|high-tech|industrial|consumer)"
    r"(?: and \w{1,20})? (?:products?|goods|commodities|trade|exports?|imports?)\b"
)


def ware(words: str, passed: tuple[str, ...]) -> str:
    """Return the word, of those that mean nothing here, that stands where goods are named; empty for none.

    Goods stand before a flow ("smartphone exports") or after one ("imports of soybeans"; in Chinese and
    Russian without the "of").
    """
    flow = r"(?:exports?|imports?|sales|shipments?|deliveries|supplies|purchases)"
    if made := re.search(_GENERAL_GOODS, words):
        return made[1]
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
    if re.search(_BETWEEN_THEM, part) or not goods(part)[0]:
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
    return bool(re.search(_BY_WEIGHT, words))
