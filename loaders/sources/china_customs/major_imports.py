"""Customs' table of major imports by quantity and value: the fuels, from all countries together."""

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

import pandas as pd

from loaders.core import flow_and_period, schema
from loaders.core.flow_and_period import Period
from loaders.core.source import Parsed, SourceError
from loaders.sources.china_customs import pages as gacc_pages
from loaders.sources.china_customs import titles as gacc_titles
from loaders.sources.china_customs.pages import Page, clean
from loaders.sources.china_customs.titles import MONTHS, tight
from loaders.tables import parsing, row_account
from loaders.tables.grids import TextGrid

_TITLE: Final = re.compile(r"major imports by quantity and value", re.IGNORECASE)
_GOODS: Final = (
    (re.compile(r"coal\b(?!.*coke)"), "GACC_COAL"),
    (re.compile(r"(?=.*\bcrude\b).*(?:oil|petroleum)"), "GACC_CRUDE_OIL"),
    (re.compile(r"(?=.*(?:refined|products)).*petroleum"), "GACC_OIL_PRODUCTS"),
    (re.compile(r"natural gas"), "GACC_NATURAL_GAS"),
)
_TONS: Final = re.compile(r"([0-9][0-9,]{0,9})?(?:metric)?tons?|([0-9][0-9,]{0,9})mt")
_ONE: Final = re.compile(rf"([0-9]{{1,2}})|({MONTHS})[a-z]*\.?")
_TO_DATE: Final = re.compile(rf"(?:1|jan[a-z]*\.?)(?:-?to-?|[-–—~])(?:([0-9]{{1,2}})|({MONTHS})[a-z]*\.?)(?:total)?")
_NUMBER: Final = re.compile(r"(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]+)?")
_HEAD_ROWS: Final = 15
_KG: Final = 1000
_FEBRUARY: Final = 2


class _Fuels(row_account.Account):
    """What has been read so far."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.rows: list[dict[str, object]] = []


@dataclass(frozen=True)
class _QuantityHeads:
    """The rows above the figures, the period of each column of quantities, and what the page says of itself."""

    below: int
    periods: dict[int, Period]
    currency: str
    scale: int
    released: pd.Timestamp


def is_title(text: str) -> bool:
    """Return whether a text is the title of this table."""
    return bool(_TITLE.search(text))


def parse(page: Page, name: str) -> Parsed:
    """Return quantity and value of each fuel, for the month and for the year to date.

    Raises:
        SourceError: unit, currency or month is not said or contradicted, or there is no such table.
    """
    titles = [title for title in page.titles if is_title(title)]
    gacc_titles.check_scope(titles, page.titles, name)
    dates = [*page.dates, *gacc_titles.dates_in(page.titles)]
    taken = _Fuels(name)
    for grid in page.grids:
        head = _head(grid, titles, dates, taken)
        if head is not None:
            for number, cells in enumerate(grid.rows[head.below :], start=head.below + 1):
                _line([clean(cell) for cell in cells], f"{name}, row {number}", head, taken)
    if not taken.rows_read:
        raise SourceError(f"{name}: no table of quantities and values where its title says so; save the page again")
    columns = ["period_start", "period_end", "commodity_code", "currency", "value", "net_weight_kg", "released"]
    rows = pd.DataFrame(taken.rows, columns=[parsing.ROW, "reference", *columns]).assign(
        source="gacc",
        reporter="CHN",
        partner=schema.WORLD,
        flow="import",
        classification="none",
        quantity=float("nan"),
        quantity_unit=None,
        valuation="CIF",
        status="preliminary",
    )
    return taken.parsed(rows)


def _head(grid: TextGrid, titles: list[str], dates: list[str], taken: _Fuels) -> _QuantityHeads | None:
    """Find the heading, and check unit, title and months against each other."""
    rows = [[clean(cell) for cell in cells] for cells in grid.rows[:_HEAD_ROWS]]
    bottom = next((n for n, cells in enumerate(rows) if sum(tight(cell) == "quantity" for cell in cells) > 1), 0)
    if not bottom:
        return None
    currency, scale = gacc_titles.unit([cell for cells in rows[:bottom] for cell in cells if cell], taken.name)
    stated = {ends for title in titles if (ends := gacc_titles.dated(title))}
    named = {gacc_pages.currency(title) for title in titles} - {""}
    if len(stated) != 1 or named - {currency}:
        raise SourceError(
            f"{taken.name}: its title {titles[0]!r} does not agree with itself or with its unit, {currency}"
        )
    year, month, _ = stated.pop()
    periods = {
        column: span
        for column, (over, what) in enumerate(zip(rows[bottom - 1], rows[bottom], strict=False))
        if tight(what) == "quantity" and (span := _period(tight(over), year, month, taken.name))
    }
    first = pd.Timestamp(year=year, month=month, day=1)
    return _QuantityHeads(bottom + 1, periods, currency, scale, gacc_titles.released(dates, first, taken.notes))


def _period(over: str, year: int, month: int, name: str) -> Period | None:
    """Return the period of a column; none for growth rates and for the year before."""
    single, to_date = _ONE.fullmatch(over), _TO_DATE.fullmatch(over)
    match = single or to_date
    if match is None:
        return None
    last = int(match[1]) if match[1] else MONTHS.split("|").index(match[2]) + 1
    if last != month:
        raise SourceError(f"{name}: its title says month {month}, its columns {last}")
    alone = single is not None and month > _FEBRUARY
    return flow_and_period.months((year, month if alone else 1), (year, month))


def _line(cells: list[str], where: str, head: _QuantityHeads, taken: _Fuels) -> None:
    """Read one kind of goods."""
    label = cells[0].casefold() if cells else ""
    code = next((code for pattern, code in _GOODS if pattern.match(label.removeprefix("of which: "))), None)
    for column, span in head.periods.items():
        texts = cells[column : column + 2]
        if not all(_NUMBER.fullmatch(text) for text in texts) or len(texts) < 2:
            if code is not None and any(text not in ("", "-") for text in texts):
                taken.rows_read += 1
                taken.refuse_line(f"{where}: {cells[0]}, {' and '.join(texts)!r} is no quantity with a value")
            continue
        taken.rows_read += 1
        tons = _TONS.fullmatch(tight(cells[1]))
        if code is None:
            taken.left_out["goods other than fuels"] += 1
        elif tons is None:
            taken.refuse_line(f"{where}: {cells[0]}, the unit {cells[1]!r} is no weight")
        else:
            quantity, value = (Decimal(text.replace(",", "")) for text in texts)
            weight = quantity * int((tons[1] or tons[2] or "1").replace(",", "")) * _KG
            taken.rows.append(_row(where, code, span, head, {"value": value * head.scale, "net_weight_kg": weight}))


def _row(where: str, code: str, span: Period, head: _QuantityHeads, figures: dict[str, Decimal]) -> dict[str, object]:
    return {
        parsing.ROW: int(where.rpartition(" ")[2]),
        "reference": where,
        "period_start": span[0],
        "period_end": span[1],
        "commodity_code": code,
        "currency": head.currency,
        **{name: float(figure) for name, figure in figures.items()},
        "released": head.released,
    }
