"""Huge text files: only the records that can be in scope reach the parser, which runs once on what is left.

A world file of UN Comtrade, BACI or Chinese customs has millions of rows between countries that
this project does not keep. They are told by their codes, counted and named, and not examined
further; everything else, whatever is odd with it, goes to the ordinary parser with the row numbers
of the file.
"""

import codecs
import re
import unicodedata
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import IO, Final

import numpy as np
from numpy.typing import NDArray

from loaders.big_files import blocks
from loaders.big_files.row_filter import Pattern
from loaders.core import schema
from loaders.core.source import Hints, Parsed, Reduced, Source, SourceError
from loaders.tables import parsing, text_files

LARGE: Final = 8 << 20
MOST_KEPT: Final = 256 << 20
_DELIMITERS: Final = (",", "\t", ";")
_LONGEST_HEADER: Final = 1 << 16
_FILLED: Final = re.compile(rb'[^\s,;"]')


@dataclass(frozen=True)
class _CodeColumns:
    """How a source's header names the codes that tell scope; ``reporter`` is empty where it is always China."""

    codes: str
    reporter: tuple[str, ...]
    partner: tuple[str, ...]
    goods: tuple[str, ...]
    decimals: bool = False


_LAYOUTS: Final = {
    "comtrade": _CodeColumns(
        "comtrade",
        ("reportercode", "rtcode"),
        ("partnercode", "ptcode"),
        ("cmdcode", "commoditycode"),
        decimals=True,
    ),
    "baci": _CodeColumns("comtrade", ("i",), ("j",), ("k",)),
    "gacc": _CodeColumns("gacc", (), ("贸易伙伴编码", "tradingpartnercode"), ("商品编码", "commoditycode")),
}


def read(
    source: Source, name: str, hints: Hints, opened: Callable[[], IO[bytes]], whole: Callable[[], bytes]
) -> Parsed:
    """Return what ``source.parse(whole(), name, hints)`` returns, in the memory of a small file.

    ``opened`` opens the same bytes as a stream. Files up to 8 MiB, layouts without codes of both
    countries and of the goods, and quotes that no strict reader accepts are read whole.

    Raises:
        SourceError: the bytes cannot be read as this source.
    """
    with opened() as stream:
        head = stream.read(LARGE)
    pattern = _pattern(source.name, head) if len(head) == LARGE else None
    if pattern is None:
        return source.parse(whole(), name, hints)
    try:
        with opened() as stream:
            content, dropped = _reduced(_as_utf8(stream, head), pattern, name)
    except blocks.UnreadableError as odd:
        return source.parse(_read_whole(whole, name, str(odd)), name, hints)
    left_out = _named(dropped, parsing.countries(_LAYOUTS[source.name].codes))
    try:
        parsed = source.parse(content, name, hints)
    except SourceError:  # blank rows alone are no table, but beside rows of other countries they are no error
        if not left_out or _FILLED.search(content, content.find(b"\n") + 1):
            raise
        parsed = Parsed(schema.empty(), 0)
    rows_read = parsed.rows_read + left_out.total()
    left_out.update(parsed.left_out)
    return replace(parsed, rows_read=rows_read, left_out=dict(left_out.most_common()))


def _read_whole(whole: Callable[[], bytes], name: str, odd: str) -> bytes:
    """Return all bytes where they fit; where they do not, what is odd with them is the reason to give."""
    try:
        return whole()
    except SourceError as error:
        raise SourceError(f"{name}: too large to be read whole, and {odd}; mend it or split it") from error


def _named(dropped: NDArray[np.int64], known: dict[str, str]) -> Counter[str]:
    """Name the dropped records as parsers do."""
    named: Counter[str] = Counter()
    for side, numbers in zip(("reporter", "partner"), dropped, strict=True):
        for number in np.flatnonzero(numbers):
            country = known.get(str(number), f"{number}, no country")
            named[f"{side} {country}"] += int(numbers[number])
    return named


def _reduced(stream: IO[bytes], pattern: Pattern, name: str) -> tuple[Reduced, NDArray[np.int64]]:
    """Return the header and the records that can be in scope, and what was dropped."""
    kept, rows = [stream.readline()], [np.array([1])]
    dropped, size, row = blocks.no_counts(), 0, 2
    for block in blocks.reduce(stream, pattern):
        kept.append(block.kept)
        rows.append(block.places + row)
        row += block.records
        dropped += block.dropped
        size += len(block.kept)
        if size > MOST_KEPT:
            raise SourceError(f"{name}: more than {MOST_KEPT >> 20} MiB of it may be in scope; split it")
    return Reduced(kept, np.concatenate(rows).tolist()), dropped


def _as_utf8(stream: IO[bytes], head: bytes) -> IO[bytes]:
    """Return the stream itself, or its text in UTF-8 where it is UTF-16, whose bytes cannot be cut."""
    return codecs.EncodedFile(stream, "utf-8", "utf-16") if text_files.is_utf16(head) else stream


def _pattern(source: str, head: bytes) -> Pattern | None:
    """Return the pattern of records that cannot be in scope; nothing where the header lacks the codes."""
    layout = _LAYOUTS.get(source)
    if layout is None:
        return None
    names = [names for names in (layout.reporter, layout.partner, layout.goods) if names]
    line = _header_line(head)
    mark, cells = text_files.split(line, lambda cells: sum(_plain(cell) in one for cell in cells for one in names))
    headings = [_plain(heading) for heading in cells]
    places = [[place for place, heading in enumerate(headings) if heading in wanted] for wanted in names]
    if mark not in _DELIMITERS or any(len(columns) != 1 for columns in places):
        return None
    return _compiled(layout, mark, [columns[0] for columns in places])


def _header_line(head: bytes) -> str:
    """Return the first line where it is one whole line of text, and the header ends with it."""
    line, _ = text_files.first_line(head[:_LONGEST_HEADER], ("utf-8", "gb18030"))
    begins = head.lstrip(b"\xff\xfe\0")[:1] not in (b"\r", b"\n")
    whole = b"\n" in head[:_LONGEST_HEADER] and begins and line.count('"') % 2 == 0
    return line if whole and "\ufffd" not in line and "\r" not in line else ""


def _plain(heading: str) -> str:
    return re.sub(r"[\W_]", "", unicodedata.normalize("NFKC", heading)).casefold()


def _compiled(layout: _CodeColumns, delimiter: str, places: list[int]) -> Pattern:
    *reporter, partner, goods = places
    known = {int(code): iso for code, iso in parsing.countries(layout.codes).items()}
    if not reporter:  # every reporter is China
        near = frozenset(code for code, iso in known.items() if schema.all_goods_kept("CHN", iso))
        return Pattern(delimiter, None, partner, goods, frozenset(), near, layout.decimals)
    pair = frozenset(code for code, iso in known.items() if iso in schema.PAIR)
    near = frozenset(code for code, iso in known.items() if any(schema.all_goods_kept(one, iso) for one in schema.PAIR))
    return Pattern(delimiter, reporter[0], partner, goods, pair, near, layout.decimals)
