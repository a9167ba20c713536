"""Rows that are left out name the country that is outside: the partner of one whose trade is kept, or the reporter."""

from __future__ import annotations

import io
from typing import Final
from unittest import mock

import pytest

from loaders.big_files import scan
from loaders.core.source import Hints, Parsed
from loaders.registry import SOURCES

# kept: China with Russia, and Kazakhstan with China; the others are in no scope
_SIDES: Final = (
    *(("CHN", "RUS"), ("KAZ", "CHN"), ("CHN", "DEU"), ("RUS", "USA"), ("DEU", "CHN")),
    *(("KAZ", "DEU"), ("KAZ", "TUR"), ("KAZ", "WLD"), ("DEU", "USA")),
)
_OUTSIDE: Final = {"partner DEU": 2, "partner USA": 1, "reporter DEU": 2, "partner TUR": 1, "partner WLD": 1}
_M49: Final = {"CHN": 156, "RUS": 643, "KAZ": 398, "DEU": 276, "USA": 842, "TUR": 792, "WLD": 0}


def _comtrade() -> str:
    head = "typeCode,freqCode,period,reporterCode,flowCode,partnerCode,classificationCode,cmdCode,primaryValue"
    return "\n".join([head, *(f"C,A,2023,{_M49[one]},M,{_M49[other]},H6,8401,7" for one, other in _SIDES)])


def _baci() -> str:
    return "\n".join(["t,i,j,k,v,q", *(f"2023,{_M49[one]},{_M49[other]},840110,7,1" for one, other in _SIDES)])


def _scanned(name: str, content: bytes) -> Parsed:
    with mock.patch.object(scan, "LARGE", content.find(b"\n") + 2):
        return scan.read(SOURCES[name], "f.csv", Hints(), lambda: io.BytesIO(content), lambda: content)


@pytest.mark.parametrize(("name", "text"), [("comtrade", _comtrade()), ("baci", _baci())])
def test_the_country_that_is_outside_is_named(name: str, text: str) -> None:
    """In a small file and in a huge one, whoever of the two reports."""
    content = text.encode()
    for parsed in (SOURCES[name].parse(content, "f.csv", Hints()), _scanned(name, content)):
        assert len(parsed.table) == 2
        assert parsed.left_out == _OUTSIDE


def test_a_member_state_reports_of_a_partner() -> None:
    """Eurostat's members are no reporters of whom all goods are kept; the Union is."""
    rows = [f"{one},{other},84011000,1,202301,5,5" for one, other in (("DE", "CN"), ("DE", "US"), ("FR", "KZ"))]
    head = "REPORTER,PARTNER,PRODUCT_NC,FLOW,PERIOD,VALUE_EUR,QUANTITY_KG"
    parsed = SOURCES["eurostat"].parse("\n".join([head, *rows]).encode(), "full_v2_202301.csv", Hints())
    assert parsed.left_out == {"reporter DEU": 2, "reporter FRA": 1}


def test_chinas_own_query_names_partners() -> None:
    """China reports in every row."""
    rows = [f'"202301","84011000","{partner}","5","Kilogram","7",' for partner in (344, 304, 502)]
    head = '"Date of data","Commodity code","Trading partner code","Quantity","Unit","US dollar",'
    parsed = SOURCES["gacc"].parse("\n".join([head, *rows]).encode(), "f.csv", Hints(flow="export"))
    assert parsed.left_out == {"partner DEU": 1, "partner USA": 1}
