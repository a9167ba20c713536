"""Sources whose figures ship in side tables: each row finds its record, with licence and how to cite."""

from __future__ import annotations

import pytest

from layouts.figure import source_line
from loaders.core import store
from loaders.core.source_records import record_of
from loaders.registry import SOURCES


@pytest.mark.parametrize("name", ["eia", "fed", "cbr_review"])
def test_rows_of_a_side_table_find_their_source(name: str) -> None:
    """The publisher that a side table names leads to the record, whose licence is the table's own."""
    source = SOURCES[name]
    table = store.read_side(source.side)
    own = table[table["publisher"].isin(source.aliases)]
    assert len(own)
    publisher = str(own["publisher"].iloc[0])
    record = record_of(publisher)
    assert record is not None
    assert record.name == source.name
    assert source_line.short(publisher) == source.brief
    assert source_line.record(publisher)["cite"] == source.cite


def test_who_is_no_source_is_quoted() -> None:
    """A speaker or newspaper that is no source of ours is quoted, and said to be."""
    assert record_of("life.ru") is None
    assert source_line.licence("life.ru") == "single figures quoted with their source"
    assert source_line.short("life.ru") == "life.ru"
