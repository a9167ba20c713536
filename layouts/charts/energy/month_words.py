"""The words of the energy bill by month: which months are printed at all, by whom, and what the newest cost."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from analysis import windows
from analysis.basis import Basis
from analysis.measures.energy import definitions as energy
from analysis.measures.energy import prints as fuel_prints
from layouts.charts.energy.year_words import CREA, NO_CREA, money, named
from layouts.figure import source_line
from layouts.figure.chart import Stated, Words
from layouts.words import text
from layouts.words.basis_words import COUNTED

if TYPE_CHECKING:
    import pandas as pd

_MARKS: Final = "Hollow, dashed: preliminary or estimated; wide: January and February together, monthly average."


def by_month(rows: pd.DataFrame) -> Words:
    """Say which months are printed at all, and what the newest cost."""
    if rows.empty:
        return Words("No month of fuels is held", "No source prints months of a fuel in US dollars", "", "US$ bn")
    first, last = rows["period_start"].min(), rows["period_end"].max()
    subtitle = (
        "Russia’s fuels to China by month, US$ bn, only as printed: Chinese customs (CIF), Russian customs (FOB), "
        f"{text.span(first, last)}"
    )
    finding, stated = _newest_month(rows)
    said = [
        _coverage(rows, first, last),
        _MARKS,
        "What counts as energy, and who counts, change the years only.",
        CREA if rows["count"].eq("crea").any() else NO_CREA,
    ]
    return Words(finding, subtitle, source_line.line(rows), "US$ bn", " ".join(said), stated)


def _newest_month(rows: pd.DataFrame) -> tuple[str, tuple[Stated, ...]]:
    own = rows[rows["count"].isin([fuel_prints.CHINA, fuel_prints.RUSSIA]) & rows["fuel"].isin(list(energy.FUELS))]
    if own.empty:
        return "No month of a single fuel is printed", ()
    row = own.sort_values(["period_end", "value"]).iloc[-1]
    when = windows.period_name(row["period_start"], row["period_end"])
    whose = COUNTED[Basis.read(row["basis"]).counted_by]
    stated = Stated(float(row["value"]), str(row["basis"]), row["period_start"], row["period_end"])
    return f"{when}, {whose}: {named(row['fuel'])} {money(row['value'])}; {_all_four(own)}", (stated,)


def _all_four(own: pd.DataFrame) -> str:
    """Say how many months have all four fuels from one side."""
    held = own.groupby(["count", "period_start", "period_end"])["fuel"].nunique().eq(len(energy.FUELS)).sum()
    return f"{held} months have all four fuels" if held else "no month has all four fuels in print"


def _coverage(rows: pd.DataFrame, first: pd.Timestamp, last: pd.Timestamp) -> str:
    """Count the months of each fuel that customs of either side print."""
    span = (last.year - first.year) * 12 + last.month - first.month + 1
    own = rows[rows["count"].isin([fuel_prints.CHINA, fuel_prints.RUSSIA])]
    said = []
    for fuel in energy.FUELS:
        part = own[own["fuel"].eq(fuel)].drop_duplicates(["period_start", "period_end"])
        said.append(f"{named(fuel)} {int(part['months'].sum()) or 'none'}")
    return f"Months in print, of {span}: {text.listed(said)}; of the others no source that ships prints dollars."
