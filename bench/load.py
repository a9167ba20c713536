"""Many readers at once: how long they wait, and at what load the next step of serving is due.

``python -m bench load`` takes the ways to serve by turns: one process, two forked processes, and two that share ready
answers through a Redis. Three things are asked of each, and its memory is read (Linux alone tells).

- **readers**: READERS readers for SECONDS, each in a thread of its own with a connection of its own: the page, the
  requests of three changes with all charts below, one CSV, and again from the start, PAUSE seconds between two steps.
- **ready**: the same requests as fast as CONNECTIONS connections get their answers.
- **new**: views that nobody has asked for, each another period, as fast as they are drawn.

Readers and servers share the machine, so a step is due earlier here than where readers have machines of their own.
"""

from __future__ import annotations

import http.client
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from bench.browser import ASK, Asked
from bench.contenders import ours
from bench.served import HEADERS, PATIENCE, answered, free_port, memory, recorded, serving, until_at_rest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

READERS: Final = 200
SECONDS: Final = 60.0
PAUSE: Final = 3.0  # seconds that a reader looks at what came
WORKERS: Final = 2
NEW: Final = 120  # views that nobody has asked for, of each way to serve
CHANGES: Final = ("?flow=import", "?start=2020", "?measure=yoy&currency=USD")
CSV: Final = Asked("GET", "/chart/growth.csv?flow=import", None)
PAGE: Final = Asked("GET", "/", None)
_DRAWN: Final = "start=2020"  # of the change whose period is put at another place for a view of its own
_LINE: Final = "{:28}{:>9}{:>9}{:>11}{:>9}{:>9}{:>11}{:>11}{:>8}"


@dataclass(frozen=True)
class Waited:
    """What readers met: how often each status (0 for none at all), and the sorted milliseconds of all answers."""

    statuses: Counter[int]
    took: list[float]

    @property
    def errors(self) -> int:
        """Return how many answers were none, or an error."""
        return sum(count for status, count in self.statuses.items() if not 200 <= status < 400)

    def part(self, share: float) -> float:
        """Return the milliseconds within which a share of the answers came."""
        return self.took[min(int(share * len(self.took)), len(self.took) - 1)]


@dataclass(frozen=True)
class Way:
    """A way to serve: its name, its command for a port, and what its environment has besides."""

    name: str
    line: Callable[[int], list[str]]
    more: dict[str, str]


def run(rows: int | None, runs: int) -> None:
    """Print a line a way to serve; ``rows`` and ``runs`` mean nothing here."""
    del rows, runs
    steps = [recorded(search) for search in CHANGES]
    print(f"{READERS} readers, {SECONDS:.0f} s, {PAUSE:.0f} s between steps; {os.cpu_count()} cores, shared with them")
    print(_LINE.format("", "answers", "errors", "median ms", "p95 ms", "p99 ms", "ready/s", "new/s", "MiB"))
    with ExitStack() as stack:
        for way in ways(stack):
            with serving(way.line, way.more) as server:
                until_at_rest(server.process)
                _warm(server.port, steps)
                waited = read(server.port, steps, READERS, SECONDS)
                ready = answered(server.port, [one for step in steps for one in step], 5.0)
                new = answered(server.port, list(unseen(steps, NEW)))
                print(
                    _LINE.format(
                        *(way.name, len(waited.took), waited.errors, f"{statistics.median(waited.took):.0f}"),
                        *(f"{waited.part(0.95):.0f}", f"{waited.part(0.99):.0f}"),
                        *(f"{ready.rate:.0f}", f"{new.rate:.1f}", f"{_all_memory(server.process):.0f}"),
                    )
                )


def ways(stack: ExitStack) -> Iterator[Way]:
    """Give the ways to serve that this machine has the programs for; say which one is left out."""
    yield Way("one process", ours, {})
    yield Way(f"{WORKERS} processes", _forked, {"TRADE_DATA_DIR": "/nonexistent"})
    if shutil.which("redis-server") is None:
        print("no redis-server: the shared answers are left out")
        return
    address = stack.enter_context(redis())
    yield Way(f"{WORKERS} processes, Redis", _forked, {"TRADE_DATA_DIR": "/nonexistent", "TRADE_REDIS": address})


def _forked(port: int) -> list[str]:
    return [
        *(sys.executable, "-m", "gunicorn", "--preload", "--workers", str(WORKERS), "--threads", "8"),
        *("--bind", f"127.0.0.1:{port}", "--log-level", "error", "app:create_server()"),
    ]


@contextmanager
def redis() -> Iterator[str]:
    """Run a Redis of our own, which keeps nothing on disk; yield its address."""
    port = free_port()
    with tempfile.TemporaryDirectory() as folder:
        line = ["redis-server", "--port", str(port), "--bind", "127.0.0.1", "--save", "", "--dir", folder]
        with subprocess.Popen(line, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
            try:
                yield f"redis://127.0.0.1:{port}/0"
            finally:
                process.terminate()


def _warm(port: int, steps: Sequence[Sequence[Asked]]) -> None:
    """Have the readers' views made, as the first of them would."""
    answered(port, [PAGE, CSV, *(one for step in steps for one in step)] * WORKERS)


def read(port: int, steps: Sequence[Sequence[Asked]], readers: int, seconds: float) -> Waited:
    """Let readers go through page, changes and CSV again and again until the time is over, once at least."""
    statuses, took, lock = Counter[int](), list[float](), threading.Lock()
    visit = [[PAGE], *steps, [CSV]]
    end = time.monotonic() + seconds

    def one(number: int) -> None:
        time.sleep(PAUSE * number / readers)  # nobody opens a page in step with others
        with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)) as wire:
            whole = False
            while not whole or time.monotonic() < end:
                for step in visit:
                    answers = [_ask(wire, asked) for asked in step]
                    with lock:
                        statuses.update(status for status, _ in answers)
                        took.extend(ms for _, ms in answers)
                    if whole and time.monotonic() > end:
                        return
                    time.sleep(PAUSE)
                whole = True

    with ThreadPoolExecutor(readers) as threads:
        list(threads.map(one, range(readers)))
    return Waited(statuses, sorted(took))


def _ask(wire: http.client.HTTPConnection, asked: Asked) -> tuple[int, float]:
    """Return the status of an answer, 0 where there was none, and the milliseconds until it was read.

    A server may close a connection on which nothing was asked for a while; like a browser, this then asks again.
    """
    start = time.perf_counter()
    for last in (wire.sock is None, True):
        try:
            wire.request(*asked, HEADERS)
            with wire.getresponse() as answer:
                answer.read()
            return answer.status, 1000 * (time.perf_counter() - start)
        except (OSError, http.client.HTTPException):
            wire.close()
            if last:
                break
    return 0, 1000 * (time.perf_counter() - start)


def unseen(steps: Sequence[Sequence[Asked]], many: int) -> Iterator[Asked]:
    """Give requests for pictures of periods that nobody has asked for: one of the recorded ones, moved.

    Raises:
        ValueError: no recorded request asks for a picture of the period.
    """
    asked = [one for step in steps for one in step if one.method == "GET" and ASK in one.path]
    moved = [one for one in asked if _DRAWN.replace("=", "%3D") in one.path]
    if not moved:
        raise ValueError(f"no recorded request asks for a picture with {_DRAWN}")
    for place in range(many):
        one = moved[place % len(moved)]
        year, month = divmod(place // len(moved), 12)
        period = f"start={2014 + year % 6}-{month + 1:02}&end={2023 + year // 6}-{month + 1:02}"
        path = one.path.replace(_DRAWN.replace("=", "%3D"), period.replace("=", "%3D").replace("&", "%26"))
        yield one._replace(path=path)


def _all_memory(process: int) -> float:
    """Return the MiB of a process and its children, what they share counted once (PSS)."""
    children = Path(f"/proc/{process}/task/{process}/children").read_text("utf-8").split()
    return sum(memory(one, "Pss:") for one in (process, *map(int, children)))
