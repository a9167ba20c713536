"""The one placer of labels: none is written over another, none leaves its frame, and their order is kept."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Final

_HAIR: Final = 1e-6  # pixels: less is no overlap


@dataclass(frozen=True)
class Box:
    """A rectangle in pixels, from the lower left corner of the plot."""

    left: float
    low: float
    wide: float
    high: float

    def meets(self, other: "Box", apart: float = 0.0) -> bool:
        """Return whether the two overlap, or lie side by side less than ``apart`` away from each other."""
        across = self.left < other.left + other.wide + apart and other.left < self.left + self.wide + apart
        return across and self.low < other.low + other.high and other.low < self.low + self.high

    def inside(self, wide: float, high: float) -> bool:
        """Return whether it lies in a frame of that size."""
        return min(self.left, self.low) >= 0 and self.left + self.wide <= wide and self.low + self.high <= high


def spread(wanted: Sequence[float], heights: Sequence[float], low: float, high: float) -> list[float | None]:
    """Return the middles of labels in one column, as near to the ``wanted`` ones as may be.

    Each has its height; they keep their order, do not overlap and stay between ``low`` and ``high``.
    Where not all have room, the last ones given get none. Of equal ones the first given stands lower.
    """
    kept = len(wanted)
    while kept and sum(heights[:kept]) > high - low:
        kept -= 1
    order = sorted(range(kept), key=lambda one: wanted[one])
    blocks: list[tuple[float, float, list[int]]] = []  # foot, height, labels that stand on each other
    for one in order:
        block = (wanted[one] - heights[one] / 2, heights[one], [one])
        block = _within(block, low, high)
        while blocks and blocks[-1][0] + blocks[-1][1] > block[0]:
            block = _within(_joined(blocks.pop(), block, wanted, heights), low, high)
        blocks.append(block)
    middles: list[float | None] = [None] * len(wanted)
    for foot, _, members in blocks:
        for one in members:
            middles[one] = foot + heights[one] / 2
            foot += heights[one]  # noqa: PLW2901 (the next stands on this one)
    return middles


_Block = tuple[float, float, list[int]]


def _within(block: _Block, low: float, high: float) -> _Block:
    foot, tall, members = block
    return max(low, min(foot, high - tall)), tall, members


def _joined(under: _Block, over: _Block, wanted: Sequence[float], heights: Sequence[float]) -> _Block:
    """Stack two blocks where their labels are moved least: at the mean of the feet that they would like."""
    members = [*under[2], *over[2]]
    raised, likes = 0.0, []
    for one in members:
        likes.append(wanted[one] - heights[one] / 2 - raised)
        raised += heights[one]
    return sum(likes) / len(likes), raised, members


@dataclass
class Spots:
    """Labels beside points: the first of several places that is free is taken; ``apart`` keeps them from touching."""

    wide: float
    high: float
    apart: float = 6.0
    taken: list[Box] = field(default_factory=list)

    def first(self, places: Iterable[Box]) -> int | None:
        """Take the first place that lies inside the frame and meets nothing; return which, None where there is none."""
        for number, box in enumerate(places):
            if box.inside(self.wide + _HAIR, self.high + _HAIR) and not self.meets(box):
                self.taken.append(box)
                return number
        return None

    def meets(self, box: Box) -> bool:
        """Return whether a box would touch one that is taken."""
        return any(box.meets(other, self.apart) for other in self.taken)
