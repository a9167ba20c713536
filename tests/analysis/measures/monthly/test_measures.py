"""Measures of the monthly series: three-month sums, index, share of China's trade."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.measures.monthly.growth import every_month, summed
from analysis.measures.monthly.index_and_share import base_year, index_of, indexed, whole_year, world_share
from analysis.measures.monthly.series import charted, monthly
from tests.analysis.kit import dataset, rate, row, year
from tests.analysis.measures.monthly.test_series import of

WORLD = {"partner": "WLD"}
GACC: dict[str, Any] = {"source": "gacc", "status": "preliminary"}


def test_three_months_by_hand() -> None:
    """1 + 2 + 3 are 6; the pair counts as two months and is never split."""
    months = [row(f"2021-{m:02d}", value=float(m)) for m in range(1, 7)]
    values = of(summed(dataset(*months), "USD", 3))
    assert values == {"2021-01/2021-03": 6.0, "2021-03/2021-05": 12.0, "2021-04/2021-06": 15.0}, (
        "no sum ends in April: it would need February alone"
    )


def test_three_months_stop_at_a_gap() -> None:
    """A missing month is in no sum; nothing is interpolated."""
    months = [row(f"2021-{m:02d}") for m in (5, 6, 8, 9, 10)]
    assert list(of(summed(dataset(*months), "USD", 3))) == ["2021-08/2021-10"]


def test_growth_of_three_months_meets_the_same_months() -> None:
    """March to May is compared with March to May; names of all sources stand in the row."""
    data = dataset(
        *year(2021), row("2022-03", value=2.0), row("2022-04", value=2.0), row("2022-05", value=2.0, source="imf")
    )
    figures = summed(data, "USD", 3).iloc[-1]
    assert (figures["value"], figures["base_value"], figures["yoy_pct"]) == (6.0, 3.0, pytest.approx(100.0))
    assert (figures["source"], figures["provisional"], figures["status"]) == ("comtrade + imf", False, "derived")


def test_no_sum_joins_first_prints_and_figures_of_now() -> None:
    """March and April as known now and May as first printed make no three months."""
    data = dataset(*year(2021), row("2022-03"), row("2022-04"), row("2022-05", released="2022-06-18", **GACC))
    assert summed(data, "USD", 3)["period_end"].max() == pd.Timestamp("2022-04-01") - pd.DateOffset(months=4)


@settings(max_examples=25)
@given(st.integers(1, 10**12), st.sets(st.integers(0, 47), max_size=12))
def test_three_months_of_a_constant(value: int, gone: set[int]) -> None:
    """Whatever months are missing, each sum of a constant c is 3c, and spans exactly three months."""
    kept = [r for place, r in enumerate(r for y in range(2018, 2022) for r in year(y, value)) if place not in gone]
    rows = summed(dataset(*kept), "USD", 3) if kept else pd.DataFrame()
    for start, end, total in rows[["period_start", "period_end", "value"]].itertuples(index=False) if len(rows) else ():
        assert total == 3 * value
        assert start + pd.DateOffset(months=2) == end
        pair = (start.year >= 2020 and start.month == 2) or (end.year >= 2020 and end.month == 1)
        assert not pair


def test_index_by_hand() -> None:
    """A year of 6 a month is the base: a month of 9 is 150, a pair of 6 is 50."""
    rows = charted(
        monthly(
            dataset(*year(2021, 6.0), row("2022-01", "2022-02", 6.0, source="gacc"), row("2022-03", value=9.0)), "USD"
        )
    )
    figures = indexed(rows, 2021).set_index("period_start")
    assert figures.loc["2022-03-01", "index"] == 150.0
    assert figures.loc["2022-01-01", "index"] == 50.0
    assert figures["index_base"].unique().tolist() == [6.0]
    assert figures["base"].unique().tolist() == [2021]


@settings(max_examples=25)
@given(st.floats(1, 1e13), st.sampled_from([2018, 2019, 2021]))
def test_index_of_a_constant_is_a_hundred(value: float, base: int) -> None:
    """A constant series is at 100 all along, pairs included."""
    rows = charted(monthly(dataset(*(r for y in range(2018, 2022) for r in year(y, value))), "USD"))
    assert indexed(rows, base)["index"].tolist() == pytest.approx([100.0] * len(rows))


def test_the_base_is_2021_or_the_first_whole_year_in_view() -> None:
    """Without a whole 2021 the first whole year in view is the base; without any there is none."""
    rows = charted(monthly(dataset(*year(2019), *year(2020), row("2021-05")), "USD"))
    assert base_year(rows, rows) == 2019
    assert base_year(rows, rows[rows["period_start"].dt.year.ge(2020)]) == 2020
    assert base_year(rows, rows[rows["period_start"].dt.year.ge(2021)]) is None
    whole = charted(monthly(dataset(*year(2019), *year(2021)), "USD"))
    assert base_year(whole, whole) == 2021
    assert not whole_year(whole.iloc[:0], 2021)


def test_a_year_that_one_flow_lacks_is_no_base() -> None:
    """Both flows need all twelve months."""
    rows = charted(monthly(dataset(*year(2021, flow="export"), *year(2021, flow="import")[1:]), "USD"))
    assert not whole_year(rows, 2021)
    assert whole_year(rows[rows["flow"].eq("export")], 2021)


def test_share_by_hand() -> None:
    """5 of 100 are 5 %; a month without a world total has no share."""
    data = dataset(
        row("2023-03", value=5.0, flow="import", **GACC),
        row("2023-04", value=6.0, flow="import", **GACC),
        row("2023-03", value=100.0, flow="import", **WORLD, **GACC),
    )
    rows = world_share(data, "USD")
    assert rows["share_pct"].tolist() == [5.0]
    figures = rows.iloc[0]
    assert (figures["source"], figures["world_source"], figures["world_value"]) == ("gacc", "gacc", 100.0)
    assert figures["basis"] == figures["base_basis"] == "CHN unknown none first printed"
    assert figures["provisional"]
    assert figures["status"] == "preliminary"


def test_a_share_joins_no_two_bases() -> None:
    """The final 5 has no share in a first print of the world's 100; customs' own first print of 4 has."""
    final = row("2023-03", value=5.0, flow="import")
    world = row("2023-03", value=100.0, flow="import", **WORLD, **GACC)
    assert world_share(dataset(final, world), "USD").empty
    data = dataset(final, world, row("2023-03", value=4.0, flow="import", **GACC))
    assert world_share(data, "USD")[["share_pct", "source"]].to_numpy().tolist() == [[4.0, "gacc"]]


def test_share_of_a_year_and_of_a_year_to_date() -> None:
    """A printed world year gives a share of twelve months; a year without one its longest window from January."""
    data = dataset(
        *year(2022, 2.0, flow="export"),
        *year(2023, 3.0, flow="export"),
        row("2022-01", "2022-12", 1000.0, flow="export", **WORLD),
        row("2022-01", "2022-10", 800.0, flow="export", **WORLD),
        row("2023-01", "2023-04", 400.0, flow="export", **WORLD),
        row("2023-01", "2023-05", 500.0, flow="export", **WORLD),
    )
    rows = world_share(data, "USD")
    assert rows[["months", "share_pct"]].to_numpy().tolist() == [[12, 2.4], [5, 3.0]]


def test_a_converted_share_names_its_rate() -> None:
    """Both figures converted make a share and say at which rate; a print over a converted figure makes none."""
    pair = {"flow": "import", **GACC}
    world = row("2023-03", value=100.0, flow="import", **WORLD, **GACC)
    own = dataset(row("2023-03", value=7.0, currency="CNY", **pair), world, rates=(rate("2023-03", 7.0),))
    assert world_share(own, "CNY").empty
    data = dataset(row("2023-03", value=1.0, **pair), world, rates=(rate("2023-03", 7.0),))
    figures = world_share(data, "CNY").iloc[0]
    assert (figures["share_pct"], figures["rate_source"]) == (1.0, "GACC_IMPLIED")


@settings(max_examples=15)
@given(st.floats(0, 1e12), st.floats(0, 1e12))
def test_a_share_lies_between_nothing_and_all(part: float, whole: float) -> None:
    """Where the part exceeds the whole, or the whole is nothing, there is no share."""
    data = dataset(row("2023-03", value=part, flow="import"), row("2023-03", value=whole, flow="import", **WORLD))
    rows = world_share(data, "USD")
    assert len(rows) == (whole > 0 and part <= whole)
    assert rows["share_pct"].between(0, 100).all()


def test_an_index_joins_no_two_bases() -> None:
    """Final dollars to 2022 and first prints of 2023-24: the index is of first prints alone, 2023 = 100."""
    data = dataset(*year(2021, 7.0), *year(2022, 8.0), *year(2023, 2.0, **GACC), *year(2024, 3.0, **GACC))
    rows = every_month(data, "USD")
    figures = index_of(rows, rows["period_start"].ge("2021-01-01"))
    assert figures["basis"].eq("CHN FOB+CIF none first printed").all()
    assert figures["basis"].eq(figures["base_basis"]).all()
    assert figures["base"].unique().tolist() == [2023]
    assert figures.loc[figures["period_start"].dt.year.eq(2024), "index"].tolist() == [150.0] * 11
    then = index_of(rows, rows["period_end"].le("2022-12-01"))
    assert then["base"].unique().tolist() == [2021]
