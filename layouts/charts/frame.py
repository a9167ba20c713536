"""The frame that every picture has: title, subtitle, plot, source line; and direct labels."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from layouts import text
from layouts.drawing.canvas import Canvas
from layouts.theme import FONT, Look

if TYPE_CHECKING:
    from layouts.charts.base import Words

_LINE: Final = 1.32
_TITLE_LINE: Final = 1.3


def blank(look: Look) -> Canvas:
    """Return an empty figure in the look: no grid but the horizontal, no legend, no toolbar."""
    p = look.palette
    axis = {"showgrid": False, "zeroline": False, "fixedrange": True, "automargin": False, "ticks": ""}
    return Canvas(
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


def framed(
    figure: Canvas,
    words: Words,
    look: Look,
    *,
    below: int = 30,
    left: int = 44,
    gutter: int | None = None,
    band: int = 0,
) -> Canvas:
    """Add title, subtitle and source line inside the picture and give the plot the room between.

    ``below`` is the height that the time axis needs, ``left`` the width of the value labels,
    ``gutter`` that of the names at the right, ``band`` the height of a band of events above the plot.
    """
    gutter = look.gutter if gutter is None else gutter
    if figure.bare:  # axes without figures would show numbers that mean nothing
        figure.update_layout(xaxis={"visible": False}, yaxis={"visible": False})
    room = look.width - 2 * look.margin
    title = text.wrap(words.finding, look.title, room, bold=True)
    subtitle = text.wrap(words.subtitle, look.subtitle, room)
    source = [
        line for part in (words.source, words.note) if part for line in text.wrap(part, look.source, room - _mark(look))
    ]
    top = look.margin + 4 + (len(title) * look.title + len(subtitle) * look.subtitle) * _LINE + 22 + band
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
    _say(
        figure,
        subtitle,
        look.subtitle,
        look.palette.ink2,
        x=start,
        y=top - look.margin - 4 - len(title) * look.title * _LINE,
        at="top",
    )
    _say(figure, source, look.source, look.palette.ink3, x=start, y=-(below + 22), at="bottom")
    if look.printed:
        _rule_and_mark(figure, look, below, left, gutter)
    return figure


def _mark(look: Look) -> int:
    """Keep room for the project's name at the right of a printed footer."""
    return 170 if look.printed else 0


def _say(figure: Canvas, lines: list[str], size: int, colour: str, *, x: float, y: float, at: str) -> None:
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
        font={"size": size, "color": colour},
    )


def _rule_and_mark(figure: Canvas, look: Look, below: int, left: int, gutter: int) -> None:
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
