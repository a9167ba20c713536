"""What every request must be and every answer carries, whatever its path."""

import base64
import hashlib
import io
import re
from collections.abc import Iterable
from typing import Final

from flask import Flask, Response, request
from werkzeug.exceptions import BadRequest, HTTPException, MethodNotAllowed, RequestEntityTooLarge

from callbacks.server.settings import Settings

MOST: Final = 64 * 1024  # bytes of a body; the page's own are below 4 KiB
METHODS: Final = ("GET", "HEAD", "POST")
HEADERS: Final = "TRADE_HEADERS"  # where the application keeps them for the server under it
_DENIED: Final = (
    "accelerometer",
    "camera",
    "display-capture",
    "geolocation",
    "gyroscope",
    "magnetometer",
    "microphone",
    "midi",
    "payment",
    "usb",
)
_INLINE: Final = re.compile(
    r"<script(?![^>]*\b(?:src=|type=\"application/(?:ld\+)?json\"))[^>]*>(.+?)</script>", re.DOTALL
)


def install(server: Flask, headers: dict[str, str], settings: Settings) -> None:
    """Refuse what is no request of ours, put the headers on every answer, say errors in one plain line."""
    server.config.update({"MAX_CONTENT_LENGTH": MOST, HEADERS: headers})
    server.before_request(lambda: _check(settings))

    @server.after_request
    def _carry(answer: Response) -> Response:
        answer.headers.update(headers)
        return answer

    server.register_error_handler(HTTPException, _plain)
    server.register_error_handler(Exception, lambda error: _failed(server, error))


def _check(settings: Settings) -> None:
    # Werkzeug's own list of trusted hosts takes no IPv6 address and lets a request without a host in
    if not settings.answers_to(request.headers.get("Host", "")):
        raise BadRequest("this server does not go by that name; --allow-host or TRADE_HOSTS adds one")
    if request.method not in METHODS:
        raise MethodNotAllowed(METHODS)
    if (request.content_length or 0) > MOST or not _whole():
        raise RequestEntityTooLarge(f"a request holds {MOST // 1024} KiB at most")


def _whole() -> bool:
    """Take in a body that comes in pieces and does not tell its length; False where it is too long.

    Werkzeug would cut it off at the bound and say nothing.
    """
    if request.content_length is not None or not request.environ.get("wsgi.input_terminated"):
        return True
    content = request.environ["wsgi.input"].read(MOST + 1)
    request.environ.update({"wsgi.input": io.BytesIO(content), "CONTENT_LENGTH": str(len(content))})
    return len(content) <= MOST


def _plain(error: HTTPException) -> Response:
    answer = Response(status=error.code, headers=error.get_headers())
    answer.headers.pop("Content-Length", None)
    answer.content_type = "text/plain; charset=utf-8"
    answer.set_data(f"{error.code} {error.name}: {error.description}\n")
    return answer


def _failed(server: Flask, error: Exception) -> Response:
    """Tell the log what went wrong, and the reader that something did."""
    server.logger.error("%s %r failed: %s: %r", request.method, request.path, type(error).__name__, str(error)[:500])
    return Response("500 this request failed; the log of the server says why\n", 500, mimetype="text/plain")


def headers(scripts: Iterable[str], settings: Settings) -> dict[str, str]:
    """Return the headers of every answer; ``scripts`` are the hashes of the inline scripts that may run.

    Styles may stand inline: Dash and Plotly write them. Developer tools load bundles that
    evaluate text, so that is allowed to them alone.
    """
    run = ["'self'", *scripts, *(["'unsafe-eval'"] if settings.debug else [])]
    framed = " ".join(settings.frames) or "'none'"
    rules = {
        "default-src": "'none'",
        "script-src": " ".join(run),
        "style-src": "'self' 'unsafe-inline'",
        "img-src": "'self' data: blob:",
        "font-src": "'self' data:",
        "connect-src": "'self'",
        "base-uri": "'none'",
        "form-action": "'none'",
        "frame-ancestors": framed,
    }
    fields = {
        "Content-Security-Policy": "; ".join(f"{name} {what}" for name, what in rules.items()),
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "same-origin",
        "Permissions-Policy": ", ".join(f"{name}=()" for name in _DENIED),
    }
    # older browsers know frames by this header only, and it has no list of origins
    return fields if settings.frames else {**fields, "X-Frame-Options": "DENY"}


def inline_hashes(template: str) -> list[str]:
    """Return the hashes, as a policy writes them, of the scripts that stand inline in a page of our own."""
    digests = [hashlib.sha256(script.encode()).digest() for script in _INLINE.findall(template)]
    return [f"'sha256-{base64.b64encode(digest).decode()}'" for digest in digests]
