"""Bring sources up to date: fetch, keep raw, parse, check, merge, write, and say what happened."""

import queue
import sys
import threading
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, TextIO
from urllib.parse import urlsplit

import pandas as pd

from loaders.core.console import Console
from loaders.core.source import KnownBefore, Source
from loaders.core.store import Store, StoreError
from loaders.importing import unfinished
from loaders.refreshing import failing, status_messages
from loaders.refreshing.http import Clock, Web
from loaders.refreshing.one_source import Update
from loaders.refreshing.refresh_report import Printer, Report
from loaders.refreshing.status_messages import FetchError
from loaders.registry import SOURCES

OK: Final = 0
FAILED: Final = 1
USAGE: Final = 2
_DRIFT: Final = pd.Timedelta(days=1)


@dataclass(frozen=True)
class CallMade:
    """Word from a thread that a source makes a call."""

    source: str
    call: str


def run_refresh(  # noqa: PLR0913  # the words of the command line
    store: Store,
    names: Sequence[str] = (),
    *,
    dry_run: bool = False,
    timeout: float | None = None,
    quiet: bool = False,
    verbose: bool = False,
    out: TextIO | None = None,
    err: TextIO | None = None,
    clock: Clock | None = None,
    sources: Mapping[str, Source] = SOURCES,
) -> int:
    """Refresh the named sources, or all that can be; return 0, 1 where something failed, 2 for an unknown name.

    ``timeout`` bounds one call with its retries, in seconds. With ``dry_run`` the calls are printed
    and none is made.
    """
    say = Printer(Console(out or sys.stdout, err or sys.stderr, quiet=quiet, verbose=verbose))
    clock = clock or Clock(drift=_DRIFT)
    try:
        chosen = _chosen(names, sources)
        if dry_run:
            return _plan(chosen, store, clock.now(), say)
        web = Web(clock, timeout)
    except ValueError as error:
        say.failure(str(error))
        return USAGE
    try:
        with store.lock():
            unfinished.heal(store, say.console)
            reports = _all(chosen, store, web, say)
            failing.note(store, reports)
    except StoreError as error:
        say.failure(str(error))
        return FAILED
    finally:
        web.close()
    say.summary(reports)
    return FAILED if any(report.failures for report in reports) else OK


def _chosen(names: Sequence[str], sources: Mapping[str, Source]) -> list[Source]:
    """Return the sources meant; without names all that have a service."""
    able = {source.name: source for source in sources.values() if source.fetch}
    aliases = {other: source for source in able.values() for other in source.aliases}
    meant: dict[str, Source] = {}
    for name in dict.fromkeys(name.strip().lower() for name in names):
        source = able.get(name) or aliases.get(name)
        if source is None:
            why = "is read from files only, add one with --import" if name in sources else "is not known"
            raise ValueError(f"{name}: {why}; sources that can be refreshed: {', '.join(sorted(able))}")
        meant[source.name] = source
    return list((meant or able).values())


def _plan(chosen: Iterable[Source], store: Store, now: pd.Timestamp, say: Printer) -> int:
    """Print the calls that a refresh would make."""
    failed = False
    for source in chosen:
        try:
            known = KnownBefore(store.stored(source.name), now, bool(status_messages.key_of(source.key)))
            calls = list(source.fetch(known)) if source.fetch else []
            for call in calls:
                say.result(f"{source.name}: GET {status_messages.shown(status_messages.address(source, call.path))}")
                if call.then:
                    say.result(f"{source.name}: then {call.then}")
        except (StoreError, FetchError) as error:
            say.failure(str(error))
            failed = True
    say.result("dry run: no call was made, nothing was written")
    return FAILED if failed else OK


def _all(chosen: Sequence[Source], store: Store, web: Web, say: Printer) -> list[Report]:
    """Refresh side by side, one source at a time for each host; print each report as it comes."""
    mail: queue.SimpleQueue[CallMade | Report] = queue.SimpleQueue()
    rates = threading.Lock()
    for group in _by_host(chosen):
        work = [Update(source, store, web, rates, lambda s, c: mail.put(CallMade(s.name, c.name))) for source in group]
        threading.Thread(target=_one_after_another, args=(work, mail), daemon=True).start()
    reports: list[Report] = []
    while len(reports) < len(chosen):
        letter = mail.get()
        if isinstance(letter, CallMade):
            say.progress(len(reports), len(chosen), f"{letter.source} {letter.call}")
        else:
            reports.append(letter)
            say.report(letter)
    return reports


def _one_after_another(work: Iterable[Update], mail: queue.SimpleQueue[CallMade | Report]) -> None:
    for update in work:
        mail.put(update.run())


def _by_host(chosen: Iterable[Source]) -> list[list[Source]]:
    """Group sources by the host that they ask; one whose address is wrong stands alone and fails by itself."""
    groups: dict[str, list[Source]] = {}
    for source in chosen:
        try:
            host = urlsplit(status_messages.base_url(source)).netloc
        except FetchError:
            host = source.name
        groups.setdefault(host, []).append(source)
    return list(groups.values())
