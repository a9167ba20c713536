"""A chart exported over an earlier version has the same bytes after refreshes that changed its figures.

All figures here are made up.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from app import main
from loaders.core import schema
from loaders.core.store import Store
from loaders.versions.history import History
from tests.loaders.versions.test_history import made_up

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

CHARTS = ("pulse", "mirror")


def exported(folder: Path, data: Path, *more: str) -> dict[str, bytes]:
    """Return the CSV and JSON of some charts."""
    line = [
        "--export",
        str(folder),
        "--chart",
        *CHARTS,
        "--query",
        "?currency=USD&flow=import",
        "--format",
        "csv",
        "json",
    ]
    assert main([*line, "--data-dir", str(data), "--quiet", *more]) == 0
    return {file.name: file.read_bytes() for file in sorted(folder.iterdir())}


def test_three_refreshes_later_the_bytes_are_the_same(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Each of three states is exported, and again by its name when all three have passed."""
    data = tmp_path / "data"
    store, states = Store(data), {}
    history = History(store)
    table = schema.empty()
    for number, value in enumerate((1e10, 2e10, 3e10)):
        values = {f"2026-{month:02}": value + month for month in (8, 9, 10)}
        fresh = made_up(values, f"2027-0{number + 1}-01", "comtrade")
        table = schema.concat([table, fresh]) if len(table) else fresh
        store.write("comtrade", table)
        name = history.record(pd.Timestamp(f"2027-0{number + 1}-02"), "refresh").name
        states[name] = exported(tmp_path / f"then{number}", data)
    assert len(states) == len({state["pulse.csv"] for state in states.values()}) == 3
    for number, (name, state) in enumerate(states.items()):
        assert exported(tmp_path / f"now{number}", data, "--data-version", name) == state
    name, state = next(iter(states.items()))
    line = ["--export", str(tmp_path / "query"), "--chart", "pulse", "--format", "csv", "--quiet"]
    line += ["--data-dir", str(data)]
    assert main([*line, "--query", f"?currency=USD&flow=import&v={name}"]) == 0
    assert (tmp_path / "query" / "pulse.csv").read_bytes() == state["pulse.csv"]
    assert main([*line, "--query", f"?v={name}", "--data-version", list(states)[1]]) == 2
    assert "two versions" in capsys.readouterr().err
    assert main(["--export", str(tmp_path / "none"), "--data-dir", str(data), "--data-version", "nothing"]) == 2
    assert "there is no version" in capsys.readouterr().err
