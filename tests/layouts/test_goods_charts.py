"""Goods, dual use, third places and settlements: what is drawn is what the rows hold, and the words follow."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from analysis.selection import Selection
from layouts.charts import CHARTS
from layouts.theme import PRINT, on_page

if TYPE_CHECKING:
    from analysis.book import Book

NAMES = ("goods", "dual-use", "rerouting", "settlement")
LOOKS = (PRINT, on_page(1040, dark=True), on_page(358, dark=False))


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize(
    "query", ["", "?start=2022", "?end=2021", "?code=87", "?code=8542", "?code=870323", "?code=77"]
)
def test_findings_are_short_and_rows_say_where_they_are_from(name: str, query: str, book: Book) -> None:
    """At most fifteen words whatever is chosen; every row has a source, a reference and a period."""
    selection = Selection.from_query(query)
    rows = CHARTS[name].rows(book, selection)
    words = CHARTS[name].words(rows, selection)
    assert 0 < len(words.finding.split()) <= 15
    assert rows[["source", "reference", "period_start", "period_end"]].notna().all(axis=None)
    for look in LOOKS:
        assert CHARTS[name].draw(rows, selection, look).layout.title.text


def test_goods_draw_every_row_on_one_scale(book: Book) -> None:
    """Bars are as long as their values, left and right, wherever the picture is shown."""
    selection = Selection()
    rows = CHARTS["goods"].rows(book, selection)
    assert rows.groupby("flow").size().to_dict() == {"export": 8, "import": 8}
    for look in LOOKS:
        figure = CHARTS["goods"].draw(rows, selection, look)
        drawn = sorted(abs(float(x)) for trace in figure.data for x in trace.x)
        scale = drawn[-1] / rows["value"].max()
        assert drawn == pytest.approx(sorted(rows["value"] * scale))


def test_goods_of_a_chosen_year_and_code(book: Book) -> None:
    """The last whole year inside the months asked for; without 2021 behind it no rates."""
    rows = CHARTS["goods"].rows(book, Selection.from_query("?end=2022-06&code=27"))
    assert set(rows["period_start"].dt.year) == {2021}
    assert rows["change_pct"].isna().all()
    later = CHARTS["goods"].rows(book, Selection.from_query("?end=2022&code=27"))
    assert set(later["period_start"].dt.year) == {2022}
    assert later.loc[later["code"].eq("2709"), "change_pct"].notna().all()
    assert CHARTS["goods"].rows(book, Selection.from_query("?start=2024")).empty


def test_dual_use_stacks_the_tiers_and_never_the_chips(book: Book) -> None:
    """Columns add up to the tiers' sum; the chips stand beside; the famous figures stand in the picture."""
    rows = CHARTS["dual-use"].rows(book, Selection())
    figure = CHARTS["dual-use"].draw(rows, Selection())
    tiers = rows[rows["series"].eq("tier")]
    stacked = sum(float(y) for trace in figure.data if trace.base is None for y in trace.y)
    assert stacked == pytest.approx(tiers["value"].sum() / 1e9)
    said = " ".join(note.text for note in figure.layout.annotations).replace("\N{NO-BREAK SPACE}", " ")
    for quoted in ("90%", "56.3%", "> US$ 300 m a month", "> US$ 500 m", "852589"):
        assert quoted in said


def test_third_places_hatch_what_is_missing(book: Book) -> None:
    """A hatched bar for each missing or broken year, none elsewhere; wording claims no proof."""
    rows = CHARTS["rerouting"].rows(book, Selection())
    figure = CHARTS["rerouting"].draw(rows, Selection())
    hatched = [trace for trace in figure.data if trace.type == "bar"]
    assert len(hatched) == rows["reason"].notna().sum() == 6
    assert all(trace.marker.pattern.shape for trace in hatched)
    words = CHARTS["rerouting"].words(rows, Selection())
    assert "compatible with" in words.finding
    assert "not proof of" in words.finding


def test_statements_are_dots_that_no_line_joins(book: Book) -> None:
    """One marker a statement; lines only for the Bank of Russia's months, which are named all partners."""
    rows = CHARTS["settlement"].rows(book, Selection())
    figure = CHARTS["settlement"].draw(rows, Selection())
    dots = [trace for trace in figure.data if trace.mode == "markers"]
    lines = [trace for trace in figure.data if trace.mode == "lines"]
    assert len(dots) == rows["series"].eq("said").sum() == 16
    assert all(len(trace.x) == 1 for trace in dots)
    assert sum(len(trace.x) for trace in lines) == rows["series"].eq("counted").sum() == 72
    assert any("All partners" in note.text for note in figure.layout.annotations)
