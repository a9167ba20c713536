"""What commands note of versions: nothing where nothing changed, and the same state twice as two versions.

All figures here are made up.
"""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pandas as pd
import pytest

from app import main
from commands import changes
from loaders.core import remote_store
from loaders.core.store import SNAPSHOT, Store
from loaders.versions.history import BEGUN, History
from loaders.versions.table_changes import GONE, NEW
from tests.loaders.versions.test_history import MOMENT, made_up

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def store(tmp_path: Path) -> Store:
    """Return a store whose data dir is not there yet, over one file that ships."""
    snapshot = tmp_path / "snapshot"
    snapshot.mkdir()
    shutil.copy(SNAPSHOT / "armstat.parquet", snapshot)
    return Store(tmp_path / "data", snapshot)


def test_a_refused_file_leaves_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Where nothing is stored, nothing is kept either."""
    wrong = tmp_path / "wrong.csv"
    wrong.write_text("Date,Close\n2024-01-02,75\n", "utf-8")
    assert main(["--import", str(wrong), "--data-dir", str(tmp_path / "data")]) == 2
    assert "unknown columns" in capsys.readouterr().err
    assert not (tmp_path / "data" / "versions").exists()


def test_the_first_change_begins_with_what_ships(store: Store) -> None:
    """Before the first rows of one's own the data were what ships: the rows are the change."""
    with changes.noted(store, "import"):
        store.write("imf", made_up({"2030-01": 1e9, "2030-02": 2e9}))
    begun, version = History(store).versions()
    assert (begun.cause, version.cause) == (BEGUN, "import")
    assert not any(name.startswith("own/") for name in begun.files)
    assert [one.kind for one in History(store).changes(version)] == [NEW, NEW]
    assert History(store).changes(begun) == []


def test_a_data_dir_of_before_begins_as_it_is(store: Store) -> None:
    """Rows that were there before anything was noted are no change."""
    store.write("imf", made_up({"2030-01": 1e9}))
    with changes.noted(store, "import"):
        store.write("gacc", made_up({"2030-01": 3e9}, source="gacc"))
    begun, version = History(store).versions()
    assert "own/imf.parquet" in begun.files
    assert [one.source for one in History(store).changes(version)] == ["gacc"]


def test_a_dry_run_notes_nothing(store: Store) -> None:
    """Neither before it nor after it."""
    store.write("imf", made_up({"2030-01": 1e9}))
    with changes.noted(store, "import", dry=True):
        pass
    assert History(store).versions() == []


def test_a_state_that_comes_again_has_changes_of_its_own(store: Store, tmp_path: Path) -> None:
    """Imported, taken back, imported again: four versions, two states, and each tells what led to it."""
    rows = made_up({"2030-01": 1e9})
    for step in range(3):
        with changes.noted(store, "import" if step != 1 else "forget"):
            store.drop("imf") if step == 1 else store.write("imf", rows)
    history = History(store)
    known = history.versions()
    assert len(known) == 4
    assert len({one.name for one in known}) == 2
    assert [[one.kind for one in history.changes(version)] for version in known] == [[], [NEW], [GONE], [NEW]]
    for place, version in enumerate(known):
        sources = set(history.restore(version.name, tmp_path / str(place)).load().trade["source"].astype("str"))
        assert ("imf" in sources) == ("own/imf.parquet" in version.files)


def test_versions_travel_with_an_address(store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What one machine noted in a data dir at an address, another opens by its name."""
    monkeypatch.setattr(remote_store, "LOOK", 0.0)
    address = (tmp_path / "remote" / "trade").as_uri()
    writer, reader = (remote_store.RemoteStore(address, store.snapshot) for _ in range(2))
    for value in (1e9, 2e9):
        with changes.noted(writer, "refresh"), writer.lock():
            writer.write("imf", made_up({"2030-01": value}))
    reader.stamp()
    begun, first, second = History(reader).versions()
    assert History(reader).current() == second.name
    for version, values in ((begun, []), (first, [1e9]), (second, [2e9])):
        table = History(reader).restore(version.name, tmp_path / version.name).load().trade
        assert table.loc[table["source"].eq("imf"), "value"].tolist() == values


def test_the_state_that_is_has_the_name_that_it_is_noted_under(store: Store) -> None:
    """Before anything was noted, and after: a citation of what ships alone stands when a chain begins."""
    history = History(store)
    before = history.current()
    with changes.noted(store, "refresh"):
        store.write("imf", made_up({"2030-01": 1e9}))
    assert [one.name for one in history.versions()] == [before, history.current()]


def test_rows_of_ones_own_that_ship_too_take_nothing_along(store: Store, tmp_path: Path) -> None:
    """A file of the data dir with the very bytes of one that ships: when it changes, what shipped is still kept."""
    table = store.load().trade
    store.folder.mkdir()
    with changes.noted(store, "refresh"):
        shutil.copy(store.snapshot / "armstat.parquet", store.folder / "armstat.parquet")
    with changes.noted(store, "refresh"):
        store.write("armstat", made_up({"2030-01": 1e9}, source="armstat"))
    first = History(store).versions()[0]
    pd.testing.assert_frame_equal(History(store).restore(first.name, tmp_path / "first").load().trade, table)
    assert History(store).record(MOMENT, "refresh").files == History(store).versions()[-1].files
