"""``--forget``: take imports back by file name, and say what went."""

from collections.abc import Sequence
from functools import partial
from typing import TextIO

from loaders.core import import_marks
from loaders.core.console import Console, shown
from loaders.core.import_marks import KnownImport, Mark, TakenBack
from loaders.core.store import Store, StoreError
from loaders.importing import import_log, unfinished


def run_forget(store: Store, names: Sequence[str], *, out: TextIO, err: TextIO, quiet: bool = False) -> int:
    """Take back the imports of the files named and return the exit code: 2 where none is known.

    A file whose name several imports bear is taken back with all of them.
    """
    talk = Console(out, err, quiet=quiet)
    try:
        if not store.sources():
            _unknown(names, [], talk)
            return 2
        with store.lock():
            unfinished.heal(store, talk)
            return _forget(store, names, talk)
    except StoreError as error:
        talk.error(str(error))
        return 2


def _forget(store: Store, names: Sequence[str], talk: Console) -> int:
    known = import_marks.known(store)
    meant = {name: _meant(name, known) for name in names}
    for file in dict.fromkeys(file for files in meant.values() for file in files):
        for source in dict.fromkeys(one.source for one in known if one.file == file):
            taken = import_marks.take_back(store.stored(source), partial(_of, file))
            taken.put(store, source)
            talk.say(_line(file, source, taken))
        import_log.take_back(store, partial(str.__eq__, file))
    unknown = [name for name, files in meant.items() if not files]
    _unknown(unknown, known, talk)
    if len(unknown) == len(meant):
        return 2
    return 1 if unknown else 0


def _of(file: str, mark: Mark) -> bool:
    return mark.file == file


def _unknown(names: Sequence[str], known: Sequence[KnownImport], talk: Console) -> None:
    """Name what no import is known by, and what is known."""
    listed = ", ".join(dict.fromkeys(one.file for one in known)) or "none"
    for name in names:
        talk.error(f"{shown(name)}: no import of that name; known imports: {listed}")


def _meant(name: str, known: Sequence[KnownImport]) -> list[str]:
    """Return the files that ``name`` means: itself, else files of that name in folders, else the end of a path."""
    typed = import_marks.quotable(shown(name))
    files = list(dict.fromkeys(one.file for one in known))
    return (
        [file for file in files if file == typed]
        or [file for file in files if file.endswith(f"/{typed}")]
        or [file for file in files if typed.endswith(f"/{file}")]
    )


def _line(file: str, source: str, taken: TakenBack) -> str:
    went = taken.went
    line = f"{file}: taken back from {source}: {len(went)} rows went"
    if len(went):
        line += f" ({went['period_start'].min():%Y-%m} to {went['period_end'].max():%Y-%m})"
    if taken.stayed:
        line += f", {taken.stayed} stay because another file or a refresh brought them too"
    return line
