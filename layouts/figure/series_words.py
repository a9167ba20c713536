"""The words and the rules for a series that changes its basis along the way, or ends before another does."""

from collections.abc import Iterable, Mapping
from typing import Any, Final

import pandas as pd

from analysis.basis import Break, breaks
from analysis.dataset import Dataset
from analysis.measures.monthly.by_basis import CONVERTED, CONVERTED_NOW, KIND, kind_of
from analysis.measures.monthly.growth import BREAK_AT, BREAK_REASON
from layouts.drawing.plot import Plot
from layouts.drawing.sheet import Sheet
from layouts.figure import time_axis
from layouts.figure.chart import Stated
from layouts.figure.frame import note, rule
from layouts.look.theme import Look
from layouts.words import text
from layouts.words.catalogue import say, say_or

# kind, first and last month
Stretch = tuple[str, pd.Timestamp, pd.Timestamp]

# how the figures of a kind come about; a converted one is told by the currency that it is in
_KIND: Final = "figure.kind.{}"
_CONVERTED: Final = {
    CONVERTED_NOW: {"CNY": "figure.kind.dollars_now", "USD": "figure.kind.yuan_now"},
    CONVERTED: {"CNY": "figure.kind.dollars_first", "USD": "figure.kind.yuan_first"},
}
_SHORT: Final = "figure.short.{}"
_BREAK: Final = "breaks.{}"
_ENDS: Final = {"CNY": "figure.ends.yuan", "USD": "figure.ends.dollars"}
_SUBJECTS: Final = {"figures": "figure.subject.figures", "bars": "figure.subject.bars"}


def figure(row: Mapping[Any, Any] | pd.Series, column: str, *, rate: bool = False) -> Stated:
    """Return a figure of a row as a sentence declares it; a rate rests on the same basis at both ends."""
    base = str(row["base_basis"]) if rate else ""
    return Stated(float(row[column]), str(row["basis"]), row["period_start"], row["period_end"], base)


def whose(code: str, currency: str) -> str:
    """Say of a basis how its figures come about: ``converted from yuan as first published, month by month``."""
    return _how(kind_of(code), currency)


def _how(kind: str, currency: str) -> str:
    return say(_CONVERTED[kind][currency] if kind in _CONVERTED else _KIND.format(kind))


def stretches(rows: pd.DataFrame) -> list[Stretch]:
    """Return kind, first and last month of each stretch of one kind, in the order of time."""
    if rows.empty or KIND not in rows:
        return []
    kinds = rows.dropna(subset=KIND).sort_values(["period_end", "period_start"])
    run = kinds[KIND].ne(kinds[KIND].shift()).cumsum()
    parts = [part for _, part in kinds.groupby(run)]
    return [(str(part[KIND].iloc[0]), part["period_start"].min(), part["period_end"].max()) for part in parts]


def basis_note(rows: pd.DataFrame, currency: str, subject: str = "figures") -> str:
    """Say what the figures are and, where that changes along the way, from which month on; and name declared breaks.

    ``subject`` is what the picture draws them as: ``figures`` or ``bars``.
    """
    return text.sentences([*_stretched(stretches(rows), currency, say(_SUBJECTS[subject])), *_breaks(rows)])


def _stretched(parts: list[Stretch], currency: str, subject: str) -> list[str]:
    """Say of each stretch how its figures come about, one sentence each."""
    if not parts:
        return []
    named = {kind: _how(kind, currency) for kind, *_ in parts}
    (kind, start, _), *later = parts
    if not later:
        return [say("figure.basis.one", subject=subject, how=named[kind])]
    apart = say("figure.basis.apart")
    if len(named) < len(parts):
        return [say("figure.basis.mixed", subject=subject, kinds=text.listed(named.values())), apart]
    first = say("figure.basis.first", subject=subject, month=text.month(start), how=named[kind])
    rest = [say("figure.basis.next", month=text.month(day), how=named[kind]) for kind, day, _ in later]
    return [first, *rest, apart]


def reasons(dataset: Dataset, rows: pd.DataFrame) -> pd.DataFrame:
    """Return the rows with the reason of each declared break in words, where they have its code."""
    if BREAK_REASON not in rows or not rows[BREAK_REASON].fillna("").ne("").any():
        return rows
    worded = {one.code: _reason(one) for one in breaks(dataset)}
    return rows.assign(**{BREAK_REASON: rows[BREAK_REASON].replace(worded)})


def _reason(one: Break) -> str:
    """Return why a series is parted; as the table has it where the catalogue has no text."""
    return say_or(_BREAK.format(one.code), one.reason)


def _breaks(rows: pd.DataFrame) -> list[str]:
    """Say at which months a declared break parts the series, and why."""
    if BREAK_AT not in rows:
        return []
    met = rows.dropna(subset=BREAK_AT).drop_duplicates([BREAK_AT, BREAK_REASON])
    return [
        say("figure.break", month=text.month(day), reason=str(why))
        for day, why in met[[BREAK_AT, BREAK_REASON]].itertuples(index=False)
    ]


def _open(drawing: Sheet, x: float, words: str, look: Look) -> tuple[str, int]:
    """Return where words at a rule are anchored: to its right, to its left where the picture ends before them."""
    beyond = Plot.of(drawing).at(x, 0)[0] + text.width(words, look.axis) - drawing.frame.wide
    return ("left", -2) if beyond <= drawing.frame.room.right else ("right", 2)


def rules(drawing: Sheet, rows: pd.DataFrame, look: Look, *, named: bool = True) -> None:
    """Rule off where the series changes its kind, named where there is room, and at each declared break."""
    parts = stretches(rows)
    apart = len({kind for kind, *_ in parts}) == len(parts)
    turns = [(time_axis.at(start), say(_SHORT.format(kind))) for kind, start, _ in parts[1:]] if apart else []
    for x, words in [*turns, *_broken(rows)]:
        rule(drawing, x, look.palette.ink3, layer="below")
        if not named:
            continue
        side, shift = _open(drawing, x, words, look)
        place: dict[str, Any] = {"yref": "paper", "xanchor": side, "yanchor": "bottom", "xshift": shift}
        small = {"size": look.axis, "color": look.palette.ink3}
        note(drawing, words, x=x, y=1, look=look, font=small, **place)


def _broken(rows: pd.DataFrame) -> Iterable[tuple[int, str]]:
    days = rows[BREAK_AT].dropna().drop_duplicates() if BREAK_AT in rows else pd.Series(dtype="datetime64[us]")
    return [(time_axis.at(day), say("figure.short.other")) for day in days]


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
    return say(_ENDS[currency], end=text.month(end), newest=text.month(newest))
