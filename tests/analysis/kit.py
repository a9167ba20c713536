"""Small hand-made datasets: synthetic rows, labelled by their source words."""

from __future__ import annotations

from typing import Any

import pandas as pd

from analysis.dataset import Dataset
from loaders.core import schema
from loaders.core.store import read_side


def row(start: str, end: str | None = None, value: float = 1.0, **over: Any) -> dict[str, Any]:
    """Return one row of the one table: China's total with Russia unless told otherwise."""
    base = {
        "source": "comtrade",
        "reporter": "CHN",
        "partner": "RUS",
        "flow": "total",
        "period_start": f"{start}-01",
        "period_end": f"{end or start}-01",
        "classification": "none",
        "commodity_code": "TOTAL",
        "currency": "USD",
        "value": value,
        "net_weight_kg": None,
        "quantity": None,
        "quantity_unit": None,
        "valuation": "unknown",
        "status": "final",
        "released": None,
        "reference": "synthetic",
    }
    return {**base, **over}


def table(*rows: dict[str, Any]) -> pd.DataFrame:
    """Return rows as the one table."""
    return schema.conform(pd.DataFrame(list(rows)))


def rate(month: str, value: float, series: str = "GACC_IMPLIED") -> dict[str, str]:
    """Return one synthetic exchange rate."""
    return {"series": series, "freq": "M", "period_start": month, "period_end": month, "value": str(value)}


def dataset(*rows: dict[str, Any], rates: tuple[dict[str, str], ...] = (), **sides: pd.DataFrame) -> Dataset:
    """Return a dataset of a few rows."""
    columns = ["series", "freq", "period_start", "period_end", "value"]
    return Dataset(table(*rows), {"rates": pd.DataFrame(list(rates), columns=columns), **sides})


def year(which: int, value: float = 1.0, **over: Any) -> list[dict[str, Any]]:
    """Return the twelve months of a year, each of the same value."""
    return [row(f"{which}-{month:02d}", value=value, **over) for month in range(1, 13)]


def breaks() -> pd.DataFrame:
    """Return the declared breaks that ship."""
    return read_side("breaks")
