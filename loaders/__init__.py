"""Public sources in, the one table out: no Dash, no Plotly.

A new source is one file here and one line in ``SOURCES``.
"""

from typing import Final

from loaders import article, baci, comtrade, imf, mgimo, neighbours, press
from loaders.source import Source

_ALL: Final[tuple[Source, ...]] = (
    article.SOURCE,
    baci.SOURCE,
    comtrade.SOURCE,
    imf.SOURCE,
    mgimo.SOURCE,
    neighbours.ARMENIA,
    neighbours.KAZAKHSTAN,
    neighbours.KYRGYZSTAN,
    press.SOURCE,
)
SOURCES: Final = {source.name: source for source in _ALL}
