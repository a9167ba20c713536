"""Tests of the customs query's CSV: what is refused, and in which words."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from loaders.core.source import SourceError
from loaders.sources.china_customs import source as gacc
from tests.loaders.support.gacc_files import HEAD, IMPORT, RECORDED, ROW, lines, outcome


@pytest.mark.parametrize(
    ("row", "why"),
    [
        (HEAD, "row 3: repeats the header"),
        (ROW.replace("27090000", "2709000"), "row 3: '2709000' is no commodity code"),
        (ROW.replace("27090000", "=2709000"), "row 3: '=2709000' is no commodity code"),
        (ROW.replace("27090000", ""), "row 3: '' is no commodity code"),
        (ROW.replace("344", "34"), "row 3: '34' is no partner number"),
        (ROW.replace("202403", "202313"), "row 3: '202313' is no month"),
        (ROW.replace("202403", "2024"), "row 3: '2024' is no month"),
        (ROW.replace("202403", "24-03"), "row 3: '24-03' is no month"),
        (ROW.replace("202403", ""), "row 3: '' is no month"),
        (ROW.replace("1,234", "n/a"), "row 3: 'n/a' is no number"),
        (ROW.replace("1,234", "1,23"), "row 3: '1,23' is no number"),
        (ROW.replace("1,234", "1.234.567"), "row 3: '1.234.567' is no number"),
        (ROW.replace("1,234", "NaN"), "row 3: 'NaN' is no number"),
        (ROW.replace("1,234", "inf"), "row 3: 'inf' is no number"),
        (ROW.replace("1,234", "1e999"), "row 3: '1e999' is no number"),
        (ROW.replace("1,234", "@1"), "row 3: '@1' is no number"),
        (ROW.replace("1,234", "-5"), "row 3: '-5' is less than zero"),
        (ROW.replace("1,234", ""), "row 3: '' is no value"),
        (ROW.replace('"900"', '"many"'), "row 3: 'many' is no number"),
        (ROW.replace('"900"', '"-9"'), "row 3: '-9' is less than zero"),
        (ROW + '"5"', "row 3: holds a cell under no column name"),
        (ROW + '"","5"', "row 3: holds 12 cells where the header names 10"),
        ('"202403","344"', "row 3: '' is no commodity code"),
    ],
)
def test_bad_rows_are_refused_by_name(row: str, why: str) -> None:
    """A row that is no figure is named with its number and reason; the good rows beside it stand."""
    good = ROW.replace("202403", "202404")
    parsed = lines(good, row, good.replace("202404", "202405"))
    assert len(parsed.refused) == 1
    assert parsed.refused[0].startswith("x.csv, " + why)
    assert len(parsed.table) == 2
    assert parsed.rows_read == 3


@pytest.mark.parametrize("column", ["商品编码", "人民币"])
def test_a_missing_column_is_named(column: str) -> None:
    """Without the code or the value there is nothing to read, and the line says which column."""
    at = HEAD.split(",").index(f'"{column}"')
    rows = [",".join(cell for place, cell in enumerate(row.split('",')) if place != at) for row in (HEAD, ROW)]
    head = ",".join(cell for cell in HEAD.split(",") if cell != f'"{column}"')
    assert gacc.recognises(head.encode())
    with pytest.raises(SourceError, match=f"row 1: .*{column}"):
        gacc.parse("\n".join([head, rows[1]]).encode(), "进口.csv")


@pytest.mark.parametrize(
    ("head", "why"),
    [
        (HEAD.replace("人民币", "万美元"), "unit of column '万美元' is not known"),
        (HEAD.replace("第二数量", "人民币"), "'人民币' is there twice"),
        ("a,b,c", "no header of the customs query"),
    ],
)
def test_a_header_that_cannot_be_trusted_is_refused(head: str, why: str) -> None:
    """An unknown unit, a column twice or another table altogether ends with one line."""
    with pytest.raises(SourceError, match=why):
        lines(ROW, head=head)


def test_header_only_is_refused() -> None:
    """A file without rows says so."""
    with pytest.raises(SourceError, match="holds a header and no rows"):
        lines()


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "is empty"),
        (b" \r\n\r\n", "is empty"),
        (b"\x89PNG\r\n\x1a\n" + bytes(range(256)), "NUL|no header"),
        (HEAD.encode() + b"\n" + ROW.encode() + b"\n\0", "NUL"),
        (HEAD.encode() + b"\n" + ROW.encode("gb18030"), "row 2: not utf-8 text like the header"),
        (b'{"statusCode":401,"message":"Access denied"}', "no header of the customs query"),
    ],
)
def test_what_is_no_such_file_ends_in_one_line(content: bytes, why: str) -> None:
    """Empty files, images, mixed encodings, open quotes, endless lines and error bodies are named in one line."""
    with pytest.raises(SourceError, match=why) as caught:
        gacc.parse(content, "进口.csv")
    assert "\n" not in str(caught.value)


GOOD = (RECORDED / "query_zh_import.csv").read_bytes()


@pytest.mark.parametrize(
    ("row", "why"), [(ROW[:-3], "a quotation mark is opened and never closed"), (f'"{"x" * 200_000}",', "field larger")]
)
def test_a_row_that_never_ends_is_refused_alone(row: str, why: str) -> None:
    """The rows above an open quotation mark, or a cell without end, stand."""
    parsed = lines(ROW, row)
    assert len(parsed.table) == 1
    assert [line.startswith(f"x.csv, row 3: {why}") for line in parsed.refused] == [True]


@settings(max_examples=50, deadline=None)
@given(st.data())
def test_a_broken_file_raises_nothing_else(data: st.DataObject) -> None:
    """Bytes cut out, put in or changed anywhere give rows or one line, never another exception."""
    content = bytearray(GOOD)
    for _ in range(data.draw(st.integers(1, 6))):
        at = data.draw(st.integers(0, len(content)))
        cut = data.draw(st.integers(0, 12))
        content[at : at + cut] = data.draw(st.binary(max_size=4) | st.sampled_from([b'"', b",", b"\n", b"-", b"9e9"]))
    line = outcome(bytes(content), "query_zh_import.csv", IMPORT)
    assert "\n" not in line
