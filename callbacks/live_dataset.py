"""The dataset of the running program: read once, read again when a file of the store has changed."""

from __future__ import annotations

import os
import threading
import time
from contextlib import suppress
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final

from analysis.dataset import SIDES, Dataset
from callbacks.kept_answers import KeptValues
from commands.telling import complain
from loaders.core import machine, places, raw_files
from loaders.core.store import Store, StoreError, read_side
from loaders.importing import import_log

if TYPE_CHECKING:
    import pandas as pd

    from analysis.selection import Selection
    from layouts.figure.chart import Chart

TABLES: Final = 64  # tables of rows kept: each chart a few times
AGAIN: Final = 2.0  # seconds between two looks at the files


def read(store: Store) -> Dataset:
    """Read the store and the side tables; what cannot be read costs one line."""
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
        newest = max(raw_files.refreshed(store.folder).values(), default=None)
        brought = import_log.told(store)
    except OSError as error:
        problems.append(f"{store.folder}: cannot be read ({error.strerror}); what ships is shown; check the folder")
    except StoreError as error:
        problems.append(str(error))
    return Dataset(loaded.trade, sides, tuple(dict.fromkeys(problems)), refreshed=newest, imports=brought)


@dataclass
class LiveDataset:
    """Holds the newest dataset; readers never wait for a writer of the store."""

    store: Store
    _book: Dataset | None = None
    _stamp: object = None
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _tables: KeptValues[pd.DataFrame] = field(default_factory=lambda: KeptValues(TABLES))
    _followed: bool = False
    _follower: int = 0  # the process whose thread follows the files
    _refused: tuple[str, ...] = ()
    _state: str | None = None  # what names the files that were read

    def dataset(self) -> Dataset:
        """Return the dataset, read anew where the files have changed since; once followed, as it was last read."""
        if self._followed and self._book is not None:
            self._start_following()
            return self._book
        with self._lock:
            stamp = self.store.stamp()
            if self._book is None or stamp != self._stamp:
                self._book, self._state = self._read()
                self._stamp = stamp
            return self._book

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
        return state if dataset is self._book else None

    @property
    def problems(self) -> tuple[str, ...]:
        """A line for each file that cannot be read now, also where an earlier reading of it is still shown."""
        return tuple(dict.fromkeys((*self.dataset().problems, *self._refused)))

    def follow(self) -> None:
        """Let a thread look for new files from now on: what was read before is served until they are read."""
        self._followed = True

    def _start_following(self) -> None:
        """Start the thread, once in each process: a fork takes none along."""
        if self._follower == os.getpid():
            return
        with self._lock:
            if self._follower != os.getpid():
                self._follower = os.getpid()
                threading.Thread(target=self._follow, name="following", daemon=True).start()

    def _follow(self) -> None:
        told = ""
        while True:
            time.sleep(AGAIN)
            try:
                self.look()
                told = ""
            except Exception as error:  # noqa: BLE001 (whatever it is, the figures held are served on)
                line = f"new data are not read: {type(error).__name__}: {str(error)[:200]}"
                if line != told:
                    complain(line)
                told = line

    def look(self) -> None:
        """Read the files where they have changed; what has become unreadable since leaves all as it is, with a line."""
        stamp, before = self.store.stamp(), self._book
        if stamp == self._stamp or before is None:
            return
        (new, state), told = self._read(), {_place(line) for line in self._refused}
        self._refused = tuple(line for line in new.problems if line not in before.problems)
        self._stamp = stamp
        if self._refused:
            lines = [line for line in self._refused if _place(line) not in told]
            if lines:
                complain(f"{'; '.join(lines)}; until then all is shown as read at {before.read:%Y-%m-%d %H:%M}")
            return
        self._state, self._book = None, new
        self._state = state

    def table(self, chart: Chart, selection: Selection) -> pd.DataFrame:
        """Return the rows of a chart for a selection, computed once for picture, table, CSV and point."""
        dataset, view = self.dataset(), replace(selection, point=None)
        rows = self._tables.get(dataset, (chart.name, view), lambda: chart.table(dataset.on(view.asof), view))
        return rows.copy(deep=False)  # who adds a column adds it to a copy


def _place(line: str) -> str:
    """Return what a line is about: the file that it begins with."""
    return line.partition(": ")[0]
