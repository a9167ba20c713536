"""Coverage: every month of every line has one state, and a blank has its reason."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd
import pytest

from analysis.dataset import Dataset
from analysis.measures.partners import coverage
from analysis.selection import Selection
from layouts.charts.registry import CHARTS
from tests.analysis import kit

if TYPE_CHECKING:
    from analysis.dataset import Dataset as DatasetType

READ = pd.Timestamp("2006-06-15")
SILENCES = pd.DataFrame(
    {
        "lane": ["fcs", "press"],
        "from": ["2006-03", "2006-01"],
        "to": [None, None],
        "state": ["discontinued", "joined"],
        "short": ["stopped", None],
        "reason": ["why it stopped", "why together"],
        "released": ["2006-04-01", "2006-01-01"],
        "reference": ["http://stopped", "http://together"],
    }
)


def test_worked_example() -> None:
    """Two months reported, then silence with its reason; a pair in print; the rest is missing."""
    fcs = [kit.row(f"2006-0{m}", source="fcs", reporter="RUS", partner="CHN", flow="export") for m in (1, 2)]
    pair = kit.row("2006-01", "2006-02", source="press", status="preliminary", flow="import")
    table = coverage.table(Dataset(kit.table(*fcs, pair), {"silences": SILENCES}, read=READ))
    own = table[table["lane"].eq("fcs")]
    assert own["state"].tolist() == ["reported", "discontinued"]
    assert own["months"].tolist() == [2, 4]
    assert own["reason"].tolist()[1:] == ["fcs-2006-03"]
    assert own["reason_reference"].tolist()[1:] == ["http://stopped"]
    press = table[table["lane"].eq("press")].iloc[0]
    cells = press[["state", "grain", "reason", "months"]].tolist()
    assert cells == ["provisional", "pair", "press-2006-01", 2]
    assert set(table.loc[table["lane"].eq("imf_china"), "state"]) == {"missing"}


def test_the_best_figure_of_a_month_counts() -> None:
    """A final flow beats a derived total of the same month; a month beats the year around it."""
    rows = [kit.row("2006-01", status="derived"), kit.row("2006-01", flow="import")]
    year = kit.row("2006-01", "2006-12", source="imf", reporter="RUS", partner="CHN", flow="export")
    month = kit.row("2006-02", source="imf", reporter="RUS", partner="CHN", flow="export")
    table = coverage.table(Dataset(kit.table(*rows, year, month), read=READ))
    assert table.loc[table["lane"].eq("comtrade"), "state"].tolist() == ["reported", "missing"]
    assert table.loc[table["lane"].eq("imf_russia"), "grain"].tolist() == ["year", "month", "year"]


def test_a_year_does_not_fill_the_months_of_a_monthly_line() -> None:
    """A yearly total says nothing about single months of Comtrade."""
    table = coverage.table(Dataset(kit.table(kit.row("2006-01", "2006-12")), read=READ))
    assert set(table.loc[table["lane"].eq("comtrade"), "state"]) == {"missing"}


def test_every_month_has_one_state(dataset: DatasetType) -> None:
    """The runs of a line follow each other without a hole or an overlap, and every blank says why."""
    table = coverage.table(dataset)
    assert set(table["lane"]) == set(coverage.LANES)
    assert set(table["state"]) <= set(coverage.STATES)
    for _, runs in table.groupby("lane"):
        assert runs["period_start"].iloc[0] == pd.Timestamp("2006-01-01")
        after = (runs["period_end"] + pd.DateOffset(months=1)).tolist()
        assert runs["period_start"].tolist()[1:] == after[:-1]
    blank = ~table["state"].isin(coverage.KNOWN)
    assert table.loc[blank, "reason"].notna().all()
    assert table.loc[~blank, "reference"].notna().all()
    assert table.loc[table["state"].eq("discontinued"), "reason_reference"].str.startswith("http").all()


def test_a_second_way_agrees(dataset: DatasetType) -> None:
    """A loop over the table finds the same months of Russian customs and of Comtrade."""
    months: dict[str, set[pd.Timestamp]] = {"fcs": set(), "comtrade": set()}
    who = {"fcs": ("RUS", "CHN"), "comtrade": ("CHN", "RUS")}
    trade = dataset.trade[dataset.trade["source"].isin(list(months)) & dataset.trade["commodity_code"].eq("TOTAL")]
    for row in trade.to_dict("records"):
        if (row["reporter"], row["partner"]) == who[row["source"]] and row["period_start"] == row["period_end"]:
            months[row["source"]].add(row["period_start"])
    table = coverage.table(dataset)
    for lane, known in months.items():
        runs = table[table["lane"].eq(lane) & table["state"].isin(coverage.KNOWN)]
        assert int(runs["months"].sum()) == len(known)
        assert runs["period_start"].min() == min(known)
        assert runs["period_end"].max() == max(known)


def test_the_silences_are_sourced(dataset: DatasetType) -> None:
    """Every silence names a line of the chart, a state, a reason and an address; spans run forwards."""
    side = dataset.side("silences")
    assert set(side["lane"]) <= set(coverage.LANES)
    assert set(side["state"]) <= {"joined", "missing", "discontinued"}
    assert side["reason"].notna().all()
    assert side["reference"].str.startswith("http").all()
    assert side["from"].le(side["to"].fillna("9999-12")).all()


def test_a_silence_is_not_known_before_it_was_told(dataset: DatasetType) -> None:
    """As known in March 2022 nobody had said that Russian customs would stop; the grid ends there."""
    table = coverage.table(dataset.on("2022-03-31"))
    assert "discontinued" not in set(table["state"])
    assert table["period_end"].max() == pd.Timestamp("2022-03-01")


def test_a_few_lines_are_no_year(dataset: DatasetType) -> None:
    """Goods of forty chapters make a year of BACI; three lines are counted as such, here and in words."""
    baci: dict[str, Any] = {
        "source": "baci",
        "reporter": "RUS",
        "partner": "CHN",
        "flow": "export",
        "classification": "HS2017",
    }
    year = [kit.row("2006-01", "2006-12", commodity_code=f"{i:02d}0110", **baci) for i in range(10, 50)]
    late = [kit.row("2007-01", "2007-12", commodity_code=f"{i:02d}0110", **baci) for i in range(10, 13)]
    data = Dataset(kit.table(*year, *late), read=pd.Timestamp("2008-01-15"))
    runs = coverage.table(data)
    runs = runs[runs["lane"].eq("baci")]
    assert runs["state"].tolist() == ["reported", "missing", "missing"]
    assert (runs["reason"].iloc[1], runs["lines"].iloc[1]) == (coverage.PIECE, 3)
    assert coverage.period_covered(data.trade) == "2006-01 to 2006-12, 3 lines of 2007"
    shipped = dataset.trade[dataset.trade["source"].eq("baci")]
    assert coverage.period_covered(shipped).startswith("2017-01 to 2023-12, ")


@pytest.mark.parametrize("query", ["", "?start=2025", "?start=2023&end=2024"])
def test_a_view_does_not_move_the_day_of_silence(dataset: DatasetType, query: str) -> None:
    """Russian customs published January 2022: whatever the view shows, they say nothing since February."""
    asked = Selection.from_query(query)
    rows = CHARTS["coverage"].rows(dataset, asked)
    framing = CHARTS["coverage"].words(rows, asked)
    months = (dataset.read.year - 2022) * 12 + dataset.read.month - 1
    assert framing.finding == f"Since February 2022 Russia’s customs say nothing by country: {months} months blank"
    assert [(one.value, one.start) for one in framing.stated] == [(months, pd.Timestamp("2022-02-01"))]


def test_each_run_names_its_basis(dataset: DatasetType) -> None:
    """A reported run says who counted; a blank rests on nothing."""
    table = coverage.table(dataset)
    known = table["state"].isin(coverage.KNOWN)
    assert table.loc[~known, "basis"].eq("").all()
    assert table.loc[known & table["lane"].eq("fcs"), "basis"].eq("RUS FOB+CIF none now printed").all()
    late = table[table["lane"].eq("imf_russia") & table["period_start"].ge("2022-01-01") & known]
    assert late["basis"].eq("IMF FOB+CIF none now estimated").all()
