"""What a reader brought is shown as the reader's: in the list, on the page, and where a number comes from."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from analysis.selection import Selection
from app import main
from callbacks import number_panel as number_answers
from callbacks.live_dataset import LiveDataset
from layouts import page
from loaders.core.store import Store
from loaders.importing import import_log

if TYPE_CHECKING:
    from pathlib import Path

    from analysis.dataset import Dataset

HEAD = (
    "typeCode,freqCode,period,reporterCode,flowCode,partnerCode,partner2Code,classificationCode,cmdCode,customsCode,"
    "motCode,primaryValue,lastReleased\n"
)


def words(component: Any) -> str:
    """Return all text inside components."""
    if component is None or isinstance(component, (str, int, float)):
        return str(component or "")
    if isinstance(component, (list, tuple)):
        return " ".join(map(words, component))
    return words(getattr(component, "children", None))


@pytest.fixture(scope="module")
def live(tmp_path_factory: pytest.TempPathFactory) -> LiveDataset:
    """Return a live over the shipped data and one brought file: a month of China's imports, revised a little."""
    tmp_path: Path = tmp_path_factory.mktemp("brought")
    file = tmp_path / "mine.csv"
    file.write_text(f"{HEAD}C,M,202306,156,M,643,0,H6,TOTAL,C00,0,11400000001,2026-10-01\n")
    assert main(["--data-dir", str(tmp_path / "data"), "--quiet", "--import", str(file)]) == 0
    return LiveDataset(Store(tmp_path / "data"))


def test_the_list_says_file_hash_fates_and_by_whom(live: LiveDataset, capsys: pytest.CaptureFixture[str]) -> None:
    """The record of imports beside the rows held."""
    assert main(["--data-dir", str(live.store.folder), "--list"]) == 0
    line = next(line for line in capsys.readouterr().out.splitlines() if "mine.csv" in line)
    record = import_log.read(live.store).iloc[0]
    assert f" by {import_log.whoever()} (1 rows read, 1 stored, 0 left out, 0 merged, 0 refused; SHA-256 " in line
    assert record["sha256"][:12] in line
    assert record["imported"] in line


def test_the_page_lists_what_was_brought(live: LiveDataset, dataset: Dataset) -> None:
    """In the part on what stands behind the page; without an import there is no such list."""
    page_ = words(page.layout(live.dataset()))
    assert "One file was added by whoever runs this page" in page_
    assert "mine.csv: 1 of 1 rows kept, read as comtrade, brought 2" in page_
    assert "added by whoever" not in words(page.layout(dataset))


def test_a_number_of_it_is_the_readers(live: LiveDataset) -> None:
    """The panel of the point names the file as the reader's, and so does the citation."""
    panel = number_answers.answer(live, Selection(point="pulse:import.2023-06", currency="USD"), "https://example.org/")
    panel_words = words(panel).replace("\N{NO-BREAK SPACE}", " ")
    assert "Read from a file that a reader brought mine.csv" in panel_words
    assert "Imported" in panel_words
    assert "read from a reader’s file, mine.csv, row 2, imported 2" in panel_words


def test_a_machine_without_names_imports_all_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    """A container may know no name for its user."""

    def nobody() -> str:
        raise KeyError("getpwuid(): uid not found: 1000")

    monkeypatch.setattr("getpass.getuser", nobody)
    assert import_log.whoever() == ""
