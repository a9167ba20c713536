"""``/panel/...``: what the page fills in when it is opened, as HTML: how to cite a chart, and what changed."""

from collections.abc import Callable
from dataclasses import replace
from threading import BoundedSemaphore
from typing import Any, Final

import pandas as pd
from dash import html
from flask import Flask, Response, request
from werkzeug.exceptions import NotFound, ServiceUnavailable

from analysis.dataset import Dataset
from analysis.selection import Selection
from callbacks.kept_answers import KeptValues
from callbacks.live_dataset import LiveDataset
from callbacks.server.delivery import ASK_AGAIN, pack, send
from commands.telling import complain
from layouts.cards import changed, cite_panel
from layouts.charts.registry import CHARTS
from layouts.figure.chart import Chart
from layouts.first_picture import markup
from layouts.first_picture.static_html import as_json
from layouts.takeaway import chart_changes
from layouts.takeaway.chart_changes import ChartChange
from layouts.takeaway.turned_sentences import Turned, verdicts_turned
from layouts.words.catalogue import say
from layouts.words.language import speaking
from loaders.core.store import StoreError
from loaders.versions.history import History, Version

Panel = Callable[["LiveDataset", str, Selection, str], list[Any]]

RULE: Final = "/panel/<kind>/<name>"
ROOM: Final = 4 * 1024 * 1024  # bytes of packed panels kept
AGAIN: Final = 10  # seconds after which to ask again
_COMPARING: Final = BoundedSemaphore(2)  # comparisons of all charts at once: each takes seconds


def install(server: Flask, live: LiveDataset) -> None:
    """Answer under :data:`RULE`."""
    kept: KeptValues[bytes] = KeptValues(ROOM, len)

    def answer(kind: str, name: str) -> Response:
        if kind not in _PANELS:
            raise NotFound(f"there is no such panel; there are {', '.join(_PANELS)}")
        selection, root = Selection.from_query(request.query_string.decode("utf-8", "replace")), request.url_root
        state = (live.dataset(), len(_known(live)), pd.Timestamp.now().date())

        def made() -> bytes:
            with speaking(selection.lang):
                return pack(_written(_PANELS[kind](live, name, selection, root)))

        return send(kept.get(state, (kind, name, selection, root), made), "text/html", ASK_AGAIN)

    server.add_url_rule(RULE, "panel", answer, methods=["GET"])


def _cite(live: LiveDataset, name: str, selection: Selection, root: str) -> list[Any]:
    return cite_panel.panel(live.taken(_chart(name), selection, root))


def _since(live: LiveDataset, name: str, selection: Selection, _: str) -> list[Any]:
    """Set a chart of an earlier version beside the newest figures."""
    chart, then, now = _chart(name), live.of(selection), live.dataset()
    view = replace(selection, v=None, point=None)
    rows = live.table(chart, selection), live.table(chart, view)
    return changed.since(chart_changes.ChartChange(chart, view, *rows), chart_changes.figures_since(then, now))


def _changes(live: LiveDataset, _: str, selection: Selection, __: str) -> list[Any]:
    """List refreshes and imports, newest first."""
    del selection
    history, known = History(live.store), _known(live)
    try:
        shown = [(place, one, history.changes(one)) for place, one in reversed(list(enumerate(known)))]
    except StoreError as error:
        complain(str(error))
        return [html.P(say("changed.unreadable"))]
    return changed.refreshes(shown, live.dataset().version)


def _turned(live: LiveDataset, name: str, selection: Selection, _: str) -> list[Any]:
    """Say which charts, sentences and verdicts a refresh turned, over the default view."""
    if not _COMPARING.acquire(blocking=False):
        raise ServiceUnavailable(f"other comparisons are being made; ask again in {AGAIN} seconds", retry_after=AGAIN)
    try:
        return _compared(live, name, selection)
    finally:
        _COMPARING.release()


def _compared(live: LiveDataset, name: str, selection: Selection) -> list[Any]:
    known = _known(live)
    place = int(name) if name.isdecimal() and len(name) < len(str(len(known))) + 1 else 0
    if not 0 < place < len(known):
        raise NotFound("there is no such refresh; /panel/changes/all lists them")
    try:
        before, after = (live.version(one.name) for one in known[place - 1 : place + 1])
        figures = History(live.store).changes(known[place])
    except (KeyError, StoreError) as error:
        complain(str(error))
        raise ServiceUnavailable("what is kept of it cannot be read now; the log of the server says why") from error
    charts = _charts(before, after, Selection(lang=selection.lang))
    sentences = [Turned(one.chart.name, *one.sentences) for one in charts if len(set(one.sentences)) > 1]
    return changed.turned(charts, figures, [*sentences, *verdicts_turned(before, after)])


def _charts(before: Dataset, after: Dataset, view: Selection) -> list[ChartChange]:
    charts = [chart for chart in CHARTS.values() if chart.page]
    return [chart_changes.ChartChange(one, view, one.table(before, view), one.table(after, view)) for one in charts]


def _known(live: LiveDataset) -> list[Version]:
    """Return the versions that are kept; none where they cannot be read."""
    try:
        return History(live.store).versions()
    except StoreError as error:
        complain(str(error))
        return []


def _chart(name: str) -> Chart:
    chart = CHARTS.get(name)
    if chart is None or not chart.page:
        raise NotFound(f"there is no such chart; there are {', '.join(CHARTS)}")
    return chart


def _written(parts: list[Any]) -> bytes:
    return markup.written(as_json(parts), {}).encode()


_PANELS: Final[dict[str, Panel]] = {"cite": _cite, "since": _since, "changes": _changes, "turned": _turned}
