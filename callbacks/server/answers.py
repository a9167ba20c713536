"""The routes: the page at /, Dash's own held to what the page asks of them, and one for robots."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

import pandas as pd
from flask import Response, request
from werkzeug.exceptions import BadRequest, NotFound

from analysis.selection import Selection
from callbacks import opening
from callbacks.kept_answers import Kept
from callbacks.server import request_bodies
from callbacks.server.delivery import ASK_AGAIN, pack, send
from callbacks.server.page_files import PageFiles
from layouts.charts.registry import CHARTS
from layouts.figure import export

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
ASKED: Final = "asked"  # the same questions, by GET


def install(app: Dash, live: LiveDataset, settings: Settings) -> None:
    """Put checks and kept answers before Dash's routes.

    Every answer is a function of its question, of the data and of the day, so those are its key.
    """
    kept: Kept[bytes] = Kept(ROOM, lambda content: len(content) + ENTRY)
    app.server.extensions[READY] = kept
    views = app.server.view_functions
    views[ASK] = _asked(app, live, kept, views[ASK])
    app.server.add_url_rule(ASK, ASKED, _by_address(views[ASK]), methods=["GET"])
    wires = views[_WIRES]
    for path in (PAGE, _WIRES):
        views[path] = _ready(live, kept, path, views[path])
    files = PageFiles(app)
    files.install()
    views[ANY] = _unknown
    if not settings.debug:
        views["/_reload-hash"] = _unknown
    views["/"] = _index(live, kept, files, views["/"], wires)
    app.server.add_url_rule(opening.CSV, "csv", _csv(live, kept), methods=["GET"])
    app.server.add_url_rule("/robots.txt", "robots", lambda: Response(ROBOTS, mimetype="text/plain"), methods=["GET"])


def _version(live: LiveDataset) -> Hashable:
    return live.dataset(), pd.Timestamp.now().date()


def _asked(app: Dash, live: LiveDataset, kept: Kept[bytes], view: View) -> View:
    def answer() -> Response:
        key = request_bodies.read(app.callback_map, _body())
        packed = kept.get(_version(live), key, lambda: pack(view().get_data()))
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
        found: Response = view()
        return found

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


def _index(live: LiveDataset, kept: Kept[bytes], files: PageFiles, bare: View, wires: View) -> View:
    """Return the page in the language of the address, else in the one that the browser prefers."""

    def made(code: str, *, plain: bool) -> bytes:
        page = opening.page(str(bare()), live, wires().get_data(as_text=True), code, plain=plain)
        # which Python serves it is nobody's business
        return pack(files.named(_PYTHON.sub('"python_version":""', page)).encode())

    def answer() -> Response:
        code, plain = opening.language_of(request), opening.is_plain(request.query_string.decode("utf-8", "replace"))
        answer = send(
            kept.get(_version(live), f"/{code}/{plain}", lambda: made(code, plain=plain)), "text/html", ASK_AGAIN
        )
        answer.vary.add("Accept-Language")
        return answer

    return answer


def _csv(live: LiveDataset, kept: Kept[bytes]) -> Callable[[str], Response]:
    """Return the rows of a chart under the view that the address asks for, for readers without scripts."""

    def answer(name: str) -> Response:
        chart = CHARTS.get(name)
        if chart is None:
            raise NotFound("there is no such chart")
        selection = replace(Selection.from_query(request.query_string.decode("utf-8", "replace")), point=None)
        key = f"/csv/{name}{selection.to_query()}"
        made = kept.get(_version(live), key, lambda: pack(export.csv_text(live.table(chart, selection)).encode()))
        return send(made, "text/csv", ASK_AGAIN)

    return answer


def _unknown(**_: str) -> Response:
    """Refuse a path that is none; Dash would give the page for it."""
    raise NotFound("there is no such page; the dashboard is at /")
