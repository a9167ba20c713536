"""One line a request, where it is asked for."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from app import create_app
from callbacks.live_dataset import LiveDataset
from callbacks.server.settings import Settings
from loaders.core.store import Store

if TYPE_CHECKING:
    from pathlib import Path


def test_each_request_gives_one_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Also one that is refused; what was typed and who asked stand in none, and a line end in a path makes no line."""
    client = create_app(LiveDataset(Store(tmp_path)), Settings(log=True)).server.test_client()
    client.get("/robots.txt?claim=secret", headers={"X-Forwarded-For": "192.0.2.7"})
    client.get("/no%0Asuch")
    client.get("/robots.txt", headers={"Host": "evil.example"})
    text = capsys.readouterr().err
    lines = [json.loads(line) for line in text.splitlines()]
    assert [(line["method"], line["path"], line["status"]) for line in lines] == [
        ("GET", "/robots.txt", 200),
        ("GET", "/no\nsuch", 404),
        ("GET", "/robots.txt", 400),
    ]
    assert all(line["ms"] >= 0 and line["bytes"] > 0 and line["time"].endswith("+00:00") for line in lines)
    assert "secret" not in text
    assert "192.0.2.7" not in text


def test_without_being_asked_there_is_none(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A server is quiet; another word than the one there is, is refused."""
    create_app(LiveDataset(Store(tmp_path)), Settings()).server.test_client().get("/robots.txt")
    assert capsys.readouterr().err == ""
    assert Settings.of(environ={"TRADE_LOG": "requests"}).log
    with pytest.raises(ValueError, match="TRADE_LOG: 'all' is nothing to log"):
        Settings.of(environ={"TRADE_LOG": "all"})
