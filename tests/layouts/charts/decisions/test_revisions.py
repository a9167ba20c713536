"""Was the number changed later: what counts as moved, what is said of it, and how the picture is laid out."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.measures.monthly import revisions as measure
from layouts.charts import revisions
from layouts.look.theme import LIGHT, PRINT, on_page


def window(month: int, change: float, rounding: float = 0.05, **over: Any) -> list[dict[str, Any]]:
    """Return the first print of a month and what it is now."""
    day = pd.Timestamp(2023, month, 1)
    cells = {"period_start": day, "period_end": day, "flow": "total", "rounding_pct": rounding, "late": False}
    cells |= {"window": f"M{month}", "source": "press", "released": pd.NaT}
    first = {**cells, "vintage": measure.FIRST, "value": 100e9, "change_pct": 0.0}
    now = {**cells, "vintage": measure.NOW, "value": 1e9 * (100 + change), "change_pct": change}
    return [first, {**now, **over}]


def table(*windows: list[dict[str, Any]]) -> pd.DataFrame:
    """Return windows as the rows of the chart."""
    return pd.DataFrame([row for rows in windows for row in rows])


def finding(*windows: list[dict[str, Any]]) -> str:
    """Return the sentence of windows."""
    return revisions._finding(table(*windows))[0]


def test_within_the_rounding_of_the_first_print_nothing_moved() -> None:
    """At the edge of rounding a change is none; beyond it it is."""
    newest = revisions.last(table(window(1, 0.05), window(2, 0.051), window(3, -0.2)))
    assert newest["moved"].tolist() == [False, True, True]


def test_the_sentence_counts_what_most_of_it_did() -> None:
    """Two of three raised: two are counted, with the greatest change, whichever way it went."""
    up = finding(window(1, 1.0), window(2, 2.0), window(3, -3.0))
    down = finding(window(1, -1.0), window(2, -2.0), window(3, 1.5))
    assert up.startswith("2 of 3 were raised later")
    assert "−3.0%" in up
    assert down.startswith("2 of 3 were cut later")
    assert "−2.0%" in down
    assert finding(window(1, 1.0), window(2, -2.0)).startswith("1 of 2 was raised later")


def test_one_window_is_no_count_and_none_that_moved_says_so() -> None:
    """A single window is said with its change; unmoved ones are counted as such; the count is declared."""
    assert "raised" in finding(window(1, 1.0))
    assert "cut" in finding(window(1, -1.0))
    assert "1.0%" in finding(window(1, 1.0))
    assert "%" not in finding(window(1, 0.0), window(2, 0.01))
    assert revisions._finding(table(window(1, 1.0), window(2, 0.0)))[1][0].value == 1.0


def test_a_small_change_has_a_digit_more() -> None:
    """0.04 % would be written 0.0."""
    assert "0.04%" in finding(window(1, 0.04, rounding=0.001))


@given(st.lists(st.floats(-20, 20), min_size=1, max_size=8))
def test_zero_and_every_change_lie_inside_the_axis(changes: list[float]) -> None:
    """With room to either side."""
    low, high = revisions._reach(pd.DataFrame({"change_pct": changes}))
    assert low < 0 < high or (low <= 0 <= high and low < high)
    assert low <= min(changes)
    assert high >= max(changes)


def test_many_windows_share_a_printed_picture_in_smaller_letters() -> None:
    """A page grows instead: its letters stay."""
    sizes = [revisions._size(PRINT, count) for count in (20, 21)]
    assert sizes[0] > sizes[1]
    assert revisions._size(on_page(1040), 20) == revisions._size(on_page(1040), 200)


@pytest.mark.parametrize(("flow", "colour"), [("export", LIGHT.china), ("import", LIGHT.russia), ("total", LIGHT.ink)])
def test_a_flow_has_its_colour(flow: str, colour: str) -> None:
    """Both flows together are ink."""
    assert revisions.colour(flow, LIGHT) == colour


def test_a_hover_names_the_day_only_where_there_is_one() -> None:
    """An undated vintage says so instead."""
    row: dict[Any, Any] = {**window(1, 1.0)[1]}
    dated = revisions._hover({**row, "released": pd.Timestamp("2024-01-20")})
    assert "2024" in dated
    assert "2024" not in revisions._hover(row)
    assert "+1.00%" in revisions._hover(row)
