"""``--changes``: what each refresh, import and upgrade changed; and noting it when one has run."""

import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pandas as pd

from analysis.dataset import Dataset
from commands.telling import FAILED, OK, USAGE, complain, say
from layouts.takeaway.figure_changes import sentence_of
from layouts.takeaway.turned_sentences import turned
from loaders.core.store import Store, StoreError
from loaders.versions.history import History, Version
from loaders.versions.table_changes import NEW

UNNOTED = "upgrade, or a run that was broken off"


@contextmanager
def noted(store: Store, cause: str, *, dry: bool = False) -> Iterator[None]:
    """Note what the block changes in the store, and before it what was not noted yet; nothing where it is ``dry``.

    A data dir without rows of the reader's own is noted only when it gets some.
    """
    if dry:
        yield
        return
    history = History(store)
    fresh = not (history.begun or history.own())
    if not fresh:
        _note(store, UNNOTED)
    yield
    if history.begun or history.own():
        _note(store, cause, begin=fresh)


def _note(store: Store, cause: str, *, begin: bool = False) -> None:
    """Note the state of the store as a version; what cannot be noted costs one line and stops nothing."""
    moment = pd.Timestamp.now()
    try:
        with store.lock():
            if begin:
                History(store).begin(moment)
            History(store).record(moment, cause)
    except StoreError as error:
        complain(f"what changed is not noted: {error}")


def show(store: Store, since: str, read: Callable[[Store, str], Dataset]) -> int:
    """Print each version since a day ``YYYY-MM-DD`` or another version: its figures, and the sentences that turned.

    ``read`` makes a dataset of a store that holds a version.
    """
    try:
        known = History(store).versions()
        first = _first(known, since)
    except (StoreError, ValueError) as error:
        complain(str(error))
        return USAGE if isinstance(error, ValueError) else FAILED
    for before, version in zip(known[first - 1 :], known[first:], strict=False):
        _show(store, before, version, read)
    if first >= len(known):
        say("nothing has changed")
    return OK


def _first(known: list[Version], since: str) -> int:
    """Return the place of the first version to show: after the named one, or on or after the day."""
    if not since:
        return 1
    for place, one in enumerate(known):
        if one.name == since:
            return place + 1
    try:
        day = pd.Timestamp(since)
    except ValueError:
        raise ValueError(
            f"there is no version and no day {since!r}; a day is 2026-08-01, --list names versions"
        ) from None
    return next((place for place, one in enumerate(known) if place and pd.Timestamp(one.moment) >= day), len(known))


def _show(store: Store, before: Version, version: Version, read: Callable[[Store, str], Dataset]) -> None:
    history = History(store)
    figures = history.changes(version)
    new = sum(one.kind == NEW for one in figures)
    say(f"{version.name}  {version.moment}  {version.cause}: {new:,} new figures, {len(figures) - new:,} changed")
    for one in figures:
        say(f"  {sentence_of(one)}")
    with tempfile.TemporaryDirectory() as folder:
        old, now = (read(history.restore(one.name, Path(folder) / one.name), one.name) for one in (before, version))
        for sentence in turned(old, now):
            say(f"  {sentence.subject}: “{sentence.before}” is now “{sentence.after}”")


def over(store: Store, name: str, act: Callable[[Store], int]) -> int:
    """Do something over the data as they were at a version, in a folder that is gone afterwards."""
    with tempfile.TemporaryDirectory() as folder:
        try:
            history = History(store)
            earlier = store if name == history.current() else history.restore(name, Path(folder))
        except KeyError:
            complain(f"there is no version {name!r} of the data; --changes lists them")
            return USAGE
        except StoreError as error:
            complain(str(error))
            return FAILED
        return act(earlier)
