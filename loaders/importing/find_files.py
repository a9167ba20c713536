"""From the paths a reader typed to the files meant: folders walked, every file with a name of its own."""

import os
import stat
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from loaders.core.console import shown

_LONGEST: Final = 300


@dataclass(frozen=True)
class InputFile:
    """One file to read: where it is, the name it goes by, whether a folder was named and not the file."""

    path: Path
    name: str
    in_folder: bool = False


def find(paths: Sequence[str | Path]) -> tuple[list[InputFile], list[str]]:
    """Return the files behind ``paths`` in order, and a line for each path that leads to none."""
    files: list[tuple[Path, bool]] = []
    problems: list[str] = []
    for given in paths:
        if not str(given).strip() or (isinstance(given, Path) and not given.parts):
            problems.append("an empty name leads to no file; name a file, or a folder (. is this one)")
            continue
        try:
            files += _behind(Path(given), problems)
        except (OSError, ValueError) as error:
            why = error.strerror if isinstance(error, OSError) else str(error)
            problems.append(f"{_shortened(given)}: cannot be opened ({why}); check the path")
    names = _names([path for path, _ in files])
    return [InputFile(path, name, deep) for (path, deep), name in zip(files, names, strict=True)], problems


def _shortened(path: object) -> str:
    """Return a path as a line shows it: the end of it, where it is endless."""
    text = shown(str(path))
    return text if len(text) <= _LONGEST else f"…{text[-_LONGEST:]}"


def _behind(path: Path, problems: list[str]) -> list[tuple[Path, bool]]:
    mode = path.stat().st_mode
    if stat.S_ISREG(mode):
        return [(path, False)]
    if not stat.S_ISDIR(mode):
        problems.append(f"{_shortened(path)}: neither a file nor a folder; name a file")
        return []
    files = [(file, True) for file in _walk(path, problems)]
    if not files:
        problems.append(f"{_shortened(path)}: the folder holds no file; name one with data")
    return files


def _walk(folder: Path, problems: list[str]) -> Iterator[Path]:
    """Yield the files below ``folder``, sorted; hidden ones are left out, linked folders entered once."""

    def failed(error: OSError) -> None:
        problems.append(f"{_shortened(error.filename)}: cannot be opened ({error.strerror}); check its permissions")

    seen: set[tuple[int, int]] = set()
    for here, folders, files in os.walk(folder, followlinks=True, onerror=failed):
        folders[:] = sorted(name for name in folders if not name.startswith(".") and _is_new(Path(here, name), seen))
        for name in sorted(files):
            file = Path(here, name)
            if not name.startswith(".") and file.is_file() and _is_new(file, seen):
                yield file


def _is_new(path: Path, seen: set[tuple[int, int]]) -> bool:
    """Return whether ``path`` is met for the first time: a link may lead back to where we were."""
    try:
        status = path.stat()
    except OSError:
        return False
    if (key := (status.st_dev, status.st_ino)) in seen:
        return False
    seen.add(key)
    return True


def _names(paths: Sequence[Path]) -> Iterable[str]:
    """Name each file by its last part, and by as many folders before it as tell it from the others."""
    full = [path.absolute().parts[1:] for path in paths]  # without the drive or the root
    depth = [1] * len(paths)
    for _ in range(max(map(len, full), default=0)):
        names = ["/".join(parts[-deep:]) for parts, deep in zip(full, depth, strict=True)]
        twice = Counter(names)
        grown = [deep + (twice[name] > 1) for name, deep in zip(names, depth, strict=True)]
        if grown == depth:
            break
        depth = grown
    return [shown("/".join(parts[-deep:])) for parts, deep in zip(full, depth, strict=True)]
