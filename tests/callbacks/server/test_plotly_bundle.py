"""The page with a part of plotly.js and with the whole."""

from __future__ import annotations

import hashlib
import re
from typing import TYPE_CHECKING

import pytest
from plotly.offline import get_plotlyjs, get_plotlyjs_version

from app import create_app
from callbacks.live_dataset import LiveDataset
from callbacks.server import plotly_bundle
from tests.callbacks.few_rows import few_rows
from tests.callbacks.waiting import until
from tests.conftest import serving

if TYPE_CHECKING:
    from pathlib import Path

    from flask.testing import FlaskClient
    from playwright.sync_api import Browser, Route

MARK = "window.tradeMarked = true;"
PLACE = re.compile(r'<script id="plotly" async src="([^"]+)">')


def pinned(folder: Path, content: str, version: str | None = None) -> Path:
    """Hold a part in a folder, pinned beside it as it is; return the pins."""
    folder.mkdir(exist_ok=True)
    (folder / "part.js").write_text(content, "utf-8")
    digest = hashlib.sha256((folder / "part.js").read_bytes()).hexdigest()
    pin = {"version": version or get_plotlyjs_version(), "file": "part.js", "file_sha256": digest}
    (folder / "pins.toml").write_text("".join(f'{key} = "{value}"\n' for key, value in pin.items()), "utf-8")
    return folder / "pins.toml"


@pytest.fixture
def client(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, request: pytest.FixtureRequest) -> FlaskClient:
    """Return a client of an application with a part, or without where the test says so."""
    if request.param is not None:
        monkeypatch.setattr(plotly_bundle, "PINNED", pinned(tmp_path, request.param))
    monkeypatch.setattr(plotly_bundle, "FOLDER", tmp_path)
    client: FlaskClient = create_app(LiveDataset(few_rows(tmp_path / "store"))).server.test_client()
    return client


@pytest.mark.portable
@pytest.mark.parametrize("client", [MARK, None], indirect=True, ids=["part", "whole"])
def test_what_is_held_is_served(client: FlaskClient, request: pytest.FixtureRequest) -> None:
    """Under the name by which the page loads it, and under Dash's own: the same bytes, so that none is loaded twice."""
    part = "part" in request.node.callspec.id
    place = PLACE.search(client.get("/").text)
    assert place
    served = client.get("/" + place[1])
    assert served.text == (MARK if part else get_plotlyjs())
    assert "immutable" in served.headers["Cache-Control"]
    assert client.get("/_dash-component-suites/plotly/package_data/plotly.min.js").data == served.data


@pytest.mark.portable
def test_a_part_that_does_not_fit_is_not_served(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """One that changed on the disk, one of another version, none: the whole is served."""
    monkeypatch.setattr(plotly_bundle, "PINNED", pinned(tmp_path, MARK))
    assert plotly_bundle.read(tmp_path) == MARK.encode()
    (tmp_path / "part.js").write_text(MARK + " ", "utf-8")
    assert plotly_bundle.read(tmp_path) is None
    pinned(tmp_path, MARK, "0.0.1")
    assert plotly_bundle.read(tmp_path) is None
    (tmp_path / "part.js").unlink()
    assert plotly_bundle.read(tmp_path) is None


def _first_alone(route: Route) -> None:
    """Let the first picture through, none of the others: they take time and tell nothing more."""
    asked = route.request.url
    if "-figure.figure" in asked and "pulse-figure" not in asked:
        route.abort()
    else:
        route.continue_()


@pytest.mark.browser
@pytest.mark.parametrize("client", [MARK + get_plotlyjs()], indirect=True)
def test_the_page_draws_with_what_is_held(client: FlaskClient, chromium: Browser) -> None:
    """The first chart is drawn; plotly.js is asked for once, by the name that names its content.

    The part here is a mark before the whole: where no part is held the same bytes but the mark are served (above).
    """
    asked: list[str] = []
    context = chromium.new_context(viewport={"width": 1440, "height": 900})
    page = context.new_page()
    page.on("request", lambda one: asked.append(one.url) if "plotly" in one.url else None)
    page.route("**/_dash-update-component*", _first_alone)
    with serving(client.application) as address:
        page.goto(address)
        until(page, "document.querySelector('#pulse-figure .gtitle')?.textContent")
        marked = page.evaluate("window.tradeMarked === true")
        context.close()
    assert marked
    assert len(asked) == 1
    assert re.search(r"plotly\.v4m[0-9a-f]{16}\.min\.js$", asked[0])
