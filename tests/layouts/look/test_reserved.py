"""The room that is kept for a picture, the widths it may have, and how a light one is turned dark."""

from __future__ import annotations

from itertools import pairwise

import pytest

from analysis.selection import LANGUAGES
from layouts.charts.registry import CHARTS
from layouts.look import html_attributes, reserved
from layouts.look.ids import Id, part
from layouts.look.theme import COLUMN, DARK, LIGHT, PRINT, SQUARE, WIDTHS, in_dark, on_page
from layouts.words.language import speaking


@pytest.mark.parametrize("code", LANGUAGES)
def test_every_chart_has_room_in_every_language(code: str) -> None:
    """On a wide page, on a middle one, on a phone; a chart that is new gets the usual room."""
    with speaking(code):
        for chart in (chart for chart in CHARTS.values() if chart.page):
            assert chart.name in reserved._HEIGHTS[code]
            heights = reserved.room(chart.name)
            assert list(heights) == ["--wide", "--middle", "--phone"]
            assert all(300 < int(one.removesuffix("px")) < 4000 for one in heights.values())
        assert reserved.room("one that nobody drew") == {"--wide": "540px", "--middle": "560px", "--phone": "520px"}


def test_dark_is_the_same_picture_in_other_colours() -> None:
    """Each colour of the light palette has one of the dark, and no two share one."""
    pairs = in_dark()
    assert pairs[LIGHT.ground] == DARK.ground
    assert pairs[LIGHT.russia] == DARK.russia
    assert len(set(pairs)) == len({*(colour for name, colour in vars(LIGHT).items() if name != "fuels"), *LIGHT.fuels})
    for width in WIDTHS:
        light, dark = on_page(width), on_page(width, dark=True)
        assert {**vars(light), "palette": None} == {**vars(dark), "palette": None}


def test_widths_grow_and_hold_common_phones() -> None:
    """From the narrowest to the widest, none twice; a page of 288, 358 or 1040 pixels is drawn as it is."""
    assert all(one < other for one, other in pairwise(WIDTHS))
    assert {288, 358, 768, 1040} <= set(WIDTHS)


def test_only_a_wide_print_has_a_fixed_height() -> None:
    """A slide stays as high as it is; a column of a journal and the page grow with their words."""
    assert PRINT.fixed
    assert SQUARE.fixed
    assert not COLUMN.fixed
    assert COLUMN.narrow
    assert not on_page(1040).fixed


def test_attributes_and_ids_are_put_together() -> None:
    """Names with a dash, which Python has not."""
    assert html_attributes.data(point="a:1") == {"data-point": "a:1"}
    assert html_attributes.aria(live="polite", label="x") == {"aria-live": "polite", "aria-label": "x"}
    assert part("csv", "pulse") == "pulse-csv"
    assert len({str(one) for one in Id}) == len(list(Id))
