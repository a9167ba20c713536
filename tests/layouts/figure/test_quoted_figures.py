"""Quoted figures below a chart: written as they were quoted, set in columns that never run into each other."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest

from layouts.figure import quoted_figures
from layouts.look.theme import PRINT, on_page
from layouts.words import text


def row(**over: Any) -> dict[Any, Any]:
    """Return a quoted amount of one month."""
    month = pd.Timestamp("2023-12-01")
    cells = {"share_pct": float("nan"), "value": 300e6, "precision": "", "period_start": month, "period_end": month}
    return {**cells, "what": "goods", "base": "a list", "source": "A paper", "released": pd.NaT, **over}


@pytest.mark.parametrize(("value", "written"), [(40.7, "40.7"), (81.0, "81"), (0.25, "0.25"), (1234.5, "1,234.5")])
def test_a_figure_has_the_decimals_it_was_quoted_with(value: float, written: str) -> None:
    """None is added and none is lost."""
    assert text.as_typed(value) == written


def test_what_is_at_least_so_much_and_what_is_of_a_month_say_so() -> None:
    """Four ways to write an amount, all apart; a share is written as a share."""
    year = {"period_start": pd.Timestamp("2023-01-01")}
    heads = [
        quoted_figures.quoted(row(**span, precision=precision))[0]
        for span in ({}, year)
        for precision in ("", "at least")
    ]
    assert len(set(heads)) == 4
    assert [head.startswith(">") for head in heads] == [False, True, False, True]
    assert all("300" in head for head in heads)
    assert quoted_figures.quoted(row(share_pct=90.0))[0] == "90%"


def test_a_day_is_named_only_where_there_is_one() -> None:
    """Who said it stands in the last line, with the day where it is known."""
    *_, undated = quoted_figures.quoted(row())[1]
    *_, dated = quoted_figures.quoted(row(released=pd.Timestamp("2024-01-12")))[1]
    assert undated == "A paper"
    assert "A paper" in dated
    assert "2024" in dated


def test_two_stand_side_by_side_on_a_phone_and_five_elsewhere() -> None:
    """Six cells take three rows on a phone and two in print; the deepest cell of a row gives its height."""
    phone = on_page(358)
    cells = [("1", ["a"]), ("2", ["a", "b", "c"]), *[("3", ["a"])] * 4]
    assert (quoted_figures.columns(phone), quoted_figures.columns(PRINT)) == (2, 5)
    deep = quoted_figures.depths(cells, phone)
    assert len(deep) == 3
    assert deep[0] > deep[1] == deep[2]
    assert len(quoted_figures.depths(cells, PRINT)) == 2


def test_no_line_is_wider_than_its_column() -> None:
    """Lines are broken to the width of a cell."""
    ((_, lines),) = quoted_figures.wrapped([("1", ["a long sentence about a list of goods " * 3])], on_page(358))
    assert len(lines) > 3
