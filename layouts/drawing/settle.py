"""The last look at a picture's words: none is cut at its edge, written over another, or struck by a line.

Charts place their labels by their data; how wide words are in each language, and how near two values come in a view
that nobody drew before, is seen here. A label moves hardly farther than it is high, else it stays; one that the
picture can do without, named ``IF_FREE``, goes.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, replace
from heapq import heappop, heappush
from itertools import pairwise
from math import ceil, floor, hypot
from typing import TYPE_CHECKING, Any, Final

from layouts.drawing.geometry import longest
from layouts.drawing.labels import Box
from layouts.drawing.plot import padded
from layouts.words import text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from layouts.drawing.sheet import Sheet

Part = dict[str, Any]
IF_FREE: Final = "optional"
Stroke = tuple[float, float, float, float]  # a straight line from x, y to x, y, in pixels
_LINE: Final = 1.3  # of the size of letters: plotly's distance of two lines
_INK: Final = 0.8  # of the size: how high letters are
_INK_CJK: Final = 0.96  # of the size: Chinese ones
_FRAME: Final = 1  # plotly's own default for the border and for the padding of words
_TOUCH: Final = 1.0  # pixels: less is no overlap
_APART: Final = 2.0  # pixels between two labels side by side: words are as wide as reckoned, or a little more
_HEAD: Final = 18  # pixels above the plot that are free below the subtitle
_FAR: Final = 1.6  # lines that a label of one line may be moved, one of more by as many more
_TRIES: Final = 40  # places that are looked at for one label
_BAND: Final = 32  # pixels: labels are looked up by bands of the picture
_STRUCK: Final = 3.0  # pixels of a line through letters: less touches them alone
_CJK: Final = re.compile("[\u2e80-\u9fff]")
_THIRD: Final = 1 / 3
_AFTER: Final = 3  # pixels from an axis to the labels of its ticks
_ACROSS: Final = {"left": 0.0, "center": 0.5, "right": 1.0}
_UP: Final = {"bottom": 0.0, "middle": 0.5, "top": 1.0}


@dataclass(frozen=True)
class _Label:
    """Words in the picture: where their box stands, and what of it each line inks."""

    box: Box
    lines: tuple[Box, ...]

    def moved(self, across: float, up: float) -> _Label:
        """Return it elsewhere."""
        return _Label(_moved(self.box, across, up), tuple(_moved(line, across, up) for line in self.lines))


def settle(sheet: Sheet) -> None:
    """Move the labels of a sheet that is drawn, but not yet framed, where they are cut, struck or meet another."""
    stand = _Standing(_strokes(sheet))
    for box in _ticks(sheet):
        stand.add(box)
    for note in list(sheet["layout"]["annotations"]):
        label = _label(note, sheet)
        if label is None:
            continue
        inside = _inside(label, note, sheet)
        if inside is None:  # wider than the picture: over as many lines as it takes
            _broken(note, sheet)
            label = _label(note, sheet) or label
            inside = _inside(label, note, sheet) or label
        far = note["font"]["size"] * _LINE * (_FAR + len(label.lines) - 1)
        free = stand.free(inside, far, sheet, struck=_is_open(note))
        if note.get("name") == IF_FREE and stand.meets(free):
            sheet["layout"]["annotations"].remove(note)
            continue
        _shift(note, label.box, free.box)
        for line in free.lines:
            stand.add(line)


class _Standing:
    """The lines of words that stand already, and the strokes of the picture, by bands of it."""

    def __init__(self, strokes: Iterable[Stroke]) -> None:
        self._bands: defaultdict[int, list[Box]] = defaultdict(list)
        self._strokes: defaultdict[int, list[Stroke]] = defaultdict(list)
        for stroke in strokes:
            low, high = sorted((stroke[1], stroke[3]))
            for band in range(int(low // _BAND), int(high // _BAND) + 1):
                self._strokes[band].append(stroke)

    def add(self, line: Box) -> None:
        """Let a line stand."""
        for band in _bands(line):
            self._bands[band].append(line)

    def meets(self, label: _Label) -> bool:
        """Return whether words or strokes stand where a label does."""
        return bool(self._met(label, struck=True))

    def _met(self, label: _Label, *, struck: bool) -> list[tuple[Box, Box]]:
        """Return the lines of a label that meet one that stands, or what goes through them, each with that."""
        met = [
            (line, other)
            for line in label.lines
            for band in _bands(line)
            for other in self._bands.get(band, ())
            if _meet(line, other)
        ]
        return met + [(line, other) for line in label.lines for other in self._through(line)] if struck else met

    def _through(self, line: Box) -> Iterator[Box]:
        """Yield what of the strokes lies in a line of words."""
        for stroke in {stroke for band in _bands(line) for stroke in self._strokes.get(band, ())}:
            part = _clipped(stroke, line)
            if part is not None:
                yield part

    def free(self, label: _Label, far: float, sheet: Sheet, *, struck: bool = False) -> _Label:
        """Return the label at the nearest free place, by pixels up or down, then left or right; else where it was.

        Where no place is free of words and strokes, one free of words is taken.
        """
        # across costs twice as much: beside its place a label looks like another's
        ways = [(0.0, 0.0, 0.0)]
        known = {(0.0, 0.0)}
        for _ in range(_TRIES):
            if not ways:
                break
            _, across, up = heappop(ways)
            tried = label.moved(across, up)
            met = self._met(tried, struck=struck)
            if not met:
                return tried
            for further in _ways(met):
                way = (across + further[0], up + further[1])
                new = _moved(label.box, *way)
                # among the labels of a scale, or, for a stroke's sake, of the axis below
                out = new.left < min(0.0, label.box.left) or (struck and new.low < min(0.0, label.box.low))
                if way in known or max(map(abs, way)) > far or out or not _within(new, sheet):
                    continue
                known.add(way)
                heappush(ways, (2 * abs(way[0]) + abs(way[1]), *way))
        return self.free(label, far, sheet) if struck else label


def _ways(met: list[tuple[Box, Box]]) -> Iterator[tuple[float, float]]:
    """Yield the moves, in whole pixels, after which a line no longer meets the other: up, down, right, left of it."""
    for line, other in met:
        yield 0.0, ceil(other.low + other.high - line.low)
        yield 0.0, floor(other.low - line.low - line.high)
        yield ceil(other.left + other.wide - line.left + _APART), 0.0
        yield floor(other.left - line.left - line.wide - _APART), 0.0


def _is_open(note: Part) -> bool:
    """Return whether a stroke would be seen through a label: it stands by values, and on no ground of its own."""
    return "bgcolor" not in note and "paper" not in {note.get("xref"), note.get("yref")}


def _clipped(stroke: Stroke, line: Box) -> Box | None:
    """Return what of a stroke goes through letters, None where it hardly touches them."""
    x, y, wide, high = stroke[0], stroke[1], stroke[2] - stroke[0], stroke[3] - stroke[1]
    start, end = 0.0, 1.0
    edges = (
        (-wide, x - line.left),
        (wide, line.left + line.wide - x),
        (-high, y - line.low),
        (high, line.low + line.high - y),
    )
    for step, room in edges:
        if step == 0 and room < 0:
            return None
        if step < 0:
            start = max(start, room / step)
        elif step > 0:
            end = min(end, room / step)
    if (end - start) * hypot(wide, high) < _STRUCK:
        return None
    xs, ys = sorted((x + start * wide, x + end * wide)), sorted((y + start * high, y + end * high))
    return Box(xs[0], ys[0], xs[1] - xs[0], ys[1] - ys[0])


def _strokes(sheet: Sheet) -> Iterator[Stroke]:
    """Yield the lines and dots of the data, and lines drawn beside them, where their axes have ranges."""
    for trace in sheet["data"]:
        if trace["type"] == "scatter":
            refs = {f"{way}ref": trace.get(f"{way}axis", way) for way in "xy"}
            points = [_point({"x": x, "y": y, **refs}, sheet) for x, y in zip(trace["x"], trace["y"], strict=True)]
            mode = trace.get("mode", "lines")
            yield from _joined(points) if "lines" in mode else ()
            yield from _dots(points, trace.get("marker", {})) if "markers" in mode else ()
    for shape in sheet["layout"]["shapes"]:
        if shape["type"] == "line" and "xsizemode" not in shape and "ysizemode" not in shape:
            refs = {f"{way}ref": shape.get(f"{way}ref", way) for way in "xy"}
            yield from _joined(
                [_point({"x": shape[f"x{end}"], "y": shape[f"y{end}"], **refs}, sheet) for end in (0, 1)]
            )


def _point(point: Part, sheet: Sheet) -> tuple[float, float] | None:
    """Return where a point lies, None where it is missing or its axis is free."""
    if point["x"] is None or point["y"] is None:
        return None
    x, y = _place(point, "x", sheet.frame.wide, sheet), _place(point, "y", sheet.frame.high, sheet)
    return None if x is None or y is None else (x, y)


def _joined(points: list[tuple[float, float] | None]) -> Iterator[Stroke]:
    """Yield the straight lines from point to point; a missing one parts them."""
    for one, other in pairwise(points):
        if one is not None and other is not None:
            yield *one, *other


def _dots(points: list[tuple[float, float] | None], marker: Part) -> Iterator[Stroke]:
    """Yield each dot as a line as long as it is wide; those that only a pointer meets are none."""
    sizes = marker.get("size", 0)
    for place, point in enumerate(points if marker.get("opacity", 1) else ()):
        half = (sizes[place] if isinstance(sizes, list) else sizes) / 2
        if point is not None:
            yield point[0] - half, point[1], point[0] + half, point[1]


def _bands(line: Box) -> range:
    return range(int(line.low // _BAND), int((line.low + line.high) // _BAND) + 1)


def _meet(one: Box, other: Box) -> bool:
    across = min(one.left + one.wide, other.left + other.wide) - max(one.left, other.left)
    up = min(one.low + one.high, other.low + other.high) - max(one.low, other.low)
    return across > -_APART and up > _TOUCH


def _moved(box: Box, across: float, up: float) -> Box:
    return replace(box, left=box.left + across, low=box.low + up)


def _within(box: Box, sheet: Sheet) -> bool:
    frame = sheet.frame
    return (
        box.left >= -frame.room.left - _TOUCH
        and box.left + box.wide <= frame.wide + frame.room.right + _TOUCH
        and box.low + box.high <= frame.high + frame.room.band + _HEAD
        and box.low >= -frame.foot
    )


def _inside(label: _Label, note: Part, sheet: Sheet) -> _Label | None:
    """Return a label that would be cut, or stand among the labels of a scale, moved in; None where it is too wide."""
    frame, box = sheet.frame, label.box
    low, high = -float(frame.room.left), float(frame.wide + frame.room.right)
    if box.wide > high - low:
        return None
    if _scaled(sheet, note) and box.left < 0 < box.left + box.wide / 2:
        low = 0.0  # the scale at the left finds its own places for its labels
    return label.moved(min(max(low - box.left, 0.0), max(high - box.left - box.wide, 0.0)), 0.0).moved(
        min(high - max(box.left, low) - box.wide, 0.0), 0.0
    )


def _scaled(sheet: Sheet, note: Part) -> bool:
    """Return whether a label that stands by values lies beside an axis upwards with labels of its own."""
    axis = sheet["layout"].get(_axis(note.get("yref", "y")), {})
    shown = axis.get("visible", True) and axis.get("showticklabels", True)
    return note.get("xref", "x") != "paper" and bool(shown)


def _broken(note: Part, sheet: Sheet) -> None:
    frame, size = sheet.frame, note["font"]["size"]
    room = frame.wide + frame.room.left + frame.room.right - 2 * _FRAME * 2
    note["text"] = "<br>".join(line for part in note["text"].split("<br>") for line in text.wrap(part, size, room))


def _shift(note: Part, before: Box, after: Box) -> None:
    for name, moved in (("xshift", after.left - before.left), ("yshift", after.low - before.low)):
        if abs(moved) > _TOUCH / 2:
            note[name] = round(note.get(name, 0) + moved, 1)


def _label(note: Part, sheet: Sheet) -> _Label | None:
    """Return where words stand, in pixels from the lower left corner of the plot; None where their axis is free."""
    frame = sheet.frame
    x, y = _place(note, "x", frame.wide, sheet), _place(note, "y", frame.high, sheet)
    if x is None or y is None or not note["text"]:
        return None
    size, lines = note["font"]["size"], note["text"].split("<br>")
    edge = note.get("borderwidth", _FRAME) + note.get("borderpad", _FRAME)
    wide, high = longest(lines, size) + 2 * edge, len(lines) * size * _LINE + 2 * edge
    across = _ACROSS[_anchor(note, "x", ("left", "center", "right"))]
    up = _UP[_anchor(note, "y", ("bottom", "middle", "top"))]
    box = Box(x - across * wide, y - up * high, wide, high)
    aligned = _ACROSS[note.get("align", "center")]
    return _Label(box, tuple(_inked(box, lines, size, edge, aligned)))


def _inked(box: Box, lines: list[str], size: float, edge: float, aligned: float) -> Iterator[Box]:
    """Yield what each line inks."""
    for number, line in enumerate(lines):
        own = longest([line], size)
        top = box.low + box.high - edge - number * size * _LINE
        left = box.left + edge + aligned * (box.wide - 2 * edge - own)
        ink = _INK_CJK if _CJK.search(line) else _INK
        yield Box(left, top - size * (_LINE + ink) / 2, own, size * ink)


def _anchor(note: Part, way: str, names: tuple[str, str, str]) -> str:
    """Return which of its points a label is held by; plotly takes the nearest side where the whole plot is meant."""
    given = note.get(f"{way}anchor", "auto")
    if given != "auto":
        return str(given)
    if note.get(f"{way}ref", way) != "paper":
        return names[1]
    return names[0] if note[way] < _THIRD else names[1] if note[way] <= 1 - _THIRD else names[2]


def _axis(ref: str) -> str:
    """Return the axis of the layout that a reference names: ``y2 domain`` is of ``yaxis2``."""
    name = ref.removesuffix(" domain")
    return f"{name[0]}axis{name[1:]}"


def _place(note: Part, way: str, size: float, sheet: Sheet) -> float | None:
    """Return the pixel of one coordinate from the plot's lower left corner; None on an axis without a range."""
    ref, value, shift = note.get(f"{way}ref", way), note[way], note.get(f"{way}shift", 0)
    if ref == "paper":
        return float(value * size + shift)
    axis = sheet["layout"].get(_axis(ref), {})
    start, end = axis.get("domain", (0.0, 1.0))
    part = value if ref.endswith("domain") else _part(sheet, _axis(ref), value)
    return None if part is None else float((start + part * (end - start)) * size + shift)


def _part(sheet: Sheet, name: str, value: float) -> float | None:
    """Return how far along its axis a value lies, 0 to 1."""
    axis = sheet["layout"].get(name, {})
    between = axis.get("range") or (_reach(sheet, name) if name.startswith("y") else None)
    if between is None:
        return None
    low, high = between
    return float((value - low) / ((high - low) or 1))


def _reach(sheet: Sheet, name: str) -> tuple[float, float] | None:
    """Return the range that plotly will give an axis upwards without one: its values, and zero under bars."""
    own = [one for one in sheet["data"] if _axis(one.get("yaxis", "y")) == name]
    values = [y for one in own for y in one["y"] if y is not None]
    if not values:
        return None
    zero = sheet["layout"][name].get("rangemode") == "tozero" or any(one["type"] == "bar" for one in own)
    return padded(min([0.0, *values] if zero else values), max([0.0, *values] if zero else values))


def _ticks(sheet: Sheet) -> Iterable[Box]:
    """Yield what the labels of the ticks across ink, where the picture gives them."""
    axis, frame = sheet["layout"]["xaxis"], sheet.frame
    if not axis.get("visible", True) or not axis.get("showticklabels", True):
        return
    size = axis.get("tickfont", {}).get("size", frame.look.axis)
    for value, words in zip(axis.get("tickvals", ()), axis.get("ticktext", ()), strict=True):
        part = _part(sheet, "xaxis", value)
        if part is not None:
            for number, line in enumerate(str(words).split("<br>")):
                own = longest([line], size)
                top = -_AFTER - number * size * _LINE
                yield Box(part * frame.wide - own / 2, top - size * (_LINE + _INK) / 2, own, size * _INK)
