"""The three languages say the same: each number of a sentence, and no word of another language."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING, Final

import pytest

from analysis.selection import Selection
from layouts.charts.registry import CHARTS

if TYPE_CHECKING:
    from analysis.dataset import Dataset
    from layouts.figure.chart import Words

VIEWS: Final = {
    "pulse": ("", "measure=yoy", "measure=ytd_yoy&flow=total", "measure=sum12&currency=USD", "measure=index"),
    "growth": ("", "measure=sum12&currency=USD&flow=import", "against=currencies"),
    "energy": ("", "counted=baci", "count=products", "counted=russia", "grain=month"),
    "revisions": ("", "window=month&flow=import", "window=year&start=2021&end=2021"),
    "coverage": ("", "asof=2022-03-31"),
    "table": ("start=2024",),
}
WALKED: Final = [(name, query) for name, queries in VIEWS.items() for query in queries]
MONTHS: Final = "|".join(
    (
        *("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"),
        *("янв", "фев", "мар", "апр", "май", "мая", "июн", "июл", "авг", "сент", "окт", "нояб", "дек"),
    )
)
# names that all languages write so, and the words of a command
NAMES: Final = re.compile(r"BACI|CREA|HS|FOB|CIF|LNG|Comtrade|IMTS|MGIMO|Direction of Trade Statistics|--refresh crea")


def words_of(dataset: Dataset, name: str, query: str, code: str) -> Words:
    """Return the words of a view in a language."""
    selection = replace(Selection.from_query(f"?{query}"), lang=code)
    data = dataset.on(selection.asof)
    return CHARTS[name].words(CHARTS[name].rows(data, selection), selection)


def numbers(words: str, code: str) -> list[Decimal]:
    """Return the numbers of some words in billions and per cent, smallest first, the months of a date left out."""
    if code == "zh":
        words = re.sub(r"\d+月\d+日|(?:\d+(?:—|至))?\d+月", " ", words)
        words = re.sub(r"([\d,.]+)(?=亿)", lambda match: str(Decimal(match[1].replace(",", "")) / 10), words)
    if code == "ru":
        words = re.sub(r"(?<=\d)\u00a0(?=\d{3})", "", words)
        words = re.sub(r"(\d),(\d)", r"\1.\2", words)
    words = re.sub(rf"\d+ (?={MONTHS})", " ", words)  # the day of a month
    words = re.sub(r"(?<=\d),(?=\d{3}(?!\d))", "", words)
    return sorted({Decimal(one) for one in re.findall(r"\d+(?:\.\d+)?", words)})


@pytest.mark.parametrize(("name", "query"), WALKED)
@pytest.mark.parametrize("code", ["zh", "ru"])
def test_the_numbers_are_the_same(dataset: Dataset, name: str, query: str, code: str) -> None:
    """Title, subtitle and note give the figures of the English ones, none less and none more."""
    own, first = words_of(dataset, name, query, code), words_of(dataset, name, query, "en")
    for mine, english in ((own.finding, first.finding), (own.subtitle, first.subtitle), (own.note, first.note)):
        assert numbers(mine, code) == numbers(english, "en"), (mine, english)
    assert own.stated == first.stated


@pytest.mark.parametrize(("name", "query"), WALKED)
def test_no_word_of_another_language(dataset: Dataset, name: str, query: str) -> None:
    """Chinese and Russian words hold no Latin ones but names, English ones no others, the names of sources aside."""
    for code, strange in (
        ("en", r"[\u0400-\u04ff\u2e80-\uffef]"),
        ("zh", r"[A-Za-z\u0400-\u04ff]"),
        ("ru", "[A-Za-z]"),
    ):
        words = words_of(dataset, name, query, code)
        for part in (words.finding, words.subtitle, words.note, words.unit):
            assert not re.findall(strange, NAMES.sub("", part)), part


@pytest.mark.parametrize(
    ("name", "query", "code", "finding"),
    [
        ("growth", "", "zh", "2026年1—7月：同比增长21.5%，2025年1—7月为−7.1%"),
        (
            "growth",
            "",
            "ru",
            "За январь–июль 2026 года — рост на 21,5\u00a0% год к году после −7,1\u00a0% за январь–июль 2025 года",
        ),
        ("revisions", "", "zh", "14个数字中有10个后来上调；2022年1—6月改动最大，为+1.0%"),
        (
            "revisions",
            "window=month&flow=import",
            "ru",
            "23 цифры из 27 позже пересмотрены вверх; сильнее всего изменились данные за март 2022 года: +5,2\u00a0%",
        ),
        (
            "revisions",
            "window=year&start=2021&end=2021",
            "ru",
            "Данные за 2021 год позже пересмотрены вниз на 0,1\u00a0%",
        ),
        ("pulse", "flow=total", "zh", "2026年7月中俄进出口总额1,706亿元，同比增长24.3%"),
        ("coverage", "asof=2022-03-31", "zh", "各来源有哪些月份的数据，哪些无从得知"),
    ],
)
def test_sentences_by_hand(dataset: Dataset, name: str, query: str, code: str, finding: str) -> None:
    """Whole sentences, as an editor of each language would write them."""
    assert words_of(dataset, name, query, code).finding == finding


def test_the_comparison_sees_another_number() -> None:
    """A figure ten times too large, or one left out, is seen."""
    assert numbers("80.9 bn, Jul 2026, +1,099.9%", "en") == numbers("809亿，2026年7月，+1,099.9%", "zh")
    assert numbers("80.9 bn", "en") != numbers("80.9亿", "zh")
    assert numbers("1,5 и 2", "ru") == numbers("2 and 1.5", "en") != numbers("2", "en")
