"""The English site of Chinese customs: the index of a year, and tables by country in yuan and dollars."""

from __future__ import annotations

import re
import uuid
from typing import TYPE_CHECKING, Final

from tests.servers.base import Reply, not_found

if TYPE_CHECKING:
    from tests.servers.base import Ask
    from tests.servers.world import World

HOST: Final = "http://english.customs.gov.cn"
_MONTHS: Final = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_TITLES: Final = (
    "(1) China's Total Export & Import Values",
    "(4) China's Total Export & Import Values by Country/Region",
    "(6) China's Major Imports by Quantity and Value",
)
_PARTNERS: Final = (
    "Total",
    "&nbsp;&nbsp;European Union",
    "&nbsp;&nbsp;of which: Germany",
    "ASEAN",
    "Hong Kong, China",
    "Russian Federation",
    "India",
)
_GOODS: Final = ("Soya beans", "Coal and lignite", "Crude petroleum oil", "Natural gas", "Refined petroleum products")
UNITS: Final = {"CNY": ("CNY 100 Million", 10**8), "USD": ("USD1 Million", 10**6)}


def gacc(ask: Ask, world: World) -> Reply:
    """Answer an index of the year, or one of the tables that it links to."""
    match = re.fullmatch(r"/statics/report/preliminary(\d{4})?\.html", ask.path)
    if match:
        return _page(_index(world, int(match[1] or world.last.year)))
    for title, year, month, currency in _tables(world):
        if ask.path == f"/Statics/{_name(title, year, month, currency)}.html":
            makers = {_TITLES[1]: table, _TITLES[2]: imports}
            return _page(makers[title](world, year, month, currency) if title in makers else "<p>another table</p>")
    return not_found(ask)


def _page(body: str) -> Reply:
    text = f'<!DOCTYPE html>\n<html><head><meta charset="UTF-8"></head><body>{body}</body></html>'
    return Reply(text.encode(), "text/html")


def _tables(world: World) -> list[tuple[str, int, int, str]]:
    return [
        (title, year, month, currency)
        for title in _TITLES
        for year in (world.last.year - 1, world.last.year)
        for month in range(2, 13)
        if (world.first.year, world.first.month) <= (year, month) <= (world.last.year, world.last.month)
        for currency in UNITS
    ]


def _name(title: str, year: int, month: int, currency: str) -> str:
    return str(uuid.uuid5(uuid.NAMESPACE_URL, f"{title}{year}{month}{currency}"))


def _index(world: World, year: int) -> str:
    """Link to what is published: unquoted addresses of the real host; months to come stand alone."""
    published = set(_tables(world))
    lines = []
    for title in _TITLES:
        for currency in UNITS:
            cells = [
                f"<a href={HOST}/Statics/{_name(title, year, number, currency)}.html> {month}.</a>"
                if (title, year, number, currency) in published
                else f"<span>{month}.</span>"
                for number, month in enumerate(_MONTHS, start=1)
            ]
            lines.append(f"<tr><td>{title} (in {currency})</td><td>{''.join(cells)}</td></tr>")
    options = "".join(f'<option value="{y}">{y}</option>' for y in range(world.last.year, 2017, -1))
    if year != world.last.year:
        options = options.replace(f'"{year}"', f'"{year}" selected')
    head = "<thead><tr><th>Title</th><th>Month</th></tr></thead>"
    return (
        f'<div class="nr-n-content-detail"><select id="preliminarysel">{options}</select>'
        f"<table>{head}<tbody>{''.join(lines)}</tbody></table></div>"
    )


def table(world: World, year: int, month: int, currency: str, unit: str | None = None) -> str:
    """Return table (4): month and year to date, or January-February together; ``unit`` can be made to lie."""
    when = f"January-February {year}" if month == 2 else f"{_MONTHS[month - 1]} {year}"
    title = f"{_TITLES[1]}, {when} (in {currency})"
    spans = [f"1- to-{month}"] if month == 2 else [str(month), f"1- to-{month}"]
    flows = ("Export & Import", "Export", "Import")
    rows = [["Import Source", *(flow for flow in flows for _ in spans), "Year-on-Year (±%)"]]
    rows.append(["Export Destination", *(span for _ in flows for span in spans), "Export"])
    for partner in _PARTNERS:
        figures = [
            f"{world.figure('gacc', currency, partner, flow, str(year), span, size=10**4) / 10:,.1f}&nbsp;"
            for flow in flows
            for span in spans
        ]
        rows.append([partner, *figures, "-1.5"])
    wide = len(rows[0])
    body = "".join(f"<tr>{''.join(f'<td><span>{cell}</span></td>' for cell in row)}</tr>" for row in rows)
    return (
        f'<div class="atcl-ttl">{title}</div><div class="atcl-date">{_day(year, month)}</div>'
        f'<div class="atcl-cnt"><table><tr><td colspan="{wide}">{title}</td></tr>'
        f'<tr><td colspan="{wide}">Unit: {unit or UNITS[currency][0]}</td></tr>{body}'
        f'<tr><td colspan="{wide}">Note: 1. made up</td></tr></table></div>'
    )


def imports(world: World, year: int, month: int, currency: str) -> str:
    """Return table (6): month and year to date, the year before, growth; January-February together."""
    when = f"January-February {year}" if month == 2 else f"{_MONTHS[month - 1]} {year}"
    title = f"{_TITLES[2]}, {when} (in {currency})"
    spans = [f"1-{month} Total", f"1-{month} Total {year - 1}", "Year-on-Year (±%)"]
    if month > 2:
        spans.insert(0, str(month))
    over = "".join(f'<td colspan="2">{span}</td>' for span in spans)
    rows = []
    for goods in _GOODS:
        figures = [
            f"<td>{world.figure('gacc', what, goods, str(year), span, currency, size=10**4) / 10:,.1f}</td>"
            for span in spans
            for what in ("quantity", "value")
        ]
        rows.append(f"<tr><td>{goods}</td><td>10,000 Tons</td>{''.join(figures)}</tr>")
    return (
        f'<div class="atcl-ttl">{title}</div><div class="atcl-date">{_day(year, month)}</div>'
        f'<div class="atcl-cnt"><table><tr><td colspan="10">{title}</td></tr>'
        f'<tr><td colspan="10">Unit: {UNITS[currency][0]}</td></tr>'
        f'<tr><td rowspan="2">Commodity</td><td rowspan="2">QTY Unit</td>{over}</tr>'
        f"<tr>{'<td>Quantity</td><td>Value</td>' * len(spans)}</tr>{''.join(rows)}</table></div>"
    )


def _day(year: int, month: int) -> str:
    return f"{year + month // 12}/{month % 12 + 1:02d}/18"
