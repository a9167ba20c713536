"""How long a reader waits for the rows of a view, and for its picture, on the data that ship.

The page was opened once: what all views share is at hand, the view asked for is new. Bound: rows in
15 ms. Beside it the peer: the same number of rows drawn by plotly express, a line by flow.
"""

from __future__ import annotations

import itertools
import os
import time
from functools import partial
from typing import TYPE_CHECKING, Final

import pandas as pd
import plotly.express as px

from analysis.selection import Selection
from callbacks.live_dataset import read
from layouts.charts.registry import CHARTS
from loaders.core.store import Store

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from analysis.dataset import Dataset
    from layouts.figure.chart import Chart

BOUND: Final = 15.0
PERIODS: Final = ("", "&start=2022", "&start=2023-01&end=2023-06")


def queries(chart: Chart) -> Iterator[str]:
    """Yield every choice of a chart with flows, currencies and periods."""
    own = [[f"&{choice.field}={word}" for word in choice.options] or [""] for choice in chart.choices]
    flows = ("", "&flow=import", "&flow=total")
    for parts in itertools.product(PERIODS, flows, ("", "&currency=USD"), *own):
        yield "?" + "".join(parts).lstrip("&")


def run(rows: int | None, runs: int) -> None:
    """Print for each chart its slowest view, the median, and the picture's time; ``rows`` means nothing here."""
    del rows
    dataset = read(Store("/nonexistent"))
    for chart in CHARTS.values():
        chart.draw(chart.rows(dataset, Selection()), Selection())
    print(f"{len(dataset.trade):,} rows; load {os.getloadavg()[0]:.1f}; rows in ms (bound {BOUND:.0f}), best of {runs}")
    print(f"{'chart':14}{'views':>6}{'median':>9}{'slowest':>9}{'first':>9}{'picture':>9}{'px line':>9}  slowest view")
    for name, chart in CHARTS.items():
        if chart.page:
            print(_line(dataset, name, chart, runs))


def _line(dataset: Dataset, name: str, chart: Chart, runs: int) -> str:
    asked = [(query, Selection.from_query(query)) for query in queries(chart)]
    took = {}
    for query, selection in asked:
        work = partial(chart.table, dataset, selection)
        first = _took(work)
        took[query] = (min(_took(work) for _ in range(runs)), first)
    best = pd.Series({query: pair[0] for query, pair in took.items()})
    new = max(pair[1] for pair in took.values())
    slow = str(best.idxmax())
    table = chart.table(dataset, Selection())
    picture = min(_took(lambda: chart.draw(table, Selection())) for _ in range(runs))
    peer = min(_took(lambda: px.line(y=range(max(1, len(table))))) for _ in range(runs))
    head = f"{name:14}{len(asked):>6}{best.median():>9.1f}{best.max():>9.1f}{new:>9.1f}{picture:>9.1f}{peer:>9.1f}"
    return f"{head}  {slow}{'' if best.max() <= BOUND else '  ABOVE'}"


def _took(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return 1000 * (time.perf_counter() - start)
