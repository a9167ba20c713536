"""A link to a question ends at it, though the page is filled in above it; nothing that is seen jumps."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.callbacks.test_page import draw_all
from tests.callbacks.waiting import until
from tests.sweep.pages import SHIFTS, STANDS

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Browser

pytestmark = pytest.mark.browser


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
    until(page, f"document.querySelector('.claim') && {STANDS}")
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
