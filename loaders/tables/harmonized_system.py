"""The Harmonized System: its editions by name and by year, and its sections."""

import re
from typing import Final

EDITIONS: Final = {
    "92": "HS1988",
    "96": "HS1996",
    "02": "HS2002",
    "07": "HS2007",
    "12": "HS2012",
    "17": "HS2017",
    "22": "HS2022",
}
_SINCE: Final = (2022, 2017, 2012, 2007, 2002, 1996, 1988)
_LAST_CHAPTERS: Final = (5, 14, 15, 24, 27, 38, 40, 43, 46, 49, 63, 67, 70, 71, 83, 85, 89, 92, 93, 96, 97, 99)


def named(text: str) -> str:
    """Return the edition that a name tells, as in BACI_HS17_... or product_hs92_code, else plain ``HS``."""
    matches = re.findall(r"(?<![a-z])hs[_-]?(92|96|02|07|12|17|22)(?![0-9])", text.lower())
    editions = {EDITIONS[digits] for digits in matches}
    return editions.pop() if len(editions) == 1 else "HS"


def of_year(year: int) -> str:
    """Return the edition in force in ``year``, which the yearly nomenclatures of the EU follow."""
    return f"HS{next(since for since in _SINCE if year >= since or since == _SINCE[-1])}"


def section(chapter: int) -> int:
    """Return the section (1 to 22; 22 holds the national chapters 98 and 99) of a chapter."""
    return next(number for number, last in enumerate(_LAST_CHAPTERS, 1) if chapter <= last)
