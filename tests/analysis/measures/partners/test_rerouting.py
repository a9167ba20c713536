"""Both legs: index by hand, pieces and gaps told apart, the shipped figures a second way."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd
import pytest

from analysis.measures.partners import rerouting
from analysis.measures.partners.rerouting import COUNTED, FROM_CHINA, TO_RUSSIA
from analysis.selection import Selection
from layouts.charts.registry import CHARTS
from tests.analysis.kit import breaks, row
from tests.analysis.kit import dataset as small

if TYPE_CHECKING:
    from analysis.dataset import Dataset

FIGURES = Path(__file__).parents[4] / "data" / "figures" / "hs_rerouting_chapters_2020_2024.csv"


def leg(year: int, seller: str, buyer: str, value: float, **over: Any) -> dict[str, Any]:
    """Return one yearly figure of machines and electronics, as the seller reports it."""
    base = {"reporter": seller, "partner": buyer, "flow": "export", "classification": "HS", "commodity_code": "HS84_85"}
    return row(f"{year}-01", f"{year}-12", value, **{**base, **over})


def counted(year: int, place: str, value: float) -> dict[str, Any]:
    """Return Russia's imports of all goods from a place."""
    return row(f"{year}-01", f"{year}-12", value, source="imf", reporter="RUS", partner=place, flow="import")


def test_index_by_hand() -> None:
    """Armenia sends 2 in 2021 and 9 in 2023: 450; China sends it 4 and 6: 150; Russia counts 10 and 5: 50."""
    rows = [leg(2021, "ARM", "RUS", 2.0), leg(2023, "ARM", "RUS", 9.0), leg(2021, "CHN", "ARM", 4.0)]
    rows += [leg(2023, "CHN", "ARM", 6.0), counted(2021, "ARM", 10.0), counted(2023, "ARM", 5.0)]
    table = rerouting.legs(small(*rows))
    newest = {name: rerouting.newest(table, name)["index"].to_dict() for name in (TO_RUSSIA, FROM_CHINA, COUNTED)}
    assert newest == {TO_RUSSIA: {"ARM": 450.0}, FROM_CHINA: {"ARM": 150.0}, COUNTED: {"ARM": 50.0}}
    assert rerouting.both_rose(rerouting.judged(table)) == (1, 1)


def test_a_year_between_that_is_not_reported_stays_empty() -> None:
    """2022 of the place has a row without a value that says so; nothing is drawn through it."""
    rows = [leg(2021, "ARM", "RUS", 2.0), leg(2023, "ARM", "RUS", 9.0)]
    table = rerouting.legs(small(*rows))
    gap = table[table["period_start"].eq(pd.Timestamp("2022-01-01"))].iloc[0]
    assert pd.isna(gap["value"])
    assert pd.isna(gap["index"])
    assert gap["reason"] == rerouting.MISSING


def test_a_piece_of_a_year_gets_no_index() -> None:
    """Less than a hundredth of 2021 keeps its value and says what it is; it never counts as a fall."""
    rows = [leg(2021, "CHN", "GEO", 1000.0), leg(2022, "CHN", "GEO", 1100.0), leg(2023, "CHN", "GEO", 9.0)]
    table = rerouting.legs(small(*rows))
    assert table["value"].tolist() == [1000.0, 1100.0, 9.0]
    assert table["index"].dropna().tolist() == pytest.approx([100.0, 110.0])
    assert table["reason"].notna().tolist() == [False, False, True]
    assert rerouting.newest(table, FROM_CHINA)["index"].tolist() == pytest.approx([110.0])


def test_what_is_no_leg_stays_out() -> None:
    """Other goods, parts of years, yuan and the other direction are not drawn."""
    rows = [leg(2021, "ARM", "RUS", 2.0), leg(2021, "ARM", "RUS", 7.0, commodity_code="27", classification="HS2017")]
    rows += [leg(2021, "RUS", "ARM", 8.0), leg(2021, "ARM", "RUS", 9.0, currency="CNY")]
    rows += [row("2021-01", "2021-06", 5.0, reporter="ARM", partner="RUS", flow="export", commodity_code="HS84_85")]
    assert rerouting.legs(small(*rows))["value"].tolist() == [2.0]


def test_without_2021_there_is_no_index() -> None:
    """No base, no index, and no place counts as risen."""
    table = rerouting.legs(small(leg(2022, "ARM", "RUS", 2.0), leg(2022, "CHN", "ARM", 2.0)))
    assert table["index"].isna().all()
    assert rerouting.both_rose(rerouting.judged(table)) == (0, 0)


def test_one_year_and_a_least_size_for_all() -> None:
    """Places are judged in the newest year that most hold; under a hundredth of the largest counts not."""
    rows = [leg(year, "CHN", who, 10.0 + year - 2021) for year in (2021, 2022, 2023) for who in ("ARM", "KAZ", "HKG")]
    rows += [leg(2021, who, "RUS", 100.0) for who in ("ARM", "KAZ", "HKG")]
    rows += [leg(2022, "ARM", "RUS", 200.0), leg(2022, "KAZ", "RUS", 300.0), leg(2022, "HKG", "RUS", 60.0)]
    rows += [leg(2023, "ARM", "RUS", 900.0)]  # newer, but of one place alone
    rows += [leg(2021, "CHN", "GEO", 1.0), leg(2022, "CHN", "GEO", 2.0)]
    rows += [leg(2021, "GEO", "RUS", 1.0), leg(2022, "GEO", "RUS", 2.0)]  # under a hundredth of 300
    table = rerouting.legs(small(*rows))
    assert rerouting.judged(table)["year"].tolist() == [2022, 2022, 2022]
    assert rerouting.both_rose(rerouting.judged(table)) == (2, 3)
    framing = CHARTS["rerouting"].words(table, Selection())
    assert framing.finding.startswith("Both legs rose in 2 of 3 places, 2021–2022")
    assert "Hong Kong contradicts: its machines and electronics to Russia fell" in framing.note
    assert [one.base for one in framing.stated] == [one.basis for one in framing.stated] != []


def test_no_index_crosses_to_an_estimate() -> None:
    """Russia's count of 2021 and the IMF's estimate of 2022 are two bases: both values stand, without an index."""
    rows = [counted(2021, "ARM", 10.0), counted(2022, "ARM", 20.0) | {"status": "estimated"}]
    table = rerouting.legs(small(*rows, breaks=breaks()))
    assert table["value"].tolist() == [10.0, 20.0]
    assert table["index"].isna().tolist() == [False, True]
    assert table["reason"].tolist()[1] == rerouting.BREAK
    assert table["basis"].tolist() == ["RUS unknown none now printed", "IMF unknown none now estimated"]
    assert table["base_basis"].tolist() == ["RUS unknown none now printed", ""]


def test_yuan_stand_apart() -> None:
    """Years and the newest year to date in yuan, growth only over the same window of the same basis."""
    gacc: dict[str, Any] = {"source": "gacc", "reporter": "CHN", "partner": "KAZ", "flow": "export", "currency": "CNY"}
    data = small(
        row("2024-01", "2024-12", 200.0, **gacc),
        row("2025-01", "2025-12", 220.0, **gacc),
        row("2026-01", "2026-07", 90.0, **gacc),
        row("2026-07", value=15.0, **gacc),
        leg(2025, "CHN", "KAZ", 30.0),
    )
    table = rerouting.legs(data)
    yuan = table[table["leg"].eq(rerouting.YUAN)]
    assert yuan["value"].tolist() == [200.0, 220.0, 90.0]
    assert yuan["yoy_pct"].round(6).tolist()[1] == 10.0
    assert yuan["yoy_pct"].isna().tolist() == [True, False, True]
    assert yuan["base_basis"].eq("").tolist() == [True, False, True]
    assert yuan["index"].isna().all()


def test_the_hubs_reach_the_newest_month_in_yuan(dataset: Dataset) -> None:
    """Seven places to July 2026, Hong Kong to 2025; in 2022 both legs rose in six of seven, not in Hong Kong."""
    table = rerouting.legs(dataset)
    last = table[table["leg"].eq(rerouting.YUAN)].groupby("place")["period_end"].max()
    assert last.pop("HKG") == pd.Timestamp("2025-12-01")
    assert set(last.index) == {"KAZ", "KGZ", "UZB", "GEO", "ARM", "TUR", "ARE"}
    assert last.eq("2026-07-01").all()
    assert rerouting.both_rose(rerouting.judged(table)) == (6, 7)
    rates = table[table["index"].notna() | table["yoy_pct"].notna()]
    assert rates["basis"].eq(rates["base_basis"]).all()


def test_shipped_legs_agree_with_plain_loops_over_the_file(dataset: Dataset) -> None:
    """Every value of both legs as the file of figures holds it, and every index from the two values."""
    expected: dict[tuple[str, str, int], float] = {}
    with FIGURES.open(encoding="utf-8") as file:
        for cells in csv.DictReader(file):
            if cells["commodity_code"] != "HS84_85" or cells["flow"] != "export" or cells["doubt"]:
                continue
            year = int(cells["period_start"][:4])
            if cells["partner"] == "RUS":
                expected[(TO_RUSSIA, cells["reporter"], year)] = float(cells["value"])
            elif cells["reporter"] == "CHN":
                expected[(FROM_CHINA, cells["partner"], year)] = float(cells["value"])
    table = rerouting.legs(dataset)
    table = table[table["leg"].isin([FROM_CHINA, TO_RUSSIA]) & table["value"].notna()]
    years = table["period_start"].dt.year
    computed = {
        (str(a), str(b), int(c)): float(v)
        for a, b, c, v in zip(table["leg"], table["place"], years, table["value"], strict=True)
    }
    assert computed == {key: pytest.approx(value) for key, value in expected.items()}
    whole = table.dropna(subset=["index"])
    for name, place, year, index in zip(whole["leg"], whole["place"], years[whole.index], whole["index"], strict=True):
        assert index == pytest.approx(100 * expected[(name, place, year)] / expected[(name, place, 2021)])


def test_the_broken_years_of_the_shipped_figures_are_marked(dataset: Dataset) -> None:
    """China to Armenia and Georgia in 2023 is a piece; the Emirates' and Kazakhstan's 2024 are missing."""
    table = rerouting.legs(dataset)
    marked = table[table["reason"].notna() & table["reason"].ne(rerouting.BREAK)]
    seen = set(zip(marked["leg"], marked["place"], marked["period_start"].dt.year, strict=True))
    assert seen == {
        (FROM_CHINA, "ARM", 2023),
        (FROM_CHINA, "ARM", 2024),
        (FROM_CHINA, "GEO", 2023),
        (FROM_CHINA, "GEO", 2024),
        (TO_RUSSIA, "ARE", 2024),
        (COUNTED, "KAZ", 2024),
    }
