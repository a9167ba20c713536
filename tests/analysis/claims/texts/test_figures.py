"""Figures of a text: which words belong to which number, what carries over. Sentences made up here."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from analysis.claims import reader_claim
from analysis.claims.texts.check import Judged, check
from analysis.claims.texts.statements import statement
from analysis.claims.verdicts import HOLDS, NOT, OPEN, UNTESTED, Outcome

if TYPE_CHECKING:
    from analysis.dataset import Dataset

Y22, Y23, H1 = ("2022-01", "2022-12"), ("2023-01", "2023-12"), ("2023-01", "2023-06")


def read(dataset: Dataset, text: str) -> list[tuple[str, str, str, tuple[str, str] | None]]:
    """Return number, measure, flow as the words have it, and months of each figure of a text."""
    return [
        (one.claim.number, one.claim.measure, f"{one.claim.side} {one.claim.flow}", one.claim.span)
        for one in check(dataset, text).figures
    ]


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        (
            "China's exports to Russia rose 12.4 % to $61.5 bn in 2022 while imports fell 5 %.",
            [
                ("12.4", "growth", "CHN export", Y22),
                ("61.5", "level", "CHN export", Y22),
                ("-5", "growth", "CHN import", Y22),
            ],
        ),
        (
            (
                "China paid $81 billion for Russian oil, coal, LNG and pipeline gas in 2022, up from $52.1bn "
                "a year earlier."
            ),
            [("81", "level", "CHN import", Y22), ("52.1", "level", "CHN import", ("2021-01", "2021-12"))],
        ),
        (
            "Bilateral trade between China and Russia saw a 26.3 per cent jump to a record $240.1 billion in 2023.",
            [("26.3", "growth", "CHN total", Y23), ("240.1", "level", "CHN total", Y23)],
        ),
        (
            "China's imports from Russia fell by 9.6% in H1 2023 and exports by 8.4%.",
            [("-9.6", "growth", "CHN import", H1), ("-8.4", "growth", "CHN export", H1)],
        ),
        (
            "In 2023 China's exports to and imports from Russia rose 46.9 percent and 12.7 percent, respectively.",
            [("46.9", "growth", "CHN export", Y23), ("12.7", "growth", "CHN import", Y23)],
        ),
        (
            "Trade between Russia and China was $240bn in 2023, compared with $190bn in 2022.",
            [("240", "level", "CHN total", Y23), ("190", "level", "CHN total", Y22)],
        ),
        ("In 2023 Russia supplied about a fifth of China's crude oil imports.", [("20", "share", "CHN import", Y23)]),
        ("China-Russia trade grew by 29 to 30 percent in 2022.", [("29.5", "growth", "CHN total", Y22)]),
        (
            "2022年中国对俄出口增长12.8%,自俄进口增长43.4%,达1141.49亿美元。",
            [
                ("12.8", "growth", "CHN export", Y22),
                ("43.4", "growth", "CHN import", Y22),
                ("114.149", "level", "CHN import", Y22),
            ],
        ),
        (
            "В 2023 году экспорт Китая в Россию вырос почти в полтора раза, а импорт из России — на 12,7%.",
            [("50", "growth", "CHN export", Y23), ("12.7", "growth", "CHN import", Y23)],
        ),
        (
            (
                "В 2023 году поставки со стороны Пекина выросли на 46,9%, а Москва нарастила их на 12,7%, "
                "до 129,1 миллиарда долларов."
            ),
            [
                ("46.9", "growth", "CHN export", Y23),
                ("12.7", "growth", "CHN import", Y23),
                ("129.1", "level", "CHN import", Y23),
            ],
        ),
    ],
)
def test_each_figure_has_its_own_flow_and_months(
    dataset: Dataset, text: str, figures: list[tuple[str, str, str, tuple[str, str] | None]]
) -> None:
    """Several figures of a sentence are told apart, in whatever order the words stand."""
    assert read(dataset, text) == figures


@pytest.mark.parametrize(
    ("text", "span", "carried"),
    [
        ("Trade with Russia grew in 2022, China said. In the same period exports to Russia rose 12.8%.", Y22, True),
        ("China-Russia trade rose 40.6% in the first half of 2023. Of that, imports grew 19.4%.", H1, True),
        ("China-Russia trade was $20bn in June 2023. In July it was $19.5bn.", ("2023-07", "2023-07"), False),
        ("China-Russia trade rose in 2022 and in 2023. In June exports to Russia rose 5%.", None, False),
        ("China-Russia trade rose 26.3% in 2023. Exports to Russia rose 46.9% last year.", None, False),
        ("China-Russia trade passed $100 bn by mid-December 2018.", None, False),
        ("China-Russia trade rose 26.3%, after the invasion in February 2022.", None, False),
    ],
)
def test_months_carry_over_only_plainly(
    dataset: Dataset, text: str, span: tuple[str, str] | None, *, carried: bool
) -> None:
    """What the text says before holds on where it says so; where two are possible there is no verdict."""
    last = check(dataset, text).figures[-1]
    assert (last.claim.span, last.carried) == (span, carried)
    assert (last.verdict.verdict is OPEN) == (span is None)


@pytest.mark.parametrize(
    "text",
    [
        "Trade between China and the United States fell 14.5% to $327 billion in 2023.",
        "China's GDP grew 5.2 percent in 2023.",
        "Leaders of China and Russia set a target of $200 billion for 2024.",
        "Russia's exports fell 28.3% to $425.1 billion in 2023, customs said.",
        "Trade between Germany and Russia fell 75% in 2023. Imports from Russia dropped by 90%.",
        "About 4,300 km of border and 1.4 billion people lie between; Putin, 70, met Xi for 4.5 hours in 2023.",
        "China's overall imports shrank 12.4% in July 2023.",
        "俄罗斯2023年石油出口额下降23.9%,降至2250亿美元。",
        "По итогам 2023 года внешний долг России составил 326,6 млрд долларов.",
    ],
)
def test_numbers_of_other_things_are_left_alone_and_counted(dataset: Dataset, text: str) -> None:
    """Other countries, plans, people and debts are no figures of this trade; they are counted."""
    checked = check(dataset, text)
    assert checked.figures == []
    assert checked.left_alone >= 1


@pytest.mark.parametrize(
    "text",
    [
        "Trade between China and Russia increased by $49.8 billion in 2023.",
        "Russia's crude oil supplies to China rose by 27.3% in 2023 to 52.6 mln tons.",
        "Trade between China and Russia surged by 7.1% month-on-month in December 2024.",
        "China-Russia trade came to 5.86 bn dollars in 1987.",
    ],
)
def test_what_no_source_can_judge_is_named_so(dataset: Dataset, text: str) -> None:
    """A difference, tonnes, a month before, years without data: none has a verdict."""
    assert [one.verdict.verdict for one in check(dataset, text).figures] == [UNTESTED]


def test_a_figure_reads_the_same_alone(dataset: Dataset) -> None:
    """The statement of a figure, opened alone, gives the very verdict that it has in its text."""
    text = (
        "China's exports to Russia rose nearly 50% to $111 bn in 2023 while imports grew 12.7%. Russia supplied a "
        "fifth of China's crude oil imports in 2023. China's trade deficit with Russia narrowed to $17.9bn in 2023."
    )
    figures = check(dataset, text).figures
    assert len(figures) == 5
    for one in figures:
        assert reader_claim.judge(dataset, statement(one.claim)).verdict is one.verdict.verdict, one.claim


def test_the_day_of_knowledge_counts(dataset: Dataset) -> None:
    """A print that was revised later is, on the day, the figure itself."""

    def verdict(day: str | None) -> Judged:
        return check(dataset.on(day), "China-Russia trade rose 40.6% in the first half of 2023.").figures[0]

    assert verdict(None).verdict.bases[0].figure != verdict("2023-07-20").verdict.bases[0].figure


H1_24, Q1_22, JUN_24 = ("2024-01", "2024-06"), ("2022-01", "2022-03"), ("2024-06", "2024-06")


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        (
            "Trade between Russia and China rose from $190.3bn to $240.1bn in 2023.",
            [("190.3", "level", "CHN total", Y22), ("240.1", "level", "CHN total", Y23)],
        ),
        (
            "В 2023 году товарооборот России и Китая вырос с 190,3 до 240,1 млрд долларов.",
            [("190.3", "level", "CHN total", Y22), ("240.1", "level", "CHN total", Y23)],
        ),
        (
            "2023年中俄贸易额从1903亿美元增至2401亿美元。",
            [("190.3", "level", "CHN total", Y22), ("240.1", "level", "CHN total", Y23)],
        ),
        (
            (
                "В июне 2024 года Россия ввезла в Китай товаров на 10,366 млрд долларов, Китай в РФ - на"
                " 9,883 млрд долларов."
            ),
            [("10.366", "level", "CHN import", JUN_24), ("9.883", "level", "CHN export", JUN_24)],
        ),
        (
            "Экспорт Китая в Россию в 2023 году вырос на 46,9%, поставки в обратном направлении - на 12,7%.",
            [("46.9", "growth", "CHN export", Y23), ("12.7", "growth", "CHN import", Y23)],
        ),
        (
            "中俄贸易2022年、2023年增速分别达29.3%和26.3%。",
            [("29.3", "growth", "CHN total", Y22), ("26.3", "growth", "CHN total", Y23)],
        ),
        (
            "В апреле 2018 года товарооборот Китая и России составил 8 млрд 115,8 млн ам. долл.",
            [("8.1158", "level", "CHN total", ("2018-04", "2018-04"))],
        ),
        (
            "China's exports to Russia fell by more than 10% in 2025.",
            [("-10", "growth", "CHN export", ("2025-01", "2025-12"))],
        ),
        (
            "Trade between Russia and China shrank to $40.89bn (by 4.3%) in January-May 2020.",
            [
                ("40.89", "level", "CHN total", ("2020-01", "2020-05")),
                ("-4.3", "growth", "CHN total", ("2020-01", "2020-05")),
            ],
        ),
    ],
)
def test_amounts_go_from_one_to_another_and_flows_turn(
    dataset: Dataset, text: str, figures: list[tuple[str, str, str, tuple[str, str] | None]]
) -> None:
    """The first of two amounts is of the year before; what goes the other way has the other flow."""
    assert read(dataset, text) == figures


@pytest.mark.parametrize(
    "text",
    [
        "Heilongjiang province's trade with Russia reached $22.36 billion in 2023.",
        "2023年,中国民营企业对俄进出口208.4亿元,下降4.2%。",
        "В 2023 году товарооборот Приморского края с Китаем вырос на 40%.",
        "In June 2024 trade between China and Russia rose 2.3% from May.",
    ],
)
def test_a_part_of_the_trade_is_not_judged_as_the_whole(dataset: Dataset, text: str) -> None:
    """Provinces, kinds of firms and changes on the month before have no verdict."""
    assert {one.verdict.verdict for one in check(dataset, text).figures} <= {UNTESTED}


def test_a_first_print_in_yuan_is_judged_by_what_dollars_tell(dataset: Dataset) -> None:
    """Nobody keeps the prints in yuan: as far as the dollars of the same months were revised, and no further."""

    def verdict(words: str) -> str:
        return (
            check(dataset, f"China's trade with Russia {words} in the first quarter of 2022.")
            .figures[0]
            .verdict.verdict
        )

    assert verdict("rose to 243.03 billion yuan") == "held when printed"
    assert verdict("rose to 239 billion yuan") == "figures disagree"
    imports = check(dataset, "China's imports from Russia rose 29.4% in yuan terms in the first half of 2023.")
    assert imports.figures[0].verdict.verdict == "figures disagree"


def test_russias_count_refutes_no_number_of_chinas_customs(dataset: Dataset) -> None:
    """Where only the other side's count is at hand, a number is not called false."""
    text = "China's customs said that trade with Russia topped 4.07 billion dollars in September 2009."
    assert [one.verdict.verdict for one in check(dataset, text).figures] == [UNTESTED]
    russian = "Russia's Federal Customs Service said that trade with China was $108.3 billion in 2018."
    assert check(dataset, russian).figures[0].verdict.verdict == "held when printed"


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("China-Russia trade came to 1.69 trillion yuan ($233 billion) in 2023.", UNTESTED),
        ("China-Russia trade came to 1.69 trillion yuan, or $233 billion, in 2023.", UNTESTED),
        ("В 2023 году товарооборот России и Китая составил 1,69 трлн юаней (233 млрд долларов).", UNTESTED),
        ("China-Russia trade came to 1.69 trillion yuan ($240.0 billion) in 2023.", HOLDS),
        ("China-Russia trade came to 1.69 trillion yuan in 2023. It came to $213 billion in 2023.", NOT),
    ],
)
def test_an_amount_in_brackets_is_a_conversion(dataset: Dataset, text: str, verdict: Outcome) -> None:
    """The yuan are judged; dollars behind them in brackets are no figure of customs, true where they are one."""
    yuan, dollars = check(dataset, text).figures
    assert yuan.verdict.verdict is HOLDS
    assert dollars.verdict.verdict is verdict
