"""What speaks against an answer beside figures that are known: each sign alone, by hand, and no sign where none is."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from loaders.core import schema
from loaders.importing import plausibility
from tests.loaders.support.bring import TINY, lines

if TYPE_CHECKING:
    from collections.abc import Callable

    import pandas as pd

MONTHS = range(1, 13)


def table(value: Callable[[int], float], flow: str = "import", year: int = 2023, goods: str = "TOTAL") -> pd.DataFrame:
    """Return a year of China's trade with Russia, made up: the value of each month."""
    rows = [f"CHN,RUS,{flow},{year}-{month:02},{goods},{value(month):.6g}" for month in MONTHS]
    return TINY.parse(lines(*rows), "made_up.csv").table


def known(month: int) -> float:
    """Return a figure as known."""
    return 1000 + 10.0 * month


def both(swap: bool, less: float = 0.4) -> pd.DataFrame:  # noqa: FBT001 (a case)
    """Return a year of both flows, exports the smaller ones, or each under the other's name."""
    rows = [
        f"CHN,RUS,{flow},2023-{month:02},TOTAL,{known(month) * (less if (flow == 'export') != swap else 1)}"
        for month in MONTHS
        for flow in ("export", "import")
    ]
    return TINY.parse(lines(*rows), "made_up.csv").table


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (lambda month: known(month) * 1000, "1000 times"),
        (lambda month: known(month) / 1e6, "in millions"),
        (lambda month: known(month) * 7, "yuan for dollars"),
        (lambda month: known(month) * (7 if month > 8 else 1), "4 of 12 figures"),
        (lambda month: known(month) * (1000 if month > 9 else 1), "3 of 12 figures"),
    ],
)
def test_one_factor_of_many_or_a_thousand_of_three_is_a_sign(value: Callable[[int], float], words: str) -> None:
    """All or a third by whatever factor, or three of twelve by a power of a thousand."""
    assert words in str(plausibility.unlike(table(value), table(known)))


@pytest.mark.parametrize(
    "value",
    [
        known,
        lambda month: known(month) * (1 + month / 100),
        lambda month: known(month) * (7 if month > 9 else 1),
        lambda month: known(month) * (1000 if month > 10 else 1),
        lambda month: known(month) * month**2,
    ],
)
def test_revisions_and_single_slips_are_none(value: Callable[[int], float]) -> None:
    """Some per cent, three figures by seven, two by a thousand, or each by a factor of its own."""
    assert plausibility.unlike(table(value), table(known)) is None


def test_exports_for_imports_are_a_sign() -> None:
    """Both flows under each other's name; where the two are alike nobody can tell."""
    assert "exports stand for imports" in str(plausibility.unlike(both(swap=True), both(swap=False)))
    assert plausibility.unlike(both(swap=False), both(swap=False)) is None
    assert plausibility.unlike(both(swap=True, less=0.99), both(swap=False, less=0.99)) is None


def test_new_periods_are_set_beside_those_around() -> None:
    """A year that is not known yet, in thousands, leaps; one that grew by half does not, nor one of other goods."""
    grown, large = (
        table(lambda month: known(month) * 1.5, year=2024),
        table(lambda month: known(month) * 1e3, year=2024),
    )
    assert "the periods beside them" in str(plausibility.unlike(large, table(known)))
    assert plausibility.unlike(grown, table(known)) is None
    other = table(lambda month: known(month) * 1000, year=2024, goods="27")
    assert plausibility.unlike(other, table(known)) is None


def test_nothing_known_or_nothing_brought_is_no_sign() -> None:
    """There is nothing to set beside."""
    year = table(known)
    assert plausibility.unlike(year, year[:0]) is plausibility.unlike(year[:0], year) is None
    assert plausibility.scaled(year, year[:0]) is plausibility.clustered(year[:0], year) is None
    assert plausibility.doubt(year, year[:0]) is None


FACTORS = st.sampled_from([0.001, 0.9, 1.0, 1.1, 7.0, 1000.0])


@settings(max_examples=15, deadline=None)
@given(st.lists(FACTORS, min_size=12, max_size=12), st.lists(FACTORS, min_size=12, max_size=12))
def test_other_trade_changes_no_verdict(ours: list[float], others: list[float]) -> None:
    """Only rows of the same countries and goods are paired: to leave out the rest is no choice of a verdict."""
    brought = table(lambda month: known(month) * ours[month - 1])
    beside = table(lambda month: known(month) * others[month - 1], goods="8471")
    known_now = schema.concat([table(known), beside])
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(plausibility, "of_same_trade", lambda rows, _others: np.ones(len(rows), dtype="bool"))
        on_all = str(plausibility.unlike(brought, known_now))
    assert str(plausibility.unlike(brought, known_now)) == on_all
    assert str(plausibility.unlike(brought, table(known))) == on_all
