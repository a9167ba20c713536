"""The frame that every picture has: title, subtitle, plot, source line; and direct labels."""

from collections.abc import Sequence
from typing import Any, Final

from layouts.drawing.canvas import Canvas
from layouts.drawing.geometry import Frame, Room, aside, room
from layouts.drawing.plot import Plot
from layouts.drawing.settle import settle
from layouts.drawing.sheet import Sheet
from layouts.figure.chart import Words
from layouts.look.theme import FONT, Look
from layouts.words import text
from layouts.words.catalogue import say

_TITLE_LINE: Final = 1.3
# words that stand by the edges of the plot, without a frame of their own
_PAPER: Final[dict[str, Any]] = {"xref": "paper", "yref": "paper", "yanchor": "top", "borderpad": 0, "borderwidth": 0}


def blank(look: Look, words: Words, around: Room | None = None) -> Sheet:
    """Return an empty figure in the look: no grid but the horizontal, no legend, no toolbar.

    Its size is that of the look and the ``words`` that :func:`framed` adds; ``around`` is the room
    around the plot, by default for a scale at the left, an axis of months and names at the right.
    """
    p = look.palette
    frame = Frame(look, around or room(look), words.finding, words.subtitle, words.source, words.note, words.key)
    axis = {"showgrid": False, "zeroline": False, "fixedrange": True, "automargin": False, "ticks": ""}
    return Sheet(
        frame,
        width=look.width,
        height=frame.height,
        paper_bgcolor=p.ground,
        plot_bgcolor=p.ground,
        font={"family": FONT, "size": look.axis, "color": p.ink3},
        showlegend=False,
        barmode="overlay",
        hovermode="closest",
        separators=text.separators(),
        hoverlabel={"bgcolor": p.panel, "bordercolor": p.edge, "font": {"family": FONT, "size": 13, "color": p.ink}},
        dragmode=False,
        xaxis=axis,
        # numbers of an axis are grouped as those of the words are, and have no decimals that are nought
        yaxis={**axis, "showgrid": True, "gridcolor": p.rule, "gridwidth": 1, "tickformat": ",~f"},
    )


def framed(figure: Sheet) -> Canvas:
    """Add title, subtitle and source line inside the picture and give the plot the room between."""
    frame = figure.frame
    look, left, right = frame.look, frame.room.left, frame.room.right
    if figure.bare:  # axes without figures would show numbers that mean nothing
        figure.empty = True
        figure.update_layout(xaxis={"visible": False}, yaxis={"visible": False})
    settle(figure)
    figure.update_layout(
        # the small print in full, for whoever wants it: the picture has room for two lines
        meta={"source": frame.publishers, "note": frame.notes},
        margin={"l": look.margin + left, "r": look.margin + right, "t": frame.top, "b": frame.bottom, "pad": 0},
        title={
            "text": f"<b>{'<br>'.join(frame.title)}</b>",
            "font": {"size": look.title, "color": look.palette.ink, "family": FONT},
            "x": 0,
            "xref": "container",
            "y": 1,
            "yref": "container",
            "xanchor": "left",
            "yanchor": "top",
            # plotly lifts a title of several lines, however many, by half a line
            "pad": {"l": look.margin, "t": look.margin + 4 + (len(frame.title) > 1) * look.title * _TITLE_LINE / 2},
        },
    )
    _say(figure, frame.subtitle, look.subtitle, look.palette.ink2, y=frame.lead, at="top")
    _say(figure, frame.source, look.source, look.palette.ink3, y=-frame.foot, at="bottom")
    if look.printed:
        _rule_and_mark(figure)
    return figure


def _say(figure: Sheet, lines: list[str], size: int, colour: str, *, y: float, at: str) -> None:
    """Put lines of text ``y`` pixels above the plot's top, or below its bottom, at the picture's left edge."""
    place: dict[str, Any] = {**_PAPER, "y": int(at == "top"), "yshift": y, "xshift": -figure.frame.room.left}
    note(figure, "<br>".join(lines), x=0, look=figure.frame.look, font={"size": size, "color": colour}, **place)


def _rule_and_mark(figure: Sheet) -> None:
    """Rule off the footer of a printed picture and name the project in it."""
    frame = figure.frame
    p, (left, right) = frame.look.palette, (frame.room.left, frame.room.right)
    pixels = {"xsizemode": "pixel", "ysizemode": "pixel", "xanchor": 0, "yanchor": 0}
    line = {"color": p.rule, "width": 1}
    ends = {"x0": -left, "x1": frame.wide + right, "y0": -frame.rule, "y1": -frame.rule}
    figure.add_shape(type="line", xref="paper", yref="paper", line=line, **pixels, **ends)
    mark: dict[str, Any] = {"x": 1, "xanchor": "right", "xshift": right, "yshift": -frame.foot}
    if frame.signed_below:
        mark = {"x": 0, "xanchor": "left", "xshift": -left, "yshift": -frame.signature}
    font = {"size": frame.look.source, "color": p.ink}
    note(figure, f"<b>{say('page.title')}</b>", y=0, look=frame.look, font=font, **_PAPER, **mark)


def note(
    figure: Canvas, words: str, *, x: float, y: float, look: Look, colour: str | None = None, **more: object
) -> None:
    """Write a direct label at a point of the data."""
    style = {
        "font": {"size": look.label, "color": colour or look.palette.ink2},
        "showarrow": False,
        "xanchor": "left",
        "align": "left",
    }
    figure.add_annotation(text=words, x=x, y=y, **{**style, **more})


End = tuple[float, str, str]  # value at the end of a line, its words and their colour


def name_ends(figure: Canvas, ends: Sequence[End], plot: Plot, look: Look, *, x: float, lines: int) -> None:
    """Name lines at their ends ``x``, pushed apart where names would touch; on a phone a name has one line."""
    moves = plot.lifts([y for y, *_ in ends], look.label, 1 if look.narrow else lines)
    for (y, label, colour), move in zip(ends, moves, strict=True):
        if move is not None:
            note(figure, label, x=x, y=y, look=look, colour=colour, xshift=aside(look), yshift=move)


def rule(figure: Canvas, x: float, colour: str, dash: str | None = "2px,3px", **more: object) -> None:
    """Draw a thin upright line through the plot: dashed, where something changes that no line leads across."""
    style = {"y0": 0, "y1": 1, "yref": "paper", "line": {"color": colour, "width": 1, "dash": dash}}
    figure.add_shape(type="line", x0=x, x1=x, **{**style, **more})
