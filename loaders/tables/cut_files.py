"""Whether a table of text ends where it was meant to: one that is cut inside its last number still reads."""

import codecs
import io
import re
from collections.abc import Callable, Sequence
from typing import IO, Final, cast

from loaders.core.source import SourceError

TAIL: Final = 1 << 16
_BESIDE: Final = 20  # rows before the last that tell how its last cell is printed
_BINARY: Final = (b"PK", b"\xd0\xcf\x11\xe0", b"\x1f\x8b", b"\x89PNG", b"%PDF")
_WIDE: Final = {codecs.BOM_UTF16_LE: "utf-16-le", codecs.BOM_UTF16_BE: "utf-16-be"}
_NUMBER: Final = re.compile(r"[^\d]{0,3}\d[\d.,\u00a0\u202f ']*(?:[eE][+-]?\d*)?")


class _Watched(io.RawIOBase):
    """A stream that remembers its first bytes and its last, for a file that is too large to be held."""

    def __init__(self, stream: IO[bytes]) -> None:
        super().__init__()
        self._stream = stream
        self.head = self.tail = b""

    def read(self, size: int = -1) -> bytes:
        return self._kept(self._stream.read(size))

    def readline(self, size: int | None = -1) -> bytes:
        return self._kept(self._stream.readline() if size is None or size < 0 else self._stream.readline(size))

    def close(self) -> None:
        self._stream.close()
        super().close()

    def _kept(self, block: bytes) -> bytes:
        self.head = self.head or block[:TAIL]
        self.tail = block[-TAIL:] if len(block) >= TAIL else (self.tail + block)[-TAIL:]
        return block


class Watch:
    """Lends the bytes of a file to a reader, and says afterwards whether they end where they were meant to."""

    def __init__(self, name: str, opened: Callable[[], IO[bytes]], whole: Callable[[], bytes]) -> None:
        """Take the two ways to read a file, as a stream and whole; ``name`` is for messages."""
        self._name, self._opened, self._whole = name, opened, whole
        self._stream: _Watched | None = None
        self._content: bytes | None = None

    def open(self) -> IO[bytes]:
        """Open the stream."""
        self._stream = _Watched(self._opened())
        return cast("IO[bytes]", self._stream)

    def read(self) -> bytes:
        """Return all bytes."""
        self._content = self._whole()
        return self._content

    def check(self) -> None:
        """Raise SourceError where what was read last may end inside a number or a table."""
        if self._content is not None:
            check(self._content, self._name)
        elif self._stream is not None:
            check_tail(_as_text(self._stream.head, self._stream.tail), self._name)


def check(content: bytes, name: str) -> None:
    """Refuse bytes of a table that may end inside a number, or inside the table of a page.

    Raises:
        SourceError: the last line has no end, and ends in a number that nothing shows to be whole.
    """
    if content.startswith(_BINARY):
        return
    start = content[:1024].removeprefix(codecs.BOM_UTF8).lstrip()[:1]
    if start == b"<":
        _check_page(content, name)
    elif start not in (b"{", b"["):
        check_tail(_as_text(content[:2], content[-TAIL:]), name)


def check_tail(text: str, name: str) -> None:
    """Refuse the last part of a text that may end inside a number; SourceError says which."""
    *before, last = text.splitlines(keepends=True)[-_BESIDE - 1 :] or [""]
    cell = _last_cell(last)
    if last.endswith(("\n", "\r")) or not before or not _NUMBER.fullmatch(cell):
        return
    if not _proved(cell, [_last_cell(line.rstrip("\r\n")) for line in before[-_BESIDE:] if line.strip()]):
        raise SourceError(
            f"{name}: its last row has no line end after {cell[-20:]!r}, so that number may be cut; download the "
            "file again, or end its last line where it is whole"
        )


def _as_text(head: bytes, tail: bytes) -> str:
    return tail.decode(_WIDE.get(head[:2], "latin-1"), "ignore")


def _last_cell(line: str) -> str:
    return re.split(r"[,;|\t]", line)[-1].strip(" ")


def _proved(cell: str, others: Sequence[str]) -> bool:
    """Return whether the rows above show a last cell to be whole: always the same, or always so many decimals."""
    if len(others) > 2 and set(others[1:]) == {cell}:  # the first may be the header
        return True
    parts = {other.rpartition(".")[2] for other in others[1:] if _NUMBER.fullmatch(other)}
    lengths = {len(part) if part.isdecimal() else 0 for part in parts}
    decimals = all("." in other for other in others[1:]) and "." in cell
    return decimals and len(lengths) == 1 and lengths == {len(cell.rpartition(".")[2])} and lengths != {0}


def _check_page(content: bytes, name: str) -> None:
    """Refuse a page whose last table is not closed: its last rows and numbers may be missing."""
    text = content.lower()
    if text.rfind(b"<table") > text.rfind(b"</table"):
        raise SourceError(f"{name}: ends inside its table, so figures may be missing or cut; save the page again")
