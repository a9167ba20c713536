"""Who comes before the application stands: the page and its style are answered from a file, all else waits a moment.

Importing what draws takes most of a start, so the server listens first.
"""

import json
from collections.abc import Iterable, Mapping
from threading import Event
from typing import Final
from urllib.parse import parse_qsl
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from flask import Flask, Response, request

from callbacks.server import base_path, guard, request_log
from callbacks.server.delivery import FOREVER, language_of, send, send_page
from callbacks.server.metrics import Metrics
from callbacks.server.settings import Settings

PAGE: Final = "page-"  # a kept answer: the page of the default view, before its language
SCRIPTS: Final = "scripts"  # another: the hashes of its inline scripts, as JSON, which headers name


class Door:
    """An application that answers for another until that stands, and hands all on to it then.

    ``config`` holds the headers of every answer, as a Flask application's does.
    """

    def __init__(self, settings: Settings, metrics: Metrics, kept: Mapping[str, bytes]) -> None:
        """Answer the page from ``kept`` where it is in there."""
        headers = guard.headers(json.loads(kept.get(SCRIPTS, b"[]")), settings)
        self.config = {guard.HEADERS: headers}
        self._own = _application(kept, headers, settings, metrics) if SCRIPTS in kept else None
        self._kept, self._base = kept, settings.base
        self._inside: WSGIApplication | None = None
        self._stands = Event()

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer a request."""
        if self._inside is None and self._own is not None and self._has(environ):
            return self._own(environ, start_response)
        self._stands.wait()
        if self._inside is None:
            start_response("503 Service Unavailable", [*self.config[guard.HEADERS].items()])
            return []
        return self._inside(environ, start_response)

    def _has(self, environ: WSGIEnvironment) -> bool:
        """Return whether a style sheet or the default view is asked for: the application reads any other word."""
        path, query = environ.get("PATH_INFO", ""), environ.get("QUERY_STRING", "")
        inner = path.removeprefix(self._base).lstrip("/")
        if inner:
            return f"{inner}?{query}" in self._kept
        words = {word for word, _ in parse_qsl(query, keep_blank_values=True)}
        return path in {"/", self._base} and words <= {"lang"}

    def open(self, application: Flask) -> None:
        """Let all in to an application that stands."""
        self.config = {guard.HEADERS: application.config[guard.HEADERS]}
        self._inside = application
        self._stands.set()

    def close(self) -> None:
        """Turn away who waits: there will be none."""
        self._stands.set()


def _application(
    kept: Mapping[str, bytes], headers: dict[str, str], settings: Settings, metrics: Metrics
) -> WSGIApplication:
    """Return an application that has the page and its style alone, and whatever is asked of every request."""
    own = Flask("opening", static_folder=None)
    if settings.log:
        request_log.install(own)
    metrics.install(own)
    guard.install(own, headers, settings)

    languages = [name.removeprefix(PAGE) for name in kept if name.startswith(PAGE)]

    def page() -> Response:
        return send_page(kept[f"{PAGE}{language_of(request, languages)}"])

    def style(name: str) -> Response:
        return send(kept[f"assets/{name}?{request.query_string.decode()}"], "text/css", FOREVER)

    own.add_url_rule("/assets/<path:name>", "style", style, methods=["GET"])
    own.add_url_rule("/", "page", page, methods=["GET"])
    return base_path.under(own.wsgi_app, settings.base) if settings.base != "/" else own.wsgi_app
