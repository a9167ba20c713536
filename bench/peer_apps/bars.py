"""A peer's picture: trade by month as bars, exports up, imports down, drawn by plotly express."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Final

import pandas as pd
import plotly.express as px

if TYPE_CHECKING:
    import plotly.graph_objects as go

FIGURES: Final = "PEER_FIGURES"  # the variable that names the Parquet file
FLOWS: Final = ["Both", "Exports", "Imports", "Total"]
CURRENCIES: Final = ["Yuan", "US$"]


def figures() -> pd.DataFrame:
    """Return the rows, one a month, flow and currency: ``month``, ``flow``, ``currency`` and ``value``."""
    return pd.read_parquet(os.environ[FIGURES])


def bars(rows: pd.DataFrame, flow: str, currency: str) -> go.Figure:
    """Return the picture of a flow, or of both, in a currency."""
    flows = ["Exports", "Imports"] if flow == "Both" else [flow]
    shown = rows[rows["flow"].isin(flows) & rows["currency"].eq(currency)]
    down = shown["flow"].eq("Imports") & (flow == "Both")
    shown = shown.assign(value=shown["value"].where(~down, -shown["value"]))
    title = f"{flow}, by month, {currency}"
    return px.bar(shown, x="month", y="value", color="flow", barmode="relative", height=540, title=title)
