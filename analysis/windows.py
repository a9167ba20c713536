"""Any window of months: as printed, or put together from prints that tile it exactly."""

from __future__ import annotations

import heapq
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import pandas as pd

from loaders import schema

if TYPE_CHECKING:
    from collections.abc import Iterable

_SUBTRACTED: Final = 3  # a difference of two year-to-date prints costs as much as three sums


@dataclass(frozen=True)
class Window:
    """The value of one window in whole units, and the prints it is made of, signed."""

    value: float
    parts: tuple[tuple[int, float, str], ...]
    released: pd.Timestamp | None
    source: str
    currency: str

    @property
    def printed(self) -> bool:
        """True where one print gives the window as it stands."""
        return len(self.parts) == 1

    @property
    def steps(self) -> str:
        """The parts in words: what was added and taken away."""
        return " ".join(f"{'+' if sign > 0 else '−'} {name}" for sign, _, name in self.parts).removeprefix("+ ")


def window(rows: pd.DataFrame, start: str, end: str) -> Window | None:
    """Return the window ``start``..``end`` (``YYYY-MM``) from the prints in ``rows``, or None.

    ``rows`` are of one flow, source and currency. The fewest prints win; a print may also be taken
    away from a longer one (January-July less January-June is July). No month is ever split.
    """
    edges = _edges(rows)
    path = _shortest(edges, _ordinal(f"{start}-01"), _ordinal(f"{end}-01") + 1)
    if path is None:
        return None
    used = rows.loc[[row for _, row in path]]
    signs = [sign for sign, _ in path]
    parts = tuple(
        (sign, float(value), f"{period_name(a, b)}")
        for sign, value, a, b in zip(signs, used["value"], used["period_start"], used["period_end"], strict=True)
    )
    total = float(sum(sign * value for sign, value, _ in parts))
    newest = used["released"].max()
    return Window(
        value=total,
        parts=parts,
        released=None if pd.isna(newest) else newest,
        source=" + ".join(dict.fromkeys(used["source"].astype("str"))),
        currency=str(used["currency"].iloc[0]),
    )


def total_window(rows: pd.DataFrame, flow: str, start: str, end: str) -> Window | None:
    """Return the window of one flow; a total that is not printed is exports plus imports."""
    direct = window(rows[rows["flow"].eq(flow)], start, end)
    if direct is not None or flow != "total":
        return direct
    both = [window(rows[rows["flow"].eq(side)], start, end) for side in ("export", "import")]
    if both[0] is None or both[1] is None:
        return None
    first, second = both[0], both[1]
    dates = [date for date in (first.released, second.released) if date is not None]
    return Window(
        first.value + second.value, first.parts + second.parts, max(dates, default=None), first.source, first.currency
    )


def period_name(start: pd.Timestamp, end: pd.Timestamp) -> str:
    """Name a period: ``2023``, ``May 2023``, ``Jan–Jun 2023``, ``Nov 2022–Feb 2023``."""
    if start == end:
        return f"{start:%b %Y}"
    if start.year != end.year:
        return f"{start:%b %Y}–{end:%b %Y}"
    if (start.month, end.month) == (1, 12):
        return f"{start:%Y}"
    return f"{start:%b}–{end:%b %Y}"


def _ordinal(day: str | pd.Timestamp) -> int:
    stamp = pd.Timestamp(day)
    return stamp.year * 12 + stamp.month


def _edges(rows: pd.DataFrame) -> dict[int, list[tuple[int, int, int, int]]]:
    """Map each month's start to (month reached, cost, sign, row), forwards and backwards."""
    start = rows["period_start"].dt.year * 12 + rows["period_start"].dt.month
    stop = start + schema.months(rows)
    edges: dict[int, list[tuple[int, int, int, int]]] = {}
    for row, a, b in zip(rows.index, start, stop, strict=True):
        edges.setdefault(int(a), []).append((int(b), 1, 1, row))
        edges.setdefault(int(b), []).append((int(a), _SUBTRACTED, -1, row))
    return edges


def _shortest(edges: dict[int, list[tuple[int, int, int, int]]], start: int, goal: int) -> list[tuple[int, int]] | None:
    """Return signs and rows of the cheapest way from ``start`` to ``goal`` (Dijkstra)."""
    queue: list[tuple[int, int, list[tuple[int, int]]]] = [(0, start, [])]
    seen: set[int] = set()
    while queue:
        cost, month, path = heapq.heappop(queue)
        if month == goal:
            return path
        if month in seen:
            continue
        seen.add(month)
        for reached, price, sign, row in _open(edges, month, seen):
            heapq.heappush(queue, (cost + price, reached, [*path, (sign, row)]))
    return None


def _open(
    edges: dict[int, list[tuple[int, int, int, int]]], month: int, seen: set[int]
) -> Iterable[tuple[int, int, int, int]]:
    return (edge for edge in edges.get(month, []) if edge[0] not in seen)
