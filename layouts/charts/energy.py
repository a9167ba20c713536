"""What did Russian energy cost China? By year under four definitions; by month, what is printed."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Final

import pandas as pd

from analysis import energy, fuel_prints
from layouts.charts import energy_months, energy_words, energy_years
from layouts.charts.base import Chart, Choice, Words
from layouts.charts.frame import blank, framed
from layouts.theme import PRINT, Look

if TYPE_CHECKING:
    import plotly.graph_objects as go

    from analysis.book import Book
    from analysis.selection import Selection

COUNTS: Final = (
    ("four", "Four fuels"),
    ("hs27", "All of HS 27"),
    ("products", "+ oil products"),
    ("electricity", "+ electricity"),
)
GRAINS: Final = (("year", "Years"), ("month", "Months"))
_FIRST: Final = ("fuel", "codes", "period_start", "period_end", "value")


def rows(book: Book, selection: Selection) -> pd.DataFrame:
    """Return one row a fuel and year, or month; whole US$.

    ``basis`` says whose figure it is: ``reconciled`` (BACI, the bill), ``article``, ``china`` and
    ``russia`` (customs' prints of one fuel), ``crea`` (modelled). Only ``reconciled`` rows of a year
    add up to a bill; ``definition`` says what it counts, ``sum_...`` what each definition gives,
    ``series`` tells a fuel's several counts apart.
    """
    table = _months(book) if selection.grain == "month" else _years(book, selection.count or "four")
    if table.empty:
        return table
    table = table[selection.covers(table)].assign(definition=selection.count or "four")
    apart = ~table["basis"].isin(["reconciled", "article"])
    table = table.assign(series=table["fuel"].where(~apart, table["fuel"] + "-" + table["basis"]))
    order = {fuel: place for place, fuel in enumerate((*energy.PARTS, *fuel_prints.GROUPS, "crea", "article"))}
    table = table.assign(place=table["fuel"].map(order)).sort_values(["period_start", "place"], kind="stable")
    last = [column for column in table.columns if column not in {*_FIRST, "place"}]
    return table[[*_FIRST, *last]].reset_index(drop=True)


def _months(book: Book) -> pd.DataFrame:
    return fuel_prints.by_month(book)


@lru_cache(maxsize=16)
def _years(book: Book, count: str) -> pd.DataFrame:
    """Stack the bill, the article's figures, later prints of single fuels, and CREA's model."""
    bill, sums = energy.counted(book, count), energy.sums(book)
    if len(bill):
        years = bill["period_start"].dt.year
        bill = bill.assign(basis="reconciled", **{f"sum_{name}": years.map(sums[name]) for name in sums})
    last = int(sums.index.max()) if len(sums) else 0
    found = [
        bill,
        energy.quoted(book, count).assign(basis="article"),
        fuel_prints.whole_years(book, last),
        fuel_prints.modelled_years(book, count),
    ]
    held = [part.drop(columns=["months", "provisional"], errors="ignore") for part in found if len(part)]
    return pd.concat(held, ignore_index=True) if held else bill


def words(rows: pd.DataFrame, selection: Selection) -> Words:
    """Compute finding, subtitle and source line from the rows."""
    return (
        energy_words.by_month(rows, selection) if selection.grain == "month" else energy_words.by_year(rows, selection)
    )


def draw(rows: pd.DataFrame, selection: Selection, look: Look = PRINT) -> go.Figure:
    """Draw a stack a year, or a panel a fuel."""
    months = selection.grain == "month"
    look = energy_months.taller(look) if months else look
    figure = blank(look)
    if len(rows):
        (energy_months.panels if months else energy_years.stacks)(figure, rows, look)
    return framed(figure, words(rows, selection), look, left=30)


CHART: Final = Chart(
    "energy",
    "Energy bill",
    "What did Russian energy cost China?",
    rows,
    words,
    draw,
    reads=("count", "grain"),
    marks=("series",),
    parts=fuel_prints.parts,
    choices=(Choice("count", "Counts as energy", COUNTS), Choice("grain", "By", GRAINS)),
    caveat=(
        "The years are BACI’s, reconciled, and end with 2023; of later years only single fuels are in print. "
        "Months are what Russia published until 2021 and what newspapers quote from Chinese customs: of most months "
        "no open source tells dollars."
    ),
)
