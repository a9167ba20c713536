"""The chain of versions beside the store: each state of the data by name, and what led from one to the next.

A version is named by the content of the files that make up the data. What ships is kept as the files
themselves, once for each release of the program. Of the data dir the newest files are kept, and the rows
that changed before: an older state is the newest one with the changes since taken back.
"""

import hashlib
import json
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Final

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

FOLDER: Final = "versions"
LOG: Final = "log.jsonl"
DIGITS: Final = 12  # of a version's name
BEGUN: Final = "begun"  # the cause of the first version
_SHIPPED, _OWN = "shipped/", "own/"


@dataclass(frozen=True)
class Version:
    """One state: its name, when and why it came about, the hash of each file, and where its changes are kept.

    ``moment`` is local time, ISO 8601, to the second. A key of ``files`` and ``changes`` is
    ``shipped/imf.parquet`` or ``own/imf.parquet``; ``figures`` is the file of changed figures, empty for
    the first version. The same state may come again, as another version of the same name.
    """

    name: str
    moment: str
    cause: str
    files: dict[str, str]
    changes: dict[str, str]
    figures: str


class RestoredStore(Store):
    """An earlier state in a folder of its own; its side tables are those of then."""

    def shipped_side(self, name: str) -> pd.DataFrame:
        """Return a side table as it shipped then; nothing where there was none."""
        file = self.snapshot / f"{name}.csv"
        return read_csv(file) if file.exists() else pd.DataFrame()


class History:
    """The versions that a data dir remembers."""

    def __init__(self, store: Store) -> None:
        """Point at the folder of versions, which need not exist yet."""
        self.store = store
        self.folder = store.folder / FOLDER

    @property
    def begun(self) -> bool:
        """Whether a version was noted."""
        return (self.folder / LOG).exists()

    def versions(self) -> list[Version]:
        """Return all versions, oldest first.

        Raises:
            StoreError: the log cannot be read.
        """
        file = self.folder / LOG
        try:
            lines = file.read_text("utf-8").splitlines() if self.begun else []
            return [Version(**json.loads(line)) for line in lines]
        except (OSError, ValueError, TypeError) as error:
            raise StoreError(f"{file}: cannot be read ({error}); move the folder away, a new chain begins") from error

    def begin(self, moment: pd.Timestamp) -> None:
        """Begin the chain with what ships alone, before any rows of the reader's own; the caller holds the lock.

        Raises:
            StoreError: as for :meth:`record`.
        """
        if not self.versions():
            self._note(moment, BEGUN, self._shipped())

    def record(self, moment: pd.Timestamp, cause: str) -> Version:
        """Note the state of the store where it is a new one, and return its version; the caller holds the lock.

        Raises:
            StoreError: the folder cannot be read or written; the versions noted before stand.
        """
        return self._note(moment, cause, self._shipped() | self.own())

    def current(self) -> str:
        """Return the name of the state that the store is in now, whether it was noted or not.

        Raises:
            OSError: a file cannot be read.
        """
        return _name({name: _digest(file) for name, file in (self._shipped() | self.own()).items()})

    def own(self) -> dict[str, Path]:
        """Return the files of the data dir that are data of the reader's own."""
        files = [*self.store.folder.glob("*.parquet"), *(self.store.folder / SIDE).glob("*.csv")]
        return {f"{_OWN}{file.name}": file for file in sorted(files)}

    def _shipped(self) -> dict[str, Path]:
        files = [*self.store.snapshot.glob("*.parquet"), *self.store.snapshot.glob("*.csv")]
        files += [*FIGURES.glob("*.csv"), *CODES.glob("*.csv")]
        return {f"{_SHIPPED}{file.name}": file for file in sorted(files)}

    def _note(self, moment: pd.Timestamp, cause: str, files: dict[str, Path]) -> Version:
        known = self.versions()
        now = {name: _digest(file) for name, file in files.items()}
        if known and known[-1].files == now:
            return known[-1]
        for name, file in files.items():
            copy = self._copy(name, now[name])
            if not copy.exists():
                write_bytes(copy, file.read_bytes())
        version = Version(_name(now), f"{moment:%Y-%m-%dT%H:%M:%S}", cause if known else BEGUN, now, {}, "")
        if known:
            changed = {name for name in {*now, *known[-1].files} if now.get(name) != known[-1].files.get(name)}
            version = self._changed(version, known, sorted(changed))
        lines = [json.dumps(asdict(one), ensure_ascii=False) for one in (*known, version)]
        write_bytes(self.folder / LOG, ("\n".join(lines) + "\n").encode())
        self._let_go([*known, version])
        return version

    def _changed(self, version: Version, known: list[Version], names: list[str]) -> Version:
        """Keep the rows and the figures by which a version differs from the last one that is known."""
        before, now = known[-1].files, version.files
        rows = {name: self._note_rows(name, before.get(name), now.get(name)) for name in names if name.startswith(_OWN)}
        figures_file = f"{len(known):04}-{version.name}.figures.csv"  # a state that comes again has other changes
        self._note_figures(figures_file, names, before, now)
        return replace(version, changes=rows, figures=figures_file)

    def _let_go(self, known: list[Version]) -> None:
        """Remove copies of the data dir's files that the last version's changes say now, and nothing else needs."""
        needed = {self._copy(name, digest) for name, digest in known[-1].files.items()}
        shipped = (pair for one in known for pair in one.files.items() if pair[0].startswith(_SHIPPED))
        needed |= {self._copy(name, digest) for name, digest in shipped}
        if len(known) > 1:
            for name, digest in known[-2].files.items():
                if (copy := self._copy(name, digest)) not in needed:
                    copy.unlink(missing_ok=True)

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

    def _note_figures(self, kept: str, changed: list[str], before: dict[str, str], now: dict[str, str]) -> None:
        """Keep the figures of the one table that became new, were revised or are gone."""
        sources = sorted({name.partition("/")[2] for name in changed if name.endswith(".parquet")})
        figure_changes = [
            one for source in sources for one in figures(self._source(source, before), self._source(source, now))
        ]
        # vars, not asdict, which copies every text: half a million figures took five seconds
        content = pd.DataFrame([vars(one) for one in figure_changes], columns=list(FigureChange.__dataclass_fields__))
        write_bytes(self.folder / kept, content.to_csv(index=False, lineterminator="\n").encode())

    def _source(self, file: str, state: dict[str, str]) -> pd.DataFrame:
        """Return the rows of a source in a state whose files are all kept: its own laid over what ships."""
        names = [name for name in (f"{_SHIPPED}{file}", f"{_OWN}{file}") if name in state]
        table = schema.concat([read_table(self._copy(name, state[name])) for name in names])
        return table[~table.duplicated(list(schema.KEY), keep="last")]

    def changes(self, version: Version) -> list[FigureChange]:
        """Return the figures that changed with a version; none for the first, which has nothing before it.

        Raises:
            StoreError: what is kept of them cannot be read.
        """
        if not version.figures:
            return []
        table = read_csv(self.folder / version.figures).fillna("")
        cells = {str(name): table[name].tolist() for name in table}
        amounts = {name: [float(cell) if cell else None for cell in cells[name]] for name in ("old", "new")}
        return [
            FigureChange(**dict(zip(cells, row, strict=True))) for row in zip(*(cells | amounts).values(), strict=True)
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
