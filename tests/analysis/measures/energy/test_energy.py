"""The energy bill: definitions that hold one another, sums of one level, verdicts, months in print, CREA apart."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.claims.figures import goods_values as ware_lines
from analysis.measures.energy import definitions as energy
from analysis.measures.energy import prints as fuel_prints
from analysis.measures.energy import years as fuel_years
from analysis.measures.energy.bills import bill_on
from tests.analysis.kit import dataset, row

if TYPE_CHECKING:
    from analysis.dataset import Dataset

FLOW = {"reporter": "RUS", "partner": "CHN", "flow": "export", "valuation": "FOB"}
LINES = {
    "270900": 50.0,
    "270112": 8.0,
    "270400": 1.0,
    "271111": 5.0,
    "271121": 3.0,
    "271000": 4.0,
    "271112": 0.5,
    "271311": 0.25,
    "271600": 0.125,
    "270799": 0.0625,
}


def baci(year: int, lines: dict[str, float] = LINES, **over: Any) -> list[dict[str, Any]]:
    """Return six-digit lines of a year, in billions."""
    shared = {"source": "baci", "classification": "HS2017", **FLOW, **over}
    return [
        row(f"{year}-01", f"{year}-12", value * 1e9, commodity_code=code, **shared) for code, value in lines.items()
    ]


def press(code: str, start: str, end: str | None = None, value: float = 1.0, **over: Any) -> dict[str, Any]:
    """Return what a newspaper prints of China's customs."""
    kept = {"source": "press", "flow": "import", "classification": "HS", "status": "preliminary", "valuation": "CIF"}
    return row(start, end, value, commodity_code=code, **{**kept, **over})


def sums(data: Dataset, year: int = 2022, who: str = "baci") -> dict[str, float]:
    """Return the bill of a year under each definition that has one, in billions."""
    bills = {count: bill_on(data, year, who, count) for count in energy.DEFINITIONS}
    return {count: bill.value / 1e9 for count, bill in bills.items() if bill and bill.value is not None}


def test_each_definition_by_hand() -> None:
    """Four fuels are 67, products add 4.75, electricity 0.125, the rest of the chapter 0.0625."""
    assert sums(dataset(*baci(2022))) == {"four": 67.0, "products": 71.75, "electricity": 71.875, "hs27": 71.9375}


def test_every_line_counts_once() -> None:
    """The parts of the chapter add up to the chapter, and none of them holds a code of another."""
    data = dataset(*baci(2022))
    assert energy.parts(data)["value"].sum() == energy.to_china(data, "27")["value"].sum()
    assert energy.four_fuels(data).set_index("fuel")["value"].to_dict() == {
        "crude": 50e9,
        "coal": 9e9,
        "lng": 5e9,
        "pipeline_gas": 3e9,
    }


def test_headings_never_join_six_digit_lines() -> None:
    """A heading of the same year and source is no part of any sum."""
    lines = [*baci(2022), *baci(2022, {"2709": 50.0, "27": 80.0})]
    assert sums(dataset(*lines))["hs27"] == 71.9375


def test_two_classifications_of_a_year_are_not_mixed() -> None:
    """Where a year is held in two classifications, all parts come from the newer one."""
    newer = {code: value for code, value in LINES.items() if code != "270799"}
    rows = energy.parts(dataset(*baci(2022), *baci(2022, newer, classification="HS2022")))
    assert rows["value"].sum() == 71.875e9


@settings(max_examples=25)
@given(st.dictionaries(st.sampled_from(sorted(LINES)), st.floats(0.001, 1e3), min_size=1))
def test_definitions_hold_one_another(lines: dict[str, float]) -> None:
    """Whatever is traded: four fuels <= with products <= with electricity <= the chapter; none held is no zero."""
    bills = sums(dataset(*baci(2022, lines)))
    sums_ = [bills[count] for count in energy.DEFINITIONS if count in bills]
    assert all(a <= b * (1 + 1e-9) for a, b in pairwise(sums_))
    assert all(value > 0 for value in sums_)
    assert bills["hs27"] == pytest.approx(sum(lines.values()))


def quote(year: int, value: float) -> dict[str, Any]:
    """Return a sum that the article quotes, in billions."""
    cells = {"source": "article", "flow": "import", "commodity_code": "FOUR_FUELS", "classification": "HS"}
    return row(f"{year}-01", f"{year}-12", value * 1e9, **cells)


def test_the_article_is_judged_under_each_definition() -> None:
    """67 holds for the four fuels and does not follow where products count; a year without a bill has no verdict."""
    data = dataset(*baci(2022), quote(2022, 67), quote(2021, 52.1))
    verdicts = {c: fuel_years.quoted(data, "baci", c).set_index("value")["verdict"] for c in energy.DEFINITIONS}
    assert verdicts["four"].to_dict() == {67e9: energy.HOLDS}
    assert verdicts["products"].to_dict() == {67e9: energy.NOT}


@pytest.mark.parametrize(("value", "verdict"), [(67.4, energy.NOT), (67.0, energy.HOLDS), (68, energy.NOT)])
def test_a_quote_is_held_to_its_own_digits(value: float, verdict: str) -> None:
    """67.4 is not 67.0, and 68 is not 67: half a unit of the last digit, and what customs usually revise."""
    assert fuel_years.quoted(dataset(*baci(2022), quote(2022, value)), "baci")["verdict"].tolist() == [verdict]


def test_the_shipped_verdicts(dataset: Dataset) -> None:
    """Both quoted sums hold on China's count for the four fuels alone; in BACI that of 2021 does not."""
    assert {c: round(v, 1) for c, v in sums(dataset).items()} == {
        "four": 81.3,
        "products": 85.2,
        "electricity": 85.4,
        "hs27": 85.4,
    }
    verdicts = {
        (who, count): fuel_years.quoted(dataset, who, count).set_index("value")["verdict"].to_dict()
        for who in ("china", "baci")
        for count in energy.DEFINITIONS
    }
    assert verdicts["china", "four"] == {52.1e9: energy.HOLDS, 81e9: energy.HOLDS}
    assert verdicts["baci", "four"] == {52.1e9: energy.NOT, 81e9: energy.HOLDS}
    assert all(set(verdicts["china", count].values()) == {energy.NOT} for count in ("products", "electricity", "hs27"))


@pytest.mark.parametrize("shift", [0.95, 1.05])
def test_a_quote_five_per_cent_off_does_not_hold(dataset: Dataset, shift: float) -> None:
    """The tolerance of the shipped bills is far below five per cent: shifted sums fall."""
    for year in (2019, 2020, 2021, 2022, 2023):
        bill = bill_on(dataset, year)
        assert bill
        assert bill.value
        assert abs(bill.value * shift - bill.value) > bill.tolerance + 0.5e9


def test_growth_only_within_a_basis(dataset: Dataset) -> None:
    """China's count of 2022 stands over 2021; BACI's does not, fuel by fuel, and the row says what parts them."""
    china, merged = (fuel_years.table(dataset, who, "four") for who in ("china", "baci"))
    for rows in (china, merged):
        grown = rows[rows["yoy_pct"].notna()]
        assert len(grown)
        assert grown["basis"].eq(grown["base_basis"]).all()
        assert rows.loc[rows["yoy_pct"].isna(), "base_basis"].eq("").all()
    of_2022 = merged[merged["period_start"].dt.year.eq(2022)].set_index("fuel")
    assert of_2022.loc["crude", "break_reason"] == "baci-RUS-2022-01"
    assert of_2022["yoy_pct"].notna().to_dict() == {
        **dict.fromkeys(("crude", "coal", "lng", "hs27"), False),
        "pipeline_gas": True,
    }
    ours = china[china["period_start"].dt.year.eq(2022)].set_index("fuel")
    assert ours["yoy_pct"].notna().all()
    assert ours["break_reason"].eq("").all()


def test_months_are_those_in_print() -> None:
    """Longer windows give no month, lone Januaries are left out, a printed pair stays one window."""
    data = dataset(
        press("2709", "2023-03", value=5.0),
        press("2709", "2023-01", "2023-06", 28.0),
        press("2709", "2024-01", value=4.0),
        press("271111", "2022-01", "2022-02", 0.5),
    )
    rows = fuel_prints.by_month(data)
    assert rows[["fuel", "months", "value"]].to_numpy().tolist() == [["crude", 1, 5.0], ["lng", 2, 0.5]]
    assert rows["count"].unique().tolist() == ["china"]


def test_both_sides_stay_apart() -> None:
    """Russia's month and China's are two rows, each with its valuation; Russia's January stands alone."""
    russia = {"classification": "HS", "commodity_code": "270900", **FLOW}
    data = dataset(
        row("2021-03", value=3.0, **russia), row("2021-01", value=2.0, **russia), press("2709", "2021-03", value=3.3)
    )
    rows = fuel_prints.by_month(data)
    assert sorted(zip(rows["count"], rows["valuation"], rows["value"], strict=True)) == [
        ("china", "CIF", 3.3),
        ("russia", "FOB", 2.0),
        ("russia", "FOB", 3.0),
    ]


def test_final_customs_beat_the_press() -> None:
    """Of one month and fuel the final figure stands, not the print of the day."""
    final = press("2709", "2023-03", value=5.1, source="comtrade", status="final", classification="HS2022")
    rows = fuel_prints.by_month(dataset(press("2709", "2023-03", value=5.0), final))
    assert rows[["value", "source", "provisional"]].to_numpy().tolist() == [[5.1, "comtrade", False]]


def test_a_year_without_a_bill_has_single_fuels() -> None:
    """A part of a year is no year; a fuel alone is no bill, and the row names what is lacking."""
    data = dataset(
        press("2709", "2024-01", "2024-12", 62.0),
        press("2709", "2024-01", "2024-12", 62.5, source="comtrade", status="final", classification="HS2022"),
        press("2709", "2025-01", "2025-09", 40.0),
    )
    rows = fuel_years.table(data, "china", "four")
    assert rows[["fuel", "role", "value", "source"]].to_numpy().tolist() == [["crude", "alone", 62.5, "comtrade"]]
    assert rows["lacking"].tolist() == ["coal lng pipeline_gas"]


def crea(month: str, fuel: str, value: float, currency: str = "USD") -> dict[str, Any]:
    """Return one modelled figure."""
    kept = {**FLOW, "valuation": "unknown", "source": "crea", "status": "estimated", "currency": currency}
    return row(month, value=value, commodity_code=f"CREA_{fuel}", **kept)


def test_crea_stands_in_rows_of_its_own() -> None:
    """Crude by ship and by pipe are one fuel; euros are not added; customs' sums do not move."""
    months = [f"2022-{m:02d}" for m in range(1, 13)]
    model = [crea(m, fuel, 1e9) for m in months for fuel in ("CRUDE_OIL", "PIPELINE_OIL", "LNG", "OIL_PRODUCTS")]
    data = dataset(
        *baci(2022), *model, *(crea(m, "CRUDE_OIL", 9e9, "EUR") for m in months), crea("2023-01", "LNG", 5e9)
    )
    rows = fuel_prints.modelled(data)
    assert rows.loc[rows["fuel"].eq("crude"), "value"].unique().tolist() == [2e9]
    assert set(rows["count"]) == {"crea"}
    four, products = (fuel_prints.modelled_years(data, count) for count in ("four", "products"))
    assert four[["fuel", "value", "status"]].to_numpy().tolist() == [["crea", 36e9, "estimated"]], "2023 has one month"
    assert products["value"].tolist() == [48e9]
    assert sums(data)["four"] == 67
    assert set(fuel_prints.by_month(data)["fuel"]) == {"crude", "lng"}


def test_nothing_gives_nothing() -> None:
    """Without figures every table is empty and nothing breaks."""
    data = dataset(row("2022-01"))
    assert sums(data, who="china") == sums(data) == {}
    tables = (energy.counted(data, "hs27"), fuel_years.quoted(data, "china"), fuel_prints.by_month(data))
    assert [len(table) for table in tables] == [0, 0, 0]
    assert len(fuel_years.table(data, "china", "four")) == len(fuel_prints.modelled_years(data, "four")) == 0


def test_a_second_edition_of_a_year_is_counted_once() -> None:
    """A reader's BACI file in another edition of the Harmonized System doubles neither chapters nor goods."""
    cells = {"source": "baci", "flow": "export", "commodity_code": "854231"}
    both = [
        row("2022-01", "2022-12", 7.0, classification=edition, reporter=seller, partner=buyer, **cells)
        for edition in ("HS2017", "HS2022")
        for seller, buyer in (("CHN", "RUS"), ("RUS", "CHN"))
    ]
    data = dataset(*both)
    assert energy.chapters(data, 2022)["value"].tolist() == [7.0]
    assert energy.sold_to_russia(data, 2022, ("8542",)) == 7.0
    assert ware_lines.years(data, ("8542",), "export") == {2022: 7.0}
    assert ware_lines.years(data, ("",), "import") == {2022: 7.0}
