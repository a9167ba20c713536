"""Named exchange rates, month by month: customs' own where it exists, else the monthly mean."""

from typing import Final

import pandas as pd

from analysis.cache import per_dataset
from analysis.dataset import Dataset

# First wins. Customs' own rate is what its yuan and dollar prints of crude imports imply.
ORDER: Final = ("GACC_IMPLIED", "H10_CNY", "ECB_CROSS")


@per_dataset(8)
def yuan_per_dollar(dataset: Dataset) -> pd.DataFrame:
    """Return columns month, rate (CNY per USD) and rate_source, one row a month."""
    rates = dataset.side("rates")
    if rates.empty:
        return pd.DataFrame(
            {
                "month": pd.Series(dtype="datetime64[us]"),
                "rate": pd.Series(dtype="float64"),
                "rate_source": pd.Series(dtype="str"),
            }
        )
    monthly = rates[rates["freq"].eq("M")]
    listed = pd.concat([monthly[monthly["series"].isin(ORDER)], _crossed(monthly)])
    table = pd.DataFrame(
        {
            "month": pd.to_datetime(listed["period_start"]).astype("datetime64[us]"),
            "rate": pd.to_numeric(listed["value"]),
            "rate_source": listed["series"],
            "rank": listed["series"].map(ORDER.index),
        }
    )
    best = table.sort_values(["month", "rank"]).drop_duplicates("month")
    return best[["month", "rate", "rate_source"]].reset_index(drop=True)


def _crossed(monthly: pd.DataFrame) -> pd.DataFrame:
    """Return yuan per dollar from the two euro rates of a month, where a refresh brought both."""
    euro = {
        name: monthly[monthly["series"].eq(f"ECB_EXR_{name}")].drop_duplicates("period_start", keep="last")
        for name in ("CNY", "USD")
    }
    both = euro["CNY"].merge(euro["USD"], on="period_start", suffixes=("", "_usd"))
    value = pd.to_numeric(both["value"]) / pd.to_numeric(both["value_usd"])
    return pd.DataFrame({"series": "ECB_CROSS", "period_start": both["period_start"], "value": value})


def convert(dataset: Dataset, rows: pd.DataFrame, currency: str) -> pd.DataFrame:
    """Return one-month ``rows`` (USD or CNY) in ``currency``, each at its month's named rate.

    Rows already in ``currency`` pass unchanged with an empty rate. Converted rows have status
    ``derived``; a month without a rate is left out, never guessed.
    """
    native = rows[rows["currency"].eq(currency)].assign(rate=float("nan"), rate_source=None)
    other = rows[~rows["currency"].eq(currency) & rows["currency"].isin(["USD", "CNY"])]
    priced = other.merge(yuan_per_dollar(dataset), left_on="period_start", right_on="month", how="inner")
    factor = priced["rate"] if currency == "CNY" else 1 / priced["rate"]
    priced = priced.assign(value=priced["value"] * factor, currency=currency, status="derived")
    return pd.concat([native, priced[native.columns]], ignore_index=True)
