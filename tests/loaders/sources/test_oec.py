"""The OEC: hand-made wide and long files in the real shape, damage, and the real file beside the project."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings

from loaders.sources import oec
from tests.loaders.support import kit

WIDE = kit.recorded("oec", "wide.csv")
LONG = kit.recorded("oec", "long.csv")
TITLE = b"Exports from Russia to China (USD)"


def test_recognised_by_its_columns_alone() -> None:
    """An HS column beside exports between two countries is enough, and so are exporter, importer and value."""
    assert oec.recognises(WIDE)
    assert oec.recognises(LONG)
    assert not oec.recognises(b"HS4 ID,HS4,Year,Value\n")
    assert not oec.recognises(b"Exporter Country,Importer Country\n")


def test_the_columns_name_tells_flow_sides_and_unit() -> None:
    """Exports from Russia to China (USD) are Russia's exports in dollars, FOB and reconciled."""
    parsed = oec.parse(WIDE, "hs17_rus.csv")
    crude = kit.only(parsed, commodity_code="2709")
    assert (crude["reporter"], crude["partner"], crude["flow"]) == ("RUS", "CHN", "export")
    assert (crude["value"], crude["valuation"], crude["classification"]) == (58377524583.0, "FOB", "HS2017")
    assert crude["reference"] == "hs17_rus.csv, row 3, reconciled by CEPII (BACI), as published by the OEC"
    assert parsed.rows_read == 3


@pytest.mark.parametrize(
    ("title", "reporter", "partner", "flow", "factor"),
    [
        (b"Imports to Russia from China (USD)", "RUS", "CHN", "import", 1),
        (b"Imports from China to Russia (US$ Thousands)", "RUS", "CHN", "import", 1e3),
        (b"Exports from Russian Federation to Hong Kong (USD Millions)", "RUS", "HKG", "export", 1e6),
    ],
)
def test_other_words_for_a_flow(title: bytes, reporter: str, partner: str, flow: str, factor: float) -> None:
    """Imports, other names of countries and scales in the unit are understood."""
    row = kit.only(oec.parse(WIDE.replace(TITLE, title), "x.csv"), commodity_code="0101")
    assert (row["reporter"], row["partner"], row["flow"]) == (reporter, partner, flow)
    assert row["value"] == 29200.0 * factor


def test_a_year_may_stand_in_the_columns_name() -> None:
    """A wide file without a Year column has its years in the names of the value columns."""
    content = (
        b"HS2 ID,HS2,Exports from Russia to China 2021 (USD),Exports from Russia to China 2022 (USD)\n527,Fuels,1,2\n"
    )
    assert kit.only(oec.parse(content, "x.csv"), period_start="2022-01-01")["value"] == 2.0


def test_codes_come_back_whole() -> None:
    """A lost zero is restored and a section's number taken off; a wrong section is refused."""
    parsed = oec.parse(WIDE, "x.csv")
    assert set(parsed.table["commodity_code"]) == {"0101", "2709", "2701"}
    bad = oec.parse(WIDE.replace(b",52701,", b",62701,"), "x.csv")
    assert bad.refused == (
        "x.csv, row 4: code of 'Exports from Russia to China (USD)' '62701' does not begin with its section's number",
    )


def test_the_long_form_has_both_directions() -> None:
    """Exporter and importer come from their ids; unknown ids and partners out of scope are counted."""
    parsed = oec.parse(LONG, "x.csv")
    assert kit.only(parsed, reporter="CHN", partner="RUS", commodity_code="8471")["value"] == 2000000000.5
    assert parsed.left_out == {"partner euxxz": 1, "partner FRA": 1}
    assert parsed.notes == ("x.csv: 'Trade Value' names no unit; the OEC documents it as US$",)


def test_no_unit_and_no_country_are_refused() -> None:
    """A value column without a unit in US$, or between countries nobody knows, is no figure."""
    assert "names no unit in US$" in kit.refusal(oec.parse, WIDE.replace(b" (USD)", b""))
    assert "names no unit in US$" in kit.refusal(oec.parse, WIDE.replace(b"(USD)", b"(RUB)"))
    assert "the country 'Utopia'" in kit.refusal(oec.parse, WIDE.replace(b"to China", b"to Utopia"))
    assert "no column 'Exporter Country'" in kit.refusal(oec.parse, b"HS4 ID,Year,Trade Value\n101,2020,1\n")


@pytest.mark.parametrize(
    ("old", "new", "why"),
    [
        (b",2018,29200.0", b",18,29200.0", "year of 'Exports from Russia to China (USD)' '18' is not a year"),
        (b",29200.0", b",NaN", "value of 'Exports from Russia to China (USD)' 'NaN' is not a number of zero or more"),
        (b"1,Animal Products,101,", b"1,Animal Products,ab,", "'ab' is no HS4 code of the OEC"),
    ],
)
def test_bad_rows_are_named(old: bytes, new: bytes, why: str) -> None:
    """A bad year, number or code is refused with its row; the rest is read."""
    parsed = oec.parse(WIDE.replace(old, new, 1), "x.csv")
    assert len(parsed.refused) == 1
    assert parsed.refused[0].startswith("x.csv, row 2: ")
    assert why in parsed.refused[0]
    assert len(parsed.table) == 2


@settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(kit.any_of("oec"))
def test_damage_never_ends_in_a_traceback(content: bytes) -> None:
    """Whatever is done to a good file, it is read or refused in one line."""
    kit.survives(oec.SOURCE, content)


def test_the_real_file_equals_a_plain_loop() -> None:
    """Count and sum of the real file, and crude of 58.38 bn in 2022."""
    content = kit.shared("oec/rus_exports_to_chn_hs4_2018_2023.csv")
    parsed = oec.parse(content, "rus.csv")
    plain = kit.rows(content)
    total = sum(float(row["Exports from Russia to China (USD)"]) for row in plain)
    assert parsed.rows_read == len(parsed.table) == len(plain) == 4965
    assert parsed.table["value"].sum() == pytest.approx(total, rel=1e-12)
    assert round(kit.only(parsed, commodity_code="2709", period_start="2022-01-01")["value"] / 1e9, 2) == 58.38
    assert "0101" in set(parsed.table["commodity_code"])
