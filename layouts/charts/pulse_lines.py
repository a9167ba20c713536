"""The monthly chart as lines: rates, sums, an index; and shares, whose windows differ in length."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import pandas as pd

from analysis import windows
from layouts import text
from layouts.charts import marks, sources
from layouts.charts.base import ids
from layouts.charts.frame import note
from layouts.charts.pulse_marks import NAMES, colours

if TYPE_CHECKING:
    from collections.abc import Hashable

    import plotly.graph_objects as go

    from layouts.theme import Look

COLUMN: Final = {"sum3": "value", "sum12": "value", "index": "index", "share": "share_pct"}
_SHARE_HOVER: Final = "<b>%{customdata[0]}</b><br>%{customdata[1]}<br>%{customdata[2]}<extra></extra>"


def lines(figure: go.Figure, rows: pd.DataFrame, look: Look, measure: str) -> None:
    """Draw a line a flow: rates, sums or an index; January-February as a wide mark."""
    column = COLUMN.get(measure, "yoy_pct")
    shown = rows.dropna(subset=[column])
    shown = shown.assign(y=shown[column] / (1e9 if column == "value" else 1))
    says = {"value": text.number, "index": lambda v: text.number(v, 0)}.get(column, text.percent)
    ends = []
    for flow in shown["flow"].unique():
        part = shown[shown["flow"].eq(flow)].sort_values("period_end")
        said = part["y"].map(says)
        part["label"] = [
            f"{windows.period_name(a, b)}: {v}"
            for a, b, v in zip(part["period_start"], part["period_end"], said, strict=True)
        ]
        colour = colours(flow, look.palette)
        ink = colour[0] if flow != "total" else look.palette.ink
        _line(figure, part, ink, strict=measure == "sum3")
        if measure != "ytd_yoy":
            _wide(figure, part[part["months"].eq(2)], ink)
        ends.append((float(part["y"].iloc[-1]), flow, colour[2], said.iloc[-1]))
    _end_labels(figure, shown, ends, look)
    _axis(figure, look, column)


def _line(figure: go.Figure, part: pd.DataFrame, colour: str, *, strict: bool) -> None:
    """Draw one flow; ``strict`` breaks the line wherever a month has no figure of its own."""
    name = NAMES[str(part["flow"].iloc[0])].replace("<br>", " ")
    hover = f"<b>{name}</b><br>%{{customdata[0]}}<extra></extra>"
    runs = marks.place(part["period_end"]).diff().gt(1).cumsum() if strict else pd.Series(0, index=part.index)
    for _, run in part.groupby(runs):
        for trace in marks.line(run, "y", colour, hover=hover):
            figure.add_trace(trace)
        if len(run) == 1:  # no line has one point
            figure.data[-1].update(marker={"size": 6, "opacity": 1, "color": colour})


def _wide(figure: go.Figure, pairs: pd.DataFrame, colour: str) -> None:
    """Mark January-February as the two months that it is."""
    if len(pairs):
        half = pd.Series(0.92, index=pairs.index)
        caps = marks.caps(marks.place(pairs["period_end"]), half, pairs["y"], colour)
        figure.add_trace(caps.update(line={"width": 4}))


def _axis(figure: go.Figure, look: Look, column: str) -> None:
    figure.update_yaxes(
        zeroline=column in {"yoy_pct", "share_pct"},
        zerolinecolor=look.palette.ink,
        tickfont={"size": look.axis},
        nticks=7,
        ticksuffix="%" if column in {"yoy_pct", "share_pct"} else "",
        rangemode="normal" if column == "yoy_pct" else "tozero",
    )
    if column == "index":
        base = {"color": look.palette.ink3, "width": 1}
        figure.add_shape(type="line", xref="paper", x0=0, x1=1, y0=100, y1=100, line=base, layer="below")


def _end_labels(figure: go.Figure, rows: pd.DataFrame, ends: list[tuple[float, str, str, str]], look: Look) -> None:
    """Name the lines at their ends; names that would touch are pushed apart."""
    end = marks.at(rows["period_end"].max()) + 1 if len(rows) else 0
    low = min(0.0, float(rows["y"].min())) if len(rows) else 0.0
    moves = marks.apart([y for y, *_ in ends], float(rows["y"].max()) - low, look, 3)
    for (y, flow, colour, said), move in zip(ends, moves, strict=True):
        words_ = f"<b>{said}</b>" if look.narrow else f"<b>{NAMES[flow]}</b><br><b>{said}</b>"
        note(figure, words_, x=end, y=y, look=look, colour=colour, xshift=5 if look.narrow else 12, yshift=move)


def shares(figure: go.Figure, rows: pd.DataFrame, look: Look) -> None:
    """Draw each share over the months it speaks of: a long line a year, a dot a month."""
    rows = rows.sort_values(["period_end", "months"]).assign(y=rows["share_pct"])
    ends = []
    for flow in rows["flow"].unique():
        part = rows[rows["flow"].eq(flow)]
        colour = colours(flow, look.palette)
        _spans(figure, part[part["months"].gt(1)], colour[0])
        _dots(figure, part, colour[0], look)
        newest = part.iloc[-1]
        for row in part[part["months"].gt(2)].to_dict("records"):
            spot = _spot(row, rows, look)
            if spot and row["period_end"] != newest["period_end"]:
                _figure(figure, row, spot, colour[2], look)
        ends.append((float(newest["y"]), flow, colour[2], _said(newest, look)))
    _end_labels(figure, rows, ends, look)
    _axis(figure, look, "share_pct")


def _said(row: pd.Series, look: Look) -> str:
    """Say the newest share, and where there is room its window."""
    said = f"{text.number(row['y'])}%"
    return said if look.narrow else f"{said}  {windows.period_name(row['period_start'], row['period_end'])}"


def _spot(row: dict[Hashable, Any], rows: pd.DataFrame, look: Look) -> tuple[float, str] | None:
    """Return where a long window's figure stands, place and anchor: the first spot that no dot touches, if any."""
    first, last = marks.at(rows["period_start"].min()), marks.at(rows["period_end"].max()) + 1
    pixel = (last - first) / max(1, look.width - 2 * look.margin - 44 - look.gutter)
    wide = (17 if row["months"] == 12 or look.narrow else 34) * pixel
    high = 26 * float(rows["y"].max()) / (look.height * 0.5)
    dots = rows[rows["months"].le(2)]
    across = marks.place(dots["period_start"]) + dots["months"] / 2
    start = marks.at(row["period_start"])
    spots = [(start + row["months"] * part, side) for side in ("top", "bottom") for part in (0.5, 0.2, 0.8)]
    for x, side in spots:
        low = row["y"] - high if side == "top" else row["y"] - 0.2 * high
        if not (across.sub(x).abs().lt(wide) & dots["y"].between(low, low + 1.2 * high)).any():
            return x, side
    return None


def _spans(figure: go.Figure, part: pd.DataFrame, colour: str) -> None:
    """Draw windows as lines as long as they are; dashed where one of the two figures is preliminary."""
    for weak, held in part.groupby("provisional"):
        half = held["months"] / 2
        trace = marks.caps(marks.place(held["period_start"]) + half, half - 0.15, held["y"], colour)
        figure.add_trace(trace.update(line={"width": 3, "dash": "4px,3.5px" if weak else "solid"}))


def _dots(figure: go.Figure, part: pd.DataFrame, colour: str, look: Look) -> None:
    """Dot the months, hollow where preliminary, and let every window be read by pointing at it."""
    month = part["months"].eq(1)
    fill = part["provisional"].map({True: look.palette.ground, False: colour})
    said = pd.DataFrame(
        {
            "what": [
                f"{text.number(share, 2)}%, {windows.period_name(start, end)}"
                for share, start, end in zip(part["share_pct"], part["period_start"], part["period_end"], strict=True)
            ],
            "of": [f"{text.bn(a)} of {text.bn(b)} bn" for a, b in zip(part["value"], part["world_value"], strict=True)],
            "source": part["source"].map(sources.short),
        }
    )
    figure.add_scatter(
        x=marks.place(part["period_start"]) + part["months"] / 2,
        y=part["y"],
        mode="markers",
        marker={
            "size": month.map({True: 7, False: 12}),
            "opacity": month.map({True: 1.0, False: 0.0}),
            "color": fill,
            "line": {"color": colour, "width": 1.5},
        },
        ids=ids(part),
        customdata=said,
        hovertemplate=_SHARE_HOVER,
    )


def _figure(figure: go.Figure, row: dict[Hashable, Any], spot: tuple[float, str], colour: str, look: Look) -> None:
    """Write a long window's share at its spot, and its last month where it is no whole year."""
    part = "" if row["months"] == 12 or look.narrow else f" to {row['period_end']:%b}"
    style: dict[str, Any] = {"xanchor": "center", "yanchor": spot[1], "yshift": -3 if spot[1] == "top" else 3}
    small = {"size": look.axis if look.narrow else look.label, "color": colour}
    note(figure, f"<b>{text.number(row['y'])}</b>{part}", x=spot[0], y=row["y"], look=look, font=small, **style)
