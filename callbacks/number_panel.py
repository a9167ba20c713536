"""What is this number: from a point named in the address to all that is known of it."""

from dataclasses import replace
from typing import Any

import pandas as pd

from analysis import points
from analysis.dataset import Dataset
from analysis.selection import Selection
from analysis.trace import trace as tracing
from callbacks import old_points
from callbacks.live_dataset import LiveDataset
from layouts.cards import number as number_panel
from layouts.cards.point_facts import PointFacts, Proof
from layouts.charts.registry import CHARTS
from layouts.drawing.values import records
from loaders.core.store import Store
from loaders.shipped import provenance


def answer(live: LiveDataset, selection: Selection, page: str) -> list[Any] | None:
    """Return the panel of the point that a selection names, None where it names none; ``page`` is our address."""
    if selection.point is None:
        return None
    chart = CHARTS.get(selection.point.partition(":")[0])
    dataset = live.of(selection).on(selection.asof)
    # a chart that is not on the page has no points
    rows = _rows_of(live.table(chart, selection), selection.point) if chart and chart.page else None
    if chart is None or rows is None or rows.empty:
        return number_panel.missing(selection.point)
    facts = [_facts(live.store, dataset, chart.parts, row) for row in records(rows)]
    return number_panel.panel(chart, facts, page + replace(selection, v=dataset.version or None).to_query())


def _rows_of(table: pd.DataFrame, name: str) -> pd.DataFrame:
    """Return the rows of a point, also by the name that it had in an earlier version."""
    rows = points.rows_of(table, name)
    earlier = (points.rows_of(table, other) for other in old_points.today(name))
    return rows if len(rows) else next((own for own in earlier if len(own)), rows)


def _facts(store: Store, dataset: Dataset, parts: Any, row: dict[str, Any]) -> PointFacts:  # noqa: ANN401
    proofs = [_proof(store, dataset, part) for part in parts(row)]
    own = [] if proofs or points.lacks(row, "source") else [provenance.home(store, row)]
    return PointFacts(row, proofs, own)


def _proof(store: Store, dataset: Dataset, part: points.PointPart) -> Proof:
    trace = tracing.trace(dataset, part)
    shown = records(trace.used.head(number_panel.MOST))
    return Proof(trace, [provenance.home(store, row) for row in shown], tracing.printed_rates(dataset, part))
