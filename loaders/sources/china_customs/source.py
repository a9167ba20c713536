"""Customs of China: the online query's CSV, the preliminary and monthly tables by country, major imports.

The reporter is always China; a table without a partner is about the world.
"""

import html
from typing import Final

from loaders.core.source import Hints, Parsed, Source, SourceError
from loaders.sources.china_customs import by_country as gacc_tables
from loaders.sources.china_customs import headings as gacc_heads
from loaders.sources.china_customs import major_imports as gacc_goods
from loaders.sources.china_customs import pages as gacc_pages
from loaders.sources.china_customs import query as gacc_query
from loaders.sources.china_customs import query_header as gacc_columns
from loaders.sources.china_customs import requests as gacc_fetch
from loaders.sources.china_customs import titles as gacc_titles
from loaders.tables import workbooks

_NO_HINTS: Final = Hints()
index_links = gacc_pages.index_links


def recognises(head: bytes) -> bool:
    """Return whether the first bytes of a file are of Chinese customs."""
    if workbooks.is_workbook(head):
        return gacc_titles.of_customs(html.unescape(workbooks.peek(head)))
    if gacc_pages.is_page(head):
        texts = (html.unescape(head.decode(encoding, errors="ignore")) for encoding in ("utf-8", "gb18030"))
        return any(map(gacc_titles.of_customs, texts))
    return gacc_columns.recognises(head)


def parse(content: bytes, name: str, hints: Hints = _NO_HINTS) -> Parsed:
    """Return the rows of one file of Chinese customs, whatever its layout.

    Raises:
        SourceError: the file is none of the layouts, or does not say its unit, flow or period.
    """
    if not content.strip():
        raise SourceError(f"{name}: is empty; download it again")
    if workbooks.is_workbook(content):
        return gacc_tables.parse(gacc_pages.Page(workbooks.read_by_hand(content, name)), name, hints)
    if not gacc_pages.is_page(content):
        return gacc_query.parse(content, name, hints)
    page = gacc_pages.page(content, name)
    if any(map(gacc_goods.is_title, page.titles)):
        return gacc_goods.parse(page, name)
    if not any(map(gacc_heads.columns, page.grids)) and index_links(content):
        raise SourceError(f"{name}: an index of tables, not a table; open its table (4) of a month and save that page")
    return gacc_tables.parse(page, name, hints)


SOURCE: Final = Source.of(
    "gacc", parse=parse, recognises=recognises, base="http://english.customs.gov.cn", fetch=gacc_fetch.fetch
)
