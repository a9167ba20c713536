"""``--export``: misuse, what cannot be drawn, what would hold nothing, and the description beside the rows."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from commands import exporting
from commands.arguments import parse
from commands.export_folder import ExportFolder
from commands.telling import FAILED, OK, USAGE
from layouts.figure import export as exports
from layouts.takeaway import data_package
from loaders.core.store import StoreError

if TYPE_CHECKING:
    from pathlib import Path

    from analysis.dataset import Dataset
    from layouts.figure.chart import Chart


def run(dataset: Dataset, folder: Path, *words: str) -> int:
    """Run the command on a dataset."""
    return exporting.export(dataset, parse(["--export", str(folder), *words]))


@pytest.fixture(autouse=True)
def no_chromium(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let there be no Chromium: nothing here is drawn."""
    monkeypatch.setattr(exporting, "_chromium", lambda: False)


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (["--chart", "pulse", "nothing", "never"], "no chart named nothing, never; there are: pulse, "),
        (["--query", "?flow=up"], "--query: there is no flow=up; "),
        (["--format", "sdmx"], "--format sdmx is of the table alone; name it with --chart table"),
        (["--format", "sdmx", "--chart", "table", "pulse"], "--format sdmx is of the table alone"),
    ],
)
def test_misuse_costs_one_line(
    dataset: Dataset, tmp_path: Path, capsys: pytest.CaptureFixture[str], words: list[str], why: str
) -> None:
    """What is wrong, exit 2, and no folder is made."""
    assert run(dataset, tmp_path / "out", *words) == USAGE
    out, err = capsys.readouterr()
    assert (out, err.count("\n")) == ("", 1)
    assert err.startswith(why)
    assert not (tmp_path / "out").exists()


def test_a_folder_that_cannot_be(dataset: Dataset, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A file of that name is one line and exit 2, and stays as it is."""
    (tmp_path / "out").write_text("mine", "utf-8")
    assert run(dataset, tmp_path / "out", "--chart", "settlement", "--format", "csv") == USAGE
    assert capsys.readouterr().err.endswith("; name another folder\n")
    assert (tmp_path / "out").read_text("utf-8") == "mine"


def test_without_a_browser_the_rows_are_written(
    dataset: Dataset, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Where no format is named it is said once what pictures need; one that was asked for fails by itself."""
    assert run(dataset, tmp_path / "rows", "--chart", "settlement") == OK
    assert {file.name for file in (tmp_path / "rows").iterdir()} == {
        *("settlement.csv", "settlement.json", "manifest.json")
    }
    assert capsys.readouterr().err.count("pictures need Chromium") == 1
    assert run(dataset, tmp_path / "asked", "--chart", "settlement", "--format", "png", "csv") == FAILED
    assert "settlement.png: not written (pictures need Chromium" in capsys.readouterr().err
    assert (tmp_path / "asked" / "settlement.csv").exists()
    with pytest.raises(RuntimeError, match="pictures need Chromium"):
        run(dataset, tmp_path / "told", "--chart", "settlement", "--format", "png", "--verbose")


def test_a_chart_with_nothing_to_show_is_not_written(
    dataset: Dataset, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Before anything was published: one line says why, the exit is 1, and what holds rows is written."""
    words = ["--chart", "dual-use", "settlement", "--format", "csv", "--query", "?asof=1990-01-01"]
    assert run(dataset, tmp_path, *words) == FAILED
    err = capsys.readouterr().err
    assert "dual-use: nothing to show, so no csv is written (" in err
    assert not (tmp_path / "dual-use.csv").exists()


def test_a_package_describes_what_was_written(dataset: Dataset, tmp_path: Path) -> None:
    """CSV and its description, one table a chart and language, in the first language; HTML stands alone."""
    words = ["--chart", "settlement", "--format", "datapackage", "html", "--lang", "ru", "en", "--quiet"]
    assert run(dataset, tmp_path, *words) == OK
    described = json.loads((tmp_path / data_package.NAME).read_text("utf-8"))
    assert [one["path"] for one in described["resources"]] == ["settlement.ru.csv", "settlement.en.csv"]
    assert len({(tmp_path / f"settlement.{code}.html").read_text("utf-8") for code in ("ru", "en")}) == 2


def test_a_manifest_that_the_disk_does_not_take(
    dataset: Dataset, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """One line and exit 1; the files that were written stand."""

    def full(_: ExportFolder) -> None:
        raise StoreError("no room left")

    monkeypatch.setattr(ExportFolder, "close", full)
    assert run(dataset, tmp_path, "--chart", "settlement", "--format", "csv", "--quiet") == FAILED
    assert capsys.readouterr().err == "no room left\n"
    assert (tmp_path / "settlement.csv").exists()


def test_a_chart_that_fails_costs_its_line(
    dataset: Dataset, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The others are written, the exit is 1; told to say more, the command shows where it failed."""
    made = exports.empty_forms

    def failing(chart: Chart, *rest: Any) -> list[str]:
        if chart.name == "discount":
            raise ValueError("no oil\nat all")
        return list(made(chart, *rest))

    monkeypatch.setattr(exports, "empty_forms", failing)
    words = ["--chart", "discount", "settlement", "--format", "csv", "--quiet"]
    assert run(dataset, tmp_path, *words) == FAILED
    assert capsys.readouterr().err == f"{tmp_path / 'discount'}: not written (no oil at all)\n"
    assert (tmp_path / "settlement.csv").exists()
    with pytest.raises(ValueError, match="no oil"):
        run(dataset, tmp_path, *words, "--verbose")
