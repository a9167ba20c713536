"""Single fuels as they are printed, by month and by year, and CREA's model beside them: never a whole bill."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final

import pandas as pd

from analysis.basis import Basis, Making
from analysis.basis import codes as codes_
from analysis.cache import per_dataset
from analysis.dataset import Dataset
from analysis.measures.energy import definitions as energy
from analysis.measures.energy.counts import EDITION
from analysis.measures.monthly.series import SOURCES, SPANNED, SUMMED, charted, put_together
from analysis.points import PartRole, PointPart, lacks
from analysis.source_names import reports, serves
from analysis.trace import row_parts
from loaders.core import schema
from loaders.core.source_records import SourceRole, serving

# Codes under which a fuel is printed alone.
CODES: Final = {
    "crude": ("2709", "270900"),
    "coal": ("COAL", "2701"),
    "lng": ("271111",),
    "pipeline_gas": ("271121",),
}
# Groups that are printed by month: what they hold, by whom.
GROUPS: Final = {
    "oil_and_gas": ("HS2709_2711", SourceRole.REBUILT),
    "with_products": ("FUELS_WITH_PRODUCTS", SourceRole.PAPERS),
}
# CREA's commodities by fuel; what is named nowhere here belongs to no fuel.
MODELLED: Final = {
    "crude": ("crude_oil", "crude_oil_espo", "crude_oil_urals", "crude_oil_rail_road", "pipeline_oil"),
    "coal": ("coal", "coal_rail_road", "coke_rail_road"),
    "lng": ("lng", "lng_rail_road"),
    "pipeline_gas": ("natural_gas",),
    "oil_products": ("oil_products", "oil_products_pipeline", "oil_products_rail_road", "lpg"),
}
CHINA: Final = "china"
RUSSIA: Final = "russia"
CREA: Final = "crea"
MODEL: Final = str(Basis("CREA", "unknown", "none", making=Making.ESTIMATED))
_PUBLIC: Final = ("fuel", "codes", "period_start", "period_end", "value", "currency", "valuation", "status", "source")
COLUMNS: Final = (*_PUBLIC, "released", "reference", "count", "basis", "base_basis", "months", "provisional")


@per_dataset(4)
def by_month(dataset: Dataset) -> pd.DataFrame:
    """Return every month of a single fuel, or group, that someone prints in US$; ``COLUMNS``, whole US$.

    ``count``: ``china`` (Chinese customs, CIF; January-February one window since 2020), ``russia``
    (Russian customs, FOB), ``crea`` (modelled). No month is derived from longer windows.
    """
    tables = [_china(dataset, fuel, codes, SOURCES) for fuel, codes in CODES.items()]
    tables += [_china(dataset, group, (code,), serving(role)) for group, (code, role) in GROUPS.items()]
    tables += [_russia(dataset, fuel, codes) for fuel, codes in CODES.items()]
    model = modelled(dataset)
    tables.append(model[model["fuel"].isin(list(energy.FUELS))])
    return _stacked(tables)


@per_dataset(4)
def modelled(dataset: Dataset) -> pd.DataFrame:
    """Return CREA's modelled value of each fuel by month, in CREA's own US$; ``COLUMNS``."""
    known = dataset.known
    rows = known[serves(known, SourceRole.MODEL) & known["currency"].eq("USD")]
    rows = schema.plain(rows)
    fuel_of = {f"CREA_{name.upper()}": fuel for fuel, names in MODELLED.items() for name in names}
    rows = rows.assign(fuel=rows["commodity_code"].map(fuel_of), months=schema.months(rows))
    rows = rows[rows["fuel"].notna() & rows["months"].eq(1)]
    keys = ["fuel", "period_start", "period_end", "months", "currency", "valuation", "status", "source"]
    sums = rows.groupby(keys, as_index=False).agg(**SUMMED, codes=("commodity_code", " ".join))
    return _stacked([sums.assign(count=CREA, basis=MODEL, provisional=True)])


def modelled_years(dataset: Dataset, count: str) -> pd.DataFrame:
    """Return CREA's modelled bill under a definition, as fuel ``crea``: sums of years with all twelve months.

    Electricity and the rest of HS 27 are not modelled: those definitions sum what there is.
    """
    rows = modelled(dataset)
    year = rows["period_start"].dt.year
    whole = rows.groupby(year)["period_start"].nunique().eq(12)
    rows = rows[year.map(whole).eq(other=True) & rows["fuel"].isin(energy.DEFINITIONS[count])]
    rows = rows.assign(year=rows["period_start"].dt.year)
    sums = rows.groupby(["year", "currency", "valuation", "status", "source"], as_index=False).agg(
        **SPANNED,
        codes=("codes", lambda texts: " ".join(dict.fromkeys(" ".join(texts).split()))),
    )
    reference = "sum of twelve months, first: " + sums["reference"].astype("str")
    return _stacked(
        [sums.assign(fuel="crea", count=CREA, basis=MODEL, months=12, provisional=True, reference=reference)]
    )


def parts(row: Mapping[str, Any]) -> list[PointPart]:
    """Trace a row of the energy bill: in BACI, in Russia's and in CREA's figures Russia reports its exports.

    What is left of a heading or of the chapter is no print and leads nowhere; its reference says of what it is left.
    """
    if " less " in str(row.get("codes")):
        return []
    seller = row.get("count") in {RUSSIA, CREA}
    bought = [_seen(part, seller=seller) for part in row_parts.bought(row)]
    if not bought or lacks(row, "base_value") or lacks(row, "base_source"):
        return bought
    start, end = (day - pd.DateOffset(years=1) for day in (bought[0].start, bought[0].end))
    earlier = {"value": row["base_value"], "source": row["base_source"], "period_start": start, "period_end": end}
    return [
        *bought,
        *(replace(part, role=PartRole.YEAR_BEFORE) for part in parts({**row, **earlier, "base_value": None})),
    ]


def _seen(part: PointPart, *, seller: bool) -> PointPart:
    return replace(part, reporter="RUS", partner="CHN", flow="export") if seller else part


def _china(dataset: Dataset, fuel: str, codes: tuple[str, ...], sources: tuple[str, ...]) -> pd.DataFrame:
    """Return a fuel's months as China's side prints them: the best source, January-February together."""
    printed = _prints(dataset, "CHN", codes)
    printed = printed[printed["source"].isin(sources)]
    named = " ".join(dict.fromkeys(printed["commodity_code"]))
    rows = charted(put_together(dataset, printed[printed["currency"].eq("USD")], "USD", sources))
    code = codes_(dataset, rows, flow="import", commodity_code=codes[0], classification=EDITION)
    return rows.assign(fuel=fuel, codes=named, count=CHINA, basis=code)


def _russia(dataset: Dataset, fuel: str, codes: tuple[str, ...]) -> pd.DataFrame:
    """Return a fuel's months as Russian customs printed them, each month apart as they did."""
    rows = _prints(dataset, "RUS", codes)
    rows = rows[serves(rows, SourceRole.OWN) & rows["months"].eq(1) & rows["currency"].eq("USD")]
    rows = rows.sort_values(["period_start", "source"]).drop_duplicates("period_start")
    code = codes_(dataset, rows, classification=EDITION)
    return rows.assign(fuel=fuel, codes=rows["commodity_code"], count=RUSSIA, basis=code, provisional=False)


def _prints(dataset: Dataset, reporter: str, codes: tuple[str, ...]) -> pd.DataFrame:
    """Return what a reporter says of Russia's goods of these codes to China, as known now."""
    known = dataset.known
    flow, partner = ("import", "RUS") if reporter == "CHN" else ("export", "CHN")
    chosen = reports(known, reporter, partner) & known["flow"].eq(flow)
    rows = schema.plain(known[chosen & known["commodity_code"].isin(list(codes))])
    rows = rows[~rows["classification"].str.startswith("SITC")]
    return rows.assign(months=schema.months(rows), provisional=rows["status"].isin(["preliminary", "estimated"]))


def _stacked(tables: list[pd.DataFrame]) -> pd.DataFrame:
    """Stack what there is in the columns of this module."""
    table = schema.stacked(*(part.assign(base_basis="").reindex(columns=list(COLUMNS)) for part in tables))
    days = dict.fromkeys(("period_start", "period_end", "released"), schema.UNIT)
    return table.astype({**days, "value": "float64", "months": "int64", "provisional": "bool"})
