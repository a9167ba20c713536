"""The page names files, never where they lie."""

from __future__ import annotations

import pandas as pd
import pytest
from dash import html
from hypothesis import given
from hypothesis import strategies as st

from analysis.dataset import Dataset
from layouts.cards import headline as cards
from layouts.words import file_names


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("/srv/a/press.parquet: cannot be read (no); move it", "press.parquet: cannot be read (no); move it"),
        ("/srv/my data/x.csv: not read ([Errno 2] '/srv/my data/x.csv')", "x.csv: not read ([Errno 2] 'x.csv')"),
        ("C:\\Users\\a b\\x.csv: cannot be read", "x.csv: cannot be read"),
        ("x.csv: at /home/a/b.csv, /home/c; see https://a.example/b/c", "x.csv: at b.csv, c; see https://a.example/b/c"),
        ("restore data/snapshot/ from the repository", "restore data/snapshot/ from the repository"),
    ],
)  # fmt: skip
def test_lines(line: str, words: str) -> None:
    """Paths with blanks, in quotes and bare; addresses and paths inside the project stay."""
    assert file_names.named(line) == words


@given(st.lists(st.from_regex(r"[a-z0-9._ -]{1,8}[a-z]", fullmatch=True), min_size=2, max_size=5), st.booleans())
def test_no_folder_gets_through(parts: list[str], quoted: bool) -> None:  # noqa: FBT001 (given by Hypothesis)
    """Whatever the folders are called, the line keeps the file's name alone."""
    place = "/" + "/".join(parts)
    line = file_names.named(f"x.csv: cannot be read: '{place}'" if quoted else f"{place}: cannot be read")
    assert place not in line
    assert parts[-1] in line
    assert "/" not in line


def test_the_list_of_problems_names_files_only() -> None:
    """What the command line says with its whole path, the page says with the file's name."""
    dataset = Dataset(pd.DataFrame(), problems=("/srv/hidden/press.parquet: cannot be read (why); move it away",))
    page = str(cards.problems(dataset).to_plotly_json())
    assert isinstance(cards.problems(dataset), html.Div)
    assert "press.parquet: cannot be read" in page
    assert "hidden" not in page
