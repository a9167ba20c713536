"""Whatever a service does: one line says so, nothing held is lost, and the other sources finish."""

from __future__ import annotations

import re
import time
import tracemalloc
from functools import cache
from typing import TYPE_CHECKING

import pytest

from tests.loaders.support.fault_cases import CASES
from tests.loaders.support.faulty import Case, attempt, companion, fill
from tests.servers import faults

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.servers.base import Reply

LONGEST = 30.0


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    """Return the data dir that holds what a source and its companion give in health, filled when it is asked for."""

    @cache
    def folder(source: str) -> Path:
        made = tmp_path_factory.mktemp(source) / "data"
        with pytest.MonkeyPatch.context() as patch:
            fill(made, patch, source, companion(source))
        return made

    return folder


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_fault_is_said_and_costs_nothing(
    case: Case, filled: Callable[[str], Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A fault ends in one line that names source and reason, or is overcome; held rows stay as they are."""
    healthy = filled(case.source)
    began = time.monotonic()
    tried = attempt(case, healthy, tmp_path / "data", monkeypatch)
    assert time.monotonic() - began < LONGEST
    other = companion(case.source)
    assert re.search(rf"^{other}: 1 call; [1-9]\d* new, 0 revised", tried.ran.out, re.MULTILINE), tried.ran.printed
    lost = [name for name, rows in tried.before.items() if not rows <= tried.after[name]]
    assert not lost
    if case.says:
        assert tried.ran.code == 1
        lines = tried.ran.err.splitlines()
        assert len(lines) == 1
        assert lines[0].startswith(f"{case.source}: failed: ")
        assert re.search(case.says, lines[0]), lines[0]
        assert "; what was held stays [" in lines[0]
        assert case.partly or tried.after.get(case.source) == tried.before.get(case.source)
    else:
        assert (tried.ran.code, tried.ran.err) == (0, "")
    assert case.calls in (None, tried.calls)
    assert case.waits is None or list(case.waits) == [wait for wait in tried.waits if wait]


@pytest.mark.parametrize(("reply", "most"), [(faults.huge, 130), (faults.bomb, 40)], ids=["300 MB unannounced", "bomb"])
def test_a_huge_body_does_not_fill_the_memory(
    reply: Callable[[], Reply],
    most: int,
    filled: Callable[[str], Path],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A body without end is dropped at its bound, and what was read of it is all that memory ever held."""
    sent, healthy = reply(), filled("crea")
    case = Case("huge", "crea", lambda _ask, _reply: sent)
    tracemalloc.start()
    try:
        tried = attempt(case, healthy, tmp_path / "data", monkeypatch)
        peak = tracemalloc.get_traced_memory()[1] / 2**20
    finally:
        tracemalloc.stop()
    assert tried.ran.code == 1
    assert peak < most
