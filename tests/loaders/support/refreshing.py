"""What the tests of a refresh share: a clock that nobody waits for, and a run with what it said."""

from __future__ import annotations

import io
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING

import pandas as pd

from loaders.core.store import Store
from loaders.refreshing.http import Clock
from loaders.refreshing.run import run_refresh

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from loaders.core.store import Wanted

_tables = cache(Store("/nowhere").shipped_together)
_table = cache(Store("/nowhere").shipped)
NOW = pd.Timestamp("2026-11-24 08:00:00")


class ReadOnce(Store):
    """A data dir over what ships, which is read once for all tests."""

    def shipped(self, source: str) -> pd.DataFrame:
        """Return what ships of a source."""
        return _table(source)

    def shipped_together(self, sources: Iterable[str], wanted: Wanted | None = None) -> pd.DataFrame:
        """Return what ships of several."""
        return _tables(tuple(sources)) if wanted is None else super().shipped_together(sources, wanted)


@dataclass
class FakeTime:
    """A clock that moves only when someone sleeps; ``slept`` remembers each wait."""

    moment: pd.Timestamp = NOW
    passed: float = 0.0
    slept: list[float] = field(default_factory=list)

    def sleep(self, seconds: float) -> None:
        """Let the time pass at once."""
        self.slept.append(seconds)
        self.passed += seconds

    def now(self) -> pd.Timestamp:
        """Return the moment by the calendar."""
        return self.moment + pd.Timedelta(seconds=self.passed)

    def clock(self) -> Clock:
        """Return this time as the refresh takes it."""
        return Clock(self.now, lambda: self.passed, self.sleep)


@dataclass(frozen=True)
class Ran:
    """How a refresh ended, and what it printed."""

    code: int
    out: str
    err: str

    @property
    def printed(self) -> str:
        """Everything printed."""
        return self.out + self.err


def refresh(folder: Path, *names: str, time: FakeTime | None = None, **options: object) -> Ran:
    """Run a refresh into ``folder`` without waiting."""
    out, err = io.StringIO(), io.StringIO()
    given = {"timeout": 20.0, "clock": (time or FakeTime()).clock(), **options}
    code = run_refresh(ReadOnce(folder), names, out=out, err=err, **given)  # type: ignore[arg-type]  # options by name
    return Ran(code, out.getvalue(), err.getvalue())
