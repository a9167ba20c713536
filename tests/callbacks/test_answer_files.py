"""Answers that outlive a process: those of the very same state, whole or not at all, and never too many of them."""

from __future__ import annotations

import os
from datetime import date
from typing import TYPE_CHECKING

import pytest

from callbacks import answer_files
from callbacks.answer_files import AnswerFiles
from loaders.core import places

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

GIVEN = {"page-en": b"one", "assets/trade.css?h=1": b"two", "scripts": b"[]"}
LATER = {"page-en": b"older"}
DAY = date(2026, 11, 30)
TIMES = {places.of_day(DAY): GIVEN, places.of_day(date(2026, 12, 1)): LATER}


@pytest.fixture(autouse=True)
def day() -> Iterator[None]:
    """Let all be of one day."""
    with places.on(DAY):
        yield


@pytest.fixture
def program(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return the name that the program has; a test changes it."""
    name = ["program"]
    monkeypatch.setattr(places, "of_program", lambda: name[0])
    return name


def test_they_come_back_in_order(tmp_path: Path, program: list[str]) -> None:
    """Another process over the same state has the same bytes under the same names."""
    assert program
    assert AnswerFiles((tmp_path,), "/").write("data", TIMES)
    assert list(AnswerFiles((tmp_path,), "/").read("data").items()) == list(GIVEN.items())


def test_another_state_has_none(tmp_path: Path, program: list[str]) -> None:
    """Other data, another path, another program; data that have no name."""
    AnswerFiles((tmp_path,), "/").write("data", TIMES)
    assert AnswerFiles((tmp_path,), "/").read("other") == {}
    assert AnswerFiles((tmp_path,), "/trade/").read("data") == {}
    assert AnswerFiles((tmp_path,), "/").read(None) == {}
    assert not AnswerFiles((tmp_path,), "/").write(None, TIMES)
    program[0] = "newer"
    assert AnswerFiles((tmp_path,), "/").read("data") == {}
    program[0] = "program"
    assert AnswerFiles((tmp_path,), "/").read("data") == GIVEN


def test_the_day_chooses(tmp_path: Path, program: list[str]) -> None:
    """A day of the same time has the same answers, one of a time to come its own, any other none."""
    assert program
    AnswerFiles((tmp_path,), "/").write("data", TIMES)
    for day, answers in ((date(2026, 11, 16), GIVEN), (date(2026, 12, 14), LATER), (date(2026, 12, 15), {})):
        with places.on(day):
            assert AnswerFiles((tmp_path,), "/").read("data") == answers


def test_a_program_that_was_changed_meanwhile_keeps_nothing(tmp_path: Path, program: list[str]) -> None:
    """A process of the old program would name its answers as those of the new one."""
    files = AnswerFiles((tmp_path,), "/")
    program[0] = "newer"
    assert not files.write("data", TIMES)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("how", ["cut", "turned", "empty", "large"])
def test_a_broken_file_costs_a_line(
    tmp_path: Path, program: list[str], capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, how: str
) -> None:
    """It counts for nothing, is named, and is gone, so that the next start has a whole one again."""
    assert program
    files = AnswerFiles((tmp_path,), "/")
    files.write("data", TIMES)
    (file,) = tmp_path.iterdir()
    whole = file.read_bytes()
    file.write_bytes({"cut": whole[:-30], "turned": whole.replace(b"two", b"twx"), "empty": b""}.get(how, whole))
    if how == "large":
        monkeypatch.setattr(answer_files, "LARGEST", 5)
    assert files.read("data") == {}
    err = capsys.readouterr().err
    assert (err.count("\n"), str(file) in err, "made anew" in err) == (1, True, True)
    assert not file.exists()
    monkeypatch.undo()


def test_a_folder_that_takes_nothing_is_passed_over(tmp_path: Path, program: list[str]) -> None:
    """The next one has the file; without any, nothing fails and nothing is said."""
    assert program
    (tmp_path / "file").write_text("no folder", "utf-8")
    closed, open_ = tmp_path / "file" / "answers", tmp_path / "open"
    files = AnswerFiles((closed, open_), "/")
    assert files.write("data", TIMES)
    assert len(list(open_.iterdir())) == 1
    assert files.read("data") == GIVEN
    assert not AnswerFiles((closed,), "/").write("data", TIMES)
    assert AnswerFiles((closed,), "/").read("data") == {}


def test_there_are_never_many(tmp_path: Path, program: list[str]) -> None:
    """The oldest go; nothing else in the folder does."""
    assert program
    (tmp_path / "mine.zip").write_text("mine", "utf-8")
    files = AnswerFiles((tmp_path,), "/")
    for number in range(answer_files.KEPT + 3):
        files.write(f"data {number}", TIMES)
        for old in tmp_path.glob("answers-*"):  # the clock may not tell two writings apart
            os.utime(old, (old.stat().st_mtime - 10, old.stat().st_mtime - 10))
    assert len(list(tmp_path.glob("answers-*"))) == answer_files.KEPT
    assert (tmp_path / "mine.zip").exists()
    assert files.read("data 0") == {}
    assert files.read(f"data {answer_files.KEPT + 2}") == GIVEN


def test_where_they_lie(tmp_path: Path, program: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """In the data dir where there is one, which is never made for them; else where the system keeps such files."""
    assert program
    monkeypatch.setenv("CACHE_DIRECTORY", str(tmp_path / "cache"))
    assert AnswerFiles.of(tmp_path / "none", "/").folders == (tmp_path / "cache",)
    assert AnswerFiles.of(None, "/").folders == (tmp_path / "cache",)
    (tmp_path / "data").mkdir()
    assert AnswerFiles.of(tmp_path / "data", "/").folders == (tmp_path / "data" / "answers", tmp_path / "cache")
    monkeypatch.delenv("CACHE_DIRECTORY")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "xdg"))
    monkeypatch.setenv("LOCALAPPDATA", str(tmp_path / "xdg"))
    assert AnswerFiles.of(None, "/").folders == (tmp_path / "xdg" / "sino-russian-trade",)
