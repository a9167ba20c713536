"""A huge table read in blocks: records that cannot be in scope are counted and dropped as bytes.

A record is dropped only on proof: one pattern over the cells of both countries and of the goods
tells the droppable ones. Where a block's quotes are regular, each of its lines is a record, and the
pattern runs on all lines at once. Any other block is split into records by the strict reader of the
standard library first. What that one refuses too raises :class:`UnreadableError`.
"""

from __future__ import annotations

import csv
import io
import os
import re
from collections import deque
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import IO, TYPE_CHECKING, Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

if TYPE_CHECKING:
    from collections.abc import Iterator
    from concurrent.futures import Future

    from numpy.typing import NDArray

BLOCK: Final = 4 << 20
_MOST_THREADS: Final = 4
_SAMPLE: Final = 32
_FEW: Final = 2048
_COUNTRIES: Final = 1000  # countries have up to three digits
_CACHED: Final = 1 << 18
_LINE_END, _RETURN, _QUOTE = b'\n\r"'


class UnreadableError(ValueError):
    """Bytes that can only be judged as a whole; the message says why."""


@dataclass(frozen=True)
class Pattern:
    """Tells the records that cannot be in scope: ``text`` matches their beginning.

    ``reporter`` (nothing where all rows have the same one) and ``partner`` are the places of the
    codes that name a dropped record; ``pair`` holds the codes of China and Russia.
    """

    text: str
    delimiter: str
    reporter: int | None
    partner: int
    pair: tuple[int, ...]


@dataclass(frozen=True)
class Reduction:
    """What is left of a block: the kept records, their places among all, and how many were dropped.

    ``dropped`` counts by the number of the side that is neither China nor Russia: the reporter in
    its first row, else the partner in its second.
    """

    kept: bytes
    places: NDArray[np.int64]
    records: int
    dropped: NDArray[np.int64]


def cell(delimiter: str) -> str:
    """Return a pattern for one cell, quoted or not."""
    return f'(?:[^{delimiter}"]*|(?:"[^"]*")+)'


def no_counts() -> NDArray[np.int64]:
    """Return counts of nothing by side and by number."""
    return np.zeros((2, _COUNTRIES), np.int64)


def reduce(stream: IO[bytes], pattern: Pattern) -> Iterator[Reduction]:
    """Yield the reduction of each block of ``stream``, in order; no record spans two of them.

    Raises:
        UnreadableError: NUL characters, a record longer than a block, or quotes that no strict reader accepts.
    """
    carry = b""
    for block, early in _ahead(stream, pattern):
        found = early if early is not None and not carry else _fast(carry + block, pattern)
        found, carry = (found, b"") if found is not None else _slow(carry + block, pattern)
        if len(carry) > BLOCK:
            raise UnreadableError("a quote is opened and not closed for a very long time")
        yield found
    if carry:
        raise UnreadableError("a quote is opened and never closed")


def _ahead(stream: IO[bytes], pattern: Pattern) -> Iterator[tuple[bytes, Reduction | None]]:
    """Yield the blocks with their fast reduction, which threads make ahead: it hardly needs Python's lock."""
    threads = min(len(os.sched_getaffinity(0)), _MOST_THREADS)
    waiting: deque[tuple[bytes, Future[Reduction | None]]] = deque()
    with ThreadPoolExecutor(threads) as pool:
        try:
            for block in _blocks(stream):
                waiting.append((block, pool.submit(_fast, block, pattern)))
                if len(waiting) > 2 * threads:
                    first, future = waiting.popleft()
                    yield first, future.result()
            for first, future in waiting:
                yield first, future.result()
        finally:
            pool.shutdown(cancel_futures=True)


def _blocks(stream: IO[bytes]) -> Iterator[bytes]:
    """Yield the stream in blocks of whole lines; the last one gets a line end where it has none."""
    rest = b""
    while block := stream.read(BLOCK):
        if b"\0" in block:
            raise UnreadableError("it holds NUL characters, so it is no text file")
        end = block.rfind(b"\n") + 1
        if end:
            yield b"".join((rest, memoryview(block)[:end]))
        elif len(rest) > BLOCK:
            raise UnreadableError("a line is longer than any table has")
        rest = block[end:] if end else rest + block
    if rest:
        yield rest + b"\n"


def _fast(block: bytes, pattern: Pattern) -> Reduction | None:
    """Reduce a block whose lines are its records; nothing where that is not sure."""
    data = np.frombuffer(block, np.uint8)
    ends = _line_ends(data, ord(pattern.delimiter))
    if ends is None or (b"\r" in block and (data == _RETURN).sum() != (data[ends - 1] == _RETURN).sum()):
        return None
    starts = np.zeros(len(ends) + 1, np.int32)
    starts[1:] = ends + 1
    lines = pa.Array.from_buffers(pa.binary(), len(ends), [None, pa.py_buffer(starts), pa.py_buffer(block)])
    drop = pc.match_substring_regex(lines, pattern.text)
    dropped = drop.to_numpy(zero_copy_only=False)
    kept = b"".join(lines.filter(pc.invert(drop)).to_pylist())
    return Reduction(kept, np.flatnonzero(~dropped), len(ends), _named(lines, dropped, pattern))


def _line_ends(data: NDArray[np.uint8], delimiter: int) -> NDArray[np.int64] | None:
    """Return where the lines end; nothing where a quote or a lone carriage return may make them no records.

    Quotes are regular where each line has an even number of them, and they stand where cells begin and end.
    """
    at, is_end = _marks(data)
    which = np.flatnonzero(is_end)
    ends = at[which]
    if len(ends) < len(at):
        quotes = at[np.flatnonzero(~is_end)]
        if not (np.diff(which, prepend=-1) & 1).all() or not _regular(data, quotes, delimiter):
            return None
    return ends


def _regular(data: NDArray[np.uint8], quotes: NDArray[np.int64], delimiter: int) -> bool:
    """Return whether each opening quote begins a cell and each closing one ends it, but for doubled ones."""
    before, after = data[quotes[::2] - 1], data[quotes[1::2] + 1]
    opens = (before == delimiter) | (before == _LINE_END) | (before == _QUOTE)
    closes = (after == delimiter) | (after == _LINE_END) | (after == _RETURN) | (after == _QUOTE)
    return bool(opens.all() and closes.all())


def _marks(data: NDArray[np.uint8]) -> tuple[NDArray[np.int64], NDArray[np.bool_]]:
    """Return where line ends and quotes stand, and which of them are line ends; piece by piece, in the cache."""
    found, kinds = [], []
    for start in range(0, len(data), _CACHED):
        part = data[start : start + _CACHED]
        marks = part == _LINE_END
        marks |= part == _QUOTE
        at = np.flatnonzero(marks)
        kinds.append(part[at] == _LINE_END)
        found.append(at + start)
    return np.concatenate(found), np.concatenate(kinds)


def _named(lines: pa.Array, dropped: NDArray[np.bool_], pattern: Pattern) -> NDArray[np.int64]:
    """Count the dropped lines."""
    counts = no_counts()
    if pattern.reporter is not None and dropped.any():
        numbers, which = _numbers(lines, pattern.reporter, pattern.delimiter)
        times = np.bincount(which[dropped], minlength=len(numbers))
        ours = np.isin(numbers, pattern.pair)
        np.add.at(counts[0], numbers[~ours], times[~ours])
        dropped = dropped & ours[which] if times[ours].any() else np.zeros_like(dropped)
    if dropped.any():
        numbers, which = _numbers(lines.filter(pa.array(dropped)), pattern.partner, pattern.delimiter)
        np.add.at(counts[1], numbers, np.bincount(which, minlength=len(numbers)))
    return counts


def _numbers(lines: pa.Array, place: int, delimiter: str) -> tuple[NDArray[np.int64], NDArray[np.int32]]:
    """Return numbers at ``place``, 0 for what is none, and which of them each line has.

    Lines mostly begin alike up to there, so a few distinct beginnings tell all; else each is searched.
    """
    beginning = re.compile(_before(place, delimiter).encode())
    some = lines.take(pa.array(np.linspace(0, len(lines) - 1, _SAMPLE).astype(int))).to_pylist()
    width = max((match.end() for line in some if (match := beginning.match(line))), default=1)
    coded = pc.binary_slice(lines, 0, width).dictionary_encode()
    numbers = None
    if len(coded.dictionary) < _FEW:
        numbers = [_beginning(text, place, delimiter) for text in coded.dictionary.to_pylist()]
    if numbers is None or None in numbers:
        cells = pc.struct_field(pc.extract_regex(lines, _before(place, delimiter)), "code")
        coded = cells.fill_null(b"").dictionary_encode()
        numbers = [_number(cell) for cell in coded.dictionary.to_pylist()]
    return np.array(numbers, np.int64), coded.indices.to_numpy(zero_copy_only=False)


@cache
def _before(place: int, delimiter: str) -> str:
    """Return a pattern for the beginning of a line that ends after the cell at ``place``."""
    return f"^(?:{cell(delimiter)}{delimiter}){{{place}}}(?P<code>{cell(delimiter)})[{delimiter}\r\n]"


@lru_cache(_FEW * 4)
def _beginning(text: bytes, place: int, delimiter: str) -> int | None:
    """Return the number at ``place`` of a line that begins so, or nothing where it ends before."""
    match = re.match(_before(place, delimiter).encode(), text)
    return _number(match["code"]) if match else None


def _number(cell: bytes) -> int:
    """Return the number in a cell, quoted or with decimals, or 0 where it is none that a country has."""
    digits = cell.strip(b'"').split(b".")[0]
    number = int(digits) if digits.isdigit() else 0
    return number if number < _COUNTRIES else 0


def _slow(block: bytes, pattern: Pattern) -> tuple[Reduction, bytes]:
    """Reduce a block record by record; also return the record that its end cuts."""
    lines = list(io.StringIO(block.decode("latin-1"), newline=""))
    if any(line.endswith("\r") for line in lines):
        raise UnreadableError("it has carriage returns without line feeds")
    reader = csv.reader(lines, delimiter=pattern.delimiter, strict=True)
    found, start, places, kept = re.compile(pattern.text), 0, [], []
    counts, records = no_counts(), 0
    while start < len(lines):
        try:
            cells = next(reader)
        except csv.Error as error:
            if reader.line_num < len(lines):
                raise UnreadableError(f"quotes that are no CSV ({error})") from error
            break
        # a stray quote makes one record of several lines: the parser has to see and name it
        if reader.line_num == start + 1 and found.match(lines[start]):
            counts[_side(cells, pattern)] += 1
        else:
            kept.extend(lines[start : reader.line_num])
            places.append(records)
        start, records = reader.line_num, records + 1
    reduction = Reduction("".join(kept).encode("latin-1"), np.array(places, dtype=np.int64), records, counts)
    return reduction, "".join(lines[start:]).encode("latin-1")


def _side(cells: list[str], pattern: Pattern) -> tuple[int, int]:
    if pattern.reporter is not None and (reporter := _number(cells[pattern.reporter].encode())) not in pattern.pair:
        return 0, reporter
    return 1, _number(cells[pattern.partner].encode())
