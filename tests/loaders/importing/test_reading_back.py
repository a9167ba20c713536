"""What is written is compared with what reads back, row by row."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from loaders.core import store
from loaders.core.columns import arrow_order, categories
from loaders.sources import baci
from tests.loaders.support import kit

if TYPE_CHECKING:
    from pathlib import Path

NAME = "BACI_HS17_Y2022_V202501.csv"


@pytest.fixture
def rows() -> pa.Table:
    """Take the rows of a small file."""
    return pa.Table.from_pandas(baci.parse(kit.recorded("baci", NAME), NAME).table, preserve_index=False)


def test_the_same_rows_read_back(rows: pa.Table, tmp_path: Path) -> None:
    """Rows are the same whatever the groups they are written in, which may number categories otherwise."""
    for size in (1, 2, len(rows)):
        pq.write_table(rows, tmp_path / "x", row_group_size=size)
        assert arrow_order.same(pq.read_table(tmp_path / "x"), rows)


def test_other_rows_do_not_pass(rows: pa.Table, tmp_path: Path) -> None:
    """A row that lacks, a changed figure, a changed text or a missing column is seen."""
    frame = rows.to_pandas()
    cents = frame.assign(value=frame["value"] + 0.01)
    for odd in (frame.iloc[1:], cents, frame.assign(reference="x"), frame.assign(status="derived"), frame[["value"]]):
        pq.write_table(pa.Table.from_pandas(odd, preserve_index=False), tmp_path / "x")
        assert not arrow_order.same(pq.read_table(tmp_path / "x"), rows)


def test_what_does_not_read_back_is_not_kept(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """The old file stands where the new one reads otherwise than it was meant."""
    table = baci.parse(kit.recorded("baci", NAME), NAME).table
    store.write_table(tmp_path / "x", table.iloc[:1])
    monkeypatch.setattr(arrow_order, "same", lambda *_: False)
    with pytest.raises(store.StoreError, match="does not read back; the old file stands"):
        store.write_table(tmp_path / "x", table)
    assert len(store.read_table(tmp_path / "x")) == 1


def test_categories_are_replaced_by_their_place() -> None:
    """Two categories may become one text, and a missing cell becomes empty."""
    cells = pd.Series(pd.Categorical(["b", "a", None, "c"]))
    assert categories.mapped(cells, ["x", "y", "x"]).tolist() == ["y", "x", "", "x"]
