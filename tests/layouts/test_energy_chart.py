"""The energy chart: one headline a definition, months only where printed, CREA beside and never inside."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from analysis import tracing
from analysis.points import POINT
from analysis.selection import Selection
from callbacks.data import read
from layouts.charts import CHARTS
from layouts.charts.energy import COUNTS
from layouts.theme import PRINT, on_page
from loaders.store import Store
from tests.loaders.refreshing import refresh
from tests.servers.healthy import Services

if TYPE_CHECKING:
    from pathlib import Path

    from analysis.book import Book
    from layouts.charts.base import Words

CHART = CHARTS["energy"]


def said(book: Book, query: str) -> Words:
    """Return the words of a query."""
    selection = Selection.from_query(query)
    return CHART.words(CHART.rows(book, selection), selection)


def test_the_headline_moves_with_the_definition(book: Book) -> None:
    """Four definitions, four findings, each with its own sum of 2022."""
    findings = {count: said(book, f"?count={count}").finding for count, _ in COUNTS}
    assert findings == {
        "four": "The bill rose 83% in 2022, to US$\u00a081.3\u00a0bn, and by 2023 to 86.7",
        "hs27": "All of HS 27 rose 76% in 2022, to US$\u00a085.4\u00a0bn, and by 2023 to 94.8",
        "products": "With oil products it rose 76% in 2022, to US$\u00a085.2\u00a0bn, and by 2023 to 94.6",
        "electricity": "With products and power it rose 76% in 2022, to US$\u00a085.4\u00a0bn, and by 2023 to 94.7",
    }


@pytest.mark.parametrize("count", [count for count, _ in COUNTS])
def test_the_note_names_codes_and_all_four_sums(book: Book, count: str) -> None:
    """Whatever is chosen, the reader sees what the others give, and which codes are counted."""
    note = said(book, f"?count={count}").note
    assert "In 2022: four fuels 81.3, with oil products 85.2, with electricity too 85.4 and all of HS 27 85.4." in note
    assert note.startswith("Counted: ")
    assert ("2710" in note) == (count in {"products", "electricity"})
    assert ("2716" in note) == (count == "electricity")


def test_the_article_is_marked_in_every_definition(book: Book) -> None:
    """Both of its figures stand in the picture, with the verdict that the chosen definition gives."""
    for count, _ in COUNTS:
        selection = Selection.from_query(f"?count={count}")
        rows = CHART.rows(book, selection)
        assert rows["definition"].unique().tolist() == [count]
        for look in (PRINT, on_page(358, dark=True)):
            notes = [note.text or "" for note in CHART.draw(rows, selection, look).layout.annotations]
            marked = sorted(text for text in notes if text.startswith("<b>article"))
            assert marked == [
                "<b>article: 52.1</b><br>does not follow",
                f"<b>article: 81</b><br>{'holds' if count == 'four' else 'does not follow'}",
            ]


def test_the_stack_is_the_bill(book: Book) -> None:
    """Bars hold the reconciled rows and nothing else; single fuels of later years are no bars."""
    rows = CHART.rows(book, Selection.from_query("?count=products"))
    figure = CHART.draw(rows, Selection.from_query("?count=products"))
    drawn = sum(float(y) for trace in figure.data if trace.type == "bar" for y in trace.y)
    assert drawn == pytest.approx(rows.loc[rows["basis"].eq("reconciled"), "value"].sum() / 1e9)
    later = rows[rows["basis"].eq("china")]
    assert later[["fuel", "codes"]].drop_duplicates().to_numpy().tolist() == [["crude", "2709"], ["lng", "271111"]]
    assert later["period_start"].dt.year.min() == 2024


def test_years_without_a_bill_say_so(book: Book) -> None:
    """2025 alone shows the fuels in print, no bill, and the reason."""
    words = said(book, "?start=2025")
    assert words.finding == "No bill for these years: crude oil alone came to US$\u00a049.0\u00a0bn in 2025"
    assert words.note == "No source that ships has all fuels of these years."


def test_months_are_drawn_where_printed(book: Book) -> None:
    """Every mark of the months is a row: as many points as rows, pairs at their monthly average."""
    selection = Selection.from_query("?grain=month")
    rows = CHART.rows(book, selection)
    figure = CHART.draw(rows, selection)
    points = [float(y) for trace in figure.data if trace.mode == "markers" for y in trace.y]
    assert sorted(points) == pytest.approx(sorted(rows["value"] / rows["months"] / 1e9))
    words = CHART.words(rows, selection)
    assert "crude oil 92, coal none, LNG 6 and pipeline gas 4" in words.note
    assert words.finding == "Sep 2025: crude oil US$\u00a04.1\u00a0bn; no month has all four fuels in print"


def test_an_earlier_day_knows_fewer_months(book: Book) -> None:
    """As known in June 2023 the newest month in print is March 2023."""
    selection = Selection.from_query("?grain=month&asof=2023-06-01")
    rows = CHART.rows(book.on(selection.asof), selection)
    assert CHART.words(rows, selection).finding.startswith("Mar 2023: crude oil")


@pytest.mark.parametrize("query", ["", "?grain=month"])
def test_crea_stands_beside_and_in_no_sum(
    book: Book, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, query: str
) -> None:
    """After a refresh CREA's model is in rows and picture, named, and no other figure has changed."""
    assert "--refresh crea brings it" in said(book, query).note
    with Services("crea") as services:
        for name, url in services.variables().items():
            monkeypatch.setenv(name, url)
        assert refresh(tmp_path, "crea").code == 0
    richer, selection = read(Store(tmp_path)), Selection.from_query(query)
    rows = CHART.rows(richer, selection)
    model = rows["basis"].eq("crea")
    assert model.any()
    assert rows.loc[model, "source"].eq("crea").all()
    before = CHART.rows(book, selection)
    assert rows.loc[~model, "value"].tolist() == before["value"].tolist()
    words = CHART.words(rows, selection)
    assert "CREA’s model, in its own US dollars" in words.note
    assert words.finding == said(book, query).finding
    assert "CREA" in words.source
    figure = CHART.draw(rows, selection)
    assert any("CREA, modelled" in (note.text or "") for note in figure.layout.annotations)


@pytest.mark.parametrize("query", ["?count=hs27", "?count=electricity", "?grain=month"])
def test_every_figure_is_made_of_reported_rows(book: Book, query: str) -> None:
    """Each point has a name of its own, is clickable, and is a signed sum of rows of the one table."""
    selection = Selection.from_query(query)
    rows = CHART.table(book, selection)
    assert rows[POINT].is_unique
    for row in rows.iloc[:: max(1, len(rows) // 40)].to_dict("records"):
        for part in CHART.parts({str(key): cell for key, cell in row.items()}):
            assert tracing.trace(book, part).whole, (row[POINT], part)
    drawn = {name for trace in CHART.draw(rows, selection).data for name in trace.ids or ()}
    assert drawn == set(rows[POINT])
