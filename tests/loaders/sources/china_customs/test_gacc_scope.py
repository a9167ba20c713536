"""Of Chinese customs' tables only those of all China's trade are read: titles are known whole or refused."""

from __future__ import annotations

from types import MappingProxyType

import pandas as pd
import pytest

from loaders.core import import_marks, schema
from loaders.core.source import Download, KnownBefore, SourceError
from loaders.sources.china_customs import requests as gacc_fetch
from loaders.sources.china_customs import source as gacc
from loaders.sources.china_customs import titles as gacc_titles
from tests.loaders.support.gacc_files import EXPRESS, HEADS, LINE, USD, only, text, xlsx
from tests.loaders.support.gacc_files import page as parse

NATIONAL = "China's Total Export & Import Values by Country/Region, August 2031 (in USD)"


@pytest.mark.parametrize(
    "title",
    [
        "Heilongjiang's Total Export & Import Values by Country/Region, August 2031 (in USD)",
        "Inner Mongolia Total Export & Import Values by Country/Region, August 2031 (in USD)",
        "China's Total Export & Import Values by Country/Region, Processing Trade, August 2031 (in USD)",
        "Total Export & Import Values of Foreign-invested Enterprises by Country/Region, August 2031 (in USD)",
        "China's Total Export Values of Mechanical Products by Country/Region, August 2031 (in USD)",
        "China's Total Export & Import Values by Country/Region, Manzhouli Customs, August 2031 (in USD)",
    ],
)
def test_a_page_of_less_than_china_is_refused(title: str) -> None:
    """A province, a district, a mode of trade, a kind of firm: no total of China's."""
    with pytest.raises(SourceError, match="not of all China's trade"):
        parse(USD, (NATIONAL, title))


@pytest.mark.parametrize(
    "title",
    [
        "满洲里海关2031年6月进出口商品主要国别（地区）总值表（美元值）",
        "黑龙江省2031年6月进出口商品主要国别（地区）总值表（美元值）",
        "2031年6月内蒙古进出口商品主要国别（地区）总值表（美元值）",
        "2031年6月加工贸易进出口商品主要国别（地区）总值表（美元值）",
        "2031年6月外商投资企业进出口商品主要国别（地区）总值表（美元值）",
    ],
)
def test_a_sheet_of_less_than_china_is_refused(title: str) -> None:
    """The same in Chinese."""
    with pytest.raises(SourceError, match="not of all China's trade"):
        gacc.parse(xlsx(title, "单位：百万美元", HEADS, LINE), "x.xlsx")


@pytest.mark.parametrize(
    "row", ["黑龙江省", "哈尔滨海关", "贸易方式：加工贸易", "Trade mode: processing trade", "Heilongjiang"]
)
def test_a_row_beside_the_title_narrows_it(row: str) -> None:
    """A national title over a row that names a part of the trade is not national."""
    content = xlsx(EXPRESS, "单位：百万美元", [[row], *HEADS], LINE)
    with pytest.raises(SourceError, match="not of all China's trade"):
        gacc.parse(content, "x.xlsx")


@pytest.mark.parametrize(
    "title",
    [
        "(4) China's Total Export & Import Values by Country/Region, Mar 2026 (in CNY)",
        "(4) China’s Total Export & Import Values by Country/Region, January-February 2031 (in USD)",
        "China's Total Value of Imports and Exports by Major Country (Region), Jan. 2018",
        "(2) Imports and Exports by Country (Region) of Origin/Destination, 7.2031",
        "China's Total Value of Imports and Exports by Major Country (Region), Mar. 2018 2018-04-08",
        "China's Major Imports by Quantity and Value, Mar 2026 (in USD)",
        "（4）2031年6月进出口商品主要国别（地区）总值表（美元值）",
        "（2）2024年3月进出口商品国别（地区）总值表（人民币值）",
        "2024年1至3月进出口商品国别（地区）总值表（人民币值）",
    ],
)
def test_titles_of_the_national_tables_are_known(title: str) -> None:
    """What customs print over the table of all China."""
    assert gacc_titles.is_national(title)


def test_a_date_in_the_title_is_the_release() -> None:
    """A page dated in its title takes that day, not the day on which it was brought."""
    markup = text(USD).replace(NATIONAL, f"{NATIONAL} 2031-09-08")
    for old in ("atcl-date", "PubDate"):
        markup = markup.replace(old, "none")
    assert only(gacc.parse(markup.encode(), USD), "released") == pd.Timestamp("2031-09-08")


def test_an_imported_month_is_still_asked_for() -> None:
    """A refresh asks for a month that only an import brought: the import may be anything."""
    index = (
        "<table><tr><td>China's Total Export & Import Values by Country/Region (in USD)</td>"
        '<td><a href="/statics/a.html">Aug</a></td></tr></table><select><option selected value="2031">'
    )
    brought = parse(USD).table
    brought = schema.dated(brought, pd.Timestamp("2031-09-10"))
    for stored, asked in ((brought, 0), (import_marks.mark(brought, USD, pd.Timestamp("2031-09-10")), 1)):
        plan = gacc_fetch.fetch(KnownBefore(stored, pd.Timestamp("2031-09-10"), taken=MappingProxyType({})))
        call = next(plan)
        answer = Download(call.name, "u", index.encode(), 200, pd.Timestamp("2031-09-10"))
        calls = []
        try:
            calls.append(plan.send(answer))
            while True:
                calls.append(plan.send(None))
        except StopIteration:
            pass
        assert sum(one.name.startswith("by-country-2031") for one in calls) == asked
