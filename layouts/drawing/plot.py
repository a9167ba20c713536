"""A plot between its axes: values to pixels, labels in a column beside it, labels beside points."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from layouts.drawing.geometry import LINE
from layouts.drawing.labels import Box, Spots, spread

if TYPE_CHECKING:
    from collections.abc import Sequence

    from layouts.drawing.sheet import Sheet

_PAD: Final = 0.05  # of the range: what plotly leaves free at either end of an axis without one
_BESIDE: Final = (8, 5)  # pixels from a point to its label, across and upwards
_LETTERS: Final = 1.15  # of their size: the height of letters without the space between lines
_BETWEEN: Final = 0.4  # of the size of letters: between two names of several lines
_SIDES: Final = ((0, 1), (1, 0), (-1, 1), (1, 1), (-1, 0))  # above, right, ... ; upwards means away from zero
Side = tuple[int, int]


def padded(low: float, high: float) -> tuple[float, float]:
    """Return the range that plotly gives an axis without one; zero stays an end."""
    room = _PAD * ((high - low) or 1.0)
    return low - room * (low != 0), high + room * (high != 0)


def round_step(reach: float, most: float, steps: Sequence[float]) -> float:
    """Return the least of some round steps, or of thousands and millions of them, of which ``most`` span the reach."""
    return next(
        (step * 1000**power for power in range(9) for step in steps if reach <= most * step * 1000**power), reach
    )


@dataclass(frozen=True)
class Plot:
    """A plot in pixels, and the ranges of both axes."""

    wide: float
    high: float
    across: tuple[float, float]
    upwards: tuple[float, float]

    @classmethod
    def of(
        cls, sheet: Sheet, upwards: tuple[float, float] | None = None, axes: tuple[str, str] = ("xaxis", "yaxis")
    ) -> Plot:
        """Return the plot of a sheet between two axes; ``upwards`` is the range of a value axis that has none."""
        layout = sheet["layout"]
        ranges = [layout.get(name, {}).get("range", (0.0, 1.0)) for name in axes]
        parts = [layout.get(name, {}).get("domain", (0.0, 1.0)) for name in axes]
        wide, high = (size * (end - start) for size, (start, end) in zip(_size(sheet), parts, strict=True))
        low, top = upwards or ranges[1]
        return cls(wide, high, (ranges[0][0], ranges[0][1]), (low, top))

    def at(self, x: float, y: float) -> tuple[float, float]:
        """Return the pixel of a value, from the lower left corner."""
        (left, right), (low, top) = self.across, self.upwards
        return (x - left) / ((right - left) or 1) * self.wide, (y - low) / ((top - low) or 1) * self.high

    def column(self, values: Sequence[float], size: float, lines: int = 1) -> list[float | None]:
        """Return the values at which labels beside the plot stand, so that none touches another.

        Each has ``lines`` lines of letters of ``size`` pixels; None for one that has no room.
        """
        scale = ((self.upwards[1] - self.upwards[0]) or 1) / self.high
        moved = self.lifts(values, size, lines)
        return [None if up is None else value + up * scale for value, up in zip(values, moved, strict=True)]

    def lifts(self, values: Sequence[float], size: float, lines: int = 1) -> list[float | None]:
        """Return by how many pixels each label is lifted from its value; see :meth:`column`."""
        tall = size * (LINE * lines + (_BETWEEN if lines > 1 else 0.0))
        wanted = [self.at(self.across[0], value)[1] for value in values]
        # beside the plot half a label may stand out above and below it
        foot, top = min([0.0, *wanted]) - tall / 2, max([self.high, *wanted]) + tall / 2
        placed = spread(wanted, [tall] * len(wanted), foot, top)
        return [None if middle is None else middle - want for middle, want in zip(placed, wanted, strict=True)]

    def spots(self) -> Spots:
        """Return a keeper of labels inside the plot."""
        return Spots(self.wide, self.high)

    def side(self, spots: Spots, point: tuple[float, float], wide: float, size: float) -> Side | None:
        """Take the first free place for a label beside a point; return which side it is: right is 1, above is 1."""
        (x, y), beyond = self.at(*point), 1 if point[1] >= 0 else -1
        sides = [(across, up * beyond) for across, up in _SIDES]
        tall = size * _LETTERS
        boxes = [
            Box(
                x + across * _BESIDE[0] - wide * (1 - across) / 2,
                y + up * _BESIDE[1] - tall * (1 - up) / 2,
                wide,
                tall,
            )
            for across, up in sides
        ]
        free = spots.first(boxes)
        return None if free is None else sides[free]


def _size(sheet: Sheet) -> tuple[float, float]:
    return sheet.frame.wide, sheet.frame.high
