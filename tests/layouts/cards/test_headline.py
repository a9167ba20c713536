"""The key figures follow the end, the currency and the day asked for, and say where they cannot."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd
import pytest

from analysis.measures.monthly.state import state
from analysis.selection import Selection
from layouts.cards import headline as cards

if TYPE_CHECKING:
    from analysis.dataset import Dataset

TODAY = pd.Timestamp("2026-11-29")


def shown(dataset: Dataset, query: str) -> tuple[str, str]:
    """Return the sentence, and all that the top of the page says."""
    selection = Selection.from_query(query)
    parts = cards.headline(dataset.on(selection.asof), selection, TODAY)
    return str(parts[0].children), str(parts)


@pytest.mark.parametrize(
    ("query", "window", "words"),
    [
        ("", "January–July 2026", ""),
        ("end=2016", "January–December 2016", ""),
        ("end=2022-06", "January–June 2022", ""),
        (
            "end=2012",
            "January–December 2012",
            "figure in yuan up to December 2012: this is in US dollars",
        ),
        ("end=1950", "", "There is no year-to-date figure up to December 1950: this is the newest there is"),
        ("asof=2023-07-01", "January–May 2023", "in yuan as known on 1 Jul 2023: this is in US dollars"),
    ],
)
def test_the_key_figures_follow_the_end(dataset: Dataset, query: str, window: str, words: str) -> None:
    """The newest year to date up to the end asked for, in the currency that has one; a sentence says which."""
    sentence, whole = shown(dataset, query)
    assert window in sentence
    assert words in whole
    assert ("There is no year-to-date figure" in whole) == bool(words)


def test_an_end_asked_for_is_not_called_old(dataset: Dataset) -> None:
    """Figures of the end that a reader chose are no reason to refresh."""
    assert "--refresh" in shown(dataset, "")[1]
    assert "--refresh" not in shown(dataset, "end=2016")[1]


def test_the_figures_are_those_of_the_window(dataset: Dataset) -> None:
    """Value and history end with the window: nothing of later years stands in them."""
    trade = state(dataset, "USD", last=pd.Timestamp("2016-12-01"))
    assert trade is not None
    assert trade.end == pd.Timestamp("2016-12-01")
    years = [[year for year, *_ in one.history] for one in trade.figures.values()]
    assert all(own == list(range(2011, 2017)) for own in years)


def test_no_year_is_left_out_of_a_history(dataset: Dataset) -> None:
    """Columns stand side by side: the history begins after the last year that is not held."""
    trade = state(dataset, "USD", last=pd.Timestamp("2012-12-01"))
    assert trade is not None
    assert [year for year, *_ in trade.figures["total"].history] == [2011, 2012]
