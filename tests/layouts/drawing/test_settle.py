"""The last look at labels: in every script none is cut, none is written over another, and none goes far."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from layouts.drawing import geometry
from layouts.drawing.geometry import longest
from layouts.drawing.settle import IF_FREE, settle
from layouts.figure.chart import Words
from layouts.figure.frame import blank, note
from layouts.look.theme import PRINT, on_page

if TYPE_CHECKING:
    from layouts.drawing.sheet import Sheet

LOOKS = (PRINT, on_page(1040), on_page(704), on_page(358), on_page(288))
SCRIPTS = ("Newest 41.0", "предварительно", "初步数（可能修订）", "<b>−12,3 %</b>", "US order on<br>foreign banks")
LINE = 1.3


def _sheet(look: Any) -> Sheet:
    sheet = blank(look, Words("A finding", "What is shown", "Source: somebody.", "%"), geometry.room(look))
    sheet.update_layout(xaxis={"range": [0, 10], "tickvals": [], "ticktext": []}, yaxis={"range": [0, 10]})
    return sheet


def _edges(label: dict[str, Any], sheet: Sheet) -> tuple[float, float, float, float]:
    """Return left, right, foot and top of what a label inks, from the lower left corner of the plot."""
    frame, size, lines = sheet.frame, label["font"]["size"], label["text"].split("<br>")
    wide, high = longest(lines, size), len(lines) * size * LINE + 4
    left = label["x"] / 10 * frame.wide + label.get("xshift", 0)
    left -= {"left": -2.0, "center": wide / 2, "right": wide + 2.0}[label["xanchor"]]
    foot = label["y"] / 10 * frame.high + label.get("yshift", 0) - high / 2
    return left, left + wide, foot + 2 + size * 0.25, foot + high - 2 - size * 0.25


def _lines(label: dict[str, Any], sheet: Sheet) -> list[tuple[float, float, float, float]]:
    """Return the same of each line of a label: beside a short one there is room."""
    size, lines = label["font"]["size"], label["text"].split("<br>")
    left, right, _, top = _edges(label, sheet)
    boxes = []
    for number, line in enumerate(lines):
        own, high = longest([line], size), top - number * size * LINE
        start = left + {"left": 0.0, "center": 0.5, "right": 1.0}[label["align"]] * (right - left - own)
        boxes.append((start, start + own, high - size * (LINE - 0.5), high))
    return boxes


LABELS = st.tuples(
    st.sampled_from(SCRIPTS), st.floats(0, 10), st.floats(1, 9), st.sampled_from(["left", "center", "right"])
)


@given(st.sampled_from(LOOKS), st.lists(LABELS, min_size=1, max_size=4))
def test_no_label_is_cut_or_goes_far(look: Any, labels: list[tuple[str, float, float, str]]) -> None:
    """All lie between the picture's edges; up and down none goes farther than half a line more than it is high."""
    sheet = _sheet(look)
    for words, x, y, anchor in labels:
        note(sheet, words, x=x, y=y, look=look, xanchor=anchor)
    settle(sheet)
    for label in sheet["layout"]["annotations"]:
        left, right, *_ = _edges(label, sheet)
        assert left >= -sheet.frame.room.left - 2
        assert right <= sheet.frame.wide + sheet.frame.room.right + 2
        assert abs(label.get("yshift", 0)) <= (1.6 + label["text"].count("<br>")) * LINE * look.label + 1
    before = [dict(label) for label in sheet["layout"]["annotations"]]
    settle(sheet)
    assert [label["text"] for label in sheet["layout"]["annotations"]] == [label["text"] for label in before]


@example(PRINT, SCRIPTS[4], SCRIPTS[0], 0.875, 0.0)
@given(st.sampled_from(LOOKS), st.sampled_from(SCRIPTS), st.sampled_from(SCRIPTS), st.floats(-1, 1), st.floats(-1, 1))
def test_two_that_touch_are_parted(look: Any, one: str, other: str, across: float, up: float) -> None:
    """Two labels in the midst of a picture, however near: the first stays, the second goes where it is free."""
    sheet = _sheet(look)
    note(sheet, one, x=5, y=5, look=look, xanchor="center")
    note(sheet, other, x=5 + across, y=5 + up, look=look, xanchor="center")
    settle(sheet)
    first, second = sheet["layout"]["annotations"]
    assert "yshift" not in first
    if one.count("<br>") + other.count("<br>") > 1:
        return  # two of two lines may lie so far into each other that there is no place near
    for a, b, c, d in _lines(first, sheet):
        for e, f, g, h in _lines(second, sheet):
            assert min(b, f) - max(a, e) <= 1.5 or min(d, h) - max(c, g) <= 1.5


def test_labels_with_room_are_not_moved() -> None:
    """What is neither cut nor met stays as its chart placed it; the properties are the very same."""
    sheet = _sheet(PRINT)
    for y in range(1, 10):
        note(sheet, "41.0", x=5, y=y, look=PRINT)
    before = [dict(label) for label in sheet["layout"]["annotations"]]
    settle(sheet)
    assert sheet["layout"]["annotations"] == before


def test_too_wide_for_the_picture() -> None:
    """Words wider than the picture take a second line, and lie inside."""
    look = on_page(240)
    sheet = _sheet(look)
    note(sheet, "Статья: 40,7 %, янв.–июнь 2023, долл., всё вместе", x=9, y=5, look=look)
    settle(sheet)
    (label,) = sheet["layout"]["annotations"]
    assert "<br>" in label["text"]
    left, right, *_ = _edges(label, sheet)
    assert left >= -sheet.frame.room.left - 1
    assert right <= sheet.frame.wide + sheet.frame.room.right + 1


def test_ticks_across_are_kept_free() -> None:
    """A label that would stand on the name of a month moves away from it; the axis moves nothing."""
    sheet = _sheet(PRINT)
    sheet.update_layout(xaxis={"tickvals": [5], "ticktext": ["2024"], "tickfont": {"size": PRINT.axis}})
    note(sheet, "pale", x=5, y=0, look=PRINT, xanchor="center", yanchor="top")
    settle(sheet)
    assert sheet["layout"]["annotations"][0]["yshift"] != 0


@pytest.mark.parametrize("ref", ["x3", "x"])
def test_an_axis_without_a_range_is_left_alone(ref: str) -> None:
    """Where plotly finds the range itself, nobody here knows where a label stands."""
    sheet = _sheet(PRINT)
    sheet.update_layout(xaxis3={"domain": [0, 1]})
    del sheet["layout"]["xaxis"]["range"]
    for _ in range(2):
        note(sheet, "41.0", x=5, y=5, look=PRINT, xref=ref)
    before = [dict(label) for label in sheet["layout"]["annotations"]]
    settle(sheet)
    assert sheet["layout"]["annotations"] == before


def test_what_the_picture_can_do_without_goes() -> None:
    """Where neither its place nor one near is free, such a label goes; one that is needed stays."""
    sheet = _sheet(PRINT)
    for y in range(0, 1000, 25):  # no room between these lines
        sheet.add_shape(type="line", x0=0, x1=10, y0=y / 100, y1=y / 100)
    note(sheet, "needed", x=2, y=5, look=PRINT)
    note(sheet, "rather", x=7, y=5, look=PRINT, name=IF_FREE)
    note(sheet, "above", x=7, y=9.9, yshift=30, look=PRINT, name=IF_FREE)
    settle(sheet)
    assert [label["text"] for label in sheet["layout"]["annotations"]] == ["needed", "above"]


def _diagonal(**more: Any) -> Sheet:
    """Return a picture with a line from corner to corner."""
    sheet = _sheet(PRINT)
    sheet.add_scatter(x=[0, 10], y=[0, 10], mode="lines", line={"color": "#000000"}, **more)
    return sheet


def test_a_label_is_moved_off_a_line_and_off_a_dot() -> None:
    """What a line of the data or a dot would strike stands beside it; one on a ground of its own stays."""
    sheet = _diagonal()
    sheet.add_scatter(x=[8], y=[2], mode="markers", marker={"size": 9})
    sheet.add_scatter(x=[2], y=[8], mode="markers", marker={"size": 9, "opacity": 0})  # for the pointer alone
    for x, y, more in ((5, 5, {}), (8, 2, {}), (2, 8, {}), (5, 5, {"bgcolor": "#FFFFFF"})):
        note(sheet, "41.0", x=x, y=y, look=PRINT, xanchor="center", **more)
    settle(sheet)
    struck, on_dot, free, _ = sheet["layout"]["annotations"]
    for label in (struck, on_dot):
        assert abs(label.get("xshift", 0)) + abs(label.get("yshift", 0)) > 4
    assert not {"xshift", "yshift"} & set(free)
    alone = _diagonal()
    note(alone, "41.0", x=5, y=5, look=PRINT, xanchor="center", bgcolor="#FFFFFF")
    settle(alone)
    assert not {"xshift", "yshift"} & set(alone["layout"]["annotations"][0])


def test_a_missing_value_parts_a_line() -> None:
    """Between two points with none between them nothing is drawn, and no label moves."""
    sheet = _sheet(PRINT)
    sheet.add_scatter(x=[0, None, 10], y=[5, None, 5], mode="lines", line={"color": "#000000"})
    note(sheet, "41.0", x=5, y=5, look=PRINT, xanchor="center")
    settle(sheet)
    assert not {"xshift", "yshift"} & set(sheet["layout"]["annotations"][0])


def test_no_label_goes_below_the_axis_for_a_line() -> None:
    """Struck at the foot of the plot it rises, or stays: under the axis the ticks have their words."""
    sheet = _sheet(PRINT)
    sheet.add_shape(type="line", x0=5, x1=5, y0=0, y1=10)
    note(sheet, "words at the foot", x=5, y=0, look=PRINT, xanchor="center", yanchor="bottom")
    settle(sheet)
    assert sheet["layout"]["annotations"][0].get("yshift", 0) >= 0
