"""Where the words of a picture stand, in pixels, read from the figure alone."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from layouts.drawing import geometry

if TYPE_CHECKING:
    from collections.abc import Iterator

Figure = dict[str, Any]


def width(note: dict[str, Any], figure: Figure) -> float:
    """Estimate the width of a label in pixels."""
    size = note.get("font", {}).get("size", figure["layout"]["font"]["size"])
    return geometry.longest([note["text"]], size)


def middle(note: dict[str, Any], figure: Figure) -> float | None:
    """Return the pixel across at which a label is anchored, from the picture's left edge; None on a free axis."""
    layout = figure["layout"]
    margin = layout["margin"]
    wide = layout["width"] - margin["l"] - margin["r"]
    ref = note.get("xref", "x")
    if ref == "paper":
        part = note["x"]
    else:
        axis = layout[ref.replace("x", "xaxis")]
        if "range" not in axis:
            return None
        (low, high), (start, end) = axis["range"], axis.get("domain", (0, 1))
        part = start + (note["x"] - low) / (high - low) * (end - start)
    return float(margin["l"] + part * wide + note.get("xshift", 0))


def spans(figure: Figure) -> Iterator[tuple[str, float, float]]:
    """Yield each label with its left and right edge in pixels from the picture's left edge."""
    for note in figure["layout"]["annotations"]:
        at = middle(note, figure)
        if at is None:
            continue
        wide = width(note, figure)
        left = at - wide * {"left": 0.0, "center": 0.5, "right": 1.0}[note.get("xanchor", "center")]
        yield note["text"], left, left + wide
