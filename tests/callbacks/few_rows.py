"""Stores of a few rows of what ships, read in no time."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

from loaders.core.store import SNAPSHOT, Store, write_table

if TYPE_CHECKING:
    from pathlib import Path

FUELS = ("2709", "2701", "271111", "271121")


def few_rows(folder: Path) -> Store:
    """Return a store over twenty rows in a folder; its data dir is there and empty."""
    snapshot = folder / "snapshot"
    snapshot.mkdir(parents=True)
    write_table(snapshot / "press.parquet", Store(folder / "nothing").shipped("press").head(20))
    (snapshot / "MANIFEST.csv").write_text("file\npress.parquet\n", "utf-8")
    (folder / "data").mkdir()
    return Store(folder / "data", snapshot)


def few_codes(folder: Path) -> Store:
    """Return a store over totals, fuels and a year of goods of what ships: charts have rows, and few."""
    folder.mkdir()
    for file in SNAPSHOT.glob("*.csv"):
        shutil.copy(file, folder)
    for source in ("comtrade", "gacc", "press", "fcs", "baci", "article"):
        table = Store(folder.parent / "none").shipped(source)
        few = table["commodity_code"].astype("str").isin(["TOTAL", *FUELS])
        if source == "baci":  # goods of one year, by which chapters are ranked
            few |= table["period_start"].dt.year.eq(2022) & table["reporter"].eq("RUS")
        write_table(folder / f"{source}.parquet", table[few].reset_index(drop=True))
    return Store(folder.parent / "data", folder)
