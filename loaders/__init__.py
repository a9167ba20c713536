"""Public sources in, the one table out: no Dash, no Plotly.

A new source is one file here and one line in ``SOURCES``.
"""

from typing import Final

from loaders import (
    article,
    atlas,
    baci,
    cbr,
    comext,
    comtrade,
    crea,
    ecb,
    fcs,
    gacc,
    imf,
    mgimo,
    neighbours,
    oec,
    press,
    wits,
    worldbank,
)
from loaders.source import Source

_ALL: Final[tuple[Source, ...]] = (
    article.SOURCE,
    atlas.SOURCE,
    baci.SOURCE,
    cbr.SOURCE,
    comext.SOURCE,
    comtrade.SOURCE,
    crea.SOURCE,
    ecb.SOURCE,
    fcs.SOURCE,
    gacc.SOURCE,
    imf.SOURCE,
    mgimo.SOURCE,
    neighbours.ARMENIA,
    neighbours.KAZAKHSTAN,
    neighbours.KYRGYZSTAN,
    oec.SOURCE,
    press.SOURCE,
    wits.SOURCE,
    worldbank.SOURCE,
)
SOURCES: Final = {source.name: source for source in _ALL}
