"""The frame: what a picture's size follows, what an empty one shows, whose a printed one is."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from layouts.drawing import geometry
from layouts.drawing.geometry import Frame, Room
from layouts.figure.chart import Words
from layouts.figure.frame import blank, framed, note
from layouts.look.theme import PRINT, WIDTHS, on_page

if TYPE_CHECKING:
    from layouts.drawing.canvas import Canvas

SHORT = Words("Up 3%", "by month", "Source: customs.", "%")
LONG = replace(SHORT, finding="Trade rose and fell and rose again " * 6, note="What it leaves out. " * 40)


def texts(figure: Canvas) -> list[str]:
    """Return the words of a picture."""
    return [str(one["text"]) for one in figure["layout"]["annotations"]]


def test_a_page_grows_with_its_words_and_a_print_does_not() -> None:
    """On the page the plot keeps its height whatever is written; a printed picture keeps its own."""
    page = on_page(640)
    short, long = blank(page, SHORT), blank(page, LONG)
    assert long["layout"]["height"] > short["layout"]["height"] >= page.height
    assert long.frame.high == pytest.approx(short.frame.high, abs=page.source * geometry.LINE * 2)
    assert blank(PRINT, LONG)["layout"]["height"] == blank(PRINT, SHORT)["layout"]["height"] == PRINT.height
    assert blank(PRINT, LONG).frame.high < blank(PRINT, SHORT).frame.high


@given(st.sampled_from(WIDTHS), st.integers(0, 200), st.integers(0, 200), st.integers(0, 60))
def test_room_and_plot_make_the_picture(width: int, left: int, right: int, band: int) -> None:
    """Margins, room and plot add up to the picture, across and down, as long as the plot has a pixel."""
    look = on_page(width)
    frame = Frame(look, Room(left, right, band=band), "Up 3%", "by month", "Source: customs.")
    if frame.wide > 1:
        assert 2 * look.margin + left + frame.wide + right == look.width
    if frame.high > 1:
        assert frame.top + frame.high + frame.bottom == pytest.approx(frame.height)


def test_a_band_takes_its_height_from_the_plot() -> None:
    """What stands above the plot moves its top and nothing else."""
    plain, banded = (Frame(PRINT, geometry.room(PRINT, band=band), "A", "b", "c") for band in (0, 30))
    assert banded.top - plain.top == 30
    assert plain.high - banded.high == pytest.approx(30)
    assert banded.bottom == plain.bottom


def test_an_empty_picture_hides_its_axes_and_a_drawn_one_shows_them() -> None:
    """An axis without figures would show numbers of nothing."""
    nothing = framed(blank(PRINT, SHORT))
    drawn = blank(PRINT, SHORT)
    drawn.add_scatter(x=[1], y=[2])
    framed(drawn)
    assert nothing.empty
    assert nothing["layout"]["xaxis"]["visible"] is nothing["layout"]["yaxis"]["visible"] is False
    assert not drawn.empty
    assert "visible" not in drawn["layout"]["xaxis"]


def test_a_printed_picture_names_the_project_and_the_page_does_not() -> None:
    """A printed picture goes out alone; on the page the name would stand there fourteen times."""
    printed, page = framed(blank(PRINT, SHORT)), framed(blank(on_page(1040), SHORT))
    assert [one for one in texts(printed) if "trade" in one.lower()]
    assert not [one for one in texts(page) if "trade" in one.lower()]
    assert [len(one["layout"]["shapes"]) for one in (printed, page)] == [1, 0]


def test_who_does_not_see_it_is_told_finding_and_subtitle() -> None:
    """The description of a picture is its title and what is measured."""
    assert blank(PRINT, SHORT).description == "Up 3%. by month"


def test_a_label_has_the_letters_of_the_look_unless_told_otherwise() -> None:
    """Size and colour come from the look; a colour, a font, an anchor may be given."""
    figure = blank(PRINT, SHORT)
    note(figure, "plain", x=1, y=2, look=PRINT)
    note(figure, "red", x=1, y=2, look=PRINT, colour="#FF0000", xanchor="right")
    note(figure, "small", x=1, y=2, look=PRINT, font={"size": 9, "color": "#000000"})
    plain, red, small = figure["layout"]["annotations"]
    assert plain["font"] == {"size": PRINT.label, "color": PRINT.palette.ink2}
    assert (plain["xanchor"], plain["showarrow"]) == ("left", False)
    assert (red["font"]["color"], red["xanchor"]) == ("#FF0000", "right")
    assert small["font"]["size"] == 9


def test_names_beside_a_plot_get_the_room_that_they_need() -> None:
    """The gutter of the look is the least; a longer name gets more, and bold letters more than plain ones."""
    look = on_page(1040)
    assert geometry.ends(look, ["ab"]) == geometry.ends(look, []) == look.gutter
    assert geometry.ends(look, ["a name that is longer than the gutter"]) > look.gutter
    assert (
        geometry.longest(["<b>wide</b>"], 13) > geometry.longest(["wide"], 13) == geometry.longest(["<i>wide</i>"], 13)
    )
    assert geometry.longest(["a<br>longer"], 13) == geometry.longest(["longer"], 13)
    assert geometry.aside(on_page(358)) < geometry.aside(look)


def test_phones_are_narrow_and_every_width_has_its_look() -> None:
    """Below 640 pixels a picture is laid out for a phone; wider never means a lower picture on one side of it."""
    assert on_page(639).narrow
    assert not on_page(640).narrow
    for one, other in pairwise(on_page(width) for width in WIDTHS):
        assert one.height <= other.height
        assert one.gutter <= other.gutter
