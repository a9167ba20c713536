"""Any window of months: as printed, or put together from prints that tile it exactly."""

import heapq
from dataclasses import dataclass
from typing import Any, Final

import pandas as pd

from analysis.source_names import joined
from loaders.core import schema

_SUBTRACTED: Final = 3  # a difference of two year-to-date prints costs as much as three sums


@dataclass(frozen=True)
class Window:
    """The value of one window in whole units, and the prints it is made of: sign, value, first and last month."""

    value: float
    parts: tuple[tuple[int, float, tuple[str, str]], ...]
    released: pd.Timestamp | None
    source: str
    currency: str

    @property
    def printed(self) -> bool:
        """True where one print gives the window as it stands."""
        return len(self.parts) == 1

    @property
    def steps(self) -> str:
        """The months of the parts, added and taken away: ``2023-01–2023-06 + 2023-07``."""
        named = ((sign, "–".join(dict.fromkeys(span))) for sign, _, span in self.parts)
        return " ".join(f"{'+' if sign > 0 else '−'} {name}" for sign, name in named).removeprefix("+ ")


Edge = tuple[int, int, int, int]


@dataclass(frozen=True, eq=False)
class Tiles:
    """The prints of one source and currency, ready to be put together: flow by flow, month by month."""

    rows: list[dict[str, Any]]
    edges: dict[str, dict[int, list[Edge]]]

    @classmethod
    def of(cls, rows: pd.DataFrame) -> "Tiles":
        """Index the prints of one source and currency (columns of the one table, or of a series)."""
        rows = rows.astype({"flow": "str", "source": "str", "currency": "str"}).reset_index(drop=True)
        kept = rows[["period_start", "period_end", "value", "released", "source", "currency"]]
        edges = {str(flow): _edges(part) for flow, part in rows.groupby("flow")}
        kept = kept.assign(span=pd.Series(_spans(kept), index=kept.index, dtype="object"))
        return cls(schema.records(kept), edges)

    def window(self, flow: str, start: str, end: str) -> Window | None:
        """Return the window ``start``..``end`` (``YYYY-MM``) of a flow, or None.

        The fewest prints win; a print may also be taken away from a longer one (January-July less
        January-June is July). No month is ever split. A total that is not printed is exports plus
        imports.
        """
        path = self.path(flow, start, end)
        if path is not None:
            return self._read(path)
        if flow != "total":
            return None
        export, imports = (self.window(side, start, end) for side in ("export", "import"))
        return _added(export, imports) if export and imports else None

    def path(self, flow: str, start: str, end: str) -> list[tuple[int, int]] | None:
        """Return sign and row of the prints that make up ``start``..``end`` of one flow, or None."""
        return _shortest(self.edges.get(flow, {}), _ordinal(start), _ordinal(end) + 1)

    def _read(self, path: list[tuple[int, int]]) -> Window:
        used = [self.rows[row] for _, row in path]
        parts = tuple((sign, float(row["value"]), row["span"]) for (sign, _), row in zip(path, used, strict=True))
        dates = [row["released"] for row in used if not pd.isna(row["released"])]
        return Window(
            value=float(sum(sign * value for sign, value, _ in parts)),
            parts=parts,
            released=max(dates, default=None),
            source=joined(*(row["source"] for row in used)),
            currency=str(used[0]["currency"]),
        )


def calendar_years(rows: pd.DataFrame) -> pd.Series:
    """Return which rows are of one whole year, January to December."""
    return pd.Series(schema.months(rows).eq(12) & rows["period_start"].dt.month.eq(1))


def with_base(rows: pd.DataFrame, keys: list[str], values: list[str]) -> pd.DataFrame:
    """Add ``values`` of the same months a year before as ``base_...``, empty without; ``keys`` tell rows apart."""
    base = rows[[*keys, "period_start", *values]].drop_duplicates([*keys, "period_start"])
    base = base.rename(columns={name: f"base_{name}" for name in values})
    base = base.assign(period_start=(base["period_start"] + pd.DateOffset(years=1)).astype(schema.UNIT))
    return rows.merge(base, on=[*keys, "period_start"], how="left", validate="many_to_one")


def _added(first: Window, second: Window) -> Window:
    dates = [date for date in (first.released, second.released) if date is not None]
    return Window(
        value=first.value + second.value,
        parts=first.parts + second.parts,
        released=max(dates, default=None),
        source=joined(first.source, second.source),
        currency=first.currency,
    )


def _spans(rows: pd.DataFrame) -> list[tuple[str, str]]:
    """Return first and last month of each row."""
    first, last = (rows[name].dt.strftime("%Y-%m") for name in ("period_start", "period_end"))
    return list(zip(first, last, strict=True))


def _ordinal(month: str) -> int:
    return int(month[:4]) * 12 + int(month[5:7])


def _edges(rows: pd.DataFrame) -> dict[int, list[Edge]]:
    """Map each month's start to (cost, month reached, sign, row).

    A print leads forwards over its months; going back over it takes it away, as January-June from January-July.
    """
    start = rows["period_start"].dt.year * 12 + rows["period_start"].dt.month
    stop = start + schema.months(rows)
    edges: dict[int, list[Edge]] = {}
    for row, a, b in zip(rows.index, start, stop, strict=True):
        edges.setdefault(int(a), []).append((1, int(b), 1, int(row)))
        edges.setdefault(int(b), []).append((_SUBTRACTED, int(a), -1, int(row)))
    return edges


def _shortest(edges: dict[int, list[Edge]], start: int, goal: int) -> list[tuple[int, int]] | None:
    """Return signs and rows of the cheapest way from ``start`` to ``goal`` (Dijkstra)."""
    queue = [(0, start)]
    best: dict[int, tuple[int, int, int, int]] = {start: (0, start, 0, -1)}
    done: set[int] = set()
    while queue:
        cost, month = heapq.heappop(queue)
        if month == goal:
            return _walked(best, start, goal)
        if month in done:
            continue
        done.add(month)
        for price, reached, sign, row in edges.get(month, ()):
            if reached not in best or cost + price < best[reached][0]:
                best[reached] = (cost + price, month, sign, row)
                heapq.heappush(queue, (cost + price, reached))
    return None


def _walked(best: dict[int, tuple[int, int, int, int]], start: int, goal: int) -> list[tuple[int, int]]:
    """Follow the best steps back from the goal."""
    path = []
    while goal != start:
        _, goal, sign, row = best[goal]
        path.append((sign, row))
    return path[::-1]
