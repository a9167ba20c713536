"""What the article says: each quoted figure beside the figure that the data give."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pandas as pd
import plotly.graph_objects as go

from analysis import claims
from layouts import text
from layouts.charts.base import Chart, Words, blank, framed
from layouts.theme import PRINT, Look, Palette

if TYPE_CHECKING:
    from analysis.book import Book
    from analysis.selection import Selection

SHAPES: Final = {claims.HOLDS: "●", claims.OTHERWISE: "◆", claims.NOT: "■", claims.UNTESTED: "○"}
SHORT: Final = {
    claims.HOLDS: "Holds",
    claims.OTHERWISE: "Holds for another window",
    claims.NOT: "Does not follow",
    claims.UNTESTED: "Cannot be tested",
}


def rows(book: Book, selection: Selection) -> pd.DataFrame:
    """Return one row a claim and basis; a claim without a basis has one row with it empty."""
    del selection
    out = []
    for verdict in claims.judge(book):
        head = {"id": verdict.id, "quoted": verdict.quoted, "says": verdict.says, "article": verdict.value, "unit": verdict.unit}
        tail = {"verdict": verdict.verdict, "sentence": verdict.sentence}
        bases = [("for the claim", basis) for basis in verdict.bases] + [("for another window", basis) for basis in verdict.found]
        for role, basis in bases or [("", None)]:
            found = {"role": role, "basis": basis.label, "window": basis.window, "recomputed": basis.figure, "recomputed_unit": basis.unit, "source": basis.source, "vintage": basis.vintage, "steps": basis.steps} if basis else {}
            out.append({**head, **found, **tail})
    columns = ["id", "quoted", "says", "article", "unit", "role", "basis", "window", "recomputed", "recomputed_unit", "source", "vintage", "steps", "verdict", "sentence"]
    return pd.DataFrame(out).reindex(columns=columns)


def colour(verdict: str, palette: Palette) -> str:
    """Return the colour of a verdict; its shape and word always stand beside it."""
    return {claims.HOLDS: palette.holds, claims.OTHERWISE: palette.otherwise, claims.NOT: palette.fails}.get(verdict, palette.untested)


def words(rows: pd.DataFrame, selection: Selection) -> Words:
    """Count the verdicts; the source line names the article and what it was tested on."""
    del selection
    if rows.empty:
        return Words("The article’s figures could not be read", "", "", "")
    counts = rows.drop_duplicates("id")["verdict"].value_counts()
    said = [f"{counts[v]} {w}" for v, w in ((claims.HOLDS, "hold"), (claims.OTHERWISE, "for another window"), (claims.NOT, "do not follow"), (claims.UNTESTED, "cannot be tested")) if v in counts]
    finding = f"Of the article’s {counts.sum()} statements {text.listed(said)}"
    used = text.listed(text.SOURCES.get(name, name) for name in rows["source"].dropna().unique())
    source = f"Source: Bērziņa-Čerenkova and Rühlig, “China’s Complex Relations with Russia” (2023); tested on {used}."
    return Words(finding, "The figure quoted, the figure computed again from trade statistics, and what follows", source, "")


def figure_text(figure: float, unit: str) -> str:
    """Write a recomputed figure as its claim is written."""
    if pd.isna(figure):
        return "–"
    if unit.startswith("percent y/y"):
        return text.percent(figure)
    if unit.startswith("percent"):
        return f"{figure:.1f}%"
    return f"US$ {figure:,.2f} bn" if unit == "US$ bn" else f"US$ {figure:,.0f} m"


def draw(rows: pd.DataFrame, selection: Selection, look: Look = PRINT) -> go.Figure:
    """Draw the claims as a table: verdict, quotation, figure, sentence."""
    figure = blank(look)
    said = words(rows, selection)
    figure.update_xaxes(range=[0, 1], visible=False)
    heads = rows.drop_duplicates("id") if len(rows) else rows
    figure.update_yaxes(range=[len(heads) or 1, 0], visible=False)
    room = look.width - 2 * look.margin
    for place, row in enumerate(heads.itertuples()):
        tint = colour(row.verdict, look.palette)
        figure.add_shape(type="line", x0=0, x1=1, y0=place, y1=place, line={"color": look.palette.rule, "width": 1})
        cells = (
            (0.0, f"<span style='color:{tint}'><b>{SHAPES[row.verdict]} {SHORT[row.verdict]}</b></span>", None),
            (0.2, f"<b>“{row.quoted}”</b>", 0.22),
            (0.44, f"<b>{figure_text(row.recomputed, str(row.recomputed_unit))}</b>" + (f"<br>{row.window}" if pd.notna(row.window) else ""), None),
            (0.56, str(row.sentence), 0.44),
        )
        for x, words_, share in cells:
            lines = text.wrap(words_, look.axis, share * room) if share else [words_]
            figure.add_annotation(text="<br>".join(lines[:4]), x=x, y=place, yshift=-7, xanchor="left", yanchor="top", align="left", showarrow=False, font={"size": look.axis, "color": look.palette.ink})
    figure = framed(figure, said, look, below=4, left=0)
    return figure.update_layout(margin={"r": look.margin})


CHART: Final = Chart("claims", "What the article says", "What does the article say, and what do customs say?", rows, words, draw)
