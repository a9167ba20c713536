"""The energy bill by year: a stack of fuels inside HS 27, the article's sums as lines, single fuels as diamonds."""

import math
from collections.abc import Hashable
from itertools import accumulate
from typing import Any, Final

import pandas as pd

from analysis.basis import Basis
from analysis.measures.energy import definitions as energy
from analysis.measures.energy import years as fuel_years
from analysis.points import POINT
from layouts.charts.energy.year_words import Sum, bills, broken, by, valued
from layouts.drawing import geometry
from layouts.drawing.canvas import Canvas
from layouts.drawing.plot import Plot
from layouts.drawing.sheet import Sheet
from layouts.figure import source_line
from layouts.figure.chart import pointed
from layouts.figure.frame import note, rule
from layouts.look.theme import Look
from layouts.words import names, text
from layouts.words.catalogue import say

_BRIEF: Final = "charts.energy.brief.{}"
_SHOWN: Final = (*energy.PARTS, "hs27")
_VERDICTS: Final = {energy.HOLDS: "charts.energy.holds", energy.NOT: "charts.energy.not"}
_BESIDE: Final = 0.40  # of a year: from the middle of the last column to the names beside it
_HALF: Final = 0.36  # of a year: half a column
_APART: Final = 1.2  # columns that at least stand free before the years that have no bill
_REACH: Final = 0.48  # of a year: from its middle to the words at the quoted sum
_NAMED: Final = 16  # pixels that stay free around the names of the last stack
_WORDS: Final = 6  # pixels between the quoted sum and its words
_BETWEEN: Final = 4  # pixels between two years on the axis
_ALONE: Final = 40  # pixels from year to year in which the name of a fuel has room
_LEAST: Final = 0.3e9  # US$: a thinner part of a stack has no name of its own


def stacks(figure: Sheet, rows: pd.DataFrame, look: Look) -> None:
    """Stack the fuels by year; totals on top, names beside the last stack, other figures as open marks."""
    fuels, sums = rows[rows["role"].eq(fuel_years.BILL)], bills(rows)
    _stack(figure, fuels, look)
    apart = _apart(figure, rows, sums, look)
    _axes(figure, rows, sums, look, apart)
    _frames(figure, rows[rows["role"].eq(fuel_years.FRAME)], sums, look, apart)
    _totals(figure, rows, sums, look)
    _article(figure, rows[rows["count"].eq("article")], look)
    _modelled(figure, rows[rows["count"].eq("crea")], sums, look, apart)
    _single(figure, rows, sums, look, apart)
    _breaks(figure, rows, look)
    if len(sums):
        _names(figure, fuels, look)
    figure.update_layout(barmode="stack", bargap=0.28)


def _pitch(figure: Sheet) -> float:
    """Return how many pixels lie from one year to the next."""
    first, last = figure.reach("xaxis")
    return figure.frame.wide / (last - first)


def _frames(figure: Sheet, frames: pd.DataFrame, sums: dict[int, Sum], look: Look, apart: float) -> None:
    """Draw all of HS 27 as an outline above the bill: what it leaves to other fuels."""
    for row in frames.to_dict("records"):
        year, whole = row["period_start"].year, row["value"] / text.large_unit()
        x, low = _place(year, sums, apart), sums[year].value / text.large_unit() if year in sums else 0.0
        figure.add_scatter(
            x=[x - _HALF, x - _HALF, x + _HALF, x + _HALF],
            y=[low, whole, whole, low],
            mode="lines",
            ids=[str(row.get(POINT, ""))] * 4,
            line={"color": look.palette.ink3, "width": 1},
            hovertemplate=f"{_hover(row)}<extra></extra>",
        )
        if year not in sums and _pitch(figure) > geometry.longest([text.bn(row["value"])], look.label):
            where = {"xanchor": "center", "yanchor": "bottom", "yshift": 1}
            _write(figure, text.bn(row["value"]), (x, whole), look, look.palette.ink3, where)


def _totals(figure: Sheet, rows: pd.DataFrame, sums: dict[int, Sum], look: Look) -> None:
    """Write each year's bill above its column, its outline, and the article's line where it lies just there.

    Where two would touch they have smaller letters on a phone, and where they still would, not every one is written.
    """
    written, pitch = [f"<b>{text.bn(bill.value)}</b>" for bill in sums.values()], _pitch(figure)
    small = look.narrow and geometry.longest(written, look.label) > pitch
    size = look.axis - 1 if small else look.label
    every = max(1, math.ceil(geometry.longest(written, size) / pitch))
    for place, (year, bill) in enumerate(sums.items()):
        total = bill.value
        if (len(sums) - 1 - place) % every:
            continue
        own = rows[rows["period_start"].dt.year.eq(year) & rows["count"].ne("crea")]
        frame = own.loc[own["role"].eq(fuel_years.FRAME), "value"]
        lines = own.loc[own["count"].eq("article"), "value"]
        top = max([total, *frame, *(line for line in lines if line - total < 0.09 * _top(rows))])
        label = f"<b>{text.bn(total)}</b>"
        if len(frame) and not look.narrow:
            whole = say("charts.energy.of", amount=text.bn(frame.iloc[0]))
            label += f"<br><span style='color:{look.palette.ink3}'>{whole}</span>"
        where: dict[str, Any] = {"xanchor": "center", "align": "center", "yanchor": "bottom", "yshift": 2}
        where["font"] = {"size": size, "color": look.palette.ink}
        _write(figure, label, (year, top / text.large_unit()), look, look.palette.ink, where)


def _breaks(figure: Canvas, rows: pd.DataFrame, look: Look) -> None:
    """Draw a thin rule where the count changes its basis, with what begins there."""
    sums = bills(rows)
    for year in broken(rows, sums):
        rule(figure, year - 0.5, look.palette.ink2)
        label = _turn(sums[year].basis, look)
        where = {"xanchor": "right", "yanchor": "top", "yref": "paper", "xshift": -4}
        where |= {"font": {"size": look.axis, "color": look.palette.ink2}}
        _write(figure, label, (year - 0.5, 1), look, look.palette.ink2, where)


def _turn(code: str, look: Look) -> str:
    """Say whose count begins at a rule."""
    if look.narrow:
        return say("charts.energy.turn_brief", who=by(code))
    return say("charts.energy.turn", who=by(code), valuation=valued(Basis.read(code).valuation))


def _hover(row: dict[Hashable, Any]) -> str:
    """Say a year's figure of a fuel, as it is pointed at."""
    fuel, year = _name(str(row["fuel"])), str(row["period_start"].year)
    return say("charts.energy.hover.year", fuel=fuel, year=year, amount=text.money(row["value"], "USD", 2))


def _name(fuel: str) -> str:
    """Name a fuel, or all of HS 27, as a label."""
    return say("charts.energy.whole") if fuel == "hs27" else names.capital(names.fuel(fuel))


def _top(rows: pd.DataFrame) -> float:
    """Return the highest mark in whole US$."""
    return float(max([*rows["value"], *rows["bill"].dropna()], default=0))


def _apart(figure: Sheet, rows: pd.DataFrame, sums: dict[int, Sum], look: Look) -> float:
    """Return how many columns stand free before the years that have no bill.

    On a phone, and before outlines, the names of the last stack need that room.
    """
    later = _later(rows, sums)
    if later.empty or not (look.narrow or later["role"].eq(fuel_years.FRAME).any()):
        return _APART
    wide, years = figure.frame.wide, rows["period_start"].dt.year
    named, columns = geometry.longest(_stack_names(rows, look), look.label) + _NAMED, years.max() - years.min() + 1
    free = 1 - _HALF - _BESIDE  # of a column, before and behind the names
    return float(max(_APART, (named * columns - free * wide) / max(1, wide - named)))


def _later(rows: pd.DataFrame, sums: dict[int, Sum]) -> pd.DataFrame:
    """Return the rows of the years after the last bill."""
    return rows[rows["period_start"].dt.year.gt(max(sums))] if sums else rows.iloc[:0]


def ends(rows: pd.DataFrame, look: Look) -> list[str]:
    """Return the names that stand beside the last column of the picture: none where years without a bill follow."""
    return _stack_names(rows, look) if len(rows) and _later(rows, bills(rows)).empty else []


def _stack_names(rows: pd.DataFrame, look: Look) -> list[str]:
    """Return the names that stand beside the last stack."""
    fuels = rows[rows["role"].eq(fuel_years.BILL)] if "role" in rows else rows.iloc[:0]
    last = fuels[fuels["period_start"].eq(fuels["period_start"].max())]
    return [_stacked(str(row["fuel"]), row["value"], look) for row in last.to_dict("records") if row["value"] >= _LEAST]


def _stacked(fuel: str, value: float, look: Look) -> str:
    """Name a fuel of the last stack, with its figure where there is room."""
    if look.narrow:
        return f"<b>{say(_BRIEF.format(fuel))}</b>"
    return f"<b>{_name(fuel)}</b>  {text.bn(value)}"


def _place(year: int, sums: dict[int, Sum], apart: float) -> float:
    """Return where a year stands: those after the last bill stand apart."""
    return year + (apart if len(sums) and year > max(sums) else 0)


def _axes(figure: Sheet, rows: pd.DataFrame, sums: dict[int, Sum], look: Look, apart: float) -> None:
    years = sorted(rows["period_start"].dt.year.unique().tolist())
    places = [_place(year, sums, apart) for year in years]
    style = {"zeroline": True, "zerolinecolor": look.palette.ink, "tickfont": {"size": look.axis}}
    figure.update_yaxes(range=[0, _top(rows) / text.large_unit() * (1.13 if look.narrow else 1.18)], nticks=6, **style)
    first, last = _across(figure, rows, places, look)
    tick = geometry.longest(["’00" if look.narrow else "2000"], look.axis) + _BETWEEN
    every = max(1, math.ceil(tick * (last - first) / figure.frame.wide))
    shown = [place for place in range(len(years)) if (len(years) - 1 - place) % every == 0]
    figure.update_xaxes(
        tickvals=[places[k] for k in shown],
        ticktext=[str(years[k]) if not look.narrow else f"’{years[k] % 100:02d}" for k in shown],
        range=(first, last),
        tickangle=0,
        tickfont={"size": look.axis},
    )


def _across(figure: Sheet, rows: pd.DataFrame, places: list[float], look: Look) -> tuple[float, float]:
    """Return the range of the years, with room for the article's words beside an early one."""
    first, last = min(places, default=0) - 0.5, max(places, default=0) + (0.5 if len(places) < 20 else 1.2)
    wide, more = figure.frame.wide, 0.0
    for row in rows[rows["count"].eq("article")].to_dict("records"):
        need = geometry.longest([_claimed(row)], look.label) + 2 * _WORDS  # free of the scale's figures too
        left = row["period_start"].year - _REACH - first  # of the words' end, in years
        more = max(more, (need * (last - first) - left * wide) / max(1, wide - need))
    return first - more, last


def _stack(figure: Canvas, fuels: pd.DataFrame, look: Look) -> None:
    p = look.palette
    for fuel, colour in _colours(look).items():
        part = fuels[fuels["fuel"].eq(fuel)]
        if len(part):
            figure.add_bar(
                x=part["period_start"].dt.year,
                y=part["value"] / text.large_unit(),
                width=2 * _HALF,
                marker={"color": colour, "line": {"color": p.ground, "width": 1}},
                **pointed(part, _hover),
            )


def _colours(look: Look) -> dict[str, str]:
    p = look.palette
    return dict(zip(_SHOWN, (*p.fuels, p.rest, p.edge, p.rest_faint, p.rest_faint), strict=True))


def _article(figure: Canvas, article: pd.DataFrame, look: Look) -> None:
    """Draw the quoted sum across its column and say whether it holds there."""
    p = look.palette
    for row in article.to_dict("records"):
        year, value = row["period_start"].year, row["value"] / text.large_unit()
        colour = p.holds if row["verdict"] == energy.HOLDS else p.fails
        figure.add_scatter(
            x=[year - 0.46, year + 0.46],
            y=[value, value],
            mode="lines",
            ids=[str(row.get(POINT, ""))] * 2,
            line={"color": colour, "width": 3},
            hovertemplate=f"<b>{say('charts.energy.hover.article', amount=_quoted(row))}</b><extra></extra>",
        )
        label = _claimed(row)
        # above the line there is more room than between it and the totals to its left
        where = {"xanchor": "right", "align": "right", "yanchor": "bottom", "yshift": -9, "xshift": -_WORDS}
        _write(figure, label, (year - _REACH, value), look, colour, where)


def _claimed(row: dict[Hashable, Any]) -> str:
    """Return the words at the quoted sum."""
    return f"<b>{say('charts.energy.article', amount=_quoted(row))}</b><br>{say(_VERDICTS[row['verdict']])}"


def _quoted(row: dict[Hashable, Any]) -> str:
    return text.as_typed(row["value"] / text.large_unit())


def _modelled(figure: Canvas, rows: pd.DataFrame, sums: dict[int, Sum], look: Look, apart: float) -> None:
    """Draw CREA's model as open grey rings on a thin dashed line, named at its end."""
    if rows.empty:
        return
    p = look.palette
    x, y = rows["period_start"].dt.year.map(lambda year: _place(year, sums, apart)), rows["value"] / text.large_unit()
    figure.add_scatter(
        x=x,
        y=y,
        mode="lines+markers",
        line={"color": p.ink3, "width": 1.2, "dash": "3px,3px"},
        marker={"size": 9, "color": p.ground, "line": {"color": p.ink3, "width": 1.8}},
        **pointed(rows, _modelled_hover),
    )
    key = "charts.energy.crea_brief" if look.narrow else "charts.energy.crea_end"
    label = say(key, amount=text.bn(rows["value"].iloc[-1]))
    where = {"xanchor": "left", "yanchor": "bottom", "xshift": 7}
    _write(figure, label, (float(x.iloc[-1]), float(y.iloc[-1])), look, p.ink2, where)


def _modelled_hover(row: dict[Hashable, Any]) -> str:
    year, amount = str(row["period_start"].year), text.money(row["value"], "USD", 2)
    return say("charts.energy.hover.crea", year=year, amount=amount)


def _single(figure: Sheet, rows: pd.DataFrame, sums: dict[int, Sum], look: Look, apart: float) -> None:
    """Draw whole years of one fuel as diamonds, each with its name: never a stack, never a sum."""
    top, rows = _top(rows), rows[rows["role"].eq(fuel_years.ALONE)]
    if rows.empty:
        return
    places = rows["period_start"].dt.year.map(lambda year: _place(year, sums, apart))
    small = {"size": look.axis, "color": look.palette.ink3}
    label = say("charts.energy.one_fuel_brief" if look.narrow else "charts.energy.one_fuel")
    middle = (places.min() + places.max()) / 2
    above = {"xanchor": "center", "yanchor": "bottom", "yref": "paper", "font": small}
    _write(figure, label, (middle, 1), look, look.palette.ink3, above)
    room = 0.13 * top
    for x, year in zip(places.unique(), rows.groupby(places, sort=False), strict=True):
        last = float("inf")
        for row in year[1].sort_values("value", ascending=False).to_dict("records"):
            last, named = (row["value"], True) if last - row["value"] > room else (last, False)
            # on a phone the newest year alone has room for names, beside it
            named = named and (x == places.max() or not look.narrow or _pitch(figure) > _ALONE)
            _diamond(figure, row, x, look, named=named, low=0.14 * top / text.large_unit())


def _diamond(figure: Sheet, row: dict[Hashable, Any], x: float, look: Look, *, named: bool, low: float) -> None:
    """Draw one fuel's year, hollow where preliminary; its name, where there is room, below, above near the axis."""
    value, fuel = row["value"] / text.large_unit(), str(row["fuel"])
    colour = _colours(look)[fuel]
    fill = look.palette.ground if row["status"] == "preliminary" else colour
    hover = say(
        "charts.energy.hover.alone",
        fuel=_name(fuel),
        year=str(row["period_start"].year),
        amount=text.money(row["value"], "USD", 2),
        valuation=valued(str(row["valuation"])),
        source=source_line.short(str(row["source"])),
    )
    figure.add_scatter(
        x=[x],
        y=[value],
        mode="markers",
        cliponaxis=False,
        ids=[str(row.get(POINT, ""))],
        marker={"symbol": "diamond", "size": 11, "color": fill, "line": {"color": colour, "width": 2}},
        hovertemplate=f"{hover}<extra></extra>",
    )
    if not named:
        return
    where: dict[str, Any] = {"xanchor": "center", "align": "center", "yshift": -8, "yanchor": "top"}
    where |= {"bgcolor": look.palette.ground, "borderpad": 0}  # the outline of its year may run behind it
    if look.narrow and _pitch(figure) <= _ALONE:
        where |= {"xanchor": "left", "align": "left", "xshift": 8, "yshift": 0, "yanchor": "middle"}
    elif value < low:
        where |= {"yshift": 8, "yanchor": "bottom"}
    figure_ = text.bn(row["value"])
    name = f"{say(_BRIEF.format(fuel))}<br>{figure_}" if look.narrow else f"{_name(fuel)} {figure_}"
    _write(figure, name, (x, value), look, look.palette.ink2, where)


def _write(figure: Canvas, label: str, at: tuple[float, float], look: Look, colour: str, where: dict[str, Any]) -> None:
    note(figure, label, x=at[0], y=at[1], look=look, colour=colour, **where)


def _names(figure: Sheet, fuels: pd.DataFrame, look: Look) -> None:
    """Name the fuels beside the last stack, each at its middle, pushed apart where thin."""
    last = fuels[fuels["period_start"].eq(fuels["period_start"].max())].set_index("fuel")["value"]
    year = int(fuels["period_start"].max().year)
    values = {fuel: float(last[fuel]) for fuel in _SHOWN if fuel in last.index}
    tops = dict(zip(values, accumulate(values.values()), strict=True))
    named = [fuel for fuel in values if values[fuel] >= _LEAST]
    wanted = [(tops[fuel] - values[fuel] / 2) / text.large_unit() for fuel in named]
    for fuel, y in zip(named, Plot.of(figure).column(wanted, look.label), strict=True):
        if y is None:
            continue
        label = _stacked(fuel, values[fuel], look)
        note(figure, label, x=year + _BESIDE, y=y, look=look, colour=look.palette.ink, xshift=4)
