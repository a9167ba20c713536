"""Many readers at once, and what may go wrong meanwhile: nobody gets an error, and the last good state stays.

Bounded to seconds and without a word on speed: that is for the bench.
"""

from __future__ import annotations

import errno
import http.client
import json
import os
import re
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.request
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd
import pytest

from app import create_app, main
from callbacks import live_dataset
from callbacks.live_dataset import LiveDataset
from callbacks.server.warming import questions
from loaders.core.store import Store, StoreError, write_table
from tests.callbacks.few_rows import few_rows
from tests.conftest import serving

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from dash import Dash

ROOT = Path(__file__).resolve().parents[3]
ASK = "/_dash-update-component"
PATIENCE = 60
READERS = 8
CHANGES = ("?flow=import", "?start=2019", "?currency=USD")
HEAD = {"Content-Type": "application/json"}
Asked = tuple[str, str, bytes | None]


@pytest.fixture
def small(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[Dash, LiveDataset]:
    """Return the application over a few rows, followed closely."""
    monkeypatch.setattr(live_dataset, "AGAIN", 0.01)
    live = LiveDataset(few_rows(tmp_path))
    live.dataset()
    live.follow()
    return create_app(live), live


def visit(app: Dash) -> list[Asked]:
    """Return what one reader asks: the page, the pictures of one chart after three changes, one CSV."""
    callbacks: list[dict[str, Any]] = app._callback_list
    bodies = [
        body
        for search in CHANGES
        for body in questions(callbacks, 1040, search)
        if "pulse" in body["output"] or "state" in body["output"]
    ]
    taken = next(one for one in callbacks if one["inputs"][0]["id"] == "pulse-csv")
    filled = {
        "inputs": [{**one, "value": 1} for one in taken["inputs"]],
        "state": [{**one, "value": CHANGES[0]} for one in taken["state"]],
    }
    bodies.append({"output": taken["output"], **filled, "changedPropIds": ["pulse-csv.n_clicks"]})
    pages: list[Asked] = [("GET", path, None) for path in ("/", "/_dash-layout", "/_dash-dependencies")]
    return [*pages, *(("POST", ASK, json.dumps(body).encode()) for body in bodies)]


def ask(port: int, asked: list[Asked]) -> list[int]:
    """Return the status of each answer over one connection, read to its end."""
    one = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
    codes = []
    for method, path, body in asked:
        one.request(method, path, body, HEAD)
        with one.getresponse() as answer:
            answer.read()
        codes.append(answer.status)
    one.close()
    return codes


@contextmanager
def readers(port: int, asked: list[Asked]) -> Iterator[Callable[[], Counter[int]]]:
    """Let readers ask again and again until the block ends; what is yielded counts their answers until now."""
    ending, counts = threading.Event(), Counter[int]()

    def read() -> None:
        while not ending.is_set():
            counts.update(ask(port, asked))

    with ThreadPoolExecutor(READERS) as threads:
        under_way = [threads.submit(read) for _ in range(READERS)]
        try:
            yield lambda: counts
        finally:
            ending.set()
        for one in under_way:
            one.result()


def until(what: Callable[[], bool]) -> None:
    """Wait for something that is about to happen."""
    last = time.monotonic() + PATIENCE
    while not what():
        assert time.monotonic() < last
        time.sleep(0.01)


def port_of(address: str) -> int:
    """Return the port of an address."""
    return int(address.rpartition(":")[2].strip("/"))


def test_eight_readers_get_every_answer(application: tuple[Dash, Path]) -> None:
    """Page, three changes and a CSV each, over the data that ship: no error, and the same for all."""
    asked = visit(application[0])
    assert len(asked) >= 7
    with serving(application[0].server) as address, ThreadPoolExecutor(READERS) as threads:
        answers = list(threads.map(lambda _: ask(port_of(address), asked), range(READERS)))
    assert Counter(code for codes in answers for code in codes) == {200: READERS * len(asked)}


VIEWS = """
import re, sys
from pathlib import Path
from app import create_app
from callbacks.live_dataset import LiveDataset
from callbacks.server import answers
from loaders.core import machine
from loaders.core.store import Store

answers.ROOM = 1 << 20  # full after some hundred views
app = create_app(LiveDataset(Store(sys.argv[1], Path(sys.argv[2]))))
machine.lean()
machine.settle()
client = app.server.test_client()
output = "..point-panel.hidden...point-said.children.."
state = [{"id": "address", "property": "data", "value": "http://localhost/"}]
for number in range(1, 2001):
    inputs = [{"id": "asked", "property": "data", "value": f"?point=nothing:{number:05}&find={number}"}]
    answer = client.post("/_dash-update-component", json={"output": output, "inputs": inputs, "state": state})
    assert answer.status_code == 200, answer.text
    if number % 500 == 0:
        print(re.search(r"^VmRSS:\\s+(\\d+)", Path("/proc/self/status").read_text(), re.M)[1])
"""


@pytest.mark.skipif(sys.platform != "linux", reason="the count of memory is Linux's")
def test_memory_is_flat_over_thousands_of_views(small: tuple[Dash, LiveDataset]) -> None:
    """Two thousand distinct views leave as much as the first five hundred."""
    store = small[1].store
    line = [sys.executable, "-c", VIEWS, str(store.folder), str(store.snapshot)]
    run = subprocess.run(line, cwd=ROOT, capture_output=True, text=True, check=False, timeout=PATIENCE * 5)
    assert run.returncode == 0, run.stderr
    first, *later = [int(count) / 1024 for count in run.stdout.split()]
    assert len(later) == 3
    assert max(later) - first < 8, (first, later)  # MiB


def bring(live: LiveDataset, rows: int) -> Path:
    """Write some rows of another source into the data dir; return the file."""
    file = live.store.folder / "imf.parquet"
    write_table(file, Store("/nonexistent").shipped("imf").head(rows))
    return file


def test_a_file_cut_under_load_takes_nothing_away(
    small: tuple[Dash, LiveDataset], capsys: pytest.CaptureFixture[str]
) -> None:
    """Readers are served as before, one line names the file, and a whole one is taken in without a word."""
    app, live = small
    file = bring(live, 7)
    until(lambda: len(live.dataset().trade) == 27)
    with serving(app.server) as address, readers(port_of(address), visit(app)) as answered:
        until(lambda: answered().total() > 50)
        good = live.dataset()
        file.write_bytes(file.read_bytes()[:1000])
        until(lambda: live.problems != ())
        before = answered().total()
        until(lambda: answered().total() > before + 100)
        assert live.dataset() is good
        bring(live, 9)
        until(lambda: len(live.dataset().trade) == 29)
        before = answered().total()
        until(lambda: answered().total() > before + 50)
    assert set(answered()) == {200}
    lines = capsys.readouterr().err.splitlines()
    assert len(lines) == 1
    assert "imf.parquet: cannot be read" in lines[0]


def test_a_full_disk_leaves_what_was_there(
    small: tuple[Dash, LiveDataset],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """An import that finds no room ends with one line, nothing is left of it, and readers are served as before."""
    app, live = small
    first = bring(live, 7).read_bytes()
    until(lambda: len(live.dataset().trade) == 27)
    good = live.dataset()
    file = tmp_path / "baci.csv"
    file.write_text("t,i,j,k,v,q\n2022,643,156,270900,58000000,86000000\n", "utf-8")  # synthetic

    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    before = {one.name for one in live.store.folder.rglob("*")}
    with serving(app.server) as address, readers(port_of(address), visit(app)) as answered:
        monkeypatch.setattr(os, "fsync", full)
        with pytest.raises(StoreError, match="No space left on device"):
            bring(live, 9)
        assert main(["--import", str(file), "--data-dir", str(live.store.folder)]) != 0
        until(lambda: answered().total() > 100)
    assert set(answered()) == {200}
    assert live.dataset() is good
    assert {one.name for one in live.store.folder.rglob("*")} <= before | {".lock", "versions", "files"}
    assert (live.store.folder / "imf.parquet").read_bytes() == first
    assert "No space left on device" in capsys.readouterr().err


class Workers:
    """Two workers of a server of one's own, forked after the data were read."""

    def __init__(self, folder: Path) -> None:
        """Start them and wait until they answer."""
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = int(free.getsockname()[1])
        words = ["--preload", "--workers", "2", "--threads", "4", "--bind", f"127.0.0.1:{self.port}"]
        self.log = folder / "log"
        with self.log.open("wb") as log:
            self.master = subprocess.Popen(
                [sys.executable, "-m", "gunicorn", *words, "--no-control-socket", "app:create_server()"],
                cwd=ROOT,
                env={**os.environ, "TRADE_DATA_DIR": str(folder)},
                stderr=log,
            )
        until(lambda: len(self.pids()) == 2 and self.answers())

    def pids(self) -> list[int]:
        """Return the processes that were ever started, in order."""
        return [int(pid) for pid in re.findall(r"Booting worker with pid: (\d+)", self.log.read_text("utf-8"))]

    def answers(self) -> bool:
        """Return whether someone answers."""
        with socket.socket() as one:
            return one.connect_ex(("127.0.0.1", self.port)) == 0

    def rows(self) -> int:
        """Return how many rows the worker holds that a new connection leads to."""
        with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/healthz", timeout=PATIENCE) as answer:
            return int(json.loads(answer.read())["rows"])

    def end(self) -> int:
        """End all; return the exit of the master."""
        self.master.terminate()
        return self.master.wait(PATIENCE)


@pytest.fixture
def workers(tmp_path: Path) -> Iterator[Workers]:
    """Run two workers over a data dir."""
    one = Workers(tmp_path)
    yield one
    one.master.kill()
    one.master.wait()


@pytest.mark.skipif(os.name != "posix", reason="that server runs on systems with forks")
def test_a_killed_worker_is_missed_by_nobody(workers: Workers, application: tuple[Dash, Path], tmp_path: Path) -> None:
    """Who was being answered by it asks again, all others notice nothing; a new one comes, and both read new data."""
    asked, codes, cut = visit(application[0]), Counter[int](), 0
    before = workers.rows()
    with ThreadPoolExecutor(4) as threads:
        under_way = [threads.submit(ask, workers.port, asked) for _ in range(4)]
        time.sleep(0.3)
        os.kill(workers.pids()[0], signal.SIGKILL)
        for one in under_way:
            try:
                codes.update(one.result())
            except (OSError, http.client.HTTPException):
                cut += 1
        for answers in threads.map(lambda _: ask(workers.port, asked), range(8)):
            codes.update(answers)
    assert set(codes) == {200}
    assert cut < 4
    until(lambda: len(workers.pids()) == 3)
    assert "SIGKILL" in workers.log.read_text("utf-8")
    write_table(tmp_path / "imf.parquet", _brought())
    until(lambda: all(workers.rows() == before + 1 for _ in range(10)))
    assert workers.end() == 0


def _brought() -> pd.DataFrame:
    """Return a row that is not among those that ship; synthetic."""
    row = Store("/nonexistent").shipped("imf").head(1)
    month, day = pd.Timestamp("2033-03-01"), pd.Timestamp("2033-04-01")
    return row.assign(period_start=month, period_end=month, released=day, known_by=day)
