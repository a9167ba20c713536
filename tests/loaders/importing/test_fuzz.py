"""Good files with bytes and cells changed: whatever comes of them, it is no traceback and no half truth.

``FUZZ_EXAMPLES=2000`` makes the long run.
"""

from __future__ import annotations

import io
import os
import tempfile
from functools import cache
from pathlib import Path

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from loaders.core import schema
from loaders.core.source import Hints, Parsed, SourceError
from loaders.importing import file_cells
from loaders.importing.unpack import Piece
from loaders.registry import SOURCES
from tests.loaders.support.bring import Desk
from tests.loaders.support.kit import RECORDED, damaged
from tests.loaders.support.layout_writers import LAYOUTS

_EXAMPLES = int(os.environ.get("FUZZ_EXAMPLES", "100"))
_SETTINGS = settings(
    max_examples=_EXAMPLES,
    deadline=None,
    phases=(Phase.explicit, Phase.reuse, Phase.generate),
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.large_base_example],
)
_HINTS = Hints(flow="import", period="2024-03")


def _read(source: str, path: str, content: bytes) -> Parsed | None:
    """Return what a parser makes of a file; None where it refuses it, in one line."""
    try:
        return SOURCES[source].parse(content, Path(path).name, _HINTS)
    except SourceError as error:
        if len(str(error).splitlines()) != 1:
            raise
        return None


@cache
def _good() -> list[tuple[str, str]]:
    """Return source and path of each hand-made file that a source recognises and reads: for who runs these tests."""
    named = [(str(file.relative_to(RECORDED)), file.read_bytes()) for file in sorted(RECORDED.glob("*/*.*"))]
    claimed = [(name, path, content) for path, content in named for name in SOURCES if _claims(name, content)]
    return [(source, path) for source, path, content in claimed if _read(source, path, content)]


def _claims(source: str, content: bytes) -> bool:
    return bool(SOURCES[source].recognises(content))


@_SETTINGS
@given(st.data())
def test_no_damage_gets_past_a_parser(data: st.DataObject) -> None:
    """Every recogniser answers; the parser gives the one table or SourceError in one line, nothing else."""
    source, path = data.draw(st.sampled_from(_good()))
    content = data.draw(damaged((RECORDED / path).read_bytes()))
    for other in SOURCES.values():
        assert other.recognises(content) in {True, False}
    if parsed := _read(source, path, content):
        schema.conform(parsed.table)
        assert schema.in_scope(parsed.table).all()
        assert all(len(line.splitlines()) == 1 for line in parsed.refused)


@settings(_SETTINGS, max_examples=max(15, _EXAMPLES // 10))
@given(st.data())
def test_no_damage_gets_past_the_command(data: st.DataObject) -> None:
    """The command ends with 0, 1 or 2 and lines without control characters, and what it wrote reads back."""
    _, path = data.draw(st.sampled_from(_good()))
    content = data.draw(damaged((RECORDED / path).read_bytes()))
    with tempfile.TemporaryDirectory() as folder:
        desk = Desk(Path(folder), sources=tuple(SOURCES.values()))
        desk.bring(desk.file(Path(path).name, content), hints=_HINTS, dry_run=True)
        assert not desk.store.folder.exists()
        code = desk.bring(desk.file(Path(path).name, content), hints=_HINTS, verbose=True)
        printed = desk.out + desk.err
        assert code in {0, 1, 2}
        assert "Traceback" not in printed, printed
        assert "report this line" not in printed, printed
        assert all(line.isprintable() for line in printed.splitlines())
        assert (code == 0) <= (desk.err == "")
        assert desk.store.load().trade is not None


@settings(_SETTINGS, max_examples=max(30, _EXAMPLES // 5))
@given(st.data())
def test_no_damage_gets_past_a_layout(data: st.DataObject) -> None:
    """The same of files written at random in every layout, and of what a dry run shows of them."""
    source = data.draw(st.sampled_from(sorted(LAYOUTS)))
    written = data.draw(st.one_of(LAYOUTS[source]))
    content = data.draw(damaged(written.content))
    assert all(other.recognises(content) in {True, False} for other in SOURCES.values())
    if parsed := _read(source, written.name, content):
        schema.conform(parsed.table)
        shown = file_cells.beside(Piece(written.name, lambda: io.BytesIO(content)), parsed.table)
        assert len(shown) == min(len(parsed.table), file_cells.SHOWN)


def test_most_sources_are_tried() -> None:
    """The files that are damaged come from at least ten sources, the written ones from all."""
    assert len({source for source, _ in _good()}) >= 10
