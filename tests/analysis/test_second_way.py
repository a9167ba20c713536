"""The same figures a second way: plain loops over the files, no pandas, no code of the project."""

from __future__ import annotations

import csv
import math
from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from analysis.selection import Selection
from layouts.charts.registry import CHARTS

if TYPE_CHECKING:
    from analysis.dataset import Dataset

ROOT = Path(__file__).parents[2]
CUSTOMS = ROOT.parent / "shared" / "customs"
FIGURES = ROOT / "data" / "figures"
CODES = ROOT / "data" / "codes"
beside = pytest.mark.skipif(not CUSTOMS.exists(), reason="the raw files are not beside the project")
Lines = list[dict[str, str]]


def lines(file: Path) -> Lines:
    """Return the lines of a file as text."""
    with file.open(encoding="utf-8") as handle:
        return list(csv.DictReader(handle))


def baci() -> dict[tuple[str, str, str], float]:
    """Return whole US$ by seller, year and six-digit code, as the raw file says."""
    return {
        (line["i"], line["t"], line["k"].zfill(6)): float(line["v"]) * 1000
        for line in lines(CUSTOMS / "baci" / "baci_hs17_rus_chn_2017_2023.csv")
    }


@beside
@pytest.mark.parametrize(
    ("count", "beginnings"),
    [
        ("four", ("2709", "2701", "2702", "2703", "2704", "271111", "271121")),
        ("hs27", ("27",)),
        (
            "electricity",
            ("2709", "2701", "2702", "2703", "2704", "2711", "2710", "2713", "2716"),
        ),
    ],
)
def test_the_energy_bill_under_a_definition(dataset: Dataset, count: str, beginnings: tuple[str, ...]) -> None:
    """Each year's bill is the sum of the raw lines that begin with the definition's codes."""
    rows = CHARTS["energy"].rows(dataset, Selection(count=count, counted="baci"))
    rows = rows[rows["count"].eq("reconciled") & rows["role"].eq("bill")]
    assert set(rows["period_start"].dt.year) == set(range(2017, 2024))
    raw = baci()
    for year, value in rows.groupby(rows["period_start"].dt.year)["value"].sum().items():
        looped = sum(
            v
            for (seller, t, code), v in raw.items()
            if (seller, t) == ("643", str(year)) and code.startswith(beginnings)
        )
        if count == "electricity":  # gas in other states than liquid is no oil product
            looped -= sum(v for (s, t, c), v in raw.items() if (s, t) == ("643", str(year)) and c == "271129")
        assert value == pytest.approx(looped, rel=1e-9)


def carriers(listed: dict[str, str]) -> dict[str, str]:
    """Return the tier of each code of 2017: of those whose whole group HS 2022 kept in one tier, and of equal ones."""
    changes = [(line["hs2017"], line["hs2022"]) for line in lines(CODES / "hs_changes.csv")]
    out: dict[str, str] = {}
    for code, tier in listed.items():
        before: set[str] = set()
        after = {code}
        while True:  # until no change leads out of the group
            wider = before | {old for old, new in changes if new in after or old in before}
            reached = after | {new for old, new in changes if old in wider}
            if (wider, reached) == (before, after):
                break
            before, after = wider, reached
        whole = before and all(listed.get(one) == tier for one in after)
        out |= dict.fromkeys(before if whole else {code}, tier)
    return out


@beside
def test_the_tiers_of_high_priority_goods(dataset: Dataset) -> None:
    """China's sales by tier and year are the raw lines of the codes of 2017 that carry the listed codes."""
    tiers = carriers({line["hs6"]: line["tier"] for line in lines(CODES / "chpl.csv")})
    looped: dict[tuple[str, str], float] = defaultdict(float)
    for (seller, year, code), value in baci().items():
        if seller == "156" and code in tiers:
            looped[(tiers[code], year)] += value
    rows = CHARTS["dual-use"].rows(dataset, Selection.from_query("?list=all"))
    rows = rows[rows["series"].eq("tier")]
    computed = {(t, str(s.year)): v for t, s, v in zip(rows["tier"], rows["period_start"], rows["value"], strict=True)}
    assert computed == {key: pytest.approx(value) for key, value in looped.items()}


@beside
def test_growth_of_the_first_half_of_2023(dataset: Dataset) -> None:
    """Year to date in dollars is the sum of six raw months over the six before: 41.0 per cent."""
    months = {
        line["date"][:7]: float(line["value"])
        for line in lines(CUSTOMS / "comtrade" / "tidied_chn_rus_monthly_2017_2024.csv")
    }
    now, before = (sum(months[f"{year}-{month:02d}"] for month in range(1, 7)) for year in (2023, 2022))
    rows = CHARTS["growth"].rows(dataset, Selection(currency="USD", start="2023-01", end="2023-06"))
    row = rows[rows["series"].eq("year to date") & rows["months"].eq(6)].iloc[0]
    assert row["value"] == pytest.approx(now)
    assert row["yoy_pct"] == pytest.approx(100 * (now / before - 1))
    assert f"{row['yoy_pct']:.1f}" == "41.0"


def test_both_legs_of_the_way_round(dataset: Dataset) -> None:
    """Each leg and year of the eight places is what the shipped lines say, indexed to 2021."""
    computed = {
        (line["reporter"], line["partner"], line["period_start"][:4]): float(line["value"])
        for line in lines(FIGURES / "hs_rerouting_chapters_2020_2024.csv")
        if line["flow"] == "export" and line["commodity_code"] == "HS84_85" and not line["doubt"]
    }
    rows = CHARTS["rerouting"].rows(dataset, Selection())
    legs = rows[rows["leg"].isin(["from_china", "to_russia"]) & rows["value"].notna() & rows["source"].eq("comtrade")]
    assert len(legs) > 50
    for row in legs.to_dict("records"):
        key = str(row["reporter"]), str(row["partner"])
        assert row["value"] == pytest.approx(computed[(*key, str(row["period_start"].year))])
        if not math.isnan(row["index"]):
            assert row["index"] == pytest.approx(100 * row["value"] / computed[(*key, "2021")])


def test_the_price_of_crude_by_year(dataset: Dataset) -> None:
    """Russian crude against all origins of one year: value and kilograms of the shipped lines, a tonne."""
    figures = {
        (line["partner"], line["period_start"], line["period_end"]): (
            float(line["value"]),
            float(line["net_weight_kg"]),
        )
        for name in ("comtrade_crude_2024_2025.csv", "china_world_energy.csv")
        for line in lines(FIGURES / name)
        if line["source"] == "comtrade" and line["net_weight_kg"] and not line["doubt"]
    }
    rows = CHARTS["discount"].rows(dataset, Selection())
    rows = rows[rows["series"].eq("customs") & rows["source"].eq("comtrade") & rows["base_source"].eq("comtrade")]
    assert len(rows)
    for row in rows.to_dict("records"):
        window = f"{row['period_start']:%Y-%m}", f"{row['period_end']:%Y-%m}"
        (value, kg), (whole, all_kg) = figures[("RUS", *window)], figures[("WLD", *window)]
        assert row["russia_usd_t"] == pytest.approx(1000 * value / kg)
        assert row["gap_pct"] == pytest.approx(100 * ((value / kg) / ((whole - value) / (all_kg - kg)) - 1))


def test_currencies_of_settlement(dataset: Dataset) -> None:
    """The share of a currency is its value over all currencies of the month and flow."""
    sums: dict[tuple[str, str], float] = defaultdict(float)
    own: dict[tuple[str, str, str], float] = {}
    for line in lines(FIGURES / "settlement_currency.csv"):
        key = line["flow"], line["period_start"]
        if line["currency"] != "ALL":
            sums[key] += float(line["value"])
        own[(*key, line["currency"])] = float(line["value"])
    rows = CHARTS["settlement"].rows(dataset, Selection())
    rows = rows[rows["series"].eq("counted")]
    assert len(rows) > 20
    for row in rows.to_dict("records"):
        key = str(row["flow"]), f"{row['period_start']:%Y-%m}"
        assert row["share_pct"] == pytest.approx(
            100 * own[(*key, str(row["settlement_currency"]))] / sums[key], abs=0.01
        )
