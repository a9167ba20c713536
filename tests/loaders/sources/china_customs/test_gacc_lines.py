"""The lines of the customs query: as the standard library reads them, whatever their encoding."""

from __future__ import annotations

import csv
import io

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from loaders.core.source import SourceError
from loaders.sources.china_customs import query as gacc_query
from loaders.sources.china_customs import query_header as gacc_columns
from loaders.sources.china_customs import query_lines as gacc_lines
from loaders.sources.china_customs import source as gacc
from loaders.tables import parsing
from tests.loaders.support.gacc_files import HEAD, IMPORT, RECORDED


def by_csv(content: bytes, encoding: str) -> list[list[str]]:
    """Return the rows below the header that hold anything, as the standard library reads them."""
    rows = csv.reader(io.StringIO(content.decode(encoding), newline=""), strict=True)
    return [cells for cells in rows if any(cells)][1:]


QUOTE = '"'
CELL = st.text(st.characters(codec="gb18030", exclude_characters="\0"), max_size=6)
PARTNER = st.sampled_from(["344", "110", "502", "116", " 344", "701", "", "x", "34"])
CODE = st.sampled_from(["27090000", "01012100", " 2709", "27", "", "x", "123"])
LINE = st.tuples(st.sampled_from(["202403", "", "x"]), PARTNER, CELL, CODE, CELL, CELL, CELL, CELL, CELL, CELL)


@settings(max_examples=50, deadline=None)
@given(st.lists(LINE, min_size=1, max_size=8), st.sampled_from(["gb18030", "utf-8"]), st.sampled_from(["\n", "\r\n"]))
def test_lines_are_those_of_the_standard_library(rows: list[tuple[str, ...]], encoding: str, end: str) -> None:
    """Each line is kept as that reader reads it, counted as left out or refused, with line ends and quotes inside."""
    text = end.join(
        [HEAD, *(",".join(f'"{cell.replace(QUOTE, QUOTE * 2)}"' for cell in row) + "," for row in rows), ""]
    )
    content = text.encode(encoding)
    top = gacc_columns.header(content, "x.csv")
    lines, known = gacc_lines.read(top), by_csv(content, top.text.encoding)
    kept = lines.cells.drop(columns=parsing.ROW).astype("str").to_numpy().tolist()
    assert kept == [one for cells in known if (one := [cells[at].strip() for at in top.places.values()]) in kept]
    assert lines.rows_read == len(known)
    assert len(kept) + len(lines.refused) + lines.left_out.total() == len(known)


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


@pytest.mark.parametrize("encoding", ["gb18030", "utf-8"])
def test_units_read_in_either_encoding(encoding: str) -> None:
    """What is decoded only where it is asked for reads as all of it would."""
    text = (RECORDED / "query_zh_import.csv").read_bytes().decode("gb18030")
    lines = gacc_lines.read(gacc_columns.header(text.encode(encoding), "x.csv"))
    assert lines.cells["u1"].tolist() == ["千克", "头", "个", "千克", "千克", "千克"]


def test_a_large_file_is_not_decoded(monkeypatch: pytest.MonkeyPatch) -> None:
    """Above a size a name of goods in another encoding is nobody's concern; the figures are the same."""
    content = (RECORDED / "query_zh_import.csv").read_bytes()
    small = gacc.parse(content, "x.csv", IMPORT).table
    broken = content.replace("石油原油".encode("gb18030"), b"\xff" * 8)
    with pytest.raises(SourceError, match="text like the header"):
        gacc.parse(broken, "x.csv", IMPORT)
    monkeypatch.setattr(gacc_lines, "_WHOLE", 10)
    assert gacc.parse(broken, "x.csv", IMPORT).table.equals(small)
