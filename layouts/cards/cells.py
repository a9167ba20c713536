"""One cell of a chart's rows as a reader sees it: codes in words, numbers and days as the language writes them."""

from __future__ import annotations

import re
from typing import Final

import pandas as pd

from analysis.basis import BASE_BASIS, BASIS
from analysis.points import empty
from layouts.figure import source_line
from layouts.words import basis_words, names, text
from layouts.words.catalogue import has, say

_CODE: Final = "columns.cell.{}"
_COUNTRIES: Final = frozenset({"reporter", "partner", "place", "importer"})
_SOURCES: Final = frozenset(
    {"source", "base_source", "china_source", "russia_source", "pair_source", "world_source", "printed_source"}
)
_RATES: Final = frozenset({"rate_source", "base_rate_source"})
_BASES: Final = frozenset({BASIS, BASE_BASIS, "before_basis", "bill_basis", "exporter_basis", "world_basis"})
_SPACES: Final = re.compile(r"[^A-Za-z0-9]+")


def cell_text(column: str, cell: object) -> str:
    """Write a cell for people: codes in words, grouped digits, days; an empty one as nothing."""
    if empty(cell):
        return ""
    if isinstance(cell, pd.Timestamp):
        return f"{cell:%Y-%m-%d}"
    if isinstance(cell, bool):
        return say("columns.yes") if cell else say("columns.no")
    if isinstance(cell, float):
        return text.number(cell, 0 if abs(cell) >= 10_000 else 2)
    return _coded(column, str(cell))


def _coded(column: str, cell: str) -> str:
    """Return the words of a code, by its column; a text as it is."""
    if column in _COUNTRIES:
        return names.country(cell)
    if column in _SOURCES:
        return source_line.short(cell)
    if column in _RATES:
        return source_line.rates([cell])
    if column in _BASES:
        return basis_words.named(cell)
    if column == "commodity_code" and not cell[:1].isdigit():
        return names.good(cell)
    return code_text(cell, column)


def code_text(code: str, column: str = "") -> str:
    """Return the word for a code of a cell, as ``derived``; what is no such code as it is.

    A code that says something else in one column has a text for that one: ``count_china``.
    """
    plain = _SPACES.sub("_", code).strip("_")
    keys = (_CODE.format(f"{column}_{plain}"), _CODE.format(plain))
    found = next((key for key in keys if has(key)), "")
    return say(found) if found else code.replace("_", " ") if code.islower() else code
