"""One source's part of a refresh: its calls in order, each answer kept, read, doubted, merged, written."""

from __future__ import annotations

import traceback
from dataclasses import replace
from typing import TYPE_CHECKING, Final

import pandas as pd

from loaders import doubts, merge, rates, raw, replies, schema
from loaders.guards import clean
from loaders.replies import FetchError
from loaders.report import Report
from loaders.source import Call, Download, Known, Parsed, Source, SourceError
from loaders.store import StoreError

if TYPE_CHECKING:
    import threading
    from collections.abc import Callable, Mapping

    from loaders.http import Web
    from loaders.store import Store

_OWN_DATE: Final = "; released: the moment of "
_SECOND: Final = pd.Timedelta(seconds=1)
_MINUTE: Final = pd.Timedelta(minutes=1)
_STAYS: Final = "not taken, what was held stays"


class Update:
    """Brings one source up to date and reports; nothing that happens in here stops another source."""

    def __init__(
        self,
        source: Source,
        store: Store,
        web: Web,
        rates_lock: threading.Lock,
        tell: Callable[[Source, Call], None],
    ) -> None:
        """Prepare; ``tell`` hears of each call, ``rates_lock`` guards the side table that sources share."""
        self._source, self._store, self._web, self._tell = source, store, web, tell
        self._rates_lock = rates_lock
        self._held = pd.DataFrame()
        self._report = Report(source.name)

    def run(self) -> Report:
        """Make the calls and return what came of them."""
        try:
            self._drive()
        except (StoreError, FetchError, SourceError) as error:
            self._report.failures.append(str(error))
        except Exception as error:  # noqa: BLE001  # a mistake of ours in one source must not stop the others
            what = f"{type(error).__name__} {clean(str(error))}"
            self._report.failures.append(
                f"{self._source.name}: stopped by a mistake in this program ({what}); run with --verbose and report it"
            )
            self._report.traceback = traceback.format_exc()
        return self._report

    def _drive(self) -> None:
        """Let the source say what to ask, and give it the answers."""
        if self._source.fetch is None:
            return
        self._held = self._store.held(self._source.name)
        keyed = bool(replies.key_of(self._source.key))
        taken = raw.releases(self._store.folder, self._source.name)
        plan = self._source.fetch(Known(self._held, self._web.clock.now(), keyed, taken))
        try:
            call = next(plan)
            while True:
                call = plan.send(self._answer(call))
        except StopIteration:
            return

    def _answer(self, call: Call) -> Download | None:
        """Ask, keep, take in; a failure of this one answer is reported and the next call is made."""
        self._tell(self._source, call)
        self._report.calls += 1
        try:
            download = self._web.ask(self._source, call, raw.last(self._store.folder, self._source.name, call.name))
            self._report.details.append(
                f"{self._source.name}: {download.url} answered {download.status}, {len(download.content):,} bytes"
            )
            if download.status not in (200, 304):
                return download
            kept = raw.save(self._store.folder, self._source.name, call, download)
            if call.parse:
                return self._take_in(call, download, kept)
            raw.take(kept, figures={})
        except FetchError as error:
            if error.ends:
                raise
            self._report.failures.append(str(error))
            return None
        except SourceError as error:
            self._report.failures.append(f"{self._source.name}: {error}")
            return None
        return download

    def _take_in(self, call: Call, download: Download, kept: raw.Kept) -> Download:
        """Parse, check and merge one answer, and write what is new."""
        parsed = self._parsed(call, download)
        if call.cap is not None and parsed.rows_read >= call.cap:
            return replace(download, cut=True)
        before = [one.taken.get("figures", {}) for one in raw.kept(self._store.folder, self._source.name, call.name)]
        now = self._web.clock.now()
        why = doubts.doubt(parsed, before, max(now, download.served or now))
        if why := why or doubts.other_unit(self._held, parsed.table):
            raise SourceError(f"{download.url} {why.replace(f'{download.url}, ', '')}; {_STAYS}")
        figures = doubts.counts(parsed)
        parsed = _within(parsed, call)
        self._merge(parsed.table)
        if parsed.rates is not None:
            self._merge_rates(parsed.rates)
        released = max(call.released.values()).isoformat() if call.released else ""
        raw.take(kept, figures=figures, released=released)
        self._report.notes.extend(parsed.notes)
        if parsed.refused:
            first = parsed.refused[0].removeprefix(f"{download.url}, ")
            self._report.failures.append(
                f"{download.url}: {len(parsed.refused):,} bad rows left out, the first: {first}"
            )
        return download

    def _parsed(self, call: Call, download: Download) -> Parsed:
        """Read an answer; whatever a parser trips over is the answer's fault until shown otherwise."""
        try:
            parsed = self._source.parse(download.content, download.url)
        except SourceError as error:
            raise SourceError(f"{error}; {_STAYS}") from error
        except Exception as error:
            self._report.traceback = traceback.format_exc()
            what = f"{type(error).__name__} {clean(str(error), 80)}"
            raise SourceError(f"{download.url} cannot be read ({what}); {_STAYS}; run with --verbose") from error
        return replace(parsed, table=_dated(parsed.table, call.released)) if call.released else parsed

    def _merge(self, brought: pd.DataFrame) -> None:
        """Lay the rows over those held; write only where something is new."""
        moment, note = _moment(self._held, self._web.clock.now())
        merged = merge.merge(self._held, brought, moment, "retrieval", live=True)
        self._report.unchanged += merged.unchanged
        if len(merged.new) or len(merged.revised):
            self._store.write(self._source.name, merged.table)
            self._report.add(merged.new, merged.revised, merge.newest(self._held))
            self._note(note)
            self._held = merged.table

    def _merge_rates(self, brought: pd.DataFrame) -> None:
        with self._rates_lock:
            held = self._store.held_side(rates.NAME)
            if why := doubts.other_rate(held, brought):
                raise SourceError(f"{brought['reference'].iloc[0]}: {why}; {_STAYS}")
            moment, note = _moment(held, self._web.clock.now())
            merged = rates.merge(held, brought, moment)
            if len(merged.new) or len(merged.revised):
                self._store.write_side(rates.NAME, merged.table)
                self._note(note)
        self._report.add_rates(merged, held[held["series"].isin(set(brought["series"]))] if len(held) else held)

    def _note(self, note: str) -> None:
        if note and note not in self._report.notes:
            self._report.notes.append(note)


def _moment(held: pd.DataFrame, now: pd.Timestamp) -> tuple[pd.Timestamp, str]:
    """Return now, or the second after the last dating of ours where the clock was set back since, and a note."""
    now = now.floor("s")
    if held.empty:
        return now, ""
    own = held.loc[held["reference"].str.contains(_OWN_DATE, regex=False), "released"]
    last = pd.to_datetime(own).max()
    if pd.isna(last) or last <= now:
        return now, ""
    behind = last - now > _MINUTE
    words = f"this machine's clock ({now}) is behind the last refresh ({last}); new figures are dated after that"
    return last + _SECOND, words if behind else ""


def _within(parsed: Parsed, call: Call) -> Parsed:
    """Leave out periods that were not over when the call was made, though the service sent them."""
    if call.until is None:
        return parsed
    late = parsed.table["period_end"].gt(call.until)
    if not late.any():
        return parsed
    left_out = {**parsed.left_out, f"not over on {call.until:%Y-%m-%d}": int(late.sum())}
    return replace(parsed, table=parsed.table[~late].reset_index(drop=True), left_out=left_out)


def _dated(table: pd.DataFrame, released: Mapping[str, pd.Timestamp]) -> pd.DataFrame:
    """Give each row without a release date that of its period."""
    month = table["period_start"].eq(table["period_end"])
    period = table["period_start"].dt.strftime("%Y%m").where(month, table["period_start"].dt.strftime("%Y"))
    dates = pd.to_datetime(period.map(dict(released))).astype(schema.UNIT)
    return table.assign(released=table["released"].fillna(dates))
