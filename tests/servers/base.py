"""A server on 127.0.0.1 whose answers are a function of the request."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Self
from urllib.parse import parse_qsl, urlsplit

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from types import TracebackType


@dataclass(frozen=True)
class Ask:
    """A request as it came in."""

    path: str
    query: Mapping[str, str]
    headers: Mapping[str, str]
    target: str


@dataclass(frozen=True)
class Reply:
    """An answer; subclasses in ``faults`` send themselves badly."""

    body: bytes = b""
    content_type: str = "text/plain"
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)

    def send(self, handler: BaseHTTPRequestHandler) -> None:
        """Write the whole answer."""
        handler.send_response(self.status)
        for name, value in self.headers.items():
            handler.send_header(name, value)
        if self.content_type:
            handler.send_header("Content-Type", self.content_type)
        if "Content-Length" not in self.headers:
            handler.send_header("Content-Length", str(len(self.body)))
        handler.end_headers()
        handler.wfile.write(self.body)


Answer = "Callable[[Ask], Reply]"


class Server:
    """Serves ``answer`` from a thread until the block ends; ``asked`` remembers each request."""

    def __init__(self, answer: Callable[[Ask], Reply], port: int = 0) -> None:
        """Bind to a free port, or to ``port``."""
        self.answer = answer
        self.asked: list[Ask] = []
        self.closing = threading.Event()
        self._http = _Quiet(("127.0.0.1", port), _handler(self))
        self._thread = threading.Thread(target=self._http.serve_forever, args=(0.02,), daemon=True)

    @property
    def url(self) -> str:
        """Scheme, host and port, to stand in for a service's."""
        return f"http://127.0.0.1:{self._http.server_port}"

    def __enter__(self) -> Self:
        """Start to serve."""
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Stop, and let go of whoever waits for an answer."""
        self.closing.set()
        self._http.shutdown()
        self._http.server_close()
        self._thread.join()


class _Quiet(ThreadingHTTPServer):
    """Says nothing of clients that go away, as those do that give up or are killed."""

    daemon_threads = True

    def handle_error(self, request: object, client_address: object) -> None:
        """Let it pass."""


def _handler(server: Server) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        """Hands each request to the server's ``answer``."""

        protocol_version = "HTTP/1.1"
        closing = server.closing

        def do_GET(self) -> None:  # the name that http.server calls
            parts = urlsplit(self.path)
            ask = Ask(parts.path, dict(parse_qsl(parts.query)), dict(self.headers), self.path)
            server.asked.append(ask)
            try:
                server.answer(ask).send(self)
            except (BrokenPipeError, ConnectionResetError):
                self.close_connection = True

        def log_message(self, *_args: object) -> None:
            """Say nothing."""

    return Handler


def not_found(_ask: Ask) -> Reply:
    """Answer as a service that does not know the path."""
    return Reply(b'{"statusCode":404,"message":"Resource not found"}', "application/json", 404)
