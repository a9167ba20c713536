"""Panels that are filled when they are opened: how to cite a chart, and what changed.

All refreshed figures here are made up.
"""

from __future__ import annotations

import re
from html import unescape
from typing import TYPE_CHECKING, Any

import pytest
from flask import Flask

from analysis.selection import Selection
from callbacks.downloads import chart_files, panels
from callbacks.live_dataset import LiveDataset
from commands import changes
from layouts.cards import changed
from layouts.charts.registry import CHARTS
from layouts.figure import export
from loaders.core import schema
from loaders.core.store import Store
from loaders.versions.history import History
from tests.callbacks.few_rows import few_codes
from tests.loaders.versions.test_history import made_up

if TYPE_CHECKING:
    from flask.testing import FlaskClient

    from loaders.versions.history import Version
    from loaders.versions.table_changes import FigureChange

    Two = tuple[FlaskClient, LiveDataset, list[str]]


def client_of(store: Store) -> tuple[FlaskClient, LiveDataset]:
    """Return a client of a bare server of panels and charts, and what it serves."""
    server, live = Flask("panels"), LiveDataset(store)
    server.testing = True
    panels.install(server, live)
    chart_files.install(server, live)
    return server.test_client(), live


def refreshed(store: Store) -> list[str]:
    """Refresh twice: June 2026 is revised and July is new the second time; return the names of the versions."""
    first = made_up({"2026-05": 1.0e10, "2026-06": 1.1e10}, "2026-08-15", "comtrade")
    second = made_up({"2026-06": 1.2e10, "2026-07": 1.3e10}, "2026-09-15", "comtrade")
    for table in (first, schema.concat([first, second])):
        with changes.noted(store, "refresh"):
            store.write("comtrade", table)
    return [one.name for one in History(store).versions()]


@pytest.fixture(scope="module")
def two(tmp_path_factory: pytest.TempPathFactory) -> Two:
    """Return a client of a store after two refreshes."""
    store = few_codes(tmp_path_factory.mktemp("panels") / "snapshot")
    names = refreshed(store)
    return *client_of(store), names


def text(client: FlaskClient, address: str) -> str:
    """Return the words of a panel."""
    answer = client.get(address)
    assert answer.status_code == 200, answer.text
    return unescape(re.sub(r"<[^>]+>", " ", answer.text))


def test_cite_and_use(two: Two) -> None:
    """Three citations with the version, and lines for five programs whose address gives the rows of the view."""
    client, live, names = two
    answer = client.get("/panel/cite/mirror?start=2020-01&v=" + names[0])
    blocks = [unescape(one) for one in re.findall(r"<pre>(.*?)</pre>", answer.text, re.DOTALL)]
    assert len(blocks) == answer.text.count("data-copy") == 9
    assert all(names[0] in one for one in blocks)
    rows = CHARTS["mirror"].table(live.version(names[0]), Selection(start="2020-01"))
    addresses = [re.search(r'"(http[^"]+)"', one) for one in blocks[3:8]]
    for address in addresses:
        assert address is not None
        assert client.get(address[1].removeprefix("http://localhost")).text == export.csv_text(rows)
    assert "&amp;only=mirror" in blocks[8]


def test_the_newest_view_moves_and_its_citation_does_not(two: Two) -> None:
    """Without a version in the address programs are given the newest rows, and the citation names the version."""
    client, live, _ = two
    blocks = re.findall(r"<pre>(.*?)</pre>", client.get("/panel/cite/pulse").text, re.DOTALL)
    assert all(live.dataset().version in one for one in blocks[:3])
    assert "chart/pulse.csv&quot;" in blocks[3]


def test_nothing_changed_is_told(tmp_path_factory: pytest.TempPathFactory) -> None:
    """A data dir that was never refreshed says so, and names the version that ships."""
    client, live = client_of(Store(tmp_path_factory.mktemp("empty")))
    words = text(client, "/panel/changes/all")
    assert "Nothing has been refreshed or imported" in words
    assert live.dataset().version in words


def test_refreshes_newest_first(two: Two) -> None:
    """Each with what became new and what was revised, old and new."""
    client, _, names = two
    words = text(client, "/panel/changes/all")
    assert words.index("1 new figure, 1 revised") < words.index("2 new figures")
    assert "Jun 2026: 11,000,000,000 → 12,000,000,000 USD" in words
    assert all(name in words for name in names[1:])
    assert "更新" in text(client, "/panel/changes/all?lang=zh")


@pytest.mark.parametrize("kind", ["changes", "turned"])
def test_what_changed_is_made_once_for_all_views(two: Two, kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """An open list asks again whenever a control changes; comparing all charts took seconds each time."""
    client, made = two[0], list[Selection]()

    def panel(_live: LiveDataset, _name: str, view: Selection, _root: str) -> list[Any]:
        made.append(view)
        return []

    monkeypatch.setitem(panels._PANELS, kind, panel)
    for view in ("", "&flow=import", "&start=2020-01&currency=USD"):
        assert client.get(f"/panel/{kind}/0?lang=zh{view}").status_code == 200
    assert made == [Selection(lang="zh")]


def test_only_what_is_listed_is_read(two: Two, monkeypatch: pytest.MonkeyPatch) -> None:
    """The figures of refreshes that are counted alone stay where they are: after years there are hundreds."""
    client, _, names = two
    read, changes_of = list[str](), History.changes

    def figures(history: History, version: Version) -> list[FigureChange]:
        read.append(version.name)
        return changes_of(history, version)

    monkeypatch.setattr(changed, "VERSIONS", 1)
    monkeypatch.setattr(History, "changes", figures)
    words = text(client, "/panel/changes/all?lang=ru")
    assert read == names[2:]
    assert names[1] not in words


def test_what_has_changed_in_a_figure_since(two: Two) -> None:
    """Its sentence then and now, how many points, and of the figures those alone that stand behind one of them."""
    client, live, names = two
    view = Selection(currency="USD", flow="import")
    then, now = (CHARTS["pulse"].table(live.version(name), view) for name in (names[1], names[2]))
    words = text(client, f"/panel/since/pulse?currency=USD&flow=import&v={names[1]}")
    assert CHARTS["pulse"].words(then, view).finding in words
    assert CHARTS["pulse"].words(now, view).finding in words
    assert "Jul 2026: 13,000,000,000 USD" in words
    assert "May 2026" not in words
    assert "are the same" in text(client, f"/panel/since/settlement?v={names[1]}")
    assert "are the same" in text(client, f"/panel/since/pulse?v={names[2]}")


def test_what_a_refresh_turned(two: Two, monkeypatch: pytest.MonkeyPatch) -> None:
    """Charts with the figures that changed them; what is no refresh is 404; one too many is asked to come again."""
    client, _, _ = two
    monkeypatch.setattr(panels, "CHARTS", {name: CHARTS[name] for name in ("coverage", "mirror")})
    words = text(client, "/panel/turned/2")
    assert CHARTS["coverage"].title in words
    assert "No sentence and no verdict" in words
    for name in ("0", "3", "-1", "x", "1" * 50):
        assert client.get(f"/panel/turned/{name}").status_code == 404
    for _ in range(2):
        assert panels._COMPARING.acquire(blocking=False)
    try:
        answer = client.get("/panel/turned/1")
        assert (answer.status_code, answer.headers["Retry-After"]) == (503, str(panels.AGAIN))
    finally:
        panels._COMPARING.release(2)


@pytest.mark.parametrize("path", ["cite/nothing", "since/table", "nothing/pulse", "cite/"])
def test_what_is_no_panel(two: Two, path: str) -> None:
    """Unknown kinds and charts are 404."""
    assert two[0].get(f"/panel/{path}").status_code == 404


def test_words_of_the_address_are_written_as_text(two: Two) -> None:
    """What a reader typed cannot become markup."""
    answer = two[0].get("/panel/cite/goods?find=<script>alert(1)</script>")
    assert "<script" not in answer.text
