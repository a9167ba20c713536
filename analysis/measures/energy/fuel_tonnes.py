"""Russian fuel as Chinese customs count it: value and tonnes of one period side by side."""

from typing import Final

import pandas as pd

from analysis.cache import per_dataset
from analysis.dataset import Dataset
from analysis.readings import of_china
from analysis.source_names import reports
from loaders.core import schema

KG_IN: Final = {"mln_t": 1e9, "t": 1e3}
_KEEP: Final = ["period_start", "period_end", "value", "kg", "status", "source", "released", "reference"]


@per_dataset(16)
def tonnes(dataset: Dataset, code: str) -> pd.DataFrame:
    """Return kilograms that Russia sent China, as printed for a period, one row a period.

    Chinese customs come first, then the print with more digits, then the newer one; a Russian or an
    analyst's count stands only where customs' is not at hand.
    """
    quantities = dataset.side("quantities")
    if quantities.empty:
        days = pd.Series(dtype="datetime64[us]")
        return pd.DataFrame({"period_start": days, "period_end": days, "kg": 0.0, "basis": "", "reference": ""})
    seller = reports(quantities, "RUS", "CHN") & quantities["flow"].eq("export")
    pair = seller | (of_china(quantities) & quantities["flow"].eq("import"))
    rows = quantities[pair & quantities["commodity_code"].eq(code) & quantities["quantity_unit"].isin(list(KG_IN))]
    rows = rows.assign(
        kg=rows["quantity"].astype("float64") * rows["quantity_unit"].map(KG_IN).astype("float64"),
        customs=rows["basis"].eq("customs"),
        length=rows["quantity"].str.replace(".", "").str.len(),
        period_start=pd.to_datetime(rows["period_start"], format="%Y-%m").astype("datetime64[us]"),
        period_end=pd.to_datetime(rows["period_end"], format="%Y-%m").astype("datetime64[us]"),
    )
    order = rows.sort_values(["customs", "length", "released"], na_position="first", kind="stable")
    best = order.drop_duplicates(["period_start", "period_end"], keep="last")
    return best[["period_start", "period_end", "kg", "basis", "reference"]].reset_index(drop=True)


@per_dataset(16)
def from_russia(dataset: Dataset, code: str) -> pd.DataFrame:
    """Return value (whole US$, CIF) and kilograms of a fuel by period, only where customs print both.

    A weight that stands in the same row comes first; else value and tonnes of the same period that
    the press quotes from customs, rounded as printed.
    """
    known = dataset.known
    chosen = of_china(known) & known["flow"].eq("import")
    chosen &= known["commodity_code"].eq(code) & known["currency"].eq("USD")
    rows = schema.plain(known[chosen])
    weighed = rows[rows["net_weight_kg"].notna()].rename(columns={"net_weight_kg": "kg"})
    customs = tonnes(dataset, code)
    customs = customs[customs["basis"].eq("customs")]
    quoted = rows[rows["net_weight_kg"].isna()].merge(
        customs, on=["period_start", "period_end"], suffixes=("", "_kg"), how="inner"
    )
    reference = quoted["reference"] + " ; weight: " + quoted["reference_kg"]
    both = pd.concat([weighed[_KEEP], quoted.assign(reference=reference)[_KEEP]], ignore_index=True)
    best = both.drop_duplicates(["period_start", "period_end"])
    return best.sort_values(["period_end", "period_start"], ignore_index=True)
