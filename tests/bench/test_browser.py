"""What a visit notes, on synthetic pages whose times are known."""

from __future__ import annotations

import json
from contextlib import contextmanager
from dataclasses import replace
from http.server import BaseHTTPRequestHandler
from typing import TYPE_CHECKING, Any, Final

import pytest

from bench import browser
from bench.browser import ASK, Visit, fresh, screens
from bench.contenders import CURRENCY, FLOW, Contender
from tests.bench.synthetic_server import answering

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser
DRAWN, ANSWERS, LATE = 300, 600, 120  # milliseconds: of drawing, until it answers, of redrawing
# A chart of bars that is drawn late, answers later and redraws by two steps; `broken` says how it goes wrong.
PAGE: Final = """<!DOCTYPE html><title>synthetic</title><body style="margin:0"><h1>Made up</h1><p id="above"></p>
<div id="chart" style="height:400px"></div><div id="tip" role="tooltip" hidden>1</div>
<button id="flow">flow</button><button id="currency">currency</button>
<script>
const broken = BROKEN, chart = document.getElementById("chart"), views = {};
const bar = (n, high) => `<rect x="${12 * n}.0" y="0" width="10" height="${high}" transform="translate(0,0)"/>`;
const draw = (more) => {
  const bars = [...Array(120).keys()].map((n) => bar(n, 100 + more)).join("");
  chart.innerHTML = `<svg width="1440" height="400">${bars}</svg>`;
};
setTimeout(() => draw(1), DRAWN);
setTimeout(() => { chart.onmousemove = () => { document.getElementById("tip").hidden = false; }; }, ANSWERS);
if (broken === "below") document.getElementById("above").style.height = "1500px";
if (broken === "shifts") setTimeout(() => { document.getElementById("above").style.height = "90px"; }, 400);
let state = {flow: "Both", currency: "Yuan"}, last = 0;
const choose = (control, label) => {
  state[control] = label;
  const view = JSON.stringify(state);
  views[view] = views[view] || Object.keys(views).length + 2;
  last += 1;
  if (broken === "deaf" && last === 3) return;
  fetch("ASK", {method: "POST", body: view}).then(() => {
    draw(50 + views[view]); // not yet what stays
    setTimeout(() => draw(100 + views[view] + (broken === "unsteady" ? last : 0)), LATE);
  });
};
</script>"""


class Handler(BaseHTTPRequestHandler):
    """Give the page, and an answer to each request."""

    def do_GET(self) -> None:
        """Give the page in the way that the path names."""
        script = PAGE.replace("BROKEN", json.dumps(self.path[1:])).replace("ASK", ASK)
        for name, value in (("DRAWN", DRAWN), ("ANSWERS", ANSWERS), ("LATE", LATE)):
            script = script.replace(name, str(value))
        self._give(script.encode())

    def do_POST(self) -> None:
        """Answer with nothing of use."""
        self.rfile.read(int(self.headers["Content-Length"]))
        self._give(b"{}")

    def _give(self, content: bytes) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_: Any) -> None:
        """Say nothing."""


def choose(page: Page, control: str, label: str) -> None:
    """Press the button of a control, then have its page follow, as a press would."""
    page.locator(f"#{control}").click()
    page.evaluate("([control, label]) => choose(control, label)", [control, label])


SYNTHETIC: Final = Contender("synthetic", lambda _: [], "#chart", choose)


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    """Serve the page."""
    with answering(Handler) as port:
        yield f"http://127.0.0.1:{port}/"


@pytest.fixture(autouse=True)
def _short(monkeypatch: pytest.MonkeyPatch) -> None:
    """Go through two views, twice: each change is waited for."""
    monkeypatch.setattr(browser, "SERIES", ((FLOW, "Exports"), (FLOW, "Both")))
    monkeypatch.setattr(browser, "ROUNDS", 2)


@contextmanager
def opened(chromium: Browser, address: str, roots: str = "#chart") -> Iterator[Visit]:
    """Open the page as a reader who was never here."""
    with fresh(chromium) as context:
        visit = Visit(context, replace(SYNTHETIC, roots=roots))
        visit.open(address)
        yield visit


@pytest.mark.parametrize("roots", ["#chart", "#nowhere, #chart > svg"])
def test_a_visit_notes_when_the_picture_is_seen_and_answers(chromium: Browser, address: str, roots: str) -> None:
    """Neither before it is so; the words of the page are no picture, and the bytes are those sent."""
    with opened(chromium, address, roots) as visit:
        drawn, answered = visit.noted("watched.drawn"), visit.noted("watched.answered")
        lcp = visit.noted("watched.lcp.at")
    assert DRAWN <= drawn <= answered
    assert answered >= ANSWERS
    assert lcp < drawn
    assert len(PAGE) < visit.received < 3 * len(PAGE)


def test_a_chart_below_the_window_is_scrolled_to(chromium: Browser, address: str) -> None:
    """It is not seen before, however early it stands."""
    with opened(chromium, address + "below") as visit:
        assert visit.noted("scrollY") > 0
        assert DRAWN < visit.noted("watched.drawn") <= visit.noted("watched.answered")


def test_a_change_ends_with_the_picture_that_stays(chromium: Browser, address: str) -> None:
    """A first redrawing that does not stay is not the answer; each change asks once; a view is new once."""
    with opened(chromium, address) as visit:
        changes = visit.changes()
    assert len(changes) == browser.ROUNDS * len(browser.SERIES)
    assert all(change.took is not None and change.took >= LATE for change in changes)
    assert {change.requests for change in changes} == {1}
    assert sum(change.first for change in changes) == len(browser.SERIES)
    method, path, body = visit.asked[0]
    assert (method, path, json.loads(body or b"")) == ("POST", ASK, {FLOW: "Exports", CURRENCY: "Yuan"})


def test_a_change_that_is_not_seen_is_missed(chromium: Browser, address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A control that does nothing once is missed once."""
    monkeypatch.setattr(browser, "MISSED", 4.0)
    with opened(chromium, address + "deaf") as visit:
        changes = visit.changes()
    assert [place for place, change in enumerate(changes) if change.took is None] == [2]


def test_a_view_that_stands_differently_again_is_missed(chromium: Browser, address: str) -> None:
    """A picture of the same choice is the same picture."""
    with opened(chromium, address + "unsteady") as visit:
        changes = visit.changes()
    assert [change.took is None for change in changes] == [not change.first for change in changes]


@pytest.mark.parametrize("way", ["", "unsteady"])
def test_a_hurry_ends_with_the_picture_asked_for_last(chromium: Browser, address: str, way: str) -> None:
    """After all views in a row the picture is the one it was before, or the page did not keep up."""
    with opened(chromium, address + way) as visit:
        visit.contender.choose(visit.page, FLOW, "Both")
        visit.settle()
        assert visit.keeps_up() is (way == "")


def test_what_jumps_is_noted_and_shown(chromium: Browser, address: str, tmp_path: Path) -> None:
    """A layout shift has its time and its size; the screens show the page before and after it."""
    lines = screens(chromium, SYNTHETIC, address + "shifts", tmp_path, "wide")
    assert len(lines) == 1
    assert float(lines[0].split()[0]) >= 400
    assert "#chart" in lines[0]
    files = sorted(file.name for file in tmp_path.iterdir())
    assert files[-1] == "3000.png"
    assert (tmp_path / files[-1]).read_bytes() != (tmp_path / files[0]).read_bytes()
    with opened(chromium, address + "shifts") as visit:
        assert visit.shifted() > 0.01
    with opened(chromium, address) as visit:
        assert visit.shifted() < 0.001
