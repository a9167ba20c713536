"""Every chart: the same rows for picture, CSV and JSON; words computed from them; nothing lost without data."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import fields, replace
from typing import TYPE_CHECKING, Any

import pandas as pd
import pytest

from analysis.dataset import Dataset as DatasetType
from analysis.selection import Selection
from layouts.charts.registry import CHARTS
from layouts.figure import export
from layouts.figure.chart import WINDOW
from layouts.look.theme import PRINT, on_page
from layouts.words.small_print import sentences
from loaders.core import schema

if TYPE_CHECKING:
    from analysis.dataset import Dataset
    from layouts.figure.chart import Chart
    from layouts.look.theme import Look

QUERIES = (
    "",
    "?flow=import&start=2019",
    "?measure=yoy&currency=USD",
    "?measure=ytd_yoy&flow=total",
    "?measure=sum12&currency=USD&start=2015",
    "?measure=sum3",
    "?measure=index&start=2020",
    "?measure=share&currency=USD",
    "?start=2023-01&end=2023-06&currency=USD",
    "?count=electricity&grain=month",
    "?start=1990&end=1991",
)
LOOKS = (PRINT, on_page(1040, dark=True), on_page(358, dark=False))


@pytest.fixture(params=sorted(CHARTS))
def chart(request: pytest.FixtureRequest) -> Chart:
    """Return each chart in turn."""
    return CHARTS[str(request.param)]


def views() -> list[tuple[str, str]]:
    """Return each chart with each view of ``QUERIES``, once where they differ in words alone that it does not read.

    That it follows no other word is tested below, for the charts of the page.
    """
    shown: dict[tuple[str, object], str] = {}
    for name, chart in sorted(CHARTS.items()):
        for query in QUERIES:
            view = Selection.from_query(query)
            read = tuple(getattr(view, word) for word in (*WINDOW, *chart.reads)) if chart.page else view
            shown.setdefault((name, read), query)
    return [(name, query) for (name, _), query in shown.items()]


def pictured(chart: Chart, rows: pd.DataFrame, selection: Selection, looks: tuple[Look, ...]) -> None:
    """Hold that title, subtitle and publishers stand inside the pictures of some rows."""
    words = chart.words(rows, selection)
    for look in looks:
        figure = chart.draw(rows, selection, look)
        layout = figure["layout"]
        assert figure.description == f"{words.finding}. {words.subtitle}"
        inside = " ".join(note["text"] for note in layout["annotations"]).replace("<br>", " ")
        title = layout["title"]["text"].replace("<br>", " ")
        assert words.finding in title
        assert words.subtitle in inside
        publishers = sentences(words.source)[:1]
        assert all(one in inside for one in publishers), "who publishes it stands in the picture whatever its room"
        # a picture of nothing rests on nobody, and that of the table names each source at its bar
        assert bool(publishers) == (len(rows) > 0 and chart.name != "table")
        assert figure.empty == (len(rows) == 0)
        assert layout["meta"] == {"source": words.source, "note": words.note}
        assert layout["width"] == look.width


def filed(chart: Chart, rows: pd.DataFrame, selection: Selection) -> None:
    """Hold that CSV and JSON have the same rows and columns; numbers are plain, months are YYYY-MM, no NaN."""
    lines = list(csv.DictReader(io.StringIO(export.csv_text(rows))))

    def refuse(word: str) -> Any:
        raise AssertionError(word)

    answer = json.loads(export.json_text(chart, rows, selection), parse_constant=refuse)
    assert len(lines) == len(answer["rows"]) == len(rows)
    assert {"chart", "query", "title", "subtitle", "unit", "sources", "rows"} == set(answer)
    assert answer["query"] == selection.to_query()
    if len(rows):
        assert list(lines[0]) == list(answer["rows"][0]) == [str(column) for column in rows.columns]
    for line in lines[:50]:
        for column in ("period_start", "period_end"):
            if line.get(column):
                assert pd.Timestamp(f"{line[column]}-01").strftime("%Y-%m") == line[column]


@pytest.mark.parametrize(("name", "query"), views())
def test_picture_and_files_hold_the_rows(name: str, query: str, dataset: Dataset) -> None:
    """Words stand in the picture, in print, on the page and on a phone; CSV and JSON hold what is plotted."""
    chart, selection = CHARTS[name], Selection.from_query(query)
    # the default view in every look, the others in turn
    looks = LOOKS if not query else (LOOKS[QUERIES.index(query) % len(LOOKS)],)
    # the whole table is long, and follows none of the words but the months
    narrow = Selection.from_query("?start=2023&end=2023") if name == "table" and query else selection
    rows = chart.table(dataset, narrow)
    filed(chart, rows, narrow)
    # a picture may be of no rows, where what is asked for is not held and nothing else is put in its place
    own = "view" in rows or narrow != selection
    pictured(chart, chart.rows(dataset, selection) if own else rows, selection, looks)


def test_nothing_breaks_without_data(chart: Chart) -> None:
    """An empty store draws an empty picture that says so."""
    nothing = DatasetType(schema.empty(), {})
    rows = chart.rows(nothing, Selection())
    assert len(rows) == 0
    assert chart.words(rows, Selection()).finding
    figure = chart.draw(rows, Selection())
    assert figure.layout.title.text
    assert figure.empty, "nothing but words is drawn"
    assert figure.layout.xaxis.visible is False, "an axis without figures shows numbers of nothing"


def test_pulse_shows_what_its_rows_hold(dataset: Dataset) -> None:
    """Bars are the monthly averages of the rows, exports up and imports down, none added."""
    selection = Selection.from_query("?currency=USD&start=2023&end=2023")
    rows = CHARTS["pulse"].rows(dataset, selection)
    figure = CHARTS["pulse"].draw(rows, selection)
    bars = [trace for trace in figure.data if trace.type == "bar"]
    drawn = sorted(float(y) for trace in bars for y in trace.y)
    sign = rows["flow"].map({"export": 1, "import": -1})
    assert drawn == pytest.approx(sorted(sign * rows["value"] / rows["months"] / 1e9))
    assert len(rows) == 22


def test_pulse_of_the_first_half_of_2023(dataset: Dataset) -> None:
    """The rows behind the picture add up to the half-year as now published."""
    rows = CHARTS["pulse"].rows(dataset, Selection.from_query("?currency=USD&start=2023-01&end=2023-06&flow=total"))
    assert round(rows["value"].sum() / 1e9, 2) == 114.88


def test_growth_marks_the_article(dataset: Dataset) -> None:
    """The quoted 40.7 % stands in the picture over its months, with what it really is."""
    rows = CHARTS["growth"].rows(dataset, Selection())
    marked = rows[rows["series"].eq("article")]
    assert marked["yoy_pct"].tolist() == [40.7]
    assert "Jan–May 2023" in marked["reference"].iloc[0]
    assert "yoy_pct" in rows.columns
    figure = CHARTS["growth"].draw(rows, Selection())
    assert any("Article: 40.7%" in (note.text or "") for note in figure.layout.annotations)


def test_energy_by_year(dataset: Dataset) -> None:
    """The four fuels of 2022 and 2021, and the article's two sums beside them."""
    rows = CHARTS["energy"].rows(dataset, Selection())
    years = rows["period_start"].dt.year
    fuels = rows["role"].eq("bill") & rows["count"].eq("china")
    assert round(rows.loc[fuels & years.eq(2022), "value"].sum() / 1e9, 2) == 80.85
    assert round(rows.loc[fuels & years.eq(2021), "value"].sum() / 1e9, 2) == 51.88
    assert sorted(rows.loc[rows["fuel"].eq("article"), "value"] / 1e9) == [52.1, 81.0]
    assert sorted(set(years[fuels])) == list(range(2016, 2025)), "of 2025 two fuels are held, which are no sum"


def test_table_is_the_whole_table_without_a_query(dataset: Dataset) -> None:
    """Every vintage and source, as stored; a query narrows it."""
    rows = CHARTS["table"].rows(dataset, Selection())
    assert list(rows.columns) == list(schema.COLUMNS)
    assert len(rows) == len(dataset.trade)
    narrow = CHARTS["table"].rows(dataset, Selection.from_query("?flow=import&start=2022&end=2022&currency=CNY"))
    assert set(narrow["flow"]) == {"import"}
    assert set(narrow["currency"]) == {"CNY"}
    assert narrow["period_start"].dt.year.eq(2022).all()


OTHER = {
    "flow": "import",
    "measure": "sum12",
    "currency": "USD",
    "count": "hs27",
    "basis": "mirror",
    "code": "84",
    "events": "on",
    "step": "year",
    "window": "year",
    "claim": "40.7% in the first half of 2023",
    "find": "copper",
    "grain": "month",
    "counted": "baci",
    "list": "all",
    "prices": "constant",
    "goods": "printed",
    "against": "currencies",
}


@pytest.mark.parametrize(
    "base", ["", "?flow=total&measure=share&currency=USD&start=2021&grain=month&code=27&step=month"]
)
def test_a_chart_follows_no_word_but_its_own(chart: Chart, base: str, dataset: Dataset) -> None:
    """A word that a chart does not say it reads changes neither rows nor words nor picture.

    Rows are asked for word by word; what is written and drawn of them, which costs most, with all the words at once.
    """
    if not chart.page:
        return
    plain = Selection.from_query(base)
    assert set(OTHER) | {"start", "end", "asof", "lang", "point", "v"} == {field.name for field in fields(Selection)}
    others = {word: OTHER[word] for word in OTHER if word not in chart.reads}
    rows = chart.rows(dataset, plain)
    words = chart.words(rows, plain)
    for word, value in others.items():
        other = replace(plain, **{word: value})
        pd.testing.assert_frame_equal(chart.rows(dataset, other), rows)
    assert chart.words(rows, replace(plain, **others)) == words
    if not base:
        assert chart.draw(rows, replace(plain, **others)) == chart.draw(rows, plain)


def test_a_chart_follows_its_own_words(chart: Chart, dataset: Dataset) -> None:
    """Each word that a chart says it reads does change what it shows, where nothing else is chosen."""
    queries = ("", "?start=2021", "?currency=USD")
    drawn: dict[Selection, Any] = {}

    def picture(view: Selection) -> Any:
        if view not in drawn:
            drawn[view] = chart.draw(chart.rows(dataset, view), view)
        return drawn[view]

    for word in chart.reads:
        views = [replace(Selection.from_query(query), **{word: OTHER[word]}) for query in queries]
        assert any(picture(view) != picture(replace(view, **{word: None})) for view in views), word
