"""High-priority goods: tiers by hand, the raw file a second way, codes no edition knows, figures only as quoted."""

from __future__ import annotations

import csv
from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd
import pytest

from analysis import dual_use
from tests.analysis.kit import book as small
from tests.analysis.test_goods import line

if TYPE_CHECKING:
    from analysis.book import Book

SHARED = Path(__file__).parents[2] / ".." / "shared" / "customs" / "baci" / "baci_hs17_rus_chn_2017_2023.csv"
FIGURES = Path(__file__).parents[2] / "data" / "figures" / "dualuse.csv"


def listed(*rows: dict[str, Any]) -> Book:
    """Return a book of a few lines with the two chips of the list and a machine tool."""
    tiers = {"854231": "1", "854232": "1", "845710": "4.B"}
    side = pd.DataFrame({"hs6": list(tiers), "tier": list(tiers.values()), "edition": "HS2017 and HS2022"})
    return small(*rows, chpl=side)


def test_tiers_by_hand() -> None:
    """Two chips of 3 and 5 make tier 1; a good off the list counts nowhere; 2023 is twice 2021."""
    rows = [line(2021, "854231", 3.0), line(2021, "854232", 1.0), line(2021, "870322", 90.0)]
    rows += [line(2023, "854231", 3.0), line(2023, "854232", 5.0), line(2023, "870322", 90.0)]
    table = dual_use.by_tier(listed(*rows))
    assert table[["tier", "value", "base_value", "change_pct"]].to_numpy().tolist() == [
        ["1", 4.0, 4.0, 0.0],
        ["1", 8.0, 4.0, 100.0],
    ]
    assert table["codes"].tolist() == ["854231 854232"] * 2
    chips = dual_use.chips(small(*rows))
    assert chips["value"].tolist() == [4.0, 8.0]


def test_only_what_china_sells_counts() -> None:
    """The same code bought from Russia is not an export to it."""
    rows = [line(2021, "845710", 7.0), line(2021, "845710", 500.0, "RUS")]
    assert dual_use.by_tier(listed(*rows))["value"].tolist() == [7.0]


def test_six_codes_cannot_be_measured_in_the_edition_of_2017(book: Book) -> None:
    """They are named, and in no sum; the other 44 of fifty are each in exactly one tier of every year."""
    told = dual_use.unmeasured(book)
    missing = sorted(code for text in told["codes"] for code in text.split())
    assert told["value"].isna().all()
    assert missing == ["852589", "854149", "854151", "854159", "854800", "880730"]
    for _, year in dual_use.by_tier(book).groupby("period_start"):
        codes = [code for text in year["codes"] for code in text.split()]
        assert len(codes) == len(set(codes)) == 44
        assert not set(codes) & set(missing)


@pytest.mark.skipif(not SHARED.exists(), reason="the raw file is not beside the project")
def test_tiers_agree_with_plain_loops_over_the_raw_file(book: Book) -> None:
    """Every tier of every year, and the chips, summed from the raw file line by line."""
    listed = book.side("chpl")
    tiers = dict(zip(listed["hs6"], listed["tier"], strict=True))
    sums: dict[tuple[int, str], float] = defaultdict(float)
    with SHARED.open(encoding="utf-8") as file:
        for cells in csv.DictReader(file):
            code = cells["k"].zfill(6)
            if cells["i"] != "156":
                continue
            if code in tiers:
                sums[(int(cells["t"]), tiers[code])] += float(cells["v"]) * 1000
            if code.startswith(("8541", "8542")):
                sums[(int(cells["t"]), "8541+8542")] += float(cells["v"]) * 1000
    table = pd.concat([dual_use.by_tier(book), dual_use.chips(book)])
    years = table["period_start"].dt.year
    said = {(int(y), str(t)): float(v) for y, t, v in zip(years, table["tier"], table["value"], strict=True)}
    assert said == {key: pytest.approx(value) for key, value in sums.items()}


def test_famous_figures_stand_as_quoted(book: Book) -> None:
    """90 and 56.3 per cent, 300 and 500 million: each found in the file, with a base and a speaker."""
    table = dual_use.quoted(book)
    assert table["share_pct"].dropna().tolist() == [90.0, 56.3]
    assert table["value"].dropna().tolist() == [300e6, 500e6]
    assert table[["what", "base", "source", "reference"]].notna().all(axis=None)
    assert table["base"].is_unique
    with FIGURES.open(encoding="utf-8") as file:
        held = {cells["reference"]: cells["publisher"] for cells in csv.DictReader(file)}
    assert [held[address] for address in table["reference"]] == table["source"].tolist()


def test_a_figure_that_is_not_in_the_file_is_left_out(book: Book) -> None:
    """Nothing stands in for a quotation that is gone."""
    side = book.side("dualuse")
    fewer = small(line(2021, "854231", 1.0), dualuse=side[side["value"].ne("56.3")])
    assert dual_use.quoted(fewer)["share_pct"].dropna().tolist() == [90.0]
    assert dual_use.quoted(small(line(2021, "854231", 1.0))).empty
