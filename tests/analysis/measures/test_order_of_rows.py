"""No measure depends on the order in which rows came, nor, as of a day, on what was printed later.

All figures here are made up.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

import pandas as pd
import pytest

from analysis.measures.energy import discount, prints, years
from analysis.measures.goods import customs_goods, goods
from analysis.measures.monthly import growth, index_and_share, revisions
from analysis.measures.partners import coverage, dependence, mirror, rerouting
from analysis.measures.prices import constant_prices, price_volume
from tests.analysis.kit import breaks, dataset, rate, row

if TYPE_CHECKING:
    from collections.abc import Callable

    from analysis.dataset import Dataset

DAY: Final = "2024-06-30"
YEARS: Final = (2020, 2021, 2022)
MEASURES: Final[dict[str, Callable[[Dataset], pd.DataFrame]]] = {
    "months": lambda data: growth.by_month(data, "USD"),
    "to date": lambda data: growth.year_to_date(data, "CNY"),
    "sums": lambda data: growth.sums(data, "USD", 3),
    "share": lambda data: index_and_share.world_share(data, "USD"),
    "revisions": lambda data: revisions.table(data, "export", "half"),
    "mirror": lambda data: mirror.table(data, "sum12"),
    "dependence": dependence.dependence,
    "rerouting": rerouting.legs,
    "coverage": coverage.table,
    "goods": lambda data: goods.goods(data, 2021, None, 2020),
    "customs' goods": lambda data: customs_goods.goods_of(data, 2022, 2021),
    "split": lambda data: price_volume.split(data, 2020, 2021),
    "constant prices": constant_prices.index,
    "discount": discount.crude,
    "bills": lambda data: years.table(data, "baci", "four"),
    "fuels": prints.by_month,
}


def made_up() -> list[dict[str, Any]]:
    """Return rows of every kind that the measures read, each with a release of its own."""
    rows: list[dict[str, Any]] = []

    def add(start: str, end: str | None = None, **cells: Any) -> None:
        place = len(rows)
        made = {"released": f"{2023 + place % 3}-{1 + place % 11:02d}-15", "reference": f"synthetic row {place}"}
        rows.append(row(start, end, float(10**6 + 7919 * place % 99_991), **{**made, **cells}))

    for year in YEARS:
        for month in range(1, 13):
            name = f"{year}-{month:02d}"
            for flow in ("export", "import"):
                add(name, flow=flow)
                add(name, flow=flow, partner="WLD")
                add(name, flow=flow, source="fcs", reporter="RUS", partner="CHN")
                add(name, flow=flow, source="fcs", reporter="RUS", partner="WLD")
            add(name, flow="import", commodity_code="2709", classification="HS2017", net_weight_kg=5e8)
        whole = f"{year}-01", f"{year}-12"
        for flow in ("export", "import"):
            add(f"{year}-01", f"{year}-06", flow=flow, source="press", status="preliminary", released=f"{year}-07-14")
            add(f"{year}-01", f"{year}-06", flow=flow, source="press", status="preliminary")
        for code in ("2709", "27", "84"):
            add(*whole, flow="import", commodity_code=code, classification="HS2017", net_weight_kg=6e9)
        add(*whole, flow="import", partner="WLD", commodity_code="2709", classification="HS2017", net_weight_kg=9e10)
        for place in ("KAZ", "ARM"):
            machines = {"flow": "export", "commodity_code": "HS84_85", "classification": "HS2017"}
            add(*whole, partner=place, **machines)
            add(*whole, reporter=place, **machines)
            add(*whole, source="gacc", partner=place, flow="export", currency="CNY")
        for code in ("270900", "270112", "271111", "271121", "740311", "440710"):
            sold = {"source": "baci", "reporter": "RUS", "partner": "CHN", "flow": "export"}
            weight = float(10**6 + 104_729 * len(rows) % 99_991)
            add(*whole, **sold, commodity_code=code, classification="HS2017", net_weight_kg=weight)
        for code in ("854231", "870323"):
            add(*whole, source="baci", flow="export", commodity_code=code, classification="HS2017")
    return rows


def read(rows: list[dict[str, Any]]) -> Dataset:
    """Return the dataset of such rows, read on one day."""
    rates = tuple(rate(f"{year}-{month:02d}", 7.0) for year in YEARS for month in range(1, 13))
    return replace(dataset(*rows, rates=rates, breaks=breaks()), read=pd.Timestamp(2026, 1, 15))


@pytest.fixture(scope="module")
def orders() -> tuple[Dataset, Dataset]:
    """Return a dataset, and the same with its rows the other way round."""
    rows = made_up()
    return read(rows), read(rows[::-1])


@pytest.fixture(scope="module")
def days() -> tuple[Dataset, Dataset]:
    """Return a dataset as known on a day, and the same without what was released later."""
    rows = made_up()
    return read(rows).on(DAY), read([one for one in rows if one["released"] <= DAY]).on(DAY)


@pytest.mark.parametrize("name", MEASURES)
def test_the_order_of_rows_is_no_matter(orders: tuple[Dataset, Dataset], name: str) -> None:
    """Rows turned round give the same rows in the same order, each said to come from the same place."""
    one, other = (MEASURES[name](data) for data in orders)
    assert len(one)
    pd.testing.assert_frame_equal(one, other, rtol=1e-9)


@pytest.mark.parametrize("name", MEASURES)
def test_a_day_knows_nothing_of_later_ones(days: tuple[Dataset, Dataset], name: str) -> None:
    """As of a day a measure is what it is without all rows that were released later."""
    one, other = (MEASURES[name](data) for data in days)
    pd.testing.assert_frame_equal(one, other, rtol=1e-9)
