"""A window's growth on every basis at hand, by hand. All figures here are made up."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.basis import Basis, Making, Print
from analysis.recomputations.figures import (
    NOW_PUBLISHED,
    UNDATED,
    Kind,
    Recomputation,
    Rest,
    dated,
    half_digit,
    matches,
    message,
    year_before,
)
from analysis.recomputations.year_on_year import growth, is_converted, of_two, printed, rates, summed
from analysis.windows import Window
from tests.analysis.kit import dataset, rate, row, year

HALF = ("2023-01", "2023-06")
OWN = Basis("CHN", "FOB")


def figure(value: float, **over: Any) -> Recomputation:
    """Return a value in billions as published now."""
    made = Recomputation(Kind.NOW, value, "bn_usd", HALF, "comtrade", NOW_PUBLISHED, message("x"))
    return replace(made, **over)


def test_growth_by_hand() -> None:
    """Six months of 3 over six of 2: 50 per cent in dollars, and at one rate the same in yuan; both say of what."""
    rows = [*year(2022, 2e9, flow="export"), *year(2023, 3e9, flow="export")]
    rates_ = tuple(rate(f"{which}-{month:02d}", 7.0) for which in (2022, 2023) for month in range(1, 13))
    dollars, yuan = growth(dataset(*rows, rates=rates_), "export", HALF)
    assert [one.figure for one in (dollars, yuan)] == pytest.approx([50, 50])
    assert (dollars.currency, yuan.currency, dollars.basis) == ("USD", "CNY", OWN)
    assert is_converted(yuan.basis)
    assert not is_converted(dollars.basis)
    assert dollars.rests is not None
    assert (dollars.rests.value, dollars.rests.before) == (18e9, 12e9)
    assert growth(dataset(*rows), "import", HALF) == []


def test_a_month_that_is_missing_gives_no_rate() -> None:
    """Neither this year's nor last year's gap is bridged."""
    rows = [*year(2022, 2e9, flow="export"), *year(2023, 3e9, flow="export")]
    for gone in (3, 15):
        assert growth(dataset(*(rows[:gone] + rows[gone + 1 :])), "export", HALF) == []


def test_nothing_grows_on_nought_or_over_another_basis() -> None:
    """A base of zero, or one that is a difference of two prints where the other was printed, gives no rate."""
    assert growth(dataset(*year(2022, 0.0, flow="export"), *year(2023, 3e9, flow="export")), "export", HALF) == []
    table = {"flow": "export", "source": "gacc", "currency": "CNY"}
    of_2022 = [row("2022-01", "2022-05", 5e9, **table), row("2022-01", "2022-06", 7e9, **table)]
    june = "2023-06", "2023-06"
    assert growth(dataset(*of_2022, row("2023-06", value=3e9, **table)), "export", june) == []
    of_2023 = [row("2023-01", "2023-05", 5e9, **table), row("2023-01", "2023-06", 8e9, **table)]
    (grown,) = growth(dataset(*of_2022, *of_2023), "export", june)
    assert grown.figure == pytest.approx(50)
    assert grown.basis is not None
    assert grown.basis.making is Making.DIFFERENCE


def test_an_earlier_base_takes_first_prints_too() -> None:
    """Over 2021 instead of 2022: as published now, and print over print, which nobody prints himself."""
    rows = [*year(2021, 2e9, flow="export"), *year(2023, 3e9, flow="export")]
    press = {"flow": "export", "source": "press", "status": "preliminary"}
    quoted = [
        row("2021-01", "2021-06", 10e9, released="2021-07-13", **press),
        row("2023-01", "2023-06", 16e9, released="2023-07-13", **press),
    ]
    now, first = growth(dataset(*rows, *quoted), "export", HALF, ("2021-01", "2021-06"))
    assert [now.figure, first.figure] == pytest.approx([50, 60])
    assert (now.kind, first.kind, first.printed, now.printed) == (Kind.NOW, Kind.FIRST, True, False)


def test_a_rate_is_listed_once_by_its_first_print() -> None:
    """Printed twice, then once in yuan: two rates; one without a currency counts as dollars, one undated says so."""
    cells = {"reporter": "CHN", "partner": "RUS", "flow": "export", "commodity_code": "TOTAL", "source": "press"}
    base = {**cells, "period_start": HALF[0], "period_end": HALF[1], "publisher": "a paper", "yoy_pct": "50.1"}
    side = pd.DataFrame(
        [
            {**base, "currency": "USD", "released": "2023-08-01"},
            {**base, "currency": "USD", "released": "2023-07-13"},
            {**base, "currency": "CNY", "released": None, "source": "gacc"},
            {**base, "currency": None, "released": "2023-09-01", "yoy_pct": "49.9"},
            {**base, "currency": "USD", "released": "2023-07-13", "partner": "KAZ"},
        ]
    )
    data = dataset(row("2023-01"), printed_rates=side)
    assert printed(data) == [("export", *HALF)]
    told = [(one.figure, one.currency, one.vintage) for one in rates(data, "export", HALF)]
    assert told == [(50.1, "USD", "2023-07-13"), (49.9, "USD", "2023-09-01"), (50.1, "CNY", UNDATED)]
    assert [one.kind for one in growth(data, "export", HALF)] == [Kind.RATE] * 3
    assert rates(data, "import", HALF) == rates(dataset(row("2023-01")), "export", HALF) == []


def test_two_values_make_a_rate() -> None:
    """3 over 2 is 50 per cent; what both rest on goes along, and nothing where one rests on nothing known."""
    top, bottom = (figure(value, rests=Rest(1e9 * value, "export", HALF)) for value in (3.0, 2.0))
    grown = of_two(top, bottom, OWN)
    assert grown.figure == pytest.approx(50)
    assert (grown.unit, grown.base) == ("percent y/y", OWN)
    assert grown.rests is not None
    assert (grown.rests.value, grown.rests.before) == (3e9, 2e9)
    assert of_two(top, figure(2.0), OWN).rests is None


def test_what_stands_in_print() -> None:
    """Only a first print of a day; what is published now is none, and neither is a figure without a basis."""
    first = replace(OWN, print=Print.FIRST)
    assert figure(1.0, basis=first, vintage="2023-07-13").printed
    assert not figure(1.0, basis=first).printed
    assert not figure(1.0, basis=OWN, vintage="2023-07-13").printed
    assert not figure(1.0, vintage="2023-07-13").printed
    assert figure(1.0, goods=("2709",), flow="import").code == "now-USD-2709-import"
    assert figure(1.0, goods=("",), counter="RUS").code == "now-USD-RUS"


def test_the_steps_of_a_window() -> None:
    """Up to three prints are named with their signs, more are counted; a converted window says so."""
    june, may = ("2023-01", "2023-06"), ("2023-01", "2023-05")
    window = Window(1.0, ((1, 2.0, june), (-1, 1.0, may)), None, "gacc", "CNY")
    assert summed(window, None).key == "claims.steps.minus"
    assert summed(replace(window, parts=window.parts[::-1]), None).key == "claims.steps.plus"
    converted = replace(OWN, making=Making.CONVERTED)
    assert summed(window, converted).key == "claims.steps.prints_converted"
    many = replace(window, parts=window.parts * 2)
    assert [(one.key, one.count) for one in (summed(many, None), summed(many, converted))] == [
        ("claims.steps.sum", 4),
        ("claims.steps.sum_converted", 4),
    ]


@settings(max_examples=30)
@given(st.decimals(-500, 500, places=1), st.integers(1990, 2090))
def test_a_number_matches_itself_as_far_as_it_is_quoted(number: object, which: int) -> None:
    """Half a unit of the last digit either way and no more; a year before is the same months."""
    quoted, half = str(number), half_digit(str(number))
    assert half == pytest.approx(0.05)
    assert matches(float(quoted) + 0.9 * half, quoted)
    assert not matches(float(quoted) + 1.1 * half, quoted)
    assert year_before((f"{which}-01", f"{which}-06")) == (f"{which - 1}-01", f"{which - 1}-06")
    assert (dated(None), dated(pd.NaT, UNDATED), dated(pd.Timestamp(which, 3, 4))) == ("now", UNDATED, f"{which}-03-04")
