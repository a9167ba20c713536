"""The page does not contradict itself: headline, growth and monthly chart say the same of the same window."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd
import pytest

from analysis.measures.monthly.state import state
from analysis.selection import Selection
from layouts.cards import headline as cards
from layouts.charts.registry import CHARTS
from layouts.figure import source_line
from layouts.words import text

if TYPE_CHECKING:
    from analysis.dataset import Dataset

TODAY = pd.Timestamp("2026-11-27")


@pytest.mark.parametrize("currency", ["CNY", "USD"])
@pytest.mark.parametrize("day", [None, "2025-10-31"])
def test_one_rate_of_the_newest_window(dataset: Dataset, currency: str, day: str | None) -> None:
    """Value, rate and basis of the newest year to date are the same in headline, growth and monthly chart."""
    selection = Selection(currency=currency, asof=day, measure="ytd_yoy")
    data = dataset.on(day)
    trade = state(data, currency)
    assert trade is not None
    growth = CHARTS["growth"].rows(data, Selection(currency=currency, asof=day))
    growth = growth[growth["series"].eq("year to date")]
    for flow in ("total", "export", "import"):
        chosen = Selection(currency=currency, asof=day, measure="ytd_yoy", flow=flow)
        tables = [CHARTS["pulse"].rows(data, chosen)]
        tables += (
            [growth] if flow == "total" else [CHARTS["growth"].rows(data, chosen).query("series == 'year to date'")]
        )
        for rows in tables:
            row = rows[rows["flow"].eq(flow) & rows["period_end"].eq(trade.end)].iloc[0]
            figure = trade.figures[flow]
            assert (row["value"], row["yoy_pct"], row["basis"]) == (figure.value, figure.yoy_pct, figure.basis)
    assert CHARTS["pulse"].words(CHARTS["pulse"].rows(data, selection), selection).stated


def test_headline_says_whose_rate_it_gives(dataset: Dataset) -> None:
    """Customs' own +21.5 per cent leads; ours stands in the note with the reason."""
    trade = state(dataset, "CNY")
    assert trade is not None
    assert "21.5% more" in cards.sentence(trade)
    note = cards.growth_note(trade)
    assert "trade +21.7%" in note
    assert "figures of 2025 that they have revised" in note


def test_a_currency_that_ends_early_says_so(dataset: Dataset) -> None:
    """Where dollars end before yuan the headline in dollars says why; in yuan it says nothing of it."""
    yuan, dollars = state(dataset, "CNY"), state(dataset, "USD")
    assert yuan is not None
    assert dollars is not None
    late = dollars.end < yuan.end
    headlines = {
        currency: str(cards.headline(dataset, Selection(currency=currency), TODAY)) for currency in ("CNY", "USD")
    }
    assert ("Dollars run to" in headlines["USD"]) == late
    assert "run to" not in headlines["CNY"]
    assert not late or text.month(dollars.end) in headlines["USD"]


def test_the_newest_release_is_not_older_than_the_figures(dataset: Dataset) -> None:
    """No picture of the months names a newest release from before its newest month, and the day is that of its rows."""
    for query in ("", "?currency=USD", "?measure=ytd_yoy", "?asof=2025-10-31"):
        selection = Selection.from_query(query)
        rows = CHARTS["pulse"].rows(dataset.on(selection.asof), selection)
        newest = rows["released"].max()
        assert newest >= rows["period_end"].max()
        assert f"Newest dated release: {text.release_day(newest)}." in source_line.line(rows)


@pytest.mark.parametrize("name", sorted(name for name, chart in CHARTS.items() if chart.page))
def test_a_release_older_than_the_figures_is_not_left_unsaid(dataset: Dataset, name: str) -> None:
    """A newest release from before the newest month stands with a word that later figures have none."""
    rows = CHARTS[name].table(dataset, Selection())
    line = CHARTS[name].words(rows, Selection()).source
    if "Newest dated release" in line:
        figures = rows[rows["reference"].fillna("").ne("")]
        undated = figures["released"].max() < figures["period_end"].max()
        assert ("later figures carry no release day" in line) == undated


def test_the_day_at_the_top_is_that_of_the_newest_figure(dataset: Dataset) -> None:
    """The page does not name the moment at which the program opened its files as the day the data were read."""
    assert f"{dataset.trade['known_by'].max():%d %b %Y}" in cards.newest(dataset)
    assert "read" not in cards.newest(dataset)
