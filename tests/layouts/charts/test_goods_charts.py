"""Goods, dual use, third places and settlements: what is drawn is what the rows hold, and the words follow."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from analysis.basis import Basis
from analysis.selection import Selection
from layouts.charts.registry import CHARTS
from layouts.look.theme import PRINT, on_page
from layouts.words.basis_words import counted_by

if TYPE_CHECKING:
    from analysis.dataset import Dataset

NAMES = ("goods", "dual-use", "rerouting", "settlement")
LOOKS = (PRINT, on_page(1040, dark=True), on_page(358, dark=False))


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize(
    "query", ["", "?start=2022", "?end=2021", "?code=87", "?code=8542", "?code=870323", "?code=77"]
)
def test_findings_are_short_and_rows_say_where_they_are_from(name: str, query: str, dataset: Dataset) -> None:
    """At most fifteen words whatever is chosen; every row has a source, a reference and a period."""
    selection = Selection.from_query(query)
    rows = CHARTS[name].rows(dataset, selection)
    words = CHARTS[name].words(rows, selection)
    assert 0 < len(words.finding.split()) <= 15
    assert rows[["source", "reference", "period_start", "period_end"]].notna().all(axis=None)
    for look in LOOKS:
        assert CHARTS[name].draw(rows, selection, look).layout.title.text


def test_goods_draw_every_row_on_one_scale(dataset: Dataset) -> None:
    """Bars are as long as their values, left and right, wherever the picture is shown."""
    selection = Selection()
    rows = CHARTS["goods"].rows(dataset, selection)
    assert rows.groupby("flow").size().to_dict() == {"export": 8, "import": 8}
    for look in LOOKS:
        figure = CHARTS["goods"].draw(rows, selection, look)
        drawn = sorted(abs(float(x)) for trace in figure.data for x in trace.x)
        scale = drawn[-1] / rows["value"].max()
        assert drawn == pytest.approx(sorted(rows["value"] * scale))


def test_goods_of_a_chosen_year_and_code(dataset: Dataset) -> None:
    """The last whole year inside the months asked for; rates on the year before, none where who counts changes."""
    rows = CHARTS["goods"].rows(dataset, Selection.from_query("?end=2022-06&code=27"))
    assert set(rows["period_start"].dt.year) == {2021}
    assert rows.loc[rows["code"].eq("2709"), "base_start"].dt.year.tolist() == [2020]
    later = CHARTS["goods"].rows(dataset, Selection.from_query("?end=2022&code=27"))
    assert set(later["period_start"].dt.year) == {2022}
    assert later["change_pct"].isna().all()
    assert later.loc[later["code"].eq("2709"), "before_value"].notna().all()
    assert CHARTS["goods"].rows(dataset, Selection.from_query("?start=2024")).empty


def test_dual_use_stacks_the_tiers_and_never_the_chips(dataset: Dataset) -> None:
    """Columns add up to the tiers' sum; the chips stand beside; the quoted figures stand in the picture.

    The codes left out stand in the note, of which a picture shows what fits two lines.
    """
    rows = CHARTS["dual-use"].rows(dataset, Selection())
    figure = CHARTS["dual-use"].draw(rows, Selection())
    tiers = rows[rows["series"].eq("tier")]
    stacked = sum(float(y) for trace in figure.data if trace.base is None for y in trace.y)
    assert stacked == pytest.approx(tiers["value"].sum() / 1e9)
    words = " ".join(note.text for note in figure.layout.annotations).replace("\N{NO-BREAK SPACE}", " ")
    for quoted in ("90%", "56.3%", "> US$ 300 m a month", "> US$ 500 m"):
        assert quoted in words
    assert "852589" in CHARTS["dual-use"].words(rows, Selection()).note


def test_third_places_hatch_what_is_missing(dataset: Dataset) -> None:
    """A hatched bar for each missing or broken year, none elsewhere; wording claims no proof."""
    rows = CHARTS["rerouting"].rows(dataset, Selection())
    figure = CHARTS["rerouting"].draw(rows, Selection())
    hatched = [trace for trace in figure.data if trace.type == "bar"]
    estimated = rows["reason"].str.startswith("the IMF").fillna(value=False)  # another basis: no index, no hatch
    assert len(hatched) == (rows["reason"].notna() & ~estimated).sum() == 6
    assert all(trace.marker.pattern.shape for trace in hatched)
    words = CHARTS["rerouting"].words(rows, Selection())
    assert "compatible with" in words.finding
    assert "not proof" in words.finding


def test_statements_are_dots_that_no_line_joins(dataset: Dataset) -> None:
    """One marker a statement; lines only for the Bank of Russia's months, which are named all partners."""
    rows = CHARTS["settlement"].rows(dataset, Selection())
    figure = CHARTS["settlement"].draw(rows, Selection())
    dots = [trace for trace in figure.data if trace.mode == "markers"]
    lines = [trace for trace in figure.data if trace.mode == "lines"]
    stated = [dot for dot in dots if dot.xaxis != "x3"]
    assert len(stated) == rows["series"].eq("said").sum() == 16
    roubles = rows["series"].eq("regions") & rows["region"].eq("Asia") & rows["settlement_currency"].eq("RUB")
    assert len(dots) - len(stated) == roubles.sum() == 6
    assert all(len(trace.x) == 1 for trace in dots)
    assert sum(len(trace.x) for trace in lines) == rows["series"].eq("counted").sum() == 72
    assert any("All partners" in note.text for note in figure.layout.annotations)


QUERIES = (
    *("", "?end=2022", "?end=2021", "?code=27", "?code=27&end=2022", "?find=copper", "?goods=printed"),
    *("?goods=printed&end=2023", "?list=all", "?list=all&end=2022", "?prices=constant", "?prices=constant&end=2021"),
    *("?start=2021&end=2022", "?asof=2023-06-30", "?asof=2025-06-30&list=all", "?start=1990&end=1991"),
)


@pytest.mark.parametrize("query", QUERIES)
@pytest.mark.parametrize("name", ["goods", "dual-use", "price-volume"])
def test_a_sentence_declares_what_it_joins(name: str, query: str, dataset: Dataset) -> None:
    """Figures are declared; a rate has the basis of its base; two bases or two windows are named in the sentence."""
    selection = Selection.from_query(query)
    rows = CHARTS[name].table(dataset.on(selection.asof), selection)
    words = CHARTS[name].words(rows, selection)
    assert words.stated or not any(letter.isdigit() for letter in words.finding)
    assert all(not one.base or one.base == one.basis for one in words.stated)
    if len({one.basis for one in words.stated}) > 1:
        assert all(counted_by(Basis.read(one.basis).counted_by) in words.finding for one in words.stated)
    assert len({(one.start, one.end) for one in words.stated}) <= 1


@pytest.mark.parametrize("query", QUERIES)
@pytest.mark.parametrize("name", ["goods", "dual-use", "price-volume"])
def test_no_row_joins_two_bases(name: str, query: str, dataset: Dataset) -> None:
    """A row with a rate, share, index or split names its base's basis, and it is its own."""
    selection = Selection.from_query(query)
    rows = CHARTS[name].table(dataset.on(selection.asof), selection)
    figures = ["change", "change_pct", "share_pct", "contribution_pct", "price_effect", "volume_effect", "index"]
    rated = rows[[column for column in figures if column in rows]].notna().any(axis=1)
    assert (rows.loc[rated, "base_basis"] == rows.loc[rated, "basis"]).all()
    assert rows.loc[rated, "basis"].ne("").all()


def test_the_rule_of_dual_use_parts_the_counts(dataset: Dataset) -> None:
    """A dashed rule stands between 2021 and 2022, with who counted on either side; none inside one count."""
    for query, ruled in (("", True), ("?start=2022", False)):
        selection = Selection.from_query(query)
        figure = CHARTS["dual-use"].draw(CHARTS["dual-use"].rows(dataset, selection), selection)
        rules = [shape for shape in figure.layout.shapes if shape.x0 == shape.x1 == 2021.5]
        words = " ".join(note.text for note in figure.layout.annotations)
        assert bool(rules) == ruled
        assert ("both countries’ reports merged" in words) == ruled


def test_indices_are_parted_where_who_counts_changes(dataset: Dataset) -> None:
    """No line of an index joins 2021 and 2022."""
    selection = Selection.from_query("?prices=constant")
    figure = CHARTS["price-volume"].draw(CHARTS["price-volume"].rows(dataset, selection), selection)
    spans = [[int(x) for x in trace.x] for trace in figure.data]
    assert all(not {2021, 2022} <= set(span) for span in spans)
    assert sorted(year for span in spans for year in span) == sorted([*range(2017, 2024)] * 3)
