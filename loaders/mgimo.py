"""Russia's trade with the world as MGIMO rebuilds it from partners' reports since Russia publishes less."""

from __future__ import annotations

from typing import Final

from loaders import figures
from loaders.source import Source

SOURCE: Final = Source(
    name="mgimo",
    title="Russia's foreign trade, rebuilt from partners' data with a nowcast for the newest months",
    publisher="MGIMO University",
    homepage="https://github.com/quantviews/mgimo-foreign-trade",
    licence="None stated; figures quoted with their source",
    cite="MGIMO, national trade statistics (partners' data and UN Comtrade, newest months estimated)",
    coverage="Russia with the world, exports and imports by month, January 2019 to May 2026; an estimate, not customs",
    parse=figures.parse,
)
