"""A process that serves: how soon it answers, what it holds in memory, how many callbacks a second it answers.

The bench of the page measures with these, the page and its peers alike. ``python -m bench served`` takes the page
alone: the start, to the first answer and to the whole page, is set beside importing dash, plotly and pandas, by turns,
and all of them find their modules compiled. The requests are the page's own, as a browser sends them when it opens an
address and reads to the end, over eight connections. The default view is made after the start, before anyone asks; of
other views the first reader has them made, and the second finds them ready.
"""

from __future__ import annotations

import http.client
import os
import socket
import statistics
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Final

from bench.browser import Visit, chromium, fresh
from bench.contenders import CONTENDERS, ours

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from bench.browser import Asked

ROOT: Final = Path(__file__).resolve().parents[1]
IMPORTS: Final = "import dash, plotly, pandas"
SEARCHES: Final = ("?flow=import", "?start=2020", "?measure=yoy&currency=USD")
CONNECTIONS: Final = 8
READERS: Final = 10  # who ask for the same views again
LOOKS: Final = 3.0  # seconds that a reader looks at the first picture before reading on
PATIENCE: Final = 120.0
HEADERS: Final = {"Content-Type": "application/json", "Accept-Encoding": "gzip"}  # as a browser takes it
REST: Final = 2.0  # seconds in which a process at rest uses less than RESTING of a processor
RESTING: Final = 0.05


@dataclass(frozen=True)
class Serving:
    """A process that has answered: its port, its id, and the seconds from its start to its first answer."""

    port: int
    process: int
    first_answer: float

    @property
    def address(self) -> str:
        """The address of its page."""
        return f"http://127.0.0.1:{self.port}/"


@dataclass(frozen=True)
class Answered:
    """What came of requests: how many, how many a second, and the milliseconds that half and 95 % of them took."""

    requests: int
    rate: float
    median: float
    p95: float


def run(rows: int | None, runs: int) -> None:
    """Print both for our own page; ``rows`` means nothing here."""
    del rows
    _starts(runs)
    asked = {search: recorded(search) for search in ("", *SEARCHES)}
    new = [one for search in SEARCHES for one in asked[search]]
    with serving(ours) as server:
        print(f"{len(new)} requests for {len(SEARCHES)} addresses, {len(asked[''])} for the default view")
        print(f"{'':14}{'requests':>9}{'a second':>10}{'median ms':>11}{'p95 ms':>9}")
        until_at_rest(server.process)
        for name, requests in (
            ("default view", asked[""]),
            ("first reader", new),
            ("second reader", new * READERS),
        ):
            one = answered(server.port, requests)
            print(f"{name:14}{one.requests:>9}{one.rate:>10.0f}{one.median:>11.1f}{one.p95:>9.1f}")


def _starts(runs: int) -> None:
    took: dict[str, list[float]] = {"imports": [], "first answer": [], "whole page": []}
    for run_ in range(runs + 1):  # the first compiles, and does not count
        now = [imports()]
        start = time.perf_counter()
        with serving(ours) as server:
            now.append(server.first_answer)
            _get(server.port, "/_dash-layout")
            now.append(time.perf_counter() - start)
        for name, one in zip(took, now if run_ else [], strict=False):
            took[name].append(one)
    best = {name: min(all_) for name, all_ in took.items()}
    times = ", ".join(f"{name} {one:.2f} s ({one / best['imports']:.2f})" for name, one in best.items())
    print(f"load {os.getloadavg()[0]:.1f}; best of {runs}: {times}")


def recorded(search: str) -> list[Asked]:
    """Return what a browser asks of a server of its own for an address."""
    with serving(ours) as server, chromium() as browser, fresh(browser) as context:
        visit = Visit(context, CONTENDERS[0])
        visit.open(server.address + search, pointing=False)
        visit.page.wait_for_timeout(1000 * LOOKS)
        visit.read_on()
        return visit.asked


def imports() -> float:
    """Return the seconds that a Python takes to import dash, plotly and pandas, and to end."""
    start = time.perf_counter()
    subprocess.run([sys.executable, "-c", IMPORTS], check=True, cwd=ROOT, env=_environment({}))
    return time.perf_counter() - start


def _environment(more: dict[str, str]) -> dict[str, str]:
    """Return the environment and more, without the word that keeps modules from being compiled once for all runs."""
    return {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"} | more


@contextmanager
def serving(line: Callable[[int], list[str]], more: dict[str, str] | None = None) -> Iterator[Serving]:
    """Run a command that serves on a port until the block ends; it begins with the first answer.

    Raises:
        TimeoutError: there was none.
    """
    port = free_port()
    start, quiet = time.perf_counter(), subprocess.DEVNULL
    with subprocess.Popen(line(port), cwd=ROOT, env=_environment(more or {}), stdout=quiet, stderr=quiet) as server:
        try:
            _wait(port)
            yield Serving(port, server.pid, time.perf_counter() - start)
        finally:
            server.terminate()


def free_port() -> int:
    """Return a port of this machine that nobody listens on."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def _wait(port: int) -> None:
    last = time.monotonic() + PATIENCE
    while time.monotonic() < last:
        try:
            _get(port, "/")
        except OSError:
            time.sleep(0.005)
        else:
            return
    raise TimeoutError(f"no answer within {PATIENCE:.0f} s")


def _get(port: int, path: str) -> bytes:
    one = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
    one.request("GET", path)
    with one.getresponse() as answer:
        return answer.read()


def until_at_rest(process: int) -> None:
    """Wait until a process does nothing of itself any more, as making answers ready (Linux alone tells).

    Raises:
        TimeoutError: it never rests.
    """
    last = time.monotonic() + PATIENCE
    while time.monotonic() < last:
        before = _used(process)
        time.sleep(REST)
        if _used(process) - before < RESTING * REST:
            return
    raise TimeoutError(f"the process is not at rest within {PATIENCE:.0f} s")


def _used(process: int) -> float:
    """Return the seconds of processor that a process has used."""
    words = Path(f"/proc/{process}/stat").read_text("utf-8").rpartition(")")[2].split()
    return (int(words[11]) + int(words[12])) / os.sysconf("SC_CLK_TCK")


def memory(process: int, line: str = "Rss:") -> float:
    """Return the MiB that a process holds, its libraries in full (RSS; Linux alone tells), or another line of it.

    PSS would share the libraries with whatever else runs from the same environment, this bench too, and so tell less
    of us than of the peers, who have an environment of their own. Where nothing is shared both are the same.
    """
    lines = Path(f"/proc/{process}/smaps_rollup").read_text("utf-8").split("\n")
    return next(int(one.split()[1]) for one in lines if one.startswith(line)) / 1024


def answered(port: int, asked: Sequence[Asked], seconds: float | None = None) -> Answered:
    """Send callback requests over CONNECTIONS connections, each as soon as one is free.

    Each is sent once, or again and again for so many seconds.

    Raises:
        RuntimeError: one was refused.
    """
    places, began = count(), time.perf_counter()

    def over(place: int) -> bool:
        return place >= len(asked) if seconds is None else time.perf_counter() - began > seconds

    def ask(_: int) -> list[float]:
        took = []
        with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)) as one:
            while not over(place := next(places)):
                now, start = asked[place % len(asked)], time.perf_counter()
                one.request(*now, HEADERS)
                with one.getresponse() as answer:
                    answer.read()
                if answer.status not in (200, 204):
                    raise RuntimeError(f"{answer.status}: {now.path[:200]} {(now.body or b'')[:200]!r}")
                took.append(1000 * (time.perf_counter() - start))
        return took

    with ThreadPoolExecutor(CONNECTIONS) as readers:
        took = sorted(ms for part in readers.map(ask, range(CONNECTIONS)) for ms in part)
    rate = len(took) / (time.perf_counter() - began)
    return Answered(len(took), rate, statistics.median(took), took[int(0.95 * len(took))])
