"""Tests of customs' tables by country: what is refused, and in which words."""

from __future__ import annotations

import io
import re
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from loaders.core.source import SourceError
from loaders.sources.china_customs import source as gacc
from tests.loaders.support.gacc_files import EXPRESS, HEADS, LINE, RECORDED, USD, outcome, russia, text, xlsx
from tests.loaders.support.gacc_files import page as parse


def test_a_table_of_one_province_is_refused() -> None:
    """A local office uses the same title with its own words before it."""
    content = xlsx("本市2：" + EXPRESS.removeprefix("（4）"), "单位：百万美元", HEADS, LINE)
    with pytest.raises(SourceError, match="is not of all China"):
        gacc.parse(content, "x.xlsx")


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ([("Unit: USD1 Million", "")], "no unit above the table"),
        ([("Unit: USD1 Million", "Unit: EUR 1 Million")], "its unit 'eur1million' is not known"),
        ([("Unit: USD1 Million", "Unit: USD 1 Zillion")], "its unit 'usd1zillion' is not known"),
        ([("Unit: USD1 Million", "Unit: Million")], "its unit 'million' is not known"),
        ([("Unit: USD1 Million", "Unit: CNY 100 Million")], "its title says USD, its unit CNY"),
        ([("(in USD)", "(in CNY)")], "its title says CNY, its unit USD"),
        ([("August 2031", "July 2031")], "its title says month 7, its columns"),
        ([("August 2031 (in USD)</title>", "May 2031 (in USD)</title>")], "name different months"),
        ([(", August 2031 (in USD)", " (in USD)")], "does not say its period"),
        ([("by Country/Region", "by Trade Mode")], "no table by country"),
        ([("<b>Export</b>", "<b>Sorties</b>"), ("<b>Import</b>", "<b>Entrees</b>")], "its table is not in the page"),
        ([("<table", "<div"), ("</table", "</div")], "its table is not in the page"),
    ],
)  # fmt: skip
def test_a_table_that_contradicts_itself_is_refused(changes: list[tuple[str, str]], why: str) -> None:
    """No unit, another currency in the title than in the unit, other months: one line and no figure."""
    with pytest.raises(SourceError, match=re.escape(why)):
        parse(USD, *changes)


@pytest.mark.parametrize(
    ("old", "new", "why"),
    [
        ("25,000.5", "n/a", "row 6: Russian Federation, 'n/a' is no number"),
        ("25,000.5", "25,00.5", "row 6: Russian Federation, '25,00.5' is no number"),
        ("25,000.5", "-25,000.5", "row 6: Russian Federation, '-25,000.5' is less than zero"),
        ("25,000.5", "1e999", "row 6: Russian Federation, '1e999' is no number"),
        ("25,000.5", "NaN", "row 6: Russian Federation, 'NaN' is no number"),
        ("25,000.5", "=1+1", "row 6: Russian Federation, '=1+1' is no number"),
    ],
)
def test_a_bad_cell_is_refused_and_named(old: str, new: str, why: str) -> None:
    """The other figures stand; the bad one is named with its row."""
    parsed = parse(USD, (old, new))
    assert parsed.refused == (f"{USD}, {why}",)
    assert len(russia(parsed)) == 5
    assert parsed.rows_read == len(parsed.table) + 1


def test_a_repeated_heading_is_refused_and_named() -> None:
    """A heading in the middle of the figures is a row of no figures."""
    page = text(USD)
    head = re.findall(r"\t\t<tr>.*?</tr>\n", page, re.DOTALL)[2]
    parsed = gacc.parse(
        page.replace(
            '\t\t<tr>\n\t\t\t<td colspan="10">\n\t\t\t\tNote', head + '\t\t<tr>\n\t\t\t<td colspan="10">\n\t\t\t\tNote'
        ).encode(),
        USD,
    )
    assert parsed.refused == (f"{USD}, row 8: 'Import Source' is no row of figures",)


def test_a_partner_with_two_values_is_refused() -> None:
    """A label twice with other figures is a conflict; with the same figures it counts once."""
    twice = parse(USD, ("Türkiye", "Russian Federation"))
    assert "rows 6 and 7" in twice.refused[0]
    assert russia(twice) == {}


def bred() -> bytes:
    """Return a spreadsheet whose title would unpack to 200 billion letters."""
    good, out = zipfile.ZipFile(io.BytesIO(xlsx(EXPRESS, "单位：百万美元", HEADS, LINE))), io.BytesIO()
    breed = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12))
    with zipfile.ZipFile(out, "w") as archive:
        for member in good.namelist():
            markup = good.read(member)
            if member.endswith("sheet1.xml"):
                markup = f'<!DOCTYPE worksheet [<!ENTITY a0 "ha">{breed}]>'.encode() + markup.replace(
                    b"<t>", b"<t>&a11;", 1
                )
                assert b"&a11;" in markup
            archive.writestr(member, markup)
    return out.getvalue()


def test_spreadsheet_bombs_and_broken_ones_are_refused() -> None:
    """A file that unpacks beyond measure, entities that breed, a truncated file: one line each."""
    bomb = io.BytesIO()
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b"\0" * (70 << 20))
    good = xlsx(EXPRESS, "单位：百万美元", HEADS, LINE)
    xls = (RECORDED / "bulletin2_cny.xls").read_bytes()
    for content in (bomb.getvalue(), bred(), good[:2000], xls[:700], xls[:3000], xls[:512]):
        with pytest.raises(SourceError, match=r"x\.xls: ") as caught:
            gacc.parse(content, "x.xls")
        assert "\n" not in str(caught.value)


def test_pages_beyond_measure_are_refused() -> None:
    """A page of many megabytes is no table; spans and nesting beyond measure do no harm."""
    with pytest.raises(SourceError, match="too large"):
        gacc.parse(b"<html>" + b" " * (9 << 20), "x.html")
    assert parse(USD, ('colspan="10"', 'colspan="9999"')).table.equals(parse(USD).table)
    assert "no table by country" in outcome(b"<html>" + b"<div>" * 200_000, "x.html")


PIECES = [b"<td>", b"</tr>", b"<table>", b"&#0;", b'colspan="3"', b"-", b"1e5", b"<", b"\xff", "年".encode()]
FILES = ["table4_cny.html", "table4_janfeb_usd.html", "bulletin2_usd.html", "index.html", "bulletin2_cny.xls"]


@settings(max_examples=50, deadline=None)
@given(st.data())
def test_a_broken_page_or_spreadsheet_raises_nothing_else(data: st.DataObject) -> None:
    """Bytes cut out, put in or changed anywhere give rows or one line, never another exception."""
    name = data.draw(st.sampled_from(FILES))
    content = bytearray((RECORDED / name).read_bytes())
    for _ in range(data.draw(st.integers(1, 5))):
        at, cut = data.draw(st.integers(0, len(content))), data.draw(st.integers(0, 40))
        content[at : at + cut] = data.draw(st.binary(max_size=4) | st.sampled_from(PIECES))
    assert "\n" not in outcome(bytes(content), name)


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 6000), st.binary(min_size=1, max_size=6))
def test_a_broken_xlsx_raises_nothing_else(at: int, put: bytes) -> None:
    """A changed byte in a zip of markup ends in rows or one line."""
    content = bytearray(xlsx(EXPRESS, "单位：百万美元", HEADS, LINE))
    content[at : at + len(put)] = put
    assert "\n" not in outcome(bytes(content), "x.xlsx")
