"""Peer: plain Dash, its own server. ``python -m bench.peer_apps.plain_dash PORT``."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from dash import Dash, Input, Output, dcc, html

from bench.peer_apps.bars import CURRENCIES, FLOWS, bars, figures

if TYPE_CHECKING:
    import plotly.graph_objects as go

ROWS = figures()


def drawn(flow: str, currency: str) -> go.Figure:
    """Draw what the two lists choose."""
    return bars(ROWS, flow, currency)


def main() -> None:
    """Serve one page: a title, two lists, a picture, one callback."""
    app = Dash("plain_dash")
    app.layout = html.Div(
        [
            html.H1("Trade between China and Russia"),
            dcc.Dropdown(FLOWS, "Both", id="flow", clearable=False, searchable=False),
            dcc.Dropdown(CURRENCIES, "Yuan", id="currency", clearable=False, searchable=False),
            dcc.Graph(id="bars"),
        ]
    )
    app.callback(Output("bars", "figure"), Input("flow", "value"), Input("currency", "value"))(drawn)
    app.run(port=int(sys.argv[1]))


if __name__ == "__main__":
    main()
