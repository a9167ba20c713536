"""What newspapers write that took a rule to read: each sentence made for one rule, with what is read of it."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from analysis.claims.texts.check import Judged, check
from analysis.claims.texts.dates import Dated
from analysis.claims.verdicts import HOLDS, OPEN, REVISED, SPLIT, UNTESTED, Outcome
from analysis.points import FLIPPED

if TYPE_CHECKING:
    from analysis.dataset import Dataset


def figures(dataset: Dataset, text: str, day: str = "") -> list[Judged]:
    """Return the figures of a text, on a day where one is given."""
    return check(dataset, text, dated=Dated(date.fromisoformat(day), own=True) if day else None).figures


def read(dataset: Dataset, text: str, day: str = "") -> list[tuple[float, str, str]]:
    """Return number, flow as China counts it, and window ("2024-05..2024-06"; a month or year alone) of each figure."""
    return [
        (
            float(one.claim.number),
            FLIPPED.get(one.claim.flow, one.claim.flow) if one.claim.side == "RUS" else one.claim.flow,
            _window(one.claim.span),
        )
        for one in figures(dataset, text, day)
    ]


def _window(span: tuple[str, str] | None) -> str:
    if span is None:
        return ""
    start, end = span
    if (start[5:], end[5:]) == ("01", "12"):
        return start[:4]
    return start if start == end else f"{start}..{end}"


@pytest.mark.parametrize(
    ("text", "day", "expected"),
    [
        # months in brackets are those of the amount in them
        (
            (
                "China's exports to Russia reached 70.2 bn yuan in June 2024 (in June 2023 it was 66.8 bn yuan,"
                " growth 5.1%)."
            ),
            "",
            [(70.2, "export", "2024-06"), (66.8, "export", "2023-06"), (5.1, "export", "2024-06")],
        ),
        (
            "China's shipments to Russia hit $7.9 bn last month, up 26.7% from last August ($6.3 bn).",
            "2022-09-10",
            [(7.9, "export", "2022-08"), (26.7, "export", "2022-08"), (6.3, "export", "2021-08")],
        ),
        # months that another figure is set beside are not those of the figure before
        (
            (
                "In April 2023 China's imports from Russia came to $9.6 bn.\n\nChina's imports from Russia"
                " increased 8.06%,"
                " after rising 31.3% in January and February and 40.5% in March."
            ),
            "",
            [(9.6, "import", "2023-04"), (8.06, "import", "2023-04"), (31.3, "import", "2023-01..2023-02")],
        ),
        (
            (
                "China's imports from Russia fell in August 2025.\n\nChina's imports from Russia slumped 17.8%,"
                " reversing a"
                " 4.4% increase in July."
            ),
            "",
            [(-17.8, "import", "2025-08"), (4.4, "import", "2025-07")],
        ),
        (
            "China's exports to Russia fell 16.4% in August 2025, a 5.8% decrease from July.",
            "",
            [(-16.4, "export", "2025-08"), (-5.8, "export", "2025-08")],
        ),
        (
            "China's trade with Russia grew 36.4%, higher than the 34.3% increase seen in 2022.",
            "",
            [(36.4, "total", ""), (34.3, "total", "2022")],
        ),
        # a level of an earlier year is what the figure is over
        (
            "China-Russia trade stabilised in 2024 at $245 bn, more than double its 2020 level.",
            "",
            [(245, "total", "2024"), (100, "total", "2024")],
        ),
        # the same month of a named year tells the year
        (
            "China's exports to Russia fell sharply in November, down 10.5% compared to November 2023.",
            "",
            [(-10.5, "export", "2024-11")],
        ),
        (
            "China's exports to Russia grew less than in May 2024, when exports to Russia in yuan terms grew 1.8%.",
            "",
            [(1.8, "export", "2024-05")],
        ),
        # months go on from a sentence on China's trade with all; the year before one that was told
        (
            (
                "Общий объём внешней торговли КНР в январе-октябре 2021 года вырос на 31,9%.\n\n"
                "Товарооборот с Россией увеличился на 30,9%."
            ),
            "",
            [(30.9, "total", "2021-01..2021-10")],
        ),
        (
            (
                "Товарооборот Китая и России в 2024 году составил 244,8 млрд долларов.\n\nЗа предыдущий год"
                " показатель вырос на 26,3%."
            ),
            "",
            [(244.8, "total", "2024"), (26.3, "total", "2023")],
        ),
        (
            "Товарооборот России и Китая в сентябре вырос до 21,18 млрд долларов, это максимум с февраля 2022 года.",
            "2023-10-13",
            [(21.18, "total", "2023-09")],
        ),
        (
            (
                "В марте товарооборот России и Китая составил 8,1 млрд долларов, на 23% больше чем в прошлом году,"
                " на 12% больше чем в прошлом месяце."
            ),
            "2018-05-10",
            [(8.1, "total", "2018-03"), (23, "total", "2018-03")],
        ),
        (
            "China-Russia trade in Jan, Feb +25.9% = $33.7 bn.",
            "2023-03-07",
            [(25.9, "total", "2023-01..2023-02"), (33.7, "total", "2023-01..2023-02")],
        ),
        # "the same timeframe last year" names no year of its own
        (
            "China's imports from Russia fell 9.6% from January to June, compared to the same timeframe last year.",
            "2025-07-14",
            [(-9.6, "import", "2025-01..2025-06")],
        ),
        # a level over another month, and over its peak
        (
            "China's imports from Russia rose in April, up 56.6% from a year earlier and 13.3% above March.",
            "2022-05-09",
            [(56.6, "import", "2022-04"), (13.3, "import", "2022-04")],
        ),
        (
            "China-Russia trade in April 2023 came to $19 bn, narrowly missing March's peak.",
            "",
            [(19, "total", "2023-04")],
        ),
        # the months of the year that the text told
        (
            (
                "China-Russia trade reached $40.2 bn in January-April 2021.\n\nChina's exports to Russia were up 38.7%"
                " in the first four months of the year."
            ),
            "",
            [(40.2, "total", "2021-01..2021-04"), (38.7, "export", "2021-01..2021-04")],
        ),
        (
            "China's exports to Russia fell by 1% in May to May 2023.",
            "",
            [(-1, "export", "2024-05")],
        ),
        # the years behind "after" are not those of the sentence
        (
            (
                "After increasing by 29% in 2022 and 26% in 2023, China-Russia trade grew by 1.9% in 2024.\n\n"
                "China's exports to Russia in yuan grew by 5%."
            ),
            "",
            [(29, "total", "2022"), (26, "total", "2023"), (1.9, "total", "2024"), (5, "export", "2024")],
        ),
        # a rise over the month before, and months told twice
        (
            "In July 2025 China-Russia trade totaled $19.14 bn, an 8.7% increase over June.",
            "2025-08-08",
            [(19.14, "total", "2025-07"), (8.7, "total", "2025-07")],
        ),
        (
            "In the first seven months through July China-Russia trade fell by 8.1% over the same period of 2024.",
            "",
            [(-8.1, "total", "2025-01..2025-07")],
        ),
        (
            "China-Russia trade has grown by 40.6% since the beginning of 2023, compared to the same period in 2022.",
            "2023-07-13",
            [(40.6, "total", "2023-01..2023-06")],
        ),
        (
            (
                "China-Russia trade has grown since the beginning of 2023.\n\nIn June the trade turnover of the two"
                " countries came to $20.8 bn."
            ),
            "",
            [(20.8, "total", "2023-06")],
        ),
        (
            "Экспорт Китая в Россию вырос на 52% в июле, что медленнее роста на 90,9%, зарегистрированного в июне.",
            "2023-08-08",
            [(52, "export", "2023-07"), (90.9, "export", "2023-06")],
        ),
        ("2025 年前 11 个月,中俄贸易额下降 8.7%。", "", [(-8.7, "total", "2025-01..2025-11")]),
    ],
)
def test_months_belong_to_their_figure(
    dataset: Dataset, text: str, day: str, expected: list[tuple[float, str, str]]
) -> None:
    """Each figure has its own months, not those of another that stands by it."""
    assert read(dataset, text, day)[: len(expected)] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "In 2024 China imported $16.8 bn worth of goods to Russia, a 12.5% increase in imports.",
            [(16.8, "export", "2024"), (12.5, "export", "2024")],
        ),
        (
            "В 2023 году Россия ввезла в Китай товаров на $129 млрд, а приобрела оттуда на $111 млрд.",
            [(129, "import", "2023"), (111, "export", "2023")],
        ),
        (
            "Российский экспорт в КНР в 2021 году достиг $79 млрд, из КНР в Россию — $67 млрд.",
            [(79, "import", "2021"), (67, "export", "2021")],
        ),
        (
            "In 2023 exports to Russia rose 46.9%, while imports were up 12.7%.",
            [(46.9, "export", "2023"), (12.7, "import", "2023")],
        ),
        ("2023年中共对俄罗斯的出口增长46.9%,进口增加12.7%。", [(46.9, "export", "2023"), (12.7, "import", "2023")]),
        (
            (
                "Trade between China and Russia hit $110.75 bn in 2019.\n\nThe indicator dropped in 2020, decreasing"
                " by 2.9%."
            ),
            [(110.75, "total", "2019"), (-2.9, "total", "2020")],
        ),
        (
            "В 2021 году товарооборот двух стран вырос.\n\nОднако в 2020 году его уровень упал на 2,9%.",
            [(-2.9, "total", "2020")],
        ),
        (
            (
                "Товарооборот России и Китая в 2022 году вырос на 29,3%.\n\nНа поставки из Китая пришлось около"
                " 76 млрд долларов."
            ),
            [(29.3, "total", "2022"), (76, "export", "2022")],
        ),
        (
            (
                "Russia's exports to China are on a steady rise.\n\nAs a newspaper writes, citing customs, their volume"
                " in the first half of 2024 grew by 4%."
            ),
            [(4, "import", "2024-01..2024-06")],
        ),
        (
            "China-Russia trade reached $240 bn in 2023.\n\nThat's 26.3% higher than it was a year earlier.",
            [(240, "total", "2023"), (26.3, "total", "2023")],
        ),
        (
            (
                "China sold $76 bn of goods to Russia in 2022.\n\nThat was up 12.8% and was the highest amount since"
                " 2014, when global trade was hit."
            ),
            [(76, "export", "2022"), (12.8, "export", "2022")],
        ),
        (
            (
                "In 2023 Russian exports to China and Chinese shipments to Russia were almost equal, standing at $129"
                " bn and $111 bn respectively."
            ),
            [(129, "import", "2023"), (111, "export", "2023")],
        ),
        (
            "In 2023 Chinese exports to Russia grew 46.9%, with a 12.7% rise in Russian imports to $129 bn.",
            [(46.9, "export", "2023"), (12.7, "import", "2023"), (129, "import", "2023")],
        ),
        (
            (
                "Экспорт Китая в Россию в сентябре 2025 года упал.\n\nВ страну в сентябре 2025 года поступило товаров"
                " из Китая на 63 млрд юаней."
            ),
            [(63, "export", "2025-09")],
        ),
        (
            "In June 2023 China exported $9.6 bn in goods and imported $11.3 bn of goods from Russia.",
            [(9.6, "export", "2023-06"), (11.3, "import", "2023-06")],
        ),
        (
            (
                "China-Russia trade rose in 2018.\n\nImport of Russian-made products and services jumped by 42.7% to"
                " stand at $59.1 bn in 2018."
            ),
            [(42.7, "import", "2018"), (59.1, "import", "2018")],
        ),
        (
            (
                "China-Russia trade came to $125.8 bn in January-July 2025.\n\nAccording to the data, July's figures"
                " were also down year-on-year, by 2.8%."
            ),
            [(125.8, "total", "2025-01..2025-07"), (-2.8, "total", "2025-07")],
        ),
        (
            "Russia's balance in trade with China in January-July 2023 amounted to $9 bn.",
            [(9, "balance", "2023-01..2023-07")],
        ),
    ],
)
def test_a_flow_goes_where_its_words_send_it(
    dataset: Dataset, text: str, expected: list[tuple[float, str, str]]
) -> None:
    """Directions without a verb, from the other side, and of the sentence before."""
    assert read(dataset, text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("China's imports from Russia grew 2.5% in 2024, slowing down from 12.7% in 2023.", [2.5, 12.7]),
        (
            "China's imports from Russia fell 9.2% in May 2025, improving from a 14.1% loss in April 2025.",
            [-9.2, -14.1],
        ),
        ("2024年11月中国自俄罗斯进口下滑7.4%,相比10月份的4.3%跌幅扩大。", [-7.4, -4.3]),
        ("В 2025 году сокращение китайского экспорта в Россию (более чем на 10%) было ожидаемым.", [-10]),
        (
            "Russia's trade with China in 2025: imports fell 3.4%, leaving Russia with a trade surplus of $21.5 bn.",
            [-3.4, -21.5],
        ),
        (
            "Снижение поставок из Китая в Россию идёт дальше: в июле 2025 года — 8,6%, в августе 2025 года — 16,4%.",
            [-8.6, -16.4],
        ),
        ("In 2025 the positive trade balance of the Russian side with China came to $21.5 bn.", [-21.5]),
    ],
)
def test_signs_are_those_of_the_words(dataset: Dataset, text: str, expected: list[float]) -> None:
    """What slows down still grows; losses, and surpluses of Russia's, are negative."""
    assert [number for number, *_ in read(dataset, text)] == expected


@pytest.mark.parametrize(
    "text",
    [
        "China's trade with Russia saw exports and imports jump by double digits in 2023.",
        "2023年中俄贸易额增长26.3%,远高于同期中国外贸0.2%的增速。",
        "2023年中俄贸易额为2401亿美元(3200亿新元)。",
        "2023年,俄罗斯贸易总额为7101亿美元,俄中两国贸易额为2401.1亿美元,中国成为俄罗斯最主要的贸易伙伴国。",
        "2022年前5个月,中俄贸易额达到658.1亿美元,中美间贸易额为3135.7亿美元,同比增长12.2%。",
        "俄中两国领导人提出了将两国贸易额翻一番的任务,提出从一年1000亿美元增至2024年的2000亿美元。",
        (
            "China-Russia trade came to $240 bn in 2023.\n\nChinese exports in July rose by 9.6%, and its imports were"
            " up by 7.8%."
        ),
        "China-Russia trade came to $240 bn in 2023, exceeding the targeted $200 bn.",
    ],
)
def test_what_is_no_figure_of_the_two_is_left_alone(dataset: Dataset, text: str) -> None:
    """Double digits are no doubling; China's trade with all, other money and Russia's whole trade are not judged."""
    assert {one.verdict.verdict for one in figures(dataset, text)} <= {HOLDS, REVISED}


@pytest.mark.parametrize(
    ("text", "verdicts"),
    [
        # a year that is named, and what was passed
        ("The year 2018 is a banner for China-Russia trade, which passed $100 bn.", [HOLDS]),
        # what has been going on is of no year that ended
        (
            "China-Russia trade hit $240 bn in 2023.\n\nChina's imports from Russia have faced a decline of 9.2%.",
            [HOLDS, OPEN],
        ),
        # many years, or no base told
        ("China-Russia trade topped $190 bn in 2022, up by 116% in a spate of 10 years.", [HOLDS, OPEN]),
        ("China-Russia trade rose in March.\n\nHowever, China sold goods to Russia down 7.7% from 2021.", [OPEN]),
        # how much more one flow is than the other
        ("2022年中国自俄罗斯进口额为1141亿美元,比对俄出口额高380亿美元。", [REVISED, UNTESTED]),
        # Russia's own statistics are refuted by Russia's alone
        ("Russia's Customs Service said Russian-Chinese trade rose by 27% in January-September 2023.", [UNTESTED]),
        # customs' service, and the second-largest economy
        ("The service said that trade between China and Russia reached $240 bn in 2023.", [HOLDS]),
        ("The second-largest economy's trade with Russia reached $240 bn in 2023.", [HOLDS]),
        # the money of a rate beside an amount and its conversion
        ("2024年1-4月中俄贸易额为5437亿元(752.5亿美元),同比增加7.9%。", [HOLDS, UNTESTED, REVISED]),
        # a rate in yuan beside an amount in dollars
        ("In January-August 2025 China's exports to Russia declined 8.8% to $64.8 bn.", [SPLIT, HOLDS]),
        # yuan that nobody keeps, as far as rates part them from dollars
        ("China's exports to Russia rose 29.9 percent in January-February 2023 year-on-year.", [SPLIT]),
        # rates beside one over the month before
        (
            (
                "In December 2024 China-Russia trade rose by 7.1% month-on-month, with a 6.2% rise in imports from"
                " Russia to $10.67 bn."
            ),
            [UNTESTED, UNTESTED, REVISED],
        ),
        # the trade of a province, and rates that are set beside the country's
        ("2017年一季度黑龙江省对俄出口3.7亿美元;自俄罗斯进口23亿美元,增长48.6%。", [UNTESTED, UNTESTED, UNTESTED]),
        ("对俄贸易增长41.8%,高于2017年一季度中国对俄贸易平均增幅12.5个百分点。", [UNTESTED]),
        # an amount that a rate is below, of a year that is not told
        (
            (
                "В прошлом году товарооборот Китая и России упал после рекордных показателей 2024 года.\n\nТорговля"
                " между странами составила 1,63 трлн юаней, что на 6,5% меньше рекордных 1,74 трлн юаней."
            ),
            [OPEN, OPEN, OPEN],
        ),
        # a balance that the two flows of the text leave
        (
            (
                "In January-August 2024 China's imports from Russia came to $86.56 bn and China's exports to Russia to"
                " $71.91 bn.\n\nIn January-August 2024 Russia's trade surplus with China was $14.65 bn."
            ),
            [REVISED, REVISED, REVISED],
        ),
    ],
)
def test_verdicts_follow_what_the_words_tell(dataset: Dataset, text: str, verdicts: list[Outcome]) -> None:
    """No number is called false for what its words do not say."""
    assert [one.verdict.verdict for one in figures(dataset, text)] == verdicts
