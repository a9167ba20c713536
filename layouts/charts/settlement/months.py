"""The Bank of Russia's months, as lines: yuan and roubles in receipts and in payments."""

from typing import Any, Final

import pandas as pd

from layouts.drawing import geometry
from layouts.drawing.plot import Plot
from layouts.drawing.sheet import Sheet
from layouts.figure import time_axis
from layouts.figure.chart import ids
from layouts.figure.frame import note
from layouts.look.theme import Look
from layouts.words import text
from layouts.words.catalogue import say

_LINES: Final = {
    ("CNY", "export"): "charts.settlement.line.yuan_exports",
    ("CNY", "import"): "charts.settlement.line.yuan_imports",
    ("RUB", "export"): "charts.settlement.line.roubles_exports",
    ("RUB", "import"): "charts.settlement.line.roubles_imports",
}
_BESIDE: Final = 6  # pixels between a line's end and its name


def names_beside(look: Look) -> int:
    """Return the room that the names at the ends of the lines need."""
    names = [f"<b>{say(key)}</b>  {text.share(88.8)}" for key in _LINES.values()]
    return geometry.beside(names, look.label, _BESIDE)


def lines(figure: Sheet, months: pd.DataFrame, look: Look) -> None:
    """Draw yuan and roubles in receipts and payments: colour is the currency's country, dashes are exports."""
    p = look.palette
    colours = {"CNY": (p.china, p.china_text), "RUB": (p.russia, p.russia_text)}
    ends = []
    for (flow, currency), part in months.groupby(["flow", "settlement_currency"]):
        fill, ink = colours[str(currency)]
        name = say(_LINES[str(currency), str(flow)])
        x = time_axis.place(part["period_start"]) + 0.5
        figure.add_scatter(
            x=x,
            y=part["share_pct"],
            xaxis="x2",
            yaxis="y2",
            mode="lines",
            line={"color": fill, "width": 2.5, "dash": "6px,3px" if flow == "export" else "solid"},
            ids=ids(part),
            customdata=[
                say("charts.settlement.hover.month", line=name, month=text.short_month(day), share=text.share(share))
                for day, share in zip(part["period_start"], part["share_pct"], strict=True)
            ],
            hovertemplate="%{customdata}<extra></extra>",
        )
        ends.append((float(part["share_pct"].iloc[-1]), name, ink))
    first, last = time_axis.at(months["period_start"].min()), time_axis.at(months["period_end"].max()) + 1
    years = sorted(set(months["period_start"].dt.year))
    figure.update_layout(
        xaxis2={
            "range": [first, last],
            "tickvals": [_centre(months, year) for year in years],
            "ticktext": [text.year(year) for year in years],
        }
    )
    figure.update_layout(yaxis2={"range": [0, max(50.5, float(months["share_pct"].max()) * 1.05)]})
    _end_names(figure, ends, last, look)
    note(
        figure,
        f"<b>{say('charts.settlement.all_partners')}</b>",
        x=first,
        y=1,
        look=look,
        colour=p.ink,
        xref="x2",
        yref="y2 domain",
        yanchor="bottom",
        yshift=6,
        xshift=-30,
    )


def _centre(months: pd.DataFrame, year: int) -> float:
    """Return the middle of the months of a year that are there."""
    x = time_axis.place(months.loc[months["period_start"].dt.year.eq(year), "period_start"])
    return float(x.min() + x.max() + 1) / 2


def _end_names(figure: Sheet, ends: list[tuple[float, str, str]], edge: int, look: Look) -> None:
    """Name the lines at their ends, pushed apart where they would touch."""
    plot = Plot.of(figure, axes=("xaxis2", "yaxis2"))
    for (y, name, ink), placed in zip(ends, plot.column([y for y, *_ in ends], look.label), strict=True):
        if placed is None:
            continue
        style: dict[str, Any] = {"xref": "x2", "yref": "y2", "xshift": _BESIDE}
        note(figure, f"<b>{name}</b>  {text.share(y)}", x=edge, y=placed, look=look, colour=ink, **style)
