"""What the article says: each quoted figure beside the figure that the data give."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import pandas as pd

from analysis import claims
from analysis.bases import PERCENT
from layouts import text
from layouts.charts import sources
from layouts.charts.base import Chart, Words, blank, framed, note
from layouts.theme import PRINT, Look, Palette

if TYPE_CHECKING:
    from collections.abc import Hashable

    import plotly.graph_objects as go

    from analysis.book import Book
    from analysis.selection import Selection

_EDGES: Final = (0.0, 0.14, 0.37, 0.46, 0.57)
_SHARES: Final = (0.14, 0.23, 0.09, 0.11, 0.43)
COLUMNS: Final = (
    "id",
    "quoted",
    "says",
    "article",
    "article_unit",
    "role",
    "basis",
    "window",
    "recomputed",
    "recomputed_unit",
    "source",
    "vintage",
    "steps",
    "verdict",
    "sentence",
)
SHAPES: Final = {claims.HOLDS: "●", claims.OTHERWISE: "◆", claims.NOT: "■", claims.UNTESTED: "○"}
SHORT: Final = {
    claims.HOLDS: "Holds",
    claims.OTHERWISE: "Holds otherwise",
    claims.NOT: "Does not follow",
    claims.UNTESTED: "Cannot be tested",
}


def rows(book: Book, selection: Selection) -> pd.DataFrame:
    """Return one row a claim and basis; a claim without a basis has one row with it empty."""
    del selection
    return pd.DataFrame([row for verdict in claims.judge(book) for row in _rows(verdict)]).reindex(columns=COLUMNS)


def _rows(verdict: claims.Verdict) -> list[dict[str, object]]:
    held = [("for the claim", basis) for basis in verdict.bases]
    held += [("for another window", basis) for basis in verdict.found]
    claim: dict[str, object] = {
        "id": verdict.id,
        "quoted": quotation(verdict),
        "says": verdict.says,
        "article": verdict.value or None,
        "article_unit": verdict.unit or None,
        "verdict": verdict.verdict,
        "sentence": verdict.sentence,
    }
    if not held:
        return [claim]
    return [
        {
            **claim,
            "role": role,
            "basis": basis.label,
            "window": basis.window,
            "recomputed": basis.figure,
            "recomputed_unit": basis.unit,
            "source": basis.source,
            "vintage": basis.vintage or None,
            "steps": basis.steps,
        }
        for role, basis in held
    ]


def quotation(verdict: claims.Verdict) -> str:
    """Return the article's words in quotation marks, or that the figure only follows from them."""
    return f"“{verdict.quoted}”" if verdict.quoted else "Follows from the two sums"


def colour(verdict: str, palette: Palette) -> str:
    """Return the colour of a verdict; its shape and word always stand beside it."""
    return {claims.HOLDS: palette.holds, claims.OTHERWISE: palette.otherwise, claims.NOT: palette.fails}.get(
        verdict, palette.untested
    )


def words(rows: pd.DataFrame, selection: Selection) -> Words:
    """Count the verdicts; the source line names the article and what it was tested on."""
    del selection
    if rows.empty:
        return Words("The article’s figures could not be read", "", "", "")
    counts = rows.drop_duplicates("id")["verdict"].value_counts()
    said = [
        f"{counts[v]} {w}"
        for v, w in (
            (claims.HOLDS, "hold"),
            (claims.OTHERWISE, "otherwise"),
            (claims.NOT, "do not follow"),
            (claims.UNTESTED, "are untestable"),
        )
        if v in counts
    ]
    finding = f"Of {counts.sum()} statements {text.listed(said)}"
    used = text.listed(dict.fromkeys(sources.short(name) for name in rows["source"].dropna().unique()))
    source = f"Source: Bērziņa-Čerenkova and Rühlig, “China’s Complex Relations with Russia” (2023); tested on {used}."
    return Words(
        finding, "The figure quoted, the figure computed again from trade statistics, and what follows", source, ""
    )


def figure_text(figure: float, unit: str) -> str:
    """Write a recomputed figure with its unit."""
    if pd.isna(figure):
        return "–"
    if unit == PERCENT:
        return text.percent(figure)
    written = {"bn_usd": f"US$ {text.number(figure, 2)} bn", "mln_usd": f"US$ {text.number(figure, 0)} m"}
    return written.get(unit, f"{text.number(figure)}%").replace(" ", text.NBSP)


def article_text(value: str, unit: str) -> str:
    """Write the article's figure with its unit; a statement without one in a word."""
    written = {"percent": f"{value}%", "bn_usd": f"US$ {value} bn", "mln_usd": f"> US$ {value} m", "rank": "largest"}
    return written.get(unit, "in words").replace(" ", text.NBSP)


def draw(rows: pd.DataFrame, selection: Selection, look: Look = PRINT) -> go.Figure:
    """Draw the claims as a table: verdict, quotation, both figures, sentence."""
    figure = blank(look)
    figure.update_xaxes(range=[0, 1], visible=False)
    heads = rows.drop_duplicates("id").to_dict("records") if len(rows) else []
    figure.update_yaxes(range=[len(heads) or 1, -0.4], visible=False)
    for x, head in zip(_EDGES, ("Verdict", "The article", "Its figure", "Recomputed", "What follows"), strict=True):
        note(
            figure, head, x=x, y=-0.4, look=look, colour=look.palette.ink3, yanchor="top", font={"size": look.axis - 2}
        )
    for place, row in enumerate(heads):
        figure.add_shape(type="line", x0=0, x1=1, y0=place, y1=place, line={"color": look.palette.rule, "width": 1})
        for x, share, words_ in zip(_EDGES, _SHARES, _cells(row, look.palette), strict=True):
            lines = [line for part in words_.split("<br>") for line in _wrapped(part, look, share)]
            figure.add_annotation(
                text="<br>".join(lines),
                x=x,
                y=place,
                yshift=-6,
                xanchor="left",
                yanchor="top",
                align="left",
                showarrow=False,
                borderpad=0,
                font={"size": look.axis - 2, "color": look.palette.ink},
            )
    return framed(figure, words(rows, selection), look, below=2, left=0, gutter=0)


def _wrapped(part: str, look: Look, share: float) -> list[str]:
    """Wrap the text of a cell; markup stays whole."""
    if part.startswith("<"):
        return [part]
    return text.wrap(part, look.axis - 2, share * (look.width - 2 * look.margin) - 12)


def _cells(row: dict[Hashable, Any], palette: Palette) -> tuple[str, ...]:
    """Return the words of the cells of one claim."""
    verdict, window = row["verdict"], row["window"]
    recomputed = f"<b>{figure_text(row['recomputed'], str(row['recomputed_unit']))}</b>"
    return (
        f"<span style='color:{colour(verdict, palette)}'><b>{SHAPES[verdict]} {SHORT[verdict]}</b></span>",
        str(row["quoted"]),
        article_text(str(row["article"] or ""), str(row["article_unit"] or "")),
        recomputed if pd.isna(window) else f"{recomputed}<br>{window}",
        str(row["sentence"]),
    )


CHART: Final = Chart(
    "claims",
    "What the article says",
    "What does the article say, and what do customs say?",
    rows,
    words,
    draw,
    marks=("id", "role", "basis", "window"),
)
