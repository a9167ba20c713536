"""The browser's own controls, the place of a picture, and HTML, as Dash components; ``assets/controls.js`` draws them.

Dash's choices and lists fail checks of accessibility, and a library of controls weighs more than the rest
of the page's scripts together. What a control shows is a word of the address: ``assets/view.js`` reads and writes it.
"""

from typing import Any

from dash.development.base_component import Component

_OPTIONS = list[dict[str, str]]


class _Native(Component):
    _namespace = "trade_controls"
    _children_props: list[str] = []  # noqa: RUF012 (Dash's own kind)
    _base_nodes: list[str] = ["children"]  # noqa: RUF012

    def __init__(self, **props: Any) -> None:  # noqa: ANN401 (what a property may be, each class below says)
        self._type = type(self).__name__
        self._prop_names = self.available_properties = ["id", "value", "data", "label", "type", "placeholder", "limits"]
        self._prop_names += ["wait", "figure", "tag", "given", "html"]
        self._valid_wildcard_attributes = self.available_wildcard_properties = []
        super().__init__(**props)  # type: ignore[no-untyped-call]


class Segments(_Native):
    """Radios in a row, one of which is chosen."""

    def __init__(self, id: str, data: _OPTIONS, value: str, label: str) -> None:  # noqa: A002 (Dash's word)
        """Offer ``data``, each a value with its label; ``label`` names the whole for those who cannot see it."""
        super().__init__(id=id, data=data, value=value, label=label)


class Select(_Native):
    """A list of which one is chosen."""

    def __init__(self, id: str, data: _OPTIONS, value: str, label: str) -> None:  # noqa: A002 (Dash's word)
        """Offer ``data``, each a value with its label, and what the address names besides."""
        super().__init__(id=id, data=data, value=value, label=label)


class Field(_Native):
    """A line to type in; its value follows when the reader pauses, leaves it or presses Enter."""

    def __init__(self, id: str, label: str, wait: int, **more: Any) -> None:  # noqa: A002, ANN401
        """Wait so many milliseconds; ``more`` are type, placeholder and ``limits`` such as ``max``."""
        super().__init__(id=id, value="", label=label, wait=wait, **more)


class Picture(_Native):
    """The place of what plotly draws: Dash's own graph would draw an empty one first, and waits for React each time."""

    def __init__(self, id: str) -> None:  # noqa: A002 (Dash's word)
        """Hold nothing yet."""
        super().__init__(id=id)


class Written(_Native):
    """An element whose content is HTML, written once by the server: see ``first_picture.static_html``."""

    def __init__(self, tag: str, given: dict[str, Any], html: str) -> None:
        """Be an element ``tag`` with the properties ``given``, named as React names them, around ``html``."""
        super().__init__(tag=tag, given=given, html=html)
