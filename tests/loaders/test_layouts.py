"""Every layout that is written at random is recognised by its source alone and read back row for row."""

from __future__ import annotations

import os

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from loaders import SOURCES
from loaders.source import never
from tests.loaders import kit, layout_kit
from tests.loaders.layout_writers import LAYOUTS

_EXAMPLES = int(os.environ.get("LAYOUT_EXAMPLES", "25"))


@pytest.mark.parametrize("source", LAYOUTS)
@settings(
    max_examples=_EXAMPLES,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.large_base_example],
)
@given(data=st.data())
def test_what_is_written_is_found(source: str, data: st.DataObject) -> None:
    """Exactly the rows that were written: any reporter, unit, order of columns and writing of numbers."""
    written = data.draw(st.one_of(LAYOUTS[source]))
    claimed = [one.name for one in SOURCES.values() if one.recognises(written.content)]
    assert claimed == [source]
    parsed = SOURCES[source].parse(written.content, written.name, written.hints)
    assert parsed.refused == ()
    assert layout_kit.found(parsed) == written.rows
    assert kit.accounted(parsed) == parsed.rows_read


def test_no_layout_is_forgotten() -> None:
    """Every source whose files people bring has a writer here."""
    brought = {source.name for source in SOURCES.values() if source.recognises is not never}
    assert set(LAYOUTS) == brought
