"""The goods of the trade: both directions by code, change since a base year, contribution to growth; search by word."""

from typing import Final

import pandas as pd

from analysis import basis
from analysis.cache import per_dataset
from analysis.dataset import Dataset
from analysis.measures.goods.goods_names import NamedCode, find_codes, names, official
from analysis.measures.goods.hs6_lines import EDITION, base_of, based, lines, parted_year, why, years
from analysis.source_names import name_of
from loaders.core import schema
from loaders.core.source_records import SourceRole

__all__ = [
    "BASE",
    "COLUMNS",
    "EDITION",
    "NamedCode",
    "base_of",
    "find_codes",
    "goods",
    "lines",
    "matching",
    "names",
    "official",
    "years",
]
BASE: Final = 2021  # the last whole year before the war
COLUMNS: Final = schema.columns_of("goods")


@per_dataset(64)
def goods(dataset: Dataset, year: int, code: str | None = None, base: int | None = BASE) -> pd.DataFrame:
    """Return the goods of a year one level below ``code`` (chapters without one), largest first in each direction.

    Values in whole US$ (BACI). With ``v`` the value of a good in ``year`` and ``b`` in ``base``:
    change ``v - b``; change_pct ``100 * (v / b - 1)``; share_pct ``100 * v / sum(v)``;
    contribution_pct ``100 * (v - b) / sum(b)``, in percentage points. Sums run over all goods below
    ``code`` in that direction, so contributions add up to its growth (the usual decomposition of a
    growth rate into shares of the base times growth). BACI lists every flow of a year it holds: a
    good without a line in one of the two years counts there as nil in ``change`` and contribution,
    while its value and ``change_pct`` stay empty. Between two years that rest on no one basis, or
    for a code that another edition filled with other goods, nothing is computed and ``apart`` says why.
    ``before_value`` is the level of the last year of another basis, never compared with the others.
    """
    level = 2 if code is None else min(6, len(code) + 2)
    table = _sums(dataset, level)
    table = table[table["code"].str.startswith(code or "")].set_index(["flow", "code"])
    now = table[table["year"].eq(year)]
    before = table[table["year"].eq(base)] if base in years(dataset) and base != year else now.iloc[:0]
    if now.empty:
        return pd.DataFrame(columns=list(COLUMNS))
    out = now.join(before["value"].rename("base_value"), how="outer" if len(before) else "left").reset_index()
    whole = out.groupby("flow")["value"].transform("sum")
    base_whole = out.groupby("flow")["base_value"].transform("sum", min_count=1)
    out = _rated(_on_one_basis(dataset, out, year, base, code or ""), whole, base_whole, compared=bool(len(before)))
    return _completed(dataset, out.assign(inside=names(dataset).get(code or "")), year, base if len(before) else None)


def _completed(dataset: Dataset, out: pd.DataFrame, year: int, base: int | None) -> pd.DataFrame:
    """Add names, period, the level before a break and what is the same for all, and order the rows."""
    named = names(dataset)
    out = out.assign(
        name=pd.Series([named.get(one) for one in out["code"]], dtype="str"),
        period_start=pd.Timestamp(year, 1, 1),
        period_end=pd.Timestamp(year, 12, 1),
        currency="USD",
        valuation=[basis.Basis.read(code).valuation for code in out["basis"]],
        classification=EDITION,
        source=name_of(SourceRole.MERGED),
    )
    start = pd.Series(None if base is None else pd.Timestamp(base, 1, 1), index=out.index, dtype="datetime64[us]")
    out = out.assign(base_start=start.where(out["apart"].isna()))
    out = out.merge(_levels(dataset, parted_year(dataset, year), out), on=["flow", "code"], how="left")
    order = out.sort_values(["flow", "value", "code"], ascending=[True, False, True], na_position="last")
    return order[list(COLUMNS)].reset_index(drop=True)


def _levels(dataset: Dataset, year: int | None, rows: pd.DataFrame) -> pd.DataFrame:
    """Return the values of a year of another basis for the codes of ``rows``."""
    sums = pd.concat([_sums(dataset, length) for length in sorted({*rows["code"].str.len()})])
    values = sums[sums["year"].eq(year if year is not None else -1)].merge(rows[["flow", "code"]], on=["flow", "code"])
    codes = based(dataset, values, year) if year is not None else pd.Series(dtype="str")
    return pd.DataFrame(
        {
            "flow": values["flow"],
            "code": values["code"],
            "before_start": pd.NaT if year is None else pd.Timestamp(year, 1, 1),
            "before_value": values["value"],
            "before_basis": codes,
        }
    )


def _on_one_basis(dataset: Dataset, out: pd.DataFrame, year: int, base: int | None, inside: str) -> pd.DataFrame:
    """Add the basis of each row and of the whole it is a share of, and why two years cannot be compared."""
    all_ = out.assign(code=inside or "TOTAL")
    parted, whole_parted = (_reasons(dataset, rows, year, base) for rows in (out, all_))
    return out.assign(
        basis=based(dataset, out, year),
        whole_basis=based(dataset, all_, year),
        apart=parted,
        whole_apart=whole_parted,
        base_value=out["base_value"].where(parted.isna()),
    )


def _reasons(dataset: Dataset, rows: pd.DataFrame, year: int, base: int | None) -> pd.Series:
    pairs = zip(rows["flow"], rows["code"], strict=True)
    reasons = [None if base is None else why(dataset, flow, base, year, code) for flow, code in pairs]
    return pd.Series(reasons, index=rows.index, dtype="object")


@per_dataset(64)
def matching(dataset: Dataset, year: int, words: str, base: int | None = BASE) -> pd.DataFrame:
    """Return the goods of a year that a search finds, of any level, largest first in each direction.

    Columns and measures are those of :func:`goods`; shares and contributions are of all goods of
    the direction. A chapter and its headings stand side by side and are never added.
    """
    codes = [one.code for one in find_codes(dataset, words, most=2000)]
    values = pd.concat([_sums(dataset, level) for level in (2, 4, 6)], ignore_index=True)
    values = values[values["code"].isin(codes)].set_index(["flow", "code"])
    now, compared = values[values["year"].eq(year)], base in years(dataset) and base != year
    if now.empty:
        return pd.DataFrame(columns=list(COLUMNS))
    before = values[values["year"].eq(base or 0)] if compared else now.iloc[:0]
    out = now.join(before["value"].rename("base_value"), how="left").reset_index()
    sums = lines(dataset).groupby(["year", "flow"])["value"].sum().to_dict()
    known = [year, base if compared else None]  # of no year there is no sum
    whole, base_whole = (out["flow"].map(lambda flow, of=of: sums.get((of, flow))).astype("float64") for of in known)
    out = _rated(
        _on_one_basis(dataset, out, year, base if compared else None, ""), whole, base_whole, compared=compared
    )
    return _completed(dataset, out.assign(inside=None), year, base if compared else None)


@per_dataset(12)
def _sums(dataset: Dataset, level: int) -> pd.DataFrame:
    """Sum the lines of every year to codes of ``level`` digits, and say of how many lines."""
    table = lines(dataset)
    groups = table.assign(code=table["code"].str[:level]).groupby(["flow", "code", "year"])
    out = groups["value"].sum().to_frame()
    size, first = groups.size(), groups["reference"].first()
    reference = "sum of " + size.astype("str") + " six-digit lines, first: " + first
    out = out.assign(
        status=groups["status"].first(), released=groups["released"].max(), reference=reference.where(size.gt(1), first)
    )
    return out.reset_index()


def _rated(out: pd.DataFrame, whole: pd.Series, base_whole: pd.Series, *, compared: bool) -> pd.DataFrame:
    """Add change, shares and contributions, each only of figures of one basis."""
    one = out["apart"].isna()
    change = (out["value"].fillna(0) - out["base_value"].fillna(0)).where(one) if compared else out["base_value"]
    shared = out["basis"].eq(out["whole_basis"])
    based_whole = base_whole.where(out["whole_apart"].isna())
    share = (100 * out["value"] / whole).where(shared)
    rated = change.notna() | share.notna()
    return out.assign(
        whole=whole,
        base_whole=based_whole,
        change=change,
        change_pct=100 * (out["value"] / out["base_value"] - 1),
        share_pct=share,
        contribution_pct=(100 * change / based_whole).where(shared),
        base_basis=out["basis"].where(rated, ""),
    )
