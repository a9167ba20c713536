"""The view shown instead: what is given up first, what the rows say of it, and when nothing is changed."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

import pandas as pd
import pytest

from analysis.selection import Selection
from layouts.figure import instead, nearest_view
from layouts.figure.chart import Words
from layouts.figure.nearest_view import INSTEAD, VIEW
from tests.analysis.kit import dataset, row

if TYPE_CHECKING:
    from collections.abc import Callable

    from analysis.dataset import Dataset

DATA = dataset(row("2023-01"))


@dataclass
class Control:
    """A control of the chart below."""

    field: str = "step"
    options: tuple[str, ...] = ("month", "year")
    default: str = "month"


@dataclass
class Yearly:
    """A chart of whole years that has rows where ``filled`` says so."""

    filled: Callable[[Selection], bool]
    years: Callable[[Any, Any], list[int]] = lambda *_: [2017, 2020, 2023]
    page: bool = True
    reads: tuple[str, ...] = ("currency", "step")
    choices: tuple[Control, ...] = field(default_factory=lambda: (Control(),))

    def rows(self, _: Dataset, selection: Selection) -> pd.DataFrame:
        """Return one row where the view has any."""
        day = pd.Timestamp("2023-01-01")
        table = pd.DataFrame({"period_start": [day], "period_end": [day], "value": [1.0]})
        return table if self.filled(selection) else table.iloc[:0]

    def shows(self, rows: pd.DataFrame, _: Selection) -> bool:
        """Say whether there is a row."""
        return len(rows) > 0

    def word(self, choice: Control, which: str = "label") -> str:
        """Name an option."""
        return f"{choice.field} {which}"


def shown(filled: Callable[[Selection], bool], query: str, **over: Any) -> dict[str, str]:
    """Return what the rows of a view say that they are of."""
    rows = nearest_view.rows(replace(Yearly(filled), **over), DATA, Selection.from_query(query))
    return {name: str(rows[name].iloc[0]) for name in (VIEW, INSTEAD) if name in rows and len(rows)}


def test_what_has_rows_is_left_alone() -> None:
    """No mark where the view asked for fills the picture, or where nothing does."""
    assert shown(lambda _: True, "?start=1990&end=1991") == {}
    assert shown(lambda _: False, "?start=1990&end=1991") == {}
    assert shown(lambda one: one.start is None, "?start=1990", page=False) == {}


def test_the_currency_that_nobody_chose_is_given_up_first() -> None:
    """The months asked for stay where the other currency has them; a currency that was chosen is kept longer."""

    def either(one: Selection) -> bool:
        return (one.currency, one.start) == ("USD", "2019-01") or one.start == "2020-01"

    assert shown(either, "?start=2019&end=2019")[VIEW] == "?currency=USD"
    chosen = shown(either, "?start=2019&end=2019&currency=CNY")
    assert "start=2020" in chosen[VIEW]
    assert "currency" not in chosen[VIEW]


def test_the_nearest_year_is_named_with_the_empty_one() -> None:
    """The newest year, the first and one between are three clauses; each says what is empty."""
    clauses = {}
    for year in (2017, 2020, 2023):

        def alone(one: Selection, first: str = f"{year}-01") -> bool:
            return one.start == first

        mark = shown(alone, "?start=2030&end=2030&currency=USD")
        assert f"start={year}" in mark[VIEW]
        assert str(year) in mark[INSTEAD]
        assert "2030" in mark[INSTEAD]
        clauses[year] = mark[INSTEAD].replace(str(year), "")
    assert len(set(clauses.values())) == 3


@pytest.mark.parametrize(
    ("query", "first", "last", "named"),
    [
        ("?start=2018&end=2026", "2020-01", "2023-12", "2018–2026"),
        ("?start=2018-05&end=2024-03", "2020-01", "2023-12", "May 2018"),
        ("?start=2018", "2020-01", "2023-12", "January 2018"),
        ("?end=2021", "2017-01", "2020-12", "December 2021"),
        ("", "2017-01", "2023-12", "2017–2023"),
    ],
)
def test_all_years_inside_the_months_asked_for_come_first(query: str, first: str, last: str, named: str) -> None:
    """Before any of them alone; the clause names what was asked for."""
    asked = Selection.from_query(query)
    view, clause = next(nearest_view._elsewhen(Yearly(lambda _: True), DATA, asked))
    assert (view.start, view.end) == (first, last)
    assert named in clause


def test_another_option_says_what_was_asked_and_what_is_shown() -> None:
    """A control is changed only after the years; its clause names both options."""
    mark = shown(lambda one: one.step == "year", "?currency=USD")
    assert mark[VIEW].endswith("step=year")
    assert "step year" in mark[INSTEAD]
    assert "step month" in mark[INSTEAD]


def test_as_known_on_a_day_the_day_is_said_too() -> None:
    """Nothing may have been known then of what is known now."""
    plain = shown(lambda one: one.currency == "USD", "?start=2019&end=2019")
    then = shown(lambda one: one.currency == "USD", "?start=2019&end=2019&asof=2023-07-31")
    assert "2023" in then[INSTEAD]
    assert then[INSTEAD] != plain[INSTEAD]


def test_words_follow_the_view_that_the_rows_are_of() -> None:
    """The subtitle says what is shown instead, once; rows as asked for change nothing."""

    @instead.worded
    def words(rows: pd.DataFrame, selection: Selection) -> Words:
        del rows
        return Words("A", f"in {selection.currency}", "a source", "")

    rows = pd.DataFrame({VIEW: ["?currency=USD"], INSTEAD: ["shown in dollars"]})
    assert "in USD" in words(rows, Selection(currency="CNY")).subtitle
    assert words(rows, Selection()).subtitle.count("shown in dollars") == 1
    assert words(rows.drop(columns=[VIEW, INSTEAD]), Selection(currency="CNY")).subtitle == "in CNY"
    assert instead.view_of(rows, Selection(start="2020-01")) == Selection(start="2020-01", currency="USD")
