"""What differs in a chart between two states of the data: its sentence, its points, and the figures behind them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

import pandas as pd
from pandas.tseries.offsets import MonthBegin

from analysis.cache import per_dataset
from analysis.dataset import Dataset
from analysis.points import POINT, PointPart
from analysis.selection import Selection
from layouts.drawing.values import records
from layouts.figure.chart import Chart
from layouts.figure.export import plain
from loaders.versions.table_changes import FigureChange, figures

_TRACED: Final = 400  # changed points whose figures are looked for


@dataclass(frozen=True, eq=False)
class ChartChange:
    """A chart under one view in two states: its rows ``then`` and ``now``."""

    chart: Chart
    selection: Selection
    then: pd.DataFrame
    now: pd.DataFrame

    @cached_property
    def sentences(self) -> tuple[str, str]:
        """What its title said, and what it says; the same rows say the same, and are not asked."""
        if self.then.equals(self.now):
            return "", ""
        before, after = (self.chart.words(rows, self.selection).finding for rows in (self.then, self.now))
        return before, after

    @cached_property
    def points(self) -> list[str]:
        """The names of the points that came, went, or have another figure."""
        before, after = _figures_of(self.then), _figures_of(self.now)
        return [name for name in dict.fromkeys([*before, *after]) if before.get(name) != after.get(name)]

    @cached_property
    def parts(self) -> list[PointPart]:
        """The values behind the points that differ, as they were and as they are."""
        names = set(self.points[:_TRACED])
        rows = [row for table in (self.then, self.now) for row in records(table[table[POINT].isin(names)])]
        return [part for row in rows for part in self.chart.parts(row)]

    def behind(self, changes: Sequence[FigureChange]) -> list[FigureChange]:
        """Return those of the figures that stand behind a point that differs, in their order."""
        return [one for one in changes if any(_rests(part, one) for part in self.parts)]


@per_dataset(2)
def figures_since(then: Dataset, now: Dataset) -> list[FigureChange]:
    """Return each figure of the one table that is known otherwise now, in the order of its key."""
    return figures(then.trade, now.trade)


def _figures_of(rows: pd.DataFrame) -> dict[str, tuple[object, ...]]:
    """Return what is plotted at each point: its numbers, where it has none all that it says."""
    numbers = rows.select_dtypes("number")
    shown = (numbers if len(numbers.columns) else plain(rows)).astype("object")
    cells = shown.where(shown.notna(), None).itertuples(index=False, name=None)
    return dict(zip(rows[POINT], cells, strict=True))


def _rests(part: PointPart, change: FigureChange) -> bool:
    """Return whether a value may rest on a figure: the same count of the same goods, inside its months.

    A month may also be the difference of two years to date: up to its end, and up to the month before it.
    """
    same = change.source in part.sources and (change.reporter, change.partner) == (part.reporter, part.partner)
    flows = ("export", "import", "total") if part.flow == "total" else (part.flow,)
    return same and change.flow in flows and _within(part, change) and _covers(part.codes, change.code)


def _within(part: PointPart, change: FigureChange) -> bool:
    start, end = f"{part.start:%Y-%m}", f"{part.end:%Y-%m}"
    to_date = change.start == f"{part.start.year}-01" and change.end in {end, f"{part.start - MonthBegin():%Y-%m}"}
    return (start <= change.start and change.end <= end) or to_date


def _covers(codes: Iterable[str], code: str) -> bool:
    return any(code == one or (one.isdigit() and code.startswith(one)) for one in codes)
