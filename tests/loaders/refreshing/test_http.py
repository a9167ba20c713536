"""The one session: where it goes, what it sends, how long it waits, and what it never says."""

from __future__ import annotations

import gzip
import io
import socket
import threading
from dataclasses import replace
from typing import TYPE_CHECKING

import pandas as pd
import pytest
import requests

from loaders.core import program
from loaders.core.source import Call, Download, Key, Parsed, Source
from loaders.refreshing import body_checks, run, status_messages
from loaders.refreshing.http import Web
from loaders.refreshing.status_messages import FetchError
from tests.loaders.support.refreshing import NOW, FakeTime
from tests.servers.base import Ask, Reply, Server

if TYPE_CHECKING:
    from collections.abc import Callable

    from loaders.core.source import Kind

pytestmark = pytest.mark.portable
KEY = "k3y-0f-the-reader"
CSV = Reply(b"a,b\n1,2\n", "text/csv")


def _parse(content: bytes, name: str, hints: object = None) -> Parsed:
    raise NotImplementedError


SOURCE = Source(name="some", title="Some", parse=_parse, base="http://real.example")
KEYED = replace(SOURCE, key=Key("SOME_API_KEY", "X-Key"))
CALL = Call("call", "/data?x=1,2+3", "csv")


@pytest.fixture
def ask(monkeypatch: pytest.MonkeyPatch) -> Callable[..., Download]:
    """Ask a server instead of the source's real host."""

    def asked(server: Server, source: Source = SOURCE, call: Call = CALL, **options: object) -> Download:
        monkeypatch.setenv("SOME_BASE_URL", server.url)
        web = Web(FakeTime().clock(), timeout=20.0)
        try:
            return web.ask(source, call, **options)  # type: ignore[arg-type]  # before, by name
        finally:
            web.close()

    return asked


def test_a_request_says_who_asks(ask: Callable[..., Download], monkeypatch: pytest.MonkeyPatch) -> None:
    """Name, version and home page, where one is set, are in each request; no word of cookies or passwords."""
    monkeypatch.setenv(program.HOMEPAGE, "https://trade.example.org/")
    with Server(lambda _ask: replace(CSV, headers={"Set-Cookie": "a=1"})) as server:
        ask(server)
        ask(server)
    sent = server.asked[1].headers
    assert sent["User-Agent"] == f"sino-russian-trade/{program.VERSION} (+https://trade.example.org/)"
    assert {"Cookie", "Authorization"} & set(sent) == set()


def test_no_address_is_named_where_none_is_set() -> None:
    """Whoever has not said where they can be met names nobody in their place."""
    assert program.homepage({}) == program.homepage({program.HOMEPAGE: " "}) == ""
    assert program.user_agent({}) == f"sino-russian-trade/{program.VERSION}"


@pytest.mark.parametrize(
    "given", ["example.org", "ftp://example.org", "https://", "https://a.org/\r\nX-Other: 1", "https://a.org/ü"]
)
def test_what_is_no_address_is_refused(given: str) -> None:
    """One line says which setting is meant and how it is written; no header is smuggled in."""
    with pytest.raises(ValueError, match=r"^TRADE_HOMEPAGE: .* is no address; write it as https://"):
        program.user_agent({program.HOMEPAGE: given})


def test_the_query_is_sent_as_written(ask: Callable[..., Download]) -> None:
    """Commas are not tripled in length: the address is sent as the source wrote it."""
    with Server(lambda _ask: CSV) as server:
        download = ask(server)
    assert server.asked[0].target == "/data?x=1,2+3"
    assert download.url == f"{server.url}/data?x=1,2+3"
    assert (download.content, download.fetched) == (CSV.body, NOW)


@pytest.mark.parametrize(
    ("path", "goes_to"),
    [
        ("/a.html", "https://mirror.example:8443/m/a.html"),
        ("a.html?b=c", "https://mirror.example:8443/m/a.html?b=c"),
        ("http://real.example/Statics/1.html", "https://mirror.example:8443/m/Statics/1.html"),
        ("https://REAL.example/2.html", "https://mirror.example:8443/m/2.html"),
        ("https://mirror.example:8443/3.html", "https://mirror.example:8443/m/3.html"),
    ],
)
def test_another_base_stands_in_for_the_real_host(path: str, goes_to: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """``<SOURCE>_BASE_URL`` replaces the host of paths, and of links on the source's own pages."""
    monkeypatch.setenv("SOME_BASE_URL", "https://mirror.example:8443/m/")
    assert status_messages.address(SOURCE, path) == goes_to


@pytest.mark.parametrize("path", ["http://evil.example/x", "//evil.example/x", "ftp://real.example/x"])
def test_a_link_to_another_host_is_not_followed(path: str) -> None:
    """What a page links to elsewhere is never asked for."""
    with pytest.raises(FetchError, match="leads to another host"):
        status_messages.address(SOURCE, path)


def test_the_name_that_people_use_works_too(monkeypatch: pytest.MonkeyPatch) -> None:
    """An alias of a source has its variable as well."""
    monkeypatch.setenv("ALIAS_BASE_URL", "http://127.0.0.1:9")
    assert status_messages.base_url(replace(SOURCE, aliases=("alias",))) == "http://127.0.0.1:9"


@pytest.mark.parametrize("given", ["ftp://x", "real.example", "http://", "file:///etc/passwd"])
def test_a_base_that_is_no_address_is_refused(given: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A slip in the variable is named, and nothing is asked."""
    monkeypatch.setenv("SOME_BASE_URL", given)
    with pytest.raises(FetchError, match="SOME_BASE_URL is no http address"):
        status_messages.base_url(SOURCE)


def test_a_key_goes_only_into_its_header(ask: Callable[..., Download], monkeypatch: pytest.MonkeyPatch) -> None:
    """The key is sent to its host, and is neither in the address nor in what comes back."""
    monkeypatch.setenv("SOME_API_KEY", KEY)
    with Server(lambda asked: replace(CSV, body=f"a,b\n{asked.headers['X-Key']},1\n".encode())) as server:
        download = ask(server, KEYED)
    assert server.asked[0].headers["X-Key"] == KEY
    assert KEY not in server.asked[0].target
    assert KEY.encode() not in download.content
    assert KEY not in download.url


@pytest.mark.parametrize("status", [200, 301, 400, 401, 403, 500])
def test_a_key_is_in_no_message(status: int, ask: Callable[..., Download], monkeypatch: pytest.MonkeyPatch) -> None:
    """A service that repeats the key in an error does not get it printed."""
    monkeypatch.setenv("SOME_API_KEY", KEY)
    body = f'{{"message":"no access for {KEY}"}}'.encode()
    reply = Reply(body, "application/json", status, {"Location": f"/other?key={KEY}"})
    with Server(lambda _ask: reply) as server, pytest.raises(FetchError) as caught:
        ask(server, KEYED)
    assert KEY not in f"{caught.value!r} {caught.value.__cause__!r}"
    assert all("other" not in one.target for one in server.asked)


def test_a_key_that_is_none_is_not_repeated(monkeypatch: pytest.MonkeyPatch) -> None:
    """A key with a line break in it is refused before any header is made of it."""
    monkeypatch.setenv("SOME_API_KEY", f"{KEY}\nX-Evil: 1")
    with pytest.raises(FetchError, match="SOME_API_KEY holds") as caught:
        Web(FakeTime().clock()).ask(KEYED, CALL)
    assert KEY not in str(caught.value)


def test_no_key_in_the_environment_is_no_key(monkeypatch: pytest.MonkeyPatch) -> None:
    """An empty variable is as good as none."""
    monkeypatch.setenv("SOME_API_KEY", " ")
    assert status_messages.key_of(KEYED.key) == ""


def test_passwords_in_a_base_are_not_shown() -> None:
    """Neither user and password nor a key in the query is printed or kept."""
    shown = status_messages.shown("https://me:secret@host/p?a=1&subscription-key=abc&api_key=def&b=2#x")
    assert shown == "https://host/p?a=1&subscription-key=***&api_key=***&b=2"


def test_what_has_not_changed_is_not_sent_again(ask: Callable[..., Download]) -> None:
    """A kept answer with a tag is asked for conditionally, and stands when the service says so."""

    def answer(asked: Ask) -> Reply:
        if asked.headers.get("If-None-Match") == '"1"':
            return Reply(b"", "", 304)
        return replace(CSV, headers={"ETag": '"1"', "Last-Modified": "Tue, 24 Nov 2026 07:00:00 GMT"})

    with Server(answer) as server:
        first = ask(server)
        second = ask(server, before=first)
        third = ask(server, before=replace(first, url="http://elsewhere"))
    assert (second.status, second.kept, second.content) == (304, True, CSV.body)
    assert server.asked[1].headers["If-Modified-Since"] == "Tue, 24 Nov 2026 07:00:00 GMT"
    assert (third.status, "If-None-Match" in server.asked[2].headers) == (200, False)


def test_an_unasked_304_is_no_answer(ask: Callable[..., Download]) -> None:
    """Without a kept answer "not modified" is a failure."""
    with Server(lambda _ask: Reply(b"", "", 304)) as server, pytest.raises(FetchError, match="answers 304"):
        ask(server)


def test_a_host_that_asks_for_a_pause_gets_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """Three calls at one a second wait twice; a retry waits as long."""
    time = FakeTime()
    web = Web(time.clock(), timeout=20.0)
    with Server(lambda _ask: CSV) as server:
        monkeypatch.setenv("SOME_BASE_URL", server.url)
        for _ in range(3):
            web.ask(replace(SOURCE, pause=1.0), CALL)
        assert time.slept == [1.0, 1.0]
        server.answer = lambda _ask: Reply(status=503)
        with pytest.raises(FetchError, match="tried 4 times"):
            web.ask(replace(SOURCE, pause=1.0), CALL)
    web.close()
    assert time.slept[2:] == [1.0, 1.0, 1.0, 2.0]


def test_a_name_that_nobody_knows(ask: Callable[..., Download], monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the name server does not know the host, the line says to check the connection."""

    def unknown(*_args: object, **_more: object) -> None:
        raise socket.gaierror(-2, "Name or service not known")

    with Server(lambda _ask: CSV) as server:
        monkeypatch.setattr(socket, "getaddrinfo", unknown)
        with pytest.raises(FetchError, match=r"not known to the name server \(check your connection\), tried 4 times"):
            ask(server)


def test_a_name_server_that_hangs_heeds_the_deadline(monkeypatch: pytest.MonkeyPatch) -> None:
    """Even where the system would wait for ever, the call ends at its deadline."""
    hang = threading.Event()
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_args, **_more: hang.wait())
    monkeypatch.setenv("SOME_BASE_URL", "http://hanging.example")
    try:
        with pytest.raises(FetchError, match=r"no whole answer within 0\.2 s"):
            Web(FakeTime().clock(), timeout=0.2).ask(SOURCE, CALL)
    finally:
        hang.set()


def test_a_closed_port_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody listening is said as it is."""
    with Server(lambda _ask: CSV) as server:
        monkeypatch.setenv("SOME_BASE_URL", server.url)
    with pytest.raises(FetchError, match="refuses the connection, tried 4 times; run the refresh again later"):
        Web(FakeTime().clock()).ask(SOURCE, CALL)


def test_a_proxy_of_the_environment_is_not_asked_about_this_machine(
    ask: Callable[..., Download], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A loopback address goes straight there."""
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    with Server(lambda _ask: CSV) as server:
        assert ask(server).status == 200


def test_a_line_from_outside_cannot_move_the_cursor(ask: Callable[..., Download]) -> None:
    """Escape codes and line breaks in a service's words are taken out, and long words are cut."""
    body = '{"message":"\\u001b[2J\\nall\\tfine ' + "x" * 500 + '"}'
    reply = Reply(body.encode(), "application/json", 400)
    with Server(lambda _ask: reply) as server, pytest.raises(FetchError) as caught:
        ask(server)
    line = str(caught.value)
    assert line.isprintable()
    assert "[2J all fine xxx" in line
    assert len(line) < 400


@pytest.mark.parametrize(
    ("headers", "wait"),
    [
        ({"Retry-After": "7"}, 7.0),
        ({"Retry-After": "Tue, 24 Nov 2026 08:00:10 GMT"}, 10.0),
        ({"Retry-After": "Tue, 24 Nov 2026 08:00:10 GMT", "Date": "Tue, 24 Nov 2026 08:00:08 GMT"}, 2.0),
        ({"Retry-After": "Mon, 23 Nov 2026 08:00:10 GMT"}, 0.0),
        ({"Retry-After": "soon"}, None),
        ({"Retry-After": "-3"}, None),
        ({}, None),
    ],
)
def test_how_long_a_service_asks_to_wait(headers: dict[str, str], wait: float | None) -> None:
    """Seconds or a date, the date by the service's own clock; anything else is not heeded."""
    assert body_checks.retry_after(headers, NOW) == wait


@pytest.mark.parametrize(
    ("kind", "content_type", "content", "why"),
    [
        ("csv", "text/csv", b"\xef\xbb\xbfa,b\n1,2", None),
        ("csv", "application/vnd.sdmx.data+csv;version=1.0.0", b"a,b\n", None),
        ("csv", "", b"a,b\n", None),
        ("csv", "application/octet-stream", b"a,b\n", None),
        ("csv", "text/html", b"a,b\n", "is a web page, not CSV"),
        ("csv", "text/csv", b"<?xml version='1.0'?><a/>", "is XML, not CSV"),
        ("csv", "text/csv", b"Sorry", "does not look like CSV"),
        ("csv", "text/csv", b"a,b\n1,2\n3", "ends in the middle of a row"),
        ("csv", "text/csv", b" \n", "is empty"),
        ("json", "application/json", b" [1]", None),
        ("json", "application/json", b"<!DOCTYPE html>", "is a web page, not JSON"),
        ("xml", "text/xml", b"<ValCurs/>", None),
        ("xml", "application/xml", b"<html></html>", "is a web page, not XML"),
        ("html", "text/html", b"<div>1</div>", None),
        ("html", "text/html", b"<?xml version='1.0'?><html/>", None),
        ("html", "image/png", b"<p>", "is a picture or an archive, not a web page"),
        ("html", "text/html", b"\x89PNG\0\0", "is binary data, not a web page"),
    ],
)
def test_an_answer_of_another_kind_is_told_apart(
    kind: Kind, content_type: str, content: bytes, why: str | None
) -> None:
    """Content type and first bytes both have to fit what was asked for."""
    assert body_checks.misfit(kind, content_type, content) == why


class _Body(io.BytesIO):
    """A body as urllib3 hands it out."""

    def read(self, amt: int | None = -1, *, decode_content: bool = False) -> bytes:
        del decode_content
        return super().read(amt)


def test_a_bound_holds_packed_or_not() -> None:
    """A body one byte over the bound is refused, at the bound it is read, unpacked size counting."""
    body = b"x" * 1000
    packed, headers = gzip.compress(body), {"Content-Encoding": "gzip"}
    assert body_checks.read_body(_Body(body), {}, 1000) == body
    assert body_checks.read_body(_Body(packed), headers, 1000) == body
    with pytest.raises(body_checks.GuardError, match="larger than the 999 bytes"):
        body_checks.read_body(_Body(body), {}, 999)
    with pytest.raises(body_checks.GuardError, match="larger than the 999 bytes"):
        body_checks.read_body(_Body(packed), headers, 999)


@pytest.mark.parametrize(
    ("body", "message"),
    [
        (b'{"statusCode":404,"message":"Resource not found"}', "Resource not found"),
        (b'{"errorObject":{"errorMessage":"one period only"}}', "one period only"),
        (b'[{"message":[{"id":"120","value":"not valid"}]}]', "not valid"),
        (b"<html><style>p{}</style><p>Service <b>down</b></p>", "Service down"),
        (b'{"data":[1]}', ""),
        (b"[" * 100_000, "[" * 159 + "…"),
    ],
)
def test_what_an_error_says_of_itself(body: bytes, message: str) -> None:
    """The services' shapes of errors are read, and pages lose their marks."""
    assert body_checks.error_message(body) == message


def test_an_odd_date_is_no_moment() -> None:
    """A date header that is none does not stop a refresh."""
    assert body_checks.moment("yesterday") is None
    assert body_checks.moment("Tue, 24 Nov 2026 08:00:10 +0200") == pd.Timestamp("2026-11-24 06:00:10")


def test_every_failure_of_a_connection_has_words() -> None:
    """What the library calls by a class, the reader reads as a sentence."""
    assert status_messages.cause(requests.ConnectTimeout()) == "does not take the connection in time"
    assert status_messages.cause(requests.ReadTimeout("Read timed out.")) == "stopped answering"
    assert "certificate" in status_messages.cause(requests.exceptions.SSLError("certificate verify failed"))
    assert status_messages.cause(ValueError("?")) == "cannot be read (ValueError)"


def test_a_key_echoed_in_headers_is_not_kept(ask: Callable[..., Download], monkeypatch: pytest.MonkeyPatch) -> None:
    """A service that puts the key into its tag or date does not get it written down beside the answer."""
    monkeypatch.setenv("SOME_API_KEY", KEY)
    echo = {"ETag": f'"{KEY}"', "Last-Modified": KEY}
    with Server(lambda _ask: replace(CSV, headers=echo)) as server:
        download = ask(server, KEYED)
    assert KEY not in repr(download)
    assert (download.etag, download.last_modified) == ("", "")


@pytest.mark.parametrize(
    "base", ["http://mirror.example", "http://mirror.example:8080/x", "http://127.0.0.1.evil.example"]
)
def test_no_key_is_sent_in_the_clear(base: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A plain-http base of another machine is refused before anything is sent; without a key it may be asked."""
    monkeypatch.setenv("SOME_API_KEY", KEY)
    monkeypatch.setenv("SOME_BASE_URL", base)
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_args, **_more: pytest.fail("a connection was tried"))
    with pytest.raises(FetchError, match="is plain http, to which no key is sent") as caught:
        Web(FakeTime().clock()).ask(KEYED, CALL)
    assert KEY not in str(caught.value)


@pytest.mark.parametrize(("hours", "off"), [(0, False), (23, False), (-23, False), (25, True), (-25, True)])
def test_a_clock_more_than_a_day_off_dates_nothing(hours: int, *, off: bool) -> None:
    """The bound of a refresh is one day either way."""
    clock = replace(FakeTime().clock(), drift=run._DRIFT)
    assert clock.off(NOW + pd.Timedelta(hours=hours)) == off
    assert not clock.off(None)
