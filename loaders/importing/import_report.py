"""What an import says: a line a file, the rows refused by name, and under --dry-run what would be stored."""

from collections import Counter
from collections.abc import Hashable, Iterator, Mapping, Sequence
from typing import Any, Final

import pandas as pd

from loaders.core import schema
from loaders.core.console import Console
from loaders.core.source import Parsed
from loaders.importing import file_cells, file_checks
from loaders.importing.batch_merge import Added
from loaders.importing.file_cells import Printed
from loaders.importing.read_file import Read

NAMED: Final = 5
_TOP: Final = 3
_LISTED: Final = 40


def line(read: Read, added: Added, in_scope: int, *, undated: int = 0) -> str:
    """Return the file's one line; ``in_scope`` counts the rows that may be stored."""
    parsed = [part.parsed for part in read.parts]
    sources = dict.fromkeys(f"{part.source.name} ({part.source.publisher})" for part in read.parts)
    refused, left_out = file_checks.refused(read), _left_out(parsed)
    words = [
        f"{read.name}: {' and '.join(sources)}: {sum(one.rows_read for one in parsed)} rows read",
        f"{in_scope} in scope",
        f"{added.new} new",
        f"{added.revised} revised",
        f"{added.unchanged} unchanged",
    ]
    if refused:
        words.append(f"{refused} refused")
    if left_out:
        words.append(f"{left_out.total()} left out ({_counts(left_out, _TOP)})")
    if merged := sum(one.merged for one in parsed):
        words.append(f"{merged} repeated or summed into others")
    if undated and added.revised:
        words.append(
            f"{undated} without a date of release: they stand below any other figure (--released DAY dates them)"
        )
    return ", ".join(words)


def refusals(read: Read, talk: Console) -> None:
    """Name the first rows and members that were refused, and count the others."""
    lines = [text for part in read.parts for text in part.parsed.refused]
    lines += [f"{read.name}: {text}" for text in read.unread]
    for text in lines[:NAMED]:
        talk.error(text)
    if lines[NAMED:]:
        talk.error(f"{read.name}: and {len(lines) - NAMED} more rows refused")
    for text in lines[NAMED:]:
        talk.detail(f"{read.name}: refused: {text}")


def notes(read: Read, talk: Console) -> None:
    """Say what the reader must know of a file."""
    lines = [note.removeprefix(f"{read.name}: ") for part in read.parts for note in part.parsed.notes]
    if lines:
        talk.say(f"{read.name}: note: {'; '.join(dict.fromkeys(lines))}")


def details(read: Read, talk: Console) -> None:
    """Say under ``--verbose`` what was left out and why, and what lay beside the data."""
    for text in read.skipped:
        talk.detail(f"{read.name}: left aside: {text}")
    if left_out := _left_out([part.parsed for part in read.parts]):
        talk.detail(f"{read.name}: left out: {_counts(left_out, _LISTED)}")


def preview(read: Read, talk: Console, lack: str = "") -> None:
    """Print what would be stored of a file: of whom, when, in what, ten rows, and the sums of each year.

    ``lack`` is the flag without which nothing is stored, as in ``" with --force"``.
    """
    for part in read.parts:
        table = part.parsed.table.astype(dict.fromkeys(schema.CATEGORIES, "str"))
        if table.empty:
            continue
        for text in (*_facts(part.source.name, table, lack), _unit(table, part.printed)):
            talk.say(f"{read.name}: {text}")
        for text in _rows(table, part.printed):
            talk.say(f"  {text}")
        for text in _sums(table):
            talk.say(f"  {text}")


def _facts(source: str, table: pd.DataFrame, lack: str) -> Iterator[str]:
    """Say of what a table is, in a line each."""
    yield f"source {source}; {len(table)} rows would be stored{lack}"
    for column, word in (
        ("reporter", "reporter"),
        ("partner", "partners"),
        ("flow", "flow"),
        ("valuation", "valuation"),
    ):
        yield f"{word}: {_listed(table[column])}"
    first, last = table["period_start"].min(), table["period_end"].max()
    yield f"periods: {first:%Y-%m} to {last:%Y-%m}, of {_lengths(table)} months"
    yield f"codes: {_listed(table['classification'] + ' ' + table['commodity_code'])}"
    dates = table["released"].dropna()
    yield f"released: {f'{dates.min():%Y-%m-%d} to {dates.max():%Y-%m-%d}' if len(dates) else 'the file has no date'}"


def _lengths(table: pd.DataFrame) -> str:
    return " and ".join(str(length) for length in sorted(schema.months(table).unique()))


def _listed(cells: pd.Series) -> str:
    values = list(dict.fromkeys(cells))
    return ", ".join(values[:12]) + (f", and {len(values) - 12} more" if len(values) > 12 else "")


def _unit(table: pd.DataFrame, shown: Sequence[Printed]) -> str:
    """Say the currency and what the file's own figures are multiplied by."""
    factors = Counter(file_cells.factor(one.cell) for one in shown if one.cell)
    factors_used = " and ".join(
        f"times {each} ({count} of {len(shown)} rows below)" for each, count in factors.most_common()
    )
    return f"currency: {_listed(table['currency'])}, in whole units: the file's figures {factors_used or 'are summed'}"


def _rows(table: pd.DataFrame, shown: Sequence[Printed]) -> Iterator[str]:
    """Show ten rows: the file's own cell beside what would be stored of it."""
    raw = {(one.reference, one.value): one for one in shown}
    for row in table.to_dict("records") if len(table) <= len(raw) else _shown_rows(table, raw):
        one = raw.get((row["reference"], row["value"]))
        when = f"{row['period_start']:%Y-%m}..{row['period_end']:%Y-%m}"
        yield (
            f"{row['reference']}: {one or 'raw: not shown'}: stored as {row['value']:.15g} {row['currency']}, "
            f"{row['reporter']} {row['flow']} {row['partner']} {when} {row['commodity_code']}"
        )


def _shown_rows(table: pd.DataFrame, raw: Mapping[tuple[str, float], Printed]) -> list[dict[Hashable, Any]]:
    """Return the rows of which the file's own cells are known."""
    near = table[table["reference"].isin({reference for reference, _ in raw})]
    known = [row for row in near.to_dict("records") if (row["reference"], row["value"]) in raw]
    return known[: len(raw)]


def _sums(table: pd.DataFrame) -> Iterator[str]:
    """Show the sums of each year, of single months, of years and of other periods apart."""
    year = table["period_start"].dt.year
    total = table["commodity_code"].eq(schema.TOTAL).map({True: "totals", False: "goods"})
    keys = [year, table["flow"], table["currency"], schema.months(table), total]
    sums = table.groupby(keys)["value"].agg(["sum", "size"])
    sums.index.names = ["year", "flow", "currency", "months", "what"]
    for one in sums.reset_index().to_dict("records"):
        count = f"{one['size']} rows of {one['months']} months"
        yield f"sum {one['year']} {one['flow']} {one['what']}: {one['sum']:.15g} {one['currency']} in {count}"


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
