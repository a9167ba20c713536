"""The book: the one table and the side tables that the measures read."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import Final

import pandas as pd

from analysis.vintages import as_known

SIDES: Final = (
    "claims",
    "rates",
    "printed_rates",
    "events",
    "quantities",
    "dualuse",
    "settlement",
    "settlement_currency",
    "chpl",
    "hs_names",
    "hs_chapters_en",
    "hs_headings_en",
)


@dataclass(frozen=True, eq=False)
class Book:
    """What was read at one moment; ``problems`` says in a line each what could not be."""

    trade: pd.DataFrame
    sides: dict[str, pd.DataFrame] = field(default_factory=dict)
    problems: tuple[str, ...] = ()
    read: pd.Timestamp = field(default_factory=pd.Timestamp.now)

    @cached_property
    def known(self) -> pd.DataFrame:
        """The table as known now: one row a series key."""
        return as_known(self.trade)

    @cached_property
    def pair_totals(self) -> pd.DataFrame:
        """China's own totals with Russia, as known now, every source, window and currency."""
        known = self.known
        chosen = known["reporter"].eq("CHN") & known["partner"].eq("RUS") & known["commodity_code"].eq("TOTAL")
        return known[chosen].reset_index(drop=True)

    @property
    def last_year(self) -> int:
        """The year of China's newest total with Russia; this year where there is none."""
        newest = self.pair_totals["period_end"].max()
        return self.read.year if pd.isna(newest) else int(newest.year)

    def side(self, name: str) -> pd.DataFrame:
        """Return a side table, empty where it could not be read."""
        return self.sides.get(name, pd.DataFrame())
