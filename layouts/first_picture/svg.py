"""A figure of the canvas as SVG: bars, lines, straight shapes and words, as plotly.js places them.

It knows one pair of axes and what the first chart of the page is made of; a browser test holds its words and marks
to the living picture. Colours are names of style properties (``var(--D55E00)``), so that one drawing serves
light and dark.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from html import escape
from itertools import pairwise
from typing import Any, Final

from layouts.drawing.geometry import longest
from layouts.look.theme import in_dark

Part = dict[str, Any]
_LINE: Final = 1.3  # of the size of letters: plotly's distance of two lines
_UP, _DOWN = 0.905, 0.212  # of the size of letters: above and below the line that they stand on
_CAPITAL: Final = 0.7  # of the size: a capital letter, by which plotly hangs a title
_SPARE: Final = 0.05  # of the plot: free beyond the values of an axis without a range
_FRAME: Final = 1  # plotly's own default for the border and for the padding of words
_TAG: Final = re.compile(r"(<[^>]+>)")
_COLOUR: Final = re.compile(r"color:\s*(#[0-9A-Fa-f]{6})")
_ANCHORS: Final = {"left": "start", "center": "middle", "right": "end"}


@dataclass(frozen=True)
class _SvgPlot:
    """The plot inside a picture, in pixels, and its two scales."""

    left: float
    top: float
    wide: float
    high: float
    across: tuple[float, float]
    up: tuple[float, float]

    def x(self, value: float) -> float:
        low, high = self.across
        return self.left + (value - low) / (high - low) * self.wide

    def y(self, value: float) -> float:
        low, high = self.up
        return self.top + (high - value) / (high - low) * self.high


def written(figure: Mapping[str, Any], name: str) -> str:
    """Return the SVG element of a figure, of the class ``name``."""
    layout, plot = figure["layout"], _plot(figure)
    shapes = layout.get("shapes", [])
    below = [one for one in shapes if one.get("layer") == "below"]
    parts = [
        *(_shape(one, plot) for one in below),
        *_grid(layout["yaxis"], plot),
        *(_bars(one, plot) for one in figure["data"] if one["type"] == "bar"),
        *(_line(one, plot) for one in figure["data"] if one["type"] == "scatter" and "lines" in one.get("mode", "")),
        *(_shape(one, plot) for one in shapes if one not in below),
        *_ticks(layout, plot),
        _title(layout["title"]),
        *(_words(one, plot) for one in layout.get("annotations", [])),
    ]
    wide, high = layout["width"], layout["height"]
    head = f'<svg class="{name}" viewBox="0 0 {wide} {high}" width="{wide}" height="{high}" aria-hidden="true">'
    return f"{head}{''.join(parts)}</svg>"


def colours() -> str:
    """Return the style that gives the first picture its colours, light and dark, each named by the light one."""
    pairs = (f"--{light[1:]}:light-dark({light},{dark})" for light, dark in in_dark().items())
    return f"#first-picture{{{';'.join(pairs)}}}"


def _plot(figure: Mapping[str, Any]) -> _SvgPlot:
    layout = figure["layout"]
    margin = layout["margin"]
    wide = layout["width"] - margin["l"] - margin["r"]
    high = layout["height"] - margin["t"] - margin["b"]
    across = tuple(layout["xaxis"]["range"])
    up = tuple(layout["yaxis"].get("range") or _reach(figure["data"]))
    return _SvgPlot(margin["l"], margin["t"], wide, high, (across[0], across[1]), (up[0], up[1]))


def _reach(traces: Iterable[Part]) -> tuple[float, float]:
    """Return the range that plotly gives an axis without one: the values, zero under bars, and a twentieth beyond."""
    ends = [0.0]
    for one in traces:
        ends += [value for value in one["y"] if value is not None]
    low, high = min(ends), max(ends)
    spare = _SPARE / (1 - 2 * _SPARE) if low < 0 < high else _SPARE / (1 - _SPARE)
    room = (high - low) * spare
    return low - room * (low < 0), high + room * (high > 0)


def _grid(axis: Part, plot: _SvgPlot) -> Iterator[str]:
    right = plot.left + plot.wide
    for value in axis.get("tickvals", []):
        if plot.up[0] <= value <= plot.up[1]:
            zero = value == 0 and axis.get("zeroline")
            ink = axis["zerolinecolor"] if zero else axis["gridcolor"]
            yield _stroke([(plot.left, plot.y(value)), (right, plot.y(value))], ink, 1)


def _bars(trace: Part, plot: _SvgPlot) -> str:
    """Return all bars of a colour as one path."""
    inks: dict[str, list[str]] = {}
    colours = trace["marker"]["color"]
    colours = colours if isinstance(colours, list) else [colours] * len(trace["x"])
    for x, y, wide, ink in zip(trace["x"], trace["y"], trace["width"], colours, strict=True):
        if y is not None:
            left, right = plot.x(x - wide / 2), plot.x(x + wide / 2)
            path = f"M{_n(left)} {_n(plot.y(0))}V{_n(plot.y(y))}H{_n(right)}V{_n(plot.y(0))}Z"
            inks.setdefault(ink, []).append(path)
    return "".join(f'<path class="bars" fill="{_ink(ink)}" d="{"".join(paths)}"/>' for ink, paths in inks.items())


def _line(trace: Part, plot: _SvgPlot) -> str:
    """Return a line, broken where a value is missing."""
    pieces: list[list[tuple[float, float]]] = [[]]
    for x, y in zip(trace["x"], trace["y"], strict=True):
        if x is None or y is None:
            pieces.append([])
        else:
            pieces[-1].append((plot.x(x), plot.y(y)))
    path = "".join(_path(piece) for piece in pieces if len(piece) > 1)
    line = trace["line"]
    return _drawn(path, line["color"], line["width"], line.get("dash", "")) if path else ""


def _shape(shape: Part, plot: _SvgPlot) -> str:
    """Return a straight line from one place to another."""
    ends = [(_place(shape, "x", end, plot), _place(shape, "y", end, plot)) for end in ("0", "1")]
    line = shape["line"]
    return _stroke(ends, line["color"], line["width"], line.get("dash", ""))


def _place(shape: Part, axis: str, end: str, plot: _SvgPlot) -> float:
    """Return one coordinate of a shape: a value, a part of the plot, or pixels from an anchor."""
    value, whole = shape[f"{axis}{end}"], shape.get(f"{axis}ref") == "paper"
    if shape.get(f"{axis}sizemode") == "pixel":
        start = _across(shape[f"{axis}anchor"], axis, plot, whole=whole)
        return start + float(value if axis == "x" else -value)
    return _across(value, axis, plot, whole=whole)


def _across(value: float, axis: str, plot: _SvgPlot, *, whole: bool) -> float:
    if axis == "x":
        return plot.left + value * plot.wide if whole else plot.x(value)
    return plot.top + (1 - value) * plot.high if whole else plot.y(value)


def _ticks(layout: Part, plot: _SvgPlot) -> Iterator[str]:
    below, beside = layout["xaxis"], layout["yaxis"]
    size = below["tickfont"]["size"]
    foot, minor = plot.top + plot.high, below.get("minor", {})
    under = foot + 1.2 * size
    for value in minor.get("tickvals", []):
        yield _stroke([(plot.x(value), foot), (plot.x(value), foot + minor["ticklen"])], minor["tickcolor"], 1)
    for value, text in zip(below.get("tickvals", []), below.get("ticktext", []), strict=True):
        yield _text(text, plot.x(value), under, below["tickfont"], "middle")
    for value, text in zip(beside.get("tickvals", []), beside.get("ticktext", []), strict=True):
        if plot.up[0] <= value <= plot.up[1]:
            yield _text(text, plot.left - 3, plot.y(value) + 0.35 * size, beside["tickfont"], "end")


def _title(title: Part) -> str:
    """Hang the title: plotly lifts one of several lines by half of what they add."""
    size, lines = title["font"]["size"], title["text"].count("<br>")
    top = title["pad"]["t"] + _CAPITAL * size - lines * size * _LINE / 2
    return _text(title["text"], title["pad"]["l"], top, title["font"], "start")


def _words(note: Part, plot: _SvgPlot) -> str:
    """Return words at a place, each line under the last."""
    size, lines = note["font"]["size"], note["text"].split("<br>")
    up, down = round(_UP * size), round(_DOWN * size)
    edge = note.get("borderwidth", _FRAME) + note.get("borderpad", _FRAME)
    high = up + down + (len(lines) - 1) * _LINE * size + 2 * edge
    x = _across(note["x"], "x", plot, whole=note.get("xref") == "paper") + note.get("xshift", 0)
    y = _across(note["y"], "y", plot, whole=note.get("yref") == "paper") - note.get("yshift", 0)
    top = y - {"top": 0.0, "bottom": high}.get(note.get("yanchor", "middle"), high / 2)
    anchor = _ANCHORS[note.get("xanchor", "center")]
    aside = {"start": edge, "end": -edge}.get(anchor, 0)
    ground = ""
    if "bgcolor" in note:
        wide = longest([note["text"]], size) + 2 * edge
        ground = (
            f'<rect x="{_n(x)}" y="{_n(top)}" width="{_n(wide)}" height="{_n(high)}" fill="{_ink(note["bgcolor"])}"/>'
        )
    return ground + _text(note["text"], x + aside, top + edge + up, note["font"], anchor)


def _text(text: str, x: float, y: float, font: Part, anchor: str) -> str:
    """Return text with plotly's markup: lines, bold parts and coloured ones."""
    ink, size = _ink(font["color"]), font["size"]
    spans, weight, inks = [], "", []
    for number, line in enumerate(text.split("<br>")):
        here: dict[str, str] = {"x": _n(x), "dy": _n(_LINE * size)} if number else {}
        for part in _TAG.split(line):
            if part.startswith("<"):
                weight = {"<b>": "bold", "</b>": ""}.get(part, weight)
                colour = _COLOUR.search(part)
                if part.startswith("<span"):
                    inks.append(_ink(colour[1]) if colour else ink)
                elif part == "</span>":
                    inks.pop()
            elif part:
                style = here | ({"font-weight": weight} if weight else {}) | ({"fill": inks[-1]} if inks else {})
                words = "".join(f' {name}="{value}"' for name, value in style.items())
                spans.append(f"<tspan{words}>{escape(part)}</tspan>" if words else escape(part))
                here = {}
    head = f'<text x="{_n(x)}" y="{_n(y)}" font-size="{size}" fill="{ink}"'
    return head + (f' text-anchor="{anchor}"' if anchor != "start" else "") + f">{''.join(spans)}</text>"


def _stroke(points: list[tuple[float, float]], ink: str, width: float, dash: str = "") -> str:
    return _drawn(_path(points), ink, width, dash)


def _drawn(path: str, ink: str, width: float, dash: str) -> str:
    dashed = f' stroke-dasharray="{dash.replace("px", "")}"' if "px" in dash else ""
    return f'<path fill="none" stroke="{_ink(ink)}" stroke-width="{width}"{dashed} d="{path}"/>'


def _path(points: list[tuple[float, float]]) -> str:
    (x, y), steps = points[0], [two for _, two in pairwise(points)]
    return f"M{_n(x)} {_n(y)}" + "".join(f"L{_n(a)} {_n(b)}" for a, b in steps)


def _ink(colour: str) -> str:
    return f"var(--{colour[1:].upper()})" if colour.startswith("#") else colour


def _n(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0")
