"""What data come wrapped in: gzip and zip, read as streams within bounds; nothing is unpacked to disk."""

from __future__ import annotations

import gzip
import io
import re
import zipfile
import zlib
from dataclasses import dataclass
from functools import partial
from pathlib import Path, PurePosixPath
from typing import IO, TYPE_CHECKING, Final, cast

from loaders.core.console import shown
from loaders.core.source import SourceError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from _typeshed import WriteableBuffer

HEAD: Final = 256 << 10
WHOLE: Final = 256 << 20
_LARGEST: Final = 8 << 30
_BLOCK: Final = 1 << 20
_RATIO: Final = 250
_RATIO_FROM: Final = 64 << 20
_MEMBERS: Final = 10_000
_GZIP: Final = b"\x1f\x8b"
_ZIP: Final = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
_OLE: Final = b"\xd0\xcf\x11\xe0"
_OFFICE: Final = frozenset({"[Content_Types].xml", "mimetype"})
_UTF8_NAME: Final = 0x800
_NO_YEAR: Final = 1980
_ENCRYPTED: Final = 0x1
_ABOUT: Final = re.compile(r"read.?me|licen[cs]e|metadata|about|notes?\b|terms|codebook", re.IGNORECASE)
_DAMAGED: Final = (EOFError, zlib.error, gzip.BadGzipFile, zipfile.BadZipFile)
# a zip that is packed in a rare way, and one whose damaged directory points before its beginning
_ODD_ZIP: Final = (NotImplementedError, RuntimeError, ValueError)


@dataclass(frozen=True)
class Piece:
    """One stream of data: a plain file, what a .gz holds, or a member of a .zip.

    ``name`` is what a parser is told, so that plain words in it can speak for flow and period;
    ``within`` names the archive where a message must add it; ``dated`` is the day that the archive gives
    the member, as YYYY-MM-DD, empty where it gives none.
    """

    name: str
    opener: Callable[[], IO[bytes]]
    packed: bool = False
    within: str = ""
    dated: str = ""

    def open(self) -> IO[bytes]:
        """Open the unwrapped bytes as a stream; a damaged or swollen one raises SourceError."""
        return self.opener()

    def head(self) -> bytes:
        """Return the first bytes, of a workbook all: its texts may stand last. SourceError for what is packed twice."""
        with self.open() as stream:
            head = stream.read(HEAD)
            if head.startswith((*_ZIP, _OLE)):
                head += stream.read(WHOLE - len(head))
        if self.packed and head.startswith(_GZIP):
            raise SourceError(f"{self.name}: is packed twice; unpack it once, then import it")
        if self.packed and head.startswith(_ZIP):
            self.read()
        return head

    def read(self) -> bytes:
        """Return all bytes, checked.

        Raises:
            SourceError: more than fits, an archive inside an archive, a line that never ends.
        """
        with self.open() as stream:
            content = stream.read(WHOLE + 1)
        if len(content) > WHOLE and not content[-_BLOCK:].strip(b"\0"):
            raise SourceError(f"{self.name}: ends in zero bytes, so it is no table; download it again")
        if len(content) > WHOLE:
            raise SourceError(f"{self.name}: holds more than {WHOLE >> 20} MiB of a kind that is read whole; split it")
        if content.startswith(_ZIP):
            _check_office(content, self.name)
        elif not content.startswith(_OLE):
            _check_text(content, self.name)
        return content


def pieces(path: Path, name: str) -> Iterator[Piece]:
    """Yield what ``path`` holds: itself, what its gzip holds, or the members of its zip.

    Raises:
        SourceError: a damaged, encrypted, nested or swollen archive.
    """
    with path.open("rb") as file:
        head = file.read(4)
    if head.startswith(_GZIP):
        yield Piece(name, partial(_gunzip, path, name), packed=True)
    elif head.startswith(_ZIP):
        yield from _zipped(path, name)
    else:
        yield Piece(name, partial(_plain_file, path))


def _plain_file(path: Path) -> IO[bytes]:
    return path.open("rb")


def _gunzip(path: Path, name: str) -> IO[bytes]:
    return _bounded(cast("IO[bytes]", gzip.open(path, "rb")), name, path.stat().st_size)


def _zipped(path: Path, name: str) -> Iterator[Piece]:
    try:
        with zipfile.ZipFile(path) as archive:
            if not _OFFICE.isdisjoint(archive.namelist()):
                yield Piece(name, partial(_plain_file, path))
                return
            yield from _members(archive, name, path.stat().st_size)
    except (zipfile.BadZipFile, NotImplementedError, ValueError) as error:
        if isinstance(error, SourceError):
            raise
        raise SourceError(f"{name}: a damaged zip archive ({error}); download it again") from error


def _members(archive: zipfile.ZipFile, name: str, size: int) -> Iterator[Piece]:
    members = [info for info in archive.infolist() if not info.is_dir() and not _hidden(info.filename)]
    if not members:
        raise SourceError(f"{name}: the zip archive holds no file; download it again")
    if len(members) > _MEMBERS:
        raise SourceError(f"{name}: holds {len(members)} files, more than {_MEMBERS}; unpack it and import the folder")
    total = sum(info.file_size for info in members)
    if total > _LARGEST or (total > _RATIO_FROM and total > _RATIO * size):
        raise SourceError(f"{name}: {size} bytes claim to hold {total}, as a zip bomb does; nothing of it is read")
    data = [info for info in members if not _ABOUT.search(_own_name(info))] or members
    for info in members:
        member = shown(_own_name(info))
        _check_member(info, f"{name}, {member}")
        title, within = (f"{name}: {member}", "") if len(data) == 1 else (member, name)
        yield Piece(title, partial(_unzip, archive, info, title), packed=True, within=within, dated=_day(info))


def _day(info: zipfile.ZipInfo) -> str:
    """Return the day of a member; 1980 is how zips say that they do not know."""
    year, month, day = info.date_time[:3]
    return f"{year:04}-{month:02}-{day:02}" if year > _NO_YEAR else ""


def workbook_day(content: bytes) -> str:
    """Return the day on which an .xlsx says that it was made, as YYYY-MM-DD, empty where it does not."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            core = archive.read("docProps/core.xml")[:_BLOCK].decode("utf-8", "replace")
    except (*_DAMAGED, *_ODD_ZIP, KeyError):
        return ""
    days = re.findall(r"<dcterms:(?:created|modified)[^>]*>\s*(\d{4}-\d{2}-\d{2})T", core)
    return min(days, default="")


def _hidden(filename: str) -> bool:
    parts = PurePosixPath(filename).parts
    return not parts or "__MACOSX" in parts or parts[-1].startswith(".")


def _own_name(info: zipfile.ZipInfo) -> str:
    """Return a member's own name; Windows in China writes it in GB18030 and does not say so."""
    text = info.filename
    if not info.flag_bits & _UTF8_NAME and not text.isascii():
        raw = text.encode("cp437", "replace")
        for encoding in ("utf-8", "gb18030"):
            try:
                text = raw.decode(encoding)
                break
            except UnicodeDecodeError:
                continue
    return PurePosixPath(text.replace("\\", "/")).name


def _check_member(info: zipfile.ZipInfo, title: str) -> None:
    if info.flag_bits & _ENCRYPTED:
        raise SourceError(f"{title}: needs a password; unpack it, then import what it holds")
    if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise SourceError(f"{title}: packed in a rare way (zip method {info.compress_type}); unpack it first")


def _unzip(archive: zipfile.ZipFile, info: zipfile.ZipInfo, title: str) -> IO[bytes]:
    try:
        return _bounded(archive.open(info), title, info.compress_size)
    except SourceError:
        raise
    except (*_DAMAGED, *_ODD_ZIP) as error:
        raise SourceError(f"{title}: cannot be unpacked ({error}); download the archive again") from error


class _Bounded(io.RawIOBase):
    """A stream that ends with one line where its bytes are damaged or swell beyond reason."""

    def __init__(self, inner: IO[bytes], name: str, size: int) -> None:
        super().__init__()
        self._inner, self._name, self._size, self._read = inner, name, size, 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: WriteableBuffer) -> int:
        view = memoryview(buffer).cast("B")
        try:
            data = self._inner.read(min(len(view), _BLOCK))
        except _DAMAGED as error:
            raise SourceError(f"{self._name}: damaged or cut short ({error}); download it again") from error
        self._read += len(data)
        if self._read > _LARGEST or (self._read > _RATIO_FROM and self._read > _RATIO * self._size):
            raise SourceError(f"{self._name}: {self._size} bytes swell beyond {self._read}, as a zip bomb does")
        view[: len(data)] = data
        return len(data)

    def close(self) -> None:
        self._inner.close()
        super().close()


def _bounded(inner: IO[bytes], name: str, size: int) -> IO[bytes]:
    return io.BufferedReader(_Bounded(inner, name, size), _BLOCK)


def _check_office(content: bytes, name: str) -> None:
    """Let a workbook pass, within bounds and without entities; refuse any other archive in an archive."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            _check_members(archive, len(content), name)
    except SourceError:
        raise
    except (*_DAMAGED, *_ODD_ZIP) as error:
        raise SourceError(f"{name}: a damaged workbook ({error}); download it again") from error


def _check_members(archive: zipfile.ZipFile, size: int, name: str) -> None:
    """Refuse what is no workbook, swells beyond reason, or declares entities; ``size`` is that of the archive."""
    if _OFFICE.isdisjoint(archive.namelist()):
        raise SourceError(f"{name}: a zip inside an archive; unpack the outer one first")
    members = archive.infolist()
    total = sum(info.file_size for info in members)
    if total > WHOLE or (total > _RATIO_FROM and total > _RATIO * size):
        raise SourceError(f"{name}: a workbook that swells to {total} bytes; save its table as CSV")
    for info in members:
        _check_member(info, name)
        if info.filename.endswith((".xml", ".rels")):
            _check_entities(archive.read(info), name)


def _check_entities(content: bytes, name: str) -> None:
    if b"<!ENTITY" in content or "<!ENTITY".encode("utf-16-le") in content or "<!ENTITY".encode("utf-16-be") in content:
        raise SourceError(f"{name}: declares XML entities, which no customs file needs; nothing of it is read")


def _check_text(content: bytes, name: str) -> None:
    """Refuse a line longer than any table has: an aligned block without a line break lies within one."""
    start = content[:64].lstrip(b"\xef\xbb\xbf \t\r\n")[:1]
    if start in (b"{", b"["):
        return
    if start == b"<":
        _check_entities(content, name)
    for at in range(0, len(content) - _BLOCK + 1, _BLOCK):
        if content.find(b"\n", at, at + _BLOCK) < 0 and content.find(b"\r", at, at + _BLOCK) < 0:
            line = content.count(b"\n", 0, at) + 1
            raise SourceError(f"{name}, line {line}: longer than {_BLOCK >> 20} MiB, so it is no table; check the file")
