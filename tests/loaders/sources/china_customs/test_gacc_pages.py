"""Tests of what a file of Chinese customs is known by, and of its index pages."""

from __future__ import annotations

import io

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from loaders.core.source import SourceError
from loaders.sources.china_customs import pages as gacc_pages
from loaders.sources.china_customs import source as gacc
from tests.loaders.support.gacc_files import RECORDED


@pytest.mark.parametrize(
    ("file", "why"),
    [
        ("index.html", "an index of tables, not a table"),
        ("picture.html", r"its table is a picture \(\\Excel\\4-RMB.png\)"),
        ("challenge.html", "no table by country"),
    ],
)
def test_pages_without_a_table_say_what_they_are(file: str, why: str) -> None:
    """An index, a picture and a challenge each have their own line."""
    with pytest.raises(SourceError, match=why):
        gacc.parse((RECORDED / file).read_bytes(), file)


@pytest.mark.parametrize(
    ("file", "known"),
    [
        ("table4_cny.html", True),
        ("table4_janfeb_usd.html", True),
        ("table4_2018.html", True),
        ("bulletin2_usd.html", True),
        ("bulletin2_cny.xls", True),
        ("index.html", True),
        ("picture.html", True),
        ("challenge.html", False),
        ("query_en.csv", True),
        ("出口202403.csv", True),
        ("README.md", False),
    ],
)
def test_files_are_recognised_by_their_content(file: str, known: bool) -> None:  # noqa: FBT001 - a parameter of the table
    """The first bytes are enough, whatever the name."""
    assert gacc.recognises((RECORDED / file).read_bytes()[: 1 << 16]) is known


def test_files_of_others_are_not_recognised() -> None:
    """Tables of other makers, in any wrapping, are left to their own readers."""
    book = openpyxl.Workbook()
    book.create_sheet("Товарооборот")
    out = io.BytesIO()
    book.save(out)
    others = [
        out.getvalue(),
        b"",
        b"\x89PNG\r\n",
        b"refYear,cmdCode\n2024,27\n",
        b"Commodity Code,Commodity,Quantity,Unit\n27,Fuels,1,kg\n",
        b"<html><title>Trade</title></html>",
        gacc_xls(),
    ]
    assert not any(gacc.recognises(content) for content in others)


def gacc_xls() -> bytes:
    """Return the start of an Excel 97 file with nothing of customs in it."""
    return bytes.fromhex("d0cf11e0a1b11ae1") + b"\0" * 600 + "Экспорт по странам".encode("utf-16-le")


def test_index_lists_what_it_links_to() -> None:
    """Title, year, month, currency and address; Feb. and Jan.-Feb. are month 2, for the two together."""
    content = (RECORDED / "index.html").read_bytes()
    title = "(4) China's Total Export & Import Values by Country/Region (in {})"
    home = "http://english.customs.gov.cn/Statics/"
    assert gacc.index_links(content) == [
        (title.format("CNY"), 2031, 2, "CNY", home + "aaaa.html"),
        (title.format("CNY"), 2031, 3, "CNY", home + "bbbb.html"),
        (title.format("USD"), 2031, 2, "USD", home + "cccc.html"),
    ]
    assert {link[1] for link in gacc_pages.index_links(content, 2029)} == {2029}
    selected = content.replace(b'<option value="2030">', b'<option selected value="2030">')
    assert {link[1] for link in gacc.index_links(selected)} == {2030}


def test_list_of_single_tables_is_read_too() -> None:
    """Where the link is the whole title, its own month and year count."""
    anchor = b'<a href="/Statics/x.html">(4) Values by Country/Region, January-February 2031 (in USD)</a>'
    assert [link[1:4] for link in gacc.index_links(anchor)] == [(2031, 2, "USD")]
    assert gacc.index_links(b"<html><a href='/other'>Mar.</a></html>") == []


STARTS = [b"", b"<", b"PK\x03\x04 xl/", bytes.fromhex("d0cf11e0a1b11ae1"), b"\xff\xfe", b'"\xe5\x95', b"Date of data,"]


@settings(max_examples=50, deadline=None)
@given(st.sampled_from(STARTS), st.binary(max_size=80))
def test_recognition_never_fails(start: bytes, rest: bytes) -> None:
    """Whatever a file begins with, the answer is yes or no; noise is no."""
    assert gacc.recognises(start + rest) is False
