"""Answers that go wrong: on the line, in the packing, in what they hold."""

from __future__ import annotations

import gzip
import socket
import struct
import zlib
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, cast

from tests.servers.base import Reply

if TYPE_CHECKING:
    import threading
    from collections.abc import Callable
    from http.server import BaseHTTPRequestHandler

_MEGABYTE = b"x" * 2**20


def _closing(handler: BaseHTTPRequestHandler) -> threading.Event:
    return cast("threading.Event", handler.closing)  # type: ignore[attr-defined]  # set by base.Server


@dataclass(frozen=True)
class Silent(Reply):
    """Takes the request and never answers."""

    def send(self, handler: BaseHTTPRequestHandler) -> None:
        """Wait until the server closes."""
        _closing(handler).wait()
        handler.close_connection = True


@dataclass(frozen=True)
class Dripping(Reply):
    """Sends a byte now and then, for ever: headers where ``early``, else the body."""

    early: bool = False

    def send(self, handler: BaseHTTPRequestHandler) -> None:
        """Drip until the server closes or the other side has gone."""
        start = b"HTTP/1.1 200 OK\r\nX-Slow: "
        body = start + b"1\r\nContent-Type: text/csv\r\nContent-Length: 1000000\r\n\r\na"
        handler.wfile.write(start if self.early else body)
        while not _closing(handler).wait(0.02):
            handler.wfile.write(b"a")
        handler.close_connection = True


@dataclass(frozen=True)
class Cut(Reply):
    """Announces the whole body, sends half of it and closes; with ``reset`` the connection breaks."""

    reset: bool = False

    def send(self, handler: BaseHTTPRequestHandler) -> None:
        """Send half."""
        handler.send_response(200)
        handler.send_header("Content-Type", self.content_type)
        handler.send_header("Content-Length", str(len(self.body)))
        handler.end_headers()
        handler.wfile.write(self.body[: len(self.body) // 2])
        handler.wfile.flush()
        if self.reset:
            handler.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            handler.connection.close()
        handler.close_connection = True


@dataclass(frozen=True)
class Chunked(Reply):
    """Sends in chunks without a length; ``whole`` false ends without the last chunk; ``times`` repeats the body."""

    whole: bool = True
    times: int = 1

    def send(self, handler: BaseHTTPRequestHandler) -> None:
        """Send chunk by chunk."""
        handler.send_response(200)
        handler.send_header("Content-Type", self.content_type)
        handler.send_header("Transfer-Encoding", "chunked")
        handler.end_headers()
        for _ in range(self.times):
            handler.wfile.write(b"%x\r\n%b\r\n" % (len(self.body), self.body))
        handler.wfile.write(b"0\r\n\r\n" if self.whole else b"")
        handler.close_connection = True


@dataclass(frozen=True)
class Garbage(Reply):
    """Answers something that is not HTTP."""

    def send(self, handler: BaseHTTPRequestHandler) -> None:
        """Send it."""
        handler.wfile.write(b"SSH-2.0-OpenSSH_9.9\r\n")
        handler.close_connection = True


def huge() -> Reply:
    """Return 300 megabytes that nobody announced."""
    return Chunked(_MEGABYTE, "text/csv", times=300)


@cache
def bomb() -> Reply:
    """Return a few hundred kilobytes that unpack to 300 megabytes."""
    pack = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
    part = pack.compress(_MEGABYTE) + pack.flush(zlib.Z_FULL_FLUSH)  # it stands for itself, as often as one likes
    check = 0
    for _ in range(300):
        check = zlib.crc32(_MEGABYTE, check)
    end = pack.flush() + struct.pack("<2L", check, 300 * len(_MEGABYTE))
    packed = gzip.compress(b"")[:10] + part * 300 + end
    return Reply(packed, "text/csv", headers={"Content-Encoding": "gzip"})


def packed(reply: Reply, damage: Callable[[bytes], bytes] = bytes) -> Reply:
    """Return a reply packed as gzip, then damaged."""
    return Reply(damage(gzip.compress(reply.body)), reply.content_type, headers={"Content-Encoding": "gzip"})


def edited(reply: Reply, edit: Callable[[str], str], encoding: str = "utf-8") -> Reply:
    """Return a reply whose text was edited; tags and length are its own."""
    return Reply(edit(reply.body.decode()).encode(encoding), reply.content_type, reply.status)
