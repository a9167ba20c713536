"""Coverage: every month of every line has one state, and a blank has its reason."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from analysis import coverage
from analysis.book import Book
from tests.analysis import kit

if TYPE_CHECKING:
    from analysis.book import Book as BookType

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
    table = coverage.table(Book(kit.table(*fcs, pair), {"silences": SILENCES}, read=READ))
    own = table[table["lane"].eq("fcs")]
    assert own["state"].tolist() == ["reported", "discontinued"]
    assert own["months"].tolist() == [2, 4]
    assert own["reason"].tolist()[1:] == ["why it stopped"]
    assert own["reason_reference"].tolist()[1:] == ["http://stopped"]
    press = table[table["lane"].eq("press")].iloc[0]
    told = press[["state", "grain", "reason", "months"]].tolist()
    assert told == ["provisional", "two months together", "why together", 2]
    assert set(table.loc[table["lane"].eq("imf_china"), "state"]) == {"missing"}


def test_the_best_figure_of_a_month_counts() -> None:
    """A final flow beats a derived total of the same month; a month beats the year around it."""
    rows = [kit.row("2006-01", status="derived"), kit.row("2006-01", flow="import")]
    year = kit.row("2006-01", "2006-12", source="imf", reporter="RUS", partner="CHN", flow="export")
    month = kit.row("2006-02", source="imf", reporter="RUS", partner="CHN", flow="export")
    table = coverage.table(Book(kit.table(*rows, year, month), read=READ))
    assert table.loc[table["lane"].eq("comtrade"), "state"].tolist() == ["reported", "missing"]
    assert table.loc[table["lane"].eq("imf_russia"), "grain"].tolist() == ["year", "month", "year"]


def test_a_year_does_not_fill_the_months_of_a_monthly_line() -> None:
    """A yearly total says nothing about single months of Comtrade."""
    table = coverage.table(Book(kit.table(kit.row("2006-01", "2006-12")), read=READ))
    assert set(table.loc[table["lane"].eq("comtrade"), "state"]) == {"missing"}


def test_every_month_has_one_state(book: BookType) -> None:
    """The runs of a line follow each other without a hole or an overlap, and every blank says why."""
    table = coverage.table(book)
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


def test_a_second_way_agrees(book: BookType) -> None:
    """A loop over the table finds the same months of Russian customs and of Comtrade."""
    months: dict[str, set[pd.Timestamp]] = {"fcs": set(), "comtrade": set()}
    who = {"fcs": ("RUS", "CHN"), "comtrade": ("CHN", "RUS")}
    trade = book.trade[book.trade["source"].isin(list(months)) & book.trade["commodity_code"].eq("TOTAL")]
    for row in trade.to_dict("records"):
        if (row["reporter"], row["partner"]) == who[row["source"]] and row["period_start"] == row["period_end"]:
            months[row["source"]].add(row["period_start"])
    table = coverage.table(book)
    for lane, held in months.items():
        runs = table[table["lane"].eq(lane) & table["state"].isin(coverage.KNOWN)]
        assert int(runs["months"].sum()) == len(held)
        assert runs["period_start"].min() == min(held)
        assert runs["period_end"].max() == max(held)


def test_the_silences_are_sourced(book: BookType) -> None:
    """Every silence names a line of the chart, a state, a reason and an address; spans run forwards."""
    side = book.side("silences")
    assert set(side["lane"]) <= set(coverage.LANES)
    assert set(side["state"]) <= {"joined", "missing", "discontinued"}
    assert side["reason"].notna().all()
    assert side["reference"].str.startswith("http").all()
    assert side["from"].le(side["to"].fillna("9999-12")).all()


def test_a_silence_is_not_known_before_it_was_told(book: BookType) -> None:
    """As known in March 2022 nobody had said that Russian customs would stop; the grid ends there."""
    table = coverage.table(book.on("2022-03-31"))
    assert "discontinued" not in set(table["state"])
    assert table["period_end"].max() == pd.Timestamp("2022-03-01")
