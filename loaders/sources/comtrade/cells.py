"""What one cell, or a few cells of one row, of a UN Comtrade file mean."""

import re
from dataclasses import dataclass
from typing import Final

from loaders.core.schema import KG_ESTIMATED, TOTAL, WORLD
from loaders.sources.comtrade import names
from loaders.sources.comtrade.names import shown
from loaders.tables import country_words
from loaders.tables.parsing import countries

NO_VALUE: Final = frozenset({"", "NA", "N/A", "NAN", "NULL", "NONE", "<NA>"})
_FORMER: Final = {"381": "ITA"}  # Italy's number in the old service
_AS_NUMBER: Final = re.compile(r"([0-9]+)[.,]0+")
_LONGEST: Final = 12
_TARIFF_LINE: Final = 6  # below this level countries have codes of their own
_SURE: Final = 7  # up to here an odd length means a lost zero; longer codes of countries may be odd
_UNSPECIFIED: Final = 6  # 9999AA, goods not specified
_YEARS: Final = range(1900, 2100)


@dataclass(frozen=True)
class Reading:
    """What cells mean, or why their row is refused (malformed) or left out (whole, but not kept)."""

    value: str = ""
    refused: str = ""
    left_out: str = ""


def plain(cell: str) -> str:
    """Return a code without blanks and without the decimals of a code saved as a number."""
    text = cell.strip()
    match = _AS_NUMBER.fullmatch(text)
    return match[1] if match else ("" if text.upper() in NO_VALUE else text)


def _digits(text: str, most: int = 4) -> bool:
    return text.isascii() and text.isdecimal() and len(text) <= most


def kind(type_code: str) -> Reading:
    """Read the kind of trade: goods, not services."""
    code = plain(type_code).upper()
    if code == "S":
        return Reading(left_out="services")
    return Reading() if code in {"", "C"} else Reading(refused=f"type {shown(type_code)} is neither C nor S")


def supply(code: str) -> Reading:
    """Read the mode of supply, which only services have: a part of them is no trade in goods."""
    mode = plain(code).upper()
    return Reading() if mode in {"", "0", "B00", "TOTAL MOS"} else Reading(left_out=f"mode of supply {mode[:20]}")


def flow(code: str, words: str) -> Reading:
    """Read imports and exports; re-exports and the like are parts of them and left out."""
    stated = [text for text in (plain(code).upper(), plain(words).upper()) if text]
    flows = [names.FLOWS.get(text, text if text in names.OTHER_FLOWS else "") for text in stated]
    if not any(flows):
        return Reading(refused=f"flow {shown(code or words)} is none of M, X and their kin")
    if flows[0] in names.OTHER_FLOWS or not flows[0]:
        return Reading(left_out=f"flow {flows[0]}") if flows[0] else Reading(refused=f"flow {shown(code)} is not known")
    if flows[-1] not in {"", flows[0]}:
        return Reading(refused=f"flow {shown(code)} beside {shown(words)}")
    return Reading(flows[0])


def reporter(code: str, iso: str) -> Reading:
    """Read who declares; the world declares nothing."""
    country = _country("reporter", code, iso)
    return Reading(left_out=f"reporter {plain(code) or iso}, no country") if country.value == WORLD else country


def partner(code: str, iso: str) -> Reading:
    """Read about whom."""
    return _country("partner", code, iso)


def named_reporter(name: str) -> Reading:
    """Read who declares by name; the world declares nothing."""
    country = _named("reporter", name)
    return Reading(left_out=f"reporter {name}, no country") if country.value == WORLD else country


def named_partner(name: str) -> Reading:
    """Read about whom by name."""
    return _named("partner", name)


def _named(side: str, name: str) -> Reading:
    """Read a country by its name; groups and unknown areas are none."""
    text = plain(name)
    if not text:
        return Reading(refused=f"{side} is empty")
    iso3 = country_words.named(text)
    return Reading(iso3) if iso3 else Reading(left_out=f"{side} {shown(text)}, no country")


def _country(side: str, code: str, iso: str) -> Reading:
    """Read a country by its number, or by its letters where the number is absent; groups are none."""
    number, letters = plain(code), plain(iso).upper()
    known = countries("comtrade")
    digits = str(int(number)) if _digits(number) else ""
    by_number = _FORMER.get(digits) or known.get(digits)
    by_letters = _by_letters(letters, frozenset(known.values()))
    if number and by_number is None and not digits:
        return Reading(refused=f"{side} {shown(code)} is no number")
    if not number and not re.fullmatch(r"[A-Z0-9_]{2,3}", letters):
        return Reading(refused=f"{side} {shown(iso)} is no country" if letters else f"{side} is empty")
    if by_number and by_letters not in {"", by_number}:
        return Reading(refused=f"{side} {number} is {by_number}, not {letters}")
    value = by_number or ("" if number else by_letters)
    return Reading(value) if value else Reading(left_out=f"{side} {number or letters}, no country")


def _by_letters(letters: str, known: frozenset[str]) -> str:
    aliases = {"W00": WORLD, "EUR": "EUU", "EU2": "EUU"}
    return aliases.get(letters, letters if letters in known else "")


def period(text: str, year: str, month: str, freq: str) -> Reading:
    """Read a year or a month as YYYY or YYYYMM, refusing what the other columns deny."""
    stated, year, month = plain(text), plain(year), plain(month)
    every = plain(freq).upper()
    annual = month in {"", "0", "52"}
    stated = stated or (year if annual else year + month.zfill(2))
    match = re.fullmatch(r"(\d{4})(0[1-9]|1[0-2])?", stated, re.ASCII)
    if not match or int(match[1]) not in _YEARS:
        return Reading(refused=f"period {shown(text or stated)} is neither YYYY nor YYYYMM")
    agrees = (
        year in {"", match[1]}
        and (annual if match[2] is None else month.zfill(2) in {"00", match[2]})
        and every in {"", "A" if match[2] is None else "M"}
    )
    if not agrees:
        return Reading(
            refused=f"period {stated} beside year {shown(year)}, month {shown(month)}, frequency {shown(every)}"
        )
    return Reading(stated)


def classification(code: str, family: str) -> Reading:
    """Read the nomenclature and its revision."""
    stated = plain(code).upper() or plain(family).upper()
    edition = names.CLASSIFICATIONS.get(stated)
    return Reading(edition) if edition else Reading(refused=f"classification {shown(stated)} is not known here")


def commodity(code: str, level: str, nomenclature: str) -> Reading:
    """Read a commodity code; a zero lost to a spreadsheet comes back where the level tells of it."""
    text, digits = plain(code).upper(), plain(level)
    if text == TOTAL or (text.endswith("AA") and _digits(text[:-2]) and len(text) == _UNSPECIFIED):
        return Reading(text)
    if not _digits(text, _LONGEST):
        return Reading(refused=f"commodity code {shown(code)} is malformed")
    if nomenclature.startswith("HS"):
        return _harmonized(text, digits)
    if nomenclature.startswith("SITC"):
        return _sitc(text, digits, number=text != code.strip())
    return Reading(text)


def _harmonized(text: str, level: str) -> Reading:
    """Codes of pairs of digits, the first from 01: only one zero can be lost."""
    digits = int(level) if _digits(level) else 0
    if digits == len(text) + 1 or (not digits and len(text) % 2 and len(text) <= _SURE):
        text = "0" + text  # of an even number of digits one zero at most can be lost
    fits = digits in {0, len(text)} or len(text) > digits >= _TARIFF_LINE
    whole = len(text) > _SURE or len(text) % 2 == 0
    if fits and whole and not text.startswith("00"):
        return Reading(text)
    return Reading(refused=_malformed(text, level))


def _sitc(text: str, level: str, *, number: bool) -> Reading:
    """Codes of one to five digits, of which the first two may be zeros."""
    digits = int(level) if _digits(level) else 0
    if digits and not 0 <= digits - len(text) <= 2:
        return Reading(refused=_malformed(text, level))
    if number and not digits:
        return Reading(refused=_malformed(text, level))
    return Reading(text.zfill(digits))


def _malformed(text: str, level: str) -> str:
    beside = f"beside level {shown(level)}" if level else "and no level tells which zeros it lost"
    return f"commodity code {text} is malformed {beside}"


def yes(cell: str, what: str) -> Reading:
    """Read a flag column's cell: ``"yes"`` or empty."""
    text = cell.strip().upper()
    text = "" if text in NO_VALUE else plain(text)
    if text in names.TRUE:
        return Reading("yes")
    return Reading() if text in names.FALSE else Reading(refused=f"{what} {shown(cell)} is neither true nor false")


def estimated(flag: str, column: str, bit: int, what: str) -> Reading:
    """Read whether a quantity (bit 2) or a weight (bit 4) is an estimate, by either column."""
    number = plain(flag)
    if number and not _digits(number):
        return Reading(refused=f"estimation flag {shown(flag)} is no number")
    return Reading("yes") if number and int(number) & bit else yes(column, what)


def unit(words: str, code: str, estimate: str) -> Reading:
    """Read a quantity's unit as published; an estimated weight is named as one."""
    text = words.strip()
    known = names.UNIT_WORDS.get(text.casefold(), text)
    called = known or names.UNITS.get(plain(code), "")
    if called.upper() in names.NO_UNIT | NO_VALUE:
        return Reading()
    return Reading(KG_ESTIMATED if called == "kg" and estimate else called)


def released(cell: str) -> Reading:
    """Read a release date, to the second."""
    text = plain(cell)
    match = re.match(r"\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}:\d{2})?(?![\d:])", text, re.ASCII)
    if text and not match:
        return Reading(refused=f"release date {shown(cell)} is not YYYY-MM-DD")
    return Reading(match[0] if match else "")
