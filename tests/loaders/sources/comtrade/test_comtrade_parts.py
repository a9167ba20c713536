"""UN Comtrade's totals count once: parts are never added to them, and are summed only where there is no total."""

from __future__ import annotations

import pytest

from tests.loaders.support.comtrade_kit import NAME, delimited, parse, row

PARTS = "customs procedure, transport, second partner"


def _row(value: str, customs: str = "C00", transport: str = "0", partner2: str = "0", **cells: str) -> dict[str, str]:
    changed = {"customsCode": customs, "motCode": transport, "partner2Code": partner2, "primaryValue": value}
    return row(**{"cifvalue": value, "netWgt": value, "qty": value, **changed, **cells})


def test_totals_count_and_parts_do_not() -> None:
    """Beside a total, its parts by customs procedure, transport and second partner are left out and told."""
    rows = [
        _row("100"),
        _row("60", customs="C01"),
        _row("40", customs="C02"),
        _row("100", transport="2100"),
        _row("100", partner2="643"),
    ]
    parsed = parse(delimited(rows))
    assert parsed.table[["value", "status"]].astype(object).to_numpy().tolist() == [[100, "final"]]
    assert parsed.left_out == {"part of a total in the file": 4}
    assert parsed.notes == (f"{NAME}: parts ({PARTS}) of totals in the file, left out: 4 rows",)


def test_parts_without_total_are_summed() -> None:
    """Where only parts are there, their sum is a derived figure, and the line says so."""
    rows = [_row("60.25", "C01", "2100", "156"), _row("30.5", "C01", "3100", "156"), _row("9.25", "C02", "2100", "36")]
    parsed = parse(delimited(rows))
    figure = parsed.table.astype(object).iloc[0]
    assert len(parsed.table) == 1
    assert (figure["value"], figure["net_weight_kg"], figure["quantity"]) == (100, 100, 100)
    assert (figure["status"], figure["valuation"], figure["quantity_unit"]) == ("derived", "CIF", "kg")
    assert figure["reference"] == f"{NAME}, rows 2, 3 and 4, summed"
    assert parsed.notes == (f"{NAME}: sums of parts ({PARTS}), marked as derived: 1 from 3 rows",)


def test_each_figure_by_itself() -> None:
    """One figure's total does not stand in for another's: every series is judged alone, and World is one of them."""
    world = {"partnerCode": "0", "partnerISO": "W00"}
    rows = [_row("100"), _row("100", "C01"), _row("70", "C01", **world), _row("80", "C02", **world)]
    parsed = parse(delimited(rows))
    assert parsed.table[["partner", "value", "status"]].astype(object).to_numpy().tolist() == [
        ["RUS", 100, "final"],
        ["WLD", 150, "derived"],
    ]
    assert parsed.table["reference"].tolist() == [f"{NAME}, row 2", f"{NAME}, rows 4 and 5, summed"]


def test_sums_are_exact() -> None:
    """Tenths of dollars add up to what a reader adds up to."""
    parsed = parse(delimited([_row("0.1", "C01"), _row("0.2", "C02"), _row("0.3", "C03")]))
    assert parsed.table["value"].tolist() == [0.6]


@pytest.mark.parametrize("missing", [{"netWgt": "", "qty": ""}, {"netWgt": "0", "qty": "0"}])
def test_a_part_without_weight_leaves_none(missing: dict[str, str]) -> None:
    """A sum of weights of which one is missing is no weight."""
    parsed = parse(delimited([_row("60", "C01"), _row("40", "C02", **missing)]))
    assert parsed.table["value"].tolist() == [100]
    assert parsed.table[["net_weight_kg", "quantity", "quantity_unit"]].isna().to_numpy().all()


def test_a_guessed_part_makes_a_guessed_weight() -> None:
    """Reported and estimated weights add up to an estimate."""
    parsed = parse(delimited([_row("60", "C01"), _row("40", "C02", isNetWgtEstimated="true")]))
    assert parsed.table["net_weight_kg"].isna().tolist() == [True]
    assert parsed.table[["quantity", "quantity_unit"]].astype(object).to_numpy().tolist() == [[100, "kg, estimated"]]


def test_units_are_not_mixed() -> None:
    """Quantities in two units have no sum."""
    parsed = parse(delimited([_row("60", "C01", qtyUnitAbbr="u"), _row("40", "C02", qtyUnitAbbr="l")]))
    assert parsed.table["value"].tolist() == [100]
    assert parsed.table[["quantity", "quantity_unit"]].isna().to_numpy().all()


def test_two_valuations_are_unknown() -> None:
    """A sum of CIF and FOB parts is neither."""
    parsed = parse(delimited([_row("60", "C01"), _row("40", "C02", cifvalue="0", fobvalue="40")]))
    assert parsed.table["valuation"].tolist() == ["unknown"]


def test_two_breakdowns_count_once() -> None:
    """The same figure broken down twice is taken from the coarser breakdown, not added up to double."""
    rows = [_row("60", "C01"), _row("40", "C02"), _row("60", "C01", "2100"), _row("40", "C02", "3100")]
    parsed = parse(delimited(rows))
    assert parsed.table["value"].tolist() == [100]
    assert parsed.table["reference"].tolist() == [f"{NAME}, rows 2 and 3, summed"]


def test_breakdowns_that_differ_are_refused() -> None:
    """Two breakdowns with two sums have no one answer; nothing is taken, both are named."""
    parsed = parse(delimited([_row("60", "C01"), _row("40", "C02"), _row("70", transport="2100")]))
    assert parsed.table.empty
    assert len(parsed.refused) == 1
    assert "rows 2, 3 and 4: breakdowns of one figure that add up differently" in parsed.refused[0]


def test_transport_within_transport_counts_once() -> None:
    """Sea lies within water and pipelines within two groups: the outermost that is there counts."""
    rows = [
        _row("70", transport="2000"),
        _row("50", transport="2100"),
        _row("20", transport="2200"),
        _row("30", transport="9000"),
        _row("30", transport="9100"),
        _row("30", transport="9110"),
    ]
    assert parse(delimited(rows)).table["value"].tolist() == [100]


def test_transport_that_does_not_add_up_is_refused() -> None:
    """Water that is not the sum of its ways may or may not hold them: not taken."""
    parsed = parse(delimited([_row("70", transport="2000"), _row("50", transport="2100")]))
    assert parsed.table.empty
    assert "rows 2 and 3: means of transport that contain each other" in parsed.refused[0]


def test_equal_parts_once_different_parts_refused() -> None:
    """An identical part twice counts once; the same part with two values refuses the whole figure."""
    twice = parse(delimited([_row("60", "C01"), _row("60", "C01"), _row("40", "C02")]))
    assert twice.table["value"].tolist() == [100]
    clash = parse(delimited([_row("60", "C01"), _row("61", "C01"), _row("40", "C02")]))
    assert clash.table.empty
    assert "rows 2, 3 and 4: the same codes with different values" in clash.refused[0]


def test_tariff_lines() -> None:
    """A tariff-line file, without levels and descriptions, sums its many rows per code."""
    columns = ["typeCode", "freqCode", "refPeriodId", "period", "reporterCode", "flowCategory", "flowCode"]
    columns += ["partnerCode", "partner2Code", "classificationCode", "cmdCode", "customsCode", "motCode", "qtyUnitCode"]
    columns += ["qty", "netWgt", "cifvalue", "fobvalue", "primaryValue"]
    keys = [(code, transport) for code in ("27011290", "2709000000") for transport in ("2100", "3100", "9110")]
    lines = [
        _row(str(number), f"C{number % 3 + 1:02d}", transport, "156", cmdCode=code) | {"flowCategory": "M"}
        for number, (code, transport) in enumerate(keys, start=1)
    ]
    parsed = parse(delimited(lines, columns))
    assert parsed.table[["commodity_code", "value", "status"]].astype(object).to_numpy().tolist() == [
        ["27011290", 1 + 2 + 3, "derived"],
        ["2709000000", 4 + 5 + 6, "derived"],
    ]


def test_out_of_scope_parts_are_counted_as_rows() -> None:
    """Parts of figures that nobody keeps are counted as the rows they are."""
    germany = {"partnerCode": "276", "partnerISO": "DEU", "cmdCode": "8471"}
    parsed = parse(delimited([_row("1"), _row("2", "C01", **germany), _row("3", "C02", **germany), _row("9", "C01")]))
    assert parsed.table["value"].tolist() == [1]
    assert parsed.left_out == {"part of a total in the file": 1, "partner DEU": 2}


def test_blank_part_codes_are_totals() -> None:
    """The classic layouts leave the three columns empty or write 0.0: those are totals."""
    parsed = parse(delimited([_row("5", "", "", ""), _row("7", "C00", "0.0", "0.0", cmdCode="2709")]))
    assert parsed.table["value"].tolist() == [5, 7]
    assert set(parsed.table["status"]) == {"final"}
