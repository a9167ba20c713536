"""What the command line does besides serving and exporting: refresh, import, forget, check, list."""

import argparse
import sys
from collections.abc import Hashable, Mapping
from typing import Any, Final

import pandas as pd

from analysis.claims import article as article_claims
from analysis.dataset import Dataset
from analysis.measures.partners.coverage import period_covered
from commands import changes
from commands.telling import complain, problems, say
from layouts.charts.claims import wording
from layouts.charts.registry import CHARTS
from layouts.words.catalogue import say as words
from loaders.checking import checks
from loaders.core import import_marks, schema
from loaders.core.source import Hints, Source
from loaders.core.store import Store, StoreError, read_side
from loaders.importing import import_log, workers
from loaders.importing.file_checks import Options
from loaders.importing.find_files import InputFile
from loaders.importing.read_file import Read
from loaders.importing.run import run_import
from loaders.importing.undo import run_forget
from loaders.refreshing.run import run_refresh
from loaders.registry import SOURCES

OK, FAILED, USAGE = 0, 1, 2
_CHECK: Final = "about.check.{}"


def refresh(store: Store, args: argparse.Namespace) -> int:
    """Bring sources up to date; one that fails costs its line, the others finish."""
    with changes.noted(store, "refresh", dry=args.dry_run):
        return run_refresh(
            store, args.refresh, dry_run=args.dry_run, timeout=args.timeout, quiet=args.quiet, verbose=args.verbose
        )


def bring(store: Store, args: argparse.Namespace) -> int:
    """Import the files named; what a file does not say comes from --flow, --period, --reporter and --released."""
    try:
        with changes.noted(store, "import", dry=args.dry_run):
            return run_import(
                store,
                args.files,
                Hints(args.flow, args.period, args.reporter),
                moment=pd.Timestamp.now().floor("s"),
                out=sys.stdout,
                err=sys.stderr,
                quiet=args.quiet,
                verbose=args.verbose,
                mapper=lambda read, file: workers.spread(read, file, _lost, args.scheduler),
                options=Options(args.released, args.partial, args.force, args.dry_run),
            )
    except workers.ArchiveError as error:
        complain(str(error))
        return USAGE


def _lost(file: InputFile, why: str) -> Read:
    """Say of a file that every process died on why it was not read."""
    return Read(file.name, error=f"{file.name}: {why}")


def forget(store: Store, args: argparse.Namespace) -> int:
    """Take imports back by file name."""
    with changes.noted(store, "forget"):
        return run_forget(store, args.forget, out=sys.stdout, err=sys.stderr, quiet=args.quiet)


def show_list(dataset: Dataset, store: Store) -> int:
    """List sources with what is held of them, the reader's imports, then charts."""
    problems(dataset)
    table = dataset.trade
    say("Sources")
    for name, source in SOURCES.items():
        own = table[table["source"].eq(name)]
        span = period_covered(own)
        released = schema.published(own).dropna()
        dated = f", newest release {released.max():%Y-%m-%d}" if len(released) else ""
        coverage = f"side table {source.side}: {source.coverage}" if source.side else f"{span}{dated}"
        rows = _beside(dataset, source) if source.side else len(own)
        say(f"  {name:10} {rows:>7,} rows  {coverage}  {source.title}; {source.licence}")
    for one in _imports(store):
        say(one)
    say("Charts")
    for chart in CHARTS.values():
        say(f"  {chart.name:12} {chart.question}")
    return FAILED if dataset.problems else OK


def _beside(dataset: Dataset, source: Source) -> int:
    """Count the rows of a source in its side table; a table that names no publisher is its own."""
    side = dataset.side(source.side)
    return int(side["publisher"].isin(source.aliases).sum()) if "publisher" in side else len(side)


def _imports(store: Store) -> list[str]:
    """Return a line for each file that the reader brought, under its head."""
    try:
        brought = import_marks.known(store)
        record = import_log.read(store)
    except StoreError:
        return []  # the broken file has had its line already
    fates = {line["file"]: _fate(line) for line in record.to_dict("records")}
    lines = [
        f"  {one.file}: {one.rows:,} rows of {one.source}, imported {one.moment}{fates.get(one.file, '')}"
        for one in brought
    ]
    return ["Your imports", *lines] if lines else []


def _fate(line: Mapping[Hashable, Any]) -> str:
    """Return what became of a file's rows, and its hash, as the record of imports has them."""
    rows = ", ".join(f"{line[name]} {name.replace('_', ' ')}" for name in import_log.FATES)
    digest = f"; SHA-256 {str(line['sha256'])[:12]}" if line["sha256"] else ""
    return f"{f' by {who}' if (who := line['by']) else ''} ({rows}{digest})"


def check(dataset: Dataset, *, quiet: bool) -> int:
    """Verify sums, sources, mirrors and claims, a line each; what no reason covers is called unexplained.

    Only an identity that does not hold fails, such as a total that is not its exports plus imports. A difference
    between two counts is listed, explained or not; verdicts never set the exit.
    """
    problems(dataset)
    differences = checks.run(dataset.trade, read_side("known_disagreements")).sort_values(
        "known", kind="stable", ascending=False
    )
    rows = differences.to_dict("records")
    broken = [row for row in rows if row["broken"] and not row["known"]]
    for row in rows:
        word = "known" if row["known"] else "broken" if row["broken"] else "unexplained"
        figures = f"{row['found']:.12g} against {row['expected']:.12g} ({row['difference_pct']:+.2f}%)"
        why = " ".join(str(row[name]) for name in ("why", "page") if row["known"] and row[name])
        line = f"{word}: {_named(row['check'])}: {row['subject']}, {row['period']}: {figures}. {why}"
        complain(line.rstrip()) if word == "broken" else say(line.rstrip(), quiet=quiet)
    for verdict in article_claims.judge(dataset):
        say(f"{verdict.id}: {verdict.verdict.value}: {wording.sentence(verdict)}", quiet=quiet)
    _counted(differences, len(dataset.trade), quiet=quiet)
    return FAILED if broken or dataset.problems else OK


def _named(check: str) -> str:
    """Return what a check sets against what."""
    return words(_CHECK.format(check))


def _counted(differences: pd.DataFrame, rows: int, *, quiet: bool) -> None:
    """Count the differences check by check, then all."""
    for name, part in differences.groupby("check", sort=False):
        known = int(part["known"].sum())
        say(
            f"{_named(str(name))}: {len(part):,} differences, {known:,} explained, {len(part) - known:,} unexplained",
            quiet=quiet,
        )
    known, broken = int(differences["known"].sum()), int((differences["broken"] & ~differences["known"]).sum())
    counts = f"{len(differences):,} differences, {known:,} explained, {len(differences) - known:,} unexplained"
    say(f"{rows:,} rows; {counts}, {broken} broken identities", quiet=quiet)
