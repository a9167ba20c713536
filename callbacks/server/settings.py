"""How the page is served: under which names, inside which other pages, and whether to a developer."""

import ipaddress
import os
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

LOCAL: Final = frozenset({"127.0.0.1", "localhost", "[::1]"})
HOSTS: Final = "TRADE_HOSTS"
FRAMES: Final = "TRADE_FRAME_ANCESTORS"
BASE: Final = "TRADE_BASE_PATH"
REDIS: Final = "TRADE_REDIS"
LOG: Final = "TRADE_LOG"
_NAME: Final = re.compile(r"(\[[0-9a-f:.]+\]|[a-z0-9_](?:[a-z0-9_.-]*[a-z0-9_])?)", re.ASCII)
_HEADER: Final = re.compile(rf"{_NAME.pattern}(?::\d{{1,5}})?", re.ASCII)
_BASE: Final = re.compile(r"/(?:[A-Za-z0-9_-][A-Za-z0-9._-]*/)*", re.ASCII)
_REDIS: Final = re.compile(r"(?:rediss?|unix)://\S+")
_ORIGIN: Final = re.compile(r"'self'|https?://(?:\*\.)?[A-Za-z0-9.-]+(?::\d{1,5})?", re.ASCII)


@dataclass(frozen=True)
class Settings:
    """What the server allows.

    ``hosts`` are the names it answers to, lower case, without port, IPv6 in brackets. ``frames`` are
    the origins whose pages may hold this one in a frame: none by default. ``debug`` turns on Dash's
    developer tools, which show traces. ``base`` is the path under which a proxy shows the page.
    ``redis`` is the address of the Redis that workers share ready answers through, empty for none.
    ``log`` asks for a line a request.
    """

    hosts: frozenset[str] = LOCAL
    frames: tuple[str, ...] = ()
    debug: bool = False
    base: str = "/"
    redis: str = ""
    log: bool = False

    @classmethod
    def of(
        cls,
        host: str = "127.0.0.1",
        more: Iterable[str] = (),
        *,
        debug: bool = False,
        base: str | None = None,
        environ: Mapping[str, str] = os.environ,
    ) -> "Settings":
        """Join the address served on, the names given and what the environment says.

        Raises:
            ValueError: a name, an origin, a path or an address that is none, or developer tools for other machines.
        """
        if debug and not loopback(host):
            raise ValueError(f"--debug shows traces and runs code: it serves this machine only, not {host}")
        names = [bracketed(host), *more, *_words(environ.get(HOSTS, ""))]
        frames = tuple(_words(environ.get(FRAMES, "")))
        for origin in frames:
            if not _ORIGIN.fullmatch(origin):
                raise ValueError(f"{FRAMES}: {origin!r} is no origin; write it as https://example.org or 'self'")
        path = environ.get(BASE, "/") if base is None else base
        redis = environ.get(REDIS, "").strip()
        if redis and not _REDIS.fullmatch(redis):  # it may hold a password, so it is not repeated
            raise ValueError(f"{REDIS} is no address of a Redis; write it as redis://host:6379/0")
        log = environ.get(LOG, "").strip()
        if log not in {"", "requests"}:
            raise ValueError(f"{LOG}: {log!r} is nothing to log; write requests, or leave it out")
        return cls(LOCAL | {_named(name) for name in names}, frames, debug, _based(path), redis, bool(log))

    def answers_to(self, header: str) -> bool:
        """Return whether a ``Host`` header, with or without port, names this server."""
        match = _HEADER.fullmatch(header.lower())
        return match is not None and match[1] in self.hosts


def bracketed(host: str) -> str:
    """Return a host as an address writes it: IPv6 in brackets."""
    return f"[{host}]" if ":" in host and not host.startswith("[") else host


def loopback(host: str) -> bool:
    """Return whether a host is this machine alone."""
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return host.lower() == "localhost"


def _named(name: str) -> str:
    if not _NAME.fullmatch(name.lower()):
        raise ValueError(f"{name!r} is no name of a host; write it without scheme, port or path, as trade.example.org")
    return name.lower()


def _based(path: str) -> str:
    bare = path.strip("/")
    whole = f"/{bare}/" if bare else "/"
    if not _BASE.fullmatch(whole):
        raise ValueError(f"{path!r} is no path to serve under; write it as /trade/")
    return whole


def _words(text: str) -> list[str]:
    return text.replace(",", " ").split()
