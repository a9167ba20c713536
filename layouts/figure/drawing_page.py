"""A page in Chromium where plotly.js draws pictures: loaded once, and kept for all of them."""

from __future__ import annotations

import asyncio
import base64
import json
from concurrent.futures import CancelledError
from threading import Thread
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

    from choreographer import Browser, Tab

PATIENCE: Final = 90.0  # seconds after which Chromium counts as stuck
_STEP: Final = 0.01  # seconds between two looks
_TITLE: Final = "drawing"
# without a DOCTYPE a browser measures text in an older way
_PAGE: Final = f"data:text/html,<!DOCTYPE html><title>{_TITLE}</title><body style='margin:0'>"


class DrawingPage:
    """Draws pictures for any thread; Chromium starts in the background, and the first picture waits for it.

    The page is looked at until it is there: an event that says so is missed by a process that is busy when it comes.
    """

    def __init__(self, plotly: str) -> None:
        """Start Chromium, and have ``plotly``, the text of plotly.js, draw."""
        self._browser: Browser | None = None
        self._loop = asyncio.new_event_loop()
        self._thread = Thread(target=self._loop.run_forever, daemon=True, name=_TITLE)
        self._thread.start()
        self._tab = asyncio.run_coroutine_threadsafe(self._open(plotly), self._loop)

    def draw(self, figure: Mapping[str, Any], form: str, **size: float) -> bytes:
        """Return a figure as ``png`` or ``svg``, of a ``width`` and ``height`` in CSS pixels, times its ``scale``.

        Raises:
            RuntimeError: there is no Chromium, or it ended, does not answer, or cannot draw this.
        """
        options = {"format": form, "imageDataOnly": True, **size}
        call = f"Plotly.toImage({json.dumps(figure)}, {json.dumps(options)})"
        try:
            tab = self._tab.result(PATIENCE)
            answer = asyncio.run_coroutine_threadsafe(_answer(tab, call), self._loop).result(PATIENCE)
        except (CancelledError, TimeoutError, OSError) as error:
            raise RuntimeError("Chromium ended, or does not answer") from error
        drawn = _value(answer)
        if not drawn:
            raise RuntimeError(f"Chromium does not draw this: {answer}")
        return drawn.encode() if form == "svg" else base64.b64decode(drawn)

    def close(self) -> None:
        """End Chromium."""
        self._tab.cancel()
        if self._browser is not None:
            asyncio.run_coroutine_threadsafe(self._browser.close(), self._loop).result(PATIENCE)
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    async def _open(self, plotly: str) -> Tab:
        """Return the page when it can draw.

        Raises:
            RuntimeError: there is no Chromium, or it does not start.
        """
        from choreographer import Browser  # noqa: PLC0415 (only who draws files needs it)
        from choreographer.errors import BrowserFailedError, ChromeNotFoundError  # noqa: PLC0415

        try:
            self._browser = Browser()
            await self._browser  # opens it
        except (BrowserFailedError, ChromeNotFoundError) as error:
            raise RuntimeError("no Chromium was found that starts; BROWSER_PATH may name another") from error
        tab = self._browser.get_tab()
        if tab is None:
            raise RuntimeError("Chromium opens no page")
        await tab.send_command("Page.navigate", {"url": _PAGE})
        while _value(await _answer(tab, "document.title+document.readyState")) != f"{_TITLE}complete":  # noqa: ASYNC110 (no event: above)
            await asyncio.sleep(_STEP)
        await _answer(tab, f"{plotly}\n;0")
        return tab


async def _answer(tab: Tab, call: str) -> Mapping[str, Any]:
    """Return what the page answers to JavaScript, of a promise what it keeps."""
    asked = {"expression": call, "awaitPromise": True, "returnByValue": True}
    answer: Mapping[str, Any] = await tab.send_command("Runtime.evaluate", asked)
    return answer


def _value(answer: Mapping[str, Any]) -> str:
    """Return the text that an answer holds, none of one that is an error."""
    result = answer.get("result", {})
    return "" if "exceptionDetails" in result else str(result.get("result", {}).get("value", ""))
