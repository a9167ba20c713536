"""What UN Comtrade's values, weights, quantities and release dates mean, and which are refused."""

from __future__ import annotations

import pandas as pd
import pytest

from tests.loaders.support.comtrade_kit import NAME, NEW, delimited, one, parse, refusal, row


@pytest.mark.parametrize(
    "cell",
    [
        "",
        " ",
        "n/a",
        "NaN",
        "nan",
        "inf",
        "-Infinity",
        "1e400",
        "-5",
        "=1+1",
        "@SUM(A1)",
        "1,234",
        "1 234",
        "1-2",
        "12 345,6",
        "0x1F",
        "1.23457E+11",
        "1200.5 USD",
        "true",
        "1_000",
    ],
)
def test_refused_values(cell: str) -> None:
    """What is no plain amount of dollars is refused, with its cell, and never guessed at."""
    assert f"primaryValue {cell!r} is no amount" in refusal(primaryValue=cell)


@pytest.mark.parametrize("column", ["netWgt", "qty"])
@pytest.mark.parametrize("cell", ["-1", "inf", "=1", "heavy", "1 00"])
def test_refused_weights(column: str, cell: str) -> None:
    """A weight or a quantity that is no amount refuses its row."""
    assert f"{column} {cell!r} is no amount" in refusal(**{column: cell})


@pytest.mark.parametrize("cell", ["1200.5", "+1200.5", " 1200.5 ", "1.2005e3", "1.2005E+3"])
def test_values(cell: str) -> None:
    """A number may have a sign, blanks around it, or an exponent that hides no digit."""
    assert one(primaryValue=cell)["value"] == 1200.5


@pytest.mark.parametrize("weight", ["", "0", "0.0", "NaN", "NA", "null"])
def test_no_weight(weight: str) -> None:
    """A zero beside a positive value, an empty cell and its usual words are no weight."""
    assert pd.isna(one(netWgt=weight)["net_weight_kg"])


def test_zero_value_keeps_its_zero_weight() -> None:
    """Nothing traded weighs nothing: only beside a positive value does a zero mean missing."""
    figure = one(primaryValue="0", cifvalue="0", netWgt="0")
    assert (figure["value"], figure["net_weight_kg"]) == (0, 0)


@pytest.mark.parametrize(
    "cells",
    [
        {"isNetWgtEstimated": "True"},
        {"isNetWgtEstimated": "1"},
        {"isNetWgtEstimated": "WAHR"},
        {"legacyEstimationFlag": "4"},
        {"legacyEstimationFlag": "6.0"},
    ],
)
def test_estimated_weight(cells: dict[str, str]) -> None:
    """An estimated weight is told as one and is no reported weight; the value stays final."""
    figure = one(netWgt="850", qty="900", **cells)
    assert pd.isna(figure["net_weight_kg"])
    assert (figure["quantity"], figure["quantity_unit"], figure["status"]) == (850, "kg, estimated", "final")


def test_estimated_quantity_only() -> None:
    """Flag 2 is about the quantity: the weight is reported, and kilograms that are estimated are told so."""
    figure = one(netWgt="850", qty="900", legacyEstimationFlag="2")
    assert (figure["net_weight_kg"], figure["quantity"], figure["quantity_unit"]) == (850, 900, "kg, estimated")


def test_estimated_nothing() -> None:
    """An estimate of nothing is nothing: the quantity stands."""
    figure = one(netWgt="0", isNetWgtEstimated="true", legacyEstimationFlag="4", qty="12", qtyUnitAbbr="u")
    assert pd.isna(figure["net_weight_kg"])
    assert (figure["quantity"], figure["quantity_unit"]) == (12, "u")


@pytest.mark.parametrize(
    ("unit", "code", "kept"),
    [("1000 kWh", "3", "1000 kWh"), ("", "3", "1000 kWh"), ("Number of items", "5", "u"), ("", "8.0", "kg")],
)
def test_quantity_units(unit: str, code: str, kept: str) -> None:
    """The unit is the published one, from its number where the words are missing."""
    figure = one(qty="12.5", qtyUnitAbbr=unit, qtyUnitCode=code)
    assert (figure["quantity"], figure["quantity_unit"]) == (12.5, kept)


@pytest.mark.parametrize(
    ("quantity", "unit", "code"),
    [("0", "u", "5"), ("", "u", "5"), ("5", "N/A", "-1"), ("5", "", "-1"), ("5", "No Quantity", "1"), ("5", "", "")],
)
def test_no_quantity(quantity: str, unit: str, code: str) -> None:
    """No quantity without a unit, and none that is zero."""
    figure = one(qty=quantity, qtyUnitAbbr=unit, qtyUnitCode=code)
    assert pd.isna(figure["quantity"])
    assert pd.isna(figure["quantity_unit"])


@pytest.mark.parametrize(
    ("flow", "cif", "fob", "valuation"),
    [
        ("M", "1200.5", "", "CIF"),
        ("M", "", "", "CIF"),
        ("M", "0", "1200.5", "FOB"),
        ("M", "1300", "1200.5", "FOB"),
        ("M", "1200.5", "1200.5", "CIF"),
        ("X", "", "1200.5", "FOB"),
        ("X", "", "", "FOB"),
        ("X", "1200.5", "", "CIF"),
    ],
)
def test_valuation(flow: str, cif: str, fob: str, valuation: str) -> None:
    """Imports are CIF and exports FOB, unless the two values say that the primary one is the other."""
    assert one(flowCode=flow, flowDesc="", cifvalue=cif, fobvalue=fob)["valuation"] == valuation


@pytest.mark.parametrize(
    ("flow", "cif", "fob", "value", "valuation"),
    [
        ("M", "7", "6", 7, "CIF"),
        ("M", "", "6", 6, "FOB"),
        ("M", "0.0", "6", 6, "FOB"),
        ("X", "7", "6", 6, "FOB"),
        ("X", "7", "", 7, "CIF"),
    ],
)
def test_without_primary_value(flow: str, cif: str, fob: str, value: float, valuation: str) -> None:
    """Only a file without the primary value falls back on CIF and FOB."""
    columns = [name for name in NEW if name != "primaryValue"]
    parsed = parse(delimited([row(flowCode=flow, flowDesc="", cifvalue=cif, fobvalue=fob)], columns))
    assert parsed.table["value"].tolist() == [value]
    assert parsed.table["valuation"].tolist() == [valuation]


def test_an_empty_primary_value_is_not_replaced() -> None:
    """A row without its primary value is refused, though CIF stands beside it."""
    assert "primaryValue ''" in refusal(primaryValue="", cifvalue="7")


@pytest.mark.parametrize(
    ("cell", "released"),
    [
        ("2025-07-04T23:51:36.4233333", "2025-07-04 23:51:36"),
        ("2003-04-29T11:24:10Z", "2003-04-29 11:24:10"),
        ("2025-07-04", "2025-07-04"),
    ],
)
def test_released(cell: str, released: str) -> None:
    """A release date in the file is kept, to the second."""
    content = delimited([row() | {"lastReleased": cell}], [*NEW, "lastReleased"])
    assert parse(content).table["released"].tolist() == [pd.Timestamp(released)]


def test_released_is_no_guess() -> None:
    """A release date that is none refuses its row; an empty one is empty."""
    content = delimited([row() | {"lastReleased": cell} for cell in ("", "July")], [*NEW, "lastReleased"])
    parsed = parse(content)
    assert parsed.table["released"].isna().tolist() == [True]
    assert parsed.refused == (f"{NAME}, row 3: release date 'July' is not YYYY-MM-DD",)


@pytest.mark.parametrize(
    ("cells", "values"),
    [
        (("1,234,567", "1,200.5", "999"), [1234567.0, 1200.5, 999.0]),
        (("1.234.567", "1.200,5", "999"), [1234567.0, 1200.5, 999.0]),
        (("1 234 567", "1\u202f200,5", "999"), [1234567.0, 1200.5, 999.0]),
        (("1'234'567", "1'200", "999"), [1234567.0, 1200.0, 999.0]),
        (("1,234,567", "1,200", "4.5E+6"), [1234567.0, 1200.0, 4500000.0]),
    ],
)
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_a_column_in_one_writing_is_read(cells: tuple[str, ...], values: list[float], delimiter: str) -> None:
    """Groups of thousands in any country's writing, where all numbers of the column are so."""
    codes = ("2701", "2709", "2711")
    rows = [
        row(cmdCode=code, primaryValue=cell, cifvalue="", netWgt="", qty="")
        for code, cell in zip(codes, cells, strict=True)
    ]
    parsed = parse(delimited(rows, delimiter=delimiter))
    assert parsed.refused == ()
    assert parsed.table["value"].tolist() == values


def test_a_column_of_two_writings_is_refused_by_name() -> None:
    """One grouped number among plain ones may be anything: it is named, the plain ones stay."""
    rows = [row(cmdCode="2701", primaryValue="1,234,567", cifvalue=""), row(cmdCode="2709", primaryValue="7654321")]
    parsed = parse(delimited(rows))
    assert parsed.refused == (f"{NAME}, row 2: primaryValue '1,234,567' is no amount",)
    assert parsed.table["value"].tolist() == [7654321.0]
