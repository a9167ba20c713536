"""The room that each picture takes in the default view, kept free until it is drawn so that nothing jumps.

How high a picture is follows from its words and rows; these are the heights seen, and a test holds them
near to what is drawn. A picture of another view takes the room that it needs.
"""

from __future__ import annotations

from typing import Final

# CSS pixels: on a wide page, on a phone
_HEIGHTS: Final = {
    "pulse": (572, 620),
    "growth": (603, 684),
    "energy": (603, 716),
    "claims": (1003, 2446),
    "price-volume": (556, 703),
    "discount": (588, 636),
    "dependence": (603, 739),
    "goods": (540, 691),
    "dual-use": (639, 991),
    "rerouting": (668, 1168),
    "settlement": (556, 1003),
    "mirror": (572, 628),
    "revisions": (556, 585),
    "coverage": (603, 758),
}
_USUAL: Final = (572, 700)


def room(chart: str) -> dict[str, str]:
    """Return the style that keeps room for a chart; a new chart gets the usual room."""
    wide, phone = _HEIGHTS.get(chart, _USUAL)
    return {"--wide": f"{wide}px", "--phone": f"{phone}px"}
