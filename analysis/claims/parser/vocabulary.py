"""What a reader's words speak of: flows and whose they are, more or less, and what customs do not know."""

import re
from typing import Final

from analysis.claims.parser.words import regex, several, table
from analysis.points import FLIPPED

# the whole that a share is a part of: a country's trade, the trade of the two, China's imports of the goods
TRADE: Final = "trade"
PAIR: Final = "pair"
ORIGIN: Final = "origin"
_UNTOLD: Final = "claims.untold.{}"
_ASIDE: Final = frozenset(
    _UNTOLD.format(name) for name in ("arms", "securities", "investment", "economy", "people", "exchange_rate")
)
_CHINA: Final = r"\b{china}(?:'s)?\b"
# the flow and the side that counts it, by the name of the pattern
_FLOWS: Final = {
    "balance": ("balance", ""),
    "sold_by_russia": ("export", "RUS"),
    "bought_by_russia": ("import", "RUS"),
    "carried_to_russia": ("export", "CHN"),
    "carried_from_russia": ("import", "CHN"),
    "export": ("export", "CHN"),
    "import": ("import", "CHN"),
}
_BOTH_WAYS: Final = r"\b{both_ways}\b"
_SIGNS: Final = {"more": ">", "less": "<"}
_HAN: Final = re.compile(r"[\u3400-\u9fff]").match  # a Chinese word may be a single letter
_NEAR: Final = 60  # letters before a number in which its bound stands
_BETWEEN: Final = r"\s*(?:(?:an?|the|by)(?: |$)|us\$|\$|usd|¥|cny|rmb|[+-] ?)*\s*$"


def untold(words: str) -> str:
    """Return the key of why customs data cannot tell what the words speak of; empty where they may."""
    fits = (name for name, pattern in table("untold").items() if regex(pattern).search(words))
    return next((_UNTOLD.format(name) for name in fits), "")


def aside(words: str) -> bool:
    """Return whether the words speak of what is no trade at all: output, people, money lent, shares, soldiers."""
    return untold(words) in _ASIDE


def elsewhere(words: str) -> str:
    """Return the other country that the words name, or empty."""
    match = regex(r"\b{elsewhere}\b").search(words)
    return match[0] if match else ""


def flow(words: str) -> tuple[str, str]:
    """Return the flow and the side that counts it, as the words put it; trade both ways where they do not."""
    both = regex(_BOTH_WAYS).search(words)
    theirs = re.search(
        r"(?<!with )(?<!from )(?<!to )(?<!and )(?<!-)\brussia(?:n|'s)? (?:\w{1,12} ){0,4}(?:deficit|surplus|balance)"
        r"|(?:deficit|surplus|balance) (?:of|for|in|on) (?:the )?russia"
        r"|(?:deficit|surplus|balance) (?:in trade )?with china",
        words,
    )
    for name, pattern in table("flows").items():
        if regex(pattern).search(words) and not (both and name != "balance"):
            named, side = _FLOWS[name]
            return named, side or ("RUS" if theirs else "CHN")
    return "total", "CHN"


def sold_by_russia(codes: tuple[str, ...], flow: str, side: str, words: str) -> bool:
    """Return whether goods are what Russia sells China: fuels are, unless the words say that China sells them."""
    if side != "CHN" or not all(code.startswith("27") for code in codes):
        return False
    theirs = _CHINA + r" (?:sold|sells|exports?|exported|sales)|(?:exports?|sales|shipments?) to russia"
    return flow == "total" or (flow == "export" and not regex(theirs).search(words))


def as_china_counts(flow: str, side: str) -> str:
    """Return a flow of a side as China counts it: Russia's exports are China's imports."""
    return FLIPPED.get(flow, flow) if side == "RUS" else flow


def named(words: str) -> bool:
    """Return whether the words name a trade: a country, a flow, or trade itself."""
    patterns = (r"\brussia(?:n|'s)?\b", _CHINA, _BOTH_WAYS, *table("flows").values())
    return any(regex(pattern).search(words) for pattern in patterns)


def falls(words: str) -> bool:
    """Return whether the words speak of less."""
    return bool(regex(r"\b{down}\b").search(words))


def bound(before: str) -> str:
    """Return ``>`` or ``<`` where the words before a number say more or less than it; empty for the number itself."""
    near = before[-_NEAR:]
    fits = (name for name, pattern in table("bounds").items() if regex(pattern + _BETWEEN).search(near))
    return next((_SIGNS[name] for name in fits), "")


def passed_over(words: str) -> list[str]:
    """Return the words that mean nothing here, in order, each once."""
    met = re.findall(r"[^\W\d_][\w'’/-]*", words)
    known = {*several("filling")}
    return list(dict.fromkeys(word for word in met if word not in known and len(word) > (0 if _HAN(word) else 2)))
