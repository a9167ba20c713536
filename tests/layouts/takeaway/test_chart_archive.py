"""What a reader takes along of one view: names of files, texts in pictures, the README and the zip. Made up here."""

from __future__ import annotations

import csv
import io
import json
import struct
import zipfile
import zlib
from functools import cached_property
from typing import TYPE_CHECKING

import pandas as pd
import pytest

from analysis.selection import Selection
from layouts.cards import cite_panel
from layouts.charts.registry import CHARTS
from layouts.figure.chart import Chart, Words
from layouts.figure.frame import blank, framed
from layouts.look.theme import PRINT, Look
from layouts.takeaway import chart_archive, citations, data_package, taken_chart
from layouts.takeaway.picture_texts import png_texts
from layouts.takeaway.taken_chart import TakenChart
from layouts.words.language import speaking

if TYPE_CHECKING:
    from analysis.dataset import Dataset
    from layouts.drawing.canvas import Canvas

MONTHS = pd.to_datetime(["2023-01-01", "2023-02-01"])
ROWS = pd.DataFrame({"period_start": MONTHS, "period_end": MONTHS, "value": [1.5e9, None], "source": "baci"}).assign(
    released=pd.Timestamp("2025-01-31"), reference="a synthetic row", point=["p:1", "p:2"]
)


def _chunk(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))


PNG = b"\x89PNG\r\n\x1a\n" + b"".join(
    _chunk(kind, content)
    for kind, content in ((b"IHDR", b"\0" * 13), (b"pHYs", b"\0" * 9), (b"IDAT", zlib.compress(b"")), (b"IEND", b""))
)


def rows(dataset: Dataset, selection: Selection) -> pd.DataFrame:
    """Return two synthetic months."""
    del dataset, selection
    return ROWS


def words(rows: pd.DataFrame, selection: Selection) -> Words:
    """Return words of a test."""
    del rows, selection
    return Words('Up <3% & "more"', "by month", "Source: CEPII BACI.", "US$ bn", "A note.")


def draw(rows: pd.DataFrame, selection: Selection, look: Look = PRINT) -> Canvas:
    """Draw the values, nothing where there are none."""
    figure = blank(look, words(rows, selection))
    if rows["value"].notna().any():
        figure.add_scatter(x=[0, 1], y=rows["value"])
    return framed(figure)


CHART = Chart("pulse", rows, words, draw)


class Taken(TakenChart):
    """A view whose pictures are drawn by nobody."""

    @cached_property
    def _pictures(self) -> dict[str, bytes]:
        return {"png": PNG, "svg": b'<svg width="1"></svg>'}


VIEW = Selection.from_query("?start=2023&currency=USD&flow=import&point=p:1")
ROOT = "https://example.org/"
TAKEN = Taken(CHART, ROWS, VIEW, root=ROOT, version="0123456789ab", newest="2025-01-31", shape="paper")


@pytest.mark.parametrize(
    ("query", "form", "version", "shape", "name"),
    [
        ("", "csv", "", "wide", "cn-ru_pulse.csv"),
        ("?lang=zh&asof=2023-03-31", "png", "", "wide", "cn-ru_pulse_zh_as-of-2023-03-31.png"),
        ("?start=2019&end=2020-06", "json", "", "square", "cn-ru_pulse_2019-01_2020-06.json"),
        ("?flow=import&currency=USD", "svg", "abc", "paper", "cn-ru_pulse_USD_import_v-abc_paper.svg"),
        ("", "zip", "", "square", "cn-ru_pulse_square.zip"),
    ],
)
def test_a_file_is_named_by_its_view(query: str, form: str, version: str, shape: str, name: str) -> None:
    """Chart, months, currency, flow, language, day, version; a shape only where a picture is inside."""
    assert taken_chart.file_name(CHART, Selection.from_query(query), form, version, shape) == name
    assert name.isascii()


def test_the_address_is_of_the_version_and_opens_no_panel() -> None:
    """Whoever follows it later sees the same figures, and not a point that somebody had open."""
    assert TAKEN.page == f"{ROOT}?start=2023-01&flow=import&currency=USD&v=0123456789ab#pulse"
    assert Taken(CHART, ROWS, Selection()).page == "#pulse"


def test_a_picture_says_whose_it_is() -> None:
    """Title, description, source, licence, version and address stand inside the PNG and the SVG."""
    texts = png_texts(chart_archive.picture(TAKEN, "png"))
    assert texts["Title"] == 'Up <3% & "more"'
    assert texts["Description"] == "by month A note."
    assert texts["Source"] == "Source: CEPII BACI."
    assert texts["Version"] == "0123456789ab"
    assert texts["Address"] == TAKEN.page
    assert texts["Licence"]
    drawn = chart_archive.picture(TAKEN, "svg").decode()
    assert '<title>Up &lt;3% &amp; "more"</title>' in drawn
    assert drawn.count(TAKEN.page.replace("&", "&amp;")) == 1


def test_a_picture_for_paper_says_how_large_it_is() -> None:
    """300 dots an inch are 11,811 a metre, in place of what was there; other shapes keep theirs."""
    paper = chart_archive.picture(TAKEN, "png")
    assert paper.count(b"pHYs") == 1
    at = paper.index(b"pHYs") + 4
    assert struct.unpack(">IIB", paper[at : at + 9]) == (11811, 11811, 1)
    wide = chart_archive.picture(Taken(CHART, ROWS, VIEW), "png")
    at = wide.index(b"pHYs") + 4
    assert wide[at : at + 9] == b"\0" * 9


def test_the_archive_holds_all_of_a_view_and_says_what_each_file_is() -> None:
    """Both pictures, rows, metadata, citations, the package and a README; twice made it is the same to the byte."""
    whole = chart_archive.archive(TAKEN)
    assert whole == chart_archive.archive(TAKEN)
    with zipfile.ZipFile(io.BytesIO(whole)) as files:
        names = files.namelist()
        readme = files.read("README.txt").decode()
        table = list(csv.DictReader(io.StringIO(files.read(TAKEN.name("csv")).decode())))
        package = json.loads(files.read(data_package.NAME))
    forms = {name.partition(".")[2] for name in names if name.startswith("cn-ru_pulse")}
    assert forms == {"png", "svg", "csv", "json", "metadata.json", "bib", "ris"}
    assert [line["value"] for line in table] == ["1500000000.0", ""], "a missing month is empty, never nought"
    assert all(f"- {name}: " in readme for name in names if name != "README.txt")
    assert TAKEN.page in readme
    assert 'Up <3% & "more"' in readme
    assert "BACI" in readme
    assert package["resources"][0]["path"] == TAKEN.name("csv")


@pytest.mark.parametrize("code", ["zh", "ru"])
def test_the_readme_is_in_the_language_of_the_view(code: str) -> None:
    """Its headings are in the language; names of files stay."""
    with speaking(code):
        lines = chart_archive.readme(TAKEN, [TAKEN.name("csv"), data_package.NAME]).splitlines()
    heads = [line for line in lines if line.startswith("- cn-ru_pulse")]
    assert heads
    assert not heads[0].partition(": ")[2].isascii()


def test_forms_are_those_that_were_asked_for() -> None:
    """Each form is its own: rows, JSON, metadata, citations."""
    assert chart_archive.text(TAKEN, "csv").startswith(b"period_start,period_end,value")
    assert json.loads(chart_archive.text(TAKEN, "json"))["chart"] == "pulse"
    assert chart_archive.text(TAKEN, "bib").startswith(b"@misc{")
    assert chart_archive.text(TAKEN, "ris").startswith(b"TY  - DATA")
    told = json.loads(chart_archive.text(TAKEN, "metadata.json"))
    assert told["newest_release"] == "2025-01-31"
    assert told["rows"] == 2
    assert [one["name"] for one in told["columns"]] == list(ROWS.columns)
    assert [one["name"] for one in told["sources"]] == ["baci"]


def test_a_version_of_then_expects_no_release() -> None:
    """Of the newest figures the next release is told, null where none is announced; of an earlier version nothing."""
    now = taken_chart.metadata(TAKEN)["sources"][0]
    then = taken_chart.metadata(Taken(CHART, ROWS, Selection(v="0123456789ab")))["sources"][0]
    assert "next_release_expected" in now
    assert "next_release_expected" not in then


def test_rows_without_a_release_say_so() -> None:
    """Nobody dated them: the metadata hold null, and no year is cited."""
    undated = Taken(CHART, ROWS.drop(columns="released"), Selection())
    assert taken_chart.metadata(undated)["newest_release"] is None
    assert "PY  - " not in citations.ris(undated)


def test_a_view_of_nothing_fills_no_picture() -> None:
    """Without rows, and with rows that draw nothing."""
    assert chart_archive.shows(TAKEN)
    assert not chart_archive.shows(Taken(CHART, ROWS.iloc[:0], VIEW))
    assert not chart_archive.shows(Taken(CHART, ROWS.assign(value=float("nan")), VIEW))


def test_the_panel_to_cite_has_addresses_of_the_view() -> None:
    """Each program reads the CSV of the view seen; the frame shows the chart alone; live rows are said to move."""
    blocks = str(cite_panel.panel(TAKEN))
    rows_at = f"{ROOT}chart/pulse.csv{VIEW.to_query()}"
    assert blocks.count(rows_at) == len(cite_panel._READERS)
    assert "only=pulse" in cite_panel._frame(TAKEN)
    assert "&amp;only=pulse" in cite_panel._frame(TAKEN)
    assert "?only=pulse" in cite_panel._frame(Taken(CHART, ROWS, Selection(), root=ROOT))
    assert cite_panel._moves(TAKEN)
    assert not cite_panel._moves(Taken(CHART, ROWS, Selection(v="0123456789ab"), version="0123456789ab"))
    assert not cite_panel._moves(Taken(CHART, ROWS, Selection()))


def test_the_title_of_a_frame_is_no_markup() -> None:
    """A chart's name stands in an attribute of the frame."""
    assert f'title="{CHARTS["pulse"].title}"' in cite_panel._frame(TAKEN)
