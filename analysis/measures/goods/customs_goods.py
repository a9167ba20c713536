"""Goods as China's own customs count them: chapters, machines, cars and all goods, since a base year on one basis."""

from collections.abc import Hashable
from typing import Any, Final

import pandas as pd

from analysis import basis, nomenclature
from analysis.cache import per_dataset
from analysis.dataset import Dataset
from analysis.measures.goods import goods, reasons
from analysis.measures.monthly import series
from analysis.readings import of_china
from analysis.source_names import harmonized, serves
from analysis.windows import calendar_years
from loaders.core import schema
from loaders.core.source_records import SourceRole

_TOTAL: Final = schema.TOTAL
CODES: Final = {"HS84_85": "84+85", "PASSENGER_CARS": "8703"}  # what they are in the Harmonized System
_GROUPS: Final = ("HS84_85", "PASSENGER_CARS")
COLUMNS: Final = (*goods.COLUMNS, "commodity_code", "crossing")
_KEEP: Final = ("flow", "code", "year", "value", "basis", "status", "source", "valuation", "released", "reference")


@per_dataset(4)
def years(dataset: Dataset) -> pd.DataFrame:
    """Return flow (China's), code, year, value (whole US$) and basis of every year that China's customs count.

    Codes are chapters, ``HS84_85``, ``PASSENGER_CARS`` and ``TOTAL``. The edition in a basis is ``HS`` where
    2017 and 2022 give a code the same goods, and for all goods. A year as known now comes before a first print.
    """
    table = pd.concat([_coded(dataset), _totals(dataset)], ignore_index=True)
    rank = table["basis"].map(lambda code: basis.Basis.read(code).print is basis.Print.FIRST)
    order = table.assign(rank=rank).sort_values(["flow", "code", "year", "rank", "basis"], kind="stable")
    return order.drop(columns="rank").reset_index(drop=True)


def _coded(dataset: Dataset) -> pd.DataFrame:
    """Return the years of chapters and of the two groups, each on its basis."""
    known = dataset.known
    chosen = of_china(known) & known["currency"].eq("USD") & harmonized(known)
    chosen &= ~serves(known, SourceRole.MERGED) & ~serves(known, SourceRole.QUOTED)
    rows = schema.plain(known[chosen])
    code = rows["commodity_code"]
    rows = rows[(code.str.fullmatch(r"\d{2}") | code.isin(_GROUPS)) & calendar_years(rows)]
    rows = rows[rows["status"].ne("estimated")]
    pairs = zip(rows["commodity_code"], rows["classification"], strict=True)
    editions = [nomenclature.edition(dataset, code, classification) for code, classification in pairs]
    based = basis.codes(dataset, rows.assign(classification=editions, status=_printed(rows)))
    table = rows.assign(code=rows["commodity_code"], year=rows["period_start"].dt.year, basis=based)
    return pd.DataFrame(table[list(_KEEP)])


def _printed(rows: pd.DataFrame) -> pd.Series:
    """Return the status of each row; a sum of two chapters of one report is as reported as they are."""
    return rows["status"].where(~rows["commodity_code"].isin(_GROUPS) | rows["status"].ne("derived"), "final")


def _totals(dataset: Dataset) -> pd.DataFrame:
    """Return the sums of twelve months of all goods, of years whose months all rest on one basis."""
    rows = series.charted(series.monthly(dataset, "USD"))
    rows = rows[rows["flow"].isin(["export", "import"])].assign(year=rows["period_start"].dt.year)
    if rows.empty:
        return pd.DataFrame(columns=list(_KEEP))
    rows = rows.assign(basis=basis.codes(dataset, rows, classification=nomenclature.ANY))
    groups = rows.groupby(["flow", "year"])
    first = {name: (name, "first") for name in ("basis", "status", "source", "valuation")}
    sums = groups.agg(**series.SUMMED, **first, months=("months", "sum"), bases=("basis", "nunique")).reset_index()
    whole = sums[sums["months"].eq(12) & sums["bases"].eq(1)]
    reference = "sum of the months of the year, first: " + whole["reference"]
    return whole.assign(code=_TOTAL, reference=reference)[list(_KEEP)]


def years_of_goods(dataset: Dataset) -> list[int]:
    """Return the years that have a chapter or group, oldest first."""
    table = years(dataset)
    return sorted({int(year) for year in table.loc[table["code"].ne(_TOTAL), "year"]})


def newest(dataset: Dataset, last: int | None = None, first: int | None = None) -> int | None:
    """Return the newest year inside the years asked for that has a chapter or group."""
    table = years(dataset)
    inside = table[table["code"].ne(_TOTAL) & table["year"].between(first or 0, last or 9999)]
    chapters = inside[~inside["code"].eq("PASSENGER_CARS")]
    newest_ = (chapters if len(chapters) else inside)["year"].max()
    return None if pd.isna(newest_) else int(newest_)


@per_dataset(16)
def goods_of(dataset: Dataset, year: int, base: int | None = goods.BASE) -> pd.DataFrame:
    """Return the goods of a year as China's customs count them; columns ``COLUMNS``.

    The rate is of two years of one basis, a share is of all goods of the same count and print; each
    is empty otherwise, and ``apart`` says that no base is held on the basis. ``crossing`` names the
    headings with which the edition of 2022 exchanged goods, where the base is of the one of 2017.
    """
    counted = years(dataset)
    now = counted[counted["year"].eq(year)]
    rows = [_row(dataset, counted, row, year, base) for row in now.to_dict("records")]
    table = pd.DataFrame(rows, columns=list(COLUMNS))
    table = table.sort_values(["change_pct"], na_position="last", kind="stable")
    table = table.drop_duplicates(["flow", "code"]).sort_values(["flow", "value"], ascending=[True, False])
    dates = {name: table[name].astype("datetime64[us]") for name in ("base_start", "before_start", "released")}
    return table.assign(**dates).reset_index(drop=True)


def _row(
    dataset: Dataset, counted: pd.DataFrame, row: dict[Hashable, Any], year: int, base: int | None
) -> dict[str, Any]:
    value, before = float(row["value"]), _same(counted, row, str(row["code"]), base)
    whole, base_whole = (_same(counted, row, _TOTAL, one) for one in (year, base))
    rated = before is not None or whole is not None
    reason = None if before is not None or base is None else reasons.written("no_base", year=base)
    nothing = float("nan")
    return {
        **{name: row[name] for name in ("flow", "value", "basis", "status", "source", "valuation", "released")},
        "reference": row["reference"],
        "commodity_code": row["code"],
        "code": CODES.get(str(row["code"]), row["code"]),
        "name": goods.names(dataset).get(str(row["code"])),
        "period_start": pd.Timestamp(year, 1, 1),
        "period_end": pd.Timestamp(year, 12, 1),
        "base_start": None if before is None or base is None else pd.Timestamp(base, 1, 1),
        "base_value": before if before is not None else nothing,
        "change": value - before if before is not None else nothing,
        "change_pct": 100 * (value / before - 1) if before else nothing,
        "share_pct": 100 * value / whole if whole else nothing,
        "contribution_pct": 100 * (value - before) / base_whole if before is not None and base_whole else nothing,
        "whole": whole if whole is not None else nothing,
        "base_whole": base_whole if base_whole is not None else nothing,
        "currency": "USD",
        "classification": basis.Basis.read(str(row["basis"])).edition,
        "base_basis": row["basis"] if rated else "",
        "apart": reason,
        "crossing": _crossing(dataset, str(row["code"]), year, base) if before is not None else None,
    }


def _crossing(dataset: Dataset, code: str, year: int, base: int | None) -> str | None:
    chapters = tuple(CODES.get(code, code).split("+"))
    if base is None or not chapters[0].isdecimal() or base >= nomenclature.CHANGED.year or year < base:
        return None
    groups = nomenclature.crossing(dataset, chapters) if year >= nomenclature.CHANGED.year else ()
    met = {code for group in groups for code in group.before | group.after if not code.startswith(chapters)}
    return ", ".join(sorted({code[:4] for code in met})) or None


def _same(counted: pd.DataFrame, row: dict[Hashable, Any], code: str, year: int | None) -> float | None:
    """Return the value of a code in a year on the very basis of a row, None where it is not held."""
    same = counted["flow"].eq(row["flow"]) & counted["basis"].eq(row["basis"])
    match = counted[same & counted["code"].eq(code) & counted["year"].eq(year if year is not None else -1)]
    return float(match["value"].iloc[0]) if len(match) else None
