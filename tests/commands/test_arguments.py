"""What may be typed: bounds of numbers, names that begin with a dash, one thing at a time."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from commands.arguments import parse

NAMES = st.lists(st.from_regex(r"-{0,2}[a-z]{1,8}\.csv", fullmatch=True), min_size=1, max_size=4)


@pytest.mark.parametrize("seconds", ["0", "-1", "inf", "nan", "soon"])
def test_a_time_without_end_is_refused(seconds: str, capsys: pytest.CaptureFixture[str]) -> None:
    """A request is bounded by a positive number of seconds, or the command is exit 2."""
    with pytest.raises(SystemExit) as ended:
        parse(["--refresh", "--timeout", seconds])
    assert ended.value.code == 2
    assert "--timeout" in capsys.readouterr().err


def test_a_time_is_a_number() -> None:
    """Halves of a second too; none is named by default."""
    assert parse(["--refresh", "--timeout", "2.5"]).timeout == 2.5
    assert parse(["--refresh"]).timeout is None


@settings(max_examples=25)
@given(NAMES)
def test_after_two_dashes_every_word_is_a_file(names: list[str]) -> None:
    """Whatever it begins with, and what stood before stays: the file in this folder is meant."""
    args = parse(["--quiet", "--import", "--", *names])
    assert [name.removeprefix("./") for name in args.files] == names
    assert not any(name.startswith("-") for name in args.files)
    assert args.quiet


def test_two_dashes_between_files() -> None:
    """Between two files they are only passed over."""
    assert parse(["--import", "a.csv", "--", "b.csv"]).files == ["a.csv", "b.csv"]


@pytest.mark.parametrize("words", [["--check", "--list"], ["--export", "out", "--refresh"], ["--flow", "both"]])
def test_what_excludes_each_other_is_misuse(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    """Two things at once, or a word that means nothing there, end with exit 2 and one line after the usage."""
    with pytest.raises(SystemExit) as ended:
        parse(words)
    assert ended.value.code == 2
    assert "error: " in capsys.readouterr().err
