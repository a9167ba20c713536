"""Public sources in, the one table out: no Dash, no Plotly.

A new source is one file here and one line in ``SOURCES``.
"""

from typing import Final

from loaders import (
    article,
    atlas,
    baci,
    bis,
    bruegel,
    cbr,
    cbr_review,
    comext,
    comtrade,
    crea,
    ecb,
    eia,
    fcs,
    fed,
    gacc,
    imf,
    mgimo,
    neighbours,
    oec,
    press,
    trademap,
    wits,
    worldbank,
    wto,
)
from loaders.source import Source

_ALL: Final[tuple[Source, ...]] = (
    article.SOURCE,
    atlas.SOURCE,
    baci.SOURCE,
    bis.SOURCE,
    bruegel.SOURCE,
    cbr.SOURCE,
    cbr_review.SOURCE,
    comext.SOURCE,
    comtrade.SOURCE,
    crea.SOURCE,
    ecb.SOURCE,
    eia.SOURCE,
    fcs.SOURCE,
    fed.SOURCE,
    gacc.SOURCE,
    imf.SOURCE,
    mgimo.SOURCE,
    fcs.NATIONAL,
    neighbours.ARMENIA,
    neighbours.KAZAKHSTAN,
    neighbours.KYRGYZSTAN,
    oec.SOURCE,
    press.SOURCE,
    trademap.SOURCE,
    wits.SOURCE,
    worldbank.SOURCE,
    wto.SOURCE,
)
SOURCES: Final = {source.name: source for source in _ALL}
_NAMED: Final = {alias: source for source in _ALL for alias in source.aliases}


def source_of(name: str) -> Source | None:
    """Return the source that a row names, by its name or by another one; None where it is none of ours."""
    return SOURCES.get(name) or _NAMED.get(name)
