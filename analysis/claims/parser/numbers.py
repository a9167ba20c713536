"""Numbers in a reader's words: digits as printed, unit, currency."""

import re
from itertools import pairwise
from typing import Final, NamedTuple

from analysis.claims.parser import spelled, vocabulary

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
    rf"(?P<sign>(?<![0-9a-z])[+-])? ?(?:(?P<before>us ?\$|\busd|\$|¥|￥|\bcny|\brmb) ?"
    rf"|(?<![0-9a-z.,]))(?P<digits>{_DIGITS})"
    rf"[ -]{{0,3}}(?P<unit>%|per ?cent\b|pct\b|(?:{_SCALE}))? ?(?:of )?(?P<after>{_DOLLAR}|{_YUAN})?"
)
_COUNTS: Final = spelled.COUNTS[:10]
_FACTORS: Final = {"doub": 2.0, "twic": 2.0, "trip": 3.0, "treb": 3.0, "quad": 4.0, "halv": 0.5}
_MANY: Final = rf"(?:(?:{'|'.join(_COUNTS[1:])})(?: and a half)?|[0-9]{{1,3}}(?:\.[0-9]{{1,3}})?)"
_MULTIPLE: Final = re.compile(
    r"\b(?P<word>doubl(?:ed?|es|ing)|twice|tripl(?:ed?|es|ing)|trebl(?:ed?|es|ing)|quadrupl(?:ed?|es|ing)|halv(?:ed?|es|ing))\b"
    rf"|(?<![0-9.,])(?P<fold>{_MANY})[ -]?fold\b|(?P<plus>\bplus )?(?<![0-9.,])(?P<times>{_MANY})(?: times\b|x\b)"
)
_LOOSE: Final = 0.025  # of the factor: doubled is 1.95 to 2.05 times
_LEAST: Final = 2.5  # points
_SHARES: Final = {"half": 2, "third": 3, "quarter": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8, "tenth": 10}
_FRACTION: Final = re.compile(
    r"\b(?:(?P<top>an?|one|two|three|four|five|seven|nine)[ -]"
    r"(?P<part>half|third|quarter|fifth|sixth|seventh|eighth|tenth)s?"
    r"|(?P<half>half)(?= of\b))\b"
    r"(?! (?:of )?(?:the )?(?:year\b(?!-)|[12][0-9]{3}|month|countr|part|highest|largest|biggest))"
)
_WORD_PERCENT: Final = re.compile(rf"\b(?P<count>{'|'.join(_COUNTS)}) (?:percent|per cent|pct|%)(?![a-z])(?! points?)")
_ABOUT: Final = (
    r"\b(?:nearly|almost|about|around|some|roughly|approximately|close to|circa|or so|just (?:over|under|above|below))"
    r"\s*(?:a |an |the |by |us ?\$|\$|usd|¥|cny|rmb)*\s*$"
)
_AHEAD: Final = 40  # letters before a number in which its "about" stands
_PERCENT: Final = ("%", "percent", "per cent", "pct")


class ReadNumber(NamedTuple):
    """A number with its printed digits and a point, its unit and currency, and where it stands in the text.

    ``slack`` is how far a word such as ``doubled`` or ``nearly`` reaches, in the number's unit; 0 for digits, which
    round. A ``multiple`` is growth, never a share.
    """

    digits: str
    unit: str
    currency: str
    place: int
    slack: float = 0.0
    multiple: bool = False


class PlacedNumber(NamedTuple):
    """A number in a longer text: what was read of it, where it stands, and whether its unit is said."""

    number: ReadNumber
    start: int
    end: int
    carries: bool
    in_words: bool = False


def every(text: str) -> list[PlacedNumber]:
    """Return all numbers of a text in their order, those in words with a unit among them; signs as they are printed.

    A fraction ("a fifth") and a number in words before "per cent" reach as far as a word does. An "about" before
    a whole number lets it reach as far; before decimals it adds half a unit of the last digit.
    """
    money = _only_currency(text)
    words = _words(text, money)
    taken = [(one.start, one.end) for one in words]
    digits = []
    for m in _NUMBER.finditer(text):
        found = _of_digits(m, money)
        if not any(start < m.end() and found.place < end for start, end in taken):
            end = max(m.end("after"), m.end("unit"), m.end("digits"))
            digits.append(PlacedNumber(found, found.place, end, bool(found.unit)))
    placed = _ranges(_alike(sorted([*words, *digits], key=lambda one: one.start), text), text)
    return [one._replace(number=_loosened(one.number, text)) for one in placed]


def _alike(placed: list[PlacedNumber], text: str) -> list[PlacedNumber]:
    """Give the first of two ends the unit of the second: "from 244.8 to 228.1 billion dollars", "$220-240 bn"."""
    out = list(placed)
    for place, (one, other) in enumerate(pairwise(placed)):
        unit = other.number.unit
        bare = one.number.unit in {"", f"_{other.number.currency.lower()}"} or unit == f"{one.number.unit}usd"
        bare = bare or (one.number.unit.startswith("_") and unit.endswith("_"))
        changed = re.search(r"\bfrom (?:us ?)?[$¥]?$", text[max(0, one.start - 10) : one.start])
        mark = " ?(?:-|to) ?(?:[$¥])?" if changed or one.number.unit else " ?- ?"
        if bare and unit and not other.in_words and re.fullmatch(mark, text[one.end : other.start]):
            currency = other.number.currency or one.number.currency
            unit = unit if unit == "percent" else f"{unit.partition('_')[0]}_{currency.lower()}"
            out[place] = one._replace(number=one.number._replace(unit=unit, currency=currency), carries=True)
            out[place + 1] = other._replace(number=other.number._replace(unit=unit, currency=currency))
    return out


def _ranges(placed: list[PlacedNumber], text: str) -> list[PlacedNumber]:
    """Make one number of two that are the ends of a range: "29 to 30 per cent", "between $190 bn and $191 bn"."""
    out: list[PlacedNumber] = []
    for one in placed:
        last = out[-1] if out else one
        between = re.search(r"\bbetween (?:us ?)?[$¥]?$", text[max(0, last.start - 12) : last.start])
        mark = "(?:and|-)" if between else "(?:-|to)"
        if out and re.fullmatch(rf" ?{mark} ?", text[last.end : one.start]) and _spans(last, one, text):
            out[-1] = PlacedNumber(_middle(last.number, one.number), last.start, one.end, one.carries)
        else:
            out.append(one)
    return out


def _spans(first: PlacedNumber, second: PlacedNumber, text: str) -> bool:
    """Return whether two numbers are ends of one range: of one unit, and no change "from" the first."""
    own, other = first.number, second.number
    alike = not own.unit or own.unit == other.unit or other.unit.endswith(own.unit)
    change = re.search(r"\bfrom (?:us ?)?[$¥]?$", text[max(0, first.start - 10) : first.start])
    return bool(other.unit) and alike and not change and 0 <= float(own.digits) < float(other.digits)


def _middle(low: ReadNumber, high: ReadNumber) -> ReadNumber:
    """Return the middle of a range, which reaches to both ends as they are rounded."""
    first, last = float(low.digits), float(high.digits)
    decimals = len(high.digits.partition(".")[2])
    return high._replace(
        digits=f"{(first + last) / 2:.{decimals + 1}f}",
        place=low.place,
        slack=(last - first) / 2 + 0.5 * 10.0**-decimals,
    )


def _words(text: str, money: str) -> list[PlacedNumber]:
    """Return the numbers in words: multiples, fractions, "seven per cent"; of two that overlap the first kind."""
    kinds = (
        (_MULTIPLE, lambda met: _as_multiple(met, text, money)),
        (_FRACTION, _as_fraction),
        (_WORD_PERCENT, lambda met: ReadNumber(f"{_factor(met['count']):g}", "percent", "", met.start())),
    )
    return [
        PlacedNumber(made(met), met.start(), met.end(), carries=True, in_words=True)
        for pattern, made in kinds
        for met in pattern.finditer(text)
    ]


def _as_fraction(met: re.Match[str]) -> ReadNumber:
    part = 0.5 if met["half"] else (1.0 if met["top"] in {"a", "an"} else _factor(met["top"])) / _SHARES[met["part"]]
    return ReadNumber(f"{100 * part:.4g}", "percent", "", met.start(), _LEAST)


def _loosened(found: ReadNumber, text: str) -> ReadNumber:
    """Let a number reach further where a word before it says that it is a round one."""
    if found.slack or not found.unit or not re.search(_ABOUT, text[max(0, found.place - _AHEAD) : found.place]):
        return found
    number, decimals = float(found.digits), len(found.digits.partition(".")[2])
    if decimals:
        return found._replace(slack=10.0**-decimals)
    loose = max((100 + number) * _LOOSE, _LEAST) if found.unit == "percent" else number * _LOOSE
    return found._replace(slack=max(loose, 0.5))


def read(text: str) -> ReadNumber | None:
    """Return digits, unit, currency and place of the first number that carries a unit, else of the first at all.

    ``text`` has single blanks. Where no number carries a unit, one in words is read:
    ``doubled`` is 100 per cent more.
    """
    placed = every(text)
    digits = [one for one in placed if not one.in_words]
    words = [one for one in placed if one.in_words]
    carried = [one for one in digits if one.carries]
    signed = [one for one in digits if one.number.digits.startswith("-") or _plus(text, one)]
    best = next(iter((*carried, *words, *signed, *digits)), None)
    if best is None:
        return None
    read_ = best.number
    rate = read_.unit == "percent" and not (read_.multiple or read_.digits.startswith("-") or _plus(text, best))
    return read_._replace(digits=f"-{read_.digits}") if rate and _down(text) else read_


def _plus(text: str, one: PlacedNumber) -> bool:
    return text[max(0, one.start - 4) : one.start].rstrip(" $").endswith("+")


def _of_digits(best: re.Match[str], money: str) -> ReadNumber:
    """Return a number as printed; ``money`` is the currency of a rate."""
    number = canonical(best["digits"])
    currency = _currency(best["before"] or best["after"] or "")
    unit = (best["unit"] or "").replace("per cent", "percent")
    place = best.start("before") if best["before"] else best.start("digits")
    if unit in _PERCENT:
        unit, currency = "percent", money
    elif unit:
        unit = f"{next(name for pattern, _, name in SCALES if re.fullmatch(pattern, unit))}_{currency.lower()}"
    elif currency and float(number) >= 1e6:
        number, unit = _in_bn(number), f"bn_{currency.lower()}"
    elif currency:
        unit = f"_{currency.lower()}"
    sign = "-" if best["sign"] == "-" else ""
    return ReadNumber(sign + number, unit, currency, place)


def _as_multiple(met: re.Match[str], text: str, money: str) -> ReadNumber:
    """Return a multiple in words as growth in per cent, within the rounding that a word has."""
    factor = _FACTORS[met["word"][:4]] if met["word"] else _factor(met["fold"] or met["times"])
    if met["plus"]:
        factor += 1  # times more, not times as much
    elif not met["word"] and factor > 1 and _down(text):
        factor = 1 / factor
    slack = max(100 * factor * _LOOSE, _LEAST)
    digits = f"{100 * (factor - 1):.4g}"
    return ReadNumber(digits, "percent", money, met.start(), slack, multiple=True)


def _factor(word: str) -> float:
    whole, half, _ = word.partition(" and a half")
    return (float(_COUNTS.index(whole) + 1) if whole in _COUNTS else float(whole)) + (0.5 if half else 0.0)


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
