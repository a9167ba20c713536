"""What is known now, and what was known on a day."""

from __future__ import annotations

import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from analysis.vintages import as_known
from tests.analysis.kit import row, table


def test_reported_beats_derived_and_the_newest_release_wins() -> None:
    """A derived figure gives way to a reported one even where it was released later."""
    held = table(
        row("2023-01", value=1.0, released="2023-02-10"),
        row("2023-01", value=2.0, released="2023-03-10"),
        row("2023-01", value=9.0, released="2024-01-01", status="derived"),
    )
    assert as_known(held)["value"].tolist() == [2.0]


def test_an_empty_release_is_the_oldest() -> None:
    """A dated print beats one whose day is not known."""
    held = table(row("2023-01", value=1.0), row("2023-01", value=2.0, released="2001-01-01"))
    assert as_known(held)["value"].tolist() == [2.0]


def test_known_on_a_day() -> None:
    """A later release does not count, nor one whose day is not known."""
    held = table(
        row("2023-01", value=1.0),
        row("2023-01", value=2.0, released="2023-02-10"),
        row("2023-01", value=3.0, released="2023-06-10"),
        row("2023-02", value=4.0),
    )
    assert as_known(held, pd.Timestamp("2023-03-01"))["value"].tolist() == [2.0]


@given(st.lists(st.integers(1, 3000), min_size=1, max_size=8, unique=True), st.randoms())
def test_order_of_rows_does_not_matter(days: list[int], random: object) -> None:
    """The newest vintage is found wherever it stands in the table."""
    rows = [
        row("2023-01", value=float(day), released=str(pd.Timestamp("2015-01-01") + pd.Timedelta(days=day)))
        for day in days
    ]
    random.shuffle(rows)  # type: ignore[attr-defined]  # hypothesis' own Random
    assert as_known(table(*rows))["value"].tolist() == [float(max(days))]
