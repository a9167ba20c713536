"""What stands above the figures of a customs table: title, unit, and which column is which.

Nothing here is assumed: a table whose words do not agree with each other is refused.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import pandas as pd

from loaders import gacc_pages, gacc_words
from loaders.gacc_pages import clean
from loaders.source import Hints, SourceError

if TYPE_CHECKING:
    from loaders.gacc_pages import Grid, Page
    from loaders.gacc_words import Period

_HEAD_ROWS: Final = 15
_FEWEST: Final = 3
_PRELIMINARY: Final = re.compile(
    r"total (?:export|import|value).{0,50} by (?:major )?country|进出口商品主要国别", re.IGNORECASE
)
_BULLETIN: Final = re.compile(r"imports? (?:and|&) exports? by country|进出口商品国别", re.IGNORECASE)
_OF_CUSTOMS: Final = re.compile(
    r"total (?:export|value).{0,50} by (?:major )?country|imports? and exports? by country \(region\)"
    r"|China.{1,6}s (?:total|major) (?:exports?|imports?|value)"
    r"|进出口商品(?:主要)?国别|(?:进|出)口(?:重点|主要)商品量值表",
    re.IGNORECASE,
)
_MONTHS: Final = "jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec"
_YEAR: Final = "(?P<year>(?:19|20)[0-9]{2})"
_TITLES: Final = (
    re.compile(
        rf"\b(?:(?P<first>{_MONTHS})[a-z]*\.? ?[-–—] ?)?(?P<last>{_MONTHS})[a-z]*\.?,? ?{_YEAR}\b", re.IGNORECASE
    ),
    re.compile(rf", ?(?:(?P<first>[0-9]{{1,2}}) ?[-–] ?)?(?P<last>[0-9]{{1,2}})\.{_YEAR}\b"),
    re.compile(rf"{_YEAR}年(?:(?P<first>[0-9]{{1,2}})月?[-–至])?(?P<last>[0-9]{{1,2}})月"),
)
_UNIT: Final = re.compile(r"(?:unit|单位) ?[:∶] ?(.+)", re.IGNORECASE)
_MONEY: Final = re.compile(r"(us\$|usd(?:ollars?)?|美元)|cny|rmb(?:yuan)?|yuan|(?:人民币)?元(?:人民币)?")
_SCALE: Final = re.compile("([0-9][0-9,]*)?(thousand|million|billion|千万|百万|千|万|亿)?")
_POWERS: Final = {"thousand": 3, "million": 6, "billion": 9, "千": 3, "万": 4, "百万": 6, "千万": 7, "亿": 8}
_FLOWS: Final = {
    "total": ("export&import", "import&export", "exports&imports", "imports&exports", "total", "进出口"),
    "export": ("export", "exports", "出口"),
    "import": ("import", "imports", "进口"),
}
_FLOW_OF: Final = {word: flow for flow, words in _FLOWS.items() for word in words}
_GROWTH: Final = re.compile(r"%|±|year-on-year|同比|去年|change", re.IGNORECASE)
_ONE_MONTH: Final = re.compile(rf"(?:([0-9]{{1,2}})月?|({_MONTHS})[a-z]*\.?)")
_TO_DATE: Final = re.compile(rf"(?:1月?|jan[a-z]*\.?)(?:-?to-?|至|[-–—~])(?:([0-9]{{1,2}})月?|({_MONTHS})[a-z]*\.?)")
_DATE: Final = re.compile(r"([0-9]{1,4})[-/.年]([0-9]{1,2})[-/.月]([0-9]{1,4})")


@dataclass(frozen=True)
class Columns:
    """The heading of a table: its rows, the column of labels, and flow and month of each column of figures.

    A column to date has its last month; ``to_date`` tells it from a month's own.
    """

    above: int
    below: int
    label: int
    flows: dict[int, str]
    months: dict[int, int]
    to_date: frozenset[int]


@dataclass(frozen=True)
class Head:
    """How to read the figures: from which row, flow and period by column, currency, scale and vintage."""

    below: int
    label: int
    columns: dict[int, tuple[str, Period]]
    currency: str
    scale: int
    status: str
    released: pd.Timestamp
    notes: list[str]


def is_title(text: str) -> bool:
    """Return whether a text is the title of a table by country."""
    return bool(_PRELIMINARY.search(text) or _BULLETIN.search(text))


def of_customs(text: str) -> bool:
    """Return whether a text holds the title of a table of Chinese customs, by country or not."""
    return bool(_OF_CUSTOMS.search(text))


def columns(grid: Grid) -> Columns | None:
    """Find the heading; nothing where a grid has none of a table by country."""
    rows = [[clean(cell) for cell in cells] for cells in grid.rows[:_HEAD_ROWS]]
    found = [number for number, cells in enumerate(rows) if sum(_flow(cell) is not None for cell in cells) >= _FEWEST]
    if not found:
        return None
    top, bottom = found[0], max(number for number in found if number <= found[0] + 1)
    if bottom + 1 < len(rows) and sum(bool(_TO_DATE.fullmatch(_tight(cell))) for cell in rows[bottom + 1]) > 0:
        bottom += 1
    names = _filled(rows[top])
    flows: dict[int, str] = {}
    months: dict[int, int] = {}
    to_date = set()
    for column, name in enumerate(names):
        flow, month = _flow(name), _month(rows[top + 1 : bottom + 1], column)
        if flow is None or month is None:
            continue
        flows[column], months[column] = flow, abs(month)
        if month < 0:
            to_date.add(column)
    if not flows or not min(flows):
        return None
    return Columns(top, bottom + 1, min(flows) - 1, flows, months, frozenset(to_date))


def _tight(text: str) -> str:
    return text.replace(" ", "").casefold()


def _flow(text: str) -> str | None:
    return _FLOW_OF.get(_tight(text).replace("and", "&"))


def _filled(cells: list[str]) -> list[str]:
    """Repeat a heading over the empty cells to its right: sheets print a merged one once."""
    filled: list[str] = []
    for cell in cells:
        filled.append(cell or (filled[-1] if filled else ""))
    return filled


def _month(rows: list[list[str]], column: int) -> int | None:
    """Return the month that a column is headed with, negative where it is the last of a year to date."""
    for cells in rows:
        text = _tight(cells[column]) if column < len(cells) else ""
        for pattern, sign in ((_TO_DATE, -1), (_ONE_MONTH, 1)):
            if found := pattern.fullmatch(text):
                month = int(found[1]) if found[1] else _MONTHS.split("|").index(found[2]) + 1
                return sign * month if 1 <= month <= 12 else None
    return None


def read(grid: Grid, heads: Columns, page: Page, name: str, hints: Hints) -> Head:
    """Read title, unit and date, and check them against each other and the heading.

    Raises:
        SourceError: one is missing, or two disagree.
    """
    above = [text for cells in grid.rows[: heads.above] for cell in cells if (text := clean(cell))]
    titles = list(dict.fromkeys(text for text in (*page.titles, *above) if is_title(text)))
    if not titles:
        raise no_table(page, name)
    if any(re.search(r"[^\s(0-9)]", title.split("年")[0].replace("全国", "")) for title in titles if "国别" in title):
        raise SourceError(f"{name}: {titles[0]!r} is not of all China; bring the national table")
    currency, scale = _unit(above, name)
    named = {gacc_pages.currency(title) for title in titles} - {""}
    if named - {currency}:
        raise SourceError(
            f"{name}: its title says {' and '.join(sorted(named))}, its unit {currency}; bring its sibling page"
        )
    notes: list[str] = []
    year, month, joint = _ends(titles, name, hints, notes)
    if any(found != month for found in heads.months.values()):
        raise SourceError(f"{name}: its title says month {month}, its columns {sorted(set(heads.months.values()))}")
    joint = joint or (month == 2 and _same(grid, heads))
    spans = {
        column: gacc_words.months((year, 1 if joint or column in heads.to_date else month), (year, month))
        for column in heads.flows
    }
    return Head(
        heads.below,
        heads.label,
        {column: (flow, spans[column]) for column, flow in heads.flows.items()},
        currency,
        scale,
        "preliminary" if any(_PRELIMINARY.search(title) for title in titles) else "final",
        _released(page.dates, pd.Timestamp(year=year, month=month, day=1), notes),
        notes,
    )


def _unit(above: list[str], name: str) -> tuple[str, int]:
    """Return currency and scale of the table's own unit row."""
    units = {_tight(found[1]).rstrip(").") for text in above if (found := _UNIT.search(text))}
    if not units:
        raise SourceError(f"{name}: no unit above the table, so its figures cannot be read; save the whole page")
    unit = units.pop()
    money = _MONEY.findall(unit)
    scale = _SCALE.fullmatch(_MONEY.sub("", unit))
    if units or len(money) != 1 or scale is None:
        raise SourceError(f"{name}: its unit {unit!r} is not known, so its figures cannot be read")
    return "USD" if money[0] else "CNY", int((scale[1] or "1").replace(",", "")) * 10 ** _POWERS.get(scale[2] or "", 0)


def _ends(titles: list[str], name: str, hints: Hints, notes: list[str]) -> tuple[int, int, bool]:
    """Return year and last month of a table, and whether January and February are printed together."""
    said = {ends for title in titles if (ends := _dated(title))}
    if len(said) > 1:
        raise SourceError(f"{name}: its titles name different months: {' and '.join(sorted(titles))}")
    if said:
        if hints.period is not None:
            notes.append("--period is not used: the table has its own month")
        return said.pop()
    (first, last), note = gacc_words.period_of(name, hints)
    notes.append(note)
    return last.year, last.month, (first.month, last.month) == (1, 2)


def _dated(title: str) -> tuple[int, int, bool] | None:
    for pattern in _TITLES:
        if found := pattern.search(title):
            first, last = (_number(part) for part in (found["first"], found["last"]))
            if 1 <= last <= 12:
                return int(found["year"]), last, (first, last) == (1, 2)
    return None


def _number(month: str | None) -> int:
    """Return the number of a month, zero for none."""
    if month is None or month.isdecimal():
        return int(month or 0)
    return _MONTHS.split("|").index(month.casefold()) + 1


def _same(grid: Grid, heads: Columns) -> bool:
    """Return whether the month's columns only repeat those to date: then February is not alone in them."""
    alone = [column for column in heads.flows if column not in heads.to_date]
    for column in alone:
        twin = next((other for other in heads.to_date if heads.flows[other] == heads.flows[column]), None)
        for cells in grid.rows[heads.below :]:
            if twin is None or (max(column, twin) < len(cells) and clean(cells[column]) != clean(cells[twin])):
                return False
    return bool(alone)


def _released(dates: list[str], month: pd.Timestamp, notes: list[str]) -> pd.Timestamp:
    """Return the date on the page; where day and month could be either, or it cannot be, it is left empty."""
    for text in dates:
        found = _DATE.search(text)
        if found is None:
            continue
        first, second, third = (int(part) for part in found.groups())
        orders = [(first, second, third)] if len(found[1]) == 4 else [(third, first, second), (third, second, first)]
        days = {
            day for order in orders if (day := _day(*order)) is not None and day >= month + pd.offsets.MonthBegin(1)
        }
        if len(days) == 1:
            return days.pop()
        notes.append(
            f"the page's date {text!r} is not taken: it could be read in two ways, or is before the month's end"
        )
    return pd.Timestamp("NaT")


def _day(year: int, month: int, day: int) -> pd.Timestamp | None:
    try:
        return pd.Timestamp(year=year, month=month, day=day)
    except ValueError:
        return None


def no_table(page: Page, name: str) -> SourceError:
    """Say what a page is that has no table by country."""
    titles = [title for title in page.titles if title]
    if page.pictures and any(map(is_title, titles)):
        return SourceError(
            f"{name}: its table is a picture ({page.pictures[0]}), which cannot be read; bring its spreadsheet"
        )
    shown = f" ({titles[0][:80]!r})" if titles else ""
    return SourceError(
        f"{name}: no table by country{shown}; bring preliminary table (4) or table (2) of the monthly bulletin"
    )
