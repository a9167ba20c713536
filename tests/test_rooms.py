"""Imports go one way: loaders, analysis, layouts, callbacks, app."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

pytestmark = pytest.mark.portable
ROOT = Path(__file__).resolve().parents[1]
ORDER = ("loaders", "analysis", "layouts", "callbacks", "app")
FORBIDDEN = {
    "loaders": {"dash", "plotly", "dash_mantine_components"},
    "analysis": {"dash", "plotly", "requests", "pathlib", "os", "io"},
    "layouts": {"requests", "pathlib", "os"},
    "callbacks": {"requests"},
}


def imported(file: Path) -> set[str]:
    """Return the dotted names that a file imports."""
    names = set()
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
    return names


@pytest.mark.parametrize("room", ORDER[:-1])
def test_imports_go_one_way(room: str) -> None:
    """No room imports one above it, nor what it should not know."""
    above = set(ORDER[ORDER.index(room) + 1 :])
    for file in (ROOT / room).rglob("*.py"):
        tops = {name.split(".")[0] for name in imported(file)}
        assert not tops & above, file
        assert not tops & FORBIDDEN[room], file


def test_analysis_takes_only_the_schema_from_below() -> None:
    """Measures know the one table, no source and no store."""
    for file in (ROOT / "analysis").rglob("*.py"):
        below = {name for name in imported(file) if name.startswith("loaders")}
        assert below <= {"loaders", "loaders.schema"}, file


def test_only_http_opens_connections_and_only_the_store_touches_data() -> None:
    """One file opens connections; one reads and writes data/."""
    for file in (ROOT / "loaders").rglob("*.py"):
        if file.name in {"http.py", "store.py", "snapshot.py"}:
            continue
        names = imported(file)
        assert not {"urllib.request", "http.client", "socket"} & names, file
        assert "pyarrow.parquet" not in names, file
