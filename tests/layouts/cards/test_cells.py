"""One cell as a reader sees it: codes in words, digits grouped, nothing for what is missing; and the table of rows."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest

from analysis.dataset import Dataset
from analysis.selection import LANGUAGES, Selection
from layouts.cards import headline, rows_table
from layouts.cards.cells import cell_text, code_text
from layouts.charts.registry import CHARTS
from layouts.words.language import speaking
from tests.analysis.kit import dataset, row, year


@pytest.mark.parametrize(
    ("column", "cell", "written"),
    [
        ("value", 1_234_567.8, "1,234,568"),
        ("yoy_pct", -3.456, "−3.46"),
        ("value", None, ""),
        ("value", float("nan"), ""),
        ("released", pd.Timestamp("2024-01-12"), "2024-01-12"),
        ("released", pd.NaT, ""),
        ("differs", True, "yes"),
        ("differs", False, "no"),
        ("months", 12, "12"),
        ("reporter", "CHN", "China"),
        ("partner", "WLD", "World"),
        ("source", "comtrade", "UN Comtrade"),
        ("source", "imf + gacc", "IMF and Chinese customs (GACC)"),
        ("status", "derived", "derived"),
        ("basis", "CHN CIF none now printed", "China’s customs, CIF, as now published, as reported"),
        ("commodity_code", "2709", "2709"),
        ("commodity_code", "PASSENGER_CARS", "passenger cars"),
        ("lacking", "coal pipeline_gas", "coal and pipeline gas"),
        ("series", "crude-china", "crude oil, counted by China"),
        ("verdict", "holds", "Holds"),
        ("refused", "in words already", "in words already"),
        ("what", "something new", "something new"),
    ],
)
def test_a_cell_is_written_for_people(column: str, cell: object, written: str) -> None:
    """Countries, sources, bases and verdicts by their names; what nobody named as it is."""
    assert cell_text(column, cell) == written


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_code_may_say_something_else_in_one_column(lang: str) -> None:
    """``china`` as a count is who counts; a code without a text is its words, a name stays."""
    with speaking(lang):
        assert code_text("china", "count") != code_text("china", "side")
        assert code_text("no_such_code") == "no such code"
        assert code_text("HS 27") == "HS 27"


def _rows(many: int = 3, **over: Any) -> pd.DataFrame:
    months = pd.date_range("2020-01-01", periods=many, freq="MS")
    cells = {"flow": "import", "value": 1e9, "source": "imf", "reference": "x", "method": "m", "empty": None}
    made = pd.DataFrame({"period_start": months, "period_end": months}).assign(**{**cells, **over})
    return made.assign(point=[f"pulse:import.{month:%Y-%m}" for month in months])


def test_the_newest_row_stands_first_and_long_cells_are_left_to_the_file() -> None:
    """References, methods and columns that hold nothing are not shown; the period is one cell."""
    shown = rows_table.texts(_rows())
    assert shown.columns[0] == ["Mar 2020", "Feb 2020", "Jan 2020"]
    assert len(shown.heads) == len(shown.columns) == 4
    assert shown.points[0] == "pulse:import.2020-03"
    assert shown.older == ""


def test_more_rows_than_can_be_read_are_counted() -> None:
    """Six hundred are shown, and the CSV has them all."""
    shown = rows_table.texts(_rows(rows_table.MOST + 5))
    assert len(shown.points) == rows_table.MOST
    assert "5" in shown.older


def test_a_row_without_months_has_a_dash_and_a_table_without_them_no_such_column() -> None:
    """What is listed but not dated, as codes that cannot be measured."""
    undated = _rows(1).assign(period_start=None, period_end=None)
    assert rows_table.texts(undated).columns[0] == ["–"]
    assert len(rows_table.texts(_rows(1).drop(columns=["period_start", "period_end"])).columns) == 3


def test_the_first_cell_opens_the_number() -> None:
    """Each row links to its point under the view; no rows say so."""
    table = str(rows_table.table(CHARTS["pulse"], _rows(2), Selection(flow="import")))
    assert table.count("point=pulse%3Aimport.2020-0") == 2
    assert table.count("flow=import") == 2
    assert "Table(" not in str(rows_table.table(CHARTS["pulse"], _rows(0), Selection()))


DATA = dataset(*year(2022, 1e9, released="2023-01-13"), row("2023-01", source="imf"))


def test_what_a_day_leaves_out_is_counted_and_named() -> None:
    """Rows that were public of all rows; sources of which none was, for want of a day."""
    assert headline.as_known(DATA, Selection()) == []
    said = str(headline.as_known(DATA, Selection(asof="2023-01-31")))
    assert "31 Jan 2023" in said
    assert "12" in said
    assert "13" in said
    assert "IMF" in said


def test_the_newest_month_and_days_are_named_where_they_are_known() -> None:
    """A day by which figures were public is said, and one of no figure is not; nothing is said of an empty store."""
    nothing = Dataset(DATA.trade.iloc[:0], {})
    assert headline.newest(nothing) == ""
    assert headline.newest(Dataset(DATA.trade.assign(known_by=None), {})) == ""
    public = DATA.trade.assign(known_by=pd.Timestamp("2026-03-05"))
    assert "5 Mar 2026" in headline.newest(Dataset(public, {}))
    both = headline.newest(Dataset(public, {}, refreshed="2026-11-27"))
    assert "27 Nov 2026" in both
    assert both.count(" · ") == 1


@pytest.mark.parametrize(
    ("earlier", "unknown", "many"), [(False, False, 0), (True, False, 1), (False, True, 1), (True, True, 1)]
)
def test_an_edition_is_told_once(earlier: bool, unknown: bool, many: int) -> None:  # noqa: FBT001
    """A name that nobody knows comes before an earlier version."""
    notice = headline.edition(DATA, earlier=earlier, unknown=unknown)
    assert len(notice) == many
    assert (str(notice) == str(headline.edition(DATA, earlier=False, unknown=True))) == unknown


def test_freshness_lists_each_source_by_its_newest_month() -> None:
    """The newest first; what a paper merely quotes is no source of its own."""
    listed = headline.freshness(DATA).children
    assert [str(one.children) for one in listed] == ["IMF", "Jan 2023", "UN Comtrade", "Dec 2022"]
    assert headline.freshness(Dataset(DATA.trade.iloc[:0], {})).children == []


@pytest.mark.parametrize(
    ("query", "words"),
    [("?currency=CNY&end=2023", "yuan"), ("?end=2010", "December 2010"), ("?end=2010&asof=2026-01-01", "1 Jan 2026")],
)
def test_what_is_shown_instead_is_said(query: str, words: str) -> None:
    """Another currency, or the newest months, with the day where one was asked for."""
    data = dataset(
        *(
            one
            for flow in ("export", "import", "total")
            for which in (2022, 2023)
            for one in year(which, 1e9, flow=flow, released="2024-01-12")
        )
    )
    selection = Selection.from_query(query)
    trade, instead = headline._nearest(data, selection)
    assert trade is not None
    assert words in instead
    assert headline._nearest(data, Selection(currency="USD"))[1] == ""


def test_no_figure_at_all_says_what_to_do() -> None:
    """A store without months names the command; under a day that nobody had published."""
    nothing = Dataset(DATA.trade.iloc[:0], {})
    today = pd.Timestamp("2026-11-29")
    assert "--refresh" in str(headline.headline(nothing, Selection(), today))
    then = headline.headline(nothing, Selection(asof="2023-01-31"), today)
    assert "31 Jan 2023" in str(then)
    assert "--refresh" not in str(then)
