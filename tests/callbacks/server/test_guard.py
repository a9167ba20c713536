"""What every answer carries and what every request must be."""

from __future__ import annotations

import io
import re
from typing import TYPE_CHECKING

import pytest
from flask import Flask
from werkzeug.test import EnvironBuilder, run_wsgi_app

from app import main
from callbacks.server import guard
from callbacks.server.settings import Settings

if TYPE_CHECKING:
    from pathlib import Path

    from dash import Dash
    from flask.testing import FlaskClient

pytestmark = pytest.mark.portable
ASK = "/_dash-update-component"
ANYWHERE = "0.0.0.0"  # noqa: S104 (nothing is served)


@pytest.fixture
def client(application: tuple[Dash, Path]) -> FlaskClient:
    """Return a client of the whole application."""
    server: Flask = application[0].server
    return server.test_client()


@pytest.mark.parametrize(
    ("method", "path", "code"),
    [
        ("GET", "/", 200),
        ("HEAD", "/", 200),
        ("GET", "/_dash-layout", 200),
        ("GET", "/_dash-dependencies", 200),
        ("GET", "/assets/trade.js", 200),
        ("GET", "/health", 200),
        ("GET", "/robots.txt", 200),
        ("GET", "/nothing", 404),
        ("GET", "/nothing/../app.py", 404),
        ("GET", "/assets/../../app.py", 404),
        ("GET", "/assets/%2e%2e/%2e%2e/app.py", 404),
        ("GET", "/_reload-hash", 404),
        ("GET", "/_dash-component-suites/os/path.py", 404),
        ("GET", "/_dash-component-suites/dash/dash.py", 404),
        ("GET", "/_dash-component-suites/dash/../../../etc/passwd", 404),
        ("GET", ASK, 400),
        ("POST", "/", 405),
        ("PUT", "/", 405),
        ("DELETE", "/nothing", 405),
        ("OPTIONS", ASK, 405),
        ("TRACE", "/", 405),
        ("POST", ASK, 400),
    ],
)
def test_every_answer_carries_the_headers(client: FlaskClient, method: str, path: str, code: int) -> None:
    """Whatever the path and the method: the code that says what happened, the policy, no cookie, no banner."""
    answer = client.open(path, method=method, buffered=True)
    assert answer.status_code == code
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
    assert "frame-ancestors 'none'" in answer.headers["Content-Security-Policy"]
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["X-Frame-Options"] == "DENY"
    assert answer.headers["Referrer-Policy"] == "same-origin"
    assert "camera=()" in answer.headers["Permissions-Policy"]
    assert not {"Set-Cookie", "Server", "X-Powered-By", "Access-Control-Allow-Origin"} & set(answer.headers.keys())
    assert code != 405 or answer.headers["Allow"]


def test_the_policy_lets_only_the_page_s_own_scripts_run(client: FlaskClient) -> None:
    """No unsafe script; each inline script of the page is named by its hash, and no other."""
    answer = client.get("/")
    rules = dict(rule.split(" ", 1) for rule in answer.headers["Content-Security-Policy"].split("; "))
    scripts = rules["script-src"].split()
    run = re.sub(r'<script[^>]*type="application/json".*?</script>', "", answer.text, flags=re.DOTALL)
    assert set(scripts) == {"'self'", *guard.inline_hashes(run)}
    assert len(scripts) > 1
    assert "unsafe" not in rules["script-src"]
    assert not re.search(r"\son[a-z]+\s*=|javascript:", answer.text)


def test_the_page_does_not_tell_which_python_serves_it(client: FlaskClient) -> None:
    """The setting is there, as developer tools expect it, and empty."""
    assert re.search(r'"python_version":\s*""', client.get("/").text)


@pytest.mark.parametrize(
    "host",
    [
        "evil.example",
        "127.0.0.1.evil.example",
        "localhost@evil",
        "localhost.",
        "[::2]",
        "",
        "a b",
        "localhost:99999x",
        "é",
    ],
)
def test_another_host_is_refused(client: FlaskClient, host: str) -> None:
    """A name that is not ours is 400 and says how to add it: a page elsewhere cannot reach this one by its own name."""
    answer = client.get("/", headers={"Host": host})
    assert answer.status_code == 400
    assert "TRADE_HOSTS" in answer.text
    assert client.get("/health", headers={"Host": host, "X-Forwarded-Host": "localhost"}).status_code == 400


@pytest.mark.parametrize("host", ["localhost", "LOCALHOST:8050", "127.0.0.1:1", "[::1]", "[::1]:8050"])
def test_our_own_names_are_answered(client: FlaskClient, host: str) -> None:
    """This machine's names, with or without a port."""
    assert client.get("/health", headers={"Host": host}).status_code == 200


def test_settings_add_names_and_frames() -> None:
    """The address served on, names given and the environment; what is no name or origin is refused in words."""
    environment = {
        "TRADE_HOSTS": "trade.example.org, Other.example",
        "TRADE_FRAME_ANCESTORS": "https://paper.example 'self'",
    }
    settings = Settings.of(ANYWHERE, ["mine"], environ=environment)
    for host in ("trade.example.org:443", "other.example", "mine:8050", ANYWHERE, "localhost"):
        assert settings.answers_to(host), host
    assert not settings.answers_to("example.org")
    carried = guard.headers([], settings)
    assert "frame-ancestors https://paper.example 'self'" in carried["Content-Security-Policy"]
    assert "X-Frame-Options" not in carried
    assert Settings.of("::1", environ={}).answers_to("[::1]:8050")
    for wrong in ({"TRADE_HOSTS": "https://x.example"}, {"TRADE_FRAME_ANCESTORS": "*; script-src *"}):
        with pytest.raises(ValueError, match="write it"):
            Settings.of(environ=wrong)


@pytest.mark.parametrize("host", [ANYWHERE, "192.0.2.1", "::", "trade.example.org"])
def test_developer_tools_serve_this_machine_only(capsys: pytest.CaptureFixture[str], host: str) -> None:
    """``--debug`` with any other host is one line and exit 2."""
    assert main(["--debug", "--host", host]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert err.count("\n") == 1
    assert "--debug" in err


def test_a_large_body_is_refused_before_it_is_read(client: FlaskClient) -> None:
    """Its length is enough."""
    answer = client.post(ASK, environ_overrides={"CONTENT_LENGTH": "57000000"})
    assert answer.status_code == 413
    body = b'{"output": "' + b"x" * guard.MOST
    assert client.post(ASK, data=body, content_type="application/json").status_code == 413


@pytest.mark.parametrize(("size", "code"), [(guard.MOST + 1, 413), (guard.MOST * 4, 413), (guard.MOST, 400), (2, 400)])
def test_a_body_in_pieces_has_the_same_bound(application: tuple[Dash, Path], size: int, code: int) -> None:
    """One that does not tell its length is read up to the bound and refused beyond; below it is read whole."""
    builder = EnvironBuilder(path=ASK, method="POST", content_type="application/json")
    environ = {**builder.get_environ(), "wsgi.input_terminated": True, "wsgi.input": io.BytesIO(b"{}".ljust(size))}
    environ.pop("CONTENT_LENGTH", None)
    chunks, status, _ = run_wsgi_app(application[0].server, {**environ, "HTTP_TRANSFER_ENCODING": "chunked"})
    assert status.startswith(str(code))
    assert (b"no such output" in b"".join(chunks)) == (code == 400)  # what was read is the whole of it


def test_a_failure_says_nothing_of_the_inside(caplog: pytest.LogCaptureFixture) -> None:
    """An error that nobody foresaw is one plain line to the reader and one line in the log."""
    server = Flask("broken")
    guard.install(server, guard.headers([], Settings()), Settings())

    @server.get("/")
    def fail() -> str:
        raise RuntimeError("/srv/secret/place\nholds no key")

    answer = server.test_client().get("/")
    assert answer.status_code == 500
    assert "secret" not in answer.text
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert [record.getMessage().count("\n") for record in caplog.records] == [0]
    assert "holds no key" in caplog.text


def test_health_says_how_old_the_data_are(client: FlaskClient, application: tuple[Dash, Path]) -> None:
    """Rows and newest month as the table has them; a file that cannot be read is counted."""
    answer = client.get("/health").get_json()
    assert answer["status"] == "ok"
    assert answer["rows"] > 10_000
    assert re.fullmatch(r"20\d\d-\d\d", answer["newest_month"])
    assert answer["age_days"] >= 0
    broken = application[1] / "press.parquet"
    broken.write_bytes(b"no parquet")
    try:
        worse = client.get("/health").get_json()
    finally:
        broken.unlink()
    assert (worse["status"], worse["problems"]) == ("incomplete", 1)
    assert client.get("/health").get_json()["status"] == "ok"


def test_robots_are_told(client: FlaskClient) -> None:
    """The file for robots is one, not the page."""
    answer = client.get("/robots.txt")
    assert answer.mimetype == "text/plain"
    assert answer.text.startswith("User-agent: *\n")
