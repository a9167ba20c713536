"""Price or volume: an exact split, refused where a weight cannot be trusted."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.measures.energy import fuel_tonnes
from analysis.measures.prices import price_volume
from analysis.selection import Selection
from layouts.charts.registry import CHARTS
from tests.analysis.kit import dataset, row

if TYPE_CHECKING:
    from analysis.dataset import Dataset

SNAPSHOT = Path(__file__).parents[4] / "data" / "snapshot" / "baci.parquet"
amounts = st.floats(1e-3, 1e12)
EFFECTS = ["price_effect", "volume_effect"]


def line(which: int, code: str, value: float, weight: float | None) -> dict[str, Any]:
    """Return one six-digit line of Russia's exports to China."""
    sides = {"source": "baci", "reporter": "RUS", "partner": "CHN", "flow": "export", "classification": "HS2017"}
    return row(f"{which}-01", f"{which}-12", value, commodity_code=code, net_weight_kg=weight, **sides)


def quantity(which: int, code: str, amount: str, **over: str) -> dict[str, str | None]:
    """Return the tonnes that customs printed for a year."""
    base: dict[str, str | None] = {
        "reporter": "CHN",
        "partner": "RUS",
        "flow": "import",
        "commodity_code": code,
        "period_start": f"{which}-01",
        "period_end": f"{which}-12",
        "quantity": amount,
        "quantity_unit": "mln_t",
        "basis": "customs",
        "released": None,
        "reference": "synthetic",
    }
    return {**base, **over}


def effects(data: Dataset, good: str, count: str = "baci", first: int = 2021) -> dict[str, Any]:
    """Return the row of one good between a year, 2021 unless told otherwise, and the next."""
    rows = price_volume.split(data, first, first + 1)
    figures = rows[rows["good"].eq(good) & rows["count"].eq(count)].to_dict("records")
    assert len(figures) == 1
    return {str(key): value for key, value in figures[0].items()}


def test_worked_example() -> None:
    """From 10 t at 4 to 20 t at 6, of 80 more price did 30 (2 * 15) and volume 50 (10 * 5)."""
    figures = price_volume.bennet(*(pd.Series([x]) for x in (40.0, 10.0, 120.0, 20.0)))
    assert figures.to_numpy().tolist() == [[30.0, 50.0]]


@given(amounts, amounts, amounts, amounts)
def test_the_effects_add_up_to_the_change(value: float, weight: float, value_1: float, weight_1: float) -> None:
    """Whatever the figures there is no residual beyond rounding, and years swapped give the negative."""
    there = price_volume.bennet(*(pd.Series([x]) for x in (value, weight, value_1, weight_1))).iloc[0]
    back = price_volume.bennet(*(pd.Series([x]) for x in (value_1, weight_1, value, weight))).iloc[0]
    scale = abs(there).sum() + value + value_1
    assert abs(there.sum() - (value_1 - value)) <= 1e-9 * scale
    assert (there + back).abs().max() <= 1e-9 * scale


def test_equal_prices_leave_all_to_volume() -> None:
    """Twice the tonnes at one price is volume alone."""
    figures = price_volume.bennet(*(pd.Series([x]) for x in (50.0, 10.0, 100.0, 20.0))).iloc[0]
    assert figures.tolist() == [0.0, 50.0]


@pytest.mark.parametrize("weight", [float("nan"), 0.0, -1.0])
def test_a_weight_that_is_not_there_gives_no_split(weight: float) -> None:
    """Missing, zero and negative weights are refused, not guessed."""
    figures = price_volume.bennet(*(pd.Series([x]) for x in (50.0, weight, 100.0, 20.0)))
    assert figures.isna().to_numpy().all()


def test_codes_are_split_one_by_one() -> None:
    """A shift from a cheap code to a dear one at steady prices is volume, not price."""
    data = dataset(
        line(2021, "740311", 100.0, 10.0),
        line(2021, "740319", 10.0, 10.0),
        line(2022, "740311", 150.0, 15.0),
        line(2022, "740319", 5.0, 5.0),
    )
    figures = effects(data, "copper")
    assert [figures[name] for name in (*EFFECTS, "unsplit", "change")] == [0.0, 45.0, 0.0, 45.0]


def test_a_small_code_of_one_year_stays_unsplit() -> None:
    """What has no price to compare is kept apart, and all parts still add up."""
    data = dataset(line(2021, "740311", 100.0, 10.0), line(2022, "740311", 100.0, 10.0), line(2022, "740319", 5.0, 1.0))
    figures = effects(data, "copper")
    assert [figures[name] for name in (*EFFECTS, "unsplit", "change")] == [0.0, 0.0, 5.0, 5.0]


def test_pipeline_gas_is_refused() -> None:
    """Its weight is wrong in BACI: the change stands, unsplit, with the reason."""
    figures = effects(dataset(line(2021, "271121", 10.0, 5.0), line(2022, "271121", 30.0, 6.0)), "pipeline_gas")
    assert figures["refused"] == "gas"
    assert pd.isna(figures["price_effect"])
    assert figures["change"] == figures["unsplit"] == 20.0


def test_an_estimated_weight_is_no_weight() -> None:
    """An estimate stands in the quantity, so the good is refused, and the reason says how much lacks a weight."""
    guess = line(2021, "260111", 10.0, None) | {"quantity": 5.0, "quantity_unit": "kg, estimated"}
    figures = effects(dataset(guess, line(2022, "260111", 30.0, 6.0)), "iron_ore")
    assert figures["refused"] == "no_weight share=100"


def test_a_weight_that_customs_contradict_is_refused() -> None:
    """BACI's 60 mt against 104 printed ones are not believed; against 66 they are."""
    lines = (line(2021, "270112", 5.0, 50e9), line(2022, "270112", 9.0, 60e9))
    wrong = dataset(*lines, quantities=pd.DataFrame([quantity(2022, "COAL", "104")]))
    assert effects(wrong, "coal")["refused"] == "weights year=2022 weighed=60.0 printed=104.0"
    fair = dataset(*lines, quantities=pd.DataFrame([quantity(2022, "COAL", "66")]))
    assert pd.isna(effects(fair, "coal")["refused"])


def test_customs_own_split_needs_value_and_tonnes_of_both_years() -> None:
    """Printed value and printed tonnes of one year make a pair; the longer print of tonnes stands."""
    side = {"source": "press", "flow": "import", "commodity_code": "2709", "classification": "HS"}
    values = [row(f"{y}-01", f"{y}-12", value, **side) for y, value in ((2021, 40.0), (2022, 120.0))]
    oil = (line(2021, "270900", 40.0, 10e9), line(2022, "270900", 120.0, 20e9))
    tonnes = [quantity(2021, "2709", "10"), quantity(2022, "2709", "20.0"), quantity(2022, "2709", "19")]
    data = dataset(*values, *oil, quantities=pd.DataFrame(tonnes))
    assert [effects(data, "crude", "customs")[name] for name in EFFECTS] == pytest.approx([30.0, 50.0])
    half = dataset(*values, *oil, quantities=pd.DataFrame(tonnes[:1]))
    assert price_volume.split(half, 2021, 2022)["count"].tolist() == ["baci"]


def test_an_analysts_tonnes_are_not_customs() -> None:
    """A Russian count checks a weight, but never makes a customs price."""
    side = {"source": "press", "flow": "import", "commodity_code": "2709", "classification": "HS"}
    side_tonnes = quantity(2021, "2709", "10", reporter="RUS", partner="CHN", flow="export", basis="analyst")
    data = dataset(row("2021-01", "2021-12", 40.0, **side), quantities=pd.DataFrame([side_tonnes]))
    assert fuel_tonnes.tonnes(data, "2709")["kg"].tolist() == [10e9]
    assert fuel_tonnes.from_russia(data, "2709").empty


def test_fuels_counted_again(dataset: Dataset) -> None:
    """A plain loop over the shipped lines finds the same split of crude and LNG, 2022 to 2023."""
    lines: dict[tuple[str, int], tuple[float, float]] = {}
    for cells in pq.read_table(SNAPSHOT).to_pylist():
        if (cells["reporter"], cells["partner"], cells["classification"]) == ("RUS", "CHN", "HS2017"):
            lines[cells["commodity_code"], cells["period_start"].year] = (cells["value"], cells["net_weight_kg"])
    for good, heads in (("crude", ("2709",)), ("lng", ("271111",))):
        price = volume = 0.0
        for code in sorted({code for code, _ in lines if code.startswith(heads)}):
            (v0, w0), (v1, w1) = lines[code, 2022], lines[code, 2023]
            price += (v1 / w1 - v0 / w0) * (w0 + w1) / 2
            volume += (w1 - w0) * (v0 / w0 + v1 / w1) / 2
        figures = effects(dataset, good, first=2022)
        assert [figures[name] for name in EFFECTS] == pytest.approx([price, volume], rel=1e-9)
        assert figures["basis"] == figures["base_basis"] == "CHN CIF HS2017 now printed"


def breaks(first_after: str = "2022-01", last_before: str = "2021-12") -> pd.DataFrame:
    """Return a change of who counts Russia's exports to China in BACI."""
    cells = {"source": "baci", "reporter": "RUS", "partner": "CHN", "flow": "export", "commodity_code": None}
    cells |= {"last_before": last_before, "first_after": first_after, "kind": "counting", "reason": "synthetic"}
    cells |= {"counted_before": "CHN+RUS", "valuation_before": "FOB", "counted_after": "CHN", "valuation_after": "CIF"}
    return pd.DataFrame([cells | {"reference": "synthetic", "released": None}])


def test_nothing_is_computed_across_a_change_of_who_counts() -> None:
    """Values of both years stand, without change, split or base; on either side of the break all is as ever."""
    rows = [line(year, "740311", value, weight) for year, value, weight in ((2020, 8.0, 1.0), (2021, 9.0, 1.0))]
    rows += [line(2022, "740311", 20.0, 2.0), line(2023, "740311", 30.0, 2.0)]
    data = dataset(*rows, breaks=breaks())
    across = effects(data, "copper")
    assert (across["value_before"], across["value"], across["base_basis"]) == (9.0, 20.0, "")
    assert pd.isna([across[name] for name in (*EFFECTS, "change", "unsplit")]).all()
    assert "2022" in across["refused"]
    for first, basis in ((2020, "CHN+RUS FOB HS2017 now merged"), (2022, "CHN CIF HS2017 now printed")):
        figures = effects(data, "copper", first=first)
        assert figures["basis"] == figures["base_basis"] == basis
        assert pd.notna(figures["change"])


def test_customs_own_count_goes_on_in_baci() -> None:
    """China's own report of 2021 and what BACI carries of China's count in 2022 are one basis, and are split."""
    side = {"flow": "import", "commodity_code": "2709", "classification": "HS2017", "valuation": "CIF"}
    printed_ = row("2021-01", "2021-12", 40.0, net_weight_kg=10e9, **side)
    lines = (line(2021, "270900", 30.0, 9e9), line(2022, "270900", 120.0, 20e9))
    data = dataset(printed_, *lines, breaks=breaks())
    figures = effects(data, "crude", "customs")
    assert [figures[name] for name in EFFECTS] == pytest.approx([30.0, 50.0])
    assert figures["basis"] == figures["base_basis"] == "CHN CIF HS now printed"
    assert pd.isna(effects(data, "crude")["change"])


def test_a_first_print_is_not_compared_with_a_revised_one() -> None:
    """Customs' figure as known now and a first print of the next year: no split, and the reason is said."""
    side = {"flow": "import", "commodity_code": "2709", "valuation": "CIF", "net_weight_kg": 10e9}
    rows = [
        row("2021-01", "2021-12", 40.0, classification="HS2017", **side),
        row("2022-01", "2022-12", 60.0, source="press", classification="HS", **side),
    ]
    figures = effects(
        dataset(*rows, line(2021, "740311", 1.0, 1.0), line(2022, "740311", 1.0, 1.0)), "crude", "customs"
    )
    assert figures["refused"] == "prints before=now after=first"
    assert pd.isna([figures[name] for name in (*EFFECTS, "change")]).all()


def test_codes_that_the_edition_regrouped_are_split_together() -> None:
    """Two codes that HS 2022 mixed are one good to the split: what moves between them is no price."""
    pairs = [("740311", "740311"), ("740311", "740319"), ("740319", "740319")]
    table = pd.DataFrame([(*pair, "regrouped", "", "x") for pair in pairs])
    table.columns = pd.Index(["hs2017", "hs2022", "kind", "reason", "reference"])
    rows = [line(2021, "740311", 90.0, 9.0), line(2021, "740319", 10.0, 1.0)]
    rows += [line(2022, "740311", 10.0, 1.0), line(2022, "740319", 190.0, 19.0)]
    figures = effects(dataset(*rows, hs_changes=table), "copper")
    assert [figures[name] for name in EFFECTS] == [0.0, 100.0]


@pytest.mark.parametrize(("first", "last"), [(2017, 2018), (2019, 2020), (2021, 2022), (2022, 2023), (2017, 2023)])
def test_nothing_is_left_over_on_the_shipped_data(dataset: Dataset, first: int, last: int) -> None:
    """Price, volume and what is not split add up to the change of each good, to a hundredth of a dollar."""
    rows = price_volume.split(dataset, first, last)
    parts = rows[[*EFFECTS, "unsplit"]].fillna(0.0).sum(axis=1)
    assert (parts - rows["change"]).abs().max() < 0.01
    assert rows.loc[rows["good"].eq("pipeline_gas"), "refused"].notna().all()
    assert rows.loc[rows["refused"].notna(), EFFECTS].isna().to_numpy().all()
    assert len(rows) >= 10


def test_coal_of_2023_is_refused(dataset: Dataset) -> None:
    """BACI has 69.6 mt where 104 were printed."""
    rows = price_volume.split(dataset, 2022, 2023)
    assert rows.loc[rows["good"].eq("coal"), "refused"].iloc[0] == "weights year=2023 weighed=69.6 printed=104.0"


@pytest.mark.parametrize(
    ("query", "years"),
    [
        ("", (2022, 2023)),
        ("?start=2019", (2019, 2023)),
        ("?end=2020", (2019, 2020)),
        ("?start=2023-01&end=2023-06", (2022, 2023)),
        ("?start=1990&end=1991", None),
    ],
)
def test_start_and_end_choose_the_years(dataset: Dataset, query: str, years: tuple[int, int] | None) -> None:
    """Two years are compared, a single one with the year before; years that are not there give nothing."""
    rows = CHARTS["price-volume"].rows(dataset, Selection.from_query(query))
    result = {(start.year, end.year) for start, end in zip(rows["period_start"], rows["period_end"], strict=True)}
    assert result == ({years} if years else set())
