"""Where the program and its data lie, and what tells one state of them from any other.

Asked before anything large is imported, so it takes the standard library alone.
"""

import csv
import hashlib
import os
import re
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parents[2]
PROGRAM: Final = ("app.py", "loaders", "analysis", "layouts", "commands", "callbacks", "vendor")
DEFAULT_DIR: Final = ROOT / "data" / "refreshed"
SHIPPED: Final = ("data/snapshot", "data/figures", "data/codes")
ANSWERS: Final = "answers"  # the folder of a data dir that callbacks/answer_files.py fills: made from the data, no data
ADDRESS: Final = re.compile(r"[a-z][a-z0-9+.-]+://")
RELEASE_DAYS: Final = ROOT / "data" / "codes" / "release_days.csv"
_PACKAGES: Final = (".dist-info", ".egg-info")
_COMPILED: Final = "__pycache__"
_RAW, _SIDECAR = "raw", ".json"  # of raw answers the page reads the sidecars alone
_PASSING: Final = (".part", ".lock", ".holder")  # of writers under way
_DAY: ContextVar[date | None] = ContextVar("day", default=None)


def data_dir(given: str | None = None) -> str:
    """Return what stands in for data/refreshed/, a folder or an address: the flag, the environment, or itself."""
    return given or os.environ.get("TRADE_DATA_DIR") or str(DEFAULT_DIR)


def local(given: str | None = None) -> Path | None:
    """Return the data dir where it is a folder."""
    where = data_dir(given)
    return None if ADDRESS.match(where) else Path(where)


def today() -> date:
    """Return the day that words of the page are of: the one of :func:`on`, else that of this machine."""
    return _DAY.get() or date.today()  # noqa: DTZ011 (a reader's month is that of the machine)


@contextmanager
def on(day: date) -> Iterator[None]:
    """Let :func:`today` be another day in the block."""
    before = _DAY.set(day)
    try:
        yield
    finally:
        _DAY.reset(before)


def of_day(day: date) -> str:
    """Return what an answer takes from the day: its month, and how many releases expected in that are due no more.

    Figures are so many months old, and the next release of a source is another once the days of one are over.
    """
    return f"{day:%Y-%m}-{sum(day.month in months and day.day > last for months, last in _expected())}"


def days_to_come(days: int) -> Iterator[date]:
    """Yield those of the next days from which on an answer is another than the day before."""
    first = today()
    for ahead in range(1, days + 1):
        one = first + timedelta(days=ahead)
        if of_day(one) != of_day(one - timedelta(days=1)):
            yield one


@cache
def _expected() -> tuple[tuple[frozenset[int], int], ...]:
    """Return months and last day of each rule by which a publisher releases."""
    with RELEASE_DAYS.open(encoding="utf-8", newline="") as lines:
        return tuple(
            (frozenset(map(int, line["months"].split())), int(line["last_day"])) for line in csv.DictReader(lines)
        )


def of_program() -> str:
    """Return what changes with the text of the program, with an installed package or with Python itself."""
    content = hashlib.sha256(f"{sys.version} {_packages()}".encode())
    _take_in(content, (file for name in PROGRAM for file in _files(ROOT / name)), ROOT)
    return content.hexdigest()


def of_data(folder: Path, snapshot: Path | None = None) -> str | None:
    """Return what changes with the data: what ships by its content, a data dir by names, sizes and times.

    Those of the data dir are what a running server follows too. None where a file cannot be read: such a state has
    no name.
    """
    content = hashlib.sha256()
    try:
        for place in (snapshot or ROOT / SHIPPED[0], *(ROOT / name for name in SHIPPED[1:])):
            _take_in(content, _files(place), place)
        for name, size, moment in sorted(_seen(folder)):
            content.update(f"{name} {size} {moment}\n".encode("utf-8", "surrogateescape"))
    except OSError:
        return None
    return content.hexdigest()


def _take_in(content: "hashlib._Hash", files: Iterable[Path], root: Path) -> None:
    for file in files:
        text = file.read_bytes()
        content.update(f"{file.relative_to(root).as_posix()} {len(text)}\n".encode() + text)


def _files(place: Path) -> Iterator[Path]:
    """Yield the files of a folder and of those in it, sorted; a file stands for itself."""
    if place.is_file():
        yield place
        return
    for file in sorted(place.rglob("*")):
        if _COMPILED not in file.parts and file.is_file():
            yield file


def _packages() -> list[str]:
    """Return names and versions of what is installed: each package has a folder that is named by both."""
    folders = {os.path.realpath(path) for path in sys.path if Path(path).is_dir()}
    return sorted(file.name for path in folders for file in Path(path).iterdir() if file.suffix in _PACKAGES)


def _seen(folder: Path) -> Iterator[tuple[str, int, int]]:
    """Yield name, size and time in nanoseconds of each file of a data dir that a page may show something of."""
    if not folder.exists():
        return
    for place, folders, names in os.walk(folder, onerror=_refused):
        inside = Path(place).relative_to(folder)
        folders[:] = [name for name in folders if (inside / name).as_posix() != ANSWERS]
        for name in names:
            if name.endswith(_PASSING) or (inside.parts[:1] == (_RAW,) and not name.endswith(_SIDECAR)):
                continue
            known = (Path(place) / name).stat()
            yield (inside / name).as_posix(), known.st_size, known.st_mtime_ns


def _refused(error: OSError) -> None:
    raise error
