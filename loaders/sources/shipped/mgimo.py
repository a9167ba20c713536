"""Russia's trade as MGIMO rebuilds it from partners' reports since Russia publishes less."""

from typing import Final

from loaders.core.source import Source
from loaders.sources.shipped import figure_files

SOURCE: Final = Source.of("mgimo", parse=figure_files.parse)
