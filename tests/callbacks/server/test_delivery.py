"""What travels is packed, kept by the browser for as long as it stands, and never mistaken for something else."""

from __future__ import annotations

import gzip
import re
from typing import TYPE_CHECKING

import pytest

from callbacks.server.delivery import digest
from callbacks.server.page_files import PageFiles

if TYPE_CHECKING:
    from pathlib import Path

    from dash import Dash
    from flask.testing import FlaskClient

pytestmark = pytest.mark.portable
LOADED = re.compile(r'(?:src|href)="(/[^"]+)"')
ASK = {
    "output": "..point-panel.hidden...point-said.children..",
    "inputs": [{"id": "asked", "property": "data", "value": ""}],
    "state": [{"id": "address", "property": "data", "value": "http://localhost/"}],
}


@pytest.fixture
def client(application: tuple[Dash, Path]) -> FlaskClient:
    """Return a client of the whole application."""
    client: FlaskClient = application[0].server.test_client()
    return client


def test_each_file_of_the_page_is_named_by_its_content_and_kept_for_a_year(client: FlaskClient) -> None:
    """Every script, style and icon; the name ends in what the content gives, so a new content has a new name."""
    files = LOADED.findall(client.get("/").text)
    assert {name.partition(".")[0].rpartition("/")[2] for name in files} >= {"trade", "dash_renderer", "favicon"}
    for address in files:
        answer = client.get(address)
        assert answer.status_code == 200, address
        assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable", address
        assert digest(answer.data) in address


@pytest.mark.parametrize("address", ["/assets/trade.js", "/assets/trade.js?m=1", "/assets/trade.js?h=0123456789abcdef"])
def test_a_name_of_another_content_is_not_kept(client: FlaskClient, address: str) -> None:
    """A page of yesterday asks by yesterday's name: what it gets today must not stay under that name."""
    assert client.get(address).headers["Cache-Control"] == "no-cache"


def test_a_script_by_an_old_name_is_not_kept(client: FlaskClient) -> None:
    """Nor is one by its plain name, as Dash's scripts ask for some; an ETag tells both whether theirs still stands."""
    address = next(name for name in LOADED.findall(client.get("/").text) if "dash_renderer" in name)
    for other in (re.sub(r"m[0-9a-f]{16}", "m1795974547", address), re.sub(r"\.v\w+m[0-9a-f]{16}", "", address)):
        answer = client.get(other)
        assert answer.headers["Cache-Control"] == "no-cache"
        again = client.get(other, headers={"If-None-Match": answer.headers["ETag"]})
        assert (again.status_code, again.data) == (304, b"")


@pytest.mark.parametrize("address", ["/", "/_dash-layout", "/_dash-dependencies", "/assets/trade.css"])
def test_the_same_is_packed_and_plain(client: FlaskClient, address: str) -> None:
    """Who takes gzip gets it, who does not gets the content as it is; caches are told that it depends."""
    plain = client.get(address)
    packed = client.get(address, headers={"Accept-Encoding": "br, gzip;q=0.5"})
    assert "Content-Encoding" not in plain.headers
    assert packed.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.data) == plain.data
    assert len(packed.data) < len(plain.data) / 2
    varies = {"Accept-Encoding", "Accept-Language"} if address == "/" else {"Accept-Encoding"}
    assert [set(answer.headers["Vary"].split(", ")) for answer in (plain, packed)] == [varies] * 2
    assert "Content-Encoding" not in client.get(address, headers={"Accept-Encoding": "gzip;q=0, br"}).headers


@pytest.mark.parametrize("address", ["/", "/_dash-layout", "/_dash-dependencies"])
def test_the_page_is_asked_for_again_and_not_sent_again(client: FlaskClient, address: str) -> None:
    """The browser holds it and asks whether it still stands: nothing travels while it does."""
    first = client.get(address)
    assert first.headers["Cache-Control"] == "no-cache"
    again = client.get(address, headers={"If-None-Match": first.headers["ETag"], "Accept-Encoding": "gzip"})
    assert (again.status_code, again.data) == (304, b"")
    assert "default-src 'none'" in again.headers["Content-Security-Policy"]
    assert client.get(address, headers={"If-None-Match": 'W/"other"'}).status_code == 200


def test_an_answer_to_a_question_is_packed_and_never_kept(client: FlaskClient) -> None:
    """It depends on the body, which no cache looks at."""
    plain = client.post("/_dash-update-component", json=ASK)
    packed = client.post("/_dash-update-component", json=ASK, headers={"Accept-Encoding": "gzip"})
    assert gzip.decompress(packed.data) == plain.data
    assert plain.get_json()["response"]["point-panel"] == {"hidden": True}
    assert "ETag" not in packed.headers
    assert "Cache-Control" not in packed.headers


def test_a_changed_file_has_another_name(application: tuple[Dash, Path], monkeypatch: pytest.MonkeyPatch) -> None:
    """One letter is enough; the time at which it was written is not in it."""
    page = '<script src="/assets/trade.js?m=1.5"></script><script src="/_dash-component-suites/dash/dcc/x.v1m2.js">'
    content = [b"a", b"b", b"a"]
    names = []
    for one in content:
        monkeypatch.setattr(PageFiles, "_read", lambda *_, one=one: one)
        names.append(PageFiles(application[0]).named(page))
    assert names[0] == names[2] != names[1]
    assert all("m=1.5" not in name and "m2.js" not in name for name in names)


def test_what_a_first_visit_loads_is_bounded(client: FlaskClient) -> None:
    """All scripts and styles but plotly.js, as they travel: another library of controls would not fit in."""
    loaded = [address for address in LOADED.findall(client.get("/").text) if "/plotly/" not in address]
    sizes = {one: len(client.get(one, headers={"Accept-Encoding": "gzip"}).data) for one in loaded}
    assert len(sizes) > 8
    assert sum(sizes.values()) < 320_000, sizes
