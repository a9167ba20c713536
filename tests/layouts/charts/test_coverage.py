"""What nobody can know: blocks of one state, reasons on the blanks, the sentence about the silence. Made up here."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd
import pytest

from analysis.measures.partners import coverage as measure
from analysis.selection import Selection
from layouts.charts import coverage
from layouts.charts.registry import CHARTS
from layouts.look.theme import DARK, LIGHT, PRINT, on_page
from layouts.words import language
from layouts.words.catalogue import say
from tests.analysis.kit import dataset, row, year

if TYPE_CHECKING:
    from analysis.dataset import Dataset

NONE = {"reason": None, "short": None, "reason_reference": None, "grain": "month", "source": "gacc"}


def run(lane: str, state: str, start: str, end: str, **over: Any) -> dict[Any, Any]:
    """Return one run of months."""
    first, last = pd.Timestamp(f"{start}-01"), pd.Timestamp(f"{end}-01")
    months = (last.year - first.year) * 12 + last.month - first.month + 1
    days = {"period_start": first, "period_end": last, "months": months, "run_start": first, "run_months": months}
    return {**days, **NONE, "lane": lane, "state": state, "released": pd.NaT, "reference": "", **over}


SILENT = {"short": "no trade by partner", "reason": "Published no more.", "reason_reference": "https://example.org/"}
ROWS = [
    run("gacc", "reported", "2019-01", "2023-12"),
    run("gacc", "provisional", "2024-01", "2024-12"),
    run("fcs", "reported", "2019-01", "2021-12", source="fcs"),
    run("fcs", "discontinued", "2022-01", "2024-12", source=None, **SILENT),
]


def drawn(rows: list[dict[Any, Any]], width: int = 1040, *, dark: bool = False) -> dict[str, Any]:
    """Return the picture of some runs."""
    return coverage.draw(pd.DataFrame(rows), Selection(), on_page(width, dark=dark))


def blocks(figure: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """Return the blocks by the colour or pattern that they are drawn in."""
    return {str(one["marker"].get("pattern", {}).get("shape") or one["marker"]["color"]): one for one in figure["data"]}


@pytest.mark.parametrize("dark", [False, True])
def test_a_block_is_in_the_colour_of_who_reports_and_weaker_where_it_is_weaker(dark: bool) -> None:  # noqa: FBT001
    """China vermillion, Russia blue, merged figures grey; preliminary ones faint with an edge in full."""
    palette = DARK if dark else LIGHT
    reported, weak, blank = drawn(ROWS, dark=dark)["data"]
    assert reported["marker"]["color"] == [palette.china, palette.russia]
    assert weak["marker"]["color"] == [palette.china_faint]
    assert weak["marker"]["line"]["color"] == [palette.china]
    assert blank["marker"]["color"] == "rgba(0,0,0,0)"
    assert blank["marker"]["pattern"]["fgcolor"] == palette.ink3
    assert coverage.colours("baci", palette)[0] == palette.rest


def test_a_block_is_as_long_as_its_months() -> None:
    """By hand: five years from January 2019, the 228th month of the axis, are 60 months."""
    reported = drawn(ROWS)["data"][0]
    assert reported["base"][0] == 228
    assert reported["x"][0] == 60


def test_a_derived_block_is_lower_than_a_reported_one() -> None:
    """What was summed or subtracted is told by its height."""
    one, other = drawn([run("gacc", "reported", "2019-01", "2019-12"), run("fcs", "derived", "2019-01", "2019-12")])[
        "data"
    ]
    assert other["width"] < one["width"]


def test_a_gap_is_hatched_and_never_a_block() -> None:
    """A month that is missing and one that is published no more have two hatchings, and no colour."""
    figure = drawn([*ROWS, run("press", "missing", "2019-01", "2024-12")])
    missing, gone = figure["data"][-2:]
    assert missing["marker"]["pattern"]["size"] > gone["marker"]["pattern"]["size"]


def test_the_reason_stands_on_the_blank_that_is_wide_enough() -> None:
    """A link on the page, plain words in print, nothing where it would stick out."""
    wide = drawn(ROWS)["layout"]["annotations"]
    (said,) = [one["text"] for one in wide if "no trade by partner" in one["text"]]
    assert said.startswith('<a href="https://example.org/"')
    printed = coverage.draw(pd.DataFrame(ROWS), Selection(), PRINT)["layout"]["annotations"]
    assert "no trade by partner" in [one["text"] for one in printed]
    short = [*ROWS[:3], run("fcs", "discontinued", "2024-11", "2024-12", source=None, **SILENT)]
    assert not [one for one in drawn(short)["layout"]["annotations"] if "no trade" in one["text"]]


@pytest.mark.parametrize("width", [288, 390, 768, 1040])
def test_every_line_is_named_at_every_width(width: int) -> None:
    """At the left, on a phone above; lines keep their order from above."""
    figure = drawn([run(lane, "reported", "2019-01", "2020-12") for lane in measure.LANES], width)
    texts = [one["text"].replace("<br>", " ") for one in figure["layout"]["annotations"]]
    for key in ("gacc", "fcs", "baci"):
        assert any(say(coverage._NAME.format(key)).split()[0] in text for text in texts)
    (bars,) = figure["data"]
    assert bars["y"] == sorted(bars["y"])
    assert len(set(bars["y"])) == len(measure.LANES)


def test_the_hover_says_state_fineness_and_why() -> None:
    """A blank has its reason in place of a source, broken into lines; a figure its source and how fine it is."""
    figure, blank = (coverage._hover(one) for one in (ROWS[0], {**ROWS[3], "reason": "Published no more. " * 9}))
    assert "Chinese customs" in figure
    assert "month" in figure
    assert blank.replace("<br>", " ").count("Published no more.") == 9
    assert "<br>" in blank
    assert coverage._hover({**ROWS[0], "grain": None}) != figure


def test_the_silence_is_counted_whole_whatever_part_is_in_view() -> None:
    """Three years from January 2022 are 36 months, also where the view cuts them."""
    sentence, (stated,) = coverage._finding(pd.DataFrame(ROWS))
    assert "36" in sentence
    assert "January 2022" in sentence
    assert (stated.value, stated.start, stated.end) == (36.0, pd.Timestamp("2022-01-01"), pd.Timestamp("2024-12-01"))
    cut = pd.DataFrame(ROWS).assign(months=1)
    assert coverage._finding(cut)[0] == sentence
    assert coverage._finding(pd.DataFrame(ROWS[:2]))[1] == ()


@pytest.fixture(scope="module")
def few() -> Dataset:
    """Return two years of one source."""
    return dataset(*year(2022, flow="export"), row("2023-01", flow="export"))


def test_runs_are_cut_to_the_months_asked_for(few: Dataset) -> None:
    """A run keeps its own length beside the part in view; what lies outside is not there."""
    whole = coverage.rows(few, Selection())
    cut = coverage.rows(few, Selection.from_query("?start=2022-03&end=2022-08"))
    assert cut["period_start"].min() == pd.Timestamp("2022-03-01")
    assert cut["period_end"].max() == pd.Timestamp("2022-08-01")
    assert cut["months"].gt(0).all()
    assert cut["run_months"].max() >= cut["months"].max()
    own = whole[whole["lane"].eq("comtrade") & whole["state"].eq("reported")]
    assert own["months"].sum() == 13


@pytest.mark.parametrize("code", ["zh", "ru"])
def test_why_a_month_is_blank_is_in_the_language(code: str, few: Dataset) -> None:
    """No reason is left a code."""
    with language.speaking(code):
        reasons = CHARTS["coverage"].rows(few, Selection(lang=code))["reason"].dropna()
    assert len(reasons)
    assert not [one for one in reasons if one in {measure.NEWER, measure.ABSENT, measure.PIECE}]
    assert all(not one.isascii() for one in reasons)


def test_the_day_asked_for_is_in_the_subtitle(few: Dataset) -> None:
    """What was known on a day is said to be so; a lone source has its months counted."""
    rows = coverage.rows(few, Selection())
    plain, then = (coverage.words(rows, one) for one in (Selection(), Selection(asof="2023-03-31")))
    assert "31 Mar 2023" in then.subtitle
    assert "31 Mar 2023" not in plain.subtitle
    assert "13 " in plain.note
