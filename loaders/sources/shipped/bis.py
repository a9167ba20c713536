"""The Common High Priority List: a code list that ships."""

from typing import Final

from loaders.core.source import Source
from loaders.sources.shipped import figure_files

SOURCE: Final = Source.of("bis", parse=figure_files.parse)
