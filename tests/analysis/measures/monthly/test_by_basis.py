"""One basis at a time: printed months, differences, converted figures are series of their own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.basis import Basis, Making
from analysis.measures.monthly import growth, yuan_and_dollars
from analysis.measures.monthly.by_basis import CONVERTED, CONVERTED_NOW, DIFFERENCES, NOW, PRINTED, chosen, months
from analysis.measures.monthly.series import charted
from analysis.measures.monthly.state import state
from tests.analysis.kit import dataset, rate, row

if TYPE_CHECKING:
    from analysis.dataset import Dataset

GACC: dict[str, Any] = {"source": "gacc", "status": "preliminary", "currency": "CNY"}


def tables(which: int, values: dict[int, float], gone: frozenset[int] = frozenset()) -> list[dict[str, Any]]:
    """Return a year of customs' tables: months (none of ``gone``) and years to date that revise each by a tenth."""
    rows, done = [], 0.0
    for month, value in values.items():
        done += 1.1 * value
        if month > 1:
            rows.append(row(f"{which}-01", f"{which}-{month:02d}", done, **GACC))
        if month not in gone:
            rows.append(row(f"{which}-{month:02d}", value=value, **GACC))
    return rows


def year(which: int, value: float, gone: frozenset[int] = frozenset()) -> list[dict[str, Any]]:
    """Return a year of customs' tables of one value a month."""
    return tables(which, dict.fromkeys(range(1, 13), value), gone)


def kinds(rows: pd.DataFrame) -> set[str]:
    """Return the kinds of some rows."""
    return set(rows["series_kind"])


def test_printed_months_stand_where_none_is_missing() -> None:
    """Every month is printed: the months are shown as printed, and growth is print over print."""
    rows = growth.levels(dataset(*year(2024, 10.0), *year(2025, 13.0)), "CNY")
    assert kinds(rows) == {PRINTED}
    june = rows[rows["period_start"].eq("2025-06-01")].iloc[0]
    assert (june["value"], june["base_value"]) == (13.0, 10.0)
    assert june["yoy_pct"] == pytest.approx(30.0)


def test_differences_stand_where_a_printed_month_is_missing() -> None:
    """Without May 2025 the differences are shown all along, 1.1 times as large, each over a difference."""
    rows = growth.levels(dataset(*year(2024, 10.0), *year(2025, 13.0, frozenset({5}))), "CNY")
    assert kinds(rows) == {DIFFERENCES}
    may = rows[rows["period_start"].eq("2025-05-01")].iloc[0]
    assert (may["value"], may["base_value"]) == (pytest.approx(14.3), pytest.approx(11.0))
    assert Basis.read(may["basis"]).making is Making.DIFFERENCE
    assert "less" in rows.loc[rows["period_start"].eq("2025-05-01"), "reference"].item()


def test_a_month_is_never_the_difference_over_two_months() -> None:
    """January-March and January-May leave April and May together, which no month is made of."""
    data = dataset(row("2025-01", "2025-03", 3.0, **GACC), row("2025-01", "2025-05", 5.0, **GACC))
    assert months(data, "CNY").empty


def test_yuan_as_printed_then_converted_before() -> None:
    """Yuan of 2024 as printed, of 2023 converted from dollars; 2024 over 2023 is converted in both years."""
    dollars = [row(f"{y}-{m:02d}", value=v) for y, v in ((2023, 1.0), (2024, 1.2)) for m in range(1, 13)]
    rates = tuple(rate(f"{y}-{m:02d}", 7.0) for y in (2023, 2024) for m in range(1, 13))
    data = dataset(*dollars, *year(2024, 8.0), *year(2025, 10.0), rates=rates)
    shown = growth.levels(data, "CNY")
    assert kinds(shown[shown["period_end"].dt.year.eq(2023)]) == {CONVERTED_NOW}
    assert kinds(shown[shown["period_end"].dt.year.ge(2024)]) == {PRINTED}
    assert shown.loc[shown["period_end"].dt.year.eq(2024), "yoy_pct"].isna().all()
    rated = growth.by_month(data, "CNY")
    june = rated[rated["period_start"].eq("2024-06-01")].iloc[0]
    assert (june["value"], june["base_value"]) == (pytest.approx(8.4), pytest.approx(7.0))
    assert june["yoy_pct"] == pytest.approx(20.0)
    assert rated.loc[rated["period_start"].eq("2025-06-01"), "yoy_pct"].item() == pytest.approx(25.0)


def test_first_prints_converted_are_not_figures_of_now() -> None:
    """Dollars of 2024 as known now; those of 2025 converted from first prints, over first prints converted."""
    rates = tuple(rate(f"{y}-{m:02d}", 8.0) for y in (2024, 2025) for m in range(1, 13))
    now = [row(f"2024-{m:02d}", value=9.0) for m in range(1, 13)]
    rows = growth.levels(dataset(*now, *year(2024, 8.0), *year(2025, 16.0), rates=rates), "USD")
    assert kinds(rows[rows["period_end"].dt.year.eq(2024)]) == {NOW}
    late = rows[rows["period_end"].dt.year.eq(2025)]
    assert kinds(late) == {CONVERTED}
    assert late["yoy_pct"].tolist() == pytest.approx([100.0] * 11)
    assert late["basis"].eq("CHN FOB+CIF none first converted").all()


def test_no_rate_crosses_a_declared_break() -> None:
    """Where a source changes its basis the rate is empty, its base too, and the row says why."""
    line = {
        **dict.fromkeys(("reporter", "partner", "flow", "commodity_code", "counted_before", "valuation_before"), ""),
        **dict.fromkeys(("counted_after", "valuation_after", "reference"), ""),
        "source": "comtrade",
        "kind": "doubt",
        "reason": "another territory",
        "last_before": pd.Timestamp("2022-12-01"),
        "first_after": pd.Timestamp("2023-01-01"),
    }
    rows = [row(f"{y}-{m:02d}", value=float(y)) for y in (2021, 2022, 2023, 2024) for m in range(1, 13)]
    result = growth.by_month(dataset(*rows, breaks=pd.DataFrame([line])), "USD")
    rated = result.groupby(result["period_end"].dt.year)["yoy_pct"].count().to_dict()
    assert rated == {2021: 0, 2022: 11, 2023: 0, 2024: 11}
    broken = result[result["period_end"].dt.year.eq(2023)]
    assert broken["break_reason"].eq("comtrade-2023-01").all()
    assert broken[["base_value", "base_source"]].isna().all(axis=None)


SETS = st.frozensets(st.integers(1, 12), max_size=6)


@settings(max_examples=15)
@given(SETS, SETS, SETS, SETS, st.sampled_from(["CNY", "USD"]))
def test_no_rate_joins_two_bases(
    one: frozenset[int], two: frozenset[int], cumulated: frozenset[int], dollars: frozenset[int], currency: str
) -> None:
    """Whatever months, years to date and dollar months are missing, each rate is that of one basis, by hand."""
    printed = [*year(2024, 10.0, one), *year(2025, 13.0, two)]
    kept = [r for r in printed if r["period_start"] == r["period_end"] or int(r["period_end"][5:7]) not in cumulated]
    now = [row(f"{y}-{m:02d}", value=v) for y, v in ((2023, 2.0), (2024, 3.0)) for m in set(range(1, 13)) - dollars]
    rates = tuple(rate(f"{y}-{m:02d}", 5.0) for y in (2023, 2024, 2025) for m in range(1, 13))
    data = dataset(*kept, *now, rates=rates)
    known = {30.0, 50.0}  # print over print or difference over difference; dollars over dollars
    for measure in (growth.levels, growth.by_month, growth.year_to_date, growth.twelve_months):
        rows = measure(data, currency)
        rated = rows[rows["yoy_pct"].notna()]
        assert rated["basis"].eq(rated["base_basis"]).all()
        assert {round(rate_, 6) for rate_ in rated["yoy_pct"]} <= known
        assert not rows.duplicated(["flow", "period_start", "period_end"]).any()
    shown = kinds(growth.levels(data, currency))
    assert not {PRINTED, DIFFERENCES} <= shown


def test_choosing_keeps_one_row_a_month() -> None:
    """Of nothing nothing is chosen."""
    rows = charted(months(dataset(row("2024-05", value=1.0, **GACC)), "CNY"))
    assert chosen(rows)["value"].tolist() == [1.0]
    assert chosen(rows.iloc[:0]).empty


def own_rates(*cells: tuple[str, str, str, str, str | None]) -> pd.DataFrame:
    """Return customs' printed rates: flow, last month, rate, currency, release."""
    keys = ("flow", "period_end", "yoy_pct", "currency", "released")
    lines = [dict(zip(keys, cell, strict=True)) for cell in cells]
    fixed = {"reporter": "CHN", "partner": "RUS", "commodity_code": "TOTAL", "source": "gacc", "reference": "synthetic"}
    return pd.DataFrame([{**fixed, "period_start": f"{str(line['period_end'])[:4]}-01", **line} for line in lines])


def dated(rows: list[dict[str, Any]], day: str) -> list[dict[str, Any]]:
    """Return rows released, and known, on a day."""
    return [{**one, "released": day, "known_by": day} for one in rows]


def test_customs_own_rate_leads_in_its_own_currency() -> None:
    """Customs print +28.0 with the year to date, we compute +30; a rate in dollars leads no yuan."""
    printed = own_rates(("total", "2025-12", "28.0", "CNY", "2026-01-31"), ("total", "2025-11", "99", "USD", None))
    data = dataset(*year(2024, 10.0), *year(2025, 13.0), printed_rates=printed)
    rows = growth.year_to_date(data, "CNY").set_index("period_end")
    whole, before = rows.loc["2025-12-01"], rows.loc["2025-11-01"]
    assert (whole["yoy_pct"], whole["rate_by"]) == (28.0, "customs")
    assert whole["computed_pct"] == pytest.approx(30.0)
    assert (before["yoy_pct"], before["rate_by"]) == (pytest.approx(30.0), "computed")


def test_under_a_day_print_over_print_does_not_stand_beside_customs_own_rate() -> None:
    """As of a day the rate is the one printed by then; what was printed later does not count."""
    printed = own_rates(("total", "2025-12", "28.0", "CNY", "2026-01-31"))
    rows = dated([*year(2024, 10.0), *year(2025, 13.0)], "2026-01-31")
    data = dataset(*rows, printed_rates=printed).on("2026-02-15")
    whole = growth.year_to_date(data, "CNY").iloc[-1]
    assert whole["yoy_pct"] == 28.0
    assert pd.isna(whole["computed_pct"])


@pytest.mark.parametrize(
    ("day", "currency", "end", "rates"),
    [
        (None, "CNY", "2026-07", (21.5, 24.5, 19.1)),
        ("2025-10-31", "CNY", "2025-09", (-8.6, -10.6, -6.9)),
        ("2025-10-31", "USD", "2025-09", (-9.4, -11.3, -7.7)),
    ],
)
def test_the_shipped_state_of_trade(
    dataset: Dataset, day: str | None, currency: str, end: str, rates: tuple[float, ...]
) -> None:
    """The headline gives customs' own printed growth of all trade, exports and imports."""
    trade = state(dataset.on(day), currency)
    assert trade is not None
    assert f"{trade.end:%Y-%m}" == end
    flows = [trade.figures[flow] for flow in ("total", "export", "import")]
    assert tuple(figure.yoy_pct for figure in flows) == rates
    assert all(figure.printed for figure in flows)


def test_the_first_half_of_2023_as_known_then(dataset: Dataset) -> None:
    """On 31 July 2023 trade had grown by 40.6 per cent, as printed; 42.0 was nobody's figure."""
    data = dataset.on("2023-07-31")
    trade = state(data, "USD")
    assert trade is not None
    assert (trade.figures["total"].yoy_pct, trade.figures["total"].printed) == (40.6, True)
    rows = growth.year_to_date(data, "USD")
    half = rows[rows["flow"].eq("total") & rows["period_end"].eq("2023-06-01")].iloc[0]
    assert not {round(cell, 1) for cell in half.filter(like="_pct").dropna()} & {42.0}


def test_june_2026_of_the_shipped_data(dataset: Dataset) -> None:
    """Imports of June 2026 are 88.27 bn yuan, 31.7 per cent more, from printed months."""
    rows = growth.levels(dataset, "CNY")
    june = rows[rows["flow"].eq("import") & rows["period_start"].eq("2026-06-01")].iloc[0]
    assert (round(june["value"] / 1e9, 2), round(june["yoy_pct"], 1)) == (88.27, 31.7)
    assert june["basis"] == june["base_basis"] == "CHN CIF none first printed"


def test_growth_in_both_currencies_is_joined_by_the_rate() -> None:
    """At 8 and then 6 yuan a dollar, 16 over 8 yuan doubles and the dollars rise by 166.7 per cent."""
    rates = (*(rate(f"2024-{m:02d}", 8.0) for m in range(1, 13)), *(rate(f"2025-{m:02d}", 6.0) for m in range(1, 13)))
    rows = yuan_and_dollars.both(dataset(*year(2024, 8.0), *year(2025, 16.0), rates=rates))
    whole = rows[rows["period_end"].eq("2025-12-01")].set_index("series")["yoy_pct"]
    assert whole[yuan_and_dollars.YUAN] == pytest.approx(100.0)
    assert whole[yuan_and_dollars.DOLLARS] == pytest.approx(100 * (16 / 6 - 1))
    assert whole[yuan_and_dollars.RATE] == pytest.approx(-25.0)


def test_the_shipped_currencies_multiply(dataset: Dataset) -> None:
    """In every window growth in yuan is growth in dollars times the change of the rate, each on one basis."""
    rows = yuan_and_dollars.both(dataset)
    wide = rows.pivot_table(index=["flow", "period_start", "period_end"], columns="series", values="yoy_pct") / 100 + 1
    assert len(wide) > 100
    assert (
        wide[yuan_and_dollars.YUAN] - wide[yuan_and_dollars.DOLLARS] * wide[yuan_and_dollars.RATE]
    ).abs().max() < 1e-9
    assert rows["basis"].eq(rows["base_basis"]).all()
