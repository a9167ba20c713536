"""A store of a few rows of what ships, read in no time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loaders.core.store import Store, write_table

if TYPE_CHECKING:
    from pathlib import Path


def few_rows(folder: Path) -> Store:
    """Return a store over twenty rows in a folder; its data dir is there and empty."""
    snapshot = folder / "snapshot"
    snapshot.mkdir(parents=True)
    write_table(snapshot / "press.parquet", Store(folder / "nothing").shipped("press").head(20))
    (snapshot / "MANIFEST.csv").write_text("file\npress.parquet\n", "utf-8")
    (folder / "data").mkdir()
    return Store(folder / "data", snapshot)
