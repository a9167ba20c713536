"""What the article says: each quoted figure beside the figure that the data give."""

from collections.abc import Hashable
from typing import Any, Final

import pandas as pd

from analysis import points
from analysis.claims import article as article_claims
from analysis.claims import reader_claim, verdicts
from analysis.claims.verdicts import Outcome
from analysis.dataset import Dataset
from analysis.recomputations.figures import Recomputation
from analysis.selection import Selection
from analysis.trace import row_parts
from layouts.charts.claims import labels, one_column, wording
from layouts.charts.claims import reader_claim as claim_typed
from layouts.charts.claims.reader_claim import ClaimRole
from layouts.charts.claims.words import SHAPES, article_of, colour, figure_text
from layouts.drawing import geometry
from layouts.drawing.canvas import Canvas
from layouts.figure import source_line
from layouts.figure.chart import Chart, Choice, Stated, Words
from layouts.figure.frame import blank, framed, note
from layouts.look.theme import PRINT, Look
from layouts.words import text
from layouts.words.catalogue import say, say_many
from loaders.core import schema

# of the width, for each column; where a picture is as high as it is wide, sentences have room to run on
_SHARES: Final = (0.12, 0.17, 0.09, 0.11, 0.51)
_TALL_SHARES: Final = (0.14, 0.19, 0.12, 0.14, 0.41)
_BESIDE: Final = 12  # pixels between two columns
_LINE: Final = 1.32  # of its letters' size
_GAP: Final = 10  # pixels between the last line of a claim and the next claim
_LEAST: Final = 8  # pixels of a letter
_Cell = list[tuple[str, bool]]
# a verdict as the title counts it
COUNTED: Final = {
    Outcome.HOLDS: "claims.counted.holds",
    Outcome.REVISED: "claims.counted.revised",
    Outcome.SPLIT: "claims.counted.split",
    Outcome.OTHERWISE: "claims.counted.otherwise",
    Outcome.NOT: "claims.counted.not",
    Outcome.UNTESTED: "claims.counted.untested",
}
_HEADS: Final = (
    "claims.head.verdict",
    "claims.head.article",
    "claims.head.its_figure",
    "claims.head.recomputed",
    "claims.head.follows",
)
_PERIOD: Final = ("period_start", "period_end")
COLUMNS: Final = schema.columns_of("claims")


def rows(dataset: Dataset, selection: Selection) -> pd.DataFrame:
    """Return one row a claim and recomputation, what was typed first; a claim without any has one row with it empty.

    ``method`` is the code of the recomputation, which no language changes, ``recomputation`` its name.
    ``basis`` is the code of what the figure rests on, ``base_basis`` of what the base of a rate or
    the whole of a share does. ``tolerance`` is how far from the recomputed figure, in its unit, a
    number may lie that still agrees with it.
    """
    own = (reader_claim.judge(dataset, selection.claim),) if selection.claim else ()
    listed = [row for verdict in (*own, *article_claims.judge(dataset)) for row in _rows(verdict)]
    return _table(listed)


def _table(listed: list[dict[str, object]]) -> pd.DataFrame:
    table = pd.DataFrame(listed).reindex(columns=COLUMNS)
    based = {name: table[name].astype(object).fillna("") for name in ("basis", "base_basis")}
    days = {name: pd.to_datetime(table[name], format="%Y-%m").astype("datetime64[us]") for name in _PERIOD}
    return table.assign(**based, **days)


def first_point(verdict: verdicts.Verdict) -> str:
    """Return the name of the point of the first figure that a claim was set against; empty for none."""
    made = _table(_rows(verdict)[:1])
    return "" if made["role"].isna().all() else str(points.named(made, CHART.name, CHART.marks)[points.POINT].iloc[0])


def _rows(verdict: verdicts.Verdict) -> list[dict[str, object]]:
    named = verdict.id != reader_claim.ID or verdict.period_start
    figures = [(ClaimRole.CLAIM if named else ClaimRole.FITS, one) for one in verdict.bases]
    figures += [(ClaimRole.ANOTHER, one) for one in verdict.elsewhere]
    claim: dict[str, object] = {
        "id": verdict.id,
        "quoted": wording.quotation(verdict),
        "says": wording.says(verdict),
        "article": verdict.value or None,
        "article_unit": verdict.unit or None,
        "kind": verdict.row.get("kind") or None,
        "verdict": verdict.verdict.value,
        "sentence": wording.sentence(verdict),
        "searched": wording.searched(verdict) or None,
    }
    if not figures:
        return [claim]
    return [
        {
            **claim,
            "role": role.value,
            "method": one.code,
            "recomputation": labels.label(one),
            "window": wording.months(one.span),
            "recomputed": one.figure,
            "recomputed_unit": one.unit,
            "tolerance": one.tolerance,
            "basis": str(one.basis or ""),
            "base_basis": str(one.base or ""),
            "source": one.source,
            "vintage": one.vintage or None,
            "steps": wording.text_of(one.steps),
            "period_start": one.span[0],
            "period_end": one.span[1],
            **_resting(one),
        }
        for role, one in figures
    ]


def _resting(one: Recomputation) -> dict[str, object]:
    """Return the reported values behind a figure, in whole units; nothing where it is a printed rate or a share."""
    reported = one.rests
    if reported is None:
        return {}
    return {
        "reporter": reported.reporter,
        "partner": "RUS" if reported.reporter == "CHN" else "CHN",
        "flow": reported.flow,
        "codes": " ".join(reported.codes),
        "value": reported.value,
        "base_value": reported.before,
        "base_source": reported.before_source or None,
        "currency": one.currency,
    }


def words(rows: pd.DataFrame, selection: Selection) -> Words:
    """Count the verdicts; the source line names the article and what it was tested on."""
    if selection.claim and len(rows):
        return claim_typed.words(rows[rows["id"].eq(reader_claim.ID)])
    if rows.empty:
        return Words(say("claims.unreadable"), "", "", "")
    counts = {
        Outcome(str(one)): int(many) for one, many in rows.drop_duplicates("id")["verdict"].value_counts().items()
    }
    counted = labels.listed(say_many(key, counts[one]) for one, key in COUNTED.items() if one in counts)
    total = sum(counts.values())
    span = rows["period_start"].min(), rows["period_end"].max()
    used = text.listed(dict.fromkeys(source_line.short(name) for name in source_line.names(rows)))
    return Words(
        say_many("claims.finding", total, counted=counted),
        say("claims.subtitle"),
        say("claims.source", sources=used),
        "",
        # a count of statements rests on no basis; each row names its own
        stated=(Stated(float(total), "", *span),),
    )


def draw(rows: pd.DataFrame, selection: Selection, look: Look = PRINT) -> Canvas:
    """Draw the claims as a table: verdict, quotation, both figures, sentence; or what the reader typed alone."""
    if selection.claim and len(rows):
        return claim_typed.draw(rows[rows["id"].eq(reader_claim.ID)], selection, look)
    claims = rows.drop_duplicates("id").to_dict("records") if len(rows) else []
    cells = [_cells(row) for row in claims]
    inks = [colour(Outcome(row["verdict"]), look.palette) for row in claims]
    if look.narrow:
        return one_column.draw(words(rows, selection), cells, inks, look)
    figure = blank(look, words(rows, selection), geometry.bare())
    room = figure.frame.height - figure.frame.top - figure.frame.bottom
    shares = _TALL_SHARES if look.height >= look.width else _SHARES
    sizes = range(look.label if shares is _TALL_SHARES else look.axis - 2, _LEAST, -1)
    size = next((one for one in sizes if _fits(cells, look, one, shares, room)), _LEAST)
    down = _down(cells, look, size, shares)
    edges = [sum(shares[:place]) for place in range(len(shares))]
    figure.update_xaxes(range=[0, 1], visible=False)
    figure.update_yaxes(range=[room, 0], visible=False)
    for x, head in zip(edges, map(say, _HEADS), strict=True) if claims else ():
        note(figure, head, x=x, y=0, look=look, colour=look.palette.ink3, yanchor="top", font={"size": size})
    for own, own_ink, top in zip(cells, inks, down, strict=False):
        figure.add_shape(type="line", x0=0, x1=1, y0=top, y1=top, line={"color": look.palette.rule, "width": 1})
        shown = (own_ink, *[look.palette.ink] * (len(edges) - 1))
        for x, share, cell, ink in zip(edges, shares, own, shown, strict=True):
            lines = [line if bold is False else f"<b>{line}</b>" for line, bold in _wrapped(cell, look, share, size)]
            place: dict[str, Any] = {"yanchor": "top", "yshift": -5, "borderpad": 0}
            note(figure, "<br>".join(lines), x=x, y=top, look=look, font={"size": size, "color": ink}, **place)
    return framed(figure)


def _fits(cells: list[tuple[_Cell, ...]], look: Look, size: int, shares: tuple[float, ...], room: float) -> bool:
    """Return whether all claims have room above the source line, and each word in its column."""
    if _down(cells, look, size, shares)[-1] > room:
        return False
    across = look.width - 2 * look.margin
    return all(
        text.width(line, size, bold=bold) <= share * across - _BESIDE / 2
        for row in cells
        for cell, share in zip(row, shares, strict=True)
        for line, bold in _wrapped(cell, look, share, size)
    )


def _down(cells: list[tuple[_Cell, ...]], look: Look, size: int, shares: tuple[float, ...]) -> list[float]:
    """Return how far below the top of the plot each claim begins and the last ends, in pixels."""
    tall = size * _LINE
    down = [tall + _GAP]
    for row in cells:
        most = max(len(_wrapped(cell, look, share, size)) for cell, share in zip(row, shares, strict=True))
        down.append(down[-1] + most * tall + _GAP)
    return down


def _wrapped(cell: _Cell, look: Look, share: float, size: int) -> list[tuple[str, bool]]:
    """Wrap the parts of a cell, each with whether it is bold."""
    room = share * (look.width - 2 * look.margin) - _BESIDE
    return [(line, bold) for part, bold in cell for line in text.wrap(part, size, room, bold=bold)]


def _cells(row: dict[Hashable, Any]) -> tuple[_Cell, ...]:
    """Return the words of the cells of one claim, each part with whether it is bold."""
    outcome, window = Outcome(row["verdict"]), row["window"]
    recomputed = figure_text(row["recomputed"], str(row["recomputed_unit"]))
    months = [] if pd.isna(window) else [(str(window), False)]
    return (
        [(f"{SHAPES[outcome]} {wording.verdict_word(outcome)}", True)],
        [(str(row["quoted"]), False)],
        [(article_of(row), False)],
        [(recomputed, True), *months],
        [(str(row["sentence"]), False)],
    )


CHART: Final = Chart(
    "claims",
    rows,
    words,
    draw,
    choices=(Choice("claim"),),
    reads=("claim",),
    marks=("id", "role", "method"),
    parts=row_parts.claimed,
)
