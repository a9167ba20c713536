"""The path of one side over the years: both shares of each year, where it is weak and where another counts."""

from collections.abc import Hashable
from itertools import pairwise
from typing import Any, Final

import pandas as pd

from analysis.basis import BASIS, Basis
from analysis.points import POINT, joined
from analysis.selection import Selection

BASES: Final = ("imf", "national", "mirror")
_WEAK: Final = ("preliminary", "estimated")
_PATH: Final = ("period_start", "flow", "share_pct", "ratio_pct", "status", BASIS, POINT)


def basis_of(selection: Selection) -> str:
    """Return whose figures Russia's side rests on: the IMF's unless asked otherwise."""
    return selection.basis or "imf"


def path_of(rows: pd.DataFrame, side: str, count: str) -> pd.DataFrame:
    """Return a year a row: shares (or ratios of two counts) of both flows, weak ones marked, and who counted."""
    columns = [name for name in _PATH if name in rows]
    own = rows.loc[rows["side"].eq(side) & rows["count"].eq(count), columns].to_dict("records")
    years: dict[int, list[dict[Hashable, Any]]] = {}
    for row in own:
        years.setdefault(row["period_start"].year, []).append(row)
    points = [point for year, flows in sorted(years.items()) if (point := _joint(year, flows)) is not None]
    return pd.DataFrame(
        points, columns=["year", "import", "export", "weak", "who", *([POINT] if POINT in rows else [])]
    )


def _joint(year: int, flows: list[dict[Hashable, Any]]) -> dict[str, Any] | None:
    """Return the point of one year, None where it lacks a flow."""
    shown = {
        row["flow"]: row["ratio_pct"] if pd.isna(row["share_pct"]) else row["share_pct"] for row in reversed(flows)
    }
    if any(pd.isna(shown.get(flow)) for flow in ("import", "export")):
        return None
    weak = any(row["status"] in _WEAK or pd.isna(row["share_pct"]) for row in flows)
    point = {"year": year, "import": shown["import"], "export": shown["export"], "weak": weak}
    point["who"] = Basis.read(flows[0][BASIS]).counted_by
    return point | ({POINT: joined(row[POINT] for row in flows)} if POINT in flows[0] else {})


def broken_years(path: pd.DataFrame) -> list[int]:
    """Return the years from which somebody else counts than in the year before."""
    steps = pairwise(zip(path["year"], path["who"], strict=True))
    return [int(year) for (_, before), (year, who) in steps if who != before]
