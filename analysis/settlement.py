"""The currency of settlements: shares as stated by whom and when, and the Bank of Russia's months for all partners."""

from __future__ import annotations

from decimal import Decimal
from functools import lru_cache
from typing import TYPE_CHECKING, Final

import pandas as pd

from loaders import schema

if TYPE_CHECKING:
    from analysis.book import Book

SAID: Final = "said"
COUNTED: Final = "counted"
OWN: Final = ("CNY", "RUB")
# What a stated share is a share of, from the widest wording to the narrowest; one never joins another.
DEFINITIONS: Final = {
    "national currencies in settlements between the two": "National currencies in settlements",
    "yuan and roubles in settlements between the two": "Yuan and roubles in settlements",
    "yuan in Russian payments for Chinese goods": "Yuan in payments for Chinese goods",
    "roubles in payments for Russian goods to China": "Roubles in payments for Russian goods",
}
COLUMNS: Final = (
    "series",
    "what",
    "speaker",
    "flow",
    "currency",
    "period_start",
    "period_end",
    "share_pct",
    "precision",
    "value",
    "whole",
    "partner",
    "source",
    "released",
    "reference",
    "note",
)


@lru_cache(maxsize=4)
def said(book: Book) -> pd.DataFrame:
    """Return every stated share in per cent, with speaker, wording and day, as quoted; nothing is computed."""
    held = book.side("settlement")
    if held.empty:
        return pd.DataFrame(columns=list(COLUMNS))
    held = held[held["unit"].eq("percent")]
    out = held.assign(
        series=SAID,
        share_pct=held["value"].astype("float64"),
        value=float("nan"),
        source=held["publisher"],
        partner="CHN",
        period_start=_month(held["period_start"]),
        period_end=_month(held["period_end"]),
        released=pd.to_datetime(held["released"]).astype(schema.UNIT),
    )
    return out.reindex(columns=COLUMNS).sort_values(["period_end", "period_start"], kind="stable", ignore_index=True)


@lru_cache(maxsize=4)
def counted(book: Book) -> pd.DataFrame:
    """Return the share of yuan and roubles in Russia's receipts and payments by month, all partners.

    ``share_pct = 100 * value / sum over currencies`` of the same month and flow (goods and services,
    amounts in whole US$, Bank of Russia). ``export``: receipts for exports; ``import``: payments for
    imports. A month of a flow that lacks one of the five currencies gets no share.
    """
    held = book.side("settlement_currency")
    if held.empty:
        return pd.DataFrame(columns=list(COLUMNS))
    held = held[held["unit"].eq("bn_usd") & held["reporter"].eq("RUS")]
    table = held.assign(value=[float(Decimal(text).scaleb(9)) for text in held["value"]])
    groups = table.groupby(["flow", "period_start"])
    full = groups["currency"].transform("size").eq(table["currency"].nunique())
    whole = groups["value"].transform("sum").where(full)
    out = table.assign(
        series=COUNTED,
        what="share of all currencies, all partners",
        share_pct=100 * table["value"] / whole,
        whole=whole,
        source=table["publisher"],
        period_start=_month(table["period_start"]),
        period_end=_month(table["period_end"]),
        released=pd.to_datetime(table["released"]).astype(schema.UNIT),
    )
    out = out[out["currency"].isin(OWN) & full].reindex(columns=COLUMNS)
    return out.sort_values(["flow", "currency", "period_start"], ignore_index=True)


def _month(texts: pd.Series) -> pd.Series:
    return pd.to_datetime(texts + "-01").astype(schema.UNIT)
