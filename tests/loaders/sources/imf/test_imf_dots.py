"""Direction of Trade: hand-made workbooks and old CSV files, refusals, and the real workbook of Kazakhstan."""

from __future__ import annotations

import pytest

from loaders.core.source import Hints, SourceError
from loaders.sources.imf import source as imf
from tests.loaders.support import kit, layout_kit

BOOK = kit.recorded("imf", "dots.xlsx")
OLD = kit.recorded("imf", "dot_old.csv")


def test_a_workbook_has_one_country_and_a_sheet_a_flow() -> None:
    """Millions become dollars; an e in the cell or beside it is an estimate; groups are left out."""
    parsed = imf.parse(BOOK, "dots.xlsx")
    sold = kit.only(parsed, partner="CHN", period_start="2019-01-01")
    assert (sold["reporter"], sold["flow"], sold["value"], sold["status"]) == (
        "KAZ",
        "export",
        7823100000.0,
        "estimated",
    )
    bought = kit.only(parsed, partner="RUS", period_start="2019-01-01")
    assert (bought["flow"], bought["valuation"], bought["status"]) == ("import", "CIF", "estimated")
    assert kit.only(parsed, partner="RUS", period_start="2020-01-01")["status"] == "final"
    assert parsed.left_out == {"partner Euro Area": 2, "partner WLD": 2}
    assert kit.accounted(parsed) == parsed.rows_read == 8


def test_a_workbook_without_unit_or_country_is_refused() -> None:
    """Neither is guessed; the country can come by flag."""
    rows = [[None, "Exports, FOB to Partner Countries"], [None, "US Dollars, Millions"], [None, None, "2019"]]
    rows.append([None, "China, P.R.: Mainland", 5])  # type: ignore[list-item]
    nameless = layout_kit.book({"Exports, FOB": rows})
    with pytest.raises(SourceError, match="--reporter"):
        imf.parse(nameless, "d.xlsx")
    assert kit.only(imf.parse(nameless, "d.xlsx", Hints(reporter="RUS")), partner="CHN")["value"] == 5000000.0
    assert "says no unit" in kit.refusal(imf.parse, layout_kit.book({"Exports, FOB": [rows[0], *rows[2:]]}), "d.xlsx")


def test_the_old_csv_has_whole_dollars_and_its_own_periods() -> None:
    """2019M1 is a month, 2019Q1 a quarter; balances and regions are left out."""
    parsed = imf.parse(OLD, "DOT.csv")
    assert kit.only(parsed, flow="export")["value"] == 4123456789.5
    quarter = kit.only(parsed, flow="import")
    assert (f"{quarter['period_end']:%Y-%m}", quarter["status"], quarter["valuation"]) == (
        "2019-03",
        "estimated",
        "CIF",
    )
    assert kit.accounted(parsed) == parsed.rows_read == 4


def test_periods_across_have_their_status_in_a_row_of_its_own() -> None:
    """A row of statuses marks the figures of the row of values."""
    head = "Country Name,Indicator Name,Counterpart Country Name,Attribute,2018,2019\n"
    words = '"Goods, Value of Exports, Free on board (FOB), US Dollars",World'
    content = f"{head}China,{words},Value,1,2\nChina,{words},Status,,E\n".encode()
    parsed = imf.parse(content, "DOT_timeSeries.csv")
    assert parsed.table.sort_values("period_start")["status"].tolist() == ["final", "estimated"]
    assert parsed.left_out == {"status, no figure": 1}


def test_the_real_workbook_of_kazakhstan() -> None:
    """With China since 1992, the first two exports estimated; with Russia since 1994."""
    parsed = imf.parse(kit.shared("imf/dots_kazakhstan_by_area_and_country.xlsx"), "kaz.xlsx")
    first = kit.only(parsed, partner="CHN", flow="export", period_start="1992-01-01")
    assert (first["value"], first["status"]) == (128110000.0, "estimated")
    assert len(parsed.table) == 112
    assert kit.accounted(parsed) == parsed.rows_read
