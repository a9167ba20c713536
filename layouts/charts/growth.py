"""How fast, on what base? Growth by month and year to date, the article's rate marked."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pandas as pd

from analysis import claims, growth, windows
from layouts import text
from layouts.charts import marks, sources
from layouts.charts.base import Chart, Words, blank, framed, ids, note
from layouts.charts.pulse import SINCE, currency_of
from layouts.theme import PRINT, Look

if TYPE_CHECKING:
    import plotly.graph_objects as go

    from analysis.book import Book
    from analysis.selection import Selection

CLAIM: Final = "trade-growth-2023h1"
SERIES: Final = {"month": "same months a year before", "year to date": "January to that month"}
_FLOW: Final = {"total": "trade with Russia, both ways", "export": "exports to Russia", "import": "imports from Russia"}


def flow_of(selection: Selection) -> str:
    """Return the one flow shown: trade both ways unless one was asked for."""
    return selection.flow if selection.flow in {"export", "import"} else "total"


def rows(book: Book, selection: Selection) -> pd.DataFrame:
    """Return growth by month and year to date, and the article's rate where its window is in view."""
    currency, flow = currency_of(selection), flow_of(selection)
    parts = [
        growth.by_month(book, currency).assign(series="month"),
        growth.year_to_date(book, currency).assign(series="year to date"),
    ]
    table = pd.concat(parts, ignore_index=True)
    shown = table["flow"].eq(flow) & table["yoy_pct"].notna() & selection.covers(table, SINCE)
    marked = _article(book, selection) if flow == "total" else table.iloc[:0]
    out = pd.concat([table[shown], marked], ignore_index=True) if len(marked) else table[shown]
    first = ["series", *[column for column in out.columns if column != "series"]]
    return out[first].reset_index(drop=True)


def _article(book: Book, selection: Selection) -> pd.DataFrame:
    """Return the article's growth claim as a row, and in words what it really is."""
    verdict = next((v for v in claims.judge(book) if v.id == CLAIM), None)
    if verdict is None:
        return pd.DataFrame()
    row = {
        "series": "article",
        "flow": "total",
        "period_start": pd.Timestamp(f"{verdict.period_start}-01"),
        "period_end": pd.Timestamp(f"{verdict.period_end}-01"),
        "yoy_pct": float(verdict.value),
        "source": "article",
        "status": "estimated",
        "provisional": False,
        "reference": verdict.sentence,
    }
    table = pd.DataFrame([row])
    return table[selection.covers(table, SINCE)]


def words(rows: pd.DataFrame, selection: Selection) -> Words:
    """Compute finding, subtitle and source line from the rows."""
    held = rows[rows["series"].isin(list(SERIES))]
    if held.empty:
        return Words("No growth rates for this choice", "Choose another period, flow or currency", "", "%")
    currency, flow = currency_of(selection), flow_of(selection)
    money = "US dollars" if currency == "USD" else "yuan"
    subtitle = (
        f"China’s {_FLOW[flow]}, {money}, change on the same months a year before, %, "
        f"{text.span(held['period_start'].min(), held['period_end'].max())}"
    )
    side = " Printed rates differ: customs print them on a base revised since." if flow == "total" else ""
    return Words(
        _finding(held),
        subtitle,
        sources.line(rows),
        "%",
        f"January and February are compared together since 2020.{side}",
    )


def _finding(held: pd.DataFrame) -> str:
    """Compare the newest year to date with the same a year before."""
    to_date = held[held["series"].eq("year to date")].sort_values("period_end")
    if to_date.empty:
        newest = held.sort_values("period_end").iloc[-1]
        return (
            f"{text.percent(newest['yoy_pct'])} in {windows.period_name(newest['period_start'], newest['period_end'])}"
        )
    newest = to_date.iloc[-1]
    name = windows.period_name(newest["period_start"], newest["period_end"])
    before = to_date[to_date["period_end"].eq(newest["period_end"] - pd.DateOffset(years=1))]
    rate = newest["yoy_pct"]
    way = "up" if rate > 0 else "down"
    said = f"{name}: {way} {text.number(abs(rate))}% on a year before"
    if len(before):
        last = before.iloc[0]["yoy_pct"]
        said += f", after {text.percent(last)} in {newest['period_end'].year - 1}"
    return said


def draw(rows: pd.DataFrame, selection: Selection, look: Look = PRINT) -> go.Figure:
    """Draw the months as bars and the year to date as a line."""
    figure = blank(look)
    said = words(rows, selection)
    month, to_date = rows[rows["series"].eq("month")], rows[rows["series"].eq("year to date")]
    held = rows[rows["series"].isin(list(SERIES))]
    weak = marks.weak_tail(held, "period_start") if len(held) else None
    if len(held):
        _bars(figure, month, look)
        _line(figure, to_date, look)
        start, end = held["period_start"].min(), held["period_end"].max()
        marks.month_axis(figure, start, end, look)
        if weak is not None:
            marks.bracket(figure, marks.at(weak), marks.at(end) + 1, "faint, dashed: preliminary", look)
        _mark_article(figure, rows, look)
        _labels(figure, month, to_date, look)
    figure.update_yaxes(
        zeroline=True, zerolinecolor=look.palette.ink, ticksuffix="%", nticks=8, tickfont={"size": look.axis}
    )
    return framed(figure, said, look, below=30 if weak is None else 46)


def _custom(part: pd.DataFrame) -> pd.DataFrame:
    names = [windows.period_name(a, b) for a, b in zip(part["period_start"], part["period_end"], strict=True)]
    values = [f"{text.bn(v)} over {text.bn(b)} bn" for v, b in zip(part["value"], part["base_value"], strict=True)]
    return pd.DataFrame({"label": names, "rate": part["yoy_pct"].map(text.percent), "values": values})


def _bars(figure: go.Figure, part: pd.DataFrame, look: Look) -> None:
    p = look.palette
    span = max(1, marks.at(part["period_end"].max()) - marks.at(part["period_start"].min()) + 1) if len(part) else 1
    gap = 1.6 * span / max(1, look.width - 2 * look.margin - 44 - look.gutter)
    x, y, wide = marks.place(part["period_start"]) + part["months"] / 2, part["yoy_pct"], part["months"] - gap
    figure.add_bar(
        x=x,
        y=y,
        width=wide,
        marker={"color": part["provisional"].map({True: p.rest_faint, False: p.rest}), "line": {"width": 0}},
        ids=ids(part),
        customdata=_custom(part),
        hovertemplate="<b>%{customdata[0]}: %{customdata[1]}</b><br>%{customdata[2]}<extra></extra>",
    )
    weak = part["provisional"].astype("bool")
    if weak.any():
        figure.add_trace(marks.caps(x[weak], wide[weak] / 2, y[weak], p.rest))


def _line(figure: go.Figure, part: pd.DataFrame, look: Look) -> None:
    """Draw one line a year: each January begins anew."""
    part = part.assign(
        label=[f"{a}: {b} ({c})" for a, b, c in _custom(part).itertuples(index=False)],
        provisional=part["provisional"].astype("bool"),
    )
    for _, year in part.groupby(part["period_end"].dt.year):
        for trace in marks.line(
            year,
            "yoy_pct",
            look.palette.ink,
            look,
            halo=True,
            hover="<b>Year to date</b><br>%{customdata[0]}<extra></extra>",
        ):
            figure.add_trace(trace)
    ends = part.sort_values("period_end").groupby(part["period_end"].dt.year).tail(1)
    figure.add_scatter(
        x=marks.place(ends["period_end"]) + 0.5,
        y=ends["yoy_pct"],
        mode="markers",
        marker={"size": 6, "color": look.palette.ink},
        hoverinfo="skip",
    )


def _mark_article(figure: go.Figure, rows: pd.DataFrame, look: Look) -> None:
    """Mark the quoted rate over the months it claims, and say what it really is."""
    article = rows[rows["series"].eq("article")]
    if article.empty:
        return
    row = article.iloc[0]
    first, last = marks.at(row["period_start"]), marks.at(row["period_end"]) + 1
    colour, rate, reference = look.palette.otherwise, float(row["yoy_pct"]), str(row["reference"])
    line = {"color": colour, "width": 3}
    mark = {"x": [first, last], "y": [rate, rate], "hovertext": reference, "hoverinfo": "text"}
    figure.add_scatter(mode="lines", line=line, **mark)
    begin, end = marks.at(rows["period_start"].min()), marks.at(rows["period_end"].max()) + 1
    room = (end - last) / (end - begin) * (look.width - 2 * look.margin - 44 - look.gutter) - 16
    said = f"<b>Article: {rate:g}%, {windows.period_name(row['period_start'], row['period_end'])}, in US$</b>"
    beside = room > 190
    if beside and not look.narrow:
        said = "<br>".join([said, *text.wrap(reference, look.axis, min(270, room))])
    place = {"x": last, "xanchor": "left", "xshift": 8} if beside else {"x": end, "xanchor": "right", "xshift": 0}
    figure.add_annotation(
        text=said,
        y=rate,
        yanchor="middle" if beside else "bottom",
        yshift=0 if beside else 8,
        align="left",
        showarrow=False,
        bgcolor=look.palette.ground,
        font={"size": look.axis, "color": colour},
        **place,
    )


def _labels(figure: go.Figure, month: pd.DataFrame, to_date: pd.DataFrame, look: Look) -> None:
    """Name both series at their ends."""
    both = pd.concat([month, to_date])
    end = marks.at(both["period_end"].max()) + 1
    named = ((to_date, "Year to date", look.palette.ink), (month, "By month", look.palette.ink3))
    ends = [(part.sort_values("period_end").iloc[-1], name, colour) for part, name, colour in named if len(part)]
    spread = float(both["yoy_pct"].max() - both["yoy_pct"].min())
    moves = marks.apart([float(newest["yoy_pct"]) for newest, *_ in ends], spread, look, 2)
    for (newest, name, colour), move in zip(ends, moves, strict=True):
        rate = text.percent(float(newest["yoy_pct"]))
        when = windows.period_name(newest["period_start"], newest["period_end"])
        said = f"<b>{rate}</b>" if look.narrow else f"<b>{name}</b><br><b>{rate}</b>  {when}"
        y, shift = float(newest["yoy_pct"]), 5 if look.narrow else 12
        note(figure, said, x=end, y=y, look=look, colour=colour, xshift=shift, yshift=move)


CHART: Final = Chart("growth", "Growth", "How fast, on what base?", rows, words, draw, marks=("series", "flow"))
