"""Plotted points: a name for each, and the values that stand behind one."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any, Final

import pandas as pd

from analysis.source_names import names_of

POINT: Final = "point"
FLIPPED: Final = {"export": "import", "import": "export", "total": "total"}


class PartRole(StrEnum):
    """What a value is to the point that it stands behind."""

    FIGURE = "figure"
    YEAR_BEFORE = "year_before"  # the same months a year before
    BASE = "base"  # the year that the figure is compared with
    YEAR = "year"  # one of two years that a change lies between
    RUSSIAN_CRUDE = "russian_crude"
    ALL_CRUDE = "all_crude"  # of all origins
    PAIR = "pair"  # trade with the other country
    WORLD = "world"  # trade with the world
    CHINA_COUNTS = "china_counts"
    RUSSIA_COUNTS = "russia_counts"


@dataclass(frozen=True)
class PointPart:
    """One value behind a point: whose figure of what it is, in whole units of ``currency``.

    ``codes`` are commodity codes, or the beginnings of six-digit ones; ``source`` may name several
    sources joined by `` + ``; ``released`` tells one vintage from another of the same value.
    """

    role: PartRole
    value: float
    currency: str
    source: str
    reporter: str
    partner: str
    flow: str
    codes: tuple[str, ...]
    start: pd.Timestamp
    end: pd.Timestamp
    released: pd.Timestamp | None = None

    @property
    def sources(self) -> list[str]:
        """The sources' names."""
        return names_of(self.source)


def named(rows: pd.DataFrame, chart: str, marks: tuple[str, ...]) -> pd.DataFrame:
    """Return the rows of a chart with ``point``: a name for each that a later refresh does not change.

    It is made of the chart's name, the cells of ``marks`` and the period; a second row of the same
    name has its number behind it.
    """
    if rows.empty:
        return rows.assign(**{POINT: pd.Series(dtype="str")})
    parts = [_slugs(rows[column]) for column in marks if column in rows]
    if "period_start" in rows:
        start, end = (rows[column].dt.strftime("%Y-%m").fillna("") for column in ("period_start", "period_end"))
        parts.append(start.where(start.eq(end), start + "_" + end))
    name = pd.Series(f"{chart}:", index=rows.index)
    for place, part in enumerate(parts):
        name = name + ("." if place else "") + part
    again = name.groupby(name).cumcount()
    return rows.assign(**{POINT: name.where(again.eq(0), name + "." + (again + 1).astype("str"))})


def joined(names: Iterable[str]) -> str:
    """Return the name of a point that several rows make: the first, then the others without the chart."""
    first, *rest = names
    return ",".join([first, *(name.partition(":")[2] for name in rest)])


def rows_of(rows: pd.DataFrame, point: str) -> pd.DataFrame:
    """Return the rows that a point names, in the order named; none where the rows hold no such point."""
    chart, _, names = point.partition(":")
    places = {name: place for place, name in enumerate(rows[POINT])}
    return rows.iloc[[places[full] for name in names.split(",") if (full := f"{chart}:{name}") in places]]


def _slugs(cells: pd.Series) -> pd.Series:
    """Write cells with the letters that an address may carry; an empty one as nothing."""
    text = cells.astype("object").where(cells.notna(), "").astype("str")
    return pd.Series(text.str.replace(r"[^A-Za-z0-9_-]+", "~", regex=True).str.slice(0, 48))


def own_parts(row: Mapping[str, Any]) -> list[PointPart]:
    """Return the value of a row that names its flow, and the value of its base a year before.

    Where the row names no countries, China reports about Russia.
    """
    if lacks(row, "value") or lacks(row, "flow") or lacks(row, "source"):
        return []
    codes = next((str(row[name]) for name in ("codes", "commodity_code", "code") if not lacks(row, name)), "TOTAL")
    who, other = (str(row.get(name) or "") for name in ("reporter", "partner"))
    first = PointPart(
        PartRole.FIGURE,
        float(row["value"]),
        str(row.get("currency") or "USD"),
        str(row["source"]),
        who if who and other else "CHN",
        other if who and other else "RUS",
        str(row["flow"]),
        tuple(codes.split()),
        row["period_start"],
        row["period_end"],
        None if lacks(row, "released") else row["released"],
    )
    return [first, *_base(row, first)]


def _base(row: Mapping[str, Any], part: PointPart) -> list[PointPart]:
    if lacks(row, "base_value") or lacks(row, "base_source"):
        return []
    return [replace(year_before(part, row), source=str(row["base_source"]))]


def year_before(part: PointPart, row: Mapping[str, Any]) -> PointPart:
    """Return the base of a row, of the same source and the same months a year before."""
    start, end = (day - pd.DateOffset(years=1) for day in (part.start, part.end))
    value = float(row["base_value"])
    return replace(part, role=PartRole.YEAR_BEFORE, value=value, start=start, end=end, released=None)


def lacks(row: Mapping[str, Any], name: str) -> bool:
    """Return whether a row has no such cell, or an empty one."""
    return empty(row.get(name))


def empty(cell: object) -> bool:
    """Return whether a cell says nothing."""
    return cell is None or cell == "" or bool(pd.isna(cell))  # type: ignore[call-overload]
