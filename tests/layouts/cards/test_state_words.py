"""The state of trade in words: more or less, whose rate, what has no rate, how old."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pandas as pd
import pytest

from analysis.measures.monthly.state import KeyFigure, State
from layouts.cards import headline
from loaders.core import schema

CODE = "CHN FOB+CIF none now printed"
NAN = float("nan")


def key(flow: str, value: float = 100e9, before: float = 80e9, **over: Any) -> KeyFigure:
    """Return a key figure."""
    rate = 100 * (value / before - 1)
    cells = {
        "source": "gacc",
        "released": pd.Timestamp("2024-01-12"),
        "reference": "",
        "history": ((2023, value, False),),
    }
    return KeyFigure(flow, value, before, **{"yoy_pct": rate, "computed_pct": rate, "basis": CODE, **cells, **over})


def trade(**figures: KeyFigure) -> State:
    """Return the first half of 2023."""
    own = {flow: key(flow) for flow in ("total", "export", "import", "balance")} | figures
    return State(pd.Timestamp("2023-01-01"), pd.Timestamp("2023-06-01"), "USD", own)


def test_the_sentence_says_more_less_or_neither() -> None:
    """Three sentences; a share of change has no sign in them."""
    more = headline.sentence(trade())
    less = headline.sentence(trade(total=key("total", 60e9)))
    bare = headline.sentence(trade(total=key("total", yoy_pct=NAN)))
    assert "25.0% more" in more
    assert "25.0% less" in less
    assert "%" not in bare


def test_a_surplus_and_a_deficit_are_told_by_their_words() -> None:
    """The amount has no sign."""
    more, less = (str(headline._lead(trade(balance=key("balance", value)))) for value in (5e9, -5e9))
    assert "surplus" in more
    assert "deficit" in less
    assert "−" not in less


def test_a_rate_of_ours_does_not_stand_beside_customs_own() -> None:
    """Where one flow has customs' own rate the others of ours are left out, and said to be unprinted."""
    mixed = trade(total=key("total", printed=True))
    assert headline._mixed(mixed.figures["export"], mixed)
    assert not headline._mixed(mixed.figures["total"], mixed)
    assert len(headline._rated(mixed.figures["export"], mixed)) == 1
    assert len(headline._rated(trade().figures["export"], trade())) > 1
    assert headline._change(mixed, mixed.figures["export"]) != headline._change(trade(), trade().figures["export"])


def test_the_note_says_whose_rates_they_are() -> None:
    """None, ours, customs' own, and customs' own with ours beside where the two differ."""
    none = trade(**{flow: key(flow, yoy_pct=NAN) for flow in ("total", "export", "import")})
    own = trade(**{flow: key(flow, printed=True, computed_pct=NAN) for flow in ("total", "export", "import")})
    beside = trade(**{flow: key(flow, printed=True) for flow in ("total", "export", "import")})
    notes = [headline.growth_note(one) for one in (none, trade(), own, beside)]
    assert len(set(notes)) == 4
    assert "25.0%" in notes[3]
    assert "25.0%" not in notes[2]


def test_a_balance_is_set_beside_its_amount_a_year_before() -> None:
    """A growth rate of a balance means nothing; without an amount before it is called incomparable."""
    data = trade(balance=key("balance", 5e9, 4e9, yoy_pct=NAN))
    assert "4.0" in str(headline._change(data, data.figures["balance"]))
    lost = trade(balance=key("balance", 5e9, NAN, yoy_pct=NAN))
    assert len(headline._change(lost, lost.figures["balance"])) == 1


def test_a_figure_names_its_day_or_why_it_has_none() -> None:
    """Released, read by us, and from a table without a day are three texts."""
    released = headline._dated(trade(), key("total"))
    read = headline._dated(trade(), key("total", reference=f"x {schema.DATED_HERE}"))
    table = headline._dated(trade(), key("total", released=None))
    assert len({released, read, table}) == 3
    assert "12 Jan 2024" in released
    assert "2024" not in table


@pytest.mark.parametrize(("today", "old"), [("2023-07-20", False), ("2023-08-20", False), ("2024-06-20", True)])
def test_old_figures_say_how_old_they_are(today: str, old: bool) -> None:  # noqa: FBT001
    """A month or two is as customs publish; a year is not."""
    assert bool(headline._age(trade(), pd.Timestamp(today))) == old


def test_columns_of_a_history_are_measured_by_the_greatest() -> None:
    """The tallest is 34 pixels, half of it 17, none below 2; the last alone is in colour, preliminary ones weak."""
    figure = key("export", history=((2021, 50.0, False), (2022, 100.0, True), (2023, 0.0, False)))
    bars = headline._spark(figure, "china", "USD").children[0].children
    assert [bar.style["height"] for bar in bars] == ["17px", "34px", "2px"]
    assert [bar.className.split() for bar in bars] == [["past"], ["past", "weak"], ["china"]]
    down = headline._spark(replace(figure, history=((2023, -1.0, False),)), "china", "USD")
    assert "down" in down.children[0].className
