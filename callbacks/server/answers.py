"""The routes: the page at /, Dash's own held to what the page asks of them, and one for robots."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

import pandas as pd
from flask import Response, request
from werkzeug.exceptions import BadRequest, MethodNotAllowed, NotFound

from callbacks.kept_answers import Kept
from callbacks.server import request_bodies
from callbacks.server.delivery import ASK_AGAIN, pack, send
from callbacks.server.page_files import PageFiles
from callbacks.wiring import TRIGGERED

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable

    from dash import Dash

    from callbacks.live_dataset import LiveDataset
    from callbacks.server.settings import Settings

    View = Callable[..., Any]

ROOM: Final = 64 * 1024 * 1024  # bytes of packed answers kept ready
ENTRY: Final = 512  # bytes that keeping one costs besides
READY: Final = "answers"  # the extension that holds them
_JSON: Final = "application/json"
ROBOTS: Final = "User-agent: *\nDisallow: /_dash-\nAllow: /\n"
_PYTHON: Final = re.compile(r'"python_version":\s*"(?:[^"\\]|\\.)*"')  # for developer tools alone
ASK, PAGE, ANY = "/_dash-update-component", "/_dash-layout", "/<path:path>"
_WIRES: Final = "/_dash-dependencies"


def install(app: Dash, live: LiveDataset, settings: Settings) -> None:
    """Put checks and kept answers before Dash's routes.

    Every answer is a function of its question, of the data and of the day, so those are its key.
    """
    kept: Kept[bytes] = Kept(ROOM, lambda content: len(content) + ENTRY)
    app.server.extensions[READY] = kept
    views = app.server.view_functions
    views[ASK] = _asked(app, live, kept, views[ASK])
    for path in (PAGE, _WIRES):
        views[path] = _ready(live, kept, path, views[path])
    files = PageFiles(app)
    files.install()
    views[ANY] = _unknown
    if not settings.debug:
        views["/"] = _index(live, kept, files, views["/"])
        views["/_reload-hash"] = _unknown
    app.server.add_url_rule("/robots.txt", "robots", lambda: Response(ROBOTS, mimetype="text/plain"), methods=["GET"])


def _version(live: LiveDataset) -> Hashable:
    return live.dataset(), pd.Timestamp.now().date()


def _asked(app: Dash, live: LiveDataset, kept: Kept[bytes], view: View) -> View:
    def answer() -> Response:
        key = request_bodies.read(app.callback_map, _body(), TRIGGERED)
        return send(kept.get(_version(live), key, lambda: pack(view().get_data())), _JSON)

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


def _ready(live: LiveDataset, kept: Kept[bytes], key: str, view: View) -> View:
    return lambda: send(kept.get(_version(live), key, lambda: pack(view().get_data())), _JSON, ASK_AGAIN)


def _index(live: LiveDataset, kept: Kept[bytes], files: PageFiles, view: View) -> View:
    """Return the page; which Python serves it is nobody's business."""

    def made() -> bytes:
        return pack(files.named(_PYTHON.sub('"python_version":""', str(view()))).encode())

    return lambda: send(kept.get(_version(live), "/", made), "text/html", ASK_AGAIN)


def _unknown(**_: str) -> Response:
    """Refuse a path that is none; Dash would give the page for it."""
    if request.path == ASK:  # the rule for any path hides that this one takes POST alone
        raise MethodNotAllowed(["POST"])
    raise NotFound("there is no such page; the dashboard is at /")
