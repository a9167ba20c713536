"""Do the two customs offices agree? The buyer's figure above the seller's, and what freight can explain."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pandas as pd

from analysis import windows
from analysis.measures.partners import mirror
from analysis.trace import row_parts
from layouts.charts.mirror import labels
from layouts.drawing import geometry
from layouts.figure import instead, source_line, time_axis
from layouts.figure.chart import Chart, Choice, Stated, Words, ids
from layouts.figure.frame import blank, framed, note
from layouts.look.theme import PRINT, Look
from layouts.words import text
from layouts.words.basis_words import COUNTED

if TYPE_CHECKING:
    from analysis.dataset import Dataset
    from analysis.selection import Selection
    from layouts.drawing.canvas import Canvas

STEPS: Final = (
    "sum12",
    "month",
    "year",
)
_SHOWN: Final = {"export": ("export",), "import": ("import",)}
_STEP_WORDS: Final = {"sum12": "12-month sums", "month": "by month", "year": "by year"}
_BUYER: Final = {"import": ("China", "Russia"), "export": ("Russia", "China")}
_HOVER: Final = "<b>%{customdata[0]}: %{customdata[1]}</b><br>%{customdata[2]}<br>%{customdata[3]}<extra></extra>"


def step_of(selection: Selection) -> str:
    """Return the length of the windows shown."""
    return selection.step or "sum12"


def rows(dataset: Dataset, selection: Selection) -> pd.DataFrame:
    """Return one row a flow of China's and window: both figures in whole US$, ``gap_pct`` in per cent."""
    table = mirror.table(dataset, step_of(selection))
    inside = selection.covers(table.assign(period_start=table["period_end"]))
    return table[table["flow"].isin(_SHOWN.get(selection.flow or "both", ("import", "export"))) & inside].reset_index(
        drop=True
    )


def shows(rows: pd.DataFrame, selection: Selection) -> bool:
    """Return whether there is a gap to draw: estimates of one side give none."""
    del selection
    return len(rows) > 0 and not bool(rows["provisional"].all())


@instead.said
def words(rows: pd.DataFrame, selection: Selection) -> Words:
    """Compute finding, subtitle, source line and the count of gaps beyond the bands."""
    if rows.empty:
        lacking = f"Lacking: figures of both for the same months, {_STEP_WORDS[step_of(selection)]}, in US dollars"
        return Words("Nothing that both customs offices counted is held", lacking, "", "%")
    kind = str(rows["kind"].iloc[0])
    span = text.span(rows["period_end"].min(), rows["period_end"].max())
    subtitle = f"Importer’s figure (CIF) above exporter’s (FOB), %, {_STEP_WORDS[kind]}, US dollars, {span}"
    if kind == "month":
        subtitle += "; shaded: 0–6% and 6–10%, what freight may explain"
    finding, stated = _finding(rows)
    return Words(finding, subtitle, source_line.line(rows), "%", _beyond(rows), stated)


def _finding(rows: pd.DataFrame) -> tuple[str, tuple[Stated, ...]]:
    """Say the newest gap that both offices' own figures give, and declare the two figures it lies between."""
    own = rows[~rows["provisional"]]
    if own.empty:
        return "Russia’s customs published no count by country: there is no gap to show", ()
    row = own.sort_values(["period_end", "flow"]).iloc[-1]
    buyer, seller = (COUNTED[who] for who in (("CHN", "RUS") if row["flow"] == "import" else ("RUS", "CHN")))
    more = f"{text.number(abs(row['gap_pct']))}% {'more' if row['gap_pct'] >= 0 else 'less'}"
    span = row["period_start"], row["period_end"]
    stated = (
        Stated(float(row["value"]), str(row["basis"]), *span),
        Stated(float(row["exporter_value"]), str(row["exporter_basis"]), *span),
    )
    return f"{_when(row)} {buyer} counted {more} imports than {seller} counted exports", stated


def _when(row: pd.Series) -> str:
    name = windows.period_name(row["period_start"], row["period_end"])
    whole = row["months"] < 12 or row["period_end"].month == 12
    return f"In {name}" if whole else f"Year to {row['period_end']:%b %Y}:"


def _beyond(rows: pd.DataFrame) -> str:
    """Count the gaps that freight and insurance do not explain, in windows that do not overlap."""
    own = rows[~rows["provisional"]]
    apart = own[own["period_end"].dt.month.eq(12) | own["kind"].eq("month")]
    unit = "months" if own["kind"].eq("month").any() else "years"
    said = []
    for flow in [f for f in mirror.OPPOSITE if apart["flow"].eq(f).any()]:
        part = apart.loc[apart["flow"].eq(flow), "band"]
        high, low = int(part.eq("above 10 %").sum()), int(part.eq("below zero").sum())
        buyer = _BUYER[flow][0]
        said.append(f"{buyer}’s imports lie above 10% in {high} and below zero in {low} of {len(part)} {unit}")
    counted = [f"{'; '.join(said)}."] if said else []
    return " ".join([*counted, mirror.NO_COUNT] if rows["provisional"].any() else counted)


@instead.seen
def draw(rows: pd.DataFrame, selection: Selection, look: Look = PRINT) -> Canvas:
    """Draw both gaps over the band that freight and insurance can explain."""
    lines = 2 if look.narrow and len(rows) else 0  # on a phone the names stand under the axis
    below = geometry.AXIS + lines * geometry.BELOW
    right = geometry.ends(look, [f"<b>{text.percent(rate)}</b>" for rate in rows["gap_pct"].agg(["min", "max"])])
    figure = blank(look, words(rows, selection), geometry.room(look, right=right, below=below))
    if len(rows) and not rows["provisional"].all():
        _bands(figure, rows, look)
        own = rows[~rows["provisional"]]
        for flow in own["flow"].unique():
            _path(figure, own[own["flow"].eq(flow)], look)
        labels.axis(figure, rows, look)
        figure.update_yaxes(
            range=labels.reach(rows),
            ticksuffix="%",
            nticks=8,
            zeroline=True,
            zerolinecolor=look.palette.ink,
            tickfont={"size": look.axis},
        )
        labels.silence(figure, rows, look)
        labels.switch(figure, rows, look)
        labels.extremes(figure, rows, look)
        labels.ends(figure, rows, look)
    return framed(figure)


def _bands(figure: Canvas, rows: pd.DataFrame, look: Look) -> None:
    """Shade what freight and insurance can explain, and say so inside."""
    first, last = time_axis.at(rows["period_end"].min()), time_axis.at(rows["period_end"].max()) + 1
    p = look.palette
    shades = ((0.0, mirror.LIKELY, p.rule), (mirror.LIKELY, mirror.POSSIBLE, p.panel))
    for low, high, shade in shades:
        figure.add_shape(
            type="rect", x0=first, x1=last, y0=low, y1=high, fillcolor=shade, line={"width": 0}, layer="below"
        )
    said = ("0–6%: freight and<br>insurance explain it", "6–10%: perhaps")
    small = {"size": look.axis - 1, "color": p.ink2}
    if look.narrow:
        said = ("0–6%: freight", "6–10%: perhaps")
    if str(rows["kind"].iloc[0]) == "month":  # the lines leave no room
        return
    for (low, _, _), words_ in zip(shades, said, strict=True):
        note(figure, words_, x=first, y=low, look=look, xshift=5, yanchor="bottom", font=small)


def _path(figure: Canvas, part: pd.DataFrame, look: Look) -> None:
    """Draw one flow: a line a source."""
    colour = labels.colours(str(part["flow"].iloc[0]), look.palette)[0]
    kind = str(part["kind"].iloc[0])
    for source, held in part.groupby("source", sort=False):
        x, y = _points(held, 12 if kind == "year" else 2)
        width = 1.6 if kind == "month" else 2.5
        figure.add_scatter(
            x=x,
            y=y,
            mode="lines+markers" if kind == "year" else "lines",
            line={"color": colour, "width": width, "dash": "solid"},
            marker={"size": 9, "color": colour, "line": {"color": colour, "width": 2}},
            hoverinfo="skip",
            name=str(source),
        )
    figure.add_scatter(
        x=labels.centre(part),
        y=part["gap_pct"],
        mode="markers",
        marker={"size": 12, "opacity": 0},
        ids=ids(part),
        customdata=_custom(part),
        hovertemplate=_HOVER,
    )


def _points(held: pd.DataFrame, step: int) -> tuple[list[float | None], list[float | None]]:
    """Return the points of a line that breaks where a window is missing."""
    held = held.sort_values("period_end")
    x: list[float | None] = []
    y: list[float | None] = []
    place = time_axis.place(held["period_end"])
    for centre, value, gone in zip(labels.centre(held), held["gap_pct"], place.diff().gt(step), strict=True):
        if gone:
            x.append(None)
            y.append(None)
        x.append(float(centre))
        y.append(float(value))
    return x, y


def _custom(part: pd.DataFrame) -> pd.DataFrame:
    buyer, seller = _BUYER[str(part["flow"].iloc[0])]
    return pd.DataFrame(
        {
            "window": [
                windows.period_name(a, b) for a, b in zip(part["period_start"], part["period_end"], strict=True)
            ],
            "gap": part["gap_pct"].map(text.percent),
            "values": [
                f"{buyer} bought US$ {text.bn(a, 2)} bn, {seller} sold {text.bn(b, 2)} bn"
                for a, b in zip(part["value"], part["exporter_value"], strict=True)
            ],
            "source": part["source"].map(source_line.short),
        }
    )


CHART: Final = Chart(
    "mirror",
    rows,
    words,
    draw,
    choices=(Choice("step", STEPS),),
    reads=("flow", "step"),
    marks=("kind", "flow"),
    shows=shows,
    parts=row_parts.faced,
)
