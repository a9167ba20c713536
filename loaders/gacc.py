"""Customs of China: the online query's CSV, and the preliminary and monthly tables by country.

The reporter is always China; a table without a partner is about the world.
"""

from __future__ import annotations

from typing import Final

from loaders import gacc_query
from loaders.source import Hints, Parsed, Source

_NO_HINTS: Final = Hints()


def recognises(head: bytes) -> bool:
    """Return whether the first bytes of a file are of Chinese customs."""
    return gacc_query.recognises(head)


def parse(content: bytes, name: str, hints: Hints = _NO_HINTS) -> Parsed:
    """Return the rows of one file of Chinese customs, whatever its layout.

    Raises:
        SourceError: the file is none of the layouts, or does not say its unit, flow or period.
    """
    return gacc_query.parse(content, name, hints)


SOURCE: Final = Source(
    name="gacc",
    title="China's trade by country and by goods",
    publisher="General Administration of Customs of China",
    homepage="http://english.customs.gov.cn",
    licence="Official statistics; no licence stated; reuse with attribution",
    cite="General Administration of Customs of the People's Republic of China, trade statistics, english.customs.gov.cn",
    coverage="Months and year to date by country, yuan and US dollars; by HS code where a reader brings a query file",
    parse=parse,
    recognises=recognises,
)
