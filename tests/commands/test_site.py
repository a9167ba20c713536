"""The page as a folder without a server: it stands alone, and says and gives what the server says and gives."""

from __future__ import annotations

import json
import random
import re
from html.parser import HTMLParser
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlsplit

import pandas as pd
import pytest
from axe_playwright_python.sync_playwright import Axe

from app import main
from callbacks.server import plotly_bundle
from commands import site
from commands.export_folder import MANIFEST, ExportFolder
from layouts.charts.registry import CHARTS
from layouts.site import packing, page, views
from loaders.core.store import CODES as CODES_OF_SOURCES
from tests.callbacks.waiting import until

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from dash import Dash
    from flask.testing import FlaskClient
    from playwright.sync_api import Browser, Page

    from analysis.dataset import Dataset

CODES: Final = ("en", "ru")
# of the folder that tests share: its charts, and which of their views besides the default
SOME: Final = ("pulse", "claims", "goods", "mirror")
KEYS: Final = {"", "currency=USD", "events=on", "code=27", "flow=import&step=month"}
DRAWN: Final = 6  # views that are compared letter by letter
FACTS: Final = re.compile(r'<script id="facts" type="application/json">(.*?)</script>', re.DOTALL)
View = tuple[str, str, str]  # chart, language, key


@pytest.fixture(scope="module")
def copy(dataset: Dataset, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write a copy in two languages with a few charts and views, as the command does."""
    folder = ExportFolder(tmp_path_factory.mktemp("copy"))
    made = page.Made(CODES, pd.Timestamp("2026-11-29"), "0123456789ab")
    charts, every = views.charts(), views.views
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(views, "charts", lambda: [chart for chart in charts if chart.name in SOME])
        patch.setattr(views, "views", lambda chart: [view for view in every(chart) if views.key(view) in KEYS])
        for name, content in site.whole(dataset, made, plotly_bundle.script(), most=1):
            folder.write(name, content)
    folder.close()
    return folder.folder


class Links(HTMLParser):
    """Gathers what a page names: addresses, ids, and inline code."""

    def __init__(self) -> None:
        """Hold nothing yet."""
        super().__init__()
        self.addresses: list[str] = []
        self.ids: list[str] = []
        self.inline: list[str] = []
        self.loaded: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note what an element names."""
        given = {name: value or "" for name, value in attrs}
        self.addresses += [given[name] for name in ("href", "src", "action", "poster", "srcset") if name in given]
        self.loaded += [given["src"]] if "src" in given else [given["href"]] if tag == "link" else []
        self.ids += [given["id"]] if "id" in given else []
        self.inline += [name for name in given if name.startswith("on")]
        if tag == "script" and "src" not in given and given.get("type") != "application/json":
            self.inline.append(tag)


def read(file: Path) -> Links:
    """Return what a page names."""
    links = Links()
    links.feed(file.read_text(encoding="utf-8"))
    return links


def facts(copy: Path, name: str) -> dict[str, Any]:
    """Return what the script of a page is told."""
    found = FACTS.search((copy / name).read_text(encoding="utf-8"))
    assert found
    told: dict[str, Any] = json.loads(found[1])
    return told


@pytest.mark.parametrize("name", ["index.html", "ru.html"])
def test_every_link_lands(copy: Path, name: str) -> None:
    """Addresses are relative and name a file or a place of the folder, else a source's own page; nothing is inline."""
    own = read(copy / name)
    known = "".join(file.read_text(encoding="utf-8") for file in CODES_OF_SOURCES.glob("*.csv"))
    outside = [one for one in own.addresses if urlsplit(one).scheme or one.startswith("//")]
    assert outside
    assert [one for one in outside if one not in known or one in own.loaded] == []
    inside = [urlsplit(one) for one in own.addresses if one not in outside]
    assert all(not one.path.startswith("/") and not one.query for one in inside)
    assert [one.path for one in inside if one.path and not (copy / one.path).is_file()] == []
    assert {one.fragment for one in inside if one.fragment} <= set(own.ids)
    assert len(own.ids) == len(set(own.ids))
    assert own.inline == []


def test_every_answer_is_there(copy: Path) -> None:
    """Each view that a page offers is in a file of its language, and the manifest names every file."""
    for code, name in zip(CODES, ("index.html", "ru.html"), strict=True):
        for chart, told in facts(copy, name)["charts"].items():
            held: set[str] = set()
            for file in (copy / "data" / code).glob(f"{chart}*.js"):
                if file.stem in {chart, f"{chart}-more"}:
                    held |= packing.unpacked(file.read_bytes())["views"].keys()
            assert held == set(told["views"]), (chart, code)
    listed = {one["file"] for one in json.loads((copy / MANIFEST).read_text(encoding="utf-8"))["files"]}
    there = {file.relative_to(copy).as_posix() for file in copy.rglob("*") if file.is_file()}
    assert there == listed | {MANIFEST}


def test_nothing_asks_elsewhere(copy: Path) -> None:
    """No script of ours fetches, evaluates text, or names another host."""
    for name in ("reader.js", "theme.js", "terms.js"):
        code = (copy / "assets" / name).read_text(encoding="utf-8")
        assert not re.search(r"\bfetch\(|XMLHttpRequest|\beval\(|new Function|https?://|\bimport\b", code), name
    assert not re.search(r"@import|url\(", (copy / "assets" / "look.css").read_text(encoding="utf-8"))


def test_the_rows_stand_beside_it(copy: Path, client: FlaskClient) -> None:
    """Without a script the rows of each chart are those of the server."""
    for chart in ("pulse", "goods"):
        assert (copy / page.rows_file(chart)).read_text(encoding="utf-8") == client.get(f"/chart/{chart}.csv").text


def test_which_views_it_holds() -> None:
    """Two hundred of all charts; each option of each control of a copy is in some view, the default first."""
    assert [chart.name for chart in views.charts()] == [chart.name for chart in CHARTS.values() if chart.page]
    counted = 0
    for chart in views.charts():
        held = views.views(chart)
        keys = [views.key(view) for view in held]
        assert keys[0] == ""
        assert len(keys) == len(set(keys))
        counted += len(keys)
        for word in views.shared(chart):
            assert {getattr(view, word) for view in held} == {None, *views.SHARED[word][1:]}
        for choice in chart.choices:
            assert {getattr(view, choice.field) for view in held} == {None, *choice.options[1:]}
    assert counted >= 200


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--format", "site", "csv"), "name no other format"),
        (("--format", "site", "--query", "?flow=import"), "leave --query out"),
        (("--format", "site", "--chart", "pulse"), "leave --chart out"),
    ],
)
def test_what_a_copy_cannot_follow(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, words: tuple[str, ...], said: str
) -> None:
    """It is of the whole page: one line, exit 2, nothing written."""
    assert main(["--export", str(tmp_path / "out"), *words, "--data-dir", str(tmp_path / "data")]) == 2
    told = capsys.readouterr()
    assert (told.out, told.err.count("\n")) == ("", 1)
    assert said in told.err
    assert not (tmp_path / "out").exists()


@pytest.fixture(scope="module")
def client(application: tuple[Dash, Path]) -> FlaskClient:
    """Return a client of the served page."""
    made: FlaskClient = application[0].server.test_client()
    return made


def served(client: FlaskClient, view: View) -> list[str]:
    """Return what the server gives for a view: CSV, JSON, and what the picture says in words."""
    chart, code, key = view
    query = "?" + "&".join(filter(None, (key, f"lang={code}")))
    texts = [client.get(f"/chart/{chart}.{form}{query}").text for form in ("csv", "json")]
    if chart == "claims":
        return [*texts, ""]
    one = [{"id": f"{chart}-view", "property": "data", "value": query}]
    width = [{"id": "width", "property": "data", "value": 1040}]
    output = f"..{chart}-figure.figure...{chart}-words.children.."
    ask = json.dumps({"output": output, "inputs": one, "state": width})
    answer = client.get("/_dash-update-component", query_string={"ask": ask}).get_json()
    return [*texts, answer["response"][f"{chart}-words"]["children"]]


def different(client: FlaskClient, open_page: Page, pairs: Iterable[View]) -> Iterator[View]:
    """Yield the views of which the copy, as its own script reads it, gives another text than the server."""
    for chart, code, key in pairs:
        told = open_page.evaluate(
            "([chart, key]) => trade.answer(chart, key).then((view) => "
            "[trade.csv(view), trade.json(view), chart === 'claims' ? '' : view.picture.words])",
            [chart, key],
        )
        if told != served(client, (chart, code, key)):
            yield chart, code, key


def all_views(copy: Path, code: str, name: str) -> list[View]:
    """Return each view of each chart that a page offers."""
    return [(chart, code, key) for chart, told in facts(copy, name)["charts"].items() for key in told["views"]]


@pytest.mark.browser
def test_it_opens_from_a_disk(copy: Path, chromium: Browser, client: FlaskClient) -> None:
    """From ``file://``: clean console, no request elsewhere, a control changes a chart and the address, axe finds none.

    Sentences, CSV and JSON of some views, drawn by a fixed seed, are the server's to the letter.
    """
    context = chromium.new_context(viewport={"width": 1440, "height": 900}, color_scheme="dark")
    opened = context.new_page()
    wrong: list[str] = []
    opened.on("console", lambda one: wrong.append(one.text) if one.type == "error" else None)
    opened.on("pageerror", lambda error: wrong.append(str(error)))
    opened.on(
        "request",
        lambda one: None if one.url.startswith((copy.as_uri(), "data:", "blob:")) else wrong.append(one.url),
    )
    opened.goto(f"{copy.as_uri()}/ru.html")
    until(opened, "document.querySelector('#pulse-figure .gtitle')?.textContent")
    until(opened, "!document.getElementById('first-picture')")
    before = opened.locator("#pulse-figure .gtitle").text_content()
    opened.locator("#currency label").nth(1).click()
    until(opened, f"document.querySelector('#pulse-figure .gtitle').textContent != {before!r}")
    opened.wait_for_url("**/ru.html?currency=USD")
    opened.locator("#mirror-table").click()
    until(opened, "document.querySelectorAll('#mirror-rows tbody tr').length > 20")
    opened.go_back()
    until(opened, f"document.querySelector('#pulse-figure .gtitle').textContent == {before!r}")
    assert [one["id"] for one in Axe().run(opened, options={"preload": False}).response["violations"]] == []
    pairs = random.Random(7).sample(all_views(copy, "ru", "ru.html"), DRAWN)  # noqa: S311 (no secret)
    assert list(different(client, opened, pairs)) == []
    with opened.expect_download() as caught:
        opened.locator("#goods-csv").click()
    assert caught.value.path().read_text(encoding="utf-8") == client.get("/chart/goods.csv?lang=ru").text
    context.close()
    assert wrong == []


def test_every_chart_has_its_buttons(copy: Path) -> None:
    """Files, link and table, and but for cards the place of its picture."""
    ids = set(read(copy / "index.html").ids)
    for chart in SOME:
        assert {f"{chart}-{kind}" for kind in ("png", "svg", "csv", "json", "link", "table", "rows")} <= ids
        assert (f"{chart}-figure" in ids) == (chart != "claims")
