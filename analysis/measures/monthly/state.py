"""The state of trade: the newest year to date, each flow against the same months a year before."""

from dataclasses import dataclass, replace
from typing import Final

import pandas as pd

from analysis.basis import BASIS, Basis
from analysis.dataset import Dataset
from analysis.measures.monthly.growth import year_to_date

_BACK: Final = 7  # years of history before the window


@dataclass(frozen=True)
class KeyFigure:
    """One key figure in whole units, its value a year before, and where both come from.

    ``yoy_pct`` is the rate that leads, in per cent: customs' own where the same table prints it
    (``printed`` is true), else ``computed_pct``, the figure over that of a year before. ``basis`` is a
    code of ``analysis.basis``; figure and base share it, and ``before`` is empty where no base does.
    """

    flow: str
    value: float
    before: float
    yoy_pct: float
    source: str
    released: pd.Timestamp | None
    reference: str
    history: tuple[tuple[int, float, bool], ...]
    basis: str = ""
    computed_pct: float = float("nan")
    printed: bool = False


@dataclass(frozen=True)
class State:
    """The newest window that all flows share, and the four figures of it."""

    start: pd.Timestamp
    end: pd.Timestamp
    currency: str
    figures: dict[str, KeyFigure]

    def age_months(self, today: pd.Timestamp) -> int:
        """Whole months between the end of the newest month and ``today``."""
        return (today.year - self.end.year) * 12 + today.month - self.end.month - 1


def state(dataset: Dataset, currency: str, since: int = 2019, last: pd.Timestamp | None = None) -> State | None:
    """Return the newest year to date in ``currency`` up to the month ``last``, or None where none can be put together.

    The history of each figure begins with ``since``, or seven years before the window where that is earlier.
    """
    rows = year_to_date(dataset, currency)
    ends = [set(rows.loc[rows["flow"].eq(flow), "period_end"]) for flow in ("total", "export", "import")]
    shared = {end for end in set.intersection(*ends) if last is None or end <= last}
    if not shared:
        return None
    end = max(shared)
    since = min(since, end.year - _BACK)
    same = rows[rows["period_end"].dt.month.eq(end.month) & rows["period_start"].dt.month.eq(1)]
    same = same[same["period_end"].le(end)]
    figures = {flow: _figure(same[same["flow"].eq(flow)], end, since) for flow in ("total", "export", "import")}
    figures["balance"] = _balance(figures["export"], figures["import"])
    return State(pd.Timestamp(end.year, 1, 1), end, currency, figures)


def _figure(rows: pd.DataFrame, end: pd.Timestamp, since: int) -> KeyFigure:
    newest = rows[rows["period_end"].eq(end)].iloc[0]
    past = rows[rows["period_end"].dt.year.ge(since)].sort_values("period_end")
    gaps = past["period_end"].dt.year.diff().gt(1)
    past = past[gaps.cumsum().eq(gaps.sum())]  # columns stand side by side: no year is left out between them
    years, values, weak = past["period_end"].dt.year, past["value"], past["provisional"]
    return KeyFigure(
        flow=str(newest["flow"]),
        value=float(newest["value"]),
        before=float(newest["base_value"]),
        yoy_pct=float(newest["yoy_pct"]),
        source=str(newest["source"]),
        released=None if pd.isna(newest["released"]) else newest["released"],
        reference=str(newest["reference"]),
        history=tuple((int(y), float(v), bool(p)) for y, v, p in zip(years, values, weak, strict=True)),
        basis=str(newest[BASIS]),
        computed_pct=float(newest["computed_pct"]),
        printed=bool(pd.notna(newest["printed_pct"])),
    )


def _balance(export: KeyFigure, imports: KeyFigure) -> KeyFigure:
    """Exports less imports; a growth rate of a balance means nothing and stays empty."""
    bought = {year: value for year, value, _ in imports.history}
    history = tuple((year, value - bought[year], weak) for year, value, weak in export.history if year in bought)
    return KeyFigure(
        flow="balance",
        value=export.value - imports.value,
        before=export.before - imports.before,
        yoy_pct=float("nan"),
        source=export.source,
        released=export.released,
        reference=export.reference,
        history=history,
        basis=str(replace(Basis.read(export.basis), valuation="FOB+CIF")) if export.basis else "",
    )
