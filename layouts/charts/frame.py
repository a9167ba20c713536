"""The frame that every picture has: title, subtitle, plot, source line; and direct labels."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import plotly.graph_objects as go

from layouts import text
from layouts.theme import FONT, Look

if TYPE_CHECKING:
    from collections.abc import Callable

    from layouts.charts.base import Words

_LINE: Final = 1.32
_TITLE_LINE: Final = 1.3


class Sketch(go.Figure):  # type: ignore[misc]  # plotly carries no types
    """A figure that gathers notes and shapes and sets them at once: plotly checks all of them at each call."""

    def __init__(self, **layout: object) -> None:
        """Start empty, with a layout."""
        super().__init__(layout=layout)
        self._gathered: dict[str, list[dict[str, object]]] | None = None
        self.gather()

    def add_annotation(self, arg: object = None, **note_: object) -> Sketch:
        """Gather one note."""
        return self._add("annotations", super().add_annotation, arg, note_)

    def add_shape(self, arg: object = None, **shape: object) -> Sketch:
        """Gather one shape."""
        return self._add("shapes", super().add_shape, arg, shape)

    def _add(self, kind: str, at_once: Callable[..., object], arg: object, what: dict[str, object]) -> Sketch:
        if self._gathered is None or arg is not None or {"row", "col"} & set(what):
            at_once(arg, **what)
        else:
            self._gathered[kind].append(what)
        return self

    def gather(self) -> None:
        """Gather again: what comes next is set by the next :meth:`settle`."""
        self._gathered = {"annotations": [], "shapes": []}

    @property
    def bare(self) -> bool:
        """True while nothing was drawn."""
        return not self.data and not any((self._gathered or {}).values())

    def settle(self) -> None:
        """Set what was gathered; later notes are set as they come."""
        gathered, self._gathered = self._gathered, None
        if gathered:
            self.layout.annotations = (*self.layout.annotations, *gathered["annotations"])
            self.layout.shapes = (*self.layout.shapes, *gathered["shapes"])


def blank(look: Look) -> Sketch:
    """Return an empty figure in the look: no grid but the horizontal, no legend, no toolbar."""
    p = look.palette
    axis = {"showgrid": False, "zeroline": False, "fixedrange": True, "automargin": False, "ticks": ""}
    return Sketch(
        template="none",
        width=look.width,
        height=look.height,
        paper_bgcolor=p.ground,
        plot_bgcolor=p.ground,
        font={"family": FONT, "size": look.axis, "color": p.ink3},
        showlegend=False,
        barmode="overlay",
        hovermode="closest",
        hoverlabel={"bgcolor": p.panel, "bordercolor": p.edge, "font": {"family": FONT, "size": 13, "color": p.ink}},
        dragmode=False,
        xaxis=axis,
        yaxis={**axis, "showgrid": True, "gridcolor": p.rule, "gridwidth": 1},
    )


@dataclass(frozen=True)
class Room:
    """The pixels around a plot that are kept for what belongs to it.

    ``below`` is the height that the time axis needs, ``left`` the width of the value labels, ``gutter``
    that of the names at the right (the look's own where none), ``band`` the height of events above.
    """

    below: int = 30
    left: int = 44
    gutter: int | None = None
    band: int = 0


def framed(
    figure: go.Figure,
    words: Words,
    look: Look,
    *,
    below: int = 30,
    left: int = 44,
    gutter: int | None = None,
) -> go.Figure:
    """Add title, subtitle and source line inside the picture and give the plot the room between, as :class:`Room`."""
    return fitted(figure, words, look, Room(below, left, gutter))


def fitted(figure: go.Figure, words: Words, look: Look, kept: Room) -> go.Figure:
    """Add title, subtitle and source line inside the picture and give the plot the room between, less what is kept."""
    below, left, gutter = kept.below, kept.left, look.gutter if kept.gutter is None else kept.gutter
    if isinstance(figure, Sketch) and figure.bare:  # axes without figures would show numbers that mean nothing
        figure.update_layout(xaxis={"visible": False}, yaxis={"visible": False})
    room = look.width - 2 * look.margin
    title = text.wrap(words.finding, look.title, room, bold=True)
    subtitle = text.wrap(words.subtitle, look.subtitle, room)
    source = [
        line for part in (words.source, words.note) if part for line in text.wrap(part, look.source, room - _mark(look))
    ]
    top = look.margin + 4 + (len(title) * look.title + len(subtitle) * look.subtitle) * _LINE + 22 + kept.band
    foot = len(source) * look.source * _LINE
    bottom = below + 22 + foot + look.margin
    grow = 0 if look.printed else (len(title) - 1) * look.title * _LINE + (len(source) - 2) * look.source * _LINE
    figure.update_layout(
        height=look.height + max(0, round(grow)),
        margin={"l": look.margin + left, "r": look.margin + gutter, "t": top, "b": bottom, "pad": 0},
        title={
            "text": f"<b>{'<br>'.join(title)}</b>",
            "font": {"size": look.title, "color": look.palette.ink, "family": FONT},
            "x": 0,
            "xref": "container",
            "y": 1,
            "yref": "container",
            "xanchor": "left",
            "yanchor": "top",
            # plotly lifts a title of several lines, however many, by half a line
            "pad": {"l": look.margin, "t": look.margin + 4 + (len(title) > 1) * look.title * _TITLE_LINE / 2},
        },
    )
    start = -look.margin - left + look.margin
    under_title = top - look.margin - 4 - len(title) * look.title * _LINE
    _say(figure, subtitle, {"size": look.subtitle, "color": look.palette.ink2}, x=start, y=under_title, at="top")
    _say(figure, source, {"size": look.source, "color": look.palette.ink3}, x=start, y=-(below + 22), at="bottom")
    if look.printed:
        _rule_and_mark(figure, look, below, left, gutter)
    if isinstance(figure, Sketch):
        figure.settle()
    return figure


def _mark(look: Look) -> int:
    """Keep room for the project's name at the right of a printed footer."""
    return 170 if look.printed else 0


def _say(figure: go.Figure, lines: list[str], font: dict[str, Any], *, x: float, y: float, at: str) -> None:
    """Put lines of text ``y`` pixels above the plot's top, or below its bottom, from ``x`` on."""
    figure.add_annotation(
        text="<br>".join(lines),
        showarrow=False,
        align="left",
        borderpad=0,
        borderwidth=0,
        xref="paper",
        yref="paper",
        x=0,
        y=1 if at == "top" else 0,
        xanchor="left",
        yanchor="top",
        xshift=x,
        yshift=y,
        font=font,
    )


def _rule_and_mark(figure: go.Figure, look: Look, below: int, left: int, gutter: int) -> None:
    """Rule off the footer of a printed picture and name the project in it."""
    p = look.palette
    plot_width = look.width - 2 * look.margin - left - gutter
    figure.add_shape(
        type="line",
        xref="paper",
        yref="paper",
        xsizemode="pixel",
        ysizemode="pixel",
        xanchor=0,
        yanchor=0,
        x0=-left,
        x1=plot_width + gutter,
        y0=-(below + 12),
        y1=-(below + 12),
        line={"color": p.rule, "width": 1},
    )
    figure.add_annotation(
        text="<b>Sino-Russian trade</b>",
        showarrow=False,
        xref="paper",
        yref="paper",
        x=1,
        y=0,
        xanchor="right",
        yanchor="top",
        xshift=gutter,
        yshift=-(below + 22),
        font={"size": look.source, "color": p.ink},
    )


def note(
    figure: go.Figure, words: str, *, x: float, y: float, look: Look, colour: str | None = None, **more: object
) -> None:
    """Write a direct label at a point of the data."""
    style = {
        "font": {"size": look.label, "color": colour or look.palette.ink2},
        "showarrow": False,
        "xanchor": "left",
        "align": "left",
    }
    figure.add_annotation(text=words, x=x, y=y, **{**style, **more})
