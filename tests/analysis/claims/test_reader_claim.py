"""A reader's number, judged on every basis at hand."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.claims import reader_claim
from analysis.claims.verdicts import HOLDS, NOT, OPEN, OTHERWISE, REVISED, SPLIT, UNREAD, UNTESTED, Outcome
from analysis.recomputations.figures import Kind
from layouts.charts.claims.wording import searched
from tests.analysis import kit
from tests.analysis.claims.telling import sentence
from tests.analysis.claims.test_article import printed

if TYPE_CHECKING:
    from analysis.dataset import Dataset


def test_a_rate_by_hand() -> None:
    """A year at 110 over a year at 100 is +10.0 per cent, not 12; 12 is found nowhere."""
    data = kit.dataset(*kit.year(2022, 100.0), *kit.year(2023, 110.0))
    assert reader_claim.judge(data, "trade grew 10.0% in 2023").verdict == HOLDS
    wrong = reader_claim.judge(data, "trade grew 12% in 2023")
    assert wrong.verdict == NOT
    assert "+10.0%" in sentence(wrong)
    assert "Searched: " in searched(wrong)


def test_a_rate_over_an_earlier_year_is_judged_on_first_prints_of_both() -> None:
    """Over 2021 the months of now give +50 per cent and the two first prints +60: 60 held when printed, 70 nowhere."""
    prints = (
        kit.row("2021-01", "2021-12", 1000.0, source="press", released="2022-01-14"),
        kit.row("2023-01", "2023-12", 1600.0, source="press", released="2024-01-12"),
    )
    data = kit.dataset(*kit.year(2021, 100.0), *kit.year(2023, 150.0), *prints)
    assert reader_claim.judge(data, "trade grew 50.0% in 2023 compared with 2021").verdict == HOLDS
    verdict = reader_claim.judge(data, "trade grew 60.0% in 2023 compared with 2021")
    assert verdict.verdict == REVISED
    assert {one.kind for one in verdict.bases} == {Kind.NOW, Kind.FIRST}
    assert reader_claim.judge(data, "trade grew 70.0% in 2023 compared with 2021").verdict == NOT


def test_a_rate_of_another_window() -> None:
    """A rate that was printed for five months is named when it is typed for six."""
    rates = printed("2023-01", "2023-05", "40.7")
    data = kit.dataset(*kit.year(2022, 100.0), *kit.year(2023, 141.0), printed_rates=rates)
    verdict = reader_claim.judge(data, "40.7% in the first half of 2023")
    assert verdict.verdict == OTHERWISE
    assert verdict.elsewhere[0].span == ("2023-01", "2023-05")
    assert "40.7% belongs to Jan–May 2023 (as published on 30 Jun 2023, in US$)" in sentence(verdict)


def test_growth_over_an_earlier_year() -> None:
    """Three years from 100 to 121 are 21 per cent, not ten."""
    data = kit.dataset(*(row for which, value in ((2020, 100.0), (2023, 121.0)) for row in kit.year(which, value)))
    assert reader_claim.judge(data, "trade in 2023 was up 21% on 2020").verdict == HOLDS
    assert reader_claim.judge(data, "trade in 2023 was up 10% on 2020").verdict == NOT


def test_rounding_decides() -> None:
    """A value holds where it rounds to the number at the number's decimals."""
    data = kit.dataset(*kit.year(2023, 20.04e9))
    assert reader_claim.judge(data, "240 bn dollars in 2023").verdict == HOLDS
    assert reader_claim.judge(data, "240.5 bn dollars in 2023").verdict == HOLDS
    assert reader_claim.judge(data, "240.4 bn dollars in 2023").verdict == NOT


def test_the_currency_named_decides() -> None:
    """A number of yuan is neither borne out nor refuted by dollars."""
    data = kit.dataset(*kit.year(2023, 20e9))
    assert reader_claim.judge(data, "240 bn dollars in 2023").verdict == HOLDS
    assert reader_claim.judge(data, "240 bn yuan in 2023").verdict == UNTESTED


def test_more_than_a_number() -> None:
    """A bound holds beyond the number and not at less than it."""
    data = kit.dataset(*kit.year(2023, 20e9))
    assert reader_claim.judge(data, "more than $239 bn in 2023").verdict == HOLDS
    assert reader_claim.judge(data, "more than $241 bn in 2023").verdict == NOT
    assert reader_claim.judge(data, "more than $241 bn").verdict == UNREAD


def test_no_months_named() -> None:
    """Without months the windows that the number could be are named, and no verdict is given."""
    data = kit.dataset(*kit.year(2022, 100.0), *kit.year(2023, 110.0))
    verdict = reader_claim.judge(data, "trade grew 10.0%")
    assert verdict.verdict == OPEN
    assert sentence(verdict).startswith("You named no months, so there is no verdict; 10.0% could be")
    assert reader_claim.judge(data, "trade grew 11.5%").verdict == OPEN
    bare = reader_claim.judge(data, "11.5%")
    assert bare.verdict == OPEN
    assert sentence(bare).startswith("You named nothing but a number")


@pytest.mark.parametrize("words", ["5% in January 2023", "5% in Feb 2023", "5% February to June 2023"])
def test_january_and_february_stay_together(words: str) -> None:
    """A rate that would part January from February is refused where customs print them together."""
    data = kit.dataset(*kit.year(2022, 100.0), *kit.year(2023, 105.0))
    verdict = reader_claim.judge(data, words)
    assert verdict.verdict == UNTESTED
    assert "Jan–Feb 2023" in sentence(verdict)
    assert reader_claim.judge(data, "5% in Jan-Feb 2023").verdict == HOLDS


def test_beyond_the_data() -> None:
    """A window after the data's end cannot be tested, and the span held is named."""
    data = kit.dataset(*kit.year(2022, 100.0), *kit.year(2023, 110.0))
    verdict = reader_claim.judge(data, "10% in 2031")
    assert verdict.verdict == UNTESTED
    assert "to Dec 2023; 2031 cannot be tested" in sentence(verdict)


def test_goods_that_are_not_known_by_name_are_not_taken_for_all_trade(dataset: Dataset) -> None:
    """A rate of umbrellas is not tested on all trade, before or after the word for the flow; one of cars is of cars."""
    for words in ("exports of umbrellas +46.9% in 2023", "umbrella exports +46.9% in 2023", "smartphone exports 2 bn"):
        verdict = reader_claim.judge(dataset, words)
        assert verdict.verdict == UNREAD
        assert "may name goods" in sentence(verdict)
    cars = reader_claim.judge(dataset, "car exports rose 46.9% in 2023")
    assert cars.verdict == NOT
    assert "passenger cars (HS 8703)" in sentence(cars)
    assert reader_claim.judge(dataset, "monthly exports of 10.4 bn in Dec 2023").verdict != UNREAD


def test_a_fuel_of_a_year_that_the_energy_bill_holds(dataset: Dataset) -> None:
    """Coal of 2024, a single heading, is counted as the bill counts it."""
    assert reader_claim.judge(dataset, "coal imports were 10.5 billion in 2024").verdict == HOLDS
    assert reader_claim.judge(dataset, "coal imports were 11.5 billion in 2024").verdict == NOT


@pytest.mark.parametrize(
    ("words", "verdict", "part"),
    [
        ("40.7% in the first half of 2023", OTHERWISE, "40.7% belongs to Jan–May 2023 (as published on 7 Jun 2023,"),
        ("40.7% Jan-May 2023", REVISED, "+40.7% (as published on 7 Jun 2023, in US$)"),
        ("40.6% H1 2023", REVISED, "as published on 13 Jul 2023"),
        ("40.7%", OPEN, "Jan–May 2023"),
        ("$240.1 bn in 2023", REVISED, "now"),
        ("81 bn energy 2022", HOLDS, "US$ 80.85 bn (the four fuels, China’s customs (CIF))"),
        ("52.1 bn energy 2021", HOLDS, "US$ 44.38 bn"),
        ("54 bn energy 2021", SPLIT, "holds on US$ 53.84 bn (all of HS 27"),
        ("56 bn energy 2021", NOT, "US$ 51.88 bn"),
        ("energy rose 83% in 2022", NOT, "+55.8%"),
        ("China's trade with Russia: 218.17 billion dollars in January-November 2023", REVISED, "US$ 218.07 bn"),
        ("imports from Russia rose 7.7 % in January-April 2021", REVISED, "+9.3%"),
        ("-9.9 % exports 2025", SPLIT, "−9.9% (customs’ own rate, published on 31 Jan 2026, in yuan)"),
        ("imports fell 3.9 % in 2025", REVISED, "in yuan"),
        ("Trade in June 2026 was $24.9bn", NOT, "US$ 24.55 bn (customs’ table, converted); 166.3 bn yuan"),
        ("China imported 98.0 bn from Russia in 2022", SPLIT, "not on US$ 114.39 bn (customs now, CIF)"),
        ("Russia supplied 19% of China’s crude in 2024", HOLDS, "19.2%"),
        ("Russian oil was 19.6% of China’s oil imports in 2024 by weight", HOLDS, "by weight"),
        ("Russian oil is 20% of China’s oil imports in 2024", SPLIT, "by weight"),
        ("China accounts for 33% of Russia’s trade in 2024", HOLDS, "33.4%"),
        ("record trade of $240 bn in 2023", HOLDS, "Record: US$ 240.01 bn"),
        ("trade hit a record in 2025", NOT, "2024 had US$ 245.16 bn"),
        ("imports of coal rose tenfold in 2022", NOT, "+66.3%"),
        ("−9.1% Jan-May 2025", OTHERWISE, "Jan–Jun 2025"),
        ("26.3% in 2024", OTHERWISE, "26.3% belongs to 2023"),
        ("1.69 trillion yuan in 2023", HOLDS, "1,688.3 bn yuan"),
        ("crude 60.6bn 2023", REVISED, "US$ 60.68 bn"),
        ("Russia’s exports to China 98.0 bn in 2022", HOLDS, "Russia’s side"),
        ("75% of imports from Russia were fuels in 2022", HOLDS, "74.8% (all of HS 27"),
        ("chapter 27 was 74.8% of imports from Russia in 2022", SPLIT, "74.8% (all of HS 27, BACI"),
        ("10 000 soldiers", UNTESTED, "soldiers"),
        ("growth of 5% in 2031", UNTESTED, "Jul 2026"),
        ("H1 2023", UNREAD, "no number"),
    ],
)  # fmt: skip
def test_the_shipped_data(dataset: Dataset, words: str, verdict: str, part: str) -> None:
    """Known statements come out as the figures at hand say."""
    judged = reader_claim.judge(dataset, words)
    assert (judged.verdict, judged.id) == (verdict, "typed")
    assert part in sentence(judged)


def test_a_day_knows_no_later_print(dataset: Dataset) -> None:
    """On 1 July 2023 the half-year was not printed: its rate cannot be tested, that of five months holds."""
    then = dataset.on("2023-07-01")
    five = reader_claim.judge(then, "40.7% Jan-May 2023")
    assert five.verdict == HOLDS
    assert "now" not in sentence(five)
    assert reader_claim.judge(then, "40.6% H1 2023").verdict == UNTESTED


@settings(max_examples=60)
@given(
    st.one_of(
        st.text(max_size=160),
        st.builds(
            "{} {}{} {} {}".format,
            st.sampled_from(["trade", "exports", "energy", "coal", "HS 84 imports", "deficit", "Russian exports"]),
            st.sampled_from(["", "-", "over "]),
            st.decimals(0, 10**6, places=2).map(str),
            st.sampled_from(["%", "bn", "bn yuan", "trillion", "dollars", "mln"]),
            st.sampled_from(["", "2023", "H1 2022", "Q1", "Jan 2024", "2031", "2019-2023", "May 2005"]),
        ),
    )
)
def test_no_text_fails(dataset: Dataset, words: str) -> None:
    """Whatever is typed gets a verdict, or a sentence that says what is missing."""
    verdict = reader_claim.judge(dataset, words[:160])
    assert isinstance(verdict.verdict, Outcome)
    assert sentence(verdict).endswith(".")


def test_a_balance_is_not_looked_for_among_imports(dataset: Dataset) -> None:
    """A surplus fits balances alone; Russia's surplus is China's deficit, on China's count first."""
    verdict = reader_claim.judge(dataset, "Russia’s surplus was 19.0 bn in 2023")
    assert verdict.verdict == SPLIT
    assert "−18.99 bn (CEPII BACI" in sentence(verdict)
    assert "not on US$ −17.86 bn (customs now)" in sentence(verdict)
    assert reader_claim.judge(dataset, "Russia’s surplus was 17.9 bn in 2023").verdict == HOLDS
    assert reader_claim.judge(dataset, "Russia’s surplus was 18.9 bn in 2023").verdict == NOT


def test_a_value_of_the_other_flow_is_named(dataset: Dataset) -> None:
    """The imports of a year typed as its exports are told for what they are."""
    verdict = reader_claim.judge(dataset, "exports of US$ 128.94 bn in 2023")
    assert verdict.verdict == OTHERWISE
    assert "2023 (customs now, imports" in sentence(verdict)


@pytest.mark.parametrize(
    ("words", "verdict"),
    [
        ("2023年对俄贸易逆差180亿美元", HOLDS),
        ("2023年中俄贸易逆差180亿美元", HOLDS),
        ("2023年俄罗斯对华贸易顺差180亿美元", HOLDS),
        ("2016年俄罗斯对华贸易逆差51亿美元", HOLDS),
        ("2016年对俄贸易顺差51亿美元", HOLDS),
        ("2023年对俄贸易差额-180亿美元", HOLDS),
        ("2023年对俄贸易差额180亿美元", UNREAD),
        ("2023年对俄贸易顺差180亿美元", OTHERWISE),
        ("2023年俄罗斯对华逆差180亿美元", OTHERWISE),
        ("$18bn deficit with Russia in 2023", HOLDS),
        ("surplus with China of $18bn in 2023", HOLDS),
        ("Russia's trade balance with China: -5.1 bn dollars in 2016", HOLDS),
        ("trade balance with Russia of $18bn in 2023", UNREAD),
        ("дефицит в торговле с Россией 18 млрд долларов в 2023 году", HOLDS),
        ("Профицит в торговле с Китаем составил 18 млрд долларов в 2023 году", HOLDS),
        ("дефицит России в торговле с Китаем составил 18 млрд долларов в 2023 году", OTHERWISE),
    ],
)
def test_a_balance_is_that_of_its_owner(dataset: Dataset, words: str, verdict: Outcome) -> None:
    """China's deficit is Russia's surplus, in each language; a balance without a sign has no verdict."""
    assert reader_claim.judge(dataset, words).verdict == verdict


@pytest.mark.parametrize(
    "words",
    [
        "上半年增长40.7%",
        "grew 40.7% in the first half",
        "в первом полугодии выросла на 40,7 %",
        "trade doubled",
        "今年上半年增长40.7%",
    ],
)
def test_without_a_year_no_number_is_false(dataset: Dataset, words: str) -> None:
    """It may be true of a year that is not at hand; of months the nearest are named."""
    verdict = reader_claim.judge(dataset, words)
    assert verdict.verdict == OPEN
    assert ("Nearest to it is Jan–Jun 2023: +40.6%" in sentence(verdict)) == ("40" in words)


def test_this_year_typed_names_the_windows_that_fit(dataset: Dataset) -> None:
    """A statement that is typed has no day: no verdict, and the newest window that gives it."""
    for words in ("今年1-7月中俄贸易额增长21.5%", "trade grew 21.5% in the first seven months of this year"):
        verdict = reader_claim.judge(dataset, words)
        assert verdict.verdict == OPEN
        assert "You named no year, so there is no verdict; 21.5% could be Jan–Jul 2026" in sentence(verdict)
