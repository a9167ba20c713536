"""Numbers in a reader's words: digits as printed, unit, currency."""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from analysis.claims.parser import vocabulary

SCALES: Final = (
    (r"(?:tn|trn|trln|trillions?)\b", 1e12, "trn"),
    (r"(?:bn|bln|billions?|b|mrd|milliards?)\b", 1e9, "bn"),
    (r"(?:mn|mln|millions?|m)\b", 1e6, "mln"),
)
_SCALE: Final = "|".join(pattern for pattern, _, _ in SCALES)
_DIGITS: Final = (
    r"[0-9]{1,3}(?:[ ,.'’][0-9]{3}){1,6}(?:[.,][0-9]{1,9})?(?![0-9])|[0-9]{1,18}(?:[.,][0-9]{1,18})?(?![0-9])"
)
_DOLLAR: Final = r"us ?\$|usd|\$|(?:us |u\.s\. )?dollars?\b"
_YUAN: Final = r"¥|￥|cny|rmb|yuan\b|renminbi\b|元"
_NUMBER: Final = re.compile(
    rf"(?P<sign>(?<![0-9a-z])[+-])? ?(?P<before>us ?\$|usd|\$|¥|￥|cny|rmb)? ?(?<![0-9a-z.,])(?P<digits>{_DIGITS})"
    rf"[ -]{{0,3}}(?P<unit>%|per ?cent\b|pct\b|(?:{_SCALE}))? ?(?:of )?(?P<after>{_DOLLAR}|{_YUAN})?"
)
_COUNTS: Final = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_FACTORS: Final = {"doub": 2.0, "twic": 2.0, "trip": 3.0, "treb": 3.0, "quad": 4.0, "halv": 0.5}
_MANY: Final = rf"(?:{'|'.join(_COUNTS[1:])}|[0-9]{{1,3}}(?:\.[0-9]{{1,3}})?)"
_MULTIPLE: Final = re.compile(
    r"\b(?P<word>doubl(?:ed?|es|ing)|twice|tripl(?:ed?|es|ing)|trebl(?:ed?|es|ing)|quadrupl(?:ed?|es|ing)|halv(?:ed?|es|ing))\b"
    rf"|(?<![0-9.,])(?P<fold>{_MANY})[ -]?fold\b|(?P<plus>\bplus )?(?<![0-9.,])(?P<times>{_MANY})(?: times\b|x\b)"
)
_LOOSE: Final = 0.025  # of the factor: doubled is 1.95 to 2.05 times
_LEAST: Final = 2.5  # points
_PERCENT: Final = ("%", "percent", "per cent", "pct")


class ReadNumber(NamedTuple):
    """A number with its printed digits and a point, its unit and currency, and where it stands in the text.

    ``slack`` is how far a word such as ``doubled`` reaches, in points; 0 for digits, which round.
    """

    digits: str
    unit: str
    currency: str
    place: int
    slack: float = 0.0


def read(text: str) -> ReadNumber | None:
    """Return digits, unit, currency and place of the first number that carries a unit, else of the first at all.

    ``text`` has single blanks. Where no number carries a unit, a multiple in words is one:
    ``doubled`` is 100 per cent more.
    """
    matches = [m for m in _NUMBER.finditer(text) if m["digits"]]
    carried = next((m for m in matches if _carries(m)), None)
    if carried is None and (many := _multiple(text)):
        return many
    if not matches:
        return None
    best = carried or next((m for m in matches if m["sign"]), matches[0])
    number = canonical(best["digits"])
    currency = _currency(best["before"] or best["after"] or "")
    unit = (best["unit"] or "").replace("per cent", "percent")
    place = best.start("before") if best["before"] else best.start("digits")
    if unit in _PERCENT:
        unit, currency = "percent", _only_currency(text)
    elif unit:
        unit = f"{next(name for pattern, _, name in SCALES if re.fullmatch(pattern, unit))}_{currency.lower()}"
    elif currency and float(number) >= 1e6:
        number, unit = _in_bn(number), f"bn_{currency.lower()}"
    elif currency:
        unit = f"_{currency.lower()}"
    sign = "-" if best["sign"] == "-" or (unit == "percent" and not best["sign"] and _down(text)) else ""
    return ReadNumber(sign + number, unit, currency, place)


def _multiple(text: str) -> ReadNumber | None:
    """Return a multiple in words as growth in per cent, within the rounding that a word has."""
    met = _MULTIPLE.search(text)
    if met is None:
        return None
    factor = _FACTORS[met["word"][:4]] if met["word"] else _factor(met["fold"] or met["times"])
    if met["plus"]:
        factor += 1  # times more, not times as much
    elif not met["word"] and factor > 1 and _down(text):
        factor = 1 / factor
    slack = max(100 * factor * _LOOSE, _LEAST)
    return ReadNumber(f"{100 * (factor - 1):.4g}", "percent", _only_currency(text), met.start(), slack)


def _factor(word: str) -> float:
    return float(_COUNTS.index(word) + 1) if word in _COUNTS else float(word)


def _carries(match: re.Match[str]) -> bool:
    return bool(match["unit"] or match["before"] or match["after"])


def others(text: str, place: int) -> list[str]:
    """Return the numbers with a unit, and the multiples in words, that are not the one tested."""
    matches = [m for m in _NUMBER.finditer(text) if m["digits"] and _carries(m)]
    matches += _MULTIPLE.finditer(text)
    return [m[0].strip() for m in matches if not m.start() <= place < m.end()]


def _down(text: str) -> bool:
    return vocabulary.falls(re.sub(r"\b(?:less|lower|fewer) than\b", " ", text))


def canonical(digits: str) -> str:
    """Return a printed number with a decimal point and no grouping: ``1,690.5``, ``1.690,5`` and ``1690,5`` agree."""
    digits = digits.replace("'", "").replace(" ", "")
    last = max(digits.rfind(","), digits.rfind("."))
    if last < 0:
        return digits
    mark, other = digits[last], "." if digits[last] == "," else ","
    grouped = digits.count(mark) > 1 or (mark == "," and len(digits) - last == 4 and not digits.startswith("0"))
    if grouped and other not in digits:
        return digits.replace(mark, "")
    return digits.replace(other, "").replace(mark, ".")


def _in_bn(number: str) -> str:
    """Write whole units in billions; trailing zeros are taken for rounding."""
    whole = number.partition(".")[0].rstrip("0")
    zeros = len(number.partition(".")[0]) - len(whole)
    decimals = max(0, 9 - zeros)
    return f"{float(number) / 1e9:.{decimals}f}"


def _currency(word: str) -> str:
    if not word:
        return ""
    return "USD" if re.fullmatch(_DOLLAR, word) else "CNY"


def _only_currency(text: str) -> str:
    """Return the one currency that the words name, for a rate."""
    named = {name for name, pattern in (("USD", _DOLLAR), ("CNY", _YUAN)) if re.search(pattern, text)}
    return named.pop() if len(named) == 1 else ""


def without(text: str) -> str:
    """Return the text without its numbers and multiples."""
    return _NUMBER.sub(" ", _MULTIPLE.sub(" ", text))
