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
        "pulse": (540, 494),
        "growth": (540, 494),
        "energy": (540, 494),
        "claims": (1054, 2526),
        "price-volume": (540, 624),
        "discount": (540, 510),
        "dependence": (540, 533),
        "goods": (540, 644),
        "dual-use": (607, 865),
        "rerouting": (620, 978),
        "settlement": (540, 955),
        "mirror": (540, 518),
        "revisions": (540, 522),
        "coverage": (540, 615),
    },
    "zh": {
        "pulse": (540, 494),
        "growth": (540, 494),
        "energy": (540, 518),
        "claims": (1033, 2339),
        "price-volume": (540, 624),
        "discount": (540, 510),
        "dependence": (540, 533),
        "goods": (540, 644),
        "dual-use": (607, 849),
        "rerouting": (620, 954),
        "settlement": (540, 940),
        "mirror": (540, 494),
        "revisions": (540, 522),
        "coverage": (540, 615),
    },
    "ru": {
        "pulse": (540, 518),
        "growth": (540, 518),
        "energy": (540, 518),
        "claims": (1429, 2984),
        "price-volume": (540, 648),
        "discount": (540, 533),
        "dependence": (564, 557),
        "goods": (540, 668),
        "dual-use": (624, 889),
        "rerouting": (620, 1001),
        "settlement": (540, 995),
        "mirror": (540, 518),
        "revisions": (540, 546),
        "coverage": (540, 639),
    },
}
_USUAL: Final = (572, 700)


def room(chart: str) -> dict[str, str]:
    """Return the style that keeps room for a chart in the language spoken; a new chart gets the usual room."""
    wide, phone = _HEIGHTS[language.current()].get(chart, _USUAL)
    return {"--wide": f"{wide}px", "--phone": f"{phone}px"}
