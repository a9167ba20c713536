"""Which records of a huge table cannot be in scope: told by the codes of both countries and of the goods."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from loaders.big_files.line_index import LineIndex
from loaders.core.schema import FUELS

COUNTRIES: Final = 1000  # countries have up to three digits
_CODES: Final = 4096
_GOODS: Final = "(?:[013-9][0-9]+|2[0-689][0-9]*)"  # anything but schema.FUELS, whose first digit no file loses
_CODE: Final = re.compile(rb"(0*)([1-9][0-9]{0,2})?([.]0+)?")
# what a code is, as flags: of China or Russia; surely of neither; of a country of which only some goods are kept.
# None where it is no plain number: such a record goes to the parser
PAIR, OTHER, FAR = 1, 2, 4


@dataclass(frozen=True, eq=False)
class Pattern:
    """Tells the records that cannot be in scope.

    ``reporter`` (nothing where it is China in every row), ``partner`` and ``goods`` are the places of
    the codes. ``pair`` holds the codes of China and Russia, ``near`` those of countries of which all
    goods are kept; ``decimals`` says that codes may end in ``.0``.
    """

    delimiter: str
    reporter: int | None
    partner: int
    goods: int
    pair: frozenset[int]
    near: frozenset[int]
    decimals: bool = False

    @cached_property
    def _other_goods(self) -> str:
        """A pattern for goods that are not kept of every country."""
        return _GOODS + ("(?:[.]0+)?" if self.decimals else "")

    @cached_property
    def has_other_goods(self) -> str:
        """A pattern for the beginning of a line with such goods."""
        mark, goods = self.delimiter, self._other_goods
        return f'^(?:(?:[^{mark}"]*|(?:"[^"]*")+){mark}){{{self.goods}}}(?:{goods}|"{goods}")[{mark}\r\n]'

    def code(self, cell: bytes) -> tuple[int, int]:
        """Return the number in a cell and what it is, 0 and 0 where it is no plain country number."""
        match = _CODE.fullmatch(cell)
        if match is None or not (match[1] or match[2]) or (match[3] and not self.decimals):
            return 0, 0
        number, zeros = int(match[2] or 0), len(match[1])
        if not number:
            return 0, OTHER
        if number in self.pair:
            return number, 0 if zeros else PAIR
        return number, 0 if zeros > 2 else OTHER | (0 if number in self.near else FAR)

    def drops(self, cells: Sequence[str]) -> tuple[int, int] | None:
        """Return side and number that a droppable record is counted under, nothing for any other."""
        if len(cells) <= max(self.reporter or 0, self.partner, self.goods):
            return None
        reporter, one = (0, PAIR) if self.reporter is None else self.code(cells[self.reporter].encode())
        partner, other = self.code(cells[self.partner].encode())
        if one & other & OTHER or (_BY_GOODS[one, other] and re.fullmatch(self._other_goods, cells[self.goods])):
            return (1, partner) if one == PAIR or (one == OTHER and reporter) else (0, reporter)
        return None

    def sides(self, lines: LineIndex) -> "tuple[_Side, _Side]":
        """Return the codes of reporter and partner of each line; the reporter is China where no cell says it."""
        places = [place for place in (self.reporter, self.partner) if place is not None]
        stated = [_Side.of([_code(self, cell) for cell in cells], which) for cells, which in lines.short(places)]
        china = [_Side.of([(0, PAIR)], np.zeros(len(lines.ends), np.int32))]
        reporter, partner = stated if self.reporter is not None else [*china, *stated]
        return reporter, partner


_code = lru_cache(_CODES)(Pattern.code)
# by the flags of both sides: China or Russia with a country of which only some goods are kept, so that the goods decide
_BY_GOODS: Final = np.array(
    [[bool((one & PAIR and other & FAR) or (one & FAR and other & PAIR)) for other in range(8)] for one in range(8)]
)


@dataclass(frozen=True)
class _Side:
    """The distinct numbers of one side, and of each line which of them it has, and what that is."""

    numbers: NDArray[np.int64]
    which: NDArray[np.int32]
    kinds: NDArray[np.int8]

    @classmethod
    def of(cls, codes: Sequence[tuple[int, int]], which: NDArray[np.int32]) -> "_Side":
        numbers, kinds = np.array(codes, np.int64).reshape(-1, 2).T
        return cls(numbers, which, kinds.astype(np.int8)[which])

    def count(self, lines: NDArray[np.bool_]) -> NDArray[np.int64]:
        """Count ``lines`` by number."""
        times = np.bincount(self.which[lines], minlength=len(self.numbers))
        return np.bincount(self.numbers, times, COUNTRIES).astype(np.int64)


def dropped(lines: LineIndex, texts: pa.Array, pattern: Pattern) -> tuple[NDArray[np.bool_], NDArray[np.int64]]:
    """Return which lines can be dropped, and how many by side and number."""
    reporter, partner = pattern.sides(lines)
    drop = (reporter.kinds & partner.kinds & OTHER).astype(bool)
    asked = np.flatnonzero(_BY_GOODS.ravel()[reporter.kinds * 8 + partner.kinds])
    if len(asked):
        first, second = lines.first_digits(pattern.goods, asked)
        drop[asked] = (first != 0) & ((first != ord(FUELS[0])) | (second != ord(FUELS[1])))
        asked = asked[first == 0]
    if len(asked):  # no plain digits
        others = pc.match_substring_regex(texts.take(pa.array(asked)), pattern.has_other_goods)
        drop[asked] = others.to_numpy(zero_copy_only=False)
    ours = (reporter.kinds == PAIR) | ((reporter.kinds == OTHER) & (reporter.numbers[reporter.which] != 0))
    return drop, np.stack([reporter.count(drop & ~ours), partner.count(drop & ours)])
