"""What single cells of UN Comtrade mean, and which rows are refused by name."""

from __future__ import annotations

import pandas as pd
import pytest

from loaders.core.source import Hints, SourceError
from loaders.sources.comtrade import source as comtrade
from tests.loaders.support.comtrade_kit import NAME, NEW, delimited, one, parse, refusal, row

NO_ISO = {"reporterISO": "", "partnerISO": ""}


@pytest.mark.parametrize(
    ("code", "iso"),
    [("344", "HKG"), ("344.0", "HKG"), ("643", "RUS"), ("0643", "RUS"), ("0", "WLD"), ("97", "EUU"), ("699", "IND")],
)
def test_partner_numbers(code: str, iso: str) -> None:
    """Numbers are UN Comtrade's: 344 is Hong Kong, 97 the European Union, 0 the world."""
    assert one(partnerCode=code, **NO_ISO)["partner"] == iso


@pytest.mark.parametrize(
    ("code", "iso"), [("251", "FRA"), ("842", "USA"), ("579", "NOR"), ("757", "CHE"), ("381", "ITA")]
)
def test_numbers_of_its_own(code: str, iso: str) -> None:
    """Where UN Comtrade's number is not the M49 one, it is read as UN Comtrade's."""
    assert one(partnerCode=code, **NO_ISO)["partner"] == iso


@pytest.mark.parametrize(("letters", "iso"), [("RUS", "RUS"), ("W00", "WLD"), ("WLD", "WLD"), ("EUR", "EUU")])
def test_letters_where_the_number_is_absent(letters: str, iso: str) -> None:
    """ISO letters stand in for an empty number, and for a column that is not there."""
    assert one(partnerCode="", partnerISO=letters)["partner"] == iso
    without = [name for name in NEW if name != "partnerCode"]
    assert parse(delimited([row(partnerISO=letters)], without)).table["partner"].tolist() == [iso]


@pytest.mark.parametrize(
    ("cells", "reason"),
    [
        ({"partnerCode": "490", "partnerISO": "S19"}, "partner 490, no country"),
        ({"partnerCode": "", "partnerISO": "S19"}, "partner S19, no country"),
        ({"partnerCode": "899", "partnerISO": "_X"}, "partner 899, no country"),
        ({"reporterCode": "975", "reporterISO": "E19"}, "reporter 975, no country"),
        ({"reporterCode": "0", "reporterISO": "W00"}, "reporter 0, no country"),
        ({"flowCode": "RX", "flowDesc": "Re-export"}, "flow RX"),
        ({"flowCode": "", "flowDesc": "Re-import"}, "flow RE-IMPORT"),
        ({"flowCode": "4", "flowDesc": ""}, "flow 4"),
        ({"typeCode": "S"}, "services"),
    ],
)
def test_left_out(cells: dict[str, str], reason: str) -> None:
    """Groups, other flows and services are counted by reason and are no figures, and no faults either."""
    parsed = parse(delimited([row(), row(**cells)]))
    assert len(parsed.table) == 1
    assert (parsed.left_out, parsed.refused) == ({reason: 1}, ())


def test_other_flows_are_told() -> None:
    """Flows that are no plain imports or exports are counted in a note, each by its code."""
    flows = ["RX", "RM", "DX", "FM", "MIP", "XOP", "RX"]
    parsed = parse(delimited([row(), *(row(flowCode=flow, flowDesc="") for flow in flows)]))
    assert len(parsed.table) == 1
    assert len(parsed.notes) == 1
    for words in ("2 of flow RX", "1 of flow RM", "1 of flow XOP"):
        assert words in parsed.notes[0]


@pytest.mark.parametrize(
    ("code", "words", "flow"),
    [
        ("M", "", "import"),
        ("x", "", "export"),
        ("2", "Export", "export"),
        ("1.0", "", "import"),
        ("", "Imports", "import"),
    ],
)
def test_flows(code: str, words: str, flow: str) -> None:
    """M, X, the numbers of the old service and plain words are read."""
    assert one(flowCode=code, flowDesc=words)["flow"] == flow


@pytest.mark.parametrize(
    ("stated", "name"),
    [
        ("H0", "HS1988"),
        ("H1", "HS1996"),
        ("H2", "HS2002"),
        ("H3", "HS2007"),
        ("H4", "HS2012"),
        ("H5", "HS2017"),
        ("H6", "HS2022"),
        ("HS", "HS"),
        ("", "HS"),
        ("S1", "SITC1"),
        ("S2", "SITC2"),
        ("S3", "SITC3"),
        ("S4", "SITC4"),
        ("B4", "BEC4"),
        ("B5", "BEC5"),
    ],
)
def test_classifications(stated: str, name: str) -> None:
    """The revision is kept; where only HS is stated, only HS is said."""
    assert one(classificationCode=stated, aggrLevel="")["classification"] == name


def test_total_has_no_classification() -> None:
    """The total of all goods is the same in every nomenclature."""
    total = one(cmdCode="TOTAL", aggrLevel="0")
    assert (total["classification"], total["commodity_code"]) == ("none", "TOTAL")


@pytest.mark.parametrize(
    ("code", "level", "kept"),
    [
        ("1", "2", "01"),
        ("1.0", "2.0", "01"),
        ("10620", "6", "010620"),
        ("10620.0", "6", "010620"),
        ("0301", "4", "0301"),
        ("271111", "", "271111"),
        ("271111.0", "", "271111"),
        ("998877", "6", "998877"),
        ("27011210", "6", "27011210"),
        ("270112100", "", "270112100"),
        ("9999AA", "6", "9999AA"),
    ],
)
def test_commodity_codes(code: str, level: str, kept: str) -> None:
    """Leading zeros live, or return where the level tells; well-formed codes that no list knows are kept."""
    assert one(cmdCode=code, aggrLevel=level)["commodity_code"] == kept


@pytest.mark.parametrize(
    ("code", "level", "kept"), [("1", "3", "001"), ("0", "2", "00"), ("27", "", "27"), ("0", "1", "0")]
)
def test_sitc_codes(code: str, level: str, kept: str) -> None:
    """SITC codes of one to five digits get back the zeros that their level tells of."""
    assert one(classificationCode="S4", cmdCode=code, aggrLevel=level)["commodity_code"] == kept


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ({"period": "2023"}, "2023-01", "2023-12"),
        ({"period": "2023.0", "refMonth": "52.0"}, "2023-01", "2023-12"),
        ({"period": "202303", "refMonth": "3", "freqCode": "M"}, "2023-03", "2023-03"),
        ({"period": "202303", "refMonth": "", "freqCode": "", "refYear": ""}, "2023-03", "2023-03"),
        ({"period": "", "refMonth": "3", "freqCode": "M"}, "2023-03", "2023-03"),
        ({"period": ""}, "2023-01", "2023-12"),
    ],
)
def test_periods(text: dict[str, str], first: str, last: str) -> None:
    """A year is January to December, a month is itself."""
    figure = one(**text)
    assert (figure["period_start"], figure["period_end"]) == (pd.Timestamp(first), pd.Timestamp(last))


@pytest.mark.parametrize(
    ("cells", "why"),
    [
        ({"period": "202313", "refMonth": "13", "freqCode": "M"}, "period '202313' is neither YYYY nor YYYYMM"),
        ({"period": "202300", "refMonth": "", "freqCode": "M"}, "period '202300'"),
        ({"period": "23", "refYear": "23"}, "period '23'"),
        ({"period": "March 2023"}, "period 'March 2023'"),
        ({"period": "1023", "refYear": "1023"}, "period '1023'"),
        ({"period": "2022"}, "period 2022 beside year '2023'"),
        ({"period": "202304", "refMonth": "3", "freqCode": "M"}, "month '3'"),
        ({"period": "202303", "refMonth": "3"}, "frequency 'A'"),
        ({"period": "2023", "refMonth": "3"}, "month '3'"),
        ({"flowCode": "", "flowDesc": ""}, "flow ''"),
        ({"flowCode": "Q", "flowDesc": ""}, "flow 'Q'"),
        ({"flowCode": "M", "flowDesc": "Export"}, "flow 'M' beside 'Export'"),
        ({"flowCode": "M", "flowDesc": "Re-import"}, "flow 'M' beside 'Re-import'"),
        ({"typeCode": "goods"}, "type 'goods'"),
        ({"partnerCode": "RU", "partnerISO": ""}, "partner 'RU' is no number"),
        ({"partnerCode": "", "partnerISO": ""}, "partner is empty"),
        ({"partnerCode": "", "partnerISO": "Russia"}, "partner 'Russia' is no country"),
        ({"partnerCode": "344"}, "partner 344 is HKG, not RUS"),
        ({"classificationCode": "H9"}, "classification 'H9'"),
        ({"classificationCode": "SS"}, "classification 'SS'"),
        ({"cmdCode": ""}, "commodity code ''"),
        ({"cmdCode": "27x1"}, "commodity code '27x1'"),
        ({"cmdCode": "27 01"}, "commodity code '27 01'"),
        ({"cmdCode": "=2701"}, "commodity code '=2701'"),
        ({"cmdCode": "2701123456789"}, "commodity code '2701123456789'"),
        ({"cmdCode": "270111", "aggrLevel": "4"}, "commodity code 270111 is malformed beside level '4'"),
        ({"cmdCode": "27", "aggrLevel": "6"}, "commodity code 27 is malformed beside level '6'"),
        ({"cmdCode": "001", "aggrLevel": "4"}, "is malformed"),
        ({"classificationCode": "S4", "cmdCode": "11.0", "aggrLevel": ""}, "commodity code 11 is malformed"),
        ({"classificationCode": "S4", "cmdCode": "27", "aggrLevel": "5"}, "commodity code 27 is malformed"),
        ({"isNetWgtEstimated": "maybe"}, "estimated weight 'maybe' is neither true nor false"),
        ({"legacyEstimationFlag": "x"}, "estimation flag 'x'"),
    ],
)
def test_refused_cells(cells: dict[str, str], why: str) -> None:
    """A row with a cell that means nothing here, or that another cell denies, is named with the cell."""
    line = refusal(**cells)
    assert line.startswith(f"{NAME}, row 3: ")
    assert why in line


def test_scope() -> None:
    """Chapter 27 and totals are kept with any country, other goods with near ones; the rest is counted."""
    germany = {"partnerCode": "276", "partnerISO": "DEU"}
    kept = [row(**germany), row(cmdCode="TOTAL", aggrLevel="0", **germany), row(cmdCode="8471")]
    out = [row(cmdCode="8471", **germany), row(classificationCode="S4", cmdCode="27", aggrLevel="2", **germany)]
    parsed = parse(delimited([*kept, *out, row(reporterCode="276", reporterISO="DEU", cmdCode="8471")]))
    assert len(parsed.table) == 3
    assert parsed.left_out == {"partner DEU": 2, "reporter DEU": 1}


def test_duplicates_and_conflicts() -> None:
    """The same row twice counts once; the same key with two values is refused with both rows."""
    parsed = parse(delimited([row(), row(), row(cmdCode="2709"), row(cmdCode="2709", primaryValue="7")]))
    assert parsed.table["commodity_code"].tolist() == ["2701"]
    assert len(parsed.refused) == 1
    assert "rows 4 and 5" in parsed.refused[0]
    assert "1200.5 and 7" in parsed.refused[0]


def test_hints_change_nothing() -> None:
    """A UN Comtrade file says its flow and period itself; the reader's words for other files do not touch it."""
    parsed = comtrade.parse(delimited([row()]), NAME, Hints(flow="export", period="2020-01"))
    assert parsed.table[["flow", "period_start"]].astype("str").to_numpy().tolist() == [["import", "2023-01-01"]]


@pytest.mark.parametrize(
    ("missing", "column"),
    [
        (("partnerCode", "partnerISO", "partnerDesc"), "partner"),
        (("reporterCode", "reporterISO", "reporterDesc"), "reporter"),
        (("flowCode", "flowDesc"), "flow"),
        (("cmdCode",), "commodity code"),
        (("period", "refYear"), "period"),
        (("primaryValue", "cifvalue", "fobvalue"), "value"),
        (("classificationCode", "classificationSearchCode", "cmdDesc"), "classification"),
    ],
)
def test_missing_columns(missing: tuple[str, ...], column: str) -> None:
    """Each column that nothing replaces is missed by name, and the file is still known for what it is."""
    content = delimited([row()], [name for name in NEW if name not in missing])
    assert comtrade.recognises(content)
    with pytest.raises(SourceError, match=f"row 1: no {column} column"):
        parse(content)
