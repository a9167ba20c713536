"""A file that fills several sources is written table by table: if that is cut short, it is taken back."""

import json
from collections.abc import Sequence
from typing import Final

import pandas as pd

from loaders.core import import_marks
from loaders.core.console import Console
from loaders.core.import_marks import Mark
from loaders.core.store import Store

NOTE: Final = ".importing"


def note(store: Store, files: Sequence[str], moment: pd.Timestamp) -> None:
    """Note on disk, before the first table is written, which files are about to fill several."""
    store.write_note(
        NOTE, json.dumps({"moment": import_marks.second(moment), "files": list(map(import_marks.quotable, files))})
    )


def clear(store: Store) -> None:
    """Remove the note: all tables are written."""
    store.write_note(NOTE, "")


def heal(store: Store, talk: Console) -> None:
    """Take back an import that was cut short between two tables; the caller holds the lock."""
    text = store.read_note(NOTE)
    if not text:
        return
    try:
        note = json.loads(text)
        moment, files = str(note["moment"]), list(map(str, note["files"]))
    except (ValueError, KeyError, TypeError):
        files, moment = [], ""  # cut short within the note: no table had been written yet

    def cut_short(mark: Mark) -> bool:
        return mark.moment == moment and mark.file in files

    for source in store.sources() if files else ():
        import_marks.take_back(store.stored(source), cut_short).put(store, source)
    clear(store)
    for file in files:
        talk.error(f"{file}: its last import was cut short and is taken back; import it again")
