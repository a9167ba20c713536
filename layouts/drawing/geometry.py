"""Where things stand in a picture, in CSS pixels: the room around the plot, and what is left for the plot."""

import math
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from layouts.look.theme import Look
from layouts.words import text
from layouts.words.small_print import small_print

LINE: Final = 1.32  # of the size of its letters: the height of a line
AXIS: Final = 30  # below the plot, for the names of an axis
BELOW: Final = 16  # for each further line under the axis
NO_AXIS: Final = 4  # below a plot without an axis
EDGE: Final = 12  # beside a plot that nothing is written beside
_TICK: Final = 4  # between the plot and the labels of its scale
_SLACK: Final = 4  # what stays free beyond words
_LOOSE: Final = 1.03  # bold letters may be wider than reckoned
_BOLDER: Final = 1.03  # a line of bold letters may be wider than reckoned, by less than one of them
_ASIDE: Final = (5, 12)  # between the plot and the names beside it, on a phone and elsewhere
_FOOT: Final = 22  # between the plot's axis and the source line
_HEAD: Final = 22  # between the subtitle and the plot
_RULE: Final = 10  # between a printed footer and the rule above it
_MARK: Final = 170  # for the project's name at the right of a printed footer
_MARKUP: Final = re.compile("<[^>]+>")
_RATES: Final = "−100%"  # the widest label that most scales have


@dataclass(frozen=True)
class Room:
    """What is kept free around the plot, inside the picture's margin; ``band`` lies above the plot."""

    left: int
    right: int
    below: int = AXIS
    band: int = 0


def scale(look: Look, widest: str = _RATES) -> int:
    """Return the room that the labels of a value axis need, ``widest`` the widest of them."""
    return math.ceil(text.width(widest, look.axis)) + _TICK


def aside(look: Look) -> int:
    """Return how far beside the plot a name begins."""
    return _ASIDE[0] if look.narrow else _ASIDE[1]


def longest(words: Iterable[str], size: float, *, bold: bool = False) -> int:
    """Return the width of the longest line of several labels; markup has none, and bold parts count as bold."""
    return math.ceil(max((_width(line, size, bold) for one in words for line in one.split("<br>")), default=0.0))


def _width(line: str, size: float, bold: bool) -> float:  # noqa: FBT001 (of this file alone)
    """Return the width of one line, of which parts may be bold."""
    parts = re.split(r"(</?b>)", line)
    wide, heavy = 0.0, bold
    for part in parts:
        heavy = bold or (part == "<b>" or (heavy and part != "</b>"))
        wide += text.width(_MARKUP.sub("", part), size, bold=heavy)
    return wide


def bare(left: int = 0, right: int = 0, band: int = 0) -> Room:
    """Return the room around a plot without axes, and without names unless told otherwise."""
    return Room(left, right, NO_AXIS, band)


def room(look: Look, *, left: int | None = None, right: int | None = None, below: int = AXIS, band: int = 0) -> Room:
    """Return the room around a plot: a scale at the left and names at the right unless told otherwise."""
    return Room(scale(look) if left is None else left, look.gutter if right is None else right, below, band)


def ends(look: Look, names: Iterable[str]) -> int:
    """Return the room for names at the right: what the look gives, more where one of them needs it."""
    return max(look.gutter, beside(names, look.label, aside(look)))


def beside(words: Iterable[str], size: float, gap: int) -> int:
    """Return the room at the right for words that begin ``gap`` pixels beside the plot."""
    return math.ceil(longest(words, size) * _LOOSE) + gap + _SLACK


@dataclass(frozen=True)
class Frame:
    """A picture's size and words, wrapped to its width, and the plot that they leave.

    Of ``publishers`` and ``notes`` it shows what fits two lines, of ``key`` all.
    """

    look: Look
    room: Room
    finding: str
    under: str
    publishers: str
    notes: str = ""
    key: str = ""

    @property
    def across(self) -> int:
        """The width between the margins."""
        return self.look.width - 2 * self.look.margin

    @cached_property
    def title(self) -> list[str]:
        """The lines of the title."""
        return text.wrap(self.finding, self.look.title, self.across / _BOLDER, bold=True)

    @cached_property
    def subtitle(self) -> list[str]:
        """The lines of the subtitle."""
        return text.wrap(self.under, self.look.subtitle, self.across)

    @cached_property
    def source(self) -> list[str]:
        """The lines of small print, which leave room for the project's name where that stands beside them."""
        size, wide = self.look.source, self.across - (_MARK if self.look.fixed else 0)
        key = text.wrap(self.key, size, wide) if self.key else []
        return [*small_print(self.publishers, self.notes, size, wide), *key]

    @property
    def top(self) -> float:
        """What stands above the plot."""
        look = self.look
        words = len(self.title) * look.title + len(self.subtitle) * look.subtitle
        return look.margin + 4 + words * LINE + _HEAD + self.room.band

    @property
    def lead(self) -> float:
        """How far above the plot the subtitle begins."""
        return self.top - self.look.margin - 4 - len(self.title) * self.look.title * LINE

    @property
    def rule(self) -> int:
        """How far below the plot the rule above a printed footer lies."""
        return self.foot - _RULE

    @property
    def foot(self) -> int:
        """How far below the plot the source line begins."""
        return self.room.below + _FOOT

    @property
    def bottom(self) -> float:
        """What stands below the plot."""
        return self.signature + (self.look.source * LINE if self.signed_below else 0) + self.look.margin

    @property
    def signed_below(self) -> bool:
        """Whether the project's name stands in a line of its own: a narrow print has no room beside the sources."""
        return self.look.printed and self.look.narrow

    @property
    def signature(self) -> float:
        """How far below the plot the source line ends."""
        return self.foot + len(self.source) * self.look.source * LINE

    @property
    def height(self) -> int:
        """The height of the picture, which grows with its words on the page and in a column, never in a wide print."""
        look = self.look
        more = (len(self.title) - 1) * look.title * LINE + (len(self.source) - 2) * look.source * LINE
        return look.height + max(0, 0 if look.fixed else round(more))

    @property
    def wide(self) -> int:
        """The width of the plot."""
        return max(1, self.across - self.room.left - self.room.right)

    @property
    def high(self) -> float:
        """The height of the plot."""
        return max(1.0, self.height - self.top - self.bottom)
