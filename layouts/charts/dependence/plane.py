"""How the shares are drawn: a path a side on one plane, imports across and exports upwards, hairs to other counts."""

from collections.abc import Hashable
from functools import partial
from itertools import pairwise
from typing import Any, Final

import pandas as pd

from analysis.points import POINT
from layouts.charts.dependence.paths import BASES, broken_years, path_of
from layouts.drawing import geometry
from layouts.drawing.canvas import Canvas
from layouts.drawing.labels import Box
from layouts.drawing.plot import Plot
from layouts.drawing.settle import IF_FREE
from layouts.drawing.sheet import Sheet
from layouts.figure.chart import pointed
from layouts.figure.frame import note
from layouts.look.theme import Look
from layouts.words import text
from layouts.words.catalogue import say

_OTHERS: Final = {
    "imf": "charts.dependence.by.imf",
    "national": "charts.dependence.by.national",
    "mirror": "charts.dependence.by.mirror",
}
_OTHER: Final = "charts.dependence.hover.other"
_HOVERS: Final = {"russia": "charts.dependence.hover.russia", "china": "charts.dependence.hover.china"}
# where the name of a year stands: its anchor, and pixels from the point
_FIRST: Final = ("right", (-10, 0))
_LAST: Final = ("center", (0, 16))
_LAST_ASIDE: Final = ("right", (10, 16))  # where the picture ends soon after
_LEFT: Final = ("right", (-8, 9))
_RIGHT: Final = ("left", (8, -10))
_PART: Final = {"left": 0.0, "center": 0.5, "right": 1.0}  # of a name that lies left of its anchor
_BREAK_WORDS: Final = 124  # pixels across, for what breaks a path
_LONGEST: Final = 56  # pixels: a word of them
_NARROW_NAME: Final = 112  # pixels across, for the name of another count on a phone
_NARROW: Final = (2014, 2022)  # the years that a phone has room to name beside the first and the last


def plane(figure: Sheet, rows: pd.DataFrame, count: str, look: Look) -> None:
    """Draw both paths, hairs to the other counts, and the names of years and ends; nothing without Russia's side."""
    russia, china = path_of(rows, "russia", count), path_of(rows, "china", "china")
    if russia.empty:
        return
    others = pd.concat([path_of(rows, "russia", name).assign(count=name) for name in BASES if name != count])
    _scales(figure, pd.concat([russia, china, others]), look)
    _hairs(figure, russia, others, look)
    for side, path in (("russia", russia), ("china", china)):
        _line(figure, path, side, look)
    _years(figure, russia, look, left=_rightward(russia, others))
    _ends(figure, russia, china, look)


def _scales(figure: Canvas, points: pd.DataFrame, look: Look) -> None:
    """Set the scales, both from zero, with room for the labels, and name them."""
    p = look.palette
    right, top = 1.06 * points["import"].max(), (1.24 if look.narrow else 1.16) * points["export"].max()
    axis: dict[str, Any] = {
        "ticksuffix": f"{text.per_cent('')} ",
        "nticks": 6,
        "tickfont": {"size": look.axis, "color": p.ink3},
    }
    axis |= {"zeroline": True, "zerolinecolor": p.ink, "zerolinewidth": 1}
    figure.update_xaxes(range=[0, right], showgrid=True, gridcolor=p.rule, **axis)
    figure.update_yaxes(range=[0, top], **axis)
    style: dict[str, Any] = {"look": look, "font": {"size": look.axis, "color": p.ink2}, "yanchor": "top"}
    note(figure, say("charts.dependence.axis.exports"), x=0, y=top, xshift=6, bgcolor=p.ground, **style)
    note(figure, say("charts.dependence.axis.imports"), x=right, y=0, xanchor="right", yshift=-22, **style)


def _hairs(figure: Canvas, path: pd.DataFrame, others: pd.DataFrame, look: Look) -> None:
    """Join each point to the same year by the other sources, and name the farthest."""
    p = look.palette
    both = path.merge(others, on="year", suffixes=("", "_o"))
    if both.empty:
        return
    blanks = [None] * len(both)
    xs = [x for pair in zip(both["import"], both["import_o"], blanks, strict=True) for x in pair]
    ys = [y for pair in zip(both["export"], both["export_o"], blanks, strict=True) for y in pair]
    figure.add_scatter(x=xs, y=ys, mode="lines", line={"color": p.rest, "width": 1}, hoverinfo="skip")
    figure.add_scatter(
        x=both["import_o"],
        y=both["export_o"],
        mode="markers",
        marker={"size": 5, "color": p.rest},
        **pointed(both.rename(columns={POINT: "own", f"{POINT}_o": POINT}), partial(_hover, _OTHER)),
    )
    apart = (both["import"] - both["import_o"]).abs() + (both["export"] - both["export_o"]).abs()
    far = both.iloc[int(apart.to_numpy().argmax())]
    label = say(_OTHERS[str(far["count"])], year=text.year(far["year"]))
    label = "<br>".join(text.wrap(label, look.label, _NARROW_NAME)) if look.narrow else label
    place = {"xanchor": "right", "align": "right", **({"yshift": -14} if _rightward(path, others) else {"xshift": -8})}
    note(figure, label, x=far["import_o"], y=far["export_o"], look=look, colour=p.ink3, name=IF_FREE, **place)


def _hover(key: str, row: dict[Hashable, Any]) -> str:
    """Say both shares of a year; of another count, whose they are."""
    other = "import_o" in row
    shares = {flow: text.share(row[f"{flow}_o" if other else flow]) for flow in ("import", "export")}
    year = text.year(row["year"])
    named = say(_OTHERS[str(row["count"])], year=year) if other else year
    return say(key, year=named, imports=shares["import"], exports=shares["export"])


def _rightward(path: pd.DataFrame, others: pd.DataFrame) -> bool:
    """Return whether the other sources lie to the right of the path: names then go to its left."""
    both = path.merge(others, on="year", suffixes=("", "_o"))
    return bool((both["import_o"] - both["import"]).mean() > 0)


def _line(figure: Sheet, path: pd.DataFrame, side: str, look: Look) -> None:
    """Draw one side's path; dashed towards a weak year, broken where a year is missing or who counts changes."""
    p = look.palette
    colour = {"russia": p.russia, "china": p.china}[side]
    points = list(zip(path["year"], path["import"], path["export"], path["weak"], strict=True))
    broken = broken_years(path)
    for (before, x0, y0, _), (year, x1, y1, weak) in pairwise(points):
        if year in broken:
            _break(figure, (x0, y0), (x1, y1), look)
        elif year == before + 1:
            style = {"color": colour, "width": 2.5, "dash": "4px,3.5px" if weak else "solid"}
            figure.add_scatter(x=[x0, x1], y=[y0, y1], mode="lines", line=style, hoverinfo="skip")
    figure.add_scatter(
        x=path["import"],
        y=path["export"],
        mode="markers",
        marker={
            "size": [9 if year in {path["year"].min(), path["year"].max()} else 7 for year in path["year"]],
            "color": [p.ground if weak else colour for weak in path["weak"]],
            "line": {"color": colour, "width": 2},
            "opacity": 1,
        },
        **pointed(path, partial(_hover, _HOVERS[side])),
    )


def _break(figure: Sheet, before: tuple[float, float], after: tuple[float, float], look: Look) -> None:
    """Draw a thin rule across the way from one point to the next, and say why no line goes there."""
    p = look.palette
    x, y = (before[0] + after[0]) / 2, (before[1] + after[1]) / 2
    wide, high = 0.02 * figure.reach("xaxis")[1], 0.05 * figure.reach("yaxis")[1]
    line = {"color": p.ink3, "width": 1, "dash": "2px,3px"}
    figure.add_shape(type="line", x0=x - wide, x1=x + wide, y0=y + high, y1=y - high, line=line)
    small = {"size": look.axis, "color": p.ink2}
    frame, edge = figure.frame, figure.reach("xaxis")[1]
    free = (edge - x - wide) / edge * frame.wide + frame.room.right  # on a phone the words stay right of the path
    room, aside = (max(free, _LONGEST), 0) if look.narrow else (_BREAK_WORDS, -14)
    label = "<br>".join(text.wrap(say("charts.dependence.break"), look.axis, min(room, _BREAK_WORDS)))
    note(figure, label, x=x + wide, y=y - high, look=look, font=small, xanchor="left", yanchor="top", xshift=aside)


def _years(figure: Sheet, path: pd.DataFrame, look: Look, *, left: bool) -> None:
    """Name the years of Russia's path, ends first, wherever the names keep clear of each other."""
    plot = Plot.of(figure)
    spots = plot.spots()
    ends = (path["year"].max(), path["year"].min())
    for row in sorted(path.to_dict("records"), key=lambda row: (row["year"] not in ends, -row["year"])):
        if look.narrow and row["year"] not in {*ends, *_NARROW}:
            continue
        usual = (_LEFT if left else _RIGHT,)
        places = {ends[1]: (_FIRST,), ends[0]: (_LAST, _LAST_ASIDE)}.get(row["year"], usual)
        wide, tall = text.width(str(row["year"]), look.label, bold=True), look.label * geometry.LINE
        x, y = plot.at(row["import"], row["export"])
        free = spots.first(
            Box(x + across - wide * _PART[side], y + up - tall / 2, wide, tall) for side, (across, up) in places
        )
        if free is not None:
            side, (across, up) = places[free]
            label = f"<b>{row['year']}</b>" if row["year"] in ends else f"{row['year']}"
            place = {"xanchor": side, "xshift": across, "yshift": up}
            note(figure, label, x=row["import"], y=row["export"], look=look, colour=look.palette.ink, **place)


def _ends(figure: Canvas, russia: pd.DataFrame, china: pd.DataFrame, look: Look) -> None:
    """Name both sides at their newest points, with the two shares."""
    p = look.palette
    top = russia.iloc[-1]
    shares = {"imports": text.share(top["import"]), "exports": text.share(top["export"])}
    label = say("charts.dependence.end.russia", **shares)
    edge, high = figure.reach("xaxis")[1], figure.reach("yaxis")[1]
    place: dict[str, Any] = {"x": edge, "y": 0.3 * high, "xanchor": "right", "align": "right"}
    if look.narrow:  # the corner above the path is the free one there
        place = {"x": 0, "y": high, "xanchor": "left", "xshift": 6, "yanchor": "top", "yshift": -20}
    note(figure, label, look=look, colour=p.russia_text, **place)
    if len(china):
        low = china.iloc[-1]
        shares = {"imports": text.share(low["import"]), "exports": text.share(low["export"])}
        label = say("charts.dependence.end.china", year=text.year(int(low["year"])), **shares)
        right = china["import"].max()
        note(figure, label, x=right, y=low["export"], look=look, colour=p.china_text, xshift=12)
