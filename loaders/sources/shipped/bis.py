"""The Common High Priority List: a code list that ships."""

from __future__ import annotations

from typing import Final

from loaders.core.source import Source
from loaders.sources.shipped import figure_files

SOURCE: Final = Source(
    name="bis",
    brief="U.S. BIS",
    title="Common High Priority List",
    publisher="U.S. Bureau of Industry and Security",
    homepage="https://www.bis.gov/licensing/country-guidance/common-high-priority-items-list-chpl",
    licence="public domain",
    cite="U.S. Bureau of Industry and Security, Common High Priority List, 23 February 2024",
    coverage="fifty six-digit codes in tiers, no trade figures",
    parse=figure_files.parse,
    aliases=("U.S. Bureau of Industry and Security",),
    side="chpl",
)
