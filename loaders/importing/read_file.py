"""One file in, what it holds out: recognised by content, parsed, nothing stored (pure, so it runs anywhere)."""

import hashlib
import traceback
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from loaders.big_files import scan
from loaders.core import schema
from loaders.core.source import Hints, Parsed, Source, SourceError
from loaders.importing import file_cells as printed
from loaders.importing import unpack
from loaders.importing.describe_unknown import FileLook, look
from loaders.importing.file_cells import Printed
from loaders.importing.find_files import InputFile
from loaders.importing.unpack import Piece
from loaders.tables import cut_files

_NAMED: Final = 3
_ZIP: Final = b"PK\x03\x04"
HASHED: Final = 64 << 20


@dataclass(frozen=True)
class FilePart:
    """What one stream of data held: its source and its rows, and the day that its archive or workbook bears.

    ``printed`` has ten rows beside the file's own cells, where somebody asked to see them.
    """

    source: Source
    parsed: Parsed
    dated: str = ""
    printed: tuple[Printed, ...] = ()


@dataclass(frozen=True)
class Read:
    """What one file held. ``error`` is the line that says why nothing of it can be taken.

    ``skipped`` names what lay beside the data, ``unread`` what may be data and could not be read;
    ``beside`` marks a whole file of the first kind, met in a folder; ``sha256`` is the hash of the
    file's bytes, empty for one above ``HASHED``, which would cost too long.
    """

    name: str
    parts: tuple[FilePart, ...] = ()
    skipped: tuple[str, ...] = ()
    unread: tuple[str, ...] = ()
    error: str = ""
    trace: str = ""
    beside: bool = False
    sha256: str = ""


def read_file(file: InputFile, hints: Hints, sources: Sequence[Source], *, show: bool = False) -> Read:
    """Read one file whole or not at all; whatever is wrong with it comes back as one line.

    ``show`` sets ten of its rows beside the file's own cells, which costs a second reading.
    """
    try:
        return _read(file, hints, sources, show=show)
    except SourceError as error:
        return Read(file.name, error=str(error))
    except OSError as error:
        why = error.strerror or type(error).__name__
        return Read(file.name, error=f"{file.name}: cannot be read ({why}); check the file and its permissions")
    except Exception as error:  # noqa: BLE001 - a stranger's bytes: one line, and the traceback with --verbose
        why = f"{type(error).__name__}: {error}"[:200]
        line = f"{file.name}: not readable as what it looks like ({why}); download it again, or report this line"
        return Read(file.name, error=line, trace=traceback.format_exc())


def _read(file: InputFile, hints: Hints, sources: Sequence[Source], *, show: bool) -> Read:
    parts: list[FilePart] = []
    unknown: list[tuple[str, FileLook]] = []
    for piece in unpack.pieces(file.path, file.name):
        try:
            part = _part(piece, hints, sources)
        except SourceError as error:
            raise SourceError(f"{piece.within}: {error}" if piece.within else str(error)) from error
        if isinstance(part, FileLook):
            unknown.append((piece.name, part))
            continue
        parts += _shown(piece, _by_source(part, sources)) if show else _by_source(part, sources)
    if parts:
        aside = tuple(f"{name} {why}" for name, why in unknown if why.beside)
        unread = tuple(f"{name} {why}" for name, why in unknown if not why.beside)
        return Read(file.name, tuple(parts), aside, unread, sha256=_digest(file.path))
    beside = all(why.beside for _, why in unknown)
    line = _nothing(file.name, [(name, str(why)) for name, why in unknown])
    return Read(file.name, error=line, beside=beside and file.in_folder)


def _shown(piece: Piece, parts: Iterable[FilePart]) -> Iterator[FilePart]:
    """Set ten rows of each part beside the cells of the file."""
    for part in parts:
        yield replace(part, printed=printed.beside(piece, part.parsed.table))


def _digest(file: Path) -> str:
    """Return the SHA-256 of a file that is not huge."""
    if file.stat().st_size > HASHED:
        return ""
    with file.open("rb") as handle:
        return hashlib.file_digest(handle, "sha256").hexdigest()


def _nothing(name: str, unknown: list[tuple[str, str]]) -> str:
    if [first for first, _ in unknown] == [name]:
        return f"{name}: {unknown[0][1]}"
    named = " | ".join(f"{member} {why}" for member, why in unknown[:_NAMED])
    return f"{name}: no file in it is recognised ({len(unknown)} held): {named}"


def _part(piece: Piece, hints: Hints, sources: Sequence[Source]) -> FilePart | FileLook:
    """Return what ``piece`` holds, or what it looks like where no source recognises it."""
    head = piece.head()
    able = [source for source in sources if _claims(source, head)]
    if not able:
        return look(head)
    dated = piece.dated
    if head.startswith(_ZIP):
        dated = unpack.workbook_day(load(piece)) or dated
    if len(able) == 1:
        watch = cut_files.Watch(piece.name, piece.open, piece.read)
        parsed = scan.read(able[0], piece.name, hints, watch.open, watch.read)
        watch.check()
        return FilePart(able[0], parsed, dated)
    return replace(_only_one(piece.name, load(piece), hints, able), dated=dated)


def _by_source(part: FilePart, sources: Sequence[Source]) -> Iterator[FilePart]:
    """Yield a part for each source that the rows name: several offices share a form, and a table may hold many.

    What became of the rows that are not there is counted with the first.
    """
    parsed, known = part.parsed, {source.name: source for source in sources}
    named = parsed.table["source"].astype("str")
    aside = parsed.rows_read - len(parsed.table)
    for place, name in enumerate(named.unique()):
        table = parsed.table if named.eq(name).all() else schema.concat([parsed.table[named.eq(name)]])
        own = replace(parsed, table=table, rows_read=len(table) + aside) if not place else Parsed(table, len(table))
        yield replace(part, source=known.get(name, part.source), parsed=own)
    if parsed.table.empty:
        yield part


def load(piece: Piece) -> bytes:
    """Return the bytes that a parser is given."""
    return piece.read()


def _claims(source: Source, head: bytes) -> bool:
    try:
        return source.recognises(head)
    except Exception:  # noqa: BLE001 - a file that upsets a recogniser is not of its source
        return False


def _only_one(name: str, content: bytes, hints: Hints, able: Sequence[Source]) -> FilePart:
    """Let the sources that recognise the same bytes try; exactly one must read them."""
    cut_files.check(content, name)
    parts, errors = [], []
    for source in able:
        try:
            parts.append(FilePart(source, source.parse(content, name, hints)))
        except SourceError as error:
            errors.append(str(error))
    if len(parts) == 1:
        return parts[0]
    both = " and ".join(source.name for source in able)
    if parts:
        raise SourceError(f"{name}: reads as {both}, so nothing is taken; report this file")
    raise SourceError(f"{name}: looks like {both}, and none can read it: {'; '.join(errors)}")
