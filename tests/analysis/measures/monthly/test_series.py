"""The monthly series: the best source for each month, January-February together."""

from __future__ import annotations

import pandas as pd
import pytest

from analysis.exchange_rates import convert, yuan_per_dollar
from analysis.measures.monthly.growth import by_month, twelve_months, year_on_year, year_to_date
from analysis.measures.monthly.series import charted, monthly
from analysis.measures.monthly.state import state
from tests.analysis.kit import dataset, rate, row, year


def of(rows: pd.DataFrame, flow: str = "total") -> dict[str, float]:
    """Return values by period name of one flow."""
    part = rows[rows["flow"].eq(flow)]
    names = part["period_start"].dt.strftime("%Y-%m") + "/" + part["period_end"].dt.strftime("%Y-%m")
    return dict(zip(names, part["value"], strict=True))


def test_january_and_february_are_joined_since_2020() -> None:
    """2019 keeps its months and gains the pair as a base; 2020 has the pair alone."""
    rows = monthly(dataset(*year(2019), *year(2020, 2.0)), "USD")
    values = of(rows)
    assert values["2019-01/2019-01"] == 1.0
    assert values["2019-01/2019-02"] == 2.0
    assert values["2020-01/2020-02"] == 4.0
    assert "2020-01/2020-01" not in values
    assert "2020-02/2020-02" not in values
    assert "2019-01/2019-02" not in of(charted(rows))


def test_a_lone_january_is_not_shown() -> None:
    """January of 2026 alone is neither charted nor compared."""
    data = dataset(*year(2025), row("2026-01", value=5.0))
    assert by_month(data, "USD")["period_end"].max() == pd.Timestamp("2025-12-01")
    assert year_to_date(data, "USD")["period_end"].max() == pd.Timestamp("2025-12-01")


def test_final_beats_preliminary_and_native_beats_converted() -> None:
    """Customs' final dollars stand before press dollars, press dollars before converted yuan."""
    press = {"source": "press", "status": "preliminary"}
    gacc = {"source": "gacc", "status": "preliminary", "currency": "CNY"}
    data = dataset(
        row("2024-12", value=1.0),
        row("2024-12", value=2.0, **press),
        row("2025-03", value=3.0, **press),
        row("2025-03", value=70.0, **gacc),
        row("2025-04", value=80.0, **gacc),
        rates=(rate("2025-03", 7.0), rate("2025-04", 8.0)),
    )
    rows = monthly(data, "USD")
    assert of(rows) == {"2024-12/2024-12": 1.0, "2025-03/2025-03": 3.0, "2025-04/2025-04": 10.0}
    assert rows["provisional"].tolist() == [False, True, True]
    assert rows["status"].tolist() == ["final", "preliminary", "derived"]


def test_conversion_names_its_rate_and_leaves_out_what_has_none() -> None:
    """A converted month carries the rate; a month without a rate is missing, not guessed."""
    data = dataset(
        row("2024-05", value=2.0),
        row("2024-06", value=2.0),
        rates=(rate("2024-05", 7.25), rate("2024-05", 7.0, "H10_CNY")),
    )
    rows = convert(data, data.pair_totals.astype({"currency": "str", "status": "str"}), "CNY")
    assert rows["value"].tolist() == [14.5]
    assert rows[["rate", "rate_source", "status"]].to_numpy().tolist() == [[7.25, "GACC_IMPLIED", "derived"]]


def test_a_total_nobody_prints_is_the_sum_of_both_flows() -> None:
    """Exports plus imports, marked derived; a printed total stands as printed."""
    data = dataset(
        row("2024-05", value=2.0, flow="export"),
        row("2024-05", value=3.0, flow="import"),
        row("2024-06", value=2.0, flow="export"),
        row("2024-06", value=3.0, flow="import"),
        row("2024-06", value=5.1, flow="total"),
    )
    rows = monthly(data, "USD")
    assert of(rows) == {"2024-05/2024-05": 5.0, "2024-06/2024-06": 5.1}
    assert rows.loc[rows["flow"].eq("total"), "status"].tolist() == ["derived", "final"]


def test_growth_joins_on_dates() -> None:
    """With a missing month in between, each month still meets the same month a year before."""
    months = [r for r in year(2018, 4.0) if r["period_start"] != "2018-05-01"]
    rates = by_month(dataset(*months, *year(2019, 5.0)), "USD").set_index("period_start")["yoy_pct"]
    assert rates[pd.Timestamp("2019-06-01")] == pytest.approx(25.0)
    assert pd.isna(rates[pd.Timestamp("2019-05-01")])


def test_growth_of_a_pair_needs_a_pair() -> None:
    """January-February 2020 is compared with the sum of January and February 2019."""
    rows = by_month(dataset(*year(2019, 1.0), *year(2020, 3.0)), "USD")
    pair = rows[rows["months"].eq(2)]
    assert pair["yoy_pct"].tolist() == [pytest.approx(200.0)]


def test_growth_of_a_constant_series_is_zero() -> None:
    """Nothing changes, nothing grows, in any of the three measures."""
    data = dataset(*year(2017, 3.0), *year(2018, 3.0), *year(2019, 3.0))
    for measure in (by_month, year_to_date, twelve_months):
        rates = measure(data, "USD")["yoy_pct"].dropna()
        assert len(rates) > 10
        assert rates.abs().max() == pytest.approx(0.0, abs=1e-9)


def test_a_base_of_nothing_gives_no_rate() -> None:
    """Growth from zero is empty, not infinite."""
    rows = year_on_year(monthly(dataset(row("2018-05", value=0.0), row("2019-05", value=1.0)), "USD"))
    assert rows["yoy_pct"].isna().all()


def test_year_to_date_prefers_the_printed_cumulation() -> None:
    """A printed January-June holds revisions that the months do not."""
    gacc = {"source": "gacc", "status": "preliminary", "currency": "CNY"}
    months = [row(f"2025-{m:02d}", value=1.0, **gacc) for m in range(1, 7)]
    data = dataset(*months, row("2025-01", "2025-06", 6.6, **gacc))
    values = of(year_to_date(data, "CNY"))
    assert values["2025-01/2025-06"] == 6.6
    assert values["2025-01/2025-05"] == 5.0


def test_year_to_date_stops_at_a_gap() -> None:
    """After a missing month there is no year to date."""
    data = dataset(*[r for r in year(2019) if r["period_start"] != "2019-04-01"])
    assert list(of(year_to_date(data, "USD"))) == ["2019-01/2019-01", "2019-01/2019-02", "2019-01/2019-03"]


def test_twelve_months_end_where_the_periods_do() -> None:
    """Sums of exactly twelve months, across the joined pair, none over a gap."""
    values = of(twelve_months(dataset(*year(2019, 1.0), *year(2020, 2.0)), "USD"))
    assert values["2019-01/2019-12"] == 12.0
    assert values["2019-03/2020-02"] == 14.0
    assert values["2020-01/2020-12"] == 24.0
    assert "2019-02/2020-01" not in values


def test_the_state_of_trade() -> None:
    """The newest window that all flows share, its growth and its balance."""
    flows = {"export": 3.0, "import": 2.0, "total": 5.0}
    rows = [
        row(f"{y}-{m:02d}", value=v * (y - 2022), flow=f)
        for f, v in flows.items()
        for y in (2023, 2024)
        for m in range(1, 13)
    ]
    trade = state(dataset(*rows, row("2025-01", value=9.0, flow="export")), "USD")
    assert trade is not None
    assert (trade.start, trade.end) == (pd.Timestamp("2024-01-01"), pd.Timestamp("2024-12-01"))
    assert trade.figures["total"].value == 120.0
    assert trade.figures["export"].yoy_pct == pytest.approx(100.0)
    assert trade.figures["balance"].value == 24.0
    assert trade.figures["balance"].before == 12.0
    assert trade.age_months(pd.Timestamp("2025-03-15")) == 2


def test_no_data_no_state() -> None:
    """Without figures there is no headline, and nothing breaks."""
    assert state(dataset(row("2024-01")), "CNY") is None


def test_euro_rates_of_one_month_make_a_cross_rate() -> None:
    """Eight yuan and 1.25 dollars a euro are 6.4 yuan a dollar, used where no better rate exists."""
    rates = (
        rate("2026-08", 8.0, "ECB_EXR_CNY"),
        rate("2026-08", 1.25, "ECB_EXR_USD"),
        rate("2026-07", 8.0, "ECB_EXR_CNY"),
    )
    table = yuan_per_dollar(dataset(row("2026-08"), rates=rates))
    assert table["rate"].tolist() == [pytest.approx(6.4)]
    assert table["rate_source"].tolist() == ["ECB_CROSS"]


@pytest.mark.parametrize("dated", ["export", "import"])
def test_a_sum_is_as_new_as_its_newest_dated_part(dated: str) -> None:
    """Which of the two flows, or of January and February, has a day is no matter: it is the sum's."""
    days = {flow: "2023-04-20" if flow == dated else None for flow in ("export", "import")}
    rows = [row("2023-03", flow=flow, released=day) for flow, day in days.items()]
    months = zip(("2023-01", "2023-02"), days.values(), strict=True)
    rows += [row(month, flow="export", released=day) for month, day in months]
    table = monthly(dataset(*rows), "USD").set_index(["flow", "period_start"])["released"]
    assert table["total", "2023-03-01"] == pd.Timestamp("2023-04-20")
    assert table["export", "2023-01-01"] == pd.Timestamp("2023-04-20")
