"""How a copy is put into its folder: by one process or several alike, its pages last, its manifest last of all."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any
from unittest.mock import Mock

import pytest

from commands import site
from commands.arguments import parse
from commands.export_folder import MANIFEST, ExportFolder
from commands.telling import FAILED, OK, USAGE
from layouts.charts.registry import CHARTS
from layouts.site import page, views
from loaders.core.store import StoreError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from analysis.dataset import Dataset

JOBS = [site.Job(chart, code, 1) for chart in ("pulse", "growth", "energy") for code in ("en", "zh")]


@pytest.fixture(autouse=True)
def one_chart(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a copy be of one chart, and its files two words: what is in them, other tests look at."""
    monkeypatch.setattr(views, "charts", lambda: [CHARTS["settlement"]])
    monkeypatch.setattr(site, "_answers", lambda _, job: {f"data/{job.code}/{job.chart}.js": b"answers"})
    monkeypatch.setattr(page, "written", lambda *_: "page")


def test_a_copy_is_written_with_its_manifest(
    dataset: Dataset, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Every file is named, with the sources of its rows; the languages asked for, each once, the first as index."""
    args = parse(["--export", str(tmp_path), "--format", "site", "--lang", "ru", "zh", "ru"])
    assert site.write(dataset, args, b"plotly") == OK
    manifest = json.loads((tmp_path / MANIFEST).read_text("utf-8"))
    names = [one["file"] for one in manifest["files"]]
    assert names[-2:] == ["index.html", "zh.html"]
    assert {"chart/settlement.csv", "data/ru/settlement.js", "data/zh/settlement.js"} <= set(names)
    assert "assets/plotly.min.js" in names
    assert manifest["sources"]
    assert capsys.readouterr().out.startswith(f"{tmp_path / 'index.html'}: open it; {len(names)} files, ")


def test_a_disk_that_takes_no_more(
    dataset: Dataset, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """One line and exit 1, without a manifest; a folder that cannot be made is exit 2."""

    def full(*_: object) -> None:
        raise StoreError("no room left")

    monkeypatch.setattr(ExportFolder, "write", full)
    args = parse(["--export", str(tmp_path / "out"), "--format", "site", "--lang", "en"])
    assert site.write(dataset, args, b"plotly") == FAILED
    assert capsys.readouterr().err == "no room left\n"
    assert not (tmp_path / "out" / MANIFEST).exists()
    (tmp_path / "file").write_text("mine", "utf-8")
    args.export = str(tmp_path / "file")
    assert site.write(dataset, args, b"plotly") == USAGE


def pool(workers: int, *, initializer: Any, initargs: tuple[Any, ...], **_: Any) -> ThreadPoolExecutor:
    """Return threads in place of processes, begun in the same way."""
    return ThreadPoolExecutor(workers, initializer=initializer, initargs=initargs)


def test_several_answer_as_one_does(dataset: Dataset, monkeypatch: pytest.MonkeyPatch) -> None:
    """The same files whatever the number; each worker reads from the data, without what was computed from it."""
    monkeypatch.setattr(site, "ProcessPoolExecutor", pool)
    monkeypatch.setattr(site, "begin", Mock())
    monkeypatch.setattr(site, "gc", Mock())
    monkeypatch.setattr(site, "_READING", {})

    def names(answers: Iterator[dict[str, bytes]]) -> set[str]:
        return {name for files in answers for name in files}

    assert names(site._answered(dataset, JOBS, 2)) == names(site._answered(dataset, JOBS, 1))
    read = site._READING["dataset"]
    assert read is not dataset
    assert read.trade is dataset.trade


def test_what_fails_lets_the_rest_go(dataset: Dataset, monkeypatch: pytest.MonkeyPatch) -> None:
    """The error of one job is that of all: nothing is left running, and nobody waits for what was not begun."""
    monkeypatch.setattr(site, "ProcessPoolExecutor", pool)
    monkeypatch.setattr(site, "begin", Mock())
    monkeypatch.setattr(site, "gc", Mock())
    monkeypatch.setattr(site, "_READING", {})
    monkeypatch.setattr(site, "_answers", Mock(side_effect=ValueError("no picture")))
    with pytest.raises(ValueError, match="no picture"):
        list(site._answered(dataset, JOBS, 2))
