"""One source's table while files are added to it, one after the other, before it is written once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from loaders import imports, schema
from loaders.merge import merge

if TYPE_CHECKING:
    import numpy.typing as npt


@dataclass(frozen=True)
class Added:
    """How many of a file's rows were new, revised, unchanged."""

    new: int = 0
    revised: int = 0
    unchanged: int = 0

    def __add__(self, other: Added) -> Added:
        """Return both counts together."""
        return Added(self.new + other.new, self.revised + other.revised, self.unchanged + other.unchanged)


class Ledger:
    """The rows held and added so far. A file is merged with the rows of its own series, not with all."""

    def __init__(self, held: pd.DataFrame) -> None:
        """Begin with what the data dir holds."""
        self._frames: list[pd.DataFrame] = []
        self._series: npt.NDArray[np.uint64] = np.empty(0, dtype="uint64")
        self._at: npt.NDArray[np.int64] = np.empty((0, 2), dtype="int64")
        self.changed = False
        self._keep(held)

    def add(self, brought: pd.DataFrame, file: str, moment: pd.Timestamp) -> Added:
        """Lay a file's marked rows over the table; rows already held only take its mark."""
        near = self._take(_hashed(brought))
        done = merge(near, brought, moment, imports.BY)
        marked = imports.add_marks(near, brought[done.same.to_numpy()], file)
        fresh = done.table.iloc[len(near) :]
        self.changed |= len(fresh) > 0 or not marked["reference"].equals(near["reference"])
        self._keep(schema.concat([marked, fresh]))
        return Added(len(done.new), len(done.revised), done.unchanged)

    def table(self) -> pd.DataFrame:
        """Return the whole table as it now stands."""
        return schema.concat(self._pick(self._at))

    def _keep(self, frame: pd.DataFrame) -> None:
        at = np.column_stack([np.full(len(frame), len(self._frames)), np.arange(len(frame))])
        self._frames.append(frame)
        self._series = np.concatenate([self._series, _hashed(frame)])
        self._at = np.concatenate([self._at, at.astype("int64")])

    def _take(self, series: npt.NDArray[np.uint64]) -> pd.DataFrame:
        """Remove and return the rows of the same series."""
        near = pd.Index(self._series).isin(series)
        taken = self._pick(self._at[near])
        self._series, self._at = self._series[~near], self._at[~near]
        return schema.concat(taken)

    def _pick(self, at: npt.NDArray[np.int64]) -> list[pd.DataFrame]:
        return [self._frames[number].iloc[at[at[:, 0] == number, 1]] for number in np.unique(at[:, 0])]


def _hashed(frame: pd.DataFrame) -> npt.NDArray[np.uint64]:
    """Return one number for each row's series; two series that share one only cost a little time."""
    return np.asarray(pd.util.hash_pandas_object(frame[list(schema.SERIES_KEY)], index=False), dtype="uint64")
