"""Many files: on processes and on a local Dask cluster, with workers killed under way."""

from __future__ import annotations

import builtins
import os
import signal
import sys
import warnings
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

import pytest

from loaders.core import machine
from loaders.importing import workers

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


def _cluster(**workers: int) -> Any:
    """Return a cluster on this machine; the processes that read files, which import this module, do without Dask."""
    import distributed  # noqa: PLC0415

    return distributed.LocalCluster(dashboard_address=":0", **workers)


@dataclass(frozen=True)
class Item:
    """A file to read, and where a test notes that it has been tried."""

    path: Path
    mark: Path


def read(item: Item, prefix: str = "", *, told: bool = False) -> str:
    """Return a file's text, with the process that read it where asked; kill it where the text asks for that."""
    text = item.path.read_text("utf-8")
    if text == "kills each time" or (text == "kills once" and not item.mark.exists()):
        item.mark.write_text("tried", "utf-8")
        os.kill(os.getpid(), signal.SIGKILL)
    return f"{prefix}{text} {os.getpid()}" if told else f"{prefix}{text}"


def where(item: Item) -> str:
    """Return the path that a file was read from."""
    return str(item.path)


def failed(item: Item, why: str) -> str:
    """Return what stands in for a file that cannot be read."""
    return f"{item.path.name}: {why}"


def items(folder: Path, *texts: str) -> list[Item]:
    """Write one file a text."""
    made = [Item(folder / f"{place}.csv", folder / f"{place}.tried") for place, _ in enumerate(texts)]
    for item, text in zip(made, texts, strict=True):
        item.path.write_text(text, "utf-8")
    return made


@pytest.fixture
def _worth(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let small files, on any machine, be worth processes."""
    monkeypatch.setattr(workers, "WORTH", 0)
    monkeypatch.setattr(machine, "processors", lambda: 2)


@pytest.fixture(scope="module")
def cluster() -> Iterator[str]:
    """Run a scheduler and two worker processes on this machine."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        with _cluster(n_workers=2, threads_per_worker=1) as running:
            yield running.scheduler_address


def test_few_or_small_files_stay_in_this_process(tmp_path: Path) -> None:
    """Little work starts no process."""
    made = items(tmp_path, "a", "b")
    here = list(workers.spread(_process, made, failed))
    assert here == [str(os.getpid())] * 2


def _process(item: Item) -> str:
    del item
    return str(os.getpid())


@pytest.mark.usefixtures("_worth")
def test_processes_keep_the_order(tmp_path: Path) -> None:
    """Results come in the order of the files, though other processes make them."""
    texts = [str(number) for number in range(12)]
    results = list(workers.spread(partial(read, prefix="-", told=True), items(tmp_path, *texts), failed))
    assert [text.partition(" ")[0] for text in results] == ["-" + text for text in texts]
    assert str(os.getpid()) not in {text.partition(" ")[2] for text in results}


@pytest.mark.usefixtures("_worth")
def test_a_killed_process_costs_its_file_s_time(tmp_path: Path) -> None:
    """A process killed once loses nothing: its file is read again."""
    made = items(tmp_path, "a", "kills once", "b", "c", "d", "e", "f")
    assert list(workers.spread(read, made, failed)) == ["a", "kills once", "b", "c", "d", "e", "f"]
    assert made[1].mark.exists()


@pytest.mark.usefixtures("_worth")
def test_a_file_that_kills_is_named_alone(tmp_path: Path) -> None:
    """A file that kills every process that reads it is named, and all others are read."""
    made = items(tmp_path, "a", "b", "kills each time", "c", "d", "e", "f", "g")
    results = list(workers.spread(read, made, failed))
    assert results[:2] + results[3:] == ["a", "b", "c", "d", "e", "f", "g"]
    assert results[2].startswith("2.csv: the process that read it was killed more than once")


def test_a_cluster_reads_and_keeps_the_order(tmp_path: Path, cluster: str) -> None:
    """Worker processes of a Dask cluster give the same results in the same order."""
    texts = [str(number) for number in range(12)]
    results = list(workers.spread(partial(read, prefix="-", told=True), items(tmp_path, *texts), failed, cluster))
    assert [text.partition(" ")[0] for text in results] == ["-" + text for text in texts]
    assert str(os.getpid()) not in {text.partition(" ")[2] for text in results}


def test_a_lost_worker_costs_its_file_s_time(tmp_path: Path, cluster: str) -> None:
    """A cluster's worker killed under way loses nothing: another reads its file."""
    made = items(tmp_path, "a", "b", "kills once", "c", "d", "e")
    assert list(workers.spread(read, made, failed, cluster)) == ["a", "b", "kills once", "c", "d", "e"]
    assert made[2].mark.exists()


def test_a_file_that_kills_workers_is_named(tmp_path: Path, cluster: str) -> None:
    """A file that kills every worker it meets is given up and named, and the others are read."""
    made = items(tmp_path, "a", "kills each time", "b")
    results = list(workers.spread(read, made, failed, cluster))
    assert [results[0], results[2]] == ["a", "b"]
    assert results[1].startswith("1.csv: the process that read it was killed more than once")


def test_workers_that_see_the_path_read_it_there(tmp_path: Path, cluster: str) -> None:
    """On a shared file system no bytes are sent."""
    made = items(tmp_path, "a")
    assert list(workers.spread(where, made, failed, cluster)) == [str(made[0].path)]


def test_workers_that_do_not_see_the_path_get_the_bytes(
    tmp_path: Path, cluster: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Elsewhere a file's bytes travel; a file too large for that is read on this machine."""
    made = items(tmp_path, "a", "b")
    monkeypatch.setattr(workers, "_stamp", lambda _: (0, 0))  # another file than the workers see
    assert list(workers.spread(read, made, failed, cluster)) == ["a", "b"]
    assert str(made[0].path) not in workers.spread(where, made, failed, cluster)
    monkeypatch.setattr(workers, "SENT", 0)
    assert list(workers.spread(_process, made, failed, cluster)) == [str(os.getpid())] * 2


def test_without_dask_the_line_says_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """--scheduler without Dask is one line with the command that helps."""
    real = builtins.__import__

    def lacking(name: str, *rest: Any) -> Any:
        if name == "distributed":
            raise ImportError(name)
        return real(name, *rest)

    monkeypatch.delitem(sys.modules, "distributed", raising=False)
    monkeypatch.setattr(builtins, "__import__", lacking)
    with pytest.raises(workers.ArchiveError, match=r"pip install -r requirements-cluster\.txt"):
        list(workers.spread(read, items(tmp_path, "a"), failed, "tcp://127.0.0.1:1"))


def test_a_scheduler_that_does_not_answer_is_one_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A wrong address ends in one line that says what to start."""
    monkeypatch.setattr(workers, "_ANSWER", 0.5)
    with pytest.raises(workers.ArchiveError, match="no Dask scheduler answers"):
        list(workers.spread(read, items(tmp_path, "a"), failed, "tcp://127.0.0.1:1"))


def test_a_scheduler_without_workers_is_one_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A scheduler alone can read nothing, and the line says what to start."""
    monkeypatch.setattr(workers, "_ANSWER", 0.5)
    with (
        _cluster(n_workers=0) as lonely,
        pytest.raises(workers.ArchiveError, match="has no workers"),
    ):
        list(workers.spread(read, items(tmp_path, "a"), failed, lonely.scheduler_address))
