"""The Atlas: hand-made files in the shapes of its downloads, damage, and the real totals beside the project."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings

from loaders.sources import atlas
from tests.loaders.support import kit

PAIRS = kit.recorded("atlas", "pairs_hs92.csv")
OLD = kit.recorded("atlas", "pairs_old.csv")
TOTALS = kit.recorded("atlas", "totals.csv")


def test_recognised_by_its_columns_alone() -> None:
    """New and old pair files are known, and country totals too, so that they can be refused with the reason."""
    assert all(atlas.recognises(content) for content in (PAIRS, OLD, TOTALS))
    assert not atlas.recognises(b"country_iso3_code,year,export_value\n")


def test_exports_and_imports_are_two_rows() -> None:
    """Values are dollars, reconciled; an empty cell is no figure and a printed zero is a zero."""
    parsed = atlas.parse(PAIRS, "hs92.csv")
    crude = kit.only(parsed, commodity_code="2709", flow="export")
    assert (crude["value"], crude["valuation"], crude["classification"]) == (58377524583.0, "FOB", "HS1988")
    assert crude["reference"] == "hs92.csv, row 2, reconciled by the Growth Lab"
    assert kit.only(parsed, commodity_code="2709", flow="import")["value"] == 0.0
    assert kit.only(parsed, commodity_code="0101")["flow"] == "export"


def test_services_and_the_rest_of_the_world_are_left_out() -> None:
    """Products without a goods code and pairs out of scope are counted."""
    parsed = atlas.parse(PAIRS, "hs92.csv")
    assert parsed.left_out == {"product travel (no goods code)": 1, "partner FRA": 2, "reporter DEU": 1}


def test_sitc_keeps_its_own_codes() -> None:
    """A SITC product is of SITC's second revision, never of HS."""
    row = kit.only(atlas.parse(OLD, "old.csv"), flow="export")
    assert (row["classification"], row["commodity_code"], row["value"]) == ("SITC2", "3330", 400.5)


def test_pairs_without_products_are_totals() -> None:
    """A file of pairs by year alone holds totals."""
    content = b"country_iso3_code,partner_iso3_code,year,export_value,import_value\nRUS,CHN,2020,5,6\n"
    row = kit.only(atlas.parse(content, "x.csv"), flow="import")
    assert (row["commodity_code"], row["classification"], row["value"]) == ("TOTAL", "none", 6.0)


def test_country_totals_are_refused() -> None:
    """A table without a partner says nothing about two countries."""
    line = kit.refusal(atlas.parse, TOTALS, "hs92_country_year.csv")
    assert line == (
        "hs92_country_year.csv: holds country totals without a partner; download the country-partner-product file"
    )


@pytest.mark.parametrize(
    ("old", "new", "why"),
    [
        (b"2709,2022", b"2709,202", "year '202' is not a year"),
        (b"2709,2022", b"27-09,2022", "code '27-09' is no product code"),
        (b"58377524583,0", b"n/a,0", "value of 'export_value' 'n/a'"),
        (b"643,RUS,156,CHN,910", b"643,RU,156,CHN,910", "reporter 'RU' is not an ISO alpha-3 code"),
    ],
)
def test_bad_rows_are_named(old: bytes, new: bytes, why: str) -> None:
    """A bad year, code, number or country is refused with its row."""
    parsed = atlas.parse(PAIRS.replace(old, new), "x.csv")
    assert why in parsed.refused[0]
    assert all(line.startswith("x.csv, row 2: ") for line in parsed.refused)


@settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(kit.any_of("atlas"))
def test_damage_never_ends_in_a_traceback(content: bytes) -> None:
    """Whatever is done to a good file, it is read or refused in one line."""
    kit.survives(atlas.SOURCE, content)


def test_the_real_totals_are_refused() -> None:
    """The real file of country totals is known and refused for want of a partner."""
    content = kit.shared("atlas/hs92_country_year.csv")
    assert atlas.recognises(content[:65_536])
    assert "country totals without a partner" in kit.refusal(atlas.parse, content)
