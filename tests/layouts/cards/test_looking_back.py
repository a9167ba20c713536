"""A newspaper that quotes a figure months after its release is never called the first print."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pandas as pd
import pytest

from analysis.claims import reader_claim
from analysis.claims.figures import levels
from analysis.recomputations.figures import Kind
from layouts.cards import number_words
from layouts.charts.claims import labels, wording
from layouts.words.catalogue import say
from layouts.words.language import speaking
from loaders.core.source_records import SourceRole, serving

if TYPE_CHECKING:
    from analysis.dataset import Dataset

YEAR = ("2023-01", "2023-12")  # what newspapers print in full is quoted in March 2024


@pytest.mark.parametrize("lang", ["en", "zh", "ru"])
def test_a_verdict_says_that_a_figure_is_quoted_looking_back(dataset: Dataset, lang: str) -> None:
    """The full figure of 2023 at hand was printed in March 2024, two months after customs' release."""
    one = next(one for one in levels.levels(dataset, "total", YEAR) if one.kind is Kind.FIRST)
    assert one.vintage == "2024-03-07"
    with speaking(lang):
        named = (labels.label(one), labels.how(one))
        verdict = wording.sentence(reader_claim.judge(dataset, "Trade with Russia was $240.11 bn in 2023"))
        for words in (*named, verdict):
            assert say("claims.from.recalled") in words
            assert say("claims.from.first") not in words


def test_a_print_of_the_day_is_the_first(dataset: Dataset) -> None:
    """A print of the release itself is named as before."""
    one = next(one for one in levels.levels(dataset, "total", ("2023-01", "2023-06")) if one.kind is Kind.FIRST)
    assert one.vintage == "2023-07-13"
    assert labels.label(one) == say("claims.from.first")


def test_no_first_print_is_of_weeks_later(dataset: Dataset) -> None:
    """Whatever is called a first print has a day, no more than a month after its window."""
    for span in [(f"{year}-01", f"{year}-12") for year in range(2000, 2026)]:
        for one in levels.levels(dataset, "total", span):
            if labels.label(one) == say("claims.from.first"):
                assert re.fullmatch("[0-9-]{10}", one.vintage)
                assert pd.Timestamp(one.vintage) - pd.Timestamp(span[1]) < pd.Timedelta(days=62)


@pytest.mark.parametrize("lang", ["en", "zh", "ru"])
def test_rows_behind_a_point_say_it_too(lang: str) -> None:
    """Panel, table of rows and citation tell the day of a newspaper that looks back from a release. Made up here."""
    source = next(iter(serving(SourceRole.PAPERS)))
    row = {
        "source": source,
        "period_end": pd.Timestamp(2023, 12, 1),
        "released": pd.Timestamp(2024, 3, 7),
        "reference": "https://example.org",
    }
    early = {**row, "released": pd.Timestamp(2024, 1, 12)}
    with speaking(lang):
        late_words = [number_words.dated(row), *(say_of(pd.DataFrame([row])))]
        early_words = [number_words.dated(early), *(say_of(pd.DataFrame([early])))]
        assert late_words[0] == say("cards.dated.recalled", day="2024-03-07")
        assert early_words[0] == "2024-01-12"
        assert all(late != early for late, early in zip(late_words, early_words, strict=True))


def say_of(rows: pd.DataFrame) -> tuple[str, str]:
    """Return what panel and citation say of rows."""
    return number_words.released(rows), number_words.cited_release(rows)
