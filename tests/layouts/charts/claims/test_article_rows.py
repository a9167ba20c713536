"""A text checked, as rows: each figure with its number, months, verdict and the figure at hand; others counted."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from analysis.claims.texts.check import Checked, check
from analysis.claims.texts.dates import settled
from analysis.claims.verdicts import Outcome
from layouts.charts.claims import article_rows
from layouts.words.language import speaking

if TYPE_CHECKING:
    from analysis.dataset import Dataset

TEXT = (
    "China-Russia trade rose 40.6% in the first half of 2023. Imports grew 19.4%. "
    "Exports doubled in 2023. In 2023 Mars was 3% red."
)


@pytest.fixture(scope="module")
def checked(dataset: Dataset) -> Checked:
    """Return the text checked as of a day."""
    return check(dataset, TEXT, 40, settled(TEXT, "2024-02-01"))


def test_a_row_has_every_column_and_the_number_as_typed(checked: Checked) -> None:
    """Digits as they stand in the sentence, months, flow and side as codes, the verdict by its code and in words."""
    first, second, third = article_rows.rows(checked)
    assert list(first) == list(article_rows.COLUMNS)
    assert (first["article"], first["article_unit"], first["flow"], first["reporter"]) == (
        "40.6",
        "percent",
        "total",
        "CHN",
    )
    assert (first["period_start"], first["period_end"]) == ("2023-01", "2023-06")
    assert (first["carried"], second["carried"], third["carried"]) == (False, True, False)
    assert first["verdict"] in {one.value for one in Outcome}
    assert "40.6%" in str(first["sentence"])
    assert [one["sentence_number"] for one in (first, second, third)] == [1, 2, 3]
    assert first["codes"] == "TOTAL"
    assert first["source"] == "comtrade"


@pytest.mark.parametrize(("code", "months"), [("en", "Jan–Jun 2023"), ("zh", "2023年1—6月"), ("ru", "янв.–июнь 2023")])
def test_what_a_figure_is_of_is_in_the_language(code: str, months: str, checked: Checked) -> None:
    """Months, trade, verdict with its shape, the figure at hand: none is left in English."""
    with speaking(code):
        own, carried, doubled = checked.figures
        assert article_rows.months(own) == months
        assert article_rows.months(carried).startswith(months)
        assert article_rows.months(carried) != months
        said = [article_rows.what(own), article_rows.verdict(own), article_rows.source(own)]
        assert months in said[0]
        assert code == "en" or not any(one.isascii() for one in said)
        assert article_rows.figure(own)[:2] == "40"
        assert "100" in article_rows.figure(doubled)


def test_what_is_not_known_says_so(checked: Checked) -> None:
    """Without months there is no figure at hand; months without a year are named, a sentence without any as well."""
    own = checked.figures[0]
    bare = own._replace(claim=replace(own.claim, span=None, months=None))
    half = own._replace(claim=replace(own.claim, span=None, months=(1, 6)))
    assert article_rows.at_hand(own) is not None
    assert article_rows.at_hand(bare) is None
    assert article_rows.source(bare) != article_rows.source(own)
    assert "Jan–Jun" in article_rows.months(half)
    assert "2023" not in article_rows.months(half)
    assert article_rows.months(bare) != article_rows.months(half)
    (row,) = article_rows.rows(Checked([bare]))
    assert row["recomputed"] is None
    assert row["period_start"] is None


def test_figures_are_counted_by_what_they_came_to(checked: Checked) -> None:
    """Sentences, verdicts, numbers left alone, what was not read, and the day that "last year" was read on."""
    said = article_rows.counted(checked)
    assert said.startswith("3 figures")
    assert "4 sentences" in said
    assert "1 Feb 2024" in said
    more = article_rows.counted(Checked(checked.figures, 4, 7, 2))
    assert "7 other numbers" in more
    assert "2" in more
    assert "Feb 2024" not in more
    nothing = article_rows.counted(Checked([], 1))
    assert "1 sentence" in nothing
    assert "3 figures" not in nothing
