"""Growth over three and twelve months, and printed rates beside computed ones."""

from __future__ import annotations

import pandas as pd
import pytest

from analysis.dataset import Dataset
from analysis.measures.monthly import growth, printed_rates
from tests.analysis import kit
from tests.analysis.claims.test_article import printed


def test_three_months_by_hand() -> None:
    """March to May 2023 is 1 + 2 + 3 = 6 over 3 in 2022: +100 per cent; no sum splits January-February."""
    rows = [*kit.year(2022), *kit.year(2023)]
    for row, value in zip(rows[14:17], (1.0, 2.0, 3.0), strict=True):
        row["value"] = value
    sums = growth.summed(kit.dataset(*rows), "USD", 3)
    may = sums[sums["period_end"].eq(pd.Timestamp("2023-05-01"))].iloc[0]
    assert (may["value"], may["base_value"]) == (6.0, 3.0)
    assert may["yoy_pct"] == pytest.approx(100.0)
    assert may["period_start"] == pd.Timestamp("2023-03-01")
    ends = sums.loc[sums["period_end"].dt.year.eq(2023), "period_end"].dt.month
    assert sorted(ends) == [2, 3, 5, 6, 7, 8, 9, 10, 11, 12]


def test_twelve_months_are_the_sum_over_twelve() -> None:
    """The general sum of twelve months is the measure of that name."""
    data = kit.dataset(*kit.year(2022), *kit.year(2023, 2.0))
    pd.testing.assert_frame_equal(growth.summed(data, "USD", 12), growth.twelve_months(data, "USD"))


def rates(*rows: pd.DataFrame) -> pd.DataFrame:
    """Return printed rates of several prints as the side table has them."""
    return pd.concat(rows, ignore_index=True).assign(source="press", reference="synthetic")


def printed_rate(*rows: pd.DataFrame) -> pd.DataFrame:
    """Return the printed rates of a dataset of nothing else."""
    return printed_rates.table(Dataset(kit.table(kit.row("2023-01")), {"printed_rates": rates(*rows)}))


def test_printed_rates_are_told_apart() -> None:
    """A month, a year to date; January-February is both; half of the pair and other windows are neither."""
    table = printed_rate(
        printed("2023-05", "2023-05", "9.3"),
        printed("2023-01", "2023-05", "40.7"),
        printed("2023-01", "2023-02", "25.9"),
        printed("2023-02", "2023-02", "30.0"),
        printed("2022-03", "2023-02", "30.0"),
    )
    assert sorted(zip(table["series"], table["yoy_pct"], strict=True)) == [
        (printed_rates.MONTH, 9.3),
        (printed_rates.MONTH, 25.9),
        (printed_rates.TO_DATE, 25.9),
        (printed_rates.TO_DATE, 40.7),
    ]


def test_the_first_print_of_a_rate_counts() -> None:
    """The same rate of the same window counts once, by its first print."""
    table = printed_rate(
        printed("2023-01", "2023-05", "40.7", "2023-07-01"), printed("2023-01", "2023-05", "40.7", "2023-06-07")
    )
    assert table["released"].tolist() == [pd.Timestamp("2023-06-07")]


@pytest.mark.parametrize(
    ("quoted", "computed", "differs"),
    [("40.7", 41.0, True), ("40.7", 40.78, False), ("41", 41.4, False), ("41", 41.6, True), ("40.7", None, False)],
)
def test_a_difference_is_more_than_rounding(quoted: str, computed: float | None, *, differs: bool) -> None:
    """More than a tenth of a point, and more than the print's own rounding, is a difference."""
    table = printed_rate(printed("2023-01", "2023-05", quoted))
    ours = table[["flow", "period_start", "period_end"]].assign(yoy_pct=computed)
    beside = printed_rates.beside(table, ours.astype({"yoy_pct": "float64"}))
    assert beside["differs"].tolist() == [differs]
    if computed is not None:
        assert beside["difference_pp"].iloc[0] == pytest.approx(float(quoted) - computed)


def test_the_shipped_rates(dataset: Dataset) -> None:
    """Of the first half of 2023 customs printed +40.6 per cent; computed now it is +41.0."""
    table = printed_rates.table(dataset)
    beside = printed_rates.beside(table[table["series"].eq(printed_rates.TO_DATE)], growth.year_to_date(dataset, "USD"))
    half = beside[beside["flow"].eq("total") & beside["period_end"].eq(pd.Timestamp("2023-06-01"))].iloc[0]
    assert (half["printed"], round(half["computed_pct"], 1), half["differs"]) == ("40.6", 41.0, True)
