"""The marks of the growth chart: bars, a line, printed rates, the article's rate, names at the ends."""

from collections.abc import Hashable
from functools import partial
from typing import Any, Final

import pandas as pd

from analysis.measures.monthly.printed_rates import MONTH
from analysis.measures.monthly.yuan_and_dollars import RATE
from analysis.points import POINT
from layouts.drawing import geometry
from layouts.drawing.canvas import Canvas
from layouts.drawing.plot import Plot, padded
from layouts.drawing.sheet import Sheet
from layouts.figure import source_line, time_axis
from layouts.figure.chart import pointed
from layouts.figure.frame import End, name_ends, note
from layouts.look.theme import Look
from layouts.words import text
from layouts.words.catalogue import say

SUMS: Final = ("3 months", "12 months")
NAMES: Final = {
    "month": "charts.growth.series.month",
    "year to date": "charts.growth.series.to_date",
    "3 months": "charts.growth.series.sum3",
    "12 months": "charts.growth.series.sum12",
}
_COLUMN: Final = 180  # pixels: the least width of the words beside the quoted rate


def edge(rows: pd.DataFrame) -> pd.Timestamp:
    """Return where the axis begins: the first month of the bars, or the end of the first sum."""
    bars = rows.loc[rows["series"].eq("month"), "period_start"].min()
    return pd.Timestamp(bars if pd.notna(bars) else rows["period_end"].min())


def _facts(row: dict[Hashable, Any]) -> tuple[str, str, str]:
    """Return the period of a rate, the rate, and the two figures that it compares, in words."""
    return text.short_span(row["period_start"], row["period_end"]), text.percent(row["yoy_pct"]), _compared(row)


def _of_month(row: dict[Hashable, Any]) -> str:
    return "<b>{}<br>{}</b><br>{}".format(*_facts(row))


def _compared(row: dict[Hashable, Any]) -> str:
    """Say the figure of a rate and its base; of an exchange rate, yuan for a dollar."""
    if row["series"] == RATE:
        now, before = (text.number(row[name], 4) for name in ("value", "base_value"))
        return say("charts.growth.hover.exchange", now=now, before=before)
    now = text.money(row["value"], str(row["currency"]))
    if pd.isna(row["base_value"]):  # a rate as customs print it needs none of ours
        return now
    return say("charts.growth.hover.over", now=now, before=text.money(row["base_value"], str(row["currency"])))


def bars(figure: Sheet, part: pd.DataFrame, look: Look) -> None:
    """Draw the months; the weaker are faint with a cap."""
    p = look.palette
    span = (
        max(1, time_axis.at(part["period_end"].max()) - time_axis.at(part["period_start"].min()) + 1)
        if len(part)
        else 1
    )
    gap = 1.6 * span / figure.frame.wide
    x, y, wide = time_axis.place(part["period_start"]) + part["months"] / 2, part["yoy_pct"], part["months"] - gap
    figure.add_bar(
        x=x,
        y=y,
        width=wide,
        marker={"color": part["provisional"].map({True: p.rest_faint, False: p.rest}), "line": {"width": 0}},
        **pointed(part, _of_month),
    )
    weak = part["provisional"].astype("bool")
    if weak.any():
        figure.add_traces([time_axis.caps(x[weak], wide[weak] / 2, y[weak], p.rest)])


def line(figure: Canvas, part: pd.DataFrame, look: Look, *, by_year: bool, ink: str | None = None) -> None:
    """Draw a line; of years to date one a year, since each January begins anew."""
    ink = ink or look.palette.ink
    if part.empty:
        return
    part = part.assign(
        label=["<br>".join(_facts(row)) for row in part.to_dict("records")],
        provisional=part["provisional"].astype("bool"),
    )
    months = int(part["months"].iloc[0])
    # of sums of three months every second one is missing at the turn of a year: no line leads over it
    apart = 1 if months == 3 else 12
    runs = time_axis.place(part["period_end"]).diff().gt(apart).cumsum()
    groups = part["period_end"].dt.year if by_year else runs
    name = "year to date" if by_year else f"{months} months"
    hover = f"<b>{say(NAMES[name])}</b><br>%{{customdata[0]}}<extra></extra>"
    ends = part.sort_values("period_end").groupby(groups).tail(1)
    # a gap after each year, which costs less than a line for each
    gaps = ends.assign(yoy_pct=float("nan"), period_end=ends["period_end"] + pd.Timedelta(days=15), provisional=True)
    if POINT in gaps:
        gaps[POINT] = ""  # a gap is no point
    figure.add_traces(time_axis.line(pd.concat([part, gaps]), "yoy_pct", ink, halo=look.palette.ground, hover=hover))
    dots = ends if by_year else ends.tail(1)
    figure.add_scatter(
        x=time_axis.place(dots["period_end"]) + 0.5,
        y=dots["yoy_pct"],
        mode="markers",
        marker={"size": 6, "color": ink},
        hoverinfo="skip",
    )


def printed(figure: Canvas, part: pd.DataFrame, currency: str, look: Look) -> None:
    """Mark printed rates that differ: open squares over the bars, open circles beside the line."""
    if part.empty:
        return
    month = part["series"].eq(MONTH)
    middle = time_axis.place(part["period_start"]) + part["months"] / 2
    figure.add_scatter(
        x=middle.where(month, time_axis.place(part["period_end"]) + 0.5),
        y=part["yoy_pct"],
        mode="markers",
        marker={
            "symbol": month.map({True: "square", False: "circle"}),
            "size": 4 if look.narrow else 6,
            "color": look.palette.ground,
            "line": {"width": 1.2, "color": look.palette.ink2},
        },
        **pointed(part, partial(_hover, currency)),
    )


def _hover(currency: str, row: dict[Any, Any]) -> str:
    """Say a printed rate, its currency and release, and what is computed."""
    start, end, released = (pd.Timestamp(str(row[name])) for name in ("period_start", "period_end", "released"))
    rate, ours = text.percent(float(str(row["yoy_pct"]))), text.percent(float(str(row["computed_pct"])))
    unit, source = text.currency_name(currency), source_line.short(str(row["source"]))
    dated = {"source": source, "currency": text.currency_name(str(row["currency"]))}
    lines = [
        say("charts.growth.hover.printed", period=text.short_span(start, end), rate=rate),
        say("charts.growth.hover.undated", **dated)
        if pd.isna(released)
        else say("charts.growth.hover.dated", **dated, day=text.day(released)),
        say("charts.growth.hover.computed", rate=ours, currency=unit),
    ]
    return "<br>".join(lines)


def article(figure: Sheet, rows: pd.DataFrame, drawn: pd.DataFrame, look: Look) -> None:
    """Mark the quoted rate over the months it claims, and say what it really is."""
    quoted = rows[rows["series"].eq("article")]
    if quoted.empty:
        return
    row = quoted.iloc[0]
    first, last = time_axis.at(row["period_start"]), time_axis.at(row["period_end"]) + 1
    colour, rate, reference = look.palette.otherwise, float(row["yoy_pct"]), str(row["reference"])
    mark = {"x": [first, last], "y": [rate, rate], "hovertext": reference, "hoverinfo": "text"}
    figure.add_scatter(mode="lines", line={"color": colour, "width": 3}, **mark)
    begin, end = time_axis.at(edge(drawn)), time_axis.at(drawn["period_end"].max()) + 1
    pixels = figure.frame.wide / (end - begin)
    room = (end - last) * pixels - 16
    beside = room > _COLUMN
    period = text.short_span(row["period_start"], row["period_end"])
    head = say("charts.growth.article", rate=text.per_cent(text.as_typed(rate)), period=period)
    lines = [f"<b>{part}</b>" for part in text.wrap(head, look.axis, room if beside else 999, bold=True)]
    if beside and not look.narrow:
        lines += text.wrap(reference, look.axis, min(270, room))
    place: dict[str, Any] = {"x": end, "xanchor": "right", "xshift": 0}
    if beside:
        place = {"x": last, "xanchor": "left", "xshift": 8}
    wide = max(text.width(part, look.axis) for part in lines) / pixels
    start, stop = (last, last + wide) if beside else (end - wide, end)
    over = _above(drawn, start, stop, rate)
    _headroom(figure, drawn, over, 8 + len(lines) * look.axis * geometry.LINE)
    place |= {"yanchor": "bottom", "yshift": 6, "borderpad": 0, "bgcolor": look.palette.ground}
    note(figure, "<br>".join(lines), y=over, look=look, font={"size": look.axis, "color": colour}, **place)


def _above(drawn: pd.DataFrame, first: float, last: float, rate: float) -> float:
    """Return the height above which nothing is drawn between two months, so that words cover no line."""
    at = time_axis.place(drawn["period_end"])
    near = drawn.loc[at.ge(first - 1) & at.le(last), "yoy_pct"]
    return max(rate, float(near.max())) if len(near) else rate


def _headroom(figure: Sheet, drawn: pd.DataFrame, over: float, pixels: float) -> None:
    """Raise the top of the axis where words would stand above it."""
    low, high = min(0.0, float(drawn["yoy_pct"].min())), max(0.0, float(drawn["yoy_pct"].max()))
    low, high = low - 0.05 * (high - low), high + 0.05 * (high - low)
    tall = figure.frame.high
    figure.update_yaxes(range=[low, max(high, (over - low * pixels / tall) / (1 - pixels / tall))])


def _named(newest: pd.Series, word: str) -> str:
    """Name the months of a rate; a sum of months by its end alone, for want of room."""
    if word in SUMS:
        return say("charts.growth.until", month=text.short_month(newest["period_end"]))
    return text.short_span(newest["period_start"], newest["period_end"])


def ends(figure: Sheet, drawn: pd.DataFrame, named: list[End], look: Look) -> None:
    """Name lines at their ends, beside the last month that is drawn."""
    own = figure["layout"]["yaxis"].get("range")
    low, high = min(0.0, float(drawn["yoy_pct"].min())), max(0.0, float(drawn["yoy_pct"].max()))
    end = time_axis.at(drawn["period_end"].max()) + 1
    name_ends(figure, named, Plot.of(figure, own or padded(low, high)), look, x=end, lines=2)


def labels(figure: Sheet, month: pd.DataFrame, over: pd.DataFrame, name: str, look: Look) -> None:
    """Name both series at their ends."""
    ends(figure, pd.concat([part for part in (month, over) if len(part)]), named(month, over, name, look), look)


def named(month: pd.DataFrame, over: pd.DataFrame, name: str, look: Look) -> list[End]:
    """Return the newest rate of both series, its words and their colour."""
    both = []
    for part, word, colour in ((over, name, look.palette.ink), (month, "month", look.palette.ink3)):
        if len(part):
            newest = part.sort_values("period_end").iloc[-1]
            rate = float(newest["yoy_pct"])
            label = f"<b>{text.percent(rate)}</b>"
            more = f"<b>{say(NAMES[word])}</b><br>{label}  {_named(newest, word)}"
            both.append((rate, label if look.narrow else more, colour))
    return both


def rate_axis(figure: Sheet, look: Look) -> None:
    """Mark the axis of rates in per cent, with a line at nought."""
    figure.update_yaxes(
        zeroline=True,
        zerolinecolor=look.palette.ink,
        ticksuffix=text.per_cent(""),
        nticks=8,
        tickfont={"size": look.axis},
    )
