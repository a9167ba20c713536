"""How cheap is Russian oil to China? Its price beside that of all other crude, and the gap."""

from collections.abc import Hashable
from typing import Any, Final

import pandas as pd

from analysis.basis import Basis, Print
from analysis.dataset import Dataset
from analysis.measures.energy import discount
from analysis.selection import Selection
from analysis.source_names import serves
from analysis.trace import row_parts
from layouts.drawing import geometry
from layouts.drawing.canvas import Canvas
from layouts.drawing.plot import Plot, padded
from layouts.drawing.sheet import Sheet
from layouts.figure import instead, source_line, time_axis
from layouts.figure.chart import Chart, Stated, Words, ids, pointed
from layouts.figure.frame import blank, framed, name_ends, note
from layouts.look.theme import PRINT, Look
from layouts.words import text
from layouts.words.catalogue import say
from loaders.core.source_records import SourceRole

SINCE: Final = "2016-01"
_FEW: Final = 3  # years without a gap that each say why
_SAVINGS: Final = 900  # pixels of a picture whose columns have room for an amount above them
_PRICES: Final = (0.52, 1.0)  # the part of the height where prices stand; the gap has the part below
_GAPS: Final = (0.0, 0.44)
_PRICED: Final = ("customs", discount.ALONE)
_CRUDES: Final = {"other_usd_bbl": "charts.discount.other", "russia_usd_bbl": "charts.discount.russian"}
_REFUSED: Final = {
    discount.FIRST_PRINT: "charts.discount.refused.first_print",
    discount.NO_WHOLE: "charts.discount.refused.no_whole",
}


def rows(dataset: Dataset, selection: Selection) -> pd.DataFrame:
    """Return one row a series and period; Brent as far as the comparison reaches; ``refused`` is in words."""
    table = discount.crude(dataset)
    table = table[selection.covers(table, SINCE)]
    priced = table["series"].isin(_PRICED)
    inside = table["period_start"].ge(table.loc[priced, "period_start"].min())
    inside &= table["period_end"].le(table.loc[priced, "period_end"].max())
    words = {reason: say(key) for reason, key in _REFUSED.items()}
    return table[priced | inside].replace({"refused": words}).reset_index(drop=True)


def _years(rows: pd.DataFrame) -> pd.DataFrame:
    """Return the years that have both prices."""
    whole = rows[rows["gap_pct"].notna()].sort_values("period_start")
    return whole.assign(year=whole["period_start"].dt.year).reset_index(drop=True)


@instead.worded
def words(rows: pd.DataFrame, selection: Selection) -> Words:
    """Compute finding, subtitle and source line from the rows."""
    del selection
    priced = rows[rows["series"].isin(_PRICED)]
    unit = say("charts.discount.unit")
    if priced.empty:
        return Words(say("charts.discount.empty"), say("charts.discount.lacking"), "", unit)
    subtitle = say(
        "charts.discount.subtitle",
        factor=text.number(discount.BARRELS_A_TONNE, 2),
        years=text.years(priced["period_start"].min().year, priced["period_end"].max().year),
    )
    finding, stated = _finding(rows)
    return Words(finding, subtitle, source_line.line(rows), unit, _note(rows), (stated,))


def _finding(rows: pd.DataFrame) -> tuple[str, Stated]:
    """Say how much less Russian oil cost in the newest year, or its price where no gap is in view."""
    years = _years(rows)
    shown = years if len(years) else rows[rows["series"].eq(discount.ALONE)].sort_values("period_end")
    newest = shown.iloc[-1]
    span, year = (newest["period_start"], newest["period_end"]), text.year(newest["period_end"].year)
    if not len(years):
        price = float(newest["russia_usd_bbl"])
        first = Basis.read(newest["basis"]).print is Print.FIRST
        key = "charts.discount.price_first" if first else "charts.discount.price"
        return say(key, price=text.number(price), year=year), Stated(price, str(newest["basis"]), *span)
    key = "charts.discount.less" if newest["gap_pct"] < 0 else "charts.discount.more"
    sentence = say(key, gap=text.share(abs(newest["gap_pct"])), year=year)
    return sentence, Stated(float(newest["gap_pct"]), str(newest["basis"]), *span, str(newest["base_basis"]))


def _note(rows: pd.DataFrame) -> str:
    sentences, years = [], _years(rows)
    if len(years):
        newest = years.iloc[-1]
        saved = float(newest["saving"])
        key = "charts.discount.saved" if saved > 0 else "charts.discount.cost_more"
        sentences.append(say(key, year=text.year(newest["year"]), amount=text.money(abs(saved), "USD")))
    if serves(years, SourceRole.MERGED).any():
        carried = text.listed(text.year(year) for year in years.loc[serves(years, SourceRole.MERGED), "year"])
        sentences.append(say("charts.discount.carried", years=carried))
    alone = rows[rows["series"].eq(discount.ALONE)]
    for reason, part in alone.groupby("refused"):
        missing = _years_of(sorted(set(part["period_start"].dt.year)))
        sentences.append(say("charts.discount.no_gap", years=missing, reason=str(reason)))
    return text.sentences(sentences)


def _years_of(years: list[int]) -> str:
    return text.years(years[0], years[-1]) if len(years) > 2 else text.listed(map(text.year, years))


@instead.seen
def draw(rows: pd.DataFrame, selection: Selection, look: Look = PRINT) -> Canvas:
    """Draw prices above, the gap below, over the same months."""
    figure = blank(look, words(rows, selection), geometry.room(look, left=geometry.scale(look, text.share(-20.0, 0))))
    priced = rows[rows["series"].isin(_PRICED)]
    if len(priced):
        _axes(figure, look)
        _brent(figure, rows[rows["series"].eq("brent")], look)
        _steps(figure, priced, look)
        _bars(figure, rows, look)
        start, end = priced["period_start"].min(), priced["period_end"].max()
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
            "ticksuffix": text.per_cent(""),
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
        customdata=[
            say("charts.discount.hover.brent", month=text.short_month(month), price=text.number(price))
            for month, price in zip(brent["period_start"], brent["brent_usd_bbl"], strict=True)
        ],
        hovertemplate="%{customdata}<extra></extra>",
    )


def _steps(figure: Canvas, priced: pd.DataFrame, look: Look) -> None:
    """Draw each year's prices as level strokes, the year wide; thin where there is nothing to compare with."""
    p = look.palette
    hovers = {"other_usd_bbl": "charts.discount.hover.other", "russia_usd_bbl": "charts.discount.hover.russian"}
    for column, colour in (("other_usd_bbl", p.ink2), ("russia_usd_bbl", p.russia)):
        for series, part in priced[priced[column].notna()].groupby("series"):
            left = time_axis.place(part["period_start"]) + 0.6
            xs = [x for start in left for x in (start, start + 10.8, None)]
            ys = [y for price in part[column] for y in (price, price, None)]
            years = part["period_start"].dt.year
            tips = [
                say(hovers[column], year=text.year(year), price=text.number(price))
                for year, price in zip(years, part[column], strict=True)
            ]
            figure.add_scatter(
                x=xs,
                y=ys,
                mode="lines",
                line={"color": colour, "width": 4 if series == "customs" else 2},
                ids=[name for name in ids(part) or () for _ in range(3)],
                text=[tip for tip in tips for _ in range(3)],
                hovertemplate="%{text}<extra></extra>",
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
        **pointed(years, _hover),
    )
    alone = rows[rows["series"].eq(discount.ALONE)].to_dict("records")
    short = look.narrow or len(alone) > _FEW  # the note says it of all
    for row in alone:
        where = {"yref": "y2", "xanchor": "center", "align": "center", "yanchor": "bottom", "yshift": 2}
        label = "–" if short else "<br>".join(text.wrap(say("charts.discount.not_on_one_basis"), look.axis, 64))
        note(figure, label, x=time_axis.at(row["period_start"]) + 6, y=0, look=look, colour=p.ink3, **where)


def _hover(row: dict[Hashable, Any]) -> str:
    key = "charts.discount.hover.saved" if row["saving"] > 0 else "charts.discount.hover.cost_more"
    return say(key, gap=text.percent(row["gap_pct"]), amount=text.money(abs(row["saving"]), "USD"))


def _names(figure: Sheet, rows: pd.DataFrame, look: Look) -> None:
    """Name prices at the right, gaps and savings above their bars, Brent at its peak."""
    p = look.palette
    years = _years(rows)
    for row in years.to_dict("records"):
        label = f"<b>{text.signed(row['gap_pct']) if look.narrow else text.percent(row['gap_pct'])}</b>"
        if row["saving"] > 0 and look.width >= _SAVINGS:
            label += f"<br>{say('charts.discount.saving', figure=text.bn(row['saving']))}"
        font = {"size": 11 if look.narrow else look.axis, "color": p.russia_text}
        place: dict[str, Any] = {
            "x": time_axis.at(row["period_start"]) + 6,
            "y": max(0.0, row["gap_pct"]),
            "yref": "y2",
        }
        place |= {"xanchor": "center", "align": "center", "yanchor": "bottom", "yshift": 2, "font": font}
        note(figure, label, look=look, bgcolor=p.ground, borderpad=0, **place)
    if len(years):
        drawn = rows[["brent_usd_bbl", "other_usd_bbl", "russia_usd_bbl"]].max().max()
        _ends(figure, years.iloc[-1], float(drawn), look)
    _name_brent(figure, rows[rows["series"].eq("brent")], look)


def _name_brent(figure: Sheet, brent: pd.DataFrame, look: Look) -> None:
    """Name Brent above its peak, to the left of it where the picture ends soon after."""
    if brent.empty:
        return
    top = brent.iloc[int(brent["brent_usd_bbl"].to_numpy().argmax())]
    at, name = time_axis.at(top["period_start"]) + 0.5, say("charts.discount.brent")
    beyond = Plot.of(figure).at(at, 0)[0] + 8 + text.width(name, look.label) > figure.frame.wide
    side: dict[str, Any] = {"xanchor": "right", "xshift": -8} if beyond else {"xshift": 8}
    note(figure, name, x=at, y=top["brent_usd_bbl"], look=look, colour=look.palette.ink3, yshift=4, **side)


def _ends(figure: Sheet, newest: pd.Series, top: float, look: Look) -> None:
    """Name both prices of the newest year at the right edge; ``top`` is the highest price drawn."""
    end, year = time_axis.at(newest["period_end"]) + 1, text.year(newest["year"])
    prices = [float(newest["other_usd_bbl"]), float(newest["russia_usd_bbl"])]
    colours, ends = (look.palette.ink2, look.palette.russia_text), []
    for price, key, colour in zip(prices, _CRUDES.values(), colours, strict=True):
        value = f"<b>{text.number(price)}</b>"
        more = f"<b>{say(key)}</b><br>{say('charts.discount.price_in', price=value, year=year)}"
        ends.append((price, value if look.narrow else more, colour))
    name_ends(figure, ends, Plot.of(figure, padded(0.0, top)), look, x=end, lines=2)


CHART: Final = Chart(
    "discount",
    rows,
    words,
    draw,
    marks=("series", "kind"),
    parts=row_parts.priced,
)
