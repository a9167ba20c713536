"""One reader in headless Chromium: what a visit costs, when its first chart is seen and answers, how it follows."""

from __future__ import annotations

import base64
import json
import shutil
import time
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NamedTuple
from urllib.parse import urlsplit

from playwright.sync_api import sync_playwright

from bench.contenders import CURRENCY, FLOW
from tests.conftest import FLAGS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, BrowserContext, Request, WebSocket

    from bench.contenders import Contender

ASK: Final = "/_dash-update-component"
WATCH: Final = Path(__file__).with_name("watch.js").read_text("utf-8")
SIZES: Final = {"wide": (1440, 900), "phone": (390, 844)}
PATIENCE: Final = 60.0  # seconds for a page to be ready
QUIET: Final = 1.0  # seconds without a word on the wire after which a page is ready
STILL: Final = 500.0  # milliseconds without a change after which a picture stands
MISSED: Final = 10.0  # seconds after which a change that is not seen is missed
WATCHED, STEP = 3.0, 0.1  # seconds of loading on screens, and between two of them
# one control at a time through all views of flow and currency, back to the first
SERIES: Final = (
    *((FLOW, "Exports"), (CURRENCY, "US$"), (FLOW, "Imports"), (CURRENCY, "Yuan")),
    *((FLOW, "Total"), (CURRENCY, "US$"), (FLOW, "Both"), (CURRENCY, "Yuan")),
)
ROUNDS: Final = 3  # through the series: the first asks for views that nobody has asked for


class Asked(NamedTuple):
    """A callback request as it went over the wire: method, path with its query, and body."""

    method: str
    path: str
    body: bytes | None


@dataclass(frozen=True)
class Change:
    """One change of a control: milliseconds until the picture stands as it stays, None where it never did.

    ``requests`` counts what went to the server for it, requests and messages over a socket; ``first`` tells whether
    its view was asked for the first time.
    """

    took: float | None
    requests: int
    first: bool


@contextmanager
def chromium() -> Iterator[Browser]:
    """Start the system's Chromium, as the browser tests do.

    Raises:
        FileNotFoundError: there is none.
    """
    path = shutil.which("chromium") or shutil.which("google-chrome") or shutil.which("chromium-browser")
    if path is None:
        raise FileNotFoundError("no Chromium: apt-get install -y chromium fonts-liberation fonts-noto-cjk")
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=path, args=list(FLAGS))
        yield browser
        browser.close()


@contextmanager
def fresh(browser: Browser, size: tuple[int, int] = SIZES["wide"]) -> Iterator[BrowserContext]:
    """Be a reader who was never here."""
    context = browser.new_context(viewport={"width": size[0], "height": size[1]})
    yield context
    context.close()


class Visit:
    """A page of a contender in a tab of its own, and all that went over the wire for it.

    ``received`` counts bytes as they travelled, heads of answers and messages of sockets included; ``asked`` are the
    callback requests, in order, by whichever method; ``sent`` counts requests and messages.
    """

    def __init__(self, context: BrowserContext, contender: Contender) -> None:
        """Open nothing yet."""
        self.contender, self.page = contender, context.new_page()
        self.received, self.sent, self.asked = 0.0, 0, list[Asked]()
        self._under_way, self._last = 0, time.monotonic()
        wire = context.new_cdp_session(self.page)
        wire.send("Network.enable")
        wire.on("Network.loadingFinished", lambda event: self._arrived(event["encodedDataLength"]))
        self.page.on("request", self._asked)
        self.page.on("requestfinished", self._done)
        self.page.on("requestfailed", self._done)
        self.page.on("websocket", self._socket)
        self.page.add_init_script(f"const ROOTS = {json.dumps(contender.roots)};\n{WATCH}")

    def _asked(self, request: Request) -> None:
        if request.url.startswith("http"):
            self._under_way += 1
            self.sent += 1
            self._last = time.monotonic()
            place = urlsplit(request.url)
            if place.path.endswith(ASK):
                path = request.url.partition(place.netloc)[2]
                self.asked.append(Asked(request.method, path, request.post_data_buffer))

    def _done(self, request: Request) -> None:
        if request.url.startswith("http"):
            self._under_way -= 1
            self._last = time.monotonic()

    def _arrived(self, length: float) -> None:
        self.received += length
        self._last = time.monotonic()

    def _socket(self, socket: WebSocket) -> None:
        socket.on("framereceived", lambda content: self._arrived(len(content)))
        socket.on("framesent", lambda _: self._sent())

    def _sent(self) -> None:
        self.sent += 1
        self._last = time.monotonic()

    def noted(self, expression: str) -> Any:  # noqa: ANN401 (what JavaScript gives)
        """Return an expression of what the page has noted, such as ``watched.drawn`` in milliseconds."""
        return self.page.evaluate(expression)

    def open(self, address: str, *, pointing: bool = True) -> None:
        """Open the page, point at the first chart until it answers if asked to, and wait until all is quiet.

        Where no mark of the chart is in the window, a reader scrolls, and so does this.

        Raises:
            TimeoutError: it does not answer, or is never quiet.
        """
        self.page.goto(address, wait_until="commit")
        last, turn = time.monotonic() + PATIENCE, 0
        while pointing and self.noted("watched.answered") is None:
            _give_up_after(last, "the first chart does not answer the pointer")
            marks = self.noted("watched.stands() && watched.marks()")
            if marks:
                turn += 1
                self.page.mouse.move(*marks[turn * 7 % len(marks)])
            elif marks is not False:
                self.page.mouse.wheel(0, self.noted("watched.away()"))
            self.page.wait_for_timeout(20)
        self.settle()

    def settle(self) -> None:
        """Wait until nothing is under way and nothing has come for QUIET seconds."""
        last = time.monotonic() + PATIENCE
        while self._under_way > 0 or time.monotonic() - self._last < QUIET:
            _give_up_after(last, "the page is never quiet")
            self.page.wait_for_timeout(50)

    def shifted(self) -> float:
        """Return the sum of all layout shifts that no input of the reader explains."""
        return float(sum(one["value"] for one in self.noted("watched.shifts")))

    def read_on(self) -> None:
        """Scroll to the end of the page as a reader does, and wait until all is quiet."""
        self.page.mouse.move(5, 400)
        for _ in range(200):
            self.page.mouse.wheel(0, 500)
            self.page.wait_for_timeout(100)
            if self.noted("scrollY + innerHeight > document.documentElement.scrollHeight - 5"):
                break
        self.settle()

    def changes(self) -> list[Change]:
        """Change the controls of the first chart, one at a time, ROUNDS times through the same views.

        A view that stands differently when it is asked for again is missed too.
        """
        views: dict[tuple[str, str], str] = {}
        now = {FLOW: "Both", CURRENCY: "Yuan"}
        out = []
        for _ in range(ROUNDS):
            for control, label in SERIES:
                now[control] = label
                sent, took = self.sent, self._changed(control, label)
                view, picture = (now[FLOW], now[CURRENCY]), self.noted("watched.picture()")
                first = view not in views
                same = took is not None and views.setdefault(view, picture) == picture
                out.append(Change(took if same else None, self.sent - sent, first))
        return out

    def keeps_up(self) -> bool:
        """Go through all views as fast as the controls can be used; return whether the first picture is back then."""
        before = self.noted("watched.picture()")
        for control, label in SERIES:
            self.contender.choose(self.page, control, label)
        self.settle()
        self.page.wait_for_timeout(STILL)
        return bool(self.noted("watched.picture()") == before)

    def _changed(self, control: str, label: str) -> float | None:
        self.contender.choose(self.page, control, label)
        last = time.monotonic() + MISSED
        while (change := self.noted("watched.change()"))["redraws"] == 0:
            if time.monotonic() > last:
                return None
            self.page.wait_for_timeout(20)
        while change["still"] < STILL or self._under_way > 0:
            _give_up_after(last + PATIENCE, "the picture never stands still")
            self.page.wait_for_timeout(50)
            change = self.noted("watched.change()")
        return float(change["took"])


def _give_up_after(last: float, why: str) -> None:
    if time.monotonic() > last:
        raise TimeoutError(f"{why} within {PATIENCE:.0f} s")


def screens(browser: Browser, contender: Contender, address: str, folder: Path, size: str) -> list[str]:
    """Write what a first reader sees each STEP seconds of loading into ``folder``; return a line a layout shift.

    The files are named by their milliseconds since the navigation; between two frames nothing had changed.
    """
    folder.mkdir(parents=True, exist_ok=True)
    frames: list[tuple[float, bytes]] = []
    with fresh(browser, SIZES[size]) as context:
        visit = Visit(context, contender)
        wire = context.new_cdp_session(visit.page)

        def taken(event: dict[str, Any]) -> None:
            frames.append((event["metadata"]["timestamp"], base64.b64decode(event["data"])))
            wire.send("Page.screencastFrameAck", {"sessionId": event["sessionId"]})

        wire.on("Page.screencastFrame", taken)
        wire.send("Page.startScreencast", {"format": "png", "everyNthFrame": 1})
        visit.page.goto(address, wait_until="commit")
        visit.page.wait_for_timeout(1000 * (WATCHED + STEP))
        began = visit.noted("performance.timeOrigin") / 1000
        shifts = visit.noted("watched.shifts")
    for step in range(1, round(WATCHED / STEP) + 1):
        before = [content for at, content in frames if at <= began + step * STEP]
        if before:
            (folder / f"{round(1000 * step * STEP):04}.png").write_bytes(before[-1])
    return [f"{one['at']:6.0f} ms  {one['value']:.4f}  {one['moved']}" for one in shifts]
