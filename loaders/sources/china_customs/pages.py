"""Saved pages of Chinese customs as plain grids of text, and the links of their index."""

import re
import unicodedata
from dataclasses import dataclass, field
from typing import Any, Final, TypeAlias
from urllib.parse import urljoin

from loaders.core.source import SourceError
from loaders.tables import grids, parsing
from loaders.tables.grids import TextGrid

Element: TypeAlias = Any  # lxml carries no types
_HOME: Final = "http://english.customs.gov.cn/statics/report/"
_LARGEST: Final = 8 << 20
WIDEST: Final = 64
LONGEST: Final = 5000
_MONTHS: Final = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_NAMED: Final = rf"({'|'.join(_MONTHS)})[a-z]*\.?"
_MONTH: Final = re.compile(rf"{_NAMED}(?:\s*[-–]\s*{_NAMED})?", re.IGNORECASE)
_DATED: Final = re.compile(rf"\b{_NAMED},?\s*(20[0-9]{{2}})", re.IGNORECASE)
_CURRENCY: Final = re.compile(r"\b(CNY|RMB|USD)\b|(人民币)|(美元)", re.IGNORECASE)


@dataclass(frozen=True)
class Page:
    """What a file holds: its titles, the date on it, its tables, and the addresses of pictures in their place."""

    grids: list[TextGrid]
    titles: list[str] = field(default_factory=list)
    dates: list[str] = field(default_factory=list)
    pictures: list[str] = field(default_factory=list)


def clean(text: str) -> str:
    """Return text in plain characters with single spaces."""
    return " ".join(unicodedata.normalize("NFKC", text).split())


def is_page(content: bytes) -> bool:
    """Return whether the bytes begin like a page of the web."""
    start = content[:1024].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    return start.startswith(b"<") or b"<html" in start


def page(content: bytes, name: str) -> Page:
    """Read a saved page.

    Raises:
        SourceError: it is too large for a table, or not text.
    """
    tree = _tree(content, name)
    tables = tree.xpath("//div[contains(@class, 'atcl-cnt')]//table") or tree.xpath("//table")
    titles = tree.xpath("//div[contains(@class, 'atcl-ttl')] | //title | //h1")
    dates = tree.xpath("//div[contains(@class, 'atcl-date')]//text() | //meta[@name='PubDate']/@content")
    pictures = tree.xpath("//div[contains(@class, 'atcl-cnt')]//img/@src")
    return Page(
        [grids.laid_out(table, LONGEST, WIDEST) for table in tables],
        [_words(title) for title in titles],
        [clean(str(date)) for date in dates if str(date).strip()],
        [clean(str(picture)) for picture in pictures],
    )


def _tree(content: bytes, name: str) -> Element:
    """Parse markup, however broken."""
    if len(content) > _LARGEST:
        raise SourceError(f"{name}: too large for a page with a table ({len(content):,} bytes); save the page again")
    return grids.markup(parsing.decode(content, name, ("utf-8", "gb18030")), name)


def _words(element: Element) -> str:
    return clean(grids.words(element))


def index_links(content: bytes, year: int | None = None) -> list[tuple[str, int, int, str, str]]:
    """Return title, year, month, currency and address of each table that an index page links to.

    ``year`` is that of the page; without it, the selected year, else the newest that the page names.
    Month 2 stands for January-February: customs print the two together, under ``Feb.`` or
    ``Jan.-Feb.``. The currency is empty where the title names none. A list of single tables, each
    title with its own month, is read too.

    Raises:
        SourceError: the bytes are no page.
    """
    tree = _tree(content, "index page")
    years = tree.xpath("//option[@selected]/@value") or tree.xpath("//option/@value")
    newest = year or next((int(text) for text in years if re.fullmatch("20[0-9]{2}", text)), 0)
    links = []
    for anchor in tree.xpath("//a[contains(translate(@href, 'S', 's'), '/statics/')]"):
        label, address = _words(anchor), urljoin(_HOME, str(anchor.get("href")).strip())
        row = anchor.xpath("ancestor::tr[1]/*[1]")
        if (alone := _MONTH.fullmatch(label)) and row and newest:
            title = _words(row[0])
            links.append((title, newest, _MONTHS.index((alone[2] or alone[1]).lower()) + 1, currency(title), address))
        elif dated := _DATED.search(label):
            links.append((label, int(dated[2]), _MONTHS.index(dated[1].lower()) + 1, currency(label), address))
    return links


def currency(text: str) -> str:
    """Return the currency that a title or a unit names, empty for none or for two."""
    currencies = {"USD" if usd or named.upper() == "USD" else "CNY" for named, _, usd in _CURRENCY.findall(text)}
    return currencies.pop() if len(currencies) == 1 else ""
