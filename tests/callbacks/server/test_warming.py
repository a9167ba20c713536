"""The default view is answered before anyone asks, and again when the data have changed; requests go first."""

from __future__ import annotations

import threading
from itertools import islice
from typing import TYPE_CHECKING, Any

import pytest

from analysis.selection import LANGUAGES
from app import create_app
from callbacks.live_dataset import LiveDataset
from callbacks.server import warming
from callbacks.server.answers import READY
from callbacks.server.warming import Warming, questions
from layouts.charts.registry import CHARTS
from loaders.core.store import Store, write_table
from tests.callbacks.server.test_answers import ask, picture

if TYPE_CHECKING:
    from pathlib import Path

    from dash import Dash

PATIENCE = 60
ON_PAGE = [name for name, chart in CHARTS.items() if chart.page]


@pytest.fixture
def small(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[Dash, LiveDataset]:
    """Return the application over a few rows, so that all is answered quickly, and looked at often."""
    monkeypatch.setattr(warming, "AGAIN", 0.01)
    monkeypatch.setattr(warming, "PATIENCE", 0.01)
    monkeypatch.setattr(warming, "AHEAD", 20)
    snapshot, table = tmp_path / "snapshot", Store(tmp_path / "nothing").shipped("press")
    snapshot.mkdir()
    write_table(snapshot / "press.parquet", table.head(20))
    live = LiveDataset(Store(tmp_path / "data", snapshot))
    return create_app(live), live


def test_the_questions_are_those_of_the_page(application: tuple[Dash, Path]) -> None:
    """Every picture and the claims once each; each is one that the server answers."""
    app = application[0]
    bodies = list(questions(app._callback_list, 1040, "?start=2025"))
    outputs = [body["output"] for body in bodies]
    assert len(outputs) == len(set(outputs)) == len(ON_PAGE)
    assert {f"..{name}-figure.figure...{name}-words.children.." for name in ON_PAGE if name != "claims"} < set(outputs)
    assert ask(app, bodies[0]).status_code == 200


def test_the_default_view_is_ready_before_it_is_asked_for(small: tuple[Dash, LiveDataset]) -> None:
    """What was answered in the background is what a reader is given: asking for it makes nothing new."""
    app, live = small
    kept = app.server.extensions[READY]
    one = Warming(app, live, lambda: False)
    assert one._round()
    ready = len(kept)
    # the claims are no picture and are made once; the page is made in each language
    made = len(list(one._bodies()))
    assert ready == made + len(LANGUAGES)
    assert made > (len(ON_PAGE) - 1) * len(warming.LOOKS) + 1
    for width in warming.LOOKS:
        assert ask(app, picture("pulse", "", width)).status_code == 200
    assert app.server.test_client().get("/").status_code == 200
    for search in ("?flow=import", "?flow=import&currency=USD"):
        assert ask(app, picture("pulse", search, warming.LOOKS[0])).status_code == 200
    assert len(kept) == ready
    ask(app, picture("pulse", "?flow=import&start=2020", warming.LOOKS[0]))
    assert len(kept) == ready + 1


def test_new_data_are_answered_without_a_request(
    small: tuple[Dash, LiveDataset], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The thread sees that a file has changed, answers anew, and ends when it is told to."""
    app, live = small
    monkeypatch.setattr(warming, "CHARTS", {"pulse": CHARTS["pulse"]})
    kept, rounds = app.server.extensions[READY], threading.Semaphore(0)
    one = Warming(app, live, lambda: False)
    whole = one._round
    one._bodies = lambda: islice(one._questions(""), 3)  # type: ignore[method-assign]

    def counted() -> bool:
        done = whole()
        rounds.release()
        return done

    one._round = counted  # type: ignore[method-assign]
    thread = threading.Thread(target=one.run, daemon=True)
    thread.start()
    assert rounds.acquire(timeout=PATIENCE)
    before, version = len(kept), kept._version
    live.store.folder.mkdir()
    write_table(live.store.folder / "press.parquet", live.store.shipped("press").head(5))
    assert rounds.acquire(timeout=PATIENCE)
    one.end()
    thread.join(PATIENCE)
    assert not thread.is_alive()
    assert len(kept) == before
    assert kept._version != version


def test_it_gives_way_to_requests_and_to_the_end(small: tuple[Dash, LiveDataset]) -> None:
    """While someone is served no picture is made; the end does not wait until nobody is."""
    app, live = small
    looks = threading.Semaphore(0)

    def busy() -> bool:
        looks.release()
        return True

    one = Warming(app, live, busy)
    thread = threading.Thread(target=one.run, daemon=True)
    thread.start()
    for _ in range(3):
        assert looks.acquire(timeout=PATIENCE)
    assert len(app.server.extensions[READY]) == len(LANGUAGES)  # the page alone
    one.end()
    thread.join(PATIENCE)
    assert not thread.is_alive()


def test_a_failure_is_told_once_and_tried_again(
    small: tuple[Dash, LiveDataset], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Readers are served without it; one line says so, however often it is tried."""
    app, live = small
    one, tried = Warming(app, live, lambda: False), threading.Semaphore(0)

    def fail(*_: Any) -> None:
        tried.release()
        raise LookupError("no such column")

    monkeypatch.setattr(one, "_ask", fail)
    thread = threading.Thread(target=one.run, daemon=True)
    thread.start()
    for _ in range(3):
        assert tried.acquire(timeout=PATIENCE)
    one.end()
    thread.join(PATIENCE)
    lines = capsys.readouterr().err.splitlines()
    assert [line for line in lines if "MANIFEST" not in line] == [
        "not all answers are kept ready: LookupError: no such column"
    ]
    assert len(lines) == 2


def test_the_application_reads_no_data_until_it_is_asked(tmp_path: Path) -> None:
    """It listens at once; names on the page are each used once, as Dash would check while it starts."""
    live = LiveDataset(Store(tmp_path))
    app = create_app(live)
    assert live._dataset is None
    opened: list[str] = []

    def named(part: Any) -> None:
        if isinstance(part, dict):
            opened.extend([part["props"]["id"]] if "id" in part.get("props", {}) else [])
            part = list(part.values())
        for one in part if isinstance(part, list) else ():
            named(one)

    named(app.server.test_client().get("/_dash-layout").get_json())
    assert len(opened) == len(set(opened)) > len(ON_PAGE)
