"""The room that each picture takes in the default view, kept free until it is drawn so that nothing jumps.

How high a picture is follows from its words and rows; these are the heights seen, and a test holds them
near to what is drawn. A picture of another view takes the room that it needs.
"""

from __future__ import annotations

from typing import Final

from layouts.words import language

# CSS pixels by language: on a wide page, on a phone
_HEIGHTS: Final = {
    "en": {
        "pulse": (572, 620),
        "growth": (603, 684),
        "energy": (603, 716),
        "claims": (1054, 2526),
        "price-volume": (572, 719),
        "discount": (588, 652),
        "dependence": (603, 755),
        "goods": (540, 691),
        "dual-use": (639, 1007),
        "rerouting": (668, 1168),
        "settlement": (556, 1019),
        "mirror": (572, 628),
        "revisions": (556, 617),
        "coverage": (603, 774),
    },
    "zh": {
        "pulse": (556, 605),
        "growth": (572, 636),
        "energy": (603, 739),
        "claims": (1033, 2339),
        "price-volume": (540, 687),
        "discount": (588, 636),
        "dependence": (603, 739),
        "goods": (540, 691),
        "dual-use": (639, 960),
        "rerouting": (668, 1128),
        "settlement": (556, 987),
        "mirror": (572, 620),
        "revisions": (556, 585),
        "coverage": (572, 742),
    },
    "ru": {
        "pulse": (588, 692),
        "growth": (603, 755),
        "energy": (635, 803),
        "claims": (1429, 2984),
        "price-volume": (572, 758),
        "discount": (603, 739),
        "dependence": (643, 826),
        "goods": (540, 731),
        "dual-use": (672, 1063),
        "rerouting": (683, 1239),
        "settlement": (572, 1058),
        "mirror": (588, 676),
        "revisions": (556, 656),
        "coverage": (603, 845),
    },
}
_USUAL: Final = (572, 700)


def room(chart: str) -> dict[str, str]:
    """Return the style that keeps room for a chart in the language spoken; a new chart gets the usual room."""
    wide, phone = _HEIGHTS[language.current()].get(chart, _USUAL)
    return {"--wide": f"{wide}px", "--phone": f"{phone}px"}
