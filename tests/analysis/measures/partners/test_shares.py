"""Dependence: shares of one's own trade, on one basis at a time."""

from __future__ import annotations

import csv
from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis import ratios
from analysis.measures.partners import dependence
from analysis.selection import Selection
from layouts.charts.registry import CHARTS
from tests.analysis.kit import dataset, row, year

if TYPE_CHECKING:
    from analysis.dataset import Dataset

FIGURES = Path(__file__).parents[4] / "data" / "figures"
amounts = st.one_of(st.none(), st.floats(-1e13, 1e13))


def of(data: Dataset, side: str, count: str, flow: str, column: str = "share_pct") -> dict[int, float]:
    """Return the shares (or ratios) of one side, count and flow by year, in per cent."""
    rows = dependence.dependence(data)
    own = rows[rows["side"].eq(side) & rows["count"].eq(count) & rows["flow"].eq(flow) & rows[column].notna()]
    return dict(zip(own["period_start"].dt.year, own[column], strict=True))


def yearly(which: int, value: float, **over: object) -> dict[str, object]:
    """Return one printed year."""
    return row(f"{which}-01", f"{which}-12", value, **over)


def test_worked_example() -> None:
    """China takes 30 of Russia's 120: a quarter of Russia's exports."""
    side = {"source": "imf", "reporter": "RUS", "flow": "export"}
    data = dataset(yearly(2020, 30.0, partner="CHN", **side), yearly(2020, 120.0, partner="WLD", **side))
    assert of(data, "russia", "imf", "export") == {2020: 25.0}


@given(st.lists(st.tuples(amounts, amounts), min_size=1, max_size=20))
def test_a_share_lies_between_nought_and_one(pairs: list[tuple[float | None, float | None]]) -> None:
    """Whatever the figures, a share is 0 to 1 or refused; it is refused where the part exceeds the whole."""
    part, whole = (pd.Series(side, dtype="float64") for side in zip(*pairs, strict=True))
    ratio = ratios.share(part, whole)
    assert (ratio.isna() | ratio.between(0, 1)).all()
    assert ratio[part.gt(whole)].isna().all()
    assert ratio[part.ge(0) & part.le(whole) & whole.gt(0)].notna().all()


def test_hhi_of_equal_partners_is_one_over_their_number() -> None:
    """Four equal partners give 0.25, one gives 1; partners that miss a tenth of trade give nothing."""
    assert ratios.hhi(pd.Series([5.0, 5.0, 5.0, 5.0]), 20.0) == 0.25
    assert ratios.hhi(pd.Series([7.0]), 7.0) == 1.0
    assert pd.isna(ratios.hhi(pd.Series([9.0]), 10.0))


@given(st.lists(st.floats(1, 1e9), min_size=1, max_size=30))
def test_hhi_stays_within_its_bounds(values: list[float]) -> None:
    """The index lies between one over the number of partners and one."""
    ratio = ratios.hhi(pd.Series(values), sum(values))
    assert 1 / len(values) - 1e-9 <= ratio <= 1 + 1e-9


def test_eleven_months_are_no_year() -> None:
    """A year is put together from twelve months or not at all."""
    world = yearly(2022, 100.0, flow="export", source="fcs", reporter="RUS", partner="WLD")
    months = year(2022, 1.0, flow="import")
    assert of(dataset(world, *months), "russia", "mirror", "export", "ratio_pct") == {2022: 12.0}
    assert of(dataset(world, *months[:11]), "russia", "mirror", "export", "ratio_pct") == {}


def test_mirror_turns_the_flow_round() -> None:
    """What China says it bought is what Russia sold, and the row carries both sources and valuations."""
    world = yearly(2022, 100.0, flow="export", source="fcs", reporter="RUS", partner="WLD", valuation="FOB")
    rows = dependence.dependence(dataset(world, *year(2022, 1.0, flow="import", valuation="CIF")))
    assert rows[["count", "flow", "source", "base_source"]].to_numpy().tolist() == [
        ["mirror", "export", "comtrade", "fcs"]
    ]
    assert (rows["valuation"] + rows["world_valuation"]).tolist() == ["CIFFOB"]


def test_two_counts_make_a_ratio_and_no_share(dataset: Dataset) -> None:
    """China's count over Russian customs' total has no share: both bases are named, and the title states no rate."""
    rows = dependence.dependence(dataset)
    own = rows[rows["count"].eq("mirror")]
    assert own["share_pct"].isna().all()
    assert own["ratio_pct"].notna().all()
    assert own["basis"].str.startswith("CHN").all()
    assert own["world_basis"].str.startswith("RUS").all()
    assert own["reason"].eq(dependence.APART).all()
    shown = rows[rows["share_pct"].notna()]
    assert shown["basis"].eq(shown["base_basis"]).all()
    asked = Selection.from_query("?basis=mirror")
    framing = CHARTS["dependence"].words(CHARTS["dependence"].rows(dataset, asked), asked)
    assert framing.stated == ()
    assert not any(letter.isdigit() for letter in framing.finding)


def test_a_finer_print_stands_before_a_later_rounder_one() -> None:
    """3.36 trn stands before 3.4 trn of a year later; 3.5 trn is another figure and wins."""
    press = {"source": "press", "flow": "export", "status": "preliminary"}
    part = yearly(2021, 67e9, **press)
    fine = yearly(2021, 3.36e12, partner="WLD", **press)
    late = {**yearly(2021, 3.4e12, partner="WLD", **press), "released": "2022-11-09"}
    assert dependence.dependence(dataset(part, fine, late))["world_value"].tolist() == [3.36e12]
    assert dependence.dependence(dataset(part, fine, {**late, "value": 3.5e12}))["world_value"].tolist() == [3.5e12]


def test_china_in_2021(dataset: Dataset) -> None:
    """The whole is 3.36 and 2.69 trn; the part as known now over these first prints is a ratio, not a share."""
    rows = dependence.dependence(dataset)
    own = rows[rows["count"].eq("china") & rows["period_start"].dt.year.eq(2021)].set_index("flow")
    assert own["world_value"].to_dict() == {"export": 3.36e12, "import": 2.69e12}
    assert own["share_pct"].isna().all()
    assert own["ratio_pct"].round(2).to_dict() == {"export": 2.0, "import": 2.96}


def test_no_line_crosses_to_estimates(dataset: Dataset) -> None:
    """From 2022 the IMF's figures are estimates: another basis, a break in the path, and it is said."""
    chart = CHARTS["dependence"]
    rows = chart.rows(dataset, Selection())
    imf = rows[rows["count"].eq("imf")]
    after = imf["period_start"].dt.year.ge(2022)
    assert imf.loc[after, "basis"].str.startswith("IMF").all()
    assert imf.loc[~after, "basis"].str.startswith("RUS").all()
    framing = chart.words(rows, Selection())
    assert "no line crosses the break" in framing.note
    assert "the IMF’s estimate" in framing.finding
    assert "China’s customs" in framing.finding
    assert [one.base for one in framing.stated] == [one.basis for one in framing.stated]
    drawn = str(chart.draw(rows, Selection()).to_json())
    assert "break: the IMF" in drawn


def test_one_source_for_both_figures_beats_a_better_one_for_either() -> None:
    """Yuan over yuan of one table stands before dollars of two sources; currencies never mix."""
    data = dataset(
        yearly(2024, 5.0, flow="export", source="gacc", currency="CNY"),
        yearly(2024, 100.0, flow="export", source="gacc", currency="CNY", partner="WLD"),
        yearly(2024, 9.0, flow="export", source="comtrade"),
        yearly(2024, 90.0, flow="export", source="press", partner="WLD"),
    )
    assert of(data, "china", "china", "export") == {2024: 5.0}


def test_the_weaker_status_marks_the_share() -> None:
    """A final figure over a preliminary one is preliminary, and on two prints: a ratio."""
    part = yearly(2021, 5.0, flow="export")
    whole = yearly(2021, 100.0, flow="export", source="press", partner="WLD", status="preliminary")
    rows = dependence.dependence(dataset(part, whole))
    assert rows[["status", "ratio_pct"]].to_numpy().tolist() == [["preliminary", 5.0]]


def test_russian_customs_counted_again(dataset: Dataset) -> None:
    """A plain loop over the shipped files of Russian customs finds the same shares, 2006 to 2021."""
    china: dict[tuple[str, str], list[float]] = defaultdict(list)
    with (FIGURES / "fcs_monthly_partners.csv").open(encoding="utf-8") as lines:
        for line in csv.DictReader(lines):
            if line["partner"] == "CHN" and line["period_start"] == line["period_end"] and line["value"]:
                assert line["unit"] == "mln_usd"
                china[line["period_start"][:4], line["flow"]].append(float(line["value"]))
    again = {}
    with (FIGURES / "world_totals.csv").open(encoding="utf-8") as lines:
        for line in csv.DictReader(lines):
            months = china[line["period_start"][:4], line["flow"]]
            of_year = line["period_start"].endswith("-01") and line["period_end"].endswith("-12")
            if line["source"] == "fcs" and of_year and len(months) == 12:
                again[int(line["period_start"][:4]), line["flow"]] = 100 * sum(months) / float(line["value"])
                assert line["unit"] == "mln_usd"
    expected = {
        (year, flow): v for flow in ("export", "import") for year, v in of(dataset, "russia", "national", flow).items()
    }
    assert expected == pytest.approx(again, rel=2e-4)
    assert len(expected) == 32


def test_both_sides_of_2024(dataset: Dataset) -> None:
    """The IMF's 112.06 of 439.04 bn, and 919.8 of 18,392 bn yuan in customs' table."""
    assert of(dataset, "russia", "imf", "export")[2024] == pytest.approx(25.52, abs=0.005)
    assert of(dataset, "russia", "imf", "import")[2024] == pytest.approx(46.35, abs=0.005)
    assert of(dataset, "china", "china", "import")[2024] == pytest.approx(5.00, abs=0.005)
    assert 2023 not in of(dataset, "china", "china", "export")


@pytest.mark.parametrize("basis", ["imf", "national", "mirror"])
def test_rows_hold_what_is_drawn(dataset: Dataset, basis: str) -> None:
    """Both flows of each point; other bases only for years that the chosen one has; nothing without it."""
    chart, asked = CHARTS["dependence"], Selection.from_query(f"?basis={basis}")
    rows = chart.rows(dataset, asked)
    russia = rows[rows["side"].eq("russia")]
    own = set(russia.loc[russia["count"].eq(basis), "period_start"])
    assert own >= set(russia["period_start"])
    assert rows.groupby(["side", "count", "period_start"])["flow"].nunique().eq(2).all()
    assert len(russia["count"].unique()) == 3
    assert chart.rows(dataset, Selection.from_query(f"?basis={basis}&start=2025")).empty
