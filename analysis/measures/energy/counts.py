"""Russia's fuels to China by year and code, as one office counted them: every print held, and the one that stands.

Three counts: China's customs (imports, CIF), CEPII's BACI, Russia's customs (exports, FOB). BACI stands for China's
customs where its declared breaks say that it carries their count.
"""

from collections.abc import Mapping
from typing import Any, Final

import pandas as pd

from analysis import basis
from analysis.basis import Basis, Print
from analysis.cache import per_dataset
from analysis.dataset import Dataset
from analysis.measures.energy import definitions as energy
from analysis.measures.energy.figures import YearValue
from analysis.measures.monthly.series import SPANNED, SUMMED
from analysis.source_names import harmonized, reports, serves
from analysis.windows import calendar_years
from loaders.core import schema
from loaders.core.source_records import SourceRole

CHINA: Final = "china"
BACI: Final = "baci"
RUSSIA: Final = "russia"
WHO: Final = (CHINA, BACI, RUSSIA)
# Who declares the goods, and with or without freight; BACI stays as it is, breaks and all.
COUNTED: Final = {CHINA: ("CHN", "CIF"), RUSSIA: ("RUS", "FOB")}
# The codes of fuels hold the same goods in every edition of the Harmonized System: none parts two years.
EDITION: Final = "HS"
CHAPTER: Final = "27"
GAS: Final = "2711"
LPG: Final = ("271112", "271113", "271114", "271119")
_CODES: Final = (
    *("2709", "2701", "2702", "2703", "2704", "271111", "271121"),
    *("2710", "2713", "2716", GAS, *LPG, CHAPTER),
)
# Headings that have one line only.
_ALONE: Final = {"270900": "2709", "270300": "2703", "270400": "2704", "271600": "2716"}
_CLOSE: Final = 1e-4  # relative: lines that add up to their chapter this closely are all there
_LISTED: Final = ["source", "classification", "period_start"]


@per_dataset(32)
def by_year(dataset: Dataset, who: str) -> dict[int, dict[str, YearValue]]:
    """Return year, then code, then the figure that stands on a count (``WHO``).

    A figure as known now comes before a first print, a reported one before a derived one, then the newest
    release, then what the office reported itself; of first prints the first one stands, of one day the finest.
    """
    rows = prints(dataset, who)
    if rows.empty:
        return {}
    now = rows["first"].map({True: -1, False: 1})
    day = rows["released"].astype("int64").where(rows["released"].notna(), -(2**62))
    # an undated first print is read after every dated one
    day = day.where(~(rows["first"] & rows["released"].isna()), 2**62)
    order = rows.assign(
        derived=rows["status"].eq("derived"),
        age=day * -now,
        coarse=rows["rounding"],
        carried=serves(rows, SourceRole.MERGED),
        alone=~rows["listed"],
    ).sort_values(["year", "code", "first", "derived", "age", "coarse", "carried", "alone"], kind="stable")
    best = order.drop_duplicates(["year", "code"])
    years: dict[int, dict[str, YearValue]] = {}
    for row in best.to_dict("records"):
        years.setdefault(int(row["year"]), {})[str(row["code"])] = _figure(row)
    return years


def _figure(row: Mapping[Any, Any]) -> YearValue:
    names = ("value", "basis", "valuation", "status", "source", "released", "reference", "rounding")
    return YearValue(codes=str(row["code"]), listed=bool(row["listed"]), **{name: row[name] for name in names})


@per_dataset(32)
def prints(dataset: Dataset, who: str) -> pd.DataFrame:
    """Return every print and vintage of a year and code on a count: code, year, value (whole US$), ``basis`` and so on.

    ``first`` marks first prints, ``listed`` figures from a list of the year that is whole.
    """
    own = _own(dataset.trade, who)
    rows = schema.stacked(_exact(own), *_sums(_own(dataset.known, who), dataset, who))
    if rows.empty:
        return rows.assign(basis="", first=False, year=0, rounding=0.0)
    rows = rows.assign(basis=_codes(dataset, rows))
    bases = rows["basis"].map(Basis.read)
    if who in COUNTED:
        own_count = bases.map(lambda one: (one.counted_by, one.valuation) == COUNTED[who])
        rows, bases = rows[own_count], bases[own_count]
    first = bases.map(lambda one: one.print is Print.FIRST).astype("bool")
    return rows.assign(
        valuation=bases.map(lambda one: one.valuation),
        first=first,
        # offices report whole dollars; what a newspaper prints is rounded
        rounding=rows["value"].map(half_unit).where(first, 0.5),
        year=rows["period_start"].dt.year,
    )


def _codes(dataset: Dataset, rows: pd.DataFrame) -> pd.Series:
    """Return the basis of each row; the edition is left out, since no edition changed what a fuel's code holds."""
    return basis.codes(dataset, rows.assign(commodity_code=rows["code"]), classification=EDITION)


def _own(table: pd.DataFrame, who: str) -> pd.DataFrame:
    """Return the rows of HS 27 in US$ that may tell a count: of the country itself, and BACI's of Russia."""
    merged = serves(table, SourceRole.MERGED)
    russia = reports(table, "RUS", "CHN") & table["flow"].eq("export")
    china = reports(table, "CHN", "RUS") & table["flow"].eq("import")
    chosen = {CHINA: (china & ~merged) | (russia & merged), BACI: russia & merged, RUSSIA: russia & ~merged}[who]
    chosen &= table["currency"].eq("USD") & ~table["status"].eq("estimated")
    code = table["commodity_code"].astype("str")
    chosen &= code.str.fullmatch(r"27(?:\d{2}){0,2}") & harmonized(table)
    rows = schema.plain(table[chosen])
    return rows.assign(code=rows["commodity_code"].replace(_ALONE), listed=False)


def _exact(own: pd.DataFrame) -> pd.DataFrame:
    """Return what is printed for the very code: of whole years, else twelve printed months together."""
    rows = own[own["code"].isin(_CODES)]
    years = rows[calendar_years(rows)]
    single = rows[rows["period_start"].eq(rows["period_end"])]
    single = single.sort_values("released", na_position="first", kind="stable")
    single = single.drop_duplicates(["source", "classification", "code", "period_start"], keep="last")
    year = single["period_start"].dt.year.rename("year")
    keys = ["reporter", "partner", "flow", "source", "classification", "currency", "valuation", "status", "code"]
    months = single.groupby([*keys, year], as_index=False).agg(**SPANNED, months=("period_start", "nunique"))
    months = months[months["months"].eq(12)].drop(columns=["months", "year"])
    months = months.assign(reference="sum of twelve months, first: " + months["reference"], listed=False)
    return schema.stacked(years, months)


def _sums(own: pd.DataFrame, dataset: Dataset, who: str) -> list[pd.DataFrame]:
    """Return sums of lines by code, of those lists alone that hold every line of their year."""
    years = own[calendar_years(own)]
    full = [_adding_up(years, 4), _adding_up(years, 6)]
    if who != RUSSIA:
        keys = set(energy.to_china(dataset, CHAPTER).index)
        merged = years[serves(years, SourceRole.MERGED)]
        full.append(merged[merged.index.isin(keys)])
    return [_coded(lines, code) for lines in full if len(lines) for code in _CODES]


def _adding_up(years: pd.DataFrame, digits: int) -> pd.DataFrame:
    """Return the lines of those lists that add up to the chapter as the same source prints it."""
    lines = years[years["commodity_code"].str.len().eq(digits)]
    chapter = years[years["commodity_code"].eq(CHAPTER)].drop_duplicates(_LISTED, keep="last").set_index(_LISTED)
    sums = lines.groupby(_LISTED)["value"].sum()
    near = (sums / chapter["value"].reindex(sums.index) - 1).abs().le(_CLOSE)
    keys = pd.MultiIndex.from_frame(lines[_LISTED])
    return pd.DataFrame(lines[near.reindex(keys).fillna(value=False).to_numpy(dtype="bool")])


def _coded(lines: pd.DataFrame, code: str) -> pd.DataFrame:
    """Sum the lines that begin with a code, list by list."""
    inside = lines[lines["commodity_code"].str.startswith(code)].sort_values("commodity_code", kind="stable")
    if inside.empty:
        return inside
    keys = ["reporter", "partner", "flow", *_LISTED, "period_end", "valuation", "currency"]
    sums = inside.groupby(keys, as_index=False).agg(
        **SUMMED,
        status=("status", "first"),
        lines=("value", "size"),
    )
    reference = "sum of " + sums["lines"].astype("str") + " lines, first: " + sums["reference"]
    return sums.drop(columns="lines").assign(
        code=code, listed=True, reference=reference.where(sums["lines"].gt(1), sums["reference"])
    )


def half_unit(value: float) -> float:
    """Return half a unit of the last digit that is not nought of a print in whole units, at most half a billion.

    Prints come in billions or millions: ``60`` is 60 billion to the billion, not to the ten.
    """
    digits = f"{abs(value):.0f}"
    return min(0.5e9, 0.5 * float(10 ** (len(digits) - len(digits.rstrip("0"))))) if value else 0.0
