"""A series that changes its kind: which stretches it has, what is said of them, and where a rule is named."""

from __future__ import annotations

import pandas as pd
import pytest

from analysis.basis import BASIS
from analysis.measures.monthly.by_basis import CONVERTED, CONVERTED_NOW, DIFFERENCES, KIND, NOW, PRINTED
from analysis.measures.monthly.growth import BREAK_AT, BREAK_REASON
from layouts.figure import series_words
from layouts.figure.chart import Words
from layouts.figure.frame import blank
from layouts.figure.time_axis import month_axis
from layouts.look.theme import on_page

LOOK = on_page(358)


def rows(*kinds: str, start: str = "2023-01") -> pd.DataFrame:
    """Return one month a kind, one after the other."""
    days = pd.date_range(f"{start}-01", periods=len(kinds), freq="MS")
    return pd.DataFrame({"period_start": days, "period_end": days, KIND: kinds})


def test_stretches_follow_each_other() -> None:
    """Months of one kind are one stretch; the same kind again later is another."""
    kinds = [(kind, f"{a:%m}", f"{b:%m}") for kind, a, b in series_words.stretches(rows(NOW, NOW, PRINTED, NOW))]
    assert kinds == [(NOW, "01", "02"), (PRINTED, "03", "03"), (NOW, "04", "04")]
    assert series_words.stretches(rows()) == []
    assert series_words.stretches(rows(NOW).drop(columns=KIND)) == []


def test_one_kind_takes_one_sentence_and_two_say_from_when() -> None:
    """What changes once is dated; that no rate goes across is added."""
    one = series_words.basis_note(rows(NOW, NOW), "USD")
    two = series_words.basis_note(rows(NOW, PRINTED), "USD")
    assert one.count(".") == 1
    assert "January 2023" not in one
    assert "February 2023" in two
    assert two.count(".") > one.count(".")
    assert series_words.basis_note(rows(), "USD") == ""


def test_kinds_that_come_again_are_listed_without_months() -> None:
    """Stretches that alternate cannot be dated in a sentence."""
    mixed = series_words.basis_note(rows(NOW, PRINTED, NOW), "USD")
    assert "2023" not in mixed
    assert mixed != series_words.basis_note(rows(NOW, PRINTED), "USD")


def test_a_converted_figure_names_the_currency_that_it_comes_from() -> None:
    """In yuan it comes from dollars, in dollars from yuan."""
    for kind in (CONVERTED, CONVERTED_NOW):
        yuan, dollars = (series_words.basis_note(rows(kind), currency) for currency in ("CNY", "USD"))
        assert yuan != dollars
        assert "from US$" in yuan
        assert "from yuan" in dollars


def test_bars_and_figures_are_named_as_what_they_are() -> None:
    """The subject of the sentence is what the picture draws."""
    assert series_words.basis_note(rows(NOW), "USD", "bars") != series_words.basis_note(rows(NOW), "USD")


def test_a_declared_break_is_said_once_with_its_month_and_reason() -> None:
    """Two flows parted at one month make one sentence."""
    table = pd.concat([rows(NOW), rows(NOW)], ignore_index=True)
    table = table.assign(**{BREAK_AT: pd.Timestamp("2023-01-01")}).assign(**{BREAK_REASON: "counting changed"})
    assert series_words.basis_note(table, "USD").count("counting changed") == 1


@pytest.mark.parametrize(("month", "side"), [("2023-02", "left"), ("2023-12", "left"), ("2036-12", "right")])
def test_words_at_a_rule_turn_back_where_the_picture_ends(month: str, side: str) -> None:
    """A rule near the right edge has its words to its left."""
    figure = blank(LOOK, Words("A", "b", "c", ""))
    month_axis(figure, pd.Timestamp("2023-01-01"), pd.Timestamp("2036-12-01"), LOOK)
    first = {"period_start": pd.Timestamp("2022-12-01"), "period_end": pd.Timestamp("2022-12-01"), KIND: NOW}
    table = pd.concat([pd.DataFrame([first]), rows(DIFFERENCES, start=month)], ignore_index=True)
    series_words.rules(figure, table, LOOK)
    (label,) = figure["layout"]["annotations"]
    assert label["xanchor"] == side
    assert len(figure["layout"]["shapes"]) >= 1


def test_rules_are_drawn_unnamed_where_events_take_their_place() -> None:
    """A rule without words stays a rule."""
    figure = blank(LOOK, Words("A", "b", "c", ""))
    month_axis(figure, pd.Timestamp("2023-01-01"), pd.Timestamp("2023-12-01"), LOOK)
    ticks = len(figure["layout"]["shapes"])
    series_words.rules(figure, rows(NOW, PRINTED), LOOK, named=False)
    assert figure["layout"]["annotations"] == []
    assert len(figure["layout"]["shapes"]) == ticks + 1


def test_a_currency_that_ends_early_says_so_and_one_that_does_not_is_silent() -> None:
    """What is behind is measured against the newest month that customs print in any currency."""
    late = rows(NOW).assign(newest_month=pd.Timestamp("2023-05-01"))
    assert "January 2023" in series_words.behind(late, "USD")
    assert series_words.behind(rows(NOW).assign(newest_month=pd.Timestamp("2023-01-01")), "USD") == ""
    assert series_words.behind(rows(NOW), "USD") == ""


def test_a_rate_declares_the_basis_of_both_its_ends_and_a_value_of_one() -> None:
    """A sentence states a rate with its base; a value has none."""
    code = "CHN CIF none now printed"
    row = {**rows(NOW).iloc[0].to_dict(), "yoy_pct": 3.0, "value": 5.0, BASIS: code, "base_basis": code}
    assert series_words.figure(row, "yoy_pct", rate=True).base == code
    assert series_words.figure(row, "value").base == ""
    assert series_words.figure(row, "value").value == 5.0
