"""The header of a customs query file: which column is which, in which encoding and between which marks."""

import codecs
import unicodedata
from dataclasses import dataclass
from typing import Final

from loaders.core.source import SourceError
from loaders.tables import file_words, text_files
from loaders.tables.delimited import Delimited
from loaders.tables.parsing import row_numbers

_ENCODINGS: Final = ("utf-8", "gb18030")
NAMES: Final[dict[str, str]] = file_words.lists()["china_customs"]["columns"]
_TELLING: Final = 3
_COMMON: Final = ("commodity code", "commodity", "quantity", "unit", "rmb")
_MONEY: Final = ("人民币", "美元", "金额", "renminbi", "yuan", "rmb", "dollar", "usd", "cny")


_LONGEST: Final = 1 << 16


@dataclass(frozen=True)
class QueryHeader:
    """The first line of a file: where each column that we use stands, and what is below it."""

    name: str
    text: Delimited
    places: dict[str, int]


def plain(text: str) -> str:
    """Return a heading without differences of width, case and spacing."""
    return " ".join(unicodedata.normalize("NFKC", text).split()).casefold()


def known(cells: list[str]) -> set[str]:
    """Return the columns of the query that a line names."""
    return {NAMES[plain(cell)] for cell in cells if plain(cell) in NAMES}


def _first(content: bytes) -> tuple[list[str], str, str]:
    """Return the cells of the first line, its encoding and its delimiter; no cells where it is no text."""
    line, encoding = text_files.first_line(content[:_LONGEST], _ENCODINGS)
    mark, cells = text_files.split(line.strip(), lambda cells: len(known(cells)))
    return cells, encoding, mark


def _as_bytes(content: bytes) -> bytes:
    """Return ``content`` without a byte-order mark, in UTF-8 where the mark says UTF-16."""
    if text_files.is_utf16(content):
        return content.decode("utf-16", errors="replace").encode()
    return content.removeprefix(codecs.BOM_UTF8)


def header(content: bytes, name: str) -> QueryHeader:
    """Read the first line.

    Raises:
        SourceError: it is no header of the query, or a column is there twice, or its unit is not known.
    """
    numbers = row_numbers(content)
    content = _as_bytes(content)
    if b"\0" in content:
        raise SourceError(f"{name}: holds NUL characters, so it is no text file; download it again")
    cells, encoding, mark = _first(content)
    if not known(cells):
        raise SourceError(f"{name}, row 1: no header of the customs query; download the CSV again")
    places: dict[str, int] = {}
    for place, cell in enumerate(cells):
        column = NAMES.get(plain(cell))
        if column is None and plain(cell) and not any(word in plain(cell) for word in _MONEY):
            raise SourceError(
                f"{name}, row 1: the column {cell!r} is not known and may split figures; ask the query without it"
            )
        if column is None and any(word in plain(cell) for word in _MONEY):
            raise SourceError(f"{name}, row 1: the unit of column {cell!r} is not known; keep customs' own columns")
        if column in places:
            raise SourceError(f"{name}, row 1: the column {cell!r} is there twice; keep one")
        if column is not None:
            places[column] = place
    places.pop("commodity", None)
    body = content.lstrip(b"\r\n").partition(b"\n")[2]
    encoding = _encoding(content, cells, encoding)
    if mark == "|":  # a byte of GB18030's characters can be one
        body, encoding = body.decode(encoding, "replace").encode(), "utf-8"
    return QueryHeader(name, Delimited(name, body, mark, cells, numbers[1:], encoding), places)


def _encoding(content: bytes, cells: list[str], encoding: str) -> str:
    """A header in plain ASCII leaves open what the names of partners below it are written in."""
    if encoding != "utf-8" or not "".join(cells).isascii():
        return encoding
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return "gb18030"
    return "utf-8"


def recognises(head: bytes) -> bool:
    """Return whether a file begins with three headings of the query, one of them its own."""
    cells, _, _ = _first(_as_bytes(head))
    own = {plain(cell) for cell in cells} & set(NAMES) - set(_COMMON)
    return bool(own) and len(known(cells)) >= _TELLING
