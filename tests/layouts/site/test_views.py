"""Which views a copy holds: every control with every other, but not a measure with a chart's own control."""

from __future__ import annotations

from dataclasses import replace
from math import prod

import pytest

from analysis.selection import CURRENCIES, FLOWS, MEASURES, Selection
from layouts.charts.registry import CHARTS
from layouts.figure.chart import Choice
from layouts.site import views

PAGE = [chart.name for chart in CHARTS.values() if chart.page]


@pytest.mark.parametrize("name", PAGE)
def test_every_reachable_view_is_there_once(name: str) -> None:
    """The default comes first; no view stands twice; each is known again by its key."""
    (chart,) = [one for one in views.charts() if one.name == name]
    held = views.views(chart)
    keys = [views.key(view) for view in held]
    assert keys[0] == ""
    assert len(set(keys)) == len(keys)
    assert all(Selection.from_query(f"?{key}") == view for key, view in zip(keys, held, strict=True))
    options = [len(views.SHARED[word]) for word in views.shared(chart) if word != "measure"]
    options += [len(choice.options) for choice in chart.choices]
    measures = len(MEASURES) if "measure" in views.shared(chart) else 1
    plain = prod(len(views.SHARED[word]) for word in views.shared(chart) if word != "measure")
    assert len(held) == prod(options) + (measures - 1) * plain


def test_a_measure_goes_with_no_control_of_a_chart_alone() -> None:
    """By hand, for a chart of flow, measure, currency and one control of two: 4 * 2 * (2 + 6) views."""
    chart = replace(
        CHARTS["pulse"], reads=("flow", "measure", "currency", "events"), choices=(Choice("events", ("off", "on")),)
    )
    held = views.views(chart)
    assert len(held) == len(FLOWS) * len(CURRENCIES) * (2 + len(MEASURES) - 1)
    assert not [view for view in held if view.measure and view.events]


def test_a_field_to_type_in_is_not_offered() -> None:
    """What a reader types needs the program: the copy has no such control."""
    (goods,) = [one for one in views.charts() if one.name == "goods"]
    assert "find" in [choice.field for choice in CHARTS["goods"].choices]
    assert "find" not in [choice.field for choice in goods.choices]
    assert all(view.find is None for view in views.views(goods))


def test_the_language_is_no_part_of_a_key() -> None:
    """The same view has one name in every language."""
    assert views.key(Selection(flow="import", lang="zh")) == views.key(Selection(flow="import")) == "flow=import"
