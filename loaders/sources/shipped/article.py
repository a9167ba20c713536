"""The article that the project starts from: its two energy figures stand in the one table, its claims beside it."""

from typing import Final

from loaders.core.source import Source
from loaders.sources.shipped import figure_files

SOURCE: Final = Source.of("article", parse=figure_files.parse)
