"""New files are read beside the serving: nobody waits for them, and unreadable ones take nothing away."""

from __future__ import annotations

import os
import threading
from typing import TYPE_CHECKING

import pytest

from callbacks import live_dataset
from callbacks.live_dataset import LiveDataset
from callbacks.server import health
from loaders.core.store import Store, write_table
from tests.callbacks.few_rows import few_rows

if TYPE_CHECKING:
    from pathlib import Path

    from analysis.dataset import Dataset

PATIENCE = 60


@pytest.fixture
def live(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> LiveDataset:
    """Return a live over a few rows, followed closely."""
    monkeypatch.setattr(live_dataset, "AGAIN", 0.01)
    one = LiveDataset(few_rows(tmp_path))
    one.dataset()
    return one


def bring(live: LiveDataset, rows: int) -> None:
    """Write some rows of another source into the data dir."""
    write_table(live.store.folder / "imf.parquet", Store("/nonexistent").shipped("imf").head(rows))


def test_the_old_data_are_served_while_the_new_are_read(live: LiveDataset, monkeypatch: pytest.MonkeyPatch) -> None:
    """A reading that takes long keeps nobody waiting; when it is done, all are given the new data."""
    begun, go, swapped = threading.Event(), threading.Event(), threading.Event()
    whole = live_dataset.read

    def slow(store: Store) -> Dataset:
        begun.set()
        assert go.wait(PATIENCE)
        return whole(store)

    monkeypatch.setattr(live_dataset, "read", slow)
    before = live.dataset()
    live.follow()
    bring(live, 7)
    assert live.dataset() is before  # starts the thread
    assert begun.wait(PATIENCE)
    assert live.dataset() is before
    go.set()
    for _ in range(PATIENCE * 100):
        if live.dataset() is not before or swapped.wait(0.01):
            break
    assert len(live.dataset().trade) == 27


def test_a_truncated_file_takes_nothing_away(live: LiveDataset, capsys: pytest.CaptureFixture[str]) -> None:
    """The last good state stays, one line says so, health counts it, and a whole file is taken again."""
    bring(live, 7)
    live.look()
    live.follow()
    whole = (live.store.folder / "imf.parquet").read_bytes()
    good = live.dataset()
    (live.store.folder / "imf.parquet").write_bytes(whole[: len(whole) // 2])
    live.look()
    live.look()
    assert live.dataset() is good
    lines = capsys.readouterr().err.splitlines()
    assert len(lines) == 1
    assert "imf.parquet: cannot be read" in lines[0]
    assert f"all is shown as read at {good.read:%Y-%m-%d %H:%M}" in lines[0]
    answer = health.state(live)
    assert (answer["status"], answer["problems"], answer["rows"]) == ("incomplete", 1, 27)
    bring(live, 3)
    live.look()
    assert len(live.dataset().trade) == 23
    assert health.state(live)["problems"] == 0


def test_what_was_unreadable_from_the_start_holds_nothing_back(live: LiveDataset) -> None:
    """Only what becomes unreadable keeps new data out, not what has been so all along."""
    (live.store.folder / "ecb.parquet").write_bytes(b"no parquet")
    assert len(live.dataset().problems) == 1
    live.follow()
    bring(live, 7)
    live.look()
    assert len(live.dataset().trade) == 27


@pytest.mark.skipif(not hasattr(os, "fork"), reason="this system has no forks")
@pytest.mark.filterwarnings("ignore:This process .* is multi-threaded:DeprecationWarning")
def test_each_process_follows_for_itself(live: LiveDataset) -> None:
    """A worker that was forked off reads new data too, though the thread of its parent did not come along."""
    live.follow()
    live.dataset()
    child = os.fork()
    if child == 0:  # no assertion may leave the fork
        code = 1
        try:
            bring(live, 7)
            for _ in range(PATIENCE * 100):
                if len(live.dataset().trade) == 27:
                    code = 0
                    break
                threading.Event().wait(0.01)
        finally:
            os._exit(code)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0


def test_a_failure_to_look_is_told_once(
    live: LiveDataset, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Whatever keeps it from looking, what is held is served on."""
    tries = threading.Semaphore(0)

    def fail() -> None:
        tries.release()
        raise OSError("no such device")

    monkeypatch.setattr(live, "look", fail)
    live.follow()
    data = live.dataset()
    for _ in range(5):
        assert tries.acquire(timeout=PATIENCE)
    assert live.dataset() is data
    assert capsys.readouterr().err == "new data are not read: OSError: no such device\n"
    monkeypatch.setattr(live_dataset, "AGAIN", PATIENCE)
