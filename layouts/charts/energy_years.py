"""The energy bill by year: a stack of fuels, the article's sums as lines, single fuels as diamonds."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from analysis import energy
from analysis.points import POINT
from layouts.charts import sources
from layouts.charts.base import ids
from layouts.charts.energy_words import years
from layouts.charts.frame import note

if TYPE_CHECKING:
    from collections.abc import Hashable

    import pandas as pd
    import plotly.graph_objects as go

    from layouts.theme import Look

_BRIEF: Final = {
    "crude": "oil",
    "coal": "coal",
    "lng": "LNG",
    "pipeline_gas": "pipe",
    "oil_products": "prod.",
    "electricity": "power",
    "rest": "rest",
}
_APART: Final = 0.7  # of a column's width stands free before the years that have no bill
_LEAST: Final = 0.3e9  # US$: a thinner part of a stack has no name of its own


def stacks(figure: go.Figure, rows: pd.DataFrame, look: Look) -> None:
    """Stack the fuels by year; totals on top, names beside the last stack, other figures as open marks."""
    fuels, sums = rows[rows["basis"].eq("reconciled")], years(rows)
    _stack(figure, fuels, look)
    _totals(figure, rows, sums, look)
    _article(figure, rows[rows["basis"].eq("article")], sums, look)
    _modelled(figure, rows[rows["basis"].eq("crea")], sums, look)
    _single(figure, rows[rows["basis"].eq("china")], sums, look)
    if len(sums):
        _names(figure, fuels, 0.075 * _top(rows, sums) / 1e9, look)
    _axes(figure, rows, sums, look)
    figure.update_layout(barmode="stack", bargap=0.28)


def _totals(figure: go.Figure, rows: pd.DataFrame, sums: pd.Series, look: Look) -> None:
    """Write each year's bill on its column, above the article's line where that lies just over it."""
    quoted = rows[rows["basis"].eq("article")]
    lines = dict(zip(quoted["period_start"].dt.year, quoted["value"], strict=True))
    for year, total in sums.items():
        line = lines.get(year, 0)
        y = line if 0 < line - total < 0.09 * _top(rows, sums) else total
        where = {"xanchor": "center", "yanchor": "bottom", "yshift": 1 if y == total else 3}
        _write(figure, f"<b>{total / 1e9:.1f}</b>", (int(str(year)), y / 1e9), look, look.palette.ink, where)


def _top(rows: pd.DataFrame, sums: pd.Series) -> float:
    """Return the highest mark in whole US$."""
    return float(max([*sums, *rows["value"]], default=0))


def _place(year: int, sums: pd.Series) -> float:
    """Return where a year stands: those after the last bill stand apart."""
    return year + (_APART if len(sums) and year > sums.index.max() else 0)


def _axes(figure: go.Figure, rows: pd.DataFrame, sums: pd.Series, look: Look) -> None:
    shown = rows[rows["basis"].ne("article") | rows["period_start"].dt.year.isin(sums.index)]
    held = sorted(shown["period_start"].dt.year.unique().tolist())
    places = [_place(year, sums) for year in held]
    top = _top(shown, sums) / 1e9
    style = {"zeroline": True, "zerolinecolor": look.palette.ink, "tickfont": {"size": look.axis}}
    figure.update_yaxes(range=[0, top * 1.12], nticks=6, **style)
    figure.update_xaxes(
        tickvals=places,
        ticktext=[str(y) if not look.narrow else f"’{y % 100:02d}" for y in held],
        range=[min(places, default=0) - 0.5, max(places, default=0) + 0.5],
        tickfont={"size": look.axis},
    )


def _stack(figure: go.Figure, fuels: pd.DataFrame, look: Look) -> None:
    p = look.palette
    colours = (*p.fuels, p.rest, p.edge, p.rest_faint)
    for fuel, colour in zip(energy.PARTS, colours, strict=True):
        part = fuels[fuels["fuel"].eq(fuel)]
        if len(part):
            figure.add_bar(
                x=part["period_start"].dt.year,
                y=part["value"] / 1e9,
                width=0.72,
                ids=ids(part),
                marker={"color": colour, "line": {"color": p.ground, "width": 1}},
                hovertemplate=f"<b>{energy.NAMES[fuel]}, %{{x}}</b><br>US$ %{{y:.2f}} bn<extra></extra>",
            )


def _article(figure: go.Figure, article: pd.DataFrame, sums: pd.Series, look: Look) -> None:
    """Draw the quoted sum across its column and say whether it holds there."""
    p = look.palette
    for row in article[article["period_start"].dt.year.isin(sums.index)].to_dict("records"):
        year, value = row["period_start"].year, row["value"] / 1e9
        colour = p.holds if row["verdict"] == energy.HOLDS else p.fails
        figure.add_scatter(
            x=[year - 0.46, year + 0.46],
            y=[value, value],
            mode="lines",
            ids=[str(row.get(POINT, ""))] * 2,
            line={"color": colour, "width": 3},
            hovertemplate=f"<b>Article: US$ {value:g} bn</b><extra></extra>",
        )
        said = f"<b>article: {value:g}</b><br>{row['verdict']}"
        # above the line there is more room than between it and the totals to its left
        where = {"xanchor": "right", "align": "right", "yanchor": "bottom", "yshift": -9}
        _write(figure, said, (year - 0.48, value), look, colour, where)


def _modelled(figure: go.Figure, rows: pd.DataFrame, sums: pd.Series, look: Look) -> None:
    """Draw CREA's model as open grey rings on a thin dashed line, named at its end."""
    if rows.empty:
        return
    p = look.palette
    x, y = rows["period_start"].dt.year.map(lambda year: _place(year, sums)), rows["value"] / 1e9
    figure.add_scatter(
        x=x,
        y=y,
        mode="lines+markers",
        line={"color": p.ink3, "width": 1.2, "dash": "3px,3px"},
        marker={"size": 9, "color": p.ground, "line": {"color": p.ink3, "width": 1.8}},
        ids=ids(rows),
        customdata=rows["period_start"].dt.year,
        hovertemplate="<b>CREA, modelled, %{customdata}</b><br>US$ %{y:.2f} bn<extra></extra>",
    )
    said = f"CREA<br>{y.iloc[-1]:.1f}" if look.narrow else f"CREA, modelled {y.iloc[-1]:.1f}"
    where = {"xanchor": "left", "yanchor": "bottom", "xshift": 7}
    _write(figure, said, (float(x.iloc[-1]), float(y.iloc[-1])), look, p.ink2, where)


def _single(figure: go.Figure, rows: pd.DataFrame, sums: pd.Series, look: Look) -> None:
    """Draw whole years of one fuel as diamonds, each with its name: never a stack, never a sum."""
    if rows.empty:
        return
    places = rows["period_start"].dt.year.map(lambda year: _place(year, sums))
    small = {"size": look.axis, "color": look.palette.ink3}
    said = "one fuel alone" if look.narrow else "diamonds: one fuel alone, CIF"
    middle = (places.min() + places.max()) / 2
    above = {"xanchor": "center", "yanchor": "bottom", "yref": "paper", "font": small}
    _write(figure, said, (middle, 1), look, look.palette.ink3, above)
    for x, row in zip(places, rows.to_dict("records"), strict=True):
        _diamond(figure, row, x, look)


def _diamond(figure: go.Figure, row: dict[Hashable, Any], x: float, look: Look) -> None:
    """Draw one fuel's year, hollow where preliminary; its name below, above near the axis."""
    year, value, fuel = row["period_start"].year, row["value"] / 1e9, str(row["fuel"])
    colour = dict(zip(energy.PARTS, look.palette.fuels, strict=False))[fuel]
    fill = look.palette.ground if row["status"] == "preliminary" else colour
    said = f"<b>{energy.NAMES[fuel]} alone, {year}</b><br>US$ {value:.2f} bn, CIF<br>{sources.short(row['source'])}"
    figure.add_scatter(
        x=[x],
        y=[value],
        mode="markers",
        ids=[str(row.get(POINT, ""))],
        marker={"symbol": "diamond", "size": 11, "color": fill, "line": {"color": colour, "width": 2}},
        hovertemplate=f"{said}<extra></extra>",
    )
    where: dict[str, Any] = {"xanchor": "center", "align": "center", "yshift": -8, "yanchor": "top"}
    if value < 8:
        where |= {"yshift": 8, "yanchor": "bottom"}
    name = f"{_BRIEF[fuel]}<br>{value:.1f}" if look.narrow else f"{energy.NAMES[fuel]} {value:.1f}"
    _write(figure, name, (x, value), look, look.palette.ink2, where)


def _write(
    figure: go.Figure, said: str, at: tuple[float, float], look: Look, colour: str, where: dict[str, Any]
) -> None:
    note(figure, said, x=at[0], y=at[1], look=look, colour=colour, **where)


def _names(figure: go.Figure, fuels: pd.DataFrame, least: float, look: Look) -> None:
    """Name the fuels beside the last stack, each at its middle, ``least`` billions apart."""
    last = fuels[fuels["period_start"].eq(fuels["period_start"].max())].set_index("fuel")["value"] / 1e9
    year = int(fuels["period_start"].max().year)
    base, floor = 0.0, -least
    for fuel in [f for f in energy.PARTS if f in last.index]:
        y = max(base + last[fuel] / 2, floor + least)
        base += last[fuel]
        if last[fuel] * 1e9 < _LEAST:
            continue
        floor = y
        name = _BRIEF[fuel] if look.narrow else energy.NAMES[fuel]
        said = f"<b>{name}</b>" if look.narrow else f"<b>{name}</b>  {last[fuel]:.1f}"
        note(figure, said, x=year + 0.40, y=y, look=look, colour=look.palette.ink, xshift=4)
