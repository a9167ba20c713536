"""The tidy table as a picture: which rows a query takes, and a bar for each source as long as it has rows."""

from __future__ import annotations

import pytest

from analysis.selection import Selection
from layouts.charts import table
from layouts.look.theme import PRINT
from tests.analysis.kit import dataset, row

DATA = dataset(
    row("2023-01", flow="export"),
    row("2023-02", flow="import", currency="CNY"),
    row("2023-03", flow="total", source="imf"),
    row("2024-01", flow="export", source="imf"),
)


@pytest.mark.parametrize(
    ("query", "many"),
    [
        ("", 4),
        ("?flow=both", 3),
        ("?flow=export", 2),
        ("?flow=total", 1),
        ("?currency=CNY", 1),
        ("?start=2024", 1),
        ("?flow=import&currency=USD", 0),
    ],
)
def test_the_rows_are_those_of_the_query(query: str, many: int) -> None:
    """Both flows leave totals out; months, flow and currency narrow it; the title counts."""
    rows = table.rows(DATA, Selection.from_query(query))
    assert len(rows) == many
    assert str(many) in table.words(rows, Selection()).finding


def test_the_longest_bar_is_the_source_with_most_rows() -> None:
    """Bars are counts, the largest on top, each written beside it; of no rows there is no bar."""
    figure = table.draw(DATA.trade.iloc[[0, 2, 3]], Selection(), PRINT)
    (bar,) = figure["data"]
    assert bar["x"] == [1, 2]
    assert bar["y"] == ["UN Comtrade", "IMF"]
    assert bar["text"] == ["1", "2"]
    assert table.draw(DATA.trade.iloc[:0], Selection(), PRINT).empty
