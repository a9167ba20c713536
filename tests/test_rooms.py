"""The rooms: imports go one way, no folder is a wall, no two modules import each other."""

from __future__ import annotations

import ast
import re
from collections import defaultdict
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
TOWERS = ("loaders", "analysis", "layouts", "commands", "callbacks")
FORBIDDEN = {
    "loaders": {"dash", "plotly"},
    "analysis": {"dash", "plotly", "requests", "pathlib", "os", "io"},
    "layouts": {"requests", "pathlib", "os"},
    "commands": {"requests"},
    "callbacks": {"requests"},
}
# each room may import those before it
ORDER = (
    *("loaders.core", "loaders.checking", "loaders.tables", "loaders.big_files", "loaders.sources", "loaders"),
    *("loaders.importing", "loaders.refreshing", "loaders.shipped", "loaders.versions"),
    *("analysis", "analysis.measures.monthly", "analysis.trace", "analysis.measures.goods", "analysis.measures.energy"),
    *("analysis.measures.prices", "analysis.measures.partners", "analysis.claims.parser"),
    *("analysis.claims.figures", "analysis.claims"),
    "analysis.claims.texts",
    *(
        "layouts.words",
        "layouts.look",
        "layouts.drawing",
        "layouts.figure",
        "layouts.charts",
        "layouts.takeaway",
        "layouts.cards",
        "layouts",
        "layouts.site",
    ),
    *("commands", "callbacks", "callbacks.server", "callbacks.downloads"),
)
# doors stand in a room for their address, and above all rooms: they import what they need, and no room imports them
DOORS = {"analysis.api"}
MOST = 15  # modules in a folder


@cache
def modules() -> dict[str, Path]:
    """Return every module of the product by its dotted name."""
    files = [file for tower in TOWERS for file in (ROOT / tower).rglob("*.py")]
    return {".".join(file.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__"): file for file in files}


@cache
def imported(file: Path) -> frozenset[str]:
    """Return the dotted names that a file imports."""
    names = set()
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
    return frozenset(names)


def ours(name: str) -> set[str]:
    """Return the modules of the product that a module imports, types included."""
    return {one for one in imported(modules()[name]) if one in modules() and modules()[one].name != "__init__.py"}


def room(name: str) -> str:
    """Return the room of ``ORDER`` that a module stands in; a door stands in the last."""
    if name in DOORS:
        return ORDER[-1]
    package = name if modules()[name].name == "__init__.py" else name.rpartition(".")[0]
    return max((one for one in ORDER if f"{package}.".startswith(f"{one}.")), key=len)


def doors() -> set[Path]:
    """Return the files of the doors."""
    return {modules()[name] for name in DOORS}


@pytest.mark.parametrize("tower", TOWERS)
def test_towers_know_what_they_may(tower: str) -> None:
    """No tower imports one above it, nor what it should not know."""
    above = {*TOWERS[TOWERS.index(tower) + 1 :], "app"}
    for file in (ROOT / tower).rglob("*.py"):
        tops = {name.split(".")[0] for name in imported(file)}
        assert not tops & (above if file not in doors() else {"app"}), file
        assert not tops & FORBIDDEN[tower], file


def test_nothing_goes_through_a_door() -> None:
    """A door is for whoever comes from outside; what it reaches is imported when it is asked, so that it opens fast."""
    for name in modules():
        assert not ours(name) & DOORS, name
    for door in doors():
        tree = ast.parse(door.read_text(encoding="utf-8"))
        tops = [node.module for node in tree.body if isinstance(node, ast.ImportFrom) and node.module]
        assert set(tops) <= {"__future__", "functools", "typing", "urllib.parse"}, door


def test_imports_go_one_way() -> None:
    """A room imports only rooms that stand before it in the order."""
    wrong = [
        f"{name} imports {other}"
        for name in modules()
        for other in ours(name)
        if ORDER.index(room(other)) > ORDER.index(room(name))
    ]
    assert not wrong, "\n".join(sorted(wrong))


def test_no_two_modules_import_each_other() -> None:
    """Removing what imports nothing that is left, again and again, leaves nothing: there is no circle."""
    left = {name: ours(name) for name in modules()}
    while free := [name for name, others in left.items() if not others & left.keys()]:
        for name in free:
            del left[name]
    assert not left, sorted(left)


def test_no_folder_is_a_wall() -> None:
    """At most fifteen modules in a folder, of the product and of its tests."""
    count: dict[Path, int] = defaultdict(int)
    for tower in (*TOWERS, "tests", "bench"):
        for file in (ROOT / tower).rglob("*.py"):
            count[file.parent] += file.name != "__init__.py"
    full = {folder.relative_to(ROOT).as_posix(): n for folder, n in count.items() if n > MOST}
    assert not full, f"more than {MOST} modules in {full}: move those of one job into a folder of their own there"


def test_every_room_says_what_it_is_for_and_what_it_imports() -> None:
    """The docstring of each package is more than a few words; of those inside a tower it names what they may import."""
    for name, file in modules().items():
        if file.name == "__init__.py":
            words = ast.get_docstring(ast.parse(file.read_text(encoding="utf-8"))) or ""
            assert len(words.split()) > 8, name
            assert name in {"layouts", "analysis.measures", "loaders"} or re.search(r"[Ii]mports?\b", words), name


def test_tests_stand_where_their_subjects_do() -> None:
    """Every folder of tests of a tower is named as a folder of that tower, but for what several share."""
    for tower in TOWERS:
        for folder in (ROOT / "tests" / tower).rglob("*/"):
            inside = folder.relative_to(ROOT / "tests")
            if "__pycache__" not in inside.parts and inside.name != "support":
                assert (ROOT / inside).is_dir(), inside


def test_analysis_takes_only_the_core_from_below() -> None:
    """Measures know the one table and what kinds of sources serve, no source by its name and no store."""
    allowed = {"loaders.core", "loaders.core.schema", "loaders.core.source_records"}
    for file in set((ROOT / "analysis").rglob("*.py")) - doors():
        below = {name for name in imported(file) if name.startswith("loaders")}
        assert {name for name in below if name.rpartition(".")[0] not in allowed - {"loaders.core"}} <= allowed, file


def test_one_file_opens_connections_and_one_touches_the_store() -> None:
    """``http`` alone opens connections; Parquet is read and written by ``store`` and by what builds the snapshot."""
    for name, file in modules().items():
        if name not in {"loaders.refreshing.http", "callbacks.server.serving"}:
            assert not {"urllib.request", "http.client", "socket", "requests.Session"} & imported(file), file
        if name not in {"loaders.core.store", "loaders.shipped.build_snapshot"}:
            assert "pyarrow.parquet" not in imported(file), file


PUTS = {"write_bytes", "write_text", "touch", "mkdir", "mkstemp", "symlink_to", "to_parquet"}
# an address is copied, and what a cluster sends is laid down, in a temporary folder
WRITERS = {
    "loaders.core.store": PUTS | {"unlink"},
    "loaders.core.remote_store": {"write_bytes", "mkdir"},
    "loaders.importing.workers": {"write_bytes"},
    "loaders.core.raw_files": {"unlink"},
    "loaders.versions.history": {"unlink"},
}


def test_one_file_puts_files_into_the_data() -> None:
    """``store`` alone writes under data/, whole or not at all; answers and versions are removed by who keeps them."""
    for name, file in modules().items():
        if not name.startswith("loaders"):
            continue
        calls = {
            node.func.attr
            for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
            if isinstance(node, ast.Call)
            and isinstance(node.func, ast.Attribute)
            and not (isinstance(node.func.value, ast.Name) and node.func.value.id == "store")
        }
        assert calls & (PUTS | {"unlink"}) <= WRITERS.get(name, set()), file
