"""Processors and the lock of a data dir, as each system has them."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from loaders.core import machine, store
from loaders.core.store import HOLDER, LOCK, ROOT, Store, StoreError
from loaders.importing import workers
from loaders.importing.find_files import InputFile

if TYPE_CHECKING:
    from collections.abc import Callable

pytestmark = pytest.mark.portable
_HOLD = """
import os, sys
from loaders.core.store import Store
with Store(sys.argv[1]).lock():
    print(os.getpid(), flush=True)
    sys.stdin.read()
"""


def _only(monkeypatch: pytest.MonkeyPatch, **counts: Callable[..., object]) -> None:
    """Leave ``os`` with these ways to count processors and no other."""
    for name in ("process_cpu_count", "sched_getaffinity", "cpu_count"):
        monkeypatch.delattr(os, name, raising=False)
    for name, count in counts.items():
        monkeypatch.setattr(os, name, count, raising=False)


def test_processors_are_those_that_the_process_may_use(monkeypatch: pytest.MonkeyPatch) -> None:
    """Python's own word first, then that of Linux, then all of the machine; never none."""
    every: dict[str, Callable[..., object]] = {
        "process_cpu_count": lambda: 3,
        "sched_getaffinity": lambda _: {0, 4},
        "cpu_count": lambda: 8,
    }
    _only(monkeypatch, **every)
    assert machine.processors() == 3
    del every["process_cpu_count"]
    _only(monkeypatch, **every)
    assert machine.processors() == 2
    del every["sched_getaffinity"]
    _only(monkeypatch, **every)
    assert machine.processors() == 8
    _only(monkeypatch, cpu_count=lambda: None)
    assert machine.processors() == 1


def test_no_more_processes_than_windows_waits_for(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """On a very large machine the pool stays within what every system takes."""
    asked: list[int] = []

    def on_cores(_read: object, items: list[InputFile], _failed: object, cores: int) -> list[InputFile]:
        asked.append(cores)
        return items

    monkeypatch.setattr(workers, "_on_cores", on_cores)
    monkeypatch.setattr(workers, "WORTH", 0)
    monkeypatch.setattr(machine, "processors", lambda: 128)
    workers.spread(str, [InputFile(tmp_path, "a")] * 200, lambda _item, why: why)
    assert asked == [61]


def test_a_lock_keeps_another_process_out_and_names_it(tmp_path: Path) -> None:
    """While one process writes, another is told which; a holder that is killed leaves no lock behind."""
    data = Store(tmp_path)
    child = subprocess.Popen(
        [sys.executable, "-c", _HOLD, str(tmp_path)],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    )
    assert child.stdout
    try:
        holder = child.stdout.readline().strip()
        with pytest.raises(StoreError, match=rf"{LOCK}: held by process {holder}; wait until"), data.lock():
            pytest.fail("two hold it at once")
    finally:
        child.kill()
        child.communicate()
    with data.lock():
        assert (tmp_path / HOLDER).read_text("utf-8") == f"process {os.getpid()}"


def test_the_lock_ends_with_what_it_guards(tmp_path: Path) -> None:
    """Whether the work is done or breaks, the next one gets the lock, and nobody is named as its holder."""
    data = Store(tmp_path)

    def broken() -> None:
        with data.lock():
            raise KeyError

    for _ in range(2):
        with pytest.raises(KeyError):
            broken()
        assert not (tmp_path / HOLDER).exists()
    with data.lock(), pytest.raises(StoreError, match="held by process"), Store(tmp_path).lock():
        pytest.fail("two hold it at once")


def test_a_file_that_is_being_read_is_replaced_a_moment_later(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Windows keeps a file that someone reads; the writer waits a little, then says so, and the old file stands."""
    file, slept = tmp_path / "a.csv", list[float]()
    file.write_bytes(b"old")
    replace, refusals = Path.replace, [PermissionError(13, "in use")] * 2

    def refused(self: Path, other: Path) -> Path:
        if refusals:
            raise refusals.pop()
        return replace(self, other)

    monkeypatch.setattr(store, "_PAUSES", (0.5, 1.0))
    monkeypatch.setattr(time, "sleep", slept.append)
    monkeypatch.setattr(Path, "replace", refused)
    store.write_bytes(file, b"new")
    assert (file.read_bytes(), slept) == (b"new", [0.5, 1.0])
    refusals += [PermissionError(13, "in use")] * 3
    with pytest.raises(StoreError, match=r"a\.csv: cannot be written \(in use\); the old file stands"):
        store.write_bytes(file, b"newer")
    assert [one.read_bytes() for one in tmp_path.iterdir()] == [b"new"]
