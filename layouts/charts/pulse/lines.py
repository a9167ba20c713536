"""The monthly chart as lines: rates, sums, an index; and shares, whose windows differ in length."""

from collections.abc import Callable, Hashable
from dataclasses import replace
from functools import partial
from typing import Any, Final

import pandas as pd

from layouts.charts.pulse.bars import flow_name, name
from layouts.drawing import geometry
from layouts.drawing.canvas import Canvas, restyled
from layouts.drawing.labels import Box, Spots
from layouts.drawing.plot import Plot, padded
from layouts.drawing.sheet import Sheet
from layouts.figure import source_line, time_axis
from layouts.figure.chart import pointed
from layouts.figure.frame import name_ends, note
from layouts.look.theme import Look
from layouts.words import text
from layouts.words.catalogue import say

_DOT: Final = 9  # pixels of a dot with its rim
_OFF: Final = 3  # pixels between a window and its figure
COLUMN: Final = {"sum3": "value", "sum12": "value", "index": "index", "share": "share_pct"}


def _says(column: str) -> Callable[[float], str]:
    """Return how a figure of a column is written."""
    written = {"value": partial(text.number, decimals=text.fewer(1)), "index": partial(text.number, decimals=0)}
    return written.get(column, text.percent)


def _unit(column: str) -> float:
    """Return the unit in which a column is plotted."""
    return text.large_unit() if column == "value" else 1.0


def ends_written(rows: pd.DataFrame, measure: str, look: Look) -> list[str]:
    """Return the least and the greatest figure of a measure, or each newest share, as written at the end of a line."""
    if measure == "share":
        newest = rows.sort_values(["period_end", "months"]).drop_duplicates("flow", keep="last")
        return [f"<b>{_newest(row, look)}</b>" for row in newest.to_dict("records")]
    column = COLUMN.get(measure, "yoy_pct")
    figures = rows[column].dropna() / _unit(column) if len(rows) else pd.Series(dtype="float64")
    return [f"<b>{_says(column)(figure)}</b>" for figure in (figures.min(), figures.max())] if len(figures) else []


def lines(figure: Sheet, rows: pd.DataFrame, look: Look, measure: str) -> None:
    """Draw a line a flow: rates, sums or an index; January-February as a wide mark."""
    column = COLUMN.get(measure, "yoy_pct")
    shown = rows.dropna(subset=[column])
    shown = shown.assign(y=shown[column] / _unit(column))
    says = _says(column)
    ends = []
    for flow in shown["flow"].unique():
        part = shown[shown["flow"].eq(flow)].sort_values("period_end")
        written = part["y"].map(says)
        part["label"] = [
            say("charts.pulse.hover.point", period=text.short_span(a, b), figure=v)
            for a, b, v in zip(part["period_start"], part["period_end"], written, strict=True)
        ]
        colour = look.palette.flow(flow)
        ink = colour[0] if flow != "total" else look.palette.ink
        _line(figure, part, ink, strict=measure == "sum3")
        if measure != "ytd_yoy":
            _wide(figure, part[part["months"].eq(2)], ink)
        ends.append((float(part["y"].iloc[-1]), flow, colour[2], written.iloc[-1]))
    _end_labels(figure, shown, ends, look)
    _axis(figure, look, column)


def _line(figure: Canvas, part: pd.DataFrame, colour: str, *, strict: bool) -> None:
    """Draw one flow; ``strict`` breaks the line wherever a month has no figure of its own."""
    hover = f"<b>{flow_name(str(part['flow'].iloc[0]))}</b><br>%{{customdata[0]}}<extra></extra>"
    runs = time_axis.place(part["period_end"]).diff().gt(1).cumsum() if strict else pd.Series(0, index=part.index)
    for _, run in part.groupby(runs):
        *drawn, points = time_axis.line(run, "y", colour, hover=hover)
        if len(run) == 1:  # no line has one point
            points = restyled(points, marker={"size": 6, "opacity": 1, "color": colour})
        figure.add_traces([*drawn, points])


def _wide(figure: Canvas, pairs: pd.DataFrame, colour: str) -> None:
    """Mark January-February as the two months that it is."""
    if len(pairs):
        half = pd.Series(0.92, index=pairs.index)
        caps = time_axis.caps(time_axis.place(pairs["period_end"]), half, pairs["y"], colour)
        figure.add_traces([restyled(caps, line={"width": 4})])


def _axis(figure: Canvas, look: Look, column: str) -> None:
    figure.update_yaxes(
        zeroline=column in {"yoy_pct", "share_pct"},
        zerolinecolor=look.palette.ink,
        tickfont={"size": look.axis},
        nticks=7,
        ticksuffix=text.per_cent("") if column in {"yoy_pct", "share_pct"} else "",
        rangemode="normal" if column == "yoy_pct" else "tozero",
    )
    if column == "index":
        base = {"color": look.palette.ink3, "width": 1}
        figure.add_shape(type="line", xref="paper", x0=0, x1=1, y0=100, y1=100, line=base, layer="below")


def _end_labels(figure: Sheet, rows: pd.DataFrame, ends: list[tuple[float, str, str, str]], look: Look) -> None:
    """Name the lines at their ends; names that would touch are pushed apart."""
    if not ends:
        return
    plot = Plot.of(figure, padded(min(0.0, float(rows["y"].min())), max(0.0, float(rows["y"].max()))))
    named = [
        (y, f"<b>{written}</b>" if look.narrow else f"<b>{name(flow)}</b><br><b>{written}</b>", colour)
        for y, flow, colour, written in ends
    ]
    name_ends(figure, named, plot, look, x=time_axis.at(rows["period_end"].max()) + 1, lines=3)


def shares(figure: Sheet, rows: pd.DataFrame, look: Look) -> None:
    """Draw each share over the months it speaks of: a long line a year, a dot a month."""
    rows = rows.sort_values(["period_end", "months"]).assign(y=rows["share_pct"])
    plot, spots = _dotted(figure, rows)
    ends = []
    for flow in rows["flow"].unique():
        part = rows[rows["flow"].eq(flow)]
        colour = look.palette.flow(flow)
        _spans(figure, part[part["months"].gt(1)], colour[0])
        _dots(figure, part, colour[0], look)
        newest = part.to_dict("records")[-1]
        for row in part[part["months"].gt(2)].to_dict("records"):
            if row["period_end"] != newest["period_end"] and (spot := _spot(row, plot, spots, look)):
                _figure(figure, row, spot, colour[2], look)
        ends.append((float(newest["y"]), flow, colour[2], _newest(newest, look)))
    _end_labels(figure, rows, ends, look)
    _axis(figure, look, "share_pct")


def _newest(row: dict[Hashable, Any], look: Look) -> str:
    """Say the newest share, and where there is room its window."""
    share = text.share(row["share_pct"])
    return share if look.narrow else f"{share}  {text.short_span(row['period_start'], row['period_end'])}"


def _dotted(figure: Sheet, rows: pd.DataFrame) -> tuple[Plot, Spots]:
    """Return the plot of the shares, and what their dots leave free of it."""
    across = time_axis.at(rows["period_start"].min()), time_axis.at(rows["period_end"].max()) + 1
    plot = replace(Plot.of(figure, padded(0.0, float(rows["y"].max()))), across=across)
    dots = rows[rows["months"].le(2)]
    middles = time_axis.place(dots["period_start"]) + dots["months"] / 2
    at = [plot.at(*spot) for spot in zip(middles, dots["y"], strict=True)]
    taken = [Box(x - _DOT / 2, y - _DOT / 2, _DOT, _DOT) for x, y in at]
    return plot, Spots(plot.wide, plot.high, apart=1.0, taken=taken)


def _spot(row: dict[Hashable, Any], plot: Plot, spots: Spots, look: Look) -> tuple[float, str] | None:
    """Take a place for a long window's figure, place and anchor: the first that no dot and no figure touches."""
    size = _size(look)
    start, tall = time_axis.at(row["period_start"]), size * geometry.LINE
    wide = geometry.longest([_long(row, look)], size)
    places = [(start + row["months"] * part, side) for side in ("top", "bottom") for part in (0.5, 0.2, 0.8)]
    boxes = []
    for x, side in places:
        middle, line = plot.at(x, row["y"])
        boxes.append(Box(middle - wide / 2, line + _OFF if side == "bottom" else line - _OFF - tall, wide, tall))
    free = spots.first(boxes)
    return None if free is None else places[free]


def _spans(figure: Canvas, part: pd.DataFrame, colour: str) -> None:
    """Draw windows as lines as long as they are; dashed where one of the two figures is preliminary."""
    for weak, run in part.groupby("provisional"):
        half = run["months"] / 2
        trace = time_axis.caps(time_axis.place(run["period_start"]) + half, half - 0.15, run["y"], colour)
        figure.add_traces([restyled(trace, line={"width": 3, "dash": "4px,3.5px" if weak else "solid"})])


def _dots(figure: Canvas, part: pd.DataFrame, colour: str, look: Look) -> None:
    """Dot the months, hollow where preliminary, and let every window be read by pointing at it."""
    month = part["months"].eq(1)
    fill = part["provisional"].map({True: look.palette.ground, False: colour})
    figure.add_scatter(
        x=time_axis.place(part["period_start"]) + part["months"] / 2,
        y=part["y"],
        mode="markers",
        marker={
            "size": month.map({True: 7, False: 12}),
            "opacity": month.map({True: 1.0, False: 0.0}),
            "color": fill,
            "line": {"color": colour, "width": 1.5},
        },
        **pointed(part, _hover),
    )


def _hover(row: dict[Hashable, Any]) -> str:
    """Say a share, its window, the two figures that it is of, and whose they are."""
    currency = str(row["currency"])
    return say(
        "charts.pulse.hover.share",
        share=text.share(row["share_pct"], 2),
        period=text.short_span(row["period_start"], row["period_end"]),
        part=text.money(row["value"], currency),
        whole=text.money(row["world_value"], currency),
        source=source_line.short(str(row["source"])),
    )


def _size(look: Look) -> int:
    return look.axis if look.narrow else look.label


def _long(row: dict[Hashable, Any], look: Look) -> str:
    """Return a long window's share, and its last month where it is no whole year."""
    share = f"<b>{text.number(row['y'])}</b>"
    if row["months"] == 12 or look.narrow:
        return share
    return say("charts.pulse.share.until", share=share, month=text.short_month_name(row["period_end"]))


def _figure(figure: Canvas, row: dict[Hashable, Any], spot: tuple[float, str], colour: str, look: Look) -> None:
    """Write a long window's share at its spot."""
    style: dict[str, Any] = {"xanchor": "center", "yanchor": spot[1], "yshift": -_OFF if spot[1] == "top" else _OFF}
    note(
        figure, _long(row, look), x=spot[0], y=row["y"], look=look, font={"size": _size(look), "color": colour}, **style
    )
