"""Parts of the page as HTML: the page stays what it was, and all that callbacks read or write stays alive."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

import pytest
from dash import dcc, html

from analysis.selection import LANGUAGES, Selection
from layouts import native, page
from layouts.cards import rows_table
from layouts.charts.registry import CHARTS
from layouts.first_picture.markup import written
from layouts.first_picture.static_html import as_json, lightened
from layouts.words.language import speaking

if TYPE_CHECKING:
    from collections.abc import Iterator

    from analysis.dataset import Dataset


def parts(made: Any) -> Iterator[dict[str, Any]]:
    """Yield each component in what JSON has of several."""
    if isinstance(made, list):
        for one in made:
            yield from parts(one)
    elif isinstance(made, dict):
        yield made
        yield from parts(made["props"].get("children"))


def kinds(component: Any, *live: str) -> list[str]:
    """Return the component's parts by type, an HTML one by its tag in small letters, after it is lightened."""
    made = lightened(as_json(component), frozenset(live))
    return [one["props"]["tag"] if one["type"] == "Written" else one["type"] for one in parts(made)]


STILL = html.Section([html.H2(["a ", html.B("<b>")]), html.P("c"), html.Br()])


@pytest.mark.parametrize(
    ("component", "live", "left"),
    [
        (STILL, (), ["section"]),
        ([STILL, "text", None, html.P("d")], (), ["section", "p"]),
        (html.Div([STILL, html.P("d", id="said")]), ("said",), ["Div", "section", "P"]),
        (html.Div([STILL, html.P("d", id="said")]), ("other",), ["div"]),
        (html.Div([html.Div([html.P("e"), dcc.Store(id="s")]), html.P("d")]), (), ["Div", "Div", "p", "Store", "p"]),
        (html.Div([html.P("a"), native.Picture("x")], id="x"), (), ["Div", "p", "Picture"]),
        (html.P("only text", id="live"), ("live",), ["P"]),
        (html.Div([html.Br(), html.Textarea(), dcc.Store(id="s")]), (), ["Div", "Br", "Textarea", "Store"]),
        (html.Div(), (), ["div"]),
    ],
)
def test_the_largest_parts_that_do_not_live_are_one_component_each(
    component: Any, live: tuple[str, ...], left: list[str]
) -> None:
    """Live are controls, stores, and what has a live id, with all around them; some elements take no HTML."""
    assert kinds(component, *live) == left


def test_content_is_escaped_and_the_element_keeps_its_properties() -> None:
    """Properties are named as React names them, for an element it makes; the count of clicks is none of the page."""
    made = lightened(as_json(html.P(["a < b", html.B("c")], className="x", style={"marginTop": 1}, n_clicks=0)))
    assert made["props"] == {
        "tag": "p",
        "given": {"className": "x", "style": {"marginTop": 1}},
        "html": "a &lt; b<b>c</b>",
    }


@cache
def whole(dataset: Dataset, code: str) -> Any:
    """Return the page in a language as JSON has it."""
    with speaking(code):
        return as_json(page.layout(dataset))


@pytest.mark.parametrize("code", LANGUAGES)
def test_the_page_stays_what_it_was(dataset: Dataset, code: str) -> None:
    """Lightened it is the same HTML, with fewer than a third of the components."""
    before, after = whole(dataset, code), lightened(whole(dataset, code), frozenset({"state", "pulse-csv"}))
    assert written(after, {}) == written(before, {})
    assert 3 * len([*parts(after)]) < len([*parts(before)])
    alive = {one["props"].get("id") for one in parts(after)}
    assert {"state", "pulse-csv", "pulse-view", "pulse-figure", "flow", "start"} <= alive


def test_a_table_of_many_rows_is_one_component(dataset: Dataset) -> None:
    """Hundreds of rows and more cells: Dash would keep the browser busy for a minute."""
    chart, selection = CHARTS["pulse"], Selection()
    made = as_json(rows_table.table(chart, chart.table(dataset, selection), selection))
    light = lightened(made)
    assert len([*parts(made)]) > 1000
    assert [one["type"] for one in parts(light)] == ["Written"]
    assert written(light, {}) == written(made, {})
