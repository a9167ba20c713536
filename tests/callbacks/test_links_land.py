"""A link to a question ends at it, though the page is filled in above it; nothing that is seen jumps."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.callbacks.test_page import draw_all
from tests.callbacks.waiting import until

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Browser

pytestmark = pytest.mark.browser
SHIFTS = """window.shifted = 0;
new PerformanceObserver((list) => {
  for (const entry of list.getEntries()) if (!entry.hadRecentInput) window.shifted += entry.value;
}).observe({type: "layout-shift", buffered: true});"""
DRAWN = "[...document.querySelectorAll('.graph')].every((one) => one.querySelector('.gtitle')?.textContent)"
FAR = 20  # pixels that a picture may be higher or lower than the room kept for it, a line of words


@pytest.mark.parametrize(
    ("width", "height", "address"), [(1440, 900, "?currency=USD#goods"), (390, 844, "#mirror")], ids=["wide", "phone"]
)
def test_a_link_ends_at_its_question(
    chromium: Browser, site: tuple[str, Path], width: int, height: int, address: str
) -> None:
    """When all is drawn its heading stands near the top, and what was seen on the way did not jump."""
    context = chromium.new_context(viewport={"width": width, "height": height})
    page = context.new_page()
    page.add_init_script(SHIFTS)
    page.goto(site[0] + address)
    draw_all(page)
    until(page, f"document.querySelector('.claim') && {DRAWN}")
    page.wait_for_load_state("networkidle")
    name = address.partition("#")[2]
    top = page.evaluate(f"document.getElementById('{name}').getBoundingClientRect().top")
    shifted = page.evaluate("window.shifted")
    page.mouse.wheel(0, -400)
    until(page, f"document.getElementById('{name}').getBoundingClientRect().top > {top} + 300")
    page.evaluate("document.getElementById('main').style.paddingBottom = '300px'")
    page.wait_for_timeout(100)
    left = page.evaluate(f"document.getElementById('{name}').getBoundingClientRect().top")
    context.close()
    assert 50 < top < height / 4
    assert shifted < 0.02
    assert left > top + 300  # the reader who has moved on is not called back


@pytest.mark.parametrize(("width", "height"), [(1440, 900), (390, 844)], ids=["wide", "phone"])
def test_the_room_kept_is_the_room_taken(chromium: Browser, site: tuple[str, Path], width: int, height: int) -> None:
    """Each picture of the default view is as high as the room kept for it, but for a line of words; nothing jumps."""
    context = chromium.new_context(viewport={"width": width, "height": height})
    page = context.new_page()
    page.add_init_script(SHIFTS)
    page.goto(site[0])
    draw_all(page)
    until(page, f"document.querySelector('.claim') && {DRAWN}")
    kept = "parseFloat(getComputedStyle(one).getPropertyValue(innerWidth < 640 ? '--phone' : '--wide'))"
    differ = page.evaluate(
        f"[...document.querySelectorAll('.picture')].map((one) => [one.firstChild.id, {kept} - one.offsetHeight])"
    )
    shifted = page.evaluate("window.shifted")
    context.close()
    assert len(differ) > 10
    assert {id_: off for id_, off in differ if abs(off) > FAR} == {}
    assert shifted < 0.02
