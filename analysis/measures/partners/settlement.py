"""The currency of settlements: shares as stated by whom and when, and the Bank of Russia's shares and amounts.

The Bank of Russia publishes amounts by currency in US dollars for all partners (2022 and 2023) and shares by region,
Asia among them; of China alone only speakers say something.
"""

from decimal import Decimal
from typing import Final

import pandas as pd

from analysis.basis import BASE_BASIS, BASIS, Basis, Print
from analysis.cache import per_dataset
from analysis.dataset import Dataset
from loaders.core import schema

SAID: Final = "said"
COUNTED: Final = "counted"
REGIONS: Final = "regions"
ASIA: Final = "Asia"
_SCALES: Final = {"thousand": 3, "mln": 6, "bn": 9, "trn": 12}
_BANK: Final = str(Basis("CBR", "unknown"))
_SPEAKER: Final = str(Basis("SAID", "unknown", print=Print.FIRST))
OWN: Final = ("CNY", "RUB")
# What a stated share is a share of, from the widest wording to the narrowest; one never joins another.
DEFINITIONS: Final = (
    "national currencies in settlements between the two",
    "yuan and roubles in settlements between the two",
    "yuan in Russian payments for Chinese goods",
    "roubles in payments for Russian goods to China",
)
COLUMNS: Final = schema.columns_of("settlement")


@per_dataset(4)
def stated(dataset: Dataset) -> pd.DataFrame:
    """Return every stated share in per cent, with speaker, wording and day, as quoted; nothing is computed."""
    shares = dataset.side("settlement")
    if shares.empty:
        return pd.DataFrame(columns=list(COLUMNS))
    shares = shares[shares["unit"].eq("percent")]
    out = shares.assign(series=SAID, share_pct=shares["value"].astype("float64"), value=float("nan"), partner="CHN")
    return _framed(out, _SPEAKER).sort_values(["period_end", "period_start"], kind="stable", ignore_index=True)


@per_dataset(4)
def counted(dataset: Dataset) -> pd.DataFrame:
    """Return the share of yuan and roubles in Russia's receipts and payments by month, all partners.

    ``share_pct = 100 * value / sum over currencies`` of the same month and flow (goods and services, Bank of
    Russia). Amounts stand in whole units of ``currency``, the US dollar, whatever was paid in:
    ``settlement_currency`` says that. ``export``: receipts for exports; ``import``: payments for imports. A month
    of a flow that lacks one of the five currencies, or holds amounts of two units, gets no share.
    """
    amounts = dataset.side("settlement_currency")
    if amounts.empty:
        return pd.DataFrame(columns=list(COLUMNS))
    amounts = amounts[amounts["reporter"].eq("RUS") & amounts["unit"].map(_unit).notna()]
    units = amounts["unit"].map(_unit)
    table = amounts.assign(
        settlement_currency=amounts["currency"],
        currency=[unit[0] for unit in units],
        value=[float(Decimal(text).scaleb(unit[1])) for text, unit in zip(amounts["value"], units, strict=True)],
    )
    groups = table.groupby(["flow", "period_start"])
    full = groups["settlement_currency"].transform("size").eq(table["settlement_currency"].nunique())
    full &= groups["currency"].transform("nunique").eq(1)
    whole = groups["value"].transform("sum").where(full)
    out = table.assign(
        series=COUNTED,
        what="share of all currencies, all partners",
        share_pct=100 * table["value"] / whole,
        whole=whole,
        unit="whole " + table["currency"],
    )
    out = out[out["settlement_currency"].isin(OWN) & full]
    return _framed(out, _BANK).sort_values(["flow", "settlement_currency", "period_start"], ignore_index=True)


def _unit(text: str) -> tuple[str, int] | None:
    """Return the currency and the power of ten of a unit such as ``bn_usd``; none where the text is no unit."""
    scale, _, currency = str(text).rpartition("_")
    power = _SCALES.get(scale, 0 if not scale else None)
    known = currency.upper() in schema.CURRENCIES and power is not None
    return (currency.upper(), power) if known and power is not None else None


@per_dataset(4)
def regions(dataset: Dataset) -> pd.DataFrame:
    """Return the Bank of Russia's shares by region as the press prints them, per cent, doubts named."""
    shares = dataset.side("settlement_regions")
    if shares.empty:
        return pd.DataFrame(columns=list(COLUMNS))
    out = shares.assign(
        series=REGIONS,
        what="share of a currency in settlements with a region",
        share_pct=shares["value"].astype("float64"),
        precision="as printed",
        value=float("nan"),
        unit="per cent",
        partner=shares["region"].where(shares["region"].ne("all"), "WLD"),
    )
    order = ["region", "flow", "period_start", "period_end"]
    return _framed(out, _BANK).sort_values(order, kind="stable", ignore_index=True)


def _framed(rows: pd.DataFrame, code: str) -> pd.DataFrame:
    """Return rows of a side table in ``COLUMNS``, months and days as dates, on the basis of this code."""
    days = {name: rows[name] + "-01" for name in ("period_start", "period_end")}
    days["released"] = rows["released"]
    dates = {name: pd.to_datetime(texts).astype(schema.UNIT) for name, texts in days.items()}
    cells = rows.assign(source=rows["publisher"], **dates, **{BASIS: code, BASE_BASIS: code})
    return cells.reindex(columns=COLUMNS)
