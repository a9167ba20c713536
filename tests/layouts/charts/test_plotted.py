"""What is drawn is what is exported: each point's place is its row's figure in the unit of the axis, on every chart."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any, Final

import pytest

from analysis.points import POINT, joined
from analysis.selection import Selection
from layouts.charts.registry import CHARTS
from layouts.figure import source_line
from layouts.look.theme import on_page
from layouts.words import basis_words, language, text

if TYPE_CHECKING:
    from collections.abc import Callable

    from analysis.dataset import Dataset

Row = dict[Any, Any]


def _monthly(row: Row) -> list[float]:
    return [row["value"] / row["months"] / text.large_unit()]


def _sum(row: Row) -> list[float]:
    return [row["value"] / text.large_unit()]


def _column(name: str) -> Callable[[Row], list[float]]:
    return lambda row: [row[name]]


def _effects(row: Row) -> list[float]:
    names = ("price_effect", "volume_effect", "change")
    return [row[name] / text.large_unit() for name in names if not math.isnan(row[name])]


def _bill(row: Row) -> list[float]:
    """Return where a fuel may end: its own value; an outline runs from the bill up to it."""
    return [row["value"] / text.large_unit(), row["bill"] / text.large_unit(), 0.0]


def _prices(row: Row) -> list[float]:
    return [row[name] for name in ("gap_pct", "russia_usd_bbl", "other_usd_bbl", "brent_usd_bbl")]


# chart, query, the axis on which the figure is read, and where a row's may lie
VIEWS: Final[list[tuple[str, str, str, Callable[[Row], list[float]]]]] = [
    ("pulse", "", "y", _monthly),
    ("pulse", "flow=total&currency=USD", "y", _monthly),
    ("pulse", "measure=yoy", "y", _column("yoy_pct")),
    ("pulse", "measure=sum12&currency=USD", "y", _sum),
    ("pulse", "measure=index", "y", _column("index")),
    ("pulse", "measure=share", "y", _column("share_pct")),
    ("growth", "", "y", _column("yoy_pct")),
    ("growth", "against=currencies", "y", _column("yoy_pct")),
    ("energy", "", "y", _bill),
    ("energy", "counted=baci", "y", _bill),
    ("energy", "grain=month", "y", _monthly),
    ("price-volume", "", "x", _effects),
    ("discount", "", "y", _prices),
    ("mirror", "", "y", _column("gap_pct")),
    ("mirror", "step=month", "y", _column("gap_pct")),
    ("revisions", "", "x", _column("change_pct")),
    ("dual-use", "", "y", _sum),
    ("coverage", "", "x", _column("months")),
]


def plotted(figure: dict[str, Any], axis: str) -> list[tuple[str, float]]:
    """Return the name and the place of each point that is drawn with a name."""
    return [
        (name, place)
        for trace in figure["data"]
        if "ids" in trace
        for name, place in zip(trace["ids"], trace[axis], strict=True)
        if name and place is not None
    ]


@pytest.mark.parametrize("code", ["en", "zh"])
@pytest.mark.parametrize(("name", "query", "axis", "figure_of"), VIEWS)
def test_each_point_lies_at_its_rows_figure(
    name: str, query: str, axis: str, figure_of: Callable[[Row], list[float]], code: str, dataset: Dataset
) -> None:
    """No point is drawn that the CSV lacks, none elsewhere than it says; billions are ten times as many 亿."""
    selection = Selection.from_query(f"?{query}&lang={code}")
    rows = CHARTS[name].table(dataset, selection)
    by_name = {row[POINT]: row for row in rows.to_dict("records")}
    pairs = plotted(CHARTS[name].draw(rows, selection, on_page(1040)), axis)
    assert len(pairs) > 5
    with language.speaking(code):
        for point, place in pairs:
            if point not in by_name:  # a balance is two figures, and its point names both
                assert joined(one for one in by_name if one in point) or name == "pulse"
                continue
            near = [abs(abs(place) - abs(figure)) for figure in figure_of(by_name[point]) if not math.isnan(figure)]
            assert min(near) <= 1e-6 * max(1.0, abs(place)), (point, place)


@pytest.mark.parametrize("name", [name for name, chart in CHARTS.items() if chart.page])
def test_every_source_of_a_plotted_row_is_in_the_line(name: str, dataset: Dataset) -> None:
    """Whoever's row is drawn in the default view is named under it, in the language of the view."""
    chart = CHARTS[name]
    for code in ("en", "ru"):
        selection = Selection(lang=code)
        rows = chart.table(dataset, selection)
        drawn = {point for point, _ in plotted(chart.draw(rows, selection, on_page(1040)), "y")}
        shown = rows[rows[POINT].isin(drawn)]
        said = chart.words(rows, selection).source
        with language.speaking(code):
            ours = [one for one in source_line.names(shown[["source"]]) if source_line.known(one) and one != "article"]
            assert {one for one in ours if source_line.brief(one) not in said} == set()


@pytest.mark.parametrize("name", [name for name, chart in CHARTS.items() if chart.page])
def test_the_alternative_says_the_figures_of_the_title(name: str, dataset: Dataset) -> None:
    """Who does not see a picture is told the finding and what is measured, dark or light, at any width."""
    chart, selection = CHARTS[name], Selection()
    rows = chart.table(dataset, selection)
    words = chart.words(rows, selection)
    for look in (on_page(288), on_page(768, dark=True)):
        told = chart.draw(rows, selection, look).description
        assert told.startswith(words.finding)
        assert told.endswith(words.subtitle)


def _source(row: Row) -> str:
    return source_line.short(str(row["source"]))


def _basis(row: Row) -> str:
    return basis_words.named(row["basis"])


# chart, query, and what the pointer is told besides the figure
TOLD: Final[list[tuple[str, str, Callable[[Row], str]]]] = [
    ("pulse", "", _source),
    ("pulse", "measure=share", _source),
    ("energy", "grain=month", _source),
    ("mirror", "", _source),
    ("mirror", "step=year", _source),
    ("revisions", "", _source),
    ("goods", "", _basis),
    ("goods", "code=27", _basis),
    ("price-volume", "", _basis),
    ("dual-use", "", _basis),
]


@pytest.mark.parametrize("code", ["en", "ru"])
@pytest.mark.parametrize(("name", "query", "part"), TOLD)
def test_the_pointer_is_told_whose_figure_it_is(
    name: str, query: str, part: Callable[[Row], str], code: str, dataset: Dataset
) -> None:
    """Each point's hover text names its source, or what it rests on, in the language of the view."""
    selection = Selection.from_query(f"?{query}&lang={code}")
    rows = CHARTS[name].table(dataset, selection)
    by_name = {row[POINT]: row for row in rows.to_dict("records")}
    met = 0
    with language.speaking(code):
        for trace in CHARTS[name].draw(rows, selection, on_page(1040))["data"]:
            own = trace.get("ids") or ()
            hovers = trace.get("customdata") or [trace.get("hovertemplate", "")] * len(own)
            for point, hover in zip(own, hovers, strict=True):
                said = " ".join(map(str, hover)) if isinstance(hover, list) else str(hover)
                row = by_name.get(point)
                if row is None or not _is_figure(row):
                    continue
                met += 1
                assert part(row) in said.replace("<br>", " "), said
    assert met > 5


def _is_figure(row: Row) -> bool:
    """Return whether a row is a figure of its own: chips of another list, and goods that are not split, say less."""
    return row.get("series") != "chips" and not isinstance(row.get("refused"), str)
