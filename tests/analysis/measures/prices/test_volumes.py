"""Growth at constant prices: worked by hand, what must hold whatever the figures, refused where too little is known."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.measures.prices import constant_prices, weighed_goods
from tests.analysis.kit import dataset as small
from tests.analysis.measures.prices.test_prices import breaks
from tests.analysis.measures.prices.test_prices import line as weighed

if TYPE_CHECKING:
    from analysis.dataset import Dataset

amounts = st.lists(st.tuples(*[st.floats(1e-3, 1e9)] * 3), min_size=1, max_size=6)


def series(*numbers: float) -> pd.Series:
    """Return numbers as a column."""
    return pd.Series(numbers, dtype="float64")


def weighed_data(*rows: dict[str, Any], **sides: Any) -> Dataset:
    """Return a dataset of lines that Russia sells, with a line sold by China of each year."""
    years = {int(row["period_start"][:4]) for row in rows}
    sold = [weighed(year, "870322", 1.0, 1.0) | {"reporter": "CHN", "partner": "RUS"} for year in years]
    return small(*rows, *sold, **sides)


def test_worked_example() -> None:
    """10 t at 4 and 5 t at 20 become 20 t and 4 t: (80 + 80) / (40 + 100) is 114.29."""
    assert constant_prices.laspeyres(series(40, 100), series(10, 5), series(20, 4)) == pytest.approx(100 * 160 / 140)


@given(amounts)
def test_constant_quantities_give_a_hundred(figures: list[tuple[float, float, float]]) -> None:
    """Whatever the prices do, equal weights are no growth."""
    value, weight, _ = (series(*column) for column in zip(*figures, strict=True))
    assert constant_prices.laspeyres(value, weight, weight) == pytest.approx(100)


@given(amounts, st.floats(1e-2, 1e2))
def test_scaled_prices_change_nothing(figures: list[tuple[float, float, float]], factor: float) -> None:
    """All prices of the base year times a factor leave the index as it is; weights twice as large double it."""
    value, weight, after = (series(*column) for column in zip(*figures, strict=True))
    index = constant_prices.laspeyres(value, weight, after)
    assert constant_prices.laspeyres(value * factor, weight, after) == pytest.approx(index)
    assert constant_prices.laspeyres(value, weight, 2 * after) == pytest.approx(2 * index)


def test_what_has_no_weight_stays_out() -> None:
    """A good without a weight in either year counts in neither sum; without any good there is no index."""
    assert constant_prices.laspeyres(series(40, 9), series(10, float("nan")), series(20, 5)) == 200.0
    assert pd.isna(constant_prices.laspeyres(series(9), series(0), series(5)))


def test_two_years_chained_are_the_direct_index_and_three_its_product() -> None:
    """The chain of one link is the link; of two links their product; volume times price is value."""
    figures = {2019: (100.0, 10.0), 2020: (180.0, 15.0), 2021: (150.0, 30.0)}
    rows = [weighed(year, "740311", value, weight) for year, (value, weight) in figures.items()]
    dataset = weighed_data(*rows)
    table = constant_prices.index(dataset).pivot_table(index="period_start", columns="kind", values="index")
    assert table["volume"].tolist() == pytest.approx([100, 150, 300])
    assert table["value"].tolist() == pytest.approx([100, 180, 150])
    assert (table["volume"] * table["price"] / 100).tolist() == pytest.approx(table["value"].tolist())
    two = constant_prices.index(dataset, 2020, 2021)
    assert two.loc[two["kind"].eq("volume"), "index"].tolist() == pytest.approx(
        [100, constant_prices.link(dataset, 2021).volume]
    )


def test_too_little_weighed_is_refused_with_its_share() -> None:
    """Copper is 50 of 100 in one year: below what is asked, so the chain begins anew and says so."""
    rows = [weighed(2019, "740311", 90.0, 9.0), weighed(2020, "740311", 50.0, 9.0)]
    rows += [weighed(2019, "940100", 10.0, None), weighed(2020, "940100", 50.0, None)]
    table = constant_prices.index(weighed_data(*rows))
    last = table[table["kind"].eq("volume")].iloc[-1]
    assert (last["index"], last["coverage_pct"]) == (100.0, pytest.approx(50.0))
    assert last["refused"] == "coverage held=50 asked=60"
    assert pd.isna(last["change_pct"])


def test_a_change_of_who_counts_begins_a_new_chain() -> None:
    """Between two counts there is no link; each side has a base of its own."""
    rows = [weighed(year, "740311", 10.0, float(year - 2018)) for year in range(2020, 2024)]
    table = constant_prices.index(weighed_data(*rows, breaks=breaks()))
    own = table[table["kind"].eq("volume")]
    assert own["index"].tolist() == pytest.approx([100, 150, 100, 125])
    assert own["base_start"].dt.year.tolist() == [2020, 2020, 2022, 2022]
    assert own["basis"].nunique() == 2
    assert (own["basis"] == own["base_basis"]).all()


def test_the_shipped_index_by_plain_loops(dataset: Dataset) -> None:
    """The link of 2023 again from the lines: old prices times new weights over old values."""
    link = constant_prices.link(dataset, 2023)
    lines = {
        (row["code"], row["year"]): row
        for row in weighed_goods.lines(dataset).to_dict("records")
        if row["good"] in link.goods
    }
    top = bottom = 0.0
    for (code, year), row in lines.items():
        after = lines.get((code, 2023))
        if year == 2022 and after and row["net_weight_kg"] > 0 and after["net_weight_kg"] > 0:
            top += row["value"] / row["net_weight_kg"] * after["net_weight_kg"]
            bottom += row["value"]
    assert link.volume == pytest.approx(100 * top / bottom)
    assert "pipeline_gas" not in link.goods
    assert "coal" not in link.goods
    assert link.coverage >= constant_prices.LEAST
