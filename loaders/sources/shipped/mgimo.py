"""Russia's trade as MGIMO rebuilds it from partners' reports since Russia publishes less."""

from __future__ import annotations

from typing import Final

from loaders.core.source import Source
from loaders.sources.shipped import figure_files

SOURCE: Final = Source(
    name="mgimo",
    brief="MGIMO estimate",
    title="Russia's trade rebuilt from partners' data, newest months estimated; China's imports harmonised",
    publisher="MGIMO University",
    homepage="https://github.com/quantviews/mgimo-foreign-trade",
    licence="None stated; figures quoted with their source",
    cite="MGIMO, national trade statistics (partners' data and UN Comtrade, newest months estimated)",
    coverage=(
        "Russia with the world by month, and China's imports from Russia in two groups (oil and gas; all other), "
        "January 2019 to May 2026; an estimate, not customs"
    ),
    parse=figure_files.parse,
)
