"""Shares that somebody stated, as lists of dots: by wording, and with Asia as a region; hollow where none is sure."""

from collections.abc import Hashable
from dataclasses import dataclass
from typing import Any, Final

import pandas as pd

from analysis.points import POINT
from layouts.charts.settlement.words import HEADINGS, as_stated, share_of, short_name, when_stated, worded_share
from layouts.drawing import geometry
from layouts.drawing.canvas import Canvas
from layouts.figure.frame import note
from layouts.look.theme import Look
from layouts.words.catalogue import say

_SIGNS: Final = {"about": "≈ ", "over": "> ", "almost": "< "}
_WITH_ASIA: Final = {"export": "charts.settlement.asia.exports", "import": "charts.settlement.asia.imports"}
_SHORT: Final = 400  # pixels across: a list with less names speakers without their office
_AFTER: Final = 8  # pixels from the longest name to the scale
_FIGURE: Final = 58  # pixels for the figure beside a dot at the end of the scale


@dataclass(frozen=True)
class Scale:
    """Per cent in pixels across a list: where none and where all of it lies."""

    zero: float
    full: float

    def at(self, share: float) -> float:
        """Return the pixel of a share."""
        return self.zero + share / 100 * (self.full - self.zero)


def statements(figure: Canvas, stated: pd.DataFrame, wide: float, look: Look) -> None:
    """List the statements under their wording, ``wide`` pixels across, in the order of time.

    Dots are hollow where the speaker was vague.
    """
    names = [_said(row, short=wide < _SHORT) for row in stated.to_dict("records")]
    stated = stated.assign(said=names)
    scale = Scale(geometry.longest(names, look.axis) + _AFTER, wide - _FIGURE)
    p, small = look.palette, {"size": look.axis, "color": look.palette.ink2}
    y = 0.0
    for what, heading in HEADINGS.items():
        part = stated[stated["what"].eq(share_of(what))]
        if part.empty:
            continue
        note(figure, f"<b>{say(heading)}</b>", x=0, y=y, look=look, colour=p.ink)
        for row in part.to_dict("records"):
            y += 1
            note(figure, row["said"], x=0, y=y, look=look, font=small)
            x, vague = scale.at(row["share_pct"]), row["precision"] in _SIGNS
            line = {"color": p.rule, "width": 1}
            figure.add_shape(type="line", x0=scale.zero, x1=x, y0=y, y1=y, line=line, layer="below")
            _dot(figure, row, (x, y), p.ink, hollow=p.ground if vague else "", hovertext=_hover(row))
            label = f"<b>{_SIGNS.get(row['precision'], '')}{as_stated(row)}</b>"
            note(figure, label, x=x, y=y, look=look, colour=p.ink, xshift=9)
        y += 1.4
    figure.update_layout(yaxis={"range": [y - 0.4, -0.7]})


def _said(row: dict[Hashable, Any], *, short: bool) -> str:
    """Say who stated a share, and of when."""
    speaker = str(row["speaker"])
    name = short_name(speaker) if short else speaker
    return say("charts.settlement.said_when", speaker=name, when=when_stated(row))


def regions(figure: Canvas, asia: pd.DataFrame, wide: float, look: Look) -> None:
    """List the Bank of Russia's shares of the rouble with Asia, ``wide`` pixels across; hollow where doubtful."""
    p = look.palette
    scale = Scale(0.42 * wide, wide - _FIGURE)
    style: dict[str, Any] = {"xref": "x3", "yref": "y3", "look": look}
    note(figure, f"<b>{say('charts.settlement.asia')}</b>", x=0, y=0, colour=p.ink, **style)
    for y, row in enumerate(asia.to_dict("records"), start=1):
        x, doubt = scale.at(row["share_pct"]), isinstance(row["doubt"], str)
        name = say(_WITH_ASIA[str(row["flow"])], when=when_stated(row))
        note(figure, name, x=0, y=y, font={"size": look.axis, "color": p.ink2}, **style)
        axes = {"xaxis": "x3", "yaxis": "y3"}
        _dot(figure, row, (x, y), p.russia, hollow=p.ground if doubt else "", hovertext=_hover_asia(row), **axes)
        label = f"<b>{'? ' if doubt else ''}{as_stated(row)}</b>"
        note(figure, label, x=x, y=y, colour=p.russia_text, xshift=9, **style)
    figure.update_layout(xaxis3={"range": [0, wide]}, yaxis3={"range": [len(asia) + 0.6, -0.7]})


def _dot(
    figure: Canvas, row: dict[Hashable, Any], at: tuple[float, float], ink: str, *, hollow: str, **more: str
) -> None:
    """Draw the dot of a share; ``hollow`` is the colour of the ground inside one that is not sure."""
    figure.add_scatter(
        x=[at[0]],
        y=[at[1]],
        mode="markers",
        marker={"size": 9, "color": hollow or ink, "line": {"color": ink, "width": 1.8}},
        ids=[str(row.get(POINT, ""))],
        hoverinfo="text",
        **more,
    )


def _hover(row: dict[Hashable, Any]) -> str:
    who = {"speaker": str(row["speaker"]), "source": str(row["source"])}
    return say("charts.settlement.hover.said", share=worded_share(pd.Series(row)), **who)


def _hover_asia(row: dict[Hashable, Any]) -> str:
    places = {"share": as_stated(row), "source": str(row["source"])}
    if not isinstance(row["doubt"], str):
        return say("charts.settlement.hover.asia", **places)
    return say("charts.settlement.hover.asia_doubt", **places, doubt=row["doubt"])
