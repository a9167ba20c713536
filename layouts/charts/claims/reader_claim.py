"""One claim alone, as a reader typed it: verdict, how it was read, and every basis side by side."""

import re
from collections.abc import Hashable
from dataclasses import replace
from enum import StrEnum
from typing import Any, Final

import pandas as pd

from analysis.claims.verdicts import Outcome
from analysis.selection import Selection
from layouts.charts.claims import labels, wording
from layouts.charts.claims.words import SHAPES, article_of, colour, figure_text
from layouts.drawing import geometry
from layouts.drawing.canvas import Canvas
from layouts.figure import source_line
from layouts.figure.chart import Words
from layouts.figure.frame import blank, framed, note
from layouts.look.theme import PRINT, Look
from layouts.words import text
from layouts.words.catalogue import say, say_many

# a longer word would leave the picture; Chinese breaks anywhere
_ENDLESS: Final = re.compile(r"([^\s\u2e80-\uffef]{36})(?=[^\s\u2e80-\uffef])")
_TALL: Final = 0.56  # of the picture's height is left for the words and the table
_COLUMNS: Final = (
    ("claims.head.from", "recomputation", 0.0, 0.29),
    ("claims.head.period", "window", 0.29, 0.14),
    ("claims.head.figure", "recomputed", 0.43, 0.14),
    ("claims.head.version", "vintage", 0.57, 0.13),
    ("claims.head.steps", "steps", 0.7, 0.3),
)
_NARROW: Final = (
    ("claims.head.from", "recomputation", 0.0, 0.46),
    ("claims.head.period", "window", 0.46, 0.28),
    ("claims.head.figure", "recomputed", 0.74, 0.26),
)


class ClaimRole(StrEnum):
    """What a recomputation is to a claim; the value is its code in tables."""

    CLAIM = "for the claim"
    ANOTHER = "for another window"
    FITS = "a window that fits"  # where the reader named none


def plain(words: str) -> str:
    """Return words as a picture shows them: what looks like markup is text."""
    return words.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def broken(words: str) -> str:
    """Break words that are longer than any line."""
    return _ENDLESS.sub(r"\1 ", words)


def words(rows: pd.DataFrame) -> Words:
    """Say the verdict on the number; the subtitle quotes what was typed."""
    row = rows.iloc[0]
    used = text.listed(dict.fromkeys(source_line.short(name) for name in source_line.names(rows)))
    licences = "; ".join(dict.fromkeys(source_line.licence(name) for name in source_line.names(rows)))
    source = say("claims.source_of_typed", sources=used, licences=licences) if used else say("claims.source_of_nothing")
    searched = "" if pd.isna(row["searched"]) else str(row["searched"])
    return Words(_finding(rows), broken(say("claims.typed", words=row["quoted"])), source, "", searched)


def _finding(rows: pd.DataFrame) -> str:
    row = rows.iloc[0]
    outcome = Outcome(row["verdict"])
    if outcome in _WITHOUT:
        return say(_WITHOUT[outcome])
    number = article_of(row.to_dict())
    window = "" if pd.isna(row["window"]) else str(row["window"])
    if outcome is Outcome.OPEN:
        if not window:
            return say("claims.finding.fits_none", number=number)
        several = rows[["period_start", "period_end"]].drop_duplicates().shape[0] > 1
        key = "claims.finding.could_be_several" if several else "claims.finding.could_be"
        return say(key, number=number, months=window)
    if outcome is Outcome.OTHERWISE:
        other = rows.loc[rows["role"].eq(ClaimRole.ANOTHER.value), "window"].iloc[0]
        return say("claims.finding.otherwise", number=number, months=other)
    return say(_OUTCOMES[outcome, bool(window)], number=number, **({"months": window} if window else {}))


_WITHOUT: Final = {Outcome.UNTESTED: "claims.finding.untested", Outcome.UNREAD: "claims.finding.unread"}
_OUTCOMES: Final = {
    (Outcome.HOLDS, True): "claims.finding.holds_for",
    (Outcome.HOLDS, False): "claims.finding.holds",
    (Outcome.REVISED, True): "claims.finding.revised_for",
    (Outcome.REVISED, False): "claims.finding.revised",
    (Outcome.SPLIT, True): "claims.finding.split_for",
    (Outcome.SPLIT, False): "claims.finding.split",
    (Outcome.NOT, True): "claims.finding.not_for",
    (Outcome.NOT, False): "claims.finding.not",
}


def draw(rows: pd.DataFrame, selection: Selection, look: Look = PRINT) -> Canvas:
    """Draw the verdict, the sentence and a table of the bases."""
    del selection
    framing = words(rows)
    framing = replace(framing, subtitle=plain(framing.subtitle))
    figure = blank(look, framing, geometry.bare())
    figure.update_xaxes(range=[0, 1], visible=False)
    figure.update_yaxes(range=[0, 1], visible=False)
    row = rows.iloc[0]
    outcome = Outcome(row["verdict"])
    tone = colour(outcome, look.palette)
    head = f"<b>{SHAPES[outcome]} {wording.verdict_word(outcome)}</b>"
    down = _say(figure, [head], 0, look, look.label + 1, tone)
    room = look.width - 2 * look.margin
    sentences = [f"{row['says']}" if isinstance(row["says"], str) else "", str(row["sentence"])]
    for words_, ink in zip(sentences, (look.palette.ink2, look.palette.ink), strict=True):
        if words_:
            down = _say(
                figure,
                [plain(line) for line in text.wrap(broken(words_), look.label, room)],
                down,
                look,
                look.label,
                ink,
            )
    _table(figure, rows[rows["recomputation"].notna()], down + 10, look)
    return framed(figure)


def _say(figure: Canvas, lines: list[str], down: float, look: Look, size: int, ink: str) -> float:
    """Write lines ``down`` pixels below the top; return where the next stand."""
    _at(figure, "<br>".join(lines), (0, down), look, size, ink)
    return down + len(lines) * size * 1.32 + 6


def _at(figure: Canvas, words_: str, at: tuple[float, float], look: Look, size: int, ink: str) -> None:
    """Write words ``at`` a part of the width and so many pixels below the top."""
    x, down = at
    place: dict[str, Any] = {"yref": "paper", "xref": "paper", "yanchor": "top", "yshift": -down, "borderpad": 0}
    note(figure, words_, x=x, y=1, look=look, font={"size": size, "color": ink}, **place)


def _table(figure: Canvas, rows: pd.DataFrame, down: float, look: Look) -> None:
    """Set the bases side by side, as many as there is room for, and count the rest."""
    columns, size = _NARROW if look.narrow else _COLUMNS, look.axis - 1
    if rows.empty:
        return
    for name, _, x, _ in columns:
        _at(figure, say(name), (x, down), look, size, look.palette.ink3)
    down += size * 1.32 + 6
    records = rows.to_dict("records")
    for place, row in enumerate(records):
        cells = [
            text.wrap(_cell(row, field), size, share * (look.width - 2 * look.margin) - 10)
            for _, field, _, share in columns
        ]
        tall = max(map(len, cells)) * size * 1.32 + 6
        if down + tall > _TALL * look.height:
            _at(figure, say_many("claims.more_rows", len(records) - place), (0, down), look, size, look.palette.ink3)
            return
        _rule(figure, down - 3, look)
        for (_, field, x, _), lines in zip(columns, cells, strict=True):
            bold = field == "recomputed"
            shown = "<br>".join(f"<b>{plain(line)}</b>" if bold else plain(line) for line in lines)
            _at(figure, shown, (x, down), look, size, look.palette.ink)
        down += tall


def _cell(row: dict[Hashable, Any], field: str) -> str:
    if field == "recomputed":
        return figure_text(row["recomputed"], str(row["recomputed_unit"]))
    cell = "" if pd.isna(row[field]) else str(row[field])
    return labels.version(cell) if field == "vintage" else cell


def _rule(figure: Canvas, down: float, look: Look) -> None:
    figure.add_shape(
        type="line",
        xref="paper",
        yref="paper",
        ysizemode="pixel",
        yanchor=1,
        x0=0,
        x1=1,
        y0=-down,
        y1=-down,
        line={"color": look.palette.rule, "width": 1},
    )
