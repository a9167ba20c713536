"""The day of a text, and what "last year" is on it. Texts made up here."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from analysis.claims.texts.check import check
from analysis.claims.texts.dates import Dated, of_text, settled, with_years, year_of
from analysis.claims.verdicts import OPEN
from tests.analysis.claims.texts.test_bounds import HOSTILE

if TYPE_CHECKING:
    from analysis.dataset import Dataset

JULY = date(2023, 7, 13)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2023-07-13\n\nTrade rose.", JULY),
        ("Headline\nPublished: July 13, 2023 10:20 UTC\nTrade rose.", JULY),
        ("13 июля 2023\n\nТорговля выросла.", JULY),
        ("13 июля 2023 г.\nТорговля выросла.", JULY),
        ("2023年7月13日 10:20 来源:海关\n正文", JULY),
        ("9 мая 2023\nx", date(2023, 5, 9)),
        ("1 марта 2022\nx", date(2022, 3, 1)),
        ("MOSCOW, July 13 (Xinhua) -- Trade rose 5% in the first half of 2023.", JULY),
        ("МОСКВА, 13 июля - АГЕНТСТВО. Торговля в январе-июне 2023 года выросла на 5%.", JULY),
        ("某社北京7月13日电 2023年上半年贸易额增长5%。", JULY),
        ("BEIJING, Jan. 14 (Agency) -- Trade rose 5% in January-November 2023.", date(2024, 1, 14)),
        ("MOSCOW, July 13 (Xinhua) -- Trade rose 5%.", None),
        ("On February 24, 2022 the war began. Trade rose 5%.", None),
        ("Trade rose to $20 bn on July 13, 2023, they said in Beijing.", None),
        ("2023-13-45\nTrade rose.", None),
        ("Trade rose 5% in 2023.", None),
    ],
)
def test_the_day_of_a_text_is_what_its_head_says(text: str, day: date | None) -> None:
    """A line with a day, or a dateline; a day in a sentence is none, nor is a dateline whose year is open."""
    assert of_text(text) == day


def test_the_day_asked_for_stands_in() -> None:
    """Its own day comes first, that of its page before that of its head; the day asked for gives a dateline a year."""
    assert settled("13 июля 2023", "2024-01-31") == Dated(JULY, own=True)
    assert settled("13 июля 2023", None, date(2023, 7, 14)) == Dated(date(2023, 7, 14), own=True)
    assert settled("Trade rose.", "2024-01-31") == Dated(date(2024, 1, 31), own=False)
    assert settled("MOSCOW, July 13 (Xinhua) -- Trade rose.", "2024-01-31") == Dated(JULY, own=True)
    assert settled("Trade rose.") is None


@pytest.mark.parametrize(
    ("words", "on_the_day"),
    [
        ("Trade fell last year.", "Trade fell in 2022."),
        ("in the first half of last year", "in the first half of 2022"),
        ("trade in June this year", "trade in June of 2023"),
        ("Shipments fell last month", "Shipments fell in June 2023"),
        ("今年上半年", "2023年上半年"),
        ("去年中国对俄出口", "2022年中国对俄出口"),
        ("比去年同期增长", "比去年同期增长"),
        ("上年,中俄贸易额", "2022年,中俄贸易额"),
        ("较上年增长", "较上年增长"),
        ("за весь прошлый год", "за 2022 году"),
        ("в прошлом году", "в 2022 году"),
        ("в январе-мае этого года", "в январе-мае 2023 года"),
        ("по сравнению с аналогичным периодом прошлого года", "по сравнению с аналогичным периодом прошлого года"),
        ("positive growth this year", "positive growth this year"),
    ],
)
def test_what_is_relative_gets_its_year(words: str, on_the_day: str) -> None:
    """What is only a base, and a year that is not over, stay as they are."""
    assert with_years(words, JULY) == on_the_day


def test_months_are_the_last_that_had_ended() -> None:
    """June is this year's in July, and last year's in June."""
    assert (year_of((6, 6), JULY), year_of((6, 6), date(2023, 6, 30)), year_of((1, 11), JULY)) == (2023, 2022, 2022)


@pytest.mark.parametrize(
    ("text", "span"),
    [
        ("Trade between China and Russia was $190.3 bn last year.", ("2022-01", "2022-12")),
        ("Trade between China and Russia was $114.5 bn in the first half.", ("2023-01", "2023-06")),
        ("2022年中俄贸易额增长29.3%。上半年中俄贸易额1145.47亿美元。", ("2023-01", "2023-06")),
        ("В прошлом году товарооборот России и Китая составил 190,3 млрд долларов.", ("2022-01", "2022-12")),
    ],
)
def test_a_verdict_needs_the_day(dataset: Dataset, text: str, span: tuple[str, str]) -> None:
    """On the day of the text the figure has its months; without it none that only the day tells."""
    on_the_day = check(dataset, text, dated=Dated(JULY, own=True)).figures[-1]
    assert on_the_day.claim.span == span
    assert on_the_day.verdict.verdict is not OPEN
    assert check(dataset, text).figures[-1].claim.span != span


@pytest.mark.parametrize("part", HOSTILE)
def test_any_head_is_read(part: str) -> None:
    """No head makes looking for a day fail."""
    assert of_text(part * 500) is None


@pytest.mark.parametrize(
    ("words", "months"),
    [
        ("China's exports to Russia rose 5% since the beginning of the year.", ("2024-01", "2024-07")),
        ("Экспорт Китая в Россию с начала года вырос на 5%.", ("2024-01", "2024-07")),
        ("今年以来,中国对俄出口增长5%。", ("2024-01", "2024-07")),
        ("Trade between Russia and China grew 26.3% the year before last.", ("2022-01", "2022-12")),
        ("Chinese exports to Russia rose 5% in July, after a 4% rise the previous month.", ("2024-07", "2024-07")),
    ],
)
def test_what_the_day_makes_of_a_year_so_far(dataset: Dataset, words: str, months: tuple[str, str]) -> None:
    """From January to the last month that was printed by the day of the text."""
    figures = check(dataset, words, dated=Dated(date(2024, 8, 9), own=True)).figures
    assert figures[0].claim.span == months


def test_the_month_before_is_counted_from_that_of_the_sentence(dataset: Dataset) -> None:
    """A comparison with the previous month has the month before."""
    words = "Chinese exports to Russia rose 5% in January, compared with a 4% rise the previous month."
    figures = check(dataset, words, dated=Dated(date(2019, 2, 20), own=True)).figures
    assert [one.claim.span for one in figures] == [("2019-01", "2019-01"), ("2018-12", "2018-12")]


@pytest.mark.parametrize(
    ("words", "months"),
    [
        ("China-Russia trade was $240bn last year, while in the first half it rose 1.8%.", ("2024-01", "2024-06")),
        ("去年中俄贸易额2401亿美元,今年上半年增长1.8%。", ("2024-01", "2024-06")),
        ("В прошлом году товарооборот России и Китая составил 240,1 млрд долларов, а в мае вырос на 1,8%.", None),
        ("China-Russia trade grew 2.9% over the last year from 2023.", None),
        ("Товарооборот России и Китая c начала года вырос на 1,6%.", ("2024-01", "2024-07")),
        ("Trade between China and Rus\u00adsia rose 1.6% last December.", ("2023-12", "2023-12")),
        ("上月，中俄贸易额增长１.６％。", ("2024-07", "2024-07")),
    ],
)
def test_months_are_of_the_year_that_the_day_gives(
    dataset: Dataset, words: str, months: tuple[str, str] | None
) -> None:
    """A year of another thought gives months none; where two are possible there is no verdict."""
    last = check(dataset, words, dated=Dated(date(2024, 8, 9), own=True)).figures[-1]
    assert last.claim.span == months
    assert (last.verdict.verdict is OPEN) == (months is None)
