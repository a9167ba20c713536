"""Rows as text: months and days as they are, gaps empty, strict JSON; and which forms would hold nothing. Made up."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.selection import Selection
from layouts.figure import as_known, export
from layouts.figure.chart import Chart, Choice, Words, any_rows, ids
from layouts.figure.frame import blank, framed
from layouts.look.theme import PRINT, Look, on_page
from layouts.words.language import current, speaking

if TYPE_CHECKING:
    from analysis.dataset import Dataset
    from layouts.drawing.canvas import Canvas


def rows(dataset: Dataset | None = None, selection: Selection | None = None) -> pd.DataFrame:
    """Return two months, the second without a figure."""
    del dataset, selection
    months = pd.to_datetime(["2023-01-01", "2023-02-01"])
    made = pd.DataFrame({"period_start": months, "period_end": months, "value": [1.5, None]})
    return made.assign(
        released=pd.to_datetime(["2024-01-12", ""]), source=pd.Categorical(["imf", "imf"]), provisional=[True, False]
    )


def words(rows: pd.DataFrame, selection: Selection) -> Words:
    """Return words in the language that is spoken."""
    del rows, selection
    return Words(f"Up, {current()}", "by month", "Source: IMF.", "%")


def draw(rows: pd.DataFrame, selection: Selection, look: Look = PRINT) -> Canvas:
    """Draw what there is."""
    figure = blank(look, words(rows, selection))
    if rows["value"].notna().any():
        figure.add_scatter(x=[0, 1], y=rows["value"])
    return framed(figure)


CHART = Chart("pulse", rows, words, draw)


def test_csv_has_plain_numbers_and_empty_gaps() -> None:
    """Months YYYY-MM, days YYYY-MM-DD, true and false, nothing for what is missing."""
    assert export.csv_text(rows()) == (
        "period_start,period_end,value,released,source,provisional\n"
        "2023-01,2023-01,1.5,2024-01-12,imf,True\n"
        "2023-02,2023-02,,,imf,False\n"
    )


def test_a_moment_keeps_its_time_and_a_day_has_none() -> None:
    """Only what was dated to the second is written so."""
    moments = pd.DataFrame({"released": pd.to_datetime(["2024-01-12T10:30:00", "2024-01-12", ""], format="ISO8601")})
    assert export.plain(moments)["released"].fillna("").tolist() == ["2024-01-12T10:30:00", "2024-01-12", ""]
    assert export.timed(moments["released"]).tolist() == [True, False, False]


@given(st.lists(st.floats(allow_infinity=False) | st.none(), min_size=1, max_size=9))
def test_json_is_strict_and_says_null_for_a_gap(values: list[float | None]) -> None:
    """No NaN of Python's own; each number comes back as it was."""
    table = pd.DataFrame({"value": pd.Series(values, dtype="float64")})

    def refuse(word: str) -> None:
        raise AssertionError(word)

    told = json.loads(export.json_text(CHART, table, Selection()), parse_constant=refuse)
    expected = [None if value is None or value != value else value for value in values]  # noqa: PLR0124 (not a number)
    assert [row["value"] for row in told["rows"]] == expected


def test_the_head_of_json_is_in_the_language_of_the_view() -> None:
    """Title and sources are written in it, the query names it."""
    told = export.json_head(CHART, rows(), Selection(lang="ru"))
    assert told["title"] == "Up, ru"
    assert told["query"] == "?lang=ru"
    assert told["sources"][0]["name"] == "imf"
    assert not told["sources"][0]["title"].isascii()
    assert current() == "en"


FORMS = ("png", "svg", "csv", "json", "zip", "html")


def test_forms_that_would_hold_nothing() -> None:
    """Without rows all; with rows that draw nothing the pictures; a picture drawn already is not drawn again."""
    bare = rows().assign(value=float("nan"))
    assert export.empty_forms(CHART, rows(), Selection(), FORMS) == []
    assert export.empty_forms(CHART, rows().iloc[:0], Selection(), FORMS) == list(FORMS)
    assert export.empty_forms(CHART, bare, Selection(), FORMS) == ["png", "svg", "zip", "html"]
    assert export.empty_forms(CHART, bare, Selection(), ["csv"]) == []
    drawn = draw(rows(), Selection())
    assert export.empty_forms(CHART, bare, Selection(), FORMS, drawn) == []


def test_a_page_of_html_has_the_picture_inside() -> None:
    """The figure stands in the page, without the toolbar of plotly."""
    page = export.text_of(CHART, rows(), Selection(), "html")
    assert "<html>" in page
    assert "Up, en" in page
    assert '"displayModeBar": false' in page


@pytest.mark.parametrize(
    ("query", "stamp"),
    [("", ""), ("?asof=2023-03-31", "31 Mar 2023"), ("?v=0123456789ab", "0123456789ab"), ("?v=<b>", "‹b›")],
)
def test_a_printed_picture_bears_its_day_or_version(query: str, stamp: str) -> None:
    """Under the project's name; a view of now and the page bear none; a typed version is no markup."""
    selection = Selection.from_query(query)
    marks = [one["text"] for one in export.drawn(CHART, rows(), selection)["layout"]["annotations"]]
    own = [one for one in marks if one.startswith(as_known.mark())]
    assert len(own) == 1
    assert ("<br>" in own[0]) == bool(stamp)
    assert stamp in own[0]
    page = export.drawn(CHART, rows(), selection, on_page(1040))["layout"]["annotations"]
    assert not [one for one in page if stamp and stamp in one["text"]]


def test_words_under_a_day_say_why_so_little_is_shown() -> None:
    """Without a day they are as they were."""
    assert as_known.otherwise(Selection(), "by month") == "by month"
    assert as_known.day(Selection()) == ""
    said = as_known.otherwise(Selection(asof="2023-03-31"), "by month")
    assert said.endswith("by month")
    assert "31 Mar 2023" in said


def test_a_chart_speaks_the_language_it_is_asked_in_and_no_other_after() -> None:
    """Rows, words and pictures in the language of the selection, whatever is spoken around them."""
    with speaking("zh"):
        assert CHART.words(rows(), Selection(lang="ru")).finding == "Up, ru"
        assert CHART.words(rows(), Selection()).finding == "Up, en"
        assert current() == "zh"


def test_a_control_without_options_is_empty_by_default() -> None:
    """With options the first is shown."""
    assert Choice("find").default == ""
    assert Choice("step", ("sum12", "month")).default == "sum12"


def test_points_are_named_where_rows_have_names() -> None:
    """A trace of rows without names has no ids; whether a picture is filled is whether there is a row."""
    assert ids(rows()) is None
    assert ids(rows().assign(point=["a", "b"])) == ["a", "b"]
    assert any_rows(rows(), Selection())
    assert not any_rows(rows().iloc[:0], Selection())


def test_a_caveat_is_said_where_the_catalogue_has_one() -> None:
    """A chart whose data say all has none."""
    silent = Chart("table", rows, words, draw)
    assert silent.caveat == ""
    assert Chart("energy", rows, words, draw).caveat
