"""What a new print adds to what is held: vintages are kept, nothing is lost."""

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from loaders.core import schema
from loaders.core.columns.row_numbers import Numbers, among, numbered, numbered_together, repeated

MEASURED: Final = ("value", "net_weight_kg", "quantity", "quantity_unit", "valuation", "status")


@dataclass(frozen=True)
class Merge:
    """The table after a merge, and which of the brought rows were new, revised, unchanged."""

    table: pd.DataFrame
    new: pd.DataFrame
    revised: pd.DataFrame
    unchanged: int
    same: pd.Series


def merge(stored: pd.DataFrame, brought: pd.DataFrame, moment: pd.Timestamp, by: str, *, live: bool = False) -> Merge:
    """Lay ``brought`` over ``stored`` (one source, both conforming) and lose nothing.

    A row equal to a held vintage of its series is unchanged. Another value is a new vintage: it
    keeps the publisher's release date where that is free, else it takes ``moment`` (the next free
    second), and its reference says so in the words of ``by``, such as ``"import"``.

    With ``live``, ``brought`` is what the publisher says now: figures known now are unchanged under
    whatever release date, and one that was replaced and has come back is a vintage again.
    """
    both = schema.concat([stored, brought])
    series = numbered(both, schema.SERIES_KEY) if len(stored) else np.arange(len(both))
    same = _already_stored(both, series, len(stored), live=live)
    fresh = both.iloc[len(stored) :][~same]
    is_revision = among(series[fresh.index], series[: len(stored)])
    fresh = _dated(stored, fresh.reset_index(drop=True), moment, by)
    table = schema.concat([stored, fresh])
    schema.check_key(table)
    unchanged = pd.Series(same, index=brought.index)
    return Merge(table, fresh[~is_revision], fresh[is_revision], int(same.sum()), unchanged)


def _already_stored(both: pd.DataFrame, series: Numbers, first: int, *, live: bool) -> npt.NDArray[np.bool_]:
    """Which brought rows, those from ``first`` on, say nothing new.

    With a release date of their own: the same release holds the same figures, or a retrieval that
    we had to date ourselves does (an import without a date is no vintage, so its figures get theirs).
    Without one: the vintage now known holds the same figures, or one that we dated does.
    """
    if not first:
        return np.zeros(len(both), dtype="bool")
    figures = numbered(both, MEASURED, series)
    prints = numbered(both, ["released"], figures)
    old, own = both.iloc[:first], figures[first:]
    undated = both["released"].isna().to_numpy()[first:]
    now_same = among(own, figures[newest(old).index])
    dated_same = among(prints[first:], prints[:first])
    if live:
        return now_same | dated_same
    dated_here = old["reference"].str.contains(schema.DATED_HERE, regex=False).to_numpy()
    brought = schema.undated(old).to_numpy()
    retrieved_same = among(own, figures[:first][dated_here & ~brought])
    brought_same = among(own, figures[:first][brought])
    return (undated & (now_same | brought_same)) | dated_same | retrieved_same


def holds(stored: pd.DataFrame, brought: pd.DataFrame) -> npt.NDArray[np.bool_]:
    """Return which brought rows have a held row of the same series and the same figures, whatever the release."""
    theirs, ours = numbered_together([stored, brought], (*schema.SERIES_KEY, *MEASURED))
    return among(ours, theirs)


def among_prints(stored: pd.DataFrame, brought: pd.DataFrame) -> npt.NDArray[np.bool_]:
    """Return which brought rows have a stored row of the same series, figures and release, newest or not."""
    theirs, ours = numbered_together([stored, brought], (*schema.KEY, *MEASURED))
    return among(ours, theirs)


def newest(table: pd.DataFrame) -> pd.DataFrame:
    """Return the latest vintage of each series key, whatever its status; an import without a date is none."""
    ranked = schema.by_vintage(table, reported_last=False)
    return ranked[~repeated(ranked, schema.SERIES_KEY, but="last")]


def _dated(stored: pd.DataFrame, fresh: pd.DataFrame, moment: pd.Timestamp, by: str) -> pd.DataFrame:
    """Give ``moment`` to rows whose publisher named no release date, or one already taken.

    A row that says by which day it was public is dated by that, and keeps its empty release.
    """
    undated = (fresh["released"].isna() & fresh["known_by"].isna()) | _taken(stored, fresh)
    fresh = schema.dated(fresh, moment)
    words = f"{schema.DATED_HERE}{by}"
    dated_here = fresh["reference"] + words
    fresh["reference"] = dated_here if undated.all() else fresh["reference"].where(~undated, dated_here)
    fresh["released"] = fresh["released"].mask(undated, moment.floor("s"))
    while (clash := undated & _taken(stored, fresh)).any():
        fresh.loc[clash, "released"] += pd.Timedelta(seconds=1)
    return fresh


def _taken(stored: pd.DataFrame, fresh: pd.DataFrame) -> npt.NDArray[np.bool_]:
    """Which rows have the key of a held one."""
    if stored.empty:
        return np.zeros(len(fresh), dtype="bool")
    theirs, ours = numbered_together([stored, fresh], schema.KEY)
    return among(ours, theirs)
