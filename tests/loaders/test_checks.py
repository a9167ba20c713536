"""Sum checks, each against a table made by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd
import pytest

from loaders import checks, prints, schema

if TYPE_CHECKING:
    from collections.abc import Mapping

ROW = {
    "source": "comtrade",
    "reporter": "CHN",
    "partner": "RUS",
    "flow": "import",
    "period_start": "2023-01-01",
    "period_end": "2023-01-01",
    "classification": "none",
    "commodity_code": "TOTAL",
    "currency": "USD",
    "value": 1.0,
    "net_weight_kg": None,
    "quantity": None,
    "quantity_unit": None,
    "valuation": "CIF",
    "status": "final",
    "released": None,
    "reference": "a.csv, row 2",
}
YEAR = {"period_start": "2023-01-01", "period_end": "2023-12-01", "value": 8000001.0}
NONE = pd.DataFrame(columns=["check", "subject", "period", "up_to_pct", "why"], dtype="str")


def table(*rows: Mapping[str, object]) -> pd.DataFrame:
    """Return the one table: each row is ``ROW`` with other cells."""
    return schema.conform(pd.DataFrame([{**ROW, **row} for row in rows]))


def months(year: int, values: list[float], **cells: object) -> list[dict[str, object]]:
    """Return a row a month from January on."""
    days = [f"{year}-{month:02d}-01" for month in range(1, len(values) + 1)]
    return [{"period_start": d, "period_end": d, "value": v, **cells} for d, v in zip(days, values, strict=True)]


def test_grain_by_hand() -> None:
    """The last printed place is the largest power of ten that divides the value."""
    values = pd.Series([114547000000.0, 38.0e9, 114547000001.0, 0.5, 0.0])
    assert prints.grain(values).tolist() == [1e6, 1e9, 1.0, 1.0, 1.0]


def test_months_against_a_year() -> None:
    """Twelve months that make 7.8 m against a year printed as 8 m differ by -2.5 %; eleven are not compared."""
    found = checks.months_against_windows(table(*months(2023, [650001.0] * 12), YEAR))
    assert found[["period", "expected", "found", "difference_pct"]].to_numpy().tolist() == [
        ["2023-01..2023-12", 8000001.0, 7800012.0, -2.5]
    ]
    assert checks.months_against_windows(table(*months(2023, [650001.0] * 11), YEAR)).empty


def test_rounding_is_no_difference() -> None:
    """Months printed to the million that meet a total printed to the billion are not listed, a real gap is."""
    exact = months(2023, [1.4e9, 1.3e9])
    close = {"period_start": "2023-01-01", "period_end": "2023-02-01", "value": 3e9}
    far = close | {"value": 4e9}
    assert checks.months_against_windows(table(*exact, close)).empty
    assert checks.months_against_windows(table(*exact, far))["difference_pct"].tolist() == [-32.5]


def test_total_of_two_flows() -> None:
    """Turnover of 20.9 against 9.551 and 11.28 is rounding; of 21.5 it is a difference of -3.1 %."""
    parts = [{"flow": "export", "value": 9.551e9}, {"flow": "import", "value": 11.28e9}]
    rounded, wrong = {"flow": "total", "value": 20.8e9}, {"flow": "total", "value": 21.5e9}
    assert checks.total_of_two_flows(table(*parts, rounded)).empty
    assert checks.total_of_two_flows(table(*parts, wrong))["difference_pct"].tolist() == [-3.112]


def test_parts_against_the_total() -> None:
    """Forty chapters that lack a tenth of the total are listed; three chapters are a selection and are not."""
    chapters = [{"classification": "HS2017", "commodity_code": f"{i:02d}", "value": 9e6 + 1} for i in range(10, 50)]
    total = {"value": 4e8 + 1}
    found = checks.parts_against_totals(table(*chapters, total))
    assert found["difference_pct"].tolist() == [-10.0]
    assert checks.parts_against_totals(table(*chapters[:3], total)).empty


def test_year_to_date_increases() -> None:
    """A year to date below the one before it is named; a rising one is not."""
    rising = [{"period_end": "2023-02-01", "value": 5e9}, {"period_end": "2023-03-01", "value": 7e9}]
    fall = {"period_end": "2023-04-01", "value": 6e9}
    assert checks.cumulative_increases(table(*rising)).empty
    assert checks.cumulative_increases(table(*rising, fall))["period"].tolist() == ["2023-01..2023-04"]


def test_first_print_against_now() -> None:
    """The longest print of the first month is compared with the months as now published; later prints are not."""
    press = {"source": "press", "flow": "total", "period_end": "2023-02-01", "status": "preliminary"}
    rows: list[dict[str, object]] = [
        *months(2023, [50e9, 51e9], flow="total"),
        {**press, "value": 100e9, "released": "2023-03-07"},
        {**press, "value": 100.1e9, "released": "2023-03-08"},
        {**press, "value": 90.55e9, "released": "2023-06-01"},
    ]
    found = checks.first_prints_against_now(table(*rows))
    assert found[["expected", "found", "difference_pct"]].to_numpy().tolist() == [[100.1e9, 101e9, 0.899]]


def test_two_sources_of_one_figure() -> None:
    """What lies over two per cent from the first source is listed, and breaks nothing; estimates are no source."""
    held = table(
        {"value": 1001.0},
        {"value": 970.97, "source": "imf"},
        {"value": 1019.0, "source": "fcs"},
        {"value": 1500.0, "source": "mgimo"},
        {"value": 7001.0, "source": "gacc", "currency": "CNY"},
        {"value": 900.0, "source": "imf", "partner": "WLD"},
    )
    found = checks.sources_against_each_other(held)
    line = found.iloc[0]
    assert (len(found), line["subject"]) == (1, "imf against comtrade CHN RUS import TOTAL USD")
    assert (line["expected"], line["found"], line["difference_pct"]) == (1001.0, 970.97, -3.0)
    assert not line["broken"]


def test_reported_beats_derived() -> None:
    """A reported row counts although a derived one is newer."""
    rows: list[dict[str, object]] = [{"value": 1.0}, {"value": 2.0, "status": "derived", "released": "2024-01-01"}]
    assert checks.known_now(table(*rows))["value"].tolist() == [1.0]


@pytest.mark.parametrize(("up_to", "known"), [("", True), ("2", False), ("5", True)])
def test_known_differences_are_marked_not_hidden(up_to: str, known: bool) -> None:  # noqa: FBT001 (a case)
    """A line of the known table marks what it covers, up to its largest difference, and keeps it listed."""
    lines = NONE.copy()
    lines.loc[0] = ["months against the printed window", "comtrade CHN", "2023", up_to, "an older vintage"]
    found = checks.run(table(*months(2023, [650001.0] * 12), YEAR), lines)
    assert found[["known", "why"]].to_numpy().tolist() == [[known, "an older vintage" if known else ""]]


def test_what_breaks() -> None:
    """A total that its parts do not make is broken; months a little off their year are a matter of vintages."""
    parts = [{"flow": "export", "value": 9.551e9}, {"flow": "import", "value": 11.28e9}]
    assert checks.run(table(*parts, {"flow": "total", "value": 21.5e9}), NONE)["broken"].tolist() == [True]
    assert checks.run(table(*months(2023, [660001.0] * 12), YEAR), NONE)["broken"].tolist() == [False]
    assert checks.run(table(*months(2023, [600001.0] * 12), YEAR), NONE)["broken"].tolist() == [True]


def test_an_empty_table_has_no_differences() -> None:
    """Nothing in, nothing found, in the same columns."""
    found = checks.run(schema.empty(), NONE)
    assert found.empty
    assert tuple(found.columns) == checks.COLUMNS
