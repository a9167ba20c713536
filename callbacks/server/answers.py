"""The routes: the page at /, Dash's own held to what the page asks of them, and one for robots."""

import io
import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from threading import BoundedSemaphore, local
from typing import Any, Final

from dash import Dash
from flask import Response, request
from werkzeug.exceptions import BadRequest, NotFound

from analysis.dataset import Dataset
from analysis.selection import LANGUAGES, Selection
from callbacks import opening
from callbacks.answer_files import AnswerFiles
from callbacks.kept_answers import KeptValues
from callbacks.live_dataset import LiveDataset
from callbacks.server import request_bodies
from callbacks.server.delivery import ASK_AGAIN, ROOT, language_of, pack, send, send_page, unpack
from callbacks.server.door import PAGE
from callbacks.server.metrics import ANY
from callbacks.server.page_files import PageFiles
from callbacks.server.settings import Settings
from callbacks.server.shared_answers import SharedAnswers
from loaders.core import places

View = Callable[..., Any]
Coming = Callable[[], Mapping[str, Mapping[str, bytes]]]

ROOM: Final = 64 * 1024 * 1024  # bytes of packed answers kept ready
ENTRY: Final = 512  # bytes that keeping one costs besides
MAKING: Final = 2  # answers made at a time: the processor makes no more, and ready ones would wait behind them
# the extensions that hold them, what makes them last, and what makes the page
READY, LASTING, PAGES = "answers", "lasting answers", "pages"
_JSON: Final = "application/json"
ROBOTS: Final = "User-agent: *\nDisallow: /_dash-\nAllow: /\n"
# which Python serves the page is nobody's business; the other is a ticket for work that goes on, and none does
_OWN: Final = re.compile(r'"(python_version|end_id)":\s*"(?:[^"\\]|\\.)*"')
ASK, LAYOUT = "/_dash-update-component", "/_dash-layout"
_WIRES: Final = "/_dash-dependencies"
ASKED: Final = "asked"  # the same questions, by GET


class ReadyAnswers:
    """Answers made once for all who ask: here, by a process before this one, or by any that shares a Redis.

    Every answer is a function of its question, of the data and of the time (``places.of_day``), so those are its key.
    """

    def __init__(self, live: LiveDataset, settings: Settings, files: AnswerFiles | None = None) -> None:
        """Keep nothing yet; with ``files`` what a process before this one kept is not made again.

        Raises:
            ValueError: the address of the Redis is none.
        """
        self.kept: KeptValues[bytes] = KeptValues(ROOM, lambda content: len(content) + ENTRY)
        self.live = live
        self._turns, self._thread = BoundedSemaphore(MAKING), local()
        self._shared = SharedAnswers(settings.redis, settings.base) if settings.redis else None
        self._files = files
        self._filed: KeptValues[dict[str, bytes]] = KeptValues(8)

    def get(self, key: str, make: Callable[[], bytes]) -> bytes:
        """Return the packed answer to a question, made by ``make`` where nobody has it."""
        dataset, now = self.live.dataset(), places.of_day(places.today())

        def whole() -> bytes:
            return self._of_before(dataset, now).get(key) or self._shared_or_made(dataset, key, make)

        answer = self.kept.get((dataset, now), key, whole)
        if (noted := getattr(self._thread, "noted", None)) is not None:
            noted[key] = answer
        return answer

    def _shared_or_made(self, dataset: Dataset, key: str, make: Callable[[], bytes]) -> bytes:
        def made() -> bytes:
            with self._turn():
                return make()

        return made() if self._shared is None else self._shared.through(self.live, dataset, key, made)

    def _of_before(self, dataset: Dataset, now: str) -> dict[str, bytes]:
        """Return what a process before this one kept of the same state."""
        files = self._files
        if files is None:
            return {}
        return self._filed.get((dataset, now), "", lambda: files.read(self.live.state_of(dataset)))

    @contextmanager
    def noting(self) -> Iterator[dict[str, bytes]]:
        """Note the answers that this thread is given in the block, by name."""
        self._thread.noted = noted = dict[str, bytes]()
        try:
            yield noted
        finally:
            self._thread.noted = None

    def keep(self, answers: Mapping[str, bytes], coming: Coming = dict) -> None:
        """Let a process after this one have answers to what the data are now; not where some could not be read.

        ``coming`` makes those of the times to come.
        """
        dataset, now = self.live.dataset(), places.of_day(places.today())
        whole = not dataset.problems and now.startswith(f"{dataset.read:%Y-%m}")
        if self._files is not None and whole and not answers.keys() <= self._of_before(dataset, now).keys():
            self._files.write(self.live.state_of(dataset), {now: answers, **coming()})

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


def install(app: Dash, live: LiveDataset, settings: Settings, files: AnswerFiles | None = None) -> None:
    """Put checks and ready answers before Dash's routes; ``files`` hold those of a process before this one.

    Raises:
        ValueError: the address of the Redis is none.
    """
    ready = ReadyAnswers(live, settings, files)
    app.server.extensions.update({READY: ready.kept, LASTING: ready})
    views = app.server.view_functions
    views[ASK] = _asked(app, ready, views[ASK])
    app.server.add_url_rule(ASK, ASKED, _by_address(views[ASK]), methods=["GET"])
    wires = views[_WIRES]
    for path in (LAYOUT, _WIRES):
        views[path] = _ready(ready, path, views[path])
    page_files = PageFiles(app)
    page_files.install()
    views[ANY] = _unknown
    if not settings.debug:
        views["/_reload-hash"] = _unknown
    pages = Pages(ready, page_files, views["/"], wires)
    app.server.extensions[PAGES], views["/"] = pages, pages.answer
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


class Pages:
    """The page, in the language of the address, else in the one that the browser prefers."""

    def __init__(self, ready: ReadyAnswers, files: PageFiles, bare: View, wires: View) -> None:
        """Make it of Dash's own page and list of callbacks, as ``bare`` and ``wires`` answer them."""
        self._ready, self._files, self._bare, self._wires = ready, files, bare, wires

    def answer(self) -> Response:
        """Answer a request, the default view from what is kept ready."""
        ready = self._ready
        asked = opening.opened(request, ready.live, language_of(request, LANGUAGES))
        if asked == opening.Opened(asked.code, plain=True):
            return send_page(ready.get(f"{PAGE}{asked.code}", lambda: self.plain(asked.code)))
        view = opening.asked_view(request)

        def whole() -> bytes:
            return self._previewed(ready.get(str(asked), lambda: self._made(asked)), asked, view)

        return send_page(ready.get(f"{asked} {view.to_query()}", whole))

    def plain(self, code: str) -> bytes:
        """Return the packed page of the default view in a language as of ``places.today``, anew; needs a request."""
        asked = opening.Opened(code, plain=True)
        return self._previewed(self._made(asked), asked, opening.default_view(asked))

    def _made(self, asked: opening.Opened) -> bytes:
        page = opening.page(str(self._bare()), self._ready.live, self._wires().get_data(as_text=True), asked)
        return pack(self._files.named(opening.dash_later(_OWN.sub(r'"\1":""', page))).encode())

    def _previewed(self, page: bytes, asked: opening.Opened, view: Selection) -> bytes:
        return pack(opening.previewed(unpack(page), self._ready.live, asked, view, ROOT))


def _unknown(**_: str) -> Response:
    """Refuse a path that is none; Dash would give the page for it."""
    raise NotFound("there is no such page; the dashboard is at /")
