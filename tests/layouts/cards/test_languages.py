"""Headline, panel, table and source line in three languages: the same figures, each in whole sentences of its own."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

import pandas as pd
import pytest
from dash import html

from analysis.points import POINT
from analysis.selection import LANGUAGES, Selection
from callbacks import number_panel
from layouts.cards import headline, rows_table
from layouts.cards.filled import filled
from layouts.charts.registry import CHARTS
from layouts.figure import source_line
from layouts.words import language, names
from layouts.words.catalogue import say

if TYPE_CHECKING:
    from analysis.dataset import Dataset
    from callbacks.live_dataset import LiveDataset

TODAY: Final = pd.Timestamp("2026-11-29")
POINTS: Final = (
    "pulse:import.2023-06",
    "energy:crude.2022-01_2022-12",
    "goods:import.27.2023-01_2023-12",
    "dependence:china.china.export.2022-01_2022-12",
    "settlement:counted...import.RUB.2023-03",
)
PERIODS: Final = re.compile(r"\d{4}年(?:\d+(?:[至—]\d+)?月)?(?:\d+日)?")

STATE_ZH: Final = (
    "2026年1—7月中俄货物贸易总额10,999亿元，同比增长21.5%",
    "中国出口5,028亿元（+24.5%），进口5,971亿元（+19.1%），逆差942亿元。来源：中国海关。",
)
STATE_RU: Final = (
    (
        "Товарооборот Китая и России за январь–июль 2026 года составил 1 099,9 млрд юаней, "
        "на 21,5 % больше, чем годом ранее"
    ),
    (
        "Китай продал на 502,8 млрд юаней (+24,5 %), купил на 597,1 млрд юаней (+19,1 %); "
        "отрицательное сальдо — 94,2 млрд юаней. Источник: ГТУ КНР."
    ),
)
STEP_ZH: Final = (
    "上年同期：联合国Comtrade的一条原始记录，与公布的一致，逐月折算：海关自身的月度汇率（原油进口人民币值与美元值之比）"
)
STEP_RU: Final = (
    "Годом ранее: одна исходная строка (ООН Comtrade), как опубликовано; каждый месяц пересчитан "
    "по месячному курсу самой таможни (импорт нефти в юанях к импорту в долларах)"
)
LINE_EN: Final = "Source: IMF (2019–2020, preliminary). Newest dated release: 7 Jun 2023. Licence: IMF terms"
LINE_ZH: Final = "来源：国际货币基金组织（2019—2020年，初步数）。最近一次注明日期的发布：2023年6月7日。许可："
LINE_RU: Final = (
    "Источник: МВФ (2019–2020, предварительные данные). "
    "Последняя датированная публикация: 7 июн. 2023. Лицензия: условия"
)


def words(component: Any) -> list[str]:
    """Return the text of each block inside components."""
    if component is None:
        return []
    if isinstance(component, (list, tuple)):
        return [text for part in component for text in words(part)]
    if isinstance(component, str):
        return [component]
    inner = words(getattr(component, "children", None))
    return ["".join(inner)] if isinstance(component, (html.H1, html.H2, html.P, html.Li, html.Td)) else inner


def panel(live: LiveDataset, point: str, code: str) -> list[Any]:
    """Return the panel of a point in a language."""
    with language.speaking(code):
        blocks = number_panel.answer(live, Selection(point=point, lang=code), "https://example.org/")
    assert blocks is not None
    return blocks


def digits(sentence: str) -> list[str]:
    """Return the digits of each number but those of days: 80.23 bn, 802.3亿 and 80,23 млрд are one."""
    plain = PERIODS.sub("", sentence).replace("\N{NO-BREAK SPACE}", "").replace("\N{NARROW NO-BREAK SPACE}", "")
    numbers = re.findall(r"\d[\d.,]*", plain)
    return sorted(re.sub(r"[.,]", "", number) for number in numbers if not re.fullmatch(r"(?:19|20)\d\d[.,]?", number))


@pytest.mark.parametrize("point", POINTS)
def test_a_number_is_the_same_in_each_language(point: str, live: LiveDataset) -> None:
    """Figure, steps and reported rows have the same digits in English, Chinese and Russian."""
    sentence = {}
    for code in LANGUAGES:
        blocks = panel(live, point, code)
        titles = [block for block in blocks if isinstance(block, (html.H2, html.Ol))]
        sentence[code] = [digits(text) for text in words(titles)]
    assert any(sentence["en"])
    assert sentence["en"] == sentence["zh"] == sentence["ru"]


@pytest.mark.parametrize("query", ["", "end=2012", "asof=2023-07-01", "end=2022-06&currency=USD"])
def test_the_state_of_trade_is_the_same_in_each_language(query: str, dataset: Dataset) -> None:
    """The sentence at the top has the same digits in English, Chinese and Russian."""
    selection = Selection.from_query(query)
    texts_ = {}
    for code in LANGUAGES:
        with language.speaking(code):
            texts_[code] = digits(words(headline.headline(dataset.on(selection.asof), selection, TODAY)[0])[0])
    assert texts_["en"] == texts_["zh"] == texts_["ru"] != []


@pytest.mark.parametrize(("code", "sentence", "lead"), [("zh", *STATE_ZH), ("ru", *STATE_RU)])
def test_the_state_of_trade(code: str, sentence: str, lead: str, dataset: Dataset) -> None:
    """The first sentences of the page as a native editor has them."""
    with language.speaking(code):
        blocks = words(headline.headline(dataset, Selection(), TODAY))
    texts_ = [text.replace("\N{NO-BREAK SPACE}", " ") for text in blocks]
    assert texts_[0] == sentence
    assert texts_[1].startswith(lead)


@pytest.mark.parametrize(("code", "step"), [("zh", STEP_ZH), ("ru", STEP_RU)])
def test_a_step(code: str, step: str, live: LiveDataset) -> None:
    """A step from a reported row to the figure, in a whole sentence."""
    assert step in words(panel(live, "pulse:import.2023-06", code))


@pytest.mark.parametrize(("code", "line"), [("en", LINE_EN), ("zh", LINE_ZH), ("ru", LINE_RU)])
def test_the_source_line(code: str, line: str) -> None:
    """Publishers, years, release and licence of two synthetic rows."""
    months = pd.to_datetime(["2019-01-01", "2020-12-01"])
    rows = pd.DataFrame({"source": "imf", "period_start": months, "period_end": months, "provisional": True})
    rows = rows.assign(released=pd.Timestamp("2023-06-07"), reference="a synthetic row")
    with language.speaking(code):
        assert source_line.line(rows).replace("\N{NO-BREAK SPACE}", " ").startswith(line)


@pytest.mark.parametrize(
    ("code", "instead"),
    [
        ("zh", "显示有数据的最近一年，2023年：2025年1月起没有数据"),
        ("ru", "показан последний год, за который есть данные, — 2023: начиная с января 2025 данных нет"),
    ],
)
def test_another_view_says_so(code: str, instead: str, dataset: Dataset) -> None:
    """Where the period holds nothing, the rows name what is shown, in the language of the view."""
    rows = CHARTS["goods"].table(dataset, Selection(start="2025-01", lang=code))
    assert set(rows["instead"]) == {instead}


@pytest.mark.parametrize("code", ["zh", "ru"])
@pytest.mark.parametrize("name", ["pulse", "mirror", "dependence"])
def test_the_head_of_a_table_is_in_the_language(name: str, code: str, dataset: Dataset) -> None:
    """No raw name of a column stands over a table."""
    selection = Selection(lang=code)
    rows = CHARTS[name].table(dataset, selection)
    with language.speaking(code):
        table = rows_table.table(CHARTS[name], rows.tail(3), selection)[0].children
    heads = [str(head.children) for head in table.children[1].children.children]
    assert len(heads) > 5
    assert not [head for head in heads if head.isascii()]
    assert POINT not in heads


def test_components_stand_in_a_sentence() -> None:
    """A place may hold a component, or a list; text beside it stays text, and a case is asked of names."""
    bold = html.B("5")
    with language.speaking("ru"):
        sentence = filled("cards.key.change", rate=[bold, "!"], before=names.country("CHN"))
    assert sentence == [bold, "!", " к уровню Китая"]


def test_an_abbreviation_takes_one_full_stop() -> None:
    """A sentence that ends in an abbreviation has one stop; three in an address stay."""
    with language.speaking("ru"):
        assert say("cards.cite.source", what="93,8 млрд долл.") == "93,8 млрд долл."
        assert say("cards.cite.source", what="?point=a...b") == "?point=a...b."
