"""Killed at any instant, a refresh leaves every file whole and no lock behind."""

from __future__ import annotations

import json
import random
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd
import pytest

from loaders.core import rates, raw_files, store
from loaders.core.store import Store
from tests.loaders.support.refreshing import refresh
from tests.servers.healthy import Services
from tests.servers.world import World

if TYPE_CHECKING:
    from collections.abc import Iterator

POINTS = 12
SOURCES = ("crea", "ecb")
CHILD = Path(__file__).parents[1] / "support" / "killed.py"
FIRST, LAST = pd.Period("2026-01", "M"), pd.Period("2026-03", "M")


@pytest.fixture
def services(monkeypatch: pytest.MonkeyPatch) -> Iterator[Services]:
    """Healthy servers, to which the refreshes are led."""
    with Services(*SOURCES, world=World(first=FIRST, last=LAST)) as running:
        for variable, url in running.variables().items():
            monkeypatch.setenv(variable, url)
        yield running


def test_killed_at_a_dozen_points_every_file_is_whole(services: Services, tmp_path: Path) -> None:
    """Killed before any of a dozen lines, files are the old or the new ones, and the next run goes well."""
    folder = tmp_path / "data"
    assert refresh(folder, *SOURCES).code == 0
    rows, killed = len(Store(folder).stored("crea")), 0
    with subprocess.Popen(
        [sys.executable, str(CHILD), str(folder), *SOURCES], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as child:
        _revise(services, 1)
        lines = _ask(child, 0)
        for number in sorted(random.Random(4).sample(range(1, lines), POINTS)):  # noqa: S311  # any points will do
            _revise(services, number)
            killed += _ask(child, number) == number
            grown = _whole(folder)
            assert grown >= rows
            rows = grown
        assert child.stdin is not None
        child.stdin.close()
    assert refresh(folder, *SOURCES).code == 0
    assert _known(folder) == services.world.figure("crea", "eur", "lng", "2026-02") + 0.5
    assert not list(folder.rglob(f".*{store.PART}"))
    assert killed > POINTS * 0.9


def _revise(services: Services, number: int) -> None:
    """Give the next refresh something to write in both places."""
    services.world.revised |= {"crea|eur|lng|2026-02": number, "ecb|CNY|2026-01": 1000 * number}


def _known(folder: Path) -> float:
    """Return the newest print of the figure that was revised all along."""
    stored = Store(folder).stored("crea")
    prints = stored[stored["commodity_code"].eq("CREA_LNG") & stored["currency"].eq("EUR")].sort_values("released")
    return float(prints.loc[prints["period_start"].eq(pd.Timestamp("2026-02-01")), "value"].iloc[-1])


def _ask(child: subprocess.Popen[str], point: int) -> int:
    """Let the child run one refresh that dies before line number ``point``; return how many it ran."""
    assert child.stdin is not None
    assert child.stdout is not None
    child.stdin.write(f"{point}\n")
    child.stdin.flush()
    return int(child.stdout.readline())


def _whole(folder: Path) -> int:
    """Read every file as a reader would, take the lock, and return how many rows are held."""
    data = Store(folder)
    table = data.stored("crea")
    rated = data.stored_side("rates")
    assert tuple(rated) == rates.COLUMNS
    assert not rated.duplicated([*rates.KEY, "released"]).any()
    for file in (folder / "raw").rglob("*.sidecar.json"):
        facts = json.loads(file.read_text("utf-8"))
        body = file.with_name(file.name.removesuffix(".sidecar.json"))
        assert not body.exists() or store.sha256(body.read_bytes()) == facts["sha256"]
    for source in SOURCES:
        assert len(raw_files.kept(folder, source, "counter-CN-month-commodity")) <= raw_files.KEEP
    with data.lock():
        pass
    return len(table)
