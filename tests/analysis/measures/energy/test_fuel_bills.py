"""The energy bill on one count at a time: whose figures stand, what is lacking, what may be compared."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.basis import Basis, Break
from analysis.measures.energy import bills as fuel_bills
from analysis.measures.energy import counts as fuel_counts
from analysis.measures.energy.bills import Bill, bill_on
from analysis.measures.energy.figures import combined
from tests.analysis.kit import dataset, row

if TYPE_CHECKING:
    from analysis.dataset import Dataset

SHARED = Path(__file__).parents[5] / "shared" / "figures" / "china_basis_four_fuels_by_year.csv"
OWN = {"flow": "import", "classification": "HS2017", "valuation": "CIF"}
SOLD = {"source": "baci", "reporter": "RUS", "partner": "CHN", "flow": "export", "valuation": "FOB"}
PRINTED = "CHN CIF HS now printed"


def breaks() -> pd.DataFrame:
    """Return a declared break: merged and FOB to 2021, then China's count, CIF; pipeline gas always China's."""
    cells = dict.fromkeys(Break.__dataclass_fields__, "")
    whole = cells | {"source": "baci", "reporter": "RUS", "partner": "CHN", "flow": "export", "kind": "counting"}
    whole |= {"counted_before": "CHN+RUS", "valuation_before": "FOB", "counted_after": "CHN", "valuation_after": "CIF"}
    whole |= {"last_before": "2021-12", "first_after": "2022-01", "reason": "synthetic"}
    gas = whole | {"commodity_code": "271121", "last_before": "2019-11", "first_after": "2019-12"}
    return pd.DataFrame([whole, gas])


def china(year: int, values: dict[str, float], **over: Any) -> list[dict[str, Any]]:
    """Return what China's customs report of a year by code, in billions."""
    return [row(f"{year}-01", f"{year}-12", v * 1e9, commodity_code=c, **{**OWN, **over}) for c, v in values.items()]


def baci(year: int, values: dict[str, float], **over: Any) -> list[dict[str, Any]]:
    """Return BACI's lines of a year by code, in billions."""
    return china(year, values, **{**SOLD, "classification": "HS2017", **over})


def press(code: str, year: int, value: float, day: str | None) -> dict[str, Any]:
    """Return what a newspaper prints of customs' year, in billions."""
    kept = {"source": "press", "status": "preliminary", "classification": "HS", "released": day}
    return china(year, {code: value}, **kept)[0]


def asked(data: Dataset, year: int, who: str = "china", count: str = "four") -> Bill:
    """Return a bill that must be there."""
    bill = bill_on(data, year, who, count)
    assert bill
    return bill


FOUR = {"2709": 40.0, "2701": 7.0, "271111": 2.5, "271121": 1.5}
LINES = {"270900": 60.0, "270111": 4.0, "270112": 8.0, "271111": 6.0, "271121": 4.0, "270210": 0.5, "271000": 3.0}


def test_worked_example() -> None:
    """China's own prints add up to 51; BACI's lines of 2022 carry China's count, and 78 has the same basis."""
    data = dataset(*china(2021, FOUR), *baci(2022, LINES), breaks=breaks())
    before, after = asked(data, 2021), asked(data, 2022)
    assert before.value == 51e9
    assert after.value == pytest.approx(82e9)
    assert before.basis == after.basis == PRINTED
    assert after.parts == {"crude": 60e9, "coal": 12e9, "lng": 6e9, "pipeline_gas": 4e9}


def test_baci_before_its_break_is_not_chinas_count() -> None:
    """Of a merged year China's count takes the pipeline gas alone, and shows no bill."""
    data = dataset(*baci(2021, LINES), breaks=breaks())
    own, merged = asked(data, 2021), asked(data, 2021, "baci")
    assert own.value is None
    assert own.parts == {"pipeline_gas": 4e9}
    assert own.lacking == ("crude", "coal", "lng")
    assert merged.value == pytest.approx(82.5e9)
    assert Basis.read(merged.basis).counted_by == "CHN+RUS"


def test_no_basis_is_shared_across_the_break() -> None:
    """BACI's bills of 2021 and 2022 have other bases, those of 2022 and 2023 the same."""
    data = dataset(*(line for year in (2021, 2022, 2023) for line in baci(year, LINES)), breaks=breaks())
    bases = {year: asked(data, year, "baci") for year in (2021, 2022, 2023)}
    codes = {year: bill.basis for year, bill in bases.items()}
    assert codes[2021] != codes[2022]
    assert codes[2022] == codes[2023] == PRINTED


@pytest.mark.parametrize("fuel", sorted(FOUR))
def test_a_fuel_that_nobody_prints_leaves_no_bill(fuel: str) -> None:
    """Three fuels are no bill, whichever is lacking."""
    bill = asked(dataset(*china(2021, {code: v for code, v in FOUR.items() if code != fuel})), 2021)
    assert bill.value is None
    assert len(bill.parts) == len(bill.lacking) + 2 == 3


def test_before_the_pipeline_three_fuels_are_all() -> None:
    """Gas by pipe is not missed before it flowed, and is in the year after."""
    three = {code: value for code, value in FOUR.items() if code != "271121"}
    before, after = (asked(dataset(*china(year, three)), year) for year in (2018, 2020))
    assert before.value == 49.5e9
    assert after.lacking == ("pipeline_gas",)


def test_a_selection_of_lines_is_no_heading() -> None:
    """One line of coal, or of a source whose chapter holds more, stands for no coal; lines that add up do."""
    part = {**FOUR, "270112": 9.0}
    del part["2701"]
    short = asked(dataset(*china(2022, {**part, "27": 80.0})), 2022)
    assert "coal" in short.lacking
    lines = {"270900": 40.0, "270111": 3.0, "270112": 4.0, "271111": 2.5, "271121": 1.5, "27": 51.0}
    full = asked(dataset(*china(2022, lines)), 2022)
    assert full.value == 51e9


def test_gas_by_pipe_as_a_remainder() -> None:
    """2711 of 13.2 less LNG 4.99 and LPG 0.17 leaves 8.04, derived; what 271114 held in another year is its doubt."""
    gases = {"2709": 62.0, "2701": 10.0, "2711": 13.2, "271112": 0.12, "271113": 0.05}
    older = china(2023, {"271114": 0.003})
    bill = asked(dataset(*china(2024, gases), *older, press("271111", 2024, 4.99, "2025-01-31")), 2024)
    assert bill.parts["pipeline_gas"] == pytest.approx(8.04e9)
    assert bill.bases["pipeline_gas"] == "CHN CIF HS first computed"
    assert bill.value == pytest.approx(62e9 + 10e9 + 13.2e9 - 0.17e9)
    assert bill.rounding >= 0.003e9
    without = china(2024, {code: value for code, value in gases.items() if code != "271113"})
    lacking = asked(dataset(*without, press("271111", 2024, 4.99, "2025-01-31")), 2024)
    assert lacking.lacking == ("pipeline_gas",), "LPG that is not held would pass as gas by pipe"


def test_which_print_stands() -> None:
    """Final before first prints whatever their day; of first prints the first; of final ones the newest."""
    prints = [press("2709", 2021, value, day) for value, day in ((40.5, "2022-06-01"), (40.2, "2022-01-20"))]
    undated = press("2709", 2021, 40.9, None)
    figures = fuel_counts.by_year(dataset(*prints, undated), "china")
    assert figures[2021]["2709"].value == 40.2e9
    final = [china(2021, {"2709": v}, released=day)[0] for v, day in ((41.0, "2022-03-01"), (40.7, "2022-12-31"))]
    assert fuel_counts.by_year(dataset(*prints, *final), "china")[2021]["2709"].value == 40.7e9


def test_twelve_months_of_russias_count() -> None:
    """Twelve printed months are a year on Russia's count, eleven are none."""
    cells = {"reporter": "RUS", "partner": "CHN", "flow": "export", "valuation": "FOB", "classification": "HS"}
    months = [row(f"2021-{m:02d}", value=3e9, commodity_code="270900", **cells) for m in range(1, 13)]
    whole = asked(dataset(*months), 2021, "russia")
    assert whole.parts == {"crude": 36e9}
    assert whole.basis == "RUS FOB HS now printed"
    assert bill_on(dataset(*months[1:]), 2021, "russia") is None


def test_all_of_hs_27_is_what_is_reported() -> None:
    """The chapter is the bill of its definition, the rest what the fuels leave of it; SITC 27 is something else."""
    sitc = china(2021, {"27": 0.3}, classification="SITC4")
    bill = asked(dataset(*china(2021, {**FOUR, "27": 53.0}), *sitc), 2021, "china", "hs27")
    assert bill.value == 53e9
    assert bill.parts["rest"] == pytest.approx(2e9)
    assert bill_on(dataset(*sitc), 2021) is None


def test_usual_revision() -> None:
    """Two years moved by 1 and 3 of 51 in all: 4 % at the middle; one print says nothing."""
    rows = [
        line
        for year, crude in ((2019, 39.0), (2020, 37.0))
        for line in (*china(year, {"2709": crude}, released="2022-03-01"), *china(year, FOUR, released="2022-12-31"))
    ]
    assert fuel_bills.usual_revision(dataset(*rows)) == pytest.approx((1 / 51 + 3 / 51) / 2)
    assert fuel_bills.usual_revision(dataset(*china(2021, FOUR))) == 0.0


@settings(max_examples=30)
@given(st.lists(st.sampled_from(["CHN CIF HS now printed", "CHN CIF HS first printed", "CHN+RUS FOB HS now merged"])))
def test_what_rests_on_several_bases_names_them_all(codes: list[str]) -> None:
    """One basis stays itself; several give another that no single figure has, and never hide who counted."""
    basis = combined(codes)
    if not codes:
        assert not basis
    elif len(set(codes)) == 1:
        assert basis == codes[0]
    else:
        assert basis not in {code for code in codes if "merged" not in code}
        assert {who for code in codes for who in Basis.read(code).counted_by.split("+")} == set(
            Basis.read(basis).counted_by.split("+")
        )


def test_words_that_are_none() -> None:
    """Another count or definition is refused by name."""
    with pytest.raises(ValueError, match="japan"):
        bill_on(dataset(row("2021-01")), 2021, "japan")


def test_the_shipped_bills(dataset: Dataset) -> None:
    """2021 51.88, 2022 80.85 on one basis, +55.8 %; 2024 comes in and says on what; 2025 is no bill."""
    bills = {year: asked(dataset, year) for year in range(2016, 2026)}
    values = {year: round(bill.value / 1e9, 2) for year, bill in bills.items() if bill.value}
    expected = (18.09, 26.30, 41.03, 41.10, 32.67, 51.88, 80.85, 86.65, 86.10)
    assert values == dict(zip(range(2016, 2025), expected, strict=True))
    assert {bill.basis for year, bill in bills.items() if year < 2024} == {PRINTED}
    assert bills[2024].basis != PRINTED
    assert bills[2025].lacking == ("coal", "pipeline_gas")
    assert round(100 * (bills[2022].value or 0) / (bills[2021].value or 1) - 100, 1) == 55.8
    assert fuel_bills.lacking(dataset, 2018, "china", "hs27") == ("hs27",)


@pytest.mark.skipif(not SHARED.exists(), reason="the gathered figures are not beside the project")
def test_every_fuel_as_gathered(dataset: Dataset) -> None:
    """Fuel by fuel and year by year, the figures gathered by hand come out of the one table."""
    with SHARED.open(encoding="utf-8") as file:
        lines = [line for line in csv.DictReader(file) if line["fuel"] != "four_fuels"]
    assert len(lines) > 40
    for line in lines:
        figures = fuel_counts.by_year(dataset, "china")[int(line["period_start"][:4])]
        fuel = {"2711less": "271121"}.get(line["hs"], line["hs"].split()[0])
        result = (
            figures[fuel].value
            if fuel in figures
            else fuel_bills.of_year(dataset, int(line["period_start"][:4]), "china")[line["fuel"]].value
        )
        assert result == pytest.approx(float(line["value"]), rel=1e-6), line
