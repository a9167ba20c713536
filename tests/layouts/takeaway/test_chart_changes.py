"""What differs in a chart between two states: points by their numbers, figures by what stands behind those points.

All figures here are made up.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pandas as pd
import pytest

from analysis.points import PartRole, PointPart
from analysis.selection import Selection
from layouts.charts.registry import CHARTS
from layouts.takeaway.chart_changes import ChartChange
from loaders.versions.table_changes import NEW, FigureChange

FIGURE = FigureChange(
    kind=NEW,
    source="imf",
    reporter="CHN",
    partner="RUS",
    flow="import",
    start="2025-03",
    end="2025-03",
    code="TOTAL",
    currency="USD",
    old=None,
    new=2e9,
    released="2025-05-01",
)


def rows(*values: tuple[str, float | None, str]) -> pd.DataFrame:
    """Return points of China's imports by month: month, value, reference."""
    months = [pd.Timestamp(f"{month}-01") for month, _, _ in values]
    return pd.DataFrame(
        {
            "flow": "import",
            "period_start": months,
            "period_end": months,
            "value": [value for _, value, _ in values],
            "currency": "USD",
            "source": "imf",
            "reference": [reference for _, _, reference in values],
            "point": [f"pulse:import.{month}" for month, _, _ in values],
        }
    )


def change(then: pd.DataFrame, now: pd.DataFrame) -> ChartChange:
    """Return what differs in the chart of months."""
    return ChartChange(CHARTS["pulse"], Selection(), then, now)


def test_points_differ_by_their_numbers() -> None:
    """New, gone, another value, a value where there was none; another reference alone is no other figure."""
    then = rows(("2025-01", 1e9, "a"), ("2025-02", 1e9, "a"), ("2025-03", None, "a"), ("2025-04", 1e9, "a"))
    now = rows(("2025-01", 1e9, "b"), ("2025-02", 2e9, "a"), ("2025-03", 2e9, "a"), ("2025-05", 1e9, "a"))
    points = change(then, now).points
    assert points == [f"pulse:import.2025-{month}" for month in ("02", "03", "04", "05")]
    assert change(then, then).points == []
    assert change(then, then).sentences == ("", "")


@pytest.mark.parametrize(
    ("given", "behind"),
    [
        ({}, True),
        ({"start": "2025-01", "end": "2025-03"}, True),  # the year to date up to its end, less that before it
        ({"start": "2025-01", "end": "2025-02"}, True),
        ({"start": "2025-01", "end": "2025-01"}, False),
        ({"start": "2025-02", "end": "2025-02"}, False),
        ({"start": "2025-02", "end": "2025-03"}, False),
        ({"start": "2024-01", "end": "2024-12"}, False),
        ({"source": "gacc"}, False),
        ({"reporter": "RUS", "partner": "CHN"}, False),
        ({"flow": "export"}, False),
        ({"code": "27"}, False),
    ],
)
def test_figures_stand_behind_points_of_their_months(given: dict[str, Any], behind: bool) -> None:  # noqa: FBT001
    """The same count of the same flow and goods, in its months, or as one of two years to date."""
    then, now = rows(("2025-01", 1e9, "a")), rows(("2025-01", 1e9, "a"), ("2025-03", 2e9, "a"))
    figure = replace(FIGURE, **given)
    assert change(then, now).behind([figure]) == ([figure] if behind else [])


class Looked(FigureChange):
    """A changed figure that counts how often its cells are looked at."""

    times = 0

    def __getattribute__(self, name: str) -> Any:
        """Give what the figure has."""
        if name in FigureChange.__dataclass_fields__:
            type(self).times += 1
        return super().__getattribute__(name)


def test_a_figure_is_looked_at_no_oftener_where_more_points_changed() -> None:
    """Held against every value behind every point, fifty thousand figures kept a reader waiting for minutes."""
    months = [f"{year}-{month:02d}" for year in range(2006, 2026) for month in range(1, 13)]
    figure, times = Looked(**vars(replace(FIGURE, flow="export"))), []
    for count in (12, len(months)):
        Looked.times = 0
        now = rows(*((month, 2e9, "a") for month in months[:count]))
        assert change(rows(("2005-01", 1e9, "a")), now).behind([figure]) == []
        times.append(Looked.times)
    assert times[0] == times[1]


@pytest.mark.parametrize(
    ("flow", "codes", "code", "behind"),
    [
        ("total", ("TOTAL",), "TOTAL", True),
        ("import", ("2709", "271111"), "270900", True),
        ("import", ("2709", "271111"), "271111", True),
        ("import", ("2709", "271111"), "27", False),
        ("import", ("HS84_85",), "HS84_85", True),
        ("import", ("HS84_85",), "84", False),
        ("import", ("TOTAL",), "2709", False),
    ],
)
def test_a_sum_rests_on_its_parts(flow: str, codes: tuple[str, ...], code: str, behind: bool) -> None:  # noqa: FBT001
    """A value of several codes, or of both flows, rests on each of them and on the codes that begin with them."""
    month = pd.Timestamp("2025-03-01")
    part = PointPart(PartRole.FIGURE, 2e9, "USD", "comtrade + imf", "CHN", "RUS", flow, codes, month, month)
    one = change(rows(("2025-01", 1e9, "a")), rows(("2025-01", 1e9, "a")))
    one.__dict__["parts"] = [part]
    figure = replace(FIGURE, code=code)
    assert one.behind([figure]) == ([figure] if behind else [])
