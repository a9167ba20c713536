"""What the page asks when it is opened, answered before the first reader comes and after the data change."""

import json
import threading
from collections.abc import Callable, Iterable, Iterator
from typing import Any, Final
from urllib.parse import urlencode

from dash import Dash

from analysis.selection import CURRENCIES, LANGUAGES, Selection
from callbacks.live_dataset import LiveDataset
from callbacks.server import guard
from callbacks.server.answers import ASK, LASTING, PAGES, Pages, ReadyAnswers
from callbacks.server.door import PAGE, SCRIPTS
from callbacks.server.page_files import PAGE_FILES, PageFiles
from commands import telling
from layouts import page
from layouts.charts.registry import CHARTS
from layouts.look.ids import Id, part
from loaders.core import machine, places

LOOKS: Final = (1040, 358)  # the widths of a chart on a wide window and on a phone of 390 pixels
# where the first touches of the controls that come first lead from the default view
NEXT: Final = tuple(
    {word: value for word, value in (("flow", flow), ("currency", currency)) if value}
    for currency in ("", "USD")
    for flow in ("", "export", "import", "total")
    if flow or currency
)
AHEAD: Final = 100  # days for which the page is kept
AGAIN: Final = 2.0  # seconds between two looks at the files
PATIENCE: Final = 0.05  # seconds between two looks at who is being served
_VIEWS: Final = frozenset(f"{part('view', name)}.data" for name in CHARTS)
_WIDTH: Final = f"{Id.WIDTH}.data"


def questions(callbacks: Iterable[dict[str, Any]], width: int, search: str = "") -> Iterator[Any]:
    """Yield the body of each request that charts make for a view in a width, when they come near what is seen.

    ``callbacks`` is Dash's own list of them, as ``/_dash-dependencies`` gives it.
    """
    known = {**dict.fromkeys(_VIEWS, search), _WIDTH: width}
    for one in callbacks:
        names = [f"{given['id']}.{given['property']}" for given in one["inputs"]]
        if not one["clientside_function"] and all(name in _VIEWS for name in names):
            filled = {
                kind: [{**given, "value": known[f"{given['id']}.{given['property']}"]} for given in one[kind]]
                for kind in ("inputs", "state")
            }
            yield {"output": one["output"], **filled, "changedPropIds": names[:1]}


class Warming:
    """A thread that keeps the answers of the default view ready and gives way to every request."""

    def __init__(self, app: Dash, live: LiveDataset, busy: Callable[[], bool]) -> None:
        """Do nothing yet; ``busy`` says whether a request is under way."""
        self._app, self._live, self._busy = app, live, busy
        self._ending = threading.Event()
        self._complained: set[str] = set()

    def start(self) -> None:
        """Begin; the thread ends with the program, which does not wait for it."""
        threading.Thread(target=self.run, name="warming", daemon=True).start()

    def end(self) -> None:
        """Ask for no further answer."""
        self._ending.set()

    def run(self) -> None:
        """Answer the default view, and again whenever the files of the data have changed, until :meth:`end`."""
        seen: object = None
        while not self._ending.is_set():
            dataset = self._live.dataset()
            if dataset is not seen and self._round():
                seen = dataset
            self._ending.wait(AGAIN)

    def _round(self) -> bool:
        """Answer everything once; False where it was broken off, or something failed and was told."""
        try:
            problems = self._live.dataset().problems
            self._tell(problems)
            if not self._answer():
                return False
        except Exception as error:  # noqa: BLE001 (readers are served without it)
            self._tell((f"not all answers are kept ready: {type(error).__name__}: {str(error)[:200]}",))
            return False
        self._complained = set(problems)
        return True

    def keep_page(self) -> None:
        """Have the page answered and kept for the next start."""
        ready: ReadyAnswers = self._app.server.extensions[LASTING]
        with ready.noting() as noted:
            self._page(noted)
            ready.keep(noted, self._coming)

    def _page(self, noted: dict[str, bytes]) -> None:
        for code in LANGUAGES:
            self._ask("/", None, f"?lang={code}")
        noted.update(self._around())

    def _answer(self) -> bool:
        """Have all answered and kept for the next start, the page first; False where it was broken off."""
        ready: ReadyAnswers = self._app.server.extensions[LASTING]
        with ready.noting() as noted:
            self._page(noted)
            ready.keep(noted)
            for body in self._bodies():
                if self._given_way():
                    return False
                self._ask(ASK, body)
            ready.keep(noted, self._coming)
        # other views rest on what these rows do, which the answers of a process before left uncomputed
        for chart in (one for one in CHARTS.values() if one.page):
            for view in (Selection(), Selection(currency=CURRENCIES[1])):
                if self._given_way():
                    return False
                self._live.table(chart, view)
        machine.trim()
        return True

    def _around(self) -> dict[str, bytes]:
        """Return what the page comes with: its style, and what its headers name."""
        files: PageFiles = self._app.server.extensions[PAGE_FILES]
        return {**files.styles(), SCRIPTS: json.dumps(guard.inline_hashes(page.INDEX)).encode()}

    def _coming(self) -> dict[str, dict[str, bytes]]:
        """Return the page as of each time to come, so that the first start of a month has it too."""
        pages: Pages = self._app.server.extensions[PAGES]
        coming, around = {}, self._around()
        for day in places.days_to_come(AHEAD):
            self._given_way()
            with places.on(day), self._app.server.test_request_context("/"):
                coming[places.of_day(day)] = {**{f"{PAGE}{code}": pages.plain(code) for code in LANGUAGES}, **around}
        return coming

    def _given_way(self) -> bool:
        """Wait while a request is under way; return whether the end was asked for."""
        while self._busy() and not self._ending.wait(PATIENCE):
            pass
        return self._ending.is_set()

    def _bodies(self) -> Iterator[Any]:
        """Yield what both looks ask for in the default view, each question once, then what follows a touch."""
        asked = set()
        for body in (*self._questions(""), *self._touched()):
            if (key := str(body)) not in asked:
                asked.add(key)
                yield body

    def _questions(self, search: str) -> Iterator[Any]:
        for width in LOOKS:
            yield from questions(self._app._callback_list, width, search)  # noqa: SLF001 (no public way)

    def _touched(self) -> Iterator[Any]:
        """Yield what charts ask when controls are touched that they follow."""
        for words in NEXT:
            for body in self._questions(f"?{urlencode(words)}"):
                if words.keys() <= set(CHARTS[body["inputs"][0]["id"].removesuffix("-view")].reads):
                    yield body

    def _ask(self, route: str, body: object, search: str = "") -> None:
        server = self._app.server
        with server.test_request_context(route + search, method="GET" if body is None else "POST", json=body):
            server.view_functions[route]()

    def _tell(self, lines: tuple[str, ...]) -> None:
        """Name on standard error what could not be read or made, once until it is well again."""
        for line in lines:
            if line not in self._complained:
                self._complained.add(line)
                telling.complain(line)
