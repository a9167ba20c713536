"""Colours can be read and told apart, in numbers: by WCAG's contrast, and as colour-blind readers see them.

Sources of the formulas: WCAG 2.2, relative luminance and contrast ratio; G. M. Machado, M. M. Oliveira and
L. A. F. Fernandes, "A Physiologically-based Model for Simulation of Color Vision Deficiency", IEEE TVCG 15 (2009),
the matrices of severity 1.0; CIE 1976 (L*, a*, b*), difference Delta E*ab, white point D65.
"""

from __future__ import annotations

from itertools import combinations, pairwise
from typing import Final

import numpy as np
import pytest

from layouts.look.theme import DARK, LIGHT, PAPER, Palette

THEMES: Final = {"light": LIGHT, "dark": DARK, "paper": PAPER}
SEEN: Final = {
    "full": np.eye(3),
    "protanopia": np.array(
        [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]]
    ),
    "deuteranopia": np.array(
        [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]]
    ),
    "tritanopia": np.array(
        [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900]]
    ),
}
TO_XYZ: Final = np.array(
    [[0.4124564, 0.3575761, 0.1804375], [0.2126729, 0.7151522, 0.0721750], [0.0193339, 0.1191920, 0.9503041]]
)
WHITE: Final = np.array([0.95047, 1.0, 1.08883])
APART = 20.0  # of series that lie in one plot
STEP = 10.0  # of neighbours in a stack, which a gap and their order part too


def linear(colour: str) -> np.ndarray:
    """Return red, green and blue of ``#RRGGBB`` in linear light, 0 to 1."""
    parts = np.array([int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)])
    return np.where(parts <= 0.04045, parts / 12.92, ((parts + 0.055) / 1.055) ** 2.4)


def contrast(one: str, other: str) -> float:
    """Return WCAG's contrast ratio, 1 to 21."""
    light, dark = sorted((float(TO_XYZ[1] @ linear(colour)) for colour in (one, other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def lab(colour: str, seen: str) -> np.ndarray:
    """Return L*, a*, b* of a colour as it is seen."""
    xyz = TO_XYZ @ np.clip(SEEN[seen] @ linear(colour), 0, 1) / WHITE
    root = np.where(xyz > 216 / 24389, np.cbrt(xyz), (24389 / 27 * xyz + 16) / 116)
    return np.array([116 * root[1] - 16, 500 * (root[0] - root[1]), 200 * (root[1] - root[2])])


def difference(one: str, other: str, seen: str) -> float:
    """Return Delta E*ab."""
    return float(np.linalg.norm(lab(one, seen) - lab(other, seen)))


def test_formulas() -> None:
    """Black on white is 21 to 1 and lies 100 apart; red and green come near to each other for protanopes."""
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21, abs=0.01)
    assert difference("#000000", "#FFFFFF", "full") == pytest.approx(100, abs=0.1)
    green, red = "#5A9E3A", "#C65D3B"
    assert difference(green, red, "protanopia") < 0.5 * difference(green, red, "full")


@pytest.mark.parametrize("name", THEMES)
def test_words_can_be_read(name: str) -> None:
    """Every colour of words is 4.5 to 1 on the ground; marks and the state of a claim 3 to 1."""
    theme: Palette = THEMES[name]
    for colour in ("ink", "ink2", "ink3", "china_text", "russia_text", "holds", "otherwise", "fails", "untested"):
        assert contrast(getattr(theme, colour), theme.ground) >= 4.5, colour
    for colour in ("china", "russia", "rest"):
        assert contrast(getattr(theme, colour), theme.ground) >= 3, colour


@pytest.mark.parametrize("seen", SEEN)
@pytest.mark.parametrize("name", THEMES)
def test_series_can_be_told_apart(name: str, seen: str) -> None:
    """China, Russia and the rest, and each fuel from its neighbour, however colours are seen."""
    theme: Palette = THEMES[name]
    for one, other in combinations((theme.china, theme.russia, theme.rest), 2):
        assert difference(one, other, seen) >= APART, (one, other)
    for one, other in pairwise(theme.fuels):
        assert difference(one, other, seen) >= STEP, (one, other)
