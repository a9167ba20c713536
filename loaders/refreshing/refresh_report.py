"""What a refresh says: one line a source, then a total, then what changed in words."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Final

import pandas as pd

from loaders.core import schema
from loaders.core.console import Console
from loaders.core.rates import RatesMerge

_BAR: Final = 24
_LISTED: Final = 6
_SHOWN: Final = 3
_CLEAR: Final = "\r\x1b[K"
_UNITS: Final = ((1e9, " bn"), (1e6, " m"), (1.0, ""))


@dataclass
class Report:
    """What came of one source: counts, the changed rows, and what went wrong, a line each."""

    source: str
    calls: int = 0
    new: int = 0
    revised: int = 0
    unchanged: int = 0
    periods: set[tuple[str, str]] = field(default_factory=set)
    revisions: list[pd.DataFrame] = field(default_factory=list)
    failures: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    details: list[str] = field(default_factory=list)
    traceback: str = ""

    def add(self, new: pd.DataFrame, revised: pd.DataFrame, before: pd.DataFrame) -> None:
        """Count trade rows; remember periods not held before, and old beside new values."""
        self.new += len(new)
        self.revised += len(revised)
        self.periods |= _periods(new) - _periods(before)
        if len(revised):
            key = list(schema.SERIES_KEY)
            frames = [
                frame[[*key, "value"]].astype(dict.fromkeys(schema.CATEGORIES[:7], "str"))
                for frame in (revised, before)
            ]
            both = frames[0].merge(frames[1], on=key, suffixes=("", "_before"))
            self.revisions.append(both[both["value"].ne(both["value_before"])])

    def add_rates(self, merged: RatesMerge, before: pd.DataFrame) -> None:
        """Count exchange rates."""
        self.new += len(merged.new)
        self.revised += len(merged.revised)
        self.unchanged += merged.unchanged
        self.periods |= _periods(merged.new) - _periods(before)

    def remark(self, words: str) -> None:
        """Note what the reader should know, once."""
        if words and words not in self.notes:
            self.notes.append(words)

    def counts(self) -> str:
        """Return calls and rows in words."""
        return (
            f"{self.calls} {'call' if self.calls == 1 else 'calls'}; {self.new:,} new, {self.revised:,} revised, "
            f"{self.unchanged:,} unchanged"
        )


class Printer:
    """Prints what comes of a refresh, and on a terminal how far it is."""

    def __init__(self, console: Console) -> None:
        """Speak through ``console``; the bar is drawn on a terminal only."""
        self.console = console
        self._bar = not console.quiet and console.err.isatty()

    def result(self, line: str) -> None:
        """Print what came out, unless ``--quiet``."""
        self._wipe()
        self.console.say(line)

    def failure(self, line: str) -> None:
        """Print what failed."""
        self._wipe()
        self.console.error(line)

    def progress(self, done: int, of: int, now: str) -> None:
        """Draw the bar."""
        if self._bar:
            filled = "#" * (done * _BAR // max(of, 1))
            self.console.err.write(f"{_CLEAR}[{filled:-<{_BAR}}] {done} of {of} sources, now {now}")
            self.console.err.flush()

    def report(self, report: Report) -> None:
        """Print one source: its counts, or why it failed."""
        self._wipe()
        for line in report.details:
            self.console.detail(line)
        if report.failures:
            more = len(report.failures) - 1
            also = f"; and {more} more, --verbose shows them" if more and not self.console.verbose else ""
            self.failure(f"{_named(report, report.failures[0])}{also}; what was held stays [{report.counts()}]")
            for line in report.failures[1:] if self.console.verbose else ():
                self.failure(_named(report, line))
            self.console.trace(report.traceback)
        else:
            self.result(f"{report.source}: {report.counts()}")
        for note in report.notes:
            self.result(f"{report.source}: note: {note}")

    def summary(self, reports: Sequence[Report]) -> None:
        """Print the total, then what changed in words."""
        total = Report("total")
        for report in reports:
            total.calls += report.calls
            total.new += report.new
            total.revised += report.revised
            total.unchanged += report.unchanged
        whole = sum(not report.failures for report in reports)
        self.result(f"total: {total.counts()}; {whole} of {len(reports)} sources up to date")
        for line in changes(reports):
            self.result(line)

    def _wipe(self) -> None:
        if self._bar:
            self.console.err.write(_CLEAR)
            self.console.err.flush()


def changes(reports: Iterable[Report]) -> list[str]:
    """Say in words what is new: months by source, and the three largest revisions."""
    reports = list(reports)
    lines = [line for report in reports if (line := _news(report))]
    both = [part for report in reports for part in report.revisions if len(part)]
    if both:
        moved = pd.concat(both, ignore_index=True)
        size = (moved["value"] - moved["value_before"]).abs()
        largest = moved.loc[size.sort_values(ascending=False, kind="stable").index[:_SHOWN]]
        lines += [f"revised: {_revision(row)}" for _, row in largest.iterrows()]
    return lines


def _periods(rows: pd.DataFrame) -> set[tuple[str, str]]:
    """Return the distinct periods of rows, as YYYY-MM."""
    if rows.empty:
        return set()
    distinct = rows[["period_start", "period_end"]].drop_duplicates().astype("str")
    return set(zip(distinct["period_start"].str[:7], distinct["period_end"].str[:7], strict=True))


def _span(start: str, end: str) -> str:
    """Name a period: a month, a year, or from month to month."""
    if start == end:
        return start
    return start[:4] if (start[4:], end) == ("-01", f"{start[:4]}-12") else f"{start} to {end}"


def _news(report: Report) -> str:
    """Name the periods that were not held before; many of them only from when to when."""
    if len(report.periods) > _LISTED:
        first, last = min(start for start, _ in report.periods), max(end for _, end in report.periods)
        return f"new: {report.source} {first} to {last}, {len(report.periods)} periods"
    spans = [_span(*pair) for pair in sorted(report.periods, key=lambda pair: (pair[1], pair[0]))]
    return f"new: {report.source} {', '.join(spans)}" if spans else ""


def _revision(row: pd.Series) -> str:
    """Say which figure moved from what to what."""
    start, end = f"{row['period_start']:%Y-%m}", f"{row['period_end']:%Y-%m}"
    period = start if start == end else f"{start} to {end}"
    old, new = float(row["value_before"]), float(row["value"])
    change = f" ({100 * (new / old - 1):+.1f}%)" if old else ""
    way = {"export": "exports to", "import": "imports from"}.get(row["flow"], "trade with")
    return (
        f"{row['source']} {row['reporter']} {way} {row['partner']} {period}, {row['commodity_code']}: "
        f"{_money(old)} to {_money(new)} {row['currency']}{change}"
    )


def _money(value: float) -> str:
    size, unit = next((pair for pair in _UNITS if value >= pair[0]), _UNITS[-1])
    return f"{value / size:,.6g}{unit}"


def _named(report: Report, line: str) -> str:
    """Begin a failure with its source, once."""
    why = line.removeprefix(f"{report.source}: ")
    return f"{report.source}: failed: {why}"
