"""A chart as text or picture: CSV, strict JSON, HTML, SVG, PNG; the same for page and command line."""

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any, Final

import pandas as pd

from analysis.selection import Selection
from layouts.drawing.canvas import Canvas
from layouts.figure import as_known as asof
from layouts.figure import source_line
from layouts.figure.chart import Chart
from layouts.figure.drawing_page import DrawingPage
from layouts.look.theme import PRINT, SHAPES, WIDE, Look
from layouts.words.language import speaking

_DRAWN: Final = ("png", "svg", "html", "zip")
_OPEN: Final[list[DrawingPage]] = []


def plain(rows: pd.DataFrame) -> pd.DataFrame:
    """Return the rows as text and numbers: months YYYY-MM, days YYYY-MM-DD, times ISO 8601."""
    out = rows.copy()
    for column in out.select_dtypes("datetime").columns:
        out[column] = _dates(out[column], month=column.startswith("period"))
    for column in out.select_dtypes("category").columns:
        out[column] = out[column].astype("object")
    return out


def _dates(days: pd.Series, *, month: bool) -> pd.Series:
    if month:
        return pd.Series(days.dt.strftime("%Y-%m"))
    return pd.Series(days.dt.strftime("%Y-%m-%d")).where(~timed(days), days.dt.strftime("%Y-%m-%dT%H:%M:%S"))


def timed(days: pd.Series) -> pd.Series:
    """Return which dates have a time of day."""
    return days.notna() & days.ne(days.dt.normalize())


def csv_text(rows: pd.DataFrame) -> str:
    """Return comma-separated UTF-8 text: header, point decimals, no grouping, empty for missing."""
    return str(plain(rows).to_csv(index=False, lineterminator="\n"))


def json_text(chart: Chart, rows: pd.DataFrame, selection: Selection) -> str:
    """Return strict JSON: chart, query, title, subtitle, unit, sources and the rows of the CSV."""
    out = plain(rows)
    names = [str(name) for name in out]
    cells = (out[name].astype("object").where(out[name].notna(), None).tolist() for name in out)
    listed = [dict(zip(names, row, strict=True)) for row in zip(*cells, strict=True)]
    whole = json_head(chart, rows, selection) | {"rows": listed}
    return json.dumps(whole, ensure_ascii=False, allow_nan=False, indent=1) + "\n"


def json_head(chart: Chart, rows: pd.DataFrame, selection: Selection) -> dict[str, Any]:
    """Return what stands before the rows in the JSON of a chart."""
    words = chart.words(rows, selection)
    with speaking(selection.lang):
        sources = [source_line.record(name) for name in source_line.names(rows)]
    return {
        "chart": chart.name,
        "query": selection.to_query(),
        "title": words.finding,
        "subtitle": words.subtitle,
        "unit": words.unit,
        "sources": sources,
    }


def empty_forms(
    chart: Chart, rows: pd.DataFrame, selection: Selection, forms: Sequence[str], figure: Canvas | None = None
) -> list[str]:
    """Return which of the forms would hold nothing: all of them without rows, pictures where none can be drawn.

    ``figure`` is the picture where it was drawn already.
    """
    if rows.empty:
        return list(forms)
    pictures = [form for form in forms if form in _DRAWN]
    if not pictures:
        return []
    return pictures if (drawn(chart, rows, selection) if figure is None else figure).empty else []


def text_of(chart: Chart, rows: pd.DataFrame, selection: Selection, form: str) -> str:
    """Return the chart as csv, json or html text."""
    if form == "json":
        return json_text(chart, rows, selection)
    if form == "csv":
        return csv_text(rows)
    import plotly.io as pio  # noqa: PLC0415 (large, and rows need it not)

    figure = drawn(chart, rows, selection)
    return str(pio.to_html(figure, config={"displayModeBar": False}, validate=False))


def drawn(chart: Chart, rows: pd.DataFrame, selection: Selection, look: Look = PRINT) -> Canvas:
    """Return the picture of the rows; a printed one names the day whose knowledge it shows."""
    with speaking(selection.lang):
        return asof.stamped(chart.draw(rows, selection, look), selection)


@contextmanager
def browser(plotly: bytes = b"") -> Iterator[None]:
    """Keep one Chromium for all pictures of a batch, which starts while the first is computed.

    ``plotly`` is the plotly.js that draws, by default the whole.
    """
    if not plotly:
        from plotly.offline import get_plotlyjs  # noqa: PLC0415 (large, and rows need it not)

        plotly = get_plotlyjs().encode()
    page = DrawingPage(plotly.decode())
    _OPEN.append(page)
    try:
        yield
    finally:
        _OPEN.remove(page)
        page.close()


def picture_of(figure: Canvas, form: str, shape: str = WIDE) -> bytes:
    """Return a figure as PNG or SVG bytes in one of ``theme.SHAPES``; :func:`browser` must be open.

    A wide PNG has 2400 by 1350 pixels, a square one 2400 by 2400; one for paper is 1050 wide, 89 mm at 300 an inch.

    Raises:
        RuntimeError: Chromium is not there, or draws nothing.
    """
    look = SHAPES[shape]
    return _OPEN[-1].draw(figure, form, width=look.width, height=figure["layout"]["height"], scale=look.scale)
