"""Customs' table of major imports: the fuels with their weight, month and year to date, from all countries."""

from __future__ import annotations

import pandas as pd
import pytest

from loaders.sources.china_customs import source as gacc
from tests.loaders.support import kit
from tests.servers import gacc as served
from tests.servers.world import World

WORLD = World(first=pd.Period("2026-01", "M"), last=pd.Period("2026-08", "M"))


def _page(month: int = 8, currency: str = "USD") -> bytes:
    return f"<!DOCTYPE html><html><body>{served.imports(WORLD, 2026, month, currency)}</body></html>".encode()


def _figure(what: str, goods: str, span: str, currency: str = "USD") -> float:
    return WORLD.figure("gacc", what, goods, "2026", span, currency, size=10**4) / 10


def test_a_fuel_has_weight_and_value() -> None:
    """Ten thousand tons are ten million kilograms, a million dollars is a million dollars, from the world, CIF."""
    row = kit.only(gacc.parse(_page(), "page"), commodity_code="GACC_CRUDE_OIL", period_start="2026-08-01")
    assert row["net_weight_kg"] == pytest.approx(_figure("quantity", "Crude petroleum oil", "8") * 10_000_000)
    assert row["value"] == pytest.approx(_figure("value", "Crude petroleum oil", "8") * 1_000_000)
    wanted = ["CHN", "WLD", "import", "none", "USD", "CIF", "preliminary"]
    assert row[["reporter", "partner", "flow", "classification", "currency", "valuation", "status"]].tolist() == wanted
    assert row["released"] == pd.Timestamp("2026-09-18")


def test_month_and_year_to_date_stand_apart_and_last_year_is_not_taken() -> None:
    """Four fuels twice; other goods are counted; the year before and growth rates are not read."""
    parsed = gacc.parse(_page(), "page")
    assert sorted(set(parsed.table["period_start"])) == [pd.Timestamp("2026-01-01"), pd.Timestamp("2026-08-01")]
    assert sorted(set(parsed.table["commodity_code"])) == [
        *("GACC_COAL", "GACC_CRUDE_OIL", "GACC_NATURAL_GAS", "GACC_OIL_PRODUCTS")
    ]
    assert len(parsed.table) == 8
    assert parsed.left_out == {"goods other than fuels": 2}


def test_january_and_february_stay_together() -> None:
    """The page of February has no month of its own."""
    table = gacc.parse(_page(2, "CNY"), "page").table
    assert set(table["period_start"]) == {pd.Timestamp("2026-01-01")}
    assert set(table["period_end"]) == {pd.Timestamp("2026-02-01")}
    assert set(table["currency"]) == {"CNY"}


@pytest.mark.parametrize(
    ("old", "new", "why"),
    [
        ("Unit: USD1 Million", "Unit: CNY 100 Million", "does not agree"),
        ("Unit: USD1 Million", "", "no unit above the table"),
        ('<td colspan="2">8</td>', '<td colspan="2">7</td>', "its title says month 8, its columns 7"),
        ("Quantity</td>", "Volume</td>", "no table of quantities and values"),
    ],
)
def test_a_page_that_contradicts_itself_is_refused(old: str, new: str, why: str) -> None:
    """Unit, currency and months have to agree with the title."""
    assert why in kit.refusal(gacc.parse, _page().decode().replace(old, new).encode())


def test_a_fuel_in_another_unit_is_named() -> None:
    """Cubic metres are no weight: the row is bad, the others stand."""
    page = (
        _page().decode().replace("<td>Natural gas</td><td>10,000 Tons</td>", "<td>Natural gas</td><td>Million m3</td>")
    )
    parsed = gacc.parse(page.encode(), "page")
    assert len(parsed.refused) == 2
    assert "the unit 'Million m3' is no weight" in parsed.refused[0]
    assert len(parsed.table) == 6
