"""Huge files: what is left of them after the scan reads as the whole file does, to the row."""

from __future__ import annotations

import gzip
import io
import os
import pickle
import re
from dataclasses import replace
from typing import Any
from unittest import mock

import numpy as np
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from loaders.big_files import blocks, line_index, row_filter, scan
from loaders.core.source import Hints, Parsed, Reduced, SourceError
from loaders.registry import SOURCES

EXAMPLES = int(os.environ.get("FUZZ_EXAMPLES", "50"))
HINTS = Hints(flow="import")
QUOTE = '"'
HEADERS = {
    "comtrade": "typeCode,period,reporterCode,flowCode,partnerCode,classificationCode,cmdCode,cmdDesc,primaryValue",
    "baci": "t,i,j,k,v,q",
    "gacc": "数据年月,贸易伙伴编码,商品编码,商品名称,第一数量,第一计量单位,美元",
}
SIDES = ["156", "643", "398", "276", "840", "0", "4", "344", "142", "490", "97"]
ODD_SIDES = ["", " 156", "0156", "643.0", "276.0", "156,0", "1566", "n/a", "CHN", "-276"]
GOODS = ["270900", "27", "TOTAL", "010121", "851712", "10620", "2", "", "27.0", "8517.0", "x"]
TEXTS = ["plain", "", "a, b", 'a "quoted" word', "two\nlines", "two\r\nlines", "semi;colon", "naïve 中文", "a\tb", '"']
RAW = ["", ",,,", '"', 'x"y,"z', '"a"b', '5" pipe', "156,643,156,643", " ", "\r", "C,2023,276,M,40,H6,010121,x,1\ry"]


def read_plain(name: str, content: bytes) -> Parsed | None:
    """Return what the parser alone reads, or nothing where it refuses the file."""
    try:
        return SOURCES[name].parse(content, "f.csv", HINTS)
    except SourceError:
        return None


def large(content: bytes) -> Any:
    """Let a file of more than its header count as large."""
    return mock.patch.object(scan, "LARGE", content.find(b"\n") + 2)


def read_scanned(name: str, content: bytes, block: int = 256) -> Parsed | None:
    """Return what is read of a file that counts as huge, in blocks of a few lines."""
    with large(content), mock.patch.object(blocks, "BLOCK", block):
        try:
            return scan.read(SOURCES[name], "f.csv", HINTS, lambda: io.BytesIO(content), lambda: content)
        except SourceError:
            return None


def written(cell: str, delimiter: str, *, quoted: bool) -> str:
    """Return a cell as a file holds it."""
    needs = quoted or any(sign in cell for sign in (delimiter, '"', "\n", "\r"))
    return '"' + cell.replace('"', '""') + '"' if needs else cell


@st.composite
def records(draw: st.DrawFn, name: str, delimiter: str) -> str:
    """Draw one record: mostly sound, mostly out of scope, sometimes odd in codes, quotes or shape."""
    if draw(st.integers(0, 19)) == 0:
        return draw(st.sampled_from([*RAW, HEADERS[name].replace(",", delimiter)]))
    side = st.sampled_from(SIDES) | st.sampled_from(SIDES) | st.sampled_from(ODD_SIDES)
    reporter, partner, goods = draw(side), draw(side), draw(st.sampled_from(GOODS))
    text, value = draw(st.sampled_from(TEXTS)), draw(st.sampled_from(["1", "2.5", "0", "x", "1234"]))
    cells = {
        "comtrade": ["C", "2023", reporter, "M", partner, "H6", goods, text, value],
        "baci": ["2023", reporter, partner, goods, value, draw(st.sampled_from(["1", "NA", " ", "7.25"]))],
        "gacc": ["202301", partner, goods, text, value, "千克", value],
    }[name]
    quoted = draw(st.sampled_from([False, False, True]))
    return delimiter.join(written(cell, delimiter, quoted=quoted) for cell in cells)


@st.composite
def files(draw: st.DrawFn, name: str) -> bytes:
    """Draw a file: delimiter, line ends, encoding, byte-order mark, with or without a last line end."""
    delimiter, end = draw(st.sampled_from([",", ",", "\t", ";"])), draw(st.sampled_from(["\n", "\r\n"]))
    body = draw(st.lists(records(name, delimiter), max_size=30))
    text = end.join([HEADERS[name].replace(",", delimiter), *body]) + draw(st.sampled_from(["", end]))
    encoding = "gb18030" if name == "gacc" else "utf-16"
    return text.encode(draw(st.sampled_from([encoding, encoding, "utf-8", "utf-8", "utf-8-sig"])))


@pytest.mark.parametrize("name", list(HEADERS))
@settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_a_scanned_file_reads_as_the_whole_file(name: str, data: st.DataObject) -> None:
    """The scan keeps exactly the rows that the parser keeps, counts all rows, and refuses no other row."""
    content = data.draw(files(name))
    plain, scanned = read_plain(name, content), read_scanned(name, content, data.draw(st.sampled_from([64, 256, 4096])))
    if plain is None:
        assert scanned is None or scanned.table.empty
        return
    assert scanned is not None
    pd.testing.assert_frame_equal(scanned.table, plain.table)
    assert scanned.rows_read == plain.rows_read
    assert set(scanned.refused) <= set(plain.refused)


@settings(max_examples=EXAMPLES, deadline=None)
@given(
    st.lists(
        st.lists(st.sampled_from(["", "1", "156", '"643"', "x" * 40, "y" * 130, '"a,b"']), min_size=1, max_size=9)
    ),
    st.lists(st.integers(0, 8), min_size=1, max_size=3, unique=True),
)
def test_cells_are_found_in_the_first_bytes_as_in_all(rows: list[list[str]], places: list[int]) -> None:
    """A cell found in the first bytes of its line is the cell itself; where they do not reach, all marks are asked."""
    block = "".join(f"{','.join(cells)}\n" for cells in rows).encode() or b"\n"
    lines = line_index.split(block, ",")
    assert lines is not None
    for place, (distinct, which) in zip(places, lines.short(places), strict=True):
        cells = [cells[place] if place < len(cells) else "" for cells in rows or [[""]]]
        short = [cell.strip('"') if len(cell) <= 8 else "" for cell in cells]
        assert [distinct[one].decode() for one in which] == short


@settings(max_examples=EXAMPLES, deadline=None)
@given(
    st.lists(
        st.lists(
            st.sampled_from(["", "2", "27", '"27"', "84", "270900", '"0101210000"', "12345678", "1234567890123456"])
            | st.sampled_from(["12345678901234567", "27x", "8 4", ":1", "/2", '"84"""', "8.0", "27.0", "y" * 60]),
            min_size=1,
            max_size=4,
        ),
        min_size=1,
    ),
    st.integers(0, 3),
    st.sampled_from(["\n", "\r\n"]),
)
def test_goods_told_by_their_digits_are_those_that_a_pattern_tells(rows: list[list[str]], place: int, end: str) -> None:
    """Where the first two digits decide, the pattern over the whole line decides the same."""
    block = "".join(f"{','.join(cells)}{end}" for cells in rows).encode()
    lines = line_index.split(block, ",")
    assert lines is not None
    which = np.arange(len(rows))[:: 1 + len(rows) % 2]
    first, second = lines.first_digits(place, which)
    pattern = row_filter.Pattern(",", 0, 1, place, frozenset(), frozenset(), decimals=True)
    for at, one, two in zip(which, first.tolist(), second.tolist(), strict=True):
        cell = rows[at][place].strip('"') if place < len(rows[at]) else ""
        if one:
            assert f"{one:c}{two:c}" == cell[:2]
            other = re.match(pattern.has_other_goods, f"{','.join(rows[at])}{end}") is not None
            assert other is (one != ord("2") or two != ord("7"))
        else:
            last_of_crlf = end == "\r\n" and place == len(rows[at]) - 1
            far = any(len(",".join(cells)) > 126 for cells in rows)
            assert last_of_crlf or far or not re.fullmatch("[0-9]{2,16}", cell) or rows[at][place] == '"84"""'


LINES = {
    "comtrade": [
        "C,2023,156,M,643,H6,010121,horses,5",
        'C,2023,276,M,40,H6,010121,"a, b",6',
        "C,2023,156,M,276,H6,010121,horses,7",
        'C,2023,251,X,156,H6,270900,"oil\n, of two lines",8',
        "C,2023,643,X,276,H6,851712,phones,9",
        "C,2023,643,X,156,H6,851712,phones,x",
        "C,2023,643,X,156,H6,851712,phones,10",
    ],
    "baci": [
        "2023,156,643,010121,5,1",
        "2023,276,40,010121,6,1",
        "2023,156,276,010121,7,1",
        "2023,276,156,270900,8,1",
        "2023,643,276,851712,9,1",
        "2023,643,156,851712,x,1",
        "2023,643,156,851712,10,1",
    ],
    "gacc": [
        "202301,344,010121,马,1,千克,5",
        "202301,304,010121,马,1,千克,6",
        "202301,116,010121,马,1,千克,7",
        "202301,304,270900,石油,1,千克,8",
        "202301,502,851712,电话,1,千克,9",
        "202301,344,851712,电话,1,千克,x",
        "202301,344,851712,电话,1,千克,10",
    ],
}


def whole(name: str) -> bytes:
    """Return a file in which rows 2, 5 and 8 are in scope and row 7 is bad."""
    return "\n".join([HEADERS[name], *LINES[name]]).encode("gb18030" if name == "gacc" else "utf-8")


@pytest.fixture(params=list(HEADERS))
def name(request: pytest.FixtureRequest) -> str:
    """Take the layouts in turn."""
    return str(request.param)


def test_rows_keep_their_numbers(name: str) -> None:
    """References and messages name the row of the file, not of what is left of it."""
    scanned = read_scanned(name, whole(name))
    assert scanned is not None
    assert [int(re.findall(r"row (\d+)", text)[0]) for text in scanned.table["reference"]] == [2, 5, 8]
    assert [re.findall(r"row (\d+)", text) for text in scanned.refused] == [["7"]]


def test_what_is_left_out_is_counted_and_named(name: str) -> None:
    """Rows out of scope are counted by the country that is neither China nor Russia, as the parser does."""
    scanned, plain = read_scanned(name, whole(name)), read_plain(name, whole(name))
    assert scanned is not None
    assert plain is not None
    assert scanned.rows_read == 7
    assert scanned.left_out == plain.left_out
    assert sum(scanned.left_out.values()) == 3


def test_only_what_can_be_in_scope_reaches_the_parser(name: str) -> None:
    """The parser is given the header and the rows that it has to judge, with their numbers."""
    seen: list[bytes] = []

    def parse(content: bytes, name: str, hints: Hints = HINTS) -> Parsed:
        del name, hints
        seen.append(content)
        return Parsed(pd.DataFrame(), 4)

    with mock.patch.dict(SOURCES, {name: replace(SOURCES[name], parse=parse)}):
        read_scanned(name, whole(name))
    assert isinstance(seen[0], Reduced)
    assert seen[0].rows == [1, 2, 5, 7, 8]
    assert seen[0].count(LINES[name][4].encode("gb18030" if name == "gacc" else "utf-8")) == 0


def test_rows_that_a_stray_quote_swallows_are_named() -> None:
    """A row out of scope whose quote runs over others is no row to drop: the parser names it."""
    lines = ['C,2023,276,M,40,H6,010121,"x,5', LINES["comtrade"][0], 'C,2023,276,M,40,H6,010121,y",5', ""]
    content = "\n".join([HEADERS["comtrade"], *lines]).encode()
    scanned, plain = read_scanned("comtrade", content), read_plain("comtrade", content)
    assert scanned is not None
    assert plain is not None
    assert scanned.refused == plain.refused != ()


def test_nothing_in_scope_is_no_error(name: str) -> None:
    """A file without a row in scope gives no rows, and says which it held."""
    content = "\n".join([HEADERS[name], "", LINES[name][4], ""]).encode("gb18030" if name == "gacc" else "utf-8")
    scanned = read_scanned(name, content)
    assert scanned is not None
    assert scanned.table.empty
    assert (scanned.rows_read, sum(scanned.left_out.values())) == (1, 1)


def test_packed_files_are_scanned_as_streams(name: str) -> None:
    """What comes out of gzip is scanned without being held."""
    packed = gzip.compress(whole(name))
    source, plain = SOURCES[name], read_plain(name, whole(name))
    with large(whole(name)):
        scanned = scan.read(
            source, "f.csv", HINTS, lambda: io.BufferedReader(gzip.GzipFile(fileobj=io.BytesIO(packed))), bytes
        )
    assert plain is not None
    pd.testing.assert_frame_equal(scanned.table, plain.table)


def test_small_files_and_other_sources_go_to_the_parser_whole() -> None:
    """A file of a few MiB, and one whose source has no such codes, is not scanned."""
    content = whole("baci")
    parsed = scan.read(SOURCES["baci"], "f.csv", HINTS, lambda: io.BytesIO(content), lambda: content)
    assert parsed.rows_read == 7
    source = mock.Mock(parse=mock.Mock(return_value=parsed))
    source.name = "imf"
    with mock.patch.object(scan, "LARGE", 1):
        assert scan.read(source, "f.csv", HINTS, lambda: io.BytesIO(b"ab"), lambda: b"ab") is parsed
    source.parse.assert_called_once_with(b"ab", "f.csv", HINTS)


@pytest.mark.parametrize(
    ("tail", "why"),
    [
        (b'2023,276,40,010121,"1', "never closed"),
        (b"2023,276,40,010121,1,\0", "NUL characters"),
        (b'2023,276,40,010121,"1"2,1\n1,2', "no CSV"),
        (b"2023,276,40,010121,1,1\r2023,276,40,010121,1,1\n", "carriage returns"),
        (b"2" * 9000, "longer than any table"),
        (b'"' + b"2\n" * 9000, "for a very long time"),
    ],
)
def test_what_only_the_whole_file_can_tell_is_said_where_it_is_too_large(tail: bytes, why: str) -> None:
    """A file that has to be read whole and does not fit ends in one line that says what is odd with it."""
    content = whole("baci") + b"\n" + tail

    def too_large() -> bytes:
        raise SourceError("f.csv: too large")

    with (
        large(content),
        mock.patch.object(blocks, "BLOCK", 4096),
        pytest.raises(SourceError, match=why),
    ):
        scan.read(SOURCES["baci"], "f.csv", HINTS, lambda: io.BytesIO(content), too_large)


def test_too_much_in_scope_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is left must fit into memory."""
    monkeypatch.setattr(scan, "LARGE", 16)
    monkeypatch.setattr(scan, "MOST_KEPT", 16)
    content = whole("baci")
    with pytest.raises(SourceError, match="may be in scope; split it"):
        scan.read(SOURCES["baci"], "f.csv", HINTS, lambda: io.BytesIO(content), lambda: content)


def test_what_is_left_travels_with_its_row_numbers() -> None:
    """Another process gets the bytes and the numbers."""
    sent = pickle.loads(pickle.dumps(Reduced([b"a\n", b"b\n"], [1, 7])))  # noqa: S301 (our own bytes)
    assert (sent, sent.rows) == (b"a\nb\n", [1, 7])


@given(
    zeros=st.integers(0, 4),
    number=st.integers(0, 12_000),
    decimals=st.sampled_from(["", ".0", ".00", ".5", "."]),
    sign=st.sampled_from(["", QUOTE, " ", "-"]),
    allowed=st.booleans(),
)
def test_only_plain_country_numbers_tell(zeros: int, number: int, decimals: str, sign: str, *, allowed: bool) -> None:
    """A code counts as another country's where it has up to three digits, up to two zeros before, or is all zeros."""
    digits = "0" * zeros + (str(number) if number else "")
    pattern = row_filter.Pattern(",", 0, 1, 2, frozenset({156, 643}), frozenset({156, 643, 398}), allowed)
    country, kind = pattern.code(f"{sign}{digits}{decimals}".encode())
    plain = bool(digits) and not sign and (not decimals or (allowed and decimals.strip("0") == "." and decimals != "."))
    is_pair = plain and digits in {"156", "643"}
    is_other = plain and (number == 0 or (number < 1000 and zeros <= 2 and number not in {156, 643}))
    assert bool(kind & row_filter.PAIR) is is_pair
    assert bool(kind & row_filter.OTHER) is is_other
    assert bool(kind & row_filter.FAR) is (is_other and number not in {0, 398})
    assert country == number or not kind


@given(st.lists(st.text('a",\r', max_size=6), max_size=80))
def test_line_ends_are_told_as_one_by_one(rows: list[str]) -> None:
    """Lines count as records where, read sign by sign, their quotes are even and stand at the edges of cells."""
    lines = [row + "\n" for row in rows] or ["\n"]
    block = "".join(lines)
    lines_index = line_index.split(block.encode(), ",")
    expected = None if any(odd_line(line) for line in lines) else [at for at, sign in enumerate(block) if sign == "\n"]
    assert (None if lines_index is None else lines_index.ends.tolist()) == expected


def odd_line(line: str) -> bool:
    """Read one line sign by sign."""
    within = False
    for at, sign in enumerate(line):
        if sign == QUOTE:
            within = not within
            beside = line[at - 1 : at] or "\n" if within else line[at + 1]
            if beside not in (',"\n' if within else ',"\n\r'):
                return True
    return within or line.count("\r") != line.endswith("\r\n")
