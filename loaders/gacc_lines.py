"""The lines of a customs query file as text: which column is which, and which lines can be in scope.

Large files are read as bytes by pyarrow, which never decodes the names of goods. GB18030 allows that:
no byte of its characters is a quote, a comma or a line end. What pyarrow cannot split evenly, and
every small file, goes line by line through the strict reader of the standard library.
"""

from __future__ import annotations

import codecs
import csv
import io
import unicodedata
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
from pyarrow import csv as arrow_csv

from loaders import parsing, schema
from loaders.source import SourceError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_LARGE: Final = 4 << 20
_ENCODINGS: Final = ("utf-8", "gb18030")
NAMES: Final = {
    "数据年月": "period",
    "date of data": "period",
    "贸易伙伴编码": "partner",
    "trading partner code": "partner",
    "贸易伙伴名称": "partner_name",
    "trading partner": "partner_name",
    "商品编码": "code",
    "commodity code": "code",
    "商品名称": "commodity",
    "commodity": "commodity",
    "贸易方式编码": "regime",
    "customs regime code": "regime",
    "贸易方式名称": "regime_name",
    "customs regime": "regime_name",
    "注册地编码": "province",
    "locations of importers and exporters code": "province",
    "注册地名称": "province_name",
    "locations of importers and exporters": "province_name",
    "第一数量": "q1",
    "quantity": "q1",
    "第一计量单位": "u1",
    "unit": "u1",
    "第二数量": "q2",
    "supplementary quantity": "q2",
    "supplimentary quantity": "q2",  # customs' own spelling in some years
    "第二计量单位": "u2",
    "supplementary unit": "u2",
    "supplimentary unit": "u2",
    "人民币": "CNY",
    "renminbi yuan": "CNY",
    "rmb": "CNY",
    "美元": "USD",
    "us dollar": "USD",
}
_MONEY: Final = ("人民币", "美元", "金额", "renminbi", "yuan", "rmb", "dollar", "usd", "cny")


_LONGEST: Final = 1 << 16


@dataclass(frozen=True)
class Header:
    """The first line of a file: its headings, where each column that we use stands, and how to read on."""

    content: bytes
    name: str
    encoding: str
    delimiter: str
    headings: list[str]
    places: dict[str, int]
    numbers: Sequence[int]


@dataclass
class Lines:
    """The lines that can be in scope, as stripped text with their row numbers, and what else there was."""

    cells: pd.DataFrame
    read: int
    left_out: Counter[str] = field(default_factory=Counter)
    refused: list[str] = field(default_factory=list)


def plain(text: str) -> str:
    """Return a heading without differences of width, case and spacing."""
    return " ".join(unicodedata.normalize("NFKC", text).split()).casefold()


def known(cells: list[str]) -> set[str]:
    """Return the columns of the query that a line names."""
    return {NAMES[plain(cell)] for cell in cells if plain(cell) in NAMES}


def first_line(content: bytes) -> bytes:
    """Return the first line, or as much of it as a header may be long."""
    return content[:_LONGEST].split(b"\n", 1)[0]


def split(line: bytes) -> tuple[list[str], str, str]:
    """Split a first line into cells, with its encoding and delimiter; no cells where it is no text."""
    for encoding in _ENCODINGS:
        try:
            text = line.decode(encoding).strip()
        except UnicodeDecodeError:
            continue
        try:
            splits = [(next(csv.reader([text], delimiter=mark), []), mark) for mark in ",;\t"]
        except csv.Error:
            break
        cells, mark = max(splits, key=lambda found: len(known(found[0])))
        return cells, encoding, mark
    return [], "", ","


def as_bytes(content: bytes) -> bytes:
    """Return ``content`` without a byte-order mark, in UTF-8 where the mark says UTF-16."""
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return content.decode("utf-16", errors="replace").encode()
    return content.removeprefix(codecs.BOM_UTF8)


def header(content: bytes, name: str) -> Header:
    """Read the first line.

    Raises:
        SourceError: it is no header of the query, or a column is there twice, or its unit is not known.
    """
    numbers = parsing.row_numbers(content)
    content = as_bytes(content)
    if b"\0" in content:
        raise SourceError(f"{name}: holds NUL characters, so it is no text file; download it again")
    cells, encoding, mark = split(first_line(content))
    if not known(cells):
        raise SourceError(f"{name}, row 1: no header of the customs query; download the CSV again")
    places: dict[str, int] = {}
    for place, cell in enumerate(cells):
        column = NAMES.get(plain(cell))
        if column is None and any(word in plain(cell) for word in _MONEY):
            raise SourceError(f"{name}, row 1: the unit of column {cell!r} is not known; keep customs' own columns")
        if column in places:
            raise SourceError(f"{name}, row 1: the column {cell!r} is there twice; keep one")
        if column is not None:
            places[column] = place
    places.pop("commodity", None)
    return Header(content, name, _encoding(content, cells, encoding), mark, cells, places, numbers)


def _encoding(content: bytes, cells: list[str], encoding: str) -> str:
    """A header in plain ASCII leaves open what the names of partners below it are written in."""
    if encoding != "utf-8" or not "".join(cells).isascii():
        return encoding
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return "gb18030"
    return "utf-8"


def read(top: Header) -> Lines:
    """Return the lines below the header that can be in scope; the others are counted.

    Raises:
        SourceError: the bytes are not text of one encoding, or a quote is never closed.
    """
    found = _fast(top) if len(top.content) > _LARGE else None
    return found if found is not None else _slow(top)


def partner_codes() -> dict[str, str]:
    """Return ISO alpha-3 codes by customs' partner number: 344 is Russia, 110 Hong Kong."""
    return parsing.countries("gacc")


def _far() -> dict[str, str]:
    """Partners of whom only totals and chapter 27 are kept, and a query has no totals."""
    near = schema.SCOPE - {"CHN"}
    return {code: iso3 for code, iso3 in partner_codes().items() if iso3 not in near}


def _slow(top: Header) -> Lines:
    """Read line by line: every odd line is named."""
    far, places = _far(), list(top.places.values())
    headed = {place for place, cell in enumerate(top.headings) if plain(cell)}
    partner, code = top.places.get("partner"), top.places.get("code")
    kept: list[list[str]] = []
    lines = Lines(pd.DataFrame(), 0)
    for row, raw in _rows(top):
        cells = [cell.strip() for cell in raw]
        if not any(cells):
            continue
        lines.read += 1
        if any(cell and place not in headed for place, cell in enumerate(cells)):
            lines.refused.append(f"{top.name}, row {row}: more filled cells than the header has columns")
            continue
        cells += [""] * (max(headed) + 1 - len(cells))
        if partner is not None and cells[partner] in far and not (code is not None and cells[code].startswith("27")):
            lines.left_out[f"partner {far[cells[partner]]}"] += 1
            continue
        kept.append([str(row), *(cells[place] for place in places)])
    lines.cells = pd.DataFrame(kept, columns=[parsing.ROW, *top.places], dtype="str")
    return lines


def _rows(top: Header) -> Iterator[tuple[int, list[str]]]:
    """Number the records below the header; the header is row 1."""
    text = io.TextIOWrapper(io.BytesIO(top.content), encoding=top.encoding, newline="")
    records = csv.reader(text, delimiter=top.delimiter, strict=True)
    row = 0
    try:
        for row, cells in zip(top.numbers, records, strict=False):
            if row > 1:
                yield row, cells
    except UnicodeDecodeError:
        raise SourceError(
            f"{top.name}, row {_undecoded(top)}: not {top.encoding} text like the header; save it anew"
        ) from None
    except csv.Error as error:
        raise SourceError(f"{top.name}, row {row + 1}: not a line of a CSV ({error}); download it again") from None


def _undecoded(top: Header) -> int:
    """Return the row where one encoding reads no further: text is decoded ahead of its rows."""
    try:
        top.content.decode(top.encoding)
    except UnicodeDecodeError as error:
        return top.content.count(b"\n", 0, error.start) + 1
    return 1


def _fast(top: Header) -> Lines | None:
    """Read all lines at once; nothing where they are not all as wide as the header."""
    numbers = [str(place) for place in range(len(top.headings))]
    # What stands under no heading is split off too: it must be empty.
    bare = [str(place) for place, cell in enumerate(top.headings) if not plain(cell)]
    try:
        table = arrow_csv.read_csv(
            pa.BufferReader(top.content),
            read_options=arrow_csv.ReadOptions(column_names=numbers, skip_rows=1),
            parse_options=arrow_csv.ParseOptions(
                delimiter=top.delimiter, newlines_in_values=True, ignore_empty_lines=False
            ),
            convert_options=arrow_csv.ConvertOptions(
                check_utf8=False,
                column_types=dict.fromkeys(numbers, pa.binary()),
                include_columns=[*bare, *(str(place) for place in top.places.values())],
            ),
        )
        if any(pc.any(pc.greater(pc.binary_length(table[place]), 0)).as_py() for place in bare):
            return None
        return _picked(table, top)
    except (pa.ArrowException, UnicodeDecodeError):
        return None


def _picked(table: pa.Table, top: Header) -> Lines:
    """Keep the lines that can be in scope."""
    lines = Lines(pd.DataFrame(), table.num_rows)
    table = table.append_column(parsing.ROW, pa.array(np.asarray(top.numbers[1 : table.num_rows + 1])))
    if "partner" in top.places:
        far, partner = _far(), _trimmed(table, top.places["partner"])
        away = pc.is_in(partner, pa.array(list(far), pa.string()))
        if "code" in top.places:
            away = pc.and_not(away, pc.starts_with(_trimmed(table, top.places["code"]), "27"))
        for counted in pc.value_counts(partner.filter(away)).to_pylist():
            lines.left_out[f"partner {far[counted['values']]}"] += counted["counts"]
        table = table.filter(pc.invert(away))
    cells = {column: _text(table[str(place)], top.encoding) for column, place in top.places.items()}
    lines.cells = pd.DataFrame({parsing.ROW: table[parsing.ROW].cast(pa.string()).to_pandas(), **cells})
    return lines


def _trimmed(table: pa.Table, place: int) -> pa.ChunkedArray:
    return pc.utf8_trim_whitespace(table[str(place)].cast(pa.string()))


def _text(cells: pa.ChunkedArray, encoding: str) -> pd.Series:
    """Return bytes as text; only the distinct values of a column that is not ASCII are decoded."""
    try:
        text = pc.utf8_trim_whitespace(cells.cast(pa.string()))
    except pa.ArrowInvalid:
        coded = cells.combine_chunks().dictionary_encode()
        values = pa.array([value.decode(encoding).strip() for value in coded.dictionary.to_pylist()], pa.string())
        text = pc.take(values, coded.indices)
    return pd.Series(text.to_pandas(), dtype="str")
