"""Where labels stand in a picture, so that none is written over another."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from layouts.theme import Look


class Taken:
    """Remembers where labels stand, so that none is written over another."""

    def __init__(self, look: Look, across: tuple[float, float], upwards: tuple[float, float]) -> None:
        """Take the picture's size and the ranges of both axes."""
        self.width = look.width - 2 * look.margin - 44 - look.gutter
        self.height = look.height * 0.6
        self.across, self.upwards = across, upwards
        self.boxes: list[tuple[float, float, float, float]] = []

    def side(self, x: float, y: float, width: float, size: float) -> tuple[int, int] | None:
        """Return on which side of a point a label has room (right is 1, above is 1), and take it."""
        left = (x - self.across[0]) / (self.across[1] - self.across[0]) * self.width
        low = (y - self.upwards[0]) / (self.upwards[1] - self.upwards[0]) * self.height
        beyond = 1 if y >= 0 else -1
        for across, up in ((0, beyond), (1, 0), (-1, beyond), (1, beyond), (-1, 0)):
            start = left + across * 8 - width * (1 - across) / 2
            foot = low + up * 5 - size * 1.3 * (1 - up) / 2
            box = (start, start + width, foot, foot + size * 1.3)
            inside = start >= 0 and box[1] <= self.width
            if inside and not any(_touch(box, other) for other in self.boxes):
                self.boxes.append(box)
                return across, up
        return None


def _touch(one: tuple[float, float, float, float], two: tuple[float, float, float, float]) -> bool:
    return one[0] < two[1] + 6 and two[0] < one[1] + 6 and one[2] < two[3] and two[2] < one[3]
