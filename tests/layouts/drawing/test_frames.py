"""Pictures as a whole: plotly accepts them, margins come from the look and the words, no label is cut."""

from __future__ import annotations

import ast
import json
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from analysis.selection import Selection
from layouts.charts import registry
from layouts.charts.registry import CHARTS
from layouts.drawing import geometry
from layouts.figure.chart import Words
from layouts.figure.frame import blank, framed, note
from layouts.look.theme import PRINT, on_page
from tests.layouts.pictures import spans

if TYPE_CHECKING:
    from analysis.dataset import Dataset
    from layouts.drawing.canvas import Canvas
    from layouts.look.theme import Look

LOOKS = {"print": PRINT, "middle": on_page(760, dark=True)}
LOOKS |= {f"{wide} {dark}": on_page(wide, dark=dark) for wide in (1040, 358) for dark in (False, True)}
# views whose labels once left the picture
VIEWS = [
    *(("?measure=yoy&currency=USD", name) for name in ("pulse", "growth")),
    ("?measure=sum12&currency=USD&start=2015", "growth"),
    ("?start=2022", "energy"),
    ("?start=2020", "energy"),
    ("?start=2019", "price-volume"),
    ("?end=2021", "mirror"),
    ("?step=month", "mirror"),
]
WORDS = Words("A finding " * 20, "What is shown " * 9, "Source: somebody. " * 20, "%", "A note. " * 12)


@pytest.mark.parametrize("name", CHARTS)
def test_every_picture_is_sound(name: str, dataset: Dataset) -> None:
    """Each chart, wide and on a phone, light and dark, is a plain dict that plotly accepts, with no label cut."""
    chart = CHARTS[name]
    rows = chart.table(dataset, Selection())
    for look in LOOKS.values():
        figure = chart.draw(rows, Selection(), look)
        assert json.loads(json.dumps(figure, allow_nan=False)) == figure
        assert len(figure.checked().data) == len(figure["data"])
        assert not cut(figure)


@pytest.mark.parametrize(("query", "name"), VIEWS)
def test_no_label_leaves_the_picture(query: str, name: str, dataset: Dataset) -> None:
    """Labels that once were cut at an edge lie inside."""
    selection = Selection.from_query(query)
    rows = CHARTS[name].table(dataset, selection)
    for look in LOOKS.values():
        assert not cut(CHARTS[name].draw(rows, selection, look))


def cut(figure: Canvas) -> list[tuple[str, float, float]]:
    """Return the labels that do not lie between the picture's left and right edge."""
    edge = figure["layout"]["width"]
    return [(label, left, right) for label, left, right in spans(figure) if left < -1 or right > edge + 1]


def test_a_cut_label_is_found() -> None:
    """What the tests above rest on: words that begin near the right edge are told, with their place."""
    phone = on_page(358, dark=False)
    sheet = blank(phone, WORDS, geometry.room(phone, right=40))
    sheet.update_xaxes(range=[0, 10])
    note(sheet, "many words", x=10, y=0, look=phone)
    (label,) = cut(framed(sheet))
    assert label[:2] == ("many words", 318)


@pytest.mark.parametrize("look", LOOKS.values(), ids=LOOKS)
def test_the_plot_is_what_the_margins_leave(look: Look) -> None:
    """The frame's plot is the picture less its margins; more words make a picture of the page higher, not its plot."""
    sheet = blank(look, WORDS, geometry.room(look, left=50, right=70, below=46, band=20))
    sheet.add_scatter(x=[1], y=[1])
    layout = framed(sheet)["layout"]
    margin = layout["margin"]
    assert sheet.frame.wide == look.width - margin["l"] - margin["r"] == look.width - 2 * look.margin - 120
    assert sheet.frame.high == pytest.approx(layout["height"] - margin["t"] - margin["b"])
    assert layout["height"] == look.height if look.printed else layout["height"] > look.height
    for more in (replace(WORDS, source=f"Source: {'somebody, ' * 90}."), replace(WORDS, key="1 is a sign. " * 30)):
        higher = blank(look, more, sheet.frame.room)
        assert higher.frame.height == look.height if look.printed else higher.frame.height > layout["height"]
        assert look.printed or higher.frame.high == pytest.approx(sheet.frame.high, abs=1)
    assert blank(look, replace(WORDS, note=WORDS.note * 9), sheet.frame.room).frame.height == sheet.frame.height


def test_room_follows_what_is_written() -> None:
    """Longer labels get more room; short names at the right get what the look gives; markup has no width."""
    phone = on_page(358, dark=False)
    assert geometry.scale(PRINT, "100") < geometry.scale(PRINT, "1,000") < geometry.scale(PRINT) + 10
    assert geometry.ends(phone, ["<b>5.0</b>"]) == phone.gutter
    assert geometry.ends(phone, ["<b>−1,234.5%</b>"]) > phone.gutter
    assert geometry.longest(["<b>a</b><br>abc"], 10) == geometry.longest(["abc"], 10)
    assert geometry.longest(["<span style='color:#FFF'>abc</span>"], 10) == geometry.longest(["abc"], 10)
    assert geometry.longest(["<b>abc</b>abc"], 1000) == 1 + int(1.065 * (556 + 556 + 500)) + (556 + 556 + 500)
    assert geometry.longest([], 10) == 0
    assert geometry.bare() == geometry.Room(0, 0, geometry.NO_AXIS)


def test_no_chart_types_a_margin() -> None:
    """Room around a plot is reckoned from the look and the words: no chart gives it as a number."""
    typed = []
    for path in sorted(Path(str(registry.__file__)).parent.glob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Attribute)
                and node.func.attr in {"room", "bare"}
            ):
                given = [*node.args, *(word.value for word in node.keywords)]
                typed += [(path.name, one.lineno) for one in given if isinstance(one, ast.Constant) and one.value]
    assert not typed
