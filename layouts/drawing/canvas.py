"""The canvas: a figure as the plain dict that plotly.js reads.

Plotly's own figure objects check every property while a picture is drawn, which takes longer than
drawing it. Here nothing is checked at run time; the tests hold every picture against plotly's schema.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from layouts.drawing.values import properties

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    import plotly.graph_objects as go

Trace = dict[str, Any]


def merged(old: Mapping[str, Any], new: Mapping[str, Any]) -> dict[str, Any]:
    """Return ``old`` with ``new`` laid over it, dicts inside dicts part by part."""
    out = dict(old)
    for key, value in new.items():
        before = out.get(key)
        out[key] = merged(before, value) if isinstance(before, dict) and isinstance(value, dict) else value
    return out


def scatter(**trace: object) -> Trace:
    """Return points or a line as a trace."""
    return {"type": "scatter", **properties(trace)}


def bar(**trace: object) -> Trace:
    """Return bars as a trace."""
    return {"type": "bar", **properties(trace)}


def restyled(trace: Trace, **style: object) -> Trace:
    """Return a trace with some of its properties set anew."""
    return merged(trace, properties(style))


class Canvas(dict[str, Any]):
    """A figure, ``{"data": [...], "layout": {...}}``, ready to be sent; plotly's words add to it.

    Numbers stay as they are, a missing one is None; a property given as None is left out. ``description`` is what the
    picture says in words, for whoever does not see it; ``empty`` is true of a finished one that shows nothing else.
    """

    description = ""
    empty = False

    def __init__(self, **layout: object) -> None:
        """Start empty, with a layout; without a template of its own plotly would add one."""
        super().__init__(data=[], layout={"template": {}, "annotations": [], "shapes": [], **properties(layout)})
        self._object: go.Figure | None = None

    @property
    def bare(self) -> bool:
        """True while nothing was drawn."""
        return not (self["data"] or self["layout"]["annotations"] or self["layout"]["shapes"])

    def add_scatter(self, **trace: object) -> None:
        """Add points or a line."""
        self.add_traces([scatter(**trace)])

    def add_bar(self, **trace: object) -> None:
        """Add bars."""
        self.add_traces([bar(**trace)])

    def add_traces(self, traces: Iterable[Trace]) -> None:
        """Add traces made by :func:`scatter` or :func:`bar`."""
        self._object = None
        self["data"].extend(traces)

    def add_annotation(self, **words: object) -> None:
        """Add words at a place."""
        self._object = None
        self["layout"]["annotations"].append(properties(words))

    def add_shape(self, **shape: object) -> None:
        """Add a line or a rectangle."""
        self._object = None
        self["layout"]["shapes"].append(properties(shape))

    def reworded(self, text: str, /, **words: object) -> None:
        """Lay properties over those of the words that read ``text``."""
        self._object = None
        notes, new = self["layout"]["annotations"], properties(words)
        notes[:] = [merged(one, new) if one["text"] == text else one for one in notes]

    def update_layout(self, **layout: object) -> None:
        """Lay properties over those that the layout has; ``xaxis2`` and the like make an axis of their own."""
        self._object = None
        self["layout"] = merged(self["layout"], properties(layout))

    def update_xaxes(self, **axis: object) -> None:
        """Lay properties over those of every axis across that there is."""
        self.update_layout(**{name: axis for name in self["layout"] if name.startswith("xaxis")})

    def update_yaxes(self, **axis: object) -> None:
        """Lay properties over those of every axis upwards that there is."""
        self.update_layout(**{name: axis for name in self["layout"] if name.startswith("yaxis")})

    def reach(self, axis: str) -> tuple[float, float]:
        """Return the range that an axis, ``xaxis`` or ``yaxis2``, was given."""
        low, high = self["layout"][axis]["range"]
        return low, high

    def checked(self) -> go.Figure:
        """Return the figure as plotly's object, every property checked: for tests and notebooks, too slow for a page.

        Raises:
            ValueError: plotly knows no such property, or no such value of it.
        """
        if self._object is None:
            import plotly.graph_objects as go  # noqa: PLC0415 (large, and no page needs it)

            self._object = go.Figure(self)
        return self._object

    @property
    def data(self) -> Any:  # noqa: ANN401 (plotly carries no types)
        """The traces as plotly's objects, checked."""
        return self.checked().data

    @property
    def layout(self) -> Any:  # noqa: ANN401 (plotly carries no types)
        """The layout as plotly's object, checked."""
        return self.checked().layout

    def to_json(self) -> str:
        """Return the figure as JSON, checked."""
        return str(self.checked().to_json())
