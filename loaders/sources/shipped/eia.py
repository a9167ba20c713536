"""Oil prices of the U.S. Energy Information Administration: a side table that ships."""

from __future__ import annotations

from typing import Final

from loaders.core.source import Source
from loaders.sources.shipped import figure_files

SOURCE: Final = Source(
    name="eia",
    brief="U.S. EIA",
    title="Spot prices of crude oil",
    publisher="U.S. Energy Information Administration",
    homepage="https://www.eia.gov/dnav/pet/pet_pri_spt_s1_m.htm",
    licence="public domain",
    cite="U.S. Energy Information Administration, Spot Prices for Crude Oil",
    coverage="Brent and WTI, monthly means from January 2015, US$ a barrel",
    parse=figure_files.parse,
    aliases=("U.S. Energy Information Administration",),
    side="oil_prices",
)
