"""Tests of customs' tables by country: the figures that they give."""

from __future__ import annotations

import re

import pytest

from loaders.core.source import Hints, SourceError
from loaders.sources.china_customs import source as gacc
from tests.loaders.support.gacc_files import EXPRESS, HEADS, LINE, RECORDED, USD, only, russia, text, xlsx
from tests.loaders.support.gacc_files import page as parse


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
    assert parsed.left_out == {"group Asia": 6, "group Europe": 6, "unknown partner Atlantis": 4}
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


def test_months_above_the_flows_are_understood_too() -> None:
    """Where a month stands once above exports and imports, each column still has its own."""
    heads: list[list[object]] = [
        ["国别", "6月", None, None, "1至6月", None, None, "累计比去年同期±％", None, None],
        [None, *["进出口", "出口", "进口"] * 3],
    ]
    line: list[object] = ["俄罗斯", 30, 10, 20, 300, 100, 200, "1", "2", "3"]
    assert russia(gacc.parse(xlsx(EXPRESS, "单位：百万美元", heads, line), "x.xlsx")) == {
        ("total", "203106-203106"): 30e6,
        ("export", "203106-203106"): 10e6,
        ("import", "203106-203106"): 20e6,
        ("total", "203101-203106"): 300e6,
        ("export", "203101-203106"): 100e6,
        ("import", "203101-203106"): 200e6,
    }


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


def test_a_page_without_its_month_takes_the_readers() -> None:
    """Where the title says no month, --period does, and it must be the month of the columns."""
    no_month = (", August 2031 (in USD)", " (in USD)")
    parsed = parse(USD, no_month, hints=Hints(period="2031-08"))
    assert parsed.table.drop(columns="reference").equals(parse(USD).table.drop(columns="reference"))
    assert parsed.notes == ("period 2031-08: as given with --period",)
    with pytest.raises(SourceError, match="its title says month 7"):
        parse(USD, no_month, hints=Hints(period="2031-07"))
