"""Discount: what China pays for Russian crude oil against all other crude, by year, on one count alone.

Both sides are what China's customs count of their imports, freight included, as known now.
"""

from typing import Final

import pandas as pd

from analysis.basis import Basis, codes
from analysis.cache import per_dataset
from analysis.dataset import Dataset
from analysis.measures.energy import fuel_tonnes
from analysis.measures.energy.counts import EDITION, half_unit
from analysis.readings import of_china
from analysis.source_names import reports, serves
from analysis.windows import calendar_years
from loaders.core import schema
from loaders.core.source_records import SourceRole

# Barrels in a tonne of average crude, the usual factor of oil statistics. It moves prices a barrel,
# never the gap: both sides are converted with it.
BARRELS_A_TONNE: Final = 7.33
BRENT_SOURCE: Final = "U.S. Energy Information Administration"
ALONE: Final = "alone"
FIRST_PRINT: Final = "Russia’s tonnes are a first print, those of all origins are as known now"
NO_WHOLE: Final = "value and weight of all origins are not at hand"
_SIDE: Final = ["value", "kg", "valuation", "status", "source", "released", "reference"]
COLUMNS: Final = schema.columns_of("discount")


def gap(rows: pd.DataFrame) -> pd.DataFrame:
    """Add prices, the gap and the implied saving to ``value``, ``kg``, ``other_value``, ``other_kg``.

    US$ a tonne = 1000 * value / kg; US$ a barrel = that / 7.33; gap = 100 * (Russian price / other
    price - 1), per cent; saving = (other price - Russian price) * Russian tonnes, whole US$, negative
    where Russian oil was dearer. Empty where a value or a weight is missing or not above zero.
    """
    fits = rows[["value", "kg", "other_value", "other_kg"]].gt(0).all(axis=1)
    russia = (1000 * rows["value"] / rows["kg"].where(fits)).where(fits)
    other = (1000 * rows["other_value"] / rows["other_kg"].where(fits)).where(fits)
    return rows.assign(
        russia_usd_t=russia,
        other_usd_t=other,
        russia_usd_bbl=russia / BARRELS_A_TONNE,
        other_usd_bbl=other / BARRELS_A_TONNE,
        gap_pct=100 * (russia / other - 1),
        saving=(other - russia) * rows["kg"] / 1000,
    )


@per_dataset(4)
def crude(dataset: Dataset) -> pd.DataFrame:
    """Return Russian against all other crude to China by year, columns ``COLUMNS``, and Brent by month.

    Series ``customs``: China's customs for both sides, value and weight, CIF; other = all origins less Russia, both
    on the same ``basis``. Series ``alone``: years of which Russia's value and tonnes are held on another basis than
    the whole: a price, no gap, and in ``refused`` the reason. Series ``brent``: the monthly mean, US$ a barrel.
    """
    rows = gap(pd.concat([_customs(dataset), _alone(dataset)], ignore_index=True))
    rows = rows.assign(
        refused=rows["refused"].where(rows["gap_pct"].isna(), ""),
        russia_usd_t=1000 * rows["value"] / rows["kg"],
        russia_usd_bbl=1000 * rows["value"] / rows["kg"] / BARRELS_A_TONNE,
        base_basis=rows["basis"].where(rows["gap_pct"].notna(), ""),
    )
    rows = rows[rows["gap_pct"].notna() | rows["series"].eq(ALONE)]
    rows = rows[~rows.sort_values("gap_pct", na_position="last")["period_start"].duplicated().reindex(rows.index)]
    rows = rows.rename(columns={"kg": "net_weight_kg", "other_kg": "other_weight_kg"})
    rows = rows.assign(currency="USD", kind="year", brent_usd_bbl=float("nan"))[list(COLUMNS)]
    return schema.stacked(rows, _brent(dataset)).sort_values(
        ["series", "period_start", "period_end"], ignore_index=True
    )


def _customs(dataset: Dataset) -> pd.DataFrame:
    """Take Russia from all origins of the same year: of the same source, else of customs' twelve months."""
    russia = schema.stacked(_own(dataset), _carried(dataset))
    whole = _whole(dataset, russia)
    keys = ["period_start", "period_end"]
    both = russia.merge(whole, on=keys, suffixes=("", "_w"))
    both = both[both["basis"].eq(both["basis_w"])]
    both = both.assign(mixed=both["source"].ne(both["source_w"]), carried=serves(both, SourceRole.MERGED))
    both = both.sort_values([*keys, "carried", "mixed"], kind="stable")
    return _less(both.drop_duplicates(keys)).assign(series="customs", refused="")


def _whole(dataset: Dataset, asked: pd.DataFrame) -> pd.DataFrame:
    """Return crude of all origins in the years asked for, source by source, value and weight, with its basis."""
    known = dataset.known
    chosen = serves(known, SourceRole.NOW) & reports(known, "CHN", "WLD")
    chosen &= known["commodity_code"].eq("2709") & known["flow"].eq("import") & calendar_years(known)
    # a sum over the partners that are printed is as printed
    same = _based(dataset, _plain(known[chosen]).replace({"status": {"derived": "final"}}))
    return pd.concat([same, _based(dataset, _windows(_all_origins(dataset), asked))], ignore_index=True)


def _own(dataset: Dataset) -> pd.DataFrame:
    """Return Russia's crude by year as China's customs report it, value and weight in one row."""
    known = dataset.known
    chosen = of_china(known) & known["flow"].eq("import") & calendar_years(known)
    chosen &= known["commodity_code"].isin(["2709", "270900"]) & known["net_weight_kg"].notna()
    return _based(dataset, _plain(known[chosen & known["currency"].eq("USD") & ~serves(known, SourceRole.MERGED)]))


def _carried(dataset: Dataset) -> pd.DataFrame:
    """Return Russia's crude by year as BACI carries it from China's customs.

    BACI estimates some weights: one counts only where it rounds to the tonnes that customs printed.
    """
    known = dataset.known
    chosen = serves(known, SourceRole.MERGED) & reports(known, "RUS", "CHN") & calendar_years(known)
    rows = known[chosen & known["commodity_code"].isin(["2709", "270900"]) & known["net_weight_kg"].notna()]
    rows = _based(dataset, _plain(rows), reporter="RUS", partner="CHN", flow="export")
    bases = rows["basis"].map(Basis.read)
    rows = rows[bases.map(lambda one: (one.counted_by, one.valuation) == ("CHN", "CIF")).astype("bool")]
    printed_ = fuel_tonnes.tonnes(dataset, "2709")
    both = rows.merge(
        printed_[printed_["basis"].eq("customs")], on=["period_start", "period_end"], suffixes=("", "_printed")
    )
    near = (both["kg"] - both["kg_printed"]).abs().le(both["kg_printed"].map(half_unit))
    both = both[near].assign(
        valuation="CIF", reference=both["reference"] + " ; weight as in " + both["reference_printed"]
    )
    return both.drop_duplicates("period_start")[[*rows.columns]]


def _alone(dataset: Dataset) -> pd.DataFrame:
    """Return the years of which customs' value and tonnes of Russia's crude are held: a price, and why no gap."""
    russia = fuel_tonnes.from_russia(dataset, "2709").assign(valuation="CIF")
    rows = _based(dataset, russia[calendar_years(russia)])
    there = rows["period_start"].isin(_whole(dataset, rows)["period_start"])
    nothing = dict.fromkeys(("other_value", "other_kg"), float("nan"))
    empty = dict.fromkeys(("base_source", "other_valuation", "other_reference"))
    return rows.assign(**nothing, **empty, series=ALONE, refused=there.map({True: FIRST_PRINT, False: NO_WHOLE}))


def _based(dataset: Dataset, rows: pd.DataFrame, **fixed: str) -> pd.DataFrame:
    """Add the basis; heading 2709 holds the same goods in every edition, which is therefore left out."""
    named = {"flow": "import", "commodity_code": "2709", "classification": EDITION, **fixed}
    return rows.assign(basis=codes(dataset, rows, **named))


def _less(both: pd.DataFrame) -> pd.DataFrame:
    """Return Russia's figures beside all origins (``_w``) less Russia."""
    out = both.assign(
        other_value=both["value_w"] - both["value"],
        other_kg=both["kg_w"] - both["kg"],
        other_valuation=both["valuation_w"],
        other_reference="all origins less Russia: " + both["reference_w"],
        base_source=both["source_w"],
        released=both[["released", "released_w"]].max(axis=1),
        status="derived",
    )
    return out[[column for column in out.columns if not column.endswith("_w")]]


def _all_origins(dataset: Dataset) -> pd.DataFrame:
    """Return China's crude from all origins by month, value and weight, as customs publish it."""
    known = dataset.known
    chosen = serves(known, SourceRole.TABLES) & known["partner"].eq("WLD") & known["commodity_code"].eq("27090000")
    return _plain(known[chosen & known["currency"].eq("USD") & schema.months(known).eq(1)])


def _plain(rows: pd.DataFrame) -> pd.DataFrame:
    rows = schema.plain(rows).rename(columns={"net_weight_kg": "kg"})
    return rows[["period_start", "period_end", *_SIDE]]


def _windows(months: pd.DataFrame, asked: pd.DataFrame) -> pd.DataFrame:
    """Add months to the windows that are asked for; a window with a month missing is left out."""
    windows = []
    for start, end in zip(asked["period_start"], asked["period_end"], strict=True):
        inside = months[months["period_start"].ge(start) & months["period_end"].le(end)]
        if len(inside) == (end.year - start.year) * 12 + end.month - start.month + 1:
            first = inside.iloc[0]
            reference = f"{len(inside)} months, first: {first['reference']}" if len(inside) > 1 else first["reference"]
            row = {
                "value": inside["value"].sum(),
                "kg": inside["kg"].sum(skipna=False),
                "released": inside["released"].max(),
            }
            same = {name: first[name] for name in ("valuation", "status", "source")}
            windows.append({"period_start": start, "period_end": end, **row, **same, "reference": reference})
    return pd.DataFrame(windows, columns=["period_start", "period_end", *_SIDE]).astype(months.dtypes.to_dict())


def _brent(dataset: Dataset) -> pd.DataFrame:
    """Return Brent by month from the side table."""
    prices = dataset.side("oil_prices")
    if prices.empty:
        return pd.DataFrame(columns=list(COLUMNS))
    rows = prices[prices["series"].eq("BRENT") & prices["freq"].eq("M") & prices["kind"].eq("monthly mean")]
    day = pd.to_datetime(rows["period_start"], format="%Y-%m").astype("datetime64[us]")
    table = pd.DataFrame(
        {
            "series": "brent",
            "kind": "month",
            "period_start": day,
            "period_end": day,
            "brent_usd_bbl": rows["value"].astype("float64"),
            "currency": "USD",
            "status": "final",
            "source": BRENT_SOURCE,
            "released": pd.to_datetime(rows["released"]).astype("datetime64[us]"),
            "reference": rows["reference"],
        }
    )
    # a price of the market is nobody's count of goods
    return table.assign(basis="", base_basis="", refused="").reindex(columns=list(COLUMNS))
