"""``imports.csv`` in the data dir: what a reader brought, file by file, who and when, and what became of its rows."""

import getpass
from collections.abc import Callable, Sequence
from typing import Final

import pandas as pd

from loaders.core import import_marks, schema, store
from loaders.core.store import Store

NAME: Final = "imports.csv"
COLUMNS: Final = schema.columns_of("import_log")
FATES: Final = ("rows_read", "stored", "left_out", "merged", "refused")


def whoever() -> str:
    """Return the name under which this machine knows who runs the import, empty where it knows none."""
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return ""


def read(data: Store) -> pd.DataFrame:
    """Return the record as text, in ``COLUMNS``; no rows where nothing came in; StoreError where it is broken."""
    file = data.folder / NAME
    if not file.exists():
        return pd.DataFrame(columns=list(COLUMNS), dtype="str")
    return store.read_csv(file, "move it away").reindex(columns=list(COLUMNS)).fillna("")


def summaries(data: Store) -> tuple[str, ...]:
    """Say of each file that came in what is kept of it and when it came; StoreError where the record is broken."""
    return tuple(
        f"{line['file']}: {line['stored']} of {line['rows_read']} rows kept, read as {line['layout']}, "
        f"brought {line['imported'].replace('T', ' ')}"
        for line in read(data).to_dict("records")
    )


def add(data: Store, lines: Sequence[dict[str, object]]) -> None:
    """Note files that came in; the same bytes under the same name only once. The caller holds the lock."""
    before = read(data)
    known = set(zip(before["file"], before["sha256"], strict=True))
    fresh = [one for one in lines if (import_marks.quotable(str(one["file"])), one["sha256"]) not in known]
    if not fresh:
        return
    new = pd.DataFrame(fresh, columns=list(COLUMNS)).astype("str")
    new["file"] = new["file"].map(import_marks.quotable)
    store.write_csv(data.folder / NAME, pd.concat([before, new], ignore_index=True))


def take_back(data: Store, gone: Callable[[str], bool]) -> None:
    """Strike the files whose import was taken back; the caller holds the lock."""
    before = read(data)
    left = before[~before["file"].map(gone).astype("bool")]
    if left.empty:
        data.write_note(NAME, "")
    elif len(left) < len(before):
        store.write_csv(data.folder / NAME, left)
