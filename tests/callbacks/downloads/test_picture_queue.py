"""One browser, one picture at a time, a bounded wait."""

from __future__ import annotations

import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest

from callbacks.downloads.picture_queue import BusyError, PictureQueue

if TYPE_CHECKING:
    from collections.abc import Iterator


class Browser:
    """Counts how often it was opened and closed."""

    def __init__(self) -> None:
        """Be closed."""
        self.opened = self.closed = 0

    @contextmanager
    def open(self) -> Iterator[None]:
        """Be open inside the block."""
        self.opened += 1
        yield
        self.closed += 1


def test_one_browser_for_all() -> None:
    """The second picture finds it open; closed, it is opened again."""
    browser = Browser()
    queue = PictureQueue(browser.open)
    assert [queue.draw(lambda: 1), queue.draw(lambda: 2)] == [1, 2]
    assert (browser.opened, browser.closed) == (1, 0)
    queue.close()
    queue.close()
    assert queue.draw(lambda: 3) == 3
    assert (browser.opened, browser.closed) == (2, 1)
    queue.close()


def test_a_browser_that_fails_is_opened_anew() -> None:
    """One that ended is closed, and the next picture opens another."""
    browser = Browser()
    queue = PictureQueue(browser.open)

    def ended() -> int:
        raise RuntimeError("Chromium ended")

    with pytest.raises(RuntimeError, match="Chromium ended"):
        queue.draw(ended)
    assert (browser.opened, browser.closed) == (1, 1)
    assert queue.draw(lambda: 1) == 1
    assert (browser.opened, browser.closed) == (2, 1)
    queue.close()


def test_each_gets_its_own_and_none_is_drawn_beside_another() -> None:
    """Eight threads at once: every one gets its picture, and never are two under way."""
    queue, under_way, seen, answers = PictureQueue(Browser().open, most=8), threading.Lock(), [], {}

    def picture(number: int) -> int:
        assert under_way.acquire(blocking=False), "two at once"
        seen.append(number)
        under_way.release()
        return number

    def ask(number: int) -> None:
        answers[number] = queue.draw(lambda: picture(number))

    threads = [threading.Thread(target=ask, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(10)
    queue.close()
    assert answers == {number: number for number in range(8)}
    assert sorted(seen) == list(range(8))


def test_too_many_are_asked_to_come_again() -> None:
    """With one drawn and one waiting the third is refused; afterwards there is room again, even after an error."""
    queue, started, go = PictureQueue(Browser().open), threading.Event(), threading.Event()

    def slow() -> str:
        started.set()
        assert go.wait(10)
        return "slow"

    threads = [threading.Thread(target=queue.draw, args=(slow,)) for _ in range(2)]
    threads[0].start()
    assert started.wait(10)
    threads[1].start()
    while queue._places._value:  # until the second one waits
        threading.Event().wait(0.01)
    with pytest.raises(BusyError, match="ask again"):
        queue.draw(lambda: "third")
    go.set()
    for thread in threads:
        thread.join(10)

    def broken() -> str:
        raise ValueError("no picture")

    for _ in range(3):
        with pytest.raises(ValueError, match="no picture"):
            queue.draw(broken)
    assert queue.draw(lambda: "fourth") == "fourth"
    queue.close()
