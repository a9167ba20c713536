"""Which of several prints of one figure counts, and how far a print is rounded."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from loaders.core.columns.row_numbers import numbered


def grain(values: pd.Series) -> pd.Series:
    """Return the last printed place of each value: a million for 114547000000, one for 114547000001 and for 0.5."""
    figures = values.to_numpy(dtype="float64", na_value=np.nan)
    place = np.ones(len(figures))
    round_ = figures > 0
    for power in range(1, 13):
        round_ &= np.fmod(figures, 10.0**power) == 0
        if not round_.any():  # what is no ten is no hundred
            break
        place[round_] = 10.0**power
    return pd.Series(place, index=values.index)


def newest(ranked: pd.DataFrame, key: Sequence[str], eligible: pd.Series) -> pd.DataFrame:
    """Return one row a key of a table in the order of its vintages, the last of each, in the order of the index.

    Of prints of one vintage, which are those of one calendar month and those without a day, that agree
    within the rounding of the coarser one, the finest stands; only ``eligible`` rows stand in for another.
    """
    rows_of = pd.Series(numbered(ranked, key))
    last = ranked[~rows_of.duplicated(keep="last").to_numpy()]
    if len(last) == len(ranked):
        return last.sort_index()
    several = ranked[rows_of.duplicated(keep=False).to_numpy()]
    chosen = several.index.isin(last.index)  # never finer than itself
    finer = _finer(several[~chosen & eligible.reindex(several.index)], several[chosen], list(key))
    rows = last.index.to_numpy(copy=True)
    rows[last.index.get_indexer(pd.Index(list(finer), dtype=last.index.dtype))] = list(finer.values())
    return ranked.loc[rows].sort_index()


def _finer(prints: pd.DataFrame, chosen: pd.DataFrame, key: list[str]) -> dict[object, object]:
    """Map each chosen row to the finest print of its vintage that says the same, where there is one."""
    compared = ["value", "released", "status"]
    sides = (
        rows[[*key, *compared]].astype(dict.fromkeys([*key, "status"], "str")).assign(row=rows.index)
        for rows in (prints, chosen)
    )
    both = next(sides).merge(next(sides), on=key, suffixes=("", "_chosen"))
    both = both.assign(grain=grain(both["value"]), coarse=grain(both["value_chosen"]))
    # a print gives two digits at the least: 1000 does not stand for 1120
    both["coarse"] = both["coarse"].clip(upper=both["value_chosen"] / 10)
    agrees = (both["value"] - both["value_chosen"]).abs().le(both["coarse"] / 2 * (1 + 1e-9))
    month, newest_ = both["released"].dt.to_period("M"), both["released_chosen"].dt.to_period("M")
    same = both["released"].isna() | month.eq(newest_)
    reported = both["status"].eq("derived").eq(both["status_chosen"].eq("derived"))
    kept = both[agrees & same & reported & both["grain"].lt(both["coarse"])]
    kept = kept.sort_values(["grain", "released"], ascending=[True, False], na_position="last", kind="stable")
    kept = kept.drop_duplicates("row_chosen")
    return dict(zip(kept["row_chosen"], kept["row"], strict=True))
