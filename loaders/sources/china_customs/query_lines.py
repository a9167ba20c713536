"""The lines of a customs query file as text, as far as they can be in scope.

The names of goods in a large file are never decoded. GB18030 allows that: no byte of its characters is a quote, a
comma or a line end.
"""

from contextlib import suppress
from typing import Final

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from loaders.core import schema
from loaders.core.columns import categories
from loaders.core.source import SourceError
from loaders.sources.china_customs.query_header import QueryHeader
from loaders.tables import delimited, parsing, row_account

_WHOLE: Final = 4 << 20  # bytes of which each is decoded, the names of goods too
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
        SourceError: the bytes are not text of one encoding, or no CSV.
    """
    try:
        if len(top.text.body) <= _WHOLE:
            top.text.body.decode(top.text.encoding)
        return _picked(delimited.read(top.text, top.places, short=True), top)
    except UnicodeDecodeError as error:
        row = top.text.numbers[0] + top.text.body.count(b"\n", 0, _undecoded(top))
        raise SourceError(
            f"{top.name}, row {row}: not {top.text.encoding} text like the header; save it anew"
        ) from error


def _undecoded(top: QueryHeader) -> int:
    """Return the byte at which one encoding reads no further."""
    try:
        top.text.body.decode(top.text.encoding)
    except UnicodeDecodeError as error:
        return error.start
    return 0


def partner_codes() -> dict[str, str]:
    """Return ISO alpha-3 codes by customs' partner number: 344 is Russia, 110 Hong Kong."""
    return parsing.countries("gacc")


def _far() -> dict[str, str]:
    """Partners of whom only totals and chapter 27 are kept, and a query has no totals."""
    return {code: iso3 for code, iso3 in partner_codes().items() if not schema.all_goods_kept("CHN", iso3)}


def _picked(records: delimited.Records, top: QueryHeader) -> QueryLines:
    """Keep the lines that can be in scope."""
    table = records.table
    lines = QueryLines(top.name, table.num_rows + len(records.refused))
    for row, why in records.refused:
        lines.refuse_row(row, why)
    if "partner" in top.places:
        far, partner = _far(), _trimmed(table["partner"], records.encoding).dictionary_decode()
        away = pc.is_in(partner, pa.array(list(far), pa.string()))
        if "code" in top.places:
            away = pc.and_not(
                away, pc.starts_with(_trimmed(table["code"], records.encoding).dictionary_decode(), schema.FUELS)
            )
        for counted in pc.value_counts(partner.filter(away)).to_pylist():
            lines.left_out[f"partner {far[counted['values']]}"] += counted["counts"]
        table = table.filter(pc.invert(away))
    cells = {column: _text(table[column], records.encoding, column) for column in top.places}
    lines.cells = pd.DataFrame({parsing.ROW: table[parsing.ROW].to_pandas(), **cells})
    return lines


def _trimmed(cells: pa.ChunkedArray, encoding: str) -> pa.DictionaryArray:
    """Return bytes as stripped text, of which only the distinct ones are decoded."""
    coded = cells.combine_chunks().dictionary_encode()
    values = [value.decode(encoding).strip() for value in coded.dictionary.to_pylist()]
    return pa.DictionaryArray.from_arrays(coded.indices, pa.array(values, pa.string()))


def _text(cells: pa.ChunkedArray, encoding: str, column: str) -> pd.Series:
    """Return bytes as text: figures each, of anything else only the distinct values."""
    if column in _NUMBERS:
        with suppress(pa.ArrowInvalid):
            return pd.Series(pc.utf8_trim_whitespace(cells.cast(pa.string())).to_pandas(), dtype="str")
    coded = _trimmed(cells, encoding)
    codes = coded.indices.to_numpy(zero_copy_only=False)
    values = coded.dictionary.to_pylist()
    text = categories.mapped(pd.Series(pd.Categorical.from_codes(codes, pd.RangeIndex(len(values)))), values)
    return text.astype("str") if column in _NUMBERS else text
