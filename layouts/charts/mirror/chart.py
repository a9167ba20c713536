"""Do the two customs offices agree? The buyer's figure above the seller's, and what freight can explain."""

from collections.abc import Hashable
from typing import Any, Final

import pandas as pd

from analysis.dataset import Dataset
from analysis.measures.partners import mirror
from analysis.selection import STEPS, Selection
from analysis.trace import row_parts
from layouts.charts.mirror import labels
from layouts.drawing import geometry
from layouts.drawing.canvas import Canvas
from layouts.drawing.settle import IF_FREE
from layouts.drawing.sheet import Sheet
from layouts.figure import instead, source_line, time_axis
from layouts.figure.chart import HOVER, Chart, Choice, Stated, Words, pointed
from layouts.figure.frame import blank, framed, note
from layouts.look.theme import PRINT, Look
from layouts.words import text
from layouts.words.catalogue import say, say_many

_SHOWN: Final = {"export": ("export",), "import": ("import",)}
_SUBTITLE: Final = "charts.mirror.subtitle.{}"
_LACKING: Final = "charts.mirror.lacking.{}"
# by China's flow: the buyer counted more or less, in a year, in a part of one, or in twelve months to some month
_FINDINGS: Final = {
    "import": {
        "year": ("charts.mirror.china_more.year", "charts.mirror.china_less.year"),
        "part": ("charts.mirror.china_more.part", "charts.mirror.china_less.part"),
        "to": ("charts.mirror.china_more.to", "charts.mirror.china_less.to"),
    },
    "export": {
        "year": ("charts.mirror.russia_more.year", "charts.mirror.russia_less.year"),
        "part": ("charts.mirror.russia_more.part", "charts.mirror.russia_less.part"),
        "to": ("charts.mirror.russia_more.to", "charts.mirror.russia_less.to"),
    },
}
_BEYOND: Final = {
    ("import", "year"): "charts.mirror.china_beyond.years",
    ("import", "month"): "charts.mirror.china_beyond.months",
    ("export", "year"): "charts.mirror.russia_beyond.years",
    ("export", "month"): "charts.mirror.russia_beyond.months",
}
_VALUES: Final = {"import": "charts.mirror.hover.china_bought", "export": "charts.mirror.hover.russia_bought"}
_BAND_WORDS: Final = 130  # pixels across, for what a band may mean


def step_of(selection: Selection) -> str:
    """Return the length of the windows shown."""
    return selection.step or "sum12"


def rows(dataset: Dataset, selection: Selection) -> pd.DataFrame:
    """Return one row a flow of China's and window: both figures in whole US$, ``gap_pct`` in per cent."""
    table = mirror.table(dataset, step_of(selection))
    inside = selection.covers(table.assign(period_start=table["period_end"]))
    shown = table[table["flow"].isin(_SHOWN.get(selection.flow or "both", ("import", "export"))) & inside]
    estimated = shown["reason"].eq(mirror.NO_COUNT)
    reason = shown["reason"].mask(estimated, say("charts.mirror.no_count"))
    return shown.assign(reason=reason).reset_index(drop=True)


def shows(rows: pd.DataFrame, selection: Selection) -> bool:
    """Return whether there is a gap to draw: estimates of one side give none."""
    del selection
    return len(rows) > 0 and not bool(rows["provisional"].all())


@instead.worded
def words(rows: pd.DataFrame, selection: Selection) -> Words:
    """Compute finding, subtitle, source line and the count of gaps beyond the bands."""
    if rows.empty:
        return Words(say("charts.mirror.empty"), say(_LACKING.format(step_of(selection))), "", "%")
    span = text.span(rows["period_end"].min(), rows["period_end"].max())
    finding, stated = _finding(rows)
    subtitle = say(_SUBTITLE.format(rows["kind"].iloc[0]), span=span)
    return Words(finding, subtitle, source_line.line(rows), "%", _beyond(rows), stated)


def _finding(rows: pd.DataFrame) -> tuple[str, tuple[Stated, ...]]:
    """Say the newest gap that both offices' own figures give, and declare the two figures it lies between."""
    own = rows[~rows["provisional"]]
    if own.empty:
        return say("charts.mirror.no_gap"), ()
    row = own.sort_values(["period_end", "flow"]).iloc[-1]
    start, end = row["period_start"], row["period_end"]
    stated = (
        Stated(float(row["value"]), str(row["basis"]), start, end),
        Stated(float(row["exporter_value"]), str(row["exporter_basis"]), start, end),
    )
    kind = "part" if row["months"] < 12 else "year" if end.month == 12 else "to"
    key = _FINDINGS[str(row["flow"])][kind][int(row["gap_pct"] < 0)]
    when = {"part": text.span(start, end), "year": str(end.year), "to": text.month(end)}[kind]
    return say(key, when=when, gap=text.share(abs(row["gap_pct"]))), stated


def _beyond(rows: pd.DataFrame) -> str:
    """Count the gaps that freight and insurance do not explain, in windows that do not overlap."""
    own = rows[~rows["provisional"]]
    apart = own[own["period_end"].dt.month.eq(12) | own["kind"].eq("month")]
    unit = "month" if own["kind"].eq("month").any() else "year"
    sentences = []
    for flow in [f for f in mirror.OPPOSITE if apart["flow"].eq(f).any()]:
        part = apart.loc[apart["flow"].eq(flow), "band"]
        high, low = (str(int(part.eq(band).sum())) for band in (mirror.BANDS[-1], mirror.BANDS[0]))
        sentences.append(say_many(_BEYOND[flow, unit], len(part), high=high, low=low))
    return text.sentences([*sentences, say("charts.mirror.no_count") if rows["provisional"].any() else ""])


@instead.seen
def draw(rows: pd.DataFrame, selection: Selection, look: Look = PRINT) -> Canvas:
    """Draw both gaps over the band that freight and insurance can explain."""
    lines = 3 if look.narrow and len(rows) else 0  # on a phone the names stand under the axis, and what is shaded
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
            ticksuffix=text.per_cent(""),
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


def _bands(figure: Sheet, rows: pd.DataFrame, look: Look) -> None:
    """Shade what freight and insurance can explain, and say so inside."""
    first, last = time_axis.at(rows["period_end"].min()), time_axis.at(rows["period_end"].max()) + 1
    p = look.palette
    shades = ((0.0, mirror.LIKELY, p.rule), (mirror.LIKELY, mirror.POSSIBLE, p.panel))
    for low, high, shade in shades:
        figure.add_shape(
            type="rect", x0=first, x1=last, y0=low, y1=high, fillcolor=shade, line={"width": 0}, layer="below"
        )
    if look.narrow or str(rows["kind"].iloc[0]) == "month":  # the lines leave no room
        return
    bands = [
        "<br>".join(text.wrap(say(key), look.axis - 1, _BAND_WORDS))
        for key in ("charts.mirror.freight", "charts.mirror.perhaps")
    ]
    small = {"size": look.axis - 1, "color": p.ink2}
    silent = labels.silent_from(rows)
    for (low, high, _), words_ in zip(shades, bands, strict=True):
        wide = geometry.longest([words_], look.axis) / figure.frame.wide * (last - first)
        met = labels.centre(rows[~rows["provisional"] & rows["gap_pct"].between(low - 1, high)])
        places = [first, *([silent] if silent else []), *range(int(first), int(last - wide))]
        # where no line runs through them
        x = next((place for place in places if not met.between(place - 1, place + wide + 1).any()), first)
        note(figure, words_, x=x, y=low, look=look, xshift=5, yanchor="bottom", font=small, name=IF_FREE)


def _path(figure: Canvas, part: pd.DataFrame, look: Look) -> None:
    """Draw one flow: a line a source."""
    colour = look.palette.flow(str(part["flow"].iloc[0]))[0]
    kind = str(part["kind"].iloc[0])
    for source, run in part.groupby("source", sort=False):
        x, y = _points(run, 12 if kind == "year" else 2)
        width = 1.6 if kind == "month" else 2.5
        figure.add_scatter(
            x=x,
            y=y,
            mode="lines+markers" if kind == "year" else "lines",
            line={"color": colour, "width": width, "dash": "solid"},
            marker={"size": 9, "color": colour, "line": {"color": colour, "width": 2}},
            cliponaxis=False,
            hoverinfo="skip",
            name=str(source),
        )
    figure.add_scatter(
        x=labels.centre(part),
        y=part["gap_pct"],
        mode="markers",
        marker={"size": 12, "opacity": 0},
        **pointed(part, _hover),
    )


def _points(run: pd.DataFrame, step: int) -> tuple[list[float | None], list[float | None]]:
    """Return the points of a line that breaks where a window is missing."""
    run = run.sort_values("period_end")
    x: list[float | None] = []
    y: list[float | None] = []
    place = time_axis.place(run["period_end"])
    for centre, value, gone in zip(labels.centre(run), run["gap_pct"], place.diff().gt(step), strict=True):
        if gone:
            x.append(None)
            y.append(None)
        x.append(float(centre))
        y.append(float(value))
    return x, y


def _hover(row: dict[Hashable, Any]) -> str:
    """Say a gap with its window, both counts, and whose they are."""
    counts = {"bought": text.money(row["value"], "USD", 2), "sold": text.money(row["exporter_value"], "USD", 2)}
    window = text.short_span(row["period_start"], row["period_end"])
    lines = [*text.wrap(say(_VALUES[str(row["flow"])], **counts), *HOVER), source_line.short(str(row["source"]))]
    return "<br>".join([f"<b>{window}: {text.percent(row['gap_pct'])}</b>", *lines])


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
