"""What differs in a chart between two states of the data: its sentence, its points, and the figures behind them."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import product
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
_FLOWS: Final = {"total": ("export", "import", "total")}
_Subject = tuple[str, str, str, str, str]  # source, reporter, partner, flow, code
_Months = tuple[str, str, str, str]


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
        """Return those of the figures that stand behind a point that differs, in their order.

        A figure is looked up by what it is of, never held against each value: a release of a year's codes changes
        tens of thousands.
        """
        return [one for one in changes if self._rests_on(one)]

    @cached_property
    def _months(self) -> dict[_Subject, set[_Months]]:
        """The months of the values behind the points, by what they are of."""
        out: dict[_Subject, set[_Months]] = {}
        for part in self.parts:
            flows, months = _FLOWS.get(part.flow, (part.flow,)), _months_of(part)
            for source, flow, code in product(part.sources, flows, part.codes):
                out.setdefault((source, part.reporter, part.partner, flow, code), set()).add(months)
        return out

    def _rests_on(self, change: FigureChange) -> bool:
        """Return whether a value may rest on a figure: the same count of the same goods, inside its months.

        A month may also be the difference of two years to date: up to its end, and up to the month before it.
        """
        source, reporter, partner, flow = change.source, change.reporter, change.partner, change.flow
        keys = ((source, reporter, partner, flow, code) for code in _covering(change.code))
        return any(_within(months, change) for key in keys for months in self._months.get(key, ()))


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


def _months_of(part: PointPart) -> _Months:
    """Return first and last month of a value, the January of its year, and the month before its first."""
    start, end, before = (f"{one:%Y-%m}" for one in (part.start, part.end, part.start - MonthBegin()))
    return start, end, f"{start[:4]}-01", before


def _within(months: _Months, change: FigureChange) -> bool:
    """Return whether a figure lies inside months, or is one of two years to date whose difference they are."""
    start, end, january, before = months
    to_date = change.start == january and change.end in {end, before}
    return (start <= change.start and change.end <= end) or to_date


def _covering(code: str) -> list[str]:
    """Return the codes whose goods hold those of a code: itself, and its beginnings where they are digits."""
    return [code, *(code[:length] for length in range(1, len(code)) if code[:length].isdigit())]
