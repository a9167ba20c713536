"""What the command line does besides loading: serve, export, check, list."""

from __future__ import annotations

import os
import shutil
import socket
import sys
import threading
from contextlib import nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import pandas as pd

from analysis import claims
from analysis.selection import Selection
from layouts import export as exports
from layouts.charts import CHARTS
from loaders import SOURCES, archive, checks, import_log, imports
from loaders.forgetting import run_forget
from loaders.import_checks import Options
from loaders.importing import run_import
from loaders.reading import Read
from loaders.refresh import run_refresh
from loaders.source import Hints
from loaders.store import StoreError, read_side

if TYPE_CHECKING:
    import argparse
    from collections.abc import Hashable, Mapping

    from dash import Dash

    from analysis.book import Book
    from layouts.charts.base import Chart
    from loaders.finding import Found
    from loaders.source import Source
    from loaders.store import Store

OK, FAILED, USAGE = 0, 1, 2
PICTURES: Final = ("png", "svg")
BROWSERS: Final = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
_NO_CHROMIUM: Final = "pictures need Chromium: apt-get install -y chromium fonts-liberation"


def say(line: str, *, quiet: bool = False) -> None:
    """Write one line to standard output."""
    if not quiet:
        sys.stdout.write(f"{line}\n")


def complain(line: str) -> None:
    """Write one line to standard error."""
    sys.stderr.write(f"{line}\n")


def problems(book: Book) -> None:
    """Name on standard error what could not be read."""
    for line in book.problems:
        complain(line)


def serve(app: Dash, book: Book, args: argparse.Namespace) -> int:
    """Serve until interrupted; a port in use gives one line with the next step."""
    problems(book)
    try:
        with socket.socket(socket.AF_INET6 if ":" in args.host else socket.AF_INET) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind((args.host, args.port))
    except (OSError, OverflowError) as error:
        free = f'make run ARGS="--port {min(args.port + 1, 65000)}"'
        complain(f"cannot serve on {args.host}:{args.port} ({error}); try another port: {free}")
        return FAILED
    say(f"Serving on http://{args.host}:{args.port}/ (Ctrl-C ends it)", quiet=args.quiet)
    sys.stdout.flush()
    threading.Thread(target=_warm, args=(book,), daemon=True).start()
    app.run(host=args.host, port=args.port, debug=args.debug, use_reloader=False)
    return OK


def _warm(book: Book) -> None:
    """Compute and draw every chart once, so that the first reader does not wait for it."""
    for chart in CHARTS.values():
        if chart.page:
            chart.draw(chart.rows(book, Selection()), Selection())


def export(book: Book, args: argparse.Namespace) -> int:
    """Write ``DIR/<chart>.<format>``; a chart that fails costs one line, the rest is written."""
    problems(book)
    unknown = [name for name in args.chart or () if name not in CHARTS]
    if unknown:
        complain(f"no chart named {', '.join(unknown)}; there are: {', '.join(CHARTS)}")
        return USAGE
    folder = Path(args.export)
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        complain(f"{folder}: cannot be written ({error.strerror}); name another folder")
        return USAGE
    selection = Selection.from_query(args.query)
    book = book.on(selection.asof)
    names = args.chart or [name for name, chart in CHARTS.items() if chart.page]
    forms = args.format or _forms()
    drawn = any(form in PICTURES for form in forms)
    with exports.browser() if drawn and _chromium() else nullcontext():
        jobs = [(CHARTS[name], form) for name in names for form in forms]
        results = [_write(chart, book, selection, folder, form, args) for chart, form in jobs]
    return OK if all(results) else FAILED


def _chromium() -> bool:
    """Return whether a Chromium is there to draw with."""
    return "BROWSER_PATH" in os.environ or any(shutil.which(name) for name in BROWSERS)


def _forms() -> tuple[str, ...]:
    """Return the formats written when none is named: pictures only where they can be drawn."""
    if _chromium():
        return ("png", "csv", "json")
    complain(f"{_NO_CHROMIUM}; the rows are written")
    return ("csv", "json")


def _write(chart: Chart, book: Book, selection: Selection, folder: Path, form: str, args: argparse.Namespace) -> bool:
    file = folder / f"{chart.name}.{form}"
    try:
        file.write_bytes(_content(chart, book, selection, form))
    except (OSError, ValueError, RuntimeError) as error:
        if args.verbose:
            raise
        complain(f"{file}: not written ({' '.join(str(error).split())[:200]})")
        return False
    say(str(file), quiet=args.quiet)
    return True


def _content(chart: Chart, book: Book, selection: Selection, form: str) -> bytes:
    if form not in PICTURES:
        return exports.text_of(chart, book, selection, form).encode()
    if not _chromium():
        raise RuntimeError(_NO_CHROMIUM)
    return exports.picture_of(chart, book, selection, form)


def refresh(store: Store, args: argparse.Namespace) -> int:
    """Bring sources up to date; one that fails costs its line, the others finish."""
    return run_refresh(
        store, args.refresh, dry_run=args.dry_run, timeout=args.timeout, quiet=args.quiet, verbose=args.verbose
    )


def bring(store: Store, args: argparse.Namespace) -> int:
    """Import the files named; what a file does not say comes from --flow, --period, --reporter and --released."""
    try:
        return run_import(
            store,
            args.files,
            Hints(args.flow, args.period, args.reporter),
            moment=pd.Timestamp.now().floor("s"),
            out=sys.stdout,
            err=sys.stderr,
            quiet=args.quiet,
            verbose=args.verbose,
            mapper=lambda read, found: archive.spread(read, found, _lost, args.scheduler),
            options=Options(args.released, args.partial, args.force, args.dry_run),
        )
    except archive.ArchiveError as error:
        complain(str(error))
        return USAGE


def _lost(found: Found, why: str) -> Read:
    """Say of a file that every process died on why it was not read."""
    return Read(found.name, error=f"{found.name}: {why}")


def forget(store: Store, args: argparse.Namespace) -> int:
    """Take imports back by file name."""
    return run_forget(store, args.forget, out=sys.stdout, err=sys.stderr, quiet=args.quiet)


def show_list(book: Book, store: Store) -> int:
    """List sources with what is held of them, the reader's imports, then charts."""
    problems(book)
    table = book.trade
    say("Sources")
    for name, source in SOURCES.items():
        own = table[table["source"].eq(name)]
        span = f"{own['period_start'].min():%Y-%m} to {own['period_end'].max():%Y-%m}" if len(own) else "nothing held"
        released = own["released"].dropna()
        dated = f", newest dated release {released.max():%Y-%m-%d}" if len(released) else ""
        held = f"side table {source.side}: {source.coverage}" if source.side else f"{span}{dated}"
        rows = _beside(book, source) if source.side else len(own)
        say(f"  {name:10} {rows:>7,} rows  {held}  {source.title}; {source.licence}")
    for one in _imports(store):
        say(one)
    say("Charts")
    for chart in CHARTS.values():
        say(f"  {chart.name:12} {chart.question}")
    return FAILED if book.problems else OK


def _beside(book: Book, source: Source) -> int:
    """Count the rows of a source in its side table; a table that names no publisher is its own."""
    side = book.side(source.side)
    return int(side["publisher"].isin(source.aliases).sum()) if "publisher" in side else len(side)


def _imports(store: Store) -> list[str]:
    """Return a line for each file that the reader brought, under its head."""
    try:
        held = imports.known(store)
        record = import_log.read(store)
    except StoreError:
        return []  # the broken file has had its line already
    fates = {line["file"]: _fate(line) for line in record.to_dict("records")}
    lines = [
        f"  {one.file}: {one.rows:,} rows of {one.source}, imported {one.moment}{fates.get(one.file, '')}"
        for one in held
    ]
    return ["Your imports", *lines] if lines else []


def _fate(line: Mapping[Hashable, Any]) -> str:
    """Return what became of a file's rows, and its hash, as the record of imports has them."""
    rows = ", ".join(f"{line[name]} {name.replace('_', ' ')}" for name in import_log.FATES)
    return f" ({rows}; SHA-256 {str(line['sha256'])[:12]})" if line["sha256"] else f" ({rows})"


def check(book: Book, *, quiet: bool) -> int:
    """Verify sums and claims, a line each.

    A total that is not its exports plus imports fails, unless the project's table of known
    disagreements explains it. Other differences are listed; verdicts never set the exit.
    """
    problems(book)
    found = checks.run(book.trade, read_side("known_disagreements")).to_dict("records")
    broken = [row for row in found if row["broken"] and not row["known"]]
    for row in found:
        word = "known" if row["known"] else "broken" if row in broken else "differs"
        figures = f"{row['found']:.12g} against {row['expected']:.12g} ({row['difference_pct']:+.2f}%)"
        line = f"{word}: {row['check']}: {row['subject']}, {row['period']}: {figures}. {row['why']}"
        complain(line) if word == "broken" else say(line.rstrip(), quiet=quiet)
    for verdict in claims.judge(book):
        say(f"{verdict.id}: {verdict.verdict}: {verdict.sentence}", quiet=quiet)
    known = sum(bool(row["known"]) for row in found)
    said = f"{len(book.trade):,} rows; {len(found)} differences, {known} of them known, {len(broken)} broken identities"
    say(said, quiet=quiet)
    return FAILED if broken or book.problems else OK
