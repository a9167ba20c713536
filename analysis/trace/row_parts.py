"""Which reported values stand behind one row of a chart: a function for each kind of row."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final

import pandas as pd

from analysis.points import FLIPPED, PartRole, PointPart, lacks, own_parts, year_before
from loaders.core.source_records import SourceRole, serving

_BASE_YEAR: Final = 2021


def _part(row: Mapping[str, Any], role: PartRole, value: str, source: str) -> PointPart:
    """Return China's import of crude, or of what ``codes`` names, from Russia: the commonest beginning."""
    codes = row.get("codes") or row.get("code") or "TOTAL"
    start, end = row["period_start"], row["period_end"]
    figure, currency = float(row[value]), str(row.get("currency") or "USD")
    return PointPart(role, figure, currency, str(row[source]), "CHN", "RUS", "import", tuple(codes.split()), start, end)


def _year(part: PointPart, year: int, **change: Any) -> PointPart:  # noqa: ANN401 (any field of a part)
    return replace(part, start=pd.Timestamp(year, 1, 1), end=pd.Timestamp(year, 12, 1), **change)


def _reconciled(part: PointPart) -> PointPart:
    """Return a part, of BACI as that holds it: the seller reports to the buyer, free on board."""
    if part.flow == "import" and part.source in serving(SourceRole.MERGED):
        return replace(part, reporter="RUS", partner="CHN", flow="export")
    return part


def lines(row: Mapping[str, Any]) -> list[PointPart]:
    """Trace goods, of BACI or of customs: the year, and the base year where the row has one."""
    if lacks(row, "value"):
        return []
    parts = [_line(row)] if row.get("source") in serving(SourceRole.MERGED) else own_parts(row)
    if not parts or lacks(row, "base_value") or lacks(row, "base_start"):
        return parts
    year = row["base_start"].year
    return [*parts, _year(parts[0], year, role=PartRole.BASE, value=float(row["base_value"]), released=None)]


def _line(row: Mapping[str, Any]) -> PointPart:
    """Return goods as BACI holds them. China's flow, exports without one."""
    flow = "export" if lacks(row, "flow") else str(row["flow"])
    now = _reconciled(replace(_part(row, PartRole.FIGURE, "value", "source"), flow=flow))
    # whole headings, of which not every year has every line
    return replace(now, codes=tuple(str(row["tier"]).split("+"))) if row.get("series") == "chips" else now


def bought(row: Mapping[str, Any]) -> list[PointPart]:
    """Trace what China bought from Russia: in BACI as Russia's exports, else as China's imports."""
    if lacks(row, "value") or lacks(row, "source"):
        return []
    return [_reconciled(_part(row, PartRole.FIGURE, "value", "source"))]


def split(row: Mapping[str, Any]) -> list[PointPart]:
    """Trace the two years between which a change is split into price and volume."""
    first, last = row["period_start"].year, row["period_end"].year
    whole = [part for part in bought(row) if not lacks(row, "value_before")]
    return [
        replace(_year(part, year), role=PartRole.YEAR, value=float(row[value]))
        for part in whole
        for year, value in ((first, "value_before"), (last, "value"))
    ]


def priced(row: Mapping[str, Any]) -> list[PointPart]:
    """Trace Russian crude, and crude of all origins where the other side is taken from it."""
    if lacks(row, "value"):
        return []
    part = replace(_part(row, PartRole.RUSSIAN_CRUDE, "value", "source"), codes=("2709",))
    own = _reconciled(part)
    if lacks(row, "other_value"):
        return [own]
    every = replace(part, role=PartRole.ALL_CRUDE, partner="WLD", source=str(row["base_source"]))
    return [own, replace(every, value=float(row["value"]) + float(row["other_value"]))]


def share(row: Mapping[str, Any]) -> list[PointPart]:
    """Trace the trade with the other, and with the world."""
    flow, who = str(row["flow"]), "CHN" if row["side"] == "china" else "RUS"
    other = "RUS" if who == "CHN" else "CHN"
    part = replace(_part(row, PartRole.PAIR, "value", "source"), reporter=who, partner=other, flow=flow)
    if row.get("count") == "mirror":  # told by the other country
        part = replace(part, reporter=other, partner=who, flow=FLIPPED[flow])
    whole = _part(row, PartRole.WORLD, "world_value", "base_source")
    return [part, replace(whole, reporter=who, partner="WLD", flow=flow)]


def faced(row: Mapping[str, Any]) -> list[PointPart]:
    """Trace the two countries' counts of one flow, whose flow is China's."""
    china, russia = str(row["china_source"]), str(row["russia_source"])
    bought_ = row["flow"] == "import"
    first = _part(row, PartRole.CHINA_COUNTS, "value" if bought_ else "exporter_value", "source")
    second = _part(row, PartRole.RUSSIA_COUNTS, "exporter_value" if bought_ else "value", "source")
    flow = str(row["flow"])
    return [
        replace(first, source=china, flow=flow),
        replace(second, source=russia, reporter="RUS", partner="CHN", flow=FLIPPED[flow]),
    ]


def claimed(row: Mapping[str, Any]) -> list[PointPart]:
    """Trace a basis of a claim: its value, and the same a year before where it is a rate."""
    return [_reconciled(part) for part in own_parts(row)]


def none(row: Mapping[str, Any]) -> list[PointPart]:
    """Trace nothing: the row itself is what a source states, and no value of a trade flow."""
    del row
    return []


def placed(row: Mapping[str, Any]) -> list[PointPart]:
    """Trace a leg of a way round, and the same in the base year."""
    parts = own_parts(row)
    if not parts or lacks(row, "base_value") or row["period_start"].year == _BASE_YEAR:
        return parts
    if not lacks(row, "yoy_pct"):  # of customs' yuan table: the same window a year before
        return [*parts, year_before(parts[0], row)]
    if lacks(row, "index"):
        return parts
    return [*parts, _year(parts[0], _BASE_YEAR, role=PartRole.BASE, value=float(row["base_value"]))]
