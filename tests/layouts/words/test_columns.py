"""The dictionary of columns: every column that a chart exports has a heading and a meaning, and none is left over."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from analysis.selection import Selection
from layouts.charts.registry import CHARTS
from layouts.words import language
from layouts.words.column_dictionary import as_markdown, columns, heading

if TYPE_CHECKING:
    from analysis.dataset import Dataset

DOCUMENT: Final = Path(__file__).parents[3] / "docs" / "columns.md"
# views that between them show each kind of row that a chart has
VIEWS: Final = {
    "pulse": ("", "measure=yoy", "measure=share", "measure=index"),
    "growth": ("", "against=currencies"),
    "energy": ("", "grain=month"),
    "goods": ("", "goods=printed", "start=2025-01"),
    "price-volume": ("", "prices=constant"),
}


def exported(dataset: Dataset) -> set[str]:
    """Return the names of all columns that the charts export."""
    return {
        str(column)
        for name, chart in CHARTS.items()
        for query in VIEWS.get(name, ("",))
        for column in chart.table(dataset, Selection.from_query(query)).columns
    }


def test_every_column_is_explained_and_none_is_left_over(dataset: Dataset) -> None:
    """A column of a CSV without a meaning is a riddle; a meaning without a column is out of date."""
    assert exported(dataset) == set(columns())


def test_the_document_is_the_dictionary() -> None:
    """docs/columns.md says what the catalogue says."""
    assert DOCUMENT.read_text(encoding="utf-8") == as_markdown()


def test_a_heading_in_each_language() -> None:
    """A heading follows the language; a column that nobody explains keeps its name."""
    headings = []
    for code in ("en", "zh", "ru"):
        with language.speaking(code):
            headings.append((heading("net_weight_kg"), heading("no_such_column")))
    assert headings == [
        ("Net weight, kg", "no such column"),
        ("净重，千克", "no such column"),
        ("Вес нетто, кг", "no such column"),
    ]
