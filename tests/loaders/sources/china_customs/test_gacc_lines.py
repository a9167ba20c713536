"""Tests of the two readers of query lines: the one for large files and the plain one."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from loaders.sources.china_customs import query as gacc_query
from loaders.sources.china_customs import query_header as gacc_columns
from loaders.sources.china_customs import query_lines as gacc_lines
from loaders.tables import parsing
from tests.loaders.support.gacc_files import HEAD, RECORDED, ROW
from tests.loaders.support.gacc_files import query as parse


def as_arrow(content: bytes) -> gacc_lines.QueryLines | None:
    """Read with the reader for large files, whatever the size."""
    return gacc_lines._fast(gacc_columns.header(content, "x.csv"))


QUOTE = '"'
CELL = st.text(st.characters(codec="gb18030", exclude_characters="\0"), max_size=6)
PARTNER = st.sampled_from(["344", "110", "502", "116", " 344", "701", "", "x", "34"])
CODE = st.sampled_from(["27090000", "01012100", " 2709", "27", "", "x", "123"])
LINE = st.tuples(st.sampled_from(["202403", "", "x"]), PARTNER, CELL, CODE, CELL, CELL, CELL, CELL, CELL, CELL)


@settings(max_examples=50, deadline=None)
@given(st.lists(LINE, min_size=1, max_size=8), st.sampled_from(["gb18030", "utf-8"]), st.sampled_from(["\n", "\r\n"]))
def test_large_files_are_read_as_small_ones(rows: list[tuple[str, ...]], encoding: str, end: str) -> None:
    """The reader for large files keeps exactly the rows of the plain one, with line ends and quotes inside cells."""
    text = end.join(
        [HEAD, *(",".join(f'"{cell.replace(QUOTE, QUOTE * 2)}"' for cell in row) + "," for row in rows), ""]
    )
    content = text.encode(encoding)
    fast, slow = as_arrow(content), gacc_lines._slow(gacc_columns.header(content, "x.csv"))
    if fast is None:
        return
    assert fast.cells.to_dict("list") == slow.cells.to_dict("list")
    assert (fast.left_out, fast.rows_read, fast.refused) == (slow.left_out, slow.rows_read, slow.refused)


@settings(max_examples=100, deadline=None)
@given(st.lists(st.integers(0, 10**15 - 1).flatmap(lambda n: st.sampled_from([str(n), f"{n:,}"])), max_size=5))
def test_whole_numbers_are_the_same_either_way(texts: list[str]) -> None:
    """The short way for whole numbers gives what the general one gives."""
    cells = pd.Series(texts, dtype="str")
    short = gacc_query._whole_numbers(cells)
    assert short is not None
    assert short.tolist() == parsing.numbers(cells, thousands=",").tolist()


@pytest.mark.parametrize("text", ["", "1.5", "-1", "1,23", "1234,567", "٣", "1e5", "9" * 16, "1\n", "1,234\n"])
def test_what_is_no_whole_number_goes_the_general_way(text: str) -> None:
    """Anything but digits with commas in their place is left to the strict reader."""
    assert gacc_query._whole_numbers(pd.Series(["7", text], dtype="str")) is None


def test_the_reader_for_large_files_is_used() -> None:
    """A well-formed file is read by it, in either encoding; a ragged one is left to the plain reader."""
    text = (RECORDED / "query_zh_import.csv").read_bytes().decode("gb18030")
    for encoding in ("gb18030", "utf-8"):
        fast = as_arrow(text.encode(encoding))
        assert fast is not None
        assert fast.cells["u1"].tolist() == ["千克", "头", "个", "千克", "千克", "千克"]
    assert as_arrow((text + "x,\r\n").encode("gb18030")) is None
    assert as_arrow((text + ROW + '"5"\r\n').encode("gb18030")) is None


def test_a_large_file_takes_that_way(monkeypatch: pytest.MonkeyPatch) -> None:
    """Size decides, and the outcome is the same."""
    small = parse("query_zh_import.csv")
    monkeypatch.setattr(gacc_lines, "_LARGE", 10)
    monkeypatch.setattr(gacc_lines, "_slow", lambda top: pytest.fail(f"{top.name} went the slow way"))
    assert parse("query_zh_import.csv").table.equals(small.table)
