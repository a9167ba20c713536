"""The wider figures: third countries, goods, settlement. Plain loops over the collected files must agree."""

from __future__ import annotations

import csv
from collections import Counter, defaultdict
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from loaders.core import schema, store
from loaders.registry import SOURCES
from tests.loaders.sources.shipped.test_figures import needs_origin, origin, shipped

if TYPE_CHECKING:
    from collections.abc import Iterable

NEAR = {"CHN", "RUS", "HKG", "MAC", "TUR", "ARE", "KAZ", "KGZ", "ARM", "UZB", "TJK", "GEO", "BLR", "MNG", "WLD", "IND"}
WHOLE = (
    "hs_china_russia_battery_minerals_hs6_2018_2024.csv",
    "hs_china_russia_crude_exporters_monthly_2015_2023.csv",
    "hs_china_russia_lpg_wheat_2020_2024.csv",
    "hs_china_world_fuels_cny_2022_2025.csv",
    "hs_rerouting_chapters_2020_2024.csv",
)


def sums(values: Iterable[str]) -> tuple[int, Decimal]:
    """Count and add up printed numbers exactly."""
    numbers = [Decimal(value) for value in values if value]
    return len(numbers), sum(numbers, Decimal(0))


def near(row: dict[str, str]) -> bool:
    """Tell whether a collected line is in scope, in other words than the project's own rule."""
    pair = {row["reporter"], row["partner"]}
    if not pair & {"CHN", "RUS"} or len(pair) == 1:
        return False
    return pair <= NEAR or (row["code"].startswith("27") and row["partner"].isalpha())


@needs_origin
@pytest.mark.parametrize("name", WHOLE)
def test_whole_files(name: str) -> None:
    """Files that are wholly in scope keep count and sum of values; weights that are not nil keep theirs."""
    before, after = origin(name), shipped(name)
    assert sums(row["value"] for row in after) == sums(row["value"] for row in before)
    weights = [row["net_weight_kg"] for row in before if row["net_weight_kg"] and Decimal(row["net_weight_kg"])]
    assert sums(row["net_weight_kg"] or row["quantity"] for row in after) == sums(weights)


@needs_origin
def test_estimated_weights_are_quantities() -> None:
    """A weight that the source marks as estimated is never a reported weight."""
    name = "hs_china_russia_battery_minerals_hs6_2018_2024.csv"
    marked = [row["net_weight_kg"] for row in origin(name) if "net weight estimated" in row["note"]]
    kept = [row for row in shipped(name) if row["quantity_unit"] == schema.KG_ESTIMATED]
    assert not [row for row in kept if row["net_weight_kg"]]
    assert sums(row["quantity"] for row in kept) == sums(value for value in marked if value and Decimal(value))


@needs_origin
def test_scope_by_plain_loops() -> None:
    """China's imports by origin and the raw materials keep exactly what the scope allows."""
    name = "hs_china_world_imports_hs10_26_27_2020_2024.csv"
    inside = [row["value"] for row in origin(name) if near(row)]
    assert len(inside) == 608
    assert sums(row["value"] for row in shipped(name)) == sums(inside)
    name = "hs_china_russia_materials_hs6_2022_2024.csv"
    reported = [row["value"] for row in origin(name) if row["reporter"] != "BACI" and near(row)]
    kept = [row for row in shipped(name) if row["source"] == "comtrade"]
    assert sums(row["value"] for row in kept) == sums(reported)
    assert sum(row["source"] == "baci" for row in shipped(name)) == 66


@needs_origin
def test_third_countries_by_plain_loops() -> None:
    """Each publisher's lines about third countries keep count and sum, but for what the README leaves out."""
    before = [row for row in origin("rerouting.csv") if {row["reporter"], row["partner"]} & {"CHN", "RUS"}]
    before = [row for row in before if row["partner"] != "Central Asia 5"]
    after = shipped("rerouting.csv")
    for publisher, source in (("94itog", "fcs"), ("进出口商品国别", "gacc"), ("Kyrgyz Republic, table", "nsc_kgz")):
        own = [row["value"] for row in before if publisher in row["source_publisher"]]
        kept = [row["value"] for row in after if row["source"] == source and row["status"] != "derived"]
        assert sums(kept) == sums(own), publisher
    origins = [row for row in after if row["source"] == "armstat" and not row["doubt"]]
    assert Counter(row["flow"] for row in origins) == {"export": 12, "import": 12}


@needs_origin
def test_the_imf_lines_are_in_the_table() -> None:
    """Lines of the IMF about third countries are left to the raw file, and every one of them stands in the table."""
    table = store.read_table(store.SNAPSHOT / "imf.parquet")
    year = table["period_start"].dt.strftime("%Y").where(schema.months(table).eq(12))
    keys = zip(table["partner"], table["flow"], year, strict=True)
    values = dict(zip(keys, table["value"], strict=True))
    lines = [row for row in origin("rerouting.csv") if row["source_publisher"].startswith("IMF")]
    assert len(lines) == 178
    for row in lines:
        value = values[row["partner"], row["flow"], row["period_start"]]
        assert value == pytest.approx(float(row["value"]) * 1e6, abs=1), row


@needs_origin
def test_harmonised_months_by_plain_loops() -> None:
    """MGIMO's two groups make China's imports by month; the years stay within 1.5 % of Comtrade's months."""
    groups: defaultdict[str, Decimal] = defaultdict(Decimal)
    for row in origin("hs_recent.csv"):
        if row["measure"] == "value" and row["precision"] == "exact file value":
            groups[row["period_start"][:4]] += Decimal(row["value"])
    kept: defaultdict[str, Decimal] = defaultdict(Decimal)
    for row in shipped("hs_recent.csv"):
        if row["commodity_code"] in {"HS2709_2711", "ALL_OTHER"} and row["value"]:
            kept[row["period_start"][:4]] += Decimal(row["value"])
    assert kept == groups
    table = store.read_table(store.SNAPSHOT / "comtrade.parquet")
    months = table["reporter"].eq("CHN") & table["partner"].eq("RUS") & table["flow"].eq("import")
    months &= table["commodity_code"].eq("TOTAL") & schema.months(table).eq(1)
    years = table[months].groupby(table["period_start"].dt.strftime("%Y"))["value"].sum() / 1e9
    for year in ("2019", "2020", "2021", "2022", "2023", "2024"):
        assert float(kept[year]) == pytest.approx(years[year], rel=0.015), year


@needs_origin
def test_goods_by_plain_loops() -> None:
    """Values and quantities of goods keep their sums; totals that the press file already has are not told twice."""
    before = [row for row in origin("commodities.csv") if not row["commodity"].startswith("total_")]
    after = [row for row in shipped("commodities.csv") if row["commodity_code"] != "TOTAL"]
    assert sums(row["value"] or row["quantity"] for row in after) == sums(row["value"] for row in before)


def test_side_tables_are_whole() -> None:
    """Every line of the wider side tables has a period, a publisher or speaker, and a reference."""
    lengths = {"dualuse": 62, "settlement": 16, "settlement_currency": 180, "energy_rank_share": 36}
    lengths |= {"energy_unit_prices": 5, "recent_goods": 58}
    for name, length in lengths.items():
        side = store.read_side(name)
        assert len(side) == length, name
        assert side[["period_start", "period_end", "publisher", "reference"]].notna().all(axis=None), name
    assert store.read_side("settlement_currency")["note"].str.contains("all partners").all()
    read_off = store.read_side("recent_goods").query("measure == 'level'")["precision"]
    assert read_off.str.startswith("read off a chart").all()


def test_code_lists() -> None:
    """Fifty high-priority codes in five tiers' order, ninety-six chapter names in each language."""
    chpl = store.read_codes("chpl")
    assert Counter(chpl["tier"]) == {"1": 4, "2": 5, "3.A": 16, "3.B": 9, "4.A": 11, "4.B": 5}
    assert chpl["hs6"].str.fullmatch(r"\d{6}").all()
    assert chpl["hs6"].is_unique
    names = store.read_codes("hs_names")
    chapters = names[names["code"].str.len().eq(2)]
    assert Counter(chapters["lang"]) == {"ru": 96, "zh": 96}
    assert not names.duplicated(["code", "lang"]).any()


def test_new_sources_are_registered() -> None:
    """The three statistical offices have a record, and their rows stand in the snapshot."""
    for name, rows in (("nsc_kgz", 76), ("bns_kaz", 24), ("armstat", 24)):
        assert SOURCES[name].licence
        assert len(store.read_table(store.SNAPSHOT / f"{name}.parquet")) == rows


def test_readme_counts_lines() -> None:
    """The table of files in data/figures/README.md names every figure file and its number of lines."""
    text = (store.FIGURES / "README.md").read_text(encoding="utf-8")
    stated = {}
    for line in text.splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if cells[0].endswith(".csv") and cells[-1].isdigit():
            stated[cells[0]] = int(cells[-1])
    counted = {}
    for file in store.FIGURES.glob("*.csv"):
        with file.open(encoding="utf-8", newline="") as handle:
            lines = list(csv.reader(handle))
        if lines[0][0] == "source":
            counted[file.name] = len(lines) - 1
    assert stated == counted
