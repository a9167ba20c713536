"""A huge table read in blocks: records that cannot be in scope are counted and dropped as bytes.

A record is dropped only on proof, by the cells of both countries and of the goods. Where a block's
quotes are regular, each of its lines is a record, and all lines are judged at once. Any other block
is split into records by the strict reader of the standard library first. What that one refuses too
raises :class:`UnreadableError`.
"""

import csv
import io
from collections import deque
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from typing import IO, Final

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from loaders.big_files.line_index import split
from loaders.big_files.row_filter import COUNTRIES, Pattern, dropped
from loaders.core import machine

BLOCK: Final = 4 << 20
_MOST_THREADS: Final = 4
_SPARE: Final = 24 << 20


class UnreadableError(ValueError):
    """Bytes that can only be judged as a whole; the message says why."""


@dataclass(frozen=True)
class Reduction:
    """What is left of a block: the kept records, their places among all, and how many were dropped.

    ``dropped`` counts by the number of the side that is out of scope: the reporter in its first row,
    the partner of a reporter whose trade is kept in its second.
    """

    kept: bytes
    places: NDArray[np.int64]
    records: int
    dropped: NDArray[np.int64]


def no_counts() -> NDArray[np.int64]:
    """Return counts of nothing by side and by number."""
    return np.zeros((2, COUNTRIES), np.int64)


def reduce(stream: IO[bytes], pattern: Pattern) -> Iterator[Reduction]:
    """Yield the reduction of each block of ``stream``, in order; no record spans two of them.

    Raises:
        UnreadableError: NUL characters, a record longer than a block, or quotes that no strict reader accepts.
    """
    carry = b""
    for block, early in _ahead(stream, pattern):
        reduction = early if early is not None and not carry else _fast(carry + block, pattern)
        reduction, carry = (reduction, b"") if reduction is not None else _slow(carry + block, pattern)
        if len(carry) > BLOCK:
            raise UnreadableError("a quote is opened and not closed for a very long time")
        yield reduction
    if carry:
        raise UnreadableError("a quote is opened and never closed")


def _ahead(stream: IO[bytes], pattern: Pattern) -> Iterator[tuple[bytes, Reduction | None]]:
    """Yield the blocks with their fast reduction, which threads make ahead: it hardly needs Python's lock."""
    _keep_memory()
    threads = min(machine.processors(), _MOST_THREADS)
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


def _keep_memory() -> None:
    """Let the memory of one block serve the next: to take it from the system anew costs more than to read it.

    The C library hands back what is more than twice the largest piece that was ever freed, and Arrow's
    own allocator hands back all.
    """
    pa.set_memory_pool(pa.system_memory_pool())
    np.empty(_SPARE, np.uint8)


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
    lines = split(block, pattern.delimiter)
    if lines is None:
        return None
    texts = lines.texts()
    drop, counts = dropped(lines, texts, pattern)
    places = np.flatnonzero(~drop)
    return Reduction(b"".join(texts.take(pa.array(places)).to_pylist()), places, len(texts), counts)


def _slow(block: bytes, pattern: Pattern) -> tuple[Reduction, bytes]:
    """Reduce a block record by record; also return the record that its end cuts."""
    lines = list(io.StringIO(block.decode("latin-1"), newline=""))
    if any(line.endswith("\r") for line in lines):
        raise UnreadableError("it has carriage returns without line feeds")
    reader = csv.reader(lines, delimiter=pattern.delimiter, strict=True)
    start, places, kept = 0, [], []
    counts, records = no_counts(), 0
    while start < len(lines):
        try:
            cells = next(reader)
        except csv.Error as error:
            if reader.line_num < len(lines):
                raise UnreadableError(f"quotes that are no CSV ({error})") from error
            break
        # a stray quote makes one record of several lines: the parser has to see and name it
        side = pattern.drops(cells) if reader.line_num == start + 1 else None
        if side:
            counts[side] += 1
        else:
            kept.extend(lines[start : reader.line_num])
            places.append(records)
        start, records = reader.line_num, records + 1
    reduction = Reduction("".join(kept).encode("latin-1"), np.array(places, dtype=np.int64), records, counts)
    return reduction, "".join(lines[start:]).encode("latin-1")
