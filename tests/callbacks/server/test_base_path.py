"""The page under a path of its own, as behind a proxy."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING
from urllib.parse import urljoin

import pytest

from app import create_app
from callbacks.live_dataset import LiveDataset
from callbacks.server.settings import BASE, Settings
from tests.callbacks.few_rows import few_rows
from tests.callbacks.server.test_answers import picture

if TYPE_CHECKING:
    from flask.testing import FlaskClient


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> FlaskClient:
    """Return a client of a page that a proxy shows under /trade/."""
    app = create_app(LiveDataset(few_rows(tmp_path_factory.mktemp("base"))), Settings(base="/trade/"))
    client_: FlaskClient = app.server.test_client()
    return client_


def test_every_address_of_the_page_stands_under_the_path(client: FlaskClient) -> None:
    """Whether the proxy takes the path off or not: the same page, and all it names is found under the path alone."""
    page = client.get("/trade/").text
    assert page == client.get("/").text
    addresses = re.findall(r'(?:src|href)="([^"#]+)"', page)
    named = [
        urljoin("/trade/", one) for one in addresses if not one.startswith("http")
    ]  # sources have pages of their own
    assert len(named) > 3
    assert [address for address in named if not address.startswith("/trade/")] == []
    for address in named:
        with client.get(address.partition("?")[0]) as answer:
            assert answer.status_code == 200, address
    config = re.search(r'id="_dash-config" type="application/json">(.+?)</script>', page)
    assert config is not None
    assert json.loads(config[1])["requests_pathname_prefix"] == "/trade/"
    assert client.get("/trade/health").get_json()["rows"] == 20
    assert client.post("/trade/_dash-update-component", json=picture("coverage", "")).status_code == 200


@pytest.mark.parametrize("path", ["/trades/", "/trade/trade/", "/trade/no", "/trade/../app.py"])
def test_what_is_not_under_it_is_not_found(client: FlaskClient, path: str) -> None:
    """The path is taken off once, and only whole."""
    answer = client.get(path)
    assert answer.status_code == 404
    assert "Content-Security-Policy" in answer.headers


def test_the_path_without_its_end_leads_to_it(client: FlaskClient) -> None:
    """Its own addresses would lead elsewhere from there."""
    answer = client.get("/trade")
    assert (answer.status_code, answer.headers["Location"]) == (308, "/trade/")


@pytest.mark.parametrize(
    ("given", "path"), [("/trade/", "/trade/"), ("trade", "/trade/"), ("/", "/"), ("a/b", "/a/b/")]
)
def test_the_path_is_read_as_people_write_it(given: str, path: str) -> None:
    """The command line goes before the environment."""
    assert Settings.of(base=given, environ={BASE: "/other/"}).base == path
    assert Settings.of(environ={BASE: given}).base == path


@pytest.mark.parametrize("given", ["/a b/", "https://example.org/trade", "/../", '/"/', "/a//b/", "/é/"])
def test_what_is_no_path_is_refused(given: str) -> None:
    """In words that say how it is written."""
    with pytest.raises(ValueError, match="write it as /trade/"):
        Settings.of(base=given, environ={})
