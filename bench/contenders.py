"""Who stands side by side in the bench of the page: the page itself, and what a user would build instead."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import pandas as pd

import run
from analysis.selection import Selection
from bench.peer_apps.bars import FIGURES
from callbacks.live_dataset import read
from layouts.charts.registry import CHARTS
from loaders.core.store import Store

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page

OURS, DASH, VIZRO, STREAMLIT = "ours", "plain Dash", "Vizro", "Streamlit"
FLOW, CURRENCY = "flow", "currency"
_FILE: Final = run.ROOT / "build" / "peer_figures.parquet"
_FLOWS: Final = {"export": "Exports", "import": "Imports", "total": "Total"}
_CURRENCIES: Final = {"CNY": "Yuan", "USD": "US$"}
_NAMES: Final = {FLOW: "Flow", CURRENCY: "Currency"}  # of Streamlit's lists


@dataclass(frozen=True)
class Contender:
    """One of them.

    ``line`` gives its command for a port, ``roots`` is the CSS selector of what holds its first chart, ``choose``
    sets a control (``FLOW`` or ``CURRENCY``) of its page to a label: the last press of a button in it decides.
    """

    name: str
    line: Callable[[int], list[str]]
    roots: str
    choose: Callable[[Page, str, str], None]


def write_figures() -> dict[str, str]:
    """Write the rows of our first chart for the peers to read; return the variable that tells them where.

    One row a month as printed (January and February of a year that was printed together are one), flow and currency:
    ``month``, ``flow``, ``currency``, ``value`` in whole units of the currency.
    """
    dataset, chart = read(Store("/nonexistent")), CHARTS["pulse"]
    asked = [(flow, currency) for flow in ("both", "total") for currency in _CURRENCIES]
    parts = [
        chart.rows(dataset, Selection.from_query(f"?flow={flow}&currency={currency}")).assign(currency=currency)
        for flow, currency in asked
    ]
    rows = pd.concat([part[["period_start", "flow", "currency", "value"]] for part in parts], ignore_index=True)
    named = {"flow": rows["flow"].astype("str").map(_FLOWS), "currency": rows["currency"].map(_CURRENCIES)}
    _FILE.parent.mkdir(exist_ok=True)
    rows.assign(**named).rename(columns={"period_start": "month"}).to_parquet(_FILE)
    return {FIGURES: str(_FILE)}


def ours(port: int) -> list[str]:
    """Return the command that serves what ships, nothing of the reader's own."""
    return [sys.executable, "app.py", "--port", str(port), "--data-dir", "/nonexistent", "--quiet"]


def _peer(module: str) -> Callable[[int], list[str]]:
    return lambda port: [str(run.python(run.PEERS)), "-m", f"bench.peer_apps.{module}", str(port)]


def _streamlit(port: int) -> list[str]:
    options = ["--server.port", str(port), "--server.headless", "true", "--browser.gatherUsageStats", "false"]
    return [
        *(str(run.python(run.PEERS)), "-m", "streamlit", "run", "bench/peer_apps/streamlit_app.py"),
        *("--server.address", "127.0.0.1", *options),
    ]


def _radio(page: Page, control: str, label: str) -> None:
    group = page.get_by_role("radiogroup", name={FLOW: "Flow", CURRENCY: "In"}[control], exact=True)
    group.get_by_text(label, exact=True).click()


def _dropdown(page: Page, control: str, label: str) -> None:
    page.locator(f"#{control}").click()
    page.get_by_role("option", name=label, exact=True).click()


def _selectbox(page: Page, control: str, label: str) -> None:
    page.get_by_role("combobox", name=_NAMES[control]).click()
    page.get_by_role("option", name=label, exact=True).click()


CONTENDERS: Final = (
    Contender(OURS, ours, "#pulse, #first-picture", _radio),
    Contender(DASH, _peer("plain_dash"), ".js-plotly-plot", _dropdown),
    Contender(VIZRO, _peer("vizro_app"), ".js-plotly-plot", _dropdown),
    Contender(STREAMLIT, _streamlit, ".js-plotly-plot", _selectbox),
)
