"""Cite, version, change and use in a real browser.

All refreshed figures here are made up.
"""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from typing import TYPE_CHECKING

import pytest

from app import create_app
from callbacks.live_dataset import LiveDataset
from tests.callbacks.downloads.test_panels import refreshed
from tests.callbacks.few_rows import few_codes
from tests.callbacks.waiting import until, wrong
from tests.conftest import serving

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser
GROWTH = "document.querySelector('#growth-figure .gtitle')?.textContent"


@pytest.fixture(scope="module")
def old_and_new(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, list[str]]]:
    """Serve a page after two refreshes; give its address and the names of the versions."""
    store = few_codes(tmp_path_factory.mktemp("cited") / "snapshot")
    names = refreshed(store)
    with serving(create_app(LiveDataset(store)).server) as address:
        yield address, names


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    """Open a wide window that may copy; it must not complain."""
    rights = ["clipboard-read", "clipboard-write"]
    context = chromium.new_context(viewport={"width": 1440, "height": 900}, permissions=rights)
    opened, errors = context.new_page(), list[str]()
    opened.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)
    opened.on("pageerror", lambda error: errors.append(str(error)))
    yield opened
    assert errors == []
    context.close()


def test_an_earlier_version(page: Page, old_and_new: tuple[str, list[str]]) -> None:
    """A line says so and leads to the newest; a chart says what has changed; link and reset keep the version."""
    address, names = old_and_new
    page.goto(f"{address}?currency=USD&flow=import&v={names[1]}")
    until(page, "document.querySelector('#pulse-figure .gtitle')")
    until(page, "document.querySelector('#react-entry-point .page')")
    assert names[1] in page.locator("main > .age").inner_text()
    until(page, "document.querySelector('h1').innerText.includes('June 2026')")
    page.locator("#pulse details[data-panel] > summary", has_text="What has changed").click()
    until(page, "document.querySelector('#pulse .method .filled').textContent.includes('Jul 2026')")
    page.locator("#pulse-link").click()
    until(page, "document.getElementById('pulse-link').textContent == 'Copied'")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied == f"{address}?flow=import&currency=USD&v={names[1]}#pulse"
    assert wrong(page, "#pulse .method") == []
    assert wrong(page, "main > .age") == []
    page.locator("#reset").click()
    page.wait_for_url(f"**/?v={names[1]}")
    assert page.locator("main > .age a").get_attribute("href") == "./"
    page.locator("main > .age a").click()
    page.wait_for_url(address)
    until(page, "document.querySelector('#react-entry-point .page')")
    assert page.locator("main > .age").count() == 0


def test_one_chart_alone(page: Page, old_and_new: tuple[str, list[str]]) -> None:
    """As inside another page: the chart, its controls and buttons, and a link to the whole that keeps the view."""
    address, names = old_and_new
    page.set_viewport_size({"width": 390, "height": 760})  # no picture is as wide: the next would have to be cut
    page.goto(f"{address}?only=growth&currency=USD")
    until(page, GROWTH)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    page.set_viewport_size({"width": 600, "height": 760})
    assert page.locator("section.question").count() == 1
    assert page.locator("header:visible, nav:visible, h2:visible").count() == 0
    page.locator("#growth .explained").first.click()
    until(page, "document.getElementById('explained').textContent.length > 20")
    page.keyboard.press("Escape")
    assert wrong(page) == []
    page.locator("#growth-against").get_by_text("Yuan and US$", exact=True).click()
    page.wait_for_url("**against=currencies&only=growth")
    link = page.locator("a[data-whole]").get_attribute("href") or ""
    assert re.fullmatch(r"\./\?currency=USD&against=currencies#growth", link)
    page.locator("#growth-link").click()
    until(page, "document.getElementById('growth-link').textContent == 'Copied'")
    assert page.evaluate("navigator.clipboard.readText()").endswith(f"against=currencies&v={names[-1]}#growth")


def test_what_changed_a_picture_and_a_citation(page: Page, old_and_new: tuple[str, list[str]]) -> None:
    """Refreshes newest first, asked for when they are opened; the picture as SVG; the citations, by the keyboard.

    The SVG begins with its title and names the version. The citations open with Enter, a button copies one, and they
    follow the view.
    """
    address, names = old_and_new
    page.goto(address)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url) if "/panel/" in request.url else None)
    until(page, "document.querySelector('#pulse-figure .gtitle')")
    until(page, "document.querySelector('#react-entry-point .page')")
    assert asked == []
    with page.expect_download() as caught:
        page.locator("#pulse-svg").click()
    assert caught.value.suggested_filename == f"cn-ru_pulse_v-{names[-1]}.svg"
    root = ET.fromstring(caught.value.path().read_text("utf-8"))  # noqa: S314 (made by the page)
    assert root[0].tag.endswith("title")
    assert root[0].text
    assert len(root.findall(".//{http://www.w3.org/2000/svg}text")) > 10
    assert f"v={names[-1]}#pulse" in "".join(root.itertext())
    page.locator("#pulse .buttoned > summary").focus()
    page.keyboard.press("Enter")
    until(page, "document.querySelectorAll('#pulse .copied').length == 9")
    assert wrong(page, "#pulse") == []
    page.get_by_label("Copy: BibTeX").focus()
    page.keyboard.press("Enter")
    until(page, "document.querySelector('#pulse [aria-label=\"Copy: BibTeX\"]').textContent == 'Copied'")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied.startswith(f"@misc{{sino-russian-trade-pulse-{names[-1]},")
    page.locator("#currency").get_by_text("US$", exact=True).click()
    until(page, "document.querySelectorAll('#pulse .copied pre')[3].textContent.includes('currency=USD')")
    page.locator("details[data-panel='panel/changes/all'] > summary").click()
    until(page, "document.querySelectorAll('.about .filled > details').length == 2")
    assert "1 new figure" in page.locator(".about .filled > details > summary").first.inner_text()
    assert wrong(page, ".about") == []
