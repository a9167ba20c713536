"""Panels of places: one logarithmic scale, nothing outside its panel, whose colour is whose."""

from __future__ import annotations

from itertools import pairwise

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.measures.partners.rerouting import COUNTED, FROM_CHINA, TO_RUSSIA
from layouts.charts.rerouting import panels
from layouts.look.theme import LIGHT, PRINT, on_page

PHONE = on_page(358)


def places(*cells: tuple[str, int, float]) -> pd.DataFrame:
    """Return indices of places."""
    table = pd.DataFrame([{"place": place, "year": year, "index": index} for place, year, index in cells])
    return table.assign(period_start=[pd.Timestamp(year, 1, 1) for year in table["year"]])


@given(
    st.lists(st.tuples(st.sampled_from("ABCDEFG"), st.integers(2018, 2025), st.floats(1, 5000)), min_size=1, max_size=9)
)
def test_every_index_lies_inside_its_panel(cells: list[tuple[str, int, float]]) -> None:
    """Whatever the values, with the base of a hundred between the edges; panels do not overlap."""
    rows = places(*cells)
    grid = panels.grid_of(rows, PRINT, 1120.0, 900.0)
    names = sorted(set(rows["place"]))
    for place, name in enumerate(names):
        left, upper = grid.corner(place)
        for row in rows[rows["place"].eq(name)].to_dict("records"):
            x, y = grid.at(place, row["year"], row["index"])
            assert left <= x <= left + grid.wide
            assert upper <= y <= upper + grid.high
        assert upper < grid.at(place, grid.first, 100)[1] < upper + grid.high
    for one, other in pairwise(range(len(names))):
        if grid.corner(other)[1] == grid.corner(one)[1]:
            assert grid.corner(other)[0] >= grid.corner(one)[0] + grid.breadth(one)


def test_twice_as_much_is_as_far_up_as_half_is_down() -> None:
    """The scale is logarithmic."""
    grid = panels.grid_of(places(("A", 2021, 50), ("A", 2022, 200)), PHONE, 358.0, 500.0)
    half, base, twice = (grid.at(0, 2021, index)[1] for index in (50, 100, 200))
    assert half - base == pytest.approx(base - twice)
    assert grid.columns == 2


def test_a_line_has_the_colour_of_who_counts() -> None:
    """China's count vermillion, Russia's blue, a third place's grey."""
    look = on_page(1040)
    assert panels._colour(FROM_CHINA, look) == LIGHT.china
    assert panels._colour(COUNTED, look) == LIGHT.russia
    assert panels._colour(TO_RUSSIA, look) == LIGHT.ink2


def test_an_index_that_is_missing_is_no_point() -> None:
    """Of one leg or of all."""
    own = [
        {"leg": TO_RUSSIA, "index": 5.0},
        {"leg": FROM_CHINA, "index": float("nan")},
        {"leg": FROM_CHINA, "index": 7.0},
    ]
    assert [row["index"] for row in panels.indexed(own)] == [5.0, 7.0]  # type: ignore[arg-type]
    assert [row["index"] for row in panels.indexed(own, FROM_CHINA)] == [7.0]  # type: ignore[arg-type]
