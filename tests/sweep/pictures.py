"""Pictures of views, drawn one after the other in one empty page and measured there."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from analysis.selection import Selection
from layouts.charts.registry import CHARTS
from layouts.look.theme import SHAPES, Look, on_page

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from playwright.sync_api import Page

    from analysis.dataset import Dataset
    from layouts.drawing.canvas import Canvas
    from layouts.figure.chart import Chart

Case = tuple[str, str, str]  # a query, a language, the name of a look
MEASURED: Final = Path(__file__).with_name("measured.js").read_text("utf-8")
LANGUAGES: Final = ("en", "zh", "ru")
LOOKS: Final[dict[str, Look]] = {
    **{str(width): on_page(width) for width in (288, 358, 640, 704, 768, 1040)},
    **SHAPES,
}
_WINDOW: Final = ("start", "end", "asof")
_DRAW: Final = """async (figure) => {
  const place = document.getElementById("place");
  await Plotly.react(place, figure.data, figure.layout, {displayModeBar: false});
  return measured.picture(place);
}"""


def drawn_charts() -> list[Chart]:
    """Return the charts that have a picture on the page."""
    return [chart for chart in CHARTS.values() if chart.page and chart.name != "claims"]


def bench(page: Page) -> None:
    """Make an empty page ready to draw and measure."""
    import plotly  # noqa: PLC0415 (its package has the script)

    page.set_content('<body style="margin:0"><div id="place"></div></body>')
    page.add_script_tag(path=Path(plotly.__file__).with_name("package_data") / "plotly.min.js")
    page.add_script_tag(content=MEASURED)


def faults(page: Page, figure: Canvas) -> list[str]:
    """Draw a figure, and return what is wrong with what is seen."""
    seen = page.evaluate(_DRAW, json.loads(json.dumps(figure, default=str)))
    return [fault for fault in seen if not (fault == "empty" and figure.empty)]  # which says why it is


def walk(page: Page, dataset: Dataset, cases: Iterable[Case]) -> Iterator[tuple[str, str]]:
    """Yield for each fault where it is, chart, query, language and look, and what it is; a picture is drawn once."""
    seen: set[tuple[Any, ...]] = set()
    for query, code, look in cases:
        selection = Selection.from_query(f"{query}&lang={code}")
        then = dataset.on(selection.asof)
        for chart in drawn_charts():
            picture = (chart.name, code, look, *(getattr(selection, word) for word in (*chart.reads, *_WINDOW)))
            plain = bool(query) and not any(picture[3:])  # seen by the query that is empty
            if picture not in seen and not plain:
                seen.add(picture)
                figure = chart.draw(chart.table(then, selection), selection, LOOKS[look])
                yield from ((f"{chart.name} ?{query}&lang={code} at {look}", fault) for fault in faults(page, figure))
