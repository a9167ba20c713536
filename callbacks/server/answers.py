"""The routes: the page at /, Dash's own held to what the page asks of them, and one for robots."""

from __future__ import annotations

import re
from contextlib import contextmanager
from threading import BoundedSemaphore, local
from typing import TYPE_CHECKING, Any, Final

import pandas as pd
from flask import Response, request
from werkzeug.exceptions import BadRequest, MethodNotAllowed, NotFound

from callbacks.kept_answers import Kept
from callbacks.server import request_bodies
from callbacks.server.delivery import ASK_AGAIN, pack, send
from callbacks.server.page_files import PageFiles
from callbacks.server.shared_answers import SharedAnswers
from callbacks.wiring import TRIGGERED

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


class ReadyAnswers:
    """Answers made once for all who ask: here, and where a Redis is set, by any worker that shares it.

    Every answer is a function of its question, of the data and of the day, so those are its key.
    """

    def __init__(self, live: LiveDataset, settings: Settings) -> None:
        """Keep nothing yet.

        Raises:
            ValueError: the address of the Redis is none.
        """
        self.kept: Kept[bytes] = Kept(ROOM, lambda content: len(content) + ENTRY)
        self._live = live
        self._turns, self._thread = BoundedSemaphore(MAKING), local()
        self._shared = SharedAnswers(settings.redis, settings.base) if settings.redis else None

    def get(self, key: str, make: Callable[[], bytes]) -> bytes:
        """Return the packed answer to a question, made by ``make`` where nobody has it."""
        dataset, shared = self._live.dataset(), self._shared

        def made() -> bytes:
            with self._turn():
                return make()

        found = made if shared is None else lambda: shared.through(self._live, dataset, key, made)
        return self.kept.get((dataset, pd.Timestamp.now().date()), key, found)

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
    for path in (PAGE, _WIRES):
        views[path] = _ready(ready, path, views[path])
    files = PageFiles(app)
    files.install()
    views[ANY] = _unknown
    if not settings.debug:
        views["/"] = _index(ready, files, views["/"])
        views["/_reload-hash"] = _unknown
    app.server.add_url_rule("/robots.txt", "robots", lambda: Response(ROBOTS, mimetype="text/plain"), methods=["GET"])


def _asked(app: Dash, ready: ReadyAnswers, view: View) -> View:
    def answer() -> Response:
        key = request_bodies.read(app.callback_map, _body(), TRIGGERED)
        return send(ready.get(key, lambda: pack(view().get_data())), _JSON)

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


def _index(ready: ReadyAnswers, files: PageFiles, view: View) -> View:
    """Return the page; which Python serves it is nobody's business."""

    def made() -> bytes:
        return pack(files.named(_PYTHON.sub('"python_version":""', str(view()))).encode())

    return lambda: send(ready.get("/", made), "text/html", ASK_AGAIN)


def _unknown(**_: str) -> Response:
    """Refuse a path that is none; Dash would give the page for it."""
    if request.path == ASK:  # the rule for any path hides that this one takes POST alone
        raise MethodNotAllowed(["POST"])
    raise NotFound("there is no such page; the dashboard is at /")
