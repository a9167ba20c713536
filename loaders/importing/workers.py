"""Many files at once: on all cores of this machine, or on an existing Dask cluster.

The same pure function reads a file wherever it runs, so results are the same and come in the
order of the files; what it returns holds only rows in scope. A worker that is lost costs its file's
time: the file is read again elsewhere, and a file that kills its workers is named, not the run.
"""

import multiprocessing
import os
import signal
import tempfile
import threading
import warnings
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, replace
from pathlib import Path
from types import ModuleType
from typing import Any, ClassVar, Final, Generic, Protocol, Self, TypeVar

from loaders.core import machine

WORTH: Final = 32 << 20
SENT: Final = 32 << 20
_ANSWER: Final = 10
_PATIENCE: Final = 60
_MOST_PROCESSES: Final = 61  # Windows waits for no more at once
_KILLED: Final = "the process that read it was killed more than once, perhaps for want of memory; read it by itself"


class ArchiveError(RuntimeError):
    """Files cannot be spread as asked: one line, what, where, what to do."""


class Located(Protocol):
    """What is read: a dataclass that knows where its file lies."""

    __dataclass_fields__: ClassVar[dict[str, Any]]

    @property
    def path(self) -> Path:
        """Return where the file lies."""
        ...


Item = TypeVar("Item", bound=Located)
Result = TypeVar("Result")


def spread(
    read: Callable[[Item], Result],
    items: Sequence[Item],
    failed: Callable[[Item, str], Result],
    scheduler: str | None = None,
) -> Iterator[Result]:
    """Yield ``read(item)`` of each item, in order; ``failed(item, why)`` where every worker on it died.

    ``read`` is a function of a module, or a partial of one. Without ``scheduler`` the cores of this
    machine work, where there is enough for them to do.

    Raises:
        ArchiveError: Dask is not installed, the scheduler does not answer, or its workers are gone.
    """
    if scheduler is not None:
        return _on_cluster(read, items, failed, scheduler)
    cores = machine.processors()
    if cores < 2 or len(items) < 2 or sum(map(_size, items)) < WORTH:
        return map(read, items)
    return _on_cores(read, items, failed, min(cores, len(items), _MOST_PROCESSES))


def _size(item: Located) -> int:
    try:
        return item.path.stat().st_size
    except OSError:
        return 0


@dataclass
class _Waiting(Generic[Item, Result]):
    """A file on its way, and how often its worker was lost."""

    item: Item
    future: Future[Result]
    lost: int = 0


def _on_cores(
    read: Callable[[Item], Result], items: Iterable[Item], failed: Callable[[Item, str], Result], cores: int
) -> Iterator[Result]:
    """Read in processes, a few files ahead of the one that is due, so that results do not pile up."""
    left, waiting = iter(items), deque[_Waiting[Item, Result]]()
    pool = _pool(cores)
    try:
        while True:
            for item in left:
                waiting.append(_Waiting(item, _submitted(pool, read, item)))
                if len(waiting) >= 2 * cores:
                    break
            if not waiting:
                return
            try:
                result = waiting[0].future.result()
            except BrokenProcessPool:
                pool.shutdown(cancel_futures=True)
                pool = _pool(cores)
                _again(pool, read, waiting, failed)
            else:
                waiting.popleft()
                yield result
    finally:
        pool.shutdown(cancel_futures=True)


def _again(
    pool: ProcessPoolExecutor,
    read: Callable[[Item], Result],
    waiting: Iterable[_Waiting[Item, Result]],
    failed: Callable[[Item, str], Result],
) -> None:
    """Read again what a lost worker took along; nobody knows which file killed it, so twice lost is read alone."""
    for one in waiting:
        if one.future.done() and not one.future.cancelled() and one.future.exception() is None:
            continue
        one.lost += 1
        one.future = _submitted(pool, read, one.item) if one.lost == 1 else _alone(read, one.item, failed)


def _submitted(pool: ProcessPoolExecutor, read: Callable[[Item], Result], item: Item) -> Future[Result]:
    try:
        return pool.submit(read, item)
    except BrokenProcessPool as error:
        future: Future[Result] = Future()
        future.set_exception(error)
        return future


def _alone(read: Callable[[Item], Result], item: Item, failed: Callable[[Item, str], Result]) -> Future[Result]:
    future: Future[Result] = Future()
    with _pool(1) as pool:
        try:
            future.set_result(pool.submit(read, item).result())
        except BrokenProcessPool:
            future.set_result(failed(item, _KILLED))
    return future


def _pool(cores: int) -> ProcessPoolExecutor:
    context = multiprocessing.get_context("spawn")
    return ProcessPoolExecutor(cores, mp_context=context, initializer=begin)


def begin() -> None:
    """Leave Ctrl-C to the parent, and end with it, however it ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _dask() -> ModuleType:
    try:
        import distributed  # noqa: PLC0415 (optional: only --scheduler needs it)
    except ImportError as error:
        raise ArchiveError(
            "--scheduler needs Dask, which is not installed; pip install -r requirements-cluster.txt"
        ) from error
    return distributed


def _on_cluster(
    read: Callable[[Item], Result],
    items: Iterable[Item],
    failed: Callable[[Item, str], Result],
    address: str,
) -> Iterator[Result]:
    """Read on a cluster, a few files ahead of the one that is due."""
    left, waiting = iter(items), deque[tuple[Item, Any]]()
    with _Cluster(address) as cluster:
        while True:
            for item in left:
                waiting.append((item, cluster.submit(_there, read, item, _stamp(item.path))))
                if len(waiting) >= cluster.ahead:
                    break
            if not waiting:
                return
            item, future = waiting.popleft()
            yield cluster.result(read, item, future, failed)


class _Cluster:
    """A connection to a Dask scheduler whose troubles come as one line."""

    def __init__(self, address: str) -> None:
        self._dask, self._address = _dask(), address
        try:
            self._client = self._dask.Client(address, timeout=_ANSWER, set_as_default=False)
        except (OSError, ValueError, TimeoutError) as error:
            raise ArchiveError(
                f"{address}: no Dask scheduler answers; start one (dask scheduler) or leave out --scheduler"
            ) from error
        try:
            self._client.wait_for_workers(1, timeout=_ANSWER)
        except TimeoutError as error:
            self._client.close()
            raise ArchiveError(
                f"{address}: the scheduler has no workers; start some (dask worker {address})"
            ) from error
        self.ahead = 2 * sum(self._client.nthreads().values())

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._client.close()

    def submit(self, function: Callable[..., object], *arguments: object) -> Any:  # noqa: ANN401 (Dask is untyped)
        """Send a task off; it is run again where its worker is lost."""
        with warnings.catch_warnings():
            warnings.filterwarnings("ignore", message="Sending large graph")
            return self._client.submit(function, *arguments, pure=False)

    def result(
        self,
        read: Callable[[Item], Result],
        item: Item,
        future: Any,  # noqa: ANN401 (Dask is untyped)
        failed: Callable[[Item, str], Result],
    ) -> Result:
        """Return what a task gave, from wherever the file can be read."""
        try:
            outcome = self._patiently(future)
            if isinstance(outcome, _Unseen) and _size(item) <= SENT:
                outcome = self._patiently(self.submit(_sent, read, item, item.path.read_bytes()))
        except self._dask.KilledWorker:  # Dask blames whatever lay with the lost workers
            return _alone(read, item, failed).result()
        return read(item) if isinstance(outcome, _Unseen) else outcome

    def _patiently(self, future: Any) -> Any:  # noqa: ANN401 (Dask is untyped)
        """Wait for a task as long as there are workers."""
        idle = 0
        while idle < _PATIENCE:
            try:
                return future.result(timeout=_ANSWER)
            except self._dask.TimeoutError:
                idle = 0 if self._client.nthreads() else idle + _ANSWER
            except self._dask.KilledWorker:
                raise
            except (ImportError, AttributeError) as error:
                raise ArchiveError(
                    f"{self._address}: its workers cannot run this project ({error}); start them in its folder"
                ) from error
            except (OSError, self._dask.CancelledError) as error:
                raise ArchiveError(
                    f"{self._address}: the scheduler is gone ({error}); start it and try again"
                ) from error
        raise ArchiveError(f"{self._address}: all workers are gone; start some and try again")


class _Unseen:
    """A worker's answer that it does not see this very file."""


def _stamp(path: Path) -> tuple[int, int]:
    """Return what tells a file from another of the same name on another machine."""
    try:
        stat = path.stat()
    except OSError:
        return (-1, -1)
    return stat.st_size, stat.st_mtime_ns


def _there(read: Callable[[Item], Result], item: Item, stamp: tuple[int, int]) -> Result | _Unseen:
    """Read a file that the worker sees under the same path."""
    return read(item) if _stamp(item.path) == stamp else _Unseen()


def _sent(read: Callable[[Item], Result], item: Item, content: bytes) -> Result:
    """Read a file whose bytes came along."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "sent"
        path.write_bytes(content)
        return read(replace(item, path=path))
