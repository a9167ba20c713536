"""The nearest view of a chart that shows something, where the one asked for holds nothing, and words that say so.

A view is never mixed: one whole other view is shown, and its rows name it.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Any, Final, Protocol

import pandas as pd

from analysis.dataset import Dataset
from analysis.selection import CURRENCIES, Selection
from layouts.figure import as_known as asof
from layouts.figure import nearest_years
from layouts.words import text
from layouts.words.catalogue import say
from layouts.words.language import speaking

VIEW: Final = "view"  # the words of the address that differ from what was asked for
INSTEAD: Final = "instead"  # the same in plain words
_CURRENCY: Final = "cards.instead.currency.{}"
_NEWEST: Final = "cards.instead.newest"
_FIRST: Final = "cards.instead.first"
_NEAREST: Final = "cards.instead.nearest"
_EARLIEST: Final = "1900-01"
# words that stand for a count, a length or a unit; others name what is looked for and have no neighbour
_CHANGED: Final = ("counted", "count", "basis", "step", "window", "grain", "prices", "goods", "against")


class Viewed(Protocol):
    """What is asked of a chart here."""

    @property
    def page(self) -> bool:
        """Whether it is on the page."""

    @property
    def reads(self) -> tuple[str, ...]:
        """The words of the address that it follows."""

    @property
    def choices(self) -> Sequence[Any]:
        """Its own controls: each has ``field``, ``options`` and ``default``."""

    def word(self, choice: Any, which: str = "label") -> str:  # noqa: ANN401 (a choice of layouts.figure.chart, which imports this)
        """Return the name of a control of its own, or of an option."""

    @property
    def rows(self) -> Callable[[Dataset, Selection], pd.DataFrame]:
        """What is plotted."""

    @property
    def shows(self) -> Callable[[pd.DataFrame, Selection], bool]:
        """Whether rows fill its picture."""

    @property
    def years(self) -> Callable[[Dataset, Selection], Iterable[int]] | None:
        """The years that it can show, None where its rows tell."""


def rows(chart: Viewed, dataset: Dataset, selection: Selection) -> pd.DataFrame:
    """Return the rows of the view asked for, or of the nearest one that shows something, marked as such.

    Rows of another view carry ``view`` and ``instead``; where no view shows anything they are as asked for.
    """
    asked = chart.rows(dataset, selection)
    if not chart.page or chart.shows(asked, selection):
        return asked
    with speaking(selection.lang):
        for other, clause in _others(chart, dataset, selection):
            nearest = chart.rows(dataset, other)
            if chart.shows(nearest, other):
                words = (
                    say("cards.instead.known", instead=clause, day=asof.day(selection)) if selection.asof else clause
                )
                return nearest.assign(**{VIEW: _difference(selection, other), INSTEAD: words})
    return asked


def years(chart: Viewed, dataset: Dataset, selection: Selection) -> set[int]:
    """Return the years in which a chart has something to show, whatever the window."""
    if chart.years is not None:
        return set(chart.years(dataset, selection))
    table = chart.rows(dataset, replace(selection, start=_EARLIEST, end=None))
    table = table.dropna(subset=["period_end"]) if len(table) else table
    if table.empty:
        return set()
    spans = [part for _, part in table.groupby([table["period_start"].dt.year, table["period_end"].dt.year])]
    return {year for part in spans if chart.shows(part, selection) for year in _spanned(part)}


def _spanned(part: pd.DataFrame) -> range:
    return range(int(part["period_start"].iloc[0].year), int(part["period_end"].iloc[0].year) + 1)


def _others(chart: Viewed, dataset: Dataset, selection: Selection) -> Iterator[tuple[Selection, str]]:
    """Yield views to show instead with their clauses: what was asked for in words is given up last."""
    changed = list(_changed(chart, selection))
    if selection.currency is None:
        yield from ((other, clause) for other, clause in changed if other.currency)
    yield from _elsewhen(chart, dataset, selection)
    for other, clause in changed:
        yield other, clause
        yield from ((late, text.clauses([clause, when])) for late, when in _elsewhen(chart, dataset, other))


def _changed(chart: Viewed, selection: Selection) -> Iterator[tuple[Selection, str]]:
    """Yield the same window in the other currency, then under each other option of the chart's own controls."""
    if "currency" in chart.reads:
        own = selection.currency or CURRENCIES[0]
        for money in CURRENCIES:
            if money != own:
                yield replace(selection, currency=money), say(_CURRENCY.format(money))
    for choice in chart.choices:
        if choice.field not in _CHANGED:
            continue
        own = getattr(selection, choice.field) or choice.default
        for key in choice.options:
            if key != own and own in choice.options:
                words = {"control": chart.word(choice), "shown": chart.word(choice, key)}
                clause = say("cards.instead.choice", **words, asked=chart.word(choice, own))
                yield replace(selection, **{choice.field: key}), clause


def _elsewhen(chart: Viewed, dataset: Dataset, selection: Selection) -> Iterator[tuple[Selection, str]]:
    """Yield the nearest windows that the chart has rows in."""
    known = years(chart, dataset, selection)
    first = None if selection.start is None else int(selection.start[:4])
    last = None if selection.end is None else int(selection.end[:4])
    for start, end in nearest_years.windows(known, first, last):
        clause = _years(selection, start, end) if start != end else _year(selection, start, known)
        yield replace(selection, start=f"{start}-01", end=f"{end}-12"), clause


def _year(asked: Selection, year: int, known: set[int]) -> str:
    """Say which one year is shown, and that the months asked for hold nothing."""
    key = _NEWEST if year == max(known) else _FIRST if year == min(known) else _NEAREST
    shown, nothing = say(key, year=text.year(year)), _nothing(asked)
    return say("cards.instead.because", shown=shown, nothing=nothing) if nothing else shown


def _years(asked: Selection, start: int, end: int) -> str:
    """Say which years are shown of the months asked for."""
    first, last, years = asked.first, asked.last, text.years(start, end)
    if first is not None and last is not None:
        return say("cards.instead.held.in", years=years, span=_window(first, last))
    if first is not None:
        return say("cards.instead.held.from", years=years, month=text.month(first))
    if last is not None:
        return say("cards.instead.held.until", years=years, month=text.month(last))
    return say("cards.instead.held", years=years)


def _nothing(asked: Selection) -> str:
    """Say that the months asked for hold nothing; empty where none were."""
    first, last = asked.first, asked.last
    if first is not None and last is not None:
        key = "cards.instead.nothing.in"
        if _whole(first, last):
            key = "cards.instead.nothing.year" if first.year == last.year else "cards.instead.nothing.years"
        return say(key, span=_window(first, last))
    if first is not None:
        return say("cards.instead.nothing.from", month=text.month(first))
    return "" if last is None else say("cards.instead.nothing.until", month=text.month(last))


def _whole(first: pd.Timestamp, last: pd.Timestamp) -> bool:
    """Return whether two months bound whole years."""
    return (first.month, last.month) == (1, 12)


def _window(first: pd.Timestamp, last: pd.Timestamp) -> str:
    return text.years(first.year, last.year) if _whole(first, last) else text.span(first, last)


def _difference(asked: Selection, shown: Selection) -> str:
    words = {name: value for name, value in vars(shown).items() if value != getattr(asked, name)}
    return Selection(**words).to_query()
