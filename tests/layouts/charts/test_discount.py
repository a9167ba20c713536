"""How cheap is Russian oil: which year leads, what is said without a gap, what was saved."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest

from analysis.measures.energy import discount as measure
from layouts.charts import discount

CODE = "CHN CIF HS2017 now printed"
NAN = float("nan")


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
