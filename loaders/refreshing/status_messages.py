"""What a reply means: its status, its redirect, its failure, in one line that says what to do."""

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import partial
from typing import Final
from urllib.parse import urlsplit, urlunsplit

import pandas as pd
import requests

from loaders.core.source import Call, Download, Key, Source
from loaders.refreshing import body_checks
from loaders.refreshing.body_checks import clean

AGAIN: Final = frozenset({429, 500, 502, 503, 504})
LOOPBACK: Final = frozenset({"127.0.0.1", "localhost", "::1"})
_LONGEST: Final = 1000
_ENDS: Final = frozenset({401, 403, 412})
MOVED: Final = frozenset({301, 302, 303, 307, 308})
_ADVICE: Final = {
    204: "has no data for this request (204); see whether the service has changed",
    400: "does not take this request (400); the service may have changed, look for a newer version of this program",
    401: "asks for a key (401); register with the service, or check the key you gave",
    403: "refuses this machine (403); try later or from another network",
    404: "is not there (404); the service may have moved, look for a newer version of this program",
    412: "asks for a browser (412), not worked around; download by hand at {home}, then add it with --import FILE",
    413: "would be too large an extract for the service (413); look for a newer version of this program",
    414: "is too long an address for the service (414); look for a newer version of this program",
    429: "asks for fewer calls (429); run the refresh again later",
}


class FetchError(RuntimeError):
    """A call without a usable answer: the message is one line, what, where, what to do.

    ``ends`` says that the service is better left alone for the rest of this run.
    """

    def __init__(self, message: str, *, ends: bool = True) -> None:
        """Keep the line, and whether to ask this service for anything more."""
        super().__init__(message)
        self.ends = ends


@dataclass(frozen=True)
class Reply:
    """Status, headers and bounded, unpacked body of one answer."""

    status: int
    headers: Mapping[str, str]
    body: bytes


def base_url(source: Source) -> str:
    """Return scheme and host of a source's service, or what ``<SOURCE>_BASE_URL`` puts in their place."""
    variables = [f"{name.upper()}_BASE_URL" for name in (source.name, *source.aliases)]
    variable, given = next(((v, text) for v in variables if (text := os.environ.get(v, "").strip())), ("", source.base))
    if not re.match(r"https?://[^/\s]+", given):
        raise FetchError(f"{source.name}: {variable} is no http address; correct it or unset it")
    return given.rstrip("/")


def address(source: Source, path: str) -> str:
    """Return the URL of a call; a link to the source's real host goes to what stands in for it."""
    base, link = base_url(source), urlsplit(path)
    hosts = (urlsplit(base).netloc, urlsplit(source.base).netloc)
    if link.netloc and (link.netloc.lower() not in hosts or link.scheme not in ("", "http", "https")):
        raise FetchError(
            f"{source.name}: a link leads to another host ({clean(shown(path))}); not followed", ends=False
        )
    tail = urlunsplit(("", "", link.path, link.query, ""))
    return f"{base}/{tail.lstrip('/')}"


def shown(url: str) -> str:
    """Return a URL fit to be printed and kept: no password and no key in it."""
    parts = urlsplit(url)
    query = re.sub(r"(?i)((?:^|&)(?:subscription-key|api_?key|key|token)=)[^&]*", r"\1***", parts.query)
    return urlunsplit((parts.scheme, parts.netloc.rpartition("@")[2], parts.path, query, ""))


def key_of(key: Key | None) -> str:
    """Return the reader's key for a service, or nothing.

    Raises:
        FetchError: the key holds what no header may hold; the line does not repeat it.
    """
    text = os.environ.get(key.variable, "").strip() if key else ""
    if text and not re.fullmatch(r"[\x21-\x7e]+", text):
        raise FetchError(f"{key.variable if key else ''} holds spaces or signs that no key has; set it anew")
    return text


_CAUSES: Final = (
    ("nameresolution", "is not known to the name server (check your connection)"),
    ("gaierror", "is not known to the name server (check your connection)"),
    ("connecttimeout", "does not take the connection in time"),
    ("timed out", "stopped answering"),
    ("incompleteread", "ended before its announced length"),
    ("certificate", "shows a certificate that cannot be trusted"),
    ("refused", "refuses the connection"),
    ("reset", "broke the connection off"),
    ("abort", "broke the connection off"),
    ("disconnected", "broke the connection off"),
    ("proxy", "cannot be reached through the proxy of the environment"),
)


def cause(error: Exception) -> str:
    """Say in plain words why a connection failed."""
    text = f"{type(error).__name__} {error}".lower()
    causes = (words for sign, words in _CAUSES if sign in text)
    return next(causes, f"cannot be read ({clean(type(error).__name__)})")


def check_redirect(url: str, target: str, *, keyed: bool) -> None:
    """Refuse to be sent to another host or from https to http, or anywhere with a key."""
    here, there = urlsplit(url), urlsplit(target)
    if keyed:
        raise FetchError("redirects, and a key is never sent on; look for a newer version of this program")
    safer = (here.scheme, there.scheme) == ("http", "https") and here.hostname == there.hostname
    if (here.scheme, here.netloc) != (there.scheme, there.netloc) and not (safer and there.port is None):
        where = clean(shown(target))
        raise FetchError(f"redirects to another host ({where}), which is not followed; see whether it has moved")


def download(call: Call, url: str, reply: Reply, now: pd.Timestamp, before: Download | None) -> Download:
    """Turn a reply into a download, or say why it is none.

    Raises:
        FetchError: the status is none that the call expects, or the body is of another kind.
    """
    served = body_checks.moment(reply.headers.get("Date", ""))
    if reply.status == requests.codes.not_modified and before is not None:
        return replace(before, name=call.name, status=reply.status, fetched=now, served=served, kept=True)
    if reply.status not in call.statuses:
        raise refused(reply)
    kind = reply.headers.get("Content-Type", "")
    if reply.status == requests.codes.ok and (why := body_checks.misfit(call.kind, kind, reply.body)):
        raise FetchError(f"{why}{_quoted(reply.body)}; run the refresh again later", ends=False)
    etag, modified = (
        text if harmless(text) else "" for text in map(partial(_header, reply), ("ETag", "Last-Modified"))
    )
    return Download(call.name, url, reply.body, reply.status, now, served, etag, modified)


def _header(reply: Reply, name: str) -> str:
    return reply.headers.get(name, "")


def harmless(text: str) -> bool:
    """Return whether a header's text may be kept and sent back: short, and plain signs only."""
    return len(text) <= _LONGEST and re.fullmatch(r"[\x20-\x7e]*", text) is not None


def check_safe(source: Source, url: str) -> None:
    """Refuse to send a key in the clear to another machine.

    Raises:
        FetchError: the address is plain http, and not of this very machine.
    """
    parts = urlsplit(url)
    if parts.scheme == "http" and parts.hostname not in LOOPBACK:
        raise FetchError(
            f"{source.name}: {shown(url)} is plain http, to which no key is sent; use https, or unset "
            f"{source.key.variable if source.key else 'the key'}"
        )


def refused(reply: Reply) -> FetchError:
    """Say what a status means and what to do about it."""
    text = body_checks.error_message(reply.body)
    if reply.status == requests.codes.forbidden and "quota" in text.lower():
        return FetchError(f"has no calls left for this machine ({text}); run the refresh again after that")
    advice = _ADVICE.get(reply.status, f"answers {reply.status}; look for a newer version of this program")
    what, _, todo = advice.partition("; ")
    return FetchError(f"{what}{_quoted(reply.body)}; {todo}", ends=reply.status in _ENDS)


def _quoted(body: bytes) -> str:
    """Repeat what a page or an error body says; data are not repeated."""
    text = body_checks.error_message(body) if body.lstrip()[:1] in (b"<", b"{", b"[") else ""
    return f" ({text})" if text else ""
