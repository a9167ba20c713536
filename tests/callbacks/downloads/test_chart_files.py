"""Charts by address: each form is what it says, kept by browsers, and refused in one line."""

from __future__ import annotations

import csv
import io
import json
import xml.etree.ElementTree as ET
import zipfile
import zlib
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, NoReturn

import pandas as pd
import pytest
from flask import Flask

from analysis.selection import Selection
from callbacks.downloads import chart_files
from callbacks.downloads.picture_queue import BusyError, PictureQueue
from layouts.charts.registry import CHARTS
from layouts.drawing.canvas import Canvas
from layouts.figure import export
from layouts.takeaway.picture_texts import png_texts

if TYPE_CHECKING:
    from flask.testing import FlaskClient

    from callbacks.live_dataset import LiveDataset

# whose PNG are drawn: a browser costs time
DRAWN = ("pulse", "growth", "energy", "mirror", "goods", "discount", "settlement", "coverage")


@pytest.fixture(scope="module")
def client(live: LiveDataset) -> FlaskClient:
    """Return a client of a bare server that answers under the rule alone."""
    server = Flask("charts")
    chart_files.install(server, live, PictureQueue(export.browser, most=8))
    return server.test_client()


def test_rows_are_those_plotted(client: FlaskClient, live: LiveDataset) -> None:
    """CSV and JSON hold the rows of the view."""
    query = "?flow=import&currency=USD&start=2020"
    selection = Selection.from_query(query)
    rows = CHARTS["growth"].table(live.dataset(), selection)
    assert client.get(f"/chart/growth.csv{query}").text == export.csv_text(rows)
    assert len(json.loads(client.get(f"/chart/growth.json{query}").text)["rows"]) == len(rows)


def test_metadata(client: FlaskClient, live: LiveDataset) -> None:
    """It names every column of the CSV, the sources with their licences, and the page that shows the same."""
    answer = client.get("/chart/energy.metadata.json?counted=baci")
    record = json.loads(answer.text)
    rows = CHARTS["energy"].table(live.dataset(), Selection.from_query("?counted=baci"))
    assert [one["name"] for one in record["columns"]] == list(rows.columns)
    assert all(one["heading"] and one["note"] for one in record["columns"])
    assert record["rows"] == len(rows)
    assert all(one["licence"] and one["publisher"] for one in record["sources"])
    assert record["version"] == live.dataset().version != ""
    assert record["address"].endswith(f"/?counted=baci&v={record['version']}#energy")
    assert pd.Timestamp(record["newest_release"]) == rows["released"].max().normalize()


def test_a_file_is_kept_until_it_changes(client: FlaskClient, live: LiveDataset) -> None:
    """The second request is answered with 304; another view is another file."""
    first = client.get("/chart/pulse.csv")
    assert first.headers["Cache-Control"] == "no-cache"
    again = client.get("/chart/pulse.csv", headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    assert client.get("/chart/pulse.csv?flow=import").headers["ETag"] != first.headers["ETag"]
    assert first.headers["Content-Disposition"] == f'inline; filename="cn-ru_pulse_v-{live.dataset().version}.csv"'


@pytest.mark.parametrize("path", ["nothing.csv", "pulse.exe", "pulse", "pulse.csv.gz", "..%2Fapp.py", "pulse."])
def test_what_is_no_file(client: FlaskClient, path: str) -> None:
    """Unknown charts and forms are 404."""
    assert client.get(f"/chart/{path}").status_code == 404


def test_a_blank_picture_is_none(client: FlaskClient) -> None:
    """On a day when nothing was public the picture is 404, and the rows are a header."""
    assert client.get("/chart/rerouting.csv?asof=1995-01-01").status_code == 200
    for form in ("png", "svg", "zip"):
        answer = client.get(f"/chart/rerouting.{form}?asof=1995-01-01")
        assert (answer.status_code, "no picture" in answer.text) == (404, True)


def test_what_cannot_be_drawn_is_an_error(client: FlaskClient) -> None:
    """It says so, and the page draws on."""
    assert client.get("/chart/pulse.svg").status_code == 200  # the browser is open
    broken = Canvas(height=-1)
    with pytest.raises(RuntimeError, match="does not draw this"):
        export.picture_of(broken, "png")
    assert client.get("/chart/pulse.svg?lang=zh").status_code == 200


def test_without_chromium(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where it cannot be started, that is the error, at once."""
    monkeypatch.setenv("BROWSER_PATH", "/nonexistent")
    with export.browser(b"none"), pytest.raises(RuntimeError, match="no Chromium was found"):
        export.picture_of(Canvas(height=100), "png")


class Refusing(PictureQueue):
    """Stands for a queue that cannot draw."""

    def __init__(self, error: RuntimeError) -> None:
        """Raise that instead."""
        self.error = error

    def draw(self, picture: object) -> NoReturn:
        """Draw nothing."""
        del picture
        raise self.error


@pytest.mark.parametrize(
    ("error", "words", "again"),
    [(BusyError("ask again"), "ask again", "5"), (RuntimeError("no browser"), "no Chromium", None)],
)
def test_who_cannot_be_served_is_told(live: LiveDataset, error: RuntimeError, words: str, again: str | None) -> None:
    """503 with the seconds to wait where too many ask; 503 with the way to the rows where nothing can draw."""
    server = Flask("busy")
    chart_files.install(server, live, Refusing(error))
    answer = server.test_client().get("/chart/pulse.png")
    assert (answer.status_code, answer.headers.get("Retry-After")) == (503, again)
    assert words in answer.text
    assert server.test_client().get("/chart/pulse.csv").status_code == 200


def test_pictures_carry_their_texts(client: FlaskClient, live: LiveDataset) -> None:
    """PNG of 2400 by 1350 with title, source, licence and address; SVG well formed with its title as text."""
    words = CHARTS["pulse"].words(CHARTS["pulse"].table(live.dataset(), Selection()), Selection())
    png = client.get("/chart/pulse.png")
    assert png.mimetype == "image/png"
    assert png.data[16:24] == (2400).to_bytes(4, "big") + (1350).to_bytes(4, "big")
    assert len(png.data) > 50_000
    texts = png_texts(png.data)
    assert texts["Title"] == words.finding
    assert texts["Source"] == words.source
    assert texts["Licence"]
    assert texts["Version"] == live.dataset().version
    assert texts["Address"] == f"http://localhost/?v={texts['Version']}#pulse"
    svg = client.get("/chart/pulse.svg?lang=ru")
    root = ET.fromstring(svg.text)  # noqa: S314 (made by the program)
    russian = Selection(lang="ru")
    assert root[0].text == CHARTS["pulse"].words(CHARTS["pulse"].table(live.dataset(), russian), russian).finding
    assert len(root.findall(".//{http://www.w3.org/2000/svg}text")) > 10


def test_shapes(client: FlaskClient, live: LiveDataset) -> None:
    """A square and a column of a journal: their pixels, their size on paper, their name; another shape is 404."""
    version = live.dataset().version
    square = client.get("/chart/mirror.png?shape=square&lang=zh")
    assert square.data[16:24] == (2400).to_bytes(4, "big") * 2
    assert square.headers["Content-Disposition"] == f'inline; filename="cn-ru_mirror_zh_v-{version}_square.png"'
    paper = client.get("/chart/mirror.png?shape=paper")
    assert paper.data[16:20] == (1050).to_bytes(4, "big")
    assert b"pHYs" + (11811).to_bytes(4, "big") * 2 in paper.data
    answer = client.get("/chart/mirror.png?shape=round")
    assert (answer.status_code, "wide, square, paper" in answer.text) == (404, True)


def test_an_archive_is_whole(client: FlaskClient, live: LiveDataset) -> None:
    """Pictures, rows, metadata, citations and a README, each readable; the same view gives the same bytes."""
    version = live.dataset().version
    answer = client.get("/chart/growth.zip?currency=USD")
    with zipfile.ZipFile(io.BytesIO(answer.data)) as files:
        assert files.testzip() is None
        names = files.namelist()
        forms = ["bib", "csv", "json", "json", "metadata.json", "png", "ris", "svg", "txt"]
        assert sorted(name.partition(".")[2] for name in names) == forms
        described = json.loads(files.read("datapackage.json"))["resources"]
        assert [one["path"] for one in described] == [f"cn-ru_growth_USD_v-{version}.csv"]
        readme = files.read("README.txt").decode()
        assert "UN Comtrade" in readme
        assert f"http://localhost/?currency=USD&v={version}#growth" in readme
        csv = files.read(f"cn-ru_growth_USD_v-{version}.csv")
        assert version in files.read(f"cn-ru_growth_USD_v-{version}.bib").decode()
    assert csv == client.get("/chart/growth.csv?currency=USD").data


def test_eight_at_once_get_their_own(client: FlaskClient, live: LiveDataset) -> None:
    """Threads that ask for different pictures do not get each other's: what is drawn in each says its own sentence."""

    def other(name: str) -> set[str]:
        svg = client.application.test_client().get(f"/chart/{name}.svg").data
        finding = CHARTS[name].words(live.table(CHARTS[name], Selection()), Selection()).finding
        return set(finding.split()) - set(drawn_words(svg).split())

    with ThreadPoolExecutor(8) as threads:
        assert list(threads.map(other, DRAWN)) == [set()] * 8


@pytest.mark.parametrize("name", CHARTS)
def test_every_chart_is_taken_along(client: FlaskClient, live: LiveDataset, name: str) -> None:
    """Rows are those plotted; the SVG is well formed with the sentence in it; the PNG, where drawn, is no blank."""
    view = Selection()
    rows = live.table(CHARTS[name], view)
    words = CHARTS[name].words(rows, view)
    lines = list(csv.reader(io.StringIO(client.get(f"/chart/{name}.csv").text)))
    assert lines[0] == list(rows)
    assert len(lines) == len(rows) + 1
    svg = client.get(f"/chart/{name}.svg").data
    assert ET.fromstring(svg)[0].text == words.finding  # noqa: S314 (made by the program)
    assert set(words.finding.split()) <= set(drawn_words(svg).split())
    if name not in DRAWN:
        return
    png = client.get(f"/chart/{name}.png").data
    assert set(png_texts(png)) >= {"Title", "Source", "Licence", "Address"}
    wide, high, inks = pixels(png)
    assert (wide, high) == (2400, 1350)
    assert inks > 40


def drawn_words(svg: bytes) -> str:
    """Return the texts that an SVG draws, its head's not among them."""
    texts = ET.fromstring(svg).iter("{http://www.w3.org/2000/svg}text")  # noqa: S314 (made by the program)
    return " ".join(" ".join(one.itertext()) for one in texts)


def pixels(png: bytes) -> tuple[int, int, int]:
    """Return width, height and how many different bytes the lines of a PNG hold: a blank one has a few."""
    content, at = b"", 8
    while at < len(png):
        size = int.from_bytes(png[at : at + 4], "big")
        content += png[at + 8 : at + 8 + size] if png[at + 4 : at + 8] == b"IDAT" else b""
        at += size + 12
    return int.from_bytes(png[16:20], "big"), int.from_bytes(png[20:24], "big"), len(set(zlib.decompress(content)))
