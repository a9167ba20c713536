"""Marks that several charts share: the month axis, weak figures, lines with a halo."""

from collections.abc import Iterable
from typing import Final

import numpy as np
import pandas as pd

from layouts.drawing.canvas import Canvas, Trace, scatter
from layouts.drawing.sheet import Sheet
from layouts.figure.chart import ids
from layouts.figure.frame import note
from layouts.look.theme import Look

_EPOCH: Final = 2000


def place(days: pd.Series) -> pd.Series:
    """Return months since January 2000: the time axis of every monthly chart."""
    months = days.to_numpy().astype("datetime64[M]")
    places = pd.Series(months.astype("int64") - (_EPOCH - 1970) * 12, index=days.index)
    return places.where(~np.isnat(months)) if np.isnat(months).any() else places


def at(day: pd.Timestamp) -> int:
    """Return the place of one month."""
    return (day.year - _EPOCH) * 12 + day.month - 1


def month_axis(figure: Sheet, start: pd.Timestamp, end: pd.Timestamp, look: Look) -> None:
    """Centre each year under its months and tick where it begins; crowded years are skipped."""
    first, last = at(start), at(end) + 1
    years = range(start.year, end.year + 1)
    plot = figure.frame.wide
    step = -(-len(years) * 40 // plot)
    centres, names = [], []
    for year in years:
        low, high = max(first, (year - _EPOCH) * 12), min(last, (year - _EPOCH + 1) * 12)
        room = (high - low) * plot / (last - first) + (step - 1) * 12 * plot / (last - first)
        if (year - years[0]) % step == 0 and room > 22:
            centres.append((low + high) / 2)
            names.append(str(year) if room > 34 else f"’{year % 100:02d}")
    figure.update_xaxes(
        range=[first, last], tickvals=centres, ticktext=names, tickfont={"size": look.axis, "color": look.palette.ink3}
    )
    begins = [place for year in years if first <= (place := (year - _EPOCH) * 12) <= last]
    # ticks of the axis itself: a shape each took plotly a tenth of the time of a change
    ticks = {"ticks": "outside", "ticklen": 6, "tickwidth": 1, "tickcolor": look.palette.edge}
    figure.update_xaxes(minor={"tickmode": "array", "tickvals": begins, **ticks})


def bracket(figure: Canvas, first: float, last: float, words: str, look: Look) -> None:
    """Draw a bracket below the axis over the months that are weaker."""
    line = {"color": look.palette.ink3, "width": 1}
    for x0, x1, y0, y1 in ((first, last, -26, -26), (first, first, -22, -26), (last, last, -22, -26)):
        figure.add_shape(type="line", yref="paper", ysizemode="pixel", yanchor=0, x0=x0, x1=x1, y0=y0, y1=y1, line=line)
    small = {"size": look.axis, "color": look.palette.ink3}
    note(figure, words, x=last, y=0, look=look, yref="paper", xanchor="right", yanchor="top", yshift=-27, font=small)


def caps(x: Iterable[float], half: Iterable[float], y: Iterable[float], colour: str) -> Trace:
    """Return the full-colour cap that every faint bar carries."""
    xs: list[float | None] = []
    ys: list[float | None] = []
    for centre, width, value in zip(x, half, y, strict=True):
        xs += [centre - width, centre + width, None]
        ys += [value, value, None]
    return scatter(x=xs, y=ys, mode="lines", line={"color": colour, "width": 2}, hoverinfo="skip")


def line(
    rows: pd.DataFrame, y: str, colour: str, *, width: float = 2.5, hover: str = "", halo: str = ""
) -> list[Trace]:
    """Return a line over the middles of the periods: solid, then dashed where provisional.

    A missing month breaks the line. ``rows`` has period_start, period_end and provisional. ``halo`` is
    the colour of a ring around it, that of the ground, which sets it off from what it crosses.
    """
    rows = rows.sort_values("period_end")
    x = place(rows["period_end"]) + 0.5 - (rows["months"].where(rows["months"].le(2), 1) - 1) / 2
    step = place(rows["period_end"]).diff()
    broken = step.gt(2) | rows[y].isna()
    firm, weak = [], []
    previous_weak = False
    for x_, y_, is_weak, is_broken in zip(x, rows[y], rows["provisional"], broken, strict=True):
        if is_broken:
            firm.append((None, None))
            weak.append((None, None))
        (weak if is_weak else firm).append((x_, y_))
        if is_weak and not previous_weak and firm and firm[-1][0] is not None and not is_broken:
            weak.insert(len(weak) - 1, firm[-1])
        previous_weak = bool(is_weak)
    traces = []
    for points, dash in ((firm, "solid"), (weak, "4px,3.5px")):
        if points:
            xs, ys = zip(*points, strict=True)
            if halo:
                ring = {"color": halo, "width": width + 4}
                traces.append(scatter(x=xs, y=ys, mode="lines", line=ring, hoverinfo="skip"))
            traces.append(
                scatter(
                    x=xs, y=ys, mode="lines", line={"color": colour, "width": width, "dash": dash}, hoverinfo="skip"
                )
            )
    if hover:
        traces.append(
            scatter(
                x=x,
                y=rows[y],
                mode="markers",
                marker={"size": 12, "opacity": 0},
                ids=ids(rows),
                customdata=rows[["label"]],
                hovertemplate=hover,
            )
        )
    return traces


def weak_tail(rows: pd.DataFrame, column: str) -> pd.Timestamp | None:
    """Return where the provisional figures at the end begin; None where the newest is firm."""
    firm = rows.loc[~rows["provisional"].astype("bool"), "period_end"].max()
    tail = rows[rows["period_end"].gt(firm)] if pd.notna(firm) else rows
    return None if tail.empty else pd.Timestamp(tail[column].min())
