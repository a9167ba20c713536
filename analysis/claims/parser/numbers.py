"""Numbers in a reader's words: digits as printed or spelled out, unit, currency."""

import re
from itertools import pairwise
from typing import Final

from analysis.claims.parser import number_words
from analysis.claims.parser.number_words import MULTIPLE, PlacedNumber, ReadNumber, falls, loose
from analysis.claims.parser.spelled.parts_and_ranges import ahead, decimal, reach
from analysis.claims.parser.words import regex, table

SIZES: Final = {"trn": 1e12, "bn": 1e9, "mln": 1e6}
_DIGITS: Final = (
    r"[0-9]{1,3}(?:[ ,.'’][0-9]{3}){1,6}(?:[.,][0-9]{1,9})?(?![0-9])|[0-9]{1,18}(?:[.,][0-9]{1,18})?(?![0-9])"
)
_UNIT: Final = r"%|per ?cent\b|pct\b|{scales}"
_PART: Final = rf"(?:[0-9]{{1,3}} )?[1-9]/[1-9][0-9]?(?=[ -]{{0,3}}(?:{_UNIT}))"
_NUMBER: Final = (
    r"(?P<sign>(?<![0-9a-z%])[+-])? ?(?:(?P<before>us ?\$|\busd|\$|¥|￥|\bcny|\brmb) ?"
    rf"|(?<![0-9a-z.,/]))(?P<digits>{_PART}|{_DIGITS})"
    rf"[ -]{{0,3}}(?P<unit>{_UNIT})? ?(?:of )?(?P<after>{{dollar}}|{{yuan}})?"
)
# a number right before: the number is a part of it, or one of two
_DOUBT: Final = (
    r"(?:\b(?:half|(?:{fractions})s?|fraction|hundredths?|thousandths?) of (?:an? )?"
    r"|(?<![0-9.,])[0-9]{1,3}(?:\.[0-9]{1,2})? ?(?:or|или|或) ?)$"
)
# "by from 5 to 7 percent" is a range
_CHANGE: Final = r"(?<!\bby )(?<!\bof )(?<!\branging )(?<!\branged )(?<!\banywhere )\bfrom (?:us ?)?[$¥]?$"
_ABOUT: Final = r"\b{about}\s*(?:a |an |the |by |us ?\$|\$|usd|¥|cny|rmb)*\s*$"
_PERCENT: Final = ("%", "percent", "per cent", "pct")


def every(text: str) -> list[PlacedNumber]:
    """Return all numbers of a text in their order, those in words with a unit among them; signs as they are printed.

    A fraction ("a fifth") reaches as far as a word does. An "about" before a whole number lets it reach as far;
    before decimals it adds half a unit of the last digit.
    """
    money = _only_currency(text)
    words = number_words.every(text, money)
    taken = [(one.start, one.end) for one in words]
    digits = []
    for m in regex(_NUMBER).finditer(text):
        number = _of_digits(m, money)
        if not any(start < m.end() and number.place < end for start, end in taken):
            end = max(m.end("after"), m.end("unit"), m.end("digits"))
            digits.append(PlacedNumber(number, number.place, end, bool(number.unit)))
    digits = [one for one in digits if not _doubtful(one, text)]
    placed = _ranges(_alike(sorted([*words, *digits], key=lambda one: one.start), text), text)
    return [one._replace(number=_loosened(one.number, text)) for one in placed]


def _doubtful(one: PlacedNumber, text: str) -> bool:
    """Return whether a number is not all that is meant: "half of 2 percent", "2 or 3 percent", "2 bn and a half"."""
    rate = one.number.unit == "percent" and regex(_DOUBT).search(ahead(text, one.start))
    return bool(rate or (one.carries and regex(r" ?and a half\b(?! of)").match(text, one.end)))


def _alike(placed: list[PlacedNumber], text: str) -> list[PlacedNumber]:
    """Give the first of two ends the unit of the second: "from 244.8 to 228.1 billion dollars", "$220-240 bn"."""
    out = list(placed)
    for place, (one, other) in enumerate(pairwise(placed)):
        unit = other.number.unit
        bare = (
            one.number.unit in {"", f"_{other.number.currency.lower()}"}
            or unit == f"{one.number.unit}{other.number.currency.lower()}"
        )
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
    change = regex(_CHANGE).search(ahead(text, first.start))
    return bool(other.unit) and alike and not change and 0 <= float(own.digits) < float(other.digits)


def _middle(low: ReadNumber, high: ReadNumber) -> ReadNumber:
    """Return the middle of a range, which reaches to both ends as they are rounded."""
    first, last = float(low.digits), float(high.digits)
    digits = [len(one.digits.partition(".")[2]) for one in (low, high)]
    return high._replace(
        digits=f"{(first + last) / 2:.{max(digits) + 1}f}",
        place=low.place,
        slack=(last - first) / 2 + 0.5 * 10.0 ** -digits[1],
    )


def _loosened(number: ReadNumber, text: str) -> ReadNumber:
    """Let a number reach further where a word before it says that it is a round one."""
    if number.slack or not number.unit or not regex(_ABOUT).search(ahead(text, number.place)):
        return number
    size, decimals = float(number.digits), len(number.digits.partition(".")[2])
    if decimals:
        return number._replace(slack=10.0**-decimals)
    return number._replace(slack=loose(100 + size) if number.unit == "percent" else loose(size, 0.5))


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
    if best is None or _changes(best, placed, text):
        return None
    read_ = best.number
    rate = read_.unit == "percent" and not (read_.multiple or read_.digits.startswith("-") or _plus(text, best))
    return read_._replace(digits=f"-{read_.digits}") if rate and falls(text) else read_


def _changes(one: PlacedNumber, placed: list[PlacedNumber], text: str) -> bool:
    """Return whether a rate is the first of two: "from 5 to 7 percent" may be a change or a range."""
    joined = (re.fullmatch(r" ?(?:-|to) ?", text[one.end : other.start]) for other in placed if other.start > one.start)
    rate = one.number.unit == "percent" and regex(_CHANGE).search(ahead(text, one.start))
    return bool(rate and any(joined))


def _plus(text: str, one: PlacedNumber) -> bool:
    return text[max(0, one.start - 4) : one.start].rstrip(" $").endswith("+")


def _of_digits(best: re.Match[str], money: str) -> ReadNumber:
    """Return a number as printed; ``money`` is the currency of a rate."""
    number, slack = canonical(decimal(best["digits"])), reach(best["digits"])
    currency = _currency(best["before"] or best["after"] or "")
    unit = (best["unit"] or "").replace("per cent", "percent")
    place = best.start("before") if best["before"] else best.start("digits")
    if unit in _PERCENT:
        unit, currency = "percent", money
    elif unit:
        scale = next(name for words, name in table("scales").items() if regex(words).fullmatch(unit))
        unit = f"{scale}_{currency.lower()}"
    elif currency and float(number) >= 1e6:
        number, unit = _in_bn(number), f"bn_{currency.lower()}"
    elif currency:
        unit = f"_{currency.lower()}"
    sign = "-" if best["sign"] == "-" else ""
    return ReadNumber(sign + number, unit, currency, place, slack)


def _carries(match: re.Match[str]) -> bool:
    return bool(match["unit"] or match["before"] or match["after"])


def others(text: str, place: int) -> list[str]:
    """Return the numbers with a unit, and the multiples in words, that are not the one tested, nor an end of it."""
    start, end = next(((one.start, one.end) for one in every(text) if one.start <= place < one.end), (place, place + 1))
    matches = [m for m in regex(_NUMBER).finditer(text) if m["digits"] and _carries(m)]
    matches += regex(MULTIPLE).finditer(text)
    return [m[0].strip() for m in matches if m.end() <= start or m.start() >= end]


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
    return "USD" if regex("{dollar}").fullmatch(word) else "CNY"


def _only_currency(text: str) -> str:
    """Return the one currency that the words name, for a rate."""
    named = {name for name, words in (("USD", "{dollar}"), ("CNY", "{yuan}")) if regex(words).search(text)}
    return named.pop() if len(named) == 1 else ""


def without(text: str) -> str:
    """Return the text without its numbers and multiples."""
    return regex(_NUMBER).sub(" ", regex(MULTIPLE).sub(" ", text))
