"""Numbers spelled out in words, and letters that look alike: what is plain is read, what is not is left alone."""

from __future__ import annotations

from dataclasses import replace

import pytest

from analysis.claims.parser.letters import cleaned
from analysis.claims.parser.number_words import digits
from analysis.claims.parser.parse import parse


@pytest.mark.parametrize(
    ("words", "number", "unit"),
    [
        ("trade was two hundred and forty billion dollars in 2023", "240", "bn_usd"),
        ("in 2023 two hundred forty billion dollars", "240", "bn_usd"),
        ("one and a half trillion yuan in 2023", "1.5", "trn_cny"),
        ("up twenty-six point three per cent in 2023", "26.3", "percent"),
        ("2023年中俄贸易额两千四百亿美元", "240", "bn_usd"),
        ("2023年中俄贸易额两千四百零一亿美元", "240.1", "bn_usd"),
        ("二〇二三年中俄貿易額一點六九萬億元", "1.69", "trn_cny"),
        ("2023年贸易额增长百分之二十六点三", "26.3", "percent"),
        ("2023年贸易额增长两成六", "26", "percent"),
        ("2023年贸易额增长四成半", "45", "percent"),
        ("в 2023 году двести сорок миллиардов долларов", "240", "bn_usd"),
        ("около двухсот сорока миллиардов долларов в 2023 году", "240", "bn_usd"),
        ("тысяча шестьсот девяносто миллиардов юаней в 2023 году", "1690", "bn_cny"),
        ("полтора триллиона юаней в 2023 году", "1.5", "trn_cny"),
        ("два с половиной миллиарда долларов в 2023 году", "2.5", "bn_usd"),
        ("вырос на двадцать шесть процентов в 2023 году", "26", "percent"),
    ],
)
def test_a_number_spelled_out_is_read(words: str, number: str, unit: str) -> None:
    """In three languages, whole and with decimals, the same as in digits."""
    read = parse(words)
    assert (read.number, read.unit, read.missing) == (number, unit, None)


@pytest.mark.parametrize(
    ("words", "in_digits"),
    [
        ("trade rose seven percent in 2023", "trade rose 7 percent in 2023"),
        ("trade in dollars rose by ten per cent in 2023", "trade in dollars rose by 10 per cent in 2023"),
        ("exports fell nearly two % in 2023", "exports fell nearly 2 % in 2023"),
        ("three pct of China's trade in 2023", "3 pct of China's trade in 2023"),
        ("2023年 trade rose eleven percent", "2023年 trade rose 11 percent"),
        ("2023年贸易额增长two percent海关", "2023年贸易额增长2 percent海关"),
    ],
)
def test_per_cent_in_words_are_read_as_in_digits(words: str, in_digits: str) -> None:
    """The number is not named among the words that were passed over, and the money of the words is its own."""
    assert replace(parse(words), words="") == replace(parse(in_digits), words="")


@pytest.mark.parametrize("number", ["2", "two"])
def test_per_cent_points_are_points(number: str) -> None:
    """They are no growth."""
    untold = parse(f"trade rose by {number} percent points in 2023").untold
    assert untold is not None
    assert untold.key == "claims.untold.points"


@pytest.mark.parametrize(
    "words",
    [
        *("two or three percent", "seven to five per cent", "two to three hundred billion"),
        *("hundreds of billions", "several hundred billion", "two or three billion", "twenty to five billion"),
        *(
            "一到两千亿",
            "三到五百亿",
            "几千四百亿",
            "数千亿",
            "上千亿",
            "三四百亿",
            "一千二亿",
            "十几亿",
            "百分之二三十",
        ),
        *(
            "сотни миллиардов",
            "три-два миллиарда",
            "две-двести миллиардов",
            "два или три миллиарда",
            "двадцать тридцать миллиардов",
        ),
    ],
)
def test_what_is_no_plain_number_is_left_alone(words: str) -> None:
    """A range, a rough count, or words that make no number stay as they are, and are not read."""
    assert digits(words) == words
    assert not parse(words).number


@pytest.mark.parametrize(
    ("words", "plain"),
    [
        ("c начала года", "с начала года"),
        ("C начала года", "С начала года"),
        ("Poccии и Kитая", "России и Китая"),
        ("Сhina", "China"),
        ("２０２３年２４０１亿", "2023年2401亿"),
        ("Rus\u00adsia\u200b 5\u00a0%", "Russia 5 %"),
        ("H1 2023, Xi", "H1 2023, Xi"),
    ],
)
def test_letters_are_what_they_look_like(words: str, plain: str) -> None:
    """A letter of the other script among its neighbours is theirs; what is not seen is nothing."""
    assert cleaned(words) == plain
