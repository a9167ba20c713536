"""Every figure at hand, said plainly in three languages, is true; the same made clearly wrong never is.

Each figure of customs (dollars and yuan, as printed and as known now) was run so once; a sample of them stays here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from analysis.claims.texts.check import check
from analysis.claims.verdicts import HOLDS, NOT, OPEN, OTHERWISE, REVISED, UNREAD
from analysis.recomputations.figures import PERCENT
from tests.analysis.claims.texts.plain_sentences import sample, sentence

if TYPE_CHECKING:
    from analysis.dataset import Dataset

STEP = 23  # each so many figures of some 3,400
POINTS = 10  # how far off a rate is clearly wrong


def test_true_figures_are_never_judged_false(dataset: Dataset) -> None:
    """Read with the right flow and months, and judged true on the basis that the words name."""
    wrong = []
    for one, language, turn in sample(dataset, STEP):
        words = sentence(one, language, turn)
        figures = check(dataset, words).figures
        read = [(figure.claim.span, figure.verdict.verdict) for figure in figures]
        if len(read) != 1 or read[0][0] != one.span or read[0][1] in {NOT, OTHERWISE, OPEN, UNREAD}:
            wrong.append((words, read))
    assert not wrong


@pytest.mark.parametrize("turned", [False, True])
def test_wrong_figures_are_never_true(dataset: Dataset, *, turned: bool) -> None:
    """A fifth too much and ten points, or the other sign: neither holds, nor held when printed."""
    wrong = []
    for one, language, turn in sample(dataset, STEP):
        rate = one.basis.unit == PERCENT
        if turned and (not rate or abs(one.basis.figure) < POINTS):
            continue
        factor = -1.0 if turned else 1.2 + (POINTS / abs(one.basis.figure) if rate else 0)
        words = sentence(one, language, turn, factor)
        wrong += [words for figure in check(dataset, words).figures if figure.verdict.verdict in {HOLDS, REVISED}]
    assert not wrong


@pytest.mark.parametrize(
    "words",
    ["Chinese shipments to Russia reached $5.97 billion in June 2022.", "2022年6月中国对俄出口为60.00亿美元。"],
)
def test_a_print_of_one_digit_bears_no_number_a_fifth_above_it_out(dataset: Dataset, words: str) -> None:
    """Newspapers had $5 bn for what is 4.97 now: that was rounded, and is not what is left of 5.97."""
    (figure,) = check(dataset, words).figures
    assert figure.verdict.verdict == NOT
