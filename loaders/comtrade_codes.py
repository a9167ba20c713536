"""What one cell, or a few cells of one row, of a UN Comtrade file mean."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from loaders import comtrade_names as names
from loaders.parsing import countries
from loaders.schema import KG_ESTIMATED, TOTAL, WORLD

NO_VALUE: Final = frozenset({"", "NA", "N/A", "NAN", "NULL", "NONE", "<NA>"})
_FORMER: Final = {"381": "ITA"}  # Italy's number in the old service
_LONGEST: Final = 12
_SURE: Final = 8  # up to seven digits an odd length means a lost zero; longer tariff lines may be odd
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
    found = re.fullmatch(r"(\d+)[.,]0+", text, re.ASCII)
    return found[1] if found else ("" if text.upper() in NO_VALUE else text)


def kind(type_code: str) -> Reading:
    """Read the kind of trade: goods only."""
    code = plain(type_code).upper()
    return Reading() if code in {"", "C"} else Reading(left_out=f"type {code}, not goods")


def flow(code: str, words: str) -> Reading:
    """Read imports and exports; re-exports and the like are parts of them and left out."""
    first, second = plain(code).upper(), plain(words).upper()
    stated = first or second
    if stated in names.OTHER_FLOWS:
        return Reading(left_out=f"flow {stated}")
    found, other = names.FLOWS.get(stated), names.FLOWS.get(second)
    if found is None:
        return Reading(refused=f"flow {stated!r} is none of M, X and their kin")
    if other not in {None, found}:
        return Reading(refused=f"flow {code!r} beside {words!r}")
    return Reading(found)


def reporter(code: str, iso: str) -> Reading:
    """Read who declares; the world declares nothing."""
    found = _country("reporter", code, iso)
    return Reading(left_out=f"reporter {plain(code) or iso}, no country") if found.value == WORLD else found


def partner(code: str, iso: str) -> Reading:
    """Read about whom."""
    return _country("partner", code, iso)


def _country(side: str, code: str, iso: str) -> Reading:
    """Read a country by its number, or by its letters where the number is absent; groups are none."""
    number, letters = plain(code), plain(iso).upper()
    known = countries("comtrade")
    digits = str(int(number)) if re.fullmatch(r"\d{1,4}", number, re.ASCII) else ""
    found = _FORMER.get(digits) or known.get(digits)
    by_letters = _by_letters(letters, frozenset(known.values()))
    if number and found is None and not number.isdecimal():
        return Reading(refused=f"{side} {code!r} is no number")
    if not number and not re.fullmatch(r"[A-Z0-9_]{2,3}", letters):
        return Reading(refused=f"{side} {iso!r} is no country" if letters else f"{side} is empty")
    if found and by_letters not in {"", found}:
        return Reading(refused=f"{side} {number} is {found}, not {letters}")
    value = found or ("" if number else by_letters)
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
    found = re.fullmatch(r"(\d{4})(0[1-9]|1[0-2])?", stated, re.ASCII)
    if not found or int(found[1]) not in _YEARS:
        return Reading(refused=f"period {text or stated!r} is neither YYYY nor YYYYMM")
    agrees = (
        year in {"", found[1]}
        and (annual if found[2] is None else month.zfill(2) in {"00", found[2]})
        and every in {"", "A" if found[2] is None else "M"}
    )
    if not agrees:
        return Reading(refused=f"period {stated} beside year {year!r}, month {month!r}, frequency {every!r}")
    return Reading(stated)


def classification(code: str, family: str) -> Reading:
    """Read the nomenclature and its revision."""
    stated = plain(code).upper() or plain(family).upper()
    found = names.CLASSIFICATIONS.get(stated)
    return Reading(found) if found else Reading(refused=f"classification {stated!r} is not known here")


def commodity(code: str, level: str, nomenclature: str) -> Reading:
    """Read a commodity code; a zero lost to a spreadsheet comes back where the level tells of it."""
    text, digits = plain(code).upper(), plain(level)
    if text == TOTAL or re.fullmatch(r"\d{4}AA", text, re.ASCII):
        return Reading(text)
    if not re.fullmatch(rf"\d{{1,{_LONGEST}}}", text, re.ASCII):
        return Reading(refused=f"commodity code {code!r} is malformed")
    if nomenclature.startswith("HS"):
        return _harmonized(text, digits)
    if nomenclature.startswith("SITC"):
        return _sitc(text, digits, number=text != code.strip())
    return Reading(text)


def _harmonized(text: str, level: str) -> Reading:
    """Codes of pairs of digits, the first from 01: only one zero can be lost."""
    if level.isdecimal() and int(level) == len(text) + 1:
        text = "0" + text
    fits = not level.isdecimal() or int(level) in {0, len(text)} or len(text) > int(level) >= _SURE - 2
    if text.startswith("00") or not fits or (len(text) < _SURE and len(text) % 2):
        beside = f" beside level {level}" if level else ", and no level tells how many zeros it lost"
        return Reading(refused=f"commodity code {text!r} is malformed{beside}")
    return Reading(text)


def _sitc(text: str, level: str, *, number: bool) -> Reading:
    """Codes of one to five digits, where sections and divisions may begin with two zeros."""
    if level.isdecimal() and 0 <= int(level) - len(text) <= 2:
        return Reading(text.zfill(int(level)))
    if number or (level.isdecimal() and int(level) < len(text) and int(level)):
        return Reading(refused=f"commodity code {text!r} is malformed beside level {level!r}")
    return Reading(text)


def yes(cell: str, what: str) -> Reading:
    """Read a flag column's cell: ``"yes"`` or empty."""
    text = cell.strip().upper()
    text = "" if text in NO_VALUE else plain(text)
    if text in names.TRUE:
        return Reading("yes")
    return Reading() if text in names.FALSE else Reading(refused=f"{what} {cell!r} is neither true nor false")


def estimated(flag: str, column: str, bit: int, what: str) -> Reading:
    """Read whether a quantity (bit 2) or a weight (bit 4) is an estimate, by either column."""
    number = plain(flag)
    if number and not number.isdecimal():
        return Reading(refused=f"estimation flag {flag!r} is no number")
    return Reading("yes") if number and int(number) & bit else yes(column, what)


def unit(words: str, code: str, estimate: str) -> Reading:
    """Read a quantity's unit as published; an estimated weight is named as one."""
    text = words.strip()
    known = names.UNIT_WORDS.get(text.casefold(), text)
    found = known or names.UNITS.get(plain(code), "")
    if found.upper() in names.NO_UNIT | NO_VALUE:
        return Reading()
    return Reading(KG_ESTIMATED if found == "kg" and estimate else found)


def released(cell: str) -> Reading:
    """Read a release date, to the second."""
    text = plain(cell)
    found = re.match(r"\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}:\d{2})?(?![\d:])", text, re.ASCII)
    if text and not found:
        return Reading(refused=f"release date {cell!r} is not YYYY-MM-DD")
    return Reading(found[0] if found else "")
