"""Tests of the customs query's CSV: the figures that it gives."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

import pytest

from loaders.core.source import Hints, SourceError
from loaders.sources.china_customs import source as gacc
from tests.loaders.support.bring import Desk
from tests.loaders.support.gacc_files import IMPORT, RECORDED, ROW, figures, lines
from tests.loaders.support.gacc_files import query as parse

if TYPE_CHECKING:
    from pathlib import Path


def test_chinese_file_gives_its_figures() -> None:
    """Value, currency, partner, month, code and edition stand in the row as the file has them."""
    parsed = parse("query_zh_import.csv", Hints())
    row = parsed.table.iloc[0]
    assert (row["partner"], row["flow"], row["commodity_code"], row["classification"]) == (
        "RUS",
        "import",
        "27090000",
        "HS2022",
    )
    assert (row["value"], row["currency"], row["valuation"], row["status"]) == (36_123_456.0, "CNY", "CIF", "final")
    assert f"{row['period_start']:%Y-%m} {row['period_end']:%Y-%m}" == "2024-03 2024-03"
    assert row["reference"] == "query_zh_import.csv, row 2"
    assert parsed.rows_read == 7
    assert parsed.refused == ()


def test_partner_numbers_are_customs_own() -> None:
    """344 is Russia and 110 Hong Kong; what is out of scope is counted by partner."""
    parsed = parse("query_zh_import.csv")
    assert parsed.table["partner"].astype("str").value_counts().to_dict() == {"RUS": 3, "HKG": 1, "KAZ": 1, "USA": 1}
    assert parsed.left_out == {"partner USA": 1}
    usa = parsed.table[parsed.table["partner"] == "USA"]
    assert usa["commodity_code"].tolist() == ["27111100"]


def test_kilograms_are_weight_and_the_other_unit_is_quantity() -> None:
    """The unit of each quantity decides: kilograms in either column are the weight, others stay with their unit."""
    rows = figures(parse("query_zh_import.csv"), "net_weight_kg", "quantity", "quantity_unit")
    assert rows[0] == (9_000_000.0, 64_800.0, "桶")
    assert rows[1] == (1500.0, 3.0, "头")


def test_zero_beside_a_value_is_missing() -> None:
    """Neither a zero weight nor a zero quantity is kept beside a positive value."""
    parsed = parse("query_zh_import.csv")
    assert parsed.table["net_weight_kg"].isna().tolist() == [False, False, True, True, False, False]
    assert parsed.table["quantity"].isna().tolist() == [False, False, True, True, True, False]
    kept = lines('"202403","344","","27090000","","0","千克","0","?","0",')
    assert kept.table["net_weight_kg"].tolist() == [0.0]


def test_english_twin_gives_the_same() -> None:
    """English headings, a comma of double width in GB18030 and Kilogram are read like the Chinese ones."""
    rows = figures(parse("query_en.csv"), "partner", "currency", "value", "net_weight_kg", "quantity", "quantity_unit")
    assert rows[0][:4] == ("RUS", "USD", 315_286.0, 81_782.0)
    assert rows[1][0] == "HKG"
    assert rows[2][3:] == (18_000.0, 12.0, "Unit")


def test_both_currencies_are_two_rows() -> None:
    """A file with yuan and dollars gives a row in each; without a partner it is about the world."""
    parsed = parse("出口202403.csv", Hints())
    rows = figures(parsed, "partner", "flow", "commodity_code", "currency", "value")
    assert rows == [
        ("WLD", "export", "27090000", "CNY", 7100.0),
        ("WLD", "export", "27101210", "CNY", 4970.0),
        ("WLD", "export", "27090000", "USD", 1000.0),
        ("WLD", "export", "27101210", "USD", 700.0),
    ]
    assert parsed.notes == (
        "flow export: from the word '出口' in the file's name",
        "period 2024-03: from the file's name",
    )


def test_parts_are_summed_to_the_key() -> None:
    """Rows by regime and province become one row a figure: 1,000 + 2,500 + 1,500 = 5,000, marked as our sum."""
    parsed = parse("query_zh_split.csv")
    rows = figures(parsed, "commodity_code", "value", "net_weight_kg", "quantity", "status")
    assert rows[0] == ("44071900", 5000.0, 175.0, 6.0, "derived")
    assert rows[1][:2] == ("03036700", 10_000.0)
    assert parsed.table["reference"].iloc[0] == "query_zh_split.csv, row 2, sum of 3"
    assert any("summed" in note for note in parsed.notes)


def test_sum_lacks_what_a_part_lacks() -> None:
    """Where one part has no weight there is no weight of the sum."""
    assert parse("query_zh_split.csv").table["net_weight_kg"].isna().tolist() == [False, True]


SPLIT = '"数据年月","贸易伙伴编码","商品编码","贸易方式编码","人民币",'


@pytest.mark.parametrize(
    ("rows", "why"),
    [
        (['"202403","344","27090000","10","1",', '"202403","344","27090000","14","n/a",'], "row 3: 'n/a' is no number"),
        (['"202403","344","27090000","10","1",', '"202403","344","27090000","10","2",'], "rows 2 and 3: the same part"),
        (['"202403","344","27090000","10","1",'] * 10_000, "10,000 rows are all that the query gives"),
    ],
)
def test_no_sum_of_parts_that_are_not_sure(rows: list[str], why: str) -> None:
    """A bad part, a part with two values or a list that is cut off makes no sum."""
    with pytest.raises(SourceError, match=why):
        lines(*rows, head=SPLIT)


def test_a_part_that_is_there_twice_counts_once() -> None:
    """An identical line is a duplicate, not a part."""
    row = '"202403","344","27090000","10","5",'
    assert lines(row, row, '"202403","344","27090000","14","2",', head=SPLIT).table["value"].tolist() == [7.0]


@pytest.mark.parametrize("encoding", ["gb18030", "utf-8", "utf-8-sig", "utf-16"])
def test_any_of_the_usual_encodings_is_read(encoding: str) -> None:
    """As downloaded or as saved by Excel, the figures and units are the same."""
    text = (RECORDED / "query_zh_import.csv").read_bytes().decode("gb18030")
    content = text.encode(encoding)
    assert gacc.recognises(content[:65536])
    parsed = gacc.parse(content, "query_zh_import.csv")
    assert parsed.table.equals(parse("query_zh_import.csv").table)


@pytest.mark.parametrize("mark", [";", "\t"])
def test_other_delimiters_are_read(mark: str) -> None:
    """A file that Excel saved with semicolons or tabs is read too."""
    rows = csv.reader(io.StringIO((RECORDED / "query_zh_import.csv").read_bytes().decode("gb18030")))
    text = "\n".join(mark.join(cells) for cells in rows)
    assert gacc.parse(text.encode(), "query_zh_import.csv").table.equals(parse("query_zh_import.csv").table)


def test_classification_follows_the_year() -> None:
    """The first six digits are of the edition in force: 2012, 2017, 2022; a period across two has none."""
    rows = [ROW.replace("202403", month) for month in ("201612", "201701", "202112", "202201", "202112-202201")]
    editions = lines(*rows).table["classification"].tolist()
    assert editions == ["HS2012", "HS2017", "HS2017", "HS2022", "HS"]


def test_a_quantity_without_a_unit_is_not_read() -> None:
    """A cell beside no unit says nothing, and a bad quantity elsewhere is still found in its row."""
    free = ROW.replace("202403", "202404").replace("千克", "?").replace('"900"', '"many"')
    parsed = lines(free, ROW.replace('"900"', '"many"'), ROW.replace("202403", "202405"))
    assert parsed.refused == ("x.csv, row 3: 'many' is no number",)
    assert parsed.table["net_weight_kg"].isna().tolist() == [True, False]


def test_two_values_for_one_key_are_both_refused() -> None:
    """The same key with two values is named with both rows; an identical row counts once."""
    parsed = lines(ROW, ROW.replace("1,234", "1,235"), ROW.replace("202403", "202404"), ROW.replace("202403", "202404"))
    assert parsed.table["value"].tolist() == [1234.0]
    assert "rows 2 and 3" in parsed.refused[0]


def test_groups_of_partners_are_no_country() -> None:
    """Numbers of remainders, such as 701 for an unknown country, are counted apart."""
    parsed = lines(ROW, ROW.replace("344", "701"))
    assert parsed.left_out == {"partner 701": 1}
    assert parsed.table["partner"].tolist() == ["RUS"]


def test_partners_by_name_alone_are_read() -> None:
    """A file with names and no numbers is not taken for the world."""
    head = '"数据年月","贸易伙伴名称","商品编码","美元",'
    parsed = lines(
        '"202403","俄罗斯联邦","27090000","5",',
        '"202403","某国","27090000","6",',
        head=head,
        name="进口.csv",
        hints=Hints(),
    )
    assert figures(parsed, "partner", "value") == [("RUS", 5.0)]
    assert parsed.refused == ("进口.csv, row 3: '某国' is no partner that a list here knows",)


def test_without_a_partner_column_the_table_is_about_the_world() -> None:
    """Numbers and names both absent, the partner is WLD."""
    parsed = lines('"202403","27090000","5",', head='"数据年月","商品编码","美元",')
    assert figures(parsed, "partner", "currency", "value") == [("WLD", "USD", 5.0)]


def test_a_split_file_is_imported_whole(tmp_path: Path) -> None:
    """Rows that are added up are accounted for as merged, so that nothing seems lost and the sums are stored."""
    desk = Desk(tmp_path, sources=(gacc.SOURCE,))
    content = (RECORDED / "query_zh_split.csv").read_bytes()
    assert desk.bring(desk.file("split.csv", content), hints=IMPORT) == 0
    assert "6 rows read, 2 in scope, 2 new" in desk.out
    assert "3 repeated or summed into others" in desk.out
    assert sorted(desk.values("gacc")) == [5000.0, 10000.0]


def test_a_line_in_two_currencies_holds_two_figures() -> None:
    """Both are counted: a figure that got lost would show."""
    parsed = lines('"202403","344","27090000","7","50",', head='"数据年月","贸易伙伴编码","商品编码","美元","人民币",')
    assert (parsed.rows_read, len(parsed.table)) == (2, 2)
