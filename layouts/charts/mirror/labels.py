"""What is written into the picture of the mirror: names, worst gaps, where a source begins or ends."""

from typing import Final

import pandas as pd

from analysis.measures.partners import mirror
from layouts.drawing import geometry
from layouts.drawing.canvas import Canvas
from layouts.drawing.labels import Box, Spots
from layouts.drawing.plot import Plot
from layouts.drawing.settle import IF_FREE
from layouts.drawing.sheet import Sheet
from layouts.figure import source_line, time_axis
from layouts.figure.frame import name_ends, note, rule
from layouts.look.theme import Look
from layouts.words import text
from layouts.words.catalogue import say

_NAMES: Final = {"import": "charts.mirror.name.china", "export": "charts.mirror.name.russia"}
_NAME: Final = 126  # pixels across, for the name of a line at its end
_SILENCE: Final = 112  # pixels across, for why a line ends
_LEAST: Final = 64  # pixels across that it has at least
_FOOT: Final = 0.1  # of the plot, from below: where the names of the sources stand
_RULE: Final = 5  # pixels to the left of a rule that no label reaches into
_INSIDE: Final = (0.0, mirror.POSSIBLE)


def reach(rows: pd.DataFrame) -> tuple[float, float]:
    """Return the range of the value axis: all gaps, the bands, and room for labels."""
    low, high = min(rows["gap_pct"].min(), 0.0), max(rows["gap_pct"].max(), mirror.POSSIBLE)
    room = 0.14 * (high - low)
    return low - room, high + 1.4 * room


def centre(part: pd.DataFrame) -> pd.Series:
    """Return the middle of a month or a pair; a sum of twelve stands at its last month."""
    return time_axis.place(part["period_end"]) + 0.5 - (part["months"].eq(2)) * 0.5


def silent_from(rows: pd.DataFrame) -> float | None:
    """Return where the months begin for which Russian customs published nothing by country; None for a view of none."""
    own = rows[~rows["provisional"]]
    return None if own.empty or len(own) == len(rows) else time_axis.at(own["period_end"].max()) + 1


def silence(figure: Sheet, rows: pd.DataFrame, look: Look) -> None:
    """Mark the last month that Russian customs published by country, where the view goes on after it."""
    x = silent_from(rows)
    if x is None:
        return
    # above the names of the sources, which on a phone reach over it
    rule(figure, x, look.palette.ink2, y0=_FOOT if look.narrow else 0)
    newest = rows.loc[~rows["provisional"], "period_end"].max()
    words = say("charts.mirror.silence", month=text.short_month(newest))
    size = look.axis - (2 if look.narrow else 1)
    small = {"size": size, "color": look.palette.ink2}
    free = figure.frame.wide - Plot.of(figure).at(x, 0)[0] + figure.frame.room.right - 2 * _RULE
    label = "<br>".join(text.wrap(words, size, max(_LEAST, min(free, _SILENCE))))
    note(figure, label, x=x, y=1, yref="paper", look=look, xshift=5, yanchor="top", font=small)


def switch(figure: Canvas, rows: pd.DataFrame, look: Look) -> None:
    """Say below the lines where the source of China's figures changes."""
    own = rows[~rows["provisional"]].sort_values("period_end")
    china = own["source"].str.split(" + ", regex=False).str[0]
    firsts = own.groupby(china)["period_end"].min().sort_values()
    low = reach(rows)[0]
    small = {"size": look.axis - (2 if look.narrow else 1), "color": look.palette.ink3}
    for place, (name, start) in enumerate(firsts.items()):
        x = time_axis.at(start)
        if place:
            line = {"color": look.palette.ink3, "width": 1}
            figure.add_shape(type="line", x0=x, x1=x, y0=low, y1=low + 0.05 * (reach(rows)[1] - low), line=line)
        short = source_line.short(str(name))
        label = short if place or look.narrow else say("charts.mirror.china_by", source=short)
        note(figure, label, x=x, y=low, look=look, xshift=5, yanchor="bottom", font=small)


def runs(part: pd.DataFrame) -> pd.DataFrame:
    """Return the worst window of each run of gaps beyond the bands, worst first."""
    part = part[~part["provisional"]].sort_values("period_end")
    excess = (part["gap_pct"] - _INSIDE[1]).clip(lower=0) + (_INSIDE[0] - part["gap_pct"]).clip(lower=0)
    side = part["gap_pct"].gt(_INSIDE[1]).astype("int64") - part["gap_pct"].lt(_INSIDE[0]).astype("int64")
    run = side.ne(side.shift()).cumsum()
    worst = part.assign(excess=excess, run=run, side=side).sort_values("excess", ascending=False, kind="stable")
    return worst[worst["side"].ne(0)].drop_duplicates("run")


def extremes(figure: Sheet, rows: pd.DataFrame, look: Look) -> None:
    """Name the newest own gaps, then the worst that freight cannot explain, where there is room."""
    own = rows[~rows["provisional"]]
    plot = Plot.of(figure)
    spots = plot.spots()
    if len(own) and len(own) < len(rows):  # the rule of ``silence`` crosses no label
        spots.taken.append(Box(plot.at(time_axis.at(own["period_end"].max()) + 1, 0)[0] - _RULE, 0, 1, plot.high))
    flows = [own[own["flow"].eq(flow)].sort_values("period_end") for flow in own["flow"].unique()]
    for part in flows if len(own) < len(rows) else []:
        _name(figure, part.iloc[-1], text.percent(float(part["gap_pct"].iloc[-1])), look, spots, 9)
    most = 1 if look.narrow or str(rows["kind"].iloc[0]) == "month" else 3
    for part in flows:
        worst = runs(part)
        for _, row in worst[worst["excess"].gt(2)].head(most).iterrows():
            label = f"{text.percent(row['gap_pct'])} {text.short_month(row['period_end'])}"
            _name(figure, row, label, look, spots, 6)


def _name(figure: Sheet, row: pd.Series, label: str, look: Look, spots: Spots, size: int) -> None:
    """Mark one gap and write its label beside it, unless every side is taken."""
    colour, _, ink = look.palette.flow(str(row["flow"]))
    x, y = time_axis.at(row["period_end"]) + (0.0 if row["months"] == 2 else 0.5), float(row["gap_pct"])
    side = Plot.of(figure).side(spots, (x, y), text.width(label, look.axis, bold=True), look.axis)
    figure.add_scatter(
        x=[x], y=[y], mode="markers", marker={"size": size, "color": colour}, cliponaxis=False, hoverinfo="skip"
    )
    if side is None:
        return
    across, up = side
    place = {-1: "right", 0: "center", 1: "left"}[across]
    level = {-1: "top", 0: "middle", 1: "bottom"}[up]
    small = {"size": look.axis, "color": ink}
    note(
        figure,
        f"<b>{label}</b>",
        x=x,
        y=y,
        look=look,
        font=small,
        name=IF_FREE,
        xshift=8 * across,
        yshift=5 * up,
        xanchor=place,
        yanchor=level,
    )


def ends(figure: Sheet, rows: pd.DataFrame, look: Look) -> None:
    """Name each flow at its end."""
    own = rows[~rows["provisional"]]
    newest = own.sort_values("period_end").groupby("flow", sort=False).tail(1)
    names = {flow: text.wrap(say(_NAMES[flow]), look.label, _NAME, bold=True) for flow in newest["flow"]}
    lines = 1 + max((len(name) for name in names.values()), default=0)
    x = time_axis.at(rows["period_end"].max()) + 1
    beside = []
    for row in newest.to_dict("records"):
        value = f"<b>{text.percent(row['gap_pct'])}</b>"
        name, when = "<br>".join(names[row["flow"]]), text.short_month(row["period_end"])
        label = value if look.narrow else f"<b>{name}</b><br>{say('charts.mirror.newest', gap=value, month=when)}"
        beside.append((row["gap_pct"], label, look.palette.flow(str(row["flow"]))[2]))
    if not look.narrow or len(own) == len(rows):  # else beside the points, see ``extremes``
        name_ends(figure, beside, Plot.of(figure), look, x=x, lines=lines)
    if look.narrow:
        _names_below(figure, rows, look)


def _names_below(figure: Canvas, rows: pd.DataFrame, look: Look) -> None:
    """On a phone the names stand under the axis, each in its colour, and what the bands mean."""
    names = [(f"<b>{say(_NAMES[flow])}</b>", look.palette.flow(str(flow))[2]) for flow in rows["flow"].unique()]
    for place, (label, ink) in enumerate([*names, (say("charts.mirror.shaded"), look.palette.ink2)]):
        small = {"size": look.axis, "color": ink}
        x, down = time_axis.at(rows["period_end"].min()), -24 - geometry.BELOW * place
        note(
            figure,
            label,
            x=x,
            y=0,
            yref="paper",
            look=look,
            yanchor="top",
            yshift=down,
            font=small,
        )


def axis(figure: Sheet, rows: pd.DataFrame, look: Look) -> None:
    """Name the years; where they are too narrow for the common axis, every third."""
    start, end = rows["period_end"].min(), rows["period_end"].max()
    time_axis.month_axis(figure, start, end, look)
    if not figure["layout"]["xaxis"].get("ticktext"):
        years = range(end.year, start.year, -3)
        places = [time_axis.at(pd.Timestamp(year, 7, 1)) for year in years]
        figure.update_xaxes(tickvals=places, ticktext=[str(year) for year in years])
