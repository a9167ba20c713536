"""The chain of versions beside the store: each state of the data by name, and what led from one to the next.

A version is named by the content of the files that make up the data. What ships is kept as the files
themselves, once for each release of the program. Of the data dir the newest files are kept, and the rows
that changed before: an older state is the newest one with the changes since taken back.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Final

import pandas as pd

from loaders.core import schema
from loaders.core.store import (
    CODES,
    FIGURES,
    SIDE,
    Store,
    StoreError,
    read_csv,
    read_frame,
    read_table,
    write_bytes,
    write_frame,
    write_table,
)
from loaders.versions.table_changes import FigureChange, difference, figures, undone

if TYPE_CHECKING:
    from pathlib import Path

FOLDER: Final = "versions"
LOG: Final = "log.jsonl"
DIGITS: Final = 12  # of a version's name
BEGUN: Final = "begun"  # the cause of the first version
_SHIPPED, _OWN = "shipped/", "own/"


@dataclass(frozen=True)
class Version:
    """One state: its name, when and why it came about, the hash of each file, and where its changes are kept.

    ``moment`` is local time, ISO 8601, to the second. A key of ``files`` and ``changes`` is
    ``shipped/imf.parquet`` or ``own/imf.parquet``.
    """

    name: str
    moment: str
    cause: str
    files: dict[str, str]
    changes: dict[str, str]


class RestoredStore(Store):
    """An earlier state in a folder of its own; its side tables are those of then."""

    def side(self, name: str) -> pd.DataFrame:
        """Return a side table as it was: what shipped, then what the data dir had brought."""
        file = self.snapshot / f"{name}.csv"
        shipped = read_csv(file) if file.exists() else pd.DataFrame()
        table = pd.concat([shipped, self.held_side(name)], ignore_index=True)
        return table[~table.duplicated()].reset_index(drop=True)


class History:
    """The versions that a data dir remembers."""

    def __init__(self, store: Store) -> None:
        """Point at the folder of versions, which need not exist yet."""
        self.store = store
        self.folder = store.folder / FOLDER

    def versions(self) -> list[Version]:
        """Return all versions, oldest first.

        Raises:
            StoreError: the log cannot be read.
        """
        file = self.folder / LOG
        try:
            lines = file.read_text("utf-8").splitlines() if file.exists() else []
            return [Version(**json.loads(line)) for line in lines]
        except (OSError, ValueError, TypeError) as error:
            raise StoreError(f"{file}: cannot be read ({error}); move the folder away, a new chain begins") from error

    def record(self, moment: pd.Timestamp, cause: str) -> Version:
        """Note the state of the store where it is a new one, and return its version; the caller holds the lock.

        Raises:
            StoreError: the folder cannot be read or written; the versions noted before stand.
        """
        files, known = self._files(), self.versions()
        now = {name: _digest(file) for name, file in files.items()}
        if known and known[-1].files == now:
            return known[-1]
        before = known[-1].files if known else {}
        for name, file in files.items():
            copy = self._copy(name, now[name])
            if not copy.exists():
                write_bytes(copy, file.read_bytes())
        version = Version(_name(now), f"{moment:%Y-%m-%dT%H:%M:%S}", cause if known else BEGUN, now, {})
        if known:
            changed = sorted(name for name in {*now, *before} if now.get(name) != before.get(name))
            for name in changed:
                if name.startswith(_OWN):
                    version.changes[name] = self._note_rows(name, before.get(name), now.get(name))
            self._note_figures(version.name, changed, before, now)
        lines = [json.dumps(asdict(one), ensure_ascii=False) for one in (*known, version)]
        write_bytes(self.folder / LOG, ("\n".join(lines) + "\n").encode())
        for name, digest in before.items():  # its changes say it now
            if name.startswith(_OWN) and now.get(name) != digest:
                self._copy(name, digest).unlink(missing_ok=True)
        return version

    def _files(self) -> dict[str, Path]:
        """Return every file that makes up the data: what ships, and the data dir's own."""
        shipped = [*self.store.snapshot.glob("*.parquet"), *self.store.snapshot.glob("*.csv")]
        shipped += [*FIGURES.glob("*.csv"), *CODES.glob("*.csv")]
        own = [*self.store.folder.glob("*.parquet"), *(self.store.folder / SIDE).glob("*.csv")]
        named = {f"{_SHIPPED}{file.name}": file for file in sorted(shipped)}
        return named | {f"{_OWN}{file.name}": file for file in sorted(own)}

    def _copy(self, name: str, digest: str) -> Path:
        return self.folder / "files" / f"{digest}.{name.rpartition('.')[2]}"

    def _note_rows(self, name: str, before: str | None, now: str | None) -> str:
        """Keep the rows by which a file of the data dir differs from the state before; return the name of that file."""
        old, new = (None if digest is None else _read(self._copy(name, digest)) for digest in (before, now))
        shape = (new if new is not None else old if old is not None else pd.DataFrame()).iloc[:0]
        rows = difference(shape if old is None else old, shape if new is None else new)
        kept = f"{hashlib.sha256(f'{name} {before} {now}'.encode()).hexdigest()[:DIGITS]}.rows.parquet"
        write_frame(self.folder / kept, rows)
        return kept

    def _note_figures(self, version: str, changed: list[str], before: dict[str, str], now: dict[str, str]) -> None:
        """Keep the figures of the one table that became new, were revised or are gone."""
        sources = sorted({name.partition("/")[2] for name in changed if name.endswith(".parquet")})
        found = [one for source in sources for one in figures(self._source(source, before), self._source(source, now))]
        content = pd.DataFrame([asdict(one) for one in found], columns=list(FigureChange.__dataclass_fields__))
        write_bytes(self.folder / f"{version}.figures.csv", content.to_csv(index=False, lineterminator="\n").encode())

    def _source(self, file: str, state: dict[str, str]) -> pd.DataFrame:
        """Return the rows of a source in a state whose files are all kept: its own laid over what ships."""
        names = [name for name in (f"{_SHIPPED}{file}", f"{_OWN}{file}") if name in state]
        table = schema.concat([read_table(self._copy(name, state[name])) for name in names])
        return table[~table.duplicated(list(schema.KEY), keep="last")]

    def changes(self, version: str) -> list[FigureChange]:
        """Return the figures that changed with a version; none for the first, which has nothing before it."""
        file = self.folder / f"{version}.figures.csv"
        if not file.exists():
            return []
        table = pd.read_csv(file, dtype="str", keep_default_na=False)
        return [
            FigureChange(**row | {name: float(row[name]) if row[name] else None for name in ("old", "new")})
            for row in ({str(key): cell for key, cell in line.items()} for line in table.to_dict("records"))
        ]

    def restore(self, name: str, into: Path) -> RestoredStore:
        """Put the files of a version into a folder, and return a store over them.

        Raises:
            KeyError: there is no such version.
            StoreError: what is kept of it cannot be read.
        """
        known = self.versions()
        at = next((place for place, one in enumerate(known) if one.name == name), None)
        if at is None:
            raise KeyError(name)
        shipped, own = into / "snapshot", into / "own"
        for file, digest in known[at].files.items():
            if file.startswith(_SHIPPED):
                write_bytes(shipped / file.removeprefix(_SHIPPED), self._copy(file, digest).read_bytes(), sync=False)
            else:
                self._put_back(file, known[at:], own)
        return RestoredStore(own, shipped)

    def _put_back(self, file: str, since: list[Version], own: Path) -> None:
        """Write a file of the data dir as it was at the first of ``since``: its newest state less what came after."""
        last = since[-1].files.get(file)
        changed = [one.changes[file] for one in since[1:] if file in one.changes]
        table = None if last is None else _read(self._copy(file, last))
        for kept in reversed(changed):
            rows = read_frame(self.folder / kept)
            table = undone(rows.iloc[:0].drop(columns="came") if table is None else table, rows)
        place = own / (f"{SIDE}/" if file.endswith(".csv") else "") / file.removeprefix(_OWN)
        if table is None:
            raise StoreError(f"{self.folder}: nothing is kept of {file}; the version cannot be shown")
        if file.endswith(".parquet"):
            write_table(place, table)
        else:
            write_bytes(place, table.to_csv(index=False, lineterminator="\n").encode(), sync=False)


def _name(files: dict[str, str]) -> str:
    return hashlib.sha256(json.dumps(files, sort_keys=True).encode()).hexdigest()[:DIGITS]


def _digest(file: Path) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest()


def _read(file: Path) -> pd.DataFrame:
    """Read a kept file: a table of the store, or a side table as text."""
    return read_table(file) if file.suffix == ".parquet" else read_csv(file)
