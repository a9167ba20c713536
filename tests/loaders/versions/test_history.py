"""Versions of the data: each state comes back as it was, and what changed is told figure by figure.

All figures here are made up.
"""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from loaders.core import schema
from loaders.core.store import SNAPSHOT, Store, StoreError
from loaders.versions.history import BEGUN, History
from loaders.versions.table_changes import CAME, GONE, NEW, REVISED, difference, figures, undone

if TYPE_CHECKING:
    from pathlib import Path

MOMENT = pd.Timestamp("2026-08-01 12:00")
MONTHS = pd.period_range("2030-01", "2039-12", freq="M")  # none of these ships


def made_up(values: dict[str, float], released: str = "2025-01-01", source: str = "imf") -> pd.DataFrame:
    """Return rows of China's imports from Russia by month ``YYYY-MM``, made up."""
    months = [pd.Timestamp(f"{month}-01") for month in values]
    return schema.conform(
        pd.DataFrame(
            {
                "source": source,
                "reporter": "CHN",
                "partner": "RUS",
                "flow": "import",
                "period_start": months,
                "period_end": months,
                "classification": "none",
                "commodity_code": "TOTAL",
                "currency": "USD",
                "value": list(values.values()),
                "valuation": "CIF",
                "status": "final",
                "released": pd.Timestamp(released),
                "reference": "made up",
                "known_by": pd.Timestamp(released),
            }
        ).reindex(columns=list(schema.COLUMNS))
    )


@pytest.fixture
def store(tmp_path: Path) -> Store:
    """Return a store whose data dir is empty, over one file that ships."""
    snapshot = tmp_path / "snapshot"
    snapshot.mkdir()
    (snapshot / "armstat.parquet").write_bytes((SNAPSHOT / "armstat.parquet").read_bytes())
    (snapshot / "MANIFEST.csv").write_text("file\narmstat.parquet\n", "utf-8")
    return Store(tmp_path / "data", snapshot)


def test_nothing_new_is_no_version(store: Store) -> None:
    """The first record begins the chain; the same state again adds nothing."""
    history = History(store)
    first = history.record(MOMENT, "refresh")
    assert first.cause == BEGUN
    assert history.record(MOMENT, "refresh") == first
    assert history.versions() == [first]
    assert history.changes(first) == []


def test_fifty_revised_and_ten_new_are_sixty(store: Store) -> None:
    """A second print with 50 other values and 10 more months is told in 60 lines, each with old and new."""
    history = History(store)
    history.record(MOMENT, "refresh")
    first = {str(month): 1e9 + place for place, month in enumerate(MONTHS[:100])}
    store.write("imf", made_up(first, "2030-01-01"))
    begun = history.record(MOMENT, "refresh")
    chosen = random.Random(7).sample(list(first), 50)  # noqa: S311 (made-up figures)
    second = {**{month: first[month] * 1.01 for month in chosen}, **{str(month): 2e9 for month in MONTHS[100:110]}}
    both = schema.concat([made_up(first, "2030-01-01"), made_up(second, "2031-01-01")])
    store.write("imf", both)
    version = history.record(MOMENT, "refresh")
    listed = history.changes(version)
    assert len(listed) == 60
    assert {one.start: (one.old, one.new) for one in listed if one.kind == REVISED} == {
        month: (first[month], first[month] * 1.01) for month in chosen
    }
    assert {one.start: (one.old, one.new) for one in listed if one.kind == NEW} == {
        str(month): (None, 2e9) for month in MONTHS[100:110]
    }
    assert history.record(MOMENT, "refresh") == version
    assert [one.name for one in history.versions()][-2:] == [begun.name, version.name]


def test_each_state_comes_back(store: Store, tmp_path: Path) -> None:
    """After three changes and a forgotten import every version holds the rows that it held."""
    history = History(store)
    states = []

    def note(cause: str) -> None:
        version = history.record(MOMENT, cause)
        states.append((version.name, store.load().trade))

    note("refresh")
    store.write("imf", made_up({"2030-01": 1e9, "2030-02": 2e9}))
    note("refresh")
    store.write(
        "imf", schema.concat([made_up({"2030-01": 1e9, "2030-02": 2e9}), made_up({"2030-02": 2.5e9}, "2026-01-01")])
    )
    store.write_side("rates", pd.DataFrame({"period": ["2030-01"], "rate": ["7.1"]}))
    note("refresh")
    store.write("gacc", made_up({"2030-03": 3e9}, source="gacc"))
    note("import")
    store.drop("gacc")
    note("forget")
    assert len({name for name, _ in states}) == 4  # after the import was taken back the state is the one before it
    for place, (name, table) in enumerate(states):
        restored = history.restore(name, tmp_path / str(place))
        pd.testing.assert_frame_equal(restored.load().trade, table)
    assert "2030-01" in set(history.restore(states[2][0], tmp_path / "side").side("rates").get("period", []))
    with pytest.raises(KeyError):
        history.restore("none", tmp_path / "none")


def test_an_upgrade_is_a_version(store: Store, tmp_path: Path) -> None:
    """Other files that ship are another version, and those that shipped before come back."""
    old, before = store.snapshot, store
    first = History(before).record(MOMENT, "refresh")
    table = before.load().trade
    (old / "armstat.parquet").unlink()
    second = History(before).record(MOMENT, "upgrade")
    assert second.name != first.name
    gone = History(before).changes(second)
    assert {(one.kind, one.source) for one in gone} == {(GONE, "armstat")}
    pd.testing.assert_frame_equal(History(before).restore(first.name, tmp_path / "first").load().trade, table)


def test_a_broken_log_is_one_line(store: Store) -> None:
    """Whoever reads it is told where it lies and what to do."""
    History(store).record(MOMENT, "refresh")
    (store.folder / "versions" / "log.jsonl").write_text("{", "utf-8")
    with pytest.raises(StoreError, match="move the folder away"):
        History(store).versions()


TABLES = st.lists(st.tuples(st.sampled_from("abc"), st.sampled_from([1.0, 2.0, float("nan")])), max_size=8).map(
    lambda rows: pd.DataFrame(rows, columns=["name", "value"]).astype({"name": "str", "value": "float64"})
)


@given(TABLES, TABLES)
@settings(max_examples=60)
def test_a_difference_undone_is_the_state_before(before: pd.DataFrame, after: pd.DataFrame) -> None:
    """Whatever the tables, rows that stand there twice included."""
    change = difference(before, after)
    again = undone(after, change)
    order = ["name", "value"]
    pd.testing.assert_frame_equal(
        again.sort_values(order, ignore_index=True)[order],
        before.sort_values(order, ignore_index=True)[order],
        check_dtype=False,
    )
    assert len(change[change[CAME].eq(True)]) - len(change[change[CAME].eq(False)]) == len(after) - len(before)  # noqa: FBT003


def test_a_change_of_another_state_is_refused() -> None:
    """Rows that are not there cannot be taken away."""
    one = pd.DataFrame({"name": ["a"], "value": [1.0]})
    with pytest.raises(ValueError, match="not in the state"):
        undone(one, pd.DataFrame({"name": ["b"], "value": [2.0], CAME: [True]}))


def test_an_older_print_changes_no_figure() -> None:
    """What was printed before the newest release adds a vintage, not a new figure."""
    newest = made_up({"2020-01": 2e9}, "2025-01-01")
    both = schema.concat([newest, made_up({"2020-01": 1e9}, "2024-01-01")])
    assert figures(newest, both) == []
    assert [one.kind for one in figures(schema.empty(), both)] == [NEW]
    assert [(one.kind, one.old, one.new) for one in figures(both, schema.empty())] == [(GONE, 2e9, None)]
