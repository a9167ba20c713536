"""The routes: the page at /, Dash's own held to what the page asks of them, and one for robots."""

from __future__ import annotations

import io
import re
from contextlib import contextmanager
from threading import BoundedSemaphore, local
from typing import TYPE_CHECKING, Any, Final

import pandas as pd
from flask import Response, request
from werkzeug.exceptions import BadRequest, NotFound

from callbacks import opening
from callbacks.kept_answers import KeptValues
from callbacks.server import request_bodies
from callbacks.server.delivery import ASK_AGAIN, pack, send, unpack
from callbacks.server.page_files import PageFiles
from callbacks.server.shared_answers import SharedAnswers

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from dash import Dash

    from callbacks.live_dataset import LiveDataset
    from callbacks.server.settings import Settings

    View = Callable[..., Any]

ROOM: Final = 64 * 1024 * 1024  # bytes of packed answers kept ready
ENTRY: Final = 512  # bytes that keeping one costs besides
MAKING: Final = 2  # answers made at a time: the processor makes no more, and ready ones would wait behind them
READY: Final = "answers"  # the extension that holds them
_JSON: Final = "application/json"
ROBOTS: Final = "User-agent: *\nDisallow: /_dash-\nAllow: /\n"
_PYTHON: Final = re.compile(r'"python_version":\s*"(?:[^"\\]|\\.)*"')  # for developer tools alone
ASK, PAGE, ANY = "/_dash-update-component", "/_dash-layout", "/<path:path>"
_WIRES: Final = "/_dash-dependencies"
ASKED: Final = "asked"  # the same questions, by GET


class ReadyAnswers:
    """Answers made once for all who ask: here, and where a Redis is set, by any worker that shares it.

    Every answer is a function of its question, of the data and of the day, so those are its key.
    """

    def __init__(self, live: LiveDataset, settings: Settings) -> None:
        """Keep nothing yet.

        Raises:
            ValueError: the address of the Redis is none.
        """
        self.kept: KeptValues[bytes] = KeptValues(ROOM, lambda content: len(content) + ENTRY)
        self.live = live
        self._turns, self._thread = BoundedSemaphore(MAKING), local()
        self._shared = SharedAnswers(settings.redis, settings.base) if settings.redis else None

    def get(self, key: str, make: Callable[[], bytes]) -> bytes:
        """Return the packed answer to a question, made by ``make`` where nobody has it."""
        dataset, shared = self.live.dataset(), self._shared

        def made() -> bytes:
            with self._turn():
                return make()

        source = made if shared is None else lambda: shared.through(self.live, dataset, key, made)
        return self.kept.get((dataset, pd.Timestamp.now().date()), key, source)

    @contextmanager
    def _turn(self) -> Iterator[None]:
        """Wait until few enough answers are being made; one that is made of others takes no second turn."""
        if getattr(self._thread, "making", False):
            yield
            return
        with self._turns:
            self._thread.making = True
            try:
                yield
            finally:
                self._thread.making = False


def install(app: Dash, live: LiveDataset, settings: Settings) -> None:
    """Put checks and ready answers before Dash's routes.

    Raises:
        ValueError: the address of the Redis is none.
    """
    ready = ReadyAnswers(live, settings)
    app.server.extensions[READY] = ready.kept
    views = app.server.view_functions
    views[ASK] = _asked(app, ready, views[ASK])
    app.server.add_url_rule(ASK, ASKED, _by_address(views[ASK]), methods=["GET"])
    wires = views[_WIRES]
    for path in (PAGE, _WIRES):
        views[path] = _ready(ready, path, views[path])
    files = PageFiles(app)
    files.install()
    views[ANY] = _unknown
    if not settings.debug:
        views["/_reload-hash"] = _unknown
    views["/"] = _index(ready, files, views["/"], wires)
    app.server.add_url_rule("/robots.txt", "robots", lambda: Response(ROBOTS, mimetype="text/plain"), methods=["GET"])


def _asked(app: Dash, ready: ReadyAnswers, view: View) -> View:
    def answer() -> Response:
        key = request_bodies.read(app.callback_map, _body())
        packed = ready.get(key, lambda: pack(view().get_data()))
        return send(packed, _JSON, ASK_AGAIN if request.method == "GET" else None)

    return answer


def _by_address(view: View) -> View:
    """Let a question stand in the address, after ``?ask=``: a browser keeps such an answer and asks if it still stands.

    Dash reads its questions from the body, so the words are put there.
    """

    def answer() -> Response:
        body = request.args.get("ask", "").encode("utf-8", "replace")
        given = {"CONTENT_TYPE": _JSON, "CONTENT_LENGTH": str(len(body)), "wsgi.input": io.BytesIO(body)}
        request.environ.update(given)
        answered: Response = view()
        return answered

    return answer


def _body() -> object:
    """Return the body as JSON; Dash's own view is given the very same object.

    Raises:
        BadRequest: it is not sent as JSON, is none, or is nested beyond reason.
    """
    if not request.is_json:
        raise BadRequest("the body is not sent as JSON")
    try:
        return request.get_json()
    except RecursionError as error:
        raise BadRequest("the body is nested too deeply") from error


def _ready(ready: ReadyAnswers, key: str, view: View) -> View:
    return lambda: send(ready.get(key, lambda: pack(view().get_data())), _JSON, ASK_AGAIN)


def _index(ready: ReadyAnswers, files: PageFiles, bare: View, wires: View) -> View:
    """Return the page in the language of the address, else in the one that the browser prefers."""

    def made(asked: opening.Opened) -> bytes:
        page = opening.page(str(bare()), ready.live, wires().get_data(as_text=True), asked)
        # which Python serves it is nobody's business
        return pack(files.named(_PYTHON.sub('"python_version":""', page)).encode())

    def answer() -> Response:
        asked = opening.opened(request, ready.live)
        view, root = opening.asked_view(request), request.url_root

        def whole() -> bytes:
            page = ready.get(str(asked), lambda: made(asked))
            return pack(opening.previewed(unpack(page), ready.live, asked, view, root))

        packed = ready.get(f"{asked} {view.to_query()} {root}", whole)
        answer = send(packed, "text/html", ASK_AGAIN)
        answer.vary.add("Accept-Language")
        return answer

    return answer


def _unknown(**_: str) -> Response:
    """Refuse a path that is none; Dash would give the page for it."""
    raise NotFound("there is no such page; the dashboard is at /")
