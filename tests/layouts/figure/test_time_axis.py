"""The axis of months: where a month stands, where a line breaks or is dashed, which years are named."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from layouts.figure import time_axis
from layouts.figure.chart import Words
from layouts.figure.frame import blank
from layouts.look.theme import PRINT, on_page

if TYPE_CHECKING:
    from layouts.drawing.sheet import Sheet
    from layouts.look.theme import Look


def day(month: str) -> pd.Timestamp:
    """Return the first day of a month."""
    return pd.Timestamp(f"{month}-01")


def rows(*cells: tuple[str, float, bool], months: int = 1) -> pd.DataFrame:
    """Return months with a value, preliminary or not; ``label`` is what a reader reads at a point."""
    days = [day(month) for month, *_ in cells]
    table = pd.DataFrame({"period_start": days, "period_end": days, "months": months, "label": "x"})
    return table.assign(y=[value for _, value, _ in cells], provisional=[weak for *_, weak in cells])


def sheet(look: Look = PRINT) -> Sheet:
    """Return an empty picture."""
    return blank(look, Words("A", "b", "c", ""))


def named(start: str, end: str, look: Look) -> dict[str, Any]:
    """Return the axis of a span."""
    figure = sheet(look)
    time_axis.month_axis(figure, day(start), day(end), look)
    return dict(figure["layout"]["xaxis"])


@given(st.integers(1990, 2060), st.integers(1, 12), st.integers(0, 700))
def test_places_count_months(year: int, month: int, later: int) -> None:
    """A month later stands one place further; a column has the same places as its cells one by one."""
    start = pd.Timestamp(year, month, 1)
    end = start + pd.DateOffset(months=later)
    assert time_axis.at(end) - time_axis.at(start) == later
    assert time_axis.place(pd.Series([start, end])).tolist() == [time_axis.at(start), time_axis.at(end)]


def test_a_place_of_no_day_is_missing() -> None:
    """The epoch is January 2000; no day has no place."""
    assert time_axis.at(day("2000-01")) == 0
    assert time_axis.at(day("1999-12")) == -1
    places = time_axis.place(pd.Series([day("2000-03"), pd.NaT]))
    assert places[0] == 2
    assert pd.isna(places[1])


def test_years_stand_under_their_months_and_a_stub_is_not_named() -> None:
    """Five whole years are named in full at their middles; one month of a sixth has no room for a name, two a short."""
    axis = named("2018-01", "2023-01", PRINT)
    assert axis["ticktext"] == ["2018", "2019", "2020", "2021", "2022"]
    assert axis["tickvals"] == [216 + 12 * year + 6 for year in range(5)]
    assert axis["range"] == [216, 277]
    assert named("2018-01", "2023-02", PRINT)["ticktext"][-1] == "’23"


def test_crowded_years_are_skipped_and_shortened() -> None:
    """Twenty years on a phone: not each is named, and all that are stand as far apart."""
    axis = named("2006-01", "2025-12", on_page(288))
    steps = {b - a for a, b in zip(axis["tickvals"], axis["tickvals"][1:], strict=False)}
    assert len(axis["ticktext"]) < 20
    assert len(steps) == 1
    assert steps.pop() > 12


def test_a_line_breaks_where_a_month_is_missing_and_over_one_pair_it_does_not() -> None:
    """January-February as one mark leaves a step of two months, which is no gap; three are."""
    whole = time_axis.line(rows(("2023-01", 1, False), ("2023-03", 2, False)), "y", "#000")
    broken = time_axis.line(rows(("2023-01", 1, False), ("2023-04", 2, False)), "y", "#000")
    assert whole[0]["y"] == [1.0, 2.0]
    assert broken[0]["y"] == [1.0, None, 2.0]


def test_a_preliminary_end_is_dashed_and_joined_to_the_last_firm_month() -> None:
    """The dashes begin at the last firm point, so that no month hangs in the air."""
    firm, weak = time_axis.line(rows(("2023-01", 1, False), ("2023-02", 2, False), ("2023-03", 3, True)), "y", "#000")
    assert (firm["line"]["dash"], weak["line"]["dash"]) == ("solid", "4px,3.5px")
    assert firm["y"] == [1.0, 2.0]
    assert weak["y"] == [2.0, 3.0]


def test_a_missing_value_is_no_point_of_the_line_beside_it() -> None:
    """A month without a figure breaks the line."""
    (line, *_) = time_axis.line(rows(("2023-01", 1, False), ("2023-02", float("nan"), False)), "y", "#000")
    assert line["y"][:2] == [1.0, None]


def test_points_are_read_only_where_a_text_is_given() -> None:
    """Without a hover there is a line alone; a halo is one trace more under each line."""
    month = rows(("2023-01", 1, False), ("2023-02", 2, False))
    assert len(time_axis.line(month, "y", "#000")) == 1
    assert len(time_axis.line(month, "y", "#000", halo="#fff")) == 2
    *_, points = time_axis.line(month, "y", "#000", hover="%{customdata[0]}")
    assert (points["mode"], points["marker"]["opacity"]) == ("markers", 0)


def test_the_weak_tail_begins_after_the_last_firm_month() -> None:
    """One firm month after weak ones ends the tail; without any firm month all is tail."""
    table = rows(("2023-01", 1, True), ("2023-02", 2, False), ("2023-03", 3, True), ("2023-04", 4, True))
    assert time_axis.weak_tail(table, "period_start") == day("2023-03")
    assert time_axis.weak_tail(table.iloc[:2], "period_start") is None
    assert time_axis.weak_tail(table.iloc[:1], "period_start") == day("2023-01")


def test_a_cap_is_as_wide_as_its_bar() -> None:
    """Each cap runs half a bar to either side, and none is joined to the next."""
    caps = time_axis.caps([1.0, 5.0], [0.4, 0.8], [10.0, 20.0], "#000")
    assert caps["x"] == pytest.approx([0.6, 1.4, None, 4.2, 5.8, None], nan_ok=True)
    assert caps["y"] == [10.0, 10.0, None, 20.0, 20.0, None]


def test_a_bracket_spans_the_weak_months_below_the_axis() -> None:
    """Three strokes and one word, at the right end."""
    figure = sheet()
    time_axis.bracket(figure, 10, 14, "pale", PRINT)
    strokes, (words,) = figure["layout"]["shapes"], figure["layout"]["annotations"]
    assert [(one["x0"], one["x1"]) for one in strokes] == [(10, 14), (10, 10), (14, 14)]
    assert all(one["y1"] < 0 for one in strokes)
    assert (words["x"], words["xanchor"], words["text"]) == (14, "right", "pale")
