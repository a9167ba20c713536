"""Before the application stands: the page as it will answer it, to the byte, and nothing that is not of this state."""

from __future__ import annotations

import argparse
import gzip
import threading
from datetime import date, timedelta
from itertools import islice
from typing import TYPE_CHECKING

import pandas as pd
import pytest
from werkzeug.test import Client

from app import create_app
from callbacks.answer_files import AnswerFiles
from callbacks.live_dataset import LiveDataset
from callbacks.server import guard, serving, warming
from callbacks.server.answers import LASTING, READY
from callbacks.server.delivery import ROOT
from callbacks.server.door import Door
from callbacks.server.metrics import ANY, Metrics
from callbacks.server.settings import Settings
from callbacks.server.warming import Warming
from layouts.charts.registry import CHARTS
from loaders.core import places
from loaders.core.store import Store, write_table
from tests.callbacks.few_rows import few_rows

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from dash import Dash

SETTINGS = Settings(base="/trade/")
ASKED: tuple[tuple[str, dict[str, str]], ...] = (
    ("/", {}),
    ("/trade/", {}),
    ("/", {"Accept-Language": "ru,en;q=0.5"}),
    ("/?lang=zh", {"Accept-Encoding": "gzip"}),
    ("/?lang=nothing", {}),
    ("/", {"Host": "evil.example"}),
)


def begun(store: Store, folder: Path) -> tuple[Dash, LiveDataset, AnswerFiles]:
    """Return an application over a store that keeps its answers in a folder."""
    files, live = AnswerFiles((folder,), "/trade/"), LiveDataset(store)
    return create_app(live, SETTINGS, Metrics([ANY]), files), live, files


def kept(files: AnswerFiles, store: Store) -> dict[str, bytes]:
    """Return what a process that starts now would find."""
    return files.read(places.of_data(store.folder, store.snapshot))


@pytest.fixture(autouse=True, scope="module")
def _few_days_and_charts() -> Iterator[None]:
    """Keep the page for three times to come, not for all of a season: each is computed in three languages.

    Of the charts keep the first few questions: all are asked alike, and all are in ``test_warming.py``.
    """
    bodies = Warming._bodies
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(warming, "AHEAD", 60)
        patch.setattr(warming, "CHARTS", {"pulse": CHARTS["pulse"]})
        patch.setattr(Warming, "_touched", lambda _: ())
        patch.setattr(Warming, "_bodies", lambda one: islice(bodies(one), 4))
        yield


@pytest.fixture(scope="module")
def stands(tmp_path_factory: pytest.TempPathFactory) -> tuple[Dash, LiveDataset, AnswerFiles]:
    """Return an application that has kept all of its default view."""
    folder = tmp_path_factory.mktemp("door")
    app, live, files = begun(few_rows(folder), folder / "kept")
    assert Warming(app, live, lambda: False)._round()
    return app, live, files


def test_it_answers_as_the_application_will(stands: tuple[Dash, LiveDataset, AnswerFiles]) -> None:
    """Status, every header and every byte, in each language, packed or not, also where a request is refused."""
    app, live, files = stands
    door = Door(SETTINGS, Metrics([ANY]), kept(files, live.store))
    style = next(name for name in kept(files, live.store) if name.startswith("assets/"))
    for path, headers in (*ASKED, (f"/{style}", {}), (f"/trade/{style}", {"Accept-Encoding": "gzip"})):
        early, late = Client(door).get(path, headers=headers), Client(app.server).get(path, headers=headers)
        assert early.status == late.status, path
        early_named, late_named = ({**answer.headers, "Date": ""} for answer in (early, late))
        assert early_named == late_named, path
        assert early.data == late.data, path
    tag = Client(door).get("/").headers["ETag"]
    assert Client(door).get("/", headers={"If-None-Match": tag}).status_code == 304


def test_what_it_has_not_waits_for_the_application(stands: tuple[Dash, LiveDataset, AnswerFiles]) -> None:
    """Another view, a script, health: each is answered by the application, once that stands."""
    app, live, files = stands
    door = Door(SETTINGS, Metrics([ANY]), kept(files, live.store))
    answers: list[int] = []
    asked = ("/?flow=import", "/health", "/assets/trade.css?h=0", "/nothing")
    waiting = [
        threading.Thread(target=lambda path=path: answers.append(Client(door).get(path).status_code)) for path in asked
    ]
    for one in waiting:
        one.start()
    assert answers == []
    door.open(app.server)
    for one in waiting:
        one.join()
    assert sorted(answers) == [200, 200, 200, 404]
    assert door.config[guard.HEADERS] == app.server.config[guard.HEADERS]


def test_who_waits_for_nothing_is_turned_away() -> None:
    """Where the application cannot be made, nobody hangs."""
    door = Door(Settings(), Metrics([ANY]), {})
    door.close()
    answer = Client(door).get("/")
    assert answer.status_code == 503
    assert "Content-Security-Policy" in answer.headers


def test_a_process_after_it_makes_nothing_again(
    stands: tuple[Dash, LiveDataset, AnswerFiles], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The page and the charts of the default view are those of the process before; other views are made."""
    _, live, files = stands
    app, again, _ = begun(live.store, files.folders[0])
    made: list[str] = []
    ready = app.server.extensions[LASTING]

    def counted(_: object, key: str, make: Callable[[], bytes]) -> bytes:
        made.append(key)
        return make()

    monkeypatch.setattr(ready, "_shared_or_made", counted)
    assert Warming(app, again, lambda: False)._round()
    assert made == []
    Client(app.server).get("/?flow=import")
    assert len(made) == 2  # the page, and the page with what a link to it shows
    assert len(app.server.extensions[READY]) > len(kept(files, live.store)) - 2


def test_the_page_is_made_ready_before_the_first_start(
    stands: tuple[Dash, LiveDataset, AnswerFiles],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """It is the page that a server keeps, of all times to come; made once; where nothing takes it a line says so."""
    _, live, files = stands
    of_data, asked = places.of_data, argparse.Namespace(data_dir=str(live.store.folder))
    monkeypatch.setattr(places, "of_data", lambda folder, snapshot=live.store.snapshot: of_data(folder, snapshot))
    where = [tmp_path / "kept"]
    monkeypatch.setattr(AnswerFiles, "of", lambda _, setting: AnswerFiles((*where,), setting))
    made: list[Dash] = []

    def whole(metrics: Metrics, given: AnswerFiles) -> tuple[Dash, LiveDataset]:
        now = LiveDataset(live.store)
        made.append(create_app(now, SETTINGS, metrics, given))
        return made[-1], now

    assert [serving.get_ready(SETTINGS, asked, whole) for _ in range(2)] == [0, 0]
    assert len(made) == 1
    for day in (places.today(), *places.days_to_come(warming.AHEAD)):
        with places.on(day):
            early = kept(AnswerFiles((*where,), "/trade/"), live.store)
            assert early
            assert early.items() <= kept(files, live.store).items()
    (tmp_path / "file").write_text("no folder", "utf-8")
    where[0] = tmp_path / "file" / "kept"
    monkeypatch.setattr(warming, "AHEAD", 0)  # what cannot be written of today need not be made of other days
    assert serving.get_ready(SETTINGS, asked, whole) == 1
    assert capsys.readouterr().err.startswith("the page is not kept for the next start: not to be written: ")


def test_it_is_never_stale(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """After new data, a new program or long after, the page is computed anew, and then kept."""
    store = few_rows(tmp_path)
    app, live, files = begun(store, tmp_path / "kept")
    one = Warming(app, live, lambda: True)
    one.end()
    assert not one._round()  # it keeps the page and is broken off
    before = kept(files, store)["page-en"]
    rows = store.shipped("press").head(5)
    newer = rows.assign(known_by=pd.Timestamp("2026-11-25"))  # the page names the newest day
    write_table(store.folder / "press.parquet", newer)
    assert kept(files, store) == {}
    one._round()
    after = kept(files, store)["page-en"]
    assert before != after
    computed = Client(create_app(LiveDataset(store), SETTINGS).server).get("/", headers=PACKED).data
    named = gzip.decompress(after).replace(ROOT.encode(), b"http://localhost/")
    assert named == gzip.decompress(computed)
    with places.on(date(2099, 1, 1)):
        assert kept(files, store) == {}
    monkeypatch.setattr(places, "of_program", lambda: "newer")
    assert kept(AnswerFiles(files.folders, "/trade/"), store) == {}


def test_on_another_day_it_is_the_page_that_is_computed_then(tmp_path: Path) -> None:
    """Of each time to come, from its first day, and until its last: to the byte, and in other words at times."""
    store = few_rows(tmp_path)  # and some of a publisher who says when others come
    write_table(store.snapshot / "gacc.parquet", Store(tmp_path / "nothing").shipped("gacc").tail(20))
    app, live, files = begun(store, tmp_path / "kept")
    Warming(app, live, lambda: False).keep_page()
    fresh = create_app(LiveDataset(store), SETTINGS).server  # it keeps nothing, so it computes
    first, second, third = list(places.days_to_come(warming.AHEAD))[:3]
    pages = []
    for day, code in ((first - timedelta(days=1), "en"), (first, "en"), (second, "zh"), (third, "ru")):
        with places.on(day):
            door = Door(SETTINGS, Metrics([ANY]), kept(files, store))
            early, late = (Client(one).get(f"/?lang={code}", headers=PACKED).data for one in (door, fresh))
            assert early == late, day
            pages.append(kept(files, store)["page-en"])
    assert len(set(pages)) > 1


PACKED = {"Accept-Encoding": "gzip"}


def test_data_that_cannot_all_be_read_are_not_kept(tmp_path: Path) -> None:
    """The line that says so must go with the next reading."""
    store = few_rows(tmp_path)
    (store.folder / "imf.parquet").write_bytes(b"no table")
    app, live, files = begun(store, tmp_path / "kept")
    one = Warming(app, live, lambda: True)
    one.end()
    one._round()
    assert live.problems
    assert kept(files, store) == {}
