"""The article's statements one under the other, where there is no room for columns."""

import math
from collections.abc import Sequence
from dataclasses import replace
from typing import Any, Final

from layouts.drawing import geometry
from layouts.drawing.canvas import Canvas
from layouts.figure.chart import Words
from layouts.figure.frame import blank, framed, note
from layouts.look.theme import Look
from layouts.words import text
from layouts.words.catalogue import say

_GAP: Final = 10  # pixels above and below the rule between two statements
_SLACK: Final = 8  # pixels by which a line of bold letters may be wider than reckoned
_ARROW: Final = " → "
_Part = tuple[str, bool]
_Line = tuple[str, str]  # markup and colour


def draw(words: Words, cells: Sequence[Sequence[Sequence[_Part]]], inks: Sequence[str], look: Look) -> Canvas:
    """Draw each statement: verdict in its colour, quotation with both figures, sentence; as high as they are.

    ``cells`` has for each statement the parts of verdict, quotation, quoted figure, recomputed figure, sentence.
    """
    blocks = [_block(own, ink, look) for own, ink in zip(cells, inks, strict=True)]
    size, tall = look.axis, look.axis * geometry.LINE
    head = text.wrap(_ARROW.join((say("claims.head.its_figure"), say("claims.head.recomputed"))), size, _wide(look))
    needed = len(head) * tall + sum(len(block) * tall + 2 * _GAP for block in blocks)
    first = blank(look, words, geometry.bare()).frame
    look = replace(look, height=look.height + math.ceil(needed - first.high))
    figure = blank(look, words, geometry.bare())
    figure.update_xaxes(range=[0, 1], visible=False)
    figure.update_yaxes(range=[figure.frame.high, 0], visible=False)
    _lines(figure, [(line, look.palette.ink3) for line in head], 0.0, look)
    down = len(head) * tall
    for block in blocks:
        rule = down + _GAP / 2
        figure.add_shape(type="line", x0=0, x1=1, y0=rule, y1=rule, line={"color": look.palette.rule, "width": 1})
        _lines(figure, block, down + _GAP, look)
        down += len(block) * tall + 2 * _GAP
    return framed(figure)


def _wide(look: Look) -> int:
    return look.width - 2 * look.margin - _SLACK


def _block(own: Sequence[Sequence[_Part]], ink: str, look: Look) -> list[_Line]:
    """Return the lines of one statement."""
    verdict, quoted, article, recomputed, sentence = (" ".join(part for part, _ in cell) for cell in own)
    figures = f"{quoted}: {article}{_ARROW}{recomputed}"
    lines = [(f"<b>{line}</b>", ink) for line in text.wrap(verdict, look.axis, _wide(look), bold=True)]
    for words, shade, bold in ((figures, look.palette.ink, True), (sentence, look.palette.ink2, False)):
        wrapped = text.wrap(words, look.axis, _wide(look), bold=bold)
        lines += [(f"<b>{line}</b>" if bold else line, shade) for line in wrapped]
    return lines


def _lines(figure: Canvas, lines: Sequence[_Line], down: float, look: Look) -> None:
    """Write lines one under the other, the first ``down`` pixels below the top of the plot."""
    for place, (line, ink) in enumerate(lines):
        where = down + place * look.axis * geometry.LINE
        style: dict[str, Any] = {"yanchor": "top", "borderpad": 0, "font": {"size": look.axis, "color": ink}}
        note(figure, line, x=0, y=where, look=look, **style)
