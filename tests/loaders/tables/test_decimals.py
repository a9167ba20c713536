"""Decimals times a power of ten: as Python reads them, all at once or one by one."""

from __future__ import annotations

import math

import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from loaders.tables import decimals

CELLS = (
    st.floats(0, 1e15).map(repr) | st.integers(0, 10**18).map(str) | st.sampled_from(["", "x", "+1", "1e3", ".5", "5."])
)


@given(st.lists(CELLS, max_size=20), st.integers(-3, 6))
def test_figures_are_what_python_reads(cells: list[str], power: int) -> None:
    """Each decimal with the power behind it is the float nearest to it; what is no decimal is missing."""
    figures = decimals.figures(pd.Series(cells, dtype="str"), power).tolist()
    for cell, one in zip(cells, figures, strict=True):
        mantissa, _, own = cell.partition("e")
        plain = any(sign.isdigit() for sign in mantissa)
        assert one == float(f"{mantissa}e{int(own or 0) + power}") if plain else math.isnan(one)


def test_each_row_has_its_power() -> None:
    """Powers may differ by row, also beside cells that go one by one."""
    cells, powers = pd.Series(["1.5", "+2", "3"], dtype="str"), pd.Series([3, 2, 0])
    assert decimals.figures(cells, powers).tolist() == [1500.0, 200.0, 3.0]
