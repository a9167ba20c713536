"""What to ask Chinese customs: the index of the year, then the tables of months not held yet."""

from collections.abc import Generator
from typing import Final

import pandas as pd

from loaders.core import import_marks, schema
from loaders.core.source import Call, Download, KnownBefore, SourceError
from loaders.sources.china_customs import major_imports as gacc_goods
from loaders.sources.china_customs import pages as gacc_pages
from loaders.sources.china_customs import titles as gacc_titles

_INDEX: Final = "/statics/report/preliminary{}.html"
_THEN: Final = "the tables by country and of major imports that it links to, in yuan and dollars, of months not held"
_BY_COUNTRY: Final = "by-country"
_IMPORTS: Final = "imports"


def fetch(known: KnownBefore) -> Generator[Call, Download | None, None]:
    """Ask for the newest index, and for last year's where a reader has begun that year and lacks its end."""
    index = yield Call("index", _INDEX.format(""), "html", parse=False, then=_THEN)
    if index is None:
        return
    links = _wanted(index.content)
    if not any(kind == _BY_COUNTRY for _, _, kind, _, _ in links):
        raise SourceError(f"{index.url}: links to no table by country; the site may have changed")
    yield from _pages(known, links)
    year = max(link[0] for link in links) - 1
    if _begun(known, year) and not _is_stored(known, year, 12, _BY_COUNTRY, "CNY"):
        index = yield Call(f"index-{year}", _INDEX.format(year), "html", parse=False)
        if index is not None:
            yield from _pages(known, _wanted(index.content, year))


def _wanted(content: bytes, year: int | None = None) -> list[tuple[int, int, str, str, str]]:
    """Return year, month, kind, currency and address of the tables that can be read, newest first."""
    links = gacc_pages.index_links(content, year)
    kinds = {_BY_COUNTRY: gacc_titles.is_title, _IMPORTS: gacc_goods.is_title}
    tables = {
        (when, month, kind, currency, address)
        for title, when, month, currency, address in links
        for kind, fits in kinds.items()
        if currency and fits(title)
    }
    return sorted(tables, key=lambda link: (*link[:2], link[3], link[2]), reverse=True)


def _pages(known: KnownBefore, links: list[tuple[int, int, str, str, str]]) -> Generator[Call, Download | None, None]:
    """Ask for both tables of a month not held; the table by country, which tells that it is, comes last."""
    for year, month, kind, currency, address in links:
        if not _is_stored(known, year, month, _BY_COUNTRY, currency) and not _is_stored(
            known, year, month, kind, currency
        ):
            name = f"{kind}-{year}-{month:02d}-{currency}"
            yield Call(name, address, "html", extra=kind == _IMPORTS)


def _of(known: KnownBefore, kind: str) -> pd.DataFrame:
    """Return the rows of one kind of table that customs' pages brought: an import stands in for none of them."""
    fetched = known.stored[~import_marks.own(known.stored)]
    code = fetched["commodity_code"].astype("str")
    return fetched[code.eq(schema.TOTAL) if kind == _BY_COUNTRY else code.str.startswith("GACC_")]


def _is_stored(known: KnownBefore, year: int, month: int, kind: str, currency: str) -> bool:
    rows = _of(known, kind)
    end = pd.Timestamp(year=year, month=month, day=1)
    return bool((rows["period_end"].eq(end) & rows["currency"].eq(currency)).any())


def _begun(known: KnownBefore, year: int) -> bool:
    return bool(_of(known, _BY_COUNTRY)["period_end"].dt.year.eq(year).any())
