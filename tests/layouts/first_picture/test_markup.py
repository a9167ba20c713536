"""Components as HTML: names of attributes, what is escaped, what is left out, controls with and without life."""

from __future__ import annotations

from typing import Any

import pytest
from dash import dcc, html

from layouts import native
from layouts.first_picture.markup import written
from layouts.first_picture.static_html import as_json
from layouts.look.html_attributes import aria, data


def of(component: Any, *, living: bool = False, **pictures: str) -> str:
    """Return the HTML of a component."""
    return written(as_json(component), pictures, living=living)


@pytest.mark.parametrize(
    ("component", "markup"),
    [
        (html.P("a < b & c"), "<p>a &lt; b &amp; c</p>"),
        (html.P(["a", html.Br(), 5]), "<p>a<br>5</p>"),
        (html.A("x", href="?a=1&b=2", hrefLang="zh-Hans"), '<a href="?a=1&amp;b=2" hreflang="zh-Hans">x</a>'),
        (html.Div(className="page", tabIndex="0"), '<div class="page" tabindex="0"></div>'),
        (html.I(style={"width": "3%", "overflowWrap": "anywhere"}), '<i style="width:3%;overflow-wrap:anywhere"></i>'),
        (html.Button("x", n_clicks=0, disabled=True, hidden=False), "<button disabled>x</button>"),
        (html.Label("x", htmlFor="y"), '<label for="y">x</label>'),
        (html.Div(**aria(hidden="true")), '<div aria-hidden="true"></div>'),
        (html.Div(**data(point="p:1")), '<div data-point="p:1"></div>'),
        (html.H2([None, False, "x"]), "<h2>x</h2>"),
        (html.Img(src='"'), '<img src="&quot;">'),
        (dcc.Store(id="view"), ""),
        ([html.B("1"), "2"], "<b>1</b>2"),
    ],
)
def test_a_component_is_the_element_that_dash_would_make(component: Any, markup: str) -> None:
    """Text is escaped, an element without an end has none, and what only Dash brings to life is left out."""
    assert of(component) == markup


OPTIONS = [{"value": "off", "label": "Off"}, {"value": "on", "label": "On & off"}]


def test_radios_show_which_is_chosen_and_do_nothing_until_they_live() -> None:
    """Before the script each is disabled and has no value; in the copy each has one, and the group its id."""
    segments = native.Segments("events", OPTIONS, "on", "Events")
    dead, living = of(segments), of(segments, living=True)
    assert dead.count("disabled") == 2
    assert "value=" not in dead
    assert 'id="events"' not in dead
    assert '<input value="off" type="radio" name="events"><span>Off</span>' in living
    assert '<input value="on" checked type="radio" name="events"><span>On &amp; off</span>' in living
    assert '<div id="events" role="radiogroup" aria-label="Events" class="segments">' in living


def test_a_list_shows_its_choice() -> None:
    """One option is selected; dead it can be opened by nobody."""
    select = native.Select("start", OPTIONS, "off", "First year")
    dead, living = of(select), of(select, living=True)
    assert dead.startswith("<select disabled ")
    assert living.startswith('<select id="start" ')
    assert '<option value="off" selected>Off</option><option value="on">On &amp; off</option>' in living


@pytest.mark.parametrize(
    ("more", "kind", "name"),
    [({"placeholder": "copper"}, "text", "typed"), ({"type": "date"}, "date", "years day")],
)
def test_a_field_is_of_its_kind(more: dict[str, Any], kind: str, name: str) -> None:
    """A line to type in has an example; a day has the browser's own field."""
    made = of(native.Field("find", "Goods", 500, **more), living=True)
    assert f'type="{kind}"' in made
    assert f'class="{name}"' in made
    assert ('placeholder="copper"' in made) == (kind == "text")
    assert 'id="find"' in made


def test_a_picture_has_the_drawing_of_its_id() -> None:
    """One that nobody drew is an empty place."""
    assert of(native.Picture("pulse"), pulse="<svg/>") == '<div class="graph"><svg/></div>'
    assert of(native.Picture("other"), living=True) == '<div id="other" class="graph"></div>'
