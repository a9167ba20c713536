"""World Development Indicators as CSV, WTO Stats, and Bruegel's tracker: worked examples and refusals."""

from __future__ import annotations

import pandas as pd

from loaders.sources import bruegel, wto
from loaders.sources.world_bank import source as worldbank
from tests.loaders.support import kit, layout_kit

API = kit.recorded("worldbank", "API_TX.csv")
STATS = kit.recorded("wto", "merchandise.csv")


def test_an_indicator_file_dates_itself() -> None:
    """Merchandise with the world, released when the bank last updated it; other indicators and groups are left out."""
    parsed = worldbank.parse(API, "API_TX.csv")
    row = kit.only(parsed, reporter="CHN", period_start="2022-01-01")
    assert (row["value"], row["flow"], row["valuation"], row["partner"]) == (3593601500000.0, "export", "FOB", "WLD")
    assert row["released"] == pd.Timestamp("2024-05-30")
    assert parsed.left_out == {"reporter AFE": 2, "another indicator": 1}
    assert kit.accounted(parsed) == parsed.rows_read == 6


def test_wto_keeps_total_merchandise_alone() -> None:
    """Services, groups of goods and continents are counted; a flag E is an estimate; March is a month."""
    parsed = wto.parse(STATS, "WtoData.csv")
    assert kit.only(parsed, reporter="CHN", flow="export")["value"] == 3593601500000.0
    assert kit.only(parsed, reporter="RUS")["status"] == "estimated"
    assert f"{kit.only(parsed, reporter='CHN', flow='import')['period_end']:%Y-%m}" == "2023-03"
    assert sum(parsed.left_out.values()) == 3
    assert kit.accounted(parsed) == parsed.rows_read == 6


def test_wto_without_partner_or_money_is_refused_row_by_row() -> None:
    """No partner is not the world; a unit that is no money is no value."""
    parsed = wto.parse(STATS.replace(b'"World"', b'""'), "w.csv")
    assert not len(parsed.table)
    assert "download the file again with partners" in parsed.refused[0]
    parsed = wto.parse(STATS.replace(b"Million US dollar", b"Index"), "w.csv")
    assert "no amount of a currency" in parsed.refused[0]


def test_bruegel_is_nobodys_own_count() -> None:
    """Derived, without a valuation; groups of goods are left out; an unclear direction is refused."""
    head = [
        "direction of trade",
        "country",
        "unit",
        "SITC category description",
        pd.Timestamp("2022-03-01").to_pydatetime(),
    ]
    rows = [["imports", "China", "USD billion", "Total", 3.8], ["imports", "China", "USD billion", "Food", 1]]
    parsed = bruegel.parse(
        layout_kit.book({"Figure 1": [["Figure 1: Russia's imports by partner"], head, *rows]}), "t.xlsx"
    )
    row = kit.only(parsed, partner="CHN")
    assert (row["reporter"], row["value"], row["status"], row["valuation"]) == (
        "RUS",
        3800000000.0,
        "derived",
        "unknown",
    )
    assert parsed.left_out == {"goods of one group": 1}
    unclear = bruegel.parse(layout_kit.book({"Figure 1": [["Figure 1"], head, rows[0]]}), "t.xlsx")
    assert "does not say whose imports" in unclear.refused[0]
