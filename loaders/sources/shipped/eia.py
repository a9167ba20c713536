"""Oil prices of the U.S. Energy Information Administration: a side table that ships."""

from typing import Final

from loaders.core.source import Source
from loaders.sources.shipped import figure_files

SOURCE: Final = Source.of("eia", parse=figure_files.parse)
