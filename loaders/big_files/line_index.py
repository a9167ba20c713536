"""The lines of a block of a table, if each of them is one record, and where their cells stand.

Quotes are told as bits, one for each byte and 64 of them in a word: the parity of the quotes up to a
byte says whether it lies within them (the idea of simdjson, Langdale and Lemire 2019).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

Bits = NDArray[np.uint64]

_PIECE: Final = 1 << 18  # stays in the cache
_LINE_END, _RETURN, _QUOTE = b'\n\r"'
_WORD: Final = 8
_FARTHEST: Final = 16  # words of a line in which single cells are searched
_WINDOW: Final = 128  # bytes of a line in which its first cells usually end
_FIRST_BYTES: Final = np.array([*((1 << 8 * size) - 1 for size in range(_WORD + 1)), 0], np.uint64)
_ZEROS, _HIGH, _SIX = (np.uint64(byte * 0x0101010101010101) for byte in (0x30, 0xF0, 6))
_NONE, _ONE = np.uint64(0), np.uint64(1)
# Of a word of bits, ``x & -x`` is its lowest one, ``x & (x - 1)`` the others, and as many bits as ``(x & -x) - 1`` has
# stand below the lowest: its place. A few such steps over all lines at once stand for a loop over each.


@dataclass(frozen=True)
class LineIndex:
    """A block whose lines are its records: where they end, and as bits where their cells do, line ends included."""

    block: bytes
    ends: NDArray[np.int64]
    marks: Bits

    def texts(self) -> pa.Array:
        """Return the lines."""
        starts = np.zeros(len(self.ends) + 1, np.int32)
        starts[1:] = self.ends + 1
        return pa.Array.from_buffers(
            pa.binary(), len(self.ends), [None, pa.py_buffer(starts), pa.py_buffer(self.block)]
        )

    def short(self, places: Sequence[int]) -> list[tuple[list[bytes], NDArray[np.int32]]]:
        """Return for each of ``places`` the distinct cells there without quotes, and which of them each line has.

        A cell of more than eight bytes counts as empty, as one that is not there.
        """
        starts, ends = self._edges(slice(None))
        wanted = {place + side for place in places for side in (-1, 0)} - {-1}
        cell_ends = self._within(starts, ends, wanted) or self._anywhere(starts, ends, wanted)
        cell_ends[-1] = starts - 1
        return [self._distinct(cell_ends[place - 1] + 1, cell_ends[place]) for place in places]

    def first_digits(self, place: int, which: NDArray[np.int64]) -> tuple[NDArray[np.uint8], NDArray[np.uint8]]:
        """Return the first two digits of the cells at ``place`` of some lines, in order.

        They are zeros where the cell is anything but 2 to 16 digits, in quotes or not, and everywhere where
        cells lie so far in that a search for each would cost more than a pattern over the lines.
        """
        starts, ends = self._edges(which)
        bits = np.append(self.marks, [_NONE] * 3)
        before = _nth(bits, starts, ends, place - 1) if place else starts - 1
        if before is None or (end := _nth(bits, before + 1, ends, 0)) is None:
            nothing = np.zeros(len(which), np.uint8)
            return nothing, nothing
        data = np.frombuffer(self.block, np.uint8)
        opened = data[np.minimum(before + 1, len(data) - 1)] == _QUOTE
        start, size = before + 1 + opened, end - before - 1 - 2 * opened
        plain = (size > 1) & (size <= 2 * _WORD) & (opened == (data[end - 1] == _QUOTE))
        words = self._words(start)
        plain &= _digits(words, size)
        if (size > _WORD).any():
            plain &= _digits(self._words(start + _WORD), size - _WORD)
        first = np.where(plain, words, _NONE).astype("<u8").view(np.uint8)
        return first[::_WORD], first[1::_WORD]

    def _edges(self, which: slice | NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Return where lines begin and end."""
        starts = np.zeros_like(self.ends)
        starts[1:] = self.ends[:-1] + 1
        return starts[which], self.ends[which]

    def _within(
        self, starts: NDArray[np.int64], ends: NDArray[np.int64], wanted: set[int]
    ) -> dict[int, NDArray[np.int64]] | None:
        """Return where the cells at ``wanted`` end, at most at the line's end.

        Nothing where a line has not so many marks in its first 128 bytes, though it is longer.
        """
        sizes, cell_ends = ends - starts + 1, {}
        bits, word, off = np.append(self.marks, [_NONE] * 3), starts >> 6, (starts & 63).astype(np.uint64)
        near = _window(bits, word, off) & _mask(sizes)
        few = np.bitwise_count(near) <= max(wanted)
        if not few.any():
            for place in range(max(wanted) + 1):
                if place in wanted:
                    cell_ends[place] = starts + np.bitwise_count((near & -near) - _ONE)
                near &= near - _ONE
            return cell_ends
        far = _window(bits, word + 1, off) & _mask(sizes - 64)
        if (few & (np.bitwise_count(near) + np.bitwise_count(far) <= max(wanted)) & (sizes > _WINDOW)).any():
            return None
        for place in range(max(wanted) + 1):
            over = near == 0
            beyond = over.any()  # not for the first places, as a rule
            if place in wanted:
                first = np.where(over, far, near) if beyond else near
                spot = np.bitwise_count((first & -first) - _ONE) + 64 * over
                cell_ends[place] = np.minimum(starts + spot, ends)
            if beyond:
                far = np.where(over, far & (far - _ONE), far)
            near &= near - _ONE
        return cell_ends

    def _anywhere(
        self, starts: NDArray[np.int64], ends: NDArray[np.int64], wanted: set[int]
    ) -> dict[int, NDArray[np.int64]]:
        """Return the same from all marks of the block."""
        marks = _places(self.marks, len(self.block))
        first, last = np.searchsorted(marks, starts), np.searchsorted(marks, ends)
        return {place: marks[np.minimum(first + place, last)] for place in wanted}

    def _distinct(self, start: NDArray[np.int64], end: NDArray[np.int64]) -> tuple[list[bytes], NDArray[np.int32]]:
        size = np.clip(end - start, 0, _WORD + 1)
        coded = pa.array(self._words(start) & _FIRST_BYTES[size]).dictionary_encode()
        return [_cell(word) for word in coded.dictionary.to_pylist()], coded.indices.to_numpy(zero_copy_only=False)

    def _words(self, start: NDArray[np.int64]) -> Bits:
        """Return the eight bytes from each place on as a number, zero beyond the end; places ascend."""
        whole = np.frombuffer(self.block, np.uint64, len(self.block) // _WORD)
        last = int(np.searchsorted(start, (len(whole) - 1) * _WORD))  # from here on the bytes may run out
        # two aligned words and a shift cost less than a word that is not aligned
        words = np.zeros(len(start), np.uint64)
        words[:last] = _window(whole, start[:last] >> 3, ((start[:last] & 7) << 3).astype(np.uint64))
        for place in range(last, len(start)):
            words[place] = int.from_bytes(self.block[start[place] :][:_WORD], "little")
        return words


def _digits(words: Bits, size: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Return which words hold nothing but digits in their first ``size`` bytes, at most eight."""
    own = _FIRST_BYTES[np.clip(size, 0, _WORD)]
    filled = (words & own) | (_ZEROS & ~own)
    return np.asarray(((filled & _HIGH) == _ZEROS) & (((filled + _SIX) & _HIGH) == _ZEROS))


@lru_cache(1 << 14)
def _cell(word: int) -> bytes:
    """Return the cell in a word, without its quotes."""
    cell = word.to_bytes(_WORD, "little").rstrip(b"\0\r")
    return cell[1:-1] if cell[:1] == cell[-1:] == b'"' and len(cell) > 1 else cell


def _nth(bits: Bits, starts: NDArray[np.int64], ends: NDArray[np.int64], number: int) -> NDArray[np.int64] | None:
    """Return where the mark ``number`` of each line stands, counted from 0, at most at the line's end.

    Nothing where one stands more than 1024 bytes in; there are three words beyond the last of ``bits``.
    """
    at, left = np.minimum(starts, ends), np.full(len(starts), number)
    for _ in range(_FARTHEST):
        near = _window(bits, at >> 6, (at & 63).astype(np.uint64))
        marks = np.bitwise_count(near)
        over = (left >= marks) & (at + 64 <= ends)
        if not over.any():
            break
        left -= np.where(over, marks, 0)
        at += 64 * over
    else:
        return None
    while left.any():
        near = np.where(left > 0, near & (near - _ONE), near)
        left = np.maximum(left - 1, 0)
    return np.asarray(np.minimum(at + np.bitwise_count((near & -near) - _ONE), ends))


def _window(bits: Bits, word: NDArray[np.int64], off: Bits) -> Bits:
    """Return 64 bits from each place on, the bit ``off`` of a ``word``; there are words beyond the last."""
    # a shift by 64 bits is a shift by one and one by the rest
    return np.asarray((bits[word] >> off) | ((bits[word + 1] << _ONE) << (np.uint64(63) - off)))


def _mask(size: NDArray[np.int64]) -> Bits:
    """Return as many low bits as each size says, at most 64."""
    last = np.clip(size - 1, 0, 63).astype(np.uint64)
    return np.where(size > 0, (np.uint64(2) << last) - _ONE, np.uint64(0))


def _places(bits: Bits, size: int) -> NDArray[np.int64]:
    """Return the places of the bits that are set, below ``size``; words without any are passed over."""
    words = np.flatnonzero(bits)
    if 2 * len(words) > len(bits):
        return np.flatnonzero(np.unpackbits(bits.view(np.uint8), count=size, bitorder="little").view(bool))
    at = np.flatnonzero(np.unpackbits(bits[words].view(np.uint8), bitorder="little").view(bool))
    places: NDArray[np.int64] = (words[at >> 6] << 6) + (at & 63)
    return places


def split(block: bytes, delimiter: str) -> LineIndex | None:
    """Return the lines of ``block``, which ends with one; nothing where they may not be its records.

    They are records where no line end is quoted, quotes stand where cells begin and end, and no
    carriage return stands alone. A doubled quote closes and opens again.
    """
    data = np.frombuffer(block, np.uint8)
    returns, quoted = b"\r" in block, b'"' in block
    ends, delimiters, quotes, lone = _bits(data, ord(delimiter), quoted=quoted, returns=returns)
    if quoted:
        within = _parity(quotes)
        if not _regular(quotes, within, ends, delimiters, lone if returns else None):
            return None
        delimiters &= np.bitwise_not(within, out=within)
    lines = LineIndex(block, _places(ends, len(block)), delimiters | ends)
    alone = returns and np.count_nonzero(data == _RETURN) != np.count_nonzero(data[lines.ends - 1] == _RETURN)
    return None if alone else lines


def _regular(quotes: Bits, within: Bits, ends: Bits, delimiters: Bits, lone: Bits | None) -> bool:
    """Tell whether quotes stand at the edges of cells alone, and quote no line end."""
    if (ends & within).any():
        return False
    edges = quotes | ends
    edges |= delimiters
    begun, top = edges << _ONE, np.uint64(63)
    begun[1:] |= edges[:-1] >> top
    begun[0] |= _ONE
    np.bitwise_not(begun, out=begun)
    begun &= quotes
    begun &= within  # quotes that open where no cell begins
    if begun.any():
        return False
    if lone is not None:
        edges |= lone
    ended = edges >> _ONE
    ended[:-1] |= edges[1:] << top
    ended |= within
    np.bitwise_not(ended, out=ended)
    ended &= quotes  # quotes that close where no cell ends
    return not ended.any()


def _bits(data: NDArray[np.uint8], delimiter: int, *, quoted: bool, returns: bool) -> Bits:
    """Return where line ends, delimiters, quotes and carriage returns stand; piece by piece, in the cache."""
    packed = np.zeros((4, -(-len(data) // 64) * 8), np.uint8)
    signs = (_LINE_END, delimiter, *((_QUOTE,) if quoted else ()))
    rows = [*zip(packed, signs, strict=False), *(((packed[3], _RETURN),) if returns else ())]
    for start in range(0, len(data), _PIECE):
        part = data[start : start + _PIECE]
        for bitmap, sign in rows:
            bits = np.packbits(part == sign, bitorder="little")
            bitmap[start // 8 : start // 8 + len(bits)] = bits
    return packed.view(np.uint64)


def _parity(bits: Bits) -> Bits:
    """Return for each place whether the number of bits up to it is odd."""
    odd, moved = bits.copy(), np.empty_like(bits)
    for step in (1, 2, 4, 8, 16, 32):
        odd ^= np.left_shift(odd, np.uint64(step), out=moved)
    before = np.bitwise_xor.accumulate(odd >> np.uint64(63))
    odd[1:] ^= np.uint64(0) - before[:-1]
    return odd
