"""The book of the running program: read once, read again when a file of the store has changed."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, field
from threading import Lock

from analysis.book import SIDES, Book
from loaders import raw
from loaders.store import Store, StoreError, read_side


def read(store: Store) -> Book:
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
    try:
        newest = max(raw.refreshed(store.folder).values(), default=None)
    except OSError as error:
        newest = None
        problems.append(f"{store.folder}: cannot be read ({error.strerror}); what ships is shown")
    return Book(loaded.trade, sides, tuple(problems), refreshed=newest)


@dataclass
class Shelf:
    """Holds the newest book; readers never wait for a writer of the store."""

    store: Store
    _book: Book | None = None
    _stamp: object = None
    _lock: Lock = field(default_factory=Lock)

    def book(self) -> Book:
        """Return the book, read anew where the files have changed since."""
        with self._lock:
            stamp = self.store.stamp()
            if self._book is None or stamp != self._stamp:
                self._book, self._stamp = read(self.store), stamp
            return self._book
