"""Was the number changed later? Each window as first printed, as printed later, and now."""

from collections.abc import Hashable
from dataclasses import replace
from typing import Any, Final

import pandas as pd

from analysis.basis import Basis, Print, valuation_of
from analysis.dataset import Dataset
from analysis.measures.monthly import revisions
from analysis.selection import WINDOWS, Selection
from layouts.drawing import geometry
from layouts.drawing.canvas import Canvas
from layouts.drawing.plot import Plot, round_step
from layouts.drawing.sheet import Sheet
from layouts.figure import instead, source_line
from layouts.figure.chart import Chart, Choice, Stated, Words, pointed
from layouts.figure.frame import blank, framed, note
from layouts.look.theme import PRINT, Look, Palette
from layouts.words import text
from layouts.words.catalogue import say, say_many

_WHAT: Final = "charts.revisions.what.{}"
_KIND: Final = "charts.revisions.kind.{}"
_VINTAGE: Final = "charts.revisions.vintage.{}"
# by whether most of what moved was raised
_MOVED: Final = {True: "charts.revisions.raised", False: "charts.revisions.cut"}
_ONE_MOVED: Final = {True: "charts.revisions.one_raised", False: "charts.revisions.one_cut"}
_STEPS: Final = (0.05, 0.1, 0.25, 0.5, 1.0, 2.0, 5.0, 10.0)
_ROW: Final = 22
_FEW: Final = 20  # windows that a printed picture holds in its usual letters
_BESIDE: Final = 8  # pixels between the plot and the values


def kind_of(selection: Selection) -> str:
    """Return which windows are shown."""
    return selection.window or "half"


def rows(dataset: Dataset, selection: Selection) -> pd.DataFrame:
    """Return one row a window and vintage: value in whole US$, change on the first print in per cent.

    ``window`` names the period in the language of the view.
    """
    table = revisions.table(dataset, selection.one_flow, kind_of(selection))
    table = table[selection.covers(table)].reset_index(drop=True)
    named = [text.short_span(a, b) for a, b in zip(table["period_start"], table["period_end"], strict=True)]
    table.insert(0, "window", pd.Series(named, index=table.index, dtype="str"))
    return table


def last(rows: pd.DataFrame) -> pd.DataFrame:
    """Return the newest vintage of each window, and whether it differs by more than the first was rounded."""
    newest = rows.drop_duplicates(["period_start", "period_end"], keep="last")
    return newest.assign(moved=newest["change_pct"].abs().gt(newest["rounding_pct"] * (1 + 1e-9)))


@instead.worded
def words(rows: pd.DataFrame, selection: Selection) -> Words:
    """Compute finding, subtitle and source line from the rows."""
    if rows.empty:
        lacking = say("charts.revisions.lacking", what=say(_KIND.format(kind_of(selection))))
        return Words(say("charts.revisions.none"), lacking, "", "%")
    places = {
        "what": say(_WHAT.format(selection.one_flow)),
        "windows": say(_KIND.format(kind_of(selection))),
        "unit": text.unit_bn("USD"),
        "years": text.years(rows["period_start"].min().year, rows["period_end"].max().year),
    }
    if selection.asof:
        day = text.day(pd.Timestamp(selection.asof))
        subtitle = say("charts.revisions.subtitle.asof", **places, day=day)
    else:
        subtitle = say("charts.revisions.subtitle", **places)
    finding, stated = _finding(rows)
    return Words(finding, subtitle, source_line.line(rows), "%", _note(rows), stated)


def _finding(rows: pd.DataFrame) -> tuple[str, tuple[Stated, ...]]:
    """Count what rose and name what moved most; each change is one of the newest print over the first."""
    newest = last(rows)
    moved = newest[newest["moved"]]
    span = rows["period_start"].min(), rows["period_end"].max()
    first, now = (
        Basis("CHN", valuation_of(str(rows["flow"].iloc[0])), print=which) for which in (Print.FIRST, Print.NOW)
    )
    stated = (Stated(float(len(moved)), str(now), *span, base=str(first)),)
    return _moved(newest, moved), stated


def _moved(newest: pd.DataFrame, moved: pd.DataFrame) -> str:
    if moved.empty:
        return say_many("charts.revisions.unmoved", len(newest))
    most = moved.sort_values("change_pct", key=abs).to_dict("records")[-1]
    up = int(moved["change_pct"].gt(0).sum())
    places: dict[str, str] = {"period": text.period(most["period_start"], most["period_end"])}
    decimals = 1 if abs(most["change_pct"]) >= 0.05 else 2
    if len(newest) == 1:
        return say(_ONE_MOVED[bool(up)], **places, change=text.share(abs(most["change_pct"]), decimals))
    raised = up * 2 >= len(moved)
    places |= {"all": str(len(newest)), "change": text.percent(most["change_pct"], decimals)}
    return say_many(_MOVED[raised], up if raised else len(moved) - up, **places)


def _note(rows: pd.DataFrame) -> str:
    sentences = [
        say("charts.revisions.note.bars"),
        say("charts.revisions.note.late") if rows["late"].any() else "",
        say("charts.revisions.note.rings") if rows["vintage"].eq(revisions.LATER).any() else "",
    ]
    return text.sentences(sentences)


@instead.seen
def draw(rows: pd.DataFrame, selection: Selection, look: Look = PRINT) -> Canvas:
    """Draw the dot plot: one line a window, the first print at zero, the newest vintage filled."""
    count = rows["window"].nunique() if len(rows) else 1
    if not look.fixed:
        look = replace(look, height=max(look.height, 190 + _ROW * count))
    newest = last(rows).reset_index(drop=True) if len(rows) else rows
    newest = newest.assign(y=range(len(newest)))
    if len(rows):  # the first vintage of each window stands first
        newest["first"] = newest["window"].map(rows.drop_duplicates("window").set_index("window")["value"])
    figure = blank(look, words(rows, selection), _around(newest, look))
    figure.update_yaxes(visible=False)
    if len(rows):
        _axes(figure, newest, look)
        _vintages(figure, rows, newest, look)
        for row in newest.to_dict("records"):
            _row(figure, row, look, _size(look, len(newest)))
    return framed(figure)


def _size(look: Look, count: int) -> int:
    """Return the size of a window's words, smaller where many windows share a printed picture."""
    if not look.fixed:
        return look.axis
    return look.label - 1 if count <= _FEW else look.source


def _around(newest: pd.DataFrame, look: Look) -> geometry.Room:
    """Return the room for the windows' names at the left and for both values at the right."""
    records, size = newest.to_dict("records"), _size(look, len(newest))
    left = geometry.longest([f"{row['window']}*" for row in records], size) + geometry.EDGE
    head = geometry.beside([say("charts.revisions.then_now")], look.axis, _BESIDE)
    right = max(head, geometry.beside((_values(row, look) for row in records), size, _BESIDE))
    return geometry.bare(left, right)


def _values(row: dict[Hashable, Any], look: Look) -> str:
    """Return the value as first printed and now."""
    decimals = 1 if look.narrow else 2
    return f"{text.bn(row['first'], decimals)} → <b>{text.bn(row['value'], decimals)}</b>"


def colour(flow: str, palette: Palette) -> str:
    """Return the colour of a flow: China's exports vermillion, its imports blue, both together ink."""
    return {"export": palette.china, "import": palette.russia}.get(flow, palette.ink)


def _reach(newest: pd.DataFrame) -> tuple[float, float]:
    low, high = min(0.0, float(newest["change_pct"].min())), max(0.0, float(newest["change_pct"].max()))
    room = 0.12 * (high - low or 1.0)
    return low - room, high + room


def _axes(figure: Sheet, newest: pd.DataFrame, look: Look) -> None:
    """Name the changes along the top; rule the zero where each window was first printed."""
    low, high = _reach(newest)
    head = max(1.0, len(newest) / 14)  # the room of the top line, in rows
    step = round_step(high - low, 3 if look.narrow else 8, _STEPS)
    ticks = [step * k for k in range(int(low // step) + 1, int(high // step) + 1)]
    figure.update_xaxes(
        range=[low, high], tickvals=ticks, showticklabels=False, showgrid=True, gridcolor=look.palette.rule
    )
    figure.update_yaxes(range=[len(newest) - 0.4, -1.5 * head])
    figure.add_shape(
        type="line", x0=0, x1=0, y0=-0.6, y1=len(newest) - 0.4, line={"color": look.palette.ink3, "width": 1}
    )
    _tick_names(figure, ticks, step, -head, look)
    small = {"size": look.axis, "color": look.palette.ink3}
    note(figure, say("charts.revisions.then_now"), x=1, xref="paper", y=-head, look=look, xshift=_BESIDE, font=small)


def _tick_names(figure: Sheet, ticks: list[float], step: float, y: float, look: Look) -> None:
    """Write the changes above their lines, those alone that end before the values at the right begin."""
    plot = Plot.of(figure)
    for tick in ticks:
        zero = abs(tick) < step / 2
        label = text.percent(tick, 2 if step < 0.1 or step == 0.25 else 1)
        if zero:
            label = f"<b>{say('charts.revisions.zero_brief' if look.narrow else 'charts.revisions.zero')}</b>"
        if plot.at(tick, y)[0] + geometry.longest([label], look.axis) / 2 > plot.wide + _BESIDE - 2:
            continue
        small = {"size": look.axis, "color": look.palette.ink if zero else look.palette.ink3}
        note(figure, label, x=tick, y=y, look=look, xanchor="center", font=small)


def _vintages(figure: Canvas, rows: pd.DataFrame, newest: pd.DataFrame, look: Look) -> None:
    """Draw the dots: first print hollow, later prints small, the newest filled unless within rounding."""
    place = dict(zip(newest["window"], newest["y"], strict=True))
    ink = colour(str(rows["flow"].iloc[0]), look.palette)
    sizes = {revisions.FIRST: 9, revisions.LATER: 6, revisions.NOW: 10}
    shown = rows.assign(y=rows["window"].map(place), size=rows["vintage"].map(sizes))
    final = shown.index.isin(rows.drop_duplicates("window", keep="last").index)
    unmoved = shown["window"].isin(newest.loc[~newest["moved"], "window"])
    figure.add_scatter(
        x=shown["change_pct"],
        y=shown["y"],
        mode="markers",
        marker={
            "size": shown["size"].where(~final, 10),
            "opacity": 1,
            "color": [ink if a and not b else look.palette.ground for a, b in zip(final, unmoved, strict=True)],
            "line": {"color": [ink if a else look.palette.ink3 for a in final], "width": 1.6},
        },
        **pointed(shown, _hover),
    )


def _hover(row: dict[Hashable, Any]) -> str:
    """Say a vintage of a window: when it was published, its value, its change on the first, and whose it is."""
    places = {
        "period": str(row["window"]),
        "vintage": say(_VINTAGE.format(row["vintage"])),
        "amount": text.money(row["value"], "USD", 3),
        "change": text.percent(row["change_pct"], 2),
        "source": source_line.short(str(row["source"])),
    }
    if pd.isna(row["released"]):
        return say("charts.revisions.hover.undated", **places)
    return say("charts.revisions.hover", **places, day=text.day(row["released"]))


def _row(figure: Sheet, row: dict[Hashable, Any], look: Look, letters: int) -> None:
    """Draw one window's line: name, what rounding leaves open, the way from then to now, both values."""
    p, y = look.palette, row["y"]
    low, high = figure.reach("xaxis")
    wide = row["rounding_pct"]
    figure.add_shape(
        type="rect",
        x0=max(low, -wide),
        x1=min(high, wide),
        y0=y - 0.3,
        y1=y + 0.3,
        fillcolor=p.rule,
        line={"width": 0},
        layer="below",
    )
    line = {"color": colour(str(row["flow"]), p), "width": 1.6}
    figure.add_shape(type="line", x0=0, x1=row["change_pct"], y0=y, y1=y, line=line, layer="below")
    size = {"size": letters}
    name = f"{row['window']}{'*' if row['late'] else ''}"
    note(
        figure,
        name,
        x=0,
        xref="paper",
        y=y,
        look=look,
        xshift=-figure.frame.room.left,
        font={**size, "color": p.ink},
    )
    note(figure, _values(row, look), x=1, xref="paper", y=y, look=look, xshift=_BESIDE, font={**size, "color": p.ink2})


CHART: Final = Chart(
    "revisions",
    rows,
    words,
    draw,
    choices=(Choice("window", WINDOWS),),
    reads=("flow", "window"),
    marks=("flow", "vintage"),
)
