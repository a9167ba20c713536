"""Ratios of figures of one basis: shares, and the concentration of partners."""

from typing import Final

import pandas as pd

COVERED: Final = 0.98  # of a country's trade must be told by partner for a concentration to mean something


def share(part: pd.Series, whole: pd.Series) -> pd.Series:
    """Return ``part / whole``, from 0 to 1.

    Refused, that is empty: a whole that is missing or not above zero, and a part that is negative
    or larger than its whole (the two figures then do not speak of the same trade).
    """
    fits = whole.gt(0) & part.ge(0) & part.le(whole)
    return (part / whole.where(fits)).where(fits)


def hhi(values: pd.Series, whole: float) -> float:
    """Return the Herfindahl-Hirschman index of partners: the sum of ``(value / whole) ** 2``, 0 to 1.

    1 is a single partner, 1/n is n equal ones. Empty unless the partners add up to the whole, within
    two per cent. Formula: Hirschman, The American Economic Review 54 (1964), page 761.
    """
    covered = values.sum() / whole if whole > 0 else 0.0
    if not COVERED <= covered <= 2 - COVERED:
        return float("nan")
    return float(((values / whole) ** 2).sum())
