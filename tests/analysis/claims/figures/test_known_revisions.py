"""Known revisions: the distribution of first print against now, by hand."""

from __future__ import annotations

import pytest

from analysis.claims.figures import known_revisions
from analysis.claims.figures.known_revisions import ENOUGH, FINAL, FRESH, MONTH, TO_DATE, YEAR, kind_of, summed
from tests.analysis.kit import dataset, row

PRESS = {"source": "press", "status": "preliminary", "flow": "import"}
MONTHS = [f"{year}-{month:02d}" for year in (2021, 2022) for month in range(3, 10)]


def test_the_kind_of_a_window() -> None:
    """A month, January-February, a year to date and a year are told apart."""
    spans = [("2023-05", "2023-05"), ("2023-01", "2023-02"), ("2023-01", "2023-05"), ("2023-01", "2023-12")]
    assert [kind_of(span) for span in spans] == [MONTH, MONTH, TO_DATE, YEAR]


def test_a_distribution_by_hand() -> None:
    """Of thirteen changes one lies far out: it is counted, and no known revision."""
    changes = [1.0 + 0.1 * step for step in range(12)] + [9.0]
    known = summed(changes, MONTH)
    assert (known.count, known.within) == (13, 12)
    assert known.middle == pytest.approx(1.6)
    assert known.reach == pytest.approx((0.1, 3.1))


def test_few_changes_count_in_both_directions() -> None:
    """Fewer than enough tell no direction."""
    known = summed([0.2, 0.6], YEAR)
    assert known.count < ENOUGH
    assert known.reach == pytest.approx((-0.6, 0.6))


@pytest.mark.parametrize(
    ("number", "holds"), [("99.0", True), ("96.2", True), ("95.9", False), ("101.2", False), ("105.0", False)]
)
def test_a_print_within_the_reach(number: str, *, holds: bool) -> None:
    """Where prints rose by 1 or 2 %, the fences lie at -1 and 4 %: a figure of 100 was printed as 96.2 to 101."""
    known = summed([1.0] * 6 + [2.0] * 6, MONTH)
    assert known.holds(100.0, number) is holds


def test_of_a_rate_the_growth_factor_moves() -> None:
    """A rate of 20 % now, where factors rose by 1 %, was printed as 18.8 %."""
    low, high = summed([1.0] * ENOUGH, MONTH).limits(20.0, rate=True)
    assert (low, high) == pytest.approx((18.81, 18.81), abs=0.01)


def test_changes_are_read_from_the_prints() -> None:
    """Fourteen months printed at 100 and now at 102 give a distribution of +2 %; a coarse print gives less."""
    prints = [row(month, value=100e9 - 1e6, released=f"{month}-28", **PRESS) for month in MONTHS]
    now = [row(month, value=102e9, flow="import") for month in MONTHS]
    known = known_revisions.levels(dataset(*prints, *now), "import", ("2023-05", "2023-05"), FINAL)
    assert known is not None
    assert (known.count, known.of) == (14, MONTH)
    assert known.middle == pytest.approx(2.0, abs=0.01)
    coarse = [row(month, value=100e9, released=f"{month}-28", **PRESS) for month in MONTHS]
    rounded = known_revisions.levels(dataset(*coarse, *now), "import", ("2023-05", "2023-05"), FINAL)
    assert rounded is not None
    assert rounded.middle == 0.0


def test_customs_own_later_tables_count_within_the_year() -> None:
    """January-February of 100, then January-March of 152 with a March of 50: the two months rose by 2 %."""
    gacc = {"source": "gacc", "status": "preliminary", "flow": "import", "currency": "CNY"}
    rows = [
        row("2025-01", "2025-02", 100e9, **gacc),
        row("2025-01", "2025-03", 152e9, **gacc),
        row("2025-03", value=50e9, **gacc),
    ]
    known = known_revisions.levels(dataset(*rows), "import", ("2025-01", "2025-04"), FRESH)
    assert known is not None
    assert known.count == 1
    assert known.middle == pytest.approx(2.0)


def test_nothing_held_is_no_tolerance() -> None:
    """Without prints there is nothing known."""
    assert known_revisions.levels(dataset(row("2023-05", value=1e9)), "total", ("2023-05", "2023-05")) is None
