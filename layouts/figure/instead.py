"""What a chart shows where the view asked for holds nothing: the nearest that it has, and a clause that says so.

A view is never mixed: one whole other view is shown, and its rows name it.
"""

from __future__ import annotations

from dataclasses import replace
from functools import wraps
from typing import TYPE_CHECKING, Any, Final, TypeVar, cast

from analysis import nearest
from analysis.selection import CURRENCIES, Selection
from layouts.figure import as_known as asof
from layouts.words import text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    import pandas as pd

    from analysis.dataset import Dataset
    from layouts.figure.chart import Chart, Words

F = TypeVar("F", bound="Callable[..., Any]")
VIEW: Final = "view"  # the words of the address that differ from what was asked for
INSTEAD: Final = "instead"  # the same in plain words
_EARLIEST: Final = "1900-01"
# words that stand for a count, a length or a unit; others name what is looked for and have no neighbour
_CHANGED: Final = ("counted", "count", "basis", "step", "window", "grain", "prices", "goods", "against")
MONEY: Final = {"CNY": "yuan", "USD": "US dollars"}


def rows(chart: Chart, dataset: Dataset, selection: Selection) -> pd.DataFrame:
    """Return the rows of the view asked for, or of the nearest one that shows something, marked as such.

    Rows of another view carry ``view`` and ``instead``; where no view shows anything they are as asked for.
    """
    asked = chart.rows(dataset, selection)
    if not chart.page or chart.shows(asked, selection):
        return asked
    for other, clause in _others(chart, dataset, selection):
        found = chart.rows(dataset, other)
        if chart.shows(found, other):
            known = f", as known on {asof.day(selection)}" if selection.asof else ""
            return found.assign(**{VIEW: _difference(selection, other), INSTEAD: f"{clause}{known}"})
    return asked


def years(chart: Chart, dataset: Dataset, selection: Selection) -> set[int]:
    """Return the years in which a chart has something to show, whatever the window."""
    if chart.held is not None:
        return set(chart.held(dataset, selection))
    table = chart.rows(dataset, replace(selection, start=_EARLIEST, end=None))
    table = table.dropna(subset=["period_end"]) if len(table) else table
    if table.empty:
        return set()
    spans = [part for _, part in table.groupby([table["period_start"].dt.year, table["period_end"].dt.year])]
    return {year for part in spans if chart.shows(part, selection) for year in _spanned(part)}


def _spanned(part: pd.DataFrame) -> range:
    return range(int(part["period_start"].iloc[0].year), int(part["period_end"].iloc[0].year) + 1)


def _others(chart: Chart, dataset: Dataset, selection: Selection) -> Iterator[tuple[Selection, str]]:
    """Yield views to show instead with their clauses: what was asked for in words is given up last."""
    changed = list(_changed(chart, selection))
    if selection.currency is None:
        yield from ((other, said) for other, said in changed if other.currency)
    yield from _elsewhen(chart, dataset, selection)
    for other, said in changed:
        yield other, said
        yield from ((late, f"{said}; {when}") for late, when in _elsewhen(chart, dataset, other))


def _changed(chart: Chart, selection: Selection) -> Iterator[tuple[Selection, str]]:
    """Yield the same window in the other currency, then under each other option of the chart's own controls."""
    if "currency" in chart.reads:
        own = selection.currency or CURRENCIES[0]
        for money in CURRENCIES:
            if money != own:
                said = f"in {MONEY[money]}: nothing in {MONEY[own]}"
                yield replace(selection, currency=money), said
    for choice in chart.choices:
        if choice.field not in _CHANGED:
            continue
        named = dict(choice.options)
        own = getattr(selection, choice.field) or choice.default
        for key, name in choice.options:
            if key != own and own in named:
                said = f"{choice.label} “{name}”: nothing under “{named[own]}”"
                yield replace(selection, **{choice.field: key}), said


def _elsewhen(chart: Chart, dataset: Dataset, selection: Selection) -> Iterator[tuple[Selection, str]]:
    """Yield the nearest windows that the chart has rows in."""
    held = years(chart, dataset, selection)
    first = None if selection.start is None else int(selection.start[:4])
    last = None if selection.end is None else int(selection.end[:4])
    for start, end in nearest.windows(held, first, last):
        asked = _asked(selection)
        said = f"{_named(start, end, held)}{asked and f': nothing {asked}'}"
        if start != end:
            said = f"{start}–{end}, the years held {asked}".rstrip()
        yield replace(selection, start=f"{start}-01", end=f"{end}-12"), said


def _named(start: int, end: int, held: set[int]) -> str:
    if start == max(held):
        return f"the newest year held, {start}"
    return f"the first year held, {end}" if end == min(held) else f"the nearest year that can be shown, {start}"


def _asked(selection: Selection) -> str:
    """Name the window asked for: ``from January 2025 on``, ``up to December 2012``; empty where none was."""
    first, last = selection.first, selection.last
    if first is not None and last is not None:
        return f"in {text.span(first, last)}"
    if first is not None:
        return f"from {first:%B %Y} on"
    return "" if last is None else f"up to {last:%B %Y}"


def _difference(asked: Selection, shown: Selection) -> str:
    words = {name: value for name, value in vars(shown).items() if value != getattr(asked, name)}
    return Selection(**words).to_query()


def view_of(rows: pd.DataFrame, selection: Selection) -> Selection:
    """Return the view that the rows are of: the one asked for but for the words that they name."""
    if VIEW not in rows or rows.empty:
        return selection
    shown = Selection.from_query(str(rows[VIEW].iloc[0]))
    return replace(selection, **{name: value for name, value in vars(shown).items() if value is not None})


def seen(drawing: F) -> F:
    """Let a chart's ``draw`` (its rows and the selection first) follow the view that its rows are of."""

    @wraps(drawing)
    def draw(rows: pd.DataFrame, selection: Selection, *rest: object, **more: object) -> object:
        return drawing(rows, view_of(rows, selection), *rest, **more)

    return cast("F", draw)


def said(saying: Callable[[pd.DataFrame, Selection], Words]) -> Callable[[pd.DataFrame, Selection], Words]:
    """Let a chart's ``words`` follow the view that its rows are of, and say in the subtitle that it is another.

    Words without a source are those of an empty picture: under a day they say why so little was public.
    """

    @wraps(saying)
    def words(rows: pd.DataFrame, selection: Selection) -> Words:
        found = saying(rows, view_of(rows, selection))
        if INSTEAD in rows and len(rows):
            return replace(found, subtitle=f"{found.subtitle}; {rows[INSTEAD].iloc[0]}")
        return found if found.source else replace(found, subtitle=asof.otherwise(selection, found.subtitle))

    return words
