"""The page's own sentences are read: each finding of a chart, in each of its views, and the headline."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

import pandas as pd
import pytest

from analysis.claims.parser import parse as parser
from analysis.claims.parser.typed import LEVEL, SHARE
from analysis.measures.monthly.state import state
from analysis.selection import Selection
from layouts.cards import headline as cards
from layouts.charts.claims.wording import text_of
from layouts.charts.registry import CHARTS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from analysis.dataset import Dataset
    from layouts.figure.chart import Chart

FLOWS = ("total", "export", "import")
MOST = 12  # views of one chart


def views(chart: Chart) -> Iterator[Selection]:
    """Yield the selections that the chart's own controls, and the flow, can make."""
    choices = [[(choice.field, value) for value in choice.options] for choice in chart.choices if choice.options]
    flows = [[("flow", flow) for flow in FLOWS]] if "flow" in chart.reads else []
    for words in itertools.islice(itertools.product(*choices, *flows), MOST):
        yield Selection(**dict(words))


@pytest.mark.parametrize("name", [name for name, chart in CHARTS.items() if chart.page])
def test_the_findings_of_a_chart_are_read(dataset: Dataset, name: str) -> None:
    """Each finding is read, or it is said why customs data alone do not tell it; none is "not understood"."""
    chart = CHARTS[name]
    for selection in views(chart):
        rows = chart.table(dataset, selection)
        if len(rows):
            finding = chart.words(rows, selection).finding
            assert parser.parse(finding).missing is None, finding


@pytest.mark.parametrize("currency", ["CNY", "USD"])
def test_the_headline_is_read(dataset: Dataset, currency: str) -> None:
    """The sentence at the top is read as a value of trade in a window, in its currency."""
    trade = state(dataset, currency)
    assert trade is not None
    read = parser.parse(cards.sentence(trade))
    assert read.missing is read.untold is None
    assert (read.currency, read.span is not None, pd.notna(float(read.number))) == (currency, True, True)


@pytest.mark.parametrize(
    ("words", "measure", "sentence"),
    [
        ("In 2024 China made 33.4% of Russia’s trade, Russia 4.0% of China’s", SHARE, ""),
        ("Russian crude cost China 5.6% less than other crude in 2025", "", "Prices"),
        ("In 2021 China counted 15.5% more than Russia said it had sold", "", "mirror"),
        ("22 of 29 were raised later; Apr 2017 changed most, by −1.2%", "", "revisions"),
        ("Trade came to 170.6 bn yuan in Jul 2026, up 22.8% on a year before", LEVEL, ""),
    ],
)
def test_sentences_of_the_page_by_kind(words: str, measure: str, sentence: str) -> None:
    """A share is no change; a price, a gap between counts and a revision are not taken for growth."""
    read = parser.parse(words)
    assert (read.measure, read.missing) == (measure, None)
    assert sentence in (text_of(read.untold) if read.untold else "")
