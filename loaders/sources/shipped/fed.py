"""Exchange rates of the Federal Reserve: a side table that ships."""

from typing import Final

from loaders.core.source import Source
from loaders.sources.shipped import figure_files

SOURCE: Final = Source.of("fed", parse=figure_files.parse)
