"""Which rows a reader brought, and from which file: said in each row's own reference, nowhere else.

A row's reference carries a mark for every import that brought it, so the rows and the record of
imports are one file and cannot disagree: ``import "a.csv", row 12, SHA-256 9f86... (2026-11-24T08:00:05)``. Where a
publisher's answer or an earlier file brought the row first, the mark follows: ``...; also import
"b.csv", row 3 (...)``. Copies of imported files are not kept: the marks are all that taking back needs.
"""

import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Final

import pandas as pd

from loaders.core import schema
from loaders.core.merge import MEASURED
from loaders.core.store import Store

BY: Final = "import"
_OWN: Final = 'import "'
_ALSO: Final = "; also "
_DATED: Final = schema.DATED_HERE
_OURS: Final = rf"({re.escape(_DATED)}\w+)"
_DAY: Final = r"\d{4}-\d\d-\d\d"
_TIME: Final = r"T\d\d:\d\d:\d\d"
_MARK: Final = re.compile(
    rf'import "([^"]*)"(.*?)(?:, released ({_DAY}(?:{_TIME})?))?(?:, SHA-256 ([0-9a-f]{{64}}))? \(({_DAY}{_TIME})\)',
    re.DOTALL,
)


@dataclass(frozen=True)
class Mark:
    """One import of one row: the file, where in it, the release date that it gives, its hash if taken, and when."""

    file: str
    where: str
    released: str
    sha256: str
    moment: str

    def __str__(self) -> str:
        """Return the mark as it stands in a reference."""
        released = f", released {self.released}" if self.released else ""
        return f'{_OWN}{self.file}"{self.where}{released}{_hashed(self.sha256)} ({self.moment})'


@dataclass(frozen=True)
class _Reference:
    """A reference taken apart: what stood there before any import, who dated the row, the marks."""

    first: str
    dated: str
    marks: tuple[Mark, ...]

    @classmethod
    def read(cls, text: str) -> "_Reference":
        first, *rest = re.split(f"{_ALSO}(?={_OWN})", text)
        first, cut, dated = first.partition(_DATED)
        marks = [mark for part in rest if (mark := _mark(part))]
        if own := _mark(first):
            return cls("", cut + dated, (own, *marks))
        return cls(first, cut + dated, tuple(marks))

    def without(self, gone: Callable[[Mark], bool]) -> "_Reference":
        marks = tuple(mark for mark in self.marks if not gone(mark))
        if self.first or not marks or marks[0] == self.marks[0]:
            return _Reference(self.first, self.dated if self.first or marks else "", marks)
        return _Reference("", "" if marks[0].released else f"{_DATED}{BY}", marks)

    def __str__(self) -> str:
        if not self.first and not self.marks:
            return ""
        first, *rest = [self.first, *map(str, self.marks)] if self.first else list(map(str, self.marks))
        return first + self.dated + "".join(_ALSO + mark for mark in rest)


def _mark(text: str) -> Mark | None:
    match = _MARK.fullmatch(text)
    return Mark(match[1], match[2], match[3] or "", match[4] or "", match[5]) if match else None


def _hashed(sha256: str) -> str:
    return f", SHA-256 {sha256}" if sha256 else ""


def quotable(file: str) -> str:
    """Return a file's name as marks write it."""
    return file.replace('"', "'").replace("; ", ", ")


def mark(table: pd.DataFrame, file: str, moment: pd.Timestamp, sha256: str = "") -> pd.DataFrame:
    """Return ``table`` with its references marked as brought by ``file``, whose name they may begin with."""
    where, begins = table["reference"], file.replace("; ", ", ")
    ours: pd.Series | str = ""
    if dated(table).any():  # an exported table knows which of its dates are no publisher's
        ours = where.str.extract(_OURS, expand=False).fillna("")
        where = where.str.replace(_OURS, "", regex=True)
    if where.str.contains("; ", regex=False).any():
        where = where.str.replace("; ", ", ", regex=False)
    if where.str.startswith(f"{begins}, row ").all():
        where = where.str.slice(len(begins))
    else:
        where = ", " + where.str.removeprefix(begins).str.removeprefix(":").str.removeprefix(",").str.lstrip()
    released: pd.Series | str = ""
    if table["released"].notna().any():
        printed = table["released"].dt.strftime("%Y-%m-%dT%H:%M:%S").str.removesuffix("T00:00:00")
        released = (", released " + printed).where(printed.notna(), "")
    return table.assign(
        reference=f'{_OWN}{quotable(file)}"' + where + released + f"{_hashed(sha256)} ({second(moment)})" + ours
    )


def second(moment: pd.Timestamp) -> str:
    """Return a moment as marks write it, to the second."""
    return str(moment.floor("s").strftime("%Y-%m-%dT%H:%M:%S"))


def own(table: pd.DataFrame) -> pd.Series:
    """Return which rows only the reader's own files brought."""
    return table["reference"].str.startswith(_OWN)


def dated(table: pd.DataFrame) -> pd.Series:
    """Return which rows have a release date that we gave them, since nobody else did."""
    return table["reference"].str.contains(_DATED, regex=False)


def marks(reference: str) -> tuple[Mark, ...]:
    """Return the imports that brought the row of ``reference``; none where a publisher's answer did first."""
    read = _Reference.read(reference)
    return () if read.first else read.marks


def files(reference: str) -> tuple[str, ...]:
    """Return the imported files that brought the row of ``reference``."""
    return tuple(mark.file for mark in _Reference.read(reference).marks)


def add_marks(stored: pd.DataFrame, brought: pd.DataFrame) -> pd.DataFrame:
    """Return ``stored`` where rows that ``brought`` (marked) repeats carry its marks too, once a file."""
    return _joined(stored, brought, _with_mark)


def _with_mark(text: str, new: str) -> str:
    file = new[: new.index('"', len(_OWN)) + 1]
    return text if file in text else text + _ALSO + new


def adopt(stored: pd.DataFrame, brought: pd.DataFrame) -> pd.DataFrame:
    """Return ``stored`` where rows of imports that a publisher's answer repeats become the publisher's.

    A refresh calls it before it merges: forgetting the import then leaves these rows in place.
    """
    return _joined(stored, brought, _adopted)


def _adopted(text: str, new: str) -> str:
    old = _Reference.read(text)
    return text if old.first else str(_Reference(new, old.dated, old.marks))


def _joined(stored: pd.DataFrame, brought: pd.DataFrame, join: Callable[[str, str], str]) -> pd.DataFrame:
    """Write ``join(held reference, brought reference)`` on the held row that each brought row repeats."""
    if stored.empty or brought.empty:
        return stored
    twins = _twins(stored, brought)
    references = stored["reference"].tolist()
    for mine, theirs in zip(twins["mine"], brought["reference"].iloc[twins["theirs"]], strict=True):
        references[mine] = join(references[mine], theirs)
    return stored.assign(reference=pd.array(references, dtype="str"))


def _twins(stored: pd.DataFrame, brought: pd.DataFrame) -> pd.DataFrame:
    """Pair the positions of rows with the same figures: the same release, or one that nobody named."""
    figures = [*schema.SERIES_KEY, *MEASURED]
    left = stored[figures].astype("str").assign(mine=range(len(stored)), had=stored["released"].array)
    right = brought[figures].astype("str").assign(theirs=range(len(brought)), has=brought["released"].array)
    pairs = left.merge(right, on=figures)
    dated_here = (dated(stored) & ~schema.undated(stored)).to_numpy()[pairs["mine"]]
    pairs = pairs[pairs["has"].isna() | pairs["had"].eq(pairs["has"]) | dated_here]
    pairs["exact"] = pairs["had"].eq(pairs["has"]) | (pairs["had"].isna() & pairs["has"].isna())
    return pairs.sort_values(["exact", "had"], na_position="first").drop_duplicates("theirs", keep="last")


@dataclass(frozen=True)
class TakenBack:
    """A table after imports were taken back: what is left, the rows that went, how many stay for another's sake."""

    left: pd.DataFrame
    went: pd.DataFrame
    stayed: int

    def put(self, store: Store, source: str) -> None:
        """Write what is left, or remove the table where nothing is; the caller holds the lock."""
        if not len(self.went) and not self.stayed:
            return
        if len(self.left):
            store.write(source, self.left)
        else:
            store.drop(source)


def take_back(table: pd.DataFrame, gone: Callable[[Mark], bool]) -> TakenBack:
    """Return ``table`` as if the imports that ``gone`` names had never been.

    Rows that only they brought go. Rows that a publisher's answer or another file brought too stay,
    less the mark; where the import taken back had dated such a row, the other's date stands.
    """
    references, dates = table["reference"].tolist(), table["released"].copy()
    go: list[int] = []
    stay: list[int] = []
    moved: list[int] = []
    for row in table["reference"].str.contains(_OWN, regex=False).to_numpy().nonzero()[0].tolist():
        old = _Reference.read(references[row])
        new = old.without(gone)
        if new == old:
            continue
        if pd.isna(dates.iloc[row]):  # no import dated it: the file says by which day it was public
            new = replace(new, dated="")
        references[row] = str(new)
        (stay if references[row] else go).append(row)
        if not new.first and new.marks and new.marks[0] != old.marks[0] and pd.notna(dates.iloc[row]):
            dates.iloc[row] = pd.Timestamp(new.marks[0].released or new.marks[0].moment)
            moved.append(row)
    changed = table.assign(reference=pd.array(references, dtype="str"), released=dates)
    left = changed.drop(index=table.index[go])
    return TakenBack(_apart(left, table.index[moved]).reset_index(drop=True), table.iloc[go], len(stay))


def _apart(table: pd.DataFrame, moved: pd.Index) -> pd.DataFrame:
    """Give each moved row a second of its own beside the other vintages of its series."""
    table = table.loc[table.index.difference(moved, sort=False).append(moved)]
    late = table.index.isin(moved)
    while (clash := table.duplicated(list(schema.KEY)) & late).any():
        table.loc[clash, "released"] += pd.Timedelta(seconds=1)
    return table


@dataclass(frozen=True)
class KnownImport:
    """One import that the store holds rows of: ``alone`` of its ``rows`` no other file or answer brought."""

    file: str
    source: str
    moment: str
    rows: int
    alone: int


def known(store: Store) -> list[KnownImport]:
    """Return the imports that the data dir holds rows of, oldest first; StoreError where it is broken."""
    return sorted(
        (one for source in store.sources() for one in known_in(source, store.stored(source))),
        key=lambda one: (one.moment, one.file, one.source),
    )


def known_in(source: str, table: pd.DataFrame) -> list[KnownImport]:
    """Return the imports that rows of one source are marked with."""
    rows: Counter[tuple[str, str]] = Counter()
    alone: Counter[tuple[str, str]] = Counter()
    for text in table["reference"][table["reference"].str.contains(_OWN, regex=False)]:
        reference = _Reference.read(text)
        by = [(mark.file, mark.moment) for mark in reference.marks]
        rows.update(by)
        if len(by) == 1 and not reference.first:
            alone.update(by)
    return [KnownImport(file, source, moment, rows[file, moment], alone[file, moment]) for file, moment in rows]
