"""A number as quoted: what bears it out by rounding, by a bound, by the reach of a word, or as a rounder print."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.basis import Basis, Print
from analysis.claims.quoted_number import QuotedNumber, bears, leading
from analysis.recomputations.figures import BN_USD, Kind, Recomputation, message


def figure(value: float, kind: Kind = Kind.NOW, currency: str = "USD", counted: str = "CHN") -> Recomputation:
    """Return a figure in billions; made up."""
    rests = Basis(counted, "FOB", print=Print.FIRST if kind is Kind.FIRST else Print.NOW)
    steps = message("claims.steps.print")
    return Recomputation(kind, value, BN_USD, ("2023-01", "2023-12"), "made", "now", steps, currency, basis=rests)


@pytest.mark.parametrize(
    ("digits", "bound", "slack", "value", "fits"),
    [
        ("240", "", 0.0, 240.4, True),
        ("240", "", 0.0, 240.6, False),
        ("240.1", "", 0.0, 240.14, True),
        ("240", ">", 0.0, 240.1, True),
        ("240", "<", 0.0, 240.1, False),
        ("240", "", 6.0, 245.9, True),
    ],
)
def test_what_bears_a_number_out(digits: str, bound: str, slack: float, value: float, *, fits: bool) -> None:
    """Half its last digit, what lies beyond it, or as far as a word reaches."""
    assert QuotedNumber(digits, bound=bound, slack=slack).fits(figure(value)) is fits


def test_a_print_may_be_the_rounder_of_the_two() -> None:
    """102.46 agrees with a print of 102.5, not with customs' own 102.5."""
    number = QuotedNumber("102.46")
    assert bears(number, figure(102.5, Kind.FIRST))
    assert not bears(number, figure(102.5))
    assert bears(QuotedNumber("102.5", bound=">"), figure(102.5, Kind.FIRST))


@given(st.decimals(1, 999, places=1), st.floats(-0.049, 0.049))
def test_a_figure_fits_the_number_that_it_is_rounded_to(number: object, off: float) -> None:
    """And lies between the states of which it is one."""
    quoted = QuotedNumber(str(number))
    one = figure(float(str(number)) + off)
    assert quoted.fits(one)
    assert quoted.between([one, figure(one.figure + 1)])


def test_words_point_to_a_counter_and_to_dollars_first() -> None:
    """Of Russia's count the IMF's estimates are a part; without a currency dollars come first."""
    figures = [figure(1, currency="CNY"), figure(2), figure(3, counted="IMF")]
    assert [one.figure for one in leading(figures, "CHN", "")] == [2]
    assert [one.figure for one in leading(figures, "CHN", "CNY")] == [1]
    assert [one.figure for one in leading(figures, "RUS", "")] == [3]
