"""Plain sentences made of figures at hand, in three languages: each states one figure on its own basis."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from analysis.claims.figures import figure_search
from analysis.recomputations.figures import PERCENT, Kind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from analysis.claims.figures.figure_search import Entry
    from analysis.dataset import Dataset

LANGUAGES: Final = ("en", "zh", "ru")
KINDS: Final = {Kind.NOW, Kind.TABLE, Kind.FIRST, Kind.LATER, Kind.RATE}
_EN: Final = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October")
_MONTHS: Final = (*_EN, "November", "December")
_RU: Final = ("январе", "феврале", "марте", "апреле", "мае", "июне", "июле", "августе", "сентябре", "октябре")
_MONTHS_RU: Final = (*_RU, "ноябре", "декабре")
_FLOWS: Final = {
    "en": {
        "total": ("China-Russia trade", "Trade between Russia and China"),
        "export": ("China's exports to Russia", "Chinese shipments to Russia"),
        "import": ("China's imports from Russia", "Russian supplies to China"),
    },
    "zh": {
        "total": ("中俄贸易额", "中俄双边贸易总额"),
        "export": ("中国对俄罗斯出口额", "中国对俄出口"),
        "import": ("中国自俄罗斯进口额", "中国自俄进口"),
    },
    "ru": {
        "total": ("товарооборот России и Китая", "объем торговли между Россией и Китаем"),
        "export": ("экспорт Китая в Россию", "поставки из Китая в Россию"),
        "import": ("импорт Китая из России", "поставки из России в Китай"),
    },
}


def entries(dataset: Dataset) -> list[Entry]:
    """Return the figures that customs print or publish now: values and rates, dollars and yuan, of whole months."""
    pools = (figure_search.values(dataset), figure_search.growth(dataset))
    return [
        one
        for pool in pools
        for one in pool.entries
        if one.basis.kind in KINDS
        and one.flow in _FLOWS["en"]
        and one.span[0][:4] == one.span[1][:4]
        and one.basis.basis is not None
        and one.basis.basis.counted_by == "CHN"
        and (one.basis.unit != PERCENT or 0.5 <= abs(one.basis.figure) < 500)
    ]


def sentence(one: Entry, language: str, turn: int, factor: float = 1.0) -> str:
    """Return a sentence that states a figure, times ``factor``; ``turn`` chooses the wording."""
    subject = _FLOWS[language][one.flow][turn % 2]
    figure = one.basis.figure * factor
    made = {"en": _english, "zh": _chinese, "ru": _russian}[language]
    return made(subject, figure, one, turn)


def _window(one: Entry) -> tuple[int, int, int]:
    return int(one.span[0][:4]), int(one.span[0][5:]), int(one.span[1][5:])


def _english(subject: str, figure: float, one: Entry, turn: int) -> str:
    year, first, last = _window(one)
    months = {
        (1, 12): f"in {year}",
        (1, 6): f"in the first half of {year}",
        (1, 9): f"in the first nine months of {year}",
    }
    span = f"{_MONTHS[first - 1]}-{_MONTHS[last - 1]}" if first != last else _MONTHS[first - 1]
    when = months.get((first, last), f"in {span} {year}")
    if one.basis.unit == PERCENT:
        money = " in yuan terms" if one.basis.currency == "CNY" else " in dollar terms"
        verb = ("fell", "dropped") if figure < 0 else ("rose", "grew")
        body = f"{subject} {verb[turn % 2]} by {abs(figure):.1f}{('%', ' percent')[turn % 2]} year-on-year{money}"
    elif one.basis.currency == "CNY":
        body = f"{subject} came to {figure:.1f} billion yuan"
    else:
        body = f"{subject} {('amounted to', 'reached')[turn % 2]} ${figure:.2f} billion"
    return f"{body} {when}, customs data showed." if turn % 3 else f"{when.capitalize()}, {body}."


def _chinese(subject: str, figure: float, one: Entry, turn: int) -> str:
    year, first, last = _window(one)
    months = {(1, 12): f"{year}年", (1, 6): f"{year}年上半年", (1, 3): f"{year}年一季度"}
    span = f"{year}年{first}月" if first == last else f"{year}年{first}至{last}月"
    when = months.get((first, last), span)
    if one.basis.unit == PERCENT:
        money = "按人民币计" if one.basis.currency == "CNY" else "按美元计"
        return f"海关总署数据显示,{when},{money}{subject}同比{'下降' if figure < 0 else '增长'}{abs(figure):.1f}%。"
    if one.basis.currency == "CNY":
        return f"{when},{subject}达{10 * figure:.1f}亿元人民币。"
    return (
        f"{when}{subject}为{10 * figure:.2f}亿美元。" if turn % 2 else f"{when},{subject}达到{10 * figure:.2f}亿美元。"
    )


def _russian(subject: str, figure: float, one: Entry, turn: int) -> str:
    year, first, last = _window(one)
    months = {
        (1, 12): f"в {year} году",
        (1, 6): f"в первом полугодии {year} года",
        (1, 9): f"за девять месяцев {year} года",
    }
    span = f"{_MONTHS_RU[first - 1]}-{_MONTHS_RU[last - 1]}" if first != last else _MONTHS_RU[first - 1]
    when = months.get((first, last), f"в {span} {year} года")
    if one.basis.unit == PERCENT:
        money = "в юанях" if one.basis.currency == "CNY" else "в долларах"
        verb = "сократился" if figure < 0 else "вырос"
        body = f"{subject} {money} {verb} на {abs(figure):.1f}%".replace(".", ",")
    elif one.basis.currency == "CNY":
        body = f"{subject} составил {figure:.1f} млрд юаней".replace(".", ",")
    else:
        body = f"{subject} составил {figure:.2f} млрд долларов".replace(".", ",")
    when = when[0].upper() + when[1:]
    return f"{when} {body}." if turn % 2 else f"{body[0].upper()}{body[1:]} {when.lower()}, сообщила таможня КНР."


def sample(dataset: Dataset, step: int) -> Iterator[tuple[Entry, str, int]]:
    """Yield each ``step``-th figure with a language and a turn of wording, all evenly."""
    for place, one in enumerate(entries(dataset)[::step]):
        yield one, LANGUAGES[place % 3], place // 3
