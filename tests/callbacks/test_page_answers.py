"""How the page asks and takes answers: few questions, the newest wins, a failure is told, colours ask for nothing."""

from __future__ import annotations

import re
import time
from typing import TYPE_CHECKING
from urllib.parse import unquote

import pytest

from tests.callbacks.waiting import until

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, Page, Request, Route

pytestmark = pytest.mark.browser
ASK = "**/_dash-update-component*"
TITLE = "document.querySelector('#pulse-figure .gtitle')?.textContent"
VIEW = re.compile(r'"(pulse|growth)-view","property":"data","value":"([^"]*)"')


@pytest.fixture
def page(chromium: Browser, site: tuple[str, Path]) -> Iterator[Page]:
    """Open the default view in a wide window and wait until nothing more is asked."""
    context = chromium.new_context(viewport={"width": 1440, "height": 900})
    opened = context.new_page()
    opened.goto(site[0])
    until(opened, TITLE)
    opened.wait_for_load_state("networkidle")
    yield opened
    context.close()


def _questions(page: Page) -> list[str]:
    asked: list[str] = []

    def note(request: Request) -> None:
        if "_dash-update-component" in request.url:
            asked.append(unquote(request.url) + (request.post_data or ""))

    page.on("request", note)
    return asked


def _touch(page: Page, control: str, value: str) -> None:
    page.locator(f"#{control} input[value={value}]").dispatch_event("click")


def test_colours_ask_for_nothing_and_a_change_for_what_is_near(page: Page) -> None:
    """The button says what it does, the page and its pictures turn, and turn back to what they were.

    At most four questions a change; a chart that is far is asked for when it comes near; seen again, none.
    """
    asked = _questions(page)
    ground = "document.querySelector('#pulse-figure .js-plotly-plot').layout.paper_bgcolor"
    button = page.locator("#dark")
    assert button.inner_text() == "Dark"
    button.click()
    until(page, f"{ground} == '#14161A'")
    assert button.inner_text() == "Light"
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(20, 22, 26)"
    button.click()
    until(page, f"{ground} == '#FCFBF8'")
    assert asked == []
    before = page.evaluate(TITLE)
    _touch(page, "currency", "USD")
    until(page, f"{TITLE} != {before!r}")
    page.wait_for_load_state("networkidle")
    assert 1 <= len(asked) <= 4
    assert not any("mirror-figure" in one or "coverage-figure" in one for one in asked)
    page.locator("#coverage").scroll_into_view_if_needed()
    until(page, "document.querySelector('#coverage-figure .gtitle')?.textContent")
    until(page, "document.querySelector('.contents [aria-current]')?.getAttribute('href') != '#pulse'")
    assert sum("coverage-figure" in one for one in asked) == 1
    page.evaluate("scrollTo(0, 0)")
    page.wait_for_load_state("networkidle")
    asked.clear()
    _touch(page, "currency", "CNY")
    until(page, f"{TITLE} == {before!r}")
    assert not any("pulse-figure" in one for one in asked)


PICTURE = "document.querySelector('#pulse-figure .js-plotly-plot')"
# what plotly draws into a new element of the first chart is counted
COUNTED = """() => {
  const draw = window.Plotly.newPlot;
  window.drawings = 0;
  window.Plotly.newPlot = (place, ...what) => {
    if (place.closest("#pulse-figure")) window.drawings += 1;
    return draw(place, ...what);
  };
}"""


def test_a_picture_that_was_drawn_comes_back_as_it_was(page: Page) -> None:
    """It answers the pointer again, says no number that was pointed at before, and is drawn once in each colours."""
    page.evaluate(COUNTED)
    first = page.evaluate(TITLE)
    page.evaluate(f"window.before = {PICTURE}")
    bar = page.locator("#pulse-figure .bars .point path").nth(4)
    bar.hover(force=True)
    hover = page.locator("#pulse-figure .hovertext")
    hover.first.wait_for()
    _touch(page, "flow", "total")
    until(page, f"{TITLE} != {first!r}")
    _touch(page, "flow", "both")
    until(page, f"{TITLE} == {first!r}")
    assert page.evaluate(
        f"{PICTURE} === window.before && document.querySelectorAll('#pulse .js-plotly-plot').length == 1"
    )
    assert hover.count() == 0
    assert page.evaluate("window.drawings") == 1
    page.mouse.move(5, 5)
    bar.hover(force=True)
    hover.first.wait_for()
    page.locator("#dark").click()
    until(page, f"{PICTURE}.layout.paper_bgcolor == '#14161A'")
    page.locator("#dark").click()
    until(page, f"{PICTURE} === window.before")
    assert page.evaluate("window.drawings") == 2


def test_few_drawn_pictures_are_kept(page: Page) -> None:
    """Eight of a chart: the ninth takes the place of the one that was seen longest ago, which is drawn anew."""
    page.evaluate(COUNTED)
    words = "document.querySelector('#pulse-words').textContent"
    seen = {page.evaluate(words)}

    def show(control: str, value: str, drawings: int) -> None:
        before = page.evaluate(words)
        if control == "start":
            page.evaluate("value => window.trade.write((words) => words.set('start', value))", value)
        else:
            _touch(page, control, value)
        until(page, f"{words} != {before!r}")
        assert page.evaluate("window.drawings") == drawings
        seen.add(page.evaluate(words))

    for drawn, step in enumerate(("export", "import", "total"), 1):
        show("flow", step, drawn)
    show("currency", "USD", 4)
    for drawn, step in enumerate(("both", "export", "import"), 5):
        show("flow", step, drawn)
    assert len(seen) == 8
    show("start", "2022-01", 8)  # instead of the first picture
    page.go_back()
    until(page, f"{words}.includes('January 2019')")
    show("flow", "both", 8)
    show("currency", "CNY", 9)
    assert len(seen) == 9


def test_what_is_pointed_at_is_asked_for_before_it_is_chosen(page: Page) -> None:
    """The question goes out with the pointer on a choice; the choice asks no second one, and draws its answer."""
    asked = _questions(page)
    first = page.evaluate(TITLE)
    choice = page.locator("#flow label", has=page.locator("input[value=total]"))
    with page.expect_response(lambda answer: "pulse-figure" in unquote(answer.url)):
        choice.hover()
    assert page.evaluate(TITLE) == first
    choice.click()
    until(page, f"{TITLE} != {first!r}")
    assert sum("pulse-figure" in one for one in asked) == 1
    page.mouse.move(5, 5)
    choice.hover()
    page.wait_for_load_state("networkidle")
    assert sum("pulse-figure" in one for one in asked) == 1


def test_the_newest_question_wins_and_none_is_lost(page: Page) -> None:
    """There and back and there again in one breath: the first question is broken off, the third one is answered.

    Where an answer fails a card with a button stands in its place, is no obstacle to axe's rules of names, and goes.
    Eight changes in quick succession: the last is drawn, though an older one is answered after it.
    """
    first = page.evaluate(TITLE)
    choose = "value => document.querySelector(`#flow input[value=${value}]`).click()"
    page.evaluate(f"() => ['total', 'import', 'total'].forEach({choose})")
    until(page, f"{TITLE} != {first!r}")
    page.wait_for_load_state("networkidle")
    assert page.locator("#pulse .failed").count() == 0
    assert "exports (FOB) plus imports (CIF)" in (page.locator("#pulse-words").text_content() or "")
    page.route(ASK, lambda route: route.fulfill(status=503, body="busy"))
    _touch(page, "flow", "export")
    card = page.locator("#pulse .failed")
    card.wait_for()
    assert card.get_attribute("role") == "alert"
    page.unroute(ASK)
    before = page.evaluate(TITLE)
    card.get_by_role("button", name="Try again").click()
    until(page, f"{TITLE} != {before!r}")
    assert page.locator("#pulse .failed").count() == 0

    def late(route: Route) -> None:
        match = VIEW.search(unquote(route.request.url))
        if match and "flow=import" in match[2] and "currency" not in match[2]:
            time.sleep(1.0)
        route.continue_()

    page.route(ASK, late)
    for flow, currency in (("import", "CNY"), ("export", "USD"), ("total", "CNY"), ("both", "USD")):
        _touch(page, "flow", flow)
        _touch(page, "currency", currency)
    page.wait_for_url("**/?currency=USD")
    until(page, "document.querySelector('#pulse-words').textContent.includes('US$')")
    page.wait_for_timeout(2500)
    words = page.locator("#pulse-words").text_content() or ""
    assert "US$" in words
    assert "exports to Russia (FOB) and imports from Russia" in words
    page.go_back()
    until(page, "document.querySelector('#currency input:checked').value == 'CNY'")
    assert page.locator("#flow input:checked").input_value() == "both"


def test_periods_reset_and_languages_keep_the_address(page: Page) -> None:
    """A common period is one click, Reset appears and takes all back, a language keeps the view."""
    assert not page.locator("#reset").is_visible()
    page.locator("#more summary").click()
    page.get_by_role("button", name="Since 2022").click()
    page.wait_for_url("**/?start=2022-01")
    until(page, "document.getElementById('start').value == '2022'")
    page.get_by_role("link", name="Русский").click()
    until(page, "document.documentElement.lang == 'ru' && document.querySelector('#react-entry-point .page')")
    until(page, TITLE)
    assert "start=2022-01" in page.url
    assert "lang=ru" in page.url
    page.locator("#reset").click()
    page.wait_for_url("**/?lang=ru")
    until(page, "document.getElementById('start').value == '2019'")
    assert not page.locator("#reset").is_visible()


def test_a_second_visit_is_small(chromium: Browser, site: tuple[str, Path]) -> None:
    """What travels again: names of contents alone."""
    context = chromium.new_context(viewport={"width": 1440, "height": 900})
    page = context.new_page()
    sizes: list[int] = []
    session = context.new_cdp_session(page)
    session.send("Network.enable")
    session.on("Network.loadingFinished", lambda event: sizes.append(int(event["encodedDataLength"])))
    visits = []
    for _ in range(2):
        sizes.clear()
        page.goto("about:blank")
        page.goto(site[0])
        until(page, TITLE)
        page.wait_for_load_state("networkidle")
        visits.append(sum(sizes))
    context.close()
    assert visits[0] > 100_000
    assert visits[1] < 30_000


def test_what_is_seen_is_drawn_before_what_is_near(page: Page) -> None:
    """Its answer comes last here: the second chart, just below the window, waits for that of the first one."""
    page.evaluate("scrollTo(0, 250)")
    until(page, "document.querySelector('#growth-figure .gtitle')?.textContent")
    page.evaluate("""() => {
      const draw = window.Plotly.newPlot, text = Response.prototype.text;
      window.order = [];
      window.Plotly.newPlot = (place, ...what) => {
        window.order.push(place.closest("section").id);
        return draw(place, ...what);
      };
      const there = {}, both = ["pulse", "growth"].map((chart) => new Promise((now) => { there[chart] = now; }));
      Response.prototype.text = async function () {
        const said = await text.call(this);
        const chart = Object.keys(there).find((one) => this.url.includes(one + "-figure"));
        if (chart) there[chart]();
        if (chart) await Promise.all(both);
        for (let after = 0; chart === "pulse" && after < 50; after++) await null;
        return said;
      };
    }""")
    _touch(page, "flow", "import")
    until(page, "window.order.length == 2")
    assert page.evaluate("window.order") == ["pulse", "growth"]
