"""Bars back to back: amounts, widths, one scale, where names are cut."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from layouts.figure import mirrored_bars
from layouts.look.theme import PRINT, on_page
from layouts.words import language, text

PHONE = on_page(358)


def goods(*values: tuple[str, float]) -> pd.DataFrame:
    """Return goods of both flows."""
    cells: dict[str, Any] = {"base_value": 1e9, "before_value": float("nan"), "contribution_pct": 1.0}
    table = pd.DataFrame({"flow": [flow for flow, _ in values], "value": [value for _, value in values]})
    return table.assign(**cells, code="84", name="Machines")


@pytest.mark.parametrize(
    ("value", "written"), [(2.5e9, "2.5"), (0.996e8, "0.1"), (12.4e6, "12"), (999.6e3, "1,000"), (4.2e3, "4")]
)
def test_small_amounts_have_a_unit_of_their_own(value: float, written: str) -> None:
    """Billions stand bare, millions and thousands name theirs."""
    shown = mirrored_bars.money(value)
    assert written in shown
    assert (shown == written) == (value >= 0.995e8)


def test_ten_thousands_hold_the_same_digits() -> None:
    """Where the large unit is a hundred million, 12 million are 1,200 ten thousands."""
    with language.speaking("zh"):
        assert "1,200" in mirrored_bars.money(12e6)


def test_a_tenfold_rise_is_a_multiple() -> None:
    """From a thousand per cent on."""
    assert mirrored_bars._rate(999.0) == "+999%"
    assert mirrored_bars._rate(1000.0) == "×11"


@given(st.floats(1e6, 1e11), st.floats(1e6, 1e11))
def test_both_sides_have_one_scale_and_keep_apart(bought: float, sold: float) -> None:
    """Bars grow away from each other, none leaves the picture, and a small side keeps a seventh of the room."""
    rows = goods(("import", bought), ("export", sold))
    left, right = mirrored_bars.beside(rows, 1000.0, PRINT)
    assert left.scale == right.scale
    assert (left.way, right.way) == (-1, 1)
    assert left.zero - max(bought, 1e9) * left.scale >= -1e-6
    assert right.zero + max(sold, 1e9) * right.scale <= 1000 + 1e-6
    assert left.zero < right.zero


def test_without_rates_no_columns_are_kept_and_on_a_phone_one_side_stands_below_the_other() -> None:
    """The room goes to the bars."""
    rows = goods(("import", 2e9), ("export", 3e9))
    wide, narrow = (
        mirrored_bars.beside(rows.assign(contribution_pct=float("nan")), 1000.0, PRINT)[0],
        mirrored_bars.beside(rows, 1000.0, PRINT)[0],
    )
    assert wide.columns is None
    assert wide.scale > narrow.scale
    upper, lower = mirrored_bars.below(rows, 358.0, 8, on_page(358))
    assert lower.top - upper.top > 8
    assert upper.way == lower.way == 1


@pytest.mark.parametrize("name", ["Tea", "Machines, mechanical appliances, boilers, parts of all of these and more"])
def test_a_name_is_cut_at_a_word_and_only_where_it_must(name: str) -> None:
    """What fits stays as it is."""
    fitted = mirrored_bars._fitted(name, PHONE)
    assert text.width(fitted, PHONE.label) <= mirrored_bars._NARROW_NAME + PHONE.label
    assert (fitted == name) == (name == "Tea")
    assert name.startswith(fitted.removesuffix(" …"))


def test_the_smaller_side_keeps_a_seventh_of_the_room() -> None:
    """However little was traded that way, its bars can be seen."""
    left, right = mirrored_bars.beside(goods(("import", 1e11), ("export", 1e6)), 1000.0, PRINT)
    beside = 2 * mirrored_bars._COLUMN + mirrored_bars._VALUE
    rooms = left.zero - beside, 1000 - beside - right.zero
    assert rooms[1] / sum(rooms) == pytest.approx(mirrored_bars._LEAST)
