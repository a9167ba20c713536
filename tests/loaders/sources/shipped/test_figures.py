"""The layout of the figures that ship: exact scaling, and what is set apart."""

from __future__ import annotations

import csv
from decimal import Decimal
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from loaders.core import store
from loaders.core.source import SourceError
from loaders.sources.shipped import figure_files
from tests.loaders.support.lines import COLUMNS, file

SHARED = Path(__file__).parents[4] / ".." / "shared" / "figures"
needs_origin = pytest.mark.skipif(not SHARED.exists(), reason="the collected files are not at hand")


def test_scales_by_hand() -> None:
    """Printed numbers become whole units, to the last digit."""
    assert figure_files.scale("114.547", "bn_usd") == ("USD", 114547000000.0)
    assert figure_files.scale("6498099.3613", "10k_cny") == ("CNY", 64980993613.0)
    assert figure_files.scale("1197.01099", "mln_usd") == ("USD", 1197010990.0)
    assert figure_files.scale("292275545", "thousand_usd") == ("USD", 292275545000.0)
    assert figure_files.scale("0.1", "usd") == ("USD", 0.1)


@given(
    st.decimals(0, 10**6, allow_nan=False, allow_infinity=False, places=4), st.sampled_from(sorted(figure_files.UNITS))
)
def test_scaling_is_exact(value: Decimal, unit: str) -> None:
    """Any printed decimal in any unit is the nearest float of the exact product, never a float times a float."""
    currency, factor = figure_files.UNITS[unit]
    assert figure_files.scale(str(value), unit) == (currency, float(Decimal(str(value)) * factor))
    assert unit.endswith(currency.lower())


def test_reads_a_line() -> None:
    """One line becomes one row with every column in its type, and its address as reference."""
    table = figure_files.parse(file({}), "a.csv").table
    row = table.iloc[0]
    assert (row["value"], row["currency"], row["status"]) == (114547000000.0, "USD", "preliminary")
    assert row["period_end"] == pd.Timestamp("2023-06-01")
    assert row["released"] == pd.Timestamp("2023-07-13")
    assert row["reference"] == "https://example.org/a"


def test_sets_apart() -> None:
    """A doubt, a lone rate and a lone quantity never enter the table; each stands in its own side table once."""
    content = file(
        {},
        {"flow": "import", "doubt": "misprint"},
        {"flow": "export", "note": "DOUBT: as in the origin"},
        {"value": "", "unit": "", "yoy_pct": "40.6", "yoy_currency": "USD"},
        {"value": "", "unit": "", "yoy_pct": "24", "quantity": "1.5", "quantity_unit": "mln_t"},
    )
    lines = figure_files.read(content, "a.csv")
    parsed = figure_files.parse(content, "a.csv")
    assert parsed.rows_read == 5
    assert parsed.table["flow"].tolist() == ["total"]
    assert parsed.left_out == {"kept aside with a doubt": 2, "without a value": 2}
    assert figure_files.doubts(lines)["reason"].tolist() == ["misprint", "DOUBT: as in the origin"]
    assert figure_files.printed_rates(lines)[["yoy_pct", "currency"]].to_numpy().tolist() == [["40.6", "USD"]]
    assert figure_files.quantities(lines)[["row", "quantity", "yoy_pct"]].to_numpy().tolist() == [[6, "1.5", "24"]]


def test_names_a_bad_value() -> None:
    """A value or a unit that cannot be read is refused by file and row, and the others are kept."""
    parsed = figure_files.parse(file({}, {"flow": "export", "value": "1,5"}, {"flow": "import", "unit": "bn"}), "a.csv")
    assert len(parsed.table) == 1
    assert [line.split(":")[0] for line in parsed.refused] == ["a.csv, row 3", "a.csv, row 4"]


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "row 1: columns missing"),
        (b"a,b\n1,2\n", "not known: ['a', 'b']"),
        (file({}) + b"x,y\n", "row 3: 2 cells"),
    ],
)
def test_refuses_another_layout(content: bytes, says: str) -> None:
    """Another header, or a line of another length, is an error that says where."""
    with pytest.raises(SourceError, match=r"^a\.csv") as error:
        figure_files.read(content, "a.csv")
    assert says in str(error.value)


def test_recognises_its_layout_only() -> None:
    """The header tells figure files from side tables."""
    assert figure_files.recognises(",".join(COLUMNS).encode())
    assert not figure_files.recognises(b"id,says,quoted\n")


def test_out_of_scope_is_counted() -> None:
    """A pair that the project does not keep is left out and counted by its partner."""
    parsed = figure_files.parse(file({"partner": "DEU", "commodity_code": "7403", "classification": "HS"}), "a.csv")
    assert parsed.table.empty
    assert parsed.left_out == {"partner DEU": 1}


def test_every_shipped_file_is_whole() -> None:
    """Each file in data/figures with the layout parses without a refused line, and names a reference everywhere."""
    names = [
        file.name for file in sorted(store.FIGURES.glob("*.csv")) if figure_files.recognises(file.read_bytes()[:4096])
    ]
    assert len(names) >= 14
    for name in names:
        lines = figure_files.read((store.FIGURES / name).read_bytes(), name)
        rows, refused = figure_files.values(lines)
        assert refused == []
        assert rows["reference"].ne("").all(), name


def origin(name: str) -> list[dict[str, str]]:
    """Read a collected file with plain loops."""
    with (SHARED / name).open(encoding="utf-8", newline="") as handle:
        return list(csv.DictReader(handle))


def shipped(name: str) -> list[dict[str, str]]:
    """Read a shipped file with plain loops."""
    with (store.FIGURES / name).open(encoding="utf-8", newline="") as handle:
        return list(csv.DictReader(handle))


@needs_origin
@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("hs_china_russia_chapters_2020_2024.csv", "value"),
        ("hs_china_russia_rus_reporter_hs2_2000_2020.csv", "value"),
        ("hs_china_russia_dots_monthly_2011_2020.csv", "value"),
        ("fcs_monthly_partners.csv", "value"),
        ("world_totals.csv", "value"),
        ("comtrade_crude_2024_2025.csv", "value_usd"),
    ],
)
def test_nothing_was_lost_on_the_way(name: str, value: str) -> None:
    """Count and exact sum of all printed values are those of the collected file, doubts among them."""
    before = [Decimal(row[value]) for row in origin(name)]
    after = [Decimal(row["value"]) for row in shipped(name) if row["value"]]
    assert (len(after), sum(after)) == (len(before), sum(before))


@needs_origin
def test_every_yuan_table_is_whole() -> None:
    """Every printed month and year to date of the collected yuan tables stands in the shipped file, rate included."""
    files = ("gacc_cny_russia_states_2024_2026.csv", "gacc_cny_country_states.csv")
    before = [row for name in files for row in origin(name)]
    words = ("partner", "flow", "period_start", "period_end", "yoy_pct")
    collected = sorted((*(row[word] for word in words), row["cny_10000"]) for row in before)
    kept = shipped("gacc_cny_by_country.csv")
    assert sorted((*(row[word] for word in words), row["value"]) for row in kept) == collected


@needs_origin
def test_china_s_own_count_of_fuels_is_whole() -> None:
    """Crude, coal and gas from Russia on China's count, and chapters 27 and 44, are those collected."""
    wanted = {"2701", "2709", "271111", "271121"}
    before = [r for r in origin("energy_china_basis_comtrade_2016_2021.csv") if r["code"] in wanted]
    after = shipped("hs_china_fuels_from_russia_2016_2021.csv")
    assert sorted(r["value"] for r in before) == sorted(r["value"] for r in after)
    chapters = [r for r in origin("hs_china_russia_chapters_27_44_1992_2017.csv") if r["reporter"] == "CHN"]
    kept = [r for r in shipped("hs_china_russia_chapters_27_44_1992_2017.csv") if r["reporter"] == "CHN"]
    assert sorted(r["value"] for r in chapters) == sorted(r["value"] for r in kept)


@needs_origin
def test_press_and_energy_are_whole() -> None:
    """Values, rates and quantities of the press files have the count and sum of the collected files."""
    collected = {"press.csv": origin("press_totals.csv")}
    collected["energy.csv"] = origin("energy.csv") + origin("energy_press_additions.csv")
    for name, column in (("press.csv", "value_usd_bn"), ("energy.csv", "value")):
        printed = [row for row in collected[name] if row[column]]
        kept = shipped(name)
        values = [Decimal(row["value"] or row["quantity"]) for row in kept if row["value"] or row["quantity"]]
        assert len(values) == len(printed)
        assert sum(values) == sum(Decimal(row[column]) for row in printed)
        rates = [Decimal(row["yoy_pct"]) for row in collected[name] if row["yoy_pct"]]
        assert sorted(Decimal(row["yoy_pct"]) for row in kept if row["yoy_pct"]) == sorted(rates)


@needs_origin
def test_world_energy_is_whole() -> None:
    """Every value, weight and quantity of the fuels file stands somewhere, kind by kind."""
    before = [row for row in origin("china_world_energy.csv") if row["measure"] != "change of quantity"]
    after = shipped("china_world_energy.csv")
    for unit in ("usd", "cny", "bn_usd", "thousand_usd"):
        printed = sum(Decimal(row["value"]) for row in before if row["unit"] == unit)
        assert sum(Decimal(row["value"]) for row in after if row["unit"] == unit) == printed, unit
    weights = {row["value"] for row in before if row["unit"] == "kg"}
    assert {row["net_weight_kg"] for row in after if row["net_weight_kg"]} == weights
    for unit, name in (("mln_tonnes", "mln_t"), ("10k_tonnes", "10k_t"), ("usd_per_tonne", "usd_per_t")):
        printed = sum(Decimal(row["value"]) for row in before if row["unit"] == unit)
        kept = [Decimal(row["quantity"]) for row in after if row["quantity"] and row["quantity_unit"] == name]
        assert sum(kept) == printed


@needs_origin
def test_doubts_of_the_origin_never_enter_the_table() -> None:
    """Each doubt of the collected files is among the doubts, and its number is not in the table under its key."""
    rows = origin("hs_china_russia_rus_reporter_hs2_2000_2020.csv")
    marked = {(r["partner"], r["flow"], r["period_start"], r["code"]) for r in rows if "DOUBT" in r["note"]}
    assert len(marked) == 390
    table = store.read_table(store.SNAPSHOT / "comtrade.parquet")
    # another extract of the same years may hold a doubted key with a sound figure
    own = table[table["reporter"].eq("RUS") & ~table["reference"].str.contains("pmacg/UNComtrade", regex=False)]
    month = own["period_start"].dt.strftime("%Y-%m")
    keys = set(zip(own["partner"], own["flow"], month, own["commodity_code"], strict=True))
    assert not marked & keys
