"""A changed figure in a line, and the sentences of the page that another state turns. All figures are made up."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from analysis.selection import LANGUAGES, Selection
from layouts.charts.registry import CHARTS
from layouts.takeaway import turned_sentences
from layouts.takeaway.figure_changes import sentence_of
from layouts.takeaway.turned_sentences import Turned
from layouts.words.language import speaking
from loaders.versions.table_changes import GONE, NEW, REVISED, FigureChange
from tests.analysis.kit import dataset, row, year

if TYPE_CHECKING:
    from analysis.dataset import Dataset

ONE = FigureChange(
    kind=REVISED,
    source="comtrade",
    reporter="CHN",
    partner="RUS",
    flow="import",
    start="2023-01",
    end="2023-01",
    code="TOTAL",
    currency="USD",
    old=1_000_000.0,
    new=2_500_000.4,
    released="",
)


def test_a_revision_has_both_values() -> None:
    """Who counted, what, when, and both values in whole units."""
    line = sentence_of(ONE)
    assert "UN Comtrade" in line
    assert "China" in line
    assert "Russia" in line
    assert "Jan 2023" in line
    assert "1,000,000" in line
    assert "2,500,000" in line
    assert line.index("1,000,000") < line.index("2,500,000")


def test_new_revised_and_gone_are_three_sentences() -> None:
    """A value that is not there is a dash, never nought."""
    lines = {
        NEW: sentence_of(replace(ONE, kind=NEW, old=None)),
        REVISED: sentence_of(ONE),
        GONE: sentence_of(replace(ONE, kind=GONE, new=None)),
    }
    assert len({line.split(":")[0] for line in lines.values()}) == 3
    assert not any(word in " ".join(lines.values()) for word in (" 0 ", "None", "nan"))


@pytest.mark.parametrize(
    ("code", "classification", "goods"),
    [
        ("TOTAL", "none", "imports, Russia, all goods, Jan"),
        ("2709", "HS2017", "imports, Russia, HS 2709, Jan"),
        ("2709", "", "imports, Russia, HS 2709, Jan"),
        ("75", "SITC4", "imports, Russia, SITC 75, Jan"),  # office machines: 75 of the HS is nickel
        ("PASSENGER_CARS", "HS", "imports, Russia, passenger cars, Jan"),
    ],
)
def test_goods_are_named_by_their_code(code: str, classification: str, goods: str) -> None:
    """All goods in words, sums of a publisher by theirs, others by code and the classification that it is of."""
    assert goods in sentence_of(replace(ONE, code=code, classification=classification))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_year_is_named_as_one(lang: str) -> None:
    """Twelve months of one year are that year, in each language."""
    with speaking(lang):
        line = sentence_of(replace(ONE, start="2023-01", end="2023-12"))
    assert "2023" in line
    assert "Jan" not in line
    assert "янв" not in line


@pytest.fixture
def _two_charts(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the page have two charts."""
    few = {name: CHARTS[name] for name in ("growth", "settlement")}
    monkeypatch.setattr(turned_sentences, "CHARTS", few)


def _data(value: float) -> Dataset:
    return dataset(
        *year(2022, 1e9), *year(2023, 1e9), *(row(f"2024-{month:02d}", value=value) for month in range(1, 13))
    )


@pytest.mark.usefixtures("_two_charts")
def test_a_sentence_that_says_something_else_is_told() -> None:
    """Twice as much in 2024 turns sentences of charts; the same state turns none."""
    before, after = _data(1e9), _data(2e9)
    met = {one.subject: one for one in turned_sentences.turned(before, after)}
    assert met["growth"].before != met["growth"].after
    assert "100.0%" in met["growth"].after
    assert "settlement" not in met
    assert turned_sentences.turned(before, _data(1e9)) == []


@pytest.mark.usefixtures("_two_charts")
def test_a_view_is_followed() -> None:
    """Under an end before the change nothing turned."""
    assert turned_sentences.turned(_data(1e9), _data(2e9), Selection(end="2023-12")) == []


def test_what_one_state_lacks_is_empty() -> None:
    """A chart or a claim that is new had no sentence; one that says the same is none."""
    assert turned_sentences._differing({"a": "x", "b": "y"}, {"a": "x", "b": "z", "c": "w"}) == [
        Turned("b", "y", "z"),
        Turned("c", "", "w"),
    ]
