"""``/chart/<name>.<form>?<view>``: one chart under a view as PNG, SVG, CSV, JSON, metadata or all of them in a zip.

``shape`` beside the view is that of the picture, one of ``theme.SHAPES``.
"""

from dataclasses import replace
from typing import Final

import pandas as pd
from flask import Flask, Response, request
from werkzeug.exceptions import NotFound, ServiceUnavailable

from analysis.dataset import Dataset
from analysis.selection import Selection
from callbacks.downloads.picture_queue import AGAIN, BusyError, PictureQueue
from callbacks.kept_answers import KeptValues
from callbacks.live_dataset import LiveDataset
from callbacks.server import plotly_bundle
from callbacks.server.delivery import ASK_AGAIN, pack, send
from commands.telling import complain
from layouts.charts.registry import CHARTS
from layouts.figure import export
from layouts.look.theme import SHAPES, WIDE
from layouts.takeaway import chart_archive
from layouts.takeaway.taken_chart import DRAWN, TakenChart, file_name
from layouts.words.language import speaking
from loaders.core.store import StoreError

ROOM: Final = 32 * 1024 * 1024  # bytes of packed files kept
RULE: Final = "/chart/<name>"
_TYPES: Final = {
    "png": "image/png",
    "svg": "image/svg+xml",
    "csv": "text/csv",
    "json": "application/json",
    "metadata.json": "application/json",
    "bib": "application/x-bibtex",
    "ris": "application/x-research-info-systems",
    "zip": "application/zip",
}


def install(server: Flask, live: LiveDataset, queue: PictureQueue | None = None) -> None:
    """Answer under :data:`RULE`; ``queue`` draws the pictures."""
    kept: KeptValues[bytes] = KeptValues(ROOM, len)
    drawing = queue or PictureQueue(lambda: export.browser(plotly_bundle.script()))

    def chart_file(name: str) -> Response:
        chart, _, form = name.partition(".")
        if chart not in CHARTS or form not in _TYPES:
            raise NotFound(f"there is no such file; a chart is /chart/pulse.csv, and its forms are {', '.join(_TYPES)}")
        selection = Selection.from_query(request.query_string.decode("utf-8", "replace"))
        shape = request.args.get("shape", WIDE)
        if shape not in SHAPES:
            raise NotFound(f"there is no shape {shape[:20]!r}; there are {', '.join(SHAPES)}")
        dataset, today, root = _dataset(live, selection), (live.dataset(), pd.Timestamp.now().date()), request.url_root

        def made() -> bytes:
            with speaking(selection.lang):
                taken = replace(live.taken(CHARTS[chart], selection, root), shape=shape)
                return pack(_content(taken, form, drawing))

        answer = send(kept.get(today, (name, selection, root, shape), made), _TYPES[form], ASK_AGAIN)
        answer.headers["Content-Disposition"] = (
            f'inline; filename="{file_name(CHARTS[chart], selection, form, dataset.version, shape)}"'
        )
        return answer

    server.add_url_rule(RULE, "chart_file", chart_file, methods=["GET"])


def _dataset(live: LiveDataset, selection: Selection) -> Dataset:
    """Return the version of the data that a view is of.

    Raises:
        NotFound: there is no such version: a file is of it or is none.
        ServiceUnavailable: it is there and cannot be read.
    """
    if selection.v is None and "v" in request.args:
        raise NotFound("the name of a version of the data is twelve letters and digits")
    try:
        return live.version(selection.v)
    except KeyError as error:
        raise NotFound("this version of the data is not kept here; without v the newest figures are given") from error
    except StoreError as error:
        complain(str(error))
        raise ServiceUnavailable(
            "this version of the data cannot be read now; the log of the server says why"
        ) from error


def _content(taken: TakenChart, form: str, drawing: PictureQueue) -> bytes:
    if form not in DRAWN:
        return chart_archive.text(taken, form)
    if not chart_archive.shows(taken):
        raise NotFound("this view fills no picture; its rows are under .csv")
    make = (lambda: chart_archive.archive(taken)) if form == "zip" else (lambda: chart_archive.picture(taken, form))
    try:
        return drawing.draw(make)
    except BusyError as error:
        raise ServiceUnavailable(str(error), retry_after=AGAIN) from error
    except RuntimeError as error:
        raise ServiceUnavailable("this server has no Chromium to draw with; .csv and .json hold the rows") from error
