"""How cheap is Russian oil to China? Its price beside that of all other crude, and the gap."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from analysis.basis import Basis, Print
from analysis.measures.energy import discount
from analysis.trace import row_parts
from layouts.drawing import geometry
from layouts.drawing.plot import Plot, padded
from layouts.figure import instead, source_line, time_axis
from layouts.figure.chart import Chart, Stated, Words, ids
from layouts.figure.frame import blank, framed, note
from layouts.look.theme import PRINT, Look
from layouts.words import text

if TYPE_CHECKING:
    import pandas as pd

    from analysis.dataset import Dataset
    from analysis.selection import Selection
    from layouts.drawing.canvas import Canvas
    from layouts.drawing.sheet import Sheet

SINCE: Final = "2016-01"
_PRICES: Final = (0.52, 1.0)  # the part of the height where prices stand; the gap has the part below
_GAPS: Final = (0.0, 0.44)
_PRICED: Final = ("customs", discount.ALONE)


def rows(dataset: Dataset, selection: Selection) -> pd.DataFrame:
    """Return one row a series and period; Brent as far as the comparison reaches."""
    table = discount.crude(dataset)
    table = table[selection.covers(table, SINCE)]
    priced = table["series"].isin(_PRICED)
    inside = table["period_start"].ge(table.loc[priced, "period_start"].min())
    inside &= table["period_end"].le(table.loc[priced, "period_end"].max())
    return table[priced | inside].reset_index(drop=True)


def _years(rows: pd.DataFrame) -> pd.DataFrame:
    """Return the years that have both prices."""
    whole = rows[rows["gap_pct"].notna()].sort_values("period_start")
    return whole.assign(year=whole["period_start"].dt.year).reset_index(drop=True)


@instead.said
def words(rows: pd.DataFrame, selection: Selection) -> Words:
    """Compute finding, subtitle and source line from the rows."""
    del selection
    held = rows[rows["series"].isin(_PRICED)]
    if held.empty:
        lacking = "Lacking: value and weight of China’s crude from Russia, by China’s customs, for a whole year"
        return Words("No price of Russian crude can be computed", lacking, "", "US$/bbl")
    subtitle = (
        f"Crude oil to China, US$ a barrel ({discount.BARRELS_A_TONNE} barrels a tonne), from Russia and from all "
        "others, both as China’s customs count them, CIF; below, the gap in %; "
        f"{text.years(held['period_start'].min().year, held['period_end'].max().year)}"
    )
    finding, stated = _finding(rows)
    return Words(finding, subtitle, source_line.line(rows), "US$/bbl", _note(rows), (stated,))


def _finding(rows: pd.DataFrame) -> tuple[str, Stated]:
    """Say how much less Russian oil cost in the newest year, or its price where no gap is in view."""
    years = _years(rows)
    shown = years if len(years) else rows[rows["series"].eq(discount.ALONE)].sort_values("period_end")
    newest = shown.iloc[-1]
    span, year = (newest["period_start"], newest["period_end"]), f"{newest['period_end']:%Y}"
    if not len(years):
        price = float(newest["russia_usd_bbl"])
        printed = ", as first printed" if Basis.read(newest["basis"]).print is Print.FIRST else ""
        said = f"Russian crude cost China US${text.NBSP}{price:.1f} a barrel in {year}{printed}"
        return said, Stated(price, str(newest["basis"]), *span)
    word = "less" if newest["gap_pct"] < 0 else "more"
    said = f"Russian crude cost China {abs(newest['gap_pct']):.1f}% {word} than other crude in {year}"
    return said, Stated(float(newest["gap_pct"]), str(newest["basis"]), *span, str(newest["base_basis"]))


def _note(rows: pd.DataFrame) -> str:
    said, years = [], _years(rows)
    if len(years):
        newest = years.iloc[-1]
        saved = newest["saving"] / 1e9
        word = "saving" if saved > 0 else "extra cost"
        said.append(
            f"Implied {word} in {newest['year']}: US${text.NBSP}{abs(saved):.1f}{text.NBSP}bn, "
            "if grade and freight were alike."
        )
    if years["source"].eq("baci").any():
        carried = text.listed(str(year) for year in years.loc[years["source"].eq("baci"), "year"])
        said.append(f"{carried}: customs’ count as BACI carries it, with the tonnes that customs printed.")
    alone = rows[rows["series"].eq(discount.ALONE)]
    for reason, part in alone.groupby("refused"):
        years_ = part["period_start"].dt.year
        missing = f"{years_.min()}–{years_.max()}" if years_.nunique() > 2 else text.listed(years_.astype("str"))
        said.append(f"No gap for {missing} (thin stroke): {reason}.")
    return " ".join(said)


@instead.seen
def draw(rows: pd.DataFrame, selection: Selection, look: Look = PRINT) -> Canvas:
    """Draw prices above, the gap below, over the same months."""
    figure = blank(look, words(rows, selection), geometry.room(look, left=geometry.scale(look, "−20%")))
    held = rows[rows["series"].isin(_PRICED)]
    if len(held):
        _axes(figure, look)
        _brent(figure, rows[rows["series"].eq("brent")], look)
        _steps(figure, held, look)
        _bars(figure, rows, look)
        start, end = held["period_start"].min(), held["period_end"].max()
        time_axis.month_axis(figure, start, end, look)
        _names(figure, rows, look)
    return framed(figure)


def _axes(figure: Canvas, look: Look) -> None:
    """Set one panel above the other; both share the months."""
    p = look.palette
    tick = {"tickfont": {"size": look.axis, "color": p.ink3}}
    figure.update_yaxes(domain=_PRICES, rangemode="tozero", nticks=5, **tick)
    figure.update_layout(
        yaxis2={
            "domain": _GAPS,
            "anchor": "x",
            "showgrid": True,
            "gridcolor": p.rule,
            "zeroline": True,
            "zerolinecolor": p.ink,
            "fixedrange": True,
            "ticksuffix": "%",
            "nticks": 4,
            **tick,
        }
    )
    figure.update_xaxes(anchor="y2")


def _brent(figure: Canvas, brent: pd.DataFrame, look: Look) -> None:
    figure.add_scatter(
        x=time_axis.place(brent["period_start"]) + 0.5,
        y=brent["brent_usd_bbl"],
        mode="lines",
        line={"color": look.palette.rest, "width": 1.2},
        ids=ids(brent),
        customdata=brent["period_start"].dt.strftime("%b %Y"),
        hovertemplate="<b>Brent, %{customdata}</b><br>US$ %{y:.1f} a barrel<extra></extra>",
    )


def _steps(figure: Canvas, priced: pd.DataFrame, look: Look) -> None:
    """Draw each year's prices as level strokes, the year wide; thin where there is nothing to compare with."""
    p = look.palette
    named = (("other_usd_bbl", "all other crude", p.ink2), ("russia_usd_bbl", "Russian crude", p.russia))
    for column, name, colour in named:
        for series, part in priced[priced[column].notna()].groupby("series"):
            left = time_axis.place(part["period_start"]) + 0.6
            xs = [x for start in left for x in (start, start + 10.8, None)]
            ys = [y for price in part[column] for y in (price, price, None)]
            years = part["period_start"].dt.year
            tips = [f"{name}, {year}: US$ {price:.1f}" for year, price in zip(years, part[column], strict=True)]
            figure.add_scatter(
                x=xs,
                y=ys,
                mode="lines",
                line={"color": colour, "width": 4 if series == "customs" else 2},
                ids=[name for name in ids(part) or () for _ in range(3)],
                text=[tip for tip in tips for _ in range(3)],
                hovertemplate="<b>%{text}</b> a barrel<extra></extra>",
            )


def _bars(figure: Canvas, rows: pd.DataFrame, look: Look) -> None:
    """Draw the gap by year; say where there is none."""
    p, years = look.palette, _years(rows)
    figure.add_bar(
        x=time_axis.place(years["period_start"]) + 6,
        y=years["gap_pct"],
        yaxis="y2",
        width=7,
        marker={"color": p.russia, "line": {"width": 0}},
        ids=ids(years),
        customdata=years["saving"] / 1e9,
        hovertemplate="<b>%{y:+.1f}%</b><br>implied saving US$ %{customdata:.1f} bn<extra></extra>",
    )
    for row in rows[rows["series"].eq(discount.ALONE)].to_dict("records"):
        where = {"yref": "y2", "xanchor": "center", "align": "center", "yanchor": "bottom", "yshift": 2}
        said = "–" if look.narrow else "not on<br>one basis"
        note(figure, said, x=time_axis.at(row["period_start"]) + 6, y=0, look=look, colour=p.ink3, **where)


def _names(figure: Sheet, rows: pd.DataFrame, look: Look) -> None:
    """Name prices at the right, gaps and savings above their bars, Brent at its peak."""
    p = look.palette
    years = _years(rows)
    for row in years.to_dict("records"):
        said = f"<b>{text.signed(row['gap_pct'])}{'' if look.narrow else '%'}</b>"
        if row["saving"] > 0 and not look.narrow:
            said += f"<br>US${text.NBSP}{row['saving'] / 1e9:.1f}{text.NBSP}bn"
        font = {"size": 11 if look.narrow else look.axis, "color": p.russia_text}
        place: dict[str, Any] = {
            "x": time_axis.at(row["period_start"]) + 6,
            "y": max(0.0, row["gap_pct"]),
            "yref": "y2",
        }
        place |= {"xanchor": "center", "align": "center", "yanchor": "bottom", "yshift": 2, "font": font}
        note(figure, said, look=look, bgcolor=p.ground, borderpad=0, **place)
    if len(years):
        drawn = rows[["brent_usd_bbl", "other_usd_bbl", "russia_usd_bbl"]].max().max()
        _ends(figure, years.iloc[-1], float(drawn), look)
    brent = rows[rows["series"].eq("brent")]
    if len(brent):
        top = brent.iloc[int(brent["brent_usd_bbl"].to_numpy().argmax())]
        at = time_axis.at(top["period_start"]) + 0.5
        note(figure, "Brent", x=at, y=top["brent_usd_bbl"], look=look, colour=p.ink3, xshift=8, yshift=4)


def _ends(figure: Sheet, newest: pd.Series, top: float, look: Look) -> None:
    """Name both prices of the newest year at the right edge; ``top`` is the highest price drawn."""
    end, year = time_axis.at(newest["period_end"]) + 1, newest["year"]
    prices = [float(newest["other_usd_bbl"]), float(newest["russia_usd_bbl"])]
    lift = Plot.of(figure, padded(0.0, top)).lifts(prices, look.label, 1 if look.narrow else 2)
    named = (("Other crude", look.palette.ink2), ("Russian crude", look.palette.russia_text))
    for price, (name, colour), shift in zip(prices, named, lift, strict=True):
        if shift is None:
            continue
        said = f"<b>{price:.1f}</b>" if look.narrow else f"<b>{name}</b><br><b>{price:.1f}</b>  in {year}"
        side = {"xshift": 5 if look.narrow else 12, "yshift": shift}
        note(figure, said, x=end, y=price, look=look, colour=colour, **side)


CHART: Final = Chart(
    "discount",
    rows,
    words,
    draw,
    marks=("series", "kind"),
    parts=row_parts.priced,
)
