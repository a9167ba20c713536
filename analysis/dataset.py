"""The dataset: the one table and the side tables that the measures read."""

from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Final

import pandas as pd

from analysis.cache import per_dataset
from analysis.source_names import reports
from analysis.vintages import as_known

SIDES: Final = (
    "claims",
    "rates",
    "printed_rates",
    "events",
    "quantities",
    "silences",
    "breaks",
    "hs_changes",
    "dualuse",
    "settlement",
    "settlement_currency",
    "settlement_regions",
    "oil_prices",
    "chpl",
    "hs_names",
    "hs_chapters_en",
    "hs_headings_en",
    "hs_short_names",
    "everyday_words",
    "CHECKS",
)
_TO_MIDNIGHT: Final = pd.Timedelta(days=1) - pd.Timedelta(seconds=1)


@dataclass(frozen=True, eq=False)
class Dataset:
    """What was read at one moment; ``problems`` says in a line each what could not be.

    ``refreshed`` is the moment of the newest answer that a refresh took in, if any; ``day`` is the day
    ``YYYY-MM-DD`` whose knowledge this is, empty for now; ``imports`` says in a line each what a reader brought;
    ``version`` is the name of this state of the data, empty where it has none.
    """

    trade: pd.DataFrame
    sides: dict[str, pd.DataFrame] = field(default_factory=dict)
    problems: tuple[str, ...] = ()
    read: pd.Timestamp = field(default_factory=pd.Timestamp.now)
    refreshed: str | None = None
    day: str = ""
    imports: tuple[str, ...] = ()
    version: str = ""

    @cached_property
    def known(self) -> pd.DataFrame:
        """The table as known now: one row a series key."""
        return as_known(self.trade)

    @cached_property
    def pair_totals(self) -> pd.DataFrame:
        """China's own totals with Russia, as known now, every source, window and currency."""
        known = self.known
        chosen = reports(known, "CHN", "RUS") & known["commodity_code"].eq("TOTAL")
        return known[chosen].reset_index(drop=True)

    @property
    def last_year(self) -> int:
        """The year of China's newest total with Russia; this year where there is none."""
        newest = self.pair_totals["period_end"].max()
        return self.read.year if pd.isna(newest) else int(newest.year)

    @cached_property
    def settled(self) -> "Dataset":
        """The same as if read on the day of its newest figure: it does not depend on when it is looked at."""
        newest = self.trade["known_by"].max() if len(self.trade) else None
        return self if pd.isna(newest) or newest == self.read else replace(self, read=newest)

    @property
    def newest(self) -> str:
        """The day ``YYYY-MM-DD`` by which all of its figures were public; empty where there are none."""
        day = self.trade["known_by"].max() if len(self.trade) else pd.NaT
        return "" if pd.isna(day) else f"{day:%Y-%m-%d}"

    def on(self, day: str | None) -> "Dataset":
        """Return the dataset as known on a day ``YYYY-MM-DD``, itself without one; the same day gives the same one."""
        return self if day is None else _on(self, day)

    def side(self, name: str) -> pd.DataFrame:
        """Return a side table, empty where it could not be read."""
        return self.sides.get(name, pd.DataFrame())


@per_dataset(4)
def _on(dataset: Dataset, day: str) -> Dataset:
    """Keep what was public on or before the day, by its release or by the day that it was known by at the latest.

    Claims are questions and stay; an event counts from its date.
    """
    last = pd.Timestamp(day)
    trade = dataset.trade[dataset.trade["known_by"].le(last + _TO_MIDNIGHT)].reset_index(drop=True)
    sides = {name: _read_by(side, last) for name, side in dataset.sides.items()}
    return replace(dataset, trade=trade, sides=sides, read=min(dataset.read, last + _TO_MIDNIGHT), day=day)


def _read_by(side: pd.DataFrame, last: pd.Timestamp) -> pd.DataFrame:
    """Keep the rows of a side table that carry a day on or before ``last``; a table without days stays."""
    column = next((name for name in ("released", "date") if name in side), None)
    if column is None:
        return side
    # a month or a year alone counts from its last day on
    days = side[column].map({text: _last_day(text) for text in side[column].unique()})
    return side[pd.to_datetime(days).le(last)].reset_index(drop=True)


def _last_day(text: object) -> pd.Timestamp | None:
    """Return the last day that a date ``YYYY``, ``YYYY-MM`` or ``YYYY-MM-DD`` can mean."""
    if not isinstance(text, str) or not text:
        return None
    span = {4: "Y", 7: "M"}.get(len(text), "D")
    return pd.Period(text[:10], freq=span).end_time.normalize()
