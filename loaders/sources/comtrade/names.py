"""What UN Comtrade calls things, in every layout it has used: columns, flows, classifications, units."""

import re
from collections.abc import Sequence
from typing import Final

from loaders.tables import file_words

_WORDS: Final = file_words.lists()["comtrade"]
# an item's column names; ``NAMES`` stand in for an item that a file lacks
COLUMNS: Final[dict[str, list[str]]] = _WORDS["columns"]
NAMES: Final[dict[str, list[str]]] = _WORDS["names"]
BESIDE: Final = frozenset(_WORDS["beside"])  # further words on these columns, and measures that are not kept
ITEMS: Final = {column: item for item, columns in COLUMNS.items() for column in columns}
# words that other publishers' tables use as well say nothing about who made a file
_COMMON: Final = frozenset({"period", "year", "yr", "flag", "qty", "classification", "freqcode", "tradevalue"})
_TITLES: Final = {"rgdesc", "rttitle", "pttitle", "cmddesce", "cmddesc", "perioddesc", "reporterdesc", "partnerdesc"}
_SIGNS: Final = (frozenset(ITEMS) - _COMMON) | _TITLES
_GOODS_OR_VALUE: Final = frozenset({*COLUMNS["commodity"], *COLUMNS["value"]})
ENOUGH: Final = 4
_SHOWN: Final = 40

FLOWS: Final[dict[str, str]] = _WORDS["flows"]
# re-exports, re-imports, domestic exports, foreign imports, processing: parts of M and X, or beside them
OTHER_FLOWS: Final = frozenset(
    {"RX", "RM", "DX", "FM", "MIP", "MOP", "XIP", "XOP", "3", "4", "RE-EXPORT", "RE-EXPORTS", "RE-IMPORT", "RE-IMPORTS"}
)
CLASSIFICATIONS: Final[dict[str, str]] = _WORDS["classifications"]
# the quantity units by number, and as the 35-column files spell them out
UNITS: Final[dict[str, str]] = _WORDS["units"]
UNIT_WORDS: Final[dict[str, str]] = _WORDS["unit_words"]
NO_UNIT: Final = frozenset({"", "N/A", "NO QUANTITY", "-1"})
# spreadsheets write the words of their own language
TRUE: Final = frozenset({"TRUE", "T", "1", "YES", "WAHR", "VRAI", "VERDADERO", "VERO", "VERDADEIRO", "WAAR", "ИСТИНА"})
FALSE: Final = frozenset({"", "FALSE", "F", "0", "NO", "FALSCH", "FAUX", "FALSO", "ONWAAR", "ЛОЖЬ"})


def simple(header: str) -> str:
    """Return a column name without case, blanks and signs."""
    return re.sub(r"[^0-9a-z]", "", header.casefold())


def ours(headers: Sequence[str]) -> bool:
    """Return whether these column names are UN Comtrade's."""
    names = {simple(header) for header in headers}
    return len(names & _SIGNS) >= ENOUGH and bool(names & _GOODS_OR_VALUE)


def positions(headers: Sequence[str]) -> dict[str, list[int]]:
    """Return which columns carry which item; columns that nobody needs are not among them."""
    columns: dict[str, list[int]] = {}
    for place, header in enumerate(headers):
        item = ITEMS.get(simple(header))
        if item is not None:
            columns.setdefault(item, []).append(place)
    return columns


def strange(headers: Sequence[str]) -> list[int]:
    """Return which columns no layout of the service has: somebody added them, and they may split the figures."""
    known = {*ITEMS, *BESIDE, *(name for names in NAMES.values() for name in names), ""}
    return [place for place, header in enumerate(headers) if simple(header) not in known]


def instead(headers: Sequence[str], item: str) -> list[int]:
    """Return which columns carry names, such as ``partner_name``."""
    return [place for place, header in enumerate(headers) if simple(header) in NAMES[item]][:1]


def shown(cell: str) -> str:
    """Return a cell as a message can carry it: on one line, and short."""
    return repr(cell if len(cell) <= _SHOWN else f"{cell[:_SHOWN]}...")
