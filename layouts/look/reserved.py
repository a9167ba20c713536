"""The room that each picture takes in the default view, kept free until it is drawn so that nothing jumps.

How high a picture is follows from its words and rows; these are the heights seen, and a test holds them
near to what is drawn. A picture of another view takes the room that it needs.
"""

from typing import Final

from layouts.words import language

# CSS pixels by language: on a wide page, on one without the list of questions beside it, on a phone
_HEIGHTS: Final = {
    "en": {
        "pulse": (540, 540, 494),
        "growth": (540, 540, 494),
        "energy": (540, 540, 494),
        "claims": (1054, 1054, 2526),
        "price-volume": (540, 540, 624),
        "discount": (540, 540, 510),
        "dependence": (540, 564, 533),
        "goods": (540, 540, 644),
        "dual-use": (607, 672, 865),
        "rerouting": (620, 620, 978),
        "settlement": (540, 564, 955),
        "mirror": (540, 564, 518),
        "revisions": (540, 540, 522),
        "coverage": (540, 540, 615),
    },
    "zh": {
        "pulse": (540, 540, 494),
        "growth": (540, 540, 494),
        "energy": (540, 564, 518),
        "claims": (1033, 1033, 2339),
        "price-volume": (540, 540, 624),
        "discount": (540, 540, 510),
        "dependence": (540, 564, 533),
        "goods": (540, 540, 644),
        "dual-use": (607, 640, 849),
        "rerouting": (620, 620, 954),
        "settlement": (540, 564, 963),
        "mirror": (540, 540, 494),
        "revisions": (540, 540, 522),
        "coverage": (540, 540, 615),
    },
    "ru": {
        "pulse": (540, 564, 518),
        "growth": (540, 564, 518),
        "energy": (564, 564, 518),
        "claims": (1429, 1429, 2984),
        "price-volume": (540, 564, 648),
        "discount": (540, 540, 533),
        "dependence": (564, 564, 557),
        "goods": (540, 564, 668),
        "dual-use": (624, 746, 889),
        "rerouting": (620, 644, 1001),
        "settlement": (540, 564, 995),
        "mirror": (540, 564, 518),
        "revisions": (540, 564, 546),
        "coverage": (540, 564, 639),
    },
}
_USUAL: Final = (540, 560, 520)
_PAGES: Final = ("wide", "middle", "phone")


def room(chart: str) -> dict[str, str]:
    """Return the style that keeps room for a chart in the language spoken; a new chart gets the usual room."""
    heights = _HEIGHTS[language.current()].get(chart, _USUAL)
    return {f"--{name}": f"{high}px" for name, high in zip(_PAGES, heights, strict=True)}
