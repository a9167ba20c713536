"""One Chromium draws pictures, one after the other; who would wait too long is asked to come again.

Two drawn at once would take as long as one after the other, and the memory of both; so a lock hands the browser on.
"""

import atexit
import threading
from collections.abc import Callable
from contextlib import AbstractContextManager, ExitStack
from typing import Final, TypeVar

Made = TypeVar("Made")
MOST: Final = 2  # pictures asked for at once: one that is drawn and one that waits
AGAIN: Final = 5  # seconds after which to ask again


class BusyError(RuntimeError):
    """As many pictures as may wait are waiting already."""


class PictureQueue:
    """Draws one picture at a time in a browser that is opened for the first and kept for the next."""

    def __init__(self, browser: Callable[[], AbstractContextManager[None]], most: int = MOST) -> None:
        """Open nothing yet; ``browser`` opens what draws, and closes it where its block ends."""
        self._browser = browser
        self._places = threading.BoundedSemaphore(most)
        self._turn = threading.Lock()
        self._open: ExitStack | None = None

    def draw(self, picture: Callable[[], Made]) -> Made:
        """Return what ``picture`` makes, when it is its turn; a browser that fails is closed, and the next opened.

        Raises:
            BusyError: too many wait.
            RuntimeError: there is no browser to draw with.
        """
        if not self._places.acquire(blocking=False):
            raise BusyError(f"{MOST} pictures are being drawn; ask again in {AGAIN} seconds")
        try:
            with self._turn:
                self._ready()
                try:
                    return picture()
                except RuntimeError:
                    self.close()
                    raise
        finally:
            self._places.release()

    def _ready(self) -> None:
        if self._open is None:
            stack = ExitStack()
            stack.enter_context(self._browser())
            self._open = stack
            atexit.register(self.close)

    def close(self) -> None:
        """Close the browser; the next picture opens one again."""
        stack, self._open = self._open, None
        if stack is not None:
            stack.close()
