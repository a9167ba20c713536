"""Who needs whom: which years are points, where the path breaks, what is compared."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.selection import Selection
from layouts.charts.dependence import chart, paths, plane, words
from layouts.figure.nearest_view import VIEW

COUNTED = {"china": "CHN", "russia": "IMF"}


def row(side: str, year: int, flow: str, value: float = 20.0, **over: Any) -> dict[str, Any]:
    """Return a share of one flow of a year."""
    who = over.pop("who", COUNTED[side])
    code = f"{who} FOB none now printed"
    cells: dict[str, Any] = {
        "side": side,
        "count": {"china": "china", "russia": "imf"}[side],
        "flow": flow,
        "status": "final",
    }
    cells |= {"value": value, "world_value": 100.0, "share_pct": value, "ratio_pct": float("nan"), "hhi": float("nan")}
    cells |= {"basis": code, "base_basis": code, "source": "imf", "released": pd.NaT, "reference": "", "reason": None}
    days = {"period_start": pd.Timestamp(year, 1, 1), "period_end": pd.Timestamp(year, 12, 1)}
    return {**cells, **days, **over}


def both(side: str, year: int, bought: float = 20.0, sold: float = 30.0, **over: Any) -> list[dict[str, Any]]:
    """Return both flows of a year."""
    return [row(side, year, "import", bought, **over), row(side, year, "export", sold, **over)]


def test_a_year_with_one_flow_is_no_point() -> None:
    """A point on the plane needs both shares."""
    table = pd.DataFrame([*both("russia", 2021), row("russia", 2022, "import")])
    path = paths.path_of(table, "russia", "imf")
    assert path["year"].tolist() == [2021]
    assert (path["import"].tolist(), path["export"].tolist()) == ([20.0], [30.0])


def test_a_ratio_of_two_counts_and_an_estimate_are_weak() -> None:
    """What is no share, or rests on an estimate, is drawn hollow."""
    ratio = {"share_pct": float("nan"), "ratio_pct": 12.0}
    table = pd.DataFrame(
        [*both("russia", 2020), *both("russia", 2021, **ratio), *both("russia", 2022, status="estimated")]
    )
    path = paths.path_of(table, "russia", "imf")
    assert path["weak"].tolist() == [False, True, True]
    assert path["import"].tolist() == [20.0, 12.0, 20.0]


def test_the_path_breaks_where_somebody_else_counts() -> None:
    """From customs to the IMF there is no line; a missing year alone is no such break."""
    table = pd.DataFrame([*both("russia", 2020, who="RUS"), *both("russia", 2021, who="RUS"), *both("russia", 2022)])
    assert paths.broken_years(paths.path_of(table, "russia", "imf")) == [2022]
    assert paths.broken_years(paths.path_of(table.iloc[:4], "russia", "imf")) == []


@given(st.floats(0, 100), st.floats(0, 100))
def test_the_share_of_both_flows_lies_between_them(bought: float, sold: float) -> None:
    """Exports and imports together are weighed by what they are shares of."""
    table = pd.DataFrame(both("china", 2022, bought, sold))
    (value, stated) = words._whole(table, "china", "china")[2022]
    assert min(bought, sold) - 1e-9 <= value <= max(bought, sold) + 1e-9
    assert value == pytest.approx((bought + sold) / 2)
    assert stated.basis == stated.base == "CHN FOB+CIF none now printed"


def test_shares_of_two_counts_have_no_sum() -> None:
    """A year whose flows rest on two counts, or that lacks one, is left out."""
    two = [row("russia", 2022, "import", who="RUS"), row("russia", 2022, "export", who="IMF")]
    assert words._whole(pd.DataFrame([*two, row("russia", 2021, "import")]), "russia", "imf") == {}


def test_the_sentence_is_of_the_newest_year_that_both_sides_have() -> None:
    """Later years of one side alone say nothing; none in common is said; two counts are not set side by side."""
    table = pd.DataFrame([*both("china", 2021), *both("china", 2022), *both("russia", 2021), *both("russia", 2020)])
    finding, stated = words._finding(table, "imf")
    assert "2021" in finding
    assert len(stated) == 2
    assert words._finding(table[table["side"].eq("china")], "imf")[1] == ()
    assert words._finding(table, "mirror")[1] == ()


def test_names_go_to_the_free_side() -> None:
    """Where the other sources lie to the right of the path, its years are named at the left."""
    path = pd.DataFrame({"year": [2021], "import": [20.0], "export": [30.0]})
    assert plane._rightward(path, path.assign(**{"import": 25.0}))
    assert not plane._rightward(path, path.assign(**{"import": 15.0}))


def test_russias_side_on_the_count_asked_for_sets_the_plane() -> None:
    """China's side alone fills no picture."""
    table = pd.DataFrame([*both("china", 2021), *both("russia", 2021)])
    assert chart.shows(table, Selection())
    assert not chart.shows(table, Selection(basis="national"))
    assert VIEW not in table
