"""A number as quoted, and the figures at hand that its words point to first."""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from analysis.basis import Print
from analysis.claims.figures.known_revisions import current
from analysis.recomputations.figures import Kind, Recomputation, half_digit
from loaders.core.source_records import SourceRole, serving

_CURRENCIES: Final = ("USD", "CNY")
# whose figures are one side's count: since 2022 the IMF estimates Russia's
_COUNTERS: Final = {"RUS": ("RUS", "IMF")}
_CUT: Final = 0.02  # of a print: 7.9 may be what is left of 7.99, but 5 is not what is left of 5.97


@dataclass(frozen=True)
class QuotedNumber:
    """A number as quoted: digits, whole currency units in one of it, ``>`` or ``<`` where said, the reach of a word."""

    digits: str
    scale: float = 1e9
    bound: str = ""
    slack: float = 0.0
    over_earlier: bool = False  # a rate over an earlier year, which nobody prints
    unit: str = ""  # as a claim names it, for the sentence

    @property
    def half(self) -> float:
        """How far from the number a figure may lie that rounds to it: half its last digit, or the reach of a word."""
        return self.slack or half_digit(self.digits)

    def of(self, one: Recomputation) -> float:
        """Return a figure in the unit of the number."""
        return one.figure * 1e9 / self.scale

    def fits(self, one: Recomputation) -> bool:
        """Return whether a figure bears the number out: it rounds to it, or lies beyond it where that was said."""
        figure, number = self.of(one), float(self.digits)
        if self.bound:
            return figure > number if self.bound == ">" else figure < number
        return abs(figure - number) <= self.half + 1e-9

    def agrees(self, one: Recomputation) -> bool:
        """Return whether a print of the day is the number, at the digits of the rounder of the two.

        "More than 102.5" is what newspapers make of a print of 102.5.
        """
        if self.bound:
            return self.fits(one) or math.isclose(self.of(one), float(self.digits), rel_tol=1e-9)
        return self.fits(one) or (self._off(one) <= _unit(self.of(one)) / 2 * (1 + 1e-9))

    def between(self, ones: Iterable[Recomputation]) -> bool:
        """Return whether the number, rounded or cut off, may be one of the states between the least and the greatest.

        A print followed to its figure of now tells its own revision: no state lies outside the two.
        """
        figures, number = [end for one in ones for end in self._states(one)], float(self.digits)
        ends = sorted((number - math.copysign(self.half, number), number + math.copysign(2 * self.half, number)))
        return min(figures) <= ends[1] * (1 + 1e-9) and max(figures) >= ends[0] * (1 - 1e-9)

    def _states(self, one: Recomputation) -> tuple[float, ...]:
        """Return what a figure may have been: a print rounder than the number may be rounded, or a little of it cut."""
        figure = self.of(one)
        unit = _unit(figure) if of_the_day(one) else 0.0
        if unit <= 2 * half_digit(self.digits) + 1e-9:
            return (figure,)
        return figure - unit / 2, figure + (unit if unit <= _CUT * abs(figure) else unit / 2)

    def _off(self, one: Recomputation) -> float:
        return abs(self.of(one) - float(self.digits))


def _unit(figure: float) -> float:
    """Return the unit of the last digit of a figure as printed."""
    return 2 * half_digit(f"{figure:.10g}")


def leading(figures: Iterable[Recomputation], counted: str, currency: str) -> list[Recomputation]:
    """Return the recomputations that the words point to first: of one counter, in one currency.

    Where the counter has none, of the first counter there is; without a currency dollars come first.
    """
    own, counters = [one for one in figures if not _difference(one)], _COUNTERS.get(counted, (counted,))
    own = own or list(figures)
    who = [one for one in own if one.basis and one.basis.counted_by in counters]
    who = who or [one for one in own if one.basis and own[0].basis and one.basis.counted_by == own[0].basis.counted_by]
    who = [one for one in who if one.unit == who[0].unit or one.currency != who[0].currency]
    who = [one for one in who if _same_goods(one, who[0])]
    for name in (currency,) if currency else _CURRENCIES:
        if named := [one for one in who if one.currency == name]:
            return named
    return who


def _difference(one: Recomputation) -> bool:
    """Return whether a figure is the difference of two years to date, which holds revisions of earlier months."""
    return one.kind is Kind.DIFFERENCE


def _same_goods(one: Recomputation, first: Recomputation) -> bool:
    """Return whether a figure is of the goods of the first one, and no sum that another source made of lines."""
    if one.rests is None or first.rests is None:
        return one is first or one.source not in serving(SourceRole.MERGED)
    return one.rests.codes == first.rests.codes


def of_the_day(one: Recomputation) -> bool:
    """Return whether a recomputation is a print of the day, not customs' own figure of now."""
    return one.kind is Kind.RATE or (one.basis is not None and one.basis.print is Print.FIRST and not current(one))


def bears(number: QuotedNumber, one: Recomputation) -> bool:
    """Return whether a figure bears a number out: a print may be the rounder of the two."""
    return number.agrees(one) if of_the_day(one) else number.fits(one)
