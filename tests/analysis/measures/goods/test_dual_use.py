"""High-priority goods: tiers by hand, the raw file a second way, codes no edition knows, figures only as quoted."""

from __future__ import annotations

import csv
from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd
import pytest

from analysis.measures.goods import dual_use
from tests.analysis.kit import dataset as small
from tests.analysis.measures.goods.test_goods import counting, line

if TYPE_CHECKING:
    from analysis.dataset import Dataset

SHARED = Path(__file__).parents[4] / ".." / "shared" / "customs" / "baci" / "baci_hs17_rus_chn_2017_2023.csv"
FIGURES = Path(__file__).parents[4] / "data" / "figures" / "dualuse.csv"


def listed(*rows: dict[str, Any], **sides: Any) -> Dataset:
    """Return a dataset of a few lines with the two chips of the list and a machine tool."""
    tiers = {"854231": "1", "854232": "1", "845710": "4.B"}
    side = pd.DataFrame({"hs6": list(tiers), "tier": list(tiers.values()), "edition": "HS2017 and HS2022"})
    return small(*rows, chpl=side, **sides)


def changed(*pairs: tuple[str, str, str]) -> pd.DataFrame:
    """Return a table of changes: code of 2017, code of 2022, kind."""
    return pd.DataFrame(pairs, columns=["hs2017", "hs2022", "kind"]).assign(
        reason="display modules left", reference="x"
    )


def test_tiers_by_hand() -> None:
    """Two chips of 3 and 5 make tier 1; a good off the list counts nowhere; 2023 is twice 2022."""
    rows = [line(2022, "854231", 3.0), line(2022, "854232", 1.0), line(2022, "870322", 90.0)]
    rows += [line(2023, "854231", 3.0), line(2023, "854232", 5.0), line(2023, "870322", 90.0)]
    table = dual_use.by_tier(listed(*rows))
    assert table[["tier", "value"]].to_numpy().tolist() == [["1", 4.0], ["1", 8.0]]
    assert table[["base_value", "change_pct"]].iloc[1].tolist() == [4.0, 100.0]
    assert table[["base_value", "change_pct"]].iloc[0].isna().all()
    assert table["codes"].tolist() == ["854231 854232"] * 2
    chips = dual_use.chips(small(*rows))
    assert chips["value"].tolist() == [4.0, 8.0]


def test_only_what_china_sells_counts() -> None:
    """The same code bought from Russia is not an export to it."""
    rows = [line(2021, "845710", 7.0), line(2021, "845710", 500.0, "RUS")]
    assert dual_use.by_tier(listed(*rows))["value"].tolist() == [7.0]


def test_a_code_that_lost_its_goods_is_left_out_and_stands_in_the_full_list_without_a_rate_across() -> None:
    """A thinned code counts in ``all`` alone, and there 2022 has no rate on 2021; 2023 has one on 2022."""
    table = changed(("854231", "854231", "thinned"), ("854231", "999999", "thinned"))
    years = {2021: 100.0, 2022: 2.0, 2023: 3.0}
    rows = [line(year, "854231", value) for year, value in years.items()]
    rows += [line(year, "854232", 10.0 * (year - 2020)) for year in years]
    data = listed(*rows, hs_changes=table)
    assert dual_use.by_tier(data)["value"].tolist() == [10.0, 20.0, 30.0]
    assert dual_use.by_tier(data)["change_pct"].tolist()[1:] == [100.0, 50.0]
    full = dual_use.by_tier(data, "all")
    assert full["value"].tolist() == [110.0, 22.0, 33.0]
    assert pd.isna(full["change_pct"].iloc[1])
    assert "854231" in full["apart"].iloc[1]
    assert full["change_pct"].iloc[2] == pytest.approx(50.0)
    assert dual_use.left_out(data)[["codes", "apart"]].to_numpy().tolist() == [["854231", "changed code=854231"]]
    assert dual_use.left_out(data, "all").empty


def test_a_renumbered_code_is_chained_and_a_group_inside_the_list_too() -> None:
    """A listed code of 2022 is carried by its code of 2017; two parts of one code, both listed, by that one."""
    side = pd.DataFrame({"hs6": ["880730", "854151", "854159"], "tier": ["3.B", "3.A", "3.A"], "edition": "HS2022"})
    pairs = [("880330", "880730", "moved"), ("854150", "854151", "split"), ("854150", "854159", "split")]
    rows = [line(2021, "880330", 5.0), line(2021, "854150", 7.0), line(2021, "854110", 50.0)]
    data = small(*rows, chpl=side, hs_changes=changed(*pairs))
    table = dual_use.by_tier(data).set_index("tier")
    assert table["value"].to_dict() == {"3.A": 7.0, "3.B": 5.0}
    assert table["listed"].to_dict() == {"3.A": "854151 854159", "3.B": "880730"}
    later = [line(2022, "880330", 6.0), line(2022, "854110", 60.0)]
    ended = small(*rows, *later, chpl=side, hs_changes=changed(*pairs))
    assert set(dual_use.by_tier(ended)["tier"]) == {"3.B"}
    assert dual_use.left_out(ended)["apart"].iloc[0] == "gone codes=854150 year=2022"


def test_no_rate_crosses_a_change_of_who_counts() -> None:
    """Where the source changes who counts in 2022, that year has no base, no rate, and says why."""
    rows = [line(year, "854231", float(year - 2019)) for year in (2020, 2021, 2022, 2023)]
    table = dual_use.by_tier(listed(*rows, breaks=counting()))
    assert table["change_pct"].notna().tolist() == [False, True, False, True]
    assert table["base_basis"].tolist() == ["", table["basis"].iloc[1], "", table["basis"].iloc[3]]
    assert "2022" in table["apart"].iloc[2]


def test_six_codes_of_2022_and_two_thinned_ones(dataset: Dataset) -> None:
    """Four of the six cannot be measured, two were renumbered; 44 of fifty are in one tier of each year."""
    rows = dual_use.left_out(dataset)
    missing = sorted(code for text in rows["codes"] for code in text.split())
    assert rows["value"].isna().all()
    assert missing == ["852589", "852990", "854149", "854151", "854159", "901380"]
    for _, year in dual_use.by_tier(dataset).groupby("period_start"):
        codes = [code for text in year["listed"] for code in text.split()]
        assert len(codes) == len(set(codes)) == 44
        assert not set(codes) & set(missing)
    full = sorted(code for text in dual_use.left_out(dataset, "all")["codes"] for code in text.split())
    assert full == ["852589", "854149", "854151", "854159"]


@pytest.mark.skipif(not SHARED.exists(), reason="the raw file is not beside the project")
@pytest.mark.parametrize("listing", ["comparable", "all"])
def test_tiers_agree_with_plain_loops_over_the_raw_file(dataset: Dataset, listing: str) -> None:
    """Every tier of every year, and the chips, summed from the raw file line by line."""
    chpl = dataset.side("chpl")
    tiers = dict(zip(chpl["hs6"], chpl["tier"], strict=True)) | {"880330": "3.B", "854890": "2"}
    for code in ("901380", "852990") if listing == "comparable" else ():
        tiers.pop(code)
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
    table = pd.concat([dual_use.by_tier(dataset, listing), dual_use.chips(dataset)])
    years = table["period_start"].dt.year
    computed = {(int(y), str(t)): float(v) for y, t, v in zip(years, table["tier"], table["value"], strict=True)}
    assert computed == {key: pytest.approx(value) for key, value in sums.items()}


def test_famous_figures_stand_as_quoted(dataset: Dataset) -> None:
    """90 and 56.3 per cent, 300 and 500 million: each found in the file, with a base and a speaker."""
    table = dual_use.quoted(dataset)
    assert table["share_pct"].dropna().tolist() == [90.0, 56.3]
    assert table["value"].dropna().tolist() == [300e6, 500e6]
    assert table[["what", "base", "source", "reference"]].notna().all(axis=None)
    assert table["base"].is_unique
    with FIGURES.open(encoding="utf-8") as file:
        publishers = {cells["reference"]: cells["publisher"] for cells in csv.DictReader(file)}
    assert [publishers[address] for address in table["reference"]] == table["source"].tolist()


def test_a_figure_that_is_not_in_the_file_is_left_out(dataset: Dataset) -> None:
    """Nothing stands in for a quotation that is gone."""
    side = dataset.side("dualuse")
    fewer = small(line(2021, "854231", 1.0), dualuse=side[side["value"].ne("56.3")])
    assert dual_use.quoted(fewer)["share_pct"].dropna().tolist() == [90.0]
    assert dual_use.quoted(small(line(2021, "854231", 1.0))).empty
