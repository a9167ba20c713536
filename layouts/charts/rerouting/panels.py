"""Small multiples of the two legs: panels laid out in pixels, all on one logarithmic scale."""

import math
from collections.abc import Hashable
from dataclasses import dataclass
from typing import Any, Final

import pandas as pd

from analysis.measures.partners.rerouting import BASE, COUNTED, FROM_CHINA, TO_RUSSIA
from analysis.points import POINT
from layouts.drawing.canvas import Canvas
from layouts.drawing.geometry import LINE, longest
from layouts.drawing.labels import spread
from layouts.drawing.sheet import Sheet
from layouts.figure.frame import note
from layouts.look.theme import Look
from layouts.words import text
from layouts.words.catalogue import say

Rows = list[dict["Hashable", Any]]  # of one place, in the order of time
LEGS: Final = (COUNTED, FROM_CHINA, TO_RUSSIA)  # drawn in this order, the last on top
_SAYS: Final = {
    TO_RUSSIA: "charts.rerouting.to_russia",
    FROM_CHINA: "charts.rerouting.from_china",
    COUNTED: "charts.rerouting.counted",
}
_PLACE: Final = "charts.rerouting.place.{}"
_TENTH: Final = 1e8  # of a billion: what two decimals of one say well enough
_TICKS: Final = (-2, 0, 2, 4)  # powers of two of the base: 25, 100, 400 and 1,600
_HEAD: Final = 66  # pixels above a panel for its name
_ROW_GAP: Final = 26  # pixels below a panel for its years
_WHOLE_YEARS: Final = 180  # pixels of a panel that has room for three years of four digits
_LEFT: Final = 36  # pixels for the scale of the first column
_RIGHT: Final = 54  # pixels beside a panel for its last values
BAND: Final = 12  # pixels above all panels, for the names of the lines
_APART: Final = 18  # pixels between two of those names
_BETWEEN: Final = 14  # pixels between those and the next panel


@dataclass(frozen=True)
class PanelGrid:
    """Panels in pixels of the plot: how many beside each other, how large, where the values end."""

    columns: int
    wide: float
    high: float
    first: int
    last: int
    low: float
    top: float

    def corner(self, place: int) -> tuple[float, float]:
        """Return left and upper edge of a panel's plot."""
        across, down = place % self.columns, place // self.columns
        return _LEFT + across * (self.wide + _RIGHT + _BETWEEN), down * (self.high + _HEAD + _ROW_GAP) + _HEAD

    def breadth(self, place: int) -> float:
        """Return how wide words above a panel may be: to the next panel, or to the picture's edge."""
        last = place % self.columns == self.columns - 1
        return self.wide + _RIGHT + (0 if last else _BETWEEN - 4)

    def at(self, place: int, year: float, index: float) -> tuple[float, float]:
        """Return the pixel of a value: years across, the logarithm of the index up."""
        left, upper = self.corner(place)
        x = left + (year - self.first + 0.5) / (self.last - self.first + 1) * self.wide
        y = upper + (self.top - math.log2(index / 100)) / (self.top - self.low) * self.high
        return x, y


def named(place: str) -> str:
    """Name a place, shortly."""
    return say(_PLACE.format(place))


def grid_of(rows: pd.DataFrame, look: Look, room: float, deep: float) -> PanelGrid:
    """Lay the panels out, and let all values in."""
    columns = 2 if look.narrow else 4
    down = -(-rows["place"].nunique() // columns)
    logs = rows.loc[rows["index"].gt(0), "index"].map(lambda value: math.log2(value / 100))
    return PanelGrid(
        columns=columns,
        wide=(room - _LEFT - (columns - 1) * _BETWEEN) / columns - _RIGHT,
        high=deep / down - _HEAD - _ROW_GAP,
        first=int(rows["period_start"].dt.year.min()),
        last=int(rows["period_start"].dt.year.max()),
        low=min(-1.0, float(logs.min())) - 0.3,
        top=max(1.0, float(logs.max())) + 0.3,
    )


def _colour(leg: str, look: Look) -> str:
    """Colour says whose figure it is: China's, Russia's, or a third place's in grey."""
    p = look.palette
    return {FROM_CHINA: p.china, COUNTED: p.russia, TO_RUSSIA: p.ink2}[leg]


def _ink(leg: str, look: Look) -> str:
    p = look.palette
    return {FROM_CHINA: p.china_text, COUNTED: p.russia_text, TO_RUSSIA: p.ink}[leg]


def panel(figure: Canvas, part: Rows, grid: PanelGrid, place: int, look: Look) -> None:
    """Draw scale, hatching, lines and last values of one place."""
    _scale(figure, grid, place, look)
    for leg in LEGS:
        own = [row for row in part if row["leg"] == leg]
        _hatch(figure, own, grid, place, look)
        _line(figure, indexed(own), grid, place, look)
    _ends(figure, part, grid, place, look)


def indexed(part: Rows, leg: str | None = None) -> Rows:
    """Return the rows that have an index, of one leg or all, in the order given; nought has no place on the scale."""
    return [row for row in part if leg in {None, row["leg"]} and row["index"] > 0]


def _scale(figure: Canvas, grid: PanelGrid, place: int, look: Look) -> None:
    """Rule the levels that lie inside, the base in ink, and write first and last year."""
    p, (left, upper) = look.palette, grid.corner(place)
    for tick in _TICKS:
        if not grid.low <= tick <= grid.top:
            continue
        _, y = grid.at(place, grid.first, 100 * 2.0**tick)
        style = {"color": p.ink3 if tick == 0 else p.rule, "width": 1}
        figure.add_shape(type="line", x0=left, x1=left + grid.wide, y0=y, y1=y, line=style, layer="below")
        if left == _LEFT:
            small = {"size": look.axis, "color": p.ink3}
            note(
                figure, text.number(100 * 2.0**tick, 0), x=left, y=y, look=look, font=small, xanchor="right", xshift=-3
            )
    for year, anchor in {BASE: "center", grid.first: "left", grid.last: "right"}.items():  # each year once
        if grid.first <= year <= grid.last:
            x = {"left": left, "right": left + grid.wide}.get(anchor, grid.at(place, year, 100)[0])
            small = {"size": look.axis, "color": p.ink3}
            label = f"’{year % 100:02d}" if look.narrow or grid.wide < _WHOLE_YEARS else str(year)
            note(figure, label, x=x, y=upper + grid.high, look=look, font=small, xanchor=anchor, yanchor="top")


def _hatch(figure: Canvas, own: Rows, grid: PanelGrid, place: int, look: Look) -> None:
    """Hatch the years that a leg lacks, in the colour of who should report them; rule where another count begins."""
    _, upper = grid.corner(place)
    step = grid.wide / (grid.last - grid.first + 1)
    if grid.first <= BASE and any(_estimated(row) for row in own):
        x = grid.at(place, BASE + 0.5, 100)[0]
        rule = {"color": _colour(COUNTED, look), "width": 1, "dash": "2px,3px"}
        figure.add_shape(type="line", x0=x, x1=x, y0=upper, y1=upper + grid.high, line=rule)
    for row in own:
        if not isinstance(row["reason"], str) or _estimated(row):
            continue
        x, _ = grid.at(place, row["period_start"].year, 100)
        colour = _colour(str(row["leg"]), look)
        figure.add_bar(
            x=[x],
            y=[grid.high],
            base=[upper],
            width=step,
            marker={
                "color": "rgba(0,0,0,0)",
                "line": {"width": 0},
                "pattern": {"shape": "/", "fgcolor": colour, "size": 6, "solidity": 0.14},
            },
            ids=[str(row.get(POINT, ""))],
            hovertemplate=f"{_hover(row, row['reason'])}<extra></extra>",
        )


def _estimated(row: dict[Hashable, Any]) -> bool:
    """Return whether a row is an estimate that no index crosses to."""
    return row["status"] == "estimated" and math.isnan(row["index"])


def _hover(row: dict[Hashable, Any], figure: str) -> str:
    leg, year = say(_SAYS[str(row["leg"])]), text.year(row["period_start"].year)
    return say("charts.rerouting.hover", leg=leg, year=year, said=figure)


def _line(figure: Canvas, own: Rows, grid: PanelGrid, place: int, look: Look) -> None:
    """Join the years that follow each other; a gap breaks the line, estimates are dashed and hollow."""
    if not own:
        return
    leg = str(own[0]["leg"])
    colour, thin = _colour(leg, look), leg == COUNTED
    years = [row["period_start"].year for row in own]
    spots = [grid.at(place, year, row["index"]) for year, row in zip(years, own, strict=True)]
    weak = [row["status"] in {"estimated", "preliminary"} for row in own]
    # all strokes of one kind are one trace: a trace costs more than its points
    for dashed in (False, True):
        joined = [n for n in range(1, len(spots)) if years[n] - years[n - 1] == 1 and weak[n] == dashed]
        strokes = [spot for n in joined for spot in (spots[n - 1], spots[n], (None, None))]
        style = {"color": colour, "width": 1.4 if thin else 2.5, "dash": "4px,3.5px" if dashed else "solid"}
        if strokes:
            xs, ys = zip(*strokes, strict=True)
            figure.add_scatter(x=xs, y=ys, mode="lines", line=style, hoverinfo="skip")
    fills = [look.palette.ground if one else colour for one in weak]
    figure.add_scatter(
        x=[x for x, _ in spots],
        y=[y for _, y in spots],
        mode="markers",
        marker={"size": 4 if thin else 6, "color": fills, "line": {"color": colour, "width": 1.2}},
        ids=[row[POINT] for row in own] if POINT in own[0] else None,
        customdata=[_hover(row, _figures(row)) for row in own],
        hovertemplate="%{customdata}<extra></extra>",
    )


def _figures(row: dict[Hashable, Any]) -> str:
    amount = text.money(row["value"], "USD", 3)
    return say("charts.rerouting.index_and_value", index=text.number(row["index"], 0), amount=amount)


def _ends(figure: Canvas, part: Rows, grid: PanelGrid, place: int, look: Look) -> None:
    """Write the last index of each leg beside the panel, pushed apart where they would touch."""
    left, upper = grid.corner(place)
    ends: list[tuple[float, str, str]] = []
    for leg in LEGS:
        own = indexed(part, leg)
        if own:
            index, year = float(own[-1]["index"]), int(own[-1]["period_end"].year)
            label = text.number(index, 0) if leg == COUNTED else f"<b>{text.number(index, 0)}</b>"
            ends.append(
                (grid.at(place, year, index)[1], leg, label if year == grid.last else f"{label} ’{year % 100:02d}")
            )
    tall = look.axis * LINE
    foot, top = -(upper + grid.high) - tall / 2, tall / 2 - upper  # the plot counts pixels downwards
    placed = spread([-y for y, *_ in ends], [tall] * len(ends), foot, top)
    for (_, leg, label), y in zip(ends, placed, strict=True):
        if y is not None:
            small = {"size": look.axis, "color": _ink(leg, look)}
            note(figure, label, x=left + grid.wide, y=-y, look=look, font=small, xshift=4)


def title(figure: Canvas, part: Rows, name: str, grid: PanelGrid, place: int, look: Look) -> None:
    """Name the place, and say in dollars what it sent to Russia in 2021 and last, in one unit where room is short."""
    left, upper = grid.corner(place)
    note(figure, f"<b>{name}</b>", x=left, y=upper - 50, look=look, colour=look.palette.ink)
    own = indexed(part, TO_RUSSIA)
    if not own:
        return
    last = own[-1]
    late = last["period_end"].year < max(row["period_end"] for row in part).year
    key = "charts.rerouting.sent_until" if late else "charts.rerouting.sent"
    year = last["period_end"].year
    years = {"year": f"’{year % 100:02d}" if look.narrow else text.year(year)} if late else {}
    label = say(key, before=_money(last["base_value"]), after=_money(last["value"]), **years)
    if text.width(label, look.axis) > grid.breadth(place) and last["value"] >= 1e9 > last["base_value"] >= _TENTH:
        label = say(key, before=text.bn(last["base_value"], 2), after=_money(last["value"]), **years)
    small: dict[str, Any] = {"size": look.axis, "color": look.palette.ink3}
    note(figure, label, x=left, y=upper - 33, look=look, font=small)


def in_yuan(figure: Canvas, yuan: Rows, corner: tuple[float, float], wide: float, look: Look) -> None:
    """Say what China sent to the place in yuan in its newest year, with its growth, and in the year to date.

    The year to date is left out where it would not fit into ``wide`` pixels, then the growth.
    """
    if not yuan:
        return
    left, upper = corner
    year = next((row for row in reversed(yuan) if row["period_end"].month == 12), None)
    late = yuan[-1]
    figures = [] if year is None else [_year_in_yuan(year, wide, look)]
    span = text.short_span(late["period_start"], late["period_end"])
    more = say("charts.rerouting.period", period=span, figure=_whole(late["value"]))
    if late is not year and _fits([*figures, more], wide, look):
        figures.append(more)
    small: dict[str, Any] = {"size": look.axis - 1, "color": look.palette.china_text}
    note(figure, _yuan(figures), x=left, y=upper - 16, look=look, font=small)


def _yuan(figures: list[str]) -> str:
    if len(figures) == 1:
        return say("charts.rerouting.yuan", first=figures[0])
    first, late = figures
    return say("charts.rerouting.yuan_late", first=first, late=late)


def _fits(figures: list[str], wide: float, look: Look) -> bool:
    return text.width(_yuan(figures), look.axis - 1) <= wide


def _year_in_yuan(row: dict[Hashable, Any], wide: float, look: Look) -> str:
    shown = {"period": text.year(row["period_end"].year), "figure": _whole(row["value"])}
    rate = row["yoy_pct"]
    grown = "" if math.isnan(rate) else say("charts.rerouting.period_rate", **shown, rate=text.percent(rate, 0))
    return grown if grown and _fits([grown], wide, look) else say("charts.rerouting.period", **shown)


def _whole(value: float) -> str:
    """Write a value rounded to a billion in the large unit of the language."""
    return text.number(round(value / 1e9) * 1e9 / text.large_unit(), 0)


def _money(value: float) -> str:
    """Write a value in billions with two decimals, a small one in whole millions, each with its unit."""
    if value >= 1e9:
        return say("charts.rerouting.billions", figure=text.bn(value, 2))
    small = text.large_unit() / 1e9  # Chinese has no millions: hundredths of its large unit
    figure = text.number(value / 1e6, 0) if small == 1 else text.number(value / text.large_unit(), 2)
    return say("charts.rerouting.millions", figure=figure)


def name_lines(figure: Sheet, look: Look) -> None:
    """Name the three lines once, in their colours, in a row above all panels."""
    x = float(_LEFT)
    for leg in (TO_RUSSIA, FROM_CHINA, COUNTED):
        small: dict[str, Any] = {"size": look.axis, "color": _ink(leg, look)}
        label = say(_SAYS[leg]) if leg == COUNTED else f"<b>{say(_SAYS[leg])}</b>"
        place: dict[str, Any] = {"yref": "paper", "yanchor": "bottom", "yshift": BAND - look.axis}
        note(figure, label, x=x, y=1, look=look, font=small, **place)
        x += longest([label], look.axis) + _APART
