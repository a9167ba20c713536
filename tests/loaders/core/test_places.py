"""What names a state of the program and of the data: it changes with what a page may show, and with nothing else."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from loaders.core import places


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """Return a made-up data dir."""
    for name in ("imf.parquet", "side/rates.csv", "raw/imf/all.000001.json.sidecar.json", "versions/log.jsonl"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(name, "utf-8")
    return tmp_path


@pytest.mark.parametrize(
    "name", ["imf.parquet", "side/rates.csv", "imports.csv", "raw/imf/all.000001.json.sidecar.json", "versions/new.csv"]
)
def test_a_changed_data_dir_has_another_name(data: Path, name: str) -> None:
    """Whatever a page may show of it counts, what is new too."""
    before = places.of_data(data)
    assert before == places.of_data(data)
    (data / name).write_text("other figures", "utf-8")
    assert places.of_data(data) != before
    (data / name).unlink()
    assert places.of_data(data) != places.of_data(data / "nothing")


@pytest.mark.parametrize("name", ["answers/answers-0.zip", ".lock", ".imf.parquet.x.part", "raw/imf/all.000001.csv"])
def test_what_no_page_shows_does_not_count(data: Path, name: str) -> None:
    """Kept answers, what writers under way leave, and raw files themselves."""
    before = places.of_data(data)
    (data / name).parent.mkdir(exist_ok=True)
    (data / name).write_text("any", "utf-8")
    assert places.of_data(data) == before


def test_what_ships_counts_by_its_content(tmp_path: Path) -> None:
    """Copied with other times it is the same; one byte makes it another; unreadable it has no name."""
    one, two = tmp_path / "one", tmp_path / "two"
    for place in (one, two):
        place.mkdir()
        (place / "imf.parquet").write_bytes(b"figures")
    os.utime(two / "imf.parquet", (1, 1))
    nothing = tmp_path / "nothing"
    assert places.of_data(nothing, one) == places.of_data(nothing, two)
    (two / "imf.parquet").write_bytes(b"figurez")
    assert places.of_data(nothing, one) != places.of_data(nothing, two)
    (two / "imf.parquet").unlink()
    (two / "imf.parquet").symlink_to(two / "gone")
    assert places.of_data(nothing, two) is not None


def test_a_changed_program_has_another_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its text in all languages counts, what Python compiles of it does not; so do the packages that are installed."""
    room = tmp_path / "layouts"
    (room / "__pycache__").mkdir(parents=True)
    (room / "page.py").write_text("1", "utf-8")
    (room / "page.po").write_text("a", "utf-8")
    monkeypatch.setattr(places, "ROOT", tmp_path)
    names = [places.of_program()]
    (room / "__pycache__" / "page.pyc").write_text("x", "utf-8")
    assert places.of_program() == names[0]
    for name in ("page.py", "page.po"):
        (room / name).write_text("2", "utf-8")
        names.append(places.of_program())
    (tmp_path / "packages" / "pandas-9.9.9.dist-info").mkdir(parents=True)
    monkeypatch.setattr("sys.path", [str(tmp_path / "packages")])
    names.append(places.of_program())
    assert len(set(names)) == 4


def test_an_address_is_no_folder(monkeypatch: pytest.MonkeyPatch) -> None:
    """The flag comes before the environment, that before the folder of the program."""
    monkeypatch.delenv("TRADE_DATA_DIR", raising=False)
    assert places.local() == places.DEFAULT_DIR
    monkeypatch.setenv("TRADE_DATA_DIR", "s3://bucket/path")
    assert places.local() is None
    assert places.local("data") == Path("data")
