"""Bruegel's Russian foreign trade tracker: Russia's trade as its partners count it, a workbook of figures.

An outside check for the reader's own use: what Bruegel adds up from partners is never Russia's own count,
so every row is marked derived, without a valuation.
"""

import re
from typing import Final

import pandas as pd

from loaders.core.schema import TOTAL
from loaders.core.source import Hints, Parsed, Source, SourceError
from loaders.tables import amounts, country_words, grids, header_periods, money_units, row_account

_TOP: Final = 12
_DIRECTION: Final = "direction of trade"
_SEEN_BY_RUSSIA: Final = re.compile(
    r"russia(?:['’]s|n)? (?:\w+ ){0,3}(?:imports|exports|trade)|(?:imports|exports) (?:of|by) russia",
    re.IGNORECASE,
)
_SEEN_BY_PARTNER: Final = re.compile(r"(?:exports? to|imports? from) russia", re.IGNORECASE)
_FLOW: Final = re.compile(r"\b(?P<flow>import|export)s?\b", re.IGNORECASE)
_WHOLE: Final = ("", "total", "all", "all goods", "all products", "nan")
_BY: Final = ", as partner countries count it, added up by Bruegel"


def recognises(head: bytes) -> bool:
    """Tell the workbook by its header: the direction of trade, then months."""
    return any(_header(grid) is not None for grid in grids.tops(head))


def parse(content: bytes, name: str, hints: Hints = row_account.NO_HINTS) -> Parsed:
    """Return totals by partner and month; groups of goods, volumes and groups of countries are left out.

    Raises:
        SourceError: no sheet has such a table, or none says whose imports and exports it shows.
    """
    del hints
    made: row_account.TableRows | None = None
    for grid in grids.read(content, name):
        at = _header(grid)
        if at is not None:
            one = _figure(grid, at, name)
            if made:
                made.absorb(one)
            made = made or one
    if made is None:
        raise SourceError(f"{name}: no sheet with a direction of trade and months; download the workbook again")
    again = made.frame.duplicated(["reporter", "partner", "flow", "period", "value", "power"])
    made.leave_out(again, "a figure that another sheet repeats")
    amounts.put(made, numbers=True)
    header_periods.put(made)
    made.number("value", power=made.frame["power"].astype("int64"))
    return made.settle(
        source="bruegel", classification="none", commodity_code=TOTAL, valuation="unknown", status="derived"
    )


def _header(grid: grids.TextGrid) -> int | None:
    rows = grid.rows[:_TOP]
    return next(
        (
            at
            for at, row in enumerate(rows)
            if any(cell.strip().casefold() == _DIRECTION for cell in row) and any(map(header_periods.read, row))
        ),
        None,
    )


def _figure(grid: grids.TextGrid, header: int, name: str) -> row_account.TableRows:
    """Read one sheet."""
    names = [cell.strip().casefold() if not header_periods.read(cell) else cell for cell in grid.rows[header]]
    table = grids.table(grid, name, header, names)
    periods = [column for column in table.columns if header_periods.read(column)]
    labels = [column for column in table.columns if column not in periods]
    table.frame = table.frame[[row_account.ROW, *labels, *periods]].copy()
    table.unfold(periods, "period", "value")
    title = " ".join(cell for row in grid.rows[:header] for cell in row)
    frame = table.frame
    goods = [column for column in labels if column.startswith("sitc")]
    for column in goods:
        table.leave_out(~table.frame[column].str.strip().str.casefold().isin(_WHOLE), "goods of one group")
    for column in ("country", "unit"):
        if column not in frame:
            raise SourceError(f"{grid.name(name)}: no column {column}; download the workbook again")
    _sides(table, title)
    unit = table.frame["unit"].map({text: money_units.read(text) for text in table.frame["unit"].unique()})
    table.leave_out(unit.isna(), "unit " + table.frame["unit"])
    unit = unit.loc[table.frame.index]
    reference = f"{table.name}, row " + table.frame[row_account.ROW].astype("str") + _BY
    table.frame = table.frame.assign(currency=unit.str[0], power=unit.str[1], reference=reference)
    return table


def _sides(table: row_account.TableRows, title: str) -> None:
    """Read whose imports and exports a row shows: Russia's, or the partner's with Russia."""
    direction = table.frame[_DIRECTION].str.strip()
    partner_sees = direction.str.contains(_SEEN_BY_PARTNER)
    known = partner_sees | direction.str.contains(_SEEN_BY_RUSSIA) | bool(_SEEN_BY_RUSSIA.search(title))
    flow = direction.str.extract(_FLOW, expand=False).str.lower()
    table.refuse(~known | flow.isna(), _DIRECTION, "does not say whose imports or exports it means")
    country = table.frame["country"].map(country_words.named)
    table.leave_out(country.isna(), "partner " + table.frame["country"])
    frame = table.frame
    country, seen = country.loc[frame.index], partner_sees.loc[frame.index]
    russia = pd.Series("RUS", frame.index)
    table.frame = frame.assign(
        flow=flow.loc[frame.index], reporter=country.where(seen, russia), partner=russia.where(seen, country)
    )


SOURCE: Final = Source.of("bruegel", parse=parse, recognises=recognises)
