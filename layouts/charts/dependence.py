"""Who needs whom? Each side's trade with the other as a share of its own, one path a side."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Final

import pandas as pd

from analysis.basis import BASIS, Basis
from analysis.measures.partners import dependence
from analysis.points import POINT, joined
from analysis.trace import row_parts
from layouts.drawing import geometry
from layouts.drawing.labels import Box
from layouts.drawing.plot import Plot
from layouts.figure import instead, source_line
from layouts.figure.chart import Chart, Choice, Stated, Words, ids
from layouts.figure.frame import blank, framed, note
from layouts.look.theme import PRINT, Look
from layouts.words import text
from layouts.words.catalogue import say

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterator

    from analysis.dataset import Dataset
    from analysis.selection import Selection
    from layouts.drawing.canvas import Canvas
    from layouts.drawing.sheet import Sheet

BASES: Final = ("imf", "national", "mirror")
_LACKING: Final = {
    "imf": "charts.dependence.lacking.imf",
    "national": "charts.dependence.lacking.national",
    "mirror": "charts.dependence.lacking.mirror",
}
_SUBTITLES: Final = {
    "imf": "charts.dependence.subtitle.imf",
    "national": "charts.dependence.subtitle.national",
    "mirror": "charts.dependence.subtitle.mirror",
}
_OTHERS: Final = {
    "imf": "charts.dependence.by.imf",
    "national": "charts.dependence.by.national",
    "mirror": "charts.dependence.by.mirror",
}
_HOVERS: Final = {"russia": "charts.dependence.hover.russia", "china": "charts.dependence.hover.china"}
# by who counted Russia's side; China's is always the count of its customs
_FINDINGS: Final = {"IMF": "charts.dependence.finding.imf", "RUS": "charts.dependence.finding.customs"}
_CONCENTRATION: Final = {
    "export": ("charts.dependence.concentration.exports", "charts.dependence.concentration.exports_year"),
    "import": ("charts.dependence.concentration.imports", "charts.dependence.concentration.imports_year"),
}
_WEAK: Final = ("preliminary", "estimated")
# where the name of a year stands: its anchor, and pixels from the point
_FIRST: Final = ("right", (-10, 0))
_LAST: Final = ("center", (0, 16))
_LEFT: Final = ("right", (-8, 9))
_RIGHT: Final = ("left", (8, -10))
_PART: Final = {"left": 0.0, "center": 0.5, "right": 1.0}  # of a name that lies left of its anchor
_PATH: Final = ("period_start", "flow", "share_pct", "ratio_pct", "status", BASIS, POINT)
_BREAK_WORDS: Final = 124  # pixels across, for what breaks a path
_LONGEST: Final = 56  # pixels: a word of them
_NARROW_NAME: Final = 112  # pixels across, for the name of another count on a phone
_NARROW: Final = (2014, 2022)  # the years that a phone has room to name beside the first and the last


def basis_of(selection: Selection) -> str:
    """Return whose figures Russia's side rests on: the IMF's unless asked otherwise."""
    return selection.basis or "imf"


def rows(dataset: Dataset, selection: Selection) -> pd.DataFrame:
    """Return one row a side, year, flow and count; other counts only for years that the chosen one has."""
    table = dependence.dependence(dataset)
    table = table[selection.covers(table)]
    flows = table.groupby(["side", "count", "period_start"])["flow"].transform("nunique")
    table = table[flows.eq(2)]  # a point needs both shares
    chosen = table["count"].eq(basis_of(selection))  # without it nothing is drawn
    years = set(table.loc[chosen, "period_start"])
    beside = table["side"].eq("china") | table["period_start"].isin(years)
    kept = chosen | beside if years else chosen
    order = table.assign(other=~chosen, chinese=table["side"].eq("china"))[kept]
    order = order.sort_values(["chinese", "other", "count", "period_start", "flow"])
    apart = order["reason"].eq(dependence.APART)
    worded = order.assign(reason=order["reason"].mask(apart, say("charts.dependence.two_bases")))
    return worded[list(dependence.COLUMNS)].reset_index(drop=True)


def _path(rows: pd.DataFrame, side: str, count: str) -> pd.DataFrame:
    """Return a year a row: shares (or ratios of two counts) of both flows, weak ones marked, and who counted."""
    columns = [name for name in _PATH if name in rows]
    own = rows.loc[rows["side"].eq(side) & rows["count"].eq(count), columns].to_dict("records")
    years: dict[int, list[dict[Hashable, Any]]] = {}
    for row in own:
        years.setdefault(row["period_start"].year, []).append(row)
    points = [point for year, flows in sorted(years.items()) if (point := _joint(year, flows)) is not None]
    return pd.DataFrame(
        points, columns=["year", "import", "export", "weak", "who", *([POINT] if POINT in rows else [])]
    )


def _joint(year: int, flows: list[dict[Hashable, Any]]) -> dict[str, Any] | None:
    """Return the point of one year, None where it lacks a flow."""
    shown = {
        row["flow"]: row["ratio_pct"] if pd.isna(row["share_pct"]) else row["share_pct"] for row in reversed(flows)
    }
    if any(pd.isna(shown.get(flow)) for flow in ("import", "export")):
        return None
    weak = any(row["status"] in _WEAK or pd.isna(row["share_pct"]) for row in flows)
    point = {"year": year, "import": shown["import"], "export": shown["export"], "weak": weak}
    point["who"] = Basis.read(flows[0][BASIS]).counted_by
    return point | ({POINT: joined(row[POINT] for row in flows)} if POINT in flows[0] else {})


def _whole(rows: pd.DataFrame, side: str, count: str) -> dict[int, tuple[float, Stated]]:
    """Return the share of exports and imports together by year, where both are shares of one count and print."""
    own = rows[rows["side"].eq(side) & rows["count"].eq(count) & rows["share_pct"].notna()]
    shares = {}
    for year, part in own.groupby(own["period_start"].dt.year):
        bases = [Basis.read(code) for code in part[BASIS]]
        if len(part) != 2 or len({(one.counted_by, one.print, one.making) for one in bases}) > 1:
            continue
        value = 100 * float(part["value"].sum() / part["world_value"].sum())
        code = str(replace(bases[0], valuation="FOB+CIF"))
        start, end = part["period_start"].iloc[0], part["period_end"].iloc[0]
        shares[int(str(year))] = value, Stated(value, code, start, end, base=code)
    return shares


def shows(rows: pd.DataFrame, selection: Selection) -> bool:
    """Return whether Russia's side has a point on the count asked for: the plane is set by it."""
    return bool((rows["side"].eq("russia") & rows["count"].eq(basis_of(selection))).any())


@instead.worded
def words(rows: pd.DataFrame, selection: Selection) -> Words:
    """Compute finding, subtitle and source line from the rows."""
    count = basis_of(selection)
    if rows.empty:
        return Words(say("charts.dependence.empty"), say(_LACKING[count]), "", "%")
    own = rows[rows["count"].eq(count)]
    years = text.years(own["period_start"].min().year, rows["period_end"].max().year)
    finding, stated = _finding(rows, count)
    subtitle = say(_SUBTITLES[count], years=years)
    return Words(finding, subtitle, source_line.line(rows), "%", _note(rows, count), stated)


def _finding(rows: pd.DataFrame, count: str) -> tuple[str, tuple[Stated, ...]]:
    """Set both dependences of the newest year that both sides have side by side, and name who counted either."""
    russia, china = _whole(rows, "russia", count), _whole(rows, "china", "china")
    year = max({*russia} & {*china}, default=None)
    if count == "mirror":
        return say("charts.dependence.two_counts"), ()
    if year is None:
        return say("charts.dependence.no_year"), ()
    (ours, one), (theirs, other) = russia[year], china[year]
    key = _FINDINGS[Basis.read(one.basis).counted_by]
    return say(key, year=text.year(year), russia=text.share(ours), china=text.share(theirs)), (one, other)


def _note(rows: pd.DataFrame, count: str) -> str:
    sentences = [say("charts.dependence.hollow")]
    if len(rows[rows["side"].eq("russia") & rows["count"].ne(count)]):
        sentences.append(say("charts.dependence.grey"))
    path = _path(rows, "china", "china")
    gaps = sorted(set(range(path["year"].min(), path["year"].max())) - set(path["year"])) if len(path) else []
    if gaps:
        sentences.append(say("charts.dependence.no_point", years=text.listed(map(text.year, gaps))))
    if _broken(_path(rows, "russia", count)):
        sentences.append(say("charts.dependence.broken"))
    return text.sentences([*sentences, *_concentration(rows)])


def _concentration(rows: pd.DataFrame) -> Iterator[str]:
    """Say how concentrated Russia's partners are, first year and last, where the data allow."""
    indices = rows[rows["hhi"].notna()].sort_values("period_start")
    for flow, own in indices.groupby("flow"):
        first, last = own.iloc[0], own.iloc[-1]
        both, alone = _CONCENTRATION[str(flow)]
        start = {"index": text.number(first["hhi"], 2), "year": text.year(first["period_start"].year)}
        end = {"later": text.number(last["hhi"], 2), "last": text.year(last["period_start"].year)}
        yield say(both, **start, **end) if len(own) > 1 else say(alone, **start)
    if indices["status"].eq("estimated").any():
        yield say("charts.dependence.concentration_estimated")


def _broken(path: pd.DataFrame) -> list[int]:
    """Return the years from which somebody else counts than in the year before."""
    return [int(year) for (year, who), (_, before) in zip(*_steps(path), strict=True) if who != before]


def _steps(path: pd.DataFrame) -> tuple[list[tuple[int, str]], list[tuple[int, str]]]:
    steps = list(zip(path["year"], path["who"], strict=True))
    return steps[1:], steps[:-1]


@instead.seen
def draw(rows: pd.DataFrame, selection: Selection, look: Look = PRINT) -> Canvas:
    """Draw both paths on one plane, hairs to the other sources, shares on both axes."""
    around = geometry.room(
        look,
        left=geometry.scale(look, f"{text.share(50.0, 0)} "),
        right=geometry.EDGE,
        below=geometry.AXIS + geometry.BELOW,
    )
    figure = blank(look, words(rows, selection), around)
    count = basis_of(selection)
    russia, china = _path(rows, "russia", count), _path(rows, "china", "china")
    if len(russia):
        others = pd.concat([_path(rows, "russia", name).assign(count=name) for name in BASES if name != count])
        _plane(figure, pd.concat([russia, china, others]), look)
        _hairs(figure, russia, others, look)
        for side, path in (("russia", russia), ("china", china)):
            _line(figure, path, side, look)
        _years(figure, russia, look, left=_rightward(russia, others))
        _ends(figure, russia, china, look)
    return framed(figure)


def _plane(figure: Canvas, points: pd.DataFrame, look: Look) -> None:
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
        ids=ids(both.rename(columns={POINT: "own", f"{POINT}_o": POINT})),
        customdata=[_hover("charts.dependence.hover.other", row) for row in both.to_dict("records")],
        hovertemplate="%{customdata}<extra></extra>",
    )
    apart = (both["import"] - both["import_o"]).abs() + (both["export"] - both["export_o"]).abs()
    far = both.iloc[int(apart.to_numpy().argmax())]
    label = say(_OTHERS[str(far["count"])], year=text.year(far["year"]))
    label = "<br>".join(text.wrap(label, look.label, _NARROW_NAME)) if look.narrow else label
    place = {"xanchor": "right", "align": "right", **({"yshift": -14} if _rightward(path, others) else {"xshift": -8})}
    note(figure, label, x=far["import_o"], y=far["export_o"], look=look, colour=p.ink3, **place)


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
    broken = _broken(path)
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
        ids=ids(path),
        customdata=[_hover(_HOVERS[side], row) for row in path.to_dict("records")],
        hovertemplate="%{customdata}<extra></extra>",
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
        side, (across, up) = {ends[1]: _FIRST, ends[0]: _LAST}.get(row["year"], _LEFT if left else _RIGHT)
        wide, tall = text.width(str(row["year"]), look.label, bold=True), look.label * geometry.LINE
        x, y = plot.at(row["import"], row["export"])
        foot = Box(x + across - wide * _PART[side], y + up - tall / 2, wide, tall)
        if spots.first([foot]) is not None:
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


CHART: Final = Chart(
    "dependence",
    rows,
    words,
    draw,
    choices=(Choice("basis", BASES),),
    reads=("basis",),
    marks=("side", "count", "flow"),
    parts=row_parts.share,
    shows=shows,
)
