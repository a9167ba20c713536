"""A reader's Chinese or Russian put into the English that is parsed: by rules, each a pattern and what it stands for.

The rules are data (``words``). They are applied in their order, so that what an earlier one leaves in the reader's
language a later one reads; what none reads stays as it is. Each pattern repeats within bounds, so work grows with the
length of the words alone.
"""

import re
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cache, partial
from typing import Final, TypeVar

from analysis.claims.parser import words
from analysis.claims.parser.words import Language, Rules

_Meaning = TypeVar("_Meaning")
# the letters that tell a language; the sign of the yuan alone tells none
_SCRIPTS: Final = ((re.compile(r"[\u3400-\u9fff](?<!元)"), "zh"), (re.compile(r"[\u0400-\u052f]"), "ru"))


@dataclass
class English:
    """A text in English, and what stood for each part of it in the reader's own words."""

    text: str
    parts: dict[str, str] = field(default_factory=dict)

    def original(self, part: str) -> str:
        """Return the reader's own words of a part, or the part with the numbers as the reader wrote them."""
        return self.parts.get(part) or re.sub(r"[0-9.]+", lambda met: self.parts.get(met[0], met[0]), part)


def read(plain: str) -> English:
    """Put lower-case words with single blanks into English, in whichever languages they are."""
    made = English(plain)
    for script, code in _SCRIPTS:
        if script.search(made.text):
            _translate(made, code)
    return made


def _translate(made: English, code: str) -> None:
    language = words.language(code)
    made.text = made.text.translate(language.letters)
    _apply(made, language.before)
    made.text = _amounts(code).sub(lambda met: _amount(met, made, language), made.text)
    _apply(made, language.rules)
    made.text = re.sub(r" +", " ", made.text).strip()
    # in the other languages it is always the month
    made.text = re.sub(r"(?<!to )(?<!- )(?<!in )\bmay\b(?! ?(?:to\b|-|[12]))", "in may", made.text)


def _apply(made: English, rules: Rules) -> None:
    for pattern, english in rules:
        made.text = pattern.sub(partial(_kept, made, english), made.text)


def _kept(made: English, english: str, met: re.Match[str]) -> str:
    """Return what a rule puts in place, and keep what stood there."""
    put = met.expand(english)
    if put.strip():
        made.parts.setdefault(put.strip(), made.original(met[0].strip()))
    return put


@cache
def _amounts(code: str) -> re.Pattern[str]:
    """Return the pattern of a number with its scale or currency or both."""
    language = words.language(code)
    scale, money = "|".join(language.scales), "|".join(language.currencies)
    number = r"(?<![0-9.])(?P<digits>[0-9]{1,18}(?:\.[0-9]{1,18})?)(?![0-9])"
    lead = r"(?P<lead>(?:us ?)?\$ ?)?(?P<part>(?:[0-9]{1,3} )?[1-9]/)?"
    return re.compile(rf"{lead}{number} ?(?:(?P<scale>{scale})(?P<some>多|余)? ?(?P<money>{money})?|(?P<only>{money}))")


def _amount(met: re.Match[str], made: English, language: Language) -> str:
    """Write an amount with a scale that English has; its digits stay, its point moves."""
    digits, scale = met["digits"], ""
    if met["scale"]:
        name, places = _looked_up(language.scales, met["scale"])
        moved = f"{Decimal(digits).scaleb(places):f}"
        # a whole number of the English scale is rounded to it: 180亿 is 18 bn, as a newspaper's "$18 bn" is
        whole = "." not in digits and not moved.partition(".")[2].strip("0")
        digits, scale = moved.partition(".")[0] if whole else moved, f" {name}"
    currency = met["money"] or met["only"] or met["lead"]
    money = f" {_looked_up(language.currencies, currency)}" if currency else ""
    put = f"{met['part'] or ''}{digits}{scale}{money}"
    made.parts.setdefault(put, made.original(met[0].strip()))
    return f" {'more than ' if met['some'] else ''}{put} "


def _looked_up(table: dict[str, _Meaning], word: str) -> _Meaning:
    """Return what the first pattern that a word is stands for."""
    return next(english for pattern, english in table.items() if re.fullmatch(pattern, word))
