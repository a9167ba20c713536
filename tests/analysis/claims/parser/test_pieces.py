"""The parser's pieces, a worked example each: translation, vocabulary, goods, months, what stands in the way."""

from __future__ import annotations

import pytest

from analysis.claims.parser import goods, periods, translation, vocabulary
from analysis.claims.parser.number_words import every
from analysis.claims.parser.parse import parse, plain


def test_what_was_put_into_english_is_kept_in_the_readers_words() -> None:
    """What a rule put in place leads back to the words that stood there, with their numbers."""
    english = translation.read(plain("2023年中国对俄罗斯出口1109.7亿美元"))
    assert english.text == "2023 china's exports to russia 110.97 bn dollars"
    assert english.original("110.97 bn dollars") == "1109.7亿美元"
    assert english.original("china's exports to russia") == "中国对俄罗斯出口"
    assert english.original("110.97") == "110.97"


def test_an_earlier_rule_leaves_what_a_later_one_reads() -> None:
    """Each Russian form of the same words is the same English."""
    read = {translation.read(f"{words} из китая").text for words in ("импорт", "импорта", "импортом")}
    assert read == {"imports from china"}


@pytest.mark.parametrize(
    ("words", "flow"),
    [
        ("china's exports to russia", ("export", "CHN")),
        ("russia's exports to china", ("export", "RUS")),
        ("exports and imports", ("total", "CHN")),
        ("russia bought from china", ("import", "RUS")),
        ("russia's trade deficit with china", ("balance", "RUS")),
        ("nothing of the kind", ("total", "CHN")),
    ],
)
def test_flows_have_a_side(words: str, flow: tuple[str, str]) -> None:
    """The first pattern that fits says both."""
    assert vocabulary.flow(words) == flow


@pytest.mark.parametrize(
    ("words", "why"),
    [
        ("soldiers at the border", "arms"),
        ("trade was settled in yuan", "payment"),
        ("up on a monthly basis", "previous_month"),
        ("heilongjiang province", "part"),
        ("china's exports", ""),
    ],
)
def test_what_customs_cannot_tell_says_why(words: str, why: str) -> None:
    """The key of the first reason, or nothing."""
    assert vocabulary.untold(words) == (f"claims.untold.{why}" if why else "")


@pytest.mark.parametrize(
    ("words", "read"),
    [
        ("crude and coal", ("2709", "2701", "2702", "2703", "2704")),
        ("oil products", ("2710",)),
        ("hs 870323 cars", ("870323",)),
        ("trucks", ("8704",)),
        ("trade", ()),
    ],
)
def test_goods_are_codes(words: str, read: tuple[str, ...]) -> None:
    """A code comes first, then products of oil, fuels, chapters."""
    codes, left = goods.goods(words)
    assert set(codes) == set(read)
    assert not codes or left != words


def test_a_word_beside_a_flow_names_goods() -> None:
    """In front of it, or behind its "of"; elsewhere it is just a word."""
    assert goods.ware("smartphone exports rose", ("rose", "smartphone")) == "smartphone"
    assert goods.ware("imports of fresh soybeans", ("fresh", "soybeans")) == "fresh"
    assert not goods.ware("a smartphone", ("smartphone",))


@pytest.mark.parametrize(
    ("words", "span", "base"),
    [
        ("in the first half of 2023 against 2021", ("2023-01", "2023-06"), ("2021-01", "2021-12")),
        ("compared with 2022 in 2023", ("2023-01", "2023-12"), ("2022-01", "2022-12")),
        ("in jan-may 2023, same period of 2021", ("2023-01", "2023-05"), ("2021-01", "2021-05")),
        ("twelve months to march 2024", ("2023-04", "2024-03"), None),
        ("june and july of 2023", ("2023-06", "2023-07"), None),
    ],
)
def test_a_window_and_what_it_is_compared_with(words: str, span: object, base: object) -> None:
    """The window spoken of, and the other."""
    read = periods.read(words)
    assert (read.span, read.base) == (span, base)


def test_years_are_no_window_and_many_months_too_long() -> None:
    """Neither can be tested, and each is told apart."""
    assert periods.read("from 2020 to 2023").several
    assert periods.read("january 2020 to march 2023").too_long
    assert periods.read("in q1").months == (1, 3)


def test_windows_of_a_text_stand_where_they_were_read() -> None:
    """Days are no windows, a year that stands by a part of it is its own."""
    placed, left = periods.windows("on 5 march 2024 trade of the first half of 2023 fell")
    assert [(one.date, one.span) for one in placed] == [(True, None), (False, ("2023-01", "2023-06"))]
    assert left.replace("\0", "") == "on  trade of the  fell"


@pytest.mark.parametrize(
    ("text", "digits", "slack"),
    [("trade doubled", "100", 5.0), ("a third of imports", "33.33", 2.5), ("plus 2 times", "200", 7.5)],
)
def test_words_that_are_numbers_reach_further_than_digits(text: str, digits: str, slack: float) -> None:
    """A fortieth of the factor, or two points and a half at least."""
    number = every(text, "USD")[0].number
    assert (number.digits, number.slack) == (digits, slack)


@pytest.mark.parametrize(
    ("words", "missing"),
    [
        ("trade rose 5 in 2023", "unit"),
        ("trade of 240 dollars in 2023", "scale"),
        ("balance of 5 bn dollars in 2023", "sign"),
        ("cars 5 bn dollars in 2023", "flow"),
        ("trade with japan rose 5% in 2023", "elsewhere"),
        ("the balance rose 5% in 2023", "balance"),
    ],
)
def test_what_stands_in_the_way_is_said_first_thing_first(words: str, missing: str) -> None:
    """One reason each."""
    told = parse(words).missing
    assert told is not None
    assert told.key == f"claims.missing.{missing}"
