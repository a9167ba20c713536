"""How soon ``python app.py`` answers, and how many callbacks a second one process then answers.

The start is set beside importing dash, plotly and pandas, by turns. The requests are the page's own: every
callback that it asks at first, for a handful of addresses, over eight connections. The first reader of a view has
it made, the second finds it ready.
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

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT: Final = Path(__file__).resolve().parents[1]
IMPORTS: Final = "import dash, plotly, pandas"
SEARCHES: Final = ("", "?flow=import", "?start=2020", "?measure=yoy&currency=USD")
CONNECTIONS: Final = 8
READERS: Final = 10  # who ask for the same views again
PATIENCE: Final = 120.0
ASK: Final = "/_dash-update-component"
VALUES: Final = {"width.data": 760, "provider.forceColorScheme": "light"}


def run(rows: int | None, runs: int) -> None:
    """Print both; ``rows`` means nothing here."""
    del rows
    _starts(runs)
    with _serving() as port:
        asked = questions(_json(port, "/_dash-dependencies"))
        print(f"{len(asked)} requests: {len(asked) // len(SEARCHES)} of each of {len(SEARCHES)} addresses")
        print(f"{'':14}{'a second':>10}{'median ms':>11}{'p95 ms':>9}")
        _told("first reader", port, asked)
        _told("second reader", port, asked * READERS)


def _starts(runs: int) -> None:
    bare, own = [], []
    for _ in range(runs):
        start = time.perf_counter()
        subprocess.run([sys.executable, "-c", IMPORTS], check=True, cwd=ROOT)
        bare.append(time.perf_counter() - start)
        start = time.perf_counter()
        with _serving():
            own.append(time.perf_counter() - start)
    least, ours = min(bare), min(own)
    print(f"load {os.getloadavg()[0]:.1f}; best of {runs}: imports {least:.2f} s; first answer {ours:.2f} s", end="")
    print(f", {ours / least:.2f} of them")


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
    with subprocess.Popen(line, cwd=ROOT) as server:
        try:
            _wait(port)
            yield port
        finally:
            server.terminate()


def _wait(port: int) -> None:
    last = time.monotonic() + PATIENCE
    while time.monotonic() < last:
        try:
            _json(port, "/health")
        except OSError:
            time.sleep(0.01)
        else:
            return
    raise TimeoutError(f"no answer within {PATIENCE:.0f} s")


def _json(port: int, path: str) -> Any:  # noqa: ANN401 (any JSON)
    one = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
    one.request("GET", path)
    with one.getresponse() as answer:
        return json.loads(answer.read())


def questions(callbacks: list[dict[str, Any]]) -> list[bytes]:
    """Return the bodies that the page sends when it is opened, for each address."""
    own = [one for one in callbacks if not one["clientside_function"] and not one["prevent_initial_call"]]
    return [json.dumps(_question(one, search)).encode() for search in SEARCHES for one in own]


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
    print(f"{name:14}{rate:>10.0f}{statistics.median(took):>11.1f}{took[int(0.95 * len(took))]:>9.1f}")
