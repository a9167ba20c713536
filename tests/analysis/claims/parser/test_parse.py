"""A reader's words: what is read of them, and that nothing a reader types fails."""

from __future__ import annotations

import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.claims.parser import vocabulary
from analysis.claims.parser.numbers import canonical
from analysis.claims.parser.parse import LONGEST, parse
from analysis.claims.parser.typed import GROWTH, LEVEL, SHARE
from layouts.charts.claims.labels import goods as goods_named
from layouts.charts.claims.wording import text_of

H1 = ("2023-01", "2023-06")
YEAR = ("2023-01", "2023-12")


@pytest.mark.parametrize(
    ("words", "number", "unit", "flow", "span"),
    [
        ("40.7%", "40.7", "percent", "total", None),
        ("trade grew by 40.7 percent in the first half of 2023", "40.7", "percent", "total", H1),
        ("exports to Russia +46.9% in 2023", "46.9", "percent", "export", YEAR),
        ("$240.1 bn in 2023", "240.1", "bn_usd", "total", YEAR),
        ("240 billion dollars", "240", "bn_usd", "total", None),
        ("1.69 trillion yuan", "1.69", "trn_cny", "total", None),
        ("imports 129.1 bn 2023", "129.1", "bn_", "import", YEAR),
        ("\u22129.1% Jan-May 2025", "-9.1", "percent", "total", ("2025-01", "2025-05")),
        ("2024 +1.9%", "1.9", "percent", "total", ("2024-01", "2024-12")),
        ("up 29.3 per cent in 2022", "29.3", "percent", "total", ("2022-01", "2022-12")),
        ("40,7 % H1 2023", "40.7", "percent", "total", H1),
        ("5% Q1 2024", "5", "percent", "total", ("2024-01", "2024-03")),
        ("5% January-May 2024", "5", "percent", "total", ("2024-01", "2024-05")),
        ("5% Jan–Feb 2024", "5", "percent", "total", ("2024-01", "2024-02")),
        ("5% 2023-06", "5", "percent", "total", ("2023-06", "2023-06")),
        ("5% in the first five months of 2023", "5", "percent", "total", ("2023-01", "2023-05")),
        ("nine months of 2024: 180.3 bn", "180.3", "bn_", "total", ("2024-01", "2024-09")),
        ("dropped 7.1%", "-7.1", "percent", "total", None),
        ("$240,100,000,000 in 2023", "240.1", "bn_usd", "total", YEAR),
        ("1.690,5 bn yuan 2024", "1690.5", "bn_cny", "total", ("2024-01", "2024-12")),
        ("Russia’s exports to China 98.0 bn in 2022", "98.0", "bn_", "export", ("2022-01", "2022-12")),
        ("trade may grow 20% in May 2023", "20", "percent", "total", ("2023-05", "2023-05")),
        ("26.3% on 2022", "26.3", "percent", "total", YEAR),
        ("H1 2023 rose 40.7% over the first half of 2022", "40.7", "percent", "total", H1),
        ("twelve months to June 2023 +35.4%", "35.4", "percent", "total", ("2022-07", "2023-06")),
        ("1H23 +40.6%", "40.6", "percent", "total", H1),
        ("a deficit of 17.9 bn in 2023", "-17.9", "bn_", "balance", YEAR),
    ],
)
def test_what_is_read(words: str, number: str, unit: str, flow: str, span: tuple[str, str] | None) -> None:
    """Number with its printed digits, unit, flow and months come out as a person reads them."""
    read = parse(words)
    assert (read.number, read.unit, read.flow, read.span) == (number, unit, flow, span)
    assert read.measure == (GROWTH if unit == "percent" else LEVEL)
    assert read.missing is read.untold is None


def test_a_quarter_without_its_year() -> None:
    """A part of a year is kept, its year left open."""
    read = parse("40.7% in the first quarter")
    assert (read.span, read.months) == (None, (1, 3))


@pytest.mark.parametrize(
    ("words", "goods", "codes", "flow"),
    [
        (
            "US$81 bn energy 2022",
            "the four fuels",
            ("2709", "2701", "2702", "2703", "2704", "271111", "271121"),
            "import",
        ),
        ("crude 60.6bn 2023", "crude oil", ("2709",), "import"),
        ("gas 10.7 bn 2022", "LNG and pipeline gas", ("271111", "271121"), "import"),
        ("exports of HS 8703 11.6 bn in 2023", "passenger cars (HS 8703)", ("8703",), "export"),
        ("oil products 5 bn 2023", "oil products (HS 2710)", ("2710",), "import"),
        ("exports of machinery 20 bn in 2023", "machinery (HS 84)", ("84",), "export"),
        ("imports of chapter 27: 85.4 bn, 2022", "all of HS 27", ("27",), "import"),
    ],
)
def test_goods(words: str, goods: str, codes: tuple[str, ...], flow: str) -> None:
    """Fuels and codes are told from all trade; fuels are what Russia sells unless said otherwise."""
    read = parse(words)
    assert (goods_named(read.codes), read.codes, read.flow, read.missing) == (goods, codes, flow, None)


@pytest.mark.parametrize(("before", "bound"), [("more than", ">"), ("over", ">"), ("less than", "<"), ("about", "")])
def test_bounds(before: str, bound: str) -> None:
    """More or less than a number is not the number."""
    assert parse(f"{before} $240 bn in 2023").bound == bound


@pytest.mark.parametrize(
    ("digits", "number"),
    [
        ("1,690.5", "1690.5"),
        ("1.690,5", "1690.5"),
        ("1 690,5", "1690.5"),
        ("40,7", "40.7"),
        ("1,690", "1690"),
        ("1.234", "1.234"),
    ],
)
def test_grouping_and_decimals(digits: str, number: str) -> None:
    """Commas, points and spaces are told apart by where they stand."""
    assert canonical(digits) == number


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ("H1 2023", "Read Jan–Jun 2023, but no number"),
        ("40.7", "not its unit"),
        ("$240 in 2023", "no scale"),
        ("trade with India grew 5% in 2023", "“india”"),
        ("Russia has a share of 4%", "whose trade"),
        ("2019-2023 +116%", "more than a year"),
        ("5% in 2023 over the first half of 2019", "only growth over the same months of an earlier year"),
        ("HS 8703 5 bn 2023", "buys or sells"),
        ("hello", "No number"),
    ],
)
def test_what_is_missing_is_said(words: str, sentence: str) -> None:
    """What cannot be read is one sentence: what was understood, and what is missing."""
    read = parse(words)
    assert read.missing is not None
    assert sentence in text_of(read.missing)


@pytest.mark.parametrize(
    "words", ["10 000 soldiers", "95% of trade is settled in yuan", "share prices rose 5%", "3 mln tonnes"]
)
def test_what_customs_do_not_know(words: str) -> None:
    """A statement about what customs do not count is met with the reason."""
    assert parse(words).untold


def test_other_words_are_named() -> None:
    """Words and numbers that were passed over are told."""
    assert parse("trade hit $240.1 bn in 2023, up 26.3%, a miracle").passed == ("26.3%", "miracle")


@pytest.mark.parametrize(
    ("words", "whole", "by_weight"),
    [
        ("Russian oil is 20% of China’s oil imports", "origin", False),
        ("Russia supplied 20% of China’s crude in 2024", "origin", False),
        ("Russia’s share of China’s coal imports was 25% by volume in 2023", "origin", True),
        ("oil was 53% of imports from Russia in 2022", "pair", False),
        ("75% of imports from Russia were fuels in 2022", "pair", False),
        ("fuels are 75% of Russia’s exports to China", "pair", False),
        ("China took 36.5% of Russian imports in 2023", "trade", False),
    ],
)
def test_a_share_names_its_whole(words: str, whole: str, *, by_weight: bool) -> None:
    """Russia in all that China imports of the goods is not the goods in what China imports from Russia."""
    read = parse(words)
    assert (read.measure, read.whole, read.by_weight, read.missing) == (SHARE, whole, by_weight, None)
    assert (read.side, read.flow) == (("CHN", "import") if whole != "trade" else ("RUS", "import"))


@pytest.mark.parametrize(
    ("words", "number", "slack"),
    [
        ("trade doubled in 2022", "100", 5.0),
        ("exports halved in 2023", "-50", 2.5),
        ("coal rose tenfold in 2022", "900", 25.0),
        ("a 2.5-fold rise of exports in 2023", "150", 6.25),
        ("exports were three times those of a year before in 2023", "200", 7.5),
    ],
)
def test_multiples_in_words(words: str, number: str, slack: float) -> None:
    """Doubled is 100 per cent more, within what a word can mean; a printed number goes before it and it is named."""
    read = parse(words)
    assert (read.number, read.unit) == (number, "percent")
    assert read.slack == pytest.approx(slack)
    assert parse(f"{words}, to $24.5 bn").passed[0].split()[0] in words


def test_a_record_is_read_or_named() -> None:
    """A record with a value or alone is tested; beside a rate it is named as not judged."""
    assert parse("record trade of $240 bn in 2023").record
    assert parse("trade hit a record in 2023").measure == "record"
    assert "record" in parse("a record rise of 40.7% in 2023").passed


_LONG: tuple[str, ...] = (
    " ",
    "2023 ",
    "2023-01 ",
    "in january ",
    "111 ",
    "1,",
    "9",
    "40.7% ",
    "suppl",
    "exceed",
    "more than a ",
    "than in 2021 ",
    "h1 ",
    "% of ",
    "hs ",
    "\ufdfa",
    "在中国",
    "2023年1-",
    "占自俄罗斯进口的",
    "一二三",
    "1 690,",
    "доля россии в ",
    "экспорт ",
    "с января по ",
    "по сравнению с ",
)


@pytest.mark.parametrize("part", _LONG)
def test_work_grows_no_faster_than_the_length(monkeypatch: pytest.MonkeyPatch, part: str) -> None:
    """Ten thousand letters cost no more reading than the longest statement, and twice the words about twice as much."""
    read = [0]

    def counting(name: str) -> Any:
        plain = getattr(re, name)

        def counted(pattern: Any, *args: Any, **kwargs: Any) -> Any:
            read[0] += len(next(text for text in reversed(args) if isinstance(text, str)))
            return plain(pattern, *args, **kwargs)

        return counted

    for name in ("search", "sub", "finditer", "findall", "match", "fullmatch"):
        monkeypatch.setattr(re, name, counting(name))
    work = []
    for letters in (250, 500, 10_000):
        read[0] = 0
        parse.__wrapped__((part * letters)[:letters])
        work.append(read[0])
    assert work[1] <= 2.5 * work[0] + 2_000
    assert work[2] <= 4 * work[1] + 40_000


_WORDS = st.sampled_from(
    ("40.7", "bn", "US$", "2023", "H1", "first", "half", "months", "of", "may", "to", "over", "than")
)
_ODD = st.sampled_from(("hs", "27", "yuan", "trillion", "٤٠", "²", "\u2212", "2023-13", "9" * 40))
_PARTS = st.text("$%¥<>{}\\-–,. 0129", max_size=4) | _WORDS | _ODD


@given(
    st.one_of(
        st.text(max_size=160), st.lists(_PARTS, max_size=14).map(" ".join), st.lists(_PARTS, max_size=14).map("".join)
    )
)
def test_no_text_fails(words: str) -> None:
    """Whatever is typed is read, or what is missing is said."""
    read = parse(words[:160])
    assert read.number or read.missing or read.untold


@pytest.mark.parametrize("words", ["الصين 40.7% 2023", "2023年の貿易 40.7%", "교역 40.7% 2023", "εμπόριο 40.7% 2023"])
def test_a_language_that_is_not_read_is_not_half_read(words: str) -> None:
    """Of another language the months would be missed."""
    read = parse(words)
    assert read.missing is not None
    assert text_of(read.missing) == "Only English, Chinese and Russian are read."
    assert parse("1690 bn 元 2023").unit == "bn_cny"


@pytest.mark.parametrize(
    ("words", "side", "flow", "codes"),
    [
        ("Russia’s share of China’s imports fell to 5.0% in 2023", "CHN", "import", ()),
        ("China took 36.5% of Russian imports in 2023", "RUS", "import", ()),
        ("chapter 27 is 75% of imports in 2022", "CHN", "import", ("27",)),
        ("China accounts for 34% of Russia’s trade", "RUS", "total", ()),
        ("Russia has a share of 4% of China’s trade", "CHN", "total", ()),
    ],
)
def test_shares(words: str, side: str, flow: str, codes: tuple[str, ...]) -> None:
    """A part of a whole is told from a change, with whose exports or imports it is a part of."""
    read = parse(words)
    assert (read.measure, read.side, read.flow, read.codes, read.missing) == (SHARE, side, flow, codes, None)
    assert not read.number.startswith("-")


@pytest.mark.parametrize("part", [" ", "\t\n ", "7", "1,", "40.7 % ", "growth of ", "\u00a0", "more than a third of "])
def test_twenty_thousand_signs_meet_no_reader(monkeypatch: pytest.MonkeyPatch, part: str) -> None:
    """Blanks are one blank; anything else so long is refused by its length before a word of it is looked at."""
    met: list[int] = []

    def counted(plain: Any) -> Any:
        def call(*args: Any) -> Any:
            met.append(len(str(args[-1])))
            return plain(*args)

        return call

    for name in ("untold", "flow", "bound"):
        monkeypatch.setattr(vocabulary, name, counted(getattr(vocabulary, name)))
    read = parse.__wrapped__(part * 20_000)
    assert read.missing
    assert max(met, default=0) <= LONGEST
    assert not met or not part.strip()
