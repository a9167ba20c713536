"""The words of the energy bill by year: one count at a time, what it rests on, and what the others give."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import pandas as pd

from analysis.basis import Basis
from analysis.measures.energy import definitions as energy
from analysis.measures.energy import years as fuel_years
from layouts.figure import source_line
from layouts.figure.chart import Stated, Words
from layouts.words import text
from layouts.words.basis_words import COUNTED

if TYPE_CHECKING:
    from analysis.selection import Selection

_CALLED: Final = {
    "four": "crude oil, coal, LNG and pipeline gas",
    "hs27": "mineral fuels, the whole of HS 27,",
    "products": "crude oil, coal, LNG, pipeline gas and oil products",
    "electricity": "crude oil, coal, LNG, pipeline gas, oil products and electricity",
}
_BILL: Final = {
    "four": "the bill",
    "hs27": "all of HS 27",
    "products": "the bill with oil products",
    "electricity": "the bill with products and power",
}
_SHORT: Final = {
    "four": "four fuels",
    "four_all_coal": "with lignite, peat and coke",
    "products": "with oil products",
    "electricity": "with electricity too",
    "hs27": "all of HS 27",
}
_COAL: Final = {
    "china": "2701 (hard coal; lignite, peat and coke are not held for every year)",
    "baci": "2701 to 2704",
    "russia": "2701",
}
_PRODUCTS: Final = "2710, 271112 to 271119 (LPG), 2713 (petroleum coke, bitumen)"
_SUBTITLES: Final = {
    "china": "as China’s customs count its imports, CIF",
    "baci": "in BACI, FOB and merged to 2021, China’s count, CIF, from 2022",
    "russia": "as Russia’s customs count its exports, FOB",
}
NO_CREA: Final = "CREA’s modelled series is not among the data that ship; --refresh crea brings it."
CREA: Final = "Grey: CREA’s model, in its own US dollars, beside customs’ figures and in no sum."


@dataclass(frozen=True)
class Sum:
    """A year's bill: whole US$, its basis (a code of ``analysis.basis``), first and last month."""

    value: float
    basis: str
    start: pd.Timestamp
    end: pd.Timestamp


def bills(rows: pd.DataFrame) -> dict[int, Sum]:
    """Return the bill of each year that has one, in order."""
    if rows.empty or "role" not in rows:
        return {}
    first = rows[rows["role"].eq(fuel_years.BILL)].drop_duplicates("period_start")
    return {
        int(row["period_start"].year): Sum(row["bill"], row["bill_basis"], row["period_start"], row["period_end"])
        for row in _records(first)
    }


def growth(held: dict[int, Sum]) -> dict[int, float]:
    """Return the change on the year before in per cent, of years that rest on the same basis as the year before."""
    return {
        year: 100 * (now.value / before.value - 1)
        for year, now in held.items()
        if (before := held.get(year - 1)) and before.basis == now.basis
    }


def by_year(rows: pd.DataFrame, selection: Selection) -> Words:
    """Say what the bill did on one count under one definition, and what the others give."""
    held, count, who = bills(rows), selection.count or "four", selection.counted or "china"
    if not held:
        return _without(rows, who)
    subtitle = (
        f"Russia’s {_CALLED[count]} to China, US$ bn a year, {_SUBTITLES[who]}, {text.years(min(held), max(held))}"
    )
    said = [
        _counted(count, who),
        _others(rows, held),
        _article(rows, who, count),
        _breaks(rows, held),
        _weak(rows, held),
        _outline(rows, held),
        _gaps(rows, held, count),
        CREA if rows["count"].eq("crea").any() else NO_CREA,
    ]
    finding, stated = _finding(held, count, who)
    source = source_line.line(rows[rows["count"].ne("article")])
    return Words(finding, subtitle, source, "US$ bn", " ".join(filter(None, said)), stated)


def _without(rows: pd.DataFrame, who: str) -> Words:
    """Say what there is where no year of the view has a bill."""
    single = rows[rows["role"].eq(fuel_years.ALONE)] if len(rows) and "role" in rows else rows
    if single.empty:
        return Words("No year of fuels is held", f"Lacking: Russia’s fuels to China, {_SUBTITLES[who]}", "", "US$ bn")
    newest = _records(single.sort_values(["period_end", "value"]))[-1]
    alone = f"{named(newest['fuel'])} alone came to {money(newest['value'])} in {newest['period_end']:%Y}"
    finding = f"{_whose(who, newest['basis'])}: no bill for these years; {alone}"
    stated = Stated(float(newest["value"]), str(newest["basis"]), newest["period_start"], newest["period_end"])
    subtitle = f"Single fuels from Russia, US$ bn a year, {_SUBTITLES[who]}"
    reason = f"{_lacking(single)} {_outline(rows, {})}".strip()
    return Words(finding, subtitle, source_line.line(rows[rows["count"].ne("article")]), "US$ bn", reason, (stated,))


def _lacking(single: pd.DataFrame) -> str:
    """Say why the years of single fuels have no bill."""
    return f"Diamonds, one fuel alone, for want of {_wanting(single)}." if len(single) else ""


def _wanting(rows: pd.DataFrame) -> str:
    """Say what nobody prints of each year: ``coal of 2022; oil products of 2024``."""
    found: dict[str, list[str]] = {}
    for row in _records(rows.drop_duplicates("period_start")):
        fuels = text.listed(named(fuel) for fuel in str(row["lacking"]).split())
        found.setdefault(fuels, []).append(f"{row['period_end']:%Y}")
    return "; ".join(f"{fuels} of {_years(years)}" for fuels, years in found.items())


def _years(years: list[str]) -> str:
    whole = len(years) > 2 and int(years[-1]) - int(years[0]) + 1 == len(years)
    return f"{years[0]}–{years[-1]}" if whole else text.listed(years)


def _whose(who: str, code: str) -> str:
    """Name who counted; of BACI, whose count it carries."""
    counted = COUNTED[Basis.read(code).counted_by]
    return f"BACI ({counted})" if who == "baci" else counted


def _finding(held: dict[int, Sum], count: str, who: str) -> tuple[str, tuple[Stated, ...]]:
    """Say what 2022 changed, where one basis holds both years; else what the last year brought."""
    rates, last = growth(held), max(held)
    year = 2022 if 2022 in rates else last
    own = held[year]
    whose, sum_ = f"{_whose(who, own.basis)}: {_BILL[count]}", money(own.value)
    stated: tuple[Stated, ...] = (Stated(own.value, own.basis, own.start, own.end),)
    if year not in rates:
        return f"{whose} came to {sum_} in {year}", stated
    stated = (Stated(rates[year], own.basis, own.start, own.end, own.basis), *stated)
    if year == last:
        return f"{whose} came to {sum_} in {year}, {text.percent(rates[year])} on {year - 1}", stated
    way = "rose" if rates[year] >= 0 else "fell"
    said = f"{whose} {way} {abs(rates[year]):.1f}% in {year}, to {sum_}; {held[last].value / 1e9:.1f} in {last}"
    return said, (*stated, Stated(held[last].value, held[last].basis, held[last].start, held[last].end))


def _counted(count: str, who: str) -> str:
    """Name the codes that are counted."""
    if count == "hs27":
        return "Counted: HS 27 as reported; parted where its fuels are held."
    four = f"HS 2709, {_COAL[who]}, 271111, 271121"
    more = {
        "four": "; no oil products",
        "products": f", and {_PRODUCTS}",
        "electricity": f", and {_PRODUCTS}, and 2716",
    }
    return f"Counted: {four}{more[count]}."


def _others(rows: pd.DataFrame, held: dict[int, Sum]) -> str:
    """Say what each definition gives in one year: 2022 where it is in view, else the last."""
    year = 2022 if 2022 in held else max(held)
    row = rows[rows["role"].eq(fuel_years.BILL) & rows["period_start"].dt.year.eq(year)].iloc[0]
    found = {name: row[f"sum_{count}"] for count, name in _SHORT.items()}
    if row["sum_four_all_coal"] == row["sum_four"]:
        found.pop(_SHORT["four_all_coal"])
    given = text.listed(f"{name} {text.bn(value)}" for name, value in found.items() if pd.notna(value))
    return f"In {year}: {given}."


def _article(rows: pd.DataFrame, who: str, count: str) -> str:
    """Say how the article's figures stand on this count, and what the other gives."""
    held = _records(rows[rows["count"].eq("article")])
    if not held:
        return ""
    said = text.listed(f"{row['value'] / 1e9:g} for {row['period_start']:%Y} {row['verdict']}" for row in held)
    column, other = ("china_bill", "China’s customs give") if who != "china" else ("baci_bill", "BACI gives")
    given = text.listed(f"{text.bn(row[column])} for {row['period_start']:%Y}" for row in held if pd.notna(row[column]))
    where = "on this count" if count == "four" else "under this definition"
    return f"The article’s {said} {where}" + (f"; {other} {given}." if given else ".")


def _breaks(rows: pd.DataFrame, held: dict[int, Sum]) -> str:
    """Say where the count changes its basis, and that no rate crosses the place."""
    return " ".join(
        f"Rule: from {year} on BACI carries {_counter(held[year])}, before it {_counter(held[year - 1])}; "
        "no rate crosses it."
        for year in broken(rows, held)
    )


def _counter(own: Sum) -> str:
    held = Basis.read(own.basis)
    return f"{COUNTED[held.counted_by]} ({held.valuation.replace('FOB+CIF', 'FOB, pipeline gas China’s, CIF')})"


def broken(rows: pd.DataFrame, held: dict[int, Sum]) -> list[int]:
    """Return the years that a declared break parts from the year before, where both have a bill."""
    if not held or "break_reason" not in rows:
        return []
    parted = rows.loc[rows["break_reason"].fillna("").ne("") & rows["role"].eq(fuel_years.BILL), "period_start"]
    years = set(parted.dt.year)
    return [y for y, own in held.items() if y in years and y - 1 in held and own.basis != held[y - 1].basis]


def _weak(rows: pd.DataFrame, held: dict[int, Sum]) -> str:
    """Say which parts of a bill are first prints, remainders or new to its basis, and that they give no rate."""
    own = rows[rows["role"].eq(fuel_years.BILL) & ~rows["fuel"].isin(["rest", "hs27"])]
    bases = {year: set(part["basis"]) for year, part in own.groupby(own["period_start"].dt.year)}
    rates, rules, said = growth(held), broken(rows, held), []
    for year, part in own.groupby(own["period_start"].dt.year):
        halting = year - 1 in held and year not in rates and year not in rules
        fuels = [_remainder(row, bases.get(year - 1) if halting else None) for row in _records(part)]
        if any(fuels):
            said.append(
                f"{year}: {text.listed(filter(None, fuels))}{'; no rate on the year before' if halting else ''}."
            )
    return " ".join(said)


def _remainder(row: dict[str, Any], before: set[str] | None) -> str:
    """Say of a fuel that it is a first print, a remainder or new to the bases of the year before; else nothing."""
    name = named(row["fuel"])
    if row["status"] == "preliminary":
        return f"{name} as first printed"
    if row["status"] == "derived" and " less " in row["codes"]:
        taken = "LNG and LPG" if row["fuel"] == "pipeline_gas" else "LNG and pipeline gas for LPG"
        return f"{name} from HS 2711 less {taken} (±{max(row['rounding'] / 1e9, 0.01):.2f})"
    held = Basis.read(row["basis"])
    new = before is not None and row["basis"] not in before
    return f"{name} on {COUNTED[held.counted_by]}’ count, {held.valuation}" if new else ""


def _outline(rows: pd.DataFrame, held: dict[int, Sum]) -> str:
    """Say what the outline is, and which years lack it."""
    frames = set(rows.loc[rows["role"].eq(fuel_years.FRAME), "period_start"].dt.year)
    missing = [str(year) for year in held if year not in frames]
    lacks = f", {text.listed(missing)} not found" if missing else ""
    return f"Outline: all of HS 27 as reported{lacks}." if frames else ""


def _gaps(rows: pd.DataFrame, held: dict[int, Sum], count: str) -> str:
    """Say which years have no bill, and what those of the diamonds lack."""
    frames = rows[rows["role"].eq(fuel_years.FRAME) & rows["period_start"].dt.year.lt(max(held))]
    framed = frames[~frames["period_start"].dt.year.isin(held)]
    known = set(framed["period_start"].dt.year)
    bare = [str(year) for year in range(min(held), max(held)) if year not in held and year not in known]
    said = f"No bill for want of {_wanting(framed)}. " if len(framed) else ""
    said += f"No bill in {_years(bare)}: {_BILL['hs27'] if count == 'hs27' else 'a fuel'} not found. " if bare else ""
    single = rows[rows["role"].eq(fuel_years.ALONE)]
    return f"{said}{_lacking(single)}".strip()


def _records(rows: pd.DataFrame) -> list[dict[str, Any]]:
    return [{str(name): cell for name, cell in row.items()} for row in rows.to_dict("records")]


def named(fuel: object) -> str:
    """Name a fuel inside a sentence."""
    name = {**energy.NAMES, "hs27": "HS 27"}[str(fuel)]
    return name if name in {"LNG", "HS 27"} else name.lower()


def money(value: float) -> str:
    """Write US dollars in billions."""
    return text.money(value, "USD")
