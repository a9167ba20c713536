"""Any text is read, and in work that grows with its length alone: counted in letters looked at, not in seconds."""

from __future__ import annotations

import itertools
import re
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.claims import reader_claim
from analysis.claims.parser import numbers, periods
from analysis.claims.parser.parse import LONGEST
from analysis.claims.texts import check as checking
from analysis.claims.texts import mentions, sentences
from analysis.claims.texts.check import check
from analysis.claims.verdicts import UNTESTED, Verdict

if TYPE_CHECKING:
    from analysis.dataset import Dataset

HOSTILE = (
    "40.7% ",
    "China-Russia trade rose 40.7% in 2023, ",
    "$1,",
    "trade with ",
    "from ",
    "the same ",
    "compared with ",
    "January - ",
    "(",
    ". ",
    "。",
    "U.S. ",
    "exports and imports ",
    "a fifth of ",
    "1 to 2 ",
    "亿7600万",
    "на четверть ",
    "\n \n",
    "aaaaaaaaaaaa",
)


@pytest.mark.parametrize("part", HOSTILE)
def test_work_grows_with_the_length(monkeypatch: pytest.MonkeyPatch, dataset: Dataset, part: str) -> None:
    """Four times the text costs about four times the letters that patterns look at."""
    looked = [0]

    def counting(name: str) -> Any:
        plain = getattr(re, name)

        def counted(pattern: Any, *args: Any, **kwargs: Any) -> Any:
            looked[0] += len(next(text for text in reversed(args) if isinstance(text, str)))
            return plain(pattern, *args, **kwargs)

        return counted

    for name in ("search", "sub", "finditer", "findall", "match", "fullmatch"):
        monkeypatch.setattr(re, name, counting(name))
    # a figure is judged in work that does not depend on the text; what is counted here is the reading
    monkeypatch.setattr(reader_claim, "judged", lambda *_: Verdict({}, UNTESTED, ()))
    work = []
    for letters in (5_000, 20_000):
        looked[0] = 0
        check(dataset, (part * letters)[:letters])
        work.append(looked[0])
    assert work[1] <= 5 * work[0] + 50_000


def test_one_sentence_is_never_read_beyond_its_bound() -> None:
    """A text without an end of a sentence is cut where thoughts end; no piece is longer than what is parsed."""
    pieces = list(checking._pieces("trade between China and Russia, " * 500))
    assert len(pieces) > 20
    assert max(map(len, pieces)) <= LONGEST


def test_figures_beyond_the_bound_are_counted(dataset: Dataset) -> None:
    """So many are judged; of the rest it is said how many there are."""
    checked = check(dataset, "China-Russia trade rose 26.3% in 2023. " * 5, most=2)
    assert (len(checked.figures), checked.unread) == (2, 3)


def test_sentences_beyond_the_bound_are_counted(monkeypatch: pytest.MonkeyPatch, dataset: Dataset) -> None:
    """A text of many numbers and few figures ends too; sentences of other countries alone cost nothing."""
    monkeypatch.setattr(checking, "MOST_READ", 2)
    other = "Rain fell on 7 days in 2023. " * 4
    checked = check(dataset, f"{other}China met Russia in 2023. " + other)
    assert (checked.figures, checked.unread) == ([], 3)


@given(st.text(max_size=300))
def test_any_text_is_read(text: str) -> None:
    """No letters make splitting or reading fail, and a sentence is a part of the text."""
    for one in sentences.split(text):
        assert one
        read = mentions.read(one[:500])
        assert len(read.blank) == len(read.text)
        for figure in read.figures:
            assert 0 <= figure.start < figure.end <= len(read.text)


@given(
    st.lists(st.sampled_from(("June", "2023", "first half of", "the same period of 2022", "7", "12%", "to", "-", ",")))
)
def test_windows_lie_apart(words: list[str]) -> None:
    """Windows do not overlap, and what is left has the length of the text."""
    text = " ".join(words).lower()
    spans, left = periods.windows(text)
    assert len(left) == len(text)
    assert all(one.end <= other.start for one, other in itertools.pairwise(spans))
    placed = numbers.every(left)
    assert all(one.end <= other.start for one, other in pairwise(placed))
