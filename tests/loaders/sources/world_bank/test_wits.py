"""WITS: hand-made files in the shapes of its downloads, and damage."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings

from loaders.core.source import Hints
from loaders.sources.world_bank import wits
from tests.loaders.support import kit

PARTNER = kit.recorded("wits", "partner.csv")
SERIES = kit.recorded("wits", "timeseries.csv")
QUERY = kit.recorded("wits", "query.csv")


def test_recognised_by_its_columns_alone() -> None:
    """By partner, as time series and as a query's answer; without a reporter it is no WITS file."""
    assert all(wits.recognises(content) for content in (PARTNER, SERIES, QUERY))
    assert not wits.recognises(b"Partner Name,Year,Export (US$ Thousand)\n")
    assert not wits.recognises(b"Reporter,Partner,Year,Value\n")


def test_thousand_dollars_become_dollars() -> None:
    """Each value column is a flow of its own: exports FOB, imports CIF; an empty cell is no figure."""
    parsed = wits.parse(PARTNER, "rus.csv")
    fuels = kit.only(parsed, commodity_code="27")
    assert (fuels["value"], fuels["flow"], fuels["valuation"], fuels["classification"]) == (
        42000500.0,
        "export",
        "FOB",
        "HS",
    )
    imports = kit.only(parsed, partner="WLD", flow="import")
    assert (imports["value"], imports["valuation"], imports["commodity_code"]) == (243780575400.0, "CIF", "TOTAL")
    assert imports["period_end"] == pd.Timestamp("2019-12-01")


def test_groups_of_chapters_have_names_of_their_own() -> None:
    """Machinery is the two chapters 84 and 85; groups that are no chapters, and regions, are left out."""
    parsed = wits.parse(PARTNER, "rus.csv")
    assert kit.only(parsed, commodity_code="HS84_85", flow="import")["value"] == 25000750.0
    assert parsed.left_out == {"partner East Asia & Pacific": 2, "product group Capital goods": 2}
    named = wits.parse(
        PARTNER.replace(b",Fuels,", b",27-27_Fuels,").replace(b"Mach and Elec", b"84-85_MachElec"), "x.csv"
    )
    assert set(named.table["commodity_code"]) == set(parsed.table["commodity_code"])


def test_years_may_be_columns() -> None:
    """In a time series the indicator says flow and unit; a share is no value of trade."""
    parsed = wits.parse(SERIES, "chn.csv")
    row = kit.only(parsed, flow="export", period_start="2019-01-01")
    assert (row["value"], row["reporter"], row["partner"]) == (49748000100.0, "CHN", "RUS")
    assert parsed.left_out == {"indicator Export Partner Share (%)": 2}
    assert kit.accounted(parsed) == parsed.rows_read == 5


def test_a_query_has_codes_and_an_edition() -> None:
    """Nomenclature H5 is HS2017, a lost zero comes back, and re-exports are no exports."""
    parsed = wits.parse(QUERY, "q.csv")
    crude = kit.only(parsed, commodity_code="270900")
    assert (crude["classification"], crude["flow"], crude["value"]) == ("HS2017", "import", 40500.0)
    assert kit.only(parsed, commodity_code="010121")["flow"] == "export"
    assert parsed.left_out == {"flow Re-Exp.": 1}


def test_the_reader_may_say_the_flow() -> None:
    """A value without a flow takes the reader's word, and a note says so; without it one line refuses the file."""
    content = b"Reporter,Partner,Year,Product Code,Trade Value (US$ Thousand)\nChina,Russia,2020,27,5\n"
    parsed = wits.parse(content, "x.csv", Hints(flow="import"))
    assert kit.only(parsed)["flow"] == "import"
    assert parsed.notes == ("x.csv: the flow import is the reader's word",)
    assert kit.refusal(wits.parse, content, "x.csv") == (
        "x.csv: does not say its flow; give it with --flow import or --flow export"
    )


@pytest.mark.parametrize("cell", [b"n/a", b"NaN", b"-3", b"inf", b"1,5"])
def test_bad_numbers_are_named(cell: bytes) -> None:
    """What is no plain number is refused with its row and column."""
    parsed = wits.parse(PARTNER.replace(b"42000.5", b'"' + cell + b'"'), "x.csv")
    assert len(parsed.refused) == 1
    assert parsed.refused[0].startswith("x.csv, row 2: value of 'Export (US$ Thousand)'")


def test_no_unit_is_refused() -> None:
    """Without a value in thousand US$ there is nothing to read."""
    assert "so the unit is unknown" in kit.refusal(wits.parse, b"Reporter,Partner,Year,Value\nChina,Russia,2020,5\n")
    assert "no column 'ReporterISO3'" in kit.refusal(wits.parse, b"Partner,Year,Export (US$ Thousand)\nChina,2020,5\n")


@settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(kit.any_of("wits"))
def test_damage_never_ends_in_a_traceback(content: bytes) -> None:
    """Whatever is done to a good file, it is read or refused in one line."""
    kit.survives(wits.SOURCE, content)


def test_a_workbook_has_its_table_behind_an_empty_sheet() -> None:
    """'Exports & Imports' in one row gives a row each; the reference names the sheet."""
    parsed = wits.parse(kit.recorded("wits", "both_flows.xlsx"), "w.xlsx")
    assert kit.only(parsed, flow="export")["value"] == 3733910600.0
    assert kit.only(parsed, flow="import")["value"] == 849891670.0
    assert set(parsed.table["reference"]) == {"w.xlsx, sheet Partner, row 2"}
    assert kit.accounted(parsed) == parsed.rows_read == 4


def test_by_product_the_value_is_named_otherwise() -> None:
    """Trade Value 1000USD, with the flow in a column and grouped digits."""
    row = kit.only(wits.parse(kit.recorded("wits", "by_product.csv"), "p.csv"), partner="CHN")
    assert (row["value"], row["commodity_code"], row["flow"]) == (33501234560.0, "270900", "export")


def test_the_real_workbook_of_hong_kong() -> None:
    """Hong Kong with China and Russia, both flows; the rest is counted."""
    parsed = wits.parse(kit.shared("wits/wits_partner_hkg_2018.xlsx"), "hkg.xlsx")
    assert len(parsed.table) == 4
    assert kit.accounted(parsed) == parsed.rows_read == 400
