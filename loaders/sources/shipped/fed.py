"""Exchange rates of the Federal Reserve: a side table that ships."""

from __future__ import annotations

from typing import Final

from loaders.core.source import Source
from loaders.sources.shipped import figure_files

SOURCE: Final = Source(
    name="fed",
    brief="Federal Reserve, H.10",
    title="Foreign Exchange Rates, H.10",
    publisher="Board of Governors of the Federal Reserve System",
    homepage="https://www.federalreserve.gov/releases/h10/",
    licence="public domain",
    cite="Board of Governors of the Federal Reserve System, H.10 Foreign Exchange Rates",
    coverage="yuan per dollar and dollar against euro, monthly means from January 2015",
    parse=figure_files.parse,
    aliases=("Federal Reserve, H.10",),
    side="rates",
)
