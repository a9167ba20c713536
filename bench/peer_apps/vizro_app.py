"""Peer: Vizro, on Dash's own server. ``python -m bench.peer_apps.vizro_app PORT``."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import vizro.models as vm
from vizro import Vizro
from vizro.managers import data_manager
from vizro.models.types import capture

from bench.peer_apps.bars import CURRENCIES, FLOWS, bars, figures

if TYPE_CHECKING:
    import pandas as pd
    import plotly.graph_objects as go


def drawn(data_frame: pd.DataFrame, flow: str = "Both", currency: str = "Yuan") -> go.Figure:
    """Draw what the two lists choose."""
    return bars(data_frame, flow, currency)


def main() -> None:
    """Serve one page: a title, two lists, a picture."""
    data_manager["trade"] = figures()
    lists = [
        vm.Parameter(
            targets=[f"bars.{name}"],
            selector=vm.Dropdown(id=name, options=options, value=options[0], multi=False, title=name),
        )
        for name, options in (("flow", FLOWS), ("currency", CURRENCIES))
    ]
    picture = vm.Graph(id="bars", figure=capture("graph")(drawn)("trade"))
    page = vm.Page(title="Trade between China and Russia", components=[picture], controls=lists)
    Vizro().build(vm.Dashboard(pages=[page])).run(port=int(sys.argv[1]))


if __name__ == "__main__":
    main()
