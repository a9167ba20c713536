"""The panel of a number while the next one is on its way."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.callbacks.test_page import Visit
from tests.callbacks.waiting import until

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Browser, Route

pytestmark = pytest.mark.browser
SHOWN = "getComputedStyle(document.getElementById('point-said')).opacity"


def test_the_last_number_is_pale_until_the_next_is_there(chromium: Browser, site: tuple[str, Path]) -> None:
    """An answer may take a second: until it comes, the panel must not look as if its number were that of the point."""
    context = chromium.new_context(viewport={"width": 1440, "height": 900})
    visit = Visit(context.new_page(), site[0])
    awaited: list[Route] = []
    page = visit.begin("?point=pulse:import.2023-06")
    until(page, "document.querySelector('#point-said h2')")
    page.route("**/_dash-update-component*", lambda route: awaited.append(route))  # noqa: PLW0108 (a function made in Python)
    page.evaluate("trade.write((words) => words.set('point', 'pulse:import.2023-05'))")
    until(page, f"{SHOWN} === '0.3'")
    for route in awaited:
        route.continue_()
    page.unroute("**/_dash-update-component*")
    until(page, f"{SHOWN} === '1'")
    context.close()
