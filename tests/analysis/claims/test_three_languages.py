"""The same statement typed in English, Chinese and Russian: read alike, and judged alike, true or shifted."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING, Final, NamedTuple

import pytest

from analysis.claims import article, reader_claim
from analysis.claims.parser.parse import parse
from analysis.claims.verdicts import HOLDS, NOT, OTHERWISE, REVISED, SPLIT, UNREAD, UNTESTED, Outcome
from layouts.charts.claims import labels, wording
from layouts.words.catalogue import say
from layouts.words.language import speaking

if TYPE_CHECKING:
    from analysis.claims.parser.typed import Typed
    from analysis.dataset import Dataset

FUELS: Final = ("2709", "2701", "2702", "2703", "2704", "271111", "271121")
Reading = tuple[str, str, str, str, tuple[str, str] | None, tuple[str, ...]]


def of(year: int, first: int = 1, last: int = 12) -> tuple[str, str]:
    """Return the months of a year."""
    return f"{year}-{first:02d}", f"{year}-{last:02d}"


class Claim(NamedTuple):
    """A statement in three languages with a place for its number, what is read of it, and what it comes out as.

    The number of a value is in billions; Chinese writes it in 亿, a tenth of one.
    """

    number: str
    en: str
    zh: str
    ru: str
    reading: Reading
    outcome: Outcome

    def typed(self, number: str) -> dict[str, str]:
        """Return the statement with a number, in each language as that writes numbers."""
        tenfold = number if self.reading[1] == "percent" else f"{Decimal(number).scaleb(1):f}"
        return {
            "en": self.en.format(number),
            "zh": self.zh.format(tenfold),
            "ru": self.ru.format(number.replace(".", ",")),
        }


def growth(flow: str, span: tuple[str, str], side: str = "CHN", codes: tuple[str, ...] = ()) -> Reading:
    """Return the reading of a rate."""
    return "growth", "percent", flow, side, span, codes


def dollars(flow: str, span: tuple[str, str], side: str = "CHN", codes: tuple[str, ...] = ()) -> Reading:
    """Return the reading of a value in US$."""
    return "level", "bn_usd", flow, side, span, codes


def yuan(flow: str, span: tuple[str, str]) -> Reading:
    """Return the reading of a value in yuan."""
    return "level", "bn_cny", flow, "CHN", span, ()


def share(flow: str, span: tuple[str, str], side: str = "CHN", codes: tuple[str, ...] = ()) -> Reading:
    """Return the reading of a share."""
    return "share", "percent", flow, side, span, codes


TRUE: Final = (
    Claim(
        "40.7",
        "trade grew by {}% in January-May 2023",
        "2023年1-5月进出口增长{}%",
        "товарооборот в январе–мае 2023 года вырос на {} %",
        growth("total", of(2023, 1, 5)),
        REVISED,
    ),
    Claim(
        "40.6",
        "{}% in the first half of 2023",
        "2023年上半年增长{}%",
        "в первом полугодии 2023 года выросли на {} %",
        growth("total", of(2023, 1, 6)),
        REVISED,
    ),
    Claim(
        "240.1",
        "trade was US$ {} bn in 2023",
        "2023年中俄贸易额为{}亿美元",
        "товарооборот России и Китая в 2023 году составил {} млрд долларов",
        dollars("total", of(2023)),
        REVISED,
    ),
    Claim(
        "80.9",
        "China's imports of energy from Russia came to {} bn dollars in 2022",
        "2022年中国自俄罗斯进口能源{}亿美元",
        "в 2022 году импорт энергоносителей составил {} млрд долларов",
        dollars("import", of(2022), codes=FUELS),
        HOLDS,
    ),
    Claim(
        "81",
        "US$ {} bn for energy in 2022",
        "2022年能源进口{}亿美元",
        "импорт энергоносителей за 2022 год: {} млрд долл. США",
        dollars("import", of(2022), codes=FUELS),
        HOLDS,
    ),
    Claim(
        "98.0",
        "Russia's exports to China were {} billion dollars in 2022",
        "2022年俄罗斯对中国出口{}亿美元",
        "экспорт России в Китай в 2022 году достиг {} миллиарда долларов",
        dollars("export", of(2022), "RUS"),
        HOLDS,
    ),
    Claim(
        "98.0",
        "China imported {} bn dollars from Russia in 2022",
        "2022年中国从俄罗斯进口{}亿美元",
        "импорт Китая из России в 2022 году составил {} млрд долларов",
        dollars("import", of(2022)),
        SPLIT,
    ),
    Claim(
        "218.17",
        "China's trade with Russia: {} billion dollars in January-November 2023",
        "2023年前11个月，中国与俄罗斯贸易总额为{}亿美元",
        "за одиннадцать месяцев 2023 года торговля Китая с Россией составила {} млрд долл.",
        dollars("total", of(2023, 1, 11)),
        REVISED,
    ),
    Claim(
        "7.7",
        "imports from Russia rose {} % in January-April 2021",
        "2021年前四个月自俄罗斯进口增长{}%",
        "импорт из России за январь-апрель 2021 г. увеличился на {} процента",
        growth("import", of(2021, 1, 4)),
        REVISED,
    ),
    Claim(
        "3.9",
        "imports fell {} % in 2025",
        "2025年全年进口下降{}%",
        "импорт в 2025 году снизился на {} %",
        growth("import", of(2025)),
        REVISED,
    ),
    Claim(
        "1688.3",
        "trade of {} bn yuan in 2023",
        "2023年双边贸易额{}亿元人民币",
        "товарооборот за 2023 год — {} млрд юаней",
        yuan("total", of(2023)),
        HOLDS,
    ),
    Claim(
        "19",
        "Russia supplied {}% of China’s crude imports in 2024",
        "2024年俄罗斯原油在中国原油进口中占比{}%",
        "в 2024 году доля России в импорте нефти Китая составила {} %",
        share("import", of(2024), codes=("2709",)),
        HOLDS,
    ),
    Claim(
        "33.4",
        "China accounts for {}% of Russia’s trade in 2024",
        "2024年中国占俄罗斯外贸的{}%",
        "на Китай в 2024 году пришлось {} % внешней торговли России",
        share("total", of(2024), "RUS"),
        HOLDS,
    ),
    Claim(
        "4.0",
        "Russia’s share of China’s trade was {}% in 2024",
        "2024年俄罗斯在中国外贸中的份额为{}%",
        "доля России во внешней торговле Китая в 2024 году — {} %",
        share("total", of(2024)),
        HOLDS,
    ),
    Claim(
        "74.8",
        "energy was {}% of imports from Russia in 2022",
        "2022年能源占自俄罗斯进口的{}%",
        "энергоносители — {} % импорта из России в 2022 году",
        share("import", of(2022), codes=FUELS),
        SPLIT,
    ),
    Claim(
        "17.9",
        "China's deficit with Russia was {} bn dollars in 2023",
        "2023年中国对俄罗斯贸易逆差{}亿美元",
        "дефицит Китая в торговле с Россией в 2023 году — {} млрд долларов",
        dollars("balance", of(2023)),
        HOLDS,
    ),
    Claim(
        "46.9",
        "exports to Russia rose {}% in 2023",
        "2023年对俄罗斯出口增长{}%",
        "экспорт в Россию вырос в 2023 году на {} %",
        growth("export", of(2023)),
        REVISED,
    ),
    Claim(
        "26.3",
        "China's trade with Russia grew {}% in 2023 in dollars",
        "2023年中俄贸易以美元计价增长{}%",
        "товарооборот в долларах вырос на {} % в 2023 году",
        growth("total", of(2023)),
        REVISED,
    ),
    Claim(
        "21.5",
        "January-July 2026: +{}%, trade in yuan",
        "2026年1至7月进出口以人民币计增长{}%",
        "январь-июль 2026 года: +{} %, товарооборот в юанях",
        growth("total", of(2026, 1, 7)),
        HOLDS,
    ),
    Claim(
        "10.5",
        "coal imports were {} billion dollars in 2024",
        "2024年煤炭进口{}亿美元",
        "импорт угля в 2024 году составил {} млрд долларов",
        dollars("import", of(2024), codes=("2701", "2702", "2703", "2704")),
        HOLDS,
    ),
    Claim(
        "60.7",
        "crude oil imports {} bn dollars 2023",
        "2023年原油进口{}亿美元",
        "импорт нефти: {} млрд долларов в 2023 году",
        dollars("import", of(2023), codes=("2709",)),
        HOLDS,
    ),
    Claim(
        "29.3",
        "trade up {} per cent in 2022",
        "2022年中俄贸易同比增长百分之{}",
        "товарооборот в 2022 году увеличился на {} процента",
        growth("total", of(2022)),
        REVISED,
    ),
    Claim(
        "114.88",
        "trade of US$ {} bn in the first half of 2023",
        "2023年上半年进出口总值{}亿美元",
        "товарооборот за первое полугодие 2023 года: {} млрд долларов",
        dollars("total", of(2023, 1, 6)),
        HOLDS,
    ),
    Claim(
        "93.8",
        "from January to May 2023 trade was {} bn dollars",
        "2023年1月至5月贸易额{}亿美元",
        "с января по май 2023 года товарооборот составил {} млрд долларов",
        dollars("total", of(2023, 1, 5)),
        REVISED,
    ),
    Claim(
        "230",
        "trade was more than {} bn dollars in 2023",
        "2023年贸易额超过{}亿美元",
        "товарооборот в 2023 году превысил {} млрд долларов",
        dollars("total", of(2023)),
        HOLDS,
    ),
    Claim(
        "250",
        "trade was less than {} bn dollars in 2023",
        "2023年贸易额不到{}亿美元",
        "товарооборот в 2023 году — менее {} млрд долларов",
        dollars("total", of(2023)),
        HOLDS,
    ),
)
# what holds for another period, on no figure, or is not told by customs: the same in each language
OTHERS: Final = (
    ("26.3% in 2024", "2024年增长26.3%", "рост на 26,3 % в 2024 году", OTHERWISE),
    ("40.7% in the first half of 2023", "2023年上半年40.7%", "40,7 % в первом полугодии 2023 года", OTHERWISE),
    (
        "56 bn dollars energy 2021",
        "2021年能源进口560亿美元",
        "импорт энергоносителей 56 млрд долларов в 2021 году",
        NOT,
    ),
    (
        "energy imports rose 83% in 2022",
        "2022年能源进口增长83%",
        "импорт энергоносителей вырос на 83 % в 2022 году",
        NOT,
    ),
    ("imports of coal rose tenfold in 2022", "2022年煤炭进口增长9倍", "импорт угля вырос в 10 раз в 2022 году", NOT),
    ("trade hit a record in 2025", "2025年贸易额创历史新高", "товарооборот в 2025 году был рекордным", NOT),
    ("trade hit a record in 2023", "2023年贸易额创历史新高", "товарооборот достиг рекорда в 2023 году", HOLDS),
    ("trade fell 10% in 2023", "2023年进出口下降10%", "товарооборот упал на 10 % в 2023 году", OTHERWISE),
    ("growth of trade of 5% in 2031", "2031年贸易增长5%", "рост товарооборота на 5 % в 2031 году", UNTESTED),
    ("trade rose 5% in January 2023", "2023年1月贸易增长5%", "товарооборот вырос на 5 % в январе 2023 года", UNTESTED),
    ("95% of trade is settled in yuan", "95%的贸易以人民币结算", "95 % расчётов — в юанях", UNTESTED),
    ("10 000 soldiers", "10000名士兵", "10 000 солдат", UNTESTED),
    ("oil prices fell 5% in 2023", "2023年油价价格下跌5%", "цены на нефть упали на 5 % в 2023 году", UNTESTED),
    ("3 mln tonnes of coal in 2023", "2023年煤炭300万吨", "3 млн тонн угля в 2023 году", UNTESTED),
    ("240 bn euros in 2023", "2023年2400亿欧元", "240 млрд евро в 2023 году", UNTESTED),
    (
        "exports rose 5% month-on-month in May 2023",
        "2023年5月出口环比增长5%",
        "экспорт +5 % к предыдущему месяцу в мае 2023",
        UNTESTED,
    ),
    (
        "trade with India grew 5% in 2023",
        "2023年与印度贸易增长5%",
        "торговля с Индией выросла на 5 % в 2023 году",
        UNREAD,
    ),
    ("exports of umbrellas rose 5% in 2023", "2023年雨伞出口增长5%", "экспорт зонтов вырос на 5 % в 2023 году", UNREAD),
    ("trade in the first half of 2023", "2023年上半年贸易", "товарооборот в первом полугодии 2023 года", UNREAD),
    ("trade of 240 in 2023", "2023年贸易额240", "товарооборот 240 в 2023 году", UNREAD),
)


def read_of(read: Typed) -> Reading:
    """Return what was read, without the number."""
    return read.measure, read.unit, read.flow, read.side, read.span, read.codes


@pytest.mark.parametrize("claim", TRUE, ids=[claim.en for claim in TRUE])
def test_one_statement_in_three_languages(dataset: Dataset, claim: Claim) -> None:
    """Number, measure, flow, months and goods are read alike, nothing is passed over, and the verdict is the same."""
    for words in claim.typed(claim.number).values():
        read = parse(words)
        assert read_of(read) == claim.reading, words
        assert Decimal(read.number.lstrip("-")) == Decimal(claim.number), words
        assert read.decimals == len(claim.number.partition(".")[2]) or claim.reading[1] != "percent", words
        assert read.passed == (), words
    outcomes = {words: reader_claim.judge(dataset, words).verdict for words in claim.typed(claim.number).values()}
    assert set(outcomes.values()) == {claim.outcome}, outcomes


@pytest.mark.parametrize("claim", TRUE, ids=[claim.en for claim in TRUE])
def test_a_shifted_number_holds_in_none(dataset: Dataset, claim: Claim) -> None:
    """A number that is far off fails in each language, with one verdict; so does a bound that is not reached."""
    far = (
        Decimal("0.37") if "less" in claim.en else Decimal("2.9") if claim.reading[1] == "percent" else Decimal("1.37")
    )
    decimals = len(claim.number.partition(".")[2])
    shifted = f"{Decimal(claim.number) * far:.{decimals}f}"
    outcomes = {words: reader_claim.judge(dataset, words).verdict for words in claim.typed(shifted).values()}
    assert len(set(outcomes.values())) == 1, outcomes
    assert not set(outcomes.values()) & {HOLDS, REVISED}, outcomes


@pytest.mark.parametrize("languages", OTHERS, ids=[one[0] for one in OTHERS])
def test_other_statements_in_three_languages(dataset: Dataset, languages: tuple[str, str, str, Outcome]) -> None:
    """What holds elsewhere, on no figure, or is no matter of customs comes out alike."""
    *typed, outcome = languages
    assert {words: reader_claim.judge(dataset, str(words)).verdict for words in typed} == dict.fromkeys(typed, outcome)


def test_unread_words_are_named_as_typed(dataset: Dataset) -> None:
    """What means nothing here is named in the reader's own words, numbers too."""
    assert parse("2023年中俄贸易额2401亿美元，同比增长26.3%，奇迹").passed == ("26.3%", "奇迹")
    assert parse("товарооборот вырос на 26,3 % до 240,1 млрд долл. в 2023 году, чудо").passed == (
        "240,1 млрд долл.",
        "чудо",
    )
    verdict = reader_claim.judge(dataset, "2023年雨伞出口增长5%")
    with speaking("zh"):
        assert wording.sentence(verdict).startswith("“雨伞”可能是商品名")


def test_a_verdict_in_each_language(dataset: Dataset) -> None:
    """One verdict is written out three times, whatever language the words were typed in."""
    verdict = reader_claim.judge(dataset, "2023年上半年增长40.7%")
    with speaking("en"):
        assert wording.sentence(verdict).startswith("40.7% belongs to Jan–May 2023 (as published on 7 Jun 2023, ")
    with speaking("zh"):
        assert wording.sentence(verdict).startswith("40.7%对应的是2023年1—5月（2023年6月7日公布数，按美元计）。")
    with speaking("ru"):
        sentence = wording.sentence(verdict).replace("\N{NO-BREAK SPACE}", " ")
        assert sentence.startswith("40,7 % соответствует периоду янв.–май 2023 (как опубликовано 7 июн. 2023, ")


@pytest.mark.parametrize(
    ("words", "number", "unit"),
    [
        ("2023年贸易额1.69万亿元", "1.69", "trn_cny"),
        ("2023年贸易额16882亿元人民币", "1688.2", "bn_cny"),
        ("2022年进口500万美元", "5", "mln_usd"),
        ("2023年对俄贸易总额2400亿美元", "240", "bn_usd"),
        ("2023年对俄贸易总额2400.0亿美元", "240.00", "bn_usd"),
        ("2023年对俄贸易总额2401亿美元", "240.1", "bn_usd"),
        ("товарооборот 1 690,5 млрд юаней в 2024 году", "1690.5", "bn_cny"),
        ("товарооборот 1\u00a0690,5 млрд юаней в 2024 году", "1690.5", "bn_cny"),
        ("экспорт 500 тыс. долларов в 2022 году", "0.500", "mln_usd"),
        ("импорт 1,69 трлн юаней в 2024 году", "1.69", "trn_cny"),
    ],
)
def test_scales(words: str, number: str, unit: str) -> None:
    """Digits stay as printed, the point moves where English has no such scale; whole billions are rounded ones."""
    read = parse(words)
    assert (read.number, read.unit) == (number, unit)


@pytest.mark.parametrize(
    ("words", "span"),
    [
        ("2023年一季度增长5%", of(2023, 1, 3)),
        ("2023年第三季度增长5%", of(2023, 7, 9)),
        ("2023年下半年增长5%", of(2023, 7, 12)),
        ("2023年前七个月增长5%", of(2023, 1, 7)),
        ("2023年12月增长5%", of(2023, 12, 12)),
        ("2022年7月至2023年6月增长5%", ("2022-07", "2023-06")),
        ("рост на 5 % в первом квартале 2023 года", of(2023, 1, 3)),
        ("рост на 5 % во II квартале 2023 г.", of(2023, 4, 6)),
        ("рост на 5 % за девять месяцев 2023 года", of(2023, 1, 9)),
        ("рост на 5 % за первые 7 месяцев 2023 года", of(2023, 1, 7)),
        ("рост на 5 % во втором полугодии 2023-го", of(2023, 7, 12)),
        ("рост на 5 % в мае 2023 года", of(2023, 5, 5)),
        ("рост на 5 % с июля по сентябрь 2023 года", of(2023, 7, 9)),
    ],
)
def test_months(words: str, span: tuple[str, str]) -> None:
    """Quarters, halves, first months and spans are read with their year."""
    assert parse(words).span == span


@pytest.mark.parametrize(
    ("words", "number"),
    [
        ("2023年出口翻一番", "100"),
        ("2023年出口增长1.5倍", "150"),
        ("2023年出口减半", "-50"),
        ("экспорт вырос в 1,5 раза в 2023 году", "50"),
        ("экспорт вырос вдвое в 2023 году", "100"),
        ("экспорт сократился вдвое в 2023 году", "-50"),
    ],
)
def test_multiples(words: str, number: str) -> None:
    """A multiple is growth: 增长1.5倍 is 2.5 times as much, в 1,5 раза half as much again."""
    read = parse(words)
    assert (read.number, read.unit, read.slack > 0) == (number, "percent", True)


@pytest.mark.parametrize(
    ("words", "base"),
    [
        ("2023年贸易额比2021年增长63%", of(2021)),
        ("2023年上半年比2021年同期增长63%", of(2021, 1, 6)),
        ("в 2023 году товарооборот вырос на 63 % по сравнению с 2021 годом", of(2021)),
        ("в первом полугодии 2023 года рост на 63 % к аналогичному периоду 2021 года", of(2021, 1, 6)),
        ("in the first half of 2023 trade grew 63% compared with the same period of 2021", of(2021, 1, 6)),
    ],
)
def test_growth_over_an_earlier_year(words: str, base: tuple[str, str]) -> None:
    """Another base than a year before is read as one."""
    assert parse(words).base == base


@pytest.mark.parametrize(
    ("words", "number", "measure", "flow", "span"),
    [
        ("海关总署数据显示，2023年中俄双边贸易额达2401.1亿美元，创历史新高", "240.11", "level", "total", of(2023)),
        ("2023年，中国从俄罗斯进口的原油金额为606亿美元", "60.6", "level", "import", of(2023)),
        ("2022年俄罗斯对华能源出口增长54%", "54", "growth", "export", of(2022)),
        ("2023年上半年貿易額增長40.7%", "40.7", "growth", "total", of(2023, 1, 6)),
        ("2025年中国对俄贸易顺差38亿美元", "3.8", "level", "balance", of(2025)),
        (
            "Товарооборот РФ и КНР в январе-июле 2026 года вырос на 21,5% в годовом выражении",
            "21.5",
            "growth",
            "total",
            of(2026, 1, 7),
        ),
        (
            "Экспорт Китая в РФ за январь — май 2023 г. вырос на 75,6%, до $42,96 млрд",
            "75.6",
            "growth",
            "export",
            of(2023, 1, 5),
        ),
        (
            "отрицательное сальдо Китая в торговле с Россией 17,9 млрд долларов в 2023 году",
            "-17.9",
            "level",
            "balance",
            of(2023),
        ),
        ("торговля выросла почти на 41% в первой половине 2023 года", "41", "growth", "total", of(2023, 1, 6)),
        ("товарооборот в 2023 году вырос до 240,1 млрд долларов", "240.1", "level", "total", of(2023)),
    ],
)
def test_as_newspapers_write(words: str, number: str, measure: str, flow: str, span: tuple[str, str]) -> None:
    """Sentences as agencies write them: number, measure, flow and months; reaching a number is no bound."""
    read = parse(words)
    assert (read.number, read.measure, read.flow, read.span) == (number, measure, flow, span)
    assert (read.bound, read.missing, read.untold) == ("", None, None)


@pytest.mark.parametrize("code", ["en", "zh", "ru"])
def test_the_examples_are_read(dataset: Dataset, code: str) -> None:
    """What the field and a refusal give as an example is itself read, and passes nothing over."""
    with speaking(code):
        shown = say("charts.claims.claim.example")
        refused = say("claims.example")
    for words, span in ((shown, of(2023, 1, 6)), (refused, of(2023, 1, 5))):
        read = parse(words.partition("：" if code == "zh" else ": ")[2] or words)
        assert (read.number, read.measure, read.flow, read.span, read.passed) == ("40.7", "growth", "total", span, ())
    assert reader_claim.judge(dataset, shown).verdict is OTHERWISE


@pytest.mark.parametrize(
    "words", ["2023年出口大豆增长5%", "экспорт мяса вырос на 5 % в 2023 году", "2023年对俄钢铁增长5%"]
)
def test_goods_not_known_by_name_are_not_taken_for_all_trade(dataset: Dataset, words: str) -> None:
    """Goods that the Harmonized System names, in Chinese or Russian, are no growth of all trade."""
    assert reader_claim.judge(dataset, words).verdict is UNREAD


def tokens(sentence: str, code: str) -> list[Decimal]:
    """Return the numbers of a text in billions or as they stand, days and months left out."""
    sentence = sentence.replace("\N{MINUS SIGN}", "-").replace("\N{NO-BREAK SPACE}", " ")
    sentence = (
        re.sub(r"(?<=\d) (?=\d{3}(?!\d))", "", sentence) if code == "ru" else re.sub(r"(?<=\d),(?=\d{3})", "", sentence)
    )
    sentence = re.sub(r"(?<=\d),(?=\d)", ".", sentence) if code == "ru" else sentence
    numbers = []
    for met in re.finditer(r"(\d+(?:\.\d+)?)(万亿|亿| (?:m|млн)(?! т)\b)?", sentence):
        shift = {"亿": -1, "万亿": 3}.get(met[2] or "", -3 if met[2] else 0)
        numbers.append(Decimal(met[1]).scaleb(shift).normalize())
    return sorted(one for one in numbers if one != one.to_integral() or one > 31)


def test_the_numbers_are_the_same_in_each_language(dataset: Dataset) -> None:
    """Sentences, search, names and steps of a verdict hold the same numbers in each language."""
    verdicts = list(article.judge(dataset))
    for claim in TRUE[::3]:
        verdicts += [reader_claim.judge(dataset, claim.en.format(number)) for number in (claim.number, "77.77")]
    for verdict in verdicts:
        numbers = []
        for code in ("en", "zh", "ru"):
            with speaking(code):
                steps = [wording.text_of(one.steps) for one in (*verdict.bases, *verdict.elsewhere)]
                figures = [labels.figure(one.figure, one.unit) for one in (*verdict.bases, *verdict.elsewhere)]
                sentence = " | ".join((wording.sentence(verdict), wording.searched(verdict), *steps, *figures))
            numbers.append(tokens(sentence, code))
        assert numbers[0] or not verdict.bases
        assert numbers[0] == numbers[1] == numbers[2], sentence


def test_one_verdict_for_all_languages(dataset: Dataset) -> None:
    """A verdict is computed once and holds no words: the very object serves each language."""
    with speaking("en"):
        first = reader_claim.judge(dataset, "2023年上半年增长40.7%")
    with speaking("ru"):
        assert reader_claim.judge(dataset, "2023年上半年增长40.7%") is first
