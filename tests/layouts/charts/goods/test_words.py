"""Goods in three languages: one figure in all, names of the language, a search in everyday words."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

import pytest

from analysis.measures.goods import goods, reasons
from analysis.selection import LANGUAGES, Selection
from layouts.charts.goods.reasons import worded
from layouts.charts.registry import CHARTS
from layouts.look.theme import on_page
from layouts.words import language

if TYPE_CHECKING:
    from analysis.dataset import Dataset
    from layouts.figure.chart import Words

SENTENCES: Final = {
    ("discount", "", "zh"): "2025年俄罗斯原油的到岸价比其他来源低5.6%",
    ("discount", "", "ru"): "В 2025 году российская нефть обошлась Китаю на 5,6\u00a0% дешевле прочей",
    ("mirror", "", "zh"): "2021年中国海关统计的进口比俄罗斯海关统计的出口高15.5%",
    (
        "mirror",
        "",
        "ru",
    ): "За 2021 год импорт по данным таможни Китая на 15,5\u00a0% выше экспорта по данным таможни России",
    ("rerouting", "", "zh"): "2021—2022年，7地中有6地两段贸易同时上升：与转口相符，但不是证明",
    ("rerouting", "", "ru"): (
        "Оба потока выросли в 6 из 7 направлений, 2021–2022: похоже на обходные поставки, но не доказывает их"
    ),
    ("dependence", "", "zh"): (
        "2024年中国占俄罗斯贸易的33.4%（国际货币基金组织估算），俄罗斯占中国贸易的4.0%（中国海关）"
    ),
    ("dependence", "", "ru"): (
        "В 2024 году на Китай пришлось 33,4\u00a0% торговли России (оценка МВФ), "
        "на Россию — 4,0\u00a0% торговли Китая (таможня Китая)"
    ),
    ("settlement", "", "zh"): "本币在双边结算中的占比：2013年2%（杰尼索夫），2025年11月约99%（诺瓦克）",
    ("settlement", "", "ru"): (
        "Национальные валюты в расчётах: 2\u00a0%, 2013 (Денисов); около 99\u00a0%, нояб. 2025 (Новак)"
    ),
    ("dual-use", "", "zh"): "2023年高优先级商品出口增长40%（中国海关统计）",
    ("dual-use", "", "ru"): "В 2023 году экспорт приоритетных товаров вырос на 40\u00a0% (учёт: таможня Китая)",
    ("goods", "", "zh"): "中国主要买矿物燃料、卖机械；2023年车辆出口增至3.6倍",
    ("goods", "", "ru"): (
        "Китай покупает прежде всего топливо, продаёт машины; автотранспорт: рост в 3,6 раза в 2023 году"
    ),
    ("goods", "?find=大豆", "zh"): "“大豆”：中国进口大豆，金额7亿美元，较2022年+79%",
    ("price-volume", "", "zh"): "2023年：价跌量增；原油和液化天然气：价格影响−91，数量影响+98亿美元",
}
# abbreviations and names that every language keeps
_NAMES: Final = "BACI CEPII CIF FOB Brent Comtrade Carnegie Sher Kot FREE Network on Bruegel KSE paper"
KEPT: Final = re.compile("|".join(_NAMES.split()))
VIEWS: Final = (
    *(("discount", query) for query in ("", "?end=2021", "?start=2023&end=2023")),
    *(("mirror", query) for query in ("", "?step=month", "?step=year&flow=export", "?end=2021-03")),
    *(("dependence", query) for query in ("", "?basis=national", "?basis=mirror")),
    *(("settlement", query) for query in ("", "?start=2022&end=2023")),
    *(("price-volume", query) for query in ("", "?prices=constant", "?start=2021&end=2022")),
    *(("dual-use", query) for query in ("", "?list=all")),
    *(("goods", query) for query in ("", "?code=27", "?goods=printed", "?find=copper")),
    ("rerouting", ""),
)


def words(name: str, query: str, lang: str, dataset: Dataset) -> Words:
    """Return the words of a view in a language."""
    selection = replace(Selection.from_query(query), lang=None if lang == "en" else lang)
    chart = CHARTS[name]
    return chart.words(chart.table(dataset, selection), selection)


@pytest.mark.parametrize(("name", "query", "lang"), SENTENCES)
def test_a_whole_sentence(name: str, query: str, lang: str, dataset: Dataset) -> None:
    """The finding reads as a native editor would print it."""
    assert words(name, query, lang, dataset).finding == SENTENCES[name, query, lang]


def digits(text: str) -> list[str]:
    """Return the figures of a sentence without marks, in order: 81.0, 81,0 and 810 are the same."""
    plain = re.sub(r"(?:\d+月?[至—])?\d+月|(?<!\d)12(?:个月| месяцев|-month)", "", text)  # months have names elsewhere
    plain = re.sub(r"(?<=\d)[\u00a0\u202f ,.](?=\d{3}(?!\d))|(?<=\d)[,.](?=\d)", "", plain)
    numbers = (one.rstrip("0").lstrip("0") for one in re.findall(r"\d+", plain))
    return sorted(one for one in numbers if one)


@pytest.mark.parametrize(("name", "query"), VIEWS)
def test_languages_say_the_same_figures(name: str, query: str, dataset: Dataset) -> None:
    """Findings, subtitles and notes of the three languages hold the same digits, and declare the same figures."""
    english, *others = [words(name, query, lang, dataset) for lang in LANGUAGES]
    for one in others:
        for mine, first in ((one.finding, english.finding), (one.subtitle, english.subtitle), (one.note, english.note)):
            assert digits(mine) == digits(first), (mine, first)
        assert one.stated == english.stated


@pytest.mark.parametrize("lang", ["zh", "ru"])
@pytest.mark.parametrize("name", sorted({name for name, _ in VIEWS}))
def test_no_english_is_left_in_a_picture(name: str, lang: str, dataset: Dataset) -> None:
    """What is written inside the picture is of the language; names of lists, terms and publishers stay."""
    selection = Selection(lang=lang)
    chart = CHARTS[name]
    rows = chart.table(dataset, selection)
    framing = chart.words(rows, selection)
    notes = [note.text or "" for note in chart.draw(rows, selection, on_page(358, dark=False)).layout.annotations]
    source = "".join(framing.source.split())[:12]  # the names of publishers stand in the source line alone
    shown = [note for note in notes if source not in "".join(re.sub("<[^>]+>", "", note).split())]
    assert len(shown) == len(notes) - 1
    for one in (framing.finding, framing.subtitle, framing.note, framing.unit, *shown):
        rest = KEPT.sub("", re.sub("<[^>]+>", " ", one))
        assert not re.search(r"[A-Za-z]{3,}", rest), one


@pytest.mark.parametrize(
    ("sought", "code"),
    [
        *(("天然气", "2711"), ("大豆", "1201"), ("手机", "8517"), ("芯片", "8541"), ("汽车", "8703")),
        *(("chips", "8541"), ("wheat", "1001"), ("natural gas", "271121"), ("oil", "2709"), ("cars", "8703")),
        *(("лес", "44"), ("машины", "84"), ("нефть", "2709"), ("нефти", "2709"), ("чипы", "8541"), ("соя", "1201")),
        *(("стол", "9403"), ("столы", "9403"), ("столов", "9403")),
        *(("salmon", "030312"), ("鸡肉", "0207"), ("водка", "220860"), ("солнечные панели", "854140")),
    ],
)
def test_everyday_words_lead_to_what_is_traded_most(sought: str, code: str, dataset: Dataset) -> None:
    """The largest of what a word finds is what people mean by it."""
    rows = goods.matching(dataset, 2023, sought).dropna(subset=["value"])
    assert rows.sort_values("value")["code"].iloc[-1] == code


@pytest.mark.parametrize("code", LANGUAGES)
def test_every_short_name_is_there_in_each_language(code: str, dataset: Dataset) -> None:
    """What has a short English name has one in Chinese and Russian, and no two chapters share one."""
    names = goods.names(dataset, code)
    assert set(goods.names(dataset)) <= set(names)
    chapters = [name for digits_, name in names.items() if len(digits_) == 2]
    assert len(chapters) == len(set(chapters)) == 96
    assert names["271111"] == {"en": "LNG", "zh": "液化天然气", "ru": "СПГ"}[code]


def test_everyday_words_name_codes_that_are_traded(dataset: Dataset) -> None:
    """Each code of an everyday word holds a line of some year; no word means nothing."""
    table, lines = dataset.side("everyday_words"), goods.lines(dataset)["code"]
    assert not table.duplicated().any()
    for code in table["code"].unique():
        assert lines.str.startswith(code).any(), code


def test_a_reason_is_a_code_in_the_table_and_words_in_a_picture() -> None:
    """Each value of a reason finds its place, in the marks of the language."""
    weights = reasons.written("weights", year=2023, weighed="69.6", printed="104.0")
    assert worded(weights) == "BACI has 69.6\u00a0mln t for 2023, customs published 104.0\u00a0mln t"
    with language.speaking("ru"):
        assert worded(weights) == "за 2023 год в BACI 69,6\u00a0млн т, таможня опубликовала 104,0\u00a0млн т"
        assert worded("part codes=852580+880211") == "ГС-2022 отнесла к нему лишь часть 852580 и 880211"
    with language.speaking("zh"):
        assert worded(weights) == "2023年BACI为6,960万吨，海关公布10,400万吨"
    assert worded("changed code=854231") == "HS 2022 changed code 854231"
    with pytest.raises(ValueError, match="without blanks"):
        reasons.written("gone", codes="1 2")


def test_all_goods_alone_are_said_where_no_chapter_is_known(dataset: Dataset) -> None:
    """A view that holds the total and no group of goods leads with the total."""
    selection = Selection(goods="printed")
    rows = CHARTS["goods"].table(dataset, selection)
    total = rows[rows["commodity_code"].eq("TOTAL")].reset_index(drop=True)
    assert 0 < len(total) < len(rows)
    words_ = CHARTS["goods"].words(total, selection)
    assert "all goods" in words_.finding
    assert len(words_.stated) == total["flow"].nunique()
