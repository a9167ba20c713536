"""A data dir at an address such as ``s3://bucket/path``, read by any number of machines and changed whole.

``files/<SHA-256>`` holds the content of each file once; ``versions/<number>-<word>.json`` names the files of one
version. A writer puts the files first and the version last, so a reader finds one version or the next, never a part.
"""

import json
import os
import re
import secrets
import shutil
import tempfile
import time
import weakref
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path, PurePosixPath
from typing import Final

from pyarrow import fs

from loaders.core import places, store
from loaders.core.store import HOLDER, LOCK, PART, SNAPSHOT, Store, StoreError

FILES, VERSIONS = "files", "versions"
LOOK: Final = 15.0  # seconds between two looks at the versions
KEEP: Final = 3  # versions that stay, for readers that are still fetching one
SPARE: Final = timedelta(days=1)  # files that no version names stay so long: a writer may be about to name them
AT_ONCE: Final = 8  # files fetched or put at a time
_VERSION: Final = re.compile(r"(\d{8})-[0-9a-f]{8}\.json")
_DIGEST: Final = re.compile(r"[0-9a-f]{64}")
_FLAT: Final = frozenset({"s3", "gcs", "abfs"})  # kinds of storage that have no folders to make first
Listed = dict[str, tuple[str, int]]  # a file's SHA-256 and its time in nanoseconds, by its name


def store_at(given: str | None = None) -> Store:
    """Return the store over the data dir that the flag or the environment names: a folder, or an address.

    Raises:
        ValueError: it is no address that can be read.
    """
    folder = places.local(given)
    return RemoteStore(places.data_dir(given)) if folder is None else Store(folder)


class RemoteStore(Store):
    """The store over a copy of the newest version, one for each process; what the lock guards is put back whole."""

    def __init__(self, address: str, snapshot: Path = SNAPSHOT) -> None:
        """Point at an address; nothing is fetched yet.

        Raises:
            ValueError: it is no address that can be read.
        """
        super().__init__(Path(), snapshot)
        self.address = address.rstrip("/")
        self._name = PurePosixPath(address.partition("?")[0]).name or "data"
        self._process, self._looked, self._wrong = 0, 0.0, ""
        self._at, self._listed = "", dict[str, tuple[str, int]]()
        self._copies: list[Path] = []
        self._connect()

    def _connect(self) -> None:
        try:
            self._files, self._root = fs.FileSystem.from_uri(self.address)
        except (OSError, ValueError) as error:
            raise ValueError(f"{self._shown()}: no address that can be read ({_why(error)})") from error

    def _shown(self) -> str:
        """Return the address without its options, and without the key that may stand in it."""
        return re.sub(r"//[^/@]*@", "//", self.address.partition("?")[0])

    @property
    def folder(self) -> Path:
        """The copy of this process; an empty folder while none could be fetched."""
        if self._process != os.getpid():
            self._begin()
        return self._copies[-1]

    @folder.setter
    def folder(self, _: Path) -> None:
        """Take no other folder."""

    def _begin(self) -> None:
        """Begin a copy of our own, as a fork must too: it has none of the threads that fetch."""
        if self._process:
            self._connect()
        self._process, self._at, self._listed = os.getpid(), "", {}
        home = Path(tempfile.mkdtemp(prefix="trade-"))
        weakref.finalize(self, _remove, home, self._process)
        self._copies = [home / "0" / self._name]
        self._copies[-1].mkdir(parents=True)
        self._wrong = "not fetched yet"
        try:
            self._fetch()
        except StoreError as error:
            self._wrong = str(error)

    def stamp(self) -> tuple[tuple[str, int, int], ...]:
        """Return what changes when the data do, after a look at the address where the last was LOOK seconds ago.

        Raises:
            StoreError: it cannot be read now; what was fetched before stays.
        """
        _ = self.folder
        fetched = not self._wrong
        if time.monotonic() - self._looked > LOOK:
            try:
                self._fetch()
            except StoreError as error:
                if fetched:
                    raise
                self._wrong = str(error)
        return super().stamp()

    def _holds(self, file: Path) -> bool:
        _ = self.folder
        if self._wrong:
            raise StoreError(self._wrong)
        return super()._holds(file)

    @contextmanager
    def lock(self) -> Iterator[None]:
        """Fetch the newest version, let it be changed, and put it back whole; nothing is put where that fails.

        Raises:
            StoreError: the address cannot be read or written, or another writer was first.
        """
        _ = self.folder
        self._fetch()
        whole = False
        try:
            with super().lock():
                yield
            self._put()
            whole = True
        finally:
            if not whole:  # the copy is no version: the next look fetches one
                self._at, self._looked = "-", 0.0

    def _fetch(self) -> None:
        """Make the newest version the copy, where it is not yet.

        Raises:
            StoreError: it cannot be read, or is not what it says.
        """
        self._looked = time.monotonic()
        try:
            newest = (self._versions() or [""])[-1]
            if newest != self._at:
                self._copy(newest)
        except (OSError, ValueError) as error:
            advice = "what is held is shown; check the address and the keys to it"
            raise StoreError(f"{self._shown()}: cannot be read ({_why(error)}); {advice}") from error
        self._wrong = ""

    def _versions(self) -> list[str]:
        """Return the names of the versions, oldest first."""
        chosen = fs.FileSelector(f"{self._root}/{VERSIONS}", allow_not_found=True)
        return sorted(one.base_name for one in self._files.get_file_info(chosen) if _VERSION.fullmatch(one.base_name))

    def _copy(self, version: str) -> None:
        listed = _read_listed(self._read(f"{VERSIONS}/{version}")) if version else {}
        folder = self._copies[-1].parents[1] / f"{len(self._copies)}-{secrets.token_hex(4)}" / self._name
        folder.mkdir(parents=True)
        with ThreadPoolExecutor(AT_ONCE) as fetching:
            list(fetching.map(lambda name: self._copy_one(folder / name, name, *listed[name]), listed))
        self._copies.append(folder)
        self._at, self._listed = version, listed
        while len(self._copies) > 2:  # somebody may still read in the one before
            shutil.rmtree(self._copies.pop(0).parent, ignore_errors=True)

    def _copy_one(self, file: Path, name: str, digest: str, moment: int) -> None:
        earlier = self._copies[-1] / name
        same = self._listed.get(name, ("", 0))[0] == digest and self._at != "-"
        content = earlier.read_bytes() if same else self._read(f"{FILES}/{digest}")
        if store.sha256(content) != digest:
            raise ValueError(f"{FILES}/{digest[:12]}... is not what its name says")
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content)
        os.utime(file, ns=(moment, moment))

    def _read(self, name: str) -> bytes:
        with self._files.open_input_stream(f"{self._root}/{name}") as stream:
            content: bytes = stream.read()
        return content

    def _put(self) -> None:
        """Put the copy as the next version, where it has changed.

        Raises:
            StoreError: another writer was first, or the address does not take it; the version before stands.
        """
        listed = self._list()
        if {name: one[0] for name, one in listed.items()} == {name: one[0] for name, one in self._listed.items()}:
            return
        number = int(self._at[:8] or 0) + 1
        version = f"{number:08d}-{secrets.token_hex(4)}.json"
        try:
            self._put_files(listed)
            self._alone(number, "")
            self._write(f"{VERSIONS}/{version}", json.dumps(listed, indent=1).encode())
            self._alone(number, version)
        except OSError as error:
            advice = "the version before stands; try again"
            raise StoreError(f"{self._shown()}: cannot be written ({_why(error)}); {advice}") from error
        self._at, self._listed = version, listed
        with suppress(OSError, ValueError):  # what is not removed now is with the next version
            self._clear()

    def _list(self) -> Listed:
        """Return the files of the copy, but those that only guard it."""
        files = (file for file in sorted(self.folder.rglob("*")) if file.is_file())
        return {
            file.relative_to(self.folder).as_posix(): (store.sha256(file.read_bytes()), file.stat().st_mtime_ns)
            for file in files
            if file.name not in {LOCK, HOLDER} and not file.name.endswith(PART)
        }

    def _put_files(self, listed: Listed) -> None:
        there = {digest for digest, _ in self._listed.values()}
        new = {digest: name for name, (digest, _) in listed.items() if digest not in there}
        with ThreadPoolExecutor(AT_ONCE) as putting:
            list(putting.map(lambda one: self._write(f"{FILES}/{one}", (self.folder / new[one]).read_bytes()), new))

    def _write(self, name: str, content: bytes) -> None:
        path = f"{self._root}/{name}"
        if self._files.type_name not in _FLAT:
            self._files.create_dir(path.rpartition("/")[0], recursive=True)
        with self._files.open_output_stream(path) as stream:
            stream.write(content)

    def _alone(self, number: int, own: str) -> None:
        """Hold that nobody else has put a version of this number; each of two at once sees the other, and withdraws."""
        others = [one for one in self._versions() if int(one[:8]) >= number and one != own]
        if others:
            if own:
                self._files.delete_file(f"{self._root}/{VERSIONS}/{own}")
            raise StoreError(f"{self._shown()}: changed by another writer meanwhile; nothing is written, try again")

    def _clear(self) -> None:
        """Remove old versions, and the files that none of those that stay names."""
        versions = self._versions()
        for old in versions[:-KEEP]:
            self._files.delete_file(f"{self._root}/{VERSIONS}/{old}")
        named = {
            digest for one in versions[-KEEP:] for digest, _ in _read_listed(self._read(f"{VERSIONS}/{one}")).values()
        }
        last = datetime.now(UTC) - SPARE
        for one in self._files.get_file_info(fs.FileSelector(f"{self._root}/{FILES}", allow_not_found=True)):
            if one.base_name not in named and one.mtime is not None and one.mtime < last:
                self._files.delete_file(one.path)


def _read_listed(content: bytes) -> Listed:
    """Read what a version names.

    Raises:
        ValueError: it is no such list, or a name in it leads out of the folder.
    """
    listed = json.loads(content)
    if not isinstance(listed, dict):
        raise ValueError("a version is no list of files")  # noqa: TRY004 (what is broken is of the content)
    for name, one in listed.items():
        parts = PurePosixPath(name).parts
        inside = parts and ".." not in parts and not name.startswith("/") and "\\" not in name and ":" not in name
        whole = isinstance(one, list) and len(one) == 2 and isinstance(one[1], int)
        if not inside or not whole or not _DIGEST.fullmatch(str(one[0])):
            raise ValueError(f"a version names {name[:80]!r}, which is no file of a data dir")
    return {name: (str(one[0]), int(one[1])) for name, one in listed.items()}


def _why(error: Exception) -> str:
    return " ".join(str(error).split())[:200] or type(error).__name__


def _remove(folder: Path, process: int) -> None:
    """Remove the copies at the end, in the process that made them."""
    if os.getpid() == process:
        shutil.rmtree(folder, ignore_errors=True)
