"""Answers are made once for all who ask, are bounded, and follow the data."""

from __future__ import annotations

import copy
import functools
import json
import threading
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any

import pytest

from callbacks.live_dataset import LiveDataset
from callbacks.server import answers
from callbacks.server.answers import READY, ReadyAnswers
from callbacks.server.settings import Settings
from layouts.charts.energy import year_words
from layouts.charts.registry import CHARTS
from layouts.figure.chart import Chart
from loaders.core.store import SNAPSHOT, Store, read_table, write_table

if TYPE_CHECKING:
    from pathlib import Path

    from dash import Dash
    from werkzeug.test import TestResponse

    from analysis.dataset import Dataset
    from analysis.selection import Selection
    from layouts.figure.chart import Words

ASK = "/_dash-update-component"


def picture(chart: str, search: str, width: int = 896) -> dict[str, Any]:
    """Return the question that the page asks to draw a chart."""
    return {
        "output": f"..{chart}-figure.figure...{chart}-words.children..",
        "outputs": [{"id": f"{chart}-figure", "property": "figure"}, {"id": f"{chart}-words", "property": "children"}],
        "inputs": [{"id": f"{chart}-view", "property": "data", "value": search}],
        "state": [{"id": "width", "property": "data", "value": width}],
        "changedPropIds": [f"{chart}-view.data"],
    }


def ask(app: Dash, body: object) -> TestResponse:
    """Send a body as the page does."""
    answer: TestResponse = app.server.test_client().post(ASK, json=body)
    return answer


@pytest.fixture
def tables(monkeypatch: pytest.MonkeyPatch) -> Counter[str]:
    """Count how often the rows of each chart are computed."""
    made: Counter[str] = Counter()
    whole = Chart.table

    def counted(chart: Chart, dataset: Dataset, selection: Selection) -> Any:
        made[chart.name] += 1
        return whole(chart, dataset, selection)

    monkeypatch.setattr(Chart, "table", counted)
    return made


def test_fifty_first_visits_draw_each_view_once(
    application: tuple[Dash, Path], tables: Counter[str], drawn: Counter[str]
) -> None:
    """Whoever asks for a view while it is drawn waits for it; rows are shared between widths, table and CSV."""
    app, start = application[0], threading.Barrier(50)

    def visit(number: int) -> tuple[int, bytes]:
        start.wait()
        body = picture("coverage", "?start=2014")
        body["changedPropIds"] = [["coverage-view.data"], []][number % 2]  # browsers differ in this
        answer = ask(app, body)
        return answer.status_code, answer.data

    with ThreadPoolExecutor(50) as readers:
        answers_ = set(readers.map(visit, range(50)))
    assert [code for code, _ in answers_] == [200]
    assert drawn["coverage"] == 1
    ask(app, picture("coverage", "?start=2014", 512))
    ask(app, {"output": "coverage-rows.children", "inputs": [_view("coverage-open", "?start=2014")]})
    assert drawn["coverage"] == 2
    assert tables["coverage"] == 1


def test_few_answers_are_made_at_a_time_and_ready_ones_do_not_wait(tmp_path: Path) -> None:
    """Others wait for their turn; one that is made of others needs no second turn, and one that fails gives it back."""
    ready = ReadyAnswers(LiveDataset(Store(tmp_path)), Settings())
    ready.get("ready", lambda: b"here")
    go, making, most = threading.Event(), threading.Semaphore(0), []

    def make(number: int) -> bytes:
        making.release()
        most.append(number)
        assert go.wait(60)
        return ready.get(f"inner {number}", lambda: b"whole")

    with ThreadPoolExecutor(8) as readers:
        answers_ = [readers.submit(ready.get, str(number), functools.partial(make, number)) for number in range(8)]
        for _ in range(answers.MAKING):
            assert making.acquire(timeout=60)
        assert ready.get("ready", lambda: b"made again") == b"here"
        assert len(most) == answers.MAKING
        go.set()
        assert {one.result() for one in answers_} == {b"whole"}
    for _ in range(answers.MAKING + 1):
        with pytest.raises(ZeroDivisionError):
            ready.get("fails", lambda: bytes(1 // 0))
    assert ready.get("last", lambda: b"made") == b"made"


def test_the_words_of_a_picture_are_made_once(application: tuple[Dash, Path], monkeypatch: pytest.MonkeyPatch) -> None:
    """What stands in the picture is what is said beside it; both are one making."""
    made: list[Words] = []
    whole = year_words.by_year

    def counted(*args: Any) -> Words:
        made.append(whole(*args))
        return made[-1]

    monkeypatch.setattr(year_words, "by_year", counted)
    answer = ask(application[0], picture("energy", "?start=2015")).get_json()["response"]
    assert len(made) == 1
    assert answer["energy-words"]["children"] == f"{made[0].finding}. {made[0].subtitle}"
    assert made[0].finding[:20] in answer["energy-figure"]["figure"]["layout"]["title"]["text"]


def _view(id_: str, search: str) -> dict[str, str]:
    return {"id": id_, "property": "data", "value": search}


def test_a_question_in_the_address_is_the_same_question(application: tuple[Dash, Path]) -> None:
    """By GET the answer is that of a POST, made once, and told by the browser's own copy whether it still stands."""
    app = application[0]
    client, kept = app.server.test_client(), app.server.extensions[READY]
    body = picture("coverage", "?start=2016")
    short = {name: body[name] for name in ("output", "inputs", "state")}
    by_address = client.get(ASK, query_string={"ask": json.dumps(short)})
    many = len(kept)
    assert by_address.data == ask(app, body).data
    assert len(kept) == many
    again = client.get(
        ASK, query_string={"ask": json.dumps(short)}, headers={"If-None-Match": by_address.headers["ETag"]}
    )
    assert again.status_code == 304
    assert again.data == b""
    for wrong in ("", "{", "[]", json.dumps({**short, "output": "none.children"}), "x" * 10_000):
        assert client.get(ASK, query_string={"ask": wrong}).status_code == 400


def test_memory_is_flat_over_many_views(application: tuple[Dash, Path], monkeypatch: pytest.MonkeyPatch) -> None:
    """What is kept ready never weighs more than its room, however many views are asked for."""
    app = application[0]
    kept = app.server.extensions[READY]
    monkeypatch.setattr(kept, "room", 100_000)
    bound, counts = kept.room, []
    output = "..point-panel.hidden...point-said.children.."
    for number in range(400):
        inputs = [{"id": "asked", "property": "data", "value": f"?point=nothing:{number:03}"}]
        state = [{"id": "address", "property": "data", "value": "http://localhost/"}]
        assert ask(app, {"output": output, "inputs": inputs, "state": state}).status_code == 200
        assert kept.weight <= bound
        counts.append(len(kept))
    assert 0 < counts[-1] == counts[200] < 200


@pytest.mark.parametrize("name", [*CHARTS, "none"])
def test_a_point_that_there_is_not_is_said(application: tuple[Dash, Path], name: str) -> None:
    """Whatever chart the address names, on the page or not: the panel says that there is no such point."""
    output = "..point-panel.hidden...point-said.children.."
    inputs = [{"id": "asked", "property": "data", "value": f"?point={name}:nothing"}]
    state = [{"id": "address", "property": "data", "value": "http://localhost/"}]
    answer = ask(application[0], {"output": output, "inputs": inputs, "state": state})
    assert answer.status_code == 200
    assert answer.get_json()["response"]["point-panel"] == {"hidden": False}


def test_answers_follow_the_data(application: tuple[Dash, Path]) -> None:
    """New rows in the data dir change the answer at once, and the old ones are freed."""
    app, folder = application
    client, kept = app.server.test_client(), app.server.extensions[READY]
    before = client.get("/_dash-layout").text
    assert "Mar 2033" not in before
    month, day = "2033-03-01", "2033-04-01"
    table = read_table(SNAPSHOT / "press.parquet").head(1)
    own = table.assign(period_start=month, period_end=month, released=day, known_by=day)
    write_table(folder / "press.parquet", own)
    try:
        assert "Mar 2033" in client.get("/_dash-layout").text
        assert len(kept) == 1
    finally:
        (folder / "press.parquet").unlink()
    assert client.get("/_dash-layout").text == before


@pytest.mark.parametrize(
    ("where", "value"),
    [
        (("output",), "..no-figure.figure...no-words.children.."),
        (("output",), "width.data"),
        (("output",), ["x"]),
        (("outputs", 0, "id"), "pulse-figure"),
        (("outputs",), []),
        (("inputs", 0, "id"), "other"),
        (("inputs", 0, "property"), "children"),
        (("inputs", 0, "value"), 7),
        (("inputs", 0, "value"), {"a": 1}),
        (("inputs", 0, "value"), "\ud800"),
        (("inputs", 0, "value"), "x" * 10_000),
        (("state", 0, "value"), "896"),
        (("state", 0, "value"), -5),
        (("state", 0, "value"), True),
        (("state", 0, "value"), 900),
        (("state", 0, "value"), 10**9),
        (("inputs",), []),
        (("inputs",), None),
        (("state",), [{"id": "address", "property": "search"}]),
        (("changedPropIds",), ["other.data"]),
        (("changedPropIds",), "width.data"),
    ],
)
def test_a_question_that_the_page_does_not_ask_is_400(
    application: tuple[Dash, Path], where: tuple[Any, ...], value: object
) -> None:
    """Unknown outputs, wrong ids and wrong types are refused in one line; the same body untouched is answered."""
    body = copy.deepcopy(picture("coverage", ""))
    part: Any = body
    for step in where[:-1]:
        part = part[step]
    part[where[-1]] = value
    answer = ask(application[0], body)
    assert answer.status_code == 400
    assert answer.text.count("\n") == 1
    assert ask(application[0], picture("coverage", "")).status_code == 200


@pytest.mark.parametrize("body", [b"", b"{", b"\xff", b"null", b"[]", b"7", b"[" * 60_000, b'{"output": 1e999}'])
def test_a_broken_body_is_400(application: tuple[Dash, Path], body: bytes) -> None:
    """What is no JSON object, and what is nested beyond reason."""
    client = application[0].server.test_client()
    assert client.post(ASK, data=body, content_type="application/json").status_code == 400
    assert client.post(ASK, data=b"{}", content_type="text/plain").status_code == 400


def test_no_path_of_the_server_reaches_the_page(application: tuple[Dash, Path]) -> None:
    """A file that cannot be read is named on the page by its name alone, and in no answer by its place.

    It is said at the head of the page, and the charts stand.
    """
    app, folder = application
    (folder / "press.parquet").write_bytes(b"no parquet")
    try:
        client = app.server.test_client()
        page = client.get("/_dash-layout").text
        assert "press.parquet: cannot be read" in page
        opening = client.get("/").text
        problems = opening.partition('class="problems"')[2].partition("</div>")[0]
        assert "press.parquet: cannot be read" in problems
        assert 'id="first-picture"' in opening
        for answer in (page, client.get("/").text, client.get("/health").text, client.get("/assets/none").text):
            assert str(folder) not in answer
            assert str(SNAPSHOT.parents[1]) not in answer
    finally:
        (folder / "press.parquet").unlink()
