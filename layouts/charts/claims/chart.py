"""What the article says: each quoted figure beside the figure that the data give."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import pandas as pd

from analysis.claims import article as article_claims
from analysis.claims import reader_claim, verdicts
from analysis.claims.verdicts import Outcome
from analysis.trace import row_parts
from layouts.charts.claims import labels, wording
from layouts.charts.claims import reader_claim as claim_typed
from layouts.charts.claims.reader_claim import Role
from layouts.charts.claims.words import SHAPES, article_text, colour, figure_text
from layouts.drawing import geometry
from layouts.figure import source_line
from layouts.figure.chart import Chart, Choice, Stated, Words
from layouts.figure.frame import blank, framed, note
from layouts.look.theme import PRINT, Look, Palette
from layouts.words import text
from layouts.words.catalogue import say, say_many

if TYPE_CHECKING:
    from collections.abc import Hashable

    from analysis import recomputations
    from analysis.dataset import Dataset
    from analysis.selection import Selection
    from layouts.drawing.canvas import Canvas

_EDGES: Final = (0.0, 0.14, 0.37, 0.46, 0.57)
_SHARES: Final = (0.14, 0.23, 0.09, 0.11, 0.43)
# a verdict as the title counts it
_COUNTED: Final = {
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
COLUMNS: Final = (
    "id",
    "quoted",
    "says",
    "article",
    "article_unit",
    "kind",
    "role",
    "method",
    "recomputation",
    "window",
    "recomputed",
    "recomputed_unit",
    "tolerance",
    "basis",
    "base_basis",
    "source",
    "vintage",
    "steps",
    "verdict",
    "sentence",
    "searched",
    "reporter",
    "partner",
    "flow",
    "codes",
    "period_start",
    "period_end",
    "value",
    "base_value",
    "base_source",
    "currency",
)


def rows(dataset: Dataset, selection: Selection) -> pd.DataFrame:
    """Return one row a claim and recomputation, what was typed first; a claim without any has one row with it empty.

    ``method`` is the code of the recomputation, which no language changes, ``recomputation`` its name.
    ``basis`` is the code of what the figure rests on, ``base_basis`` of what the base of a rate or
    the whole of a share does. ``tolerance`` is how far from the recomputed figure, in its unit, a
    number may lie that still agrees with it.
    """
    own = (reader_claim.judge(dataset, selection.claim),) if selection.claim else ()
    held = [row for verdict in (*own, *article_claims.judge(dataset)) for row in _rows(verdict)]
    table = pd.DataFrame(held).reindex(columns=COLUMNS)
    based = {name: table[name].astype(object).fillna("") for name in ("basis", "base_basis")}
    days = {name: pd.to_datetime(table[name], format="%Y-%m").astype("datetime64[us]") for name in _PERIOD}
    return table.assign(**based, **days)


def _rows(verdict: verdicts.Verdict) -> list[dict[str, object]]:
    named = verdict.id != reader_claim.ID or verdict.period_start
    held = [(Role.CLAIM if named else Role.FITS, one) for one in verdict.bases]
    held += [(Role.ANOTHER, one) for one in verdict.found]
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
    if not held:
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
        for role, one in held
    ]


def _resting(one: recomputations.Recomputation) -> dict[str, object]:
    """Return the reported values behind a figure, in whole units; nothing where it is a printed rate or a share."""
    held = one.rests
    if held is None:
        return {}
    return {
        "reporter": held.reporter,
        "partner": "RUS" if held.reporter == "CHN" else "CHN",
        "flow": held.flow,
        "codes": " ".join(held.codes),
        "value": held.value,
        "base_value": held.before,
        "base_source": held.before_source or None,
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
    counted = text.listed(say_many(key, counts[one]) for one, key in _COUNTED.items() if one in counts)
    total = sum(counts.values())
    span = rows["period_start"].min(), rows["period_end"].max()
    used = text.listed(dict.fromkeys(source_line.short(name) for name in rows["source"].dropna().unique()))
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
    figure = blank(look, words(rows, selection), geometry.bare())
    figure.update_xaxes(range=[0, 1], visible=False)
    heads = rows.drop_duplicates("id").to_dict("records") if len(rows) else []
    figure.update_yaxes(range=[len(heads) or 1, -0.4], visible=False)
    for x, head in zip(_EDGES, map(say, _HEADS), strict=True):
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
    return framed(figure)


def _wrapped(part: str, look: Look, share: float) -> list[str]:
    """Wrap the text of a cell; markup stays whole."""
    if part.startswith("<"):
        return [part]
    return text.wrap(part, look.axis - 2, share * (look.width - 2 * look.margin) - 12)


def _cells(row: dict[Hashable, Any], palette: Palette) -> tuple[str, ...]:
    """Return the words of the cells of one claim."""
    outcome, window = Outcome(row["verdict"]), row["window"]
    recomputed = f"<b>{figure_text(row['recomputed'], str(row['recomputed_unit']))}</b>"
    word = wording.verdict_word(outcome)
    return (
        f"<span style='color:{colour(outcome, palette)}'><b>{SHAPES[outcome]} {word}</b></span>",
        str(row["quoted"]),
        article_text(str(row["article"] or ""), str(row["article_unit"] or ""), str(row["kind"] or "")),
        recomputed if pd.isna(window) else f"{recomputed}<br>{window}",
        str(row["sentence"]),
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
