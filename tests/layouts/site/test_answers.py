"""Answers of a copy, of a chart made up here: what two views share is kept once, cells are those of CSV and JSON."""

from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING, Any

import pandas as pd
import pytest

from analysis.dataset import Dataset
from analysis.selection import Selection
from layouts.charts.registry import CHARTS
from layouts.figure.chart import Chart, Words
from layouts.figure.frame import blank, framed
from layouts.look.theme import PRINT, Look
from layouts.site.answers import WIDTHS, Answers, ChartAnswers
from loaders.core import schema

if TYPE_CHECKING:
    from layouts.drawing.canvas import Canvas

VIEWS = [Selection(), Selection(flow="import"), Selection(currency="USD")]


def rows(dataset: Dataset, selection: Selection) -> pd.DataFrame:
    """Return three months; of imports two others. Synthetic."""
    del dataset
    months = pd.to_datetime(["2023-01-01", "2023-02-01", "2023-03-01"])[: 2 if selection.flow else 3]
    cells = {
        "flow": selection.flow or "export",
        "value": [1.5, None, 3.0][: len(months)],
        "differs": [True, None, False][: len(months)],
    }
    made = pd.DataFrame({"period_start": months, "period_end": months, **cells})
    return made.assign(basis="CHN FOB none now printed", source="imf")


def words(rows: pd.DataFrame, selection: Selection) -> Words:
    """Return words that count the rows."""
    return Words(f"{len(rows)} months", str(selection.currency), "Source: a test.", "%")


def draw(rows: pd.DataFrame, selection: Selection, look: Look = PRINT) -> Canvas:
    """Draw the values as a line."""
    figure = blank(look, words(rows, selection))
    figure.add_scatter(x=list(range(len(rows))), y=rows["value"], mode="lines")
    return framed(figure)


CHART = Chart("pulse", rows, words, draw, marks=("flow",), reads=("flow", "currency"))


@pytest.fixture(scope="module")
def answers() -> Answers:
    """Return the answers to three views."""
    return ChartAnswers(Dataset(schema.empty(), {}), CHART, None).to(VIEWS)


def lines(answers: Answers, key: str) -> tuple[tuple[str, ...], list[list[str]]]:
    """Return the CSV of a view as the browser puts it together."""
    own = answers["rows"][answers["views"][key]["rows"]]
    table = answers["written"][own["written"]]
    return table["columns"], [[column[line] or "" for column in table["cells"]] for line in own["lines"]]


def test_two_views_with_the_same_rows_keep_them_once(answers: Answers) -> None:
    """The currency changes the subtitle alone: one table, two pictures; imports have rows of their own."""
    places = {key: (one["rows"], one["picture"]) for key, one in answers["views"].items()}
    assert places == {"": (0, 0), "flow=import": (1, 1), "currency=USD": (0, 2)}
    assert len(answers["rows"]) == 2
    assert len(answers["pictures"]) == 3


@pytest.mark.parametrize("view", VIEWS)
def test_the_file_of_the_browser_is_that_of_the_server(view: Selection, answers: Answers) -> None:
    """Each cell stands as the CSV writes it; an empty one stays empty, never a nought."""
    from layouts.figure import export  # noqa: PLC0415 (the other side of the comparison)

    heads, made = lines(answers, view.to_query().removeprefix("?"))
    head, *told = csv.reader(io.StringIO(export.csv_text(CHART.table(Dataset(schema.empty(), {}), view))))
    assert list(heads) == head
    assert made == told


def test_json_knows_which_cells_are_bare(answers: Answers) -> None:
    """Numbers, and true and false, are written bare; months and words as text."""
    own = answers["written"][answers["rows"][0]["written"]]
    kinds = dict(zip(own["columns"], own["kinds"], strict=True))
    assert kinds["value"] == kinds["differs"] == "n"
    assert kinds["flow"] == kinds["period_start"] == "s"


def test_a_picture_has_all_widths_and_its_words(answers: Answers) -> None:
    """Printed and in the widths of the copy; the text alternative says finding and subtitle."""
    first = answers["pictures"][0]
    assert set(first) == {"words", "print", *map(str, WIDTHS)}
    assert first["words"] == "3 months. None"
    assert [first[str(width)]["layout"]["width"] for width in WIDTHS] == list(WIDTHS)


def test_cards_have_a_printed_picture_alone() -> None:
    """The claims are cards on the page."""
    made = ChartAnswers(Dataset(schema.empty(), {}), CHARTS["claims"], "zh").to([Selection()])
    assert set(made["pictures"][0]) == {"words", "print"}


def test_head_and_file_follow_the_language() -> None:
    """The head of the JSON and the name of a file are those of the server for the language."""
    made = ChartAnswers(Dataset(schema.empty(), {}), CHART, "ru").to([Selection(flow="import")])
    view: dict[str, Any] = made["views"]["flow=import"]
    assert view["file"] == "cn-ru_pulse_import_ru"
    assert json.loads(view["head"])["query"] == "?flow=import&lang=ru"
