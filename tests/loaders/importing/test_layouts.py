"""Every layout that is written at random is recognised by its source alone and read back row for row."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from loaders.core import schema
from loaders.core.source import Parsed, never
from loaders.registry import SOURCES
from tests.loaders.support import kit, layout_kit
from tests.loaders.support.bring import Desk
from tests.loaders.support.layout_writers import LAYOUTS

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
    assert layout_kit.rows_of(parsed) == written.rows
    assert kit.accounted(parsed) == parsed.rows_read


@settings(max_examples=max(12, _EXAMPLES // 2), deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_what_is_written_is_imported(data: st.DataObject) -> None:
    """The command stores exactly those rows, whichever of the layouts it is, and a second time changes nothing."""
    source = data.draw(st.sampled_from(sorted(LAYOUTS)))
    written = data.draw(st.one_of(LAYOUTS[source]))
    with tempfile.TemporaryDirectory() as folder:
        desk = Desk(Path(folder), sources=tuple(SOURCES.values()))
        file = desk.file(written.name, written.content)
        # by force: of made-up figures two flows need not make their total
        assert desk.bring(file, hints=written.hints, force=True) == 0, desk.err
        stored = schema.concat([desk.store.stored(name) for name in desk.store.sources()])
        assert layout_kit.rows_of(Parsed(stored, len(stored))) == written.rows
        before = desk.bytes()
        assert desk.bring(file, hints=written.hints, force=True) == 0
        assert desk.bytes() == before


def test_no_layout_is_forgotten() -> None:
    """Every source whose files people bring has a writer here."""
    brought = {source.name for source in SOURCES.values() if source.recognises is not never}
    assert set(LAYOUTS) == brought
