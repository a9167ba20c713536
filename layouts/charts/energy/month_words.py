"""The words of the energy bill by month: which months are printed at all, by whom, and what the newest cost."""

from typing import Final

import pandas as pd

from analysis.measures.energy import definitions as energy
from analysis.measures.energy import prints as fuel_prints
from layouts.charts.energy.year_words import CREA, NO_CREA, fuel_name, money, whose
from layouts.figure import source_line
from layouts.figure.chart import Stated, Words
from layouts.words import text
from layouts.words.catalogue import say, say_many

_NO_WHOLE: Final = "charts.energy.month.no_whole"


def by_month(rows: pd.DataFrame) -> Words:
    """Say which months are printed at all, and what the newest cost."""
    if rows.empty:
        return Words(say("charts.energy.month.none"), say("charts.energy.month.lacking"), "", text.unit_bn("USD"))
    first, last = rows["period_start"].min(), rows["period_end"].max()
    unit = text.unit_bn("USD")
    subtitle = say("charts.energy.month.subtitle", unit=unit, span=text.span(first, last))
    finding, stated = _newest_month(rows)
    sentences = [
        _coverage(rows, first, last),
        say("charts.energy.month.marks"),
        say("charts.energy.month.choices"),
        say(CREA if rows["count"].eq("crea").any() else NO_CREA),
    ]
    return Words(finding, subtitle, source_line.line(rows), unit, text.sentences(sentences), stated)


def _newest_month(rows: pd.DataFrame) -> tuple[str, tuple[Stated, ...]]:
    own = rows[rows["count"].isin([fuel_prints.CHINA, fuel_prints.RUSSIA]) & rows["fuel"].isin(list(energy.FUELS))]
    if own.empty:
        return say("charts.energy.month.no_fuel"), ()
    row = own.sort_values(["period_end", "value"]).iloc[-1]
    places = {
        "period": text.short_span(row["period_start"], row["period_end"]),
        "who": whose(row["basis"]),
        "fuel": fuel_name(row["fuel"]),
        "amount": money(row["value"]),
    }
    stated = Stated(float(row["value"]), str(row["basis"]), row["period_start"], row["period_end"])
    whole = _all_four(own)
    sentence = say_many("charts.energy.month.whole", whole, **places) if whole else say(_NO_WHOLE, **places)
    return sentence, (stated,)


def _all_four(own: pd.DataFrame) -> int:
    """Count the months that have all four fuels from one side."""
    fuels = own.groupby(["count", "period_start", "period_end"])["fuel"].nunique()
    return int(fuels.eq(len(energy.FUELS)).sum())


def _coverage(rows: pd.DataFrame, first: pd.Timestamp, last: pd.Timestamp) -> str:
    """Count the months of each fuel that customs of either side publish."""
    span = (last.year - first.year) * 12 + last.month - first.month + 1
    own = rows[rows["count"].isin([fuel_prints.CHINA, fuel_prints.RUSSIA])]
    counts = []
    for fuel in energy.FUELS:
        part = own[own["fuel"].eq(fuel)].drop_duplicates(["period_start", "period_end"])
        count = int(part["months"].sum())
        key = "charts.energy.month.count" if count else "charts.energy.month.count_none"
        counts.append(say(key, fuel=fuel_name(fuel), **({"months": str(count)} if count else {})))
    return say("charts.energy.month.coverage", all=str(span), fuels=text.listed(counts))
