"""The selection equals the query string."""

from __future__ import annotations

from dataclasses import fields
from datetime import date

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.selection import (
    BASES,
    COUNTERS,
    COUNTS,
    CURRENCIES,
    EVENTS,
    FLOWS,
    GRAINS,
    MEASURES,
    STEPS,
    WINDOWS,
    Selection,
    misread,
)

months = st.one_of(st.none(), st.builds("{:04d}-{:02d}".format, st.integers(1950, 2050), st.integers(1, 12)))
optional = st.none()
typed = st.from_regex(r"\A[^\x00-\x1f\x7f]{0,40}\w[^\x00-\x1f\x7f]{0,40}\Z")


@st.composite
def selections(draw: st.DrawFn) -> Selection:
    """Draw any selection a reader could make."""
    ends = sorted(filter(None, (draw(months), draw(months))))
    start, end = ([*ends, None, None])[:2]
    return Selection(
        start=start,
        end=end,
        flow=draw(optional | st.sampled_from(FLOWS)),
        measure=draw(optional | st.sampled_from(MEASURES)),
        currency=draw(optional | st.sampled_from(CURRENCIES)),
        count=draw(optional | st.sampled_from(COUNTS)),
        basis=draw(optional | st.sampled_from(BASES)),
        code=draw(optional | st.from_regex(r"\A(\d{2}|\d{4}|\d{6})\Z").filter(str.isascii)),
        events=draw(optional | st.sampled_from(EVENTS)),
        asof=draw(optional | st.dates(date(1950, 1, 1), date(2050, 1, 1)).map(str)),
        step=draw(optional | st.sampled_from(STEPS)),
        window=draw(optional | st.sampled_from(WINDOWS)),
        claim=draw(optional | typed),
        find=draw(optional | typed),
        point=draw(optional | st.from_regex(r"\A[a-z][a-z-]{1,12}:[A-Za-z0-9._~,-]{1,40}\Z")),
        grain=draw(optional | st.sampled_from(GRAINS)),
        counted=draw(optional | st.sampled_from(COUNTERS)),
    )


@given(selections())
def test_round_trip(selection: Selection) -> None:
    """Every selection comes back from its own query."""
    assert Selection.from_query(selection.to_query()) == selection


@given(st.text())
def test_nonsense_falls_back(query: str) -> None:
    """No text is refused, and what it yields is a selection that round-trips."""
    selection = Selection.from_query(query)
    assert Selection.from_query(selection.to_query()) == selection


def test_defaults_are_not_written() -> None:
    """An empty selection has an empty query, and junk reads as one."""
    assert Selection().to_query() == ""
    assert Selection.from_query("?flow=sideways&start=20x9&measure=&foo=bar&currency=usd") == Selection()
    assert Selection.from_query(None) == Selection()


def test_whose_count_under_either_word() -> None:
    """``counted`` and ``basis`` name the same choice; the first wins, and the word of shares keeps its own."""
    assert Selection.from_query("?basis=baci") == Selection(counted="baci")
    assert Selection.from_query("?basis=baci&counted=russia") == Selection(counted="russia")
    assert Selection.from_query("?basis=imf&counted=china") == Selection(basis="imf", counted="china")
    assert Selection(counted="baci").to_query() == "?counted=baci"


def test_a_year_means_its_first_or_last_month() -> None:
    """A bare year opens in January and closes in December."""
    selection = Selection.from_query("?start=2019&end=2021&flow=import")
    assert selection == Selection(start="2019-01", end="2021-12", flow="import")


def test_an_upside_down_span_is_dropped() -> None:
    """A start after the end names no span; the rest is kept."""
    assert Selection.from_query("?start=2022&end=2020&flow=total") == Selection(flow="total")


def test_covers_whole_periods_only() -> None:
    """A period that sticks out at either end is not covered."""
    rows = pd.DataFrame(
        {
            "period_start": pd.to_datetime(["2022-01-01", "2022-12-01", "2023-01-01", "2023-06-01"]),
            "period_end": pd.to_datetime(["2022-12-01", "2023-01-01", "2023-06-01", "2023-07-01"]),
        }
    )
    inside = Selection(start="2022-02", end="2023-06").covers(rows)
    assert inside.tolist() == [False, True, True, False]
    assert Selection().covers(rows, "2023-01").tolist() == [False, False, True, True]


def test_a_default_start_gives_way_to_an_earlier_end() -> None:
    """An end before a chart's own start opens the time before it; a start that was asked for stands."""
    days = pd.to_datetime(["2016-01-01", "2019-01-01"])
    rows = pd.DataFrame({"period_start": days, "period_end": days})
    assert Selection(end="2016-12").covers(rows, "2019-01").tolist() == [True, False]
    assert Selection(end="2019-01").covers(rows, "2019-01").tolist() == [False, True]
    assert Selection(start="2017-01", end="2018-12").covers(rows, "2019-01").tolist() == [False, False]


def test_days_must_exist() -> None:
    """A day that no calendar has is dropped; a real one is kept."""
    assert Selection.from_query("?asof=2023-02-30") == Selection()
    assert Selection.from_query("?asof=2023-07-01&code=27&count=hs27") == Selection(
        asof="2023-07-01", code="27", count="hs27"
    )
    assert Selection.from_query("?code=2&count=all&basis=x") == Selection()


@pytest.mark.parametrize(
    ("query", "wrong"),
    [
        ("?measure=foo&banana=1", ("measure=foo", "banana=1")),
        ("?start=2019-13", ("start=2019-13",)),
        ("?start=2022&end=2020", ("start=2022", "end=2020")),
        ("?asof=2023-02-30", ("asof=2023-02-30",)),
        ("?code=5&flow=", ("code=5", "flow=")),
        ("banana", ("banana=",)),
        ("?flow=import&flow=export", ("flow=import", "flow=export")),
        ("?to_query=1&first=2", ("to_query=1", "first=2")),
        ("?basis=foo&counted=china", ("basis=foo",)),
    ],
)
def test_what_is_not_understood_is_named(query: str, wrong: tuple[str, ...]) -> None:
    """Each word that left no mark, in one line with every word that there is and what it may be."""
    words = misread(query)
    assert words.startswith(f"there is no {' and no '.join(wrong)}; ")
    assert "\n" not in words
    assert all(f" {field.name}: " in words for field in fields(Selection))
    assert "measure: level, yoy, ytd_yoy, " in words


@given(selections())
def test_what_the_page_writes_is_understood(selection: Selection) -> None:
    """Every address of the page is a query for the command line, with and without its mark."""
    assert misread(selection.to_query()) == misread(selection.to_query().lstrip("?")) == ""


@pytest.mark.parametrize(
    ("query", "years"),
    [
        ("", (None, None)),
        ("?start=2019&end=2021", (2019, 2021)),
        ("?start=2019-02&end=2021-11", (2020, 2020)),
        ("?start=2019-01", (2019, None)),
        ("?end=2021-12", (None, 2021)),
    ],
)
def test_whole_years_lie_inside_the_months_asked_for(query: str, years: tuple[int | None, int | None]) -> None:
    """A year that is cut at either end is none of them."""
    selection = Selection.from_query(query)
    assert (selection.first_year, selection.last_year) == years


@pytest.mark.parametrize(
    ("flow", "one"), [(None, "total"), ("both", "total"), ("export", "export"), ("total", "total")]
)
def test_a_chart_of_one_flow_shows_trade_both_ways_unless_asked(flow: str | None, one: str) -> None:
    """Exports or imports where they were asked for."""
    assert Selection(flow=flow).one_flow == one
