"""Growth as a picture: every rate in the rows, printed ones beside computed ones, and why they differ."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from analysis.selection import Selection
from layouts.charts import CHARTS

if TYPE_CHECKING:
    from analysis.book import Book

GROWTH = CHARTS["growth"]


@pytest.mark.parametrize("flow", ["total", "export", "import"])
def test_rows_hold_every_rate(book: Book, flow: str) -> None:
    """Month, year to date, 3 and 12 months, and printed rates with source, release and currency."""
    rows = GROWTH.rows(book, Selection.from_query(f"?currency=USD&flow={flow}"))
    computed = {"month", "year to date", "3 months", "12 months"}
    assert computed | {"printed, year to date"} <= set(rows["series"])
    assert rows["yoy_pct"].notna().all()
    assert set(rows["flow"]) == {flow}
    printed = rows[rows["series"].str.startswith("printed")]
    assert printed[["source", "reference", "printed"]].notna().all(axis=None)
    assert printed["released"].notna().any()
    assert {"currency", "computed_pct", "difference_pp", "differs"} <= set(rows.columns)


@pytest.mark.parametrize(
    ("query", "name"),
    [
        ("", "Year to date"),
        ("?measure=yoy", "Year to date"),
        ("?measure=sum3", "3 months"),
        ("?measure=sum12", "12 months"),
    ],
)
def test_the_line_follows_the_measure(book: Book, query: str, name: str) -> None:
    """The line is the year to date unless sums of three or twelve months were asked for; it is named at its end."""
    selection = Selection.from_query(query)
    figure = GROWTH.draw(GROWTH.rows(book, selection), selection)
    assert any((note.text or "").startswith(f"<b>{name}</b>") for note in figure.layout.annotations)


def test_the_note_counts_what_differs(book: Book) -> None:
    """The note's count and largest difference are those of the rows, and it names the currency or the base."""
    for query, why in (("?currency=USD", "a base that they had revised"), ("?currency=CNY", "they are in US$")):
        selection = Selection.from_query(query)
        rows = GROWTH.rows(book, selection)
        note = GROWTH.words(rows, selection).note
        printed = rows[rows["series"].str.startswith("printed") & rows["computed_pct"].notna()]
        printed = printed.drop_duplicates(["period_start", "period_end", "yoy_pct", "currency"])
        apart = printed[printed["differs"].astype("bool")]
        assert f"{len(apart)} of {len(printed)} printed rates" in note
        assert f"at most {apart['difference_pp'].abs().max():.1f}" in note
        assert why in note


def test_printed_marks_are_those_that_differ(book: Book) -> None:
    """As many open marks are drawn as printed rates differ, January-February once."""
    selection = Selection.from_query("?currency=USD")
    rows = GROWTH.rows(book, selection)
    figure = GROWTH.draw(rows, selection)
    drawn = [trace for trace in figure.data if "printed" in str(trace.customdata)]
    apart = rows[rows["differs"].eq(True) & ~(rows["series"].eq("printed, month") & rows["months"].eq(2))]  # noqa: FBT003
    assert len(drawn) == 1
    assert sorted(drawn[0].y) == sorted(apart["yoy_pct"])


def test_an_earlier_day_knows_its_own_prints(book: Book) -> None:
    """What was printed later is not beside it."""
    selection = Selection.from_query("?currency=USD&asof=2023-07-01")
    rows = GROWTH.rows(book.on("2023-07-01"), selection)
    printed = rows[rows["series"].str.startswith("printed")]
    assert len(printed)
    assert printed["released"].max() <= rows["released"].max()
    assert str(printed["released"].max())[:10] <= "2023-07-01"
