"""What is known now, and what was known on a day."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.vintages import as_known, known_last
from loaders.checking.checks import known_now
from tests.analysis.kit import row, table

if TYPE_CHECKING:
    from analysis.dataset import Dataset


def test_reported_beats_derived_and_the_newest_release_wins() -> None:
    """A derived figure gives way to a reported one even where it was released later."""
    rows = table(
        row("2023-01", value=1.0, released="2023-02-10"),
        row("2023-01", value=2.0, released="2023-03-10"),
        row("2023-01", value=9.0, released="2024-01-01", status="derived"),
    )
    assert as_known(rows)["value"].tolist() == [2.0]


def test_an_empty_release_is_the_oldest() -> None:
    """A dated print beats one whose day is not known."""
    rows = table(row("2023-01", value=1.0), row("2023-01", value=2.0, released="2001-01-01"))
    assert as_known(rows)["value"].tolist() == [2.0]


def test_known_on_a_day() -> None:
    """A later release does not count, nor one whose day is not known."""
    rows = table(
        row("2023-01", value=1.0),
        row("2023-01", value=2.0, released="2023-02-10"),
        row("2023-01", value=3.0, released="2023-06-10"),
        row("2023-02", value=4.0),
    )
    assert as_known(rows, pd.Timestamp("2023-03-01"))["value"].tolist() == [2.0]


@given(st.lists(st.integers(1, 3000), min_size=1, max_size=8, unique=True), st.randoms())
def test_order_of_rows_does_not_matter(days: list[int], random: object) -> None:
    """The newest vintage is found wherever it stands in the table."""
    rows = [
        row("2023-01", value=float(10 * day + 1), released=str(pd.Timestamp("2015-01-01") + pd.Timedelta(days=day)))
        for day in days
    ]
    random.shuffle(rows)  # type: ignore[attr-defined]  # hypothesis' own Random
    assert as_known(table(*rows))["value"].tolist() == [float(10 * max(days) + 1)]


@pytest.mark.parametrize(
    ("coarse", "fine", "day", "counts"),
    [
        (3.4e12, 3.36e12, None, 3.36e12),  # undated, and agrees: the finer
        (3.4e12, 3.36e12, "2022-11-01", 3.36e12),  # of the same month
        (3.4e12, 3.36e12, "2022-10-31", 3.4e12),  # of an earlier month: a vintage of its own
        (3.4e12, 3.34e12, None, 3.4e12),  # rounds to 3.3
        (3.4e12, 3.0e12, None, 3.4e12),  # no finer
    ],
)
def test_finer_beats_rounder(coarse: float, fine: float, day: str | None, counts: float) -> None:
    """Of two prints of one vintage that agree within the coarser one's rounding the finer is used, in checks too."""
    rows = table(
        row("2021-01", "2021-12", fine, released=day), row("2021-01", "2021-12", coarse, released="2022-11-09")
    )
    assert as_known(rows)["value"].tolist() == [counts]
    assert known_now(rows)["value"].tolist() == [counts]
    assert as_known(rows.iloc[::-1].reset_index(drop=True))["value"].tolist() == [counts]


def test_a_reported_print_is_not_displaced_by_a_finer_derived_one() -> None:
    """What was reported stands before what was derived, however rounded."""
    rows = table(row("2021-01", value=3e9, released="2021-02-01"), row("2021-01", value=3.1e9, status="derived"))
    assert as_known(rows)["value"].tolist() == [3e9]


@given(st.integers(10**6, 10**7), st.integers(1, 5))
def test_what_is_used_rounds_to_the_newest_print(value: int, places: int) -> None:
    """Whatever is printed twice in a month, the figure used is the finer one where it rounds to the newest."""
    coarse = round(value, -places)
    rows = [row("2021-01", value=float(value), released="2021-02-01")]
    used = as_known(table(*rows, row("2021-01", value=float(coarse), released="2021-02-07")))["value"].item()
    assert used == float(value)
    off = float(3 * coarse)  # no rounding leads there
    used = as_known(table(*rows, row("2021-01", value=off, released="2021-02-07")))["value"].item()
    assert used == off


def test_the_world_trade_of_2021(dataset: Dataset) -> None:
    """China's exports of 2021 are 3.36 trillion dollars, though a paper printed 3.4 on a later day."""
    known = dataset.known
    world = known["reporter"].eq("CHN") & known["partner"].eq("WLD") & known["commodity_code"].eq("TOTAL")
    year = known[world & known["period_start"].eq("2021-01-01") & known["period_end"].eq("2021-12-01")]
    assert year.set_index("flow")["value"].div(1e12).round(2).to_dict() == {
        "export": 3.36,
        "import": 2.69,
        "total": 6.05,
    }


def test_what_is_known_is_a_part_of_a_table_in_that_order() -> None:
    """The same rows as of the table as it came, in the same order; their numbers take no memory of their own."""
    rows = table(
        *(
            row(f"2023-0{month}", value=float(month), released=f"2023-1{day}-01")
            for month in (1, 2, 3)
            for day in (0, 1)
        ),
        row("2023-04", value=4.0),
    )
    ordered = known_last(rows)
    known = as_known(ordered)
    assert ordered["value"].tolist() == [1.0, 2.0, 3.0, 1.0, 2.0, 3.0, 4.0]
    pd.testing.assert_frame_equal(known.reset_index(drop=True), as_known(rows).reset_index(drop=True))
    assert np.shares_memory(known["value"].to_numpy(), ordered["value"].to_numpy())
    assert not np.shares_memory(as_known(rows)["value"].to_numpy(), rows["value"].to_numpy())
