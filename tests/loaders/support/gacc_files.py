"""Recorded and made-up files of Chinese customs, and ways to look at what they give."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from loaders.core.source import Hints, Parsed, SourceError
from loaders.sources.china_customs import source as gacc

RECORDED = Path(__file__).parents[2] / "recorded" / "gacc"
SHARED = Path(__file__).parents[4] / "shared"
REAL = SHARED / "customs" / "gacc"
with_real_files = pytest.mark.skipif(not REAL.exists(), reason="the real files are not at hand")
USD = "table4_usd.html"
IMPORT = Hints(flow="import")
COLUMNS = "数据年月 贸易伙伴编码 贸易伙伴名称 商品编码 商品名称 第一数量 第一计量单位 第二数量 第二计量单位 人民币"
HEAD = "".join(f'"{column}",' for column in COLUMNS.split())
ROW = '"202403","344","俄罗斯联邦","27090000","石油原油","900","千克","0","?","1,234",'
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


def query(file: str, hints: Hints = IMPORT) -> Parsed:
    """Parse a recorded file."""
    return gacc.parse((RECORDED / file).read_bytes(), file, hints)


def lines(*rows: str, head: str = HEAD, name: str = "x.csv", hints: Hints = IMPORT) -> Parsed:
    """Parse rows under a header, in GB18030 with Windows line ends."""
    return gacc.parse("\r\n".join([head, *rows, ""]).encode("gb18030"), name, hints)


def figures(parsed: Parsed, *columns: str) -> list[tuple[Any, ...]]:
    """Return columns of a table as plain tuples."""
    return list(parsed.table[list(columns)].astype("object").itertuples(index=False, name=None))


def text(file: str) -> str:
    """Return a recorded page."""
    return (RECORDED / file).read_text(encoding="utf-8")


def page(file: str, *changes: tuple[str, str], hints: Hints | None = None) -> Parsed:
    """Parse a recorded page after replacing words of it; every word must be there."""
    markup = text(file)
    for old, new in changes:
        assert old in markup
        markup = markup.replace(old, new)
    return gacc.parse(markup.encode(), file, hints or Hints())


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


def outcome(content: bytes, name: str, hints: Hints | None = None) -> str:
    """Return the one line of an error, or nothing where the file is read."""
    try:
        parsed = gacc.parse(content, name, hints or Hints())
    except SourceError as error:
        return str(error)
    return "" if parsed.rows_read >= len(parsed.table) else "more rows\nthan figures"
