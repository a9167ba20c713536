"""The lines of a customs query file as text, as far as they can be in scope.

Large files are read as bytes by pyarrow, which never decodes the names of goods. GB18030 allows that:
no byte of its characters is a quote, a comma or a line end. What pyarrow cannot split evenly, and
every small file, goes line by line through the strict reader of the standard library.
"""

from __future__ import annotations

import csv
import io
from contextlib import suppress
from typing import TYPE_CHECKING, Final

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
from pyarrow import csv as arrow_csv

from loaders.core import schema
from loaders.core.columns import categories
from loaders.core.source import SourceError
from loaders.sources.china_customs.query_header import plain
from loaders.tables import parsing, row_account

if TYPE_CHECKING:
    from collections.abc import Iterator

    from loaders.sources.china_customs.query_header import QueryHeader

_LARGE: Final = 4 << 20
_NUMBERS: Final = frozenset({"q1", "q2", "CNY", "USD"})


class QueryLines(row_account.Account):
    """The lines that can be in scope with their row numbers, and what else there was.

    ``cells`` are stripped text, as categories where they are no figures: each of the few is looked at once.
    """

    def __init__(self, name: str, rows_read: int) -> None:
        """Begin with no cells."""
        super().__init__(name)
        self.rows_read = rows_read
        self.cells = pd.DataFrame()


def read(top: QueryHeader) -> QueryLines:
    """Return the lines below the header that can be in scope; the others are counted.

    Raises:
        SourceError: the bytes are not text of one encoding, or a quote is never closed.
    """
    lines = _fast(top) if len(top.content) > _LARGE else None
    return lines if lines is not None else _slow(top)


def partner_codes() -> dict[str, str]:
    """Return ISO alpha-3 codes by customs' partner number: 344 is Russia, 110 Hong Kong."""
    return parsing.countries("gacc")


def _far() -> dict[str, str]:
    """Partners of whom only totals and chapter 27 are kept, and a query has no totals."""
    return {code: iso3 for code, iso3 in partner_codes().items() if not schema.all_goods_kept("CHN", iso3)}


def _slow(top: QueryHeader) -> QueryLines:
    """Read line by line: every odd line is named."""
    far, places = _far(), list(top.places.values())
    headed = {place for place, cell in enumerate(top.headings) if plain(cell)}
    partner, code = top.places.get("partner"), top.places.get("code")
    kept: list[list[str]] = []
    numbers: list[int] = []
    lines = QueryLines(top.name, 0)
    for row, raw in _rows(top):
        cells = [cell.strip() for cell in raw]
        if not any(cells):
            continue
        lines.rows_read += 1
        if any(cell and place not in headed for place, cell in enumerate(cells)):
            lines.refuse_row(row, "more filled cells than the header has columns")
            continue
        cells += [""] * (max(headed) + 1 - len(cells))
        if (
            partner is not None
            and cells[partner] in far
            and not (code is not None and cells[code].startswith(schema.FUELS))
        ):
            lines.left_out[f"partner {far[cells[partner]]}"] += 1
            continue
        kept.append([cells[place] for place in places])
        numbers.append(row)
    texts = pd.DataFrame(kept, columns=[*top.places], dtype="str")
    texts = texts.astype({column: "category" for column in texts if column not in _NUMBERS})
    lines.cells = texts.assign(**{parsing.ROW: pd.array(numbers, dtype="int64")})
    return lines


def _rows(top: QueryHeader) -> Iterator[tuple[int, list[str]]]:
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


def _undecoded(top: QueryHeader) -> int:
    """Return the row where one encoding reads no further: text is decoded ahead of its rows."""
    try:
        top.content.decode(top.encoding)
    except UnicodeDecodeError as error:
        return top.content.count(b"\n", 0, error.start) + 1
    return 1


def _fast(top: QueryHeader) -> QueryLines | None:
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


def _picked(table: pa.Table, top: QueryHeader) -> QueryLines:
    """Keep the lines that can be in scope."""
    lines = QueryLines(top.name, table.num_rows)
    table = table.append_column(parsing.ROW, pa.array(np.asarray(top.numbers[1 : table.num_rows + 1])))
    if "partner" in top.places:
        far, partner = _far(), _trimmed(table, top.places["partner"])
        away = pc.is_in(partner, pa.array(list(far), pa.string()))
        if "code" in top.places:
            away = pc.and_not(away, pc.starts_with(_trimmed(table, top.places["code"]), schema.FUELS))
        for counted in pc.value_counts(partner.filter(away)).to_pylist():
            lines.left_out[f"partner {far[counted['values']]}"] += counted["counts"]
        table = table.filter(pc.invert(away))
    cells = {column: _text(table[str(place)], top.encoding, column) for column, place in top.places.items()}
    lines.cells = pd.DataFrame({parsing.ROW: table[parsing.ROW].to_pandas(), **cells})
    return lines


def _trimmed(table: pa.Table, place: int) -> pa.ChunkedArray:
    return pc.utf8_trim_whitespace(table[str(place)].cast(pa.string()))


def _text(cells: pa.ChunkedArray, encoding: str, column: str) -> pd.Series:
    """Return bytes as text: figures each, of anything else only the distinct values."""
    if column in _NUMBERS:
        with suppress(pa.ArrowInvalid):
            return pd.Series(pc.utf8_trim_whitespace(cells.cast(pa.string())).to_pandas(), dtype="str")
    coded = cells.combine_chunks().dictionary_encode()
    values = [value.decode(encoding).strip() for value in coded.dictionary.to_pylist()]
    codes = coded.indices.to_numpy(zero_copy_only=False)
    text = categories.mapped(pd.Series(pd.Categorical.from_codes(codes, pd.RangeIndex(len(values)))), values)
    return text.astype("str") if column in _NUMBERS else text
