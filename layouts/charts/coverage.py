"""What can nobody know? Source by month: what is reported, weaker, missing, or no longer published."""

from collections.abc import Hashable, Mapping
from dataclasses import replace
from typing import Any, Final

import pandas as pd

from analysis.basis import Basis
from analysis.dataset import Dataset
from analysis.measures.partners import coverage
from analysis.selection import Selection
from layouts.drawing import geometry
from layouts.drawing.canvas import Canvas
from layouts.drawing.sheet import Sheet
from layouts.figure import instead, source_line, time_axis
from layouts.figure.chart import HOVER, Chart, Stated, Words, pointed
from layouts.figure.frame import blank, framed, note
from layouts.look.theme import PRINT, Look, Palette
from layouts.words import text
from layouts.words.catalogue import say, say_many, say_or

_NAME: Final = "charts.coverage.lane.{}"
_HOW: Final = "charts.coverage.how.{}"
_STATE: Final = "charts.coverage.state.{}"
_GRAIN: Final = "charts.coverage.grain.{}"
_SILENCE: Final = "silences.{}.reason"
_SILENCE_SHORT: Final = "silences.{}.short"
_COUNTRY: Final = {"fcs": "russia", "imf_russia": "russia", "baci": "rest"}
_TALL: Final = 0.62
_MORE: Final = 0.45  # of the distance of two lines: for one more line of a name
_SILENT: Final = str(Basis("RUS", "FOB+CIF"))  # whose months are counted


def rows(dataset: Dataset, selection: Selection) -> pd.DataFrame:
    """Return runs of months of one state, line by line, cut to the months asked for."""
    table = coverage.table(dataset)
    if table.empty:
        return table
    first, last = selection.first, selection.last
    start, end = table["period_start"], table["period_end"]
    start = start if first is None else start.where(start.ge(first), first)
    end = end if last is None else end.where(end.le(last), last)
    months = (end.dt.year - start.dt.year) * 12 + end.dt.month - start.dt.month + 1
    cut = table.assign(period_start=start, period_end=end, months=months)
    return _in_words(dataset, cut[cut["months"].gt(0)].reset_index(drop=True))


def _in_words(dataset: Dataset, runs: pd.DataFrame) -> pd.DataFrame:
    """Return the runs with the reasons of their blanks in words."""
    silences = dataset.side("silences").to_dict("records")
    plain = {coverage.NEWER: say("charts.coverage.newer"), coverage.ABSENT: say("charts.coverage.absent")}
    reasons = plain | {coverage.silence(row): _silence(_SILENCE, row, "reason") for row in silences}
    shorts = {coverage.silence(row): _silence(_SILENCE_SHORT, row, "short") for row in silences}
    pieces = runs["lines"].map(lambda lines: say_many("charts.coverage.piece", int(lines)), na_action="ignore")
    reason = runs["reason"].map(reasons).where(runs["reason"].ne(coverage.PIECE), pieces)
    return runs.assign(reason=reason, short=runs["short"].map(shorts)).drop(columns="lines")


def _silence(key: str, row: Mapping[Hashable, Any], column: str) -> object:
    """Return a text of a silence; as the table has it where the catalogue has none."""
    return say_or(key.format(coverage.silence(row)), row[column])


@instead.worded
def words(rows: pd.DataFrame, selection: Selection) -> Words:
    """Compute finding, subtitle and source line from the rows."""
    if rows.empty:
        return Words(say("charts.coverage.none"), say("charts.coverage.lacking"), "", say("charts.coverage.unit"))
    span = text.span(rows["period_start"].min(), rows["period_end"].max())
    if selection.asof:
        day = text.day(pd.Timestamp(selection.asof))
        subtitle = say("charts.coverage.subtitle.asof", span=span, day=day)
    else:
        subtitle = say("charts.coverage.subtitle", span=span)
    known = rows[rows["state"].isin(coverage.KNOWN)]
    finding, stated = _finding(rows)
    count = say(
        "charts.coverage.known",
        known=text.number(int(known["months"].sum()), 0),
        all=text.number(int(rows["months"].sum()), 0),
        sources=str(rows["lane"].nunique()),
    )
    note = text.sentences([say("charts.coverage.key"), count])
    return Words(finding, subtitle, source_line.line(known), say("charts.coverage.unit"), note, stated)


def _finding(rows: pd.DataFrame) -> tuple[str, tuple[Stated, ...]]:
    """Say since when Russian customs have been silent, whatever part of the silence the view shows."""
    silent = rows[rows["lane"].eq("fcs") & rows["state"].eq(coverage.DISCONTINUED)]
    if silent.empty:
        return say("charts.coverage.which"), ()
    run = silent.iloc[-1]
    since, months = run["run_start"], int(run["run_months"])
    last = since + pd.DateOffset(months=months - 1)
    sentence = say_many("charts.coverage.silent", months, month=text.month(since))
    return sentence, (Stated(months, _SILENT, since, last),)


@instead.seen
def draw(rows: pd.DataFrame, selection: Selection, look: Look = PRINT) -> Canvas:
    """Draw one line a source; weaker figures weaker, blanks hatched with the reason on them."""
    if look.narrow:
        look = replace(look, height=look.height + 90)
    figure = blank(look, words(rows, selection), geometry.room(look, left=_left(look), right=geometry.EDGE))
    figure.update_yaxes(visible=False)
    if len(rows):
        lanes = [lane for lane in coverage.LANES if rows["lane"].eq(lane).any()]
        places = _places(lanes, look)
        shown = rows.assign(y=rows["lane"].map(places))
        for state in coverage.STATES:
            _blocks(figure, shown[shown["state"].eq(state)], state, look)
        _names(figure, places, shown, look)
        _reasons(figure, shown, look)
        time_axis.month_axis(figure, rows["period_start"].min(), rows["period_end"].max(), look)
        figure.update_yaxes(range=[places[lanes[-1]] + 0.55, -0.75 if look.narrow else -0.5])
    figure.update_layout(barmode="overlay", bargap=0)
    return framed(figure)


def _places(lanes: list[str], look: Look) -> dict[str, float]:
    """Return where each line stands from above; on a phone one whose name takes more lines has room for them."""
    places, down = {}, 0.0
    for lane in lanes:
        down += _MORE * (len(_named(lane, look)) - 1) if look.narrow else 0
        places[lane] = down
        down += 1
    return places


def _named(lane: str, look: Look) -> list[str]:
    """Return the lines of the name that stands above a line on a phone."""
    name = say("charts.coverage.lane", name=say(_NAME.format(lane)), how=say(_HOW.format(lane)))
    return text.wrap(name, look.axis, look.width - 8)


def _left(look: Look) -> int:
    """Return the room that the names of the lines need; on a phone they stand above them."""
    if look.narrow:
        return 0
    names, how = ([say(key.format(lane)) for lane in coverage.LANES] for key in (_NAME, _HOW))
    wide = max(geometry.longest(names, look.axis, bold=True), geometry.longest(how, look.axis))
    return wide + geometry.EDGE


def colours(lane: str, palette: Palette) -> tuple[str, str]:
    """Return fill and faint fill of a line: the colour of the country that reports."""
    country = _COUNTRY.get(lane, "china")
    return str(getattr(palette, country)), str(getattr(palette, f"{country}_faint"))


def _blocks(figure: Canvas, part: pd.DataFrame, state: str, look: Look) -> None:
    """Draw the runs of one state as blocks; a year or a pair stands as one, months part by a hair."""
    if part.empty:
        return
    p = look.palette
    weak, blank_ = state in {"provisional", "estimated"}, state not in coverage.KNOWN
    fills = [colours(lane, p)[1 if weak else 0] for lane in part["lane"]]
    edges = [colours(lane, p)[0] for lane in part["lane"]]
    marker: dict[str, Any] = {
        "color": fills,
        "line": {"width": 1 if weak else 0.5, "color": edges if weak else p.ground},
    }
    if blank_:
        dense = state == coverage.DISCONTINUED
        marker = {
            "color": "rgba(0,0,0,0)",
            "line": {"width": 1, "color": p.rule},
            "pattern": {
                "shape": "/",
                "fgcolor": p.ink3 if dense else p.edge,
                "size": 4 if dense else 7,
                "solidity": 0.22 if dense else 0.12,
            },
        }
    figure.add_bar(
        orientation="h",
        base=time_axis.place(part["period_start"]),
        x=part["months"],
        y=part["y"],
        width=_TALL * (0.45 if state == "derived" else 1),
        marker=marker,
        **pointed(part, _hover),
    )


def _hover(row: dict[Hashable, Any]) -> str:
    """Say line and period of a run, its state, and whose figures they are or why there are none."""
    why = row["reason"]
    places = {
        "lane": say(_NAME.format(row["lane"])),
        "period": text.short_span(row["period_start"], row["period_end"]),
        "state": say(_STATE.format(row["state"])),
        "reason": "<br>".join(text.wrap(why, *HOVER)) if isinstance(why, str) else source_line.short(row["source"]),
    }
    if isinstance(row["grain"], str):
        return say("charts.coverage.hover.grain", **places, grain=say(_GRAIN.format(row["grain"])))
    return say("charts.coverage.hover", **places)


def _names(figure: Sheet, places: dict[str, float], shown: pd.DataFrame, look: Look) -> None:
    """Name the lines at the left; on a phone above each."""
    for lane, place in places.items():
        name, how = say(_NAME.format(lane)), say(_HOW.format(lane))
        if look.narrow:
            x = time_axis.at(shown["period_start"].min())
            small = {"size": look.axis, "color": look.palette.ink}
            note(
                figure,
                "<br>".join(_named(lane, look)),
                x=x,
                y=place - _TALL / 2,
                look=look,
                yanchor="bottom",
                font=small,
            )
            continue
        label = f"<b>{name}</b><br><span style='color:{look.palette.ink3}'>{how}</span>"
        small = {"size": look.axis, "color": look.palette.ink}
        note(figure, label, x=0, xref="paper", y=place, look=look, xshift=-figure.frame.room.left, font=small)


def _reasons(figure: Sheet, shown: pd.DataFrame, look: Look) -> None:
    """Write a short reason on each blank that is wide enough; on the page it is a link."""
    first, last = shown["period_start"].min(), shown["period_end"].max()
    scale = figure.frame.wide / (time_axis.at(last) + 1 - time_axis.at(first))
    named = shown[shown["short"].notna()].sort_values("months", ascending=False).drop_duplicates(["lane", "short"])
    size = look.axis - (2 if look.narrow else 1)
    for row in named.to_dict("records"):
        if text.width(row["short"], size) + 10 < row["months"] * scale:
            _reason(figure, row, size, look)


def _reason(figure: Canvas, row: dict[Hashable, Any], size: int, look: Look) -> None:
    p = look.palette
    label = str(row["short"])
    if not look.printed:
        label = f'<a href="{row["reason_reference"]}" target="_blank" style="color:{p.ink}">{label}</a>'
    x = time_axis.at(row["period_start"]) + row["months"] / 2
    small = {"size": size, "color": p.ink}
    note(figure, label, x=x, y=row["y"], look=look, xanchor="center", font=small, bgcolor=p.ground, borderpad=1)


CHART: Final = Chart(
    "coverage",
    rows,
    words,
    draw,
    marks=("lane", "state", "grain"),
    dated=True,
)
