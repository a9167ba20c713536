"""Public sources in, the one table out: no Dash, no Plotly.

A new source is one file here and one line in ``SOURCES``.
"""

from typing import Final

from loaders import article, baci, cbr, comtrade, crea, ecb, imf, mgimo, press, worldbank
from loaders.source import Source

_ALL: Final[tuple[Source, ...]] = (
    article.SOURCE,
    baci.SOURCE,
    cbr.SOURCE,
    comtrade.SOURCE,
    crea.SOURCE,
    ecb.SOURCE,
    imf.SOURCE,
    mgimo.SOURCE,
    press.SOURCE,
    worldbank.SOURCE,
)
SOURCES: Final = {source.name: source for source in _ALL}
