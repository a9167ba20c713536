"""What did Russian energy cost China? Four fuels by year, the article's two sums marked."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pandas as pd

from analysis import energy, origins
from layouts import text
from layouts.charts import sources
from layouts.charts.base import Chart, Words, blank, framed, ids, note
from layouts.theme import PRINT, Look

if TYPE_CHECKING:
    import plotly.graph_objects as go

    from analysis.book import Book
    from analysis.selection import Selection

ORDER: Final = ("crude", "coal", "lng", "pipeline_gas")
_TOLERANCE: Final = 0.5


def rows(book: Book, selection: Selection) -> pd.DataFrame:
    """Return one row a year and fuel, and the article's sums as fuel ``article``; whole US$."""
    table = pd.concat(
        [part for part in (energy.four_fuels(book), energy.quoted(book)) if len(part)] or [energy.four_fuels(book)]
    )
    if table.empty:
        return table
    table = table[selection.covers(table)]
    order = {fuel: place for place, fuel in enumerate((*ORDER, "article"))}
    table = table.assign(place=table["fuel"].map(order)).sort_values(["period_start", "place"])
    first = ["fuel", "codes", "period_start", "period_end", "value"]
    return table[[*first, *[c for c in table.columns if c not in {*first, "place"}]]].reset_index(drop=True)


def _years(rows: pd.DataFrame) -> pd.Series:
    fuels = rows[rows["fuel"].isin(ORDER)]
    return fuels.groupby(fuels["period_start"].dt.year)["value"].sum()


def words(rows: pd.DataFrame, selection: Selection) -> Words:
    """Compute finding, subtitle and source line from the rows."""
    del selection
    years = _years(rows) if len(rows) else pd.Series(dtype="float64")
    if years.empty:
        return Words("No fuel figures for these years", "Choose another period", "", "US$ bn")
    span = f"{years.index.min()}–{years.index.max()}"
    subtitle = f"Russia’s crude oil, coal, LNG and pipeline gas to China, US$ bn a year, FOB, reconciled, {span}"
    fuels = rows[rows["fuel"].isin(ORDER)]
    codes = "Codes HS 2709, 2701 to 2704, 271111, 271121, without oil products."
    newest = f"Fuel by fuel, {years.index.max()} is the newest year of this source."
    return Words(_finding(years), subtitle, sources.line(fuels), "US$ bn", f"{codes} {newest}")


def _finding(years: pd.Series) -> str:
    """Say what 2022 changed, where it is in view; else what the last year brought."""
    last = int(years.index.max())
    change = 100 * (years / years.shift() - 1)
    if 2022 in years.index and pd.notna(change[2022]):
        after = ""
        if last > 2022:
            after = f", and by {last} to {years[last] / 1e9:.1f}" if years[last] > years[2022] else ", then fell"
        return f"The bill rose {change[2022]:.0f}% in 2022, to US$ {years[2022] / 1e9:.1f} bn{after}"
    said = f"The bill came to US$ {years[last] / 1e9:.1f} bn in {last}"
    return said if pd.isna(change[last]) else f"{said}, {text.percent(float(change[last]), 0)} on {last - 1}"


def draw(rows: pd.DataFrame, selection: Selection, look: Look = PRINT) -> go.Figure:
    """Stack the fuels by year; totals on top, names at the right, the article's sums as lines."""
    figure = blank(look)
    said = words(rows, selection)
    years = _years(rows) if len(rows) else pd.Series(dtype="float64")
    if len(years):
        _stack(figure, rows, look)
        for year, total in zip(years.index.astype("int").tolist(), years.tolist(), strict=True):
            note(
                figure,
                f"<b>{total / 1e9:.1f}</b>",
                x=year,
                y=total / 1e9,
                look=look,
                colour=look.palette.ink,
                xanchor="center",
                yanchor="bottom",
                yshift=1,
            )
        _article(figure, rows[rows["fuel"].eq("article")], years, look)
        _names(figure, rows, look)
        top = max(years.max(), rows["value"].max()) / 1e9
        figure.update_yaxes(
            range=[0, top * 1.12], nticks=6, zeroline=True, zerolinecolor=look.palette.ink, tickfont={"size": look.axis}
        )
        figure.update_xaxes(
            tickvals=list(years.index),
            ticktext=[str(y) if not look.narrow else f"’{y % 100:02d}" for y in years.index],
            range=[years.index.min() - 0.5, years.index.max() + 0.5],
            tickfont={"size": look.axis},
        )
    figure.update_layout(barmode="stack", bargap=0.28)
    return framed(figure, said, look, left=30)


def _stack(figure: go.Figure, rows: pd.DataFrame, look: Look) -> None:
    for fuel, colour in zip(ORDER, look.palette.fuels, strict=True):
        part = rows[rows["fuel"].eq(fuel)]
        name = energy.NAMES[fuel]
        figure.add_bar(
            x=part["period_start"].dt.year,
            y=part["value"] / 1e9,
            width=0.72,
            marker={"color": colour, "line": {"color": look.palette.ground, "width": 1}},
            ids=ids(part),
            hovertemplate=f"<b>{name}, %{{x}}</b><br>US$ %{{y:.2f}} bn<extra></extra>",
        )


def _article(figure: go.Figure, article: pd.DataFrame, years: pd.Series, look: Look) -> None:
    """Draw the quoted sum across its column and say whether it holds there."""
    p = look.palette
    for start, quoted in zip(article["period_start"], article["value"], strict=True):
        year, value = start.year, quoted / 1e9
        if year not in years.index:
            continue
        holds = abs(years[year] / 1e9 - value) < _TOLERANCE
        colour = p.holds if holds else p.fails
        figure.add_scatter(
            x=[year - 0.46, year + 0.46],
            y=[value, value],
            mode="lines",
            line={"color": colour, "width": 3},
            hovertemplate=f"<b>Article: US$ {value:g} bn</b><extra></extra>",
        )
        said = f"<b>article: {value:g}</b><br>{'holds' if holds else 'does not follow'}"
        note(figure, said, x=year - 0.48, y=value, look=look, colour=colour, xanchor="right", align="right")


def _names(figure: go.Figure, rows: pd.DataFrame, look: Look) -> None:
    """Name the fuels beside the last column, each at its middle, pushed apart where thin."""
    fuels = rows[rows["fuel"].isin(ORDER)]
    last = fuels[fuels["period_start"].eq(fuels["period_start"].max())].set_index("fuel")["value"] / 1e9
    top = _years(rows).max() / 1e9
    least = 0.075 * top
    base, floor = 0.0, -least
    for fuel in [f for f in ORDER if f in last.index]:
        y = max(base + last[fuel] / 2, floor + least)
        base, floor = base + last[fuel], y
        name = (
            energy.NAMES[fuel]
            if not look.narrow
            else {"crude": "oil", "coal": "coal", "lng": "LNG", "pipeline_gas": "pipe"}[fuel]
        )
        said = f"<b>{name}</b>  {last[fuel]:.1f}" if not look.narrow else f"<b>{name}</b>"
        note(
            figure, said, x=rows["period_start"].dt.year.max() + 0.44, y=y, look=look, colour=look.palette.ink, xshift=4
        )


CHART: Final = Chart(
    "energy",
    "Energy bill",
    "What did Russian energy cost China?",
    rows,
    words,
    draw,
    marks=("fuel",),
    parts=origins.bought,
)
