"""Files read together are the files read one by one, and a broken one costs its own rows alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from loaders.core import schema, store
from loaders.core.store import SNAPSHOT, Store, read_table

if TYPE_CHECKING:
    from pathlib import Path

    import pytest


def one_by_one(folder: Path) -> pd.DataFrame:
    """Return the rows of a folder, each file read and checked by itself."""
    return schema.concat([read_table(file) for file in sorted(folder.glob("*.parquet"))])


def test_what_ships_is_the_same_read_together(monkeypatch: pytest.MonkeyPatch) -> None:
    """Same rows, order, types and categories; no file is read by itself."""
    alone = one_by_one(SNAPSHOT)
    monkeypatch.setattr(store, "read_table", None)
    loaded = Store("/nonexistent").load()
    assert loaded.trade.dtypes.equals(alone.dtypes)
    assert loaded.trade.equals(alone)
    assert loaded.problems == ()


def test_a_broken_file_costs_its_own_rows(tmp_path: Path) -> None:
    """The others of its folder are read one by one, and the one that cannot be is named."""
    shipped = Store("/nonexistent").shipped("press")
    store.write_table(tmp_path / "press.parquet", shipped.head(5).assign(reference="brought"))
    (tmp_path / "imf.parquet").write_bytes(b"PAR1 no more")
    loaded = Store(tmp_path).load()
    assert loaded.trade["reference"].eq("brought").sum() == 5
    assert [line.split(": ")[0] for line in loaded.problems] == [str(tmp_path / "imf.parquet")]


def test_rows_without_a_day_take_that_of_their_own_file(tmp_path: Path) -> None:
    """Files of an older program are read one by one, since each has its own day."""
    shipped = Store("/nonexistent").shipped("imf").head(3).assign(reference="undated")
    shipped[["released", "known_by"]] = None
    shipped.to_parquet(tmp_path / "imf.parquet")
    trade = Store(tmp_path).load().trade
    known = trade.loc[trade["reference"].eq("undated"), "known_by"]
    assert known.tolist() == [pd.Timestamp.fromtimestamp((tmp_path / "imf.parquet").stat().st_mtime).normalize()] * 3
