"""Sum checks, each against a table made by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd
import pytest

from loaders.checking import checks
from loaders.checking.checks import Check
from loaders.core import schema
from loaders.core.columns import print_precision as prints

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
NONE = pd.DataFrame(columns=["check", "subject", "period", "expected", "found", "page", "why"], dtype="str")


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
    listed = checks.months_against_windows(table(*months(2023, [650001.0] * 12), YEAR))
    assert listed[["period", "expected", "found", "difference_pct"]].to_numpy().tolist() == [
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
    listed = checks.parts_against_totals(table(*chapters, total))
    assert listed["difference_pct"].tolist() == [-10.0]
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
    listed = checks.first_prints_against_now(table(*rows))
    assert listed[["expected", "found", "difference_pct"]].to_numpy().tolist() == [[100.1e9, 101e9, 0.899]]


def test_two_sources_of_one_figure() -> None:
    """What lies over two per cent from the first source is listed, and breaks nothing; estimates are no source."""
    trade = table(
        {"value": 1001.0},
        {"value": 970.97, "source": "imf"},
        {"value": 1019.0, "source": "fcs"},
        {"value": 1500.0, "source": "mgimo"},
        {"value": 7001.0, "source": "gacc", "currency": "CNY"},
        {"value": 900.0, "source": "imf", "partner": "WLD"},
    )
    listed = checks.sources_against_each_other(trade).set_index("subject", drop=False)
    assert len(listed) == 2
    line = listed.loc["imf against comtrade CHN RUS import TOTAL USD"]
    assert listed.loc["imf against fcs CHN RUS import TOTAL USD", "difference_pct"] == -4.713
    assert (line["expected"], line["found"], line["difference_pct"]) == (1001.0, 970.97, -3.0)
    assert not line["broken"]


def test_reported_beats_derived() -> None:
    """A reported row counts although a derived one is newer."""
    rows: list[dict[str, object]] = [{"value": 1.0}, {"value": 2.0, "status": "derived", "released": "2024-01-01"}]
    assert checks.known_now(table(*rows))["value"].tolist() == [1.0]


OFF = [*months(2023, [650001.0] * 12), YEAR]
LINE = {
    "check": "months",
    "subject": "comtrade CHN RUS import TOTAL USD",
    "period": "2023-01..2023-12",
    "expected": "8000001",
    "found": "7800012",
    "page": "https://example.org/page",
    "why": "an older vintage",
}


@pytest.mark.parametrize(
    ("cell", "known"),
    [
        ({}, True),
        ({"subject": "comtrade CHN"}, False),
        ({"period": "2023"}, False),
        ({"expected": "8000009"}, False),
        ({"found": "7800112"}, False),
    ],
)
def test_a_reason_belongs_to_one_difference(cell: dict[str, str], known: bool) -> None:  # noqa: FBT001 (a case)
    """A line covers what has its subject, period and both sizes, not what begins like it; the rest is unexplained."""
    listed = checks.run(table(*OFF), pd.DataFrame([LINE | cell]))
    verdict = listed[["known", "why", "page"]].to_numpy().tolist()
    expected = [True, "an older vintage", "https://example.org/page"] if known else [False, "unexplained", ""]
    assert verdict == [expected]


def test_a_year_to_date_holds_the_revisions_of_its_months() -> None:
    """The state of a month later proves it: 101 + 102 of 204, later 204.5; where it contradicts, nothing is proved."""
    single = months(2025, [101e9 + 1, 101e9 + 1, 50e9 + 1], source="gacc", currency="CNY")
    window = {"source": "gacc", "currency": "CNY", "period_start": "2025-01-01", "period_end": "2025-02-01"}
    window["value"] = 204e9 + 1  # type: ignore[assignment]
    after = window | {"period_end": "2025-03-01", "value": 254.5e9 + 2}
    listed = checks.run(table(*single, window, after), NONE).set_index("period")
    assert listed.loc["2025-01..2025-02", "known"]
    assert "+0.99% here, +1.24%" in str(listed.loc["2025-01..2025-02", "why"])
    against = window | {"period_end": "2025-03-01", "value": 251.5e9 + 2}
    listed = checks.run(table(*single, window, against), NONE).set_index("period")
    assert listed.loc["2025-01..2025-02", "why"] == "unexplained"


def test_the_mirror_is_compared() -> None:
    """Coal and oil of 2021, 53.84 against 48.63 summed from lines, is raised; 6 % is freight; a wrong bloc is not."""
    year = {"period_start": "2021-01-01", "period_end": "2021-12-01"}
    goods = year | {"classification": "HS2017", "commodity_code": "27"}
    seller = year | {"source": "baci", "reporter": "RUS", "partner": "CHN", "flow": "export", "valuation": "FOB"}
    lines = [
        {**seller, "classification": "HS2017", "commodity_code": f"{i:02d}0900", "value": 24.315e9 + i}
        for i in range(10, 50)
    ]
    more = {**seller, "classification": "HS2017", "commodity_code": "271111", "value": 24.315e9}
    listed = checks.mirrored(table(*lines, more, {**goods, "value": 53.84e9}))
    assert listed["subject"].tolist() == ["comtrade against baci CHN RUS import 27 USD"]
    assert listed["difference_pct"].tolist() == [10.714]
    assert checks.run(table(*lines, more, {**goods, "value": 53.84e9}), NONE)["why"].tolist() == ["unexplained"]
    freight = checks.run(table(*lines, more, {**goods, "value": 51.5e9 + 1}), NONE)
    assert freight["known"].tolist() == [True]
    assert "+5.90%" in freight["why"].iloc[0]
    other = goods | {"classification": "SITC4", "value": 1e9 + 1}
    assert checks.mirrored(table(*lines, more, other)).empty


def test_goods_on_the_way_at_the_end_of_a_month() -> None:
    """The buyer's 21 lies between the seller's 20 and 30 of two months; 40 does not."""
    back = {"source": "fcs", "reporter": "RUS", "partner": "CHN", "flow": "export", "valuation": "FOB"}
    sold = months(2018, [30e9 + 1, 20e9 + 1], **back)
    one = {"period_start": "2018-02-01", "period_end": "2018-02-01"}
    near = checks.run(table(*sold, one | {"value": 23e9 + 1}), NONE)
    far = checks.run(table(*sold, one | {"value": 40e9 + 1}), NONE)
    assert near["why"].str.startswith("On the way").tolist() == [True]
    assert far["why"].tolist() == ["unexplained"]


@pytest.mark.parametrize(("shift", "known"), [(2e8, True), (-9e8, False)])
def test_another_allocation_to_months(shift: float, known: bool) -> None:  # noqa: FBT001 (a case)
    """A month moved into another is explained where the twelve months make the same, else not."""
    rus = {"reporter": "RUS", "partner": "CHN", "flow": "export", "valuation": "FOB"}
    one = months(2012, [3e9 + 1] * 12, source="fcs", **rus)
    values = [3e9 + 1] * 12
    values[3], values[4] = values[3] + 4e8, values[4] - 2e8 - shift
    listed = checks.run(table(*one, *months(2012, values, source="imf", **rus)), NONE)
    assert listed["known"].tolist() == [known, known]
    assert listed["check"].eq(Check.SOURCES).all()


def test_first_prints_within_what_is_usual() -> None:
    """Of thirteen prints twelve are revised by one per cent or so; one by nine is not what is usual."""
    now = months(2022, [50e9 + i for i in range(12)], flow="import")
    now += months(2023, [50e9 + 1], flow="import")
    off = [1.0, 1.1, 0.9, 1.2, 0.8, 1.0, 1.1, 0.9, 1.2, 0.8, 1.0, 9.0, 1.0]
    prints = [
        row
        | {"source": "press", "status": "preliminary", "value": round(row["value"] / (1 + x / 100)), "released": day}  # type: ignore[operator]
        for row, x in zip(now, off, strict=True)
        for day in ["2023-06-01"]
    ]
    listed = checks.run(table(*now, *prints), NONE)
    first = listed[listed["check"].eq(Check.FIRST)]
    assert first.loc[~first["known"], "difference_pct"].tolist() == [9.0]
    assert len(first) == 13


def test_every_pair_of_sources_is_compared() -> None:
    """Three sources that all differ make three pairs."""
    trade = table({"value": 1001.0}, {"value": 900.1, "source": "imf"}, {"value": 800.3, "source": "fcs"})
    assert checks.sources_against_each_other(trade)["subject"].str.split(" CHN").str[0].tolist() == [
        "fcs against comtrade",
        "imf against comtrade",
        "imf against fcs",
    ]


def test_what_breaks() -> None:
    """A total that its parts do not make is broken; months a little off their year are a matter of vintages."""
    parts = [{"flow": "export", "value": 9.551e9}, {"flow": "import", "value": 11.28e9}]
    assert checks.run(table(*parts, {"flow": "total", "value": 21.5e9}), NONE)["broken"].tolist() == [True]
    slip = [
        {"flow": "export", "value": 4.002e9},
        {"flow": "import", "value": 3.161e9},
        {"flow": "total", "value": 7.17e9},
    ]
    listed = checks.run(table(*slip), NONE)
    assert listed[["broken", "why"]].to_numpy().tolist() == [[False, "unexplained"]]  # 7.163 rounds to 7.16
    assert checks.run(table(*months(2023, [660001.0] * 12), YEAR), NONE)["broken"].tolist() == [False]
    assert checks.run(table(*months(2023, [600001.0] * 12), YEAR), NONE)["broken"].tolist() == [True]


def test_an_empty_table_has_no_differences() -> None:
    """Nothing in, nothing found, in the same columns."""
    listed = checks.run(schema.empty(), NONE)
    assert listed.empty
    assert tuple(listed.columns) == checks.COLUMNS
