"""Waiting for a page that evaluates no text: Playwright's own waiting does, and the policy forbids it."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Final

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Error

if TYPE_CHECKING:
    from playwright.sync_api import Page

PATIENCE: Final = 60.0


def until(page: Page, expression: str) -> None:
    """Return when a JavaScript expression is true of the page; TimeoutError after PATIENCE seconds.

    Between two pages there is no document, or one without a root: an expression that fails then is asked again.
    """
    last, failed = time.monotonic() + PATIENCE, ""
    while True:
        try:
            if page.evaluate(expression):
                return
        except Error as error:
            failed = f" ({error.message})"
        if time.monotonic() > last:
            raise TimeoutError(f"{expression}{failed}")
        page.wait_for_timeout(50)


def wrong(page: Page, part: str = "") -> list[str]:
    """Return what axe finds wrong in the part of a page that a selector names, or in all of it."""
    return [violation["id"] for violation in Axe().run(page, part or None).response["violations"]]
