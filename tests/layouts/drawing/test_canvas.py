"""The canvas: a plain dict that plotly takes as it is, with missing numbers as gaps and nothing checked at run time."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import plotly.graph_objects as go
import pytest

from analysis.selection import Selection
from layouts.charts.registry import CHARTS
from layouts.drawing.canvas import Canvas, bar, merged, restyled, scatter
from layouts.drawing.values import plain
from layouts.figure import export
from layouts.look.theme import PRINT

if TYPE_CHECKING:
    from analysis.dataset import Dataset


@pytest.mark.parametrize("wrong", [{"widht": 300}, {"width": "wide"}, {"xaxis": {"rnge": [0, 1]}}])
def test_a_property_that_plotly_does_not_know_is_found(wrong: dict[str, object]) -> None:
    """What every test of a picture rests on: a misspelt property or a wrong value raises when checked, not before."""
    figure = Canvas(**wrong)
    with pytest.raises(ValueError, match=r"[Ii]nvalid"):
        figure.checked()


@pytest.mark.parametrize("name", ["dependence", "revisions", "settlement"])
def test_drawing_checks_nothing(name: str, dataset: Dataset, monkeypatch: pytest.MonkeyPatch) -> None:
    """No picture of the page is built of plotly's own objects: their checks take longer than the drawing."""
    rows = CHARTS[name].table(dataset, Selection())

    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("plotly's objects are for tests")

    monkeypatch.setattr(go.Figure, "__init__", refuse)
    monkeypatch.setattr(go.Scatter, "__init__", refuse)
    assert export.drawn(CHARTS[name], rows, Selection(), PRINT)["data"]
    with pytest.raises(AssertionError, match="for tests"):
        Canvas().checked()


def test_values_are_those_of_the_table() -> None:
    """Columns become lists, missing numbers None, dates of no column are refused, and no number is rounded."""
    assert plain(pd.Series([0.1 + 0.2, np.nan])) == [0.30000000000000004, None]
    assert plain(np.array([1, 2])) == [1, 2]
    assert plain(pd.Series(["a", None, pd.NA])) == ["a", None, None]
    assert plain(pd.DataFrame({"a": ["x", "y"], "b": [1.5, np.nan]})) == [["x", 1.5], ["y", None]]
    assert plain({"size": np.int64(3), "color": None, "on": np.True_}) == {"size": 3, "on": True}
    assert plain((np.float64("nan"), None, float("nan"), True)) == [None, None, None, True]
    assert type(plain(np.float64(2.5))) is float
    with pytest.raises(TypeError, match="cannot hold Timestamp"):
        plain(pd.Timestamp("2024-01-01"))


def test_properties_are_laid_over_part_by_part() -> None:
    """A later word changes what it names and nothing else, and the first dict stays as it was."""
    first = {"font": {"size": 12, "color": "red"}, "x": 1}
    assert merged(first, {"font": {"size": 14}}) == {"font": {"size": 14, "color": "red"}, "x": 1}
    assert first["font"] == {"size": 12, "color": "red"}
    trace = scatter(x=[1], line={"width": 2, "dash": "dot"})
    assert restyled(trace, line={"width": 4})["line"] == {"width": 4, "dash": "dot"}
    assert trace["line"]["width"] == 2
    assert bar(ids=None) == {"type": "bar"}


def test_axes_words_and_traces_are_gathered_in_order() -> None:
    """Axes that are there are changed, none is made; words keep their order, and one is changed by what it reads."""
    figure = Canvas(yaxis={"nticks": 3})
    assert figure.bare
    figure.update_xaxes(range=[0, 1])
    assert "xaxis" not in figure["layout"]
    figure.update_layout(yaxis2={"nticks": 4})
    figure.update_yaxes(range=(0, 2))
    assert [figure.reach(name) for name in ("yaxis", "yaxis2")] == [(0, 2), (0, 2)]
    figure.add_annotation(text="a", x=1)
    figure.add_annotation(text="b", font={"size": 12})
    assert not figure.bare
    figure.reworded("b", text="c", font={"color": "red"})
    assert figure["layout"]["annotations"] == [
        {"text": "a", "x": 1},
        {"text": "c", "font": {"size": 12, "color": "red"}},
    ]


def test_the_checked_figure_follows_the_canvas() -> None:
    """Plotly's object is built anew after each change, without the template that plotly adds by itself."""
    figure = Canvas(width=300)
    assert figure.layout.width == 300
    assert figure.layout.template.layout.to_plotly_json() == {}
    figure.update_layout(width=400)
    figure.add_scatter(x=[1, None], y=[2, 3])
    figure.add_shape(type="line", x0=0, x1=1, y0=0, y1=1)
    assert figure.layout.width == 400
    assert figure.data[0].x == (1, None)
    assert len(figure.layout.shapes) == 1
    assert json.loads(figure.to_json())["layout"]["width"] == 400
