"""``--import``: a reader's own files into the data dir, each whole or not at all, and a line on each."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import partial
from itertools import chain
from pathlib import Path
from typing import TextIO

import pandas as pd

from loaders.core import import_marks, schema
from loaders.core.console import Console
from loaders.core.source import Hints, Source, SourceError
from loaders.core.store import Store, StoreError
from loaders.importing import file_checks, import_log, import_report, plausibility, unfinished
from loaders.importing.batch_merge import Added, SourceTable
from loaders.importing.file_checks import Options
from loaders.importing.find_files import InputFile, find
from loaders.importing.read_file import Read, read_file
from loaders.registry import READERS

Mapper = Callable[[Callable[[InputFile], Read], Sequence[InputFile]], Iterable[Read]]

_NO_OPTIONS = Options()


def in_turn(read: Callable[[InputFile], Read], files: Sequence[InputFile]) -> Iterable[Read]:
    """Read files one after the other, in this process."""
    return map(read, files)


@dataclass
class _File:
    """One file on its way: as read, as far as it may be stored, what speaks against it, what storing it changed."""

    read: Read
    kept: Read
    doubts: list[str] = field(default_factory=list)
    added: Added = field(default_factory=Added)

    @property
    def in_scope(self) -> int:
        """Rows that could be read and are in scope, stored or not."""
        return sum(len(part.parsed.table) for part in self.read.parts)

    @property
    def rows(self) -> int:
        """Rows that may be stored."""
        return sum(len(part.parsed.table) for part in self.kept.parts)


def run_import(  # noqa: PLR0913 - the command line's own words
    store: Store,
    paths: Sequence[str | Path],
    hints: Hints,
    *,
    moment: pd.Timestamp,
    out: TextIO,
    err: TextIO,
    quiet: bool = False,
    verbose: bool = False,
    sources: Sequence[Source] = READERS,
    mapper: Mapper = in_turn,
    options: Options = _NO_OPTIONS,
) -> int:
    """Import the files behind ``paths`` and return the exit code.

    Files are read one by one (``mapper`` may spread them over processes), merged in an order that does
    not depend on the arguments', and written once a source. Nothing is written where the store cannot
    be read; nothing of a file where a row of it is refused or its figures are far from those held,
    unless ``options`` say so.
    """
    talk = Console(out, err, quiet=quiet, verbose=verbose)
    try:
        day = options.day(moment)
    except SourceError as error:
        talk.error(str(error))
        return 2
    given, problems = find(paths)
    reader = partial(read_file, hints=hints, sources=tuple(sources), show=options.dry_run)
    done = talk.progress(mapper(reader, given), len(given), "files")
    files = [_file(file_checks.checked(read, day, moment), options) for read in done]
    for problem in problems:
        talk.error(problem)
    try:
        ships = _shipped(store, files, options)
        if not options.force:
            _doubt(store, files, ships)
        _stored(_Target(store, ships, moment), files, talk, options)
    except StoreError as error:
        talk.error(str(error))
        return 2
    whole = any(not one.read.error for one in files)
    clean = [_report(one, talk, options, whole=whole) for one in files]
    if not any(_understood(one.read) for one in files):
        return 2
    return 0 if all(clean) and not problems else 1


def _file(read: Read, options: Options) -> _File:
    """Keep the rows of a whole file, or of one with bad rows where the reader asked for that."""
    whole = options.partial or not file_checks.refused(read)
    return _File(read, read if whole else file_checks.without_rows(read))


def _understood(read: Read) -> bool:
    """Return whether anything of a file could be read: a row taken or left out, or that there are none."""
    return any(len(part.parsed.table) or part.parsed.left_out or not part.parsed.refused for part in read.parts)


def _named(files: Sequence[_File]) -> dict[str, list[pd.DataFrame]]:
    """Return the tables to be stored by their sources."""
    named: dict[str, list[pd.DataFrame]] = {}
    for one in files:
        for part in one.kept.parts:
            if len(part.parsed.table):
                named.setdefault(part.source.name, []).append(part.parsed.table)
    return named


def _shipped(store: Store, files: Sequence[_File], options: Options) -> pd.DataFrame:
    """Return what ships of the trade in the files, read once: to set them beside, and to count what is new."""
    named = _named(files)
    if not named:
        return schema.empty()
    beside = () if options.force else plausibility.BESIDE
    return store.shipped_together(
        dict.fromkeys((*sorted(named), *beside)), plausibility.near([*chain(*named.values())])
    )


def _doubt(store: Store, files: Sequence[_File], ships: pd.DataFrame) -> None:
    """Set each file's figures beside those held; keep no row of one that is far from them."""
    if not (named := _named(files)):
        return
    known = plausibility.read_beside(store, sorted(named), plausibility.near([*chain(*named.values())]), ships)
    for one in files:
        one.doubts = file_checks.doubts(one.kept, known)
        if one.doubts:
            one.kept = file_checks.without_rows(one.kept)


@dataclass(frozen=True)
class _Target:
    """Where rows go, what ships of the same trade, and when."""

    store: Store
    ships: pd.DataFrame
    moment: pd.Timestamp


def _stored(target: _Target, files: Sequence[_File], talk: Console, options: Options) -> None:
    """Merge and write what the files brought, and count it; under a dry run only count."""
    if not any(one.rows for one in files):
        return
    if options.dry_run:
        _merged(target, files)
        return
    store, moment = target.store, target.moment
    with store.lock():
        unfinished.heal(store, talk)
        tables = _merged(target, files)
        spread = [one.read.name for one in files if len({part.source.name for part in one.kept.parts}) > 1]
        _write(store, {source: table for source, table in tables.items() if table.changed}, spread, moment)
        import_log.add(store, [_noted(one, moment) for one in files if one.rows])


def _merged(target: _Target, files: Sequence[_File]) -> dict[str, SourceTable]:
    """Lay what the files brought over what is held, source by source, and count it file by file."""
    brought = _by_source(files, target.moment)
    tables = {
        name: SourceTable(target.store.stored(name), target.ships[target.ships["source"].eq(name)]) for name in brought
    }
    for source, rows in brought.items():
        counts = tables[source].add([table for _, table in rows], target.moment)
        for (one, _), count in zip(rows, counts, strict=True):
            one.added = one.added + count
    return tables


def _by_source(files: Sequence[_File], moment: pd.Timestamp) -> dict[str, list[tuple[_File, pd.DataFrame]]]:
    """Return what the files brought, marked, by source: dated files first, then by name, in whatever order named."""
    kept = [(one, part) for one in files for part in one.kept.parts if len(part.parsed.table)]
    brought: dict[str, list[tuple[_File, pd.DataFrame]]] = {part.source.name: [] for _, part in kept}
    for one in sorted(files, key=lambda one: (file_checks.undated(one.kept) > 0, one.read.name, one.read.sha256)):
        for part in one.kept.parts:
            if len(table := part.parsed.table):
                rows = import_marks.mark(table, one.read.name, moment, one.read.sha256)
                brought[part.source.name].append((one, rows))
    return brought


def _write(store: Store, changed: dict[str, SourceTable], spread: Sequence[str], moment: pd.Timestamp) -> None:
    """Write each source once. Files that fill several are noted first, so that half of one never stays."""
    if several := len(changed) > 1 and bool(spread):
        unfinished.note(store, spread, moment)
    done: list[str] = []
    for name, table in changed.items():
        try:
            store.write(name, table.table())
        except StoreError as error:
            raise StoreError(f"{error}; written: {', '.join(done) or 'nothing'}; import again") from error
        done.append(name)
    if several:
        unfinished.clear(store)


def _noted(one: _File, moment: pd.Timestamp) -> dict[str, object]:
    """Return a file's line of the record of imports."""
    parsed = [part.parsed for part in one.read.parts]
    return {
        "file": one.read.name,
        "sha256": one.read.sha256,
        "layout": " + ".join(dict.fromkeys(part.source.name for part in one.read.parts)),
        "rows_read": sum(each.rows_read for each in parsed),
        "stored": one.rows,
        "new": one.added.new,
        "revised": one.added.revised,
        "unchanged": one.added.unchanged,
        "left_out": sum(sum(each.left_out.values()) for each in parsed),
        "merged": sum(each.merged for each in parsed),
        "refused": file_checks.refused(one.read),
        "imported": import_marks.second(moment),
        "by": import_log.whoever(),
    }


def _report(one: _File, talk: Console, options: Options, *, whole: bool) -> bool:
    """Print what became of one file; return whether all is well."""
    read = one.read
    if read.error:
        if read.beside and whole:
            talk.detail(f"left aside: {read.error}")
            return True
        talk.error(read.error)
        talk.trace(read.trace)
        return False
    import_report.refusals(read, talk)
    import_report.notes(read, talk)
    if options.dry_run:
        lack = " with --force" if one.doubts else "" if one.rows else " with --partial"
        import_report.preview(one.kept if one.rows else read, talk, lack)
    for doubt in one.doubts:
        talk.error(f"{read.name}: {doubt}; nothing is stored; check the file, or take it with --force")
    line = import_report.line(read, one.added, one.in_scope, undated=file_checks.undated(one.kept))
    bad = file_checks.refused(read)
    if one.rows:
        talk.say(f"{line}; a dry run: nothing is stored" if options.dry_run else line)
    elif bad:
        advice = ": mend the file, or store its good rows with --partial" if one.in_scope else ""
        talk.say(f"{line}; nothing is stored{advice}")
    elif not one.doubts:
        talk.error(f"{line}; nothing is stored")
    import_report.details(read, talk)
    return bool(one.rows) and not bad
