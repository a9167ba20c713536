"""Answers shared through a real Redis: made once for all workers, never across data, not missed when it is gone."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
from typing import TYPE_CHECKING

import pandas as pd
import pytest

from analysis.dataset import Dataset
from app import create_app
from callbacks.live_dataset import LiveDataset
from callbacks.server import shared_answers
from callbacks.server.settings import Settings
from callbacks.server.shared_answers import SharedAnswers, fingerprint
from loaders.core.store import Store, write_table
from tests.callbacks.few_rows import few_rows
from tests.callbacks.server.test_answers import ask, picture

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Iterator
    from pathlib import Path

    from dash import Dash

PATIENCE = 30
KEYS = "trade:*"


class Running:
    """A Redis of our own on a free port, without a file."""

    def __init__(self, program: str) -> None:
        """Start it."""
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = int(free.getsockname()[1])
        self.address = f"redis://:secret@127.0.0.1:{self.port}/0"
        self._line = [program, "--port", str(self.port), "--bind", "127.0.0.1", "--save", "", "--requirepass", "secret"]
        self.start()

    def start(self) -> None:
        """Start it and wait until it answers."""
        self._process = subprocess.Popen(self._line, stdout=subprocess.DEVNULL)
        for _ in range(PATIENCE * 50):
            with socket.socket() as one:
                if one.connect_ex(("127.0.0.1", self.port)) == 0:
                    return
            time.sleep(0.02)
        raise TimeoutError("no Redis")

    def stop(self) -> None:
        """Kill it, as a machine that fails would."""
        self._process.kill()
        self._process.wait()


@pytest.fixture
def redis() -> Iterator[Running]:
    """Run a Redis; without the program the tests are skipped, but never in CI."""
    program = shutil.which("redis-server")
    if program is None:
        if os.environ.get("CI"):
            pytest.fail("redis-server is missing, and it is mandatory in CI")
        pytest.skip("no redis-server: apt-get install -y redis-server")
    one = Running(program)
    yield one
    one.stop()


def worker(store: Store, redis: Running) -> Dash:
    """Return one more worker over the data; it has answered nothing."""
    return create_app(LiveDataset(store), Settings(redis=redis.address))


def test_what_one_worker_has_drawn_no_other_draws(tmp_path: Path, redis: Running, drawn: Counter[str]) -> None:
    """Two workers whose data lie in two places give the very same bytes for one drawing."""
    first, second = (worker(few_rows(tmp_path / name), redis) for name in ("one", "two"))
    answers = [ask(app, picture("coverage", "?start=2015")) for app in (first, second, first, second)]
    assert {answer.status_code for answer in answers} == {200}
    assert len({answer.data for answer in answers}) == 1
    assert drawn["coverage"] == 1
    ask(second, picture("coverage", "?start=2016"))
    assert drawn["coverage"] == 2


def test_page_and_routes_are_shared_too(tmp_path: Path, redis: Running) -> None:
    """The page, its layout and what it is wired of, each under a name of its own that will be dropped."""
    app = worker(few_rows(tmp_path), redis)
    for path in ("/", "/_dash-layout", "/_dash-dependencies"):
        assert app.server.test_client().get(path).status_code == 200
    client = SharedAnswers(redis.address, "/")._redis
    names = list(client.scan_iter(KEYS))
    assert len(names) == 3
    assert all(0 < client.ttl(name) <= shared_answers.KEPT for name in names)


def test_other_data_are_other_answers(tmp_path: Path, redis: Running, drawn: Counter[str]) -> None:
    """A worker whose data differ in one figure gets no answer of the others; nor does one under another path."""
    one, two = few_rows(tmp_path / "one"), few_rows(tmp_path / "two")
    newest = two.shipped("press").head(1)
    write_table(two.folder / "press.parquet", newest.assign(value=newest["value"] + 1))
    ask(worker(one, redis), picture("coverage", ""))
    ask(worker(two, redis), picture("coverage", ""))
    assert drawn["coverage"] == 2
    ask(create_app(LiveDataset(one), Settings(redis=redis.address, base="/trade/")), picture("coverage", ""))
    assert drawn["coverage"] == 3


def test_an_answer_made_while_the_data_changed_is_not_shared(tmp_path: Path, redis: Running) -> None:
    """It may be of the old data or of the new: nobody else is given it."""
    live = LiveDataset(few_rows(tmp_path))
    shared, dataset = SharedAnswers(redis.address, "/"), live.dataset()

    def make() -> bytes:
        live.store.folder.mkdir(exist_ok=True)
        write_table(live.store.folder / "imf.parquet", Store("/nonexistent").shipped("imf").head(3))
        return b"of the new data"

    assert shared.through(live, dataset, "key", make) == b"of the new data"
    assert list(shared._redis.scan_iter(KEYS)) == []
    assert shared.through(live, live.dataset(), "key", lambda: b"sure") == b"sure"
    assert shared.through(live, live.dataset(), "key", lambda: b"not made") == b"sure"


def test_a_broken_value_is_made_anew(tmp_path: Path, redis: Running) -> None:
    """Whatever someone else wrote under the name, cut or changed, is not served."""
    live = LiveDataset(few_rows(tmp_path))
    shared = SharedAnswers(redis.address, "/")
    shared.through(live, live.dataset(), "key", lambda: b"whole")
    (name,) = shared._redis.scan_iter(KEYS)
    whole = shared._redis.get(name)
    assert isinstance(whole, bytes)
    for broken in (b"", b"x" * 10, b"x" * 40, whole[:-1]):
        shared._redis.set(name, broken)
        assert shared.through(live, live.dataset(), "key", lambda: b"anew") == b"anew"
        shared._redis.set(name, broken)


@pytest.fixture
def _at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let Redis be asked again as soon as it has failed."""
    monkeypatch.setattr(shared_answers, "PAUSE", 0.0)


@pytest.mark.usefixtures("_at_once")
def test_without_redis_all_is_served_and_one_line_says_so(
    tmp_path: Path,
    redis: Running,
    drawn: Counter[str],
    capsys: pytest.CaptureFixture[str],
) -> None:
    """It may go and come back at any time; the password stands in no line."""
    app = worker(few_rows(tmp_path), redis)
    redis.stop()
    codes = [ask(app, picture("coverage", f"?start={year}")).status_code for year in (2013, 2014, 2015)]
    redis.start()
    codes += [ask(app, picture("coverage", f"?start={year}")).status_code for year in (2016, 2017)]
    assert codes == [200] * 5
    assert drawn["coverage"] == 5
    lines = capsys.readouterr().err.splitlines()
    assert len(lines) == 2
    assert lines[0].startswith(f"Redis at 127.0.0.1:{redis.port} does not answer (")
    assert lines[1] == f"Redis at 127.0.0.1:{redis.port} answers again"
    assert "secret" not in "".join(lines)


def test_after_a_failure_redis_is_left_alone_for_a_while(tmp_path: Path, redis: Running) -> None:
    """Readers do not each wait for a machine that does not answer."""
    live, shared = LiveDataset(few_rows(tmp_path)), SharedAnswers(redis.address, "/")
    redis.stop()
    shared.through(live, live.dataset(), "key", lambda: b"made")
    asked: list[str] = []
    shared._get = asked.append  # type: ignore[method-assign,assignment]
    assert shared.through(live, live.dataset(), "key", lambda: b"made") == b"made"
    assert asked == []


def test_content_tells_datasets_apart(dataset: Dataset) -> None:
    """A figure, a line of a side table or a problem more is another one; reading again is none."""
    trade, sides = dataset.trade, dataset.sides
    changed = trade.assign(value=trade["value"].where(trade.index != 5, trade["value"] + 1))
    events = {**sides, "events": sides["events"].head(-1)}
    same = Dataset(trade.copy(), dict(sides), read=dataset.read + pd.Timedelta(seconds=1))
    warned, earlier = Dataset(trade, sides, ("x",)), Dataset(trade, sides, day="2024-01-01")
    others = [Dataset(changed, sides), Dataset(trade, events), warned, earlier]
    assert fingerprint(same) == fingerprint(Dataset(trade, sides))
    assert len({fingerprint(one) for one in (same, *others)}) == 5


@pytest.mark.parametrize("address", ["localhost:6379", "http://localhost", "redis://a b", "redis:/x"])
def test_an_address_that_is_none_is_refused(address: str) -> None:
    """In a line that names the setting and does not repeat what may hold a password."""
    with pytest.raises(ValueError, match="TRADE_REDIS is no address") as refusal:
        Settings.of(environ={"TRADE_REDIS": address})
    assert address not in str(refusal.value)


def test_where_the_package_lacks_the_line_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    """Only who sets it needs it."""
    monkeypatch.setitem(sys.modules, "redis", None)
    with pytest.raises(ValueError, match=r"pip install -r requirements-cluster\.txt"):
        SharedAnswers("redis://localhost", "/")
