"""IMF IMTS: hand-made files in the shapes of portal and service, damage, and the real portal file."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings

from loaders.sources.imf import source as imf
from tests.loaders.support import kit

YEARS = kit.recorded("imf", "portal_years.csv")
MONTHS = kit.recorded("imf", "portal_months.csv")
ONE = kit.recorded("imf", "service_1_0.csv")
TWO = kit.recorded("imf", "service_2_0.csv")


def test_recognised_by_its_columns_alone() -> None:
    """Portal files and both forms of the service's CSV are known; a table without a counterpart is not."""
    assert all(imf.recognises(content) for content in (YEARS, MONTHS, ONE, TWO))
    assert not imf.recognises(b"COUNTRY,INDICATOR,TIME_PERIOD,OBS_VALUE\n")
    assert not imf.recognises(b"COUNTRY,INDICATOR,COUNTERPART_COUNTRY\n")


def test_the_portal_prints_in_the_unit_of_its_scale() -> None:
    """68422.666052 millions are 68,422,666,052 dollars, and an empty cell is no figure."""
    parsed = imf.parse(YEARS, "rus.csv")
    assert kit.only(parsed, flow="export", period_start="2021-01-01")["value"] == 68422666052.0
    assert kit.only(parsed, flow="export", period_start="2022-01-01")["value"] == 98004803779.30295
    world = kit.only(parsed, partner="WLD")
    assert (world["value"], world["valuation"]) == (293656038248.0, "CIF")
    assert (world["classification"], world["commodity_code"]) == ("none", "TOTAL")


def test_the_scale_may_stand_in_words() -> None:
    """The word Thousands is a scale too, and a month is one month."""
    row = kit.only(imf.parse(MONTHS, "chn.csv"), period_start="2025-12-01")
    assert row["value"] == 10500250500.0
    assert row["period_end"] == pd.Timestamp("2025-12-01")


def test_the_service_prints_whole_dollars() -> None:
    """The service's SCALE of 6 is a way to show the figure, not its unit."""
    parsed = imf.parse(ONE, "imts.csv")
    assert kit.only(parsed, reporter="CHN", flow="export")["value"] == 9349397894.0
    assert kit.only(imf.parse(TWO, "imts.csv"))["value"] == 9349397894.0


def test_metadata_and_empty_figures_are_no_rows() -> None:
    """The first row of the 2.0 form carries no figure; an empty value is left out and counted."""
    assert imf.parse(TWO, "imts.csv").left_out == {"metadata, no figure": 1}
    assert imf.parse(ONE, "imts.csv").left_out["no value"] == 1


def test_a_balance_is_no_flow_and_groups_are_no_countries() -> None:
    """TBG_USD and the codes of groups are counted and left out; only the world has a code here."""
    parsed = imf.parse(YEARS, "rus.csv")
    assert parsed.left_out == {"indicator TBG_USD": 2, "partner GX901 (a group)": 2}
    assert kit.accounted(parsed) == parsed.rows_read == 7


def test_imports_at_cif_come_before_imports_at_fob() -> None:
    """An import at FOB stands where none at CIF does; beside one it is left out, and a note says so."""
    parsed = imf.parse(ONE, "imts.csv")
    assert kit.only(parsed, flow="import", period_start="2026-04-01")["valuation"] == "CIF"
    assert kit.only(parsed, flow="import", period_start="2025-01-01")["valuation"] == "FOB"
    assert parsed.left_out["import FOB beside import CIF"] == 1
    assert parsed.notes == ("imts.csv: 1 imports stand at CIF and at FOB; the CIF figures are kept",)


def test_estimates_are_marked() -> None:
    """A figure that the file calls estimated or provisional is so, and so is Russia from 2022 on."""
    parsed = imf.parse(ONE, "imts.csv")
    assert kit.only(parsed, flow="import", period_start="2026-04-01")["status"] == "estimated"
    assert kit.only(parsed, flow="import", period_start="2025-01-01")["status"] == "preliminary"
    assert kit.only(parsed, reporter="RUS", period_start="2021-01-01")["status"] == "final"
    assert kit.only(parsed, reporter="RUS", period_start="2022-01-01")["status"] == "estimated"
    assert kit.only(parsed, reporter="CHN", flow="export")["status"] == "final"


def test_every_row_of_the_service_is_accounted_for() -> None:
    """Quarters are left out, and what is kept, refused and left out adds up to what was read."""
    parsed = imf.parse(ONE, "imts.csv")
    assert parsed.left_out["quarterly figures"] == 1
    assert parsed.left_out["reporter USA"] == 1
    assert kit.accounted(parsed) == parsed.rows_read == 10


@pytest.mark.parametrize(
    ("old", "new", "why"),
    [
        (b"M,2026-M04,9349397894", b"M,2026-M13,9349397894", "period '2026-M13' is not a year or a month"),
        (b"M,2026-M04,9349397894", b"A,2026-M04,9349397894", "period '2026-M04' contradicts the frequency"),
        (b"2026-M04,9349397894", b"2026-M04,NaN", "value 'NaN' is not a number of zero or more"),
        (b"2026-M04,9349397894", b"2026-M04,-5", "value '-5' is not a number of zero or more"),
        (b"CHN,XG_FOB_USD,RUS,M", b"CN,XG_FOB_USD,RUS,M", "reporter 'CN' is not an ISO alpha-3 code"),
    ],
)
def test_bad_rows_are_named(old: bytes, new: bytes, why: str) -> None:
    """A bad period, number or country is refused with its row; the rest is read."""
    parsed = imf.parse(ONE.replace(old, new), "imts.csv")
    assert parsed.refused == (f"imts.csv, row 2: {why}",)
    assert len(parsed.table) == len(imf.parse(ONE, "imts.csv").table) - 1


def test_a_portal_file_without_a_scale_is_refused() -> None:
    """Without its unit a figure is none; a word that contradicts the number is none either."""
    blank = imf.parse(MONTHS.replace(b'"Thousands"', b'""'), "chn.csv")
    assert blank.table.empty
    assert "is no scale, so the unit is unknown" in blank.refused[0]
    clash = imf.parse(YEARS.replace(b'"6","Millions"', b'"3","Millions"'), "rus.csv")
    assert clash.table.empty
    assert "contradicts SCALE.ID" in clash.refused[0]


def test_a_bad_cell_is_named_with_its_period() -> None:
    """In a file with periods as columns the message names the column too."""
    parsed = imf.parse(YEARS.replace(b"68422.666052", b"n/a"), "rus.csv")
    assert parsed.refused == ("rus.csv, row 2: value of '2021' 'n/a' is not a number of zero or more",)


def test_observations_of_the_portal_in_rows_are_refused() -> None:
    """Whether the portal scales its files of one observation a row is not documented, so they are refused."""
    content = (
        b"COUNTRY.ID,INDICATOR.ID,COUNTERPART_COUNTRY.ID,TIME_PERIOD,OBS_VALUE,SCALE\nCHN,XG_FOB_USD,RUS,2020,1,6\n"
    )
    assert "take periods as columns there" in kit.refusal(imf.parse, content)


def test_answers_that_are_no_csv_are_refused() -> None:
    """SDMX-ML where CSV was asked for, and JSON, end in one line."""
    assert "is XML" in kit.refusal(imf.parse, b'<?xml version="1.0"?><message:StructureSpecificData/>')
    assert "is a JSON answer" in kit.refusal(imf.parse, b'{"meta": {}, "data": {}}')


def test_forms_of_text_do_not_matter() -> None:
    """A byte-order mark, UTF-16 and CRLF give the same rows."""
    plain = imf.parse(ONE, "imts.csv").table
    assert all(imf.parse(form, "imts.csv").table.equals(plain) for form in kit.variants(ONE))


@settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(kit.any_of("imf"))
def test_damage_never_ends_in_a_traceback(content: bytes) -> None:
    """Whatever is done to a good file, it is read or refused in one line."""
    kit.survives(imf.SOURCE, content)


def test_the_real_file_equals_a_plain_loop() -> None:
    """All filled cells of countries and the world come out, in dollars."""
    content = kit.shared("imf/imts_rus_by_partner_2016_2024.csv")
    parsed = imf.parse(content, "imts.csv")
    plain = kit.rows(content)
    years = [str(year) for year in range(2016, 2025)]
    cells = [(row, row[year]) for row in plain for year in years if row[year]]
    countries = [value for row, value in cells if row["COUNTERPART_COUNTRY.ID"] == "G001" or not _group(row)]
    assert parsed.rows_read == len(cells)
    assert len(parsed.table) == len(countries)
    assert parsed.table["value"].sum() == pytest.approx(sum(map(float, countries)) * 1e6, rel=1e-12)
    china = kit.only(parsed, partner="CHN", flow="import", period_start="2023-01-01")
    assert round(china["value"] / 1e9, 2) == 119.83
    assert china["status"] == "estimated"


def _group(row: dict[str, str]) -> bool:
    return len(row["COUNTERPART_COUNTRY.ID"]) != 3
