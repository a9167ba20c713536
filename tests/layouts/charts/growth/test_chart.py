"""Growth as a picture: every rate in the rows, printed ones beside computed ones, and why they differ."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from analysis.claims import article
from analysis.selection import Selection
from layouts.charts.registry import CHARTS

if TYPE_CHECKING:
    from analysis.dataset import Dataset

GROWTH = CHARTS["growth"]


@pytest.mark.parametrize("flow", ["total", "export", "import"])
def test_rows_hold_every_rate(dataset: Dataset, flow: str) -> None:
    """Month, year to date, 3 and 12 months, and printed rates with source, release and currency."""
    rows = GROWTH.rows(dataset, Selection.from_query(f"?currency=USD&flow={flow}"))
    computed = {"month", "year to date", "3 months", "12 months"}
    assert computed | {"printed, year to date"} <= set(rows["series"])
    assert rows["yoy_pct"].notna().all()
    assert set(rows["flow"]) == {flow}
    printed = rows[rows["series"].str.startswith("printed")]
    assert printed[["source", "reference", "printed"]].notna().all(axis=None)
    assert printed["released"].notna().any()
    assert {"currency", "computed_pct", "difference_pp", "differs"} <= set(rows.columns)


@pytest.mark.parametrize(
    ("query", "name"),
    [
        ("", "Year to date"),
        ("?measure=yoy", "Year to date"),
        ("?measure=sum3", "3 months"),
        ("?measure=sum12", "12 months"),
        ("?against=currencies", "In yuan"),
    ],
)
def test_the_line_follows_the_measure(dataset: Dataset, query: str, name: str) -> None:
    """The line is the year to date unless sums of three or twelve months were asked for; it is named at its end."""
    selection = Selection.from_query(query)
    figure = GROWTH.draw(GROWTH.rows(dataset, selection), selection)
    assert any((note.text or "").startswith(f"<b>{name}</b>") for note in figure.layout.annotations)


@pytest.mark.parametrize("currency", ["USD", "CNY"])
def test_the_note_counts_what_differs(dataset: Dataset, currency: str) -> None:
    """The note's count and largest difference are those of the printed rates beside the line, in its currency alone."""
    selection = Selection.from_query(f"?currency={currency}")
    rows = GROWTH.rows(dataset, selection)
    printed = rows[rows["series"].str.startswith("printed")]
    assert set(printed["currency"]) == {currency}
    printed = printed[printed["computed_pct"].notna() & ~printed["leads"].astype("bool")]
    printed = printed.drop_duplicates(["period_start", "period_end", "yoy_pct", "currency"])
    apart = printed[printed["differs"].astype("bool")]
    note = GROWTH.words(rows, selection).note
    assert (f"{len(apart)} of {len(printed)} published rates" in note) == bool(len(apart))
    assert not len(apart) or f"at most {apart['difference_pp'].abs().max():.1f}" in note


def test_customs_own_rate_leads_the_newest_sentence(dataset: Dataset) -> None:
    """The title gives customs' printed rates with their windows, the note ours and why it differs."""
    words = GROWTH.words(GROWTH.rows(dataset, Selection()), Selection())
    assert words.finding == "Jan–Jul 2026: up 21.5% on a year earlier, after −7.1% in Jan–Jul 2025"
    assert "+21.7% for Jan–Jul 2026, since customs compare with a base that they have revised" in words.note
    assert [one.value for one in words.stated] == [21.5, -7.1]
    assert all(one.basis == one.base for one in words.stated)


def test_one_value_a_window(dataset: Dataset) -> None:
    """No export gives two values for the same flow and months: the year 2025 is one figure in every series."""
    for query in ("?currency=USD", "?currency=CNY", "?currency=USD&flow=import"):
        rows = GROWTH.rows(dataset, Selection.from_query(query))
        sums = rows[rows["series"].isin(["year to date", "12 months"]) & rows["period_end"].dt.year.eq(2025)]
        whole = sums[sums["period_start"].eq("2025-01-01") & sums["period_end"].eq("2025-12-01")]
        assert len(whole) == 2
        assert whole["value"].nunique() == 1


def test_both_currencies_and_the_rate_between(dataset: Dataset) -> None:
    """The title names growth in yuan, in dollars and the change of the rate; each is one of the rows."""
    selection = Selection.from_query("?against=currencies&flow=import")
    rows = GROWTH.rows(dataset, selection)
    words = GROWTH.words(rows, selection)
    newest = rows[rows["period_end"].eq(rows["period_end"].max())].set_index("series")["yoy_pct"]
    assert sorted(one.value for one in words.stated) == pytest.approx(sorted(newest))
    assert f"+{newest['yuan']:.1f}% in yuan, +{newest['US dollars']:.1f}% in US dollars" in words.finding
    assert (1 + newest["US dollars"] / 100) * (1 + newest["yuan per US dollar"] / 100) == pytest.approx(
        1 + newest["yuan"] / 100
    )


def test_dollars_say_why_they_end_before_yuan(dataset: Dataset) -> None:
    """Where dollars end a month before yuan, every chart of both says so; in yuan none does."""
    for name, chart in (("growth", GROWTH), ("pulse", CHARTS["pulse"])):
        for currency in ("USD", "CNY"):
            selection = Selection.from_query(f"?currency={currency}")
            rows = chart.rows(dataset, selection)
            late = rows.loc[rows["flow"].ne("event"), "period_end"].max() < rows["newest_month"].max()
            assert ("Dollars run to" in chart.words(rows, selection).note) == late == (currency == "USD"), name


def test_printed_marks_are_those_that_differ(dataset: Dataset) -> None:
    """As many open marks are drawn as printed rates differ from the line or the bars, January-February once."""
    selection = Selection.from_query("?currency=USD")
    rows = GROWTH.rows(dataset, selection)
    figure = GROWTH.draw(rows, selection)
    drawn = [trace for trace in figure.data if "published" in str(trace.customdata)]
    pair = rows["series"].eq("printed, month") & rows["months"].eq(2)
    apart = rows[rows["differs"].eq(True) & rows["leads"].ne(True) & ~pair]  # noqa: FBT003 (other series have none)
    assert len(drawn) == 1
    assert sorted(drawn[0].y) == sorted(apart["yoy_pct"])


def test_an_earlier_day_knows_its_own_prints(dataset: Dataset) -> None:
    """What was printed later is not beside it."""
    selection = Selection.from_query("?currency=USD&asof=2023-07-01")
    rows = GROWTH.rows(dataset.on("2023-07-01"), selection)
    printed = rows[rows["series"].str.startswith("printed")]
    assert len(printed)
    assert printed["released"].max() <= rows["released"].max()
    assert str(printed["released"].max())[:10] <= "2023-07-01"


def test_the_quoted_rate_waits_for_no_other_claim(dataset: Dataset, monkeypatch: pytest.MonkeyPatch) -> None:
    """Growth as known on a day that nobody asked for yet judges one claim: all of them took two thirds of its time."""
    others = [name for name in article._TESTS if name != "trade-growth-2023h1"]
    for name in others:
        monkeypatch.setitem(article._TESTS, name, lambda _dataset, row: pytest.fail(f"{row['id']} was judged"))
    rows = GROWTH.rows(dataset.on("2024-06-13"), Selection.from_query("?asof=2024-06-13&currency=USD"))
    assert "article" in set(rows["series"])
