"""Every number spelled out is read as itself, and months said in any of the languages are the same months."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.claims.parser import month_spans, number_words, numbers, periods
from analysis.claims.parser.parse import parse
from tests.analysis.claims.parser import spelling

if TYPE_CHECKING:
    from collections.abc import Callable

YEARS = st.integers(1995, 2039)


@pytest.mark.parametrize(
    ("spelled", "unit"),
    [(spelling.english, " billion"), (spelling.chinese, "亿元"), (spelling.russian, " миллиардов")],
)
def test_every_number_is_read_as_itself(spelled: Callable[[int], str], unit: str) -> None:
    """From 1 to 9,999, where a scale stands by it."""
    wrong = [n for n in range(1, 10_000) if number_words.digits(f"{spelled(n)}{unit}") != f"{n}{unit}"]
    assert not wrong


@given(st.integers(1, 9_999))
def test_a_number_is_read_alike_in_three_languages(number: int) -> None:
    """As a value in yuan, and as a rate in per cent, without a word that was passed over."""
    values = (
        f"China-Russia trade of {spelling.english(number)} billion yuan in 2023",
        f"2023年中俄贸易额{spelling.chinese(number)}亿元人民币",
        f"товарооборот России и Китая {spelling.russian(number)} миллиардов юаней в 2023 году",
    )
    read = [parse(words) for words in values]
    assert [float(one.number) * one.scale for one in read] == pytest.approx([number * 1e9, number * 1e8, number * 1e9])
    rates = (
        f"trade rose {spelling.english(number)} per cent",
        f"рост товарооборота на {spelling.russian(number)} процентов",
    )
    read += [parse(words) for words in rates]
    assert [one.number for one in read[3:]] == [str(number)] * 2
    assert not any(one.passed for one in read)


@given(YEARS, st.integers(1, 12), st.integers(1, 12))
def test_months_are_the_same_in_three_languages(year: int, one: int, other: int) -> None:
    """Months, halves, quarters, first months and years."""
    first, last = sorted((one, other))
    expected = month_spans.of(year, first, last)
    said = spelling.months_said(year, first, last)
    read = [parse(f"{words} trade rose 5%").span for words in (said[0], said[2])]
    assert [*read, parse(f"{said[1]}贸易额增长5%").span] == [expected] * 3


@given(YEARS, st.integers(1, 12), st.integers(1, 12), YEARS)
def test_a_window_keeps_its_months_in_another_year(year: int, first: int, more: int, other: int) -> None:
    """Moved there and back it is itself, as long as before; only January to December is a year."""
    start, end = month_spans.of(year, first)[0], month_spans.of(year, 1, more)[1]
    if start > end:
        start = f"{year - 1}{start[4:]}"
    moved = month_spans.ending_in((start, end), other)
    assert moved[1][:4] == str(other)
    assert month_spans.ending_in(moved, year) == (start, end)
    assert month_spans.length(moved) == month_spans.length((start, end)) <= 12
    assert month_spans.is_year(moved) == ((first, more) == (1, 12))


@given(st.integers(0, 10**12), st.integers(0, 99))
def test_grouping_changes_no_number(whole: int, hundredths: int) -> None:
    """1,690.50 is 1.690,50 is 1 690,50."""
    english = f"{whole:,}.{hundredths:02d}"
    other = english.translate(str.maketrans(",.", ".,"))
    assert float(numbers.canonical(english)) == float(numbers.canonical(other)) == (100 * whole + hundredths) / 100
    assert numbers.canonical(other.replace(".", " ")) == numbers.canonical(english)


@given(st.lists(st.sampled_from(["in may 2023", "q1 2024", "from 2022", "2023-06", "half", "x"]), max_size=6))
def test_windows_and_the_rest_are_the_whole_text(parts: list[str]) -> None:
    """What is read is blanked out letter by letter, in order and apart."""
    text = " ".join(parts)
    placed, left = periods.windows(text)
    assert len(left) == len(text)
    assert [one.start for one in placed] == sorted(one.start for one in placed)
    assert all(set(left[one.start : one.end]) == {"\0"} for one in placed)
