"""Discount: Russian against all other crude, on one count alone."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.measures.energy import discount
from analysis.selection import Selection
from layouts.charts.registry import CHARTS
from tests.analysis.kit import dataset, row
from tests.analysis.measures.energy.test_fuel_bills import breaks

if TYPE_CHECKING:
    from collections.abc import Iterator

    from analysis.dataset import Dataset

FIGURES = Path(__file__).parents[4] / "data" / "figures"
amounts = st.floats(1.0, 1e12)


def lines(name: str) -> Iterator[dict[str, str]]:
    """Read one of the figure files, line by line."""
    with (FIGURES / name).open(encoding="utf-8") as file:
        yield from csv.DictReader(file)


def oil(start: str, end: str | None, value: float, weight: float | None, **over: Any) -> dict[str, Any]:
    """Return crude that China bought, from Russia and as Comtrade has it unless told otherwise."""
    base = {"flow": "import", "commodity_code": "2709", "classification": "HS2022", "net_weight_kg": weight}
    return row(start, end, value, **{**base, "valuation": "CIF", **over})


def month(start: str, value: float, weight: float) -> dict[str, Any]:
    """Return a month of crude from all origins, as customs publish it."""
    return oil(start, None, value, weight, source="gacc", partner="WLD", commodity_code="27090000", classification="HS")


def gaps(data: Dataset) -> dict[str, float]:
    """Return the gap by the start of its year."""
    rows = discount.crude(data)
    rows = rows[rows["gap_pct"].notna()]
    return dict(zip(rows["period_start"].dt.strftime("%Y-%m"), rows["gap_pct"], strict=True))


def test_worked_example() -> None:
    """10 t for 4,500 against 20 t for 10,000: 450 and 500 US$/t, 10 % less, 500 US$ saved, 61.39 US$/bbl."""
    figures = discount.gap(pd.DataFrame({"value": [4500.0], "kg": [1e4], "other_value": [1e4], "other_kg": [2e4]}))
    assert figures["russia_usd_t"].tolist() == [450.0]
    assert figures["other_usd_t"].tolist() == [500.0]
    assert figures["gap_pct"].tolist() == pytest.approx([-10.0])
    assert figures["saving"].tolist() == pytest.approx([500.0])
    assert figures["russia_usd_bbl"].round(2).tolist() == [61.39]


@given(amounts, amounts, amounts, amounts)
def test_the_factor_moves_no_gap(value: float, weight: float, other: float, other_weight: float) -> None:
    """The gap is the same a tonne and a barrel; the saving has its sign turned round."""
    rows = pd.DataFrame({"value": [value], "kg": [weight], "other_value": [other], "other_kg": [other_weight]})
    figures = discount.gap(rows).iloc[0]
    assert 100 * (figures["russia_usd_bbl"] / figures["other_usd_bbl"] - 1) == pytest.approx(
        figures["gap_pct"], rel=1e-9, abs=1e-6
    )
    assert figures["saving"] * figures["gap_pct"] <= 0


@pytest.mark.parametrize("column", ["value", "kg", "other_value", "other_kg"])
def test_no_price_without_value_and_weight(column: str) -> None:
    """A missing side gives no price and no gap; so does one that is not above zero."""
    for amount in (float("nan"), 0.0, -5.0):
        rows = pd.DataFrame({"value": [4.0], "kg": [1.0], "other_value": [5.0], "other_kg": [1.0]})
        assert discount.gap(rows.assign(**{column: amount}))["gap_pct"].isna().all()


def test_other_is_all_origins_less_russia() -> None:
    """Of 300 for 5 t, Russia has 100 for 2 t: others cost 66.7 a tonne, Russia's 25 % less."""
    data = dataset(oil("2024-01", "2024-12", 100.0, 2.0), oil("2024-01", "2024-12", 300.0, 5.0, partner="WLD"))
    assert gaps(data) == pytest.approx({"2024-01": -25.0})


def test_all_origins_of_the_same_source_come_first() -> None:
    """Customs' months stand in only where the source of Russia's figure has no total."""
    russia, whole = oil("2024-01", "2024-12", 100.0, 2.0), oil("2024-01", "2024-12", 300.0, 5.0, partner="WLD")
    months = [month(f"2024-{k:02d}", 100.0, 1.0) for k in range(1, 13)]
    assert gaps(dataset(russia, whole, *months)) == pytest.approx({"2024-01": -25.0})
    assert gaps(dataset(russia, *months)) == pytest.approx({"2024-01": 100 * (50 / 110 - 1)})
    assert gaps(dataset(russia, *months[:11])) == {}


def test_russias_own_count_never_meets_chinas_total() -> None:
    """What Russia reports, FOB, gives no gap to what China counts, CIF; nor does a first print to a later total."""
    russia = {"reporter": "RUS", "partner": "CHN", "flow": "export", "valuation": "FOB", "commodity_code": "270900"}
    months = [month(f"2021-{k:02d}", 100.0, 1.0) for k in range(1, 13)]
    own = [oil(f"2021-{k:02d}", None, 20.0, 0.2, **russia) for k in range(1, 13)]
    assert gaps(dataset(*months, *own)) == {}
    first = oil("2021-01", "2021-12", 200.0, 2.0, source="press", status="preliminary", classification="HS")
    rows = discount.crude(dataset(*months, first))
    assert rows["series"].tolist() == ["alone"]
    assert rows["refused"].tolist() == [discount.FIRST_PRINT]
    assert rows[["russia_usd_t", "basis", "base_basis"]].to_numpy().tolist() == [[1e5, "CHN CIF HS first printed", ""]]


def carried(year: int, weight: float) -> dict[str, Any]:
    """Return what BACI carries of Russia's crude to China."""
    side = {"source": "baci", "reporter": "RUS", "partner": "CHN", "flow": "export", "valuation": "FOB"}
    return oil(f"{year}-01", f"{year}-12", 200.0, weight, **side)


@pytest.mark.parametrize(
    ("year", "weight", "compared"), [(2022, 86.248e9, True), (2022, 80e9, False), (2021, 86.248e9, False)]
)
def test_a_weight_that_baci_estimated_gives_no_price(year: int, weight: float, *, compared: bool) -> None:
    """BACI's weight counts where it rounds to customs' print, and only after it carries China's count."""
    cells = {"reporter": "CHN", "partner": "RUS", "flow": "import", "commodity_code": "2709", "basis": "customs"}
    cells |= {"quantity": "86.25", "quantity_unit": "mln_t", "released": "2023-01-20", "reference": "synthetic"}
    printed = pd.DataFrame([cells | {"period_start": f"{year}-01", "period_end": f"{year}-12"}])
    months = [month(f"{year}-{k:02d}", 100.0, 40e9) for k in range(1, 13)]
    data = dataset(carried(year, weight), *months, quantities=printed, breaks=breaks())
    assert bool(gaps(data)) is compared


def test_2022_counted_again(dataset: Dataset) -> None:
    """Twelve months from all origins less BACI's line, whose weight is the printed one: 7.1 % less."""
    whole = [0.0, 0.0]
    for line in lines("china_world_energy.csv"):
        one = line["period_start"] == line["period_end"] and line["period_start"].startswith("2022")
        if one and line["commodity_code"] == "27090000" and line["unit"] == "usd" and line["source"] == "gacc":
            whole = [whole[0] + float(line["value"]), whole[1] + float(line["net_weight_kg"])]
    value, kg = next(
        (float(line["value"]), float(line["net_weight_kg"]))
        for line in lines("hs_baci_hs4_raw_materials_2022_2024.csv")
        if (line["reporter"], line["partner"], line["commodity_code"], line["period_start"])
        == ("RUS", "CHN", "2709", "2022-01")
    )
    again = 100 * ((value / kg) / ((whole[0] - value) / (whole[1] - kg)) - 1)
    assert gaps(dataset)["2022-01"] == pytest.approx(again, rel=1e-6)
    assert round(again, 1) == -7.1


def test_customs_gap_of_2025(dataset: Dataset) -> None:
    """486.2 against 515.4 US$ a tonne in 2025, and the page says so in at most 15 words."""
    rows = discount.crude(dataset)
    years = rows[rows["series"].eq("customs") & rows["kind"].eq("year")]
    newest = years[years["period_start"].dt.year.eq(2025)].iloc[0]
    assert newest["russia_usd_t"] == pytest.approx(486.2, abs=0.05)
    assert newest["other_usd_t"] == pytest.approx(515.4, abs=0.05)
    chart = CHARTS["discount"]
    shown = chart.words(chart.rows(dataset, Selection()), Selection())
    assert "5.6% less" in shown.finding
    assert len(shown.finding.split()) <= 15


def test_a_year_on_two_bases_has_a_price_and_a_reason(dataset: Dataset) -> None:
    """Of 2023 customs' tonnes are a first print, and BACI's weight is another: no gap, and the page says why."""
    chart, asked = CHARTS["discount"], Selection.from_query("?start=2023&end=2023")
    shown = chart.rows(dataset, asked)
    assert set(shown["series"]) == {"alone", "brent"}
    words = chart.words(shown, asked)
    assert words.finding == "Russian crude cost China US$\u00a077.3 a barrel in 2023, as first published"
    assert "Russia’s tonnes are a first published figure, those of all origins are as now published" in words.note
    assert words.stated[0].base == ""


def test_every_gap_rests_on_one_basis(dataset: Dataset) -> None:
    """Both sides are China's count, CIF, as known now, each year but 2023; no row of Russia's own count."""
    rows = discount.crude(dataset)
    compared = rows[rows["gap_pct"].notna()]
    assert compared["period_start"].dt.year.tolist() == [*range(2016, 2023), 2024, 2025]
    assert set(compared["basis"]) == {"CHN CIF HS now printed"}
    assert compared["basis"].eq(compared["base_basis"]).all()
    assert compared["kind"].eq("year").all()
    assert compared["valuation"].eq("CIF").all()


def test_barrels_that_were_printed_agree_with_the_factor() -> None:
    """Tonnes and daily barrels that customs' readers print for one year imply 7.33 a tonne, within one per cent."""
    printed: dict[str, dict[str, float]] = {}
    for line in lines("energy.csv"):
        whole = line["period_start"].endswith("-01") and line["period_end"].endswith("-12")
        if whole and line["commodity_code"] == "2709" and line["quantity_unit"] in {"mln_t", "mln_bbl_per_day"}:
            printed.setdefault(line["period_start"][:4], {})[line["quantity_unit"]] = float(line["quantity"])
    pairs = {year: both for year, both in printed.items() if len(both) == 2}
    assert len(pairs) >= 5
    for year, both in pairs.items():
        days = pd.Timestamp(int(year), 12, 31).day_of_year
        implied = both["mln_bbl_per_day"] * days / both["mln_t"]
        assert implied == pytest.approx(discount.BARRELS_A_TONNE, rel=0.01), year
