"""Tests of the customs query's CSV."""

from __future__ import annotations

import csv
import io
from collections import defaultdict
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from loaders import gacc, gacc_lines
from loaders.source import Hints, Parsed, SourceError

RECORDED = Path(__file__).parents[1] / "recorded" / "gacc"
SHARED = Path(__file__).parents[3] / "shared" / "customs" / "gacc"
IMPORT = Hints(flow="import")
COLUMNS = "数据年月 贸易伙伴编码 贸易伙伴名称 商品编码 商品名称 第一数量 第一计量单位 第二数量 第二计量单位 人民币"
HEAD = "".join(f'"{column}",' for column in COLUMNS.split())
ROW = '"202403","344","俄罗斯联邦","27090000","石油原油","900","千克","0","?","1,234",'


def parse(file: str, hints: Hints = IMPORT) -> Parsed:
    """Parse a recorded file."""
    return gacc.parse((RECORDED / file).read_bytes(), file, hints)


def lines(*rows: str, head: str = HEAD, name: str = "x.csv", hints: Hints = IMPORT) -> Parsed:
    """Parse rows under a header, in GB18030 with Windows line ends."""
    return gacc.parse("\r\n".join([head, *rows, ""]).encode("gb18030"), name, hints)


def figures(parsed: Parsed, *columns: str) -> list[tuple[Any, ...]]:
    """Return columns of a table as plain tuples."""
    return list(parsed.table[list(columns)].astype("object").itertuples(index=False, name=None))


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
    found = gacc.parse(content, "query_zh_import.csv")
    assert found.table.equals(parse("query_zh_import.csv").table)


@pytest.mark.parametrize("mark", [";", "\t"])
def test_other_delimiters_are_read(mark: str) -> None:
    """A file that Excel saved with semicolons or tabs is read too."""
    rows = csv.reader(io.StringIO((RECORDED / "query_zh_import.csv").read_bytes().decode("gb18030")))
    text = "\n".join(mark.join(cells) for cells in rows)
    assert gacc.parse(text.encode(), "query_zh_import.csv").table.equals(parse("query_zh_import.csv").table)


def test_classification_follows_the_year() -> None:
    """The first six digits are of the edition in force: 2012, 2017, 2022; a period across two has none."""
    rows = [ROW.replace("202403", month) for month in ("201612", "201701", "202112", "202201", "202112-202201")]
    found = lines(*rows).table["classification"].tolist()
    assert found == ["HS2012", "HS2017", "HS2017", "HS2022", "HS"]


@pytest.mark.parametrize(
    ("row", "why"),
    [
        (HEAD, "row 3: '商品编码' is the header again"),
        (ROW.replace("27090000", "2709000"), "row 3: '2709000' is no commodity code"),
        (ROW.replace("27090000", "=2709000"), "row 3: '=2709000' is no commodity code"),
        (ROW.replace("27090000", ""), "row 3: '' is no commodity code"),
        (ROW.replace("344", "34"), "row 3: '34' is no partner number"),
        (ROW.replace("202403", "202313"), "row 3: '202313' is no month"),
        (ROW.replace("202403", "2024"), "row 3: '2024' is no month"),
        (ROW.replace("202403", "24-03"), "row 3: '24-03' is no month"),
        (ROW.replace("202403", ""), "row 3: '' is no month"),
        (ROW.replace("1,234", "n/a"), "row 3: 'n/a' is no number"),
        (ROW.replace("1,234", "1,23"), "row 3: '1,23' is no number"),
        (ROW.replace("1,234", "1.234.567"), "row 3: '1.234.567' is no number"),
        (ROW.replace("1,234", "NaN"), "row 3: 'NaN' is no number"),
        (ROW.replace("1,234", "inf"), "row 3: 'inf' is no number"),
        (ROW.replace("1,234", "1e999"), "row 3: '1e999' is no number"),
        (ROW.replace("1,234", "@1"), "row 3: '@1' is no number"),
        (ROW.replace("1,234", "-5"), "row 3: '-5' is less than zero"),
        (ROW.replace("1,234", ""), "row 3: '' is no value"),
        (ROW.replace('"900"', '"many"'), "row 3: 'many' is no number"),
        (ROW.replace('"900"', '"-9"'), "row 3: '-9' is less than zero"),
        (ROW + '"5"', "row 3: more filled cells"),
        (ROW + '"","5"', "row 3: more filled cells"),
        ('"202403","344"', "row 3: '' is no commodity code"),
    ],
)
def test_bad_rows_are_refused_by_name(row: str, why: str) -> None:
    """A row that is no figure is named with its number and reason; the good rows beside it stand."""
    good = ROW.replace("202403", "202404")
    parsed = lines(good, row, good.replace("202404", "202405"))
    assert len(parsed.refused) == 1
    assert parsed.refused[0].startswith("x.csv, " + why)
    assert len(parsed.table) == 2
    assert parsed.rows_read == 3


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


@pytest.mark.parametrize("column", ["商品编码", "人民币"])
def test_a_missing_column_is_named(column: str) -> None:
    """Without the code or the value there is nothing to read, and the line says which column."""
    at = HEAD.split(",").index(f'"{column}"')
    rows = [",".join(cell for place, cell in enumerate(row.split('",')) if place != at) for row in (HEAD, ROW)]
    head = ",".join(cell for cell in HEAD.split(",") if cell != f'"{column}"')
    assert gacc.recognises(head.encode())
    with pytest.raises(SourceError, match=f"row 1: .*{column}"):
        gacc.parse("\n".join([head, rows[1]]).encode(), "进口.csv")


def test_without_a_partner_column_the_table_is_about_the_world() -> None:
    """Numbers and names both absent, the partner is WLD."""
    parsed = lines('"202403","27090000","5",', head='"数据年月","商品编码","美元",')
    assert figures(parsed, "partner", "currency", "value") == [("WLD", "USD", 5.0)]


@pytest.mark.parametrize(
    ("head", "why"),
    [
        (HEAD.replace("人民币", "万美元"), "unit of column '万美元' is not known"),
        (HEAD.replace("第二数量", "人民币"), "'人民币' is there twice"),
        ("a,b,c", "no header of the customs query"),
    ],
)
def test_a_header_that_cannot_be_trusted_is_refused(head: str, why: str) -> None:
    """An unknown unit, a column twice or another table altogether ends with one line."""
    with pytest.raises(SourceError, match=why):
        lines(ROW, head=head)


def test_header_only_is_refused() -> None:
    """A file without rows says so."""
    with pytest.raises(SourceError, match="holds a header and no rows"):
        lines()


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "is empty"),
        (b" \r\n\r\n", "is empty"),
        (b"\x89PNG\r\n\x1a\n" + bytes(range(256)), "NUL|no header"),
        (HEAD.encode() + b"\n" + ROW.encode() + b"\n\0", "NUL"),
        (HEAD.encode() + b"\n" + ROW.encode("gb18030"), "row 2: not utf-8 text like the header"),
        (HEAD.encode() + b"\n" + ROW.encode()[:-3], "row 2: not a line of a CSV"),
        (HEAD.encode() + b'\n"' + b"x" * 200_000 + b'",', "row 2: not a line of a CSV"),
        (b'{"statusCode":401,"message":"Access denied"}', "no header of the customs query"),
    ],
)
def test_what_is_no_such_file_ends_in_one_line(content: bytes, why: str) -> None:
    """Empty files, images, mixed encodings, open quotes, endless lines and error bodies are named in one line."""
    with pytest.raises(SourceError, match=why) as caught:
        gacc.parse(content, "进口.csv")
    assert "\n" not in str(caught.value)


def as_arrow(content: bytes) -> gacc_lines.Lines | None:
    """Read with the reader for large files, whatever the size."""
    return gacc_lines._fast(gacc_lines.header(content, "x.csv"))


CELL = st.text(st.characters(codec="gb18030", exclude_characters='\0"'), max_size=6)
PARTNER = st.sampled_from(["344", "110", "502", "116", " 344", "701", "", "x", "34"])
CODE = st.sampled_from(["27090000", "01012100", " 2709", "27", "", "x", "123"])
LINE = st.tuples(st.sampled_from(["202403", "", "x"]), PARTNER, CELL, CODE, CELL, CELL, CELL, CELL, CELL, CELL)


@settings(max_examples=200, deadline=None)
@given(st.lists(LINE, min_size=1, max_size=8), st.sampled_from(["gb18030", "utf-8"]), st.sampled_from(["\n", "\r\n"]))
def test_large_files_are_read_as_small_ones(rows: list[tuple[str, ...]], encoding: str, end: str) -> None:
    """The reader for large files keeps exactly the rows of the plain one, line ends inside quotes included."""
    text = end.join([HEAD, *(",".join(f'"{cell}"' for cell in row) + "," for row in rows), ""])
    content = text.encode(encoding)
    fast, slow = as_arrow(content), gacc_lines._slow(gacc_lines.header(content, "x.csv"))
    if fast is None:
        return
    assert fast.cells.to_dict("list") == slow.cells.to_dict("list")
    assert (fast.left_out, fast.read, fast.refused) == (slow.left_out, slow.read, slow.refused)


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


def outcome(content: bytes) -> str:
    """Return the one line of an error, or nothing where the file is read."""
    try:
        parsed = gacc.parse(content, "query_zh_import.csv", IMPORT)
    except SourceError as error:
        return str(error)
    return "" if parsed.rows_read >= len(parsed.table) else "more rows\nthan lines"


GOOD = (RECORDED / "query_zh_import.csv").read_bytes()


@settings(max_examples=300, deadline=None)
@given(st.data())
def test_a_broken_file_raises_nothing_else(data: st.DataObject) -> None:
    """Bytes cut out, put in or changed anywhere give rows or one line, never another exception."""
    content = bytearray(GOOD)
    for _ in range(data.draw(st.integers(1, 6))):
        at = data.draw(st.integers(0, len(content)))
        cut = data.draw(st.integers(0, 12))
        content[at : at + cut] = data.draw(st.binary(max_size=4) | st.sampled_from([b'"', b",", b"\n", b"-", b"9e9"]))
    told = outcome(bytes(content))
    assert "\n" not in told


def plain_reading(file: Path) -> dict[tuple[str, str, str], tuple[float, float]]:
    """Read a real file again with loops alone: value and first quantity by month, partner and code."""
    rows = csv.reader(io.StringIO(file.read_bytes().decode("gb18030")))
    head = next(rows)
    found: dict[tuple[str, str, str], tuple[float, float]] = defaultdict(lambda: (0.0, 0.0))
    for cells in rows:
        row = dict(zip(head, cells, strict=True))
        key = (row["数据年月"], row.get("贸易伙伴编码", ""), row["商品编码"])
        value = float((row.get("美元") or row["人民币"]).replace(",", ""))
        found[key] = (found[key][0] + value, found[key][1] + float(row["第一数量"]))
    return found


@pytest.mark.skipif(not SHARED.exists(), reason="the real files are not at hand")
def test_real_crude_file_agrees_with_a_plain_reading() -> None:
    """All twelve months of crude imports, value and weight, equal a second reading of the file."""
    file = SHARED / "crude_imports_2024_usd.csv"
    parsed = gacc.parse(file.read_bytes(), file.name)
    found = {
        (f"{row.period_start:%Y%m}", "", str(row.commodity_code)): (row.value, row.net_weight_kg)
        for row in parsed.table.itertuples()
    }
    assert found == dict(plain_reading(file))
    assert len(found) == 12
    assert f"{parsed.table['value'].sum() / 1e9:.4f}" == "325.1867"
    assert set(parsed.table["partner"]) == {"WLD"}


@pytest.mark.skipif(not SHARED.exists(), reason="the real files are not at hand")
@pytest.mark.parametrize("file", ["online_query_gbk_2024_import.csv", "online_query_gbk_2024_export.csv"])
def test_real_soybean_files_are_read_and_left_out(file: str) -> None:
    """Soybeans of partners that the project does not keep: every row is counted and none stored."""
    parsed = gacc.parse((SHARED / file).read_bytes(), file)
    assert len(parsed.table) == 0
    assert parsed.refused == ()
    assert sum(parsed.left_out.values()) == parsed.rows_read == len(plain_reading(SHARED / file))


@pytest.mark.skipif(not SHARED.exists(), reason="the real files are not at hand")
def test_real_file_without_a_flow_is_refused() -> None:
    """The file of 2023 says nowhere whether it holds imports, so the reader must."""
    file = SHARED / "online_query_gbk_2023.csv"
    with pytest.raises(SourceError, match="--flow import or --flow export"):
        gacc.parse(file.read_bytes(), file.name)
    assert gacc.parse(file.read_bytes(), file.name, IMPORT).rows_read == 40


@pytest.mark.skipif(not SHARED.exists(), reason="the real files are not at hand")
def test_real_list_of_codes_is_no_trade() -> None:
    """The list of provinces that is named like a list of partners is not recognised as trade."""
    content = (SHARED / "partner_codes_excerpt.csv").read_bytes()
    assert not gacc.recognises(content)
    with pytest.raises(SourceError, match="商品编码"):
        gacc.parse(content, "partner_codes_excerpt.csv")
