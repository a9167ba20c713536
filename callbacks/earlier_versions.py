"""Earlier versions of the data in memory: a few at a time, each put together when it is first asked for."""

import tempfile
from collections import OrderedDict
from collections.abc import Callable
from pathlib import Path
from threading import Lock
from typing import Final

from analysis.dataset import Dataset
from loaders.core.store import Store
from loaders.versions.history import History

MOST: Final = 2  # versions in memory at once: a comparison takes two


class EarlierVersions:
    """The datasets of earlier versions; the one that nobody has asked for longest goes first."""

    def __init__(self, store: Store, read: Callable[[Store, str], Dataset]) -> None:
        """Put nothing together yet; ``read`` makes a dataset of a store that holds a version."""
        self._store, self._read = store, read
        self._loaded: OrderedDict[str, Dataset] = OrderedDict()
        self._lock = Lock()

    def __len__(self) -> int:
        """Return how many are in memory."""
        return len(self._loaded)

    def get(self, name: str) -> Dataset:
        """Return the dataset of a version, as if read on the day of its newest figure.

        Raises:
            KeyError: there is no such version.
            StoreError: what is kept of it cannot be read.
        """
        with self._lock:
            if name not in self._loaded:
                self._put(name)
            self._loaded.move_to_end(name)
            return self._loaded[name]

    def _put(self, name: str) -> None:
        with tempfile.TemporaryDirectory() as folder:
            store = History(self._store).restore(name, Path(folder))
            while len(self._loaded) >= MOST:  # before the next is read: never more than that at once
                self._loaded.popitem(last=False)
            self._loaded[name] = self._read(store, name)
