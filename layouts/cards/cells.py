"""One cell of a chart's rows as a reader sees it: codes in words, numbers and days as the language writes them."""

from typing import Final

import pandas as pd

from analysis.basis import BASE_BASIS, BASIS
from analysis.claims.verdicts import Outcome
from analysis.measures.energy import definitions as energy
from analysis.points import empty
from layouts.charts.claims.wording import verdict_word
from layouts.figure import source_line
from layouts.words import basis_words, names, text
from layouts.words.catalogue import has, part_of_key, say

_CODE: Final = "columns.cell.{}"


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
    writer = _WRITERS.get(column)
    return writer(str(cell)) if writer else code_text(str(cell), column)


def code_text(code: str, column: str = "") -> str:
    """Return the word for a code of a cell, as ``derived``; what is no such code as it is.

    A code that says something else in one column has a text for that one: ``count_china``.
    """
    plain = part_of_key(code)
    keys = (_CODE.format(f"{column}_{plain}"), _CODE.format(plain))
    known = next((key for key in keys if has(key)), "")
    return say(known) if known else code.replace("_", " ") if code.islower() else code


def _country(cell: str) -> str:
    named = names.country(cell)
    return code_text(cell) if named == cell else named


def _goods(cell: str) -> str:
    return cell if cell[:1].isdigit() else names.good(cell)


def _codes(cell: str) -> str:
    return text.listed(map(code_text, cell.split()))


def _lane(cell: str) -> str:
    return source_line.brief(cell) if source_line.known(cell) else code_text(cell)


def _series(cell: str) -> str:
    """Name a series; one of a fuel on a count is ``crude-china``."""
    fuel, _, count = cell.partition("-")
    return text.commas([code_text(fuel), code_text(count, "count")]) if count else code_text(cell)


def _verdict(cell: str) -> str:
    return verdict_word(Outcome.NOT if cell == energy.NOT else Outcome(cell))


def _rates(cell: str) -> str:
    return source_line.rates([cell])


_WRITERS: Final = {
    **dict.fromkeys(("reporter", "partner", "place", "importer"), _country),
    **dict.fromkeys(("source", "base_source", "china_source", "russia_source"), source_line.short),
    **dict.fromkeys(("pair_source", "world_source", "printed_source"), source_line.short),
    **dict.fromkeys(("rate_source", "base_rate_source"), _rates),
    **dict.fromkeys((BASIS, BASE_BASIS, "before_basis", "bill_basis"), basis_words.named),
    **dict.fromkeys(("exporter_basis", "world_basis"), basis_words.named),
    **dict.fromkeys(("lacking", "goods"), _codes),
    "commodity_code": _goods,
    "lane": _lane,
    "series": _series,
    "verdict": _verdict,
}
