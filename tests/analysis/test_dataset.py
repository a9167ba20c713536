"""The dataset as known on a day."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.cache import per_dataset
from analysis.dataset import Dataset
from analysis.selection import Selection
from layouts.charts.registry import CHARTS
from tests.analysis import kit

if TYPE_CHECKING:
    from analysis.dataset import Dataset as DatasetType

DAY = "2023-03-01"


def test_only_what_was_released_counts() -> None:
    """A later release does not count, nor an unknown one, nor a rate or event of later or no day."""
    rates = pd.DataFrame({"series": ["A", "B", "C"], "released": ["2023-02", "2023-03", None]})
    events = pd.DataFrame({"date": ["2023-03-01", "2023-03-02", "2023"], "event": ["a", "b", "c"]})
    claims = pd.DataFrame({"id": ["x"]})
    rows = [
        kit.row("2023-01", value=value, released=day) for value, day in ((1.0, DAY), (2.0, "2023-03-02"), (3.0, None))
    ]
    data = Dataset(kit.table(*rows), {"rates": rates, "events": events, "claims": claims}).on(DAY)
    assert data.known["value"].tolist() == [1.0]
    assert data.side("rates")["series"].tolist() == ["A"]
    assert data.side("events")["event"].tolist() == ["a"]
    assert data.side("claims")["id"].tolist() == ["x"]


def test_no_day_is_now_and_the_same_day_is_the_same_dataset() -> None:
    """Without a day the dataset is itself; measures cached on a day's dataset are found again."""
    data = kit.dataset(kit.row("2023-01"))
    assert data.on(None) is data
    assert data.on(DAY) is data.on(DAY)


@given(st.lists(st.integers(0, 400), min_size=1, max_size=6, unique=True), st.integers(0, 400))
def test_a_later_day_knows_no_less(days: list[int], on: int) -> None:
    """Each day knows exactly the releases up to it."""
    start = pd.Timestamp("2022-01-01")
    rows = [kit.row("2021-12", value=float(n), released=str((start + pd.Timedelta(days=n)).date())) for n in days]
    day = str((start + pd.Timedelta(days=on)).date())
    assert sorted(kit.dataset(*rows).on(day).trade["value"]) == sorted(float(n) for n in days if n <= on)


@per_dataset(3)
def tripled_after(dataset: DatasetType, day: str) -> DatasetType:
    """Return the dataset with three times each value that became known after a day; all charts share it."""
    trade = dataset.trade.copy()
    after = trade["known_by"].ge(pd.Timestamp(day) + pd.Timedelta(days=1))
    trade.loc[after, "value"] = trade.loc[after, "value"] * 3
    return Dataset(trade, dataset.sides, dataset.problems, dataset.read)


DAYS = ("2025-10-31", "2023-07-31", "2021-12-31")


@pytest.mark.parametrize(("name", "day"), [(name, DAYS[place % 3]) for place, name in enumerate(sorted(CHARTS))])
def test_a_view_never_uses_a_later_release(name: str, day: str, dataset: DatasetType) -> None:
    """What became known later can be changed at will: the rows of the day stay the same.

    All charts go through one door to the figures of a day, so that each is asked on one of three days.
    """
    chart, selection = CHARTS[name], Selection.from_query(f"?asof={day}&currency=USD")
    shown = chart.rows(dataset.on(day), selection)
    pd.testing.assert_frame_equal(shown, chart.rows(tripled_after(dataset, day).on(day), selection))
    if "released" in shown:
        assert not shown["released"].gt(pd.Timestamp(day)).any()
