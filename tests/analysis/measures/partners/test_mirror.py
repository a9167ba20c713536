"""The mirror: the buyer's figure against the seller's, never two sources in one window."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.measures.partners import mirror
from analysis.selection import Selection
from layouts.charts.registry import CHARTS
from tests.analysis import kit

if TYPE_CHECKING:
    from analysis.dataset import Dataset

FIGURES = Path(__file__).parents[4] / "data" / "figures"
RUSSIA = {"source": "fcs", "reporter": "RUS", "partner": "CHN"}


def test_worked_example() -> None:
    """China counts 12 x 11 of imports, Russia 12 x 10 of exports: ten per cent, the edge of what freight explains."""
    data = kit.dataset(
        *kit.year(2018, 11.0, flow="import", valuation="CIF"),
        *kit.year(2018, 10.0, flow="export", valuation="FOB", **RUSSIA),
    )
    table = mirror.table(data, "sum12")
    assert table[["flow", "importer", "value", "exporter_value"]].to_numpy().tolist() == [
        ["import", "CHN", 132.0, 120.0]
    ]
    assert table["gap_pct"].tolist() == pytest.approx([10.0])
    assert table["source"].tolist() == ["comtrade + fcs"]
    assert table["period_start"].tolist() == [pd.Timestamp("2018-01-01")]


def test_the_importer_stands_above_whoever_it_is() -> None:
    """In China's exports Russia is the importer, and its figure is the numerator."""
    data = kit.dataset(*kit.year(2018, 10.0, flow="export"), *kit.year(2018, 9.0, flow="import", **RUSSIA))
    row = mirror.table(data, "year").iloc[0]
    assert (row["importer"], row["value"], row["exporter_value"]) == ("RUS", 108.0, 120.0)
    assert row["gap_pct"] == pytest.approx(-10.0)
    assert row["band"] == "below zero"


def test_a_missing_month_gives_no_sum() -> None:
    """Eleven months are no year, on either side."""
    china = kit.year(2018, 1.0, flow="import")
    assert mirror.table(
        kit.dataset(*china[:5], *china[6:], *kit.year(2018, 1.0, flow="export", **RUSSIA)), "sum12"
    ).empty


def test_a_window_never_mixes_two_sources() -> None:
    """Half a year of each of two sources is no window; whole years of both give the better source."""
    china = kit.year(2018, 1.0, flow="import")
    other = kit.year(2018, 2.0, flow="import", source="imf")
    russia = kit.year(2018, 1.0, flow="export", **RUSSIA)
    assert mirror.table(kit.dataset(*china[:6], *other[6:], *russia), "sum12").empty
    assert mirror.table(kit.dataset(*china, *other, *russia), "sum12")["source"].tolist() == ["comtrade + fcs"]


def test_january_and_february_stand_together_since_2020() -> None:
    """Single months of 2020 begin with the pair; those of 2019 stand alone."""
    rows = [row for year in (2019, 2020) for row in kit.year(year, flow="import")]
    back = [row for year in (2019, 2020) for row in kit.year(year, 2.0, flow="export", **RUSSIA)]
    table = mirror.table(kit.dataset(*rows, *back), "month")
    assert table["months"].tolist() == [1] * 12 + [2] + [1] * 10
    assert table["gap_pct"].tolist() == pytest.approx([-50.0] * 23)


def test_an_estimate_of_russia_opens_no_gap() -> None:
    """The IMF's year for Russia stands beside China's count, named as an estimate, and no gap is computed."""
    guess = kit.row("2023-01", "2023-12", 10.0, source="imf", reporter="RUS", partner="CHN", flow="export")
    data = kit.dataset(*kit.year(2023, flow="import"), {**guess, "status": "estimated"}, breaks=kit.breaks())
    row = mirror.table(data, "sum12").iloc[0]
    assert (row["status"], row["provisional"], row["source"]) == ("estimated", True, "comtrade + imf")
    assert (row["value"], row["exporter_value"]) == (12.0, 10.0)
    assert pd.isna(row["gap_pct"])
    assert row["exporter_basis"] == "IMF FOB none now estimated"
    assert row["reason"] == mirror.NO_COUNT
    framing = CHARTS["mirror"].words(mirror.table(data, "sum12"), Selection())
    assert "%" not in framing.finding
    assert "no gap between two counts" in framing.note


def test_both_bases_are_named_and_declared() -> None:
    """Each row names what either figure rests on; the sentence names both offices and declares both figures."""
    data = kit.dataset(
        *kit.year(2018, 11.0, flow="import", valuation="CIF"),
        *kit.year(2018, 10.0, flow="export", valuation="FOB", **RUSSIA),
    )
    rows = mirror.table(data, "sum12")
    assert rows[["basis", "exporter_basis", "base_basis"]].to_numpy().tolist() == [
        ["CHN CIF none now printed", "RUS FOB none now printed", ""]
    ]
    framing = CHARTS["mirror"].words(rows, Selection())
    assert [(one.value, one.basis, one.base) for one in framing.stated] == [
        (132.0, "CHN CIF none now printed", ""),
        (120.0, "RUS FOB none now printed", ""),
    ]
    assert "China’s customs" in framing.finding
    assert "Russia’s customs" in framing.finding
    assert "imports 10.0% above" in framing.finding


def test_windows_that_overlap_are_not_counted(dataset: Dataset) -> None:
    """Of 121 sums of twelve months eleven end with a year; China's imports lie above 10 % in eight."""
    note = CHARTS["mirror"].words(mirror.table(dataset, "sum12"), Selection()).note
    assert "China’s imports lie above 10% in 8 and below zero in 0 of 11 years" in note
    own = mirror.table(dataset, "year")
    own = own[~own["provisional"] & own["flow"].eq("import")]
    assert (int(own["gap_pct"].gt(10).sum()), len(own)) == (8, 11)


@given(st.floats(-50, 100))
def test_bands_leave_nothing_out(gap: float) -> None:
    """Every gap has one band, and the edges belong to the inside."""
    named = mirror.band(pd.Series([gap, 0.0, 6.0, 10.0])).tolist()
    assert named[1:] == ["0 to 6 %", "0 to 6 %", "6 to 10 %"]
    assert (named[0] == "below zero") == (gap < 0)
    assert (named[0] == "above 10 %") == (gap > 10)


def test_no_gap_where_both_agree(dataset: Dataset) -> None:
    """A flow against itself is zero, and the gap undoes itself: value over counterpart."""
    table = mirror.table(dataset, "sum12")
    table = table[~table["provisional"]]
    assert mirror.gap(table["value"], table["value"]).abs().max() == 0
    assert (table["exporter_value"] * (1 + table["gap_pct"] / 100)).tolist() == pytest.approx(table["value"].tolist())


def _plain(name: str, **wanted: str) -> dict[str, float]:
    """Read months of one flow from a figure file, line by line."""
    scale = {"usd": 1.0, "mln_usd": 1e6, "thousand_usd": 1e3}
    with (FIGURES / name).open(encoding="utf-8") as lines:
        return {
            row["period_start"]: float(row["value"]) * scale[row["unit"]]
            for row in csv.DictReader(lines)
            if row["period_start"] == row["period_end"] and all(row[key] == value for key, value in wanted.items())
        }


@pytest.mark.parametrize(("flow", "back"), [("import", "export"), ("export", "import")])
def test_a_second_way_agrees(dataset: Dataset, flow: str, back: str) -> None:
    """Sums by a loop over the figure files give the same gaps for 2011 to 2016."""
    total = {"commodity_code": "TOTAL"}
    china = _plain("hs_china_russia_dots_monthly_2011_2020.csv", reporter="CHN", partner="RUS", flow=flow, **total)
    russia = _plain("fcs_monthly_partners.csv", reporter="RUS", partner="CHN", flow=back, **total)
    table = mirror.table(dataset, "year")
    for year in range(2011, 2017):
        months = [f"{year}-{month:02d}" for month in range(1, 13)]
        ours, theirs = sum(china[month] for month in months), sum(russia[month] for month in months)
        expected = 100 * (ours / theirs - 1 if flow == "import" else theirs / ours - 1)
        figures = table[table["flow"].eq(flow) & table["period_end"].eq(pd.Timestamp(year, 12, 1))]
        assert figures["gap_pct"].tolist() == pytest.approx([expected], rel=1e-9)


def test_the_last_year_of_russias_own_figures(dataset: Dataset) -> None:
    """In 2021 China counted 15.5 % more than Russia sold, Russia 8.2 % more than China sold."""
    table = mirror.table(dataset, "year")
    last = table[~table["provisional"] & table["period_end"].eq(pd.Timestamp(2021, 12, 1))]
    assert dict(zip(last["flow"], last["gap_pct"].round(1), strict=True)) == {"import": 15.5, "export": 8.2}
