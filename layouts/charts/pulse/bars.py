"""How the months are drawn: bars up and down with the balance, or lines of rates and sums."""

from collections.abc import Hashable
from typing import Any, Final

import pandas as pd

from analysis.points import POINT, joined
from layouts.drawing.canvas import Canvas
from layouts.drawing.plot import round_step
from layouts.drawing.sheet import Sheet
from layouts.figure import source_line, time_axis
from layouts.figure.chart import pointed
from layouts.figure.frame import note
from layouts.look.theme import Look
from layouts.words import text
from layouts.words.catalogue import say

_STEPS: Final = (1, 2, 5, 10, 20, 25, 50, 100, 200, 500)
_BALANCED: Final = ("period_start", "period_end", "value", "currency")
_FLOW: Final = "charts.pulse.flow.{}"
_NAME: Final = "charts.pulse.name.{}"
_BRIEF: Final = "charts.pulse.brief.{}"


def name(flow: str) -> str:
    """Return the name of a flow at the end of its series, in two lines."""
    return say(_NAME.format(flow))


def flow_name(flow: str) -> str:
    """Return the name of a flow beside a figure of it: Exports."""
    return say(_FLOW.format(flow))


def bars(figure: Sheet, rows: pd.DataFrame, look: Look) -> None:
    """Exports upwards, imports downwards, both on one scale; the balance as a line where both show."""
    flows = list(rows["flow"].unique())
    mirrored = set(flows) == {"export", "import"}
    first, last = time_axis.at(rows["period_start"].min()), time_axis.at(rows["period_end"].max()) + 1
    gap = 1.6 * (last - first) / figure.frame.wide
    for flow in flows:
        part = rows[rows["flow"].eq(flow)]
        sign = -1 if mirrored and flow == "import" else 1
        y = sign * part["value"] / part["months"] / text.large_unit()
        x = time_axis.place(part["period_start"]) + part["months"] / 2
        _columns(figure, part, x, y, gap, look.palette.flow(flow))
    if mirrored:
        _balance(figure, rows, look)
    _labels(figure, rows, look, mirrored=mirrored)
    figure.update_yaxes(
        zeroline=True,
        zerolinecolor=look.palette.ink,
        zerolinewidth=1,
        tickfont={"size": look.axis, "color": look.palette.ink3},
        nticks=8,
    )
    if mirrored:
        top = float((rows["value"] / rows["months"]).max() / text.large_unit())
        step = round_step(top, 5, _STEPS)
        ticks = [step * k for k in range(-5, 6)]
        figure.update_yaxes(tickvals=ticks, ticktext=[text.number(abs(t), 0) for t in ticks])


def _columns(
    figure: Canvas, part: pd.DataFrame, x: pd.Series, y: pd.Series, gap: float, inks: tuple[str, str, str]
) -> None:
    fill, faint, _ = inks
    wide = part["months"] - gap
    figure.add_bar(
        x=x,
        y=y,
        width=wide,
        marker={"color": part["provisional"].map({True: faint, False: fill}), "line": {"width": 0}},
        **pointed(part, _hover),
    )
    weak = part["provisional"]
    if weak.any():
        figure.add_traces([time_axis.caps(x[weak], wide[weak] / 2, y[weak], fill)])


def _hover(row: dict[Hashable, Any]) -> str:
    """Say a bar's flow, period, value and growth, and whose figure it is."""
    places = {
        "flow": flow_name(str(row["flow"])),
        "period": text.short_span(row["period_start"], row["period_end"]),
        "amount": text.money(row["value"], str(row["currency"])),
        "source": source_line.short(str(row["source"])),
    }
    if pd.isna(row["yoy_pct"]):
        return say("charts.pulse.hover", **places)
    return say("charts.pulse.hover.rated", **places, rate=text.percent(row["yoy_pct"]))


def _balance(figure: Canvas, rows: pd.DataFrame, look: Look) -> None:
    """Exports less imports of each period, at the monthly average."""
    both = balance(rows)
    both["per_month"] = both["value"] / both["months"] / text.large_unit()
    both["label"] = [
        say("charts.pulse.balance", period=text.short_span(a, b), figure=text.signed_bn(v), unit=text.unit_bn(money))
        for a, b, v, money in zip(*(both[name] for name in _BALANCED), strict=True)
    ]
    hover = "%{customdata[0]}<extra></extra>"
    figure.add_traces(
        time_axis.line(both, "per_month", look.palette.ink, width=1.8, halo=look.palette.ground, hover=hover)
    )


def balance(rows: pd.DataFrame) -> pd.DataFrame:
    """Return exports less imports of the periods that have both."""
    keys = ["period_start", "period_end", "months"]
    export, imports = rows[rows["flow"].eq("export")], rows[rows["flow"].eq("import")]
    both = export.merge(imports, on=keys, suffixes=("", "_2"))
    if POINT in both:  # a balance is two figures, and its point names both
        both[POINT] = [joined(pair) for pair in zip(both[POINT], both[f"{POINT}_2"], strict=True)]
    return both.assign(value=both["value"] - both["value_2"], provisional=both["provisional"] | both["provisional_2"])


def _labels(figure: Canvas, rows: pd.DataFrame, look: Look, *, mirrored: bool) -> None:
    """Name each series at its end, with the newest value."""
    end = time_axis.at(rows["period_end"].max()) + 1
    for flow in rows["flow"].unique():
        newest = rows[rows["flow"].eq(flow)].sort_values("period_end").iloc[-1]
        per_month = newest["value"] / newest["months"]
        value = per_month / text.large_unit()
        y = -value if mirrored and flow == "import" else value
        colour, written = look.palette.flow(flow)[2], f"<b>{text.bn(per_month)}</b>"
        if look.narrow:
            note(figure, written, x=end, y=y, look=look, colour=colour, xshift=5)
            _inside(figure, rows, flow, y, look, colour)
        else:
            when = text.short_span(newest["period_start"], newest["period_end"])
            words_ = f"<span style='color:{colour}'><b>{name(flow)}</b></span><br>{written}  {when}"
            note(figure, words_, x=end, y=y * 0.82, look=look, colour=look.palette.ink, xshift=12)
    if mirrored:
        both = balance(rows).sort_values("period_end")
        if len(both):
            value = text.signed_bn(both["value"].iloc[-1] / both["months"].iloc[-1])
            words_ = f"<b>{value if look.narrow else say('charts.pulse.balance.end', figure=value)}</b>"
            note(figure, words_, x=end, y=0, look=look, colour=look.palette.ink, xshift=5 if look.narrow else 12)


def _inside(figure: Canvas, rows: pd.DataFrame, flow: str, y: float, look: Look, colour: str) -> None:
    """On a phone the names stand in the calm corners of the plot."""
    edge = (rows["value"] / rows["months"]).max() / text.large_unit()
    words_ = f"<b>{say(_BRIEF.format(flow))}</b>"
    note(
        figure,
        words_,
        x=time_axis.at(rows["period_start"].min()),
        y=edge if y > 0 else -edge,
        look=look,
        colour=colour,
        xshift=4,
        yanchor="top" if y > 0 else "bottom",
        bgcolor=look.palette.ground,
    )
