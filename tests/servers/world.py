"""The made-up world that the healthy servers report on: how far it has got, and what was revised."""

from __future__ import annotations

import zlib
from dataclasses import dataclass, field

import pandas as pd


@dataclass
class World:
    """What is published: months and years up to a last one, and figures that can be revised."""

    last: pd.Period = field(default_factory=lambda: pd.Period("2026-09", "M"))
    first: pd.Period = field(default_factory=lambda: pd.Period("2015-01", "M"))
    year: int = 2025
    revised: dict[str, int] = field(default_factory=dict)
    released: str = "2026-06-12T21:27:01.16"

    def months(self, since: str = "2015-01") -> list[str]:
        """Return the months published since then, as YYYY-MM."""
        first = max(self.first, pd.Period(since, "M"))
        return [str(month) for month in pd.period_range(first, self.last, freq="M")]

    def figure(self, *key: str, size: int = 1_000_000_000) -> int:
        """Return a number that depends on the key alone, between one and ten times ``size``."""
        name = "|".join(key)
        return size + zlib.crc32(name.encode()) % (9 * size) + self.revised.get(name, 0)
