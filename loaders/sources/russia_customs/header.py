"""The header of a table of Russian customs: where it stands, and what each column holds."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from loaders.core.source import SourceError
from loaders.sources.russia_customs import russian_money, russian_periods
from loaders.tables import text_files

_DEEPEST: Final = 60
_LONGEST: Final = 60
_PARTNER: Final = re.compile(
    r"(?:наименовани[ея] )?(?:стран[аы]?|государств[оа]?)(?:[ ,\-/(].*)?|(?:наименовани[ея] )?(?:партнер|контрагент).*"
)
_GOODS: Final = re.compile(r"(?:код.{0,12})?тн ?вэд.*|код товар.*|товар(?:ы|ная группа.*)?|наименовани[ея] товар.*")
_DIRECTION: Final = re.compile(r"направлени.*|поток.*|вид (?:торговли|потока).*|экспорт ?/ ?импорт")
_PERIOD: Final = re.compile(r"(?:отчетный )?период.*|год|месяц|дата.*")
_NO_MONEY: Final = re.compile(
    r"%|процент|темп|прирост|дол[яи]\b|удельн|сальдо|баланс|место|ранг|№|п/п|вес\b|масса|нетто|тонн|\bкг\b|количеств|индекс"
    r"|(?<![а-я])к (?:[а-я.]+ )*(?:[а-я.]+ ?[-–—] ?[а-я.]+ )?(?:(?:19|20)\d\d|году|периоду|месяцу|кварталу)"
    r"|рост|снижени|сокращени|изменени"
)
_OF_MONEY: Final = re.compile(
    r"экспорт[а]?|импорт[а]?|(?:внешнеторгов(?:ый|ого)|товаро)?-?(?:товаро)?оборот[а]?|внешнеторгов(?:ый|ого)|товарооборот[а]?"
    r"|стоимост(?:ь|и|ной)|статистическая|фактурная|сумм[аы]|объем[ы]?|значени[ея]|всего|итого|товаров|торговли|внешней"
    r"|росси[ия]|российской|федерации|рф|фоб|сиф|fob|cif|за|в|на|и|со|странами|период|отчетный|г|гг|текущих|ценах|из|стран[аы]?"
)
_FLOWS: Final = {"экспорт": "export", "импорт": "import", "оборот": "total"}
_VALUE: Final = re.compile(r"стоимост|сумма|объем|значени")


@dataclass(frozen=True)
class Column:
    """A column of figures: where it is, its words, and what they tell of flow, period and unit."""

    index: int
    title: str
    flow: str
    span: russian_periods.Span
    units: frozenset[tuple[int, str]]


@dataclass(frozen=True)
class TableHeader:
    """Where a table's rows begin, and its columns; ``lines`` are the filled cells over the header."""

    below: int
    partner: int
    width: int
    repeated: str
    figures: tuple[Column, ...]
    periods: tuple[int, ...]
    direction: int | None
    lines: tuple[str, ...]

    @property
    def above(self) -> str:
        """The words over the header as one text."""
        return " | ".join(self.lines)


def flow(text: str) -> str:
    """Return the one flow that words name, else nothing."""
    words = russian_periods.plain(text)
    named = {direction for word, direction in _FLOWS.items() if word in words}
    return named.pop() if len(named) == 1 else ""


def is_partner(cell: str) -> bool:
    """Return whether a cell heads a column of partners."""
    return (
        len(cell) <= _LONGEST
        and _PARTNER.fullmatch(russian_periods.plain(cell)) is not None
        and not russian_periods.span(cell)
    )


def find(rows: Sequence[Sequence[str]], name: str) -> TableHeader | None:
    """Return the header of a table, or nothing where no column is headed as partners.

    Raises:
        SourceError: the table is by goods, or has no column of figures.
    """
    places = ((i, j) for i, row in enumerate(rows[:_DEEPEST]) for j, cell in enumerate(row) if is_partner(cell))
    top, partner = next(places, (-1, -1))
    if top < 0:
        return None
    first, below = _extent(rows, top, partner)
    titles = _titles(rows[first:below], partner)
    plain = [russian_periods.plain(title) for title in titles]
    if any(_GOODS.fullmatch(title) for title in plain):
        raise SourceError(f"{name}: a table by goods; of Russian customs only totals by partner are read")
    figures = tuple(_figures(titles, partner, name))
    if not figures:
        raise SourceError(f"{name}: no column of exports, imports or turnover beside the partners")
    return TableHeader(
        below=_after_numbers(rows, below),
        partner=partner,
        width=max(i for i, title in enumerate(titles, 1) if title),
        repeated=rows[top][partner],
        figures=figures,
        periods=tuple(i for i, title in enumerate(plain) if i != partner and _PERIOD.fullmatch(title)),
        direction=next((i for i, title in enumerate(plain) if _DIRECTION.fullmatch(title)), None),
        lines=tuple(" ".join(cell.split()) for row in rows[:first] for cell in row if cell.strip()),
    )


def _extent(rows: Sequence[Sequence[str]], top: int, partner: int) -> tuple[int, int]:
    """Return the first row of the header (rows above with several cells are of it) and the row after its last."""
    first, below = top, top + 1
    while first and _filled(rows[first - 1]) > 1:
        first -= 1
    while below < len(rows) and not _cell(rows[below], partner) and _filled(rows[below]):
        below += 1
    return first, below


def _cell(row: Sequence[str], index: int) -> str:
    return row[index].strip() if index < len(row) else ""


def _filled(row: Sequence[str]) -> int:
    return sum(bool(cell.strip()) for cell in row)


def _titles(rows: Sequence[Sequence[str]], partner: int) -> list[str]:
    """Join each column's words; a cell merged over several columns heads all of them."""
    width = max(len(row) for row in rows)
    titles: list[list[str]] = [[] for _ in range(width)]
    for depth, row in enumerate(rows, 1):
        carried = ""
        for index in range(width):
            cell = " ".join(_cell(row, index).split())
            carried = cell or ("" if depth == len(rows) or index <= partner else carried)
            titles[index] += [carried] * (carried not in titles[index] and bool(carried))
    return [" ".join(parts) for parts in titles]


def _figures(titles: Sequence[str], partner: int, name: str) -> list[Column]:
    """Return the columns of money: those that name a flow, a value, or a period alone.

    Raises:
        SourceError: such a column is of more, or of something else, than the trade with a partner.
    """
    columns = []
    for index, title in enumerate(titles):
        words = russian_periods.plain(title)
        if index == partner or _NO_MONEY.search(words) or _DIRECTION.fullmatch(words) or _PERIOD.fullmatch(words):
            continue
        direction, span = flow(title), russian_periods.span(title)
        if direction or _VALUE.search(words) or (span and not any(word in words for word in _FLOWS)):
            _check_words(title, name)
            columns.append(Column(index, title, direction, span, frozenset(russian_money.money(title))))
    return columns


def _check_words(title: str, name: str) -> None:
    """Refuse a column whose title says more than flow, value, period and unit: it may be of some goods, or a rate."""
    loose = russian_money.loose_scale(title)
    if loose:
        raise SourceError(
            f"{name}: the column {text_files.shown(title)} has {loose!r} beside no currency; write its unit"
        )
    words = re.findall(r"[^\W\d_]+(?:-[^\W\d_]+)*", russian_periods.without(russian_money.without_money(title)))
    odd = next((word for word in words if not _OF_MONEY.fullmatch(word)), "")
    if odd:
        raise SourceError(
            f"{name}: the column {text_files.shown(title)} may be of some goods or no money ({odd!r}); "
            "take it out, or bring a table of whole exports and imports"
        )


def check_currencies(cells: Iterable[str], name: str) -> None:
    """Refuse a currency beside a word that may be its scale; SourceError names both."""
    for cell in cells:
        if odd := russian_money.unscaled(cell):
            raise SourceError(
                f"{name}: {odd!r} stands beside the currency in {text_files.shown(cell)} and may be its scale; "
                "write the unit as млн долл. США, or alone"
            )


def _after_numbers(rows: Sequence[Sequence[str]], below: int) -> int:
    """Skip the row in which Russian forms number their columns: 1, 2, 3 or А, 1, 2."""
    cells = [cell.strip() for cell in rows[below] if cell.strip()] if below < len(rows) else []
    numbers = [str(number) for number in range(len(cells) + 1)]
    counted = cells in (numbers[1:], ["А", *numbers[1:-1]], ["A", *numbers[1:-1]], numbers[:-1])
    return below + (counted and len(cells) > 1)
