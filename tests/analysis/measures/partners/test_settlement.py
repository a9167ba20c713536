"""Settlements: statements as quoted, shares by hand, the file a second way."""

from __future__ import annotations

import csv
from collections import defaultdict
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd
import pytest

from analysis.measures.partners import settlement
from analysis.selection import Selection
from layouts.cards import number_words
from layouts.charts.registry import CHARTS
from tests.analysis.kit import dataset as small
from tests.analysis.kit import row

if TYPE_CHECKING:
    from analysis.dataset import Dataset

FIGURES = Path(__file__).parents[4] / "data" / "figures"
FIVE = {"CNY": "0.2", "RUB": "0.3", "USD": "0.25", "EUR": "0.15", "OTHER": "0.1"}


def month(name: str, amounts: dict[str, str], flow: str = "import") -> list[dict[str, str | None]]:
    """Return the amounts of one month, in billions as text, as the side table holds them."""
    base = {"reporter": "RUS", "partner": "WLD", "flow": flow, "period_start": name, "period_end": name}
    more = {"unit": "bn_usd", "publisher": "Bank of Russia", "released": None, "reference": "synthetic", "note": None}
    return [{**base, **more, "currency": currency, "value": value} for currency, value in amounts.items()]


def counted(*months: list[dict[str, str | None]]) -> pd.DataFrame:
    """Return the shares of a dataset that holds these months alone."""
    side = pd.DataFrame([one for part in months for one in part]).astype("str")
    side["released"] = pd.Series([None] * len(side), dtype="str")
    return settlement.counted(small(row("2022-01"), settlement_currency=side))


def test_shares_by_hand() -> None:
    """0.2 and 0.3 of 1.0 bn: 20 and 30 per cent, amounts exact in whole dollars."""
    table = counted(month("2022-01", FIVE))
    assert table[["settlement_currency", "share_pct", "value", "whole"]].to_numpy().tolist() == [
        ["CNY", pytest.approx(20.0), 200_000_000.0, pytest.approx(1e9)],
        ["RUB", pytest.approx(30.0), 300_000_000.0, pytest.approx(1e9)],
    ]


def test_a_month_that_lacks_a_currency_has_no_share() -> None:
    """Without the euro the rest would look larger than it is."""
    short = {name: value for name, value in FIVE.items() if name != "EUR"}
    table = counted(month("2022-01", FIVE), month("2022-02", short))
    assert set(table["period_start"].dt.month) == {1}


def test_exports_and_imports_are_apart() -> None:
    """Receipts are never a part of the sum of payments."""
    double = {name: str(2 * Decimal(value)) for name, value in FIVE.items()}
    table = counted(month("2022-01", FIVE), month("2022-01", {**double, "CNY": "0.8"}, "export"))
    yuan = table[table["settlement_currency"].eq("CNY")].set_index("flow")["share_pct"]
    assert yuan.to_dict() == {"export": pytest.approx(100 * 0.8 / 2.4), "import": pytest.approx(20.0)}


def test_shipped_shares_agree_with_plain_loops(dataset: Dataset) -> None:
    """Every month of both flows, added up line by line from the file; all between 0 and 100."""
    sums: dict[tuple[str, str], Decimal] = defaultdict(Decimal)
    amounts: dict[tuple[str, str, str], Decimal] = {}
    with (FIGURES / "settlement_currency.csv").open(encoding="utf-8") as file:
        for cells in csv.DictReader(file):
            sums[(cells["flow"], cells["period_start"])] += Decimal(cells["value"])
            amounts[(cells["flow"], cells["period_start"], cells["currency"])] = Decimal(cells["value"])
    table = settlement.counted(dataset)
    assert len(table) == 2 * len(sums)
    assert table["share_pct"].between(0, 100).all()
    for flow, start, currency, share in zip(
        table["flow"],
        table["period_start"].dt.strftime("%Y-%m"),
        table["settlement_currency"],
        table["share_pct"],
        strict=True,
    ):
        assert share == pytest.approx(float(100 * amounts[(flow, start, currency)] / sums[(flow, start)]))


def test_statements_stand_as_quoted(dataset: Dataset) -> None:
    """Every line of the file, value for value, each with speaker, wording and page; each wording is known."""
    with (FIGURES / "settlement.csv").open(encoding="utf-8") as file:
        lines = [(cells["what"], cells["speaker"], float(cells["value"])) for cells in csv.DictReader(file)]
    table = settlement.stated(dataset)
    assert sorted(zip(table["what"], table["speaker"], table["share_pct"], strict=True)) == sorted(lines)
    assert table[["speaker", "source", "reference", "precision"]].notna().all(axis=None)
    assert set(table["what"]) <= set(settlement.DEFINITIONS)
    assert table["period_end"].is_monotonic_increasing


def test_nothing_without_the_side_tables() -> None:
    """No statement and no month is made up."""
    assert settlement.stated(small(row("2022-01"))).empty
    assert settlement.counted(small(row("2022-01"))).empty


def test_amounts_are_dollars_whatever_was_paid_in(dataset: Dataset) -> None:
    """The row's unit is the US dollar; the currency of payment has a column of its own, here and in the panel."""
    table = settlement.counted(dataset)
    assert set(table["currency"]) == {"USD"}
    assert set(table["unit"]) == {"whole USD"}
    assert set(table["settlement_currency"]) == {"CNY", "RUB"}
    roubles = table[table["settlement_currency"].eq("RUB")].iloc[0].to_dict()
    assert "US$" in number_words.headline({str(key): cell for key, cell in roubles.items()})
    assert (table["value"] <= table["whole"]).all()


def test_the_unit_of_the_table_is_read() -> None:
    """Millions are a thousandth of billions, and amounts of two units in one month make no share."""
    million = [one | {"unit": "mln_usd"} for one in month("2022-01", FIVE)]
    assert counted(million)["value"].tolist() == [200_000.0, 300_000.0]
    mixed = [one | {"unit": "bn_rub" if one["currency"] == "RUB" else "bn_usd"} for one in month("2022-01", FIVE)]
    assert counted(mixed).empty


def test_shares_by_region_stand_as_printed(dataset: Dataset) -> None:
    """Every line of the file with its region, its doubt and the Bank of Russia as who counted."""
    with (FIGURES / "settlement_regions.csv").open(encoding="utf-8") as file:
        lines = list(csv.DictReader(file))
    table = settlement.regions(dataset)
    assert sorted(table["share_pct"]) == sorted(float(line["value"]) for line in lines)
    assert table["doubt"].notna().sum() == sum(bool(line["doubt"]) for line in lines) > 0
    assert table["basis"].str.startswith("CBR").all()
    assert table["basis"].eq(table["base_basis"]).all()
    asked = Selection()
    chart = CHARTS["settlement"]
    drawn = str(chart.draw(chart.rows(dataset, asked), asked).to_json())
    assert "Roubles with Asia" in drawn
    assert "36.7%" in drawn


def test_speakers_go_by_their_names(dataset: Dataset) -> None:
    """No official without a name in the title; each figure has its window; nobody is said to publish nothing."""
    chart = CHARTS["settlement"]
    framing = chart.words(chart.rows(dataset, Selection()), Selection())
    assert "fficials" not in framing.finding
    assert "(Denisov)" in framing.finding
    assert "(Novak)" in framing.finding
    assert "2013" in framing.finding
    assert "Nov 2025" in framing.finding
    assert [one.value for one in framing.stated] == [2.0, 99.0]
    assert "Nobody publishes" not in chart.caveat
    assert "by region" in chart.caveat
