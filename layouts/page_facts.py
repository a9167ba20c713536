"""What the scripts of the page must know: words for readers, controls, what each chart follows, colours, widths."""

from dataclasses import fields
from typing import Any, Final

from analysis.selection import Selection
from layouts import controls
from layouts.cards import terms
from layouts.charts.registry import CHARTS
from layouts.figure.chart import WINDOW
from layouts.look.theme import WIDTHS, in_dark
from layouts.words import language
from layouts.words.catalogue import say

STATE: Final = ("end", "asof", "currency", "lang", "v")  # what the state of trade follows


def facts(code: str, version: str = "", only: str = "", *, earlier: bool = False) -> dict[str, Any]:
    """Return them for a language, as JSON has them; ``words`` are the words of an address in their order.

    ``version`` is the version of the data that the page came with, ``earlier`` whether there is a newer one; ``dated``
    are the charts that show a version in another way than the newest figures. ``only`` is the chart that is shown
    alone, empty for all.
    """
    charts = [chart for chart in CHARTS.values() if chart.page and only in {"", chart.name}]
    state = {} if only else {"state": STATE}
    return {
        "language": code,
        "plain": language.FIRST,
        "version": version,
        "earlier": earlier,
        "dated": [chart.name for chart in charts if chart.dated],
        "words": [*(field.name for field in fields(Selection)), "only"],
        "controls": controls.wiring(),
        "reads": {**state, **{chart.name: [*WINDOW, *chart.reads] for chart in charts}},
        "since": str(controls.FIRST_YEAR),
        "widths": WIDTHS,
        "dark": in_dark(),
        "terms": terms.patterns(),
        "says": {
            "copied": say("page.copied"),
            "copy": say("page.copy"),
            "failed": say("page.failed"),
            "again": say("page.again"),
            "saving": say("page.saving"),
            "long": say("page.long", letters="{letters}"),
            "redrawn": say("page.redrawn", charts="{charts}"),  # filled in the browser
        },
    }
