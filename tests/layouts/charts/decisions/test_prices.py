"""Dearer or more, and how cheap: which sentence leads, which two years, what is refused."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.measures.energy import discount as measure
from analysis.measures.prices import price_volume
from analysis.selection import Selection
from layouts.charts import discount
from layouts.charts.price_volume import chart, words

CODE = "CHN CIF HS2017 now printed"
NAN = float("nan")


def good(name: str = "crude", price: float = 5e9, volume: float = 3e9, **over: Any) -> dict[str, Any]:
    """Return the split of one good."""
    cells = {"count": price_volume.BACI, "good": name, "price_effect": price, "volume_effect": volume, "refused": None}
    cells |= {"change": price + volume, "value_before": 40e9, "value": 48e9, "basis": CODE, "base_basis": CODE}
    days = {"period_start": pd.Timestamp("2021-01-01"), "period_end": pd.Timestamp("2022-12-01")}
    return {**cells, **days, "unsplit": 0.0, "weight_before_kg": 1e9, "weight_kg": 1.1e9, **over}


@pytest.mark.parametrize(
    ("price", "volume", "key"),
    [
        (2.0, 1.0, "mostly_dearer"),
        (1.0, 2.0, "mostly_more"),
        (2.0, -1.0, "dearer_less"),
        (-2.0, 1.0, "cheaper_more"),
        (-2.0, -1.0, "cheaper_less"),
        (0.0, 0.0, "cheaper_less"),
    ],
)
def test_the_verdict_names_what_did_more(price: float, volume: float, key: str) -> None:
    """Five ways, each with its sentence."""
    assert words._verdict(price, volume).endswith(key)


def test_fuels_alone_make_the_sentence_and_of_one_count() -> None:
    """Copper is drawn and not added; customs' own split counts where BACI has none; a refused good does not."""
    rows = pd.DataFrame([good(), good("coal", 1e9, 1e9), good("copper", 9e9, 9e9)])
    _, stated = words._finding(rows, "2022")
    assert [one.value for one in stated] == [6e9, 4e9]
    customs = pd.DataFrame([good(refused="gas"), good(count=price_volume.CUSTOMS, price=1e9)])
    assert [one.value for one in words._finding(customs, "2022")[1]] == [1e9, 3e9]
    assert words._finding(pd.DataFrame([good(refused="gas")]), "2022")[1] == ()


def test_no_change_across_two_counts_has_its_own_sentence() -> None:
    """Where the change itself is not computed, that is said, and not that weights are missing."""
    apart, refused = (
        words._finding(pd.DataFrame([good(refused="x", change=change)]), "2022")[0] for change in (NAN, 1e9)
    )
    assert apart != refused


@given(st.lists(st.tuples(st.floats(-9e10, 9e10), st.floats(-9e10, 9e10)), min_size=1, max_size=5))
def test_the_axis_holds_every_bar(effects: list[tuple[float, float]]) -> None:
    """Zero, all effects, and the whole change of what is not split."""
    rows = pd.DataFrame([*(good("crude", *pair) for pair in effects), good("coal", NAN, NAN, refused="x", change=-7e9)])
    low, high = chart._reach(rows)
    drawn = [0.0, -7.0, *(one / 1e9 for pair in effects for one in pair)]
    assert (low, high) == pytest.approx((min(drawn), max(drawn)))
    assert chart._reach(rows.assign(price_effect=NAN, volume_effect=NAN, change=NAN)) == (0.0, 1.0)


@pytest.mark.parametrize(
    ("query", "years"),
    [
        ("", (2022, 2023)),
        ("?end=2020", (2019, 2020)),
        ("?start=2019&end=2019", (2018, 2019)),
        ("?start=2020", (2020, 2023)),
        ("?start=2018&end=2021", (2018, 2021)),
        ("?end=2017", None),
        ("?start=2030", None),
    ],
)
def test_start_and_end_choose_the_two_years(
    query: str, years: tuple[int, int] | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An end alone, or a single year, is compared with the year before; years that are not at hand give none."""
    monkeypatch.setattr(price_volume, "years", lambda _: [2017, 2018, 2019, 2020, 2021, 2022, 2023])
    assert chart.years_of(None, Selection.from_query(query)) == years  # type: ignore[arg-type]


def year(which: int, gap: float = -8.0, **over: Any) -> dict[Any, Any]:
    """Return the price of crude of one year."""
    cells = {"series": "customs", "gap_pct": gap, "russia_usd_bbl": 92.0, "other_usd_bbl": 100.0, "saving": 3e9}
    cells |= {"basis": CODE, "base_basis": CODE, "source": "comtrade", "refused": "", "brent_usd_bbl": NAN}
    days = {"period_start": pd.Timestamp(which, 1, 1), "period_end": pd.Timestamp(which, 12, 1)}
    return {**cells, **days, **over}


def test_the_newest_year_with_both_prices_leads() -> None:
    """Cheaper and dearer are two sentences; a later year without a comparison is passed over."""
    alone = year(2024, NAN, series=measure.ALONE, refused=measure.NO_WHOLE)
    cheaper, stated = discount._finding(pd.DataFrame([year(2021, -3.0), year(2022), alone]))
    assert "8.0%" in cheaper
    assert stated.value == -8.0
    assert cheaper != discount._finding(pd.DataFrame([year(2022, 8.0)]))[0]


def test_without_a_gap_the_price_alone_is_said_and_no_base_is_declared() -> None:
    """A first print is called one."""
    alone = year(2024, NAN, series=measure.ALONE)
    now, stated = discount._finding(pd.DataFrame([alone]))
    first, _ = discount._finding(pd.DataFrame([{**alone, "basis": "CHN CIF HS2017 first printed"}]))
    assert "92" in now
    assert stated.base == ""
    assert now != first


def test_what_was_saved_is_said_as_saved_and_what_was_not_as_cost() -> None:
    """The sign decides the sentence, in the note and in the hover."""
    saved, cost = (discount._note(pd.DataFrame([year(2022, saving=one)])) for one in (3e9, -3e9))
    assert "saving" in saved
    assert "extra cost" in cost
    assert "saving" in discount._hover(year(2022))
    assert "saving" not in discount._hover(year(2022, saving=-3e9))


@pytest.mark.parametrize(
    ("years", "written"), [([2021], "2021"), ([2021, 2023], "2021 and 2023"), ([2021, 2022, 2023], "2021–2023")]
)
def test_three_years_are_a_span_and_two_a_list(years: list[int], written: str) -> None:
    """Two years with a hole between them are named one by one."""
    assert discount._years_of(years) == written
