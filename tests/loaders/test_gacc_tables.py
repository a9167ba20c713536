"""Tests of customs' tables by country, from pages and spreadsheets."""

from __future__ import annotations

import html
import io
import re
import zipfile
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from loaders import gacc, gacc_pages
from loaders.source import Hints, Parsed, SourceError

RECORDED = Path(__file__).parents[1] / "recorded" / "gacc"
SHARED = Path(__file__).parents[3] / "shared"
REAL = SHARED / "customs" / "gacc"
USD = "table4_usd.html"


def text(file: str) -> str:
    """Return a recorded page."""
    return (RECORDED / file).read_text(encoding="utf-8")


def parse(file: str, *changes: tuple[str, str], hints: Hints | None = None) -> Parsed:
    """Parse a recorded page after replacing words of it; every word must be there."""
    page = text(file)
    for old, new in changes:
        assert old in page
        page = page.replace(old, new)
    return gacc.parse(page.encode(), file, hints or Hints())


def russia(parsed: Parsed, partner: str = "RUS") -> dict[tuple[str, str], float]:
    """Return one partner's values by flow and period."""
    rows = parsed.table[parsed.table["partner"] == partner]
    spans = rows["period_start"].dt.strftime("%Y%m-") + rows["period_end"].dt.strftime("%Y%m")
    return dict(zip(zip(rows["flow"].astype("str"), spans, strict=True), rows["value"], strict=True))


def only(parsed: Parsed, column: str) -> Any:
    """Return what a column holds in every row."""
    values = parsed.table[column].unique().tolist()
    assert len(values) == 1
    return values[0]


def test_preliminary_table_gives_month_and_year_to_date_of_three_flows() -> None:
    """512.3 of 100 million yuan are 51,230,000,000; totals are the printed ones."""
    parsed = parse("table4_cny.html")
    assert russia(parsed) == {
        ("total", "203103-203103"): 123_460_000_000.0,
        ("total", "203101-203103"): 370_370_000_000.0,
        ("export", "203103-203103"): 51_230_000_000.0,
        ("export", "203101-203103"): 153_690_000_000.0,
        ("import", "203103-203103"): 72_230_000_000.0,
        ("import", "203101-203103"): 216_680_000_000.0,
    }
    assert (only(parsed, "currency"), only(parsed, "status"), only(parsed, "commodity_code")) == (
        "CNY",
        "preliminary",
        "TOTAL",
    )
    assert f"{only(parsed, 'released'):%Y-%m-%d}" == "2031-04-08"
    valuations = parsed.table.groupby("flow")["valuation"].unique().str.join(" ").to_dict()
    assert valuations == {"export": "FOB", "import": "CIF", "total": "unknown"}


def test_groups_are_no_partners_but_the_union_and_the_world_are() -> None:
    """ASEAN and the Belt and Road are counted and left out; EU is EUU, Total is WLD, of which: Germany is Germany."""
    parsed = parse("table4_cny.html")
    assert set(parsed.table["partner"]) == {"WLD", "EUU", "DEU", "USA", "HKG", "KOR", "RUS"}
    assert parsed.left_out == {"group ASEAN": 6, "group Jointly build the countries along Belt and Road Routes": 6}
    assert parsed.rows_read == len(parsed.table) + 12
    assert russia(parsed, "WLD")["export", "203103-203103"] == 2_200_010_000_000.0


def test_dollar_edition_is_in_its_own_unit() -> None:
    """USD1 Million means a million each, and the month's full name is read."""
    parsed = parse(USD)
    assert only(parsed, "currency") == "USD"
    assert russia(parsed)["import", "203108-203108"] == 15_000_300_000.0
    assert russia(parsed, "TUR")["export", "203101-203108"] == 27_000_000_000.0


def test_january_and_february_together_are_one_row_of_two_months() -> None:
    """The page of seven cells gives no February."""
    parsed = parse("table4_janfeb_usd.html")
    assert russia(parsed) == {
        ("total", "203101-203102"): 34_567_800_000.0,
        ("export", "203101-203102"): 14_567_300_000.0,
        ("import", "203101-203102"): 20_000_500_000.0,
    }


@pytest.mark.parametrize("title", ["Feb 2031", "February 2031", "Jan.-Feb. 2031", "Jan–Feb 2031"])
def test_february_pages_never_give_a_february(title: str) -> None:
    """Whatever the title calls it, the columns 1-to-2 are two months."""
    assert len(russia(parse("table4_janfeb_usd.html", ("January-February 2031", title)))) == 3


def test_month_columns_that_repeat_the_sum_are_two_months_too() -> None:
    """A page for February whose month equals its year to date is the joint figure printed twice."""
    changes = [("Mar 2031", "Feb 2031"), ("1-to-3", "1-to-2"), ("1- to-3", "1- to-2"), ("<b>3</b>", "<b>2</b>")]
    page = text("table4_cny.html")
    for old, new in changes:
        page = page.replace(old, new)
    separate = gacc.parse(page.encode(), "x.html")
    assert ("export", "203102-203102") in russia(separate)
    rows = re.findall(r"<tr>.*?</tr>", page, re.DOTALL)
    for row in rows[4:-1]:
        cells = re.findall(r"<td.*?</td>", row, re.DOTALL)
        page = page.replace(row, "<tr>" + "".join(cells[place] for place in (0, 2, 2, 4, 4, 6, 6, 7, 8, 9)) + "</tr>")
    assert set(russia(gacc.parse(page.encode(), "x.html"))) == {
        ("total", "203101-203102"),
        ("export", "203101-203102"),
        ("import", "203101-203102"),
    }


def test_layout_of_2018_says_what_it_holds() -> None:
    """A short list without Russia is read, and a note says what is in it."""
    parsed = parse("table4_2018.html")
    assert parsed.notes == ("no row for Russia; the table holds Total, European Union, United States",)
    assert set(parsed.table["partner"]) == {"WLD", "EUU", "USA"}
    assert f"{only(parsed, 'released'):%Y-%m-%d}" == "2018-04-25"


@pytest.mark.parametrize("date", ["04/05/2018", "2018/02/01", "soon"])
def test_a_date_that_could_be_two_is_not_taken(date: str) -> None:
    """Day and month that could be swapped, a date before the month's end, or words leave the release open."""
    assert parse("table4_2018.html", ("25/04/2018", date)).table["released"].isna().all()


def test_monthly_bulletin_is_final_and_in_thousands() -> None:
    """US$1,000 of table (2): a dash is missing, not zero, and the label is Russia."""
    parsed = parse("bulletin2_usd.html")
    assert russia(parsed) == {
        ("total", "203107-203107"): 18_123_456_000.0,
        ("total", "203101-203107"): 128_123_457_000.0,
        ("export", "203107-203107"): 8_123_455_000.0,
        ("export", "203101-203107"): 56_123_456_000.0,
        ("import", "203107-203107"): 10_000_001_000.0,
        ("import", "203101-203107"): 72_000_001_000.0,
    }
    assert only(parsed, "status") == "final"
    assert len(russia(parsed, "BTN")) == 4
    assert "BLR" in set(parsed.table["partner"])
    assert parsed.left_out == {"group Asia:": 6, "group Europe:": 6, "unknown partner Atlantis": 4}
    assert parsed.notes == ("left out, for no list here knows them: Atlantis",)


def test_excel_file_of_the_chinese_site_keeps_every_digit() -> None:
    """1,234,567.8901 of 10,000 yuan are 12,345,678,901; headings merged over columns are understood."""
    content = (RECORDED / "bulletin2_cny.xls").read_bytes()
    assert gacc.recognises(content)
    parsed = gacc.parse(content, "bulletin2_cny.xls")
    assert russia(parsed)["total", "203105-203105"] == 12_345_678_901.0
    assert russia(parsed)["export", "203105-203105"] == 5_123_456_701.0
    assert russia(parsed, "KGZ") == {
        ("total", "203105-203105"): 1_000_000.0,
        ("total", "203101-203105"): 5_000_000.0,
        ("export", "203105-203105"): 1_000_000.0,
        ("export", "203101-203105"): 5_000_000.0,
    }
    assert parsed.left_out == {"group 亚洲": 6}
    assert (only(parsed, "status"), only(parsed, "currency")) == ("final", "CNY")
    assert parsed.table["reference"].iloc[0] == "bulletin2_cny.xls, 国别, row 5"


def xlsx(title: str, unit: str, heads: list[list[object]], *rows: list[object]) -> bytes:
    """Return a spreadsheet as customs lay it out, with an empty first column."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    lines: list[list[object]] = [[title], [unit], *heads, *rows, ["注：数字为虚构。"]]
    for line in lines:
        sheet.append([None, *line])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


HEADS: list[list[object]] = [
    [
        "进口原产国（地）\n出口最终目的国（地）",
        "进出口",
        None,
        "出口",
        None,
        "进口",
        None,
        "累计比去年同期±％",
        None,
        None,
    ],
    [None, "6月", "1至6月", "6月", "1至6月", "6月", "1至6月", "进出口", "出口", "进口"],
]
EXPRESS = "（4）2031年6月进出口商品主要国别（地区）总值表（美元值）"
LINE: list[object] = ["　俄罗斯联邦", 20000.25, 110000, 9000.25, 50000, 11000, 60000, "1", "2", "3"]


def test_chinese_preliminary_table_is_preliminary() -> None:
    """主要国别 in the title is the preliminary table; without it, the bulletin."""
    for title, status in ((EXPRESS, "preliminary"), (EXPRESS.replace("主要", ""), "final")):
        content = xlsx(title, "单位：百万美元", HEADS, LINE)
        assert gacc.recognises(content[:65536])
        parsed = gacc.parse(content, "x.xlsx")
        assert only(parsed, "status") == status
        assert russia(parsed)["export", "203106-203106"] == 9_000_250_000.0


def test_chinese_january_february_is_two_months() -> None:
    """1至2月 alone gives one row a flow."""
    heads: list[list[object]] = [
        ["国别", "进出口", "出口", "进口", "累计比去年同期±％", None, None],
        [None, "1至2月", "1至2月", "1至2月", "进出口", "出口", "进口"],
    ]
    title = EXPRESS.replace("6月", "1至2月")
    parsed = gacc.parse(xlsx(title, "单位：亿美元", heads, ["俄罗斯", 30, 10, 20, "1", "2", "3"]), "x.xlsx")
    assert russia(parsed) == {
        ("total", "203101-203102"): 3_000_000_000.0,
        ("export", "203101-203102"): 1_000_000_000.0,
        ("import", "203101-203102"): 2_000_000_000.0,
    }


def test_a_table_of_one_province_is_refused() -> None:
    """A local office uses the same title with its own words before it."""
    content = xlsx("本市2：" + EXPRESS.removeprefix("（4）"), "单位：百万美元", HEADS, LINE)
    with pytest.raises(SourceError, match="is not of all China"):
        gacc.parse(content, "x.xlsx")


@pytest.mark.parametrize(
    ("unit", "title", "value"),
    [
        ("Unit: CNY 100 Million", "CNY", 1e8),
        ("Unit: RMB 100 Million", "RMB", 1e8),
        ("Unit：100 million yuan", "CNY", 1e8),
        ("Unit: CNY 10,000", "CNY", 1e4),
        ("Unit: USD1 Million", "USD", 1e6),
        ("Unit: USD 100 Million", "USD", 1e8),
        ("Unit: US$1,000", "USD", 1e3),
        ("Unit: US$ million", "USD", 1e6),
        ("Unit: US dollars", "USD", 1.0),
        ("单位：亿元人民币", "CNY", 1e8),
        ("单位：万元", "CNY", 1e4),
        ("单位∶ 百万美元", "USD", 1e6),
        ("单位：千美元", "USD", 1e3),
    ],
)
def test_units_are_taken_from_the_table(unit: str, title: str, value: float) -> None:
    """The same figure means what the unit row says."""
    parsed = parse(USD, ("Unit: USD1 Million", unit), ("(in USD)", f"(in {title})"))
    assert russia(parsed)["export", "203108-203108"] == pytest.approx(10_000.2 * value, rel=1e-15)


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
        ([("<title>(4) China's", "<title>(4) Total Export by Country, May 2031. China's")], "name different months"),
        ([(", August 2031 (in USD)", " (in USD)")], "does not say its period"),
        ([("by Country/Region", "by Trade Mode")], "no table by country"),
        ([("<b>Export</b>", "<b>Sorties</b>"), ("<b>Import</b>", "<b>Entrees</b>")], "no table by country"),
    ],
)  # fmt: skip
def test_a_table_that_contradicts_itself_is_refused(changes: list[tuple[str, str]], why: str) -> None:
    """No unit, another currency in the title than in the unit, other months: one line and no figure."""
    with pytest.raises(SourceError, match=re.escape(why)):
        parse(USD, *changes)


def test_a_page_without_its_month_takes_the_readers() -> None:
    """Where the title says no month, --period does, and it must be the month of the columns."""
    no_month = (", August 2031 (in USD)", " (in USD)")
    parsed = parse(USD, no_month, hints=Hints(period="2031-08"))
    assert parsed.table.drop(columns="reference").equals(parse(USD).table.drop(columns="reference"))
    assert parsed.notes == ("period 2031-08: as given with --period",)
    with pytest.raises(SourceError, match="its title says month 7"):
        parse(USD, no_month, hints=Hints(period="2031-07"))


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


def outcome(content: bytes, name: str) -> str:
    """Return the one line of an error, or nothing where the file is read."""
    try:
        parsed = gacc.parse(content, name)
    except SourceError as error:
        return str(error)
    return "" if parsed.rows_read >= len(parsed.table) else "more rows\nthan figures"


PIECES = [b"<td>", b"</tr>", b"<table>", b"&#0;", b'colspan="3"', b"-", b"1e5", b"<", b"\xff", "年".encode()]
FILES = ["table4_cny.html", "table4_janfeb_usd.html", "bulletin2_usd.html", "index.html", "bulletin2_cny.xls"]


@settings(max_examples=250, deadline=None)
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


def plain_reading(page: str) -> dict[str, list[float]]:
    """Read a real page again with regular expressions alone: the first six figures of each label."""
    found = {}
    for row in re.findall(r"<tr.*?</tr>", page[page.index("atcl-cnt") :], re.DOTALL):
        cells = [
            html.unescape(re.sub(r"<[^>]+>", "", cell)).strip() for cell in re.findall(r"<td.*?</td>", row, re.DOTALL)
        ]
        if len(cells) == 10 and re.fullmatch(r"[\d,.]+", cells[1]) and "." in cells[1]:
            found[cells[0].removeprefix("of which: ")] = [float(cell.replace(",", "")) for cell in cells[1:7]]
    return found


@pytest.mark.skipif(not REAL.exists(), reason="the real files are not at hand")
def test_real_page_of_march_2026_agrees_with_a_plain_reading() -> None:
    """All 180 figures: 150 of partners, 30 of groups; Russia 64.98 bn exports and 88.56 bn yuan imports."""
    file = REAL / "table4_by_country_2026-03_cny.html"
    parsed = gacc.parse(file.read_bytes(), file.name)
    again = plain_reading(file.read_text(encoding="utf-8"))
    kept = [round(value * 1e8) for values in again.values() for value in values]
    groups = [label.removeprefix("group ") for label in parsed.left_out]
    dropped = [round(value * 1e8) for label in groups for value in again[label]]
    assert len(kept) == 180
    assert sorted(kept) == sorted([*map(int, parsed.table["value"]), *dropped])
    assert parsed.refused == ()
    march = {flow: value for (flow, span), value in russia(parsed).items() if span == "202603-202603"}
    assert march == {"total": 153_540_000_000.0, "export": 64_980_000_000.0, "import": 88_560_000_000.0}
    assert f"{only(parsed, 'released'):%Y-%m-%d}" == "2026-04-08"


@pytest.mark.skipif(not REAL.exists(), reason="the real files are not at hand")
def test_real_pages_without_a_table_are_refused_for_the_right_reason() -> None:
    """The index is an index with fourteen kinds of links; January 2018 is a picture."""
    index = (REAL / "preliminary_index_2026.html").read_bytes()
    with pytest.raises(SourceError, match="an index of tables"):
        gacc.parse(index, "preliminary_index_2026.html")
    links = [link for link in gacc.index_links(index) if link[0].startswith("(4)")]
    assert [link[1:4] for link in links] == [(2026, 2, "CNY"), (2026, 3, "CNY"), (2026, 2, "USD"), (2026, 3, "USD")]
    assert links[1][4] == "http://english.customs.gov.cn/Statics/2e61c8a1-17b2-4074-b909-c039ccf8c8fb.html"
    picture = (REAL / "table4_by_country_2018-01_cny.html").read_bytes()
    with pytest.raises(SourceError, match="its table is a picture"):
        gacc.parse(picture, "table4_by_country_2018-01_cny.html")


@pytest.mark.skipif(not REAL.exists(), reason="the real files are not at hand")
def test_real_list_of_links_is_read() -> None:
    """The format of the list pages gives title, August 2026, US dollars and address."""
    content = (SHARED / "api" / "gacc" / "english_index_anchor_format.txt").read_bytes()
    assert [link[1:4] for link in gacc.index_links(content)] == [(2026, 8, "USD")]
