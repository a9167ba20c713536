"""One source's part of a refresh: its calls in order, each answer kept, read, doubted, merged, written."""

import threading
import traceback
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Final

import pandas as pd

from loaders.core import raw_files, schema
from loaders.core.source import Call, Download, KnownBefore, Parsed, Source, SourceError
from loaders.core.store import Store, StoreError
from loaders.refreshing import answer_checks, status_messages
from loaders.refreshing.body_checks import clean, moment
from loaders.refreshing.http import Web
from loaders.refreshing.refresh_report import Report
from loaders.refreshing.status_messages import FetchError
from loaders.refreshing.take_in import Intake

_NOT_TAKEN: Final = "; not taken"


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
        self._report = Report(source.name)

    def run(self) -> Report:
        """Make the calls and return what came of them."""
        try:
            intake = Intake(self._store, self._web.clock, self._rates_lock, self._report)
            try:
                self._drive(intake)
            finally:
                intake.flush()
        except (StoreError, FetchError, SourceError) as error:
            self._report.failures.append(str(error))
        except Exception as error:  # noqa: BLE001  # a mistake of ours in one source must not stop the others
            what = f"{type(error).__name__} {clean(str(error))}"
            self._report.failures.append(
                f"{self._source.name}: stopped by a mistake in this program ({what}); run with --verbose and report it"
            )
            self._report.traceback = traceback.format_exc()
        return self._report

    def _drive(self, intake: Intake) -> None:
        """Let the source say what to ask, and give it the answers."""
        if self._source.fetch is None:
            return
        keyed = bool(status_messages.key_of(self._source.key))
        taken = raw_files.releases(self._store.folder, self._source.name)
        plan = self._source.fetch(KnownBefore(intake.stored, self._web.clock.now(), keyed, taken))
        try:
            call = next(plan)
            while True:
                call = plan.send(self._answer(call, intake))
        except StopIteration:
            return

    def _answer(self, call: Call, intake: Intake) -> Download | None:
        """Ask, keep, take in; a failure of this one answer is reported and the next call is made."""
        self._tell(self._source, call)
        self._report.calls += 1
        try:
            download = self._web.ask(
                self._source, call, raw_files.last(self._store.folder, self._source.name, call.name)
            )
            self._report.details.append(
                f"{self._source.name}: {download.url} answered {download.status}, {len(download.content):,} bytes"
            )
            if download.status not in (200, 304):
                return download
            self._check_clocks(call, download)
            kept = raw_files.save(self._store.folder, self._source.name, call, download)
            if call.parse:
                return self._take_in(call, download, kept, intake)
            raw_files.take(kept, figures={})
        except FetchError as error:
            if error.ends:
                raise
            self._lacks(call, str(error))
            return None
        except SourceError as error:
            self._lacks(call, f"{self._source.name}: {error}")
            return None
        return download

    def _check_clocks(self, call: Call, download: Download) -> None:
        """Refuse an answer older than the last one taken in, and to date rows by a clock that is far off."""
        if self._web.clock.off(download.served):
            raise SourceError(
                f"{download.url}: this machine's clock says {self._web.clock.now():%Y-%m-%d}, the service "
                f"{download.served:%Y-%m-%d}; set the clock{_NOT_TAKEN}"
            )
        taken = [one for one in raw_files.kept(self._store.folder, self._source.name, call.name) if one.taken]
        before = moment(str(taken[-1].facts.get("last_modified", ""))) if taken else None
        now = moment(download.last_modified)
        if before is not None and now is not None and now < before:
            raise SourceError(
                f"{download.url}: was last modified on {now:%Y-%m-%d %H:%M}, the answer taken before on "
                f"{before:%Y-%m-%d %H:%M}: an old answer{_NOT_TAKEN}"
            )

    def _lacks(self, call: Call, line: str) -> None:
        if call.extra:
            self._report.remark(line.removeprefix(f"{self._source.name}: "))
        else:
            self._report.failures.append(line)

    def _take_in(self, call: Call, download: Download, kept: raw_files.RawFile, intake: Intake) -> Download:
        """Parse and check one answer, and hand it on."""
        parsed = self._parsed(call, download)
        if call.cap is not None and parsed.rows_read >= call.cap:
            return replace(download, cut=True)
        before = [
            one.taken.get("figures", {}) for one in raw_files.kept(self._store.folder, self._source.name, call.name)
        ]
        now = self._web.clock.now()
        released = max(call.released.values()).isoformat() if call.released else ""
        ends = [
            str(one.taken.get("last", "")) for one in raw_files.kept(self._store.folder, self._source.name, call.name)
        ]
        why = (
            answer_checks.doubt(parsed, before, max(now, download.served or now))
            or answer_checks.ends_early(parsed, max(ends, default=""))
            or intake.doubt(parsed)
        )
        if why:
            raise SourceError(f"{download.url} {why.replace(f'{download.url}, ', '')}{_NOT_TAKEN}")
        note = {"figures": answer_checks.counts(parsed), "released": released, "last": answer_checks.last(parsed)}
        intake.add(_within(parsed, call), kept, note)
        for words in parsed.notes:
            self._report.remark(words)
        if parsed.refused:
            first = parsed.refused[0].removeprefix(f"{download.url}, ")
            rows = "1 bad row" if len(parsed.refused) == 1 else f"{len(parsed.refused):,} bad rows"
            self._report.failures.append(f"{download.url}: {rows} left out, the first: {first}")
        return download

    def _parsed(self, call: Call, download: Download) -> Parsed:
        """Read an answer; whatever a parser trips over is the answer's fault until shown otherwise."""
        try:
            parsed = self._source.parse(download.content, download.url)
        except SourceError as error:
            raise SourceError(str(error).removesuffix(_NOT_TAKEN) + _NOT_TAKEN) from error
        except Exception as error:
            self._report.traceback = traceback.format_exc()
            what = f"{type(error).__name__} {clean(str(error), 80)}"
            raise SourceError(f"{download.url} cannot be read ({what}){_NOT_TAKEN}; run with --verbose") from error
        return replace(parsed, table=_dated(parsed.table, call.released)) if call.released else parsed


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
