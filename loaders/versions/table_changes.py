"""What differs between two states of a table: rows that went and rows that came, and the figures that they mean."""

from dataclasses import dataclass
from typing import Any, Final

import pandas as pd

from loaders.core import schema

CAME: Final = "came"  # the column that tells a row that came from one that went
NEW, REVISED, GONE = "new", "revised", "gone"


@dataclass(frozen=True)
class FigureChange:
    """One figure of the one table that became new, was revised, or is no longer there.

    ``old`` and ``new`` are whole units of ``currency`` (None where there is none); periods are months
    ``YYYY-MM``; ``released`` is the release of the newer state, ``YYYY-MM-DD`` or empty; ``classification`` is that of
    the code, empty where a list was kept before it told.
    """

    kind: str
    source: str
    reporter: str
    partner: str
    flow: str
    start: str
    end: str
    code: str
    currency: str
    old: float | None
    new: float | None
    released: str
    classification: str = ""


def difference(before: pd.DataFrame, after: pd.DataFrame) -> pd.DataFrame:
    """Return the rows of ``before`` that ``after`` lacks and the reverse, with the column :data:`CAME`.

    Rows count as often as they stand there; what is in both is not returned.
    """
    old, new = _counted(before), _counted(after)
    gone, came = old[~old.index.isin(new.index)], new[~new.index.isin(old.index)]
    return pd.concat([gone.assign(**{CAME: False}), came.assign(**{CAME: True})], ignore_index=True)


def _counted(table: pd.DataFrame) -> pd.DataFrame:
    """Return the rows under what tells each from all others: its content, and how many of the same stand before it."""
    plain = table.astype({name: "str" for name in table.columns if isinstance(table[name].dtype, pd.CategoricalDtype)})
    content = pd.util.hash_pandas_object(plain, index=False)
    return plain.set_axis(pd.MultiIndex.from_arrays([content, content.groupby(content).cumcount()]))


def undone(after: pd.DataFrame, change: pd.DataFrame) -> pd.DataFrame:
    """Return the state before a change; the order of rows is that of ``after``, what had gone stands last.

    Raises:
        ValueError: the change did not lead to ``after``.
    """
    came, gone = (change[change[CAME].eq(which)].drop(columns=CAME) for which in (True, False))
    new, taken = _counted(after), _counted(came.reindex(columns=list(after.columns)) if len(came) else after.iloc[:0])
    if not taken.index.isin(new.index).all():
        raise ValueError("the rows that came with a change are not in the state after it")
    left = new[~new.index.isin(taken.index)]
    return pd.concat([left, gone], ignore_index=True) if len(gone) else left.reset_index(drop=True)


def figures(before: pd.DataFrame, after: pd.DataFrame) -> list[FigureChange]:
    """Return each figure that is known otherwise in the second state of the one table, in the order of its key.

    A release that came or went beside one that counts more (``schema.as_known``) changes no figure.
    """
    old, new = _newest(before).add_suffix("_old"), _newest(after).add_suffix("_new")
    both = old.join(new, how="outer").sort_index()
    changed = both[~(both["value_old"].eq(both["value_new"]) | (both["value_old"].isna() & both["value_new"].isna()))]
    return [_figure(row) for row in changed.reset_index().to_dict("records")]


def _newest(table: pd.DataFrame) -> pd.DataFrame:
    """Return each figure as it is known, with the release that its publisher dated, by its key as text and dates."""
    key = list(schema.SERIES_KEY)
    if table.empty:
        index = pd.MultiIndex.from_arrays([[] for _ in key], names=key)
        return pd.DataFrame({"value": pd.Series(dtype="float64"), "released": pd.Series(dtype="datetime64[us]")}, index)
    known = schema.as_known(table)[[*key, "value", "released", "reference"]]
    plain = known.astype({name: "str" for name in key if isinstance(known[name].dtype, pd.CategoricalDtype)})
    ours = plain["reference"].str.contains(schema.DATED_HERE, regex=False, na=False)
    plain["released"] = plain["released"].where(~ours)
    return plain.set_index(key)[["value", "released"]]


def _figure(row: dict[Any, Any]) -> FigureChange:
    old, new = (None if pd.isna(row[name]) else float(row[name]) for name in ("value_old", "value_new"))
    released = row["released_old"] if new is None else row["released_new"]
    return FigureChange(
        kind=NEW if old is None else GONE if new is None else REVISED,
        source=row["source"],
        reporter=row["reporter"],
        partner=row["partner"],
        flow=row["flow"],
        start=f"{row['period_start']:%Y-%m}",
        end=f"{row['period_end']:%Y-%m}",
        code=row["commodity_code"],
        currency=row["currency"],
        old=old,
        new=new,
        released=f"{released:%Y-%m-%d}" if pd.notna(released) else "",
        classification=row["classification"],
    )
