"""``--import``: a reader's own files into the data dir, each whole or not at all, and a line on each."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Final, TextIO

import pandas as pd

from loaders import SOURCES, imports, unfinished
from loaders.console import Console
from loaders.finding import find
from loaders.ledger import Added, Ledger
from loaders.reading import Read, read_file
from loaders.store import StoreError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from pathlib import Path

    from loaders.finding import Found
    from loaders.reading import Part
    from loaders.source import Hints, Parsed, Source
    from loaders.store import Store

    Mapper = Callable[[Callable[[Found], Read], Sequence[Found]], Iterable[Read]]

_NAMED: Final = 5
_TOP: Final = 3
_LISTED: Final = 40
_AHEAD: Final = pd.Timedelta(hours=14)


def in_turn(read: Callable[[Found], Read], found: Sequence[Found]) -> Iterable[Read]:
    """Read files one after the other, in this process."""
    return map(read, found)


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
    sources: Sequence[Source] = tuple(SOURCES.values()),
    mapper: Mapper = in_turn,
) -> int:
    """Import the files behind ``paths`` and return the exit code.

    Files are read one by one (``mapper`` may spread them over processes), merged in their order,
    and written once a source. Nothing is written where the store cannot be read.
    """
    talk = Console(out, err, quiet=quiet, verbose=verbose)
    found, problems = find(paths)
    reader = partial(read_file, hints=hints, sources=tuple(sources))
    done = talk.progress(mapper(reader, found), len(found), "files")
    reads = [replace(read, parts=tuple(_of_the_past(part, moment) for part in read.parts)) for read in done]
    for problem in problems:
        talk.error(problem)
    whole = any(not read.error for read in reads)
    try:
        added = _stored(store, reads, moment, talk)
    except StoreError as error:
        talk.error(str(error))
        return 2
    clean = [_report(read, added.get(number), talk, whole=whole) for number, read in enumerate(reads)]
    if not any(_understood(read) for read in reads):
        return 2
    return 0 if all(clean) and not problems else 1


def _understood(read: Read) -> bool:
    """Return whether anything of a file could be read: a row taken or left out, or that there are none."""
    return any(len(part.parsed.table) or part.parsed.left_out or not part.parsed.refused for part in read.parts)


def _of_the_past(part: Part, moment: pd.Timestamp) -> Part:
    """Refuse rows about periods that are not over, and prints of a day to come."""
    table = part.parsed.table
    early = table["period_end"] > moment
    ahead = table["released"] > moment + _AHEAD
    bad = table[early | ahead]
    if not len(bad):
        return part
    lines = [
        f"{reference}: {f'period {end:%Y-%m}' if is_early else f'release {day:%Y-%m-%d}'} lies in the future; check it"
        for reference, end, day, is_early in zip(
            bad["reference"], bad["period_end"], bad["released"], early[bad.index], strict=True
        )
    ]
    kept = table[~(early | ahead)].reset_index(drop=True)
    parsed = replace(part.parsed, table=kept, refused=(*part.parsed.refused, *lines))
    return replace(part, parsed=parsed)


def _stored(store: Store, reads: Sequence[Read], moment: pd.Timestamp, talk: Console) -> dict[int, Added]:
    """Merge and write what the files brought; return the counts by the file's number."""
    added: dict[int, Added] = {}
    if not any(len(part.parsed.table) for read in reads for part in read.parts):
        return added
    with store.lock():
        unfinished.heal(store, talk)
        brought = _by_source(reads, moment)
        ledgers = {source: Ledger(store.held(source)) for source in brought}
        for source, rows in brought.items():
            counts = ledgers[source].add([table for _, table in rows], moment)
            for (number, _), count in zip(rows, counts, strict=True):
                added[number] = added.get(number, Added()) + count
        spread = [read.name for read in reads if len({part.source.name for part in read.parts}) > 1]
        _write(store, {source: ledger for source, ledger in ledgers.items() if ledger.changed}, spread, moment)
    return added


def _by_source(reads: Sequence[Read], moment: pd.Timestamp) -> dict[str, list[tuple[int, pd.DataFrame]]]:
    """Return what the files brought, marked, in their order: tables with their file's number."""
    brought: dict[str, list[tuple[int, pd.DataFrame]]] = defaultdict(list)
    for number, read in enumerate(reads):
        for part in read.parts:
            if len(table := part.parsed.table):
                rows = imports.mark(table, read.name, moment, read.sha256)
                brought[part.source.name].append((number, rows))
    return brought


def _write(store: Store, changed: dict[str, Ledger], spread: Sequence[str], moment: pd.Timestamp) -> None:
    """Write each source once. Files that fill several are noted first, so that half of one never stays."""
    if several := len(changed) > 1 and bool(spread):
        unfinished.note(store, spread, moment)
    done: list[str] = []
    for name, ledger in changed.items():
        try:
            store.write(name, ledger.table())
        except StoreError as error:
            raise StoreError(f"{error}; written: {', '.join(done) or 'nothing'}; import again") from error
        done.append(name)
    if several:
        unfinished.clear(store)


def _report(read: Read, added: Added | None, talk: Console, *, whole: bool) -> bool:
    """Print what became of one file; return whether all is well."""
    if read.error:
        if read.beside and whole:
            talk.detail(f"left aside: {read.error}")
            return True
        talk.error(read.error)
        talk.trace(read.trace)
        return False
    parsed = [part.parsed for part in read.parts]
    refused = [line for one in parsed for line in one.refused]
    for line in refused[:_NAMED]:
        talk.error(line)
    if refused[_NAMED:]:
        talk.error(f"{read.name}: and {len(refused) - _NAMED} more rows refused")
    if notes := dict.fromkeys(note.removeprefix(f"{read.name}: ") for one in parsed for note in one.notes):
        talk.say(f"{read.name}: note: {'; '.join(notes)}")
    held = any(len(one.table) for one in parsed)
    line = _line(read, added or Added())
    if held or refused:
        talk.say(line)
    else:
        talk.error(f"{line}; nothing is stored")
    _details(read, talk)
    return held and not refused


def _line(read: Read, added: Added) -> str:
    """Return the file's one line."""
    parsed = [part.parsed for part in read.parts]
    sources = dict.fromkeys(f"{part.source.name} ({part.source.publisher})" for part in read.parts)
    refused, left_out = sum(len(one.refused) for one in parsed), _left_out(parsed)
    words = [
        f"{read.name}: {' and '.join(sources)}: {sum(one.rows_read for one in parsed)} rows read",
        f"{sum(len(one.table) for one in parsed)} in scope",
        f"{added.new} new",
        f"{added.revised} revised",
        f"{added.unchanged} unchanged",
    ]
    if refused:
        words.append(f"{refused} refused")
    if left_out:
        words.append(f"{left_out.total()} left out ({_counts(left_out, _TOP)})")
    return ", ".join(words)


def _left_out(parsed: Sequence[Parsed]) -> Counter[str]:
    total: Counter[str] = Counter()
    for one in parsed:
        total.update(one.left_out)
    return total


def _counts(counted: Counter[str], most: int) -> str:
    """Name the most frequent reasons with their counts."""
    rest = len(counted) - most
    named = ", ".join(f"{reason} {count}" for reason, count in counted.most_common(most))
    return named + (f", and {rest} more kinds" if rest > 0 else "")


def _details(read: Read, talk: Console) -> None:
    """Say under ``--verbose`` what was left out and why."""
    if left_out := _left_out([part.parsed for part in read.parts]):
        talk.detail(f"{read.name}: left out: {_counts(left_out, _LISTED)}")
    for line in [line for part in read.parts for line in part.parsed.refused][_NAMED:]:
        talk.detail(f"{read.name}: refused: {line}")
    for line in read.skipped:
        talk.detail(f"{read.name}: left aside: {line}")
