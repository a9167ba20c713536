"""How measured values become a table, and what a server under load is measured to do, on made-up values."""

from __future__ import annotations

import statistics
import threading
import time
from http.server import BaseHTTPRequestHandler
from typing import TYPE_CHECKING, Any

import pytest

from bench import peer_apps, served
from bench.browser import ASK, Asked
from bench.contenders import CONTENDERS, DASH, OURS, STREAMLIT, VIZRO, write_figures
from bench.pages import CHANGED, ROWS, Row, p95, table
from tests.bench.synthetic_server import answering

if TYPE_CHECKING:
    from collections.abc import Iterator

from pathlib import Path

import pandas as pd


def test_a_row_sets_medians_beside_each_other() -> None:
    """Ratio of medians, the spread behind each, and whether the goal is reached."""
    row = Row("made up", ratios={DASH: 0.6})
    values = {OURS: [10.0, 20.0, 90.0], DASH: [40.0, 40.0], STREAMLIT: [0.0]}
    cells = ["made up", "20 (10–90)", "40", "-", "0", "0.50", "-", "-", "≤ 0.6 of plain Dash"]
    assert row.cells(values) == [*cells, "yes"]
    assert row.cells(values | {DASH: [30.0]})[-1] == "NO"


@pytest.mark.parametrize(
    ("row", "own", "reached"),
    [
        (Row("", most=30), 30, "yes"),
        (Row("", most=30), 31, "NO"),
        (Row("", least=400), 400, "yes"),
        (Row("", least=400), 399, "NO"),
        (Row("", ratios={VIZRO: 0.5, DASH: 0.6}), 55, "NO"),
        (Row("", ratios={VIZRO: 0.5, DASH: 0.6}), 50, "yes"),
        (Row(""), 1, ""),
    ],
)
def test_a_goal_is_reached_or_not(row: Row, own: float, reached: str) -> None:
    """Every bound of a row must hold."""
    assert row.reached({OURS: [own], DASH: [100.0], VIZRO: [100.0]}) == reached


def test_what_was_not_measured_is_never_a_number() -> None:
    """Missing values are a dash, and reach no goal."""
    row = Row("made up", ratios={DASH: 0.6})
    assert row.cells({})[1:8] == ["-"] * 7
    assert row.reached({}) == ""
    assert row.reached({OURS: [1.0]}) == ""


def test_p95_is_a_value_that_was_measured() -> None:
    """Of a hundred the ninety-sixth, of a few the largest."""
    assert p95([float(n) for n in range(100, 0, -1)]) == 96
    assert p95([3.0, 1.0, 2.0]) == 3


def test_the_table_has_a_line_a_row_and_one_width() -> None:
    """Names are told apart, and Markdown's columns stand under each other."""
    assert len({row.name for row in ROWS}) == len(ROWS)
    lines = list(table({row.name: {OURS: [1.0]} if row.name == CHANGED else {} for row in ROWS}))
    assert len(lines) == len(ROWS) + 2
    assert len({len(line) for line in lines}) == 1
    assert all(line.count("|") == len(CONTENDERS) + 3 + 4 for line in lines)


class Slow(BaseHTTPRequestHandler):
    """Answer each request after 20 ms; refuse the body ``bad``; count how many are answered at once."""

    protocol_version = "HTTP/1.1"
    lock, now, most = threading.Lock(), 0, 0

    def do_POST(self) -> None:
        """Wait, then answer."""
        with Slow.lock:
            Slow.now += 1
            Slow.most = max(Slow.most, Slow.now)
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        time.sleep(0.02)
        with Slow.lock:
            Slow.now -= 1
        self.send_response(400 if body == b"bad" else 200)
        self.send_header("Content-Length", "0")
        self.end_headers()

    do_GET = do_POST  # noqa: N815 (the name that the server calls)

    def log_message(self, *_: Any) -> None:
        """Say nothing."""


@pytest.fixture
def port() -> Iterator[int]:
    """Serve on a port."""
    with answering(Slow) as port:
        yield port


def test_requests_are_sent_over_eight_connections(port: int) -> None:
    """Each takes its 20 ms, eight at once at most; a refusal is no answer."""
    once = served.answered(port, [Asked("POST", ASK, b"{}")] * 80)
    assert once.requests == 80
    assert 20 <= once.median <= once.p95
    assert 0 < once.rate < 400
    assert 1 < Slow.most <= 8
    again = served.answered(port, [Asked("GET", f"{ASK}?ask=1", None)], 1.0)
    assert again.requests > 1
    with pytest.raises(RuntimeError, match=f"400: {ASK} b'bad'"):
        served.answered(port, [Asked("POST", ASK, b"bad")])


def test_peers_are_small_and_draw_what_ships(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Each peer stays under 60 lines and says what it is; its figures are those of our first chart."""
    files = sorted(Path(peer_apps.__file__).parent.glob("*.py"))
    assert len(files) == 5
    for file in files:
        text = file.read_text("utf-8")
        assert text.count("\n") < 60
        assert text.startswith(('"""Peer', '"""A peer')), file
    monkeypatch.setattr("bench.contenders._FILE", tmp_path / "figures.parquet")
    (path,) = write_figures().values()
    rows = pd.read_parquet(path)
    assert set(rows["flow"]) == {"Exports", "Imports", "Total"}
    assert set(rows["currency"]) == {"Yuan", "US$"}
    assert rows["value"].notna().all()
    assert not rows.duplicated(["month", "flow", "currency"]).any()
    assert statistics.median(rows["value"]) > 1e9
