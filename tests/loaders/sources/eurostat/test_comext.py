"""Eurostat Comext: hand-made answers of the service and bulk files in the real shape, and damage."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings

from loaders.core.schema import KG_ESTIMATED
from loaders.sources.eurostat import source as comext
from tests.loaders.support import kit

SERVICE = kit.recorded("comext", "service.csv")
HS = kit.recorded("comext", "service_hs.csv")
BULK = kit.recorded("comext", "full_202402.csv")
OLD = (
    b"DECLARANT,DECLARANT_ISO,PARTNER,PARTNER_ISO,TRADE_TYPE,PRODUCT_NC,FLOW,STAT_REGIME,SUPP_UNIT,PERIOD,"
    b"VALUE_IN_EUROS,QUANTITY_IN_KG,SUP_QUANTITY\n004,DE,0075,RU,E,27090090,1,1,,201552,123,4,0\n"
)


def test_recognised_by_its_columns_alone() -> None:
    """Answers of the service and bulk files, old and new, are known."""
    assert all(comext.recognises(content) for content in (SERVICE, HS, BULK, OLD))
    assert not comext.recognises(b"freq,reporter,partner,TIME_PERIOD,OBS_VALUE\n")


def test_value_and_weight_of_one_key_are_one_row() -> None:
    """Euros and hundreds of kilograms join; the dataset by HS has kilograms."""
    row = kit.only(comext.parse(SERVICE, "eu.csv"), commodity_code="85076000")
    assert (row["value"], row["net_weight_kg"], row["currency"]) == (12345.5, 123.0, "EUR")
    assert (row["reporter"], row["partner"], row["flow"], row["valuation"]) == ("EUU", "CHN", "import", "CIF")
    row = kit.only(comext.parse(HS, "eu.csv"))
    assert (row["value"], row["net_weight_kg"]) == (5000000.0, 2500.0)


def test_codes_carry_their_nomenclature() -> None:
    """Totals have none, eight digits are CN8, and HS codes the edition of their year."""
    parsed = comext.parse(SERVICE, "eu.csv")
    assert kit.only(parsed, commodity_code="TOTAL")["classification"] == "none"
    assert kit.only(parsed, commodity_code="85076000")["classification"] == "CN8"
    assert kit.only(parsed, commodity_code="2709")["classification"] == "HS2022"
    lines = SERVICE.replace(b"2020,19000", b"2017,19000").replace(b"DE,CN,84", b"EU27_2020,CN,84")
    assert kit.only(comext.parse(lines, "eu.csv"), commodity_code="84")["classification"] == "HS2017"
    assert kit.only(comext.parse(SERVICE.replace(b"DE,CN,270112", b"DE,CN,27"), "eu.csv"), reporter="DEU")["status"]


def test_exports_are_fob_and_the_release_is_the_last_update() -> None:
    """The day of the dataset's last update is the vintage of its figures."""
    row = kit.only(comext.parse(SERVICE, "eu.csv"), commodity_code="TOTAL")
    assert (row["flow"], row["valuation"], row["value"]) == ("export", "FOB", 202600000001.25)
    assert row["released"] == pd.Timestamp("2026-09-15")


def test_flags_become_status() -> None:
    """The flag p is preliminary and e estimated; an estimated weight does not taint the value."""
    parsed = comext.parse(SERVICE, "eu.csv")
    crude = kit.only(parsed, commodity_code="2709")
    assert crude["status"] == "preliminary"
    assert pd.isna(crude["net_weight_kg"])
    assert (crude["quantity"], crude["quantity_unit"]) == (177290.0, KG_ESTIMATED)
    assert kit.only(parsed, commodity_code="85076000")["status"] == "estimated"


def test_members_and_groups_are_not_the_union() -> None:
    """Members are kept with totals and chapter 27 alone, old groups and hidden values are left out, all counted."""
    parsed = comext.parse(SERVICE, "eu.csv")
    assert kit.only(parsed, reporter="DEU")["commodity_code"] == "270112"
    assert parsed.left_out == {"no value": 1, "reporter EU28 (a group)": 1, "reporter DEU": 2}
    assert parsed.rows_read == 10


@pytest.mark.parametrize(
    ("old", "new", "why"),
    [
        (b"TOTAL,2,VALUE", b"TOTAL,1A,VALUE", "flow '1A' is neither 1 (import) nor 2 (export)"),
        (b"2020,202600000001.25", b"2020-13,202600000001.25", "period '2020-13' contradicts the frequency"),
        (b"202600000001.25", b"n/a", "value 'n/a' is not a number of zero or more"),
        (b"202600000001.25", b"-1", "value '-1' is not a number of zero or more"),
        (b"CN,TOTAL", b"CHN,TOTAL", "partner 'CHN' is no code of a country"),
        (b"CN,TOTAL", b"CN,123", "product '123' is no code of the Combined Nomenclature"),
        (b"A,EU27_2020,CN,TOTAL", b"Q,EU27_2020,CN,TOTAL", "freq 'Q' is neither A nor M"),
    ],
)
def test_bad_rows_are_named(old: bytes, new: bytes, why: str) -> None:
    """A bad flow, period, number, country or code is refused with its row; the rest is read."""
    parsed = comext.parse(SERVICE.replace(old, new), "eu.csv")
    assert parsed.refused == (f"eu.csv, row 4: {why}",)
    assert len(parsed.table) == 3


def test_two_weights_of_one_key_are_named() -> None:
    """Where two weights differ, neither is taken and the value stands without."""
    extra = b"ESTAT:DS-045409(1.0),15/09/26 11:00:00,A,EU27_2020,CN,85076000,1,QUANTITY_IN_100KG,2021,9,\n"
    parsed = comext.parse(SERVICE + extra, "eu.csv")
    assert [line.split(":")[0] for line in parsed.refused] == ["eu.csv, row 6", "eu.csv, row 12"]
    assert pd.isna(kit.only(parsed, commodity_code="85076000")["net_weight_kg"])


def test_a_weight_alone_is_left_out() -> None:
    """The table is of values: a weight whose value is missing is counted, not kept."""
    parsed = comext.parse(SERVICE.replace(b"85076000,1,VALUE_IN_EUROS,2021,12345.5,e\n", b"x,1,V,2021,1,\n"), "eu.csv")
    assert parsed.left_out["a weight without a value"] == 1
    assert parsed.left_out["indicator V"] == 1


def test_empty_answers_are_refused() -> None:
    """Wrong codes give an answer with a header and nothing else: that is a failure, not an empty table."""
    assert "holds a header and no row" in kit.refusal(comext.parse, SERVICE.split(b"\n")[0] + b"\n")
    assert "is XML" in kit.refusal(comext.parse, b"<message:GenericData><footer/></message:GenericData>")


def test_procedures_of_a_bulk_file_are_summed() -> None:
    """Two procedures of one key are one derived figure, with a line that says so; one alone is final."""
    parsed = comext.parse(BULK, "full_202402.csv")
    crude = kit.only(parsed, commodity_code="27090090")
    assert (crude["value"], crude["net_weight_kg"], crude["status"]) == (100.0, 5.0, "derived")
    assert (crude["reporter"], crude["period_start"]) == ("AUT", pd.Timestamp("2024-02-01"))
    total = kit.only(parsed, commodity_code="TOTAL")
    assert (total["value"], total["status"], total["classification"]) == (6500.0, "final", "none")
    assert pd.isna(total["net_weight_kg"])
    assert parsed.notes == ("full_202402.csv: 1 figures are sums over statistical procedures, marked derived",)


def test_hidden_goods_and_other_partners_are_left_out() -> None:
    """Codes with letters are no goods codes; partners out of scope are counted under their reporter."""
    parsed = comext.parse(BULK, "full_202402.csv")
    assert parsed.left_out == {"hidden or adjusted goods": 1, "reporter AUT": 2}


def test_the_union_is_never_made_of_its_members() -> None:
    """A bulk file has members only, and stays so."""
    assert "EUU" not in set(comext.parse(BULK, "full_202402.csv").table["reporter"])


def test_old_bulk_files_are_read_too() -> None:
    """The names of before 2020 and the period 52, which is the year, are understood."""
    row = kit.only(comext.parse(OLD, "nc201552.csv"))
    assert (row["reporter"], row["value"], row["net_weight_kg"]) == ("DEU", 123.0, 4.0)
    assert row["period_start"] == pd.Timestamp("2015-01-01")
    assert row["period_end"] == pd.Timestamp("2015-12-01")


def test_one_procedure_with_two_values_takes_neither() -> None:
    """Rows of one procedure that differ are refused by name; the same row twice counts once."""
    parsed = comext.parse(BULK.replace(b"1,4,NO_SU,202402,35,35,2,0", b"1,1,NO_SU,202402,35,35,2,0"), "f.csv")
    assert len(parsed.refused) == 2
    assert "27090090" not in set(parsed.table["commodity_code"])
    twice = comext.parse(BULK + b"AT,RU,E,000TOTAL,T,T,T,T,T,TT,1,1,NO_SU,202402,6500,6500,0,0\n", "f.csv")
    assert kit.only(twice, commodity_code="TOTAL")["value"] == 6500.0


@settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(kit.any_of("comext"))
def test_damage_never_ends_in_a_traceback(content: bytes) -> None:
    """Whatever is done to a good file, it is read or refused in one line."""
    kit.survives(comext.SOURCE, content)
