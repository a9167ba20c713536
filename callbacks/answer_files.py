"""Ready answers kept in a file, so that a process which starts again over the same data has them at once.

A file belongs to one state: of the program, of what it was set up with, and of the data. The page says how old its
figures are and when others are expected, so there is one for each of the times to come, and the day chooses between
them. Whatever is broken, gone or not to be written is made anew, and nothing lost.
"""

import hashlib
import os
import sys
import zipfile
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Final

from commands.telling import complain
from loaders.core import places
from loaders.core.program import NAME

KEPT: Final = 6  # files; the oldest go
LARGEST: Final = 16 * 1024 * 1024  # bytes of one
_NAMED: Final = "answers-{}.zip"
_DATED: Final = (1980, 1, 1, 0, 0, 0)  # the same answers make the same bytes


class AnswerFiles:
    """The files of one program in a folder of its own; of several folders the first that takes a file has it."""

    def __init__(self, folders: tuple[Path, ...], setting: str) -> None:
        """Look into nothing yet; ``setting`` is what answers depend on besides, such as the path served under."""
        self.folders = folders
        self._setting, self._program = setting, places.of_program()

    @classmethod
    def of(cls, data_dir: Path | None, setting: str) -> "AnswerFiles":
        """Keep them in the data dir where there is one that can be written, else where the system keeps such files."""
        own = (data_dir / places.ANSWERS,) if data_dir is not None and data_dir.is_dir() else ()
        return cls((*own, *_caches()), setting)

    def read(self, data: str | None) -> dict[str, bytes]:
        """Return the answers of a state of the data as of today, by name; none where none are kept, or are broken."""
        if data is None:
            return {}
        for folder in self.folders:
            file = folder / self._name(data)
            with suppress(FileNotFoundError, NotADirectoryError, PermissionError):
                return _unpacked(file, f"{places.of_day(places.today())}/")
        return {}

    def write(self, data: str | None, answers: Mapping[str, Mapping[str, bytes]]) -> bool:
        """Keep the answers of a state of the data, by what ``places.of_day`` calls the time that they are of.

        False where no folder takes them, or the program is another now.
        """
        if data is None or places.of_program() != self._program:
            return False
        whole = {f"{time}/{name}": content for time, named in answers.items() for name, content in named.items()}
        return any(self._put(folder, self._name(data), whole) for folder in self.folders)

    def _name(self, data: str) -> str:
        state = f"{self._program} {self._setting} {data}"
        return _NAMED.format(hashlib.sha256(state.encode()).hexdigest()[:32])

    def _put(self, folder: Path, name: str, answers: Mapping[str, bytes]) -> bool:
        part = folder / f".{name}.{os.getpid()}.part"
        try:
            folder.mkdir(parents=True, exist_ok=True)
            with zipfile.ZipFile(part, "w") as out:
                for one, content in answers.items():
                    out.writestr(zipfile.ZipInfo(one, _DATED), content)
            part.replace(folder / name)
            self._clear(folder)
        except OSError:  # a folder that is only read, or full: the next one, else memory alone
            with suppress(OSError):
                part.unlink(missing_ok=True)
            return False
        return True

    def _clear(self, folder: Path) -> None:
        files = sorted(folder.glob(_NAMED.format("*")), key=lambda file: file.stat().st_mtime)
        for old in files[:-KEPT]:
            old.unlink(missing_ok=True)


def _unpacked(file: Path, time: str) -> dict[str, bytes]:
    """Read what a file has of a time; one that is broken costs a line and counts for nothing.

    Raises:
        OSError: it is not there, or not to be read.
    """
    try:
        with zipfile.ZipFile(file) as packed:
            _check(packed.infolist())
            own = [one for one in packed.infolist() if one.filename.startswith(time)]
            return {one.filename.removeprefix(time): packed.read(one) for one in own}
    except (zipfile.BadZipFile, EOFError, ValueError, NotImplementedError) as error:
        complain(f"{file}: broken ({error}); its answers are made anew")
        with suppress(OSError):
            file.unlink()
        return {}


def _check(listed: list[zipfile.ZipInfo]) -> None:
    """Hold what a file lists to what is written.

    Raises:
        BadZipFile: it is packed, or more than would ever be kept.
    """
    if any(one.compress_type != zipfile.ZIP_STORED for one in listed):
        raise zipfile.BadZipFile("it is packed")
    if sum(one.file_size for one in listed) > LARGEST:
        raise zipfile.BadZipFile("it is too large")


def _caches() -> tuple[Path, ...]:
    """Return where this system lets a program keep what it can make again; nothing for a user without a home."""
    if given := os.environ.get("CACHE_DIRECTORY"):  # as systemd names it
        return (Path(given.split(":")[0]),)
    try:
        home = Path.home()
    except RuntimeError:
        return ()
    usual = home / ("Library/Caches" if sys.platform == "darwin" else ".cache")
    place = os.environ.get("LOCALAPPDATA") if os.name == "nt" else os.environ.get("XDG_CACHE_HOME")
    return (Path(place or usual) / NAME,)
