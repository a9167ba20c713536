"""UN Comtrade from a workbook, by names alone, without a classification and under a translated header."""

from __future__ import annotations

from loaders.sources.comtrade import source as comtrade
from tests.loaders.support import kit, layout_kit

NAMES = kit.recorded("comtrade", "names_alone.csv")
HEAD = "period,reporterCode,partnerCode,flowCode,cmdCode,cmdDesc,primaryValue\n"


def test_names_stand_in_for_codes() -> None:
    """Countries by name; an area that is none is left out; six digits are of the Harmonized System."""
    parsed = comtrade.parse(NAMES, "n.csv")
    oil = kit.only(parsed, flow="import")
    assert (oil["reporter"], oil["partner"], oil["value"], oil["classification"]) == ("CHN", "RUS", 60000000001.0, "HS")
    assert kit.only(parsed, flow="export")["value"] == 45000000000.0
    assert parsed.left_out == {"partner 'Areas, nes', no country": 1}


def test_an_exponent_that_hides_digits_is_refused() -> None:
    """4.5E+10 beside short numbers may be anything near it."""
    parsed = comtrade.parse(NAMES.replace(b"60000000001", b"6000"), "n.csv")
    assert len(parsed.refused) == 1
    assert "'4.5E+10'" in parsed.refused[0]


def test_goods_tell_the_nomenclature_or_nothing_does() -> None:
    """27 named mineral fuels is of the Harmonized System; 27 named crude fertilizers is not, so it is refused."""
    fuels = f"{HEAD}2023,156,643,M,27,Mineral fuels and oils,5\n".encode()
    assert kit.only(comtrade.parse(fuels, "c.csv"))["commodity_code"] == "27"
    stones = fuels.replace(b"Mineral fuels and oils", b"Crude fertilizers")
    assert "no classification column" in kit.refusal(comtrade.parse, stones, "c.csv")
    total = f"{HEAD}2023,156,643,M,TOTAL,All,5\n".encode()
    assert kit.only(comtrade.parse(total, "c.csv"))["classification"] == "none"


def test_a_workbook_may_not_hold_two_tables() -> None:
    """Rows of two sheets would share their numbers."""
    rows = [line.split(",") for line in f"{HEAD}2023,156,643,M,TOTAL,All,5".splitlines()]
    assert kit.only(comtrade.parse(layout_kit.book({"A": rows, "B": []}), "c.xlsx"))["value"] == 5.0
    assert "several sheets" in kit.refusal(comtrade.parse, layout_kit.book({"A": rows, "B": rows}), "c.xlsx")


def test_the_real_workbook_of_thailand() -> None:
    """1178 rows about Thailand, recognised, counted and left out."""
    content = kit.shared("comtrade/tradedata_47_columns.xlsx")
    assert comtrade.recognises(content)
    parsed = comtrade.parse(content, "TradeData.xlsx")
    assert (len(parsed.table), parsed.rows_read, kit.accounted(parsed)) == (0, 1178, 1178)
