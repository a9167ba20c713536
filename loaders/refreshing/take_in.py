"""What a refresh takes in of one source: answers are gathered, laid over what is held, written, then noted."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final

import pandas as pd

from loaders.checking import identities
from loaders.core import import_marks, merge, rates, raw_files, schema
from loaders.importing import plausibility
from loaders.refreshing import answer_checks

if TYPE_CHECKING:
    import threading

    from loaders.core.source import Parsed
    from loaders.core.store import Store
    from loaders.refreshing.http import Clock
    from loaders.refreshing.refresh_report import Report

PATIENCE: Final = 5.0
_SECOND: Final = pd.Timedelta(seconds=1)
_MINUTE: Final = pd.Timedelta(minutes=1)


@dataclass(frozen=True)
class _Answer:
    """A read answer on its way into the store, its raw file, and what is noted there once it is in."""

    parsed: Parsed
    kept: raw_files.RawFile
    note: dict[str, Any]


@dataclass(frozen=True)
class _Known:
    """What is held of a source as known now."""

    table: pd.DataFrame

    @cached_property
    def fits(self) -> bool:
        """Whether no identity is broken in it, asked once for all answers that are laid over it."""
        return identities.fits(self.table)


class Intake:
    """Takes answers in: a few seconds' worth at once, so that a page costs no rewrite of the whole table."""

    def __init__(self, store: Store, clock: Clock, rates_lock: threading.Lock, report: Report) -> None:
        """Read what the data dir holds of the source; ``rates_lock`` guards the side table that sources share."""
        self.stored = store.stored(report.source)
        self._known = _Known(merge.newest(self.stored))
        self._store, self._clock, self._rates_lock, self._report = store, clock, rates_lock, report
        self._shipped = merge.newest(store.shipped(report.source))
        self._waiting: list[_Answer] = []
        self._since = clock.monotonic()

    def doubt(self, parsed: Parsed) -> str | None:
        """Return why an answer cannot be laid over what is held, or nothing."""
        beside = answer_checks.beside(self._known.table, parsed.table)
        why = (
            answer_checks.other_unit(beside)
            or answer_checks.stale(self.stored, self._known.table, parsed.table)
            or answer_checks.most_revised(beside)
            or self._unlike(parsed.table)
        )
        if why or parsed.rates is None:
            return why
        return answer_checks.other_rate(self._store.side(rates.NAME), parsed.rates)

    def _unlike(self, brought: pd.DataFrame) -> str | None:
        """Return that figures are held or shipped ones times one factor, of the other flow, or leap beside them."""
        known = self._known.table
        if merge.holds(known, brought).all():  # nothing new to set beside anything
            return None
        unlike = plausibility.unlike(brought, known) or plausibility.clustered(brought, self._shipped)
        if unlike := unlike or plausibility.scaled(brought, self._beside):
            return f"holds figures unlike those held: {unlike}"
        if known.empty or (broken := identities.broken(brought, known)) == "":
            return None
        if self._known.fits:  # what has always fitted no longer does; where it never did, --check tells
            return f"holds figures that do not fit those held: {broken}"
        self._report.details.append(f"{self._report.source}: figures that do not fit together: {broken}")
        return None

    @cached_property
    def _beside(self) -> pd.DataFrame:
        """What ships or is held of the same trade from whatever source, read once."""
        return plausibility.read_beside(self._store, [self._report.source])

    def add(self, parsed: Parsed, kept: raw_files.RawFile, note: dict[str, Any]) -> None:
        """Take an answer that stood every check; StoreError where the disk does not take what was gathered."""
        self._waiting.append(_Answer(parsed, kept, note))
        if self._clock.monotonic() - self._since >= PATIENCE:
            self.flush()

    def flush(self) -> None:
        """Merge and write what was gathered; only then do the raw files say that they were taken in."""
        answers, self._waiting, self._since = self._waiting, [], self._clock.monotonic()
        for table in _apart([answer.parsed.table for answer in answers]):
            self._merge(table)
        brought = [answer.parsed.rates for answer in answers if answer.parsed.rates is not None]
        if brought:
            self._merge_rates(brought)
        for answer in answers:
            raw_files.take(answer.kept, **answer.note)

    def _merge(self, brought: pd.DataFrame) -> None:
        """Lay trade rows over those held; write only where something is new."""
        moment, note = _moment(self.stored, self._clock.now())
        # a row that the reader's import brought first is the service's too now: forgetting must not take it
        adopted = import_marks.adopt(self.stored, brought)
        confirmed = not adopted["reference"].equals(self.stored["reference"])
        merged = merge.merge(adopted, brought, moment, "retrieval", live=True)
        self._report.unchanged += merged.unchanged
        if confirmed or len(merged.new) or len(merged.revised):
            self._store.write(self._report.source, merged.table)
            self._report.add(merged.new, merged.revised, self._known.table)
            self._report.remark(note)
            self.stored, self._known = merged.table, _Known(merge.newest(merged.table))

    def _merge_rates(self, brought: list[pd.DataFrame]) -> None:
        with self._rates_lock:
            stored = self._store.stored_side(rates.NAME)
            table, done = stored, []
            for part in brought:
                moment, note = _moment(table, self._clock.now())
                merged = rates.merge(table, part, moment)
                done.append((merged, table))
                if len(merged.new) or len(merged.revised):
                    table = merged.table
                    self._report.remark(note)
            if table is not stored:
                self._store.write_side(rates.NAME, table)
            for merged, before in done:  # what did not reach the disk is not counted
                self._report.add_rates(merged, before)


def _apart(tables: list[pd.DataFrame]) -> list[pd.DataFrame]:
    """Return all tables as one, or one by one where two answers speak of the same figure."""
    filled = [table for table in tables if len(table)]
    if len(filled) < 2:
        return filled
    together = schema.concat(filled)
    return filled if together.duplicated(list(schema.SERIES_KEY)).any() else [together]


def _moment(stored: pd.DataFrame, now: pd.Timestamp) -> tuple[pd.Timestamp, str]:
    """Return now, or the second after the last dating of ours where the clock was set back since, and a remark."""
    now = now.floor("s")
    if stored.empty:
        return now, ""
    own = stored.loc[stored["reference"].str.contains(schema.DATED_HERE, regex=False), "released"]
    last = pd.to_datetime(own).max()
    if pd.isna(last) or last <= now:
        return now, ""
    words = f"this machine's clock ({now}) is behind the last refresh ({last}); new figures are dated after that"
    return last + _SECOND, words if last - now > _MINUTE else ""
