"""The list of sources: a new one is one file or folder of ``sources`` and one line here."""

from typing import Final

from loaders.core.source import Source
from loaders.sources import atlas, baci, bruegel, cbr, crea, ecb, exported_table, oec, wto
from loaders.sources.china_customs import source as gacc
from loaders.sources.comtrade import source as comtrade
from loaders.sources.eurostat import source as comext
from loaders.sources.imf import source as imf
from loaders.sources.russia_customs import source as fcs
from loaders.sources.shipped import article, bis, cbr_review, eia, fed, mgimo, neighbours, press
from loaders.sources.trade_map import source as trademap
from loaders.sources.world_bank import source as worldbank
from loaders.sources.world_bank import wits

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
# what reads a reader's file: the sources, and the table that names its sources row by row
READERS: Final = (*_ALL, exported_table.SOURCE)
