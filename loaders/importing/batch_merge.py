"""One source's table while files are added to it, one after the other, before it is written once."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from loaders.core import import_marks, schema
from loaders.core.merge import among_prints, holds, merge, newest


@dataclass(frozen=True)
class Added:
    """How many of a file's rows were new, revised, unchanged."""

    new: int = 0
    revised: int = 0
    unchanged: int = 0

    def __add__(self, other: "Added") -> "Added":
        """Return both counts together."""
        return Added(self.new + other.new, self.revised + other.revised, self.unchanged + other.unchanged)


class SourceTable:
    """The rows held and added so far. A file is merged with the rows of its own series, not with all."""

    def __init__(self, stored: pd.DataFrame, shipped: pd.DataFrame | None = None) -> None:
        """Begin with what the data dir holds; ``shipped`` is only counted against, never stored."""
        self._shipped = schema.empty() if shipped is None else shipped
        self._ships: npt.NDArray[np.uint64] = _hashed(self._shipped)
        self._frames: list[pd.DataFrame] = []
        self._series: npt.NDArray[np.uint64] = np.empty(0, dtype="uint64")
        self._at: npt.NDArray[np.int64] = np.empty((0, 2), dtype="int64")
        self.changed = False
        self._keep(stored)

    def add(self, files: Sequence[pd.DataFrame], moment: pd.Timestamp) -> list[Added]:
        """Lay the marked rows of files over the table in their order; rows already held only take a mark.

        Files that share no series are merged together: the outcome is the same, the time is not.
        """
        added: list[Added] = []
        for group in _apart(files):
            added += self._add(group, moment)
        return added

    def _add(self, files: Sequence[pd.DataFrame], moment: pd.Timestamp) -> list[Added]:
        brought = schema.concat(files)
        hashes = _hashed(brought)
        near = self._pull(pd.Index(self._series).isin(hashes))
        if len(files) > 1 and _after(near, moment) > moment:  # a later second of one file's series is not another's
            self._keep(near)
            return [count for file in files for count in self._add([file], moment)]
        done = merge(near, brought, _after(near, moment), import_marks.BY)
        same = done.same.to_numpy()
        marked = import_marks.add_marks(near, brought[same])
        fresh = done.table.iloc[len(near) :]
        self.changed |= len(fresh) > 0 or not marked["reference"].equals(near["reference"])
        self._keep(schema.concat([marked, fresh]))
        same, revised = self._counted(brought, near, same, hashes)
        ends = np.cumsum([len(file) for file in files])[:-1]
        return [
            Added(int((~one & ~two).sum()), int(two.sum()), int(one.sum()))
            for one, two in zip(np.split(same, ends), np.split(revised, ends), strict=True)
        ]

    def _counted(
        self, brought: pd.DataFrame, near: pd.DataFrame, same: npt.NDArray[np.bool_], hashes: npt.NDArray[np.uint64]
    ) -> tuple[npt.NDArray[np.bool_], npt.NDArray[np.bool_]]:
        """Return which rows say what is held or ships already, and which say something else of its series."""
        ships = self._shipped[pd.Index(self._ships).isin(hashes)]
        same = same | among_prints(ships, brought)
        known = newest(schema.concat([near, ships]))
        within = pd.Index(hashes).isin(_hashed(known))
        if within.any():
            same[within] |= holds(known, brought[within])
        return same, ~same & within

    def table(self) -> pd.DataFrame:
        """Return the whole table as it now stands."""
        return schema.concat(self._pick(self._at))

    def _keep(self, frame: pd.DataFrame) -> None:
        at = np.column_stack([np.full(len(frame), len(self._frames)), np.arange(len(frame))])
        self._frames.append(frame)
        self._series = np.concatenate([self._series, _hashed(frame)])
        self._at = np.concatenate([self._at, at.astype("int64")])

    def _pull(self, rows: npt.NDArray[np.bool_]) -> pd.DataFrame:
        """Remove rows from the table and return them."""
        pulled = self._pick(self._at[rows])
        self._series, self._at = self._series[~rows], self._at[~rows]
        return schema.concat(pulled)

    def _pick(self, at: npt.NDArray[np.int64]) -> list[pd.DataFrame]:
        return [self._frames[number].iloc[at[at[:, 0] == number, 1]] for number in np.unique(at[:, 0])]


def _hashed(frame: pd.DataFrame) -> npt.NDArray[np.uint64]:
    """Return one number for each row's series; two series that share one only cost a little time."""
    return np.asarray(pd.util.hash_pandas_object(frame[list(schema.SERIES_KEY)], index=False), dtype="uint64")


def _after(near: pd.DataFrame, moment: pd.Timestamp) -> pd.Timestamp:
    """Return ``moment``, or the second after our last dating where the clock was set back since."""
    last = near.loc[import_marks.dated(near), "released"].max()
    return moment if pd.isna(last) or last <= moment else last + pd.Timedelta(seconds=1)


def _apart(files: Sequence[pd.DataFrame]) -> Iterator[list[pd.DataFrame]]:
    """Yield runs of files of which no two share a series."""
    if len(files) == 1:
        yield list(files)
        return
    run: list[pd.DataFrame] = []
    seen: set[int] = set()
    for file in files:
        hashes = set(_hashed(file).tolist())
        if not seen.isdisjoint(hashes):
            yield run
            run, seen = [], set()
        run.append(file)
        seen |= hashes
    if run:
        yield run
