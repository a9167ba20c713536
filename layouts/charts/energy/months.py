"""The energy bill by month: a panel a fuel, only the months that someone prints."""

from collections.abc import Hashable
from dataclasses import replace
from typing import Any, Final

import pandas as pd

from analysis.measures.energy import definitions as energy
from analysis.measures.energy import prints as fuel_prints
from layouts.drawing.canvas import Canvas, restyled
from layouts.drawing.plot import round_step
from layouts.drawing.sheet import Sheet
from layouts.figure import source_line, time_axis
from layouts.figure.chart import pointed
from layouts.figure.frame import note
from layouts.look.theme import Look
from layouts.words import names, text
from layouts.words.catalogue import say

PANELS: Final = (
    ("crude", ("crude",)),
    ("coal", ("coal",)),
    ("lng", ("lng",)),
    ("pipeline_gas", ("pipeline_gas",)),
    ("together", tuple(fuel_prints.GROUPS)),
)
_GROUP: Final = "charts.energy.group.{}"
_BRIEF: Final = "charts.energy.group_brief.{}"
# by the valuation of a figure, CREA's model apart
_HOVER: Final = {
    "FOB": "charts.energy.hover.fob",
    "CIF": "charts.energy.hover.cif",
    "unknown": "charts.energy.hover.unknown",
    "crea": "charts.energy.hover.modelled",
}
_STEPS: Final = (0.2, 0.5, 1, 2, 4, 5, 10, 20, 50, 100)
_GAP: Final = 0.066  # of the height stays free above each panel for its name
_EMPTY: Final = 0.2  # of a panel's height is enough for one that holds nothing


def taller(look: Look) -> Look:
    """Return the look with room for five panels."""
    return look if look.fixed else replace(look, height=look.height + 130)


def panels(figure: Sheet, rows: pd.DataFrame, look: Look) -> None:
    """Draw a panel a fuel, each on its own scale, over one axis of months."""
    time_axis.month_axis(figure, rows["period_start"].min(), rows["period_end"].max(), look)
    parts = [rows[rows["fuel"].isin(fuels)] for _, fuels in PANELS]
    weights = [1.0 if len(part) else _EMPTY for part in parts]
    upper = 1.0
    for place, ((name, _), part, weight) in enumerate(zip(PANELS, parts, weights, strict=True)):
        axis = "y" if place == len(PANELS) - 1 else f"y{place + 2}"
        high = (1 - _GAP * len(PANELS)) * weight / sum(weights)
        lower = max(0.0, upper - _GAP - high)
        _scale(figure, part, axis, (lower, upper - _GAP), look)
        _title(figure, rows, part, name, axis, look)
        _panel(figure, part, axis, look)
        upper = lower


def _scale(figure: Canvas, part: pd.DataFrame, axis: str, domain: tuple[float, float], look: Look) -> None:
    """Give a panel its place and a scale from nothing to its own top."""
    p, top = look.palette, float((part["value"] / part["months"]).max() / text.large_unit()) if len(part) else 1.0
    step = round_step(top, 2.6, _STEPS)
    ticks = [step * k for k in range(3)] if len(part) else []
    style: dict[str, Any] = {
        "domain": domain,
        "range": [0, top * 1.08],
        "tickvals": ticks,
        "ticktext": [text.as_typed(tick) for tick in ticks],
        "tickfont": {"size": look.axis, "color": p.ink3},
        "gridcolor": p.rule,
        "zeroline": bool(len(part)),
        "zerolinecolor": p.edge,
        "fixedrange": True,
        "showgrid": True,
    }
    if part.empty:  # an axis that nothing stands on is not laid out
        figure.add_scatter(x=[None], y=[None], yaxis=axis, hoverinfo="skip")
    figure.update_layout(**{axis.replace("y", "yaxis"): style if axis == "y" else {**style, "anchor": "x"}})


def _title(figure: Canvas, rows: pd.DataFrame, part: pd.DataFrame, name: str, axis: str, look: Look) -> None:
    """Name the panel above its plot, with whose figures it holds."""
    label = _legend(part, look)
    small = {"size": look.axis, "color": look.palette.ink2}
    note(
        figure,
        f"<b>{_panel_name(name)}</b>  {label}",
        x=time_axis.at(rows["period_start"].min()),
        y=1,
        look=look,
        yref=f"{axis} domain",
        yanchor="bottom",
        xshift=1,
        font=small,
    )


def _panel_name(fuel: str) -> str:
    return names.capital(say("charts.energy.together") if fuel == "together" else names.fuel(fuel))


def _legend(part: pd.DataFrame, look: Look) -> str:
    """Say in words and colour what a panel holds."""
    p, labels = look.palette, []
    china = part[part["count"].eq(fuel_prints.CHINA)]
    alone = china[china["fuel"].isin(list(energy.FUELS))]
    if part["count"].eq(fuel_prints.RUSSIA).any():
        russia = "charts.energy.russian_brief" if look.narrow else "charts.energy.russian"
        labels.append(f"<span style='color:{p.russia_text}'>{say(russia)}</span>")
    if len(alone):
        chinese = "charts.energy.chinese_brief" if look.narrow else "charts.energy.chinese"
        labels.append(f"<span style='color:{p.china_text}'>{say(chinese)}</span>")
    for group in fuel_prints.GROUPS:
        if china["fuel"].eq(group).any():
            colour = p.ink2 if group == "oil_and_gas" else p.china_text
            name = say((_BRIEF if look.narrow else _GROUP).format(group))
            labels.append(f"<span style='color:{colour}'>{name}</span>")
    if part["count"].eq(fuel_prints.CREA).any():
        labels.append(say("charts.energy.crea_modelled"))
    return " · ".join(labels) if labels else say("charts.energy.no_month")


def _panel(figure: Canvas, part: pd.DataFrame, axis: str, look: Look) -> None:
    p = look.palette
    part = part.assign(y=part["value"] / part["months"] / text.large_unit())
    for (count, fuel), run in part.groupby(["count", "fuel"], sort=False):
        if count == fuel_prints.CREA:
            _line(figure, run, axis, p.ink3, 1.2)
        elif count == fuel_prints.RUSSIA:
            _line(figure, run, axis, p.russia, 1.8)
        elif fuel == "oil_and_gas":
            _line(figure, run, axis, p.rest, 1.8)
        else:
            _dots(figure, run, axis, look)
    printed = part[part["count"].ne(fuel_prints.CREA)]
    if len(printed):
        _newest(figure, printed, axis, look)


def _line(figure: Canvas, part: pd.DataFrame, axis: str, colour: str, width: float) -> None:
    """Join the months that follow each other; a missing one breaks the line."""
    labelled = part.assign(label="")
    figure.add_traces(restyled(trace, yaxis=axis) for trace in time_axis.line(labelled, "y", colour, width=width))
    _pointed(figure, part, axis, {"size": 10, "opacity": 0})


def _dots(figure: Canvas, part: pd.DataFrame, axis: str, look: Look) -> None:
    """Dot the months of China's side, hollow where preliminary; January-February is one wide mark."""
    p = look.palette
    pairs = part[part["months"].eq(2)]
    if len(pairs):
        half = pairs["months"] / 2
        caps = time_axis.caps(time_axis.place(pairs["period_start"]) + half, half, pairs["y"], p.china)
        figure.add_traces([restyled(caps, yaxis=axis, line={"width": 4})])
    single = part["months"].eq(1)
    fill = part["provisional"].map({True: p.ground, False: p.china})
    style = {
        "size": single.map({True: 8, False: 12}),
        "opacity": single.map({True: 1.0, False: 0.0}),
        "color": fill,
        "line": {"color": p.china, "width": 2},
    }
    _pointed(figure, part, axis, style)


def _pointed(figure: Canvas, part: pd.DataFrame, axis: str, marker: dict[str, Any]) -> None:
    """Let every figure be read by pointing at it."""
    x = time_axis.place(part["period_start"]) + part["months"] / 2
    point = {"mode": "markers", "marker": marker, "cliponaxis": False, **pointed(part, _hover)}
    figure.add_scatter(x=x, y=part["y"], yaxis=axis, **point)


def _hover(row: dict[Hashable, Any]) -> str:
    """Say a month's value, what it is of and how it is valued, and whose figure it is."""
    fuel = str(row["fuel"])
    return say(
        _HOVER["crea" if row["count"] == fuel_prints.CREA else str(row["valuation"])],
        period=text.short_span(row["period_start"], row["period_end"]),
        amount=text.money(row["value"], "USD", 2),
        fuel=names.capital(say(_GROUP.format(fuel)) if fuel in fuel_prints.GROUPS else names.fuel(fuel)),
        source=source_line.short(str(row["source"])),
    )


def _newest(figure: Canvas, printed: pd.DataFrame, axis: str, look: Look) -> None:
    """Write the newest month and its value at the right."""
    row = printed.sort_values(["period_end", "value"]).iloc[-1]
    label = f"<b>{text.bn(row['value'] / row['months'], 2 if row['value'] < 1e9 else 1)}</b>"
    if not look.narrow:
        label += f"  {text.short_span(row['period_start'], row['period_end'])}"
    y = row["value"] / row["months"] / text.large_unit()
    note(figure, label, x=1, y=y, look=look, xref="paper", yref=axis, colour=look.palette.ink, xshift=8)
