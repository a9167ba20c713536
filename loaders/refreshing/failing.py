"""Which sources failed when they were last refreshed: kept beside the data, for whoever watches a server."""

import json
from collections.abc import Iterable
from typing import Final

from loaders.core.store import Store, StoreError
from loaders.refreshing.refresh_report import Report

NOTE: Final = ".failing"


def note(store: Store, reports: Iterable[Report]) -> None:
    """Remember those that failed now, forget those that did not; the others stay. The caller holds the lock."""
    before = set(names(store))
    after = set(before)
    for report in reports:
        (after.add if report.failures else after.discard)(report.source)
    if after != before:
        store.write_note(NOTE, json.dumps(sorted(after)) if after else "")


def names(store: Store) -> list[str]:
    """Return their names, sorted; none where nothing is noted, or the note cannot be read as one."""
    try:
        noted = json.loads(store.read_note(NOTE) or "[]")
    except (StoreError, ValueError):
        return []
    return sorted(str(name) for name in noted) if isinstance(noted, list) else []
