"""Rows one by one and as points, names at the ends of lines, thin rules: what every chart is made of. Made up here."""

from __future__ import annotations

from itertools import combinations

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from layouts.drawing.plot import Plot
from layouts.drawing.values import records
from layouts.figure.chart import Words, pointed
from layouts.figure.frame import blank, name_ends, rule
from layouts.look.theme import DARK, LIGHT, Palette, on_page
from layouts.words.catalogue import part_of_key, say_or

ROWS = pd.DataFrame({"value": [1.0, 2.0], "name": ["a", None]})


def test_rows_are_read_by_the_names_of_their_columns() -> None:
    """In their order, a missing cell stays missing."""
    first, second = records(ROWS)
    assert first == {"value": 1.0, "name": "a"}
    assert pd.isna(second["name"])
    assert records(ROWS.iloc[:0]) == []


def test_a_point_has_its_name_and_its_words() -> None:
    """One text a row; rows without names have texts alone."""
    made = pointed(ROWS.assign(point=["p:1", "p:2"]), lambda row: f"{row['value']:.0f}")
    assert made["ids"] == ["p:1", "p:2"]
    assert made["customdata"] == ["1", "2"]
    assert made["hovertemplate"].startswith("%{customdata}")
    assert pointed(ROWS, str)["ids"] is None


@given(
    st.lists(st.floats(0, 100), min_size=1, max_size=5),
    st.sampled_from([288, 390, 768, 1040]),
    st.integers(1, 3),
)
def test_names_at_the_ends_keep_their_order_and_never_touch(values: list[float], width: int, lines: int) -> None:
    """In pixels, whatever the values: a name a line apart from the next, at the place given, in its own colour."""
    look = on_page(width)
    figure = blank(look, Words("A", "b", "c", ""))
    plot = Plot.of(figure, (0.0, 100.0))
    name_ends(figure, [(y, f"{y:.1f}", LIGHT.china) for y in values], plot, look, x=5, lines=lines)
    notes = figure["layout"]["annotations"]
    assert {one["x"] for one in notes} == {5}
    middles = [plot.at(0.0, one["y"])[1] + one["yshift"] for one in notes]
    tall = look.label * 1.32 * (1 if look.narrow else lines)
    for one, other in combinations(middles, 2):
        assert abs(one - other) >= tall - 1e-6
    for (one, a), (other, b) in combinations(zip(notes, middles, strict=True), 2):
        assert one["y"] == other["y"] or (one["y"] < other["y"]) == (a < b)


def test_a_rule_stands_through_the_plot_and_is_dashed_unless_told_otherwise() -> None:
    """From its foot to its top, in the colour given; where it begins and ends may be another place."""
    figure = blank(on_page(1040), Words("A", "b", "c", ""))
    rule(figure, 3, LIGHT.ink3)
    rule(figure, 4, LIGHT.edge, None, layer="below", y0=0.1)
    dashed, whole = figure["layout"]["shapes"]
    assert (dashed["x0"], dashed["x1"], dashed["y0"], dashed["y1"], dashed["yref"]) == (3, 3, 0, 1, "paper")
    assert dashed["line"] == {"color": LIGHT.ink3, "width": 1, "dash": "2px,3px"}
    assert "dash" not in whole["line"]
    assert (whole["layer"], whole["y0"]) == ("below", 0.1)


@pytest.mark.parametrize("palette", [LIGHT, DARK])
def test_a_flow_has_the_colours_of_whose_goods_they_are(palette: Palette) -> None:
    """China's exports vermillion, its imports blue, both together grey."""
    own = palette
    assert own.flow("export") == (own.china, own.china_faint, own.china_text)
    assert own.flow("import") == (own.russia, own.russia_faint, own.russia_text)
    assert own.flow("total") == own.flow("balance") == (own.rest, own.rest_faint, own.ink)


def test_a_text_that_is_not_there_is_another() -> None:
    """What a table wrote stands where the catalogue has nothing; words become a part of a key."""
    assert say_or("charts.pulse.title", "x") != "x"
    assert say_or("charts.pulse.no_such_text", "as written") == "as written"
    assert part_of_key('page undated; "95 % with China"') == "page_undated_95_with_China"
    assert part_of_key("as above") == "as_above"
