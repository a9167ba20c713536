"""The only file that puts files into data/, each whole or not at all, and the only one that reads its tables.

Raw answers, versions and the record of imports are written through it too; who keeps them reads and removes them.
Two layers: the snapshot that ships and is never written at run time, and the data dir that a
refresh or an import writes. Reading lays the second over the first, key by key.
"""

import hashlib
import io
import os
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Final

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
from filelock import FileLock, Timeout

from loaders.core import places, schema
from loaders.core.columns import arrow_order

Wanted = Callable[[pd.DataFrame], npt.NDArray[np.bool_]]

ROOT: Final = places.ROOT
SNAPSHOT: Final = ROOT / "data" / "snapshot"
FIGURES: Final = ROOT / "data" / "figures"
CODES: Final = ROOT / "data" / "codes"
MANIFEST: Final = "MANIFEST.csv"
PART: Final = ".part"
LOCK: Final = ".lock"
HOLDER: Final = ".holder"
_PAUSES: Final = (0.05, 0.2, 1.0) if os.name == "nt" else ()  # seconds
SIDE: Final = "side"


class StoreError(RuntimeError):
    """The store cannot be read or written: one line, what, where, what to do."""


@dataclass(frozen=True)
class Loaded:
    """What could be read: the table, and one line for each file that could not."""

    trade: pd.DataFrame
    problems: tuple[str, ...]


class Store:
    """The shipped snapshot under a data dir of the reader's own."""

    def __init__(self, folder: Path | str | None = None, snapshot: Path = SNAPSHOT) -> None:
        """Point at the data dir (it need not exist yet) and at the snapshot."""
        self.folder = Path(folder if folder is not None else places.data_dir())
        self.snapshot = snapshot

    def stamp(self) -> tuple[tuple[str, int, int], ...]:
        """Return name, time and size of every file read: it changes when the data do."""
        files = [*_parquets(self.snapshot), *_parquets(self.folder), *_shown_files(self.folder, f"{SIDE}/*.csv")]
        files += _shown_files(self.folder, "imports.csv")
        return tuple((str(f), s.st_mtime_ns, s.st_size) for f in files if (s := _stat(f)))

    def load(self) -> Loaded:
        """Return the whole table; a file that cannot be read costs its rows and one line."""
        tables, problems = [], [*_missing(self.snapshot), *self._unreadable()]
        for folder in (self.snapshot, self.folder):
            read, broken = _read_all(_parquets(folder))
            tables += read
            problems += broken
        table = schema.concat(tables)
        table = table[~table.duplicated(list(schema.KEY), keep="last")].reset_index(drop=True)
        return Loaded(table, tuple(problems))

    def _unreadable(self) -> list[str]:
        """Return the line that says why the data dir cannot be looked into, if so."""
        try:
            self._holds(self.folder / SIDE)
        except StoreError as error:
            return [str(error)]
        return []

    def _holds(self, file: Path) -> bool:
        """Return whether a file of the data dir is there; StoreError where the folder does not let itself be read."""
        try:
            file.stat()
        except (FileNotFoundError, NotADirectoryError):
            return False
        except OSError as error:
            raise StoreError(
                f"{self.folder}: cannot be read ({error.strerror}); what ships is shown; check the folder"
            ) from error
        return True

    def stored(self, source: str) -> pd.DataFrame:
        """Return what the data dir alone holds of ``source``; StoreError where that is broken."""
        file = self.folder / f"{source}.parquet"
        return read_table(file) if self._holds(file) else schema.empty()

    def shipped(self, source: str) -> pd.DataFrame:
        """Return what ships of ``source``; no rows where nothing does, or it cannot be read."""
        file = self.snapshot / f"{source}.parquet"
        try:
            return read_table(file) if file.exists() else schema.empty()
        except StoreError:
            return schema.empty()

    def shipped_together(self, sources: Iterable[str], wanted: Wanted | None = None) -> pd.DataFrame:
        """Return what ships of several sources, checked once as one table: a third of the time of one by one.

        With ``wanted`` only the rows for which it is true; the others are not checked either.
        """
        files = [file for name in sources if (file := self.snapshot / f"{name}.parquet").exists()]
        try:
            table = _together(files)
            return schema.conform(table if wanted is None else table[wanted(table)])
        except (OSError, pa.ArrowException, ValueError, KeyError):  # none at all, or one is broken: the others count
            whole = schema.concat([self.shipped(file.stem) for file in files])
            return whole if wanted is None else whole[wanted(whole)].reset_index(drop=True)

    def sources(self) -> list[str]:
        """Return the names of the sources that the data dir holds."""
        return [file.stem for file in _parquets(self.folder)]

    def write(self, source: str, table: pd.DataFrame) -> None:
        """Replace ``<source>.parquet`` of the data dir in one step; the caller holds the lock."""
        write_table(self.folder / f"{source}.parquet", table)

    def side(self, name: str) -> pd.DataFrame:
        """Return a side table: what ships, then what the data dir brought, each row once."""
        table = pd.concat([self.shipped_side(name), self.stored_side(name)], ignore_index=True)
        return table[~table.duplicated()].reset_index(drop=True)

    def shipped_side(self, name: str) -> pd.DataFrame:
        """Return what ships of a side table, as text."""
        return read_side(name)

    def stored_side(self, name: str) -> pd.DataFrame:
        """Return what the data dir alone holds of a side table, as text; StoreError where it is broken."""
        file = self.folder / SIDE / f"{name}.csv"
        return read_csv(file, "move it away, then refresh again") if self._holds(file) else pd.DataFrame()

    def write_side(self, name: str, table: pd.DataFrame) -> None:
        """Replace a side table of the data dir in one step; the caller holds the lock."""
        write_csv(self.folder / SIDE / f"{name}.csv", table)

    def drop(self, source: str) -> None:
        """Remove ``<source>.parquet`` of the data dir, which holds no row; the caller holds the lock."""
        with _refusals_in_a_line(self.folder, "written", "nothing is removed"):
            (self.folder / f"{source}.parquet").unlink(missing_ok=True)

    def read_note(self, name: str) -> str:
        """Return what a writer noted beside the tables, empty where nothing is noted."""
        file = self.folder / name
        with _refusals_in_a_line(file, "read", "move it away"):
            return file.read_text("utf-8", "replace") if file.exists() else ""

    def write_note(self, name: str, text: str) -> None:
        """Note ``text`` beside the tables, on disk before this returns; an empty text removes the note."""
        file = self.folder / name
        with _refusals_in_a_line(file, "written", "nothing is changed"):
            file.unlink(missing_ok=True)
            if text:
                with file.open("x", encoding="utf-8") as out:
                    out.write(text)
                    out.flush()
                    os.fsync(out.fileno())

    @contextmanager
    def lock(self) -> Iterator[None]:
        """Keep two writers apart. The system frees the lock when its holder ends, however it ends."""
        lock = FileLock(self.folder / LOCK, timeout=0)
        holder = self.folder / HOLDER  # beside it: where the system locks a file, nobody else can read it
        with _refusals_in_a_line(self.folder, "written", "name another with --data-dir"):
            self.folder.mkdir(parents=True, exist_ok=True)
            try:
                lock.acquire()
            except Timeout as error:
                who = self.read_note(HOLDER).strip() or "another process"
                raise StoreError(
                    f"{self.folder / LOCK}: held by {who}; wait until it has ended, then try again"
                ) from error
        try:
            for left in self.folder.glob(f"**/.*{PART}"):  # by a writer that was killed
                left.unlink(missing_ok=True)
            with _refusals_in_a_line(holder, "written", "make room, then try again"):
                holder.write_text(f"process {os.getpid()}", "utf-8")
            yield
        finally:
            with suppress(OSError):
                holder.unlink(missing_ok=True)
            lock.release()


@contextmanager
def _refusals_in_a_line(path: Path, done: str, advice: str) -> Iterator[None]:
    """Turn the system's refusal into one line."""
    try:
        yield
    except OSError as error:
        raise StoreError(f"{path}: cannot be {done} ({error.strerror}); {advice}") from error


def _stat(file: Path) -> os.stat_result | None:
    try:
        return file.stat()
    except OSError:
        return None


def _parquets(folder: Path) -> list[Path]:
    return _shown_files(folder, "*.parquet")


def _shown_files(folder: Path, pattern: str) -> list[Path]:
    """Return the files that a folder shows; none where it cannot be read."""
    try:
        return sorted(folder.glob(pattern))
    except OSError:
        return []


def _missing(snapshot: Path) -> list[str]:
    """Name the files that the manifest lists and the snapshot lacks."""
    try:
        listed = pd.read_csv(snapshot / MANIFEST, dtype="str")["file"].unique()
    except (OSError, KeyError, ValueError):
        return [f"{snapshot / MANIFEST}: cannot be read; restore data/snapshot/ from the repository"]
    lacks = [name for name in listed if not (snapshot / name).exists()]
    return [f"{snapshot / name}: missing, its figures are left out; restore it or run make snapshot" for name in lacks]


def _read_all(files: list[Path]) -> tuple[list[pd.DataFrame], list[str]]:
    """Read the files of one folder, and a line for each that cannot be.

    Together where they let themselves be checked as one table, which takes a third of the time of one by one.
    """
    try:
        rows = schema.conform(_together(files))
        if not rows["known_by"].isna().any():
            return [rows], []
    except (OSError, pa.ArrowException, ValueError):
        pass  # there is none, or one of them is broken: that one is to be named
    tables, problems = [], []
    for file in files:
        try:
            tables.append(read_table(file))
        except StoreError as error:
            problems.append(str(error))
    return tables, problems


def _together(files: list[Path]) -> pd.DataFrame:
    """Read several Parquet files as one table, which is not checked yet."""
    rows = pa.concat_tables([_rows(file) for file in files], promote_options="permissive")
    return pd.DataFrame(rows.unify_dictionaries().to_pandas())


def _rows(file: Path) -> pa.Table:
    """Read one Parquet file, which is never so large that a data set of many would be worth its cost."""
    with pq.ParquetFile(file) as opened:
        return opened.read()


def read_table(file: Path) -> pd.DataFrame:
    """Read one Parquet file of the store.

    Raises:
        StoreError: the file cannot be read or is not the one table; the line names it.
    """
    try:
        frame = schema.conform(_rows(file).to_pandas())
        # rows of an older data dir carry no ``known_by``: the day their file was written stands for it
        return schema.dated(frame, pd.Timestamp(file.stat().st_mtime, unit="s"))
    except (OSError, pa.ArrowException, ValueError) as error:
        why = " ".join(str(error).split())[:160]
        raise StoreError(
            f"{file}: cannot be read ({why}); its rows are left out; move it away, then refresh or import again"
        ) from error


def write_table(file: Path, table: pd.DataFrame) -> None:
    """Write one Parquet file so that a reader finds the old or the new one, never a part.

    Raises:
        StoreError: the folder or the disk does not take it; the old file stands.
    """
    whole = schema.conform(table)
    if whole["known_by"].isna().any():  # this is the day on which it is taken in
        whole = schema.dated(whole, pd.Timestamp.now())
    rows = arrow_order.rows(whole)

    def fill(out: BinaryIO) -> None:
        # references are all different: a dictionary of them would only cost time
        pq.write_table(rows, out, compression="zstd", use_dictionary=list(schema.CATEGORIES))

    _replace(file, fill, lambda part: arrow_order.same(_rows(part), rows))


def write_frame(file: Path, frame: pd.DataFrame) -> None:
    """Write any frame as Parquet in one step; StoreError where the disk does not take it."""
    content = io.BytesIO()
    pq.write_table(pa.Table.from_pandas(frame, preserve_index=False), content, compression="zstd")
    write_bytes(file, content.getvalue())


def read_frame(file: Path) -> pd.DataFrame:
    """Read a frame that :func:`write_frame` wrote.

    Raises:
        StoreError: the file is missing or broken.
    """
    try:
        return pd.DataFrame(pq.read_table(file).to_pandas())
    except (OSError, pa.ArrowException) as error:
        raise StoreError(f"{file}: cannot be read ({' '.join(str(error).split())[:160]}); move it away") from error


def write_bytes(file: Path, content: bytes, *, sync: bool = True) -> None:
    """Write any file of the data dir in one step; StoreError where the disk does not take it.

    Without ``sync`` a power cut may leave it empty: for what has its own hash, or can be had again.
    """
    _replace(file, lambda out: out.write(content), lambda part: part.stat().st_size == len(content), sync=sync)


def _replace(
    file: Path, fill: Callable[[BinaryIO], object], whole: Callable[[Path], bool], *, sync: bool = True
) -> None:
    """Write beside the file, flush, read back, rename."""
    part = None
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        handle, part = tempfile.mkstemp(dir=file.parent, prefix=f".{file.name}.", suffix=PART)
        with os.fdopen(handle, "wb") as out:
            fill(out)
            out.flush()
            if sync:
                os.fsync(out.fileno())
        if not whole(Path(part)):
            raise StoreError(f"{file}: what was written does not read back; the old file stands")
        Path(part).chmod(0o644)
        _put(Path(part), file)
    except OSError as error:
        why = error.strerror or str(error)
        raise StoreError(
            f"{file}: cannot be written ({why}); the old file stands; make room, then try again"
        ) from error
    finally:
        if part is not None:
            Path(part).unlink(missing_ok=True)


def _put(part: Path, file: Path) -> None:
    """Let a file take the place of another, which Windows grants only once nobody reads that one."""
    for pause in _PAUSES:
        try:
            part.replace(file)
        except PermissionError:
            time.sleep(pause)
        else:
            return
    part.replace(file)


def read_side(name: str) -> pd.DataFrame:
    """Read one side table as text, empty cells missing: a figure file, a code list, else as built in data/snapshot/.

    Raises:
        StoreError: the file is missing or is not CSV.
    """
    own = (FIGURES / f"{name}.csv", CODES / f"{name}.csv")
    return read_csv(next((file for file in own if file.exists()), SNAPSHOT / f"{name}.csv"))


def write_csv(file: Path, frame: pd.DataFrame) -> None:
    """Write one CSV file in one step: UTF-8, comma, a header, dates as YYYY-MM-DD, empty for missing."""
    write_bytes(file, frame.to_csv(index=False, lineterminator="\n", date_format="%Y-%m-%d").encode())


def read_codes(name: str) -> pd.DataFrame:
    """Read one code list: ``data/codes/<name>.csv`` as text, empty cells missing."""
    return read_csv(CODES / f"{name}.csv")


def read_csv(file: Path, remedy: str = "restore it from the repository") -> pd.DataFrame:
    """Read one CSV file as text, empty cells missing.

    Raises:
        StoreError: the file is missing or is not CSV.
    """
    try:
        return pd.read_csv(file, dtype="str", keep_default_na=False, na_values=[""])
    except (OSError, ValueError) as error:
        raise StoreError(f"{file}: cannot be read ({error}); {remedy}") from error


def sha256(content: bytes) -> str:
    """Return the SHA-256 of ``content`` in hexadecimal."""
    return hashlib.sha256(content).hexdigest()
