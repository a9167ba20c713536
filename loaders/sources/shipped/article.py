"""The article that the project starts from: its two energy figures stand in the one table, its claims beside it."""

from __future__ import annotations

from typing import Final

from loaders.core.source import Source
from loaders.sources.shipped import figure_files

SOURCE: Final = Source(
    name="article",
    brief="the article",
    title="China's Complex Relations with Russia: Tracing the Limits of a 'Limitless Friendship'",
    publisher="Internationale Politik Quarterly (2023); republished by CHOICE",
    homepage="https://ip-quarterly.com/",
    licence="Figures and a few words, quoted with their source",
    cite=(
        "Una Aleksandra Bērziņa-Čerenkova and Tim Rühlig, China's Complex Relations with Russia: "
        "Tracing the Limits of a 'Limitless Friendship', Internationale Politik Quarterly, 2023"
    ),
    coverage="China's energy bill with Russia, 2021 and 2022; eight claims",
    parse=figure_files.parse,
)
