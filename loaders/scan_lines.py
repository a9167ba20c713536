"""The lines of a block of a table, if each of them is one record, and where their cells stand.

Quotes are told as bits, one for each byte and 64 of them in a word: the parity of the quotes up to a
byte says whether it lies within them (the idea of simdjson, Langdale and Lemire 2019).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np
import pyarrow as pa

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Bits = NDArray[np.uint64]

_PIECE: Final = 1 << 18  # stays in the cache
_LINE_END, _RETURN, _QUOTE = b'\n\r"'
_WORD: Final = 8
_WIDEST: Final = 1 << 12
_FIRST_BYTES: Final = np.array([*((1 << 8 * size) - 1 for size in range(_WORD + 1)), 0], np.uint64)


@dataclass(frozen=True)
class Lines:
    """A block whose lines are its records: where cells end, and which of these places are line ends."""

    block: bytes
    marks: NDArray[np.int64]
    last: NDArray[np.int64]

    @property
    def ends(self) -> NDArray[np.int64]:
        """Where the lines end."""
        return self.marks[self.last]

    def texts(self) -> pa.Array:
        """Return the lines."""
        starts = np.zeros(len(self.last) + 1, np.int32)
        starts[1:] = self.ends + 1
        return pa.Array.from_buffers(
            pa.binary(), len(self.last), [None, pa.py_buffer(starts), pa.py_buffer(self.block)]
        )

    def short(self, place: int) -> tuple[list[bytes], NDArray[np.int32]]:
        """Return the distinct cells at ``place`` without quotes, and which of them each line has.

        A cell of more than eight bytes counts as empty, as one that is not there.
        """
        before = np.empty_like(self.last)
        before[0], before[1:] = -1, self.last[:-1]
        end = self.marks[np.minimum(before + place + 1, self.last)]
        start = self.marks[np.minimum(before + place, self.last)] + 1
        if not place or before[0] + place < 0:
            start[0] = 0
        size = np.clip(end - start, 0, _WORD + 1)
        coded = pa.array(self._words(start) & _FIRST_BYTES[size]).dictionary_encode()
        cells = [word.to_bytes(_WORD, "little").rstrip(b"\0\r") for word in coded.dictionary.to_pylist()]
        plain = [cell[1:-1] if cell[:1] == cell[-1:] == b'"' and len(cell) > 1 else cell for cell in cells]
        return plain, coded.indices.to_numpy(zero_copy_only=False)

    def _words(self, start: NDArray[np.int64]) -> Bits:
        """Return the eight bytes from each place on as a number, zero beyond the end."""
        data = np.frombuffer(self.block.ljust(_WORD, b"\0"), np.uint8)
        words = np.lib.stride_tricks.as_strided(data[:_WORD].view(np.uint64), (len(data) - _WORD + 1,), (1,))
        at = np.minimum(start, len(words) - 1)
        beyond = np.minimum(start - at, _WORD - 1)
        return words[at] >> (beyond * 8).astype(np.uint64)


def split(block: bytes, delimiter: str) -> Lines | None:
    """Return the lines of ``block``, which ends with one; nothing where they may not be its records.

    They are records where no line end is quoted, quotes stand where cells begin and end, and no
    carriage return stands alone.
    """
    data = np.frombuffer(block, np.uint8)
    returns, mark = b"\r" in block, ord(delimiter)
    marks = _quoted_marks(data, mark, returns=returns) if b'"' in block else _plain_marks(data, mark)
    if marks is None:
        return None
    lines = Lines(block, marks, _line_ends(data, marks))
    alone = returns and np.count_nonzero(data == _RETURN) != np.count_nonzero(data[lines.ends - 1] == _RETURN)
    return None if alone else lines


def _line_ends(data: NDArray[np.uint8], marks: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return which marks are line ends: every so many-th where all lines have as many cells."""
    width = int((data[marks[:_WIDEST]] == _LINE_END).argmax()) + 1
    last = np.arange(width - 1, len(marks), width)
    even = not len(marks) % width and (data[marks[last]] == _LINE_END).all()
    if even and np.count_nonzero(data == _LINE_END) == len(last):
        return last
    return np.flatnonzero(data[marks] == _LINE_END)


def _plain_marks(data: NDArray[np.uint8], delimiter: int) -> NDArray[np.int64]:
    """Return where cells end in a block without quotes; piece by piece, in the cache."""
    found = []
    for start in range(0, len(data), _PIECE):
        part = data[start : start + _PIECE]
        marks = part == _LINE_END
        marks |= part == delimiter
        found.append(np.flatnonzero(marks) + start)
    return np.concatenate(found)


def _quoted_marks(data: NDArray[np.uint8], delimiter: int, *, returns: bool) -> NDArray[np.int64] | None:
    """Return where cells end; nothing where quotes are not at the edges of cells, or quote a line end.

    A doubled quote closes and opens again.
    """
    quotes, ends, delimiters, lone = _bits(data, delimiter, returns=returns)
    within = _parity(quotes)
    edges = quotes | ends | delimiters
    opening, closing = quotes & within, quotes & ~within
    one, top = np.uint64(1), np.uint64(63)
    begun, ended = edges << one, (edges | lone) >> one
    begun[1:] |= edges[:-1] >> top
    begun[0] |= one
    ended[:-1] |= (edges | lone)[1:] << top
    if (ends & within).any() or (opening & ~begun).any() or (closing & ~ended).any():
        return None
    marks = ((delimiters & ~within) | ends).view(np.uint8)
    return np.flatnonzero(np.unpackbits(marks, count=len(data), bitorder="little").view(bool))


def _bits(data: NDArray[np.uint8], delimiter: int, *, returns: bool) -> Bits:
    """Return where quotes, line ends, delimiters and carriage returns stand; piece by piece, in the cache."""
    packed = np.zeros((4, -(-len(data) // 64) * 8), np.uint8)
    signs = (_QUOTE, _LINE_END, delimiter, _RETURN)[: 4 if returns else 3]
    for start in range(0, len(data), _PIECE):
        part = data[start : start + _PIECE]
        for found, sign in zip(packed, signs, strict=False):
            bits = np.packbits(part == sign, bitorder="little")
            found[start // 8 : start // 8 + len(bits)] = bits
    return packed.view(np.uint64)


def _parity(bits: Bits) -> Bits:
    """Return for each place whether the number of bits up to it is odd."""
    odd = bits.copy()
    for step in (1, 2, 4, 8, 16, 32):
        odd ^= odd << np.uint64(step)
    before = np.bitwise_xor.accumulate(odd >> np.uint64(63))
    odd[1:] ^= np.uint64(0) - before[:-1]
    return odd
