"""Currencies of settlement as the Bank of Russia counts them: a side table that ships."""

from typing import Final

from loaders.core.source import Source
from loaders.sources.shipped import figure_files

SOURCE: Final = Source.of("cbr_review", parse=figure_files.parse)
