"""One view of a chart that a reader takes along: its rows, words and sources, and what a program must know of it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from layouts.figure import source_line
from layouts.look.theme import WIDE
from layouts.words import column_dictionary

if TYPE_CHECKING:
    import pandas as pd

    from analysis.selection import Selection
    from layouts.figure.chart import Chart, Words


@dataclass(frozen=True)
class TakenChart:
    """The rows of a chart under a view, and the address of the page that shows it, where one is served.

    ``shape`` is that of its pictures, one of ``theme.SHAPES``.
    """

    chart: Chart
    rows: pd.DataFrame
    selection: Selection
    root: str = ""
    shape: str = WIDE

    @cached_property
    def words(self) -> Words:
        """The words of the picture."""
        return self.chart.words(self.rows, self.selection)

    @cached_property
    def sources(self) -> list[dict[str, str]]:
        """Publisher, licence and citation of each source, in the language that is spoken."""
        return [source_line.record(name) for name in source_line.names(self.rows)]

    @property
    def page(self) -> str:
        """The address of the page that shows the same."""
        return f"{self.root}{self.selection.to_query()}#{self.chart.name}"


def metadata(taken: TakenChart) -> dict[str, Any]:
    """Return what a program needs to use the rows: title, unit, columns, sources with licence, newest release."""
    rows, words = taken.rows, taken.words
    released = rows["released"].dropna() if "released" in rows else rows.iloc[:0, 0]
    return {
        "chart": taken.chart.name,
        "query": taken.selection.to_query(),
        "address": taken.page,
        "title": words.finding,
        "subtitle": words.subtitle,
        "note": words.note,
        "unit": words.unit,
        "columns": [column_dictionary.entry(str(name)) for name in rows.columns],
        "rows": len(rows),
        "sources": taken.sources,
        "newest_release": f"{released.max():%Y-%m-%d}" if len(released) else None,
    }
