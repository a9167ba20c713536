"""The words of the energy bill: how far the headline depends on what counts as energy."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pandas as pd

from analysis import energy, fuel_prints, windows
from layouts import asof, text
from layouts.charts import sources
from layouts.charts.base import Words

if TYPE_CHECKING:
    from analysis.selection import Selection

_CALLED: Final = {
    "four": "crude oil, coal, LNG and pipeline gas",
    "hs27": "mineral fuels, the whole of HS 27,",
    "products": "crude oil, coal, LNG, pipeline gas and oil products",
    "electricity": "crude oil, coal, LNG, pipeline gas, oil products and electricity",
}
_BILL: Final = {
    "four": "The bill",
    "hs27": "All of HS 27",
    "products": "With oil products it",
    "electricity": "With products and power it",
}
_SHORT: Final = {
    "four": "four fuels",
    "products": "with oil products",
    "electricity": "with electricity too",
    "hs27": "all of HS 27",
}
_CODES: Final = {
    "four": "HS 2709, 2701 to 2704, 271111, 271121; no oil products",
    "hs27": "every six-digit line of HS 27",
    "products": (
        "HS 2709, 2701 to 2704, 271111, 271121, and 2710, 271112 to 271119 (LPG), 2713 (petroleum coke, bitumen)"
    ),
}
_CODES_OF: Final = {**_CODES, "electricity": f"{_CODES['products']}, and 2716"}
NO_CREA: Final = "CREA’s modelled series is not among the data that ship; --refresh crea brings it."
_MARKS: Final = "Hollow, dashed: preliminary or estimated; wide: January and February together, monthly average."
_CREA: Final = "Grey: CREA’s model, in its own US dollars, beside customs’ figures and in no sum."


def years(rows: pd.DataFrame) -> pd.Series:
    """Return the bill of each year in view, whole US$."""
    held = rows[rows["basis"].eq("reconciled")] if len(rows) else rows
    return held.groupby(held["period_start"].dt.year)["value"].sum() if len(held) else pd.Series(dtype="float64")


def by_year(rows: pd.DataFrame, selection: Selection) -> Words:
    """Say what the bill did, under the definition chosen, and what the others give."""
    sums, count = years(rows), selection.count or "four"
    single = rows[rows["basis"].eq("china")] if len(rows) else rows
    if sums.empty:
        return _without(single, selection)
    shown = rows[rows["basis"].ne("article")]
    span = f"{sums.index.min()}–{sums.index.max()}"
    subtitle = f"Russia’s {_CALLED[count]} to China, US$ bn a year, FOB, reconciled, {span}"
    said = [
        f"Counted: {_CODES_OF[count]}.",
        _others(rows, sums),
        _article(rows, sums),
        _newest(sums, single),
        _crea(rows),
    ]
    return Words(_finding(sums, count), subtitle, sources.line(shown), "US$ bn", " ".join(filter(None, said)))


def _without(single: pd.DataFrame, selection: Selection) -> Words:
    """Say what there is where no year of the view has a bill."""
    if single.empty:
        subtitle = asof.otherwise(selection, "Choose another period")
        return Words("No fuel figures for these years", subtitle, "", "US$ bn")
    newest = single.sort_values(["period_end", "value"]).iloc[-1]
    alone = f"{_named(newest['fuel'])} alone came to {_money(newest['value'])} in {newest['period_end']:%Y}"
    subtitle = "Single fuels from Russia as Chinese customs print them, US$ bn a year, CIF"
    reason = "No source that ships has all fuels of these years."
    return Words(f"No bill for these years: {alone}", subtitle, sources.line(single), "US$ bn", reason)


def _finding(sums: pd.Series, count: str) -> str:
    """Say what 2022 changed, where it is in view; else what the last year brought."""
    last, bill = int(sums.index.max()), _BILL[count]
    change = 100 * (sums / sums.shift() - 1)
    if 2022 in sums.index and pd.notna(change[2022]):
        after = ""
        if last > 2022:
            after = f", and by {last} to {sums[last] / 1e9:.1f}" if sums[last] > sums[2022] else ", then fell"
        way = "rose" if change[2022] >= 0 else "fell"
        return f"{bill} {way} {abs(change[2022]):.0f}% in 2022, to {_money(sums[2022])}{after}"
    said = f"{bill} came to {_money(sums[last])} in {last}"
    return said if pd.isna(change[last]) else f"{said}, {text.percent(float(change[last]), 0)} on {last - 1}"


def _others(rows: pd.DataFrame, sums: pd.Series) -> str:
    """Say what each definition gives in one year: 2022 where it is in view, else the last."""
    year = 2022 if 2022 in sums.index else int(sums.index.max())
    held = rows[rows["basis"].eq("reconciled") & rows["period_start"].dt.year.eq(year)].iloc[0]
    sums_ = {name: held[f"sum_{count}"] for count, name in _SHORT.items()}
    given = text.listed(f"{name} {text.bn(value)}" for name, value in sums_.items() if pd.notna(value))
    return f"In {year}: {given}."


def _article(rows: pd.DataFrame, sums: pd.Series) -> str:
    """Say how the article's figures stand under this definition."""
    held = rows[rows["basis"].eq("article") & rows["period_start"].dt.year.isin(sums.index)] if len(rows) else rows
    said = []
    for row in held.to_dict("records"):
        year = row["period_start"].year
        ours = "" if row["verdict"] == energy.HOLDS else f" ({text.bn(sums[year])})"
        said.append(f"{row['value'] / 1e9:g} for {year} {row['verdict']}{ours}")
    return f"The article’s {text.listed(said)}." if said else ""


def _newest(sums: pd.Series, single: pd.DataFrame) -> str:
    said = f"Fuel by fuel, {sums.index.max()} is the newest year of this source."
    return said if single.empty else f"{said} Diamonds: one fuel alone, as Chinese customs print it (CIF)."


def _crea(rows: pd.DataFrame) -> str:
    return _CREA if len(rows) and rows["basis"].eq("crea").any() else NO_CREA


def by_month(rows: pd.DataFrame, selection: Selection) -> Words:
    """Say which months are printed at all, and what the newest cost."""
    if rows.empty:
        reason = asof.otherwise(selection, "Choose another period; no source prints these months in US dollars")
        return Words("No fuel figures for these months", reason, "", "US$ bn")
    first, last = rows["period_start"].min(), rows["period_end"].max()
    subtitle = (
        "Russia’s fuels to China by month, US$ bn, only as printed: Chinese customs (CIF), Russian customs (FOB), "
        f"{text.span(first, last)}"
    )
    said = [_coverage(rows, first, last), _MARKS, "What counts as energy changes the years only.", _crea(rows)]
    return Words(_newest_month(rows), subtitle, sources.line(rows), "US$ bn", " ".join(said))


def _newest_month(rows: pd.DataFrame) -> str:
    own = rows[rows["basis"].isin([fuel_prints.CHINA, fuel_prints.RUSSIA]) & rows["fuel"].isin(list(energy.FUELS))]
    if own.empty:
        return "No month of a single fuel is printed for this choice"
    row = own.sort_values(["period_end", "value"]).iloc[-1]
    when = windows.period_name(row["period_start"], row["period_end"])
    return f"{when}: {_named(row['fuel'])} {_money(row['value'])}; {_all_four(own)}"


def _all_four(own: pd.DataFrame) -> str:
    """Say how many months have all four fuels from one side."""
    held = own.groupby(["basis", "period_start", "period_end"])["fuel"].nunique().eq(len(energy.FUELS)).sum()
    return f"{held} months have all four fuels" if held else "no month has all four fuels in print"


def _coverage(rows: pd.DataFrame, first: pd.Timestamp, last: pd.Timestamp) -> str:
    """Count the months of each fuel that customs of either side print."""
    span = (last.year - first.year) * 12 + last.month - first.month + 1
    own = rows[rows["basis"].isin([fuel_prints.CHINA, fuel_prints.RUSSIA])]
    said = []
    for fuel in energy.FUELS:
        part = own[own["fuel"].eq(fuel)].drop_duplicates(["period_start", "period_end"])
        said.append(f"{_named(fuel)} {int(part['months'].sum()) or 'none'}")
    return f"Months in print, of {span}: {text.listed(said)}; of the others no source that ships prints dollars."


def _named(fuel: object) -> str:
    name = energy.NAMES[str(fuel)]
    return name if name == "LNG" else name.lower()


def _money(value: float) -> str:
    return text.money(value, "USD")
