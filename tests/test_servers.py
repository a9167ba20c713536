"""The servers that a reader starts by hand lead a refresh to themselves."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

from loaders.core.store import ROOT
from loaders.registry import SOURCES
from tests.loaders.support.refreshing import refresh

if TYPE_CHECKING:
    from pathlib import Path

    import pytest


def test_the_printed_lines_are_all_that_a_refresh_needs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """``python -m tests.servers`` prints a line for each source; with them set a refresh finds its servers."""
    able = sorted(name for name, source in SOURCES.items() if source.fetch)
    with subprocess.Popen(
        [sys.executable, "-m", "tests.servers"], cwd=ROOT, stdout=subprocess.PIPE, text=True
    ) as servers:
        try:
            assert servers.stdout is not None
            lines = [servers.stdout.readline().split() for _ in able]
            assert {word for word, _ in lines} == {"export"}
            given = dict(line.split("=") for _, line in lines)
            assert sorted(given) == [f"{name.upper()}_BASE_URL" for name in able]
            for name, url in given.items():
                monkeypatch.setenv(name, url)
            assert os.environ["ECB_BASE_URL"].startswith("http://127.0.0.1:")
            ran = refresh(tmp_path, "ecb", "worldbank")
        finally:
            servers.terminate()
    assert (ran.code, ran.err) == (0, "")
    assert "2 of 2 sources up to date" in ran.out
