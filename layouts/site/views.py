"""Which views of a chart the copy holds: all that its lists and radios reach, but for dates and typed words."""

from dataclasses import replace
from itertools import product
from typing import Final

from analysis.selection import CURRENCIES, FLOWS, MEASURES, Selection
from layouts.charts.registry import CHARTS
from layouts.figure.chart import Chart, Choice

SHARED: Final = {"measure": MEASURES, "flow": FLOWS, "currency": CURRENCIES}


def charts() -> list[Chart]:
    """Return the charts of the page, each with those controls of its own that offer options."""
    return [replace(chart, choices=_offered(chart)) for chart in CHARTS.values() if chart.page]


def _offered(chart: Chart) -> tuple[Choice, ...]:
    return tuple(choice for choice in chart.choices if choice.options)


def shared(chart: Chart) -> list[str]:
    """Return which of the controls of the whole page a chart follows."""
    return [word for word in SHARED if word in chart.reads]


def views(chart: Chart) -> list[Selection]:
    """Return the views of a chart, the default first; an option that a control shows by default is None.

    Every flow, currency and measure goes with every other, and every option of a control of its own with all of
    those but a measure: few look at both, and they would double the copy.
    """
    options = {word: SHARED[word] for word in shared(chart)}
    own = {choice.field: choice.options for choice in _offered(chart)}
    selections = []
    for values in product(*options.values(), *own.values()):
        pairs = zip([*options, *own], values, [*options.values(), *own.values()], strict=True)
        chosen = {word: value for word, value, all_ in pairs if value != all_[0]}
        if "measure" not in chosen or not chosen.keys() & own.keys():
            selections.append(Selection(**chosen))
    return selections


def key(selection: Selection) -> str:
    """Return the name of a view among those of its chart: its query without the mark, empty for the default."""
    return replace(selection, lang=None).to_query().removeprefix("?")
