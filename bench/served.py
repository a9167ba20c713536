"""How soon ``python app.py`` answers, and how many callbacks a second one process then answers.

The start, to the first answer and to the whole page, is set beside importing dash, plotly and pandas, by turns, and
all of them find their modules compiled. The requests are the page's own: every callback that it asks when it is
opened, over eight connections. The default view is made after the start, before anyone asks; of other views the first
reader has them made, and the second finds them ready.
"""

from __future__ import annotations

import http.client
import json
import os
import socket
import statistics
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from callbacks.server.warming import LOOKS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

ROOT: Final = Path(__file__).resolve().parents[1]
IMPORTS: Final = "import dash, plotly, pandas"
WARMED: Final = ("",)
SEARCHES: Final = ("?flow=import", "?start=2020", "?measure=yoy&currency=USD")
CONNECTIONS: Final = 8
READERS: Final = 10  # who ask for the same views again
PATIENCE: Final = 120.0
ASK: Final = "/_dash-update-component"
VALUES: Final = {"width.data": LOOKS[0]}


def run(rows: int | None, runs: int) -> None:
    """Print both; ``rows`` means nothing here."""
    del rows
    _starts(runs)
    with _serving() as port:
        callbacks = json.loads(_get(port, "/_dash-dependencies"))
        asked = questions(callbacks, SEARCHES)
        print(
            f"{len(asked) // len(SEARCHES)} requests an address, {len(SEARCHES)} addresses, {CONNECTIONS} connections"
        )
        print(f"{'':14}{'requests':>9}{'a second':>10}{'median ms':>11}{'p95 ms':>9}")
        _settle(port)
        _told("default view", port, questions(callbacks, WARMED))
        _told("first reader", port, asked)
        _told("second reader", port, asked * READERS)


def _starts(runs: int) -> None:
    took: dict[str, list[float]] = {"imports": [], "first answer": [], "whole page": []}
    for run_ in range(runs + 1):  # the first compiles, and does not count
        start = time.perf_counter()
        subprocess.run([sys.executable, "-c", IMPORTS], check=True, cwd=ROOT, env=_environment())
        now = [time.perf_counter() - start]
        start = time.perf_counter()
        with _serving() as port:
            now.append(time.perf_counter() - start)
            _get(port, "/_dash-layout")
            now.append(time.perf_counter() - start)
        for name, one in zip(took, now if run_ else [], strict=False):
            took[name].append(one)
    best = {name: min(all_) for name, all_ in took.items()}
    said = ", ".join(f"{name} {one:.2f} s ({one / best['imports']:.2f})" for name, one in best.items())
    print(f"load {os.getloadavg()[0]:.1f}; best of {runs}: {said}")


def _environment() -> dict[str, str]:
    """Return the environment without the word that keeps modules from being compiled once for all runs."""
    return {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}


def _settle(port: int) -> None:
    """Wait until no further answer is made ready."""
    before, now = -1, 0
    while now != before:
        time.sleep(2)
        line = next(one for one in _get(port, "/metrics").decode().split("\n") if one.startswith("trade_ready_answers"))
        before, now = now, int(line.split()[1])
    print(f"{now} answers are ready")


@contextmanager
def _serving() -> Iterator[int]:
    """Serve what ships until the block ends; it begins with the first answer.

    Raises:
        TimeoutError: there was none.
    """
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = int(free.getsockname()[1])
    line = [sys.executable, "app.py", "--port", str(port), "--data-dir", "/nonexistent", "--quiet"]
    with subprocess.Popen(line, cwd=ROOT, env=_environment()) as server:
        try:
            _wait(port)
            yield port
        finally:
            server.terminate()


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


def questions(callbacks: list[dict[str, Any]], searches: Sequence[str]) -> list[bytes]:
    """Return the bodies that the page sends when it is opened, for each address."""
    own = [one for one in callbacks if all(given["id"].endswith("-view") for given in one["inputs"])]
    return [json.dumps(_question(one, search)).encode() for search in searches for one in own]


def _question(callback: dict[str, Any], search: str) -> dict[str, Any]:
    filled = {
        kind: [{**one, "value": VALUES.get(f"{one['id']}.{one['property']}", search)} for one in callback[kind]]
        for kind in ("inputs", "state")
    }
    first = callback["inputs"][0]
    return {"output": callback["output"], **filled, "changedPropIds": [f"{first['id']}.{first['property']}"]}


def _told(name: str, port: int, asked: list[bytes]) -> None:
    """Send the bodies over the connections and print what came of it."""
    places = count()

    def ask(_: int) -> list[float]:
        one, took = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE), []
        while (place := next(places)) < len(asked):
            start = time.perf_counter()
            one.request("POST", ASK, asked[place], {"Content-Type": "application/json"})
            with one.getresponse() as answer:
                answer.read()
            if answer.status not in (200, 204):
                raise RuntimeError(f"{answer.status}: {asked[place][:200]!r}")
            took.append(1000 * (time.perf_counter() - start))
        one.close()
        return took

    start = time.perf_counter()
    with ThreadPoolExecutor(CONNECTIONS) as readers:
        took = sorted(ms for part in readers.map(ask, range(CONNECTIONS)) for ms in part)
    rate = len(took) / (time.perf_counter() - start)
    print(f"{name:14}{len(took):>9}{rate:>10.0f}{statistics.median(took):>11.1f}{took[int(0.95 * len(took))]:>9.1f}")
