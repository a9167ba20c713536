"""What is seen before a script has run: the sentence and the first picture, where the living ones will be."""

from __future__ import annotations

import re
from html import unescape
from typing import TYPE_CHECKING, Any

import pytest

from analysis.selection import LANGUAGES, Selection
from callbacks.opening import PHONE, WIDE
from layouts.charts.registry import CHARTS
from layouts.first_picture import markup, svg
from layouts.look.theme import on_page
from tests.callbacks.waiting import until
from tests.sweep.pages import SHIFTS

if TYPE_CHECKING:
    from pathlib import Path

    from dash import Dash
    from playwright.sync_api import Browser, Route

    from callbacks.live_dataset import LiveDataset

NEAR = 2.5  # pixels that words may stand apart from the living ones
# the frames in which no picture stands, once the page has come as far as the first
BLANK = """window.blank = []; window.opened = false;
(function look() {
  const seen = document.querySelector("#first-picture, #pulse .gtitle");
  if (document.getElementById("first-picture")) window.opened = true;
  if (window.opened && !seen) window.blank.push(performance.now());
  requestAnimationFrame(look);
})();"""
# where each line of words and each bar stands, in pixels from the corner of the picture
PLACES = """(root) => {
  const corner = root.getBoundingClientRect();
  const box = (one) => { const at = one.getBoundingClientRect(); return [at.left - corner.left, at.top - corner.top, at.right - corner.left, at.bottom - corner.top]; };
  const words = [...root.querySelectorAll("text")].filter((one) => one.textContent.trim()).map((one) => [one.textContent.replace(/\\s+/g, ""), box(one)]);
  const bars = [...root.querySelectorAll(".bars path, path.bars")].map(box);
  const all = (side, most) => most(...bars.map((one) => one[side]));
  return [words, [all(0, Math.min), all(1, Math.min), all(2, Math.max), all(3, Math.max)]];
}"""  # noqa: E501


@pytest.fixture(scope="module")
def figures(live: LiveDataset) -> dict[int, Any]:
    """Return the first chart in both widths."""
    chart = CHARTS["pulse"]
    rows = live.table(chart, Selection())
    return {width: chart.draw(rows, Selection(), on_page(width)) for width in (WIDE, PHONE)}


def _plain(text: str) -> str:
    return re.sub(r"\s+", "", unescape(re.sub(r"<[^>]+>", "", text)))


@pytest.mark.parametrize("width", [WIDE, PHONE])
def test_it_holds_what_the_figure_holds(figures: dict[int, Any], width: int) -> None:
    """Each word of the figure, and each bar in its colour and at its height, by the figure's own numbers."""
    figure = figures[width]
    drawn = svg.written(figure, "first")
    layout = figure["layout"]
    shown = [tick for axis in ("xaxis", "yaxis") for tick in layout[axis]["ticktext"]]
    words = {_plain(one) for one in [layout["title"]["text"], *(note["text"] for note in layout["annotations"])]}
    texts = [_plain(one) for one in re.findall(r"<text.*?</text>", drawn)]
    assert words <= set(texts)
    assert set(texts) - words <= set(shown)
    bars = [trace for trace in figure["data"] if trace["type"] == "bar"]
    assert drawn.count("Z") == sum(len(trace["x"]) for trace in bars) > 100
    inks = {ink for trace in bars for ink in trace["marker"]["color"]}
    assert {f"var(--{ink[1:]})" for ink in inks} == set(re.findall(r'<path class="bars" fill="([^"]+)"', drawn))
    heights = [float(one) for one in re.findall(r"V([\d.]+)H", drawn)]
    first, last = bars[0]["y"][0], bars[0]["y"][-1]
    zero = float(re.findall(r"M[\d.]+ ([\d.]+)V", drawn)[0])
    faint = next(at for at, ink in enumerate(bars[0]["marker"]["color"]) if ink != bars[0]["marker"]["color"][0])
    latest = heights[faint : len(bars[0]["y"])][-1]
    assert (zero - heights[0]) / (zero - latest) == pytest.approx(first / last, abs=0.02)


@pytest.mark.browser
@pytest.mark.parametrize(("width", "height"), [(1440, 900), (390, 844)], ids=["wide", "phone"])
def test_it_stands_where_the_living_one_stands(
    chromium: Browser, site: tuple[str, Path], width: int, height: int
) -> None:
    """Words and bars lie within a few pixels of what plotly draws, and nothing is blank or jumps on the way."""
    context = chromium.new_context(viewport={"width": width, "height": height})
    page = context.new_page()
    page.add_init_script(SHIFTS + BLANK)
    page.goto(site[0])
    until(page, "document.querySelector('#pulse-figure .gtitle') && !document.getElementById('first-picture')")
    page.wait_for_timeout(300)
    opened, blank, shifted = page.evaluate("[window.opened, window.blank, window.shifted]")
    living, own = page.evaluate(f"""async () => {{
      const places = {PLACES};
      const page = new DOMParser().parseFromString(await (await fetch("./")).text(), "text/html");
      const first = document.querySelector("#pulse .picture").appendChild(page.getElementById("first-picture"));
      const shown = [...first.children].find((one) => one.checkVisibility());
      return [places(document.querySelector("#pulse-figure")), places(shown)];
    }}""")
    context.close()
    assert opened
    assert blank == []
    assert shifted < 0.02
    assert sorted(text for text, _ in living[0]) == sorted(text for text, _ in own[0])
    theirs = {text: box for text, box in living[0] if len(text) > 3}
    apart = {
        text: [round(a - b, 1) for a, b in zip(box, theirs[text], strict=True)]
        for text, box in own[0]
        if text in theirs and any(abs(a - b) > NEAR for a, b in zip(box, theirs[text], strict=True))
    }
    assert apart == {}
    assert own[1] == pytest.approx(living[1], abs=1.5)


@pytest.mark.browser
def test_it_answers_before_dash_stands(chromium: Browser, site: tuple[str, Path]) -> None:
    """The first chart is drawn and read while Dash's scripts are awaited, and is the same element afterwards."""
    context = chromium.new_context(viewport={"width": 1440, "height": 900})
    page = context.new_page()
    awaited: list[Route] = []

    def wait(route: Route) -> None:
        awaited.append(route)

    page.route("**/dash-renderer/build/**", wait)
    page.goto(site[0])
    until(page, "document.querySelector('#pulse .js-plotly-plot .gtitle') && !document.getElementById('first-picture')")
    assert page.locator("#react-entry-point .page").count() == 0
    page.evaluate("window.early = document.querySelector('#pulse .js-plotly-plot')")
    bar = page.locator("#pulse .bars path").nth(40)
    bar.hover(force=True)  # the layer that answers lies over the bars
    page.locator(".hoverlayer .hovertext").first.wait_for()
    for route in awaited:
        route.continue_()
    until(page, "document.querySelector('#react-entry-point #pulse-figure .js-plotly-plot')")
    assert page.evaluate("document.querySelector('#pulse-figure .js-plotly-plot') === window.early")
    assert page.locator("#pulse-words").text_content()
    context.close()


@pytest.mark.browser
def test_without_scripts(chromium: Browser, site: tuple[str, Path]) -> None:
    """The sentence, the picture, every question and what the data cannot say are there."""
    context = chromium.new_context(viewport={"width": 1440, "height": 900}, java_script_enabled=False)
    page = context.new_page()
    page.goto(site[0])
    sentence, picture = page.locator("h1").inner_text(), page.locator("#first-picture svg.first-wide")
    shown = picture.is_visible(), page.locator("#first-picture svg.first-phone").is_visible()
    headings = page.locator("section h2").count()
    context.close()
    assert "1,099.9" in sentence
    assert shown == (True, False)
    assert headings > len([chart for chart in CHARTS.values() if chart.page])


def test_each_language_opens_in_its_own(application: tuple[Dash, Path]) -> None:
    """By the address, else by what the browser prefers; a language that there is not is English."""
    client = application[0].server.test_client()
    names = {"en": "en", "zh": "zh-Hans", "ru": "ru"}
    for code in LANGUAGES:
        by_address = client.get(f"/?lang={code}", headers={"Accept-Language": "de, en;q=0.5"}).text
        by_wish = client.get("/", headers={"Accept-Language": f"{code};q=0.9, de"}).text
        assert by_address == by_wish
        assert f'<html lang="{names[code]}">' in by_address
        assert "[[" not in by_address
    assert '<html lang="en">' in client.get("/?lang=xx", headers={"Accept-Language": "fr"}).text
    assert "Accept-Language" in client.get("/").headers["Vary"]


def test_an_unknown_version_is_said(application: tuple[Dash, Path]) -> None:
    """The newest is shown, with a line that says so."""
    client = application[0].server.test_client()
    newest, unknown = (client.get(address).text for address in ("/", "/?v=nothing"))
    assert "is not kept here" in unknown.partition("facts")[0]
    assert "is not kept here" not in newest
    assert (
        unknown.partition('id="first-picture"')[2].partition("</svg>")[0]
        == (newest.partition('id="first-picture"')[2].partition("</svg>")[0])
    )


def test_rows_without_a_script(application: tuple[Dash, Path]) -> None:
    """The page names the rows of every chart; each is the CSV of the view that the address asks for."""
    client = application[0].server.test_client()
    named = re.findall(r'href="\./(chart/[^"]+)"', client.get("/").text)
    assert len(named) == sum(chart.page for chart in CHARTS.values())
    whole, part = client.get("/chart/pulse.csv"), client.get("/chart/pulse.csv?flow=import&start=2023&end=2023")
    assert whole.mimetype == "text/csv"
    assert len(whole.text.splitlines()) > len(part.text.splitlines()) == 12
    assert client.get("/chart/nothing.csv").status_code == 404


def test_markup_writes_what_the_browser_makes() -> None:
    """Text is escaped, styles and attributes are those of HTML, what only a script can do is left out."""
    component = {
        "namespace": "dash_html_components",
        "type": "Div",
        "props": {
            "children": ["a < b", None, {"namespace": "dash_core_components", "type": "Store", "props": {"id": "x"}}],
            "className": 'one "two"',
            "style": {"minHeight": "3px"},
            "hidden": True,
            "aria-label": "c & d",
        },
    }
    assert markup.written(component, {}) == (
        '<div class="one &quot;two&quot;" hidden aria-label="c &amp; d" style="min-height:3px">a &lt; b</div>'
    )
