"""Statistical offices between the two: Kyrgyzstan, Kazakhstan and Armenia, each as it reports its own trade."""

from __future__ import annotations

from typing import Final

from loaders.core.source import Source
from loaders.sources.shipped import figure_files

_LICENCE: Final = "CC BY 4.0 as collected: official statistics, with attribution"

KYRGYZSTAN: Final = Source.of("nsc_kgz", parse=figure_files.parse)
KAZAKHSTAN: Final = Source.of("bns_kaz", parse=figure_files.parse)
ARMENIA: Final = Source.of("armstat", parse=figure_files.parse)
