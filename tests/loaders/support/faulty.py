"""How a fault is tried: a data dir filled in health, then one service that fails beside one that does not."""

from __future__ import annotations

import io
import shutil
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

import pandas as pd
import pyarrow.parquet as pq

from tests.loaders.support.refreshing import FakeTime, Ran, refresh
from tests.servers.healthy import Services, answers
from tests.servers.world import World

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    import pytest

    from tests.servers.base import Ask, Reply

Fault = "Callable[[Ask, Reply], Reply]"
FIRST, LAST = pd.Period("2025-01", "M"), pd.Period("2026-03", "M")


@dataclass(frozen=True)
class Case:
    """A fault of one service, and what is said about it; nothing said means that it is overcome.

    ``fault`` gets the request and the healthy answer. ``calls`` is how often the service is asked,
    ``waits`` what is waited between, in seconds that nobody waits here; ``partly`` says that the
    sound part of the answers is taken in.
    """

    name: str
    source: str
    fault: Callable[[Ask, Reply], Reply]
    says: str = ""
    calls: int | None = None
    waits: tuple[float, ...] | None = None
    timeout: float = 20.0
    partly: bool = False


@dataclass(frozen=True)
class Tried:
    """What came of a case."""

    ran: Ran
    calls: int
    waits: list[float]
    before: dict[str, frozenset[str]]
    after: dict[str, frozenset[str]]


def companion(source: str) -> str:
    """Return a source that stays healthy beside the one that fails."""
    return "crea" if source == "ecb" else "ecb"


def fill(folder: Path, patch: pytest.MonkeyPatch, *names: str) -> None:
    """Refresh some sources in full health."""
    with Services(*names, world=World(first=FIRST, last=LAST)) as services:
        for variable, url in services.variables().items():
            patch.setenv(variable, url)
        ran = refresh(folder, *names)
    assert ran.code == 0, ran.printed


def attempt(case: Case, filled: Path, folder: Path, patch: pytest.MonkeyPatch) -> Tried:
    """Refresh a copy of ``filled`` a month later, with the fault."""
    shutil.copytree(filled, folder)
    world, time = World(first=FIRST, last=LAST + 1, released="2026-11-12T01:47:07.73"), FakeTime()
    names = (case.source, companion(case.source))
    with Services(*names, world=world) as services:
        for variable, url in services.variables().items():
            patch.setenv(variable, url)
        server, healthy = services.servers[case.source], answers(case.source, world)
        server.answer = lambda ask: case.fault(ask, healthy(ask))
        before = tables(folder, *names)
        ran = refresh(folder, *names, time=time, timeout=case.timeout)
        return Tried(ran, len(server.asked), time.slept, before, tables(folder, *names))


def tables(folder: Path, *sources: str) -> dict[str, frozenset[str]]:
    """Return every held row as text, by source; those of rates stand together."""
    rates = folder / "side" / "rates.csv"
    lines = frozenset(rates.read_text("utf-8").splitlines()) if rates.exists() else frozenset()
    files = {name: folder / f"{name}.parquet" for name in sources}
    return {name: _rows(file.read_bytes()) for name, file in files.items() if file.exists()} | {"rates": lines}


@cache
def _rows(content: bytes) -> frozenset[str]:
    return frozenset(map(str, pq.read_table(io.BytesIO(content)).to_pylist()))
