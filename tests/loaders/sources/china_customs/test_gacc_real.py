"""Tests on real files of Chinese customs, against a second reading by plain loops."""

from __future__ import annotations

import csv
import html
import io
import re
from collections import defaultdict
from typing import TYPE_CHECKING

import pytest

from loaders.core.source import SourceError
from loaders.sources.china_customs import source as gacc
from tests.loaders.support.gacc_files import IMPORT, REAL, SHARED, only, russia, with_real_files

if TYPE_CHECKING:
    from pathlib import Path


def plain_reading(page: str) -> dict[str, list[float]]:
    """Read a real page again with regular expressions alone: the first six figures of each label."""
    figures = {}
    for row in re.findall(r"<tr.*?</tr>", page[page.index("atcl-cnt") :], re.DOTALL):
        cells = [
            html.unescape(re.sub(r"<[^>]+>", "", cell)).strip() for cell in re.findall(r"<td.*?</td>", row, re.DOTALL)
        ]
        if len(cells) == 10 and re.fullmatch(r"[\d,.]+", cells[1]) and "." in cells[1]:
            figures[cells[0].removeprefix("of which: ")] = [float(cell.replace(",", "")) for cell in cells[1:7]]
    return figures


@with_real_files
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


@with_real_files
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


@with_real_files
def test_real_list_of_links_is_read() -> None:
    """The format of the list pages gives title, August 2026, US dollars and address."""
    content = (SHARED / "api" / "gacc" / "english_index_anchor_format.txt").read_bytes()
    assert [link[1:4] for link in gacc.index_links(content)] == [(2026, 8, "USD")]


def plain_lines(file: Path) -> dict[tuple[str, str, str], tuple[float, float]]:
    """Read a real file again with loops alone: value and first quantity by month, partner and code."""
    rows = csv.reader(io.StringIO(file.read_bytes().decode("gb18030")))
    head = next(rows)
    sums: dict[tuple[str, str, str], tuple[float, float]] = defaultdict(lambda: (0.0, 0.0))
    for cells in rows:
        row = dict(zip(head, cells, strict=True))
        key = (row["数据年月"], row.get("贸易伙伴编码", ""), row["商品编码"])
        value = float((row.get("美元") or row["人民币"]).replace(",", ""))
        sums[key] = (sums[key][0] + value, sums[key][1] + float(row["第一数量"]))
    return sums


@with_real_files
def test_real_crude_file_agrees_with_a_plain_lines() -> None:
    """All twelve months of crude imports, value and weight, equal a second reading of the file."""
    file = REAL / "crude_imports_2024_usd.csv"
    parsed = gacc.parse(file.read_bytes(), file.name)
    figures = {
        (f"{row.period_start:%Y%m}", "", str(row.commodity_code)): (row.value, row.net_weight_kg)
        for row in parsed.table.itertuples()
    }
    assert figures == dict(plain_lines(file))
    assert len(figures) == 12
    assert f"{parsed.table['value'].sum() / 1e9:.4f}" == "325.1867"
    assert set(parsed.table["partner"]) == {"WLD"}


@with_real_files
@pytest.mark.parametrize("file", ["online_query_gbk_2024_import.csv", "online_query_gbk_2024_export.csv"])
def test_real_soybean_files_are_read_and_left_out(file: str) -> None:
    """Soybeans of partners that the project does not keep: every row is counted and none stored."""
    parsed = gacc.parse((REAL / file).read_bytes(), file)
    assert len(parsed.table) == 0
    assert parsed.refused == ()
    assert sum(parsed.left_out.values()) == parsed.rows_read == len(plain_lines(REAL / file))


@with_real_files
def test_real_file_without_a_flow_is_refused() -> None:
    """The file of 2023 says nowhere whether it holds imports, so the reader must."""
    file = REAL / "online_query_gbk_2023.csv"
    with pytest.raises(SourceError, match="--flow import or --flow export"):
        gacc.parse(file.read_bytes(), file.name)
    assert gacc.parse(file.read_bytes(), file.name, IMPORT).rows_read == 40


@with_real_files
def test_real_list_of_codes_is_no_trade() -> None:
    """The list of provinces that is named like a list of partners is not recognised as trade."""
    content = (REAL / "partner_codes_excerpt.csv").read_bytes()
    assert not gacc.recognises(content)
    with pytest.raises(SourceError, match="商品编码"):
        gacc.parse(content, "partner_codes_excerpt.csv")
