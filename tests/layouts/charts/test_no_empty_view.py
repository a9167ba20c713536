"""No control empties a chart that holds anything: it shows the nearest that it has, and its subtitle says so."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import pandas as pd
import pytest

from analysis.cache import per_dataset
from analysis.selection import Selection
from layouts.charts.registry import CHARTS
from layouts.look.theme import PRINT

if TYPE_CHECKING:
    from collections.abc import Iterator

    from analysis.dataset import Dataset
    from layouts.figure.chart import Chart, Words

NAMES: Final = sorted(name for name, chart in CHARTS.items() if chart.page)
WINDOWS: Final = ("", "start=2012", "start=2022", "start=2025-01", "end=2012", "end=2016", "start=2030")
FLOWS: Final = ("flow=export", "flow=import", "flow=total")
CURRENCIES: Final = ("", "currency=CNY", "currency=USD")
DAYS: Final = ("asof=2023-07-31", "asof=2015-06-30")
LATE: Final = ("start=2025-01", "end=2012", "end=2016", "start=2030")


def views(chart: Chart) -> Iterator[str]:
    """Yield the views to walk: a chart that does not follow a flow or a currency is walked without."""
    money = CURRENCIES if "currency" in chart.reads else CURRENCIES[:1]
    yield from (FLOWS if "flow" in chart.reads else ())
    yield from (f"{own}&{window}" for own in money for window in (*WINDOWS, *DAYS))


@pytest.fixture(params=NAMES)
def chart(request: pytest.FixtureRequest) -> Chart:
    """Return each chart of the page in turn."""
    return CHARTS[str(request.param)]


def test_no_view_is_empty_or_another_unsaid(chart: Chart, dataset: Dataset) -> None:
    """Each window, flow, currency and day shows what was asked for, or says in the picture what it shows instead."""
    wrong = []
    for query in views(chart):
        selection = Selection.from_query(query)
        then = dataset.on(selection.asof)
        rows = chart.table(then, selection)
        words = chart.words(rows, selection)
        wrong += [f"?{query}: {why}" for why in faults(chart, then, rows, words, selection)]
    assert not wrong, "\n".join(wrong)


def faults(chart: Chart, dataset: Dataset, rows: pd.DataFrame, words: Words, selection: Selection) -> Iterator[str]:
    """Yield what is wrong with a view: blank though something is held, without its reason, or another unsaid."""
    if not words.source:
        yield from _of_blank(chart, dataset, words, selection)
    elif (why := _apart(rows, selection)) or "instead" in rows:
        if not _said(words.subtitle):
            yield f"shows {why or 'another view'} and does not say so: {words.subtitle!r}"
        figure = chart.draw(rows, selection, PRINT)
        if not drawn(figure):
            yield "draws nothing"
        if not _said(_written(figure)):
            yield "does not say in the picture that it is another view"


def _of_blank(chart: Chart, dataset: Dataset, words: Words, selection: Selection) -> Iterator[str]:
    if blank := anything(dataset, chart.name):
        yield f"is blank; {blank} is held"
    if "Lacking" not in words.subtitle and "No months" not in words.subtitle:
        yield f"is blank and does not say what is missing: {words.subtitle!r}"
    if selection.asof and "the day they were read" not in words.subtitle:
        yield "is blank and does not say why so little was known on the day"


@per_dataset(32)
def anything(dataset: Dataset, name: str) -> str:
    """Return a view of some year and currency that a chart draws, empty without one; asked of its rows alone."""
    chart = CHARTS[name]
    spans = [f"start={year}&end={year}" for year in range(2000, 2027)]
    for query in (f"{span}&{money}" for money in CURRENCIES[1:] for span in ("", *spans)):
        selection = Selection.from_query(query)
        rows = chart.rows(dataset, selection)
        if len(rows) and drawn(chart.draw(rows, selection, PRINT)):
            return query
    return ""


def drawn(figure: Any) -> bool:
    """Return whether a picture has a point, a bar or a line."""
    return any(not pd.isna(x) for trace in figure["data"] for x in trace.get("x", ()))


def _apart(rows: pd.DataFrame, selection: Selection) -> str:
    """Say how the rows lie wholly apart from what was asked for; empty where they do not."""
    dated = rows.dropna(subset=["period_end"])
    starts, ends = pd.to_datetime(dated["period_start"]), pd.to_datetime(dated["period_end"])
    inside = pd.Series(data=True, index=dated.index)
    if selection.first is not None:
        inside &= ends.ge(selection.first)
    if selection.last is not None:
        inside &= starts.le(selection.last)
    return "" if inside.any() or "verdict" in rows else f"{starts.min():%Y-%m} to {ends.max():%Y-%m}"


def _said(text: str) -> bool:
    return "nothing " in text or "at hand" in text


def _written(figure: Any) -> str:
    return " ".join(str(note["text"]) for note in figure["layout"]["annotations"]).replace("<br>", " ")


def test_the_walk_sees_a_blank_and_an_unsaid_view(dataset: Dataset) -> None:
    """A chart made to stay blank, or to show another year without a word, is found out."""
    chart, late = CHARTS["dual-use"], Selection(start="2025-01")
    none = chart.rows(dataset, late).iloc[:0]
    assert any("is held" in why for why in faults(chart, dataset, none, chart.words(none, late), late))
    other = chart.rows(dataset, Selection(start="2023-01"))
    assert any("does not say so" in why for why in faults(chart, dataset, other, chart.words(other, late), late))


@pytest.mark.parametrize(
    ("name", "query", "clause"),
    [
        ("price-volume", "start=2012", "2017–2023, the years at hand from January 2012 on"),
        ("goods", "start=2025-01", "the newest year at hand, 2023: nothing from January 2025 on"),
        ("dual-use", "end=2012", "the first year at hand, 2017: nothing up to December 2012"),
        ("pulse", "end=2012", "in US dollars: nothing in yuan"),
        ("pulse", "end=2012&currency=CNY", "the first year at hand, 2015: nothing up to December 2012"),
        ("pulse", "asof=2023-07-01&currency=CNY", "in US dollars: nothing in yuan, as known on 1 Jul 2023"),
        ("mirror", "start=2025-01&end=2025-06", "the newest year at hand, 2021: nothing in January–June 2025"),
        ("energy", "counted=russia&asof=2023-07-01", "nothing under “Russia’s customs”, as known on 1 Jul 2023"),
    ],
)
def test_the_clause_names_what_is_shown_and_what_is_not(dataset: Dataset, name: str, query: str, clause: str) -> None:
    """The subtitle ends with one plain clause: what stands there, and what was asked for in vain."""
    chart, selection = CHARTS[name], Selection.from_query(query)
    rows = chart.table(dataset.on(selection.asof), selection)
    assert chart.words(rows, selection).subtitle.endswith(clause)
    (instead,) = set(rows["instead"])
    assert instead.endswith(clause)


def test_a_view_that_is_held_stays_as_asked(chart: Chart, dataset: Dataset) -> None:
    """Where something is held nothing is replaced: rows are the chart's own and no clause stands."""
    rows = chart.table(dataset, Selection())
    assert "instead" not in rows
    assert "view" not in rows


def test_no_window_is_mixed_with_another(chart: Chart, dataset: Dataset) -> None:
    """All rows shown instead are of one whole other view: asking for it in words gives the same rows."""
    for query in LATE:
        rows = chart.table(dataset, Selection.from_query(query))
        if "view" in rows:
            (view,) = set(rows["view"])
            same = chart.table(dataset, Selection.from_query(f"{query}&{view.lstrip('?')}"))
            assert "view" not in same
            pd.testing.assert_frame_equal(rows.drop(columns=["view", "instead"]), same)
