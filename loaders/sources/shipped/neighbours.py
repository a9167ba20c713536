"""Statistical offices between the two: Kyrgyzstan, Kazakhstan and Armenia, each as it reports its own trade."""

from __future__ import annotations

from typing import Final

from loaders.core.source import Source
from loaders.sources.shipped import figure_files

_LICENCE: Final = "CC BY 4.0 as collected; official statistics, with attribution"

KYRGYZSTAN: Final = Source(
    name="nsc_kgz",
    brief="Kyrgyz statistics",
    title="Foreign trade of the Kyrgyz Republic by partner",
    publisher="National Statistical Committee of the Kyrgyz Republic",
    homepage="https://stat.gov.kg/",
    licence=_LICENCE,
    cite="National Statistical Committee of the Kyrgyz Republic, tables 4.03.00.18 and 4.03.00.20",
    coverage="Kyrgyzstan with Russia and China, by year, 2005 to 2023",
    parse=figure_files.parse,
)
KAZAKHSTAN: Final = Source(
    name="bns_kaz",
    brief="Kazakh statistics",
    title="Foreign trade of Kazakhstan by country",
    publisher="Bureau of National Statistics of Kazakhstan",
    homepage="https://stat.gov.kz/",
    licence=_LICENCE,
    cite="Bureau of National Statistics of Kazakhstan, main indicators of foreign trade",
    coverage="Kazakhstan with Russia and China, by year, 2018 to 2023",
    parse=figure_files.parse,
)
ARMENIA: Final = Source(
    name="armstat",
    brief="Armenian statistics",
    title="Foreign trade of Armenia by country",
    publisher="Statistical Committee of Armenia",
    homepage="https://armstat.am/",
    licence=_LICENCE,
    cite="Statistical Committee of Armenia, foreign trade; imports by country of origin",
    coverage="Armenia with Russia and China, by year, 2017 to 2022",
    parse=figure_files.parse,
)
