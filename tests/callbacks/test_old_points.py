"""Links to points that were made before their names became codes still lead to the same figure."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from analysis.points import POINT
from analysis.selection import Selection
from callbacks import old_points
from layouts.charts.registry import CHARTS

if TYPE_CHECKING:
    from analysis.dataset import Dataset

# as they stood in links, with the figure that they were of
NAMES = {
    "claims:trade-growth-2023h1.for~the~claim.customs~now.Jan~Jun~2023.2023-01_2023-06": 41.0,
    "claims:trade-growth-2023h1.for~another~window.printed~rate.Jan~May~2023.": 40.7,
    "claims:trade-above-2020.for~the~claim.first~print.2020.2020-01_2020-12": 107.8,
    "claims:fuels-largest-share.for~the~claim.HS~chapter~27~BACI~China~s~own~report~CIF~.2022.2022-01_2022-12": 74.8,
    "claims:energy-2022.for~the~claim.the~four~fuels~China~s~customs~CIF~.2022.2022-01_2022-12": 80.9,
    "claims:energy-2022.for~the~claim.the~four~fuels~BACI~China~s~own~report~CIF~.2022.2022-01_2022-12": 81.3,
    "claims:energy-2021.for~the~claim.all~of~HS~27~BACI~both~reports~merged~FOB~.2021.2021-01_2021-12": None,
    "revisions:2016.total.first~print.2016-01_2016-12": None,
    "revisions:Jan~Jun~2018.total.first~print.2018-01_2018-06": None,
    "coverage:gacc.provisional.two~months~together.2026-01_2026-02": None,
}


@pytest.mark.parametrize("name", NAMES)
def test_an_old_name_finds_its_point(name: str, dataset: Dataset) -> None:
    """One of the names that it may have today is a point of the chart, of the figure that it was of."""
    table = CHARTS[name.partition(":")[0]].table(dataset, Selection())
    rows = table[table[POINT].isin(old_points.today(name))]
    assert len(rows) >= 1
    if (figure := NAMES[name]) is not None:
        assert rows["recomputed"].iloc[0] == pytest.approx(figure, abs=0.06)


@pytest.mark.parametrize("chart", ["claims", "revisions", "coverage", "pulse"])
def test_a_name_of_today_is_no_old_one(chart: str, dataset: Dataset) -> None:
    """What is found as it stands is not looked for elsewhere."""
    table = CHARTS[chart].table(dataset, Selection())
    for name in table[POINT]:
        assert name not in old_points.today(name)


@pytest.mark.parametrize(
    "name", ["", "claims:", "claims:x.y.customs~now..", "revisions:a.b.c.d", "coverage:~", "x" * 300]
)
def test_nonsense_is_no_old_name(name: str, dataset: Dataset) -> None:
    """Whatever an address holds: no error, and no point of ours."""
    for other in old_points.today(name):
        assert not any(CHARTS["claims"].table(dataset, Selection())[POINT].eq(other))
