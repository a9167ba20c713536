"""How cheap is Russian oil to China? Its price beside that of all other crude, and the gap."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import pandas as pd

from analysis import discount, origins, windows
from layouts import text
from layouts.charts import marks, sources
from layouts.charts.base import Chart, Words, ids
from layouts.charts.frame import blank, framed, note
from layouts.theme import PRINT, Look

if TYPE_CHECKING:
    import plotly.graph_objects as go

    from analysis.book import Book
    from analysis.selection import Selection

SINCE: Final = "2017-01"
_PRICES: Final = (0.52, 1.0)  # the part of the height where prices stand; the gap has the part below
_GAPS: Final = (0.0, 0.44)
_COMPARED: Final = ("customs", "baci", "exporter")


def rows(book: Book, selection: Selection) -> pd.DataFrame:
    """Return one row a series and period; Brent as far as the comparison reaches."""
    table = discount.crude(book)
    table = table[selection.covers(table, SINCE)]
    compared = table["series"].isin(_COMPARED)
    inside = table["period_start"].ge(table.loc[compared, "period_start"].min())
    inside &= table["period_end"].le(table.loc[compared, "period_end"].max())
    return table[compared | inside].reset_index(drop=True)


def _years(rows: pd.DataFrame) -> pd.DataFrame:
    """Return the yearly rows that stand for their year: customs' own, else BACI's."""
    whole = rows[rows["kind"].eq("year")]
    whole = whole.assign(year=whole["period_start"].dt.year).sort_values(["year", "series"], ascending=[True, False])
    return whole.drop_duplicates("year").reset_index(drop=True)


def words(rows: pd.DataFrame, selection: Selection) -> Words:
    """Compute finding, subtitle and source line from the rows."""
    del selection
    held = rows[rows["series"].isin(_COMPARED)]
    if held.empty:
        return Words("No crude prices to compare for this choice", "Choose another period", "", "US$/bbl")
    subtitle = (
        f"Crude oil to China, US$ a barrel ({discount.BARRELS_A_TONNE} barrels a tonne), from Russia and from all "
        f"others, CIF; below, the gap in %; {held['period_start'].min():%Y}–{held['period_end'].max():%Y}"
    )
    return Words(_finding(rows), subtitle, sources.line(rows), "US$/bbl", _note(rows))


def _finding(rows: pd.DataFrame) -> str:
    """Say how much less Russian oil cost in the newest year, or the newest month where no year is in view."""
    years = _years(rows)
    shown = years if len(years) else rows[rows["gap_pct"].notna()].sort_values("period_end")
    newest = shown.iloc[-1]
    when = windows.period_name(newest["period_start"], newest["period_end"])
    word = "less" if newest["gap_pct"] < 0 else "more"
    return f"Russian crude cost China {abs(newest['gap_pct']):.1f}% {word} than other crude in {when}"


def _note(rows: pd.DataFrame) -> str:
    said = []
    years = _years(rows)
    if len(years):
        newest = years.iloc[-1]
        saved = newest["saving"] / 1e9
        word = "saving" if saved > 0 else "extra cost"
        said.append(
            f"Implied {word} in {newest['year']}: US${text.NBSP}{abs(saved):.1f}{text.NBSP}bn, "
            "if grade and freight were alike."
        )
    if (rows["series"].eq("customs") & rows["status"].eq("preliminary")).any():
        said.append("Faint, hollow: customs as the press rounds it.")
    if rows["series"].eq("baci").any():
        said.append("Diamonds, thin lines: BACI, FOB, reconciled, with weights partly estimated.")
    if rows["series"].eq("exporter").any():
        said.append("Fine line: months as Russia reported them, FOB, against the rest of China’s, CIF.")
    return " ".join(said)


def draw(rows: pd.DataFrame, selection: Selection, look: Look = PRINT) -> go.Figure:
    """Draw prices above, the gap below, over the same months."""
    figure = blank(look)
    held = rows[rows["series"].isin(_COMPARED)]
    if len(held):
        _axes(figure, look)
        _brent(figure, rows[rows["series"].eq("brent")], look)
        _steps(figure, _years(rows), look)
        _months(figure, held, look)
        _bars(figure, rows, look)
        start, end = held["period_start"].min(), held["period_end"].max()
        marks.month_axis(figure, start, end, look)
        _names(figure, rows, look)
    return framed(figure, words(rows, selection), look, left=34)


def _axes(figure: go.Figure, look: Look) -> None:
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


def _brent(figure: go.Figure, brent: pd.DataFrame, look: Look) -> None:
    figure.add_scatter(
        x=marks.place(brent["period_start"]) + 0.5,
        y=brent["brent_usd_bbl"],
        mode="lines",
        line={"color": look.palette.rest, "width": 1.2},
        ids=ids(brent),
        customdata=brent["period_start"].dt.strftime("%b %Y"),
        hovertemplate="<b>Brent, %{customdata}</b><br>US$ %{y:.1f} a barrel<extra></extra>",
    )


def _steps(figure: go.Figure, years: pd.DataFrame, look: Look) -> None:
    """Draw each year's two prices as level strokes, the year wide; thin where they are FOB."""
    p = look.palette
    named = (("other_usd_bbl", "all other crude", p.ink2), ("russia_usd_bbl", "Russian crude", p.russia))
    for column, name, colour in named:
        for series, part in years.groupby("series"):
            left = marks.place(part["period_start"]) + 0.6
            xs = [x for start in left for x in (start, start + 10.8, None)]
            ys = [y for price in part[column] for y in (price, price, None)]
            tips = [f"{name}, {year}: US$ {price:.1f}" for year, price in zip(part["year"], part[column], strict=True)]
            figure.add_scatter(
                x=xs,
                y=ys,
                mode="lines",
                line={"color": colour, "width": 4 if series == "customs" else 2},
                ids=[name for name in ids(part) or () for _ in range(3)],
                text=[tip for tip in tips for _ in range(3)],
                hovertemplate="<b>%{text}</b> a barrel<extra></extra>",
            )


def _months(figure: go.Figure, held: pd.DataFrame, look: Look) -> None:
    """Draw the gap by month: Russia's own months as a fine line, customs' months as hollow points."""
    p = look.palette
    month = held[held["kind"].eq("month")]
    middle = (marks.place(month["period_start"]) + marks.place(month["period_end"]) + 1) / 2
    for series, mode in (("exporter", "lines"), ("customs", "markers")):
        own = month["series"].eq(series)
        part = month[own]
        names = part["period_start"].dt.strftime("%b %Y")
        figure.add_scatter(
            x=middle[own],
            y=part["gap_pct"],
            yaxis="y2",
            mode=mode,
            line={"color": p.russia_faint, "width": 1.5},
            marker={"size": 6, "color": p.ground, "line": {"color": p.russia, "width": 1.5}, "opacity": 1},
            ids=ids(part),
            customdata=pd.DataFrame({"name": names, "source": part["source"].map(sources.short)}),
            hovertemplate="<b>%{customdata[0]}: %{y:+.1f}%</b><br>%{customdata[1]}<extra></extra>",
        )


def _bars(figure: go.Figure, rows: pd.DataFrame, look: Look) -> None:
    """Draw the gap by year: customs as bars, BACI as diamonds."""
    p = look.palette
    whole = rows[rows["kind"].eq("year")]
    customs, baci = whole[whole["series"].eq("customs")], whole[whole["series"].eq("baci")]
    weak = customs["status"].eq("preliminary")
    x = marks.place(customs["period_start"]) + 6
    figure.add_bar(
        x=x,
        y=customs["gap_pct"],
        yaxis="y2",
        width=7,
        marker={"color": weak.map({True: p.russia_faint, False: p.russia}), "line": {"width": 0}},
        ids=ids(customs),
        customdata=customs["saving"] / 1e9,
        hovertemplate="<b>%{y:+.1f}%</b><br>implied saving US$ %{customdata:.1f} bn<extra></extra>",
    )
    cap = marks.caps(x[weak], [3.5] * int(weak.sum()), customs.loc[weak, "gap_pct"], p.russia)
    figure.add_trace(cap.update(yaxis="y2"))
    figure.add_scatter(
        x=marks.place(baci["period_start"]) + 6,
        y=baci["gap_pct"],
        yaxis="y2",
        mode="markers",
        marker={"symbol": "diamond", "size": 7, "color": p.ink3, "opacity": 1},
        ids=ids(baci),
        hovertemplate="<b>BACI: %{y:+.1f}%</b><extra></extra>",
    )


def _names(figure: go.Figure, rows: pd.DataFrame, look: Look) -> None:
    """Name prices at the right, gaps and savings above their bars, Brent at its peak."""
    p = look.palette
    years = _years(rows)
    for row in years[years["series"].eq("customs")].to_dict("records"):
        said = f"<b>{text.signed(row['gap_pct'])}{'' if look.narrow else '%'}</b>"
        if row["saving"] > 0 and not look.narrow:
            said += f"<br>US${text.NBSP}{row['saving'] / 1e9:.1f}{text.NBSP}bn"
        font = {"size": 11 if look.narrow else look.axis, "color": p.russia_text}
        place: dict[str, Any] = {"x": marks.at(row["period_start"]) + 6, "y": max(0.0, row["gap_pct"]), "yref": "y2"}
        place |= {"xanchor": "center", "align": "center", "yanchor": "bottom", "yshift": 2, "font": font}
        note(figure, said, look=look, bgcolor=p.ground, borderpad=0, **place)
    if len(years):
        _ends(figure, years.iloc[-1], look)
    brent = rows[rows["series"].eq("brent")]
    if len(brent):
        top = brent.iloc[int(brent["brent_usd_bbl"].to_numpy().argmax())]
        at = marks.at(top["period_start"]) + 0.5
        note(figure, "Brent", x=at, y=top["brent_usd_bbl"], look=look, colour=p.ink3, xshift=8, yshift=4)


def _ends(figure: go.Figure, newest: pd.Series, look: Look) -> None:
    """Name both prices of the newest year at the right edge."""
    end, year = marks.at(newest["period_end"]) + 1, newest["year"]
    prices = [float(newest["other_usd_bbl"]), float(newest["russia_usd_bbl"])]
    lift = marks.apart(prices, 3 * max(prices), look, 2)
    named = (("Other crude", look.palette.ink2), ("Russian crude", look.palette.russia_text))
    for price, (name, colour), shift in zip(prices, named, lift, strict=True):
        said = f"<b>{price:.1f}</b>" if look.narrow else f"<b>{name}</b><br><b>{price:.1f}</b>  in {year}"
        side = {"xshift": 5 if look.narrow else 12, "yshift": shift}
        note(figure, said, x=end, y=price, look=look, colour=colour, **side)


CHART: Final = Chart(
    "discount",
    "Discount",
    "How cheap is Russian oil to China?",
    rows,
    words,
    draw,
    caveat=(
        "A gap in unit values is not a pure discount: grades differ, pipeline oil pays less freight, and prices of a "
        "load are fixed weeks before it lands. Oil that passes as another country’s is counted there."
    ),
    marks=("series", "kind"),
    parts=origins.priced,
)
