"""The bench of many readers, on a synthetic server: what it counts, and what it calls an error."""

from __future__ import annotations

from http.server import BaseHTTPRequestHandler
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, urlsplit

import pytest

from bench import load, served
from bench.browser import ASK, Asked
from tests.bench.synthetic_server import answering

if TYPE_CHECKING:
    from collections.abc import Iterator

PICTURE = Asked("GET", f"{ASK}?ask=%7B%22value%22%3A%22%3Fstart%3D2020%22%7D", None)


class Forgetful(BaseHTTPRequestHandler):
    """Answer each path; leave a connection after two answers without a word, and refuse ``/bad``."""

    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        """Answer, and close behind the reader's back each second time."""
        self.answered = getattr(self, "answered", 0) + 1
        self.send_response(503 if self.path == "/bad" else 200)
        self.send_header("Content-Length", "0")
        self.end_headers()
        self.close_connection = self.answered == 2

    def log_message(self, *_: Any) -> None:
        """Say nothing."""


@pytest.fixture
def port() -> Iterator[int]:
    """Serve on a port."""
    with answering(Forgetful) as port:
        yield port


def test_a_closed_connection_is_opened_again_and_a_refusal_is_an_error(
    port: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A browser asks again where an idle connection was closed; a 503 is counted."""
    monkeypatch.setattr(load, "PAUSE", 0.001)
    good = load.read(port, [[PICTURE, PICTURE]], 3, 0.2)
    assert set(good.statuses) == {200}
    assert good.errors == 0
    assert len(good.took) == good.statuses.total() > 6
    bad = load.read(port, [[Asked("GET", "/bad", None)]], 1, 0.05)
    assert bad.errors == bad.statuses[503] > 0


def test_a_server_that_is_gone_is_an_error() -> None:
    """No answer at all counts as one, not as silence."""
    lost = load.read(served.free_port(), [[PICTURE]], 1, 0.01)
    assert lost.errors == lost.statuses[0] > 0


def test_views_that_nobody_asked_for_differ_in_their_period_alone() -> None:
    """Each is another address; what was recorded without a period cannot be moved."""
    views = list(load.unseen([[PICTURE, Asked("POST", ASK, b"{}")]], 50))
    asked = [parse_qs(urlsplit(view.path).query)["ask"][0] for view in views]
    assert len(set(asked)) == 50
    assert asked[0] == '{"value":"?start=2014-01&end=2023-01"}'
    with pytest.raises(ValueError, match="start=2020"):
        list(load.unseen([[Asked("GET", f"{ASK}?ask=1", None)]], 1))
