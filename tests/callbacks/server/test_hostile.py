"""Hostile requests, two thousand from fixed seeds: never a 5xx, a trace, or a file outside the assets."""

from __future__ import annotations

import json
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING

import pytest

from tests.callbacks.server import hostile

if TYPE_CHECKING:
    from dash import Dash
    from werkzeug.test import TestResponse

ASK = "/_dash-update-component"
ROOT = Path(__file__).resolve().parents[3]
INSIDE = ("Traceback", "site-packages", str(ROOT), "root:x:0", "from __future__", "werkzeug")


def sound(answer: TestResponse, sent: object) -> None:
    """Hold one answer to what is promised."""
    assert answer.status_code < 500, sent
    assert answer.headers["X-Content-Type-Options"] == "nosniff", sent
    text = answer.get_data().decode("latin-1")  # a picture is no text
    assert not [word for word in INSIDE if word in text], sent
    assert answer.status_code < 400 or len(text) < 300, sent


@pytest.mark.parametrize("seed", range(3))
def test_addresses(application: tuple[Dash, Path], seed: int) -> None:
    """Paths that climb, hide and repeat, by every method: nothing but assets and scripts is ever served."""
    rng, client = Random(seed), application[0].server.test_client()  # noqa: S311 (no secret)
    for _ in range(420):
        path, method = hostile.path(rng), rng.choice(["GET", "GET", "GET", "HEAD", "POST", "PUT", "PATCH"])
        sound(client.open(path, method=method, buffered=True), (method, path))


@pytest.mark.parametrize("seed", range(2))
def test_headers(application: tuple[Dash, Path], seed: int) -> None:
    """Headers with values that they do not take."""
    rng, client = Random(seed), application[0].server.test_client()  # noqa: S311 (no secret)
    for _ in range(250):
        path, headers = rng.choice(["/", "/health", "/assets/trade.css", "/_dash-layout"]), hostile.headers(rng)
        answer = client.get(path, headers=headers, buffered=True)
        assert answer.status_code < 500, headers
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert b"Traceback" not in answer.get_data()


@pytest.mark.parametrize("seed", range(2))
def test_bodies(application: tuple[Dash, Path], seed: int) -> None:
    """Bodies with parts replaced, removed or cut: 400, or an answer where what is left is a question still."""
    rng, app = Random(seed), application[0]  # noqa: S311 (no secret)
    client, refused = app.server.test_client(), 0
    for turn in range(100):
        body = hostile.question(rng, app.callback_map)
        raw = hostile.cut(rng, body) if turn % 2 else json.dumps(hostile.broken(rng, body)).encode()
        answer = client.post(ASK, data=raw, content_type="application/json")
        sound(answer, raw)
        refused += answer.status_code == 400
    assert refused > 50


@pytest.mark.parametrize("seed", range(2))
def test_searches(application: tuple[Dash, Path], seed: int) -> None:
    """Sound questions with hostile words in the address: an answer, or nothing to update."""
    rng, app = Random(seed), application[0]  # noqa: S311 (no secret)
    client = app.server.test_client()
    for _ in range(25):
        body = hostile.question(rng, app.callback_map)
        answer = client.post(ASK, json=body)
        sound(answer, body)
        assert answer.status_code in (200, 204, 400), body
