"""Revisions: a window as first printed, as printed later, and now."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd
import pytest

from analysis import readings
from analysis.measures.monthly import revisions
from analysis.selection import WINDOWS
from tests.analysis import kit

if TYPE_CHECKING:
    from analysis.dataset import Dataset

FIGURES = Path(__file__).parents[4] / "data" / "figures"


def printed(value: float, released: str | None, **over: Any) -> dict[str, Any]:
    """Return one print of the year 2022."""
    return kit.row("2022-01", "2022-12", value, source="press", released=released, status="preliminary", **over)


def test_worked_example() -> None:
    """Printed 190.27, printed again 190.5, now twelve times 16: up 0.12 % and 0.91 % on the first print."""
    data = kit.dataset(printed(190.27e9, "2023-01-13"), printed(190.5e9, "2023-07-13"), *kit.year(2022, 16e9))
    table = revisions.table(data, "total", "year")
    assert table["vintage"].tolist() == [revisions.FIRST, revisions.LATER, revisions.NOW]
    assert table["value"].tolist() == pytest.approx([190.27e9, 190.5e9, 192e9])
    assert table["change_pct"].tolist() == pytest.approx([0, 100 * 0.23 / 190.27, 100 * 1.73 / 190.27])
    assert table["rounding_pct"].tolist() == pytest.approx([100 * 0.005 / 190.27] * 3)
    assert table["source"].tolist() == ["press", "press", "comtrade"]


def test_a_rounder_copy_is_no_revision() -> None:
    """190.3 printed after 190.27 says the same with fewer digits."""
    data = kit.dataset(printed(190.27e9, "2023-01-13"), printed(190.3e9, "2023-02-20"), *kit.year(2022, 16e9))
    assert revisions.table(data, "total", "year")["vintage"].tolist() == [revisions.FIRST, revisions.NOW]


def test_one_vintage_alone_is_not_shown() -> None:
    """A window that was printed once and is not known otherwise says nothing of revisions."""
    assert revisions.table(kit.dataset(printed(190.27e9, "2023-01-13")), "total", "year").empty


def test_a_sum_of_prints_is_no_print() -> None:
    """Twelve printed months do not make a first print of the year."""
    months = [kit.row(f"2022-{m:02d}", value=1e9, source="press", released=f"2023-{m:02d}-01") for m in range(1, 13)]
    assert revisions.table(kit.dataset(*months, *kit.year(2022, 1e9)), "total", "year").empty


def test_late_prints_are_marked() -> None:
    """A first print of more than 75 days after the window, or of an unknown day, is late."""
    for day, late in (("2023-03-10", False), ("2023-05-01", True), (None, True)):
        table = revisions.table(kit.dataset(printed(190e9, day), *kit.year(2022, 16e9)), "total", "year")
        assert table["late"].tolist() == [late, late]


@pytest.mark.parametrize(("value", "expected"), [(114.547e9, 1e6), (93.8e9, 1e8), (146.88e9, 1e7), (1.0, 1.0)])
def test_unit_of_a_print(value: float, expected: float) -> None:
    """The last digit of a print says how fine it is."""
    assert readings.unit(value) == expected


def test_vintages_come_in_order(dataset: Dataset) -> None:
    """The first print stands first with no change, now stands last, and dated prints follow each other."""
    for flow in ("total", "export", "import"):
        for kind in WINDOWS:
            for _, part in revisions.table(dataset, flow, kind).groupby(["period_start", "period_end"]):
                assert part["vintage"].iloc[0] == revisions.FIRST
                assert part["change_pct"].iloc[0] == 0
                assert revisions.NOW not in part["vintage"].tolist()[:-1]
                assert part["released"].dropna().is_monotonic_increasing


def test_a_second_way_agrees(dataset: Dataset) -> None:
    """First halves: the print found line by line in the figure file, the months added in a loop."""
    with (FIGURES / "press.csv").open(encoding="utf-8") as lines:
        prints = [row for row in csv.DictReader(lines) if row["value"] and not row["doubt"] and row["unit"] == "bn_usd"]
    months = dataset.trade[dataset.trade["source"].eq("comtrade") & dataset.trade["commodity_code"].eq("TOTAL")]
    months = months[months["reporter"].eq("CHN") & months["partner"].eq("RUS") & months["flow"].eq("total")]
    for year in (2020, 2022, 2023, 2024):
        start, end = f"{year}-01", f"{year}-06"
        own = [row for row in prints if (row["reporter"], row["partner"], row["flow"]) == ("CHN", "RUS", "total")]
        own = [row for row in own if (row["period_start"], row["period_end"]) == (start, end) and row["released"]]
        first = float(min(own, key=lambda row: row["released"])["value"]) * 1e9
        now = 0.0
        for day, stop, value in zip(months["period_start"], months["period_end"], months["value"], strict=True):
            if day == stop and day.year == year and day.month <= 6:
                now += value
        table = revisions.table(dataset, "total", "half")
        figures = table[table["period_start"].eq(f"{start}-01") & table["period_end"].eq(f"{end}-01")]
        assert figures["value"].tolist() == pytest.approx([first, now])


def test_only_what_was_known_on_the_day(dataset: Dataset) -> None:
    """Under a day no vintage is younger, and customs' undated months do not count."""
    table = revisions.table(dataset.on("2022-10-01"), "total", "half")
    assert len(table)
    assert table["released"].le(pd.Timestamp("2022-10-01")).all()
    assert set(table["source"]) == {"press"}
