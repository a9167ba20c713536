"""A folder of exports: whole files only, however it ends, and a manifest that names what stands there."""

from __future__ import annotations

import csv
import hashlib
import json
import os
import signal
import subprocess
import sys
import threading
from contextlib import nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, Any
from unittest.mock import Mock

import pytest

from analysis.selection import Selection
from app import main
from commands import exporting
from commands.arguments import parser
from commands.export_folder import MANIFEST, ExportFolder
from layouts.charts.registry import CHARTS
from layouts.figure import export
from layouts.takeaway import chart_archive
from layouts.takeaway.taken_chart import TakenChart
from loaders.core import program
from loaders.core.store import Store, StoreError
from loaders.versions.history import History

if TYPE_CHECKING:
    from analysis.dataset import Dataset
    from layouts.drawing.canvas import Canvas
    from layouts.figure.chart import Chart

pytestmark = pytest.mark.usefixtures("one_dataset")
ROOT = Path(__file__).resolve().parents[2]


def listed(folder: Path) -> dict[str, Any]:
    """Return the manifest, after a look whether every file in it is as it says."""
    manifest: dict[str, Any] = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    for one in manifest["files"]:
        content = (folder / one["file"]).read_bytes()
        assert (one["bytes"], one["sha256"]) == (len(content), hashlib.sha256(content).hexdigest())
    return manifest


def test_a_manifest_names_what_was_written(tmp_path: Path) -> None:
    """Query, each file with chart, view, size and hash, sources with their newest release, and both versions."""
    out, data = tmp_path / "out", tmp_path / "data"
    words = ["--export", str(out), "--chart", "pulse", "goods", "--format", "csv", "json", "--quiet"]
    assert main([*words, "--query", "?currency=USD&start=2022", "--data-dir", str(data)]) == 0
    manifest = listed(out)
    assert manifest["query"] == "?currency=USD&start=2022"
    assert [(one["file"], one["chart"], one["query"]) for one in manifest["files"]] == [
        (f"{chart}.{form}", chart, "?start=2022-01&currency=USD")
        for chart in ("pulse", "goods")
        for form in ("csv", "json")
    ]
    assert manifest["program"]["version"] == program.VERSION
    assert manifest["data_version"] == History(Store(data)).current()
    releases = {one["name"]: one["newest_release"] for one in manifest["sources"]}
    assert {"gacc", "comtrade", "baci"} <= set(releases)
    with (out / "pulse.csv").open(encoding="utf-8", newline="") as file:
        assert releases["gacc"] == max(row["released"] for row in csv.DictReader(file) if row["source"] == "gacc")
    assert {file.name for file in out.iterdir()} == {MANIFEST, *(one["file"] for one in manifest["files"])}


def test_a_manifest_goes_before_a_file_changes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """At no moment in which a file is put in its place does a manifest stand there; the last to be put is the new."""
    first = ExportFolder(tmp_path)
    first.write("a.csv", b"1\n")
    first.close()
    seen: list[tuple[str, bool]] = []
    put = Path.replace

    def watched(self: Path, target: Path) -> Path:
        seen.append((Path(target).name, (tmp_path / MANIFEST).exists()))
        return put(self, target)

    monkeypatch.setattr(Path, "replace", watched)
    second = ExportFolder(tmp_path)
    second.write("a.csv", b"2\n")
    second.write("b/c.csv", b"3\n")
    second.close()
    assert seen == [("a.csv", False), ("c.csv", False), (MANIFEST, False)]
    assert [one["file"] for one in listed(tmp_path)["files"]] == ["a.csv", "b/c.csv"]


def test_a_disk_that_takes_no_more(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The file that stood there stands, no part of the new one is left, and it is one line."""
    (tmp_path / "a.csv").write_bytes(b"old\n")

    def full(_: Path, target: Path) -> Path:
        raise OSError(28, "No space left on device", str(target))

    folder = ExportFolder(tmp_path)
    monkeypatch.setattr(Path, "replace", full)
    with pytest.raises(StoreError, match="No space left on device"):
        folder.write("a.csv", b"new\n")
    folder.close()
    assert {file.name: file.read_bytes() for file in tmp_path.iterdir()} == {"a.csv": b"old\n"}


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="this system has no SIGKILL")
def test_killed_in_the_middle_of_a_file(tmp_path: Path) -> None:
    """After SIGKILL while a file is written all that bear a name are whole; the next export clears what was begun."""
    code = (
        "import os, signal, sys; from pathlib import Path; from commands.export_folder import ExportFolder\n"
        "folder = ExportFolder(Path(sys.argv[1]))\n"
        "folder.write('a.csv', b'new a')\n"
        "os.fsync = lambda _: os.kill(os.getpid(), signal.SIGKILL)\n"
        "folder.write('b.csv', b'new b' * 100000)\n"
    )
    before = ExportFolder(tmp_path)
    for name in ("a.csv", "b.csv"):
        before.write(name, f"old {name[0]}".encode())
    before.close()
    done = subprocess.run([sys.executable, "-c", code, str(tmp_path)], cwd=ROOT, env=dict(os.environ), check=False)
    assert done.returncode == -signal.SIGKILL
    named = {file.name: file.read_bytes() for file in tmp_path.iterdir() if not file.name.startswith(".")}
    assert named == {"a.csv": b"new a", "b.csv": b"old b"}
    assert len(list(tmp_path.iterdir())) == 3
    after = ExportFolder(tmp_path)
    after.write("b.csv", b"new b")
    after.close()
    assert {file.name for file in tmp_path.iterdir()} == {"a.csv", "b.csv", MANIFEST}
    assert [one["file"] for one in listed(tmp_path)["files"]] == ["b.csv"]


def test_pictures_are_drawn_while_the_next_chart_is_computed(
    tmp_path: Path, dataset: Dataset, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """By one thread of their own, one after the other; one that fails costs a line and no other; the order stands."""
    drawn: list[tuple[str, int]] = []

    def picture(figure: Canvas, form: str, _: str) -> bytes:
        drawn.append((form, threading.get_ident()))
        if "energy" in figure.description:
            raise RuntimeError("no ink")
        return b"<svg>"

    def described(chart: Chart, *rest: Any) -> Canvas:
        canvas = made(chart, *rest)
        canvas.description = chart.name
        return canvas

    made = export.drawn
    monkeypatch.setattr(export, "drawn", described)
    monkeypatch.setattr(export, "picture_of", picture)
    monkeypatch.setattr(export, "browser", nullcontext)
    monkeypatch.setattr(exporting, "_chromium", lambda: True)
    names = ["discount", "energy", "settlement"]
    args = parser().parse_args(["--export", str(tmp_path), "--chart", *names, "--format", "svg", "csv", "--quiet"])
    assert exporting.export(dataset, args) == 1
    assert [form for form, _ in drawn] == ["svg"] * 3
    assert len({thread for _, thread in drawn} - {threading.get_ident()}) == 1
    assert capsys.readouterr().err == f"{tmp_path / 'energy.svg'}: not written (no ink)\n"
    files = ["discount.svg", "discount.csv", "energy.csv", "settlement.svg", "settlement.csv"]
    assert [one["file"] for one in listed(tmp_path)["files"]] == files


def test_a_picture_is_drawn_once(dataset: Dataset, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whether it shows anything, and every file that holds it, rest on one drawing."""
    chart, made = CHARTS["discount"], Mock(side_effect=export.drawn)
    monkeypatch.setattr(export, "drawn", made)
    inked = Mock(side_effect=lambda figure, *_: b"<svg>" + str(len(figure["data"])).encode())
    monkeypatch.setattr(export, "picture_of", inked)
    taken = TakenChart(chart, chart.table(dataset, Selection()), Selection())
    assert chart_archive.shows(taken)
    assert chart_archive.picture(taken, "svg") == chart_archive.picture(taken, "svg")
    assert (made.call_count, inked.call_count) == (1, 1)
