"""Every layout of UN Comtrade is recognised and reads to the same rows."""

from __future__ import annotations

import json

import pandas as pd
import pytest

from loaders.core.source import SourceError
from loaders.registry import SOURCES
from loaders.sources.comtrade import source as comtrade
from tests.loaders.support.comtrade_kit import NAME, NEW, RECORDED, answer, delimited, parse, row

TWO = [
    row(),
    row(partnerCode="0", partnerISO="W00", primaryValue="5000", cifvalue="5000", netWgt="7000", qty="7000"),
]
BOOLEANS = {"true": "True", "false": "False"}
LAYOUTS = {
    "comma": delimited(TWO),
    "tab": delimited(TWO, delimiter="\t"),
    "semicolon": delimited(TWO, delimiter=";", ending="\r\n"),
    "bom": b"\xef\xbb\xbf" + delimited(TWO),
    "utf-16": delimited(TWO, delimiter="\t").decode().encode("utf-16"),
    "utf-16-be": b"\xfe\xff" + delimited(TWO).decode().encode("utf-16-be"),
    "old Mac": delimited(TWO, ending="\r"),
    "blank rows": delimited(TWO) + b"\n\n" + b"," * 46 + b"\n",
    "cells beyond the header that hold nothing": delimited(TWO).replace(b"false\n", b"false,,\n"),
    "preview": answer(TWO),
    "records": json.dumps(TWO).encode(),
    "other case": delimited(TWO).replace(b"primaryValue", b"PRIMARYVALUE").replace(b"netWgt,", b"NetWgt,"),
    "web name of the weight": delimited(TWO).replace(b",netWgt,", b",netWeight,"),
    "snake case": delimited(TWO).replace(b"primaryValue", b"primary_value").replace(b"cmdCode", b"cmd_code"),
    "any order": delimited(TWO, sorted(NEW)),
    "index column": b"\n".join(f"{n},".encode() + line for n, line in enumerate(delimited(TWO).splitlines())),
    "pandas": delimited(
        [
            {
                key: f"{cell}.0" if cell.isdecimal() and key != "cmdCode" else BOOLEANS.get(cell, cell)
                for key, cell in one.items()
            }
            | {"cmdDesc": "", "reporterISO": "", "partnerISO": "", "flowDesc": "", "customsCode": "C00"}
            for one in TWO
        ]
    ),
    "bulk": delimited(
        TWO, [name for name in NEW if not name.endswith(("ISO", "Desc")) and name not in {"qtyUnitAbbr", "aggrLevel"}]
    ),
    "German Excel": delimited(
        [
            {key: {"true": "WAHR", "false": "FALSCH"}.get(cell, cell.replace(".", ",")) for key, cell in one.items()}
            for one in TWO
        ],
        delimiter=";",
    ),
    "Western Excel": delimited([one | {"cmdDesc": "Côte"} for one in TWO]).decode().encode("cp1252"),
    "quoted newline": delimited([one | {"cmdDesc": 'Coal,\n"black"\r\nand brown'} for one in TWO]),
}


@pytest.mark.parametrize("content", LAYOUTS.values(), ids=LAYOUTS)
def test_layouts_read_alike(content: bytes) -> None:
    """However the new service's file was saved, it is recognised and its figures are the same."""
    assert comtrade.recognises(content[:65536])
    parsed = parse(content)
    assert (parsed.rows_read, parsed.refused, parsed.left_out) == (2, (), {})
    table = parsed.table.sort_values("value").astype(object)
    assert table[["reporter", "partner", "flow", "classification", "commodity_code"]].to_numpy().tolist() == [
        ["CHN", "RUS", "import", "HS2022", "2701"],
        ["CHN", "WLD", "import", "HS2022", "2701"],
    ]
    assert table["value"].tolist() == [1200.5, 5000]
    assert table["net_weight_kg"].tolist() == [900, 7000]
    assert table[["quantity", "quantity_unit"]].to_numpy().tolist() == [[900, "kg"], [7000, "kg"]]
    assert table[["currency", "valuation", "status", "source"]].drop_duplicates().to_numpy().tolist() == [
        ["USD", "CIF", "final", "comtrade"]
    ]
    assert table["period_start"].tolist() == [pd.Timestamp("2023-01-01")] * 2
    assert table["period_end"].tolist() == [pd.Timestamp("2023-12-01")] * 2
    assert table["released"].isna().all()


def test_reference_names_the_row() -> None:
    """A figure can be followed to its row, counted as a reader counts, blank rows and long cells included."""
    content = delimited([row(partnerCode="276", partnerISO="DEU", cmdCode="8471", cmdDesc="two\nlines"), row()])
    head, *rest = content.split(b"\n")
    parsed = parse(b"\n".join([head, b"", *rest]))
    assert parsed.table["reference"].tolist() == [f"{NAME}, row 4"]
    assert parsed.left_out == {"partner DEU": 1}


def _recorded(name: str) -> bytes:
    return (RECORDED / name).read_bytes()


def test_35_columns() -> None:
    """The old layout reads: lost zeros return, World stays apart, re-exports and no countries are left out."""
    parsed = parse(_recorded("old35.csv"))
    columns = ["partner", "flow", "classification", "commodity_code", "value", "net_weight_kg", "quantity"]
    rows = parsed.table[[*columns, "quantity_unit", "valuation"]].astype(object)
    assert rows.where(rows.notna(), None).to_numpy().tolist() == [
        ["CHN", "export", "HS2017", "01", 4359702.0, None, None, None, "FOB"],
        ["WLD", "export", "HS2017", "01", 9000000.0, None, None, None, "FOB"],
        ["CHN", "import", "HS2017", "84", 5000000.5, 700.0, 700.0, "kg", "CIF"],
        ["CHN", "import", "HS2017", "8471", 3000000.0, None, 800.0, "kg, estimated", "CIF"],
        ["CHN", "export", "none", "TOTAL", 57e9, None, None, None, "FOB"],
        ["ITA", "export", "HS2017", "27", 20e9, None, None, None, "FOB"],
    ]
    assert (parsed.rows_read, parsed.refused) == (9, ())
    assert parsed.left_out == {"flow 3": 1, "partner 490, no country": 1, "partner ITA": 1}
    assert parsed.notes == (f"{NAME}: rows left out, no plain imports or exports: 1 of flow 3",)


def test_35_columns_sitc_months() -> None:
    """SITC keeps its zeros, its 27 is no fuel, and a month is a month."""
    parsed = parse(_recorded("old35_sitc_monthly.csv"))
    assert parsed.table["commodity_code"].tolist() == ["00", "001", "27"]
    assert set(parsed.table["classification"]) == {"SITC4"}
    assert set(parsed.table["period_start"]) == set(parsed.table["period_end"]) == {pd.Timestamp("2014-03-01")}
    assert parsed.left_out == {"partner AUS": 1}


def test_old_names() -> None:
    """The names of the old service read, and an estimate (6) of weight and quantity is told as one."""
    parsed = parse(_recorded("old_names.csv"))
    assert parsed.table[["flow", "commodity_code", "value"]].astype(object).to_numpy().tolist() == [
        ["import", "02", 6300013.0],
        ["export", "270900", 8390.0],
    ]
    assert set(parsed.table["classification"]) == {"HS2007"}
    crude = parsed.table.iloc[1]
    assert (crude["quantity"], crude["quantity_unit"]) == (250.0, "kg, estimated")
    assert pd.isna(crude["net_weight_kg"])


def test_half_old_names() -> None:
    """A file of both generations of names, in any order, reads."""
    parsed = parse(_recorded("half_old_names.csv"))
    assert parsed.table[["reporter", "partner", "flow", "value"]].astype(object).to_numpy().tolist() == [
        ["RUS", "CHN", "export", 71799.0]
    ]
    assert parsed.left_out == {"partner CZE": 1}


def test_old_service_json() -> None:
    """The old service's JSON answer reads."""
    content = _recorded("old_service.json")
    assert comtrade.recognises(content)
    parsed = parse(content)
    assert parsed.table[["partner", "classification", "commodity_code", "value"]].astype(
        object
    ).to_numpy().tolist() == [["RUS", "HS2012", "27", 2.5e9]]
    assert parsed.table["period_start"].tolist() == [pd.Timestamp("2014-05-01")]


def test_without_partner() -> None:
    """A cut without a partner column is recognised, and refused for that reason."""
    content = _recorded("no_partner.csv")
    assert comtrade.recognises(content)
    with pytest.raises(SourceError, match="row 1: no partner column"):
        parse(content)


@pytest.mark.parametrize(
    "head",
    [
        b"",
        b"\x89PNG\r\n\x1a\n\0\0",
        b"<!DOCTYPE html><html>",
        b"t,i,j,k,v,q\n2023,156,643,270112,1.2,3\n",
        b"DATAFLOW,COUNTRY,INDICATOR,COUNTERPART_COUNTRY,FREQUENCY,TIME_PERIOD,OBS_VALUE,SCALE\n",
        b"DATAFLOW,LAST UPDATE,freq,reporter,partner,product,flow,indicators,TIME_PERIOD,OBS_VALUE\n",
        b"Nomenclature,ReporterISO3,ProductCode,ReporterName,PartnerISO3,PartnerName,Year,TradeFlowName\n",
        b"HS4 ID,HS4,Trade Value,Year\n",
        "商品编码,商品名称,贸易伙伴编码,美元\n".encode("gb18030"),
        b'{"series": {"docs": []}}',
        b"[1, 2]",
    ],
)
def test_others_are_not_recognised(head: bytes) -> None:
    """Other publishers' files and no files at all are not taken for UN Comtrade's."""
    assert not comtrade.recognises(head)


def test_registered() -> None:
    """The source says who made it and on what terms."""
    source = SOURCES["comtrade"]
    assert source.publisher == "United Nations Statistics Division"
    assert source.homepage == "https://comtradeplus.un.org"
    assert "re-dissemination" in source.licence
