"""What a kill leaves: the state before or after, or a half that the next command takes back."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from typing import TYPE_CHECKING

import pytest

from loaders.core.store import ROOT, Store
from loaders.importing import unfinished
from tests.loaders.support.bring import Desk, facts, lines

if TYPE_CHECKING:
    from pathlib import Path

State = tuple[list[tuple[str, ...]], list[tuple[str, ...]]]


def _state(folder: Path) -> State:
    store = Store(folder, folder / "snapshot")
    return facts(store.stored("tiny")), facts(store.stored("other"))


def _killed(root: Path, mode: str) -> list[Path]:
    """Return a folder for each state that a kill can leave, once where several steps leave the same bytes."""
    subprocess.run(
        [sys.executable, "-m", "tests.loaders.support.import_kill", str(root), mode], cwd=ROOT, check=True, timeout=300
    )
    folders = sorted(folder for folder in root.iterdir() if folder.name.isdigit())
    return sorted({_bytes(folder): folder for folder in folders}.values())


def _bytes(folder: Path) -> frozenset[tuple[str, bytes]]:
    files = (file for file in folder.rglob("*") if file.is_file())
    return frozenset((file.relative_to(folder).as_posix(), file.read_bytes()) for file in files)


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """Return a desk whose data dir is ``before`` and holds a row of each source; ``mixed.zip`` fills both."""
    desk = Desk(tmp_path)
    desk.store = Store(tmp_path / "before", tmp_path / "snapshot")
    desk.bring(desk.file("a.csv", lines("CHN,RUS,import,2024-01,27,5")))
    desk.bring(desk.file("o.csv", b"#other\n" + lines("CHN,RUS,import,2024-01,27,5")))
    both = lines("CHN,RUS,import,2024-01,27,5", "CHN,RUS,import,2024-02,27,6")
    with zipfile.ZipFile(tmp_path / "mixed.zip", "w") as archive:
        archive.writestr("tiny.csv", both)
        archive.writestr("other.csv", b"#other\n" + both)
    return desk


def test_an_import_killed_at_any_step_leaves_all_or_nothing(desk: Desk, tmp_path: Path) -> None:
    """Every table reads at every step; after the next command's healing the file is in both tables or in none."""
    steps = _killed(tmp_path, "import")
    before, after = _state(tmp_path / "before"), _state(steps[-1])
    assert before != after
    halves, seen = 0, set()
    for folder in steps:
        desk.store = Store(folder, folder / "snapshot")
        half = _state(folder) not in (before, after)
        desk.forget("nothing")
        announced = desk.err.startswith("mixed.zip: its last import was cut short and is taken back; import it again\n")
        assert announced or not half
        healed = _state(folder)
        assert healed in (before, after), folder.name
        assert not list(folder.glob(".*.part")), folder.name
        seen.add(healed == after)
        halves += half
    assert halves, "no step lay between the two tables"
    assert seen == {True, False}
    assert desk.bring(tmp_path / "mixed.zip") == 0
    assert [len(table) for table in _state(folder)] == [2, 2]


def test_forgetting_killed_at_any_step_can_be_repeated(desk: Desk, tmp_path: Path) -> None:
    """Every table reads at every step, and the same command again ends what was begun."""
    desk.bring(tmp_path / "mixed.zip")
    steps = _killed(tmp_path, "forget")
    after = _state(steps[-1])
    assert after != _state(tmp_path / "before")
    for folder in steps:
        desk.store = Store(folder, folder / "snapshot")
        desk.forget("mixed.zip")
        assert _state(folder) == after, folder.name


def test_a_half_written_note_is_no_harm(desk: Desk, tmp_path: Path) -> None:
    """A note cut short was followed by no write: it is removed and nothing is taken back."""
    before = _state(tmp_path / "before")
    (tmp_path / "before" / unfinished.NOTE).write_text('{"moment": "2026-1')
    assert desk.forget("nothing") == 2
    assert not (tmp_path / "before" / unfinished.NOTE).exists()
    assert _state(tmp_path / "before") == before
