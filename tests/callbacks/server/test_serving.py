"""The server itself: sockets that say nothing, requests that are too large, and the end."""

from __future__ import annotations

import socket
import threading
import time
import urllib.request
from collections import Counter
from contextlib import suppress
from random import Random
from typing import TYPE_CHECKING

import pytest
from flask import Flask

from callbacks.server import guard, serving
from callbacks.server.serving import Server
from callbacks.server.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Iterator

PATIENCE = 30


class Slow:
    """A server whose one slow page answers when it is told to."""

    def __init__(self) -> None:
        """Listen on a free port."""
        application = Flask("slow")
        settings = Settings()
        guard.install(application, guard.headers([], settings), settings)
        self.begun, self.go = threading.Event(), threading.Event()
        application.get("/")(lambda: "here")
        application.get("/slow")(self._wait)
        self.others = threading.active_count()
        self.server = Server(application, "127.0.0.1", 0)
        self.thread = threading.Thread(target=self.server.run, daemon=True)
        self.thread.start()

    def _wait(self) -> str:
        self.begun.set()
        self.go.wait(PATIENCE)
        return "x" * 3_000_000

    def open(self) -> socket.socket:
        """Return a socket that is connected."""
        return socket.create_connection(("127.0.0.1", self.server.port), timeout=PATIENCE)

    def get(self, path: str = "/") -> str:
        """Return what a page says."""
        with urllib.request.urlopen(f"http://127.0.0.1:{self.server.port}{path}", timeout=PATIENCE) as answer:
            return str(answer.read().decode())

    def send(self, raw: bytes) -> bytes:
        """Return the whole answer to raw bytes; empty where the server just hangs up."""
        with self.open() as one:
            one.sendall(raw)
            with suppress(OSError):  # it may have hung up already
                one.shutdown(socket.SHUT_WR)
            parts = []
            while part := one.recv(65536):
                parts.append(part)
        return b"".join(parts)


@pytest.fixture
def slow() -> Iterator[Slow]:
    """Run the slow server."""
    one = Slow()
    yield one
    one.go.set()
    one.server.end()
    one.thread.join()


def test_half_open_sockets_hold_no_thread(slow: Slow) -> None:
    """Many clients that begin a request and fall silent keep nobody out and cost no thread."""
    assert slow.get() == "here"
    before = threading.active_count()
    count = min(1000, serving._room() // 2)
    silent = [slow.open() for _ in range(count)]
    try:
        for one in silent:
            one.sendall(b"POST /_dash-update-component HTTP/1.1\r\nHost: localhost\r\nContent-Le")
        assert slow.get() == "here"
        assert threading.active_count() <= before
        assert before - slow.others <= serving.THREADS + 20
    finally:
        for one in silent:
            one.close()


def test_a_request_that_drips_is_cut_off(slow: Slow, monkeypatch: pytest.MonkeyPatch) -> None:
    """A client that sends a byte now and then is never idle; it is cut off all the same."""
    monkeypatch.setattr(serving, "PATIENCE", 0.5)
    with slow.open() as one, pytest.raises(OSError, match=r"[Rr]eset|[Pp]ipe|closed"):
        _drip(one)
    assert slow.get() == "here"


def _drip(one: socket.socket) -> None:
    for _ in range(PATIENCE * 5):
        one.sendall(b"G")
        time.sleep(0.2)


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        (b"POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 57000000\r\n\r\n", 413),
        (b"POST / HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: gzip\r\n\r\n", 400),
        (b"POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: -1\r\n\r\n", 400),
        (b"GET / HTTP/1.1\r\nHost: localhost\r\nX: ".ljust(serving.HEADERS, b"x"), 431),
        (b"GET / HTTP/1.1\r\nHost: evil.example\r\n\r\n", 400),
        (b"GET / HTTP/1.1\r\nHost: localhost\r\nHost: evil.example\r\n\r\n", 400),
        (b"GET / HTTP/1.0\r\n\r\n", 400),
        (b"GARBAGE\r\n\r\n", 400),
        (b"GET /nothing HTTP/1.1\r\nHost: localhost\r\n\r\n", 404),
        (b"GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n", 200),
    ],
)
def test_every_answer_of_the_server_carries_the_headers(slow: Slow, raw: bytes, code: int) -> None:
    """Also what never reaches the application: the right code, the policy, no banner; a body is not waited for."""
    head, _, body = slow.send(raw).partition(b"\r\n\r\n")
    lines = head.decode().split("\r\n")
    names = {line.split(":")[0].lower() for line in lines[1:]}
    assert lines[0].split()[1] == str(code)
    assert {"content-security-policy", "x-content-type-options", "referrer-policy", "permissions-policy"} <= names
    assert not {"server", "via", "set-cookie"} & names
    assert b"waitress" not in head.lower() + body.lower()


def test_a_body_that_does_not_tell_its_length_is_cut_off(slow: Slow) -> None:
    """It is read up to the bound; the rest is never taken, so that the sender cannot get rid of it."""
    head = b"POST / HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n7fffffff\r\n"
    with slow.open() as one, pytest.raises(OSError, match=r"[Rr]eset|[Pp]ipe"):
        one.sendall(head + b"x" * 256 * guard.MOST)
    assert slow.get() == "here"


@pytest.mark.parametrize("seed", range(2))
def test_bytes_that_are_no_request(slow: Slow, seed: int) -> None:
    """Random changes to a request are answered with 4xx, with what is left of it, or not at all."""
    rng = Random(seed)  # noqa: S311 (no secret)
    whole = b"POST /_dash HTTP/1.1\r\nHost: localhost\r\nContent-Length: 2\r\nExpect: 100-continue\r\n\r\n{}"
    for _ in range(40):
        raw = bytearray(whole)
        for _ in range(rng.randint(1, 8)):
            at = rng.randrange(len(raw))
            raw[at : at + rng.randint(0, 2)] = rng.choice([rng.randbytes(2), b"\r\n", b"\x00", b":", b" ", b"%"])
        answer = slow.send(bytes(raw))
        assert not answer or answer.split()[1][:1] in b"1234", bytes(raw)
        assert b"Traceback" not in answer
    assert slow.get() == "here"


def fill(slow: Slow, count: int) -> list[socket.socket]:
    """Send more slow requests than there are threads; return their sockets once as many wait as were asked for."""
    sent = [slow.open() for _ in range(serving.THREADS + count)]
    for one in sent:
        one.sendall(b"GET /slow HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
    queue = slow.server._listener.task_dispatcher.queue
    for _ in range(PATIENCE * 100):
        if len(queue) == count:
            return sent
        time.sleep(0.01)
    raise AssertionError(len(queue))


def answers(sent: list[socket.socket]) -> list[bytes]:
    """Return all that comes back on some sockets."""
    answered = []
    for one in sent:
        with one:
            parts = []
            while part := one.recv(1 << 20):
                parts.append(part)
        answered.append(b"".join(parts))
    return answered


def test_the_queue_is_bounded(slow: Slow, monkeypatch: pytest.MonkeyPatch) -> None:
    """One too many is 503 with the headers of every answer; those that wait before it are answered."""
    waiting = fill(slow, 20)
    monkeypatch.setattr(serving, "WAITING", 20)
    late = slow.open()
    late.sendall(b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n")
    while len(slow.server._listener.task_dispatcher.queue) < 21:
        time.sleep(0.01)
    slow.go.set()
    (refused,) = answers([late])
    head = refused.partition(b"\r\n\r\n")[0]
    assert head.startswith(b"HTTP/1.1 503 ")
    assert b"Retry-After: 5" in head
    assert b"Content-Security-Policy" in head
    assert [one[9:12] for one in answers(waiting)] == [b"200"] * (serving.THREADS + 20)
    assert slow.get() == "here"


def test_who_has_waited_too_long_is_not_served(slow: Slow, monkeypatch: pytest.MonkeyPatch) -> None:
    """The work would be for nobody: the request is refused as soon as a thread is free."""
    waiting = fill(slow, 5)  # as many as there are threads are being served, however long that took
    monkeypatch.setattr(serving, "WAIT", 0.2)
    time.sleep(0.3)
    slow.go.set()
    assert Counter(one[9:12] for one in answers(waiting)) == {b"200": serving.THREADS, b"503": 5}
    assert slow.get() == "here"


def test_the_end_finishes_what_was_begun(slow: Slow) -> None:
    """An answer under way arrives whole, no new connection is taken, and the server returns."""
    answered: list[str] = []
    reader = threading.Thread(target=lambda: answered.append(slow.get("/slow")))
    reader.start()
    assert slow.begun.wait(PATIENCE)
    slow.server.end()
    slow.go.set()
    reader.join()
    slow.thread.join(PATIENCE)
    assert [len(text) for text in answered] == [3_000_000]
    assert not slow.thread.is_alive()
    with pytest.raises(OSError, match="refused"):
        slow.open()
