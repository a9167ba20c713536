"""What to ask Chinese customs: the index of the year, then the tables of months not held yet."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pandas as pd

from loaders import gacc_pages, gacc_titles, schema
from loaders.source import Call, SourceError

if TYPE_CHECKING:
    from collections.abc import Generator

    from loaders.source import Download, Known

_INDEX: Final = "/statics/report/preliminary{}.html"
_THEN: Final = "the tables by country that it links to, in yuan and dollars, of months not held yet"


def fetch(known: Known) -> Generator[Call, Download | None, None]:
    """Ask for the newest index, and for last year's where a reader has begun that year and lacks its end."""
    index = yield Call("index", _INDEX.format(""), "html", parse=False, then=_THEN)
    if index is None:
        return
    links = _wanted(index.content)
    if not links:
        raise SourceError(f"{index.url}: links to no table by country; the site may have changed")
    yield from _pages(known, links)
    year = max(link[0] for link in links) - 1
    if _begun(known, year) and not _held(known, year, 12, "CNY"):
        index = yield Call(f"index-{year}", _INDEX.format(year), "html", parse=False)
        if index is not None:
            yield from _pages(known, _wanted(index.content, year))


def _wanted(content: bytes, year: int | None = None) -> list[tuple[int, int, str, str]]:
    """Return year, month, currency and address of the tables that can be read, newest first."""
    links = gacc_pages.index_links(content, year)
    return sorted({link[1:] for link in links if gacc_titles.is_title(link[0]) and link[3]}, reverse=True)


def _pages(known: Known, links: list[tuple[int, int, str, str]]) -> Generator[Call, Download | None, None]:
    for year, month, currency, address in links:
        if not _held(known, year, month, currency):
            yield Call(f"by-country-{year}-{month:02d}-{currency}", address, "html")


def _totals(known: Known) -> pd.DataFrame:
    """Return the held rows of tables by country."""
    return known.held[known.held["commodity_code"].eq(schema.TOTAL)]


def _held(known: Known, year: int, month: int, currency: str) -> bool:
    rows = _totals(known)
    end = pd.Timestamp(year=year, month=month, day=1)
    return bool((rows["period_end"].eq(end) & rows["currency"].eq(currency)).any())


def _begun(known: Known, year: int) -> bool:
    return bool(_totals(known)["period_end"].dt.year.eq(year).any())
