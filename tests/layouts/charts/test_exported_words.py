"""What a row explains is said in the language of the view: in the table of the page and in every file."""

from __future__ import annotations

import csv
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import pandas as pd
import pytest

import loaders
from analysis.measures.energy import discount as measure
from analysis.points import POINT
from analysis.selection import Selection
from layouts.charts.registry import CHARTS
from layouts.charts.settlement import words as settlement
from layouts.figure import export
from layouts.words import language
from layouts.words.catalogue import has, part_of_key

if TYPE_CHECKING:
    from analysis.dataset import Dataset

FIGURES: Final = Path(str(loaders.__file__)).parents[1] / "data" / "figures"
# columns that explain; the others hold codes, names, addresses and figures
EXPLAINED: Final = ("reason", "short", "refused", "apart", "doubt", "note", "check", "instead", "break_reason")
EXPLAINED_TOO: Final = ("sentence", "searched", "says", "window", "recomputation", "label", "event")
# views whose rows explain something besides
QUERIES: Final = {"discount": ("", "start=2024", "end=2016"), "price-volume": ("", "prices=constant", "start=2018")}
SCRIPTS: Final = {"zh": "[\u4e00-\u9fff]", "ru": "[\u0400-\u04ff]"}


def explained(dataset: Dataset, name: str, query: str, code: str) -> dict[str, set[str]]:
    """Return the distinct cells of the columns that explain, as the CSV of a view writes them."""
    rows = export.plain(CHARTS[name].table(dataset, Selection.from_query(f"?{query}&lang={code}")))
    columns = [column for column in (*EXPLAINED, *EXPLAINED_TOO) if column in rows]
    return {column: {str(cell) for cell in rows[column].dropna() if str(cell)} for column in columns}


@pytest.mark.parametrize("code", SCRIPTS)
@pytest.mark.parametrize("name", [name for name, chart in CHARTS.items() if chart.page])
def test_no_explanation_is_in_english(name: str, code: str, dataset: Dataset) -> None:
    """A sentence of a Chinese or Russian export is in its script; years and numbers alone are in every language."""
    for query in QUERIES.get(name, ("",)):
        for column, cells in explained(dataset, name, query, code).items():
            english = [cell for cell in cells if re.search("[A-Za-z]{4}", cell) and not re.search(SCRIPTS[code], cell)]
            assert not english, column


def test_the_search_for_english_sees_it(dataset: Dataset) -> None:
    """In English the same columns do hold words: the test above looks where something stands."""
    met = {
        column
        for name in ("discount", "settlement", "coverage", "claims", "price-volume")
        for query in QUERIES.get(name, ("",))
        for column, cells in explained(dataset, name, query, "en").items()
        if any(re.search("[A-Za-z]{4}", cell) for cell in cells)
    }
    assert {"refused", "doubt", "note", "reason", "sentence"} <= met


@pytest.mark.parametrize("file", ["settlement.csv", "settlement_regions.csv"])
def test_every_remark_of_the_tables_has_a_text(file: str) -> None:
    """What the quoted figures remark or doubt is in the catalogue: none is left as the table wrote it."""
    table = pd.read_csv(FIGURES / file, dtype="str")
    written = {str(cell) for column in {"note", "doubt"} & set(table) for cell in table[column].dropna()}
    assert written
    keys = {settlement._REMARK.format(part_of_key(one)) for one in written}
    assert {key for key in keys if not has(key)} == set()


def test_who_stated_a_share_of_what_is_in_the_language_and_the_point_is_the_same(dataset: Dataset) -> None:
    """Wording and speaker of every file are in its script, but for a name of letters; a link lands in each language."""
    tables = {code: CHARTS["settlement"].table(dataset, Selection(lang=code)) for code in ("en", *SCRIPTS)}
    written = pd.read_csv(FIGURES / "settlement.csv", dtype="str")
    assert {*written["what"]} < {*tables["en"]["what"]}
    assert {*written["speaker"]} == {*tables["en"]["speaker"].dropna()}
    for code, script in SCRIPTS.items():
        cells = {*tables[code]["what"], *tables[code]["speaker"].dropna()}
        assert {cell for cell in cells if not re.search(script, cell)} == set()
        assert tables[code]["what"].nunique() == tables["en"]["what"].nunique()
        assert tables[code][POINT].tolist() == tables["en"][POINT].tolist()


@pytest.mark.parametrize("code", SCRIPTS)
def test_the_picture_reads_the_rows_of_its_language(code: str, dataset: Dataset) -> None:
    """Each statement stands in its list under its heading, and the sentence sets the first beside the newest."""
    chart, selection = CHARTS["settlement"], Selection(lang=code)
    rows = chart.table(dataset, selection)
    figure = chart.draw(rows, selection)
    dots = [one for one in figure["data"] if one["mode"] == "markers" and "xaxis" not in one]
    assert len(dots) == rows["speaker"].notna().sum()
    finding, english = (
        chart.words(chart.table(dataset, one), one).finding for one in (selection, Selection(lang="en"))
    )
    shares = [sorted(re.findall(r"[0-9]+(?=\s?%)", sentence)) for sentence in (finding, english)]
    assert shares == [["2", "99"]] * 2
    assert not re.search("Denisov|Novak", finding)


def test_a_remark_without_a_text_stays_as_written() -> None:
    """A figure that a reader adds may remark what nobody translated; an empty cell stays empty."""
    others = {"what": ["a synthetic share", None, None], "speaker": ["Somebody", None, "V. Putin"]}
    remarks = {"note": ["recalled later", "a synthetic remark", None], "doubt": [None, None, "as above"]}
    rows = pd.DataFrame(others | remarks)
    with language.speaking("ru"):
        made = settlement.spoken(rows)
    assert made["note"].tolist()[:2] == ["названо позднее", "a synthetic remark"]
    assert made.isna().equals(rows.isna())
    assert (made["what"].iloc[0], made["speaker"].iloc[0], made["speaker"].iloc[2]) == (
        "a synthetic share",
        "Somebody",
        "В. Путин",
    )
    assert made["doubt"].iloc[2] == "на странице 17 марта без года; год установлен по уровню показателя"


def test_a_doubt_is_read_where_the_pointer_is(dataset: Dataset) -> None:
    """The hover of a doubtful share says the doubt in the language of the view, as its file does."""
    selection = Selection(lang="zh")
    rows = CHARTS["settlement"].table(dataset, selection)
    hovers = " ".join(str(one.get("hovertext")) for one in CHARTS["settlement"].draw(rows, selection)["data"])
    asia = rows[rows["region"].eq("Asia") & rows["doubt"].notna()]
    assert len(asia)
    assert all(doubt in hovers for doubt in asia["doubt"])


@pytest.mark.parametrize(
    ("code", "begins"), [("en", "Russia’s tonnes"), ("zh", "俄罗斯的吨数"), ("ru", "тоннаж из России")]
)
def test_why_there_is_no_gap_is_in_the_file(code: str, begins: str, dataset: Dataset) -> None:
    """The CSV of the discount says why a year has no gap in the words of its note."""
    selection = Selection(lang=code)
    rows = CHARTS["discount"].table(dataset, selection)
    lines: list[dict[str, Any]] = list(csv.DictReader(export.csv_text(rows).splitlines()))
    refused = {line["refused"] for line in lines if line["series"] == measure.ALONE}
    assert len(refused) == 1
    (reason,) = refused
    assert reason.startswith(begins)
    assert reason in CHARTS["discount"].words(rows, selection).note
