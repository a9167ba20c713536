"""The dataset of the running program: read once, read again when a file of the store has changed."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, field, replace
from threading import Lock
from typing import TYPE_CHECKING, Final

from analysis.dataset import SIDES, Dataset
from callbacks.kept_answers import Kept
from loaders.core import raw_files
from loaders.core.store import Store, StoreError, read_side
from loaders.importing import import_log

if TYPE_CHECKING:
    import pandas as pd

    from analysis.selection import Selection
    from layouts.figure.chart import Chart

TABLES: Final = 64  # tables of rows kept: each chart a few times


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
    _lock: Lock = field(default_factory=Lock)
    _tables: Kept[pd.DataFrame] = field(default_factory=lambda: Kept(TABLES))

    def dataset(self) -> Dataset:
        """Return the dataset, read anew where the files have changed since."""
        with self._lock:
            stamp = self.store.stamp()
            if self._book is None or stamp != self._stamp:
                self._book, self._stamp = read(self.store), stamp
            return self._book

    def table(self, chart: Chart, selection: Selection) -> pd.DataFrame:
        """Return the rows of a chart for a selection, computed once for picture, table, CSV and point."""
        dataset, view = self.dataset(), replace(selection, point=None)
        rows = self._tables.get(dataset, (chart.name, view), lambda: chart.table(dataset.on(view.asof), view))
        return rows.copy(deep=False)  # who adds a column adds it to a copy
