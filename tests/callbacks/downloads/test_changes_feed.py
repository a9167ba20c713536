"""The feed of changes: an entry a figure, the same whenever it is asked for, empty before anything has changed.

All figures here are made up.
"""

from __future__ import annotations

import xml.etree.ElementTree as ET
from typing import TYPE_CHECKING

import pandas as pd
import pytest
from flask import Flask

from callbacks.downloads import changes_feed
from callbacks.live_dataset import LiveDataset
from loaders.core import schema
from loaders.core.store import Store
from loaders.versions.history import History
from tests.loaders.versions.test_history import made_up

if TYPE_CHECKING:
    from pathlib import Path

ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture
def store(tmp_path: Path) -> Store:
    """Return a store with nothing of its own."""
    return Store(tmp_path / "data")


def feed(store: Store) -> ET.Element:
    """Return what the server answers."""
    server = Flask("feed")
    changes_feed.install(server, LiveDataset(store))
    answer = server.test_client().get("/changes.atom")
    assert answer.mimetype == "application/atom+xml"
    return ET.fromstring(answer.data)  # noqa: S314 (made by the program)


def test_without_changes_it_is_empty(store: Store) -> None:
    """No history, one state, or a broken log: no entry."""
    assert not feed(store).findall(f"{ATOM}entry")
    History(store).record(pd.Timestamp("2026-08-01"), "refresh")
    assert not feed(store).findall(f"{ATOM}entry")
    (store.folder / "versions" / "log.jsonl").write_text("{", "utf-8")
    assert not feed(store).findall(f"{ATOM}entry")


def test_each_figure_is_an_entry(store: Store) -> None:
    """Two new figures, then one revised: three entries, newest first, with ids that stay."""
    history = History(store)
    history.record(pd.Timestamp("2026-08-01"), "refresh")
    first = made_up({"2030-01": 1e9, "2030-02": 2e9})
    store.write("imf", first)
    history.record(pd.Timestamp("2026-08-02"), "refresh")
    store.write("imf", schema.concat([first, made_up({"2030-02": 3e9}, "2026-01-01")]))
    history.record(pd.Timestamp("2026-08-03"), "refresh")
    entries = feed(store).findall(f"{ATOM}entry")
    titles = [entry.findtext(f"{ATOM}title") for entry in entries]
    assert (
        titles[0]
        == "Revised: IMF, as counted by China: imports, Russia, all goods, Feb 2030: 2,000,000,000 → 3,000,000,000 USD"
    )
    assert [str(title).partition(":")[0] for title in titles] == ["Revised", "New", "New"]
    ids = [entry.findtext(f"{ATOM}id") for entry in entries]
    assert len(set(ids)) == 3
    assert [entry.findtext(f"{ATOM}id") for entry in feed(store).findall(f"{ATOM}entry")] == ids
    assert str(entries[0].findtext(f"{ATOM}updated")).startswith("2026-08-03T00:00:00")


def test_a_state_that_comes_again_has_entries_of_its_own(store: Store) -> None:
    """Brought, taken back, brought again: three entries with three ids."""
    history, rows = History(store), made_up({"2030-01": 1e9})
    history.record(pd.Timestamp("2026-08-01"), "import")
    for day in (2, 3, 4):
        store.drop("imf") if day == 3 else store.write("imf", rows)
        history.record(pd.Timestamp(2026, 8, day), "import")
    entries = feed(store).findall(f"{ATOM}entry")
    assert [str(entry.findtext(f"{ATOM}title")).partition(":")[0] for entry in entries] == [
        "New",
        "No longer there",
        "New",
    ]
    assert len({entry.findtext(f"{ATOM}id") for entry in entries}) == 3
