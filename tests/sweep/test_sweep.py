"""A sample of the sweep, and that it finds what it looks for."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from layouts.drawing import geometry
from layouts.figure.chart import Words
from layouts.figure.frame import blank, framed, note
from layouts.look.theme import on_page
from tests.sweep import pages, pictures, trips, views

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, Page

    from analysis.dataset import Dataset
    from layouts.drawing.sheet import Sheet

pytestmark = pytest.mark.browser
LOOK = on_page(358)
# one look a language; then views of odd months
SAMPLE = (("", "en", "704"), ("", "ru", "358"), ("", "zh", "1040"), (views.ODD[1], "ru", "288"))
PAGES = ("zh 768 light", "ru 320 dark")


@pytest.fixture(scope="module")
def bench(chromium: Browser) -> Iterator[Page]:
    """Return an empty page that draws and measures."""
    page = chromium.new_page()
    pictures.bench(page)
    yield page
    page.close()


def test_pictures_are_without_fault(bench: Page, dataset: Dataset) -> None:
    """No words are cut, overlap, or are struck by a line; nothing that holds figures is empty."""
    faults = list(pictures.walk(bench, dataset, SAMPLE))
    assert faults == []


@pytest.mark.parametrize("name", PAGES)
def test_pages_are_without_fault(chromium: Browser, site: tuple[str, Path], name: str) -> None:
    """The same of the page, with console, axe, jumps, and words that run out of the window."""
    (window,) = (one for one in pages.windows() if one.name == name)
    assert pages.walk(chromium, site[0], window) == []


def test_a_control_comes_back(chromium: Browser, site: tuple[str, Path]) -> None:
    """One control goes out and back to the same address and the same strokes; one that is lost on the way is told."""
    (window,) = (one for one in pages.windows() if one.name == "ru 390 light")
    faults: list[str] = []
    with pages.opened(chromium, site[0], window, faults) as page:
        trips.watch(page)
        (control,) = (one for one in page.evaluate("trade.facts.controls") if one["id"] == "pulse-events")
        assert [*trips.control(page, control), *faults] == []
        lost = trips.control(page, {**control, "first": "on", "options": ["on", "off"]})
        assert "control: not as before after pulse-events from off: pulse-figure, address" in [*lost]


def _sheet(*labels: tuple[str, float, float]) -> Sheet:
    """Return a picture with a line from corner to corner and labels where they are put."""
    sheet = blank(LOOK, Words("A finding", "What is shown", "Source: somebody.", "%"), geometry.room(LOOK))
    axis = {"range": [0, 10], "tickvals": [], "ticktext": []}
    sheet.update_layout(xaxis=axis, yaxis=axis)
    sheet.add_scatter(x=[0, 10], y=[0, 10], mode="lines", line={"color": "#000000", "width": 2})
    framed(sheet)
    for words, x, y in labels:
        note(sheet, words, x=x, y=y, look=LOOK)
    return sheet


@pytest.mark.parametrize(
    ("labels", "found"),
    [
        ([("one", 1, 8), ("other", 1, 8.1)], "overlap: other | one"),
        ([("words that go far beyond the edge", 8, 1)], "cut: words"),
        ([("struck by the line", 4, 4.6)], "struck: struck by"),
        ([("about −0.0% now", 1, 8)], "nonsense"),
        ([("here", 1, 8), ("there", 6, 2)], ""),
    ],
)
def test_faults_are_found(bench: Page, labels: list[tuple[str, float, float]], found: str) -> None:
    """Labels put badly on purpose are told; those with room are not."""
    faults = pictures.faults(bench, _sheet(*labels))
    assert any(fault.startswith(found) for fault in faults) if found else faults == []


def test_an_empty_picture_is_found(bench: Page) -> None:
    """A plot with axes and no mark is empty; one that says why is none of the faults."""
    sheet = blank(LOOK, Words("A finding", "What is shown", "", ""), geometry.room(LOOK))
    sheet.update_layout(xaxis={"range": [0, 1]}, yaxis={"range": [0, 1]})
    framed(sheet)
    assert pictures.faults(bench, sheet) == []
    sheet.empty = False
    assert pictures.faults(bench, sheet) == ["empty"]


def test_a_bad_page_is_found(bench: Page) -> None:
    """Words over words, cut words and a page wider than its window are told."""
    bench.set_viewport_size({"width": 400, "height": 300})
    bench.evaluate("""document.body.insertAdjacentHTML("beforeend", `<div id="bad">
      <p style="position:absolute;left:10px;top:200px;margin:0">lower words</p>
      <p style="position:absolute;left:12px;top:203px;margin:0">upper words</p>
      <p style="width:30px;overflow:hidden;white-space:nowrap">what is cut here</p>
      <div style="width:900px">wide</div></div>`)""")
    faults = " ".join(bench.evaluate("measured.page()"))
    bench.evaluate("document.getElementById('bad').remove()")
    assert "pixels wider" in faults
    assert "overlap: lower words | upper words" in faults
    assert "cut: p. what is cut here" in faults
