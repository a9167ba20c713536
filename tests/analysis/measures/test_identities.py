"""Identities that hold whatever the figures are: parts and wholes, chains of rates, windows and their pieces."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from analysis import ratios
from analysis.basis import Basis, Making
from analysis.measures.energy.figures import YearValue, added, combined, less
from analysis.measures.goods import goods
from analysis.measures.monthly.growth import year_on_year
from analysis.measures.monthly.index_and_share import indexed
from analysis.measures.partners import mirror
from analysis.measures.prices.weighed_goods import bennet
from analysis.windows import Tiles
from tests.analysis.kit import dataset, row, table

AMOUNT = st.integers(1, 10**9)
CHINA, BACI = "CHN CIF HS now printed", "CHN+RUS CIF HS now merged"
FEW = settings(max_examples=15)


def months(values: list[int], start: str = "2015-01") -> list[dict[str, Any]]:
    """Return consecutive months of exports."""
    days = pd.date_range(f"{start}-01", periods=len(values), freq="MS")
    return [row(f"{day:%Y-%m}", value=float(value), flow="export") for day, value in zip(days, values, strict=True)]


def yearly(values: list[int]) -> pd.DataFrame:
    """Return one row a year from 2000 on."""
    cells: dict[str, Any] = {
        "flow": "export",
        "months": 12,
        "source": "comtrade",
        "status": "final",
        "provisional": False,
    }
    starts = [pd.Timestamp(2000 + place, 1, 1) for place in range(len(values))]
    ends = [pd.Timestamp(2000 + place, 12, 1) for place in range(len(values))]
    frame = pd.DataFrame({"period_start": starts, "period_end": ends, "value": [float(one) for one in values]})
    return frame.assign(**cells, reference="", rate_source=None)


def rated(values: list[int]) -> pd.DataFrame:
    """Return years, each on the one before."""
    return year_on_year(yearly(values))


@FEW
@given(st.lists(AMOUNT, min_size=2, max_size=12))
def test_a_chain_of_rates_leads_from_the_first_year_to_the_last(values: list[int]) -> None:
    """The product of all growth factors is the last figure over the first; the first year has no rate."""
    rows = rated(values)
    assert pd.isna(rows["yoy_pct"].iloc[0])
    assert (1 + rows["yoy_pct"].iloc[1:] / 100).prod() == pytest.approx(values[-1] / values[0])


@FEW
@given(AMOUNT, AMOUNT)
def test_there_and_back_again_is_no_growth(one: int, other: int) -> None:
    """A rise and the fall that undoes it are different rates whose factors multiply to one."""
    up, down = rated([one, other, one])["yoy_pct"].iloc[1:]
    assert (1 + up / 100) * (1 + down / 100) == pytest.approx(1)
    assert (up > 0) == (other > one)


@FEW
@given(st.lists(AMOUNT, min_size=3, max_size=6), st.data())
def test_a_year_that_is_missing_leaves_two_without_a_rate(values: list[int], data: st.DataObject) -> None:
    """No rate jumps over a gap."""
    gone = data.draw(st.integers(1, len(values) - 2))
    again = year_on_year(yearly(values).drop(index=gone))
    lacking = [start.year - 2000 for start in again.loc[again["yoy_pct"].isna(), "period_start"]]
    assert lacking == [0, gone + 1]


def test_nothing_grows_on_nought() -> None:
    """A base of zero gives no rate, and neither an endless one."""
    assert rated([0, 5])["yoy_pct"].isna().all()


@FEW
@given(st.lists(AMOUNT, min_size=4, max_size=24), st.data())
def test_a_window_is_its_two_halves(values: list[int], data: st.DataObject) -> None:
    """Wherever a span is cut, its pieces add up to it, as long as every month is there."""
    tiles = Tiles.of(table(*months(values)))
    names = [f"{day:%Y-%m}" for day in pd.date_range("2015-01-01", periods=len(values), freq="MS")]
    first, cut, last = sorted(data.draw(st.lists(st.integers(0, len(names) - 1), min_size=3, max_size=3, unique=True)))
    whole = tiles.window("export", names[first], names[last])
    left, right = tiles.window("export", names[first], names[cut - 1]), tiles.window("export", names[cut], names[last])
    assert whole is not None
    if cut > first:
        assert left is not None
        assert right is not None
        assert whole.value == left.value + right.value
    assert len(whole.parts) == last - first + 1


@FEW
@given(st.lists(AMOUNT, min_size=3, max_size=11))
def test_a_month_is_the_difference_of_two_years_to_date(values: list[int]) -> None:
    """Where only years to date are printed, each month is the later less the earlier one, and says so."""
    sums = pd.Series(values).cumsum()
    printed = [
        row("2018-01", f"2018-{month:02d}", float(value), flow="export") for month, value in enumerate(sums, start=1)
    ]
    tiles = Tiles.of(table(*printed))
    for month, value in enumerate(values[1:], start=2):
        window = tiles.window("export", f"2018-{month:02d}", f"2018-{month:02d}")
        assert window is not None
        assert window.value == value
        assert [sign for sign, *_ in window.parts].count(-1) == 1
        assert not window.printed


@given(st.lists(AMOUNT, min_size=12, max_size=12), st.integers(1, 1000))
def test_the_base_year_of_an_index_is_a_hundred_on_average(values: list[int], factor: int) -> None:
    """Twelve months of the base year average 100, and the unit that figures are in changes nothing."""
    days = pd.date_range("2021-01-01", periods=12, freq="MS")
    frame = pd.DataFrame({"flow": "export", "period_start": days, "months": 1, "value": [float(one) for one in values]})
    index = indexed(frame, 2021)["index"]
    assert index.mean() == pytest.approx(100)
    assert indexed(frame.assign(value=frame["value"] * factor), 2021)["index"].tolist() == pytest.approx(index.tolist())


@given(st.lists(AMOUNT, min_size=1, max_size=8))
def test_shares_of_all_parts_make_the_whole(values: list[int]) -> None:
    """They add up to one, keep their order, and no concentration is below that of equal parts."""
    parts = pd.Series([float(one) for one in values])
    shares = ratios.share(parts, pd.Series([parts.sum()] * len(parts)))
    assert shares.sum() == pytest.approx(1)
    assert 1 / len(values) - 1e-9 <= ratios.hhi(parts, float(parts.sum())) <= 1 + 1e-9
    if len(set(values)) == 1:
        assert ratios.hhi(parts, float(parts.sum())) == pytest.approx(1 / len(values))


@given(AMOUNT, AMOUNT)
def test_two_partners_that_merge_concentrate(one: int, other: int) -> None:
    """An index of concentration never falls when two become one."""
    apart = ratios.hhi(pd.Series([one, other], dtype="float64"), float(one + other))
    assert ratios.hhi(pd.Series([float(one + other)]), float(one + other)) >= apart


def figure(value: float, code: str = "2709", **over: Any) -> YearValue:
    """Return a year of a code on China's count."""
    cells: dict[str, Any] = {
        "basis": CHINA,
        "valuation": "CIF",
        "status": "final",
        "source": "comtrade",
        "released": pd.NaT,
    }
    return YearValue(value, code, **{**cells, "reference": code, **over})


@given(st.lists(st.tuples(AMOUNT, st.floats(0, 1e6)), min_size=2, max_size=6))
def test_what_parts_leave_of_a_sum_is_the_first(cells: list[tuple[int, float]]) -> None:
    """A sum less all but one of its parts is that one; rounding only ever grows."""
    parts = [figure(float(value), f"27{place:02d}", rounding=off) for place, (value, off) in enumerate(cells)]
    whole = added(parts)
    left = less(whole, parts[1:])
    assert left.value == pytest.approx(parts[0].value)
    assert whole.rounding == pytest.approx(sum(off for _, off in cells))
    assert left.rounding >= whole.rounding
    assert left.status == "derived"
    assert Basis.read(left.basis).making is Making.COMPUTED


def test_a_sum_is_as_weak_as_its_weakest_part() -> None:
    """One preliminary part makes it preliminary; a list is whole only where all are."""
    parts = [figure(1.0), figure(2.0, status="preliminary"), figure(3.0, listed=True)]
    assert added(parts).status == "preliminary"
    assert added([parts[0], figure(1.0, status="estimated"), parts[1]]).status == "estimated"
    assert not added(parts).listed
    assert added([parts[2], parts[2]]).listed
    assert added([parts[0]]) is parts[0]


def test_bases_that_differ_are_named_together_and_like_ones_stay() -> None:
    """Who counted is named once each; merged stays merged; one print of the day makes all of the day."""
    assert combined([CHINA, CHINA]) == CHINA
    assert combined([]) == ""
    assert combined([CHINA, BACI]) == "CHN+RUS CIF HS now merged"
    first = "CHN CIF HS first printed"
    assert combined([CHINA, first]) == "CHN CIF HS first computed"
    assert Basis.read(combined([CHINA, "RUS FOB HS now printed"])).valuation == "FOB+CIF"


def line(year: int, code: str, value: int, seller: str = "CHN") -> dict[str, Any]:
    """Return one yearly line of BACI."""
    side = {"source": "baci", "reporter": seller, "partner": "RUS" if seller == "CHN" else "CHN", "flow": "export"}
    return row(f"{year}-01", f"{year}-12", float(value), **side, commodity_code=code, classification="HS2017")


@settings(max_examples=8)
@given(st.lists(st.tuples(AMOUNT, AMOUNT), min_size=1, max_size=4, unique_by=lambda pair: pair[0]))
def test_contributions_add_up_to_the_growth_of_the_whole(pairs: list[tuple[int, int]]) -> None:
    """Chapter by chapter the points add up to the rate of all, shares to a hundred, changes to the change."""
    lines = [
        line(year, f"{84 + place}0100", value)
        for place, pair in enumerate(pairs)
        for year, value in zip((2018, 2019), pair, strict=True)
    ]
    bought = [line(year, "270900", 1, "RUS") for year in (2018, 2019)]  # a year counts that is there in both directions
    rows = goods.goods(dataset(*lines, *bought), 2019, None, 2018)
    rows = rows[rows["flow"].eq("export")]
    before, now = (float(sum(pair[place] for pair in pairs)) for place in (0, 1))
    assert rows["contribution_pct"].sum() == pytest.approx(100 * (now / before - 1))
    assert rows["share_pct"].sum() == pytest.approx(100)
    assert rows["change"].sum() == pytest.approx(now - before)


@given(st.floats(1, 1e9), st.floats(1, 1e9), st.floats(1, 1e9), st.floats(1, 1e9))
def test_price_and_volume_are_the_change_and_turn_with_time(v0: float, w0: float, v1: float, w1: float) -> None:
    """The two effects add up without a rest, and looked at backwards each has the other sign."""
    there = bennet(*(pd.Series([one]) for one in (v0, w0, v1, w1))).iloc[0]
    back = bennet(*(pd.Series([one]) for one in (v1, w1, v0, w0))).iloc[0]
    assert there.sum() == pytest.approx(v1 - v0, rel=1e-6, abs=1e-3 * max(v0, v1))
    assert back["price_effect"] == pytest.approx(-there["price_effect"])
    assert back["volume_effect"] == pytest.approx(-there["volume_effect"])


@given(st.floats(1, 1e12), st.floats(-50, 200))
def test_a_gap_of_the_mirror_is_undone_by_its_factor(seller: float, gap: float) -> None:
    """A buyer who counts so many per cent more stands so many per cent above; of nothing there is no gap."""
    assume(abs(gap) > 1e-6)
    shown = mirror.gap(pd.Series([seller * (1 + gap / 100)]), pd.Series([seller]))[0]
    assert shown == pytest.approx(gap, rel=1e-6, abs=1e-6)
    assert mirror.gap(pd.Series([seller]), pd.Series([0.0])).isna().all()
