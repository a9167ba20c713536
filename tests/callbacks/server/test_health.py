"""What machines are told: the age of the data, and what was answered."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from flask import Flask

from app import create_app
from callbacks.live_dataset import LiveDataset
from callbacks.server import guard
from callbacks.server.health import METRICS
from callbacks.server.metrics import Metrics
from callbacks.server.settings import Settings
from loaders.core.store import SNAPSHOT, Store
from loaders.refreshing import failing
from loaders.refreshing.refresh_report import Report

if TYPE_CHECKING:
    from pathlib import Path

    from dash import Dash

LINE = re.compile(r'[a-z_]+(?:\{[a-z]+="[^"\n]*"(?:,[a-z]+="[^"\n]*")*\})? [0-9.e+-]+')


def test_both_names_give_one_answer(application: tuple[Dash, Path]) -> None:
    """The age of the newest month, the rows and the sources that failed, in JSON, under either name."""
    client, store = application[0].server.test_client(), Store(application[1])
    assert client.get("/healthz").get_json() == client.get("/health").get_json()
    assert client.get("/healthz").get_json()["failing"] == []
    failing.note(store, [Report("imf", failures=["no answer"]), Report("ecb")])
    try:
        answer = client.get("/healthz").get_json()
        assert answer["failing"] == ["imf"]
        assert answer["age_days"] >= 0
        assert "trade_failing_sources 1\n" in client.get("/metrics").text
    finally:
        failing.note(store, [Report("imf")])


def test_a_server_without_data_is_not_well(tmp_path: Path) -> None:
    """It says 503 to whoever watches it, and its gauges leave out what is not known."""
    client = create_app(LiveDataset(Store(tmp_path / "data", tmp_path / "nothing"))).server.test_client()
    answer = client.get("/healthz")
    assert (answer.status_code, answer.get_json()["status"]) == (503, "no data")
    assert "trade_rows 0\n" in client.get("/metrics").text
    assert "trade_age_days" not in client.get("/metrics").text


def test_failing_sources_are_remembered_until_they_succeed(tmp_path: Path) -> None:
    """One that was not asked keeps its state; a note that is none counts for nothing; no failure leaves no file."""
    store = Store(tmp_path)
    failing.note(store, [Report("ecb")])
    assert list(tmp_path.iterdir()) == []
    failing.note(store, [Report("imf", failures=["x"]), Report("ecb", failures=["y"])])
    failing.note(store, [Report("ecb")])
    assert failing.names(store) == ["imf"]
    store.write_note(failing.NOTE, "{broken")
    assert failing.names(store) == []
    failing.note(store, [Report("imf", failures=["x"])])
    failing.note(store, [Report("imf")])
    assert list(tmp_path.iterdir()) == []


def test_metrics_are_what_prometheus_reads(application: tuple[Dash, Path]) -> None:
    """Every line is a remark or a sample; each family says once what it is; paths that are none share one label."""
    client = application[0].server.test_client()
    for path in ("/robots.txt", "/robots.txt", "/no/such", '/"quote"\n', "/assets/none.js"):
        client.get(path)
    client.get("/robots.txt", headers={"Host": "evil.example"})
    answer = client.get("/metrics")
    assert answer.content_type == "text/plain; version=0.0.4; charset=utf-8"
    lines = answer.text.split("\n")
    assert lines.pop() == ""
    assert [line for line in lines if not line.startswith("# ") and not LINE.fullmatch(line)] == []
    kinds = [line for line in lines if line.startswith("# TYPE ")]
    assert len(kinds) == len(set(kinds)) >= 6
    assert "quote" not in answer.text
    assert 'trade_requests_total{route="none",status="404"} ' in answer.text
    assert 'trade_requests_total{route="/robots.txt",status="400"} ' in answer.text


def test_counts_are_those_of_the_requests() -> None:
    """Each answer once by route and status, also one refused early and one that fails; none stays under way."""
    server, settings, metrics = Flask("counted"), Settings(), Metrics(["/<path:path>"])
    metrics.install(server)
    guard.install(server, guard.headers([], settings), settings)
    server.get("/a/<name>", endpoint="a")(lambda name: f"{name} {metrics.busy}")
    server.get("/fails", endpoint="fails")(lambda: str(1 // 0))
    server.get("/<path:path>", endpoint="unknown")(lambda path: (path, 404))
    client = server.test_client()
    assert client.get("/a/one").text == "one True"
    for path in ("/a/two", "/fails", "/x/y", "/z"):
        client.get(path)
    client.post("/a/three")
    client.get("/a/four", headers={"Host": "evil.example"})
    words = metrics.text({"trade_rows": ("Rows.", 45_000), "trade_age_days": ("Days.", None)})
    assert re.findall(r'_total\{route="(.+)",status="(\d+)"\} (\d+)', words) == [
        ("/a/<name>", "200", "2"),
        ("/a/<name>", "400", "1"),
        ("/fails", "500", "1"),
        ("none", "404", "2"),
        ("none", "405", "1"),
    ]
    assert 'seconds_count{route="/a/<name>"} 3\n' in words
    assert words.endswith("# HELP trade_rows Rows.\n# TYPE trade_rows gauge\ntrade_rows 45000\n")
    assert not metrics.busy


@pytest.mark.parametrize("path", ["/health", "/healthz", "/metrics"])
def test_no_place_is_told(application: tuple[Dash, Path], path: str) -> None:
    """Where the data lie is nobody's business."""
    words = application[0].server.test_client().get(path).text
    assert str(application[1]) not in words
    assert str(SNAPSHOT.parents[1]) not in words
    assert METRICS in application[0].server.extensions
