"""Waiting for a page that evaluates no text: Playwright's own waiting does, and the policy forbids it."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from playwright.sync_api import Page

PATIENCE: Final = 60.0


def until(page: Page, expression: str) -> None:
    """Return when a JavaScript expression is true of the page; TimeoutError after PATIENCE seconds."""
    last = time.monotonic() + PATIENCE
    while not page.evaluate(expression):
        if time.monotonic() > last:
            raise TimeoutError(expression)
        page.wait_for_timeout(50)
