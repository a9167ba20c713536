"""The placer: labels stay in their frame, never overlap, keep their order, and fall the same way each time."""

from __future__ import annotations

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from layouts.drawing.labels import Box, Spots, spread
from layouts.drawing.plot import Plot, padded, round_step

PIXELS = st.floats(-500, 1500)
COLUMNS = st.lists(st.tuples(PIXELS, st.floats(1, 60)), max_size=12)
TALL = st.floats(0, 900)
FINE = 1e-6


@given(COLUMNS, TALL)
def test_a_column_stays_inside_and_apart_and_in_order(column: list[tuple[float, float]], high: float) -> None:
    """Every label that is placed lies inside, touches no other and stands in the order of the wanted places."""
    wanted, heights = [want for want, _ in column], [tall for _, tall in column]
    placed = spread(wanted, heights, 0.0, high)
    kept = [(want, at, tall) for want, at, tall in zip(wanted, placed, heights, strict=True) if at is not None]
    for _, at, tall in kept:
        assert at - tall / 2 >= -FINE
        assert at + tall / 2 <= high + FINE
    for (want, at, tall), (other, beside, size) in combinations(kept, 2):
        assert abs(at - beside) >= (tall + size) / 2 - FINE
        assert want == other or (want < other) == (at < beside)
    assert spread(wanted, heights, 0.0, high) == placed


@given(COLUMNS)
def test_a_column_leaves_out_none_that_has_room(column: list[tuple[float, float]]) -> None:
    """All are placed where their heights fit together; where they do not, the first given stay."""
    wanted, heights = [want for want, _ in column], [tall for _, tall in column]
    assert None not in spread(wanted, heights, 0.0, sum(heights) + FINE)
    short = spread(wanted, heights, 0.0, sum(heights[:-1]) + FINE)
    assert [at is None for at in short] == [False] * (len(column) - 1) + [True] * bool(column)


@given(st.lists(st.floats(0, 900), max_size=12))
def test_labels_with_room_stay_where_they_are_wanted(gaps: list[float]) -> None:
    """Nothing is moved that touches nothing."""
    wanted = [10.0]
    for gap in gaps:
        wanted.append(wanted[-1] + 20 + gap)
    assert spread(wanted, [20.0] * len(wanted), 0.0, wanted[-1] + 10) == pytest.approx(wanted)


def test_two_that_touch_part_evenly() -> None:
    """By hand: two labels of 20 pixels wanted at 50 and 54 stand at 42 and 62; against the edge both are pushed in."""
    assert spread([54.0, 50.0], [20.0, 20.0], 0.0, 200.0) == pytest.approx([62.0, 42.0])
    assert spread([2.0, 4.0], [20.0, 20.0], 0.0, 200.0) == pytest.approx([10.0, 30.0])
    assert spread([1.0, 2.0, 3.0], [20.0] * 3, 0.0, 45.0) == [10.0, 30.0, None]


BOXES = st.builds(Box, st.floats(-50, 400), st.floats(-50, 300), st.floats(1, 120), st.floats(1, 40))


@given(st.lists(st.lists(BOXES, min_size=1, max_size=5), max_size=15))
def test_spots_never_touch_and_never_leave(labels: list[list[Box]]) -> None:
    """Of the places of each label the first free one is taken: inside the frame, apart from all that stand."""
    spots, again = Spots(350.0, 250.0), Spots(350.0, 250.0)
    chosen = [spots.first(places) for places in labels]
    assert chosen == [again.first(places) for places in labels]
    taken = [places[number] for places, number in zip(labels, chosen, strict=True) if number is not None]
    assert taken == spots.taken
    for box in taken:
        assert box.inside(350.0 + FINE, 250.0 + FINE)
    for one, other in combinations(taken, 2):
        assert not one.meets(other, spots.apart)
    for places, number in zip(labels, chosen, strict=True):
        for passed in places[: len(places) if number is None else number]:
            assert not passed.inside(350.0, 250.0) or spots.meets(passed)


def test_boxes_meet_as_they_should() -> None:
    """Side by side needs the distance asked for; one above the other may stand close."""
    one = Box(0, 0, 10, 10)
    assert one.meets(Box(5, 5, 10, 10))
    assert not one.meets(Box(12, 0, 10, 10))
    assert one.meets(Box(12, 0, 10, 10), apart=6)
    assert not one.meets(Box(0, 10, 10, 10), apart=6)


@given(
    st.lists(st.floats(-1e3, 1e3), min_size=1, max_size=6),
    st.floats(1, 1e3),
    st.floats(60, 900),
    st.integers(1, 3),
)
def test_names_beside_a_plot_keep_their_distance(values: list[float], span: float, high: float, lines: int) -> None:
    """In pixels the placed names are a label apart, and a name that stands alone is not moved."""
    plot = Plot(600.0, high, (0.0, 10.0), (min(values), min(values) + span))
    placed = [plot.at(0, y)[1] for y in plot.column(values, 13, lines) if y is not None]
    for one, other in combinations(placed, 2):
        assert abs(one - other) >= 13 * 1.32 * lines - 1e-3
    if len(values) == 1:
        assert plot.lifts(values, 13, lines) == pytest.approx([0.0], abs=1e-6)


def test_a_label_goes_to_the_first_free_side_of_its_point() -> None:
    """Above, else right; below a point under zero; nowhere where every side would touch the first label."""
    plot = Plot(400.0, 200.0, (0.0, 10.0), (-10.0, 10.0))
    spots = plot.spots()
    assert [plot.side(spots, (5.0, 5.0), 40, 12) for _ in range(2)] == [(0, 1), None]
    half_taken = Spots(400.0, 200.0, taken=[Box(196, 168, 4, 2)])  # just above the point, which is at 200, 150
    assert plot.side(half_taken, (5.0, 5.0), 40, 12) == (1, 0)
    assert plot.side(plot.spots(), (5.0, -5.0), 40, 12) == (0, -1)
    assert plot.side(plot.spots(), (0.0, 5.0), 40, 12) == (1, 0)


def test_padding_is_that_of_an_axis_without_a_range() -> None:
    """A twentieth at either end, none where the end is zero."""
    assert padded(0.0, 100.0) == (0.0, 105.0)
    assert padded(-50.0, 50.0) == (-55.0, 55.0)
    assert padded(0.0, 0.0) == (0.0, 0.0)


@given(st.floats(1e-3, 1e12), st.sampled_from([2.6, 3.0, 5.0, 8.0]))
def test_steps_are_round_and_few(reach: float, most: float) -> None:
    """However large a value: so many steps at most reach it, each 1, 2 or 5 of a power of ten, and none is wasted."""
    steps = (1, 2, 5, 10, 20, 50, 100, 200, 500)
    step = round_step(reach, most, steps)
    assert reach <= most * step * (1 + 1e-9)
    assert float(f"{step:.0e}") == step
    assert f"{step:.0e}"[0] in "125"
    assert step == 1 or reach > most * step / 2.5 * (1 - 1e-9)


def test_a_step_of_what_no_step_reaches_is_the_whole() -> None:
    """Beyond all thousands, and for what is no number."""
    assert round_step(1e60, 5, (1, 2, 5)) == 1e60
    assert round_step(3.0, 5, (1, 2, 5)) == 1
    assert round_step(45.0, 5, (1, 2, 5, 10)) == 10
