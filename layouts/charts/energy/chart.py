"""What did Russian energy cost China? By year under four definitions; by month, what is printed."""

from typing import Final

import pandas as pd

from analysis.cache import per_dataset
from analysis.dataset import Dataset
from analysis.measures.energy import definitions as energy
from analysis.measures.energy import prints as fuel_prints
from analysis.measures.energy import years as fuel_years
from analysis.selection import COUNTERS, COUNTS, GRAINS, Selection
from layouts.charts.energy import month_words as energy_month_words
from layouts.charts.energy import months as energy_months
from layouts.charts.energy import year_words as energy_words
from layouts.charts.energy import years as energy_years
from layouts.drawing import geometry
from layouts.drawing.canvas import Canvas
from layouts.figure import instead, series_words
from layouts.figure.chart import Chart, Choice, Words
from layouts.figure.frame import blank, framed
from layouts.look.theme import PRINT, Look
from layouts.words import text

_SCALE: Final = 100e9  # US$: the widest label of the scale
_FIRST: Final = ("fuel", "codes", "period_start", "period_end", "value")


def rows(dataset: Dataset, selection: Selection) -> pd.DataFrame:
    """Return one row a fuel and year, or month; whole US$.

    ``count`` says whose figure it is: ``china`` and ``russia`` (customs), ``reconciled`` (BACI), ``article``,
    ``crea`` (modelled); ``basis`` what it rests on. Only rows of the role ``bill`` add up to a bill, ``alone`` are
    fuels of a year that has none, ``frame`` is all of HS 27; ``definition`` says what the bill counts, ``sum_...``
    what each definition gives, ``series`` tells a fuel's several counts apart.
    """
    who, count = selection.counted or COUNTERS[0], selection.count or "four"
    table = fuel_prints.by_month(dataset) if selection.grain == "month" else _years(dataset, who, count)
    if table.empty:
        return table
    table = _in_words(table[selection.covers(table)]).assign(definition=count)
    named = table["fuel"] + "-" + table["count"]
    plain = table["role"].eq(fuel_years.BILL) if "role" in table else pd.Series(data=False, index=table.index)
    table = table.assign(series=table["fuel"].where(plain | table["fuel"].eq("article"), named))
    order = {fuel: place for place, fuel in enumerate((*energy.PARTS, "hs27", *fuel_prints.GROUPS, "crea", "article"))}
    table = table.assign(place=table["fuel"].map(order)).sort_values(["period_start", "place"], kind="stable")
    last = [column for column in table.columns if column not in {*_FIRST, "place"}]
    return series_words.reasons(dataset, table[[*_FIRST, *last]].reset_index(drop=True))


def _in_words(table: pd.DataFrame) -> pd.DataFrame:
    """Leave out single fuels of years before the last bill in view: there the outline shows what is lacking."""
    if "role" not in table:
        return table
    last = table.loc[table["role"].eq(fuel_years.BILL), "period_start"].max()
    return table if pd.isna(last) else table[~(table["role"].eq(fuel_years.ALONE) & table["period_start"].lt(last))]


@per_dataset(32)
def _years(dataset: Dataset, who: str, count: str) -> pd.DataFrame:
    """Stack the bills and single fuels of one count, the article's figures and CREA's model."""
    tables = [
        fuel_years.table(dataset, who, count),
        fuel_years.quoted(dataset, who, count),
        fuel_prints.modelled_years(dataset, count),
    ]
    filled = [part.drop(columns=["months", "provisional"], errors="ignore") for part in tables if len(part)]
    return pd.concat(filled, ignore_index=True) if filled else tables[0]


@instead.worded
def words(rows: pd.DataFrame, selection: Selection) -> Words:
    """Compute finding, subtitle and source line from the rows."""
    return energy_month_words.by_month(rows) if selection.grain == "month" else energy_words.by_year(rows, selection)


@instead.seen
def draw(rows: pd.DataFrame, selection: Selection, look: Look = PRINT) -> Canvas:
    """Draw a stack a year, or a panel a fuel."""
    months = selection.grain == "month"
    look = energy_months.taller(look) if months else look
    names = [] if months else energy_years.ends(rows, look)
    scale = geometry.scale(look, text.number(_SCALE / text.large_unit(), 0))
    figure = blank(look, words(rows, selection), geometry.room(look, left=scale, right=geometry.ends(look, names)))
    if len(rows):
        (energy_months.panels if months else energy_years.stacks)(figure, rows, look)
    return framed(figure)


CHART: Final = Chart(
    "energy",
    rows,
    words,
    draw,
    reads=("count", "counted", "grain"),
    marks=("series",),
    parts=fuel_prints.parts,
    choices=(Choice("counted", COUNTERS), Choice("count", COUNTS), Choice("grain", GRAINS)),
)
