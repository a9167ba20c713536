"""Sources whose figures ship in side tables: each row finds its record, with licence and how to cite."""

from __future__ import annotations

import pytest

from layouts.charts import sources
from loaders import SOURCES, source_of, store


@pytest.mark.parametrize("name", ["eia", "fed", "cbr_review"])
def test_rows_of_a_side_table_find_their_source(name: str) -> None:
    """The publisher that a side table names leads to the record, whose licence is the table's own."""
    source = SOURCES[name]
    table = store.read_side(source.side)
    own = table[table["publisher"].isin(source.aliases)]
    assert len(own)
    publisher = str(own["publisher"].iloc[0])
    assert source_of(publisher) is source
    assert sources.short(publisher) == source.brief
    assert sources.record(publisher)["cite"] == source.cite


def test_who_is_no_source_is_quoted() -> None:
    """A speaker or newspaper that is no source of ours is quoted, and said to be."""
    assert source_of("life.ru") is None
    assert sources.licence("life.ru") == sources.QUOTED
    assert sources.short("life.ru") == "life.ru"
