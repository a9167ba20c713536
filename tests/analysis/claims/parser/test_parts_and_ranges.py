"""Parts of one unit, ranges and multiples in words: each sentence is read as what it means, or not at all."""

from __future__ import annotations

from typing import Final

import pytest

from analysis.claims.parser.parse import parse
from analysis.recomputations.figures import half_digit

_RISE: Final = "trade rose {} in 2023"
_LEVEL: Final = "trade was {} in 2023"
# the number, how far it reaches, and its unit where it is no rate; > where more is meant
_READ: Final = {
    _RISE: """
        half of one percent = 0.5 ± 0.05
        between one-half and one percent = 0.75 ± 0.75
        5%-7% = 6 ± 1.5
        three and one-third percent = 3.333 ± 0.0333
        half a percent = 0.5 ± 0.05
        by one-half percent = 0.5 ± 0.05
        a half percent = 0.5 ± 0.05
        half of 1 percent = 0.5 ± 0.05
        a quarter of a percent = 0.25 ± 0.025
        a quarter of 1% = 0.25 ± 0.025
        three quarters of a percent = 0.75 ± 0.025
        a third of one percent = 0.3333 ± 0.0334
        two thirds of a per cent = 0.6667 ± 0.0334
        a tenth of one percent = 0.1 ± 0.05
        one and a half percent = 1.5 ± 0.05
        five-and-a-half percent = 5.5 ± 0.05
        5 and a half percent = 5.5 ± 0.05
        two and a quarter percent = 2.25 ± 0.025
        one and three quarters per cent = 1.75 ± 0.025
        5½ percent = 5.5 ± 0.05
        ½ percent = 0.5 ± 0.05
        1/2 percent = 0.5 ± 0.05
        5 1/2 percent = 5.5 ± 0.05
        zero point five percent = 0.5 ± 0.05
        nought point five percent = 0.5 ± 0.05
        point five percent = 0.5 ± 0.05
        five to seven percent = 6 ± 1.5
        between five and seven percent = 6 ± 1.5
        five percent to seven percent = 6 ± 1.5
        twenty-five to thirty percent = 27.5 ± 3
        one to one and a half percent = 1.25 ± 0.3
        three tenths of one percent = 0.3 ± 0.05
        half-percent = 0.5 ± 0.05
        one-quarter of one percent = 0.25 ± 0.025
        a quarter-percent = 0.25 ± 0.025
        less than half a percent = < 0.5
        more than half of one percent = > 0.5
        about half a percent = 0.5 ± 0.1
        nearly one and a half percent = 1.5 ± 0.1
        twenty-five percent = 25 ± 0.5
        twenty five percent = 25 ± 0.5
        twenty-six point three percent = 26.3 ± 0.05
        twenty-to-thirty percent = 25 ± 5.5
        thirty-forty percent = 35 ± 5.5
        by a quarter = 25 ± 2.5
        by a third to 240 billion dollars = 240 ± 0.5 bn_usd
        by a third to two hundred and forty billion dollars = 240 ± 0.5 bn_usd
    """,
    "{}": """
        trade fell three-quarters of one per cent in 2023 = -0.75 ± 0.025
        China's trade with Russia was half of one percent of China's trade in 2023 = 0.5 ± 0.05
        Russia made up three quarters of a percent of China's exports in 2023 = 0.75 ± 0.025
        Russia made up a third of China's imports of coal in 2023 = 33.33 ± 2.5
        half of China's imports of pipeline gas in 2023 came from Russia = 50 ± 2.5
        2023年俄罗斯占中国贸易额的百分之零点五 = 0.5 ± 0.05
        торговля в 2023 году упала на треть процента = -0.3333 ± 0.0334
        доля россии в торговле китая в 2023 году половина процента = 0.5 ± 0.05
        торговля выросла в 2023 году на четверть = 25 ± 2.5
        in the first half one percent growth in 2023 = 1 ± 0.5
        trade in the second half of 2023 rose one percent = 1 ± 0.5
        trade tripled in 2023 = 200 ± 7.5
        over half of china's imports of coal in 2023 = > 50
        russia accounted for five to six percent of china's trade in 2023 = 5.5 ± 1
        russia's share in china's trade was between five and six percent in 2023 = 5.5 ± 1
        2023年俄罗斯占中国煤炭进口的四分之一 = 25 ± 3.125
        2023年1至5月贸易额增长三成 = 30 ± 0.5
        торговля в 2023 году упала в полтора-два раза = -41.67 ± 10.833
        торговля в третьем квартале 2023 года выросла на два процента = 2 ± 0.5
        за первую половину 2023 года торговля выросла на пять процентов = 5 ± 0.5
        товарооборот в 2023 году 5½ процента = 5.5 ± 0.05
    """,
    _LEVEL: """
        half a billion dollars = 0.5 ± 0.05 bn_usd
        half of one billion dollars = 0.5 ± 0.05 bn_usd
        a quarter of a trillion dollars = 0.25 ± 0.025 trn_usd
        three quarters of a billion dollars = 0.75 ± 0.025 bn_usd
        two and a quarter billion dollars = 2.25 ± 0.025 bn_usd
        one and three-quarter trillion yuan = 1.75 ± 0.025 trn_cny
        twenty to thirty billion dollars = 25 ± 5.5 bn_usd
        ninety to one hundred and ten billion dollars = 100 ± 10.5 bn_usd
        one and a half to two trillion yuan = 1.75 ± 0.75 trn_cny
        between one hundred and ninety and two hundred billion dollars = 195 ± 5.5 bn_usd
        two hundred and forty point one billion dollars = 240.1 ± 0.05 bn_usd
        five times that of 2013 = 400 ± 12.5
    """,
    "trade grew {} in 2023": """
        two and a half times = 150 ± 6.25
        two-and-a-half times = 150 ± 6.25
        one and a half times = 50 ± 3.75
        three to five times = 300 ± 112.5
        3-5 times = 300 ± 112.5
        two- to threefold = 150 ± 57.5
        three-fold = 200 ± 7.5
        2.5 times = 150 ± 6.25
    """,
    "2023年贸易额增长{}": """
        百分之零点五 = 0.5 ± 0.05
        5％～7％ = 6 ± 1.5
        三至五成 = 40 ± 10.5
        五到七成五 = 62.5 ± 13
        3倍以上 = > 300
        百分之〇点零五 = 0.05 ± 0.005
        百分之五到百分之七 = 6 ± 1.5
        百分之五至百分之七 = 6 ± 1.5
        5%至7% = 6 ± 1.5
        5到7% = 6 ± 1.5
        百分之五至七 = 6 ± 1.5
        五成到七成 = 60 ± 10.5
        五到七成 = 60 ± 10.5
        到三到五倍 = 300 ± 112.5
        一倍半 = 150 ± 6.25
        千分之五 = 0.5 ± 0.05
        三成多 = > 30
        百分之二十六点三 = 26.3 ± 0.05
        近三成 = 30 ± 3.25
        三成五 = 35 ± 0.5
        了两倍 = 200 ± 7.5
        1.5倍 = 150 ± 6.25
        到三千亿美元 = 300 ± 0.5 bn_usd
        百分之五到三千亿美元 = 5 ± 0.5
        万分之五 = 0.05 ± 0.005
        千分之5 = 0.5 ± 0.05
        百分之三至五 = 4 ± 1.5
    """,
    "2023年贸易额{}": """
        是去年的三到五倍 = 300 ± 112.5
        是2013年的两倍半 = 150 ± 6.25
        二百至三百亿美元 = 25 ± 5.5 bn_usd
        2万亿至3万亿元 = 2.5 ± 1 trn_cny
        200至300亿美元 = 25 ± 5.5 bn_usd
        两千到三千亿美元 = 250 ± 50.5 bn_usd
        翻了一番 = 100 ± 5
        比2013年高出三倍 = 300 ± 10
        是2013年的三倍多 = > 200
        达2401亿美元 = 240.1 ± 0.05 bn_usd
    """,
    "торговля в 2023 году выросла на {}": """
        полпроцента = 0.5 ± 0.05
        два с четвертью процента = 2.25 ± 0.025
        полтора-два с половиной процента = 2 ± 0.55
        одну треть процента = 0.333 ± 0.0333
        половину процента = 0.5 ± 0.05
        четверть процента = 0.25 ± 0.025
        три четверти процента = 0.75 ± 0.025
        две десятых процента = 0.2 ± 0.05
        ноль целых пять десятых процента = 0.5 ± 0.05
        одну целую две десятых процента = 1.2 ± 0.05
        полтора процента = 1.5 ± 0.05
        два с половиной процента = 2.5 ± 0.05
        пять–семь процентов = 6 ± 1.5
        величину от пяти до семи процентов = 6 ± 1.5
        полтора-два процента = 1.75 ± 0.75
        5–7 процентов = 6 ± 1.5
        двадцать шесть целых и три десятых процента = 26.3 ± 0.05
        двадцать шесть процентов = 26 ± 0.5
        одну пятую = 20 ± 2.5
        две трети = 66.67 ± 2.5
        три четверти = 75 ± 2.5
        одну десятую долю процента = 0.1 ± 0.05
    """,
    "торговля в 2023 году выросла {}": """
        в полтора раза = 50 ± 3.75
        в полтора-два раза = 75 ± 30
        в два с половиной раза = 150 ± 6.25
        в 2-3 раза = 150 ± 57.5
        в два-три раза = 150 ± 57.5
        в пять раз = 400 ± 12.5
        вдвое = 100 ± 5
        более чем на полпроцента = > 0.5
        почти на четверть процента = 0.25 ± 0.025
        между 5 и 7 процентами = 6 ± 1.5
    """,
    "торговля в 2023 году составила {}": """
        полмиллиарда долларов = 0.5 ± 0.05 bn_usd
        четверть миллиарда долларов = 0.25 ± 0.025 bn_usd
        четверть триллиона долларов = 0.25 ± 0.025 trn_usd
        двадцать–тридцать миллиардов долларов = 25 ± 5.5 bn_usd
        от двадцати до тридцати миллиардов долларов = 25 ± 5.5 bn_usd
        полтора-два миллиарда долларов = 1.75 ± 0.75 bn_usd
        двести сорок с половиной миллиардов долларов = 240.5 ± 0.05 bn_usd
        2 с половиной миллиарда долларов = 2.5 ± 0.05 bn_usd
    """,
}
_UNREAD: Final = {
    _LEVEL: """
        two to three hundred billion dollars
        two billion and a half dollars
    """,
    _RISE: """
        two or three percent
        2 or 3 percent
        a fraction of one percent
        between half and three quarters of a percent
        a half to three quarters of a percent
        from five to seven percent
        a fraction of 1 percent
        half of two percent
        one hundredth of one percent
        a percent and a half
        half as much again
        0.5 of a percent
        by half
        five or six percent
    """,
    "trade grew {} in 2023": """
        two or three times
        twenty-two times
    """,
    "2023年贸易额增长{}": """
        百分之二三
        五六成
        七到五成
        百分之七到五
        一两成
    """,
    "2023年贸易额{}": """
        两三千亿美元
        增加一倍
        翻了三倍
        翻了3倍
        是2013年的两三倍
    """,
    "{}": """
        доля выросла в 2023 году с пяти до семи процентов
        in the first half a billion dollars of coal were sold to china in 2023
        growth slowed from five to three percent in 2023
        2023年俄罗斯占中国煤炭进口的三百分之一
    """,
    "торговля в 2023 году выросла на {}": """
        два или три процента
        доли процента
        два и три четверти процента
        двадцать шесть и три десятых процента
        пару процентов
        десятую долю процента
    """,
    "торговля в 2023 году составила {}": """
        две с половиной тысячи миллиардов долларов
    """,
}
_POINTS: Final = (
    "trade rose half a percentage point in 2023",
    "2023年贸易额增长零点五个百分点",
    "2023年贸易额增长半个百分点",
    "торговля в 2023 году выросла на полпроцентного пункта",
)


def _lines(table: dict[str, str]) -> list[tuple[str, str]]:
    return [(frame, line.strip()) for frame, lines in table.items() for line in lines.strip().split("\n")]


@pytest.mark.parametrize(("frame", "line"), _lines(_READ))
def test_a_part_a_range_and_a_multiple_are_read_as_they_are_meant(frame: str, line: str) -> None:
    """In three languages, in words, signs and digits; a part reaches a tenth of itself, a range to both ends."""
    words, meant = line.split(" = ")
    read = parse(frame.format(words))
    number, reach, unit = (*meant.replace("± ", "").split(), "percent")[:3]
    assert (read.missing, read.untold, read.unit) == (None, None, unit if unit[0].isalpha() else "percent")
    if number in {">", "<"}:
        assert (read.bound, read.number) == (number, reach)
    else:
        assert float(read.number) == pytest.approx(float(number), abs=0.005)
        assert (read.slack or half_digit(read.number)) == pytest.approx(float(reach), abs=0.001)


@pytest.mark.parametrize(("frame", "words"), _lines(_UNREAD))
def test_what_may_mean_two_things_is_not_read(frame: str, words: str) -> None:
    """Neither of the two numbers, nor a part of one that is not known, nor what goes another way than numbers do."""
    read = parse(frame.format(words))
    assert read.missing or not read.number


@pytest.mark.parametrize("words", _POINTS)
def test_a_part_of_a_point_is_no_growth(words: str) -> None:
    """It is told as points are."""
    untold = parse(words).untold
    assert untold is not None
    assert untold.key == "claims.untold.points"
