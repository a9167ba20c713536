"""The dataset of the running program: read once, read again when a file of the store has changed."""

import os
import threading
import time
from contextlib import suppress
from dataclasses import dataclass, field, replace
from typing import Final

import pandas as pd

from analysis.dataset import SIDES, Dataset
from analysis.selection import Selection
from analysis.vintages import known_last
from callbacks.earlier_versions import EarlierVersions
from callbacks.kept_answers import KeptValues
from commands.telling import complain
from layouts.figure.chart import Chart
from layouts.takeaway.taken_chart import TakenChart
from loaders.core import machine, places, raw_files
from loaders.core.store import Store, StoreError, read_side
from loaders.importing import import_log
from loaders.versions.history import History

TABLES: Final = 64  # tables of rows kept: each chart a few times
AGAIN: Final = 2.0  # seconds between two looks at the files


def read(store: Store, version: str = "") -> Dataset:
    """Read the store and the side tables; what cannot be read costs one line.

    With the name of a version the store holds that one, which shows the same whenever it is read.
    """
    dataset = _read(store, version)
    return dataset.settled if version else dataset


def _read(store: Store, version: str) -> Dataset:
    loaded = store.load()
    sides, problems = {}, list(loaded.problems)
    for name in SIDES:
        try:
            sides[name] = store.side(name)
        except StoreError as error:
            problems.append(str(error))
            with suppress(StoreError):
                sides[name] = read_side(name)  # what ships stands, whatever is wrong with the reader's own file
    newest: str | None = None
    brought: tuple[str, ...] = ()
    try:
        version = version or History(store).current()
        newest = max(raw_files.refreshed(store.folder).values(), default=None)
        brought = import_log.summaries(store)
    except OSError as error:
        problems.append(f"{store.folder}: cannot be read ({error.strerror}); what ships is shown; check the folder")
    except StoreError as error:
        problems.append(str(error))
    lines = tuple(dict.fromkeys(problems))
    return Dataset(known_last(loaded.trade), sides, lines, refreshed=newest, imports=brought, version=version)


@dataclass
class LiveDataset:
    """Holds the newest dataset; readers never wait for a writer of the store."""

    store: Store
    _dataset: Dataset | None = None
    _stamp: object = None
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _tables: KeptValues[pd.DataFrame] = field(default_factory=lambda: KeptValues(TABLES))
    _followed: bool = False
    _follower: int = 0  # the process whose thread follows the files
    _ended: bool = False
    _refused: tuple[str, ...] = ()
    _state: str | None = None  # what names the files that were read
    _earlier: EarlierVersions = field(init=False)

    def __post_init__(self) -> None:
        """Have no earlier version in memory yet."""
        self._earlier = EarlierVersions(self.store, read)

    def dataset(self) -> Dataset:
        """Return the dataset, read anew where the files have changed since; once followed, as it was last read."""
        if self._followed and self._dataset is not None:
            self._start_following()
            return self._dataset
        with self._lock:
            stamp = self.store.stamp()
            if self._dataset is None or stamp != self._stamp:
                self._dataset, self._state = self._read()
                self._stamp = stamp
            return self._dataset

    def _read(self) -> tuple[Dataset, str | None]:
        """Read the store; return what names its files too, where they stayed as they are meanwhile."""
        before = places.of_data(self.store.folder, self.store.snapshot)
        dataset = read(self.store)
        _ = dataset.pair_totals  # the first reader would wait for them
        machine.trim()
        return dataset, before if before == places.of_data(self.store.folder, self.store.snapshot) else None

    def state_of(self, dataset: Dataset) -> str | None:
        """Return what names the files that a dataset was read from; None where it is not the newest one."""
        state = self._state
        return state if dataset is self._dataset else None

    @property
    def problems(self) -> tuple[str, ...]:
        """A line for each file that cannot be read now, also where an earlier reading of it is still shown."""
        return tuple(dict.fromkeys((*self.dataset().problems, *self._refused)))

    def follow(self) -> None:
        """Let a thread look for new files from now on: what was read before is served until they are read."""
        self._followed = True

    def end(self) -> None:
        """Look for no new files any more, and say no more of them."""
        self._ended = True

    def _start_following(self) -> None:
        """Start the thread, once in each process: a fork takes none along."""
        if self._follower == os.getpid():
            return
        with self._lock:
            if self._follower != os.getpid():
                self._follower = os.getpid()
                threading.Thread(target=self._follow, name="following", daemon=True).start()

    def _follow(self) -> None:
        last = ""
        while not self._ended:
            time.sleep(AGAIN)
            try:
                self.look()
                last = ""
            except Exception as error:  # noqa: BLE001 (whatever it is, the figures held are served on)
                line = f"new data are not read: {type(error).__name__}: {str(error)[:200]}"
                if line != last and not self._ended:
                    complain(line)
                last = line

    def look(self) -> None:
        """Read the files where they have changed; what has become unreadable since leaves all as it is, with a line."""
        stamp, before = self.store.stamp(), self._dataset
        if stamp == self._stamp or before is None:
            return
        (new, state), known = self._read(), {_place(line) for line in self._refused}
        self._refused = tuple(line for line in new.problems if line not in before.problems)
        self._stamp = stamp
        if self._refused:
            lines = [line for line in self._refused if _place(line) not in known]
            if lines:
                complain(f"{'; '.join(lines)}; until then all is shown as read at {before.read:%Y-%m-%d %H:%M}")
            return
        self._state, self._dataset = None, new
        self._state = state

    def version(self, name: str | None) -> Dataset:
        """Return the dataset of a version of the data by its name, the newest without one.

        Raises:
            KeyError: there is no such version.
            StoreError: what is kept of it cannot be read.
        """
        newest = self.dataset()
        return newest if name in (None, newest.version) else self._earlier.get(str(name))

    def of(self, selection: Selection) -> Dataset:
        """Return the dataset of the version that a view names; the newest where there is no such, or it is broken."""
        try:
            return self.version(selection.v)
        except (KeyError, StoreError):
            return self.dataset()

    def table(self, chart: Chart, selection: Selection) -> pd.DataFrame:
        """Return the rows of a chart for a selection, computed once for picture, table, CSV and point.

        Under a version of the data they do not depend on the day on which they are asked for.
        """
        newest, dataset, view = self.dataset(), self.of(selection), replace(selection, point=None, v=None)
        if selection.v == dataset.version and chart.dated:
            dataset = dataset.settled
        which = "" if dataset is newest else dataset.version
        rows = self._tables.get(newest, (chart.name, view, which), lambda: chart.table(dataset.on(view.asof), view))
        return rows.copy(deep=False)  # who adds a column adds it to a copy

    def taken(self, chart: Chart, selection: Selection, root: str) -> TakenChart:
        """Return what is taken along of a chart under a view; ``root`` is the address that the page is served at."""
        dataset, rows = self.of(selection), self.table(chart, selection)
        return TakenChart(chart, rows, selection, root, dataset.version, dataset.newest)


def _place(line: str) -> str:
    """Return what a line is about: the file that it begins with."""
    return line.partition(": ")[0]
