"""Goods: worked by hand, sums that must hold, the real file a second way, search in three languages."""

from __future__ import annotations

import csv
from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd
import pytest

from analysis.measures.goods import customs_goods, goods
from tests.analysis.kit import dataset as small
from tests.analysis.kit import row

if TYPE_CHECKING:
    from analysis.dataset import Dataset

SHARED = Path(__file__).parents[4] / ".." / "shared" / "customs" / "baci" / "baci_hs17_rus_chn_2017_2023.csv"


def line(year: int, code: str, value: float, seller: str = "CHN", **over: Any) -> dict[str, Any]:
    """Return one yearly line of BACI."""
    buyer = "RUS" if seller == "CHN" else "CHN"
    base = {"source": "baci", "reporter": seller, "partner": buyer, "flow": "export", "commodity_code": code}
    return row(f"{year}-01", f"{year}-12", value, **{**base, "classification": "HS2017", **over})


def four() -> list[dict[str, Any]]:
    """Return two chapters sold, one of them in two lines, and one bought, in 2021 and 2023."""
    sold = {"870322": (10.0, 60.0), "870899": (10.0, 20.0), "841000": (20.0, 30.0)}
    rows = [
        line(year, code, value) for code, both in sold.items() for year, value in zip((2021, 2023), both, strict=True)
    ]
    return [*rows, line(2021, "270900", 50.0, "RUS"), line(2023, "270900", 100.0, "RUS")]


def test_change_and_contribution_by_hand() -> None:
    """Vehicles go from 20 to 80: four times, and 60 of 40 in all is 150 of the 175 points of growth."""
    rows = goods.goods(small(*four()), 2023)
    vehicles = rows[rows["code"].eq("87")][["value", "base_value", "change", "change_pct", "contribution_pct"]]
    assert vehicles.to_numpy().tolist() == [[80.0, 20.0, 60.0, 300.0, 150.0]]
    table = rows.set_index(["flow", "code"])
    assert table.loc[("export", "84"), "contribution_pct"] == 25.0
    assert table.loc[("export", "84"), "share_pct"] == pytest.approx(100 * 30 / 110)
    assert table.loc[("import", "27"), "contribution_pct"] == 100.0


def test_a_code_opens_the_level_below() -> None:
    """Chapter 87 opens to headings, a heading to its lines; shares are those of what was opened."""
    dataset = small(*four())
    inside = goods.goods(dataset, 2023, "87")
    assert inside[["flow", "code", "value"]].to_numpy().tolist() == [["export", "8703", 60.0], ["export", "8708", 20.0]]
    assert inside["share_pct"].sum() == pytest.approx(100)
    assert goods.goods(dataset, 2023, "8703")["code"].tolist() == ["870322"]
    assert goods.goods(dataset, 2023, "99").empty


def test_what_a_year_lacks_is_empty_but_counts_as_nil_in_the_growth() -> None:
    """A good that begins or ends has no rate, yet contributions still add up to the growth."""
    rows = [line(2021, "640200", 8.0), line(2021, "841000", 2.0), line(2023, "841000", 3.0), line(2023, "870300", 9.0)]
    rows += [line(2021, "270900", 1.0, "RUS"), line(2023, "270900", 1.0, "RUS")]
    table = goods.goods(small(*rows), 2023)
    sold = table[table["flow"].eq("export")].set_index("code")
    assert sold.loc["87", ["base_value", "change_pct"]].isna().all()
    assert sold.loc["64", ["value", "change_pct"]].isna().all()
    assert sold["contribution_pct"].to_dict() == {"87": 90.0, "84": 10.0, "64": -80.0}


def test_another_edition_and_a_part_of_a_year_stay_out() -> None:
    """Headings of HS 2022 are never added to lines of HS 2017, and a year of a few goods is no year."""
    rows = [*four(), line(2023, "8703", 500.0, classification="HS2022"), line(2024, "841000", 900.0)]
    dataset = small(*rows)
    assert goods.years(dataset) == (2021, 2023)
    assert goods.goods(dataset, 2023).set_index("code").loc["87", "value"] == 80.0
    assert goods.goods(dataset, 2024).empty


@pytest.mark.parametrize("code", [None, "27", "84", "8542", "870323"])
def test_contributions_add_up_to_the_growth(dataset: Dataset, code: str | None) -> None:
    """In the shipped data too: shares to 100, contributions to the growth of the whole."""
    table = goods.goods(dataset, 2023, code, 2022)
    for _, part in table.groupby("flow"):
        whole, base = part["whole"].iloc[0], part["base_whole"].iloc[0]
        assert part["share_pct"].sum() == pytest.approx(100)
        assert part["contribution_pct"].sum() == pytest.approx(100 * (whole / base - 1))
        assert part["value"].sum() == pytest.approx(whole)


def test_chapters_are_the_sums_of_their_headings(dataset: Dataset) -> None:
    """Opening a chapter loses nothing: its headings add up to it, each way."""
    chapters = goods.goods(dataset, 2022).set_index(["flow", "code"])["value"]
    for code in ("27", "44", "85"):
        for flow, part in goods.goods(dataset, 2022, code).groupby("flow"):
            assert part["value"].sum() == pytest.approx(chapters[(flow, code)])


@pytest.mark.skipif(not SHARED.exists(), reason="the raw file is not beside the project")
def test_chapters_agree_with_plain_loops_over_the_raw_file(dataset: Dataset) -> None:
    """Every chapter of 2021 and 2023, each way, summed from the raw file line by line, in thousand US$."""
    sums: dict[tuple[str, str, str], float] = defaultdict(float)
    with SHARED.open(encoding="utf-8") as file:
        for cells in csv.DictReader(file):
            seller = {"156": "export", "643": "import"}[cells["i"]]
            sums[(cells["t"], seller, cells["k"].zfill(6)[:2])] += float(cells["v"]) * 1000
    for year in (2021, 2023):
        rows = goods.goods(dataset, year, None, None)
        computed = {(str(year), f, c): v for f, c, v in zip(rows["flow"], rows["code"], rows["value"], strict=True)}
        assert computed == {key: pytest.approx(value) for key, value in sums.items() if key[0] == str(year)}


def one(table: pd.DataFrame, flow: str, code: str) -> dict[str, Any]:
    """Return the one row of a good."""
    rows = table[table["flow"].eq(flow) & table["code"].eq(code)].to_dict("records")
    assert len(rows) == 1
    return {str(name): cell for name, cell in rows[0].items()}


def counting(seller: str = "CHN") -> pd.DataFrame:
    """Return a change of who counts one direction of BACI in 2022."""
    buyer = "RUS" if seller == "CHN" else "CHN"
    cells = {"source": "baci", "reporter": seller, "partner": buyer, "flow": "export", "commodity_code": None}
    cells |= {"last_before": "2021-12", "first_after": "2022-01", "kind": "counting", "reason": "x", "reference": "x"}
    return pd.DataFrame(
        [
            cells
            | {"counted_before": "CHN+RUS", "valuation_before": "FOB", "counted_after": "CHN", "valuation_after": "FOB"}
        ]
    )


def test_no_rate_crosses_a_change_of_who_counts() -> None:
    """Of the direction that changes its count nothing is computed, the other is as ever; the old level stands apart."""
    data = small(*four(), breaks=counting())
    table = goods.goods(data, 2023)
    vehicles, fuels = one(table, "export", "87"), one(table, "import", "27")
    rates = ("base_value", "change", "change_pct", "contribution_pct")
    assert pd.isna([vehicles[name] for name in rates]).all()
    assert vehicles["apart"] == "counting year=2022"
    assert (vehicles["before_value"], vehicles["before_basis"]) == (20.0, "CHN+RUS FOB HS2017 now merged")
    assert vehicles["basis"] == vehicles["base_basis"] == "CHN FOB HS2017 now printed"
    assert (fuels["base_value"], fuels["change_pct"], fuels["contribution_pct"]) == (50.0, 100.0, 100.0)
    assert goods.base_of(data, 2023) is None


def test_a_code_that_the_edition_filled_anew_has_no_rate() -> None:
    """HS 2022 moved goods into a code from another chapter: its value stands, its rate over 2021 does not."""
    pairs = [("841000", "841000"), ("900100", "841000")]
    table = pd.DataFrame([(*pair, "merged", "", "x") for pair in pairs])
    table.columns = pd.Index(["hs2017", "hs2022", "kind", "reason", "reference"])
    rows = goods.goods(small(*four(), hs_changes=table), 2023)
    machines = one(rows, "export", "84")
    assert pd.isna(machines["change_pct"])
    assert machines["apart"] == "refilled"
    assert one(rows, "export", "87")["change_pct"] == 300.0


def test_every_row_with_a_rate_or_share_rests_on_one_basis(dataset: Dataset) -> None:
    """In the shipped data: a rate, share or contribution has a base on the basis of its row."""
    for year, base in ((2023, 2022), (2022, 2021), (2021, 2020)):
        for code in (None, "27", "2711", "84"):
            table = goods.goods(dataset, year, code, base)
            rated = table[["change", "change_pct", "share_pct", "contribution_pct"]].notna().any(axis=1)
            assert (table.loc[rated, "basis"] == table.loc[rated, "base_basis"]).all()
            crossed = year == 2022
            assert table.loc[table["code"].ne("271121"), "change_pct"].isna().all() == crossed


def chapter(year: int, code: str, value: float, **over: Any) -> dict[str, Any]:
    """Return a year of a chapter as China reports its imports."""
    base = {"flow": "import", "commodity_code": code, "valuation": "CIF", "classification": "HS2017"}
    return row(f"{year}-01", f"{year}-12", value, **{**base, **over})


def test_chapters_are_compared_on_chinas_own_count() -> None:
    """Two editions give chapter 27 the same goods, so 2024 stands on 2021; a first print on none as known now."""
    rows = [chapter(2021, "27", 50.0), chapter(2024, "27", 90.0, classification="HS2022")]
    rows += [chapter(2021, "26", 4.0), chapter(2024, "26", 6.0, source="press", classification="HS")]
    table = customs_goods.goods_of(small(*rows), 2024)
    fuels, ores = one(table, "import", "27"), one(table, "import", "26")
    assert (fuels["base_value"], fuels["change_pct"]) == (50.0, pytest.approx(80.0))
    assert fuels["basis"] == fuels["base_basis"] == "CHN CIF HS now printed"
    assert pd.isna(ores["change_pct"])
    assert ores["base_basis"] == ""
    assert "2021" in ores["apart"]


def test_all_goods_since_2021_on_chinas_own_count(dataset: Dataset) -> None:
    """Bought 62.0 per cent more and sold 65.3 per cent more in 2023, from the months of both years."""
    table = customs_goods.goods_of(dataset, 2023)
    totals = table[table["commodity_code"].eq("TOTAL")].set_index("flow")["change_pct"]
    assert totals.to_dict() == {"import": pytest.approx(61.99, abs=0.01), "export": pytest.approx(65.30, abs=0.01)}


def test_cars_and_chapters_of_2024_come_in_as_printed(dataset: Dataset) -> None:
    """Passenger cars 1.5 and 15.2 bn; chapters 10, 26, 27 and 84+85 of 2024, each on its own basis."""
    table = customs_goods.goods_of(dataset, 2024)
    cars = one(table, "export", "8703")
    assert (cars["value"], cars["base_value"]) == (15.2e9, 1.5e9)
    assert cars["basis"] == "CHN FOB HS first printed"
    assert {"10", "26", "27", "84+85"} <= set(table.loc[table["flow"].eq("import"), "code"])
    assert "9013" in one(table, "export", "84+85")["crossing"]
    rated = table["change_pct"].notna()
    assert (table.loc[rated, "basis"] == table.loc[rated, "base_basis"]).all()
    assert customs_goods.newest(dataset, last=2025, first=2025) == 2025


@pytest.mark.parametrize(
    ("words", "code"),
    [("fuel", "27"), ("ТОПЛИВО", "27"), ("燃料", "27"), ("8703", "8703"), ("crude OIL", "2709"), ("铜", "74")],
)
def test_search_knows_three_languages_and_codes(words: str, code: str, dataset: Dataset) -> None:
    """Words of English, Chinese or Russian names lead to the code, shown by its English name where it has one."""
    result = goods.find_codes(dataset, words)
    assert result[0].code == code
    assert result[0] == goods.NamedCode(code, "en", goods.names(dataset)[code])


def test_search_needs_every_word_and_puts_chapters_first(dataset: Dataset) -> None:
    """Two words must meet in one name; nothing sought or nothing met gives nothing; chapters lead."""
    assert {hit.code for hit in goods.find_codes(dataset, "refined copper")} == {"7403"}
    assert goods.find_codes(dataset, "copper banana") == goods.find_codes(dataset, "  ") == ()
    lengths = [len(hit.code) for hit in goods.find_codes(dataset, "87")]
    assert lengths == sorted(lengths)
    assert lengths[0] == 2
    assert len(goods.find_codes(dataset, "8", most=5)) == 5


def test_every_chapter_has_a_plain_name(dataset: Dataset) -> None:
    """All 96 chapters, and no two codes of one list share a name."""
    chapters = {code: name for code, name in goods.names(dataset).items() if len(code) == 2}
    assert sorted(chapters) == [f"{n:02d}" for n in range(1, 98) if n != 77]
    assert len(set(chapters.values())) == 96


def test_a_search_sets_levels_side_by_side() -> None:
    """A word finds chapter, heading and line; shares are of all goods sold, and nothing is added across levels."""
    names = pd.DataFrame(
        [("87", "en", "Cars and lorries"), ("8703", "en", "Passenger cars"), ("27", "en", "Fuels")],
        columns=["code", "lang", "name"],
    )
    rows = goods.matching(small(*four(), hs_chapters_en=names), 2023, "cars")
    assert rows[["flow", "code", "value", "base_value"]].to_numpy().tolist() == [
        ["export", "87", 80.0, 20.0],
        ["export", "8703", 60.0, 10.0],
    ]
    assert rows["share_pct"].tolist() == pytest.approx([100 * 80 / 110, 100 * 60 / 110])
    assert rows["contribution_pct"].tolist() == [150.0, 125.0]
    assert goods.matching(small(*four(), hs_chapters_en=names), 2023, "cars", None)["change_pct"].isna().all()
    assert goods.matching(small(*four(), hs_chapters_en=names), 2023, "tea").empty


@pytest.mark.parametrize(("words", "code"), [("copper", "74"), ("МЕДЬ", "74"), ("铜", "74"), ("crude", "2709")])
def test_a_search_in_three_languages(dataset: Dataset, words: str, code: str) -> None:
    """English, Russian and Chinese words find the same goods, with the value that the code has by itself."""
    rows = goods.matching(dataset, 2023, words)
    line = rows[rows["code"].eq(code) & rows["flow"].eq("import")]
    alone = goods.goods(dataset, 2023, code[:-2] or None)
    assert line["value"].tolist() == alone[alone["code"].eq(code) & alone["flow"].eq("import")]["value"].tolist()
    assert len(line) == 1
