"""The only file that opens a connection: one session, with limits on time, size and trust."""

import queue
import threading
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from http.cookiejar import DefaultCookiePolicy
from typing import Final
from urllib.parse import urljoin, urlsplit

import pandas as pd
import requests

from loaders.core import program
from loaders.core.source import Call, Download, Source
from loaders.refreshing import body_checks, status_messages
from loaders.refreshing.body_checks import BrokenError, GuardError
from loaders.refreshing.status_messages import FetchError, Reply, shown

CONNECT: Final = 10.0
READ: Final = 60.0
DEADLINE: Final = 120.0
PATIENCE: Final = 30.0
_DRIFT: Final = pd.Timedelta(days=366)
BACKOFF: Final = (0.5, 1.0, 2.0)
REDIRECTS: Final = 5


@dataclass(frozen=True)
class Clock:
    """Time as the refresh sees it, so that tests need not wait."""

    now: Callable[[], pd.Timestamp] = field(default=lambda: pd.Timestamp.now("UTC").tz_localize(None))
    monotonic: Callable[[], float] = time.monotonic
    sleep: Callable[[float], None] = time.sleep
    drift: pd.Timedelta = _DRIFT

    def off(self, served: pd.Timestamp | None) -> bool:
        """Return whether this clock is farther from a service's than ``drift``: its dates would stay for good."""
        return served is not None and abs(self.now() - served) > self.drift


class _TroubleError(Exception):
    """A try that failed and may be repeated; ``after`` is the wait that the service asked for."""

    def __init__(self, what: str, after: float | None = None) -> None:
        super().__init__(what)
        self.after = after


class Web:
    """One session for every source; the caller sees to it that a host has one call at a time."""

    def __init__(self, clock: Clock | None = None, timeout: float | None = None) -> None:
        """Open nothing yet; ``timeout`` bounds each call with its retries, in seconds."""
        self.clock = clock or Clock()
        self.timeout = DEADLINE if timeout is None else timeout
        self._next: dict[str, float] = {}
        self._session = requests.Session()
        self._session.headers["User-Agent"] = program.user_agent()
        self._session.cookies.set_policy(DefaultCookiePolicy(allowed_domains=[]))
        self._session.auth = lambda request: request  # else a .netrc would send its passwords

    def close(self) -> None:
        """Close the connections that are at rest."""
        self._session.close()

    def ask(self, source: Source, call: Call, before: Download | None = None) -> Download:
        """Make one call and return its checked answer, in which a key has no place.

        ``before`` is the answer kept from last time: the service may say that it still stands.

        Raises:
            FetchError: there is no usable answer within the deadline.
        """
        url, key = status_messages.address(source, call.path), status_messages.key_of(source.key)
        headers = {"Accept-Encoding": "gzip", **call.headers, **_conditions(before, url)}
        if source.key and key:
            status_messages.check_safe(source, url)
            headers[source.key.header] = key
        self._pace(url, source.pause)
        try:
            reply = self._tried(url, headers, source.pause, keyed=bool(key))
            body = reply.body.replace(key.encode(), b"***") if key else reply.body
            kept = {name: text for name, text in reply.headers.items() if not key or key not in text}
            reply = replace(reply, body=body, headers=kept)
            return status_messages.download(call, shown(url), reply, self.clock.now(), before)
        except (FetchError, GuardError) as error:
            advice = "; not taken, look at it yourself" if isinstance(error, GuardError) else ""
            text = f"{source.name}: {shown(url)} {error}{advice}".replace("{home}", source.homepage)
            raise FetchError(text.replace(key, "***") if key else text, ends=getattr(error, "ends", False)) from None

    def _pace(self, url: str, pause: float) -> None:
        """Wait until the host may be called again."""
        host, now = urlsplit(url).netloc, self.clock.monotonic()
        if (wait := self._next.get(host, now) - now) > 0:
            self.clock.sleep(wait)
        self._next[host] = self.clock.monotonic() + pause

    def _tried(self, url: str, headers: Mapping[str, str], least: float, *, keyed: bool) -> Reply:
        """Try until there is an answer, the tries are used up or the deadline is near."""
        end = self.clock.monotonic() + self.timeout
        for tries, pause in enumerate((*BACKOFF, None), start=1):
            try:
                return self._followed(url, headers, end, keyed=keyed)
            except _TroubleError as trouble:
                wait = max(least, pause or 0.0 if trouble.after is None else trouble.after)
                if wait > PATIENCE:
                    raise FetchError(f"{trouble} and asks to wait {wait:,.0f} s; run the refresh again then") from None
                if pause is None or self.clock.monotonic() + wait >= end:
                    often = f", tried {tries} times" if tries > 1 else ""
                    raise FetchError(f"{trouble}{often}; run the refresh again later") from None
                self.clock.sleep(wait)
        raise AssertionError  # the last pause is None, which ends the loop above

    def _followed(self, url: str, headers: Mapping[str, str], end: float, *, keyed: bool) -> Reply:
        """Follow redirects within the host; none with a key."""
        seen = {url}
        for _ in range(REDIRECTS):
            reply = self._once(url, headers, end)
            if reply.status in status_messages.AGAIN:
                why = f" ({text})" if (text := body_checks.error_message(reply.body)) else ""
                after = body_checks.retry_after(reply.headers, self.clock.now())
                raise _TroubleError(f"answers {reply.status}{why}", after)
            if reply.status not in status_messages.MOVED:
                return reply
            url = urljoin(url, reply.headers.get("Location", ""))
            status_messages.check_redirect(next(iter(seen)), url, keyed=keyed)
            if url in seen:
                break
            seen.add(url)
        raise FetchError("redirects in a circle; the service may have moved, look for a newer version of this program")

    def _once(self, url: str, headers: Mapping[str, str], end: float) -> Reply:
        """Make one try in a thread of its own: a slow name server or a dripping host heeds no timeout."""
        left = max(0.001, end - self.clock.monotonic())
        line = _Line(self._session, url, headers, left)
        threading.Thread(target=line.run, daemon=True).start()
        try:
            result = line.box.get(timeout=left)
        except queue.Empty:
            line.drop()
            raise FetchError(f"gave no whole answer within {self.timeout:g} s; run the refresh again later") from None
        if isinstance(result, Exception):
            raise result
        return result


class _Line:
    """One try: sends the request, puts the reply or the trouble into ``box``, can be cut off meanwhile."""

    def __init__(self, session: requests.Session, url: str, headers: Mapping[str, str], left: float) -> None:
        self.box: queue.SimpleQueue[Reply | Exception] = queue.SimpleQueue()
        self._session, self._url, self._headers = session, url, dict(headers)
        self._timeout = (min(CONNECT, left + 1.0), min(READ, left + 1.0))  # the deadline itself comes first
        self._response: requests.Response | None = None

    def run(self) -> None:
        """Make the try, whatever comes of it."""
        try:
            self.box.put(self._reply())
        except GuardError as error:
            self.box.put(error)
        except BrokenError as error:
            self.box.put(_TroubleError(str(error)))
        except Exception as error:  # noqa: BLE001  # whatever breaks in this thread, the one that waits must hear of it
            self.box.put(_TroubleError(status_messages.cause(error)))

    def drop(self) -> None:
        """Stop reading at once: nobody waits any more."""
        if self._response is not None:
            with suppress(ValueError, OSError):  # it may have ended by itself just now
                self._response.raw.shutdown()

    def _reply(self) -> Reply:
        # The proxies of the environment are for the world outside, not for this very machine.
        proxies = (
            dict.fromkeys(("http", "https", "all"), "")
            if urlsplit(self._url).hostname in status_messages.LOOPBACK
            else None
        )
        self._response = self._session.get(
            self._url,
            headers=self._headers,
            stream=True,
            allow_redirects=False,
            timeout=self._timeout,
            proxies=proxies,
        )
        with self._response as response:
            try:
                body = body_checks.read_body(
                    response.raw, response.headers, body_checks.BODY if response.ok else body_checks.BLOCK
                )
            except (GuardError, BrokenError):
                if response.ok:
                    raise
                body = b""  # the status says enough
            return Reply(response.status_code, dict(response.headers), body)


def _conditions(before: Download | None, url: str) -> dict[str, str]:
    """Return the headers that ask for the answer only if it has changed."""
    if before is None or before.url != shown(url):
        return {}
    asked = {"If-None-Match": before.etag, "If-Modified-Since": before.last_modified}
    return {name: value for name, value in asked.items() if value and status_messages.harmless(value)}
