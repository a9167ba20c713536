"""The one reader of delimited text: the records of the standard library's strict reader, or a row refused by name."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from loaders.core.source import SourceError
from loaders.tables import delimited, text_files
from loaders.tables.delimited import Delimited
from loaders.tables.parsing import ROW

HEADER = ("one", "two", "three")
CELL = st.lists(st.sampled_from(["a", "7", "é", "商", " ", ",", ";", '"', "\n", "\r\n"]), max_size=4).map("".join)


def body(text: str, encoding: str = "utf-8", numbers: range = range(2, 1000)) -> Delimited:
    """Return what stands below a header of three names."""
    return Delimited("f.csv", text.encode(encoding), ",", HEADER, numbers, encoding)


def read(text: str, encoding: str = "utf-8", *, short: bool = False) -> delimited.Records:
    """Read the first and the third cell."""
    return delimited.read(body(text, encoding), {"a": 0, "c": 2}, short=short)


def rows(text: str) -> list[tuple[object, ...]]:
    """Return the row number and both cells of each record."""
    return [tuple(row) for row in read(text).frame()[[ROW, "a", "c"]].to_numpy().tolist()]


@settings(max_examples=200, deadline=None)
@given(
    st.lists(st.lists(CELL, min_size=1, max_size=5), max_size=6),
    st.sampled_from(["utf-8", "gb18030"]),
    st.sampled_from(["\n", "\r\n"]),
    st.booleans(),
)
def test_records_are_those_of_the_standard_library(
    table: list[list[str]],
    encoding: str,
    end: str,
    short: bool,  # noqa: FBT001 (drawn)
) -> None:
    """Each record that fits the header comes with its number, the others are refused; blank ones are no records."""
    out = io.StringIO(newline="")
    csv.writer(out, lineterminator=end, quoting=csv.QUOTE_ALL if short else csv.QUOTE_MINIMAL).writerows(table)
    text = out.getvalue()
    found = delimited.read(body(text, encoding), {"a": 0, "c": 2}, short=short)
    expected, refused = [], set()
    for number, cells in enumerate(csv.reader(io.StringIO(text, newline=""), strict=True), 2):
        why = "" if len(cells) == len(HEADER) else delimited.misfit(cells, HEADER, short=short)
        swallows = len(cells) == len(HEADER) and any("\n" in cell and cell.count(",") >= 2 for cell in cells)
        if why or swallows:
            refused.add(number)
        elif any(cells) if len(cells) == len(HEADER) else any(cell.strip() for cell in cells):
            cells += ["", ""]
            expected.append((number, cells[0].encode(), cells[2].encode()))
    decoded = [
        (row[ROW], row["a"].decode(found.encoding).encode(), row["c"].decode(found.encoding).encode())
        for row in found.table.to_pylist()
    ]
    assert decoded == expected
    assert {row for row, _ in found.refused} == refused


@pytest.mark.parametrize(
    ("text", "row", "why"),
    [
        ("1,2,3\n4,5\n", 3, "holds 2 cells where the header names 3; the file may be cut off"),
        ("1,2,3\n4,5,6,7\n", 3, "holds 4 cells where the header names 3"),
        ("1,2,3\none,two,three\n", 3, "repeats the header"),
        ("1,2,3\none,two,three,\n", 3, "repeats the header"),
        ('1,2,3\n4,"5,6\n7,8,9\n', 3, "a quotation mark is opened and never closed"),
        ('1,2,3\n4,5,"6\n', 3, "a quotation mark is opened and never closed"),
        ('1,2,3\n4,"5\n6,7,8\n9",10\n', 3, "a quotation mark in the wrong place"),
    ],
)
def test_a_record_that_does_not_fit_is_refused_alone(text: str, row: int, why: str) -> None:
    """By its own number; the row above it stands."""
    records = read(text)
    assert records.table[ROW].to_pylist() == [2]
    assert [(number, line.startswith(why)) for number, line in records.refused] == [(row, True)]


def test_surplus_blanks_and_blank_records_are_nothing() -> None:
    """Delimiters behind the last column, blank lines and lines of delimiters alone."""
    assert rows("1,2,3,,\n\n,,\n,,,,\n4,5,6\n") == [(2, "1", "3"), (6, "4", "6")]
    assert read("").table.num_rows == 0


def test_missing_cells_may_count_as_empty() -> None:
    """Where a source leaves out what is empty at the end."""
    assert read("1,2\n", short=True).table.to_pylist() == [{"a": b"1", "c": b"", ROW: 2}]


@pytest.mark.parametrize("text", ['1,"5"7,3\n', '1,2,"3"4\n', '"1"x,2,3\n'])
def test_what_goes_on_behind_a_quoted_cell_is_refused(text: str) -> None:
    """It would read as another number: a file with such a cell is taken by nobody."""
    with pytest.raises(SourceError, match=r"f\.csv, row 3: not readable as CSV"):
        read(f"0,0,0\n{text}")


def test_marks_inside_a_plain_cell_are_signs_like_others() -> None:
    """``5" pipe`` is text, in even and in odd number."""
    assert rows('5" pipe,2,3\n4" or 6" pipe,5,6\n') == [(2, '5" pipe', "3"), (3, '4" or 6" pipe', "6")]


def test_what_stands_under_no_name_must_be_empty() -> None:
    """A trailing delimiter in every row is no cell; a figure there is of nobody knows what."""
    text = Delimited("f.csv", b"1,2,\n3,4,5\n", ",", ("one", "two", ""), range(2, 9))
    records = delimited.read(text, {"a": 0})
    assert records.table["a"].to_pylist() == [b"1"]
    assert records.refused == [(3, "holds a cell under no column name")]


def test_numbers_are_those_of_the_file() -> None:
    """Rows that were left out before keep their places in the numbers of those that are left."""
    text = Delimited("f.csv", b"1,2,3\n4,5\n6,7,8\n", ",", HEADER, [5, 9, 70])
    records = delimited.read(text, {"a": 0})
    assert records.table[ROW].to_pylist() == [5, 70]
    assert [row for row, _ in records.refused] == [9]


def test_a_record_longer_than_a_block_is_read() -> None:
    """Three megabytes in one cell, beside rows that need another look."""
    long = "x" * (3 << 20)
    records = read(f'1,"{long}",3\n4,5\n6,7,8\n')
    assert records.table["a"].to_pylist() == [b"1", b"6"]
    assert [row for row, _ in records.refused] == [3]


@pytest.mark.parametrize(("text", "first"), [("\n\na;b\n1;2\n", 4), ("a\tb\n1\t2\n", 2), ('"a\nx",b\n1,2\n', 2)])
def test_the_header_is_the_first_row_that_is_not_blank(text: str, first: int) -> None:
    """With any of the delimiters, blank lines above it, or a line end inside it."""
    below = text_files.below_header(text, "f.csv", range(1, 99))
    assert (below.body, below.numbers[0], len(below.header)) == (text[-4:].encode(), first, 2)
