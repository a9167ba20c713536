"""Datasets that nobody asks for any more are gone: counted as living objects, not as memory."""

from __future__ import annotations

import gc
import os
import weakref
from typing import TYPE_CHECKING, Any

import pandas as pd
import pytest

from analysis.dataset import Dataset
from analysis.selection import Selection
from callbacks.live_dataset import LiveDataset
from layouts.charts.registry import CHARTS
from loaders.core.store import Store, write_table

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

DAYS, RELOADS, MOST = 6, 6, 8


@pytest.fixture
def live(tmp_path: Path) -> LiveDataset:
    """Return a live over the totals of two shipped sources of a few years, so that a reload is quick."""
    snapshot, ships = tmp_path / "snapshot", Store(tmp_path / "nothing")
    snapshot.mkdir()
    for source in ("comtrade", "press"):
        table = ships.shipped(source)
        few = table["commodity_code"].eq("TOTAL") & table["period_start"].ge("2024")
        write_table(snapshot / f"{source}.parquet", table[few].reset_index(drop=True))
    return LiveDataset(Store(tmp_path / "data", snapshot))


@pytest.fixture
def living(monkeypatch: pytest.MonkeyPatch) -> Callable[[], int]:
    """Return what counts the datasets made since that are alive: to look through all objects takes long."""
    made: list[weakref.ref[Dataset]] = []
    begin = Dataset.__init__

    def noted(self: Dataset, *args: Any, **kwargs: Any) -> None:
        begin(self, *args, **kwargs)
        made.append(weakref.ref(self))

    def counted() -> int:
        gc.collect()
        assert made
        return sum(one() is not None for one in made)

    monkeypatch.setattr(Dataset, "__init__", noted)
    return counted


def _ask(live: LiveDataset, number: int) -> None:
    """Ask for the state of trade on one day, and each tenth day for the revisions of a year's exports."""
    day = pd.Timestamp("2025-01-01") + pd.DateOffset(days=number)
    for name in ("pulse", "revisions") if number % 10 == 0 else ("pulse",):
        live.table(CHARTS[name], Selection.from_query(f"?asof={day:%Y-%m-%d}&window=year&flow=export"))


def test_a_day_asked_for_once_is_not_kept(live: LiveDataset, living: Callable[[], int]) -> None:
    """Days leave a handful of datasets, half of them as many as all."""
    counts = []
    for number in range(DAYS):
        _ask(live, number)
        if number in (DAYS // 2, DAYS - 1):
            counts.append(living())
    assert 1 < counts[0] == counts[1] <= MOST


def test_old_data_are_let_go_when_new_are_read(live: LiveDataset, living: Callable[[], int]) -> None:
    """Six reloads, a day asked for after each of them, leave as many as two do."""
    table, file = live.store.shipped("press"), live.store.folder / "press.parquet"
    live.store.folder.mkdir()
    counts, seen = [], set()
    for number in range(RELOADS):
        write_table(file, table.head(number + 1))
        os.utime(file, (number, number))
        seen.add(id(live.dataset()))
        _ask(live, number)
        if number in (1, RELOADS // 2, RELOADS - 1):
            counts.append(living())
    assert len(live.dataset().trade) > 0
    assert len(seen) > 1
    assert max(counts[1:]) <= counts[0] <= MOST
