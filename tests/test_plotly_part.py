"""The part of plotly.js: got at set-up by its hashes, done without where it cannot be had."""

from __future__ import annotations

import ast
import hashlib
import io
import os
import tarfile
import tomllib
from typing import TYPE_CHECKING

import plotly.graph_objects as go
import pytest
from plotly.basedatatypes import BaseTraceType
from plotly.offline import get_plotlyjs_version

import run

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.portable
PINNED = run.ROOT / run.PART
CONTENT = b"window.Plotly = {};"  # synthetic


def packed(content: bytes, name: str = "package/part.js") -> bytes:
    """Return an archive as a registry sends it."""
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w:gz") as archive:
        entry = tarfile.TarInfo(name)
        entry.size = len(content)
        archive.addfile(entry, io.BytesIO(content))
    return out.getvalue()


def pins(archive: bytes, content: bytes = CONTENT) -> dict[str, str]:
    """Return what is pinned of an archive and the file in it."""
    return {
        "archive": "part/-/part-1.0.0.tgz",
        "archive_sha512": hashlib.sha512(archive).hexdigest(),
        "file": "part.js",
        "file_sha256": hashlib.sha256(content).hexdigest(),
    }


@pytest.fixture
def registry(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> dict[str, bytes]:
    """Set a project up in an empty folder, with a registry that holds what a test puts there, by address."""
    files: dict[str, bytes] = {}
    monkeypatch.setattr(run, "ROOT", tmp_path)
    monkeypatch.setattr(run, "VENV", tmp_path / ".venv")
    monkeypatch.delenv("NPM_CONFIG_REGISTRY", raising=False)
    run.VENV.mkdir()

    def fetched(address: str) -> bytes:
        if address not in files:
            raise OSError("no route to host")
        return files[address]

    monkeypatch.setattr(run, "_fetched", fetched)
    return files


def pin(archive: bytes, content: bytes = CONTENT) -> str:
    """Write the pins of an archive; return the address at which it is looked for."""
    pins_ = pins(archive, content)
    (run.ROOT / run.PART).write_text("".join(f'{key} = "{value}"\n' for key, value in pins_.items()), "utf-8")
    return f"{run.REGISTRY}/{pins_['archive']}"


def test_it_is_got_once(registry: dict[str, bytes], capsys: pytest.CaptureFixture[str]) -> None:
    """What was pinned lies beside the program; the next run asks for nothing."""
    archive = packed(CONTENT)
    registry[pin(archive)] = archive
    run.get_part()
    registry.clear()
    run.get_part()
    assert [file.name for file in (run.ROOT / "vendor").iterdir()] == ["part.js"]
    assert (run.ROOT / "vendor" / "part.js").read_bytes() == CONTENT
    assert capsys.readouterr().err == ""


def test_without_a_registry_one_line_says_so_once(
    registry: dict[str, bytes], capsys: pytest.CaptureFixture[str]
) -> None:
    """It names the address, the reason and how to try again; then it is quiet until the pins change."""
    archive = packed(CONTENT)
    address = pin(archive)
    run.get_part()
    run.get_part()
    complaint = capsys.readouterr().err
    assert complaint.count("\n") == 1
    assert complaint.startswith(f"{address}: not to be had (no route to host); ")
    assert not (run.ROOT / "vendor").exists()
    registry[address] = archive
    (run.VENV / "plotly").unlink()
    run.get_part()
    assert (run.ROOT / "vendor" / "part.js").exists()


@pytest.mark.parametrize("sent", [b"", b"<html>sign in</html>", packed(CONTENT + b"//")])
def test_another_archive_is_refused(
    registry: dict[str, bytes], capsys: pytest.CaptureFixture[str], sent: bytes
) -> None:
    """A page of a proxy, a half and a changed one: nothing of it is kept."""
    registry[pin(packed(CONTENT))] = sent
    run.get_part()
    assert "(its checksum is not the one pinned)" in capsys.readouterr().err
    assert not (run.ROOT / "vendor").exists()


def test_another_file_in_the_archive_is_refused() -> None:
    """Both are pinned: the archive as the registry has it, the file as it is served."""
    archive = packed(CONTENT)
    with pytest.raises(ValueError, match=r"part\.js in it is not the one pinned"):
        run.part_of(archive, pins(archive, b"other"))


def test_a_mirror_of_the_registry_is_asked_where_npm_is_told_of_one(
    registry: dict[str, bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    """By npm's own setting; the hashes hold for it too."""
    archive = packed(CONTENT)
    registry[pin(archive).replace(run.REGISTRY, "https://mirror.example/npm")] = archive
    monkeypatch.setenv("NPM_CONFIG_REGISTRY", "https://mirror.example/npm/")
    run.get_part()
    assert (run.ROOT / "vendor" / "part.js").exists()


def test_only_registries_are_asked() -> None:
    """No file of this machine is taken for an archive."""
    with pytest.raises(ValueError, match="no address of a registry"):
        run._fetched("file:///etc/passwd")


def test_new_pins_are_followed(registry: dict[str, bytes]) -> None:
    """An environment that holds an older part gets the newer one."""
    first, second = packed(CONTENT), packed(CONTENT + b"2")
    registry[pin(first)] = first
    run.get_part()
    pin(second, CONTENT + b"2")
    registry[pin(second, CONTENT + b"2")] = second
    later = (run.VENV / "plotly").stat().st_mtime_ns + 1_000_000_000
    os.utime(run.ROOT / run.PART, ns=(later, later))
    run.get_part()
    assert (run.ROOT / "vendor" / "part.js").read_bytes() == CONTENT + b"2"


def test_the_pinned_part_fits_the_plotly_that_is_installed() -> None:
    """The version is that of the whole plotly.js; while this fails, the page loads the whole."""
    pinned = tomllib.loads(PINNED.read_text("utf-8"))
    assert pinned["version"] == get_plotlyjs_version()
    assert pinned["archive"] == f"{pinned['package']}/-/{pinned['package']}-{pinned['version']}.tgz"


def kinds_drawn(text: str) -> set[str]:
    """Return the kinds of trace that a module names: as a type, or by the method that adds one."""
    every = [getattr(go, name) for name in dir(go)]
    known = {one.__name__.lower() for one in every if isinstance(one, type) and issubclass(one, BaseTraceType)}
    kinds: set[object] = set()
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Dict):
            pairs = zip(node.keys, node.values, strict=True)
            kinds |= {value.value for key, value in pairs if _is_type(key) and isinstance(value, ast.Constant)}
        elif isinstance(node, ast.keyword) and node.arg == "type" and isinstance(node.value, ast.Constant):
            kinds.add(node.value.value)
        elif isinstance(node, ast.Attribute) and node.attr.startswith("add_"):
            kinds.add(node.attr.removeprefix("add_"))
    return known & {str(one) for one in kinds}


def _is_type(key: ast.expr | None) -> bool:
    return isinstance(key, ast.Constant) and key.value == "type"


def test_the_part_can_draw_every_chart() -> None:
    """No module names a kind of trace that the part lacks."""
    pinned = tomllib.loads(PINNED.read_text("utf-8"))
    layouts = run.ROOT / "layouts"
    # what is taken along describes files, and calls the description of a table a "table" too
    files = set(layouts.rglob("*.py")) - set((layouts / "takeaway").rglob("*.py"))
    drawn = set().union(*(kinds_drawn(file.read_text("utf-8")) for file in files))
    assert {"bar", "scatter"} <= drawn <= set(pinned["traces"])
    assert kinds_drawn("x = {'type': 'heatmap'}; f.add_box(y=[1]); g(type='histogram')") == {
        "box",
        "heatmap",
        "histogram",
    }
