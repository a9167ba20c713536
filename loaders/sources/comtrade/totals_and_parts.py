"""Totals and their parts: UN Comtrade repeats a figure by customs procedure, transport and second partner.

A row is a total where all three say so (C00, 0, 0, or nothing). Totals count. Only where a series
has none are its parts summed, the sum is marked as derived, and parts that may overlap are refused,
as are parts that were asked for alone: one procedure, one means of transport or one second partner.
"""

import math
from typing import Final

import pandas as pd

from loaders.core import schema
from loaders.sources.comtrade.cells import plain
from loaders.tables.parsing import ROW
from loaders.tables.row_account import Account

_TOTAL: Final = {
    "customs": frozenset({"", "C00", "TOTAL CPC"}),
    "transport": frozenset({"", "0", "TOTAL MOT"}),
    "partner2": frozenset({"", "0", "W00", "WLD", "WORLD"}),
}
_CALLED: Final = {"customs": "customs procedure", "transport": "means of transport", "partner2": "second partner"}
_DIMENSIONS: Final = list(_TOTAL)
_PARTS: Final = "customs procedure, transport, second partner"
_COARSE_FIRST: Final = sorted(range(8), key=lambda shape: (shape.bit_count(), shape))
_ROUNDING: Final = 1.0  # US dollars
_LISTED: Final = 5
_SERIES: Final = "series"
_SHAPE: Final = "shape"
_MEASURES: Final = ["value", "net_weight_kg", "quantity", "quantity_unit", "valuation"]


def totals(rows: pd.DataFrame, account: Account) -> tuple[pd.DataFrame, list[str]]:
    """Return the rows without parts, the sums of parts that have no total, and notes on both.

    Rows out of scope are returned as they are: they are only counted.
    """
    rows, specific = _shaped(rows)
    part = specific & schema.in_scope(rows)
    if not part.any():
        return rows, []
    rows[_SERIES] = rows.groupby(list(schema.KEY), sort=False, dropna=False).ngroup()
    beside = part & rows[_SERIES].isin(rows.loc[~specific, _SERIES])
    notes = _note(account, int(beside.sum()))
    account.merged += int((part & ~beside).sum())
    alone = _of_several(_disjoint(rows[part & ~beside], account), account)
    rows = rows[~part].assign(reference=f"{account.name}, row " + rows.loc[~part, ROW].astype("str"))
    if len(alone):
        summed = _sums(alone, account.name)
        account.merged -= len(summed)
        notes.append(
            f"{account.name}: sums of parts ({_PARTS}), marked as derived: {len(summed)} from {len(alone)} rows"
        )
        rows = pd.concat([rows, summed], ignore_index=True)
    return rows, notes


def _note(account: Account, beside: int) -> list[str]:
    if not beside:
        return []
    account.left_out["part of a total in the file"] += beside
    return [f"{account.name}: parts ({_PARTS}) of totals in the file, left out: {beside} rows"]


def _shaped(rows: pd.DataFrame) -> tuple[pd.DataFrame, pd.Series]:
    """Return ``rows`` with plain part codes and which of the three are specific, as bits."""
    shape = pd.Series(0, index=rows.index)
    for bit, (column, whole) in enumerate(_TOTAL.items()):
        code = rows[column].map({cell: plain(cell).upper() for cell in rows[column].unique()}).astype("str")
        rows = rows.assign(**{column: code})
        shape += (~code.isin(whole)).astype("int64") * 2**bit
    return rows.assign(**{_SHAPE: shape}), shape.gt(0)


def _disjoint(parts: pd.DataFrame, account: Account) -> pd.DataFrame:
    """Return parts that can be added; a series whose parts differ or overlap is refused as a whole."""
    parts = parts.drop_duplicates([_SERIES, *_DIMENSIONS, *_MEASURES])
    again = parts.duplicated([_SERIES, *_DIMENSIONS, "quantity_unit"], keep=False)
    parts = _refused(parts, again, account, "the same codes with different values")
    parts, overlap = _one_shape(parts)
    parts = _refused(parts, overlap, account, "breakdowns of one figure that add up differently")
    parts, overlap = _one_depth(parts)
    return _refused(parts, overlap, account, "means of transport that contain each other and add up differently")


def _of_several(parts: pd.DataFrame, account: Account) -> pd.DataFrame:
    """Refuse what was asked for one means of transport alone, one procedure, one second partner: it is no total.

    Tariff lines always name all three: there one procedure or one second partner may be all that there is.
    """
    lines = parts[_SHAPE].eq(2 ** len(_TOTAL) - 1).all() and len(parts[_DIMENSIONS].drop_duplicates()) > 1
    for column, whole in _TOTAL.items():
        specific = ~parts[column].isin(whole)
        named = parts.loc[specific, column].unique()
        if len(named) == 1 and (column == "transport" or not lines):
            why = f"{_CALLED[column]} {named[0]} alone is a part of the trade"
            parts = _refused(parts, specific, account, why)
    return parts


def _refused(parts: pd.DataFrame, bad: pd.Series, account: Account, why: str) -> pd.DataFrame:
    """Name each series with a bad part in one line, and return the parts of the others."""
    whole = parts[_SERIES].isin(parts.loc[bad, _SERIES])
    for _, group in parts[whole].groupby(_SERIES, sort=False):
        listed = _listed(group[ROW])
        line = f"{account.name}, {listed}: {why}; none is taken, ask for the total"
        account.refuse_line(line, int(group[ROW].iloc[0]))
    account.merged -= int(whole.sum())
    return parts[~whole]


def _one_shape(parts: pd.DataFrame) -> tuple[pd.DataFrame, pd.Series]:
    """Keep the coarsest breakdown of each series, and tell which series' breakdowns disagree."""
    sums = parts.groupby([_SERIES, _SHAPE])["value"].sum().groupby(_SERIES)
    spread = parts[_SERIES].map(sums.max() - sums.min()).gt(_ROUNDING)
    order = parts[_SHAPE].map({shape: rank for rank, shape in enumerate(_COARSE_FIRST)})
    coarsest = order.eq(order.groupby(parts[_SERIES]).transform("min"))
    return parts[coarsest | spread], spread[coarsest | spread]


def _one_depth(parts: pd.DataFrame) -> tuple[pd.DataFrame, pd.Series]:
    """Drop means of transport inside another of the same series, and tell where the two disagree."""
    beside = [_SERIES, "customs", "partner2"]
    present = pd.MultiIndex.from_frame(parts[[*beside, "transport"]])
    inside = pd.Series("", index=parts.index, dtype="str")
    for kept in (1, 2, 3):  # 9110 lies in 9100, and that in 9000: the nearest one counts
        above = parts["transport"].str[:kept].str.ljust(4, "0")
        nested_in = pd.MultiIndex.from_frame(parts[beside].assign(above=above)).isin(present) & above.ne(
            parts["transport"]
        )
        inside = inside.mask(nested_in, above)
    nested = inside.ne("")
    sums = parts[nested].assign(transport=inside[nested]).groupby([*beside, "transport"])["value"].sum()
    shown = parts.groupby([*beside, "transport"])["value"].sum()
    off = (shown.reindex(sums.index) - sums).abs().gt(_ROUNDING)
    wrong = parts[_SERIES].isin(off[off].index.get_level_values(_SERIES))
    return parts[~nested | wrong], wrong[~nested | wrong]


def _sums(parts: pd.DataFrame, name: str) -> pd.DataFrame:
    """Add up the parts of each series; a weight or a quantity only where every part has one."""
    guess = parts["net_weight_kg"].isna() & parts["quantity_unit"].eq(schema.KG_ESTIMATED)
    parts = parts.assign(_kg=parts["net_weight_kg"].fillna(parts["quantity"].where(guess)), _guess=guess)
    groups = parts.groupby(_SERIES, sort=False)
    summed = groups.head(1).set_index(_SERIES)
    added = groups[["value", "net_weight_kg", "quantity", "_kg"]].agg(_added)
    guessed = groups["_guess"].any()
    one_unit = groups["quantity_unit"].nunique(dropna=False).eq(1)
    quantity = added["quantity"].where(one_unit).mask(guessed, added["_kg"])
    unit = summed["quantity_unit"].mask(guessed, schema.KG_ESTIMATED).where(quantity.notna())
    one_valuation = groups["valuation"].nunique().eq(1)
    return summed.assign(
        value=added["value"],
        net_weight_kg=added["net_weight_kg"],
        quantity=quantity,
        quantity_unit=unit,
        valuation=summed["valuation"].where(one_valuation, "unknown"),
        status="derived",
        reference=groups[ROW].agg(lambda rows: f"{name}, {_listed(rows)}, summed"),
    ).drop(columns=["_kg", "_guess"])


def _added(amounts: pd.Series) -> float:
    """Add exactly, then drop the noise below a millionth; a missing part leaves nothing."""
    return round(math.fsum(amounts), 6)


def _listed(rows: pd.Series) -> str:
    numbers = [str(row) for row in rows]
    shown = numbers if len(numbers) <= _LISTED else [*numbers[:_LISTED], f"{len(numbers) - _LISTED} more"]
    return f"row {shown[0]}" if len(shown) == 1 else f"rows {', '.join(shown[:-1])} and {shown[-1]}"
