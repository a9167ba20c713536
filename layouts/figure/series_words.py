"""The words and the rules for a series that changes its basis along the way, or ends before another does."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import pandas as pd

from analysis.measures.monthly.by_basis import (
    CONVERTED,
    CONVERTED_NOW,
    DIFFERENCES,
    ESTIMATED,
    KIND,
    NOW,
    PRINTED,
    kind_of,
)
from analysis.measures.monthly.growth import BREAK_AT, BREAK_REASON
from layouts.drawing.plot import Plot
from layouts.figure import time_axis
from layouts.figure.chart import Stated
from layouts.words import text

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from layouts.drawing.sheet import Sheet
    from layouts.look.theme import Look

OTHER: Final = {"CNY": "US$", "USD": "yuan"}
_KINDS: Final = {
    NOW: "as customs publish them now",
    PRINTED: "as customs first printed them",
    DIFFERENCES: "as differences of printed years to date, which carry the revisions of earlier months",
    CONVERTED_NOW: "converted from {other} as known now, month by month",
    CONVERTED: "converted from first prints in {other}, month by month",
    ESTIMATED: "as the source estimates them",
}
_SHORT: Final = {
    NOW: "as known now",
    PRINTED: "as printed",
    DIFFERENCES: "differences",
    CONVERTED_NOW: "converted",
    CONVERTED: "first prints, converted",
    ESTIMATED: "estimates",
}
_NAMED: Final = {"CNY": "Yuan run", "USD": "Dollars run"}


def figure(row: Mapping[Any, Any] | pd.Series, column: str, *, rate: bool = False) -> Stated:
    """Return a figure of a row as a sentence declares it; a rate rests on the same basis at both ends."""
    base = str(row["base_basis"]) if rate else ""
    return Stated(float(row[column]), str(row["basis"]), row["period_start"], row["period_end"], base)


def whose(code: str, currency: str) -> str:
    """Say of a basis how its figures come about: ``converted from first prints in yuan, month by month``."""
    return _KINDS[kind_of(code)].format(other=OTHER[currency])


def stretches(rows: pd.DataFrame) -> list[tuple[str, pd.Timestamp, pd.Timestamp]]:
    """Return kind, first and last month of each stretch of one kind, in the order of time."""
    if rows.empty or KIND not in rows:
        return []
    kinds = rows.dropna(subset=KIND).sort_values(["period_end", "period_start"])
    run = kinds[KIND].ne(kinds[KIND].shift()).cumsum()
    parts = [part for _, part in kinds.groupby(run)]
    return [(str(part[KIND].iloc[0]), part["period_start"].min(), part["period_end"].max()) for part in parts]


def basis_note(rows: pd.DataFrame, currency: str, subject: str = "Figures") -> str:
    """Say what the figures are and, where that changes along the way, from which month on; and name declared breaks."""
    found = stretches(rows)
    kinds = [kind for kind, *_ in found]
    named = {kind: _KINDS[kind].format(other=OTHER[currency]) for kind in kinds}
    if len(found) == 1:
        said = [f"{subject} {named[kinds[0]]}."]
    elif len(named) == len(found):
        parts = [f"from {start:%b %Y} {named[kind]}" for kind, start, _ in found]
        said = [f"{subject} {', '.join(parts)}; no rate joins two of these."]
    else:
        said = (
            [f"{subject}, window by window, {text.listed(named.values())}; no rate joins two of these."]
            if found
            else []
        )
    return " ".join([*said, *_breaks(rows)])


def _breaks(rows: pd.DataFrame) -> list[str]:
    """Say at which months a declared break parts the series, and why."""
    if BREAK_AT not in rows:
        return []
    met = rows.dropna(subset=BREAK_AT).drop_duplicates([BREAK_AT, BREAK_REASON])
    return [
        f"No rate crosses {day:%B %Y}: {str(why).rstrip('.')}."
        for day, why in met[[BREAK_AT, BREAK_REASON]].itertuples(index=False)
    ]


def _open(drawing: Sheet, x: float, words: str, look: Look) -> tuple[str, int]:
    """Return where words at a rule are anchored: to its right, to its left where the picture ends before them."""
    beyond = Plot.of(drawing).at(x, 0)[0] + text.width(words, look.axis) - drawing.frame.wide
    return ("left", -2) if beyond <= drawing.frame.room.right else ("right", 2)


def rules(drawing: Sheet, rows: pd.DataFrame, look: Look, *, named: bool = True) -> None:
    """Rule off where the series changes its kind, named where there is room, and at each declared break."""
    found = stretches(rows)
    apart = len({kind for kind, *_ in found}) == len(found)
    turns = [(time_axis.at(start), _SHORT[kind]) for kind, start, _ in found[1:]] if apart else []
    for x, words in [*turns, *_broken(rows)]:
        line = {"color": look.palette.ink3, "width": 1, "dash": "2px,3px"}
        drawing.add_shape(type="line", x0=x, x1=x, yref="paper", y0=0, y1=1, line=line, layer="below")
        if not named:
            continue
        side, shift = _open(drawing, x, f"{words} →", look)
        drawing.add_annotation(
            text=f"{words} →",
            x=x,
            y=1,
            yref="paper",
            xanchor=side,
            yanchor="bottom",
            xshift=shift,
            showarrow=False,
            font={"size": look.axis, "color": look.palette.ink3},
        )


def _broken(rows: pd.DataFrame) -> Iterable[tuple[int, str]]:
    days = rows[BREAK_AT].dropna().drop_duplicates() if BREAK_AT in rows else pd.Series(dtype="datetime64[us]")
    return [(time_axis.at(day), "other basis") for day in days]


def behind(rows: pd.DataFrame, currency: str) -> str:
    """Say that the other currency reaches a later month, and why; nothing where it does not."""
    if "newest_month" not in rows or rows.empty:
        return ""
    end, newest = rows["period_end"].max(), rows["newest_month"].max()
    return ends(end, newest, currency)


def ends(end: pd.Timestamp, newest: pd.Timestamp, currency: str) -> str:
    """Say why a currency ends before the newest month that is held; nothing where it does not."""
    if pd.isna(newest) or end >= newest:
        return ""
    return (
        f"{_NAMED[currency]} to {end:%B %Y}: customs’ {newest:%B %Y} is held in {OTHER[currency]} alone, "
        "and no exchange rate of that month is."
    )
