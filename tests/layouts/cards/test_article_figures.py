"""The answer to a pasted paragraph: figures under their sentences, in the language of the page, within its bounds."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from analysis.selection import Selection
from callbacks.server import guard
from layouts.cards import article_figures
from layouts.words.language import speaking

if TYPE_CHECKING:
    from analysis.dataset import Dataset

TEXT = "China-Russia trade rose 40.6% in the first half of 2023. Of that, imports grew 19.4%. In 2023 Mars was 3% red."


@pytest.mark.parametrize(
    ("code", "words"),
    [("en", "2 figures of trade between China and Russia"), ("zh", "2个中俄贸易数字"), ("ru", "2 числа о торговле")],
)
def test_the_answer_in_each_language(dataset: Dataset, code: str, words: str) -> None:
    """Counted, then each sentence with its figures; each links to its number and to the figure alone."""
    with speaking(code):
        shown = str(article_figures.answer(dataset, Selection(lang=code), TEXT))
    assert words in shown
    assert shown.count("Blockquote(") == 2
    assert shown.count("point=claims%3Atyped") == 2
    assert "%2B40.6" in shown


def test_a_long_text_is_refused_in_a_sentence(dataset: Dataset) -> None:
    """The page takes so many letters; more go on the command line."""
    shown = str(article_figures.answer(dataset, Selection(), "x" * (article_figures.LETTERS + 1)))
    assert "--claims FILE" in shown


def test_a_pasted_text_is_not_cut_unseen() -> None:
    """A browser cuts off at ``maxlength``, within a number even; the field names its bound for the script alone."""
    field = article_figures.form().children[1]
    assert not hasattr(field, "maxLength")
    assert getattr(field, "data-letters") == str(article_figures.LETTERS)
    assert article_figures.LETTERS * 3 < guard.MOST - 4096, "in Chinese a letter takes three bytes of a request"


@pytest.mark.parametrize(
    ("code", "words"),
    [("en", "no figure of trade"), ("zh", "没有"), ("ru", "нет")],
)
def test_a_text_without_figures_of_the_trade(dataset: Dataset, code: str, words: str) -> None:
    """It is said that there is none, and what was left alone."""
    with speaking(code):
        shown = str(article_figures.answer(dataset, Selection(lang=code), "It rained. In 2023 Mars was 3% red."))
    assert words in shown
    assert "Blockquote(" not in shown
